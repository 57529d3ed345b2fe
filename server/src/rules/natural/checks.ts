// What a sentence means → what is looked for in code.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { Match, Range } from '../rule.ts'
import { calls, uses } from './call-names.ts'
import { RECOGNISED } from './constructs.ts'
import { declares } from './declared.ts'
import { isModule, modulesOf, pathOfModule } from './imported.ts'
import { measureOf } from './measures.ts'
import { breaksOrder } from './order.ts'
import { isBelow, isInScope, isTestFile, isWithin } from './places.ts'
import type { CaseStyle, Demand, Requirement } from './requirement.ts'
import { decoratorsOf, type Found, find, KINDS_OF } from './subjects.ts'
import { wholeText } from './whole-text.ts'

/** Of a match: how much there is where a sentence sets a limit, and what is called so where it speaks of names. */
export type Data = { readonly measured?: number; readonly name?: string }

export interface Check {
  readonly kinds: readonly Kind[]
  readonly check: (node: SyntaxNode, file: SourceFile) => Iterable<Match<Data>>
}

export function checkOf({ subject, scope, demand }: Requirement): Check {
  const inScope = (node: SyntaxNode, file: SourceFile) => isInScope(node, file, scope)
  switch (demand.kind) {
    case 'noConstruct': {
      const { kinds, at } = RECOGNISED[demand.construct]
      return only(kinds, (node, file) => (inScope(node, file) ? at(node, file) : undefined))
    }
    case 'noUse':
      return only(['Call', 'New', 'MacroCall', 'Name', 'Member'], (node, file) => {
        const isOne = node.is('Name', 'Member')
          ? uses(node, file, demand.names)
          : calls(node, file, demand.names)
        return isOne && inScope(node, file) ? (node.child('callee') ?? node) : undefined
      })
    case 'noCatch':
      return only(['Catch'], (node, file) =>
        inScope(node, file) && catches(node, demand.names) ? node : undefined,
      )
    case 'noImport':
      return only(['Import'], (node, file) =>
        inScope(node, file) && modulesOf(node, file).some(it => demand.modules.some(one => isModule(it, one)))
          ? node
          : undefined,
      )
    case 'noImportFrom':
      return only(['Import'], (node, file) =>
        inScope(node, file) && modulesOf(node, file).some(it => isFrom(pathOfModule(it, file), demand))
          ? node
          : undefined,
      )
    default: {
      const breaks = breaksOf(demand)
      return {
        kinds:
          demand.kind === 'order' && demand.order.kind === 'importsFirst'
            ? ['Module']
            : KINDS_OF[subject.kind],
        *check(node, file) {
          if (demand.kind === 'limit' && subject.kind === 'line') {
            yield* longLines(node, file, demand.most ?? 0, inScope)
            return
          }
          for (const found of find(subject, node, file)) {
            const broken = breaks(found, file)
            if (!broken || !inScope(found.node, file)) continue
            for (const it of Array.isArray(broken) ? (broken as readonly Broken[]) : [broken as Broken])
              yield { at: it.at ?? found.at, data: dataOf(found, it.measured) }
          }
        },
      }
    }
  }
}

interface Broken {
  readonly at?: SyntaxNode | Range
  readonly measured?: number
}

const BROKEN: Broken = {}

/** What breaks a demand, or undefined. */
function breaksOf(
  demand: Demand,
): (found: Found, file: SourceFile) => Broken | readonly Broken[] | undefined {
  const when = (isBroken: (found: Found, file: SourceFile) => boolean) => (found: Found, file: SourceFile) =>
    isBroken(found, file) ? BROKEN : undefined
  switch (demand.kind) {
    case 'limit': {
      const { most = Number.POSITIVE_INFINITY, least = 0, measure, ofName } = demand
      return ({ node, name }) => {
        const measured = ofName ? name?.length : measureOf(node, measure)
        return measured !== undefined && (measured > most || measured < least) ? { measured } : undefined
      }
    }
    case 'absent':
      return () => BROKEN
    case 'case':
      return when(({ name }) => name !== undefined && !isCase(name, demand.style))
    case 'affix':
      return when(({ name }) => {
        if (name === undefined) return false
        const has = demand.any.some(it => hasAffix(name, it, demand.at))
        return has === demand.isForbidden
      })
    case 'pattern': {
      const pattern = new RegExp(demand.pattern, 'u')
      return when(({ name }) => name !== undefined && !pattern.test(name))
    }
    case 'notCalled':
      return when(({ name }) => name !== undefined && demand.names.includes(name))
    case 'inside':
      return when(({ node }) => !isWithin(node, demand.what))
    case 'awaited':
      return when(({ node }) => !isAwaited(node))
    case 'argument':
      return when(({ node }, file) => {
        if (node.children('argument').some(it => it.kind === 'Spread')) return false
        const has = hasArgument(node, demand.name, demand.value)
        // Options that are made elsewhere may have it.
        if (
          !has &&
          !demand.isForbidden &&
          file.language !== 'python' &&
          node.children('argument').at(-1)?.kind === 'Name'
        )
          return false
        return has === demand.isForbidden
      })
    case 'calls':
      return ({ node }, file) => {
        const made = [...node.descendants('Call', 'New', 'MacroCall')].filter(it =>
          calls(it, file, demand.names),
        )
        if (demand.isForbidden) return made.map(at => ({ at: at.child('callee') ?? at }))
        return made.length === 0 ? BROKEN : undefined
      }
    case 'extends':
      return when(({ node, name }) => {
        if (name !== undefined && demand.names.includes(name)) return false
        const bases = node.children('superclass').flatMap(it => it.text.split(/[\s,<>()[\]]+/))
        return (
          bases.some(it => demand.names.some(wanted => it === wanted || it.endsWith(`.${wanted}`))) ===
          demand.isForbidden
        )
      })
    case 'decorated':
      return when(
        ({ node }) =>
          !decoratorsOf(node).some(it =>
            demand.names.some(name =>
              new RegExp(`(^|[@.#[\\s:])${escaped(name.replace(/^@/, ''))}\\b`).test(it.text),
            ),
          ),
      )
    case 'declares':
      return when((found, file) => !declares(found, file, demand.what))
    case 'contains':
      return when(({ node }) => demand.text.some(it => node.text.includes(it)) === demand.isForbidden)
    case 'starts':
      return when((_, file) => {
        const text = wholeText(file)
        if (text.trim() === '') return false
        if (!/^(#!.*\n)?\s*(#|\/\/|\/\*|"""|''')/.test(text)) return true
        return demand.with === 'license' && !/licen[cs]e|copyright|©|SPDX/i.test(text.slice(0, 1000))
      })
    case 'ends':
      return (_, file) => {
        const text = wholeText(file)
        const isOpen = text !== '' && !text.endsWith('\n')
        return isOpen ? { at: { start: text.lastIndexOf('\n') + 1, end: text.length } } : undefined
      }
    case 'imports':
      return when(
        ({ node }, file) =>
          ![...node.descendants('Import')].some(it =>
            modulesOf(it, file).some(module => demand.modules.some(one => isModule(module, one))),
          ),
      )
    case 'extension':
      return ({ node }, file) => {
        if (file.path.endsWith(demand.extension)) return undefined
        for (const it of node.descendants('Import'))
          if (modulesOf(it, file).some(module => isModule(module, demand.ifImports))) return { at: it }
        return undefined
      }
    case 'quotes':
      return when(({ node }, file) => usesOtherQuotes(node, file, demand.style))
    case 'order':
      return (found, file) => breaksOrder(found.node, file, demand.order).map(at => ({ at }))
    default:
      return () => undefined
  }
}

function only(
  kinds: readonly Kind[],
  at: (node: SyntaxNode, file: SourceFile) => SyntaxNode | undefined,
): Check {
  return {
    kinds,
    *check(node, file) {
      const it = at(node, file)
      if (it) yield { at: it, data: {} }
    },
  }
}

function dataOf({ name }: Found, measured: number | undefined): Data {
  return { ...(name !== undefined && { name }), ...(measured !== undefined && { measured }) }
}

function* longLines(
  node: SyntaxNode,
  file: SourceFile,
  most: number,
  inScope: (node: SyntaxNode, file: SourceFile) => boolean,
): Generator<Match<Data>> {
  if (!inScope(node, file)) return
  const text = wholeText(file)
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const length = end - start - (text[end - 1] === '\r' ? 1 : 0)
    if (length > most) yield { at: { start: start + most, end }, data: { measured: length } }
    start = end + 1
  }
}

/** What a handler names, and nothing that only contains it. */
function catches(node: SyntaxNode, names: readonly string[]): boolean {
  const body = node.child('body') ?? node.children().find(it => it.kind === 'Block')
  const head = node.text.slice(0, (body?.start ?? node.end) - node.start)
  return names.some(it => new RegExp(`(^|[^\\w.])${escaped(it)}(?![\\w.])`).test(head))
}

function isFrom(path: string, { from }: Extract<Demand, { kind: 'noImportFrom' }>): boolean {
  return from.some(it =>
    it.kind === 'tests' ? isTestFile(path) : it.kind !== 'within' && isBelow(`${path}/`, it),
  )
}

const STYLE: Readonly<Record<CaseStyle, RegExp>> = {
  camelCase: /^[_$]*\p{Ll}[\p{L}\p{N}]*$/u,
  PascalCase: /^[_$]*\p{Lu}[\p{L}\p{N}]*$/u,
  snake_case: /^_*[\p{Ll}\p{N}]+(_+[\p{Ll}\p{N}]+)*_*$/u,
  UPPER_CASE: /^_*[\p{Lu}\p{N}]+(_[\p{Lu}\p{N}]+)*_*$/u,
  'kebab-case': /^[\p{Ll}\p{N}]+(-[\p{Ll}\p{N}]+)*$/u,
}

/** What a language gives a name of its own (`__init__`), or nobody cares for (`_`), is in no style. */
function isCase(name: string, style: CaseStyle): boolean {
  if (/^__\w+__$|^_+$/.test(name) || /^(constructor|index|mod|main)$/.test(name)) return true
  return STYLE[style].test(name)
}

function hasAffix(name: string, affix: string, at: 'start' | 'end' | 'anywhere'): boolean {
  const plain = affix.replace(/^\*|\*$/g, '')
  if (at === 'anywhere') return name.includes(plain)
  if (at === 'end') return name.endsWith(plain)
  if (!name.startsWith(plain)) return false
  // `island` does not start with the word `is`.
  const next = name[plain.length]
  return !/\p{Ll}$/u.test(plain) || next === undefined || !/\p{Ll}/u.test(next)
}

function isAwaited(call: SyntaxNode): boolean {
  let around = call.parent
  while (around?.kind === 'Parenthesized') around = around.parent
  return around?.kind === 'Await'
}

function hasArgument(call: SyntaxNode, name: string, value: string | undefined): boolean {
  for (const it of call.children('argument')) {
    if (it.kind === 'KeywordArgument' && it.child('label')?.text === name)
      return value === undefined || it.child('value')?.text === value
    if (it.kind !== 'Dictionary') continue
    for (const pair of it.children('element')) {
      const key = (pair.kind === 'Pair' ? pair.child('key')?.text : pair.text)?.replace(/^['"]|['"]$/g, '')
      if (key === name) return value === undefined || pair.child('value')?.text === value
    }
  }
  return false
}

function usesOtherQuotes(node: SyntaxNode, { language }: SourceFile, style: 'single' | 'double'): boolean {
  if (node.kind !== 'String' || language === 'rust' || node.parent?.is('JsxAttribute')) return false
  const [wanted, other] = style === 'single' ? ["'", '"'] : ['"', "'"]
  const text = node.text.replace(/^\w+/, '')
  return text.startsWith(other!) && !text.startsWith(other!.repeat(3)) && !text.slice(1, -1).includes(wanted!)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
