// A function as digests that copies share: as it is written, whatever its layout and comments, and with its names and values
// left open, so that one who renames after copying does not hide it.

import type { NamedFunction } from '../../semantics/functions.ts'
import type { Scopes } from '../../semantics/scopes.ts'
import { KIND_CODE } from '../../syntax/kinds.ts'
import { FLAG_EXTRA, type SyntaxTree } from '../../syntax/tree.ts'

export interface CloneDigests {
  /** Of all that is written but the layout, the comments and the function's own name: 16 hexadecimal digits. */
  readonly exact: string
  /** The same, with each name as the number of its first occurrence, and each literal as its kind. */
  readonly renamed: string
}

export function cloneDigests(
  tree: SyntaxTree,
  { bindingOf }: Scopes,
  { row, nameStart }: NamedFunction,
): CloneDigests {
  const { kind, flags, start, end, after, name, text } = tree
  const exact = new Digest()
  const renamed = new Digest()
  const numbers = new Map<string | number, number>()

  const both = (written: string) => {
    exact.add(written)
    renamed.add(written)
  }
  /** What a row says besides its children, such as operators and punctuation, comes between them. */
  const inner = (at: number): void => {
    let from = start[at]!
    let said = ''
    for (let child = at + 1; child < after[at]!; child = after[child]!) {
      said += text.slice(from, start[child]!)
      from = Math.max(from, end[child]!)
      if ((flags[child]! & FLAG_EXTRA) !== 0 || kind[child] === COMMENT) continue
      if (!/^\s*$/.test(said)) both(said.replace(/\s+/g, ''))
      said = ''
      if (at === row && start[child] === nameStart) continue
      if (after[child] === child + 1) leaf(child)
      else {
        both('(')
        inner(child)
        both(')')
      }
    }
    said += text.slice(from, end[at]!)
    if (!/^\s*$/.test(said)) both(said.replace(/\s+/g, ''))
  }
  const leaf = (at: number): void => {
    const written = text.slice(start[at]!, end[at]!)
    const code = kind[at]!
    exact.add(written)
    if (name[at] !== 0) {
      // A field may be called what a variable is called, and so may another variable.
      const binding = bindingOf[at]!
      const key = binding >= 0 ? binding : `${code} ${written}`
      let number = numbers.get(key)
      if (number === undefined) {
        number = numbers.size
        numbers.set(key, number)
      }
      renamed.add(`#${number}`)
    } else renamed.add(LITERALS.has(code) ? `'${code}` : written)
  }
  inner(row)
  return { exact: exact.hex, renamed: renamed.hex }
}

const COMMENT = KIND_CODE.Comment
const LITERALS: ReadonlySet<number> = new Set([KIND_CODE.String, KIND_CODE.Number, KIND_CODE.Boolean])

/** FNV-1a twice, from different beginnings: 64 bits, of which two functions in a workspace hardly share all by chance. */
class Digest {
  #one = 0x811c9dc5
  #two = 0x9747b28c

  add(text: string): void {
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i))
    // Parts that run together are not the same as one.
    this.#mix(0x1f)
  }

  get hex(): string {
    return [this.#one, this.#two].map(it => (it >>> 0).toString(16).padStart(8, '0')).join('')
  }

  #mix(code: number): void {
    this.#one = Math.imul(this.#one ^ code, 0x01000193)
    this.#two = Math.imul(this.#two ^ code, 0x85ebca6b) ^ (this.#two >>> 13)
  }
}
