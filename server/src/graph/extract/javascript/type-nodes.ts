// Nodes of TypeScript's types: what stands around them, what they are made of, and what their names were declared as.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { BOOLEAN, NUMBER, STRING } from './structure.ts'

export const PREDEFINED: ReadonlyMap<string, DataType> = new Map([
  ['string', STRING],
  ['number', NUMBER],
  ['boolean', BOOLEAN],
])

/** Without the annotation and the parentheses around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  let it = node
  while (it.type === 'type_annotation' || it.type === 'parenthesized_type') {
    const inner = it.firstChild
    if (!inner) return it
    it = inner
  }
  return it
}

export function operands(node: SyntaxNode): SyntaxNode[] {
  return node.children().filter(it => it.kind !== 'Operator')
}

/** The types of a union; anything else is its own only one. */
export function alternatives(node: SyntaxNode): SyntaxNode[] {
  return node.type === 'union_type' ? operands(node).flatMap(it => alternatives(bare(it))) : [node]
}

export function isNothing(node: SyntaxNode): boolean {
  return /^(?:undefined|void|never)$/.test(node.text)
}

/** `string & { brand: 'id' }` is a text, `Color & string` a color; undefined for an object made of others. */
export function valueIn(intersection: SyntaxNode): SyntaxNode | undefined {
  const parts = intersection.type === 'intersection_type' ? operands(intersection).map(bare) : []
  const plain = parts.find(it => it.type === 'predefined_type' && PREDEFINED.has(it.text))
  return plain && (parts.find(it => it.row !== plain.row && it.type !== 'object_type') ?? plain)
}

export function typeArguments(node: SyntaxNode): SyntaxNode[] {
  const given = node.child('typeArguments')
  return given ? operands(given) : []
}

/** The schema in `z.infer<typeof schema>`. */
export function inferredFrom(node: SyntaxNode): SyntaxNode | undefined {
  const name = node.child('name')
  const isInferred =
    name?.kind === 'Path' ? INFERRED.test(name.child('property')?.name ?? '') : name?.text === 'Infer'
  const query = isInferred ? typeArguments(node)[0] : undefined
  return query?.type === 'type_query' ? queried(query) : undefined
}

/** An interface, a type or a class that is given types. */
export function isGeneric(declaration: SyntaxNode): boolean {
  return declaration.child('typeParameters') !== undefined
}

/** Which parameter of an interface, a type or a class it is, from 0. */
export function typeParameter(file: SourceFile, node: SyntaxNode): number | undefined {
  const own = isTypeParameter(file, node) ? file.binding(node)?.declaration.parent : undefined
  const all = own?.parent
  if (!own || !all?.parent?.is('Interface', 'TypeAlias', 'Class')) return undefined
  return all
    .children()
    .filter(it => it.kind === 'TypeParameter')
    .findIndex(it => it.row === own.row)
}

export function isTypeParameter(file: SourceFile, node: SyntaxNode): boolean {
  return node.kind === 'TypeName' && file.binding(node)?.declaration.parent?.kind === 'TypeParameter'
}

export function isModuleLevel(file: SourceFile, node: SyntaxNode): boolean {
  return file.binding(node)?.isModuleLevel === true
}

/** Declared here, or in another file of the project: no library's. */
export function isOfProject(file: SourceFile, node: SyntaxNode): boolean {
  const binding = file.binding(node)
  return (
    binding !== undefined &&
    (binding.kind !== 'import' || /^[.@~#]\//.test(referenceOf(file, node)?.module ?? ''))
  )
}

/** The interfaces, aliases and classes of this file that a type's name stands for. */
export function localDeclarations(file: SourceFile, node: SyntaxNode): SyntaxNode[] {
  const binding = node.is('Name', 'TypeName') ? file.binding(node) : undefined
  if (!binding || binding.kind === 'import') return []
  return [...binding.occurrences()].flatMap(it => declarationOf(it) ?? [])
}

export function declarationsNamed(file: SourceFile, name: string): SyntaxNode[] {
  return [...file.root.named(name, 'any')].flatMap(it => declarationOf(it) ?? [])
}

export function constantAt(file: SourceFile, query: SyntaxNode): SyntaxNode | undefined {
  const name = queried(query)
  if (name?.kind !== 'Name') return undefined
  // A type may go by the same name.
  for (const it of file.binding(name)?.occurrences() ?? [])
    if (it.role === 'target' && it.parent?.kind === 'Declarator') return it.parent.child('value')
  return undefined
}

const INFERRED = /^(?:infer|input|output|TypeOf)$/

/** The value whose type is asked for. */
function queried(query: SyntaxNode): SyntaxNode | undefined {
  return operands(query).at(-1)
}

function declarationOf(name: SyntaxNode): SyntaxNode | undefined {
  const { parent } = name
  return name.role === 'name' && parent?.is('Interface', 'TypeAlias', 'Class') ? parent : undefined
}
