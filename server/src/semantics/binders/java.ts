// Java: a class sees all of its fields, a block what it declares. Methods are no variables and bind nothing.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { Binders, ScopeBuilder } from '../scope-builder.ts'
import { BINDING_CODE as B, READ, SCOPE_BLOCK, SCOPE_FUNCTION, WRITE } from '../scopes.ts'
import { childRow, eachChild } from '../targets.ts'

export const javaBinders: Binders = {
  Class: bindClass,
  Interface: bindClass,
  Enum: bindClass,
  // `new Handler() { … }`
  New: openBlock,
  Function(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.ignore(name)
    it.open(row, SCOPE_FUNCTION)
    const only = childRow(tree, row, 'parameters')
    if (only !== -1 && tree.kind[only] === K.Name) it.declare(only, B.parameter, it.scope)
  },
  Parameters(it, row) {
    const { tree } = it
    eachChild(tree, row, child => {
      if (tree.kind[child] === K.Name) it.declare(child, B.parameter, it.scope)
      else declareTarget(it, child, B.parameter)
    })
  },
  TypeParameter(it, row) {
    const { tree } = it
    eachChild(tree, row, child => {
      if (tree.kind[child] === K.TypeName && child === row + 1) it.declare(child, B.type, it.scope)
    })
  },
  Block(it, row) {
    const { tree } = it
    if (tree.kind[tree.parent[row]!] !== K.Function) it.open(row, SCOPE_BLOCK)
  },
  For: openBlock,
  Switch: openBlock,
  Try: openBlock,
  ForEach(it, row) {
    it.open(row, SCOPE_BLOCK)
    declareTarget(it, row, B.loop)
  },
  Catch(it, row) {
    it.open(row, SCOPE_BLOCK)
    declareTarget(it, row, B.catch)
  },
  Declarator(it, row) {
    const { tree } = it
    const declaration = tree.parent[row]!
    const isFinal =
      tree.kind[declaration] === K.Declaration &&
      /\bfinal\b/.test(tree.text.slice(tree.start[declaration], tree.start[row]))
    declareTarget(it, row, isFinal ? B.constant : B.variable)
  },
  Assignment(it, row) {
    markTarget(it, row, WRITE)
  },
  AugmentedAssignment(it, row) {
    markTarget(it, row, READ | WRITE)
  },
  Update(it, row) {
    markTarget(it, row, READ | WRITE)
  },
  Import(it, row, after) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    const isWildcard = tree.kind[after - 1] === K.Wildcard
    for (let inner = row + 1; inner < after; inner++) if (tree.kind[inner] === K.Name) it.ignore(inner)
    if (name === -1 || isWildcard) return
    const last = childRow(tree, name, 'property')
    if (last !== -1) it.declare(last, B.import, it.scope)
  },
}

function openBlock(it: ScopeBuilder, row: number): void {
  it.open(row, SCOPE_BLOCK)
}

function bindClass(it: ScopeBuilder, row: number): void {
  const name = childRow(it.tree, row, 'name')
  if (name !== -1) it.declare(name, B.class, it.scope)
  it.open(row, SCOPE_BLOCK)
}

function declareTarget(it: ScopeBuilder, row: number, kind: number): void {
  const target = childRow(it.tree, row, 'target')
  if (target !== -1 && it.tree.kind[target] === K.Name) it.declare(target, kind, it.scope)
}

function markTarget(it: ScopeBuilder, row: number, access: number): void {
  const { tree } = it
  eachChild(tree, row, child => {
    if (tree.role[child] === R.target && tree.kind[child] === K.Name) it.mark(child, access)
  })
}
