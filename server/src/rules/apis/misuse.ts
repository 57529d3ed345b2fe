// Makes a rule of a table of entries: waits for the last names that occur in it, resolves what they stand for in this file, and looks at
// the few entries of that name.

import { argument, hasSpread, keywordArgument, positional, property } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { type Example, type FixedExample, fixes, js, py, rs, type Tag, ts, written } from '../example.ts'
import type { Match, Rule } from '../rule.ts'
import { headOf, pathOf } from '../support/imports.ts'
import { isTestCode } from '../support/test-code.ts'
import { type ApiEntry, type ApiLanguage, type Condition, idOf } from './entry.ts'

export interface Misuse {
  readonly [name: string]: string
  readonly entry: string
}

type Part = Pick<Rule<Misuse>, 'languages' | 'callees' | 'check' | 'explain' | 'examples' | 'entries'>

const TAGS: Readonly<Record<ApiLanguage, Tag>> = { python: py, javascript: js, typescript: ts, rust: rs }

/** All of a rule but its id and how serious it is. */
export function misuse(entries: readonly ApiEntry[]): Part {
  const table = new Table(entries)
  const words = (locale: 'en' | 'es') => (data: Misuse) => {
    const entry = table.byId.get(data.entry)!
    const fix = entry.put === undefined ? {} : { fix: FIX[locale](entry.put) }
    return { ...entry.words[locale], ...fix }
  }
  const called = function* (node: SyntaxNode, file: SourceFile) {
    const found = table.ofCall(node, file)
    if (found && !isTestCode(node, file)) yield found
  }
  const named = function* (node: SyntaxNode, file: SourceFile) {
    const found = table.ofName(node, file)
    if (found && !isTestCode(node, file)) yield found
  }
  return {
    languages: languagesOf(entries),
    callees: [...table.called],
    check: {
      Call: called,
      New: called,
      MacroCall: called,
      Member: named,
      Path: named,
      *Import(node, file) {
        if (!isTestCode(node, file)) yield* table.ofImport(node, file)
      },
      *Class(node, file) {
        if (!isTestCode(node, file)) yield* table.ofClass(node, file)
      },
    },
    explain: { en: words('en'), es: words('es') },
    examples: {
      invalid: entries.map(invalidOf),
      valid: entries.map(it => written(TAGS[it.language], it.valid)),
    },
    entries: entries.map(idOf),
  }
}

/** An entry about JavaScript is one about TypeScript, too, once an example is written in it. */
function languagesOf(entries: readonly ApiEntry[]): Part['languages'] {
  return (['python', 'typescript', 'javascript', 'rust'] as const).filter(it =>
    entries.some(of => of.language === it),
  )
}

const FIX = {
  en: (put: string) => `Write \`${put.replace('$object.', '')}\` instead`,
  es: (put: string) => `Escribir \`${put.replace('$object.', '')}\` en su lugar`,
} as const

function invalidOf({ language, invalid, fixed }: ApiEntry): Example | FixedExample {
  const before = written(TAGS[language], invalid)
  return fixed === undefined ? before : fixes(before, written(TAGS[language], fixed))
}

/** Entries by the language of a file and by the last name of what they are about. */
class Table {
  readonly byId = new Map<string, ApiEntry>()
  /** The last names of all that is called. */
  readonly called = new Set<string>()
  readonly #calls = new Map<string, ApiEntry[]>()
  readonly #names = new Map<string, ApiEntry[]>()
  readonly #modules = new Map<string, ApiEntry[]>()
  readonly #members = new Map<string, ApiEntry[]>()

  constructor(entries: readonly ApiEntry[]) {
    for (const it of entries) {
      this.byId.set(idOf(it), it)
      const last = it.api.slice(it.api.lastIndexOf('.') + 1)
      const where = {
        ...{ call: this.#calls, new: this.#calls, name: this.#names },
        ...{ method: it.when ? this.#calls : this.#names, module: this.#modules, member: this.#members },
      }[it.as]
      const key = `${familyOf(it.language)} ${it.as === 'module' ? it.api : last}`
      where.set(key, [...(where.get(key) ?? []), it])
      // A name that `require` or `use` brought is told of where it is called.
      if (['call', 'new', 'method', 'name'].includes(it.as)) this.called.add(last)
      if (it.as === 'module' && familyOf(it.language) === 'javascript') this.called.add('require')
    }
  }

  ofCall(call: SyntaxNode, file: SourceFile): Match<Misuse> | undefined {
    const callee = call.child('callee')?.unwrapped
    if (!callee) return undefined
    const family = familyOf(file.language)
    if (callee.kind === 'Name' && callee.name === 'require') return this.#required(call, callee, file)
    const [last, path] = lastAndPath(callee, file)
    const isBare = callee.is('Name', 'TypeName')
    for (const it of this.#calls.get(`${family} ${last}`) ?? []) {
      if (it.as === 'new' && call.kind !== 'New') continue
      const isMeant =
        it.as === 'method' ? isMadeBy(callee, it, file) : path === it.api && isOutside(callee, it, file)
      // Of what is advised against whatever it gets, who asks first knows.
      if (it.when === undefined && isGuarded(call)) continue
      if (isMeant && holds(call, it.when, file)) return match(callee, it)
    }
    // Everywhere else, a name is told of where it is imported.
    if (!isBare || !(family === 'rust' || !isImported(callee, file))) return undefined
    for (const it of this.#names.get(`${family} ${last}`) ?? [])
      if (path === it.api && isOutside(callee, it, file) && !isGuarded(call)) return match(callee, it)
    return undefined
  }

  ofName(node: SyntaxNode, file: SourceFile): Match<Misuse> | undefined {
    const last = node.child('property')?.name ?? ''
    const entries = this.#names.get(`${familyOf(file.language)} ${last}`)
    if (!entries || node.role === 'target' || node.closest('Import') || isGuarded(node)) return undefined
    const path = pathOf(file, node)
    const found = entries.find(it =>
      it.as === 'method' ? isMadeBy(node, it, file) : it.api === path && isOutside(node, it, file),
    )
    return found && match(node, found)
  }

  *ofImport(node: SyntaxNode, file: SourceFile): Generator<Match<Misuse>> {
    const family = familyOf(file.language)
    if (family === 'rust' || isGuarded(node)) return
    for (const { at, module, name } of importsOf(node)) {
      const whole = this.#ofModule(family, module)
      // Once, however many names it brings.
      if (whole) return yield match(node.child('source') ?? at, whole)
      const found = name && this.#names.get(`${family} ${name}`)?.find(it => it.api === `${module}.${name}`)
      if (found) yield match(at, found)
    }
  }

  *ofClass(node: SyntaxNode, file: SourceFile): Generator<Match<Misuse>> {
    let bases: string[] | undefined
    const body = node.child('body')
    for (const member of body ? body.children() : node.children('member')) {
      const it = member.kind === 'Decorated' ? (member.child('definition') ?? member) : member
      const value = it.kind === 'ExpressionStatement' ? it.child('value') : it
      const name = value?.child(value.kind === 'Assignment' ? 'target' : 'name')
      const entries = name && this.#members.get(`${familyOf(file.language)} ${name.name}`)
      if (!name || !entries) continue
      bases ??= node.children('superclass').map(of => pathOf(file, of))
      for (const entry of entries) if (entry.makers!.some(of => bases!.includes(of))) yield match(name, entry)
    }
  }

  #required(call: SyntaxNode, callee: SyntaxNode, file: SourceFile): Match<Misuse> | undefined {
    if (!file.isFree(callee) || call.closest('Try')) return undefined
    const source = argument(call, 0)
    const name = source && file.constant(source)
    const found =
      name?.kind === 'string' ? this.#ofModule('javascript', name.value.replace(/^node:/, '')) : undefined
    return found && match(call, found)
  }

  /** The module, or one that it lies in. */
  #ofModule(family: string, module: string): ApiEntry | undefined {
    const separator = family === 'python' ? '.' : '/'
    for (let it = module; it !== ''; it = it.slice(0, Math.max(0, it.lastIndexOf(separator)))) {
      const [found] = this.#modules.get(`${family} ${it}`) ?? []
      if (found) return found
    }
    return undefined
  }
}

function match(at: SyntaxNode, entry: ApiEntry): Match<Misuse> {
  const data = { entry: idOf(entry) }
  const object = at.is('Member', 'Path') ? at.child('object')?.text : undefined
  const { put } = entry
  if (put === undefined || (put.includes('$object') && object === undefined) || at.closest('Import'))
    return { at, data }
  const text = put.replace('$object', object ?? '')
  return { at, data, fix: { safety: 'safe', edits: () => [replace(at, text)] } }
}

function familyOf(language: string): 'python' | 'javascript' | 'rust' {
  return language === 'python' || language === 'rust' ? language : 'javascript'
}

function lastAndPath(callee: SyntaxNode, file: SourceFile): readonly [string, string] {
  const it = callee.kind === 'GenericType' ? (callee.child('callee') ?? callee) : callee
  const last = it.is('Member', 'Path') ? (it.child('property')?.name ?? '') : it.name
  const path = pathOf(file, callee)
  // An import may have given it another name; what waits for names sees the one in the file.
  return [path.slice(path.lastIndexOf('.') + 1) || last, path]
}

/** It comes from the module that the entry names, or, without one, from nowhere in this file. */
function isOutside(node: SyntaxNode, { api, language }: ApiEntry, file: SourceFile): boolean {
  const head = headOf(node)
  if (!head) return false
  if (language === 'rust') return true
  const isOfModule = (api.includes('.') && !isGlobal(api)) || file.importedName(head) !== undefined
  return isOfModule ? file.importedName(head) !== undefined : head.kind === 'Name' && file.isFree(head)
}

/** What a browser or the language itself brings without an import. */
const GLOBALS =
  /^(?:\$|jQuery|dict|document|window|navigator|Object|Array|String|Date|Number|Promise|Math|JSON|Intl|process|console|Buffer|performance|Reflect|Symbol|screen|event|Notification|RegExp|URL|history|location|localStorage|Error)\./

function isGlobal(api: string): boolean {
  return GLOBALS.test(api)
}

function isImported(name: SyntaxNode, file: SourceFile): boolean {
  return file.binding(name)?.kind === 'import'
}

/** The object is what one of the makers gave, or is declared to be of their type. */
function isMadeBy(callee: SyntaxNode, { makers = [] }: ApiEntry, file: SourceFile): boolean {
  const object = callee.child('object')
  if (!object) return false
  // What is given to it says enough.
  if (makers[0] === '*') return true
  const made = file.value(object).unwrapped
  const inner = made.is('Await', 'Propagate') ? (made.child('value')?.unwrapped ?? made) : made
  const path = inner.is('Call', 'New') ? pathOf(file, inner.child('callee')) : pathOf(file, inner)
  if (path !== '' && makers.includes(path)) return true
  if (object.kind !== 'Name') return false
  const declaration = file.binding(object)?.declaration
  const around = declaration?.parent
  if (!around?.is('Parameter', 'Declarator', 'Assignment')) return false
  const type = around.child('type')?.unwrapped
  return (
    type !== undefined &&
    makers.includes(pathOf(file, type.firstChild?.is('Name', 'Member', 'Path') ? type.firstChild : type))
  )
}

function holds(call: SyntaxNode, when: Condition | undefined, file: SourceFile): boolean {
  if (!when) return true
  const given = positional(call)
  const isSpread = hasSpread(call)
  if (when.notIn?.test(file.path)) return false
  if (when.isPlain && call.kind !== 'Call') return false
  if (when.least !== undefined && given.length < when.least) return false
  if (when.most !== undefined && (isSpread || given.length > when.most)) return false
  for (const [index, pattern] of Object.entries(when.argument ?? {})) {
    const it = given[Number(index)]
    if (!it || !pattern.test(it.text)) return false
  }
  const options = given.at(-1)
  const optionOf = (name: string) => keywordArgument(call, name) ?? property(options, name)
  for (const [name, pattern] of Object.entries(when.option ?? {})) {
    const it = optionOf(name)
    if (!it || !pattern.test(it.text)) return false
  }
  if (when.without) {
    if (isSpread || (options?.kind === 'Dictionary' && options.has('Spread'))) return false
    // Options that come as a variable may hold anything.
    if (file.language !== 'python' && options?.is('Name', 'Member', 'Call') && given.length > 1) return false
    if (when.without.some(it => optionOf(it))) return false
  }
  return when.where === undefined || stands(call, when.where)
}

function stands(call: SyntaxNode, where: NonNullable<Condition['where']>): boolean {
  switch (where) {
    case 'statement':
      return call.parent?.kind === 'ExpressionStatement'
    case 'asynchronous':
      return isAsynchronous(call.function)
    case 'loop':
      return isRepeated(call)
    case 'growing':
      return isRepeated(call) && isGrowing(call)
  }
}

function isRepeated(call: SyntaxNode): boolean {
  const loop = call.closest('For', 'ForEach', 'While', 'DoWhile', 'Loop', 'Function')
  return loop !== undefined && loop.kind !== 'Function' && loop.child('body')?.contains(call) === true
}

/** `all = joined(all, more)`, or `all = joined([all, more])`. */
function isGrowing(call: SyntaxNode): boolean {
  const kept = call.parent?.kind === 'Assignment' ? call.parent.child('target')?.text : undefined
  const first = positional(call)[0]
  const inner = first?.is('List', 'Tuple') ? first.children('element') : [first]
  return kept !== undefined && inner.some(it => it?.text === kept)
}

function isAsynchronous(it: SyntaxNode | undefined): boolean {
  return (
    it !== undefined &&
    /^(?:pub(?:\([^)]*\))?\s+)?(?:export\s+)?(?:static\s+)?async\b/.test(it.text.slice(0, 80))
  )
}

/** Asked for before it is used: whoever does that knows of the version. */
function isGuarded(node: SyntaxNode): boolean {
  const { parent } = node
  if (parent?.is('Logical', 'Not', 'Unary') || node.role === 'condition') return true
  let isInside = false
  for (const it of node.ancestors()) {
    if (isInside) {
      if (GUARDS.has(it.kind) && /version_info|\bPY[23]\b/.test(it.child('condition')?.text ?? ''))
        return true
      continue
    }
    if (
      GUARDS.has(it.kind) &&
      /version|PY[23]\b|PYTHON|hasattr|six\.|compat|typeof|\bin\b|TYPE_CHECKING|Buffer\.(?:from|alloc)|\.exists/.test(
        it.child('condition')?.text ?? '',
      )
    )
      return true
    if (it.kind === 'Catch' && FALLS_BACK.test(it.text)) return true
    if (it.kind === 'Try' && CATCHES.test(it.text.slice(node.end - it.start))) return true
    // A whole function may be for one version; everything else is about what it does.
    isInside ||= it.is('Function', 'Class')
  }
  return false
}

/** Python, where the other version has it under another name; what `require` does not find. */
const CATCHES =
  /^\s*except(?:\s*:|[^:]*(?:ImportError|ModuleNotFoundError|AttributeError|NameError|Exception\b))/m

/** Where an import failed: the name that an older version has. */
const FALLS_BACK = /^except\b[^:]*\b(?:ImportError|ModuleNotFoundError)\b/

const GUARDS: ReadonlySet<Kind> = new Set(['If', 'ElseIf', 'Conditional'])

interface Imported {
  readonly at: SyntaxNode
  readonly module: string
  /** Absent: the module itself. */
  readonly name?: string
}

/** What a statement of Python or JavaScript imports. */
function* importsOf(node: SyntaxNode): Generator<Imported> {
  const source = node.child('source')
  if (source?.kind === 'String') {
    const module = source.text.slice(1, -1).replace(/^node:/, '')
    yield { at: source, module }
    for (const it of node.children('name'))
      if (it.kind === 'ImportName') yield { at: it, module, name: it.child('name')?.name ?? '' }
    return
  }
  const module = source?.text
  for (const it of node.children('name')) {
    const path = (it.kind === 'ImportName' ? it.child('name') : it)?.text ?? ''
    yield module === undefined ? { at: it, module: path } : { at: it, module, name: path }
  }
}
