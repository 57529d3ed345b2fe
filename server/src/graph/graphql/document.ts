// What a text in GraphQL says: types that a schema defines, and operations and fragments that ask for their fields.
//
// Reading never fails. What is not understood is left out, and `isWhole` tells that there was such a thing.

import { HOLE, TokenReader } from './tokens.ts'

export interface GraphqlDocument {
  readonly types: readonly TypeDefinition[]
  readonly roots: readonly RootDefinition[]
  readonly executables: readonly Executable[]
  readonly isWhole: boolean
}

export interface Named {
  readonly name: string
  readonly start: number
  readonly end: number
}

export type TypeKind = 'object' | 'interface' | 'union' | 'enum' | 'input' | 'scalar'

export interface TypeDefinition extends Named {
  readonly kind: TypeKind
  readonly isExtension: boolean
  readonly interfaces: readonly string[]
  /** Of a union its types, of an enumeration its values. */
  readonly members: readonly string[]
  readonly fields: readonly FieldDefinition[]
  readonly directives: readonly string[]
}

export interface FieldDefinition extends InputValue {
  readonly arguments: readonly InputValue[]
}

export interface InputValue extends Named {
  /** As it is written, without spaces: `[Int!]!`. */
  readonly type: string
  /** Where the name in it is. */
  readonly typeAt: { readonly start: number; readonly end: number }
  readonly hasDefault: boolean
}

/** `schema { query: Root }` */
export interface RootDefinition {
  readonly operation: string
  readonly type: string
  readonly directives: readonly string[]
}

/** An operation or a fragment. */
export interface Executable extends Named {
  readonly kind: 'query' | 'mutation' | 'subscription' | 'fragment'
  /** The type of a fragment. */
  readonly on: Named | undefined
  readonly variables: readonly InputValue[]
  readonly selections: readonly Selection[]
}

export interface Selection extends Named {
  /** `name` of an inline fragment is its type, or empty. */
  readonly kind: 'field' | 'spread' | 'inline'
  readonly arguments: readonly Argument[]
  readonly directives: readonly string[]
  readonly selections: readonly Selection[]
}

export interface Argument extends Named {
  readonly value: GraphqlValue
}

export type GraphqlValue =
  | { readonly kind: 'variable' | 'enum'; readonly name: string }
  | { readonly kind: 'int' | 'float' | 'string' | 'boolean' | 'null' | 'unknown' }
  | { readonly kind: 'list'; readonly of: readonly GraphqlValue[] }
  | {
      readonly kind: 'object'
      readonly fields: readonly { readonly name: string; readonly value: GraphqlValue }[]
    }

export function readDocument(text: string): GraphqlDocument {
  return new DocumentReader(text).document()
}

const KINDS: Readonly<Record<string, TypeKind>> = {
  type: 'object',
  interface: 'interface',
  union: 'union',
  enum: 'enum',
  input: 'input',
  scalar: 'scalar',
}
/** Nobody nests this deep; a broken text may seem to. */
const DEPTH = 60

class DocumentReader {
  readonly #tokens: TokenReader
  #isWhole = true

  constructor(text: string) {
    this.#tokens = new TokenReader(text)
  }

  document(): GraphqlDocument {
    const types: TypeDefinition[] = []
    const roots: RootDefinition[] = []
    const executables: Executable[] = []
    const tokens = this.#tokens
    while (tokens.next.kind !== 'end') {
      const { kind, text } = tokens.next
      // Other documents are put in here: fragments, mostly.
      if (kind === 'text' || (kind === 'name' && text.includes(HOLE))) {
        tokens.take()
        continue
      }
      const isExtension = tokens.skip('extend')
      const keyword = tokens.next.text
      if (!isExtension && keyword === '{') executables.push(this.#operation('query'))
      else if (!isExtension && /^(query|mutation|subscription)$/.test(keyword))
        executables.push(this.#operation(tokens.take().text as 'query'))
      else if (!isExtension && keyword === 'fragment') executables.push(this.#fragment())
      else if (Object.hasOwn(KINDS, keyword)) types.push(this.#type(isExtension))
      else if (keyword === 'schema') roots.push(...this.#schema())
      else if (!isExtension && keyword === 'directive') this.#directiveDefinition()
      else {
        this.#isWhole = false
        tokens.take()
      }
    }
    return { types, roots, executables, isWhole: this.#isWhole }
  }

  #type(isExtension: boolean): TypeDefinition {
    const tokens = this.#tokens
    const kind = KINDS[tokens.take().text]!
    const name = this.#name()
    const interfaces: string[] = []
    if (tokens.skip('implements')) {
      tokens.skip('&')
      while (tokens.next.kind === 'name') {
        interfaces.push(tokens.take().text)
        tokens.skip('&')
      }
    }
    const directives = this.#directives()
    const members: string[] = []
    const fields: FieldDefinition[] = []
    if (kind === 'union' && tokens.skip('=')) {
      tokens.skip('|')
      do {
        members.push(this.#name().name)
      } while (tokens.skip('|'))
    } else if (kind === 'enum') {
      this.#block('{', '}', () => {
        members.push(this.#name().name)
        this.#directives()
      })
    } else if (kind !== 'scalar') {
      this.#block('{', '}', () => fields.push(this.#fieldDefinition()))
    }
    return { ...name, kind, isExtension, interfaces, members, fields, directives }
  }

  #fieldDefinition(): FieldDefinition {
    const name = this.#name()
    const given: InputValue[] = []
    this.#block('(', ')', () => given.push(this.#inputValue(this.#name())))
    return { ...this.#inputValue(name), arguments: given }
  }

  /** `: Type = default @directive` behind a name. */
  #inputValue(name: Named): InputValue {
    const tokens = this.#tokens
    let type = ''
    let typeAt = { start: name.start, end: name.end }
    if (this.#expect(':')) {
      while (tokens.next.text === '[') {
        tokens.take()
        type += '['
      }
      const { name: inner, start, end } = this.#name()
      type += inner
      typeAt = { start, end }
      while (/^[!\]]$/.test(tokens.next.text)) type += tokens.take().text
    }
    const hasDefault = tokens.skip('=')
    if (hasDefault) this.#value(0)
    this.#directives()
    return { ...name, type, typeAt, hasDefault }
  }

  #schema(): RootDefinition[] {
    this.#tokens.take()
    const directives = this.#directives()
    const roots: RootDefinition[] = []
    this.#block('{', '}', () => {
      const { name } = this.#name()
      roots.push({ operation: name, type: this.#expect(':') ? this.#name().name : '', directives })
    })
    return roots.length > 0 ? roots : [{ operation: '', type: '', directives }]
  }

  /** `directive @cached(for: Int) repeatable on FIELD | OBJECT` */
  #directiveDefinition(): void {
    const tokens = this.#tokens
    tokens.take()
    this.#expect('@')
    this.#name()
    this.#block('(', ')', () => this.#inputValue(this.#name()))
    tokens.skip('repeatable')
    this.#expect('on')
    tokens.skip('|')
    do this.#name()
    while (tokens.skip('|'))
  }

  #operation(kind: 'query' | 'mutation' | 'subscription'): Executable {
    const { next } = this.#tokens
    const name = next.kind === 'name' ? this.#name() : { name: '', start: next.start, end: next.end }
    const variables: InputValue[] = []
    this.#block('(', ')', () => {
      this.#expect('$')
      variables.push(this.#inputValue(this.#name()))
    })
    this.#directives()
    return { ...name, kind, on: undefined, variables, selections: this.#selections(0) }
  }

  #fragment(): Executable {
    this.#tokens.take()
    const name = this.#name()
    this.#block('(', ')', () => {
      this.#expect('$')
      this.#inputValue(this.#name())
    })
    const on = this.#expect('on') ? this.#name() : undefined
    this.#directives()
    return { ...name, kind: 'fragment', on, variables: [], selections: this.#selections(0) }
  }

  #selections(depth: number): Selection[] {
    const all: Selection[] = []
    if (depth > DEPTH) {
      this.#isWhole = false
      return all
    }
    if (this.#tokens.next.text !== '{' && depth === 0) this.#isWhole = false
    this.#block('{', '}', () => all.push(this.#selection(depth)))
    return all
  }

  #selection(depth: number): Selection {
    const tokens = this.#tokens
    if (tokens.next.text === '...') return this.#fragmentSelection(depth)
    const alias = this.#name()
    const name = tokens.skip(':') ? this.#name() : alias
    const given: Argument[] = []
    this.#block('(', ')', () => {
      const argument = this.#name()
      given.push({ ...argument, value: this.#expect(':') ? this.#value(0) : { kind: 'unknown' } })
    })
    const directives = this.#directives()
    return { ...name, kind: 'field', arguments: given, directives, selections: this.#selections(depth + 1) }
  }

  #fragmentSelection(depth: number): Selection {
    const tokens = this.#tokens
    const { start, end } = tokens.take()
    const isTyped = tokens.skip('on')
    const name = tokens.next.kind === 'name' ? this.#name() : { name: '', start, end }
    const directives = this.#directives()
    const isSpread = !isTyped && name.name !== ''
    const selections = isSpread ? [] : this.#selections(depth + 1)
    return { ...name, kind: isSpread ? 'spread' : 'inline', arguments: [], directives, selections }
  }

  #directives(): string[] {
    const names: string[] = []
    while (this.#tokens.skip('@')) {
      names.push(this.#name().name)
      this.#block('(', ')', () => {
        this.#name()
        if (this.#expect(':')) this.#value(0)
      })
    }
    return names
  }

  #value(depth: number): GraphqlValue {
    const tokens = this.#tokens
    const { kind, text } = tokens.next
    if (depth > DEPTH) return { kind: 'unknown' }
    if (text === '[') {
      const of: GraphqlValue[] = []
      this.#block('[', ']', () => of.push(this.#value(depth + 1)))
      return { kind: 'list', of }
    }
    if (text === '{') {
      const fields: { name: string; value: GraphqlValue }[] = []
      this.#block('{', '}', () => {
        const { name } = this.#name()
        fields.push({ name, value: this.#expect(':') ? this.#value(depth + 1) : { kind: 'unknown' } })
      })
      return { kind: 'object', fields }
    }
    if (kind === 'end' || (kind === 'sign' && text !== '$')) {
      this.#isWhole = false
      return { kind: 'unknown' }
    }
    tokens.take()
    if (text === '$') return { kind: 'variable', name: this.#name().name }
    if (kind === 'text') return { kind: 'string' }
    if (kind === 'number') return { kind: /^-?\d+$/.test(text) ? 'int' : 'float' }
    if (text === 'null') return { kind: 'null' }
    if (text.includes(HOLE)) return { kind: 'unknown' }
    return text === 'true' || text === 'false' ? { kind: 'boolean' } : { kind: 'enum', name: text }
  }

  /** Items up to a closing sign, each with the description before it; nothing where it does not open. */
  #block(open: string, close: string, item: () => void): void {
    const tokens = this.#tokens
    if (!tokens.skip(open)) return
    while (!tokens.skip(close)) {
      const { start } = tokens.next
      if (tokens.next.kind === 'end') {
        this.#isWhole = false
        return
      }
      if (tokens.next.kind === 'text' && open !== '[') {
        tokens.take()
        continue
      }
      item()
      if (tokens.next.start !== start) continue
      this.#isWhole = false
      // A definition that begins here belongs to no list: the sign that closes it is missing.
      if (/^(type|extend|fragment|query|mutation|[)}\]])$/.test(tokens.next.text)) return
      tokens.take()
    }
  }

  #name(): Named {
    const { kind, text, start, end } = this.#tokens.next
    if (kind !== 'name') {
      this.#isWhole = false
      return { name: '', start, end: start }
    }
    this.#tokens.take()
    return { name: text, start, end }
  }

  #expect(sign: string): boolean {
    const isThere = this.#tokens.skip(sign)
    if (!isThere) this.#isWhole = false
    return isThere
  }
}
