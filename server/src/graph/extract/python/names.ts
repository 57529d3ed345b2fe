// What Python files hand to others under which name: what packages re-export, instances, superclasses, constant texts.

import { calleeOf } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { TextParts } from '../../rows/names.ts'
import { referenceOf, referenceOfBinding } from '../reference.ts'
import { namesMessages, textIn } from '../text.ts'

export function extractNamesPython(file: SourceFile, facts: FactWriter): void {
  const isPackage = /(^|\/)__init__\.pyi?$/.test(file.path)
  for (const statement of file.root.children()) {
    const definition = statement.kind === 'Decorated' ? statement.child('definition') : statement
    // Any module could be imported from; packages are what people import names from that are not their own.
    if (statement.kind === 'Import') {
      if (isPackage) readImport(file, statement, facts)
    } else if (definition?.kind === 'Class') readClass(file, definition, facts)
    else if (definition?.kind === 'Function') readFunction(file, definition, facts)
    else readAssignment(file, assignmentIn(statement), '', facts)
  }
}

function readImport(file: SourceFile, statement: SyntaxNode, facts: FactWriter): void {
  const source = statement.child('source')
  if (source && /\bimport\s*\(?\s*\*/.test(statement.text))
    facts.add('alias', { name: '*', of: { module: source.text, names: [] } }, statement)
  for (const it of statement.descendants('Name', 'PropertyName')) {
    const binding = file.binding(it)
    if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
    const of = referenceOfBinding(file, binding)
    if (of) facts.add('alias', { name: it.name, of }, it)
  }
}

function assignmentIn(statement: SyntaxNode): SyntaxNode | undefined {
  return statement.kind === 'ExpressionStatement' ? statement.child('value') : statement
}

/** `x = y`, `x = Y(…)`, `X = '/api'`; in a class, under its name. */
function readAssignment(
  file: SourceFile,
  assignment: SyntaxNode | undefined,
  owner: string,
  facts: FactWriter,
): void {
  if (assignment?.kind !== 'Assignment') return
  const target = assignment.child('target')
  const value = assignment.child('value')?.unwrapped
  if (target?.kind !== 'Name' || !value) return
  const name = owner === '' ? target.name : `${owner}.${target.name}`
  const other = value.kind === 'Call' ? calleeOf(value) : value
  const of = other?.is('Name', 'Member') ? referenceOf(file, other) : undefined
  if (of && !(of.module === '' && of.names.join('.') === name)) facts.add('alias', { name, of }, assignment)
  if (value.is('String', 'Template', 'Binary', 'Concatenation'))
    addConstant(name, textIn(file, value), value, facts)
}

function readClass(file: SourceFile, node: SyntaxNode, facts: FactWriter): void {
  const name = node.child('name')?.name
  if (!name) return
  for (const it of node.children('superclass')) {
    const of = it.is('Name', 'Member') ? referenceOf(file, it) : undefined
    if (of) facts.add('class', { name, superclass: of }, it)
  }
  for (const it of node.child('body')?.children() ?? []) readAssignment(file, assignmentIn(it), name, facts)
}

/** A function that does nothing but put a path together. */
function readFunction(file: SourceFile, node: SyntaxNode, facts: FactWriter): void {
  const name = node.child('name')?.name
  const [only, ...more] = (node.child('body')?.children() ?? []).filter(it => !isText(it))
  const result = only?.kind === 'Return' && more.length === 0 ? only.child('value') : undefined
  if (name && result?.is('String', 'Template', 'Binary'))
    addConstant(name, textIn(file, result), result, facts)
}

/** What a function says of itself. */
function isText(statement: SyntaxNode): boolean {
  return statement.kind === 'ExpressionStatement' && statement.child('value')?.kind === 'String'
}

/** Only what may be a URL, or a part of one, or what messages are called by. */
function addConstant(name: string, text: TextParts, at: SyntaxNode, facts: FactWriter): void {
  const [first] = text
  const mayBeUrl =
    typeof first === 'string' ? /^(\/|https?:|[\w-]+\/)/.test(first) : first !== undefined && text.length > 1
  if (mayBeUrl || namesMessages(name, text)) facts.add('constant', { name, text }, at)
}
