// Classes whose methods answer requests by their names: `class Users(Resource): def get(self): …`.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Method } from '../../rows/routes.ts'

/** Superclasses of superclasses are followed so far. */
const DEPTH = 6

const VERBS = ['get', 'post', 'put', 'patch', 'delete']

/** The class of this file that a name stands for. */
export function classNamed(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind !== 'Name') return undefined
  const binding = file.binding(node)
  const holder = binding?.kind === 'class' ? binding.declaration.parent : undefined
  return holder?.kind === 'Class' ? holder : undefined
}

/** What a class derives from, without type arguments: `ModelViewSet` in `ModelViewSet[User]`. */
export function superclassesOf(node: SyntaxNode): SyntaxNode[] {
  return node
    .children('superclass')
    .filter(it => it.kind !== 'KeywordArgument' && it.kind !== 'Spread')
    .map(it => (it.is('Index', 'GenericType') ? (it.child('object') ?? it.child('type') ?? it) : it))
}

/** The functions in a class, with their decorators around them. */
export function* methodsOf(node: SyntaxNode): Generator<{ readonly name: string; readonly fn: SyntaxNode }> {
  for (const it of node.child('body')?.children() ?? []) {
    const fn = it.kind === 'Decorated' ? it.child('definition') : it
    const name = fn?.kind === 'Function' ? fn.child('name')?.name : undefined
    if (fn && name) yield { name, fn }
  }
}

/** The assignments of a class's body. */
export function assignmentsIn(made: SyntaxNode): SyntaxNode[] {
  return (made.child('body')?.children('statement') ?? []).flatMap(it => {
    const value = it.kind === 'ExpressionStatement' ? it.child('value') : it
    return value?.kind === 'Assignment' ? [value] : []
  })
}

/** The decorators of a function or a class. */
export function decoratorsOf(node: SyntaxNode): SyntaxNode[] {
  const { parent } = node
  return parent?.kind === 'Decorated'
    ? parent.children('decorator').flatMap(it => it.child('value') ?? [])
    : []
}

/** The methods that a class itself has functions for. */
export function ownMethods(node: SyntaxNode): Method[] {
  return [...methodsOf(node)].filter(it => VERBS.includes(it.name)).map(it => it.name.toUpperCase())
}

/** What a class answers, its superclasses of this file among it; anything, when it has no function of the kind. */
export function answeredMethods(file: SourceFile, node: SyntaxNode): Method[] {
  const found = new Set<Method>()
  for (const it of lineage(file, node)) for (const method of ownMethods(it)) found.add(method)
  return found.size > 0 ? [...found] : ['*']
}

/** A class and its superclasses, as far as this file has them. */
export function lineage(file: SourceFile, node: SyntaxNode, depth = 0): SyntaxNode[] {
  if (depth > DEPTH) return []
  const above = superclassesOf(node).flatMap(it => classNamed(file, it) ?? [])
  return [node, ...above.flatMap(it => (it.row === node.row ? [] : lineage(file, it, depth + 1)))]
}
