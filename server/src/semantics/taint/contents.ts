// What was put into a list or a dictionary piece by piece, before somebody takes something out of it:
// `names.append(name)`, `row['key'] = value`, `settings.set('section', 'key', value)`.

import type { SyntaxNode } from '../../syntax/node.ts'
import { calleeName, receiver } from '../calls.ts'
import { ANY, definitionOf } from '../definitions.ts'
import { calledName } from '../full-name.ts'
import { isNeverRun } from '../known.ts'
import type { Binding, SourceFile } from '../source-file.ts'
import type { Source } from './sources.ts'
import { first, type Path, trace, type Walk } from './walk.ts'

/** Something that is put into a container, or that takes something out of it again. */
interface Change {
  readonly statement: SyntaxNode
  readonly kind: 'entry' | 'append' | 'prepend' | 'shift' | 'pop' | 'other'
  /** The keys, from the outermost in. */
  readonly path: Path
  readonly value: SyntaxNode | undefined
}

/** What lies at `path` in a container because it was put there; `undefined` also where nothing is known. */
export function traceContents(
  walk: Walk,
  binding: Binding,
  read: SyntaxNode,
  path: Path,
): Source | undefined {
  const { file } = walk
  if (!holdsContainer(file, binding)) return undefined
  const changes = changesBefore(file, binding, read)
  if (changes.length === 0) return undefined
  const [key, ...rest] = path
  if (key === undefined || key === ANY)
    return first(walk, changes, it => it.value && trace(walk, it.value, rest))
  const index = Number(key)
  if (Number.isInteger(index) && changes.some(it => it.kind !== 'entry')) {
    const elements = elementsAfter(binding, changes, read)
    if (!elements) return first(walk, changes, it => it.value && trace(walk, it.value, rest))
    const element = elements.at(index)
    return element && trace(walk, element, rest)
  }
  return first(walk, entriesAt(changes, path, read), it =>
    it.value && it.value.row < read.row ? trace(walk, it.value, path.slice(it.path.length)) : undefined,
  )
}

/** What surely was put where `list[0]`, `row['key']` or `settings.get('section', 'key')` reads. */
export function valuesAt(file: SourceFile, it: SyntaxNode): readonly SyntaxNode[] | undefined {
  const object = it.kind === 'Index' ? it.child('object') : receiver(it)
  const binding = object?.kind === 'Name' ? file.binding(object) : undefined
  if (!object || !binding || (it.kind === 'Call' && calleeName(it) !== 'get')) return undefined
  if (!holdsContainer(file, binding)) return undefined
  const key = it.child('argument')
  const path =
    it.kind === 'Index'
      ? [indexName(file, it)]
      : (sectionPath(file, it, object) ?? (key ? [keyIn(file, key)] : []))
  if (path.length === 0 || path.includes(ANY)) return undefined
  const changes = changesBefore(file, binding, object)
  if (changes.some(change => change.kind !== 'entry')) {
    const element = elementsAfter(binding, changes, object)?.at(Number(path[0]))
    return element && [element]
  }
  if (!isOverwritten(file, binding, object, path)) return undefined
  return entriesAt(changes, path, object).flatMap(change => change.value ?? [])
}

/** An entry that was surely written again under this key: what the container was made with does not matter. */
export function isOverwritten(file: SourceFile, binding: Binding, read: SyntaxNode, path: Path): boolean {
  if (path[0] === undefined || path[0] === ANY || !holdsContainer(file, binding)) return false
  return changesBefore(file, binding, read).some(
    it => it.kind === 'entry' && isAt(it.path, path) && surelyRan(it.statement, read),
  )
}

const MAKERS =
  /^(list|dict|set|Map|Set|Array|collections\.(deque|OrderedDict|defaultdict)|configparser\.(Raw)?ConfigParser|URLSearchParams|io\.StringIO)$/

/** In JavaScript nearly every list has a name that is never given to another one. */
const VARIABLES: ReadonlySet<string> = new Set(['variable', 'constant'])

function holdsContainer(file: SourceFile, binding: Binding): boolean {
  if (!VARIABLES.has(binding.kind)) return false
  for (const write of binding.writes()) {
    const definition = definitionOf(write)
    const value =
      definition?.kind === 'value' && definition.path.length === 0 ? definition.value?.unwrapped : undefined
    if (value?.is('List', 'Dictionary', 'Set')) return true
    if (value?.is('Call', 'New') && MAKERS.test(calledName(file, value))) return true
  }
  return false
}

function changesBefore(file: SourceFile, binding: Binding, read: SyntaxNode): Change[] {
  const changes: Change[] = []
  const home = read.function?.row
  for (const use of binding.reads()) {
    if (use.row >= read.row) break
    if (use.role !== 'object' || use.function?.row !== home) continue
    const change = changeBy(file, use)
    if (change && !isNeverRun(file, change.statement)) changes.push(change)
  }
  return changes
}

function changeBy(file: SourceFile, use: SyntaxNode): Change | undefined {
  const { parent } = use
  if (parent?.kind === 'Index') {
    const assignment = parent.role === 'target' ? parent.parent : undefined
    if (assignment?.kind !== 'Assignment') return undefined
    return {
      statement: assignment,
      kind: 'entry',
      path: [indexName(file, parent)],
      value: assignment.child('value'),
    }
  }
  const call = parent?.kind === 'Member' && parent.role === 'callee' ? parent.parent : undefined
  if (call?.kind !== 'Call') return undefined
  const args = call.children('argument')
  const [head] = args
  const last = args.at(-1)
  const change = (kind: Change['kind'], path: Path, value: SyntaxNode | undefined) => ({
    statement: call,
    kind,
    path,
    value,
  })
  switch (calleeName(call)) {
    case 'append':
    case 'push':
    case 'add':
      return change('append', [ANY], head)
    case 'unshift':
    case 'appendleft':
      return change('prepend', [ANY], head)
    case 'insert':
      return change(head?.text === '0' ? 'prepend' : 'other', [ANY], last)
    case 'extend':
      return change('other', [ANY], head)
    case 'pop':
      return change(args.length === 0 ? 'pop' : head?.text === '0' ? 'shift' : 'other', [ANY], undefined)
    case 'shift':
    case 'popleft':
      return change('shift', [ANY], undefined)
    case 'remove':
    case 'clear':
    case 'sort':
    case 'reverse':
    case 'splice':
      return change('other', [ANY], undefined)
    case 'set':
    case 'setdefault':
      if (args.length < 2 || args.length > 3) return undefined
      return change(
        'entry',
        args.slice(0, -1).map(it => keyIn(file, it)),
        last,
      )
    default:
      return undefined
  }
}

function keyIn(file: SourceFile, node: SyntaxNode): string {
  const constant = file.constant(node)
  return constant && constant.kind !== 'null' ? String(constant.value) : ANY
}

/** The elements of a list after all changes, where each of them surely happened once. */
function elementsAfter(
  binding: Binding,
  changes: readonly Change[],
  read: SyntaxNode,
): SyntaxNode[] | undefined {
  const [write, more] = [...binding.writes()]
  const made = write && !more ? definitionOf(write) : undefined
  const start = made?.kind === 'value' ? made.value?.unwrapped : undefined
  if (start?.kind !== 'List' && !(start?.kind === 'Call' && start.children('argument').length === 0))
    return undefined
  const elements = start.kind === 'List' ? start.children('element') : []
  if (elements.some(it => it.is('Spread', 'Comprehension'))) return undefined
  for (const it of changes) {
    if (!surelyRan(it.statement, read) || it.statement.closest('ForEach', 'For', 'While')) return undefined
    if (it.kind === 'append' && it.value) elements.push(it.value)
    else if (it.kind === 'prepend' && it.value) elements.unshift(it.value)
    else if (it.kind === 'shift') elements.shift()
    else if (it.kind === 'pop') elements.pop()
    else if (it.kind === 'entry' && it.value) elements[Number(it.path[0])] = it.value
    else return undefined
  }
  return elements
}

/** What may lie under a key: the last that surely was put there, and all behind it. */
function entriesAt(changes: readonly Change[], path: Path, read: SyntaxNode): readonly Change[] {
  const all = changes.filter(it => it.kind === 'entry' && isAt(it.path, path, true))
  const last = all.findLastIndex(it => isAt(it.path, path) && surelyRan(it.statement, read))
  return last === -1 ? all : all.slice(last)
}

function isAt(put: Path, path: Path, isMaybe = false): boolean {
  return (
    put.length <= path.length &&
    put.every((it, i) => it === path[i] || (isMaybe && (it === ANY || path[i] === ANY)))
  )
}

/** The statement lies in a block that the read lies in, too. */
function surelyRan(statement: SyntaxNode, read: SyntaxNode): boolean {
  const block = statement.closest('Block', 'Module', 'Case', 'DefaultCase')
  return block?.contains(read) === true
}

/** The elements of a list that grows with `append` before it is used, whichever of them are there in the end. */
export function grownElements(file: SourceFile, list: SyntaxNode): readonly SyntaxNode[] {
  const made = file.value(list)
  const elements = made.kind === 'List' ? made.children('element') : []
  const binding = list.kind === 'Name' ? file.binding(list) : undefined
  if (!binding || !VARIABLES.has(binding.kind)) return elements
  return [
    ...elements,
    ...changesBefore(file, binding, list).flatMap(it => (it.kind === 'append' && it.value ? [it.value] : [])),
  ]
}

/** The name by which `object[index]` reads. */
export function indexName(file: SourceFile, it: SyntaxNode): string {
  const index = it.child('index')
  return index ? keyIn(file, index) : ANY
}

/** The key of `settings.get('section', 'key')`, where a reader of settings is asked: two names instead of one. */
export function sectionPath(file: SourceFile, call: SyntaxNode, object: SyntaxNode): Path | undefined {
  const [section, key] = call.children('argument')
  if (!section || !key || key.kind === 'KeywordArgument') return undefined
  const made = file.value(object)
  if (made.kind !== 'Call' || !/ConfigParser$/.test(calledName(file, made))) return undefined
  return [keyIn(file, section), keyIn(file, key)]
}
