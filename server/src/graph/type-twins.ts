// Types that describe the same data on both sides of a border: what a caller says that it gets or sends, and what the handler of
// the route that answers it says. They are tied by a call, and by a name or by most of their fields.

import type { Link } from './links.ts'
import type { At } from './routes.ts'
import type { ResolvedField, Shapes, TypeIn } from './shapes.ts'
import { type Cell, Mapped, type Tracker } from './tracked.ts'

/** Two types of one value. */
export interface Pair {
  readonly link: Link
  readonly direction: 'answer' | 'body'
  /** What the caller says. */
  readonly here: TypeIn
  /** What the handler says. */
  readonly there: TypeIn
}

export interface Side {
  /** Empty for what is written in place. */
  readonly name: string
  readonly file: string
  readonly fields: readonly ResolvedField[]
  /** There may be others. */
  readonly isOpen: boolean
}

export interface TypeTwin {
  readonly link: Link
  readonly direction: Pair['direction']
  readonly here: Side
  readonly there: Side
  /** Fields with one name on the wire. */
  readonly fields: readonly FieldTwin[]
}

export interface FieldTwin {
  readonly here: ResolvedField
  readonly there: ResolvedField
}

/** Data in data; what holds itself ends by what was seen. */
const DEPTH = 8

/** Twins in the order of the calls, each pair of types once in a direction; compared anew pair by pair. */
export class TypeTwins {
  readonly #twins: Cell<readonly TypeTwin[]>
  readonly #tracker: Tracker

  constructor(
    tracker: Tracker,
    shapes: Shapes,
    pairsOf: (link: Link) => readonly Omit<Pair, 'link'>[],
    links: () => readonly Link[],
  ) {
    this.#tracker = tracker
    const pairs = new Mapped(tracker, links, link =>
      pairsOf(link).map(it => ({
        pair: { ...it, link },
        key: JSON.stringify([it.direction, it.here, it.there]),
      })),
    )
    const compared = new Mapped(
      tracker,
      () => firstOfEach(tracker.read(pairs)),
      ({ pair }) => {
        const found = new Map<string, TypeTwin>()
        compare(pair, shapes, found, 0)
        return [...found].map(([key, twin]) => ({ key, twin }))
      },
    )
    this.#twins = new Mapped(
      tracker,
      () => firstOfEach(tracker.read(compared)),
      ({ twin }) => [twin],
    )
  }

  get all(): readonly TypeTwin[] {
    return this.#tracker.read(this.#twins)
  }
}

function firstOfEach<T extends { readonly key: string }>(all: readonly T[]): T[] {
  const first = new Map<string, T>()
  for (const it of all) if (!first.has(it.key)) first.set(it.key, it)
  return [...first.values()]
}

function compare(pair: Pair, shapes: Shapes, found: Map<string, TypeTwin>, depth: number): void {
  if (depth > DEPTH) return
  const [here, there] = [solid(pair.here, shapes), solid(pair.there, shapes)]
  if (!here || !there) return
  if (here.type.kind === 'list' && there.type.kind === 'list')
    return compare({ ...pair, ...elements(here, there) }, shapes, found, depth + 1)
  if (here.type.kind === 'map' && there.type.kind === 'map')
    return compare({ ...pair, ...elements(here, there) }, shapes, found, depth + 1)
  const [one, two] = [sideOf(here, shapes), sideOf(there, shapes)]
  if (!one || !two || !areTwins(one, two)) return
  const key = keyOf(pair, one, two)
  if (found.has(key)) return
  const fields = one.fields.flatMap((it): FieldTwin[] => {
    const other = two.fields.find(candidate => candidate.name === it.name)
    return other ? [{ here: it, there: other }] : []
  })
  found.set(key, { link: pair.link, direction: pair.direction, here: one, there: two, fields })
  for (const it of fields) {
    const inner = { here: typeOf(it.here), there: typeOf(it.there) }
    compare({ ...pair, ...inner }, shapes, found, depth + 1)
  }
}

/** A field's type, with the file that its names are looked up from. */
export function typeOf({ type, at }: ResolvedField): TypeIn {
  return { type, file: at.file }
}

/** What a type is behind its names, when it is there; undefined for one of several. */
export function solid(given: TypeIn, shapes: Shapes): TypeIn | undefined {
  const { type, file } = shapes.resolve(given.type, given.file)
  if (type.kind !== 'union') return { type, file }
  const others = type.of.filter(it => it.kind !== 'null')
  return others.length === 1 ? shapes.resolve(others[0]!, file) : undefined
}

function elements(here: TypeIn, there: TypeIn): Pick<Pair, 'here' | 'there'> {
  const of = ({ type, file }: TypeIn): TypeIn => ({
    type: type.kind === 'list' || type.kind === 'map' ? type.of : type,
    file,
  })
  return { here: of(here), there: of(there) }
}

function sideOf({ type, file }: TypeIn, shapes: Shapes): Side | undefined {
  if (type.kind !== 'shape' && type.kind !== 'object') return undefined
  const found = shapes.fieldsOf(type, file)
  const named = shapes.named(type, file)
  return found && { name: named?.at ? named.name : '', file: named?.at.file ?? file, ...found }
}

/** A call may be linked to the wrong route, or its answer be unpacked on the way: something has to speak for it. */
function areTwins(here: Side, there: Side): boolean {
  if (here.file === there.file && here.name === there.name) return false
  if (here.fields.length === 0 || there.fields.length === 0) return false
  const names = new Set(there.fields.map(it => plain(it.name)))
  const shared = here.fields.filter(it => names.has(plain(it.name))).length
  if (isSameName(here.name, there.name)) return shared > 0
  return shared >= 3 && shared * 2 >= Math.min(here.fields.length, there.fields.length)
}

/** `UserOut`, `IUser`, `UserDto` and `user_response` are all called `user`. */
export function isSameName(here: string, there: string): boolean {
  return here !== '' && core(here) !== '' && core(here) === core(there)
}

function core(name: string): string {
  let it = name
    .split('.')
    .at(-1)!
    .replace(/^[IT](?=[A-Z][a-z])/, '')
  for (let before = ''; before !== it; ) {
    before = it
    it = it.replace(SUFFIX, '')
  }
  return plain(it)
}

const SUFFIX =
  /(?<=.)(?:_?(?:[oO]ut|[rR]ead|[dD]to|DTO|[rR]esponse|[rR]equest|[sS]chema|[sS]erializer|[mM]odel|[tT]ype|[dD]ata|[pP]ublic|[pP]ayload|[rR]esult|[iI]nfo|[eE]ntity|Interface|In))$/

/** Without case and underscores. */
export function plain(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase()
}

function keyOf({ direction }: Pair, here: Side, there: Side): string {
  const side = ({ name, file, fields }: Side) => `${file}\n${name || fields.map(it => it.name).join()}`
  return `${direction}\n${side(here)}\n${side(there)}`
}

/** The kinds of value that a field may have on the wire; undefined where nobody can tell. `null` is none of them. */
export function kindsOf(given: TypeIn, shapes: Shapes, depth = 0): ReadonlySet<string> | undefined {
  const { type, file } = shapes.resolve(given.type, given.file)
  if (depth > DEPTH) return undefined
  switch (type.kind) {
    case 'unknown':
      return undefined
    case 'null':
      return new Set()
    case 'integer':
      return new Set(['number'])
    case 'values':
      return new Set(type.values.map(it => typeof it))
    case 'shape':
    case 'map':
      return new Set(['object'])
    case 'union': {
      const all = type.of.map(it => kindsOf({ type: it, file }, shapes, depth + 1))
      return all.includes(undefined) ? undefined : new Set(all.flatMap(it => [...it!]))
    }
    default:
      return new Set([type.kind])
  }
}

/** The few values that a field may have; undefined where it is not one of a few. */
export function valuesOf(given: TypeIn, shapes: Shapes): readonly (string | number)[] | undefined {
  const found = solid(given, shapes)
  return found?.type.kind === 'values' ? found.type.values : undefined
}

/** It may be `null` on the wire. */
export function isNullable(given: TypeIn, shapes: Shapes, depth = 0): boolean {
  const { type, file } = shapes.resolve(given.type, given.file)
  if (type.kind === 'null') return true
  return (
    type.kind === 'union' &&
    depth < DEPTH &&
    type.of.some(it => isNullable({ type: it, file }, shapes, depth + 1))
  )
}

/** It stands somewhere that can be shown. */
export function isShown(at: At): boolean {
  return at.place[1] > 0
}
