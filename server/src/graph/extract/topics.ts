// What extractors of topics share.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { FactWriter } from '../facts.ts'
import type { MessageSystem, TopicRow } from '../rows/topics.ts'
import { textIn } from './text.ts'

/** Told by sockets, streams and brokers themselves. */
const OWN =
  /^(connect(ion|ed|_error)?|disconnect(ing|ed)?|reconnect\w*|error|data|close|end|open|ready|message|ping|pong|timeout|drain|lookup|listening|upgrade|finish|pipe|unpipe|readable|secureConnect|exit|warning|packet\w*|newListener|removeListener|handshake|session|secure|abort|aborted|(websocket|http)[._]\w+|(tauri|log):\/\/.*)$/

export class TopicWriter {
  readonly #file: SourceFile
  readonly #facts: FactWriter

  constructor(file: SourceFile, facts: FactWriter) {
    this.#file = file
    this.#facts = facts
  }

  /** `node` is the name, or what it is computed of. */
  add(system: MessageSystem, role: TopicRow['role'], node: SyntaxNode | undefined): void {
    if (!node) return
    const value = node.unwrapped
    if (value.is('Function', 'Dictionary', 'Number', 'Boolean', 'Null', 'Regex')) return
    if (value.is('List', 'Tuple')) {
      for (const it of value.children()) this.add(system, role, it)
      return
    }
    const name = textIn(this.#file, value)
    const [only] = name
    if (typeof only === 'string' && name.length === 1 && OWN.test(only)) return
    this.#facts.add('topic', { system, role, name }, value)
  }

  /** A name that is not written as a text. */
  addNamed(
    system: MessageSystem,
    role: TopicRow['role'],
    name: string,
    at: Pick<SyntaxNode, 'start' | 'end'>,
  ): void {
    if (!OWN.test(name)) this.#facts.add('topic', { system, role, name: [name] }, at)
  }
}
