// Go: `:=` declares what its block does not have yet, visible from the next statement on; a file sees all that it declares.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import { goPackageName } from '../import-paths.ts'
import type { Binders, ScopeBuilder } from '../scope-builder.ts'
import {
  BINDING_CODE as B,
  DECLARE,
  READ,
  SCOPE_BLOCK,
  SCOPE_FUNCTION,
  SCOPE_MODULE,
  WRITE,
} from '../scopes.ts'
import { childRow, eachChild } from '../targets.ts'

export const goBinders: Binders = {
  Function(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1 && tree.kind[name] === K.Name) it.declare(name, B.function, it.scope)
    it.open(row, SCOPE_FUNCTION)
  },
  Parameters(it, row) {
    const { tree } = it
    eachChild(tree, row, child => declareTargets(it, child, B.parameter, row + 1))
  },
  TypeAlias(it, row) {
    const name = childRow(it.tree, row, 'name')
    if (name !== -1) it.declare(name, B.class, it.scope)
  },
  Block(it, row) {
    const { tree } = it
    if (tree.kind[tree.parent[row]!] !== K.Function) it.open(row, SCOPE_BLOCK)
  },
  If: openBlock,
  For: openBlock,
  While: openBlock,
  Switch: openBlock,
  Case: openBlock,
  DefaultCase: openBlock,
  ForEach(it, row) {
    const { tree } = it
    it.open(row, SCOPE_BLOCK)
    const body = childRow(tree, row, 'body')
    const head = tree.text.slice(tree.start[row], body === -1 ? tree.end[row] : tree.start[body])
    if (head.includes(':=')) declareTargets(it, row, B.loop, body === -1 ? row + 1 : body)
    else markTargets(it, row, WRITE)
  },
  Declarator(it, row, after) {
    const isConstant = it.tree.types[it.tree.symbol[row]!] === 'const_spec'
    const isGlobal = it.scopeKind[it.scope] === SCOPE_MODULE
    declareTargets(it, row, isConstant ? B.constant : B.variable, isGlobal ? undefined : after)
  },
  Assignment(it, row, after) {
    if (it.tree.types[it.tree.symbol[row]!] === 'short_var_declaration')
      declareTargets(it, row, B.variable, after)
    else assign(it, row)
  },
  AugmentedAssignment(it, row) {
    markTargets(it, row, READ | WRITE)
  },
  Update(it, row) {
    markTargets(it, row, READ | WRITE)
  },
  ImportName(it, row) {
    const { tree } = it
    const alias = childRow(tree, row, 'alias')
    if (alias !== -1) {
      it.declare(alias, B.import, it.scope)
      return
    }
    const path = childRow(tree, row, 'name')
    if (path === -1) return
    const name = goPackageName(tree.text.slice(tree.start[path]! + 1, tree.end[path]! - 1))
    const id = tree.names.indexOf(name)
    // A package that no line names binds nothing.
    if (id > 0) it.declareAs(path, id, B.import, it.scope)
  },
}

function openBlock(it: ScopeBuilder, row: number): void {
  it.open(row, SCOPE_BLOCK)
}

function declareTargets(it: ScopeBuilder, row: number, kind: number, from: number | undefined): void {
  eachTargetName(it, row, name => {
    it.declare(name, kind, it.scope, from, DECLARE | WRITE)
  })
}

/** A name that nothing in sight declares is taken for one of the function's. */
function assign(it: ScopeBuilder, row: number): void {
  eachTargetName(it, row, name => {
    let scope = it.scope
    while (scope !== -1 && it.find(scope, it.tree.name[name]!) === -1) scope = it.scopeParent[scope]!
    if (scope === -1 && it.scopeKind[it.scope] !== SCOPE_MODULE)
      it.declare(name, B.variable, it.nearest(it.scope, 1 << SCOPE_FUNCTION))
    else it.mark(name, WRITE)
  })
}

function markTargets(it: ScopeBuilder, row: number, access: number): void {
  eachTargetName(it, row, name => it.mark(name, access))
}

/** The names among the targets; what is written to otherwise (`a.b`, `a[i]`) declares nothing. */
function eachTargetName(it: ScopeBuilder, row: number, visit: (name: number) => void): void {
  const { tree } = it
  eachChild(tree, row, child => {
    if (tree.role[child] !== R.target || tree.kind[child] !== K.Name) return
    if (tree.names[tree.name[child]!] === '_') it.ignore(child)
    else visit(child)
  })
}
