// What JavaScript and TypeScript files hand to others under which name: exports, instances, superclasses, constant texts.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { TextParts } from '../../rows/names.ts'
import { assignedName, referenceOf } from '../reference.ts'
import { namesMessages, textIn } from '../text.ts'

export function extractNamesJavaScript(file: SourceFile, facts: FactWriter): void {
  for (const statement of file.root.children()) {
    if (statement.kind === 'Export') readExport(file, statement, facts)
    else if (statement.kind === 'Declaration') readDeclaration(file, statement, facts)
    else if (statement.kind === 'Class') readClass(file, statement, facts)
    else if (statement.kind === 'Enum') readEnum(file, statement, facts)
    else if (statement.kind === 'ExpressionStatement') readAssignment(file, statement.child('value'), facts)
  }
}

function readExport(file: SourceFile, statement: SyntaxNode, facts: FactWriter): void {
  const source = statement.child('source')?.text.slice(1, -1)
  const definition = statement.child('definition')
  if (definition?.kind === 'Declaration') return readDeclaration(file, definition, facts)
  if (definition?.kind === 'Enum') return readEnum(file, definition, facts)
  if (definition?.kind === 'Class') {
    readClass(file, definition, facts)
    if (isDefault(statement)) addAlias('default', definition.child('name')?.name, statement, facts)
    return
  }
  if (definition?.is('Function', 'Interface') && isDefault(statement))
    return addAlias('default', definition.child('name')?.name, statement, facts)
  if (source !== undefined) return readReExport(statement, source, facts)
  for (const it of statement.children('name')) {
    const own = it.child('name') ?? (it.kind === 'Name' ? it : undefined)
    const reference = own && referenceOf(file, own)
    const name = it.child('alias')?.name ?? own?.name
    if (reference && name && !(reference.module === '' && reference.names[0] === name))
      facts.add('alias', { name, of: reference }, it)
  }
  const value = statement.child('value')
  if (value && isDefault(statement)) give(file, 'default', value, facts)
}

function readReExport(statement: SyntaxNode, source: string, facts: FactWriter): void {
  const names = statement.children('name')
  if (names.length === 0) facts.add('alias', { name: '*', of: { module: source, names: [] } }, statement)
  for (const it of names) {
    const name = it.child('name')?.name
    const alias = it.child('alias')?.name
    if (it.type === 'namespace_export' || (!name && alias))
      facts.add('alias', { name: alias ?? it.firstChild?.name ?? '', of: { module: source, names: [] } }, it)
    else if (name) facts.add('alias', { name: alias ?? name, of: { module: source, names: [name] } }, it)
  }
}

function isDefault(statement: SyntaxNode): boolean {
  return /^export\s+default\b/.test(statement.text.slice(0, 40))
}

function addAlias(name: string, of: string | undefined, at: SyntaxNode, facts: FactWriter): void {
  if (of) facts.add('alias', { name, of: { module: '', names: [of] } }, at)
}

function readDeclaration(file: SourceFile, declaration: SyntaxNode, facts: FactWriter): void {
  for (const it of declaration.children('definition')) {
    const target = it.child('target')
    const value = it.child('value')
    if (target?.kind === 'Name' && value) give(file, target.name, value, facts)
  }
}

function readAssignment(file: SourceFile, node: SyntaxNode | undefined, facts: FactWriter): void {
  if (node?.kind !== 'Assignment') return
  const name = assignedName(node)
  const value = node.child('value')
  if (!name || !value) return
  give(file, name, value, facts)
  // `module.exports = { a, b: c }`
  if (name !== 'default' || value.unwrapped.kind !== 'Dictionary') return
  for (const it of value.unwrapped.children('element')) {
    const inner = it.kind === 'Pair' ? it.child('value') : it.kind === 'Name' ? it : undefined
    const key = it.kind === 'Pair' ? it.child('key')?.name : it.name
    const reference = inner && referenceOf(file, inner)
    if (key && reference) facts.add('alias', { name: key, of: reference }, it)
  }
}

/** What a name at the top of the file is given. */
function give(file: SourceFile, name: string, given: SyntaxNode, facts: FactWriter): void {
  let value = given.unwrapped
  while (value.is('Cast', 'NonNull', 'Await')) {
    const inner = value.child('value')
    if (!inner) return
    value = inner.unwrapped
  }
  if (value.kind === 'Call' && calleeName(value) === 'freeze')
    value = positional(value)[0]?.unwrapped ?? value
  if (value.kind === 'Dictionary') return readObject(file, name, value, facts, 0)
  if (value.kind === 'New') {
    const callee = value.child('callee')
    const of = callee && referenceOf(file, callee)
    if (of) facts.add('alias', { name, of }, value)
    return
  }
  if (value.is('Name', 'Member')) {
    const of = referenceOf(file, value)
    if (of && !(of.module === '' && of.names.length === 1 && of.names[0] === name))
      facts.add('alias', { name, of }, value)
  }
  addConstant(file, name, value, facts)
}

const DEPTH = 4

function readObject(
  file: SourceFile,
  name: string,
  object: SyntaxNode,
  facts: FactWriter,
  depth: number,
): void {
  if (depth > DEPTH) return
  for (const it of object.children('element')) {
    const key =
      it.kind === 'Pair'
        ? it.child('key')?.name || it.child('key')?.text.replace(/^['"]|['"]$/g, '')
        : undefined
    let value = it.child('value')?.unwrapped
    if (value?.kind === 'Cast') value = value.child('value')?.unwrapped
    if (it.kind !== 'Pair' || !key || !value) continue
    if (value.kind === 'Dictionary') readObject(file, `${name}.${key}`, value, facts, depth + 1)
    else if (value.kind === 'Function') addConstant(file, `${name}.${key}`, value, facts)
    else {
      if (value.kind === 'Name') {
        const of = referenceOf(file, value)
        if (of?.module) facts.add('alias', { name: `${name}.${key}`, of }, it)
      }
      addConstant(file, `${name}.${key}`, value, facts)
    }
  }
}

function readEnum(file: SourceFile, node: SyntaxNode, facts: FactWriter): void {
  const name = node.child('name')?.name
  for (const it of node.descendants('EnumMember')) {
    const value = it.child('value')
    const key = it.child('name')?.name
    if (name && key && value) addConstant(file, `${name}.${key}`, value, facts)
  }
}

function readClass(file: SourceFile, node: SyntaxNode, facts: FactWriter): void {
  const name = node.child('name')?.name
  const superclass = node.child('superclass')
  if (!name) return
  const of =
    superclass &&
    referenceOf(
      file,
      superclass.kind === 'GenericType' ? (superclass.child('callee') ?? superclass) : superclass,
    )
  if (of) facts.add('class', { name, superclass: of }, superclass)
  for (const it of node.children('member')) {
    const value = it.kind === 'Field' ? it.child('value') : undefined
    const key = it.child('name')?.name
    if (!value || !key) continue
    if (value.is('String', 'Template', 'Binary')) addConstant(file, `${name}.${key}`, value, facts)
    else if (value.is('New', 'Name')) {
      const instance = referenceOf(file, value.kind === 'New' ? (value.child('callee') ?? value) : value)
      if (instance) facts.add('alias', { name: `${name}.${key}`, of: instance }, it)
    }
  }
}

/** Only what may be a URL, or a part of one, or what messages are called by. */
function addConstant(file: SourceFile, name: string, value: SyntaxNode, facts: FactWriter): void {
  const text = textGiven(file, value)
  if (text && (looksLikeUrl(text) || namesMessages(name, text))) facts.add('constant', { name, text }, value)
}

/** A text, or what a function makes of its arguments. */
function textGiven(file: SourceFile, value: SyntaxNode): TextParts | undefined {
  if (
    value.is(
      'String',
      'Template',
      'Binary',
      'Concatenation',
      'Logical',
      'Member',
      'New',
      'Call',
      'Conditional',
    )
  )
    return textIn(file, value)
  if (value.kind !== 'Function') return undefined
  const body = value.child('body')
  if (!body) return undefined
  if (body.kind !== 'Block') return textIn(file, body)
  const returns = [...body.ownDescendants('Return')]
  const result = returns.length === 1 ? returns[0]!.child('value') : undefined
  return result && textIn(file, result)
}

function looksLikeUrl(text: TextParts): boolean {
  const [first] = text
  if (first === undefined) return false
  if (typeof first === 'string')
    return /^(\/|https?:|[\w-]+\/)/.test(first) || (first === '' && text.length > 1)
  if ('hole' in first && !('parameter' in first))
    return first.hole?.startsWith('$') === true || (typeof text[1] === 'string' && text[1].startsWith('/'))
  return 'from' in first && text.length > 1
}
