// Text to tree: from scratch for a file that is read once, by reuse for one that is being edited.

import type { Parser } from 'web-tree-sitter'
import { type Document, type Edit, editBetween, mergeEdits } from '../text/document.ts'
import { Newlines } from '../text/newlines.ts'
import { asConcrete, type ConcreteTree, type GrammarWords } from './concrete.ts'
import { flattenByCursor } from './cursor.ts'
import { readDockerfile } from './dockerfile.ts'
import { keepRemade } from './kept.ts'
import type { Grammar, WasmGrammar } from './language.ts'
import { type GrammarFiles, type LoadedGrammar, SideModule } from './side-module.ts'
import type { Kept, SyntaxTree } from './tree.ts'

/** A tree and, when an earlier tree of the same document was at hand, what of that one is still in it. */
export interface Parsed {
  readonly tree: SyntaxTree
  readonly kept?: Kept
}

/** A file deeper than the walk can follow; no code that people write comes near. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep'
}

/** The document changed while its parse was paused: whoever waited for it must ask about the new one. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

/** What stays in WASM memory of a document that is open. */
interface Live {
  readonly loaded: LoadedGrammar
  readonly parser: Parser
  readonly room: number
  readonly names: string[]
  /** The text that lies in the room, and where its lines begin. */
  text: string
  revision: number
  newlines: Newlines
  /** The last tree that was read, edited to fit the text; 0 before the first. */
  nativeTree: number
  tree: SyntaxTree | undefined
  /** What happened to the text since `tree`. */
  edit: Edit | undefined
  /** The parser stopped in the middle. */
  isParsing: boolean
}

/** Owns WASM memory: every open document holds some until it is released. */
export class SyntaxParser {
  readonly #side: SideModule
  readonly #live = new Map<string, Live>()
  readonly #scratch: number
  readonly #parsers = new Map<WasmGrammar, Parser>()
  /** Grammars on which `flatten` and the public cursor did not agree; they use the cursor. */
  readonly #distrusted = new Set<Grammar>()
  readonly #checked = new Set<Grammar>()

  private constructor(side: SideModule) {
    this.#side = side
    this.#scratch = side.flattener.newDocument()
  }

  static async start(files: GrammarFiles): Promise<SyntaxParser> {
    return new SyntaxParser(await SideModule.start(files))
  }

  /** Must have been awaited once before a document of this grammar is parsed. */
  async load(grammar: Grammar): Promise<void> {
    if (grammar === 'dockerfile') {
      this.#checked.add(grammar)
      return
    }
    const loaded = await this.#side.load(grammar)
    if (this.#checked.has(grammar)) return
    this.#checked.add(grammar)
    if (!this.#agrees(loaded)) this.#distrusted.add(grammar)
  }

  isLoaded(grammar: Grammar): boolean {
    return this.#checked.has(grammar)
  }

  /** The grammars that fell back to the cursor; empty unless web-tree-sitter changed under us. */
  get distrusted(): ReadonlySet<Grammar> {
    return this.#distrusted
  }

  /** Bytes of WASM memory in use by the parser and its grammars; it never shrinks. */
  get memory(): number {
    return this.#side.memory.buffer.byteLength
  }

  /** A tree from scratch; nothing of it stays behind. Returns undefined when `stop` interrupted it. */
  parseOnce(text: string, grammar: Grammar, stop?: () => boolean): SyntaxTree | undefined {
    if (grammar === 'dockerfile') return readDockerfile(text)
    return this.#readOnce(text, this.#loaded(grammar), stop)
  }

  /** The tree as the grammar has it, from scratch: for the few files that rules in the grammar's own words ask about. */
  parseConcrete(text: string, grammar: WasmGrammar): ConcreteTree {
    const loaded = this.#loaded(grammar)
    return asConcrete(this.#readOnce(text, this.#side.concrete(loaded), undefined)!, loaded.words)
  }

  /** What a grammar calls its nodes and fields. */
  words(grammar: WasmGrammar): GrammarWords {
    return this.#loaded(grammar).words
  }

  #readOnce(text: string, loaded: LoadedGrammar, stop: (() => boolean) | undefined): SyntaxTree | undefined {
    const side = this.#side
    const parser = this.#parserFor(loaded)
    side.write(side.flattener.reserveText(this.#scratch, text.length), text)
    const native = side.parse(parser, this.#scratch, 0, stop)
    if (native === 0) {
      parser.reset()
      return undefined
    }
    try {
      side.flattener.clearNames(this.#scratch)
      return this.#lower(loaded, this.#scratch, native, text, [''], undefined).tree
    } finally {
      side.tree._ts_tree_delete(native)
    }
  }

  /** The tree of an open document, built from its last one where that is possible. */
  parse(document: Document, grammar: WasmGrammar): Parsed {
    const steps = this.parseSteps(document, grammar, undefined)
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }

  /**
   * The same in slices: yields whenever `pause` says so, and goes on when it is asked again. A caller that loses interest
   * just stops asking; the next call for the document starts from there.
   */
  *parseSteps(
    document: Document,
    grammar: WasmGrammar,
    pause: (() => boolean) | undefined,
  ): Generator<undefined, Parsed> {
    const live = this.#liveFor(document, grammar)
    const side = this.#side
    for (;;) {
      // Known already; or somebody who could not wait had it finished during a pause.
      if (live.tree && !live.edit) return { tree: live.tree }
      const nativeTree = side.parse(live.parser, live.room, live.nativeTree, pause)
      if (nativeTree !== 0) {
        live.isParsing = false
        return this.#finish(live, nativeTree)
      }
      live.isParsing = true
      yield undefined
      if (this.#live.get(document.uri) !== live || live.revision !== document.revision) throw new Abandoned()
    }
  }

  /** Frees what an open document holds. */
  release(uri: string): void {
    const live = this.#live.get(uri)
    if (!live) return
    this.#live.delete(uri)
    live.parser.delete()
    if (live.nativeTree !== 0) this.#side.tree._ts_tree_delete(live.nativeTree)
    this.#side.flattener.freeDocument(live.room)
  }

  /** The document's place in WASM memory, with its text brought up to date. */
  #liveFor(document: Document, grammar: WasmGrammar): Live {
    const known = this.#live.get(document.uri)
    if (!known || known.loaded.grammar !== grammar) {
      this.release(document.uri)
      return this.#open(document, grammar)
    }
    if (known.revision !== document.revision) this.#follow(known, document)
    return known
  }

  #open(document: Document, grammar: WasmGrammar): Live {
    const side = this.#side
    const loaded = this.#loaded(grammar)
    const room = side.flattener.newDocument()
    side.write(side.flattener.reserveText(room, document.text.length), document.text)
    const live: Live = {
      loaded,
      room,
      parser: side.newParser(loaded),
      names: [''],
      text: document.text,
      revision: document.revision,
      newlines: Newlines.of(document.text),
      nativeTree: 0,
      tree: undefined,
      edit: undefined,
      isParsing: false,
    }
    this.#live.set(document.uri, live)
    return live
  }

  #follow(live: Live, document: Document): void {
    const side = this.#side
    const edit =
      document.change?.from === live.revision ? document.change : editBetween(live.text, document.text)
    const { start, oldEnd, newEnd } = edit
    const before = live.newlines
    const inserted = document.text.slice(start, newEnd)
    live.newlines = before.edited(edit, inserted)
    side.write(side.flattener.spliceText(live.room, start, oldEnd, inserted.length), inserted)
    if (live.isParsing) live.parser.reset()
    live.isParsing = false
    if (live.nativeTree !== 0) {
      const points = [...before.point(start), ...before.point(oldEnd), ...live.newlines.point(newEnd)]
      side.edit(live.nativeTree, points, start, oldEnd, newEnd)
      live.edit = mergeEdits(live.edit, edit)
    }
    live.text = document.text
    live.revision = document.revision
  }

  #finish(live: Live, nativeTree: number): Parsed {
    const reuse = live.tree && live.edit ? { from: live.tree, edit: live.edit } : undefined
    const parsed = this.#lower(live.loaded, live.room, nativeTree, live.text, live.names, reuse)
    if (live.nativeTree !== 0) this.#side.tree._ts_tree_delete(live.nativeTree)
    live.nativeTree = nativeTree
    live.tree = parsed.tree
    live.edit = undefined
    return parsed
  }

  /** One parser a grammar for texts that are read once. */
  #parserFor(loaded: LoadedGrammar): Parser {
    let parser = this.#parsers.get(loaded.grammar)
    if (!parser) {
      parser = this.#side.newParser(loaded)
      this.#parsers.set(loaded.grammar, parser)
    }
    return parser
  }

  #lower(
    loaded: LoadedGrammar,
    room: number,
    native: number,
    text: string,
    names: string[],
    reuse: { readonly from: SyntaxTree; readonly edit: Edit } | undefined,
  ): Parsed {
    const side = this.#side
    if (this.#distrusted.has(loaded.grammar)) return { tree: flattenByCursor(loaded, native, text) }
    const { start, oldEnd, newEnd } = reuse?.edit ?? { start: 0, oldEnd: 0, newEnd: 0 }
    let rows: number
    while (
      (rows = side.flattener.flatten(room, native, loaded.tables, reuse ? 1 : 0, start, oldEnd, newEnd)) < 0
    ) {
      if (!side.growStack()) throw new TooDeep()
    }
    readNames(side.memory, room, names)
    const columns = copyColumns(side.memory, room, rows, reuse !== undefined)
    const tree: SyntaxTree = { grammar: loaded.grammar, text, rows, names, types: loaded.types, ...columns }
    if (!reuse) return { tree }
    keepRemade(tree, reuse.from, columns.origin, reuse.edit)
    return { tree, kept: { from: reuse.from, origin: columns.origin } }
  }

  #loaded(grammar: WasmGrammar): LoadedGrammar {
    const loaded = this.#side.loaded(grammar)
    if (!loaded) throw new Error(`grammar ${grammar} was not loaded`)
    return loaded
  }

  /** `flatten` reads tree-sitter's private structures: compare it with the public cursor before trusting it. */
  #agrees(loaded: LoadedGrammar): boolean {
    const text = SAMPLE[loaded.grammar]
    const side = this.#side
    side.write(side.flattener.reserveText(this.#scratch, text.length), text)
    const native = side.parse(this.#parserFor(loaded), this.#scratch, 0, undefined)
    try {
      side.flattener.clearNames(this.#scratch)
      const { tree } = this.#lower(loaded, this.#scratch, native, text, [''], undefined)
      return sameTree(tree, flattenByCursor(loaded, native, text))
    } catch {
      return false
    } finally {
      side.tree._ts_tree_delete(native)
    }
  }
}

const SAMPLE: Readonly<Record<WasmGrammar, string>> = {
  python:
    'import os\n\n@d\nasync def f(a, b: int = 1, *c, **d):\n    """x"""\n    if a < b < 2 and not c:\n        return f"{a!r:>{b}} x"\n    for i, j in d: print(i, end="")\n    else: pass\n  oops (\n',
  javascript:
    'import a, { b as c } from "d"\nclass E extends F { #g = 1; static async *h(i = 2, ...j) { if (i) { await x?.y[`k${i}`] } else for (const l of j) l++ } }\nconst m = <N o="p">{q}</N>\nvar { r, s: [t] = u } = v; ) w\n',
  typescript:
    'import type { A } from "b"\nexport abstract class C<D extends E> implements F { private readonly g?: H[] = []; i(this: J, k = <L>m): asserts k is N { return k! as O } }\nenum P { Q = 1 }\nfunction r( {\n',
  tsx: 'const a: B<C> = (d?: E) => <F g={h as I}>{j}</F>\nnamespace K { export type L = M | N }\nif (o) { p(\n',
  rust: '#[a]\npub(crate) async fn b<C: D>(mut e: &E, _: F) -> Result<(), G> {\n    let H { i, .. } = j?;\n    match k { L(m) if m > 1 => n!("{o}"), _ => { return Err(p.q::<R>()) } }\n    for s in 0..=9 { t += u[v] as w; }\n}\nimpl X for Y { fn z( }\n',
  go: 'package a\n\nimport (\n\t"b"\n\tc "d/e"\n)\n\ntype F struct{ g, h *i.J `k:"l"` }\n\nfunc (m *F) n(o ...int) (p map[string][]q, r error) {\n\tif s, t := u[1:2].(v); !t { defer func() { w <- x }() }\n\tfor y := range z { a.b, c = &d{e: 1, f: {2}}, `g` }\n\tswitch h { case 1, 2: i += 3 }\n}\nfunc j( {\n',
  java: 'package a.b;\nimport static c.D.*;\n@E(f = "g", h = {1, 2})\npublic final class I<J extends K> extends L<M> implements N {\n  private static int o[] = {1}, p = 2;\n  I(Q... r) throws S { super(r); }\n  @T void u(final V w) {\n    try (X y = new X() { int z; }) { for (var a : b) c(d -> e.f(g)::h); } catch (I | J k) { throw (L) m; }\n    switch (n) { case 1: o += p instanceof Q ? r[0]++ : 1; default: break; }\n  }\n  int s( {\n',
  json: '{ "a": [1, -2.5e3, true, null, "b\\n"], "c": { "d": {} } }\n[',
  yaml: 'a: &x 1\nb:\n  - c: "d"\n    e: \'f\'\n  - *x\ng: |\n  h\n  i\nj: { k: [l, 2.5], m: true } # n\n---\no: [\n',
  hcl: 'a "b" c {\n  d = "e${f.g[0]}h"\n  i = [j(k, 1), { l = m, "n" : !o }]\n  p { q = r ? s : t + 2 }\n}\n# u\nv = <<W\nx\nW\ny {\n',
  html: '<!doctype html><a href="b" c d=e>f &amp; <br/><script>g()</script><!-- h --></a><p>\n</i>',
}

function sameTree(a: SyntaxTree, b: SyntaxTree): boolean {
  if (a.rows !== b.rows) return false
  for (let row = 0; row < a.rows; row++) {
    if (
      a.kind[row] !== b.kind[row] ||
      a.role[row] !== b.role[row] ||
      a.symbol[row] !== b.symbol[row] ||
      a.flags[row] !== b.flags[row] ||
      a.start[row] !== b.start[row] ||
      a.end[row] !== b.end[row] ||
      a.after[row] !== b.after[row] ||
      a.parent[row] !== b.parent[row] ||
      a.names[a.name[row]!] !== b.names[b.name[row]!]
    ) {
      return false
    }
  }
  return true
}

// Offsets in the document and column records of `assembly/flatten.ts`, in words.
const DOC_CURRENT = 3
const DOC_NAMES_COUNT = 7
const DOC_NAME_PLACES = 8
const DOC_ARENA = 9
const COL_START = 3
const COL_ORIGIN = 9
const COL_SYMBOL = 10
const COL_KIND = 11

/** Appends the texts of names that are new. */
function readNames(memory: WebAssembly.Memory, room: number, names: string[]): void {
  const words = new Uint32Array(memory.buffer)
  const count = words[(room >> 2) + DOC_NAMES_COUNT]!
  if (names.length > count) return
  const places = words[(room >> 2) + DOC_NAME_PLACES]! >> 2
  const units = new Uint16Array(memory.buffer, words[(room >> 2) + DOC_ARENA])
  for (let id = names.length; id <= count; id++) {
    const at = words[places + id * 2]!
    const length = words[places + id * 2 + 1]!
    let text = ''
    if (length <= 4096) text = String.fromCharCode(...units.subarray(at, at + length))
    else for (let i = 0; i < length; i++) text += String.fromCharCode(units[at + i]!)
    names.push(text)
  }
}

/** One buffer for all columns: one allocation a keystroke instead of ten. */
function copyColumns(memory: WebAssembly.Memory, room: number, rows: number, withOrigin: boolean) {
  const words = new Uint32Array(memory.buffer)
  const columns = words[(room >> 2) + DOC_CURRENT]! >> 2
  const padded = (rows + 3) & ~3
  const wide = withOrigin ? 6 : 5
  const buffer = new ArrayBuffer(padded * (wide * 4 + 2 + 3))
  const bytes = new Uint8Array(buffer)
  const heap = new Uint8Array(memory.buffer)
  let at = 0
  const copy = (column: number, width: number): number => {
    const from = words[columns + column]!
    bytes.set(heap.subarray(from, from + rows * width), at)
    const here = at
    at += padded * width
    return here
  }
  const u32 = (column: number) => new Uint32Array(buffer, copy(column, 4), rows)
  const start = u32(COL_START)
  const end = u32(COL_START + 1)
  const after = u32(COL_START + 2)
  const parent = u32(COL_START + 3)
  const name = u32(COL_START + 4)
  const origin = withOrigin ? u32(COL_ORIGIN) : NO_ORIGIN
  const symbol = new Uint16Array(buffer, copy(COL_SYMBOL, 2), rows)
  const kind = new Uint8Array(buffer, copy(COL_KIND, 1), rows)
  const role = new Uint8Array(buffer, copy(COL_KIND + 1, 1), rows)
  const flags = new Uint8Array(buffer, copy(COL_KIND + 2, 1), rows)
  return { start, end, after, parent, name, origin, symbol, kind, role, flags }
}

const NO_ORIGIN = new Uint32Array(0)
