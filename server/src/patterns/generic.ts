// Patterns over bare text: words, signs, metavariables that are words, and gaps of a few lines.

import { type GenericOptions, genericDocument } from './generic-document.ts'

export type GenericStep =
  | { readonly what: 'token'; readonly text: string }
  | { readonly what: 'hole'; readonly name: string }
  /** A long one, `....`, passes over any number of lines. */
  | { readonly what: 'gap'; readonly name: string; readonly isLong: boolean }
  /** The steps up to the one at `end` are a block, as they are in the text that they match. */
  | { readonly what: 'open'; readonly end: number }
  | { readonly what: 'close' }

export interface GenericPattern {
  readonly steps: readonly GenericStep[]
  readonly options: GenericOptions
}

const HOLE = /\$\.\.\.([A-Z_][A-Z_0-9]*)|\$([A-Z_][A-Z_0-9]*)(?![a-z])|(?<!\.)\.\.\.\.?(?!\.)/g
/** Stand-ins that are one word in every text. */
const MARK = 'zZqH'
const MARKED = new RegExp(`${MARK}(\\d+)_`, 'i')

export function genericPattern(source: string, options: GenericOptions): GenericPattern {
  const holes: GenericStep[] = []
  const plain = source.replace(HOLE, (all, gap: string | undefined, hole: string | undefined, at: number) => {
    const named = (name: string) => (name === '_' ? '' : name)
    holes.push(
      hole === undefined
        ? { what: 'gap', name: named(gap ?? ''), isLong: all === '....' }
        : { what: 'hole', name: named(hole) },
    )
    // A word of its own; in front of a line, where it stands counts.
    const before = /\w$/.test(source.slice(0, at)) ? ' ' : ''
    const behind = /^\w/.test(source.slice(at + all.length)) ? ' ' : ''
    return `${before}${MARK}${holes.length - 1}_${behind}`
  })
  const { texts, blocks } = genericDocument(dedented(plain), { ...options, comments: 'none' })
  const steps: GenericStep[] = []
  const ends: number[] = []
  const opened: number[] = []
  for (let i = 0; i <= texts.length; i++) {
    while (ends.at(-1) === i) {
      ends.pop()
      steps[opened.pop()!] = { what: 'open', end: steps.length }
      steps.push({ what: 'close' })
    }
    if (i === texts.length) break
    for (const end of blocks[i] ?? []) {
      ends.push(end)
      opened.push(steps.length)
      steps.push({ what: 'open', end: 0 })
    }
    const marked = MARKED.exec(texts[i]!)
    steps.push(marked ? holes[Number(marked[1])]! : { what: 'token', text: texts[i]! })
  }
  return { steps, options }
}

function dedented(source: string): string {
  return source.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}
