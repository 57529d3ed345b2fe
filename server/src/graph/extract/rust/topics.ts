// Messages of Rust: events of Tauri, sockets, and brokers.

import { positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { MessageSystem, TopicRow } from '../../rows/topics.ts'
import { TopicWriter } from '../topics.ts'

/** Method, and which of its arguments is the name. */
type Methods = Readonly<Record<string, readonly [TopicRow['role'], number]>>

const SYSTEMS: readonly (readonly [MessageSystem, RegExp, Methods])[] = [
  [
    'tauri',
    /\btauri\b/,
    {
      emit: ['sends', 0],
      emit_all: ['sends', 0],
      emit_to: ['sends', 1],
      emit_filter: ['sends', 0],
      listen: ['receives', 0],
      listen_any: ['receives', 0],
      listen_global: ['receives', 0],
      once: ['receives', 0],
    },
  ],
  ['socket', /\bsocketioxide\b/, { emit: ['sends', 0], on: ['receives', 0] }],
  [
    'nats',
    /\basync_nats\b/,
    { publish: ['sends', 0], subscribe: ['receives', 0], queue_subscribe: ['receives', 0] },
  ],
  ['redis', /\bredis\b/, { publish: ['sends', 0], subscribe: ['receives', 0], psubscribe: ['receives', 0] }],
  ['rabbitmq', /\blapin\b/, { basic_publish: ['sends', 1], basic_consume: ['receives', 0] }],
  ['kafka', /\brdkafka\b/, { subscribe: ['receives', 0] }],
]

export function extractTopicsRust(file: SourceFile, facts: FactWriter): void {
  const { root, tree } = file
  if (file.isTest) return
  const topics = new TopicWriter(file, facts)
  for (const [system, where, methods] of SYSTEMS) {
    if (!where.test(tree.text)) continue
    for (const [method, [role, index]] of Object.entries(methods))
      for (const name of root.named(method, 'any')) {
        const callee = name.parent
        const call = callee?.kind === 'Member' ? callee.parent : undefined
        if (call?.kind === 'Call') topics.add(system, role, bare(positional(call)[index]))
      }
    // `FutureRecord::to("x")`
    if (system === 'kafka')
      for (const name of root.named('to', 'any'))
        if (/Record$/.test(name.parent?.child('object')?.text ?? '') && name.parent?.parent?.kind === 'Call')
          topics.add('kafka', 'sends', bare(positional(name.parent.parent)[0]))
  }
}

/** `&["x"]` → `["x"]` */
function bare(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.kind === 'Borrow' ? (node.child('value') ?? node) : node
}
