// JavaScript and TypeScript: `var` belongs to the function, everything else to its block.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { Binders, ScopeBuilder } from '../scope-builder.ts'
import { BINDING_CODE as B, READ, SCOPE_BLOCK, SCOPE_FUNCTION, SCOPE_MODULE, WRITE } from '../scopes.ts'
import { childRow, eachChild, eachTarget } from '../targets.ts'

const FUNCTION_OR_MODULE = (1 << SCOPE_MODULE) | (1 << SCOPE_FUNCTION)

const FUNCTION_TYPES: ReadonlySet<string> = new Set(['function_type', 'constructor_type'])

export const javascriptBinders: Binders = {
  Function: bindFunction,
  Signature: bindFunction,
  Parameters(it, row) {
    const { tree } = it
    eachChild(tree, row, child => {
      if (tree.role[child] === R.parameter)
        eachTarget(tree, child, target => it.declare(target, B.parameter, it.scope))
    })
  },
  Class(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    const isExpression = tree.types[tree.symbol[row]!] === 'class'
    if (name !== -1 && !isExpression) it.declare(name, B.class, it.scope)
    it.open(row, SCOPE_BLOCK)
    if (name !== -1 && isExpression) it.declare(name, B.class, it.scope)
  },
  Interface: bindInterface,
  TypeAlias: bindInterface,
  Enum(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.class, it.scope)
  },
  Namespace(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1 && tree.kind[name] === K.Name) it.declare(name, B.namespace, it.scope)
    it.open(row, SCOPE_FUNCTION)
  },
  TypeParameter(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.type, it.scope)
  },
  Type(it, row) {
    const { tree } = it
    // The parameters of `(it: Item) => void` are names of that type's own.
    if (FUNCTION_TYPES.has(tree.types[tree.symbol[row]!]!)) it.open(row, SCOPE_FUNCTION)
  },
  Block(it, row) {
    const { tree } = it
    // The body of a function shares its scope: a parameter and a `var` of one name are one variable.
    if (tree.kind[tree.parent[row]!] !== K.Function) it.open(row, SCOPE_BLOCK)
  },
  For: bindFor,
  Switch: bindFor,
  ForEach(it, row) {
    it.open(row, SCOPE_BLOCK)
    bindLoop(it, row)
  },
  Catch(it, row) {
    it.open(row, SCOPE_BLOCK)
    eachTargetOf(it, row, target => it.declare(target, B.catch, it.scope))
  },
  Declaration(it, row) {
    const { tree } = it
    const keyword = childRow(tree, row, 'keyword')
    const isVar = keyword === -1 ? isVarDeclaration(tree, row) : tree.types[tree.symbol[keyword]!] === 'var'
    const isConst = keyword !== -1 && tree.types[tree.symbol[keyword]!] === 'const'
    const scope = isVar ? it.nearest(it.scope, FUNCTION_OR_MODULE) : it.scope
    eachChild(tree, row, declarator => {
      if (tree.kind[declarator] !== K.Declarator) return
      eachTargetOf(it, declarator, target => it.declare(target, isConst ? B.constant : B.variable, scope))
    })
  },
  Assignment(it, row) {
    eachTargetOf(it, row, target => it.mark(target, WRITE))
  },
  AugmentedAssignment: bindAugmentedAssignment,
  Update: bindAugmentedAssignment,
  Import(it, row) {
    bindImport(it, row)
  },
  JsxElement(it, row) {
    const { tree } = it
    ignoreElementName(it, row)
    // `<a>` and `</a>` around what is inside.
    eachChild(tree, row, child => tree.kind[child] === K.Other && ignoreElementName(it, child))
  },
}

/** `<button>` is an element of the page, whatever variable may have that name: those of variables begin with a capital. */
function ignoreElementName(it: ScopeBuilder, row: number): void {
  const { tree } = it
  const name = childRow(tree, row, 'name')
  if (name !== -1 && tree.kind[name] === K.Name && /^[a-z]/.test(tree.names[tree.name[name]!]!))
    it.ignore(name)
}

function bindFunction(it: ScopeBuilder, row: number): void {
  const { tree } = it
  const name = childRow(tree, row, 'name')
  const isName = name !== -1 && tree.kind[name] === K.Name
  const isExpression =
    tree.types[tree.symbol[row]!] === 'function_expression' ||
    tree.types[tree.symbol[row]!] === 'generator_function'
  if (isName && !isExpression) it.declare(name, B.function, it.scope)
  it.open(row, SCOPE_FUNCTION)
  if (isName && isExpression) it.declare(name, B.function, it.scope)
  const only = childRow(tree, row, 'parameter')
  if (only !== -1) it.declare(only, B.parameter, it.scope)
}

function bindInterface(it: ScopeBuilder, row: number): void {
  const { tree } = it
  const name = childRow(tree, row, 'name')
  if (name !== -1) it.declare(name, B.type, it.scope)
  it.open(row, SCOPE_BLOCK)
}

function bindFor(it: ScopeBuilder, row: number): void {
  it.open(row, SCOPE_BLOCK)
}

function bindAugmentedAssignment(it: ScopeBuilder, row: number): void {
  eachTargetOf(it, row, target => it.mark(target, READ | WRITE))
}

function eachTargetOf(it: ScopeBuilder, row: number, visit: (target: number) => void): void {
  const { tree } = it
  eachChild(tree, row, child => {
    if (tree.role[child] === R.target) eachTarget(tree, child, visit)
  })
}

function bindLoop(it: ScopeBuilder, row: number): void {
  const { tree } = it
  const keyword = childRow(tree, row, 'keyword')
  if (keyword === -1) return eachTargetOf(it, row, target => it.mark(target, WRITE))
  const isVar = tree.types[tree.symbol[keyword]!] === 'var'
  const scope = isVar ? it.nearest(it.scope, FUNCTION_OR_MODULE) : it.scope
  eachTargetOf(it, row, target => it.declare(target, B.loop, scope))
}

function isVarDeclaration(tree: SyntaxTree, row: number): boolean {
  return tree.types[tree.symbol[row]!] === 'variable_declaration'
}

function bindImport(it: ScopeBuilder, row: number): void {
  const { tree } = it
  eachChild(tree, row, child => {
    if (tree.kind[child] === K.Name && tree.role[child] !== R.source) it.declare(child, B.import, it.scope)
    if (tree.kind[child] !== K.ImportName) return
    const name = childRow(tree, child, 'name')
    const alias = childRow(tree, child, 'alias')
    if (alias !== -1) {
      it.declare(alias, B.import, it.scope)
      if (name !== -1) it.ignore(name)
    } else if (name !== -1) it.declare(name, B.import, it.scope)
  })
}
