// Texts without which a rule cannot match: what a file is asked for before anything else.

import type { Formula } from './formula.ts'
import type { GenericPattern } from './generic.ts'
import type { Program } from './pattern.ts'
import { wordsOf } from './pattern-words.ts'
import { type RequiredText, requiredTexts } from './regex-texts.ts'
import type { TaintFormula } from './taint-formula.ts'

/** All of the groups must be there, of each one text. Empty: nothing can be said. */
export function needsOf(search: Formula | TaintFormula): readonly (readonly string[])[] {
  if (search.what !== 'taint') return simplified(needs(search))
  return simplified([
    ...either(search.sources.map(it => it.formula)),
    ...either(search.sinks.map(it => it.formula)),
  ])
}

export type Needs = readonly (readonly string[])[]

function needs(formula: Formula): Needs {
  switch (formula.what) {
    case 'pattern':
      return programNeeds(formula.programs.first)
    case 'generic':
      return genericNeeds(formula.pattern)
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
  return eitherNeeds(formulas.map(needs))
}

/** One group that every alternative is part of: the best group of each, together. */
export function eitherNeeds(alternatives: readonly Needs[]): Needs {
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

export function simplified(groups: Needs): Needs {
  const seen = new Set<string>()
  return groups.filter(it => {
    const key = [...it].sort().join('\0')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function programNeeds(program: Program): Needs {
  return wordsOf(program).map(it => [it])
}

/** Words of bare text; with signs in them they are looked for as they stand. */
function genericNeeds({ steps, options }: GenericPattern): Needs {
  if (options.isCaseless) return []
  const words = steps.flatMap(it => (it.what === 'token' && /^\w/.test(it.text) ? [it.text] : []))
  return [...new Set(words)].map(it => [
    /^\w+$/.test(it) && options.wordSigns.length === 0 ? it : `${PART}${it}`,
  ])
}

/** What a regular expression cannot do without; it may be a part of a word. */
export function regexNeeds(regex: RegExp): Needs {
  return needsIn(requiredTexts(regex))
}

function needsIn(required: RequiredText): Needs {
  // Shorter texts are in every file.
  if (typeof required === 'string') return required.length > 2 ? textNeeds(required, false) : []
  return 'all' in required ? required.all.flatMap(needsIn) : eitherNeeds(required.any.map(needsIn))
}

/** A text that must stand there as it is; `isWord` when nothing that belongs to it can stand before or behind it. */
export function textNeeds(text: string, isWord: boolean): Needs {
  return [[isWord && /^\w+$/.test(text) ? text : `${PART}${text}`]]
}

/** A name that is called: behind it an opening parenthesis, or what may stand before that. */
export function calledNeeds(name: string): Needs {
  return /^\w+$/.test(name) ? [[`${CALLED}${name}`]] : textNeeds(name, true)
}

/** Before a text that may stand inside of a word; the others are whole words. */
const PART = '\0'
/** Before a whole word that is called. */
const CALLED = '\x01'

export interface NeededText {
  readonly text: string
  /** Where it counts: anywhere, as a whole word, or as one behind which arguments may begin. */
  readonly as: 'part' | 'word' | 'called'
}

/** What is looked for in a file. */
export function neededText(need: string): NeededText {
  if (need.startsWith(PART)) return { text: need.slice(PART.length), as: 'part' }
  return need.startsWith(CALLED)
    ? { text: need.slice(CALLED.length), as: 'called' }
    : { text: need, as: 'word' }
}

/** Besides the parenthesis: comments, type arguments, `?.(`, `!(`. */
const BEFORE_ARGUMENTS = new Set([...'(#/<?!:`'].map(it => it.charCodeAt(0)))

/** Whether arguments may begin where a name ends. */
export function mayBeCalled(text: string, end: number): boolean {
  let at = end
  // Blanks, and what joins lines.
  while (at < text.length && (text.charCodeAt(at) <= 32 || text[at] === '\\')) at++
  return BEFORE_ARGUMENTS.has(text.charCodeAt(at))
}
