// Python: a name belongs to the function that assigns it, wherever in it; a class body is visible to itself only.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { Binders, ScopeBuilder } from '../scope-builder.ts'
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

export const pythonBinders: Binders = {
  Function(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.function, it.scope)
    const body = childRow(tree, row, 'body')
    // Defaults, decorators and annotations are evaluated outside, so parameters are visible from the body on.
    it.open(row, SCOPE_FUNCTION, body === -1 ? undefined : body)
  },
  Parameters(it, row) {
    const { tree } = it
    eachChild(tree, row, child => {
      if (tree.kind[child] === K.Name) it.declare(child, B.parameter, it.scope)
      else if (tree.role[child] === R.parameter)
        eachTarget(tree, child, target => it.declare(target, B.parameter, it.scope))
    })
  },
  Class(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.class, it.scope)
    const body = childRow(tree, row, 'body')
    it.open(row, SCOPE_CLASS, body === -1 ? undefined : body)
  },
  Comprehension(it, row) {
    it.open(row, SCOPE_COMPREHENSION)
  },
  ComprehensionFor(it, row) {
    declareTargets(it, row, B.loop, it.scope)
  },
  Assignment(it, row) {
    declareTargets(it, row, B.variable, it.nearest(it.scope, NOT_COMPREHENSION))
  },
  AugmentedAssignment(it, row) {
    declareTargets(it, row, B.variable, it.nearest(it.scope, NOT_COMPREHENSION), READ | WRITE)
  },
  NamedExpression(it, row) {
    declareTargets(it, row, B.variable, it.nearest(it.scope, FUNCTION_OR_MODULE))
  },
  ForEach(it, row) {
    declareTargets(it, row, B.loop, it.scope)
  },
  AsPattern(it, row) {
    declareTargets(it, row, B.variable, it.scope)
  },
  Catch(it, row) {
    declareTargets(it, row, B.catch, it.scope)
  },
  Delete(it, row) {
    const { tree } = it
    eachChild(tree, row, child =>
      eachTarget(tree, child, target => it.declare(target, B.variable, it.scope, undefined, WRITE)),
    )
  },
  Import(it, row) {
    bindImport(it, row)
  },
  Global(it, row) {
    const { tree } = it
    eachChild(tree, row, name => it.redirect(name, it.scope, 0))
  },
  Nonlocal(it, row) {
    const { tree } = it
    eachChild(tree, row, name => it.redirect(name, it.scope, outerFunctionWith(it, tree.name[name]!)))
  },
  Path(it, row) {
    const { tree } = it
    // `case name:` captures; `case module.NAME:` and `case Class():` do not.
    if (tree.kind[tree.parent[row]!] === K.Pattern && tree.after[row] === row + 2)
      it.declare(row + 1, B.variable, it.scope)
  },
  RestPattern(it, row) {
    const { tree } = it
    if (tree.types[tree.symbol[row]!] === 'splat_pattern') {
      eachChild(tree, row, child => tree.kind[child] === K.Name && it.declare(child, B.variable, it.scope))
    }
  },
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
