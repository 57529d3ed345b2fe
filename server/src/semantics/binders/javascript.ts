// JavaScript and TypeScript: `var` belongs to the function, everything else to its block.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { ScopeBuilder } from '../scope-builder.ts'
import { BINDING_CODE as B, READ, SCOPE_BLOCK, SCOPE_FUNCTION, SCOPE_MODULE, WRITE } from '../scopes.ts'
import { childRow, eachChild, eachTarget } from '../targets.ts'

const FUNCTION_OR_MODULE = (1 << SCOPE_MODULE) | (1 << SCOPE_FUNCTION)

const FUNCTION_TYPES: ReadonlySet<string> = new Set(['function_type', 'constructor_type'])

export function bindJavaScript(it: ScopeBuilder, row: number, kind: number): void {
  const { tree } = it
  switch (kind) {
    case K.Function:
    case K.Signature: {
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
      return
    }
    case K.Parameters:
      eachChild(tree, row, child => {
        if (tree.role[child] === R.parameter)
          eachTarget(tree, child, target => it.declare(target, B.parameter, it.scope))
      })
      return
    case K.Class: {
      const name = childRow(tree, row, 'name')
      const isExpression = tree.types[tree.symbol[row]!] === 'class'
      if (name !== -1 && !isExpression) it.declare(name, B.class, it.scope)
      it.open(row, SCOPE_BLOCK)
      if (name !== -1 && isExpression) it.declare(name, B.class, it.scope)
      return
    }
    case K.Interface:
    case K.TypeAlias: {
      const name = childRow(tree, row, 'name')
      if (name !== -1) it.declare(name, B.type, it.scope)
      it.open(row, SCOPE_BLOCK)
      return
    }
    case K.Enum: {
      const name = childRow(tree, row, 'name')
      if (name !== -1) it.declare(name, B.class, it.scope)
      return
    }
    case K.Namespace: {
      const name = childRow(tree, row, 'name')
      if (name !== -1 && tree.kind[name] === K.Name) it.declare(name, B.namespace, it.scope)
      it.open(row, SCOPE_FUNCTION)
      return
    }
    case K.TypeParameter: {
      const name = childRow(tree, row, 'name')
      if (name !== -1) it.declare(name, B.type, it.scope)
      return
    }
    case K.Type:
      // The parameters of `(it: Item) => void` are names of that type's own.
      if (FUNCTION_TYPES.has(tree.types[tree.symbol[row]!]!)) it.open(row, SCOPE_FUNCTION)
      return
    case K.Block:
      // The body of a function shares its scope: a parameter and a `var` of one name are one variable.
      if (tree.kind[tree.parent[row]!] !== K.Function) it.open(row, SCOPE_BLOCK)
      return
    case K.For:
    case K.Switch:
      it.open(row, SCOPE_BLOCK)
      return
    case K.ForEach:
      it.open(row, SCOPE_BLOCK)
      bindLoop(it, row)
      return
    case K.Catch:
      it.open(row, SCOPE_BLOCK)
      eachTargetOf(it, row, target => it.declare(target, B.catch, it.scope))
      return
    case K.Declaration: {
      const keyword = childRow(tree, row, 'keyword')
      const isVar = keyword === -1 ? isVarDeclaration(tree, row) : tree.types[tree.symbol[keyword]!] === 'var'
      const isConst = keyword !== -1 && tree.types[tree.symbol[keyword]!] === 'const'
      const scope = isVar ? it.nearest(it.scope, FUNCTION_OR_MODULE) : it.scope
      eachChild(tree, row, declarator => {
        if (tree.kind[declarator] !== K.Declarator) return
        eachTargetOf(it, declarator, target => it.declare(target, isConst ? B.constant : B.variable, scope))
      })
      return
    }
    case K.Assignment:
      eachTargetOf(it, row, target => it.mark(target, WRITE))
      return
    case K.AugmentedAssignment:
    case K.Update:
      eachTargetOf(it, row, target => it.mark(target, READ | WRITE))
      return
    case K.Import:
      bindImport(it, row)
  }
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
