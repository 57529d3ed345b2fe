// What a function answers: values that it hands to `res.json(…)` or gives back, and their status codes.

import { calleeName, calleeOf, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { dataAt } from './answered-data.ts'
import { unionOf } from './structure.ts'

/** Gathers what one function answers. */
export class Answers {
  readonly #file: SourceFile
  readonly #types: DataType[] = []
  readonly #statuses = new Set<number>()
  /** Something is answered of which nobody can tell what it is. */
  #isUnknown = false

  constructor(file: SourceFile) {
    this.#file = file
  }

  get statuses(): readonly number[] {
    return [...this.#statuses].sort((a, b) => a - b)
  }

  /** What is answered when all is well. */
  get type(): DataType | undefined {
    if (this.#isUnknown || this.#types.length === 0) return undefined
    const type = unionOf(this.#types)
    return type.kind === 'unknown' ? undefined : type
  }

  /** `status`: undefined where it is not told; then all is well, unless nobody can tell. */
  json(value: SyntaxNode | undefined, status: SyntaxNode | number | undefined): void {
    const code = this.status(status)
    if (code === 'unknown') this.#isUnknown = true
    else if (code < 300 && value) this.#types.push(dataAt(this.#file, value))
  }

  unknown(): void {
    this.#isUnknown = true
  }

  status(given: SyntaxNode | number | undefined): number | 'unknown' {
    if (given === undefined) return 200
    const known = typeof given === 'number' ? given : this.#numberAt(given)
    if (known === undefined) return 'unknown'
    this.#statuses.add(known)
    return known
  }

  /** `NextResponse.json(x, { status: 201 })`, `c.json(x, 201)`, `new Response(JSON.stringify(x))`; false for what is none. */
  response(given: SyntaxNode): boolean {
    let node = given.unwrapped
    while (node.is('Await', 'Cast')) node = node.child('value')?.unwrapped ?? node
    if (!node.is('Call', 'New')) return false
    const name = calleeName(node)
    const [first, second] = positional(node)
    if (node.kind === 'New') {
      if (!/^(?:Next)?Response$/.test(name)) return false
      const text = first?.unwrapped
      const isJson = text?.kind === 'Call' && calleeOf(text)?.text === 'JSON.stringify'
      this.json(isJson ? positional(text)[0] : undefined, this.#statusIn(second))
      if (!isJson && text && !text.is('Null', 'Undefined')) this.#isUnknown = true
      return true
    }
    if (FAILURE.test(name)) return true
    if (name === 'json') this.json(first, this.#statusIn(second))
    else if (name === 'redirect' || name === 'noContent') this.#statuses.add(name === 'redirect' ? 302 : 204)
    else this.#isUnknown = true
    return true
  }

  #statusIn(given: SyntaxNode | undefined): SyntaxNode | undefined {
    return given?.unwrapped.kind === 'Dictionary' ? property(given.unwrapped, 'status') : given
  }

  #numberAt(node: SyntaxNode): number | undefined {
    const known = this.#file.constant(node)
    if (known?.kind === 'number') return known.value
    // `HttpStatus.NOT_FOUND`
    const name = node.kind === 'Member' ? (node.child('property')?.name ?? '') : ''
    return NAMED.get(name.replaceAll('_', '').toLowerCase())
  }
}

/** Functions of projects that answer a failure are called for it. */
const FAILURE =
  /^(?:unauthori[sz]ed|forbidden|not_?found|bad_?request|conflict|too_?many_?requests|(?:internal)?server_?error|error|fail|json_?error|error_?response|api_?error|invalid)$/i

const NAMED: ReadonlyMap<string, number> = new Map([
  ['ok', 200],
  ['created', 201],
  ['accepted', 202],
  ['nocontent', 204],
  ['badrequest', 400],
  ['unauthorized', 401],
  ['forbidden', 403],
  ['notfound', 404],
  ['conflict', 409],
  ['unprocessableentity', 422],
  ['toomanyrequests', 429],
  ['internalservererror', 500],
])
