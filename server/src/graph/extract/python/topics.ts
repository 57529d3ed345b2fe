// Messages of Python: tasks of Celery, groups of Channels, sockets, and brokers.

import {
  argument,
  calleeName,
  keyText,
  keywordArgument,
  positional,
  property,
} from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { MessageSystem } from '../../rows/topics.ts'
import { TopicWriter } from '../topics.ts'
import { decoratorsOf, methodsOf, superclassesOf } from './classes.ts'

export function extractTopicsPython(file: SourceFile, facts: FactWriter): void {
  if (file.isTest) return
  const { text } = file.tree
  const topics = new TopicWriter(file, facts)
  for (const [words, read] of READERS) if (words.some(it => text.includes(it))) read(file, topics)
}

/** Words of a file, one of which must be there, and who reads such files. */
const READERS: readonly (readonly [readonly string[], (file: SourceFile, topics: TopicWriter) => void])[] = [
  [['celery', 'shared_task', 'send_task', 'beat_schedule', 'BEAT_SCHEDULE', 'PeriodicTask'], readCelery],
  [['group_send', 'channels.generic', 'Consumer'], readChannels],
  [['socketio', 'sio.'], readSockets],
  [['redis', 'Redis'], (file, topics) => readBroker(file, topics, 'redis', /redis|pub|sub|client|^r$/i)],
  [['pika'], readRabbit],
  [['import nats', 'from nats'], (file, topics) => readBroker(file, topics, 'nats', /./)],
  [['kafka', 'Kafka'], readKafka],
]

/** `@shared_task`, `@app.task(name="x")`; `send_task("x")`, `{"task": "x"}` of a schedule */
function readCelery(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('Function')) {
    const task = decoratorsOf(it).find(isTask)
    if (!task) continue
    const given = task.kind === 'Call' ? keywordArgument(task, 'name') : undefined
    const name = it.child('name')
    if (given) topics.add('celery', 'receives', given)
    else if (name) topics.addNamed('celery', 'receives', `${moduleOf(file.path)}.${name.name}`, name)
  }
  for (const name of [...file.root.named('send_task', 'any'), ...file.root.named('signature', 'any')]) {
    const call = name.parent?.kind === 'Member' ? name.parent.parent : name.parent
    const first = call?.kind === 'Call' ? argument(call, 0, 'name') : undefined
    if (first?.kind === 'String') topics.add('celery', 'sends', first)
  }
  for (const name of file.root.named('register_task', 'any')) topics.add('celery', 'receives', name)
  if (!/schedule|PeriodicTask/i.test(file.tree.text)) return
  for (const it of file.root.descendants('Pair', 'KeywordArgument')) {
    const key = it.kind === 'Pair' ? keyText(it.child('key')) : it.child('label')?.text
    const value = it.child('value')
    if (key === 'task' && value?.kind === 'String' && /\w\.\w/.test(value.text))
      topics.add('celery', 'sends', value)
  }
}

function isTask(decorator: SyntaxNode): boolean {
  const callee = decorator.kind === 'Call' ? decorator.child('callee') : decorator
  return /(^|\.)(shared_task|periodic_task)$|^(\w*app|celery\w*|current_app|\w+\.app|\w+\.celery)\.task$/.test(
    callee?.text ?? '',
  )
}

/** `server/app/tasks.py` → `server.app.tasks` */
function moduleOf(path: string): string {
  return path.replace(/(\/__init__)?\.pyi?$/, '').replaceAll('/', '.')
}

const IS_CONSUMER = /Consumer(Mixin)?$/

/** `group_send(group, {"type": "chat.message"})` and the method `chat_message` of a consumer */
function readChannels(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('Class')) {
    const bases = superclassesOf(it)
    if (!bases.some(base => IS_CONSUMER.test(base.text))) continue
    // What else it derives from may handle messages too.
    for (const base of bases) if (!IS_CONSUMER.test(base.text)) topics.add('channels', 'receives', base)
    for (const { name, fn } of methodsOf(it))
      topics.addNamed('channels', 'receives', name, fn.child('name') ?? fn)
  }
  for (const name of file.root.named('group_send', 'any')) {
    const callee = name.parent?.kind === 'Member' ? name.parent : name
    let call = callee.parent
    // `async_to_sync(layer.group_send)(group, message)`
    if (call?.kind === 'Call' && callee.role === 'argument') call = call.parent
    const message = call?.kind === 'Call' ? positional(call)[1] : undefined
    if (message) topics.add('channels', 'sends', property(file.value(message).unwrapped, 'type'))
  }
}

/** `sio.emit("x")`, `@socketio.on("x")`, `@sio.event` above a function of that name */
function readSockets(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('Call')) {
    const name = calleeName(it)
    const on = it.child('callee')?.child('object')?.text ?? ''
    if (
      /^(emit|send_event|call)$/.test(name) &&
      (on === '' ? name === 'emit' : /sio|socket|namespace|^self$/i.test(on))
    )
      topics.add('socket', 'sends', positional(it)[0])
    else if (/^(on|on_event)$/.test(name) && /sio|socket/i.test(on))
      topics.add('socket', 'receives', positional(it)[0])
  }
  for (const it of file.root.descendants('Function'))
    for (const decorator of decoratorsOf(it))
      if (/(sio|socket\w*)\.event$/i.test(decorator.text))
        topics.addNamed('socket', 'receives', it.child('name')?.name ?? '', it.child('name') ?? it)
  for (const it of file.root.descendants('Class'))
    if (superclassesOf(it).some(base => /Namespace$/.test(base.text)))
      for (const { name, fn } of methodsOf(it))
        if (name.startsWith('on_'))
          topics.addNamed('socket', 'receives', name.slice(3), fn.child('name') ?? fn)
}

/** `client.publish("x", …)`, `pubsub.subscribe("x", "y")` */
function readBroker(file: SourceFile, topics: TopicWriter, system: MessageSystem, on: RegExp): void {
  const methods = [
    ['publish', 'sends'],
    ['spublish', 'sends'],
    ['subscribe', 'receives'],
    ['psubscribe', 'receives'],
  ] as const
  for (const [method, role] of methods) {
    for (const name of file.root.named(method, 'any')) {
      const callee = name.parent
      const call = callee?.kind === 'Member' ? callee.parent : undefined
      if (call?.kind !== 'Call' || !on.test(callee?.child('object')?.text ?? '')) continue
      const given = positional(call)
      for (const it of role === 'sends' ? given.slice(0, 1) : given) topics.add(system, role, it)
    }
  }
}

/** `basic_publish(exchange="", routing_key="x")`, `basic_consume(queue="x")` */
function readRabbit(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('Call')) {
    const name = calleeName(it)
    if (name === 'basic_publish') topics.add('rabbitmq', 'sends', argument(it, 1, 'routing_key'))
    else if (name === 'basic_consume') topics.add('rabbitmq', 'receives', argument(it, 0, 'queue'))
    else if (name === 'queue_bind') topics.add('rabbitmq', 'receives', keywordArgument(it, 'routing_key'))
    else if (name === 'declare_queue') topics.add('rabbitmq', 'receives', positional(it)[0])
    else if (name === 'publish') topics.add('rabbitmq', 'sends', keywordArgument(it, 'routing_key'))
  }
}

/** `producer.produce("x")`, `producer.send("x")`, `consumer.subscribe(["x"])`, `KafkaConsumer("x")` */
function readKafka(file: SourceFile, topics: TopicWriter): void {
  for (const it of file.root.descendants('Call')) {
    const name = calleeName(it)
    const on = it.child('callee')?.child('object')?.text ?? ''
    if (/^(produce|send|send_and_wait)$/.test(name) && /producer|kafka/i.test(on))
      topics.add('kafka', 'sends', argument(it, 0, 'topic'))
    else if (name === 'subscribe' && /consumer|kafka/i.test(on))
      topics.add('kafka', 'receives', argument(it, 0, 'topics'))
    else if (/^(AIO)?KafkaConsumer$/.test(name))
      for (const one of positional(it)) topics.add('kafka', 'receives', one)
  }
}
