// `transform`: as an object, or in one line like `replace($A, replace="a+", by=b)`.

import { parse } from 'yaml'
import { Unsupported } from '../refusal.ts'
import { rustRegexOf } from '../regex.ts'
import { entriesIn, isRecord, optionalText, type Plain, textIn } from './form.ts'
import {
  type Change,
  LETTER_CASES,
  type LetterCase,
  type Rewriter,
  SEPARATORS,
  type Separator,
  type Source,
  type Transform,
} from './tree-rule.ts'

/** In an order in which each has what it needs. `names` stand for nodes. */
export function readTransforms(
  given: Plain,
  names: ReadonlySet<string>,
  rewriters: ReadonlyMap<string, Rewriter>,
): Transform[] {
  const read = new Map<string, Transform>()
  for (const [name, it] of entriesIn(given, 'transform')) {
    if (names.has(name)) throw new Unsupported('bound-twice', name)
    read.set(name, transform(name, it, rewriters))
  }
  const ordered = new Set<Transform>()
  const open = new Set<string>()
  const visit = (it: Transform) => {
    const needed = read.get(it.source.name)
    if (!needed && !names.has(it.source.name)) throw new Unsupported('unbound', it.source.name)
    if (open.has(it.name)) throw new Unsupported('cyclic', it.name)
    open.add(it.name)
    if (needed) visit(needed)
    open.delete(it.name)
    ordered.add(it)
  }
  for (const it of read.values()) visit(it)
  return [...ordered]
}

function transform(name: string, given: unknown, rewriters: ReadonlyMap<string, Rewriter>): Transform {
  const [what, options] = typeof given === 'string' ? inOneLine(given) : asObject(name, given)
  return { name, source: source(textIn(options, 'source')), ...change(what, options, rewriters) }
}

function asObject(name: string, given: unknown): readonly [string, Plain] {
  const [entry, ...others] = isRecord(given) ? Object.entries(given) : []
  if (!entry || others.length > 0 || !isRecord(entry[1])) throw new Unsupported('form', 'transform', name)
  return [entry[0], entry[1]]
}

function change(what: string, options: Plain, rewriters: ReadonlyMap<string, Rewriter>): Change {
  switch (what) {
    case 'replace':
      return { what, regex: rustRegexOf(textIn(options, 'replace'), 'g'), by: textIn(options, 'by') }
    case 'substring':
      return { what, from: place(options, 'startChar'), to: place(options, 'endChar') }
    case 'convert': {
      const to = textIn(options, 'toCase') as LetterCase
      const separators = listed(options, 'separatedBy') as readonly Separator[] | undefined
      if (!LETTER_CASES.includes(to)) throw new Unsupported('form', 'toCase', to)
      const strange = separators?.find(it => !SEPARATORS.includes(it))
      if (strange !== undefined) throw new Unsupported('form', 'separatedBy', strange)
      return { what, to, separators }
    }
    case 'rewrite': {
      const ids = listed(options, 'rewriters') ?? []
      const chosen = ids.map(id => {
        const rewriter = rewriters.get(id)
        if (!rewriter) throw new Unsupported('no-rewriter', id)
        return rewriter
      })
      return { what, rewriters: chosen, joiner: optionalText(options, 'joinBy') }
    }
    default:
      throw new Unsupported('unsupported', `transform: ${what}`)
  }
}

function source(written: string): Source {
  const match = /^(\$\$\$|\$\$?)([A-Z][A-Z_0-9]*)$/.exec(written)
  if (!match) throw new Unsupported('no-metavariable', written)
  return { name: match[2]!, isMany: match[1] === '$$$' }
}

function place(options: Plain, key: string): number | undefined {
  const value = options[key]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Unsupported('form', key, String(value))
  return value
}

function listed(options: Plain, key: string): readonly string[] | undefined {
  const value = options[key]
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw new Unsupported('no-list', key)
  return value.map(String)
}

/** Values are YAML by themselves: quoted texts, lists, numbers and bare words. */
function inOneLine(written: string): readonly [string, Plain] {
  const call = /^\s*(\w+)\s*\(\s*([^,\s]+)\s*,(.*)\)\s*$/s.exec(written)
  if (!call) throw new Unsupported('form', 'transform', written)
  const [, what = '', source = '', rest = ''] = call
  const options: Record<string, unknown> = { source }
  const argument = /\s*(\w+)\s*=\s*('[^']*'|"[^"]*"|\[[^\]]*\]|[^,]*)\s*(?:,|$)/y
  while (argument.lastIndex < rest.length) {
    const found = argument.exec(rest)
    if (!found) {
      if (rest.slice(argument.lastIndex).trim() === '') break
      throw new Unsupported('form', 'transform', written)
    }
    options[found[1]!] = parse(found[2]!)
  }
  return [what, options]
}
