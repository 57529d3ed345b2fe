// Messages of JavaScript and TypeScript: sockets, brokers, queues, and the windows of Tauri and Electron.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { MessageSystem, TopicRow } from '../../rows/topics.ts'
import { TopicWriter } from '../topics.ts'

interface Calls {
  readonly system: MessageSystem
  readonly role: TopicRow['role']
  /** What it is called on, by the names on the way: `io.to(room).emit` → `io.to`. */
  readonly on: RegExp
  /** The file speaks of it. */
  readonly where?: RegExp
}

const SOCKET = /(^|\.)(\w*[sS]ockets?|io|sio|nsp|\w*[nN]amespace|getSocket)(\.|$)/
const REDIS = /redis|pub|sub/i

const METHODS: Readonly<Record<string, readonly Calls[]>> = {
  emit: [
    { system: 'socket', role: 'sends', on: SOCKET },
    { system: 'tauri', role: 'sends', on: /[wW]indow|[wW]ebview/, where: /@tauri-apps/ },
  ],
  emitWithAck: [{ system: 'socket', role: 'sends', on: SOCKET }],
  on: [
    { system: 'socket', role: 'receives', on: SOCKET },
    { system: 'electron', role: 'receives', on: /(^|\.)ipc(Main|Renderer)$/ },
  ],
  once: [
    { system: 'socket', role: 'receives', on: SOCKET },
    { system: 'electron', role: 'receives', on: /(^|\.)ipc(Main|Renderer)$/ },
  ],
  onAny: [{ system: 'socket', role: 'receives', on: SOCKET }],
  listen: [{ system: 'tauri', role: 'receives', on: /[wW]indow|[wW]ebview/, where: /@tauri-apps/ }],
  handle: [{ system: 'electron', role: 'receives', on: /(^|\.)ipcMain$/ }],
  invoke: [{ system: 'electron', role: 'sends', on: /(^|\.)ipcRenderer$/ }],
  send: [
    { system: 'electron', role: 'sends', on: /(^|\.)ipcRenderer$/ },
    { system: 'electron', role: 'sends', on: /(^|\.)(webContents|sender)$/, where: /electron/ },
    { system: 'kafka', role: 'sends', on: /producer/i, where: /kafka/i },
  ],
  publish: [
    { system: 'nats', role: 'sends', on: /./, where: /from ['"]nats|@nats-io/ },
    { system: 'redis', role: 'sends', on: REDIS, where: /redis/i },
  ],
  subscribe: [
    { system: 'nats', role: 'receives', on: /./, where: /from ['"]nats|@nats-io/ },
    { system: 'kafka', role: 'receives', on: /consumer/i, where: /kafka/i },
    { system: 'redis', role: 'receives', on: REDIS, where: /redis/i },
  ],
  psubscribe: [{ system: 'redis', role: 'receives', on: /./ }],
  pSubscribe: [{ system: 'redis', role: 'receives', on: /./ }],
  sendToQueue: [{ system: 'rabbitmq', role: 'sends', on: /./ }],
  consume: [{ system: 'rabbitmq', role: 'receives', on: /channel|ch$/i, where: /amqp/i }],
}

/** Functions that Tauri's own modules hand over. */
const TAURI: Readonly<Record<string, TopicRow['role']>> = {
  listen: 'receives',
  once: 'receives',
  emit: 'sends',
}

/** `useSocketEvent('x')`, `bus.subscribe('x')`, `this.listen('x')`: somebody waits for it, wherever it comes from. */
const WAITS =
  /\b(?:use\w*(?:Socket|Event|Listen|Subscri|Channel)\w*|(?:on|listen|subscribe)[A-Z]\w*|listen|subscribe|(?:bus|events?|emitter|channel|transport|platform|client|manager)\.(?:on|once))(?:<[^<>()]*>)?\(\s*(['"`])([\w:./-]+)\1/gi

const MAY_SPEAK =
  /socket|\bs?io\b|redis|kafka|nats|amqp|bullmq|tauri|ipc(Main|Renderer)|webContents|@nestjs\//i

export function extractTopicsJavaScript(file: SourceFile, facts: FactWriter): void {
  const { root, tree } = file
  if (file.isTest) return
  const topics = new TopicWriter(file, facts)
  for (const it of tree.text.matchAll(WAITS)) {
    const start = it.index + it[0].length - it[2]!.length - 1
    topics.addNamed('unknown', 'receives', it[2]!, { start, end: start + it[2]!.length })
  }
  if (!MAY_SPEAK.test(tree.text)) return
  for (const [method, calls] of Object.entries(METHODS))
    for (const name of root.named(method, 'any')) readMethod(file, name, calls, topics)
  for (const [fn, role] of Object.entries(TAURI))
    for (const name of root.named(fn))
      if (/^@tauri-apps\/api\/event\b/.test(file.importedName(name) ?? ''))
        topics.add('tauri', role, firstGiven(name))
  if (/bullmq|['"]bull['"]|@nestjs\/bull/.test(tree.text)) readQueues(file, topics)
  if (/@nestjs\/(websockets|microservices)/.test(tree.text)) readNest(file, topics)
}

function readMethod(file: SourceFile, name: SyntaxNode, calls: readonly Calls[], topics: TopicWriter): void {
  const callee = name.parent
  const call = callee?.parent
  if (callee?.kind !== 'Member' || call?.kind !== 'Call' || call.child('callee')?.row !== callee.row) return
  const on = chain(callee.child('object'))
  const { text } = file.tree
  const which = calls.find(it => it.on.test(on) && (!it.where || it.where.test(text)))
  const [first] = positional(call)
  if (!which) return
  if (name.name === 'onAny') return topics.add(which.system, which.role, call)
  if (which.system === 'kafka') {
    const options = first?.unwrapped
    return topics.add('kafka', which.role, property(options, 'topic') ?? property(options, 'topics') ?? first)
  }
  if (which.system === 'redis' && which.role === 'receives')
    for (const it of positional(call).slice(1)) if (it.kind === 'String') topics.add('redis', 'receives', it)
  topics.add(which.system, which.role, first)
}

/** The first argument of a call. `await listen<T>('x')` is read as a call of `await listen`. */
function firstGiven(callee: SyntaxNode): SyntaxNode | undefined {
  let call = callee.parent
  while (call?.is('Await', 'GenericType')) call = call.parent
  return call?.kind === 'Call' ? positional(call)[0] : undefined
}

/** `this.$root.getSocket().emit` → `$root.getSocket` */
function chain(node: SyntaxNode | undefined): string {
  const names: string[] = []
  for (let it = node?.unwrapped; it; ) {
    if (it.kind === 'Member') {
      names.unshift(it.child('property')?.name ?? '')
      it = it.child('object')?.unwrapped
    } else if (it.kind === 'Call') it = it.child('callee')?.unwrapped
    else if (it.kind === 'Index') it = it.child('object')?.unwrapped
    else if (it.is('NonNull', 'Cast', 'Await')) it = it.child('value')?.unwrapped
    else {
      names.unshift(it.name)
      break
    }
  }
  return names.join('.')
}

/** `new Queue('mail')`, `new Worker('mail', …)`, `@Processor('mail')`, `@InjectQueue('mail')` */
function readQueues(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('New')) {
    const name = calleeName(it)
    if (/^Queue$/.test(name)) topics.add('bullmq', 'sends', positional(it)[0])
    else if (/^(Worker|QueueEvents|QueueScheduler)$/.test(name))
      topics.add('bullmq', 'receives', positional(it)[0])
  }
  for (const it of file.root.descendants('Call')) {
    const name = calleeName(it)
    const [first] = positional(it)
    if (name === 'Processor')
      topics.add('bullmq', 'receives', first?.kind === 'Dictionary' ? property(first, 'name') : first)
    else if (name === 'InjectQueue') topics.add('bullmq', 'sends', first)
    // Bull itself has one class for both sides.
    else if (name === 'process' && /queue/i.test(it.child('callee')?.text ?? ''))
      topics.add('bullmq', 'receives', it)
  }
}

/** `@SubscribeMessage('x')`, `@MessagePattern('x')`, `@EventPattern('x')` */
function readNest(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('Decorator')) {
    const call = it.child('value')
    if (call?.kind === 'Call' && calleeName(call) === 'SubscribeMessage')
      topics.add('socket', 'receives', positional(call)[0])
  }
}
