// The parts of a request that a handler may read, and how the names for them are followed through one function.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { HandlerRow, ParameterRow } from '../../rows/shapes.ts'
import { Answers } from './handler-answers.ts'
import { Reads } from './handler-reads.ts'
import { STRING } from './structure.ts'

/** What one handler is seen to take and to answer. */
export class RequestParts {
  readonly file: SourceFile
  readonly body: Reads
  readonly query: Reads
  readonly path: Reads
  readonly form: Reads
  readonly answers: Answers
  /** The request is handed on to somebody who may read anything of it. */
  isHandedOn = false
  /** Names of the path that are read like those of the query. */
  inPath: ReadonlySet<string> = new Set()
  /** It answers several methods, and nobody can tell which part is for which. */
  isForSeveral = false

  constructor(file: SourceFile) {
    this.file = file
    this.body = new Reads(file)
    this.query = new Reads(file)
    this.path = new Reads(file)
    this.form = new Reads(file)
    this.answers = new Answers(file)
  }

  add(name: string, at: SyntaxNode, facts: FactWriter): void {
    const { body, query, path, form, answers } = this
    const isWhole = !this.isHandedOn && !query.isOpen && !form.isOpen
    const row: HandlerRow = {
      ...{ name, isWhole, statuses: answers.statuses },
      response: this.isForSeveral ? undefined : answers.type,
      body: this.#isBodyless ? { kind: 'none' } : this.isForSeveral ? undefined : body.type,
      ...(query.named.length > 0 && { queries: query.named }),
    }
    facts.add('handler', row, at)
    const parts = [
      ['query', query],
      ['path', path],
      ['form', form],
    ] as const
    for (const [kind, reads] of parts) {
      for (const it of reads.fields) {
        const isInPath = kind === 'path' || this.inPath.has(it.name)
        const type = isInPath && it.type.kind === 'unknown' ? STRING : it.type
        const row: ParameterRow = {
          ...{ handler: name, in: isInPath ? 'path' : kind, name: it.name },
          ...{ isOptional: !isInPath && it.isOptional, type },
        }
        facts.add('parameter', row, it.at)
      }
    }
  }

  get #isBodyless(): boolean {
    return !this.body.isThere && !this.form.isThere && !this.isHandedOn
  }
}

/** The chain of members above an expression: `req.query.page` seen from `req` is `query`, then `page`. */
export interface Member {
  readonly name: string
  readonly node: SyntaxNode
}

/** The member that is read of `object`, if one is. */
export function memberOf(object: SyntaxNode): Member | undefined {
  const { parent } = object
  if (parent?.kind !== 'Member' || object.role !== 'object') return undefined
  const name = parent.child('property')?.name
  return name === undefined ? undefined : { name, node: parent }
}

/** The call of which this is what is called. */
export function callOf(callee: SyntaxNode): SyntaxNode | undefined {
  return callee.role === 'callee' && callee.parent?.kind === 'Call' ? callee.parent : undefined
}

/** What a parameter is bound to: its name, or the names that are taken out of it. */
export function targetOf(parameter: SyntaxNode | undefined): SyntaxNode | undefined {
  return parameter?.kind === 'Name' || parameter?.kind === 'ObjectPattern'
    ? parameter
    : parameter?.child('target')
}

/** For each name that a pattern takes out: what it takes, and what it is bound to. */
export function* takenBy(
  pattern: SyntaxNode,
): Generator<{ readonly name: string; readonly target: SyntaxNode }> {
  for (const it of pattern.children('element')) {
    if (it.kind === 'Name') yield { name: it.name, target: it }
    const key = it.kind === 'Pair' ? it.child('key') : undefined
    const value = it.kind === 'Pair' ? it.child('value') : it.kind === 'DefaultPattern' ? it : undefined
    const target = value?.kind === 'DefaultPattern' ? value.child('target') : value
    const name = key?.name ?? target?.name
    if (target && name && it.kind !== 'Name') yield { name, target }
  }
}

/** Somebody who is handed a request, and looks at nothing but who sent it. */
export const LOOKS_AT_SENDER =
  /auth|session|user|token|permission|verify|log|cors|rate|limit|csrf|secret|locale|lang|ip$|^ip|role|cookie|header|tenant|admin|access|owner/i
