// Python: a name belongs to the function that assigns it, wherever in it; a class body is visible to itself only.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { ScopeBuilder } from '../scope-builder.ts'
import {
  BINDING_CODE as B,
  DECLARE,
  READ,
  SCOPE_CLASS,
  SCOPE_COMPREHENSION,
  SCOPE_FUNCTION,
  SCOPE_MODULE,
  WRITE,
} from '../scopes.ts'
import { childRow, eachChild, eachTarget } from '../targets.ts'

const NOT_COMPREHENSION = (1 << SCOPE_MODULE) | (1 << SCOPE_FUNCTION) | (1 << SCOPE_CLASS)
const FUNCTION_OR_MODULE = (1 << SCOPE_MODULE) | (1 << SCOPE_FUNCTION)

export function bindPython(it: ScopeBuilder, row: number, kind: number): void {
  const { tree } = it
  switch (kind) {
    case K.Function: {
      const name = childRow(tree, row, 'name')
      if (name !== -1) it.declare(name, B.function, it.scope)
      const body = childRow(tree, row, 'body')
      // Defaults, decorators and annotations are evaluated outside, so parameters are visible from the body on.
      it.open(row, SCOPE_FUNCTION, body === -1 ? undefined : body)
      return
    }
    case K.Parameters:
      eachChild(tree, row, child => {
        if (tree.kind[child] === K.Name) it.declare(child, B.parameter, it.scope)
        else if (tree.role[child] === R.parameter)
          eachTarget(tree, child, target => it.declare(target, B.parameter, it.scope))
      })
      return
    case K.Class: {
      const name = childRow(tree, row, 'name')
      if (name !== -1) it.declare(name, B.class, it.scope)
      const body = childRow(tree, row, 'body')
      it.open(row, SCOPE_CLASS, body === -1 ? undefined : body)
      return
    }
    case K.Comprehension:
      it.open(row, SCOPE_COMPREHENSION)
      return
    case K.ComprehensionFor:
      declareTargets(it, row, B.loop, it.scope)
      return
    case K.Assignment:
      declareTargets(it, row, B.variable, it.nearest(it.scope, NOT_COMPREHENSION))
      return
    case K.AugmentedAssignment:
      declareTargets(it, row, B.variable, it.nearest(it.scope, NOT_COMPREHENSION), READ | WRITE)
      return
    case K.NamedExpression:
      declareTargets(it, row, B.variable, it.nearest(it.scope, FUNCTION_OR_MODULE))
      return
    case K.ForEach:
      declareTargets(it, row, B.loop, it.scope)
      return
    case K.AsPattern:
      declareTargets(it, row, B.variable, it.scope)
      return
    case K.Catch:
      declareTargets(it, row, B.catch, it.scope)
      return
    case K.Delete:
      eachChild(tree, row, child =>
        eachTarget(tree, child, target => it.declare(target, B.variable, it.scope, undefined, WRITE)),
      )
      return
    case K.Import:
      bindImport(it, row)
      return
    case K.Global:
      eachChild(tree, row, name => it.redirect(name, it.scope, 0))
      return
    case K.Nonlocal:
      eachChild(tree, row, name => it.redirect(name, it.scope, outerFunctionWith(it, tree.name[name]!)))
      return
    case K.TypeAlias:
      return
    case K.Path:
      // `case name:` captures; `case module.NAME:` and `case Class():` do not.
      if (tree.kind[tree.parent[row]!] === K.Pattern && tree.after[row] === row + 2)
        it.declare(row + 1, B.variable, it.scope)
      return
    case K.RestPattern:
      if (tree.types[tree.symbol[row]!] === 'splat_pattern') {
        eachChild(tree, row, child => tree.kind[child] === K.Name && it.declare(child, B.variable, it.scope))
      }
  }
}

function declareTargets(
  it: ScopeBuilder,
  row: number,
  kind: number,
  scope: number,
  access = DECLARE | WRITE,
): void {
  const { tree } = it
  eachChild(tree, row, child => {
    if (tree.role[child] !== R.target) return
    eachTarget(tree, child, target => it.declare(target, kind, scope, undefined, access))
  })
}

/** `import a.b` binds a; `import a.b as c` binds c; `from a import b` binds b. */
function bindImport(it: ScopeBuilder, row: number): void {
  const { tree } = it
  eachChild(tree, row, child => {
    if (tree.role[child] !== R.name) return
    if (tree.kind[child] === K.ImportName) {
      const alias = childRow(tree, child, 'alias')
      if (alias !== -1) it.declare(alias, B.import, it.scope)
    } else if (tree.kind[child] === K.Path) it.declare(child + 1, B.import, it.scope)
  })
}

function outerFunctionWith(it: ScopeBuilder, name: number): number {
  for (let scope = it.scopeParent[it.scope]!; scope > 0; scope = it.scopeParent[scope]!) {
    if (it.scopeKind[scope] === SCOPE_FUNCTION && it.find(scope, name) !== -1) return scope
  }
  return it.nearest(it.scopeParent[it.scope] ?? 0, FUNCTION_OR_MODULE)
}
