// web-tree-sitter with our `flatten` module inside its memory: the fast way from text to columns.

import { Language, Parser } from 'web-tree-sitter'
import { concreteTable, type GrammarWords } from './concrete.ts'
import { KIND_CODE, ROLE_CODE, type Role } from './kinds.ts'
import type { LanguageTable, WasmGrammar } from './language.ts'
import { tableFor } from './languages.ts'

/** Compiled WebAssembly, by file name; the host knows where it lies. */
export interface GrammarFiles {
  load(file: string): Promise<WebAssembly.Module>
}

/** web-tree-sitter's own module, as far as we use it. Its functions take and give addresses. */
interface TreeSitterModule {
  _malloc(bytes: number): number
  _free(address: number): void
  _ts_init(): number
  _ts_parser_parse_wasm(
    parser: number,
    buffer: number,
    oldTree: number,
    ranges: number,
    count: number,
  ): number
  _ts_tree_edit_wasm(tree: number): void
  _ts_tree_delete(tree: number): void
  currentProgressCallback: ((state: { currentOffset: number }) => boolean) | null
}

/** Exports of `assembly/flatten.ts`. */
interface Flattener {
  newDocument(): number
  freeDocument(document: number): void
  reserveText(document: number, units: number): number
  spliceText(document: number, start: number, oldEnd: number, inserted: number): number
  readText(document: number, buffer: number, index: number, lengthAddress: number, limit: number): void
  clearNames(document: number): void
  setStack(address: number, bytes: number): void
  flatten(
    document: number,
    tree: number,
    language: number,
    reuse: number,
    start: number,
    oldEnd: number,
    newEnd: number,
  ): number
}

/** A grammar, loaded, with its tables in WASM memory. */
export interface LoadedGrammar {
  readonly grammar: WasmGrammar
  readonly language: Language
  /** Address of the TSLanguage. */
  readonly address: number
  /** Address of the compiled tables. */
  readonly tables: number
  /** Node types by symbol. */
  readonly types: readonly string[]
  readonly words: GrammarWords
  readonly compiled: CompiledTable
}

/** The tables of a language by symbol and field numbers, shared by `flatten` and by its plain twin. */
export interface CompiledTable {
  readonly symbols: number
  readonly fields: number
  readonly kind: Uint8Array
  readonly bits: Uint16Array
  readonly refine: Uint8Array
  readonly role: Uint8Array
  readonly positional: Uint16Array
  readonly lists: Uint8Array
  readonly pairs: ReadonlyMap<number, number>
  readonly kindByRole: Uint8Array
}

export const BIT_DROP = 1
export const BIT_TRANSPARENT = 2
export const BIT_TRANSPARENT_UNDER = 4
export const BIT_ABSORBS = 8
export const BIT_INTERN = 16
export const BIT_REFINABLE = 32
export const BIT_PAIRED = 64
export const BIT_REFINES_SOME = 128
export const BIT_REFINED_BY_SOME = 256

/** web-tree-sitter hands us a buffer of 10 KiB and keeps the last unit for itself. */
const READ_LIMIT = 5119
const FIRST_STACK = 1 << 20

/** What is one for the whole process: web-tree-sitter can be started only once. */
interface Runtime {
  readonly memory: WebAssembly.Memory
  readonly tree: TreeSitterModule
  readonly flattener: Flattener
  /** The document that the running parse reads from. */
  reading: number
}

let runtime: Promise<Runtime> | undefined

export class SideModule {
  readonly memory: WebAssembly.Memory
  readonly tree: TreeSitterModule
  readonly flattener: Flattener
  readonly #runtime: Runtime
  readonly #grammars = new Map<WasmGrammar, LoadedGrammar>()
  readonly #concrete = new Map<WasmGrammar, LoadedGrammar>()
  readonly #files: GrammarFiles
  readonly #transfer: number
  #stack: number
  #stackBytes = FIRST_STACK

  private constructor(files: GrammarFiles, runtime: Runtime) {
    this.#files = files
    this.#runtime = runtime
    this.memory = runtime.memory
    this.tree = runtime.tree
    this.flattener = runtime.flattener
    this.#transfer = this.tree._ts_init()
    this.#stack = this.tree._malloc(FIRST_STACK)
    this.flattener.setStack(this.#stack, FIRST_STACK)
  }

  static async start(files: GrammarFiles): Promise<SideModule> {
    runtime ??= startRuntime(files)
    return new SideModule(files, await runtime)
  }

  /** Loads a grammar once. */
  async load(grammar: WasmGrammar): Promise<LoadedGrammar> {
    const known = this.#grammars.get(grammar)
    if (known) return known
    const module = await this.#files.load(`tree-sitter-${grammar}.wasm`)
    const again = this.#grammars.get(grammar)
    if (again) return again
    const language = Language.loadSync(module)
    const loaded = this.#install(grammar, language)
    this.#grammars.set(grammar, loaded)
    return loaded
  }

  loaded(grammar: WasmGrammar): LoadedGrammar | undefined {
    return this.#grammars.get(grammar)
  }

  /** The same grammar with the tables under which a tree is read as it is: `concrete.ts`. */
  concrete(loaded: LoadedGrammar): LoadedGrammar {
    let concrete = this.#concrete.get(loaded.grammar)
    if (!concrete) {
      const compiled = concreteTable(loaded.compiled.symbols, loaded.compiled.fields)
      concrete = { ...loaded, compiled, tables: this.#write(loaded.address, compiled) }
      this.#concrete.set(loaded.grammar, concrete)
    }
    return concrete
  }

  /** A parser for one grammar. It may stop in the middle and go on later, so two texts must not share one. */
  newParser(grammar: LoadedGrammar): Parser {
    return new Parser().setLanguage(grammar.language)
  }

  /**
   * Parses the text of `document`. Returns the address of the tree, or 0 when `stop` said so: the same call then goes on
   * where it stopped, unless the parser is reset.
   */
  parse(parser: Parser, document: number, oldTree: number, stop: (() => boolean) | undefined): number {
    this.#runtime.reading = document
    this.tree.currentProgressCallback = stop ?? null
    const [address, buffer] = addresses(parser)
    try {
      return this.tree._ts_parser_parse_wasm(address, buffer, oldTree, 0, 0)
    } finally {
      this.tree.currentProgressCallback = null
    }
  }

  /** Tells a tree about an edit. Points are rows and UTF-16 columns; offsets are UTF-16 units. */
  edit(tree: number, points: readonly number[], start: number, oldEnd: number, newEnd: number): void {
    const at = new Uint32Array(this.memory.buffer, this.#transfer, 9)
    at.set(points)
    at[6] = start
    at[7] = oldEnd
    at[8] = newEnd
    this.tree._ts_tree_edit_wasm(tree)
  }

  /** A deeper tree than ever: make the walk's stack four times larger. False when that would be absurd. */
  growStack(): boolean {
    if (this.#stackBytes >= 1 << 28) return false
    this.tree._free(this.#stack)
    this.#stackBytes *= 4
    this.#stack = this.tree._malloc(this.#stackBytes)
    this.flattener.setStack(this.#stack, this.#stackBytes)
    return true
  }

  /** Writes text into a document's room, 1:1 as UTF-16. */
  write(address: number, text: string): void {
    const units = new Uint16Array(this.memory.buffer, address, text.length)
    if (text.length > WIDE_WRITE && typeof Buffer !== 'undefined') {
      Buffer.from(this.memory.buffer, address, text.length * 2).write(text, 'utf16le')
      return
    }
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  }

  #install(grammar: WasmGrammar, language: Language): LoadedGrammar {
    const [address] = addresses(language)
    const table = tableFor(grammar)
    const symbols = language.nodeTypeCount
    const types = Array.from({ length: symbols }, (_, id) => language.nodeTypeForId(id) ?? '')
    const fields = Array.from(
      { length: language.fieldCount + 1 },
      (_, id) => language.fieldNameForId(id) ?? '',
    )
    const named = Array.from({ length: symbols }, (_, id) => language.nodeTypeIsNamed(id))
    const compiled = compile(table, types, named, fields)
    const tables = this.#write(address, compiled)
    return { grammar, language, address, tables, types, words: { types, named, fields }, compiled }
  }

  /** Lays the compiled tables and the grammar's own out as `assembly/flatten.ts` reads them. */
  #write(address: number, compiled: CompiledTable): number {
    const header = new Uint32Array(20)
    const put = (bytes: Uint8Array): number => {
      const at = this.tree._malloc(bytes.length + 8)
      new Uint8Array(this.memory.buffer, at, bytes.length).set(bytes)
      return at
    }
    const bytes = (column: Uint8Array | Uint16Array) =>
      new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
    const heap = () => new DataView(this.memory.buffer)
    const word = (offset: number) => heap().getUint32(address + offset, true)
    const symbolTotal = word(4) + word(8)
    const productions = word(28)
    const aliasWidth = heap().getUint16(address + 36, true)

    // Fields by production and child index, straight ones only: inherited ones are found inside the hidden child.
    const slices = word(64)
    const entries = word(68)
    let width = 0
    const direct: (readonly [production: number, child: number, field: number])[] = []
    if (word(32) > 0) {
      for (let production = 0; production < productions; production++) {
        const first = heap().getUint16(slices + production * 4, true)
        const count = heap().getUint16(slices + production * 4 + 2, true)
        for (let i = first; i < first + count; i++) {
          const field = heap().getUint16(entries + i * 4, true)
          const child = heap().getUint8(entries + i * 4 + 2)
          if (heap().getUint8(entries + i * 4 + 3) !== 0) continue
          direct.push([production, child, field])
          width = Math.max(width, child + 1)
        }
      }
    }
    const fieldOf = new Uint8Array(productions * width + 1)
    for (const [production, child, field] of direct) {
      const at = production * width + child
      if (fieldOf[at] === 0) fieldOf[at] = field
    }
    const visible = new Uint8Array(symbolTotal)
    for (let symbol = 0; symbol < symbolTotal; symbol++) {
      const at = word(72) + symbol * 3
      visible[symbol] = (heap().getUint8(at) ? 1 : 0) | (heap().getUint8(at + 1) ? 2 : 0)
    }
    const pairs = new Uint16Array(compiled.pairs.size * 4 + 4)
    let at = 0
    for (const [key, role] of compiled.pairs) {
      pairs.set([Math.floor(key / 65536), key % 65536, role, 0], at)
      at += 4
    }

    header[0] = symbolTotal
    header[1] = compiled.fields
    header[2] = word(76)
    header[3] = put(visible)
    header[4] = put(compiled.kind)
    header[5] = put(bytes(compiled.bits))
    header[6] = put(compiled.refine)
    header[7] = put(compiled.role)
    header[8] = put(bytes(compiled.positional))
    header[9] = put(compiled.lists)
    header[10] = put(bytes(pairs))
    header[11] = put(fieldOf)
    header[12] = width
    header[13] = word(84)
    header[14] = aliasWidth
    header[15] = put(compiled.kindByRole)
    header[16] = KIND_CODE.Name
    header[17] = KIND_CODE.Error
    header[18] = KIND_CODE.Operator
    header[19] = ROLE_CODE.operator
    return put(new Uint8Array(header.buffer))
  }
}

async function startRuntime(files: GrammarFiles): Promise<Runtime> {
  // 32 MiB to begin with: a few large files; it grows.
  const memory = new WebAssembly.Memory({ initial: 512, maximum: 32768 })
  const [core, side] = await Promise.all([files.load('web-tree-sitter.wasm'), files.load('flatten.wasm')])
  let started: Runtime | undefined
  const module: Record<string, unknown> = {
    wasmMemory: memory,
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      imports.env!.tree_sitter_parse_callback = (
        buffer: number,
        index: number,
        _row: number,
        _column: number,
        length: number,
      ) => {
        started!.flattener.readText(started!.reading, buffer, index, length, READ_LIMIT)
      }
      done(new WebAssembly.Instance(core, imports), core)
      return {}
    },
  }
  await Parser.init(module)
  const tree = module as unknown as TreeSitterModule
  const instance = new WebAssembly.Instance(side, { env: { memory, malloc: tree._malloc, free: tree._free } })
  started = { memory, tree, flattener: instance.exports as unknown as Flattener, reading: 0 }
  return started
}

/** Above this length one call into the runtime beats a loop over characters. */
const WIDE_WRITE = 64

/** web-tree-sitter keeps the addresses of its objects under the keys 0 and 1. */
function addresses(object: Parser | Language): readonly [number, number] {
  const holder = object as unknown as { readonly 0: number; readonly 1: number }
  return [holder[0], holder[1]]
}

function compile(
  table: LanguageTable,
  types: readonly string[],
  named: readonly boolean[],
  fields: readonly string[],
): CompiledTable {
  const symbols = types.length
  const kind = new Uint8Array(symbols)
  const bits = new Uint16Array(symbols)
  const refine = new Uint8Array(symbols)
  const positional = new Uint16Array(symbols)
  const lists: number[] = [0]
  const operators = new Set(table.operators)
  const keywords = new Set(table.keywords)
  for (let symbol = 0; symbol < symbols; symbol++) {
    const type = types[symbol]!
    const refined = table.refined.by[type]
    if (refined) refine[symbol] = KIND_CODE[refined]
    if (!named[symbol]) {
      if (operators.has(type)) kind[symbol] = KIND_CODE.Operator
      else if (keywords.has(type)) kind[symbol] = KIND_CODE.Keyword
      else bits[symbol]! |= BIT_DROP
      continue
    }
    const known = table.kinds[type]
    if (known) kind[symbol] = KIND_CODE[known]
    let flags = 0
    if (table.dropped.includes(type)) flags |= BIT_DROP
    if (table.transparent.includes(type)) flags |= BIT_TRANSPARENT
    if (table.transparentUnder.children.includes(type)) flags |= BIT_TRANSPARENT_UNDER
    if (table.transparentUnder.parents.includes(type)) flags |= BIT_ABSORBS
    if (table.names.includes(type)) flags |= BIT_INTERN
    if (table.refined.parents.includes(type)) flags |= BIT_REFINABLE
    for (const [key, special] of Object.entries(table.refined.by)) {
      const [parent, child] = key.split('>')
      if (child === undefined) continue
      if (type === parent) flags |= BIT_REFINED_BY_SOME
      if (type === child) {
        flags |= BIT_REFINES_SOME
        refine[symbol] = KIND_CODE[special]
      }
    }
    bits[symbol] = flags
    const list = table.positional[type]
    if (list) {
      positional[symbol] = lists.length
      lists.push(list.length, ...list.map(it => ROLE_CODE[it]))
    }
  }

  const role = new Uint8Array(symbols * fields.length)
  const pairs = new Map<number, number>()
  const symbolsOf = (type: string) =>
    types.flatMap((it, symbol) => (it === type && named[symbol] ? [symbol] : []))
  const entries = Object.entries(table.roles) as [string, Role][]
  for (const [key, name] of entries.filter(([key]) => key.startsWith('*.'))) {
    const field = fields.indexOf(key.slice(2))
    if (field > 0)
      for (let symbol = 0; symbol < symbols; symbol++) role[symbol * fields.length + field] = ROLE_CODE[name]
  }
  for (const [key, name] of entries) {
    const pair = key.indexOf('>')
    if (pair > 0) {
      for (const parent of symbolsOf(key.slice(0, pair))) {
        for (const child of symbolsOf(key.slice(pair + 1))) {
          pairs.set(parent * 65536 + child, ROLE_CODE[name])
          bits[child]! |= BIT_PAIRED
        }
      }
      continue
    }
    const dot = key.indexOf('.')
    const parentType = key.slice(0, dot)
    if (parentType === '*') continue
    const field = key.endsWith('.*') ? 0 : fields.indexOf(key.slice(dot + 1))
    if (field < 0) continue
    for (const parent of symbolsOf(parentType)) role[parent * fields.length + field] = ROLE_CODE[name]
  }

  const kindByRole = new Uint8Array(256)
  // The key of a Python dictionary is an expression like any other.
  const naming: readonly Role[] =
    table.grammar === 'python' ? ['property', 'label'] : ['property', 'label', 'key']
  for (const it of naming) kindByRole[ROLE_CODE[it]] = KIND_CODE.PropertyName
  return {
    symbols,
    fields: fields.length,
    kind,
    bits,
    refine,
    role,
    positional,
    lists: Uint8Array.from(lists),
    pairs,
    kindByRole,
  }
}
