// A rule with its utilities, constraints, transformations and fix: everything but what is told to people.

import type { SyntaxParser } from '../../syntax/parser.ts'
import { Unsupported } from '../refusal.ts'
import { elements, entriesIn, isRecord, type Plain, textIn } from './form.ts'
import type { TreeLanguage } from './languages.ts'
import { namesIn } from './pattern.ts'
import { RuleReader, type Utilities } from './read-rule.ts'
import { readTransforms } from './read-transform.ts'
import { namesInTemplate, parseTemplate } from './template.ts'
import type { Core, Expansion, Rewriter, StopBy, TreeFix, TreeRule, Utility } from './tree-rule.ts'

/** What reading takes, for all rules of one language. */
export interface Reading {
  readonly parser: SyntaxParser
  readonly language: TreeLanguage
  /** The utilities of the project. */
  readonly utilities: Utilities
}

export interface ReadCore {
  readonly core: Core
  readonly reader: RuleReader
  /** The names that stand for nodes, and those that transformations make. */
  readonly nodeNames: ReadonlySet<string>
  readonly madeNames: ReadonlySet<string>
}

export function readCore(
  { parser, language, utilities }: Reading,
  given: Plain,
  rewriters: ReadonlyMap<string, Rewriter> = new Map(),
): ReadCore {
  const own = new Map<string, Utility>()
  const entries = entriesIn(given, 'utils')
  for (const [id] of entries) own.set(id, { id, isGlobal: false, core: undefined })
  const reader = new RuleReader(parser, language, new Map([...utilities, ...own]))
  const names = new Set<string>()
  for (const [id, it] of entries) {
    const rule = reader.rule(it)
    own.get(id)!.core = { rule, constraints: new Map(), transforms: [] }
    for (const name of namesOf(rule)) names.add(name)
  }
  for (const it of own.values()) refuseCycle(it)
  const rule = reader.rule(given.rule)
  for (const name of namesOf(rule)) names.add(name)
  const constraints = new Map<string, TreeRule>()
  for (const [name, it] of entriesIn(given, 'constraints')) constraints.set(name, reader.rule(it))
  for (const it of constraints.values()) for (const name of namesOf(it)) names.add(name)
  for (const name of constraints.keys()) if (!names.has(name)) throw new Unsupported('unbound', name)
  const transforms = readTransforms(given, names, rewriters)
  const madeNames = new Set(transforms.map(it => it.name))
  return { core: { rule, constraints, transforms }, reader, nodeNames: names, madeNames }
}

/** `also` are names that a rewriter has from the rule around it. */
export function readFix(given: unknown, read: ReadCore, also: ReadonlySet<string> = new Set()): TreeFix {
  // Of several fixes the first is the one that is made.
  const chosen = Array.isArray(given) ? given[0] : given
  const config = typeof chosen === 'string' ? { template: chosen } : chosen
  if (!isRecord(config)) throw new Unsupported('form', 'fix', String(given))
  for (const key of Object.keys(config))
    if (!['template', 'expandStart', 'expandEnd', 'title'].includes(key)) throw new Unsupported('key', key)
  const made = read.madeNames
  const template = parseTemplate(textIn(config, 'template'), made)
  for (const name of namesInTemplate(template))
    if (!read.nodeNames.has(name) && !made.has(name) && !also.has(name))
      throw new Unsupported('unbound', name)
  return {
    template,
    expandStart: expansion(read.reader, config.expandStart),
    expandEnd: expansion(read.reader, config.expandEnd),
  }
}

/** Rewriters know each other before they are read. */
export function rewritersOf(given: Plain): Map<string, Rewriter> {
  const rewriters = new Map<string, Rewriter>()
  if (given.rewriters === undefined || given.rewriters === null) return rewriters
  for (const it of elements(given, 'rewriters')) {
    if (!isRecord(it)) throw new Unsupported('form', 'rewriters', String(it))
    const id = textIn(it, 'id')
    rewriters.set(id, { id, core: undefined, fix: undefined })
  }
  return rewriters
}

export function readRewriters(
  reading: Reading,
  given: Plain,
  rewriters: ReadonlyMap<string, Rewriter>,
  around: ReadCore,
): void {
  if (rewriters.size === 0) return
  const also = new Set([...around.nodeNames, ...around.madeNames])
  for (const it of elements(given, 'rewriters') as readonly Plain[]) {
    const read = readCore(reading, it, rewriters)
    const rewriter = rewriters.get(String(it.id))!
    rewriter.core = read.core
    rewriter.fix = readFix(it.fix, read, also)
  }
}

/** A utility that is itself what it asks of the very same node would never end. */
export function refuseCycle(utility: Utility): void {
  const open = new Set<Utility>()
  const visit = (rule: TreeRule): void => {
    switch (rule.what) {
      case 'all':
        return rule.all.forEach(visit)
      case 'any':
        return rule.any.forEach(visit)
      case 'not':
        return visit(rule.rule)
      case 'matches': {
        const { utility: it } = rule
        if (open.has(it)) throw new Unsupported('cyclic', it.id)
        open.add(it)
        if (it.core) visit(it.core.rule)
        open.delete(it)
      }
    }
  }
  visit({ what: 'matches', utility })
}

function expansion(reader: RuleReader, given: unknown): Expansion | undefined {
  if (given === undefined) return undefined
  if (!isRecord(given)) throw new Unsupported('form', 'fix', String(given))
  const { stopBy, ...rule } = given
  return { rule: reader.rule(rule), stopBy: reader.stopBy(stopBy) }
}

function namesOf(rule: TreeRule): readonly string[] {
  switch (rule.what) {
    case 'pattern':
      return namesIn(rule.pattern.root)
    case 'nth-child':
      return rule.of ? namesOf(rule.of) : []
    case 'all':
      return rule.all.flatMap(namesOf)
    case 'any':
      return rule.any.flatMap(namesOf)
    case 'not':
      return namesOf(rule.rule)
    case 'inside':
    case 'has':
    case 'follows':
    case 'precedes':
      return [...namesOf(rule.rule), ...namesOfStop(rule.stopBy)]
    default:
      return []
  }
}

function namesOfStop(stopBy: StopBy): readonly string[] {
  return typeof stopBy === 'string' ? [] : namesOf(stopBy)
}
