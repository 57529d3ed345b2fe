// Flattens a tree-sitter tree into the columns of a `SyntaxTree`, inside the memory of web-tree-sitter itself.
//
// AssemblyScript, not TypeScript: the offsets below are the private layout of web-tree-sitter 0.27.1 on wasm32
// (`lib/src/subtree.h`, `lib/src/parser.h` of tree-sitter). `side-module.ts` checks the result against the public
// TreeCursor before it is trusted, and falls back to that cursor when they differ.

// @ts-nocheck

@external("env", "malloc") declare function malloc(bytes: usize): usize
@external("env", "free") declare function free(address: usize): void

// ---- Document: the text, two sets of columns (current and spare) and the names of one file ---------------------
const DOC_TEXT: usize = 0
const DOC_LENGTH: usize = 4 // UTF-16 units
const DOC_CAPACITY: usize = 8
const DOC_CURRENT: usize = 12
const DOC_SPARE: usize = 16
const DOC_NAMES: usize = 20 // hash table: hash, id
const DOC_NAMES_CAPACITY: usize = 24 // entries, a power of two
const DOC_NAMES_COUNT: usize = 28
const DOC_NAME_PLACES: usize = 32 // id → offset, length in the arena
const DOC_ARENA: usize = 36 // UTF-16 units of every name
const DOC_ARENA_LENGTH: usize = 40
const DOC_ARENA_CAPACITY: usize = 44
const DOC_SIZE: usize = 48

// ---- Columns ------------------------------------------------------------------------------------------------
const COL_ROWS: usize = 0
const COL_CAPACITY: usize = 4
const COL_BLOCK: usize = 8
const COL_START: usize = 12
const COL_END: usize = 16
const COL_AFTER: usize = 20
const COL_PARENT: usize = 24
const COL_NAME: usize = 28
const COL_NODE: usize = 32 // address of the subtree, 0 for a leaf: equal addresses mean an equal subtree
const COL_ORIGIN: usize = 36 // the row of the previous tree with the same content, or -1
const COL_SYMBOL: usize = 40
const COL_KIND: usize = 44
const COL_ROLE: usize = 48
const COL_FLAGS: usize = 52
const COL_SIZE: usize = 56
const BYTES_PER_ROW: usize = 7 * 4 + 2 + 3

// ---- Language: the tables that `side-module.ts` compiles from a `Language` ------------------------------------
const LANG_SYMBOLS: usize = 0 // count
const LANG_FIELDS: usize = 4 // count, field 0 included
const LANG_PUBLIC: usize = 8 // u16 by symbol
const LANG_VISIBLE: usize = 12 // u8 by symbol: 1 visible, 2 named (used for aliases)
const LANG_KIND: usize = 16 // u8 by symbol
const LANG_BITS: usize = 20 // u16 by symbol
const LANG_REFINE: usize = 24 // u8 by symbol: the kind that this child gives to a refinable parent
const LANG_ROLE: usize = 28 // u8 by parent symbol × field
const LANG_POSITIONAL: usize = 32 // u16 by symbol: offset of its list in LANG_LISTS, 0 for none
const LANG_LISTS: usize = 36 // u8: length, roles…
const LANG_PAIRS: usize = 40 // u16 parent, u16 child, u16 role, u16 0, …, ended by parent 0
const LANG_FIELD_OF: usize = 44 // u8 by production × child index
const LANG_FIELD_WIDTH: usize = 48
const LANG_ALIASES: usize = 52 // u16 by production × child index
const LANG_ALIAS_WIDTH: usize = 56
const LANG_KIND_BY_ROLE: usize = 60 // u8 by role: the kind that a Name takes in this role, or 0
const LANG_NAME_KIND: usize = 64
const LANG_ERROR_KIND: usize = 68
const LANG_OPERATOR_KIND: usize = 72
const LANG_OPERATOR_ROLE: usize = 76

const BIT_DROP: u32 = 1
const BIT_TRANSPARENT: u32 = 2
const BIT_TRANSPARENT_UNDER: u32 = 4 // transparent when the parent has BIT_ABSORBS
const BIT_ABSORBS: u32 = 8
const BIT_INTERN: u32 = 16
const BIT_REFINABLE: u32 = 32
const BIT_PAIRED: u32 = 64
const BIT_REFINES_SOME: u32 = 128 // refines only a parent that has BIT_REFINED_BY_SOME
const BIT_REFINED_BY_SOME: u32 = 256

const FLAG_ERROR: u32 = 1
const FLAG_MISSING: u32 = 2
const FLAG_NAMED: u32 = 4
const FLAG_EXTRA: u32 = 8

const ERROR_SYMBOL: u32 = 0xffff

// ---- Subtree, private to tree-sitter ---------------------------------------------------------------------------
const HEAP_PADDING: usize = 4
const HEAP_SIZE: usize = 16
const HEAP_ERROR_COST: usize = 32
const HEAP_CHILD_COUNT: usize = 36
const HEAP_SYMBOL: usize = 40
const HEAP_BITS: usize = 44
const HEAP_VISIBLE_DESCENDANTS: usize = 56
const HEAP_PRODUCTION: usize = 66

// ---- Frames of the walk ----------------------------------------------------------------------------------------
const FRAME_CHILD: usize = 0
const FRAME_LEFT: usize = 4
const FRAME_INDEX: usize = 8
const FRAME_PRODUCTION: usize = 12
const FRAME_POSITION: usize = 16
const FRAME_PARENT: usize = 20
const FRAME_ROLE: usize = 24
const FRAME_FIELD: usize = 28
const FRAME_SYMBOL: usize = 32
const FRAME_COUNTER: usize = 36 // address of the frame that counts the named children of the visible parent
const FRAME_COUNT: usize = 40
const FRAME_ROW: usize = 44 // the row that this frame closes, or -1
const FRAME_SIZE: usize = 48

let stack: usize = 0
let stackEnd: usize = 0

export function newDocument(): usize {
  const doc = malloc(DOC_SIZE)
  memory.fill(doc, 0, DOC_SIZE)
  store<usize>(doc + DOC_CURRENT, newColumns())
  store<usize>(doc + DOC_SPARE, newColumns())
  return doc
}

export function freeDocument(doc: usize): void {
  freeColumns(load<usize>(doc + DOC_CURRENT))
  freeColumns(load<usize>(doc + DOC_SPARE))
  release(load<usize>(doc + DOC_TEXT))
  release(load<usize>(doc + DOC_NAMES))
  release(load<usize>(doc + DOC_NAME_PLACES))
  release(load<usize>(doc + DOC_ARENA))
  free(doc)
}

/** Makes room for `units` of text and returns the address to write them to. Keeps what was there. */
export function reserveText(doc: usize, units: u32): usize {
  const capacity = load<u32>(doc + DOC_CAPACITY)
  let text = load<usize>(doc + DOC_TEXT)
  if (units > capacity || text == 0) {
    const roomy = units + (units >> 3) + 1024
    const grown = malloc((<usize>roomy) << 1)
    memory.copy(grown, text, (<usize>load<u32>(doc + DOC_LENGTH)) << 1)
    release(text)
    text = grown
    store<usize>(doc + DOC_TEXT, text)
    store<u32>(doc + DOC_CAPACITY, roomy)
  }
  store<u32>(doc + DOC_LENGTH, units)
  return text
}

/** Replaces `start..oldEnd` by room for `inserted` units and returns the address of that room. */
export function spliceText(doc: usize, start: u32, oldEnd: u32, inserted: u32): usize {
  const length = load<u32>(doc + DOC_LENGTH)
  const text = reserveText(doc, length - (oldEnd - start) + inserted)
  memory.copy(text + ((start + inserted) << 1), text + (oldEnd << 1), (length - oldEnd) << 1)
  return text + (start << 1)
}

/** What tree-sitter asks for while it parses: as many units from `index` as fit into its buffer. */
export function readText(doc: usize, buffer: usize, index: u32, lengthAddress: usize, limit: u32): void {
  const length = load<u32>(doc + DOC_LENGTH)
  let count: u32 = index < length ? length - index : 0
  if (count > limit) count = limit
  memory.copy(buffer, load<usize>(doc + DOC_TEXT) + (index << 1), count << 1)
  store<u32>(lengthAddress, count)
}

/** Forgets every name, before a tree is read from scratch. */
export function clearNames(doc: usize): void {
  store<u32>(doc + DOC_NAMES_COUNT, 0)
  store<u32>(doc + DOC_ARENA_LENGTH, 0)
  const names = load<usize>(doc + DOC_NAMES)
  if (names) memory.fill(names, 0, load<u32>(doc + DOC_NAMES_CAPACITY) << 3)
}

export function setStack(address: usize, bytes: usize): void {
  stack = address
  stackEnd = address + bytes
}

/**
 * Writes the columns of `tree` into the spare set and makes it the current one.
 *
 * With `reuse`, subtrees that the edit `start..oldEnd → start..newEnd` kept are copied from the current set.
 * Returns the number of rows, -1 when the tree is nested deeper than the stack allows, or -2 when it holds more nodes
 * than it says.
 */
export function flatten(
  doc: usize, tree: usize, lang: usize, reuse: u32, editStart: u32, editOldEnd: u32, editNewEnd: u32,
): i32 {
  const root = tree // a TSTree begins with its root Subtree
  const old = load<usize>(doc + DOC_CURRENT)
  const out = load<usize>(doc + DOC_SPARE)
  const rootNode = load<usize>(root)
  const inlineRoot = (rootNode & 1) != 0
  const expected = (inlineRoot ? 0 : visibleDescendants(rootNode)) + 2
  reserveColumns(out, expected)
  const capacity = load<u32>(out + COL_CAPACITY)

  const start = load<usize>(out + COL_START)
  const end = load<usize>(out + COL_END)
  const after = load<usize>(out + COL_AFTER)
  const parent = load<usize>(out + COL_PARENT)
  const name = load<usize>(out + COL_NAME)
  const node = load<usize>(out + COL_NODE)
  const origin = load<usize>(out + COL_ORIGIN)
  const symbols = load<usize>(out + COL_SYMBOL)
  const kind = load<usize>(out + COL_KIND)
  const role = load<usize>(out + COL_ROLE)
  const flags = load<usize>(out + COL_FLAGS)

  const oldRows = reuse ? load<u32>(old + COL_ROWS) : 0
  const oldStart = load<usize>(old + COL_START)
  const oldEnd = load<usize>(old + COL_END)
  const oldAfter = load<usize>(old + COL_AFTER)
  const oldName = load<usize>(old + COL_NAME)
  const oldNode = load<usize>(old + COL_NODE)
  const oldSymbol = load<usize>(old + COL_SYMBOL)
  const oldKind = load<usize>(old + COL_KIND)
  const oldRole = load<usize>(old + COL_ROLE)
  const oldFlags = load<usize>(old + COL_FLAGS)
  const shift: i32 = editNewEnd - editOldEnd
  let cursor: u32 = 0 // in the old rows, never moves back

  const publicOf = load<usize>(lang + LANG_PUBLIC)
  const visibleOf = load<usize>(lang + LANG_VISIBLE)
  const kindOf = load<usize>(lang + LANG_KIND)
  const bitsOf = load<usize>(lang + LANG_BITS)
  const refineOf = load<usize>(lang + LANG_REFINE)
  const roleOf = load<usize>(lang + LANG_ROLE)
  const positionalOf = load<usize>(lang + LANG_POSITIONAL)
  const lists = load<usize>(lang + LANG_LISTS)
  const fields = load<u32>(lang + LANG_FIELDS)
  const fieldOf = load<usize>(lang + LANG_FIELD_OF)
  const fieldWidth = load<u32>(lang + LANG_FIELD_WIDTH)
  const aliases = load<usize>(lang + LANG_ALIASES)
  const aliasWidth = load<u32>(lang + LANG_ALIAS_WIDTH)
  const kindByRole = load<usize>(lang + LANG_KIND_BY_ROLE)
  const nameKind = load<u32>(lang + LANG_NAME_KIND)
  const errorKind = load<u32>(lang + LANG_ERROR_KIND)
  const operatorKind = load<u32>(lang + LANG_OPERATOR_KIND)
  const operatorRole = load<u32>(lang + LANG_OPERATOR_ROLE)

  let rows: u32 = 0
  let top = stack
  // A frame that holds the root as its only child.
  store<usize>(top + FRAME_CHILD, root)
  store<u32>(top + FRAME_LEFT, 1)
  store<u32>(top + FRAME_INDEX, 0)
  store<u32>(top + FRAME_PRODUCTION, 0)
  store<u32>(top + FRAME_POSITION, 0)
  store<u32>(top + FRAME_PARENT, 0)
  store<u32>(top + FRAME_ROLE, 0)
  store<u32>(top + FRAME_FIELD, 0)
  store<u32>(top + FRAME_SYMBOL, 0)
  store<usize>(top + FRAME_COUNTER, top)
  store<u32>(top + FRAME_COUNT, 0)
  store<u32>(top + FRAME_ROW, 0xffffffff)

  while (true) {
    const left = load<u32>(top + FRAME_LEFT)
    if (left == 0) {
      const row = load<u32>(top + FRAME_ROW)
      if (row != 0xffffffff) store<u32>(after + (row << 2), rows)
      if (top == stack) break
      top -= FRAME_SIZE
      continue
    }
    const child = load<usize>(top + FRAME_CHILD)
    store<usize>(top + FRAME_CHILD, child + 8)
    store<u32>(top + FRAME_LEFT, left - 1)
    const production = load<u32>(top + FRAME_PRODUCTION)
    const structural = load<u32>(top + FRAME_INDEX)

    // ---- What the subtree is.
    const address = load<usize>(child)
    const isInline = (address & 1) != 0
    let own: u32, bits: u32, paddingBytes: u32, sizeBytes: u32, childCount: u32
    let flag: u32 = 0
    if (isInline) {
      const low = <u32>address
      own = (low >> 8) & 0xff
      bits = low & 0xff // bit 1 visible, 2 named, 3 extra, 5 missing
      const high = load<u32>(child + 4)
      paddingBytes = (high >> 16) & 0xff
      sizeBytes = high >>> 24
      childCount = 0
      if (bits & 0x20) flag = FLAG_MISSING | FLAG_ERROR
    } else {
      own = <u32>load<u16>(address + HEAP_SYMBOL)
      const word = <u32>load<u16>(address + HEAP_BITS) // 0 visible, 1 named, 2 extra, 9 missing
      bits = (word & 7) << 1
      paddingBytes = load<u32>(address + HEAP_PADDING)
      sizeBytes = load<u32>(address + HEAP_SIZE)
      childCount = load<u32>(address + HEAP_CHILD_COUNT)
      if (word & 0x200) flag = FLAG_MISSING | FLAG_ERROR
      else if (load<u32>(address + HEAP_ERROR_COST) || own == ERROR_SYMBOL) flag = FLAG_ERROR
    }
    const extra = (bits & 8) != 0
    let visible = (bits & 2) != 0
    let named = (bits & 4) != 0
    let alias: u32 = 0
    let field: u32 = 0
    if (!extra) {
      store<u32>(top + FRAME_INDEX, structural + 1)
      if (production) {
        if (structural < aliasWidth) alias = load<u16>(aliases + ((production * aliasWidth + structural) << 1))
        if (structural < fieldWidth) field = load<u8>(fieldOf + production * fieldWidth + structural)
      }
      if (field == 0) field = load<u32>(top + FRAME_FIELD)
      if (alias) {
        const seen = load<u8>(visibleOf + alias)
        visible = (seen & 1) != 0
        named = (seen & 2) != 0
      }
    }
    const position = load<u32>(top + FRAME_POSITION)
    const from = position + paddingBytes
    store<u32>(top + FRAME_POSITION, from + sizeBytes)

    if (!visible) {
      if (childCount == 0) continue
      if (top + 2 * FRAME_SIZE > stackEnd) return -1
      const next = top + FRAME_SIZE
      pushFrame(next, address, childCount, from, load<u32>(top + FRAME_PARENT), extra ? 0 : load<u32>(top + FRAME_ROLE),
        extra ? 0 : field, load<u32>(top + FRAME_SYMBOL), load<usize>(top + FRAME_COUNTER), 0xffffffff)
      top = next
      continue
    }

    // ---- What the node is called.
    const internal = alias ? alias : own
    const isError = internal == ERROR_SYMBOL
    const symbol: u32 = isError ? ERROR_SYMBOL : <u32>load<u16>(publicOf + (internal << 1))
    const what: u32 = isError ? 0 : <u32>load<u16>(bitsOf + (symbol << 1))
    const parentSymbol = load<u32>(top + FRAME_SYMBOL)
    const parentBits: u32 = parentSymbol == ERROR_SYMBOL ? 0 : <u32>load<u16>(bitsOf + (parentSymbol << 1))
    const parentRow = load<u32>(top + FRAME_PARENT)

    let nodeRole: u32 = 0
    if (!extra && rows > 0) {
      nodeRole = load<u32>(top + FRAME_ROLE)
      if (nodeRole == 0 && parentSymbol != ERROR_SYMBOL) {
        if (what & BIT_PAIRED) nodeRole = pairRole(lang, parentSymbol, symbol)
        if (nodeRole == 0 && (field || named)) nodeRole = load<u8>(roleOf + parentSymbol * fields + field)
        if (nodeRole == 0 && named && (what & BIT_DROP) == 0) {
          const list = <u32>load<u16>(positionalOf + (parentSymbol << 1))
          if (list) {
            const counter = load<usize>(top + FRAME_COUNTER)
            const count = load<u32>(counter + FRAME_COUNT)
            store<u32>(counter + FRAME_COUNT, count + 1)
            const length = <u32>load<u8>(lists + list)
            nodeRole = load<u8>(lists + list + 1 + (count < length ? count : length - 1))
          }
        }
      }
    }

    // ---- A child may say more exactly what its parent is: `a && b` is Logical, `a + b` is Binary.
    if ((parentBits & BIT_REFINABLE) && rows > 0) {
      const refined = isError ? 0 : <u32>load<u8>(refineOf + symbol)
      const fits = (what & BIT_REFINES_SOME) == 0 || (parentBits & BIT_REFINED_BY_SOME) != 0
      if (refined && fits) store<u8>(kind + parentRow, <u8>refined)
    }
    if (what & BIT_DROP) continue

    const transparent = childCount > 0 && rows > 0 &&
      ((what & BIT_TRANSPARENT) != 0 || ((what & BIT_TRANSPARENT_UNDER) != 0 && (parentBits & BIT_ABSORBS) != 0))
    if (transparent) {
      if (top + 2 * FRAME_SIZE > stackEnd) return -1
      const next = top + FRAME_SIZE
      pushFrame(next, address, childCount, from, parentRow, nodeRole, 0, symbol, next, 0xffffffff)
      top = next
      continue
    }

    // ---- A new row.
    let nodeKind: u32 = isError ? errorKind : <u32>load<u8>(kindOf + symbol)
    if (nodeKind == nameKind) {
      const special = <u32>load<u8>(kindByRole + nodeRole)
      if (special) nodeKind = special
    } else if (nodeKind == operatorKind && nodeRole == 0) nodeRole = operatorRole
    if (named) flag |= FLAG_NAMED
    if (extra) flag |= FLAG_EXTRA
    if (rows >= capacity) return -2
    const row = rows++
    const unitStart = from >> 1
    const unitEnd = (from + sizeBytes) >> 1
    store<u32>(start + (row << 2), unitStart)
    store<u32>(end + (row << 2), unitEnd)
    store<u32>(parent + (row << 2), parentRow)
    store<u16>(symbols + (row << 1), <u16>symbol)
    store<u8>(kind + row, <u8>nodeKind)
    store<u8>(role + row, <u8>nodeRole)
    store<u8>(flags + row, <u8>flag)
    store<u32>(node + (row << 2), childCount ? <u32>address : 0)

    // ---- Where it was before the edit, when nothing in it changed.
    let same: u32 = 0xffffffff
    if (oldRows && (unitEnd <= editStart || unitStart >= editNewEnd)) {
      const was: u32 = unitStart >= editNewEnd ? unitStart - shift : unitStart
      while (cursor < oldRows && load<u32>(oldStart + (cursor << 2)) < was) cursor++
      let candidate = cursor
      while (candidate < oldRows && load<u32>(oldStart + (candidate << 2)) == was) {
        if (
          load<u16>(oldSymbol + (candidate << 1)) == <u16>symbol && load<u8>(oldRole + candidate) == <u8>nodeRole &&
          load<u8>(oldFlags + candidate) == <u8>flag &&
          (childCount
            ? load<u32>(oldNode + (candidate << 2)) == <u32>address
            : load<u32>(oldNode + (candidate << 2)) == 0 &&
              load<u32>(oldEnd + (candidate << 2)) - was == unitEnd - unitStart)
        ) {
          same = candidate
          break
        }
        candidate++
      }
    }
    store<u32>(origin + (row << 2), same)

    if (same != 0xffffffff) {
      store<u32>(name + (row << 2), load<u32>(oldName + (same << 2)))
      store<u8>(kind + row, load<u8>(oldKind + same))
      const length = load<u32>(oldAfter + (same << 2)) - same
      if (length > 1) {
        copyRows(out, old, row + 1, same + 1, length - 1, <i32>(unitStart - load<u32>(oldStart + (same << 2))))
        rows += length - 1
      }
      store<u32>(after + (row << 2), rows)
      cursor = same + length
      continue
    }

    store<u32>(name + (row << 2), what & BIT_INTERN ? intern(doc, unitStart, unitEnd - unitStart) : 0)
    if (childCount == 0) {
      store<u32>(after + (row << 2), rows)
      continue
    }
    if (top + 2 * FRAME_SIZE > stackEnd) return -1
    const next = top + FRAME_SIZE
    pushFrame(next, address, childCount, from, row, 0, 0, symbol, next, row)
    top = next
  }

  store<u32>(out + COL_ROWS, rows)
  store<usize>(doc + DOC_CURRENT, out)
  store<usize>(doc + DOC_SPARE, old)
  return rows
}

/** The first child starts where its parent does, so its own padding must not be counted twice. */
@inline
function pushFrame(
  frame: usize, address: usize, childCount: u32, from: u32, parentRow: u32, role: u32, field: u32, symbol: u32,
  counter: usize, row: u32,
): void {
  const children = address - (<usize>childCount << 3)
  const first = load<usize>(children)
  const padding: u32 = first & 1 ? (load<u32>(children + 4) >> 16) & 0xff : load<u32>(first + HEAP_PADDING)
  store<usize>(frame + FRAME_CHILD, children)
  store<u32>(frame + FRAME_LEFT, childCount)
  store<u32>(frame + FRAME_INDEX, 0)
  store<u32>(frame + FRAME_PRODUCTION, <u32>load<u16>(address + HEAP_PRODUCTION))
  store<u32>(frame + FRAME_POSITION, from - padding)
  store<u32>(frame + FRAME_PARENT, parentRow)
  store<u32>(frame + FRAME_ROLE, role)
  store<u32>(frame + FRAME_FIELD, field)
  store<u32>(frame + FRAME_SYMBOL, symbol)
  store<usize>(frame + FRAME_COUNTER, counter)
  store<u32>(frame + FRAME_COUNT, 0)
  store<u32>(frame + FRAME_ROW, row)
}

function pairRole(lang: usize, parent: u32, child: u32): u32 {
  let pair = load<usize>(lang + LANG_PAIRS)
  while (true) {
    const candidate = <u32>load<u16>(pair)
    if (candidate == 0) return 0
    if (candidate == parent && <u32>load<u16>(pair + 2) == child) return <u32>load<u16>(pair + 4)
    pair += 8
  }
}

function copyRows(out: usize, old: usize, to: u32, from: u32, count: u32, shift: i32): void {
  copyShifted(load<usize>(out + COL_START), load<usize>(old + COL_START), to, from, count, shift)
  copyShifted(load<usize>(out + COL_END), load<usize>(old + COL_END), to, from, count, shift)
  copyShifted(load<usize>(out + COL_AFTER), load<usize>(old + COL_AFTER), to, from, count, <i32>(to - from))
  copyShifted(load<usize>(out + COL_PARENT), load<usize>(old + COL_PARENT), to, from, count, <i32>(to - from))
  memory.copy(load<usize>(out + COL_NAME) + (to << 2), load<usize>(old + COL_NAME) + (from << 2), count << 2)
  memory.copy(load<usize>(out + COL_NODE) + (to << 2), load<usize>(old + COL_NODE) + (from << 2), count << 2)
  memory.copy(load<usize>(out + COL_SYMBOL) + (to << 1), load<usize>(old + COL_SYMBOL) + (from << 1), count << 1)
  memory.copy(load<usize>(out + COL_KIND) + to, load<usize>(old + COL_KIND) + from, count)
  memory.copy(load<usize>(out + COL_ROLE) + to, load<usize>(old + COL_ROLE) + from, count)
  memory.copy(load<usize>(out + COL_FLAGS) + to, load<usize>(old + COL_FLAGS) + from, count)
  let origin = load<usize>(out + COL_ORIGIN) + (to << 2)
  for (let row = from; row < from + count; row++) {
    store<u32>(origin, row)
    origin += 4
  }
}

function copyShifted(out: usize, old: usize, to: u32, from: u32, count: u32, shift: i32): void {
  if (shift == 0) {
    memory.copy(out + (to << 2), old + (from << 2), count << 2)
    return
  }
  let target = out + (to << 2)
  let source = old + (from << 2)
  const last = source + (count << 2)
  while (source < last) {
    store<i32>(target, load<i32>(source) + shift)
    target += 4
    source += 4
  }
}

/** The number of the text `start..start+length` among the names of this document, from 1. */
function intern(doc: usize, start: u32, length: u32): u32 {
  let count = load<u32>(doc + DOC_NAMES_COUNT)
  let capacity = load<u32>(doc + DOC_NAMES_CAPACITY)
  if ((count + 1) * 2 > capacity) {
    growNames(doc)
    capacity = load<u32>(doc + DOC_NAMES_CAPACITY)
  }
  const text = load<usize>(doc + DOC_TEXT) + (start << 1)
  let hash: u32 = 0x811c9dc5
  for (let i: u32 = 0; i < length; i++) hash = (hash ^ <u32>load<u16>(text + (i << 1))) * 0x01000193
  hash ^= hash >>> 15
  const table = load<usize>(doc + DOC_NAMES)
  const places = load<usize>(doc + DOC_NAME_PLACES)
  const arena = load<usize>(doc + DOC_ARENA)
  let slot = hash & (capacity - 1)
  while (true) {
    const id = load<u32>(table + (slot << 3) + 4)
    if (id == 0) break
    if (load<u32>(table + (slot << 3)) == hash) {
      const place = places + (id << 3)
      if (load<u32>(place + 4) == length && sameUnits(arena + (load<u32>(place) << 1), text, length)) return id
    }
    slot = (slot + 1) & (capacity - 1)
  }
  count++
  const used = load<u32>(doc + DOC_ARENA_LENGTH)
  reserveArena(doc, used + length)
  memory.copy(load<usize>(doc + DOC_ARENA) + (used << 1), text, length << 1)
  store<u32>(doc + DOC_ARENA_LENGTH, used + length)
  store<u32>(table + (slot << 3), hash)
  store<u32>(table + (slot << 3) + 4, count)
  store<u32>(places + (count << 3), used)
  store<u32>(places + (count << 3) + 4, length)
  store<u32>(doc + DOC_NAMES_COUNT, count)
  return count
}

@inline
function sameUnits(a: usize, b: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if (load<u16>(a + (i << 1)) != load<u16>(b + (i << 1))) return false
  return true
}

function growNames(doc: usize): void {
  const oldCapacity = load<u32>(doc + DOC_NAMES_CAPACITY)
  const oldTable = load<usize>(doc + DOC_NAMES)
  const oldPlaces = load<usize>(doc + DOC_NAME_PLACES)
  const capacity: u32 = oldCapacity ? oldCapacity * 2 : 1024
  const table = malloc(capacity << 3)
  const places = malloc((capacity >> 1) * 8 + 16)
  memory.fill(table, 0, capacity << 3)
  for (let i: u32 = 0; i < oldCapacity; i++) {
    const id = load<u32>(oldTable + (i << 3) + 4)
    if (id == 0) continue
    const hash = load<u32>(oldTable + (i << 3))
    let slot = hash & (capacity - 1)
    while (load<u32>(table + (slot << 3) + 4)) slot = (slot + 1) & (capacity - 1)
    store<u32>(table + (slot << 3), hash)
    store<u32>(table + (slot << 3) + 4, id)
  }
  if (oldPlaces) memory.copy(places, oldPlaces, (load<u32>(doc + DOC_NAMES_COUNT) + 1) << 3)
  release(oldTable)
  release(oldPlaces)
  store<usize>(doc + DOC_NAMES, table)
  store<usize>(doc + DOC_NAME_PLACES, places)
  store<u32>(doc + DOC_NAMES_CAPACITY, capacity)
}

function reserveArena(doc: usize, units: u32): void {
  const capacity = load<u32>(doc + DOC_ARENA_CAPACITY)
  if (units <= capacity) return
  const roomy = units * 2 + 8192
  const grown = malloc((<usize>roomy) << 1)
  const arena = load<usize>(doc + DOC_ARENA)
  if (arena) memory.copy(grown, arena, load<u32>(doc + DOC_ARENA_LENGTH) << 1)
  release(arena)
  store<usize>(doc + DOC_ARENA, grown)
  store<u32>(doc + DOC_ARENA_CAPACITY, roomy)
}

@inline
function visibleDescendants(node: usize): u32 {
  return load<u32>(node + HEAP_CHILD_COUNT) ? load<u32>(node + HEAP_VISIBLE_DESCENDANTS) : 0
}

function newColumns(): usize {
  const columns = malloc(COL_SIZE)
  memory.fill(columns, 0, COL_SIZE)
  return columns
}

function reserveColumns(columns: usize, rows: u32): void {
  if (rows <= load<u32>(columns + COL_CAPACITY) && load<usize>(columns + COL_BLOCK)) return
  const capacity = (rows + (rows >> 3) + 67) & ~3
  release(load<usize>(columns + COL_BLOCK))
  let block = malloc(<usize>capacity * BYTES_PER_ROW + 64)
  store<u32>(columns + COL_CAPACITY, capacity)
  store<usize>(columns + COL_BLOCK, block)
  for (let column = COL_START; column <= COL_ORIGIN; column += 4) {
    store<usize>(columns + column, block)
    block += capacity << 2
  }
  store<usize>(columns + COL_SYMBOL, block)
  block += capacity << 1
  for (let column = COL_KIND; column <= COL_FLAGS; column += 4) {
    store<usize>(columns + column, block)
    block += capacity
  }
}

function freeColumns(columns: usize): void {
  release(load<usize>(columns + COL_BLOCK))
  free(columns)
}

@inline
function release(address: usize): void {
  if (address) free(address)
}
