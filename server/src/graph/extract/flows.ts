// What the functions of a file do with values: which of their parameters, and which values of strangers, reach what may do
// harm, what they give back, and what they hand to functions of other files.

import { calleeName, keyText, receiver } from '../../semantics/calls.ts'
import { Questions } from '../../semantics/checks.ts'
import { parameterName } from '../../semantics/definitions.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { decidingPieces } from '../../semantics/taint/parts.ts'
import { type SinkSort, sinksAt } from '../../semantics/taint/sinks/all.ts'
import { type Beginning, type Border, beginnings, type Source } from '../../semantics/taint/untrusted.ts'
import { type Hole, isHole, piecesOf } from '../../semantics/text-pieces.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { FactWriter } from '../facts.ts'
import type { CallKey } from '../rows/exchanges.ts'
import type { FlowEnd, FlowStart } from '../rows/flows.ts'
import { calleeReference } from './flow-callees.ts'
import { exportedNameOf, referenceOf } from './reference.ts'

/** Yields between calls: in a long file this takes longer than a keystroke may wait. */
export function* extractFlows(file: SourceFile, facts: FactWriter): Generator<void, void> {
  if (file.isTest || file.isUntended) return
  const flows = new FlowWriter(file, facts)
  for (const node of file.root.descendants(...WANTED)) {
    if (node.kind === 'Function') flows.addResult(node)
    else {
      if (node.kind === 'Return') flows.addReturn(node)
      flows.addSinks(node)
      if (node.is('Call', 'JsxElement')) flows.addCall(node)
    }
    yield
  }
  yield* flows.addOwnCalls()
}

const WANTED: readonly Kind[] = [
  'Call',
  'New',
  'Assignment',
  'AugmentedAssignment',
  'JsxAttribute',
  'JsxElement',
  'Return',
  'Function',
]

/** No text of a stranger is in such an expression. */
const PLAIN: ReadonlySet<Kind> = new Set([
  ...([
    'String',
    'Number',
    'Boolean',
    'Null',
    'Undefined',
    'Regex',
    'Function',
    'Comparison',
    'Not',
  ] as const),
  ...(['Unary', 'JsxElement', 'Class', 'Ellipsis', 'Update', 'Range', 'This'] as const),
])

/** A value, and where it lies in what it is a part of. */
interface Part {
  readonly value: SyntaxNode | Hole
  readonly path: readonly string[]
  /** Something that decides where a text leads stands before it. */
  readonly isBehind?: boolean
}

class FlowWriter {
  readonly #file: SourceFile
  readonly #facts: FactWriter
  readonly #starts = new Map<string, number>()
  readonly #calls = new Map<number, number | undefined>()
  readonly #names = new Map<number, string | undefined>()
  readonly #requests: readonly { readonly key: CallKey; readonly start: number; readonly end: number }[]
  readonly #border: Border
  #ends = 0
  #rows = 0

  constructor(file: SourceFile, facts: FactWriter) {
    this.#file = file
    this.#facts = facts
    const { places } = facts.facts
    this.#requests = (['request', 'forward'] as const).flatMap(kind =>
      (places[kind] ?? []).map(([start, end], index) => ({ key: { kind, index }, start, end })),
    )
    this.#border = {
      isShared: fn => this.#nameOf(fn) !== undefined,
      isForeign: call => this.#isForeign(call),
      questions: (place, name) => this.#questions(place).about(name),
      known: new Map(),
      paths: new Map(),
    }
  }

  addSinks(node: SyntaxNode): void {
    for (const { sort, at, values } of sinksAt(this.#file, node)) {
      const found = values
        .flatMap(it => beginnings(this.#file, it, at, this.#border))
        .filter(it => it.kind !== 'source' || mayHarm(sort, it.source))
      this.#add(found, { kind: 'sink', sort, text: excerpt(at, 60) }, at)
    }
  }

  /** What a call is handed, when what it calls may be another file's. */
  addCall(call: SyntaxNode): void {
    const response = call.kind === 'Call' ? answered(call) : undefined
    if (response) return this.#addAnswer(call, response)
    const given = call.kind === 'JsxElement' ? [] : call.children('argument')
    const isWorth =
      call.kind === 'JsxElement'
        ? (call.child('element') ?? call).children('attribute').some(it => it.has('JsxExpression'))
        : given.some(it => !PLAIN.has(it.kind))
    if (!isWorth || !this.#isForeign(call)) return
    const own = this.#ownName(call)
    if (own === undefined) this.#addArguments(call, given)
    else this.#waiting.push({ call, given, name: own })
  }

  /** Calls of functions of this file: those matter only that do something with what they are given. */
  *addOwnCalls(): Generator<void, void> {
    for (let isNews = true; isNews; ) {
      isNews = false
      const waiting = this.#waiting.splice(0)
      for (const it of waiting) {
        if (!this.#reached.has(it.name)) this.#waiting.push(it)
        else {
          isNews = true
          this.#addArguments(it.call, it.given)
          yield
        }
      }
    }
  }

  readonly #waiting: {
    readonly call: SyntaxNode
    readonly given: readonly SyntaxNode[]
    readonly name: string
  }[] = []
  /** Functions whose parameters go somewhere. */
  readonly #reached = new Set<string>()

  /** The name of the function of this file that a call surely runs. */
  #ownName(call: SyntaxNode): string | undefined {
    const callee = this.#requestOf(call) ? undefined : this.#callees.get(call.row)
    if (callee?.module !== '' || (this.#file.language === 'rust' && callee.names.length > 1)) return undefined
    const name = callee.names.join('.')
    this.#own ??= new Set([...this.#file.root.descendants('Function')].map(it => this.#nameOf(it) ?? ''))
    return this.#own.has(name) ? name : undefined
  }

  #own: ReadonlySet<string> | undefined

  #addArguments(call: SyntaxNode, given: readonly SyntaxNode[]): void {
    if (call.kind === 'JsxElement') return this.#addAttributes(call)
    let index = 0
    for (const it of given) {
      if (it.kind === 'Spread') return
      const name = it.kind === 'KeywordArgument' ? it.child('label')?.text : undefined
      const value = name === undefined ? it : it.child('value')
      if (value) this.#addArgument(call, name === undefined ? index : -1, name, value, [])
      if (name === undefined) index++
    }
  }

  #addAttributes(element: SyntaxNode): void {
    const owner = element.child('name') ? element : (element.child('element') ?? element)
    for (const it of owner.children('attribute')) {
      const key = it.child('key')?.text
      const value = it.child('value')?.child('value')
      if (it.kind === 'JsxAttribute' && key && value) this.#addArgument(element, 0, undefined, value, [key])
    }
  }

  #addArgument(
    call: SyntaxNode,
    index: number,
    name: string | undefined,
    given: SyntaxNode,
    before: readonly string[],
  ): void {
    const isSent = this.#requestOf(call) !== undefined
    for (const { value, path, isBehind } of isSent ? this.#sent(given) : this.#parts(given)) {
      const all = beginnings(this.#file, value, call, this.#border)
      const found = isBehind ? all.map(it => ({ ...it, isHead: false })) : all
      if (found.length === 0) continue
      const end = {
        kind: 'argument',
        call: this.#callRow(call),
        index,
        name,
        path: [...before, ...path],
      } as const
      this.#add(found, end, given)
    }
  }

  /** `return value`; the value of a function that is nothing but one. */
  addReturn(node: SyntaxNode): void {
    const value = node.child('value')
    const fn = value && !PLAIN.has(value.kind) ? node.function : undefined
    if (fn) this.#addReturned(fn, value!)
  }

  addResult(fn: SyntaxNode): void {
    const body = fn.child('body')
    if (!body || (body.kind === 'Block' && this.#file.language !== 'rust')) return
    const last = body.kind === 'Block' ? body.children('statement').at(-1) : body
    if (last && !last.is('ExpressionStatement', 'Declarator', 'Return') && !PLAIN.has(last.kind))
      this.#addReturned(fn, last)
  }

  #addReturned(fn: SyntaxNode, returned: SyntaxNode): void {
    const name = this.#nameOf(fn)
    const route = name === undefined ? this.#routeOf(fn) : undefined
    if (name === undefined && route === undefined) return
    for (const { value, path } of this.#parts(returned)) {
      const found = beginnings(this.#file, value, returned, this.#border)
      if (found.length > 0)
        this.#add(
          found,
          { kind: 'return', function: name ?? '', route: route ?? this.#routeOf(fn), path },
          returned,
        )
    }
  }

  /** `res.json(value)` gives the answer back as others do with `return`. */
  #addAnswer(call: SyntaxNode, answer: SyntaxNode): void {
    const fn = this.#home(call)
    if (fn) this.#addReturned(fn, answer)
  }

  #add(found: readonly Beginning[], end: FlowEnd, at: SyntaxNode): void {
    if (found.length === 0) return
    this.#facts.add('flowEnd', end, at)
    if (end.kind === 'sink') this.#facts.add('sink', { end: this.#ends }, at)
    const known = new Set<number>()
    for (const it of found) {
      const start = this.#start(it)
      if (known.has(start)) continue
      known.add(start)
      this.#facts.add('flow', { start, end: this.#ends, isHead: it.isHead }, at)
    }
    this.#ends++
  }

  #start(it: Beginning): number {
    const [row, at] = this.#startRow(it)
    const key = JSON.stringify([row, row.kind === 'source' ? at.start : 0])
    let index = this.#starts.get(key)
    if (index === undefined) {
      index = this.#rows++
      this.#starts.set(key, index)
      this.#facts.add('flowStart', row, at)
    }
    return index
  }

  #startRow(it: Beginning): readonly [FlowStart, SyntaxNode] {
    if (it.kind === 'result')
      return [{ kind: 'result', call: this.#callRow(it.call), path: it.path }, it.call]
    if (it.kind === 'parameter') {
      const { parameter, index, path } = it
      const name = parameterName(parameter)
      this.#reached.add(this.#nameOf(it.function)!)
      return [{ kind: 'parameter', function: this.#nameOf(it.function)!, index, name, path }, parameter]
    }
    return [this.#sourceRow(it.source), it.source.at]
  }

  #sourceRow(source: Source): FlowStart {
    const { origin, part, at, shape, parameter } = source
    const fn = this.#home(at)
    return {
      kind: 'source',
      from: origin === 'page' || origin === 'input' ? origin : 'request',
      part,
      path: fieldsOf(source),
      shape: shape && referenceOf(this.#file, shape),
      function: (fn && this.#nameOf(fn)) ?? '',
      route: fn && this.#routeOf(fn),
      text: parameter ?? excerpt(at, 60),
    }
  }

  /** The function around that others call, or that answers a route. */
  #home(node: SyntaxNode): SyntaxNode | undefined {
    for (let fn = node.kind === 'Function' ? node : node.function; fn; fn = fn.function)
      if (this.#nameOf(fn) !== undefined || this.#routeOf(fn) !== undefined) return fn
    return undefined
  }

  #nameOf(fn: SyntaxNode): string | undefined {
    if (!this.#names.has(fn.row)) this.#names.set(fn.row, exportedNameOf(fn))
    return this.#names.get(fn.row)
  }

  /** The route that is declared around a function: by a decorator, or by the call that it is handed to. */
  #routeOf(fn: SyntaxNode): number | undefined {
    const holder = fn.parent?.kind === 'Decorated' || fn.role === 'argument' ? fn.parent : undefined
    if (!holder) return undefined
    const index = (this.#facts.facts.places.route ?? []).findIndex(
      ([start, end]) => start >= holder.start && end <= fn.start,
    )
    return index === -1 ? undefined : index
  }

  readonly #questionsIn = new Map<number, Questions>()

  #questions(place: SyntaxNode): Questions {
    let around: SyntaxNode | undefined
    for (let fn = place.function; fn; fn = fn.function) around = fn
    around ??= this.#file.root
    let questions = this.#questionsIn.get(around.row)
    if (!questions) {
      questions = new Questions(around)
      this.#questionsIn.set(around.row, questions)
    }
    return questions
  }

  #isForeign(call: SyntaxNode): boolean {
    return this.#callKey(call) !== undefined
  }

  readonly #callees = new Map<number, ReturnType<typeof calleeReference>>()

  /** Undefined for calls that lead nowhere. */
  #callKey(call: SyntaxNode): ReturnType<typeof calleeReference> | CallKey {
    if (!this.#callees.has(call.row)) this.#callees.set(call.row, calleeReference(this.#file, call))
    return this.#requestOf(call) ?? this.#callees.get(call.row)
  }

  #callRow(call: SyntaxNode): number {
    let row = this.#calls.get(call.row)
    if (row === undefined) {
      row = this.#calls.size
      this.#calls.set(call.row, row)
      this.#callKey(call)
      this.#facts.add(
        'flowCall',
        { callee: this.#callees.get(call.row), request: this.#requestOf(call) },
        call,
      )
    }
    return row
  }

  /** The request that a call makes: of the calls around its place the innermost. */
  #requestOf(call: SyntaxNode): CallKey | undefined {
    if (this.#requests.length === 0) return undefined
    const { start, end } = call
    const found = this.#requests.find(it => start <= it.start && it.end <= end)
    if (!found || call.kind !== 'Call') return undefined
    const callee = call.child('callee')
    if (callee && callee.start <= found.start && found.end <= callee.end) return undefined
    const isAround = call
      .children('argument')
      .some(
        it =>
          it.kind === 'Call' && it.start <= found.start && found.end <= it.end && it.start !== found.start,
      )
    return isAround ? undefined : found.key
  }

  /** A value, and what lies in it when it is written out as an object. */
  #parts(node: SyntaxNode, path: readonly string[] = []): Part[] {
    const it = node.unwrapped
    if (PLAIN.has(it.kind)) return []
    const object = it.kind === 'Name' ? this.#file.value(it) : it
    if (!object.is('Dictionary', 'StructLiteral') || path.length >= DEPTH) return [{ value: it, path }]
    const parts: Part[] = []
    for (const entry of object.children('element')) {
      if (entry.kind === 'Name') parts.push({ value: entry, path: [...path, entry.name] })
      else if (entry.kind === 'Spread') {
        const value = entry.child('value')
        if (value) parts.push({ value, path })
      } else if (entry.kind === 'Pair') {
        const value = entry.child('value') ?? entry
        const key = keyText(entry.child('key'))
        if (key !== '') parts.push(...this.#parts(value, [...path, key]))
      }
    }
    return parts
  }

  /** The same, of what is sent: the wrappings that every client has are taken off, and names stand in the query. */
  #sent(node: SyntaxNode): Part[] {
    const it = node.unwrapped
    const text = it.is('Template', 'Binary', 'Concatenation') ? piecesOf(this.#file, it) : []
    if (text.length > 1) {
      const deciding = decidingPieces(text)
      return text.flatMap((piece, i) => {
        if (!isHole(piece)) return []
        const before = text[i - 1]
        const name = typeof before === 'string' ? /[?&]([\w[\]-]+)=$/.exec(before)?.[1] : undefined
        const path = name === undefined ? [] : [name]
        return [{ value: withoutEncoding(piece.node), path, isBehind: !deciding.includes(piece) }]
      })
    }
    return this.#parts(it).flatMap(({ value, path }) => {
      const inner = path.at(-1) === 'body' || path.length === 0 ? stringified(value) : undefined
      const rest = WRAPPINGS.has(path[0] ?? '') ? path.slice(1) : path
      if (inner) return this.#parts(inner)
      return 'unwrapped' in value ? [{ value: withoutEncoding(value), path: rest }] : [{ value, path: rest }]
    })
  }
}

/** What a page is told harms pages only, and what somebody types nobody but themselves. */
function mayHarm(sort: SinkSort, { origin }: Source): boolean {
  return origin === 'request' || (origin === 'page' && /^(html|redirect|code)$/.test(sort))
}

const DEPTH = 3
const WRAPPINGS: ReadonlySet<string> = new Set([
  'body',
  'data',
  'params',
  'query',
  'json',
  'form',
  'searchParams',
])

/** `encodeURIComponent(value)` is how a value is sent, and comes out as it was. */
function withoutEncoding(node: SyntaxNode): SyntaxNode {
  const it = node.unwrapped
  const isEncoding =
    it.kind === 'Call' && /^(encodeURIComponent|encodeURI|quote|quote_plus|String)$/.test(calleeName(it))
  return isEncoding ? (it.children('argument')[0] ?? it) : it
}

/** `value` of `JSON.stringify(value)` */
function stringified(value: SyntaxNode | Hole): SyntaxNode | undefined {
  if (!('unwrapped' in value) || value.kind !== 'Call') return undefined
  return /^(stringify|dumps)$/.test(calleeName(value)) ? value.children('argument')[0] : undefined
}

/** What a handler of Express, Koa or Fastify sends back as data. */
function answered(call: SyntaxNode): SyntaxNode | undefined {
  if (!/^(json|send)$/.test(calleeName(call))) return undefined
  let object = receiver(call)
  if (object?.kind === 'Call' && calleeName(object) === 'status') object = receiver(object)
  return /^_?(res|resp|response|reply)$/.test(object?.name ?? '') ? call.children('argument')[0] : undefined
}

/** The names that are read of what comes in, without those of the request's own parts. */
function fieldsOf({ path, parameter, at, part, origin }: Source): readonly string[] {
  if (origin !== 'request') return []
  if (parameter !== undefined) return [parameter, ...path]
  const fields = path.slice(path.findIndex(it => PARTS.test(it)) + 1).filter(it => !it.endsWith('()'))
  if (fields.length > 0 && fields[0] !== '*') return fields.filter(it => it !== '0')
  const read = /\.(?:get|getlist|getAll|query|param)\(['"]([\w-]+)['"]/.exec(at.text)?.[1]
  return read === undefined || part === 'headers' ? [] : [read]
}

const PARTS =
  /^(query|queries|params|body|form|json|args|values|data|GET|POST|FILES|COOKIES|files|cookies|query_params|path_params|searchParams|rawBody|media|headers)(\(\))?$|^(json|get_json|formData|text|body|form)\(\)$/
