// What a sentence speaks of, found in code: which nodes can be it, which are, and what each is called.

import { isPublicFunction } from '../../semantics/public-functions.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { Range } from '../rule.ts'
import { isAsync } from '../support/async.ts'
import { LOOPS } from '../support/loops.ts'
import { calls } from './call-names.ts'
import { fits } from './name-pattern.ts'
import { isConstructor } from './places.ts'
import type { Quality, Subject, SubjectKind } from './requirement.ts'
import { wholeText } from './whole-text.ts'

export interface Found {
  readonly node: SyntaxNode
  /** Undefined when it has none. */
  readonly name: string | undefined
  /** What is underlined. */
  readonly at: SyntaxNode | Range
}

/** Of which kind nodes are that can be it. */
export const KINDS_OF: Readonly<Record<SubjectKind, readonly Kind[]>> = {
  function: ['Function'],
  method: ['Function'],
  constructor: ['Function'],
  test: ['Function', 'Call'],
  class: ['Class', 'Struct'],
  interface: ['Interface'],
  type: ['TypeAlias'],
  enum: ['Enum'],
  enumMember: ['Enum'],
  variable: ['Name'],
  constant: ['Declarator', 'Assignment'],
  parameter: ['Parameters'],
  file: ['Module'],
  line: ['Module'],
  import: ['Import'],
  call: ['Call', 'New', 'MacroCall'],
  switch: ['Switch'],
  loop: LOOPS,
  catch: ['Catch'],
  comment: ['Comment'],
  string: ['String', 'Template'],
  todo: ['Comment'],
}

/** What of the subject there is at a node. */
export function* find(subject: Subject, node: SyntaxNode, file: SourceFile): Generator<Found> {
  for (const it of candidates(subject.kind, node, file)) {
    if (subject.named && !(it.name !== undefined && subject.named.some(name => fits(it.name!, name))))
      continue
    if (subject.callees && !calls(node, file, subject.callees)) continue
    if (subject.qualities.every(quality => has(quality, it, file))) yield it
  }
}

/** Whether somebody outside may use a member of a class. */
export function isPrivate(member: SyntaxNode): boolean {
  const { name, text } = { name: member.child('name')?.text ?? '', text: member.text }
  if (/^(private|protected)\b/.test(text)) return true
  return name.startsWith('#') || (name.startsWith('_') && !name.startsWith('__'))
}

/** The methods of a class, in their order. */
export function methodsOf(owner: SyntaxNode): SyntaxNode[] {
  const body = owner.child('body') ?? owner
  return [...body.children(), ...(body.row === owner.row ? [] : owner.children('member'))]
    .map(it => (it.kind === 'Decorated' ? (it.child('definition') ?? it) : it))
    .filter(it => it.kind === 'Function')
}

export function ownerOf(fn: SyntaxNode): SyntaxNode | undefined {
  const around = fn.parent?.kind === 'Decorated' ? fn.parent.parent : fn.parent
  if (around?.is('Class', 'Implementation')) return around
  return around?.kind === 'Block' && around.parent?.is('Class', 'Implementation') ? around.parent : undefined
}

function* candidates(kind: SubjectKind, node: SyntaxNode, file: SourceFile): Generator<Found> {
  switch (kind) {
    case 'function':
    case 'method':
    case 'constructor': {
      const isMethod = ownerOf(node) !== undefined
      if (kind === 'method' && (!isMethod || isConstructor(node))) return
      if (kind === 'constructor' && !(isMethod && isConstructor(node))) return
      yield functionAt(node)
      return
    }
    case 'test':
      if (isTestFunction(node, file)) yield functionAt(node)
      return
    case 'enumMember':
      for (const it of node.descendants('EnumMember', 'PropertyName')) {
        if (it.role !== 'member') continue
        const name = it.child('name') ?? it
        yield { node: it, name: name.name || name.text, at: name }
      }
      return
    case 'variable': {
      const binding = file.binding(node)
      if (!binding?.isDeclaration(node) || !/^(variable|constant|loop)$/.test(binding.kind)) return
      yield { node, name: node.name, at: node }
      return
    }
    case 'constant': {
      const name = node.child('target')
      if (name?.kind === 'Name' && isConstant(node, name, file)) yield { node, name: name.name, at: name }
      return
    }
    case 'parameter':
      for (const it of node.children('parameter')) {
        const name = it.kind === 'Name' ? it : (it.child('target') ?? it.child('name'))
        if (name?.kind !== 'Name' || /^(self|cls|this)$/.test(name.name)) continue
        yield { node: it, name: name.name, at: name }
      }
      return
    case 'file':
      yield { node, name: baseName(file.path), at: { start: 0, end: firstLineOf(file) } }
      return
    case 'todo':
      if (/\b(TODO|FIXME)\b/.test(node.text)) yield { node, name: undefined, at: node }
      return
    case 'loop':
    case 'switch':
    case 'catch':
      yield { node, name: undefined, at: { start: node.start, end: headEnd(node) } }
      return
    case 'call':
    case 'import':
    case 'line':
    case 'comment':
    case 'string':
      yield { node, name: undefined, at: node }
      return
    default: {
      const name = node.child('name')
      yield { node, name: name?.name, at: name ?? node }
    }
  }
}

function functionAt(node: SyntaxNode): Found {
  const name = nameOf(node)
  return { node, name: name?.name || name?.text, at: name ?? node.child('parameters') ?? node }
}

/** Its own, or that of the variable that it is the value of. */
function nameOf(fn: SyntaxNode): SyntaxNode | undefined {
  const own = fn.child('name')
  if (own) return own
  const { parent } = fn
  if (fn.role !== 'value' || !parent?.is('Declarator', 'Pair', 'Field', 'Assignment')) return undefined
  const name = parent.child('target') ?? parent.child('key') ?? parent.child('name')
  return name?.is('Name', 'PropertyName') ? name : undefined
}

function has(quality: Quality, { node, name }: Found, file: SourceFile): boolean {
  switch (quality) {
    case 'async':
      return isAsync(node)
    case 'private':
      return isPrivate(node)
    case 'public':
      if (node.kind !== 'Function') return !(name ?? '_').startsWith('_')
      return ownerOf(node) ? !isPrivate(node) && !isConstructor(node) : isPublic(node, file, name)
    case 'exported':
      if (node.kind === 'Function') return isPublicFunction(file, node)
      return node.parent?.kind === 'Export' || (file.language === 'rust' && /^pub\b/.test(node.text))
    case 'exception':
      return node.children('superclass').some(it => /(Error|Exception)$/.test(it.text))
    case 'test':
      return file.isTest
    case 'boolean':
      if (node.kind !== 'Function') return isBoolean(node)
      return /^(->|:)?\s*(bool|boolean)$/.test(node.child('returnType')?.text.trim() ?? '')
    case 'handler':
      return decoratorsOf(node).some(it => ROUTE.test(it.text))
  }
}

export function decoratorsOf(node: SyntaxNode): SyntaxNode[] {
  if (node.parent?.kind === 'Decorated') return node.parent.children('decorator')
  const own = node.children('decorator')
  for (let it = node.previous; it?.kind === 'Decorator'; it = it.previous) own.push(it)
  return own
}

const ROUTE = /^@?\s*(#\[)?\s*[\w.]*\.?(get|post|put|patch|delete|route|api_route|websocket)\s*\(/i

/** A variable, constant or parameter that says so, or is given such a value. */
function isBoolean(node: SyntaxNode): boolean {
  const holder = node.kind === 'Name' ? node.parent : node
  const type = holder?.child('type')?.text.replace(/^:\s*/, '')
  if (type !== undefined) return /^(bool|boolean)$/.test(type)
  return (
    holder?.child('value')?.is('Boolean', 'Comparison', 'Not') === true &&
    holder.child('target')?.kind === 'Name'
  )
}

/** Only where it is a function of the file itself: what others hold is theirs. */
function isPublic(fn: SyntaxNode, file: SourceFile, name: string | undefined): boolean {
  if (fn.function || name === undefined) return false
  return file.language === 'python' ? !name.startsWith('_') : isPublicFunction(file, fn)
}

function isTestFunction(node: SyntaxNode, file: SourceFile): boolean {
  if (node.kind === 'Call')
    return /^(it|test)$/.test(node.child('callee')?.text ?? '') && node.has('Function')
  if (!file.isTest && file.language !== 'rust') return false
  if (file.language === 'rust') return decoratorsOf(node).some(it => /\btest\b/.test(it.text))
  if (file.language !== 'python') return false
  const name = node.child('name')?.name ?? ''
  // What asserts in a file of tests is one, whatever it is called.
  return (
    name.startsWith('test') ||
    (!name.startsWith('_') && node.role !== 'value' && node.has('Assert') && !node.function)
  )
}

/** Given a plain value once, at the level of the file. */
function isConstant(node: SyntaxNode, name: SyntaxNode, file: SourceFile): boolean {
  const binding = file.binding(name)
  if (!binding?.isModuleLevel || !binding.isDeclaration(name)) return false
  if (file.language === 'rust')
    return (
      node.children('keyword').length +
        node.children().filter(it => /^(const|static)$/.test(it.text)).length >
      0
    )
  if (binding.kind === 'loop' || binding.writeCount !== 1) return false
  const isDeclared = file.language === 'python' || binding.kind === 'constant'
  const value = node.child('value')
  return isDeclared && value?.is('String', 'Number', 'Boolean', 'Unary', 'Concatenation') === true
}

/** `myFile` for `src/myFile.test.ts`. */
function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.slice(0, name.indexOf('.', 1) === -1 ? undefined : name.indexOf('.', 1))
}

function firstLineOf(file: SourceFile): number {
  const text = wholeText(file)
  const end = text.indexOf('\n')
  return end === -1 ? text.length : end
}

/** To where its body begins. */
function headEnd(node: SyntaxNode): number {
  const body = node.child('body') ?? node.children().at(-1)
  const line = node.text.indexOf('\n')
  const end = line === -1 ? node.end : node.start + line
  return body && body.start > node.start ? Math.min(end, body.start) : end
}
