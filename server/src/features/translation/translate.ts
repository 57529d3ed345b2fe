// A small function in another language, where every part of it has a certain counterpart; otherwise the place that has none.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { Plan, Statement } from './plan.ts'
import { read } from './read.ts'
import { type Reason, Refused } from './refusal.ts'
import { PYTHON } from './to-python.ts'
import { RUST } from './to-rust.ts'
import { JAVASCRIPT, TYPESCRIPT } from './to-script.ts'
import { type Target, written } from './writer.ts'

export type Translation =
  | { readonly kind: 'sketch'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly start: number; readonly end: number }

const TARGETS: Readonly<Record<CodeLanguage, Target>> = {
  python: PYTHON,
  typescript: TYPESCRIPT,
  javascript: JAVASCRIPT,
  rust: RUST,
}

export function translate(file: SourceFile, fn: SyntaxNode, to: CodeLanguage): Translation {
  try {
    const plan = read(file, fn)
    const target = TARGETS[to]
    for (const it of namesOf(plan))
      if (target.reserved.has(it) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(it)) throw new Refused('reserved', fn)
    return { kind: 'sketch', text: written(plan, target) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { reason, start, end } = error
    return { kind: 'refused', reason, start, end }
  }
}

/** The innermost function that touches a stretch of the file. */
export function functionAt(file: SourceFile, from: number, to: number): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  for (const it of file.root.descendants('Function')) {
    const head = it.parent?.kind === 'Declarator' ? (it.parent.parent ?? it) : it
    if (head.start <= to && from <= it.end) found = it
  }
  return found
}

function* namesOf({ name, parameters, body }: Plan): Generator<string> {
  yield name
  for (const it of parameters) yield it.name
  yield* declared(body)
}

function* declared(statements: readonly Statement[]): Generator<string> {
  for (const it of statements) {
    if (it.kind === 'declare' || it.kind === 'each' || it.kind === 'count') yield it.name
    if (it.kind === 'each' && it.index !== undefined) yield it.index
    if ('body' in it) yield* declared(it.body)
    if (it.kind === 'if') yield* declared([...it.yes, ...it.no])
  }
}
