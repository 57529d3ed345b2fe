// What has to stand with something or in it: a comment, a type, a default, an assertion.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { Demand } from './requirement.ts'
import type { Found } from './subjects.ts'
import { wholeText } from './whole-text.ts'

type What = Extract<Demand, { kind: 'declares' }>['what']

export function declares({ node }: Found, file: SourceFile, what: What): boolean {
  switch (what) {
    case 'docstring':
      return file.language === 'python' ? hasDocstring(node) : hasCommentBefore(node, file)
    case 'comment':
      return hasDocstring(node) || hasCommentBefore(node, file)
    case 'returnType':
      return (
        node.child('returnType') !== undefined ||
        /^(constructor|__init__)$/.test(node.child('name')?.name ?? '') ||
        isRust(file)
      )
    case 'type':
      return node.child('type') !== undefined || isRust(file) || file.language === 'javascript'
    case 'defaultCase':
      return node
        .children('case')
        .some(it => it.kind === 'DefaultCase' || /^_$/.test(it.child('pattern')?.text ?? ''))
    case 'assertion':
      return node.has('Assert') || ASSERTS.test(node.text)
    case 'await':
      return [...node.ownDescendants('Await', 'For', 'ForEach', 'With')].some(
        it => it.kind === 'Await' || /\bawait\b|^async\b/.test(it.text.slice(0, 40)),
      )
    case 'value':
      return returnsValue(node)
    case 'issueNumber':
      return /#\d+|\b[A-Z][A-Z0-9]+-\d+\b|\/(issues|pull)\/\d+/.test(node.text)
    case 'const':
      return !/^for\s*(await\s*)?\(\s*(let|var)\b/.test(node.text)
  }
}

const ASSERTS =
  /\b(assert\w*|expect\w*|should|fail|verify|pytest\.raises|self\.assert\w+|toThrow|snapshot)\b\s*[!.(]/

/** Rust's compiler demands types itself. */
function isRust({ language }: SourceFile): boolean {
  return language === 'rust'
}

function hasDocstring(node: SyntaxNode): boolean {
  const first = node.child('body')?.children()[0]
  return first?.kind === 'ExpressionStatement' && first.child('value')?.is('String', 'Concatenation') === true
}

/** On the lines right above it, or above what exports or decorates it. */
function hasCommentBefore(node: SyntaxNode, file: SourceFile): boolean {
  let outer = node
  while (outer.parent?.is('Export', 'Decorated', 'Declaration', 'Declarator')) outer = outer.parent
  // Asked of the root: what stands between two nodes belongs to neither, and is to be noticed when it changes.
  const text = wholeText(file)
  let before = text.slice(Math.max(0, outer.start - 2000), outer.start).trimEnd()
  // Rust's attributes and TypeScript's decorators may stand between.
  for (let lines = before.split('\n'); /^\s*(#\[|@)/.test(lines.at(-1) ?? ''); lines = before.split('\n'))
    before = lines.slice(0, -1).join('\n').trimEnd()
  return before.endsWith('*/') || /^\s*(#(?!\[)|\/\/)/.test(before.slice(before.lastIndexOf('\n') + 1))
}

function returnsValue(fn: SyntaxNode): boolean {
  const body = fn.child('body')
  if (!body || fn.kind === 'Signature') return true
  if (body.kind !== 'Block') return true
  for (const it of body.ownDescendants('Return', 'Throw', 'Yield'))
    if (it.kind !== 'Return' || it.children().length > 0) return true
  return fn.child('returnType') !== undefined && fn.tree.grammar === 'rust'
}
