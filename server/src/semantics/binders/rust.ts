// Rust: `let` begins a new variable each time, visible from the next statement on; items are visible in their whole block.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { Binders, ScopeBuilder } from '../scope-builder.ts'
import {
  BINDING_CODE as B,
  READ,
  SCOPE_BLOCK,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_MODULE,
  WRITE,
} from '../scopes.ts'
import { childRow, eachChild, eachTarget } from '../targets.ts'

export const rustBinders: Binders = {
  Function(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.function, it.scope)
    it.open(row, SCOPE_FUNCTION)
  },
  Signature(it, row) {
    it.open(row, SCOPE_FUNCTION)
  },
  Parameters(it, row) {
    const { tree } = it
    eachChild(tree, row, child => {
      if (tree.role[child] === R.parameter) bindPattern(it, child, B.parameter, it.scope, row + 1)
    })
  },
  Struct: bindStruct,
  Enum: bindStruct,
  Interface: bindStruct,
  TypeAlias: bindStruct,
  Implementation(it, row) {
    it.open(row, SCOPE_BLOCK)
  },
  Namespace(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.namespace, it.scope)
    it.open(row, SCOPE_MODULE)
  },
  TypeParameter(it, row) {
    const { tree } = it
    const name = childRow(tree, row, 'name')
    if (name !== -1) it.declare(name, B.type, it.scope)
  },
  Block(it, row) {
    const { tree } = it
    const around = tree.kind[tree.parent[row]!]
    if (around === K.Function) return
    // What a type or a trait brings along is read through it: `Self::LIMIT`, never `LIMIT`.
    it.open(row, around === K.Implementation || around === K.Interface ? SCOPE_CLASS : SCOPE_BLOCK)
  },
  Declarator(it, row, after) {
    const { tree } = it
    if (tree.types[tree.symbol[row]!] === 'let_declaration') {
      const target = childRow(tree, row, 'target')
      if (target !== -1) bindPattern(it, target, B.variable, it.scope, after)
    } else {
      const target = childRow(tree, row, 'target')
      if (target !== -1 && tree.kind[target] === K.Name) it.declare(target, B.constant, it.scope)
    }
  },
  If(it, row) {
    const { tree } = it
    openConditional(it, row, childRow(tree, row, 'consequence'))
  },
  While(it, row) {
    const { tree } = it
    openConditional(it, row, childRow(tree, row, 'body'))
  },
  LetCondition(it, row, after) {
    const { tree } = it
    const target = childRow(tree, row, 'target')
    if (target !== -1) bindPattern(it, target, B.variable, it.scope, after)
  },
  ForEach(it, row, after) {
    const { tree } = it
    it.open(row, SCOPE_BLOCK)
    const target = childRow(tree, row, 'target')
    const body = childRow(tree, row, 'body')
    if (target !== -1) bindPattern(it, target, B.loop, it.scope, body === -1 ? after : body)
  },
  Case(it, row) {
    const { tree } = it
    it.open(row, SCOPE_BLOCK)
    const pattern = childRow(tree, row, 'pattern')
    if (pattern !== -1) bindPattern(it, pattern, B.variable, it.scope, row + 1)
  },
  Assignment(it, row) {
    markTargets(it, row, WRITE)
  },
  AugmentedAssignment(it, row) {
    markTargets(it, row, READ | WRITE)
  },
  Import(it, row) {
    bindUse(it, row)
  },
  String(it, row) {
    const { tree } = it
    if (tree.kind[tree.parent[row]!] === K.TokenTree) readFormat(it, row)
  },
}

function bindStruct(it: ScopeBuilder, row: number, _after: number, kind: number): void {
  const { tree } = it
  const name = childRow(tree, row, 'name')
  if (name !== -1) it.declare(name, kind === K.TypeAlias ? B.type : B.class, it.scope)
  it.open(row, SCOPE_BLOCK)
}

/** `if let P = x { … }`: P's names live as long as the block, not in the `else`. */
function openConditional(it: ScopeBuilder, row: number, block: number): void {
  if (block !== -1) it.open(row, SCOPE_BLOCK, row + 1, it.tree.after[block]!)
}

/** In a pattern, a lower-case name binds; an upper-case one is a constant or a variant. */
function bindPattern(it: ScopeBuilder, pattern: number, kind: number, scope: number, from: number): void {
  const { tree } = it
  const declared: number[] = []
  eachTarget(tree, pattern, row => {
    const name = tree.name[row]!
    if (!/^(r#)?[a-z_]/.test(tree.names[name]!)) return
    // `A(x) | B(x)` binds one x.
    const again = declared.findIndex(other => tree.name[other] === name)
    if (again === -1) it.shadow(row, kind, scope, from)
    else it.alias(row, declared[again]!)
    declared.push(row)
  })
}

function markTargets(it: ScopeBuilder, row: number, access: number): void {
  const { tree } = it
  const target = childRow(tree, row, 'target')
  if (target !== -1) eachTarget(tree, target, name => it.mark(name, access))
}

/** The last name of every path of a `use` is bound: `use a::{b, c as d}` binds b and d. */
function bindUse(it: ScopeBuilder, row: number): void {
  const { tree } = it
  const visit = (node: number): void => {
    switch (tree.kind[node]) {
      case K.Name:
      case K.TypeName:
        it.declare(node, B.import, it.scope)
        return
      case K.ImportName: {
        const alias = childRow(tree, node, 'alias')
        if (alias !== -1) it.declare(alias, B.import, it.scope)
        ignoreNames(it, tree, node, alias)
        return
      }
      case K.Path: {
        const list = childRow(tree, node, 'element')
        const object = childRow(tree, node, 'object')
        if (object !== -1) ignoreNames(it, tree, object, -1)
        if (list !== -1) return eachChild(tree, list, visit)
        const last = childRow(tree, node, 'property')
        if (last !== -1) it.declare(last, B.import, it.scope)
        return
      }
      case K.List:
        eachChild(tree, node, visit)
        return
      case K.Wildcard:
        ignoreNames(it, tree, node, -1)
    }
  }
  eachChild(tree, row, visit)
}

function ignoreNames(it: ScopeBuilder, tree: SyntaxTree, row: number, except: number): void {
  for (let node = row; node < tree.after[row]!; node++) {
    if (node !== except && (tree.kind[node] === K.Name || tree.kind[node] === K.TypeName)) it.ignore(node)
  }
}

/** `"{name}"` and `"{name:?}"` in a macro's arguments read the variable. */
function readFormat(it: ScopeBuilder, row: number): void {
  const { tree } = it
  const text = tree.text.slice(tree.start[row], tree.end[row])
  if (!text.includes('{')) return
  for (const [, plain, width] of text.matchAll(
    /(?<!\{)(?:\{\{)*\{([A-Za-z_]\w*)|(?<![A-Za-z_])([A-Za-z_]\w*)\$/g,
  )) {
    const id = tree.names.indexOf((plain ?? width)!)
    if (id > 0) it.readImplicitly(row, id)
  }
}
