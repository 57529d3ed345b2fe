// Where a construct stands that a sentence forbids.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { LOOPS, loopAround } from '../support/loops.ts'
import type { Construct } from './requirement.ts'

interface Recognised {
  readonly kinds: readonly Kind[]
  /** What is underlined; undefined: it is not one. */
  readonly at: (node: SyntaxNode, file: SourceFile) => SyntaxNode | undefined
}

const when =
  (isOne: (node: SyntaxNode, file: SourceFile) => boolean) => (node: SyntaxNode, file: SourceFile) =>
    isOne(node, file) ? node : undefined
const isScript = ({ language }: SourceFile) => language === 'typescript' || language === 'javascript'
const keyword = (node: SyntaxNode) => node.child('keyword')?.text ?? ''

export const RECOGNISED: Readonly<Record<Construct, Recognised>> = {
  var: { kinds: ['Declaration'], at: when((it, file) => isScript(file) && /^var\b/.test(it.text)) },
  let: { kinds: ['Declaration'], at: when((it, file) => isScript(file) && keyword(it) === 'let') },
  unchangedLet: { kinds: ['Declaration'], at: when(isUnchanged) },
  any: { kinds: ['Type'], at: when(it => it.type === 'predefined_type' && it.text === 'any') },
  ternary: { kinds: ['Conditional'], at: it => it },
  nestedTernary: { kinds: ['Conditional'], at: when(isNestedTernary) },
  emptyCatch: { kinds: ['Catch'], at: when(isEmptyCatch) },
  bareExcept: {
    kinds: ['Catch'],
    at: when(
      (it, file) => file.language === 'python' && it.children().every(child => child.kind === 'Block'),
    ),
  },
  globalVariable: { kinds: ['Declaration', 'Global', 'Declarator'], at: when(isGlobalVariable) },
  magicNumber: { kinds: ['Number'], at: when(isMagic) },
  defaultExport: { kinds: ['Export'], at: when(it => it.children().some(child => child.text === 'default')) },
  commentedCode: { kinds: ['Comment'], at: when(it => isCode(it.text)) },
  elseAfterReturn: { kinds: ['If'], at: elseAfterReturn },
  nestedFunction: { kinds: ['Function'], at: nestedFunction },
  nestedLoop: { kinds: LOOPS, at: when(it => loopAround(it) !== undefined) },
  lambda: {
    kinds: ['Function'],
    at: when(it => /^(lambda|arrow_function|closure_expression)$/.test(it.type)),
  },
  unsafe: { kinds: ['UnsafeBlock'], at: it => it },
  debugger: { kinds: ['Debugger'], at: it => it },
  endlessLoop: {
    kinds: ['While', 'Loop', 'DoWhile'],
    at: when(it => it.kind === 'Loop' || /^(true|True|1)$/.test(it.child('condition')?.unwrapped.text ?? '')),
  },
  assignmentInCondition: {
    kinds: ['Assignment', 'AugmentedAssignment'],
    at: when(it => {
      for (let child = it; child.parent; child = child.parent) {
        if (child.role === 'condition') return true
        if (!child.parent.is('Parenthesized', 'Logical', 'Not', 'Comparison', 'If', 'While', 'ElseIf'))
          return false
      }
      return false
    }),
  },
  looseEquality: {
    kinds: ['Comparison'],
    at: when((it, file) => isScript(file) && (it.operator === '==' || it.operator === '!=')),
  },
  mutableDefault: {
    kinds: ['Parameter', 'DefaultPattern'],
    at: when(
      (it, file) =>
        file.language === 'python' &&
        it.child('value')?.is('List', 'Dictionary', 'Set', 'Comprehension') === true,
    ),
  },
  reassignedParameter: {
    kinds: ['Assignment', 'AugmentedAssignment', 'Update'],
    at: (it, file) => {
      const name = it.child('target') ?? it.child('operand')
      return name?.kind === 'Name' && file.binding(name)?.kind === 'parameter' ? name : undefined
    },
  },
  wildcardImport: {
    kinds: ['Import'],
    at: when(it => it.has('Wildcard') || /^import\s+\*\s+as\b|::\*\s*;?$/.test(it.text)),
  },
  relativeImport: {
    kinds: ['Import'],
    at: when((it, { language }) =>
      language === 'rust'
        ? /^(pub\s+)?use\s+(super|self)::/.test(it.text)
        : (it.child('source')?.text ?? '').replace(/^['"]/, '').startsWith('.'),
    ),
  },
}

function isUnchanged(node: SyntaxNode, file: SourceFile): boolean {
  if (!isScript(file) || keyword(node) !== 'let') return false
  return node.children('definition').every(it => {
    const name = it.child('target')
    const binding = name?.kind === 'Name' ? file.binding(name) : undefined
    return binding !== undefined && it.child('value') !== undefined && binding.writeCount === 1
  })
}

function isNestedTernary(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.kind === 'Conditional') return true
    if (!it.is('Parenthesized', 'Binary', 'Logical', 'Not')) return false
  }
  return false
}

function isEmptyCatch(node: SyntaxNode): boolean {
  const body = node.child('body') ?? node.children().find(it => it.kind === 'Block')
  return body?.children().every(it => it.kind === 'Pass' || it.kind === 'EmptyStatement') ?? false
}

function isGlobalVariable(node: SyntaxNode, { language }: SourceFile): boolean {
  if (node.kind === 'Global') return true
  const home = node.parent?.kind === 'Export' ? node.parent.parent : node.parent
  if (home?.kind !== 'Module') return false
  if (language === 'rust') return /^(pub\s+)?static\s+mut\b/.test(node.text)
  return node.kind === 'Declaration' && /^(let|var)\b/.test(node.text)
}

/** What needs no name: nothing, one, two, and what has one already. */
function isMagic(node: SyntaxNode): boolean {
  if (/^(0|1|2)(\.0)?$/.test(node.text) || !node.function) return false
  const { parent } = node
  const inner = parent?.kind === 'Unary' ? parent : node
  return inner.parent?.is('Binary', 'Comparison', 'Call', 'Return', 'AugmentedAssignment') === true
}

const CODE_LINE =
  /[;{}]\s*$|^\s*(if|for|while|elif|else|try|with|def|class|function)\b.*[:{]\s*$|^\s*(return|import|from|const|let|var|use)\s+[\w{*'"]+.*[;=({)'"\]\w]$|^\s*[\w.[\]'"]+\s*[-+*/]?=\s*[^=\s].*$|^\s*[\w.]+\([^)]*\);?\s*$/

/** Prose ends in a full stop, or names things between words; code does neither. */
function isCode(comment: string): boolean {
  const lines = comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .split('\n')
    .map(it => it.replace(/^\s*(\/\/+!?|#+|\*)\s?/, '').trimEnd())
    .filter(it => it !== '')
  if (lines.length === 0 || /^(\/\/\/|\/\*\*|#!|# (type|noqa|pylint|pragma|-\*-))/.test(comment)) return false
  return lines.every(
    it =>
      CODE_LINE.test(it) &&
      !/[.:?]$/.test(
        it.replace(/:\s*$/, /^\s*(if|for|while|def|class|elif|else|try|with)\b/.test(it) ? '' : ':'),
      ),
  )
}

function elseAfterReturn(node: SyntaxNode): SyntaxNode | undefined {
  const alternative = node.child('alternative')
  const consequence = node.child('consequence')
  if (!alternative || !consequence || alternative.is('ElseIf', 'If')) return undefined
  const last = consequence.kind === 'Block' ? consequence.children().at(-1) : consequence
  return last?.kind === 'Return' ? last : undefined
}

/** With a name of its own: a callback is no function that somebody nested. */
function nestedFunction(node: SyntaxNode): SyntaxNode | undefined {
  const isNamed = node.role === 'statement' || node.role === 'definition'
  return isNamed && node.function ? node.child('name') : undefined
}
