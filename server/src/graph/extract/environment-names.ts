// Texts that may be names of variables of the environment: `flag('SMTP_TLS')`, `{ key: 'SMTP_TLS' }`. Read from the bare text: a
// call counts only where somebody says that the function reads the environment, all others only keep rules quiet.

import { calleeName, positional } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { FactWriter } from '../facts.ts'

/** A text in capitals that holds an underscore: hardly anything else is written so. */
const KEY = /["'`]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["'`]/g
/** So much of the text before a parenthesis holds the name of what is called. */
const NAME_LENGTH = 60
/** A file with more of them is full of other constants. */
const MOST_MENTIONED = 1000

export function addMentions(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  const keys = new Set<string>()
  for (const match of text.matchAll(KEY)) {
    const key = match[1]!
    keys.add(key)
    const before = text.slice(Math.max(0, match.index - NAME_LENGTH), match.index)
    const callee = /(\w+)(?:::<[^()]*>|<[^()]*>)?!?\(\s*$/.exec(before)?.[1]
    const at = { start: match.index, end: match.index + match[0].length }
    if (callee) facts.add('environmentCall', { callee, key }, at)
  }
  if (keys.size > 0 && keys.size <= MOST_MENTIONED)
    facts.add('environmentMention', { keys: [...keys].sort() }, file.root)
}

/**
 * The function around reads the variable that its caller names; so does every function of the file that only hands the name
 * on to it.
 */
export class EnvironmentReaders {
  readonly #file: SourceFile
  readonly #facts: FactWriter
  readonly #known = new Set<string>()

  constructor(file: SourceFile, facts: FactWriter) {
    this.#file = file
    this.#facts = facts
  }

  /** `key` names the variable that is read. True when it is a parameter. */
  add(key: SyntaxNode, depth = 0): boolean {
    const name = key.unwrapped
    const binding = name.kind === 'Name' ? this.#file.binding(name) : undefined
    if (binding?.kind !== 'parameter') return false
    const fn = functionOf(binding.declaration)
    const reader = fn && nameOf(fn)
    if (!reader) return false
    if (this.#known.has(reader)) return true
    this.#known.add(reader)
    this.#facts.add('environmentReader', { name: reader }, key)
    if (depth < DEPTH) for (const it of this.#callsOf(reader)) this.add(it, depth + 1)
    return true
  }

  /** What the function is given first, wherever it is called. */
  *#callsOf(reader: string): Generator<SyntaxNode> {
    for (const name of this.#file.root.named(reader, 'any')) {
      const callee = name.parent?.is('Member', 'Path', 'GenericType') ? name.parent : name
      const call = callee.parent
      const first = call?.kind === 'Call' && calleeName(call) === reader ? positional(call)[0] : undefined
      if (first) yield first
    }
  }
}

const DEPTH = 3

function functionOf(declaration: SyntaxNode): SyntaxNode | undefined {
  return declaration.closest('Function')
}

function nameOf(fn: SyntaxNode): string | undefined {
  const own = fn.child('name')?.name
  if (own) return own
  const { parent } = fn
  return (parent?.child('target') ?? parent?.child('key') ?? parent?.child('name'))?.name || undefined
}
