// YAML as rules look at it: keys, elements and texts, each with its place. The parser stays behind this file.

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLError,
} from 'yaml'
import type { Range } from '../rule.ts'
import { lastRead } from './last-read.ts'

/** Larger YAML files are written by programs, and reading them at every keystroke would be felt. */
const MAX_YAML = 256 * 1024

const documentsOf = lastRead(({ text }): readonly Document[] => {
  if (text.length > MAX_YAML) return []
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, merge: true })
  return Array.isArray(documents) ? documents : []
})

export function yamlErrors(text: string): readonly YAMLError[] {
  return documentsOf(ofText(text)).flatMap(it => it.errors)
}

/** What stands at the top of each document; nothing of a text that does not parse, for nobody knows what it will be. */
export function yamlViews(text: string): readonly YamlView[] {
  const documents = documentsOf(ofText(text))
  if (documents.some(it => it.errors.some(error => error.code !== 'DUPLICATE_KEY'))) return []
  return documents.flatMap(it => (it.contents ? [new YamlView(it.contents as Node, new Anchors(it), 0)] : []))
}

const ofText = (text: string) => ({ path: '', text })

export interface YamlEntry {
  readonly key: string
  readonly at: Range
  readonly value: YamlView
}

/** An alias is what it stands for; a merge key is what it brings. */
export class YamlView implements Range {
  readonly start: number
  readonly end: number
  readonly #node: Node | null
  readonly #anchors: Anchors
  readonly #depth: number
  #entries: readonly YamlEntry[] | undefined
  #items: readonly YamlView[] | undefined

  constructor(node: Node | null, anchors: Anchors, depth: number, fallback?: Range) {
    const [start, end] = node?.range ?? [fallback?.start ?? 0, fallback?.end ?? 0]
    this.start = start === end && fallback ? fallback.start : start
    this.end = start === end && fallback ? fallback.end : end
    // What refers to itself is cut off rather than followed for ever.
    this.#node = isAlias(node) ? (depth < MOST_ALIASES ? anchors.find(node) : null) : node
    this.#anchors = anchors
    this.#depth = isAlias(node) ? depth + 1 : depth
  }

  get isMap(): boolean {
    return isMap(this.#node)
  }

  get isList(): boolean {
    return isSeq(this.#node)
  }

  get isScalar(): boolean {
    return isScalar(this.#node)
  }

  /** A scalar as the parser takes it: a text, a number, a boolean, null. */
  get scalar(): unknown {
    return isScalar(this.#node) ? this.#node.value : undefined
  }

  /** A scalar as it is written, without its quotes; undefined for nothing, for lists and for mappings. */
  get text(): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) return undefined
    const { value, source } = this.#node
    return typeof value === 'string' ? value : (source ?? String(value))
  }

  /** It stands without quotes, on one line. */
  get isPlain(): boolean {
    return isScalar(this.#node) && this.#node.type === 'PLAIN'
  }

  /** It stands as lines below a `|` or a `>`. */
  get isBlock(): boolean {
    return isScalar(this.#node) && /^BLOCK/.test(this.#node.type ?? '')
  }

  get entries(): readonly YamlEntry[] {
    return (this.#entries ??= this.#readEntries())
  }

  get items(): readonly YamlView[] {
    return (this.#items ??= isSeq(this.#node)
      ? this.#node.items.map(it => this.#view(it as Node | null, this))
      : [])
  }

  /** What stands at the end of a path of keys. */
  get(...keys: readonly string[]): YamlView | undefined {
    let view: YamlView | undefined = this
    for (const key of keys) {
      view = view.entry(key)?.value
      if (!view) return undefined
    }
    return view
  }

  entry(key: string): YamlEntry | undefined {
    return this.entries.find(it => it.key === key)
  }

  #readEntries(): readonly YamlEntry[] {
    if (!isMap(this.#node)) return []
    const own: YamlEntry[] = []
    const merged: YamlEntry[] = []
    for (const it of this.#node.items) {
      if (!isPair(it) || !isScalar(it.key) || !it.key.range) continue
      const at = { start: it.key.range[0], end: it.key.range[1] }
      const key = it.key.source ?? String(it.key.value)
      const value = this.#view(it.value as Node | null, at)
      if (key === '<<') merged.push(...[value, ...value.items].flatMap(one => one.entries))
      else own.push({ key, at, value })
    }
    const names = new Set(own.map(it => it.key))
    return merged.length === 0 ? own : [...own, ...merged.filter(it => !names.has(it.key))]
  }

  #view(node: Node | null, fallback: Range): YamlView {
    return new YamlView(node, this.#anchors, this.#depth, fallback)
  }
}

const MOST_ALIASES = 20

/** What the aliases of a document stand for: the parser itself would look through the whole document for each of them. */
class Anchors {
  readonly #document: Document
  #byName: ReadonlyMap<string, readonly Node[]> | undefined

  constructor(document: Document) {
    this.#document = document
  }

  /** An anchor may be given again: the last one before the alias counts. */
  find({ source, range }: Alias): Node | null {
    this.#byName ??= anchorsIn(this.#document)
    const before = range?.[0] ?? 0
    return this.#byName.get(source)?.findLast(it => (it.range?.[0] ?? 0) < before) ?? null
  }
}

function anchorsIn(document: Document): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>()
  visit(document, {
    Node: (_, node) => {
      const name = isAlias(node) ? undefined : node.anchor
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), node])
    },
  })
  return found
}
