// Texts without which a rule cannot match: what a file is asked for before anything else.

import { KIND_CODE } from '../syntax/kinds.ts'
import type { Formula } from './formula.ts'
import type { Pattern, Program } from './pattern.ts'
import type { TaintFormula } from './taint-formula.ts'

/** All of the groups must be there, of each one text. Empty: nothing can be said. */
export function needsOf(search: Formula | TaintFormula): readonly (readonly string[])[] {
  if (search.what !== 'taint') return simplified(needs(search))
  return simplified([
    ...either(search.sources.map(it => it.formula)),
    ...either(search.sinks.map(it => it.formula)),
  ])
}

/** `var` is said by `const` too. */
const KEYWORD = KIND_CODE.Keyword

type Needs = readonly (readonly string[])[]

function needs(formula: Formula): Needs {
  switch (formula.what) {
    case 'pattern':
      return eitherOf([...formula.programs.values()].map(it => programNeeds(it)))
    case 'regex':
      return regexNeeds(formula.regex)
    case 'inside':
      return needs(formula.formula)
    case 'or':
      return either(formula.any)
    case 'and':
      return formula.all.flatMap(it => needs(it))
  }
}

function either(formulas: readonly Formula[]): Needs {
  return eitherOf(formulas.map(needs))
}

/** One group that every alternative is part of: the best group of each, together. */
function eitherOf(alternatives: readonly Needs[]): Needs {
  const union = new Set<string>()
  for (const it of alternatives) {
    const best = bestOf(it)
    if (!best) return []
    for (const text of best) union.add(text)
  }
  return union.size > 0 && union.size <= 64 ? [[...union]] : []
}

/** Few texts, and long ones. */
function bestOf(groups: Needs): readonly string[] | undefined {
  let best: readonly string[] | undefined
  let least = Number.POSITIVE_INFINITY
  for (const group of groups) {
    const cost = group.reduce((sum, it) => sum + 1 / Math.max(1, it.length - 2), 0)
    if (cost >= least) continue
    least = cost
    best = group
  }
  return best
}

function simplified(groups: Needs): Needs {
  const seen = new Set<string>()
  return groups.filter(it => {
    const key = [...it].sort().join('\0')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function programNeeds(program: Program): Needs {
  const words = new Set<string>()
  const list = program.what === 'statements' ? program.list : [program.root]
  for (const it of list) collect(it, words)
  return [...words].map(it => [it])
}

/** Names, of dotted ones only the last: an import may write the others elsewhere, but write them it does. */
function collect(pattern: Pattern, words: Set<string>): void {
  switch (pattern.what) {
    case 'deep':
      return collect(pattern.inner, words)
    case 'text': {
      // What a constant is put together from stands nowhere as a whole.
      return
    }
    case 'template':
      for (const it of pattern.pieces) if (it.what !== 'piece') collect(it, words)
      return
    case 'tree':
      if (
        pattern.text !== undefined &&
        pattern.kind !== KEYWORD &&
        /^[A-Za-z_]\w+$/.test(pattern.text) &&
        !/^\d|^(true|false|True|False)$/.test(pattern.text)
      )
        words.add(pattern.text)
      for (const it of pattern.children) collect(it, words)
  }
}

/** The longest stretch of a regular expression that must stand there as it is. */
function regexNeeds(regex: RegExp): Needs {
  if (regex.flags.includes('i') || /\||\(\?/.test(regex.source)) return []
  let best = ''
  for (const it of regex.source.split(/\\.|\[(?:\\.|[^\]\\])*\]|\([^)]*\)[*?]|.[*?]|.\{0|[()^$.+{}|]/))
    if (it.length > best.length) best = it
  return best.length > 2 && /^[\w -]+$/.test(best) ? [[best]] : []
}
