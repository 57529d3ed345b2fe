// Functions that are copies of each other but for one place: of which somebody changed one, and perhaps forgot the other.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { type CopyDifference, correctionBetween } from './copy-differences.ts'
import type { At } from './routes.ts'
import type { BodyRow } from './rows/bodies.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

/** Two functions that say the same from their heads on, and up to their ends, but for what stands between. */
export interface Copy {
  readonly one: CopySide
  readonly other: CopySide
  readonly difference: CopyDifference
  /** How many functions say exactly what each side says. */
  readonly counts: readonly [one: number, other: number]
}

export interface CopySide {
  readonly file: string
  readonly name: string
  readonly owner: string
  /** The whole function. */
  readonly at: At
  /** The statement that differs, up to its blocks; where the other side has one more, the one before which that would stand. */
  readonly place: At
}

/** More that differs, and it is no slip. */
const MOST_STATEMENTS = 3
/** The first and the last statements are looked up: with one difference of that size in between, one of both is the same. */
const KEY_STATEMENTS = 2
const LEAST_STATEMENTS = 2 * KEY_STATEMENTS + MOST_STATEMENTS
/** More functions that begin alike are a pattern of the project, not copies. */
const MOST_ALIKE = 40

export function divergedCopiesOf(facts: WorkspaceFacts, memory: CopyMemory): Copy[] {
  const groups = groupsOf(facts, memory)
  const buckets = new Map<string, Group[]>()
  for (const group of groups)
    for (const key of [group.body.beginning, group.body.ending]) {
      const known = buckets.get(key)
      if (known) known.push(group)
      else buckets.set(key, [group])
    }
  const seen = new Set<string>()
  const copies: Copy[] = []
  for (const alike of buckets.values()) {
    if (alike.length < 2 || alike.length > MOST_ALIKE) continue
    for (const [i, one] of alike.entries())
      for (const other of alike.slice(i + 1)) {
        const key = `${one.index} ${other.index}`
        if (seen.has(key)) continue
        seen.add(key)
        const copy = copyOf(facts, one, other)
        if (copy) copies.push(copy)
      }
  }
  return copies
}

/** What was made of a function, for as long as its row and the statements of its file are the same. */
export class CopyMemory {
  readonly #bodies = new WeakMap<BodyRow, { readonly of: readonly string[]; readonly body: Body }>()

  body(row: BodyRow, statements: readonly string[]): Body {
    const known = this.#bodies.get(row)
    if (known?.of === statements) return known.body
    const body = bodyOf(row, statements.slice(row.first, row.first + row.count))
    this.#bodies.set(row, { of: statements, body })
    return body
  }
}

interface Body {
  readonly row: BodyRow
  readonly statements: readonly string[]
  readonly whole: string
  readonly beginning: string
  readonly ending: string
}

/** Functions that say the same. */
interface Group {
  readonly index: number
  readonly body: Body
  readonly members: { readonly file: string; readonly row: number }[]
}

function bodyOf(row: BodyRow, statements: readonly string[]): Body {
  const head = `${FAMILY[row.language]} ${row.head}`
  return {
    row,
    statements,
    whole: [head, ...statements].join('\n'),
    beginning: ['^', head, ...statements.slice(0, KEY_STATEMENTS)].join('\n'),
    ending: ['$', head, ...statements.slice(-KEY_STATEMENTS)].join('\n'),
  }
}

/** TypeScript's code may be JavaScript's, and a copy of it. */
const FAMILY: Readonly<Record<CodeLanguage, string>> = {
  python: 'python',
  rust: 'rust',
  javascript: 'script',
  typescript: 'script',
}

function groupsOf(facts: WorkspaceFacts, memory: CopyMemory): Iterable<Group> {
  const groups = new Map<string, Group>()
  const statements = new Map(facts.rows('statement').map(({ path, rows }) => [path, rows]))
  for (const { path: file, rows } of facts.rows('body'))
    for (const [row, it] of rows.entries()) {
      if (it.count < LEAST_STATEMENTS) continue
      const body = memory.body(it, statements.get(file)!)
      const known = groups.get(body.whole)
      if (known) known.members.push({ file, row })
      else groups.set(body.whole, { index: groups.size, body, members: [{ file, row }] })
    }
  return groups.values()
}

function copyOf(facts: WorkspaceFacts, one: Group, other: Group): Copy | undefined {
  const [a, b] = [one.body, other.body]
  if (a.row.head !== b.row.head) return undefined
  const [x, y] = [a.statements, b.statements]
  if (Math.abs(x.length - y.length) > MOST_STATEMENTS) return undefined
  const least = Math.min(x.length, y.length)
  let from = 0
  while (from < least && x[from] === y[from]) from++
  let behind = 0
  while (behind < least - from && x[x.length - 1 - behind] === y[y.length - 1 - behind]) behind++
  if (Math.max(x.length, y.length) - from - behind > MOST_STATEMENTS) return undefined
  const [mine, theirs] = [x.slice(from, x.length - behind), y.slice(from, y.length - behind)]
  const difference = correctionBetween(mine, theirs)
  if (!difference) return undefined
  const side = ({ body, members: [first] }: Group): CopySide => {
    const { row } = body
    const at = placeIn(facts, first!.file, 'body', first!.row)
    return {
      file: first!.file,
      name: row.name,
      owner: row.owner,
      at,
      place: placeIn(facts, first!.file, 'statement', row.first + from),
    }
  }
  return {
    difference,
    one: side(one),
    other: side(other),
    counts: [one.members.length, other.members.length],
  }
}
