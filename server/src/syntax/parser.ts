// Text to tree: from scratch for a file that is read once, by reuse for one that is being edited.

import { type Document, type Edit, editBetween } from '../text/document.ts'
import { Newlines } from '../text/newlines.ts'
import { flattenByCursor } from './cursor.ts'
import type { Grammar } from './language.ts'
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

/** What stays in WASM memory of a document that is open. */
interface Live {
  readonly loaded: LoadedGrammar
  readonly room: number
  nativeTree: number
  revision: number
  newlines: Newlines
  tree: SyntaxTree
  names: string[]
}

/** Owns WASM memory: every open document holds some until it is released. */
export class SyntaxParser {
  readonly #side: SideModule
  readonly #live = new Map<string, Live>()
  readonly #scratch: number
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
    const side = this.#side
    const loaded = this.#loaded(grammar)
    side.setLanguage(loaded)
    side.write(side.flattener.reserveText(this.#scratch, text.length), text)
    const native = side.parse(this.#scratch, 0, stop)
    if (native === 0) {
      side.resetParser()
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
  parse(document: Document, grammar: Grammar): Parsed {
    const live = this.#live.get(document.uri)
    if (!live || live.loaded.grammar !== grammar) {
      this.release(document.uri)
      return { tree: this.#open(document, grammar) }
    }
    if (live.revision === document.revision) return { tree: live.tree }
    const edit =
      document.change?.from === live.revision ? document.change : editBetween(live.tree.text, document.text)
    return this.#reparse(live, document, edit)
  }

  /** Frees what an open document holds. */
  release(uri: string): void {
    const live = this.#live.get(uri)
    if (!live) return
    this.#live.delete(uri)
    this.#side.tree._ts_tree_delete(live.nativeTree)
    this.#side.flattener.freeDocument(live.room)
  }

  #open(document: Document, grammar: Grammar): SyntaxTree {
    const side = this.#side
    const loaded = this.#loaded(grammar)
    const room = side.flattener.newDocument()
    side.write(side.flattener.reserveText(room, document.text.length), document.text)
    side.setLanguage(loaded)
    const nativeTree = side.parse(room, 0, undefined)
    const names = ['']
    const { tree } = this.#lower(loaded, room, nativeTree, document.text, names, undefined)
    const newlines = Newlines.of(document.text)
    this.#live.set(document.uri, {
      loaded,
      room,
      nativeTree,
      revision: document.revision,
      newlines,
      tree,
      names,
    })
    return tree
  }

  #reparse(live: Live, document: Document, edit: Edit): Parsed {
    const side = this.#side
    const { start, oldEnd, newEnd } = edit
    const before = live.newlines
    const inserted = document.text.slice(start, newEnd)
    const after = before.edited(edit, inserted)
    side.write(side.flattener.spliceText(live.room, start, oldEnd, inserted.length), inserted)
    side.edit(
      live.nativeTree,
      [...before.point(start), ...before.point(oldEnd), ...after.point(newEnd)],
      start,
      oldEnd,
      newEnd,
    )
    side.setLanguage(live.loaded)
    const nativeTree = side.parse(live.room, live.nativeTree, undefined)
    const parsed = this.#lower(live.loaded, live.room, nativeTree, document.text, live.names, {
      from: live.tree,
      edit,
    })
    side.tree._ts_tree_delete(live.nativeTree)
    live.nativeTree = nativeTree
    live.revision = document.revision
    live.newlines = after
    live.tree = parsed.tree
    return parsed
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
    return reuse ? { tree, kept: { from: reuse.from, origin: columns.origin } } : { tree }
  }

  #loaded(grammar: Grammar): LoadedGrammar {
    const loaded = this.#side.loaded(grammar)
    if (!loaded) throw new Error(`grammar ${grammar} was not loaded`)
    return loaded
  }

  /** `flatten` reads tree-sitter's private structures: compare it with the public cursor before trusting it. */
  #agrees(loaded: LoadedGrammar): boolean {
    const text = SAMPLE[loaded.grammar]
    const side = this.#side
    side.setLanguage(loaded)
    side.write(side.flattener.reserveText(this.#scratch, text.length), text)
    const native = side.parse(this.#scratch, 0, undefined)
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

const SAMPLE: Readonly<Record<Grammar, string>> = {
  python:
    'import os\n\n@d\nasync def f(a, b: int = 1, *c, **d):\n    """x"""\n    if a < b < 2 and not c:\n        return f"{a!r:>{b}} x"\n    for i, j in d: print(i, end="")\n    else: pass\n  oops (\n',
  javascript:
    'import a, { b as c } from "d"\nclass E extends F { #g = 1; static async *h(i = 2, ...j) { if (i) { await x?.y[`k${i}`] } else for (const l of j) l++ } }\nconst m = <N o="p">{q}</N>\nvar { r, s: [t] = u } = v; ) w\n',
  typescript:
    'import type { A } from "b"\nexport abstract class C<D extends E> implements F { private readonly g?: H[] = []; i(this: J, k = <L>m): asserts k is N { return k! as O } }\nenum P { Q = 1 }\nfunction r( {\n',
  tsx: 'const a: B<C> = (d?: E) => <F g={h as I}>{j}</F>\nnamespace K { export type L = M | N }\nif (o) { p(\n',
  rust: '#[a]\npub(crate) async fn b<C: D>(mut e: &E, _: F) -> Result<(), G> {\n    let H { i, .. } = j?;\n    match k { L(m) if m > 1 => n!("{o}"), _ => { return Err(p.q::<R>()) } }\n    for s in 0..=9 { t += u[v] as w; }\n}\nimpl X for Y { fn z( }\n',
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
