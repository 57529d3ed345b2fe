// Matches the way the backtracking engines of JavaScript and Python do, counting its steps: the proof that a text makes
// them hang is that they would take twice as many steps for a few more characters.

import { ASCII_WORD, includes } from './char-set.ts'
import type { Dialect, RegexNode, Repeat } from './syntax.ts'

export interface Attempt {
  readonly steps: number
  readonly outcome: 'matched' | 'failed' | 'gave-up'
}

/** Tries to match at the beginning of the text, in at most so many steps. */
export function attempt(
  root: RegexNode,
  dialect: Dialect,
  whole: boolean,
  text: readonly number[],
  limit: number,
): Attempt {
  const run: Run = { text, dialect, limit, steps: 0, captures: [] }
  try {
    const matched = match(run, root, 0, at => !whole || at === text.length)
    return { steps: run.steps, outcome: matched ? 'matched' : 'failed' }
  } catch (error) {
    if (error !== OUT_OF_STEPS) throw error
    return { steps: run.steps, outcome: 'gave-up' }
  }
}

interface Run {
  readonly text: readonly number[]
  readonly dialect: Dialect
  readonly limit: number
  steps: number
  readonly captures: ({ readonly start: number; readonly end: number } | undefined)[]
}

/** What has to match behind; it says whether everything did. */
type Next = (at: number) => boolean

const OUT_OF_STEPS = Symbol('out of steps')

function match(run: Run, node: RegexNode, at: number, next: Next): boolean {
  if (++run.steps > run.limit) throw OUT_OF_STEPS
  switch (node.kind) {
    case 'chars':
      return at < run.text.length && includes(node.set, run.text[at]!) && next(at + 1)
    case 'sequence':
      return matchItems(run, node.items, 0, at, next)
    case 'choice':
      return node.options.some(it => match(run, it, at, next))
    case 'repeat':
      return matchRepeat(run, node, at, next)
    case 'group': {
      if (node.atomic) return matchAtomic(run, node.body, at, next)
      if (node.capture === 0) return match(run, node.body, at, next)
      const before = run.captures[node.capture]
      const matched = match(run, node.body, at, end => {
        const inner = run.captures[node.capture]
        run.captures[node.capture] = { start: at, end }
        if (next(end)) return true
        run.captures[node.capture] = inner
        return false
      })
      if (!matched) run.captures[node.capture] = before
      return matched
    }
    case 'look': {
      const found = node.ahead ? match(run, node.body, at, () => true) : looksBehind(run, node.body, at)
      return found !== node.negative && next(at)
    }
    case 'anchor':
      return holds(run, node.at, at) && next(at)
    case 'reference': {
      const capture = run.captures[node.group]
      if (!capture) return run.dialect === 'javascript' && next(at)
      const length = capture.end - capture.start
      for (let i = 0; i < length; i++) if (run.text[at + i] !== run.text[capture.start + i]) return false
      return next(at + length)
    }
    case 'conditional':
      return match(run, run.captures[node.group] ? node.yes : node.no, at, next)
  }
}

function matchItems(run: Run, items: readonly RegexNode[], index: number, at: number, next: Next): boolean {
  const item = items[index]
  return item ? match(run, item, at, end => matchItems(run, items, index + 1, end, next)) : next(at)
}

function matchRepeat(run: Run, node: Repeat, at: number, next: Next): boolean {
  if (node.mode === 'possessive') return matchAtomic(run, { ...node, mode: 'greedy' }, at, next)
  const again = (count: number, from: number): boolean => {
    const more = () =>
      count < node.max &&
      match(run, node.body, from, end => (end !== from || count < node.min) && again(count + 1, end))
    if (count < node.min) return more()
    return node.mode === 'lazy' ? next(from) || more() : more() || next(from)
  }
  return again(0, at)
}

/** What matched first is not given back. */
function matchAtomic(run: Run, body: RegexNode, at: number, next: Next): boolean {
  let end = -1
  const matched = match(run, body, at, reached => {
    end = reached
    return true
  })
  return matched && next(end)
}

function looksBehind(run: Run, body: RegexNode, at: number): boolean {
  for (let start = at; start >= 0; start--) if (match(run, body, start, end => end === at)) return true
  return false
}

function holds({ text }: Run, anchor: string, at: number): boolean {
  const isWord = (index: number) => index >= 0 && index < text.length && includes(ASCII_WORD, text[index]!)
  switch (anchor) {
    case 'start':
      return at === 0
    case 'end':
      return at === text.length
    case 'end-or-newline':
      return at === text.length || (at === text.length - 1 && text[at] === 10)
    case 'line-start':
      return at === 0 || text[at - 1] === 10
    case 'line-end':
      return at === text.length || text[at] === 10
    case 'boundary':
      return isWord(at - 1) !== isWord(at)
    default:
      return isWord(at - 1) === isWord(at)
  }
}
