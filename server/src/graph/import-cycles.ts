// Files that import each other in a circle while they are loaded.

import type { Import, Imports } from './imports.ts'

/** A knot of files each of which leads to all others, shown by its shortest circle. */
export interface ImportCycle {
  /** From the import that is the easiest to give up: each one's target is the file of the next. */
  readonly imports: readonly Import[]
  /** Files in the knot. */
  readonly size: number
  /** It works only as long as the right file is loaded first. */
  readonly isFragile: boolean
}

/** One for each knot: where one circle is opened, what is left of the knot shows its next. */
export function importCyclesOf(imports: Imports): ImportCycle[] {
  const edges = loadedBy(imports)
  return knotsIn(edges).map(knot => {
    const circle = shortestCircle(edges, new Set(knot))
    const weakest = circle.reduce((best, it) => (weight(it, imports) < weight(best, imports) ? it : best))
    const from = circle.indexOf(weakest)
    return {
      imports: [...circle.slice(from), ...circle.slice(0, from)],
      size: knot.length,
      isFragile: circle.some(it => it.isAtOnce),
    }
  })
}

type Edges = ReadonlyMap<string, ReadonlyMap<string, Import>>

/** By file, by what it imports: the first import that loads it. Rust's modules are one program: they may know each other. */
function loadedBy(imports: Imports): Edges {
  const edges = new Map<string, Map<string, Import>>()
  for (const it of imports.all) {
    if (it.kind !== 'load' || it.file.endsWith('.rs') || isAboutPackage(it)) continue
    const own = edges.get(it.file) ?? new Map<string, Import>()
    if (!own.has(it.to)) own.set(it.to, it)
    edges.set(it.file, own)
  }
  return edges
}

/** `from . import __version__`: what a package says of itself stands at its top, before it imports anything. */
function isAboutPackage({ taken }: Import): boolean {
  return taken.length > 0 && taken.every(it => /^__(?!all__|path__)\w+__$/.test(it))
}

/** Tarjan's strongly connected components of more than one file, without recursion: chains of imports are long. */
function knotsIn(edges: Edges): string[][] {
  const knots: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const isOnStack = new Set<string>()
  for (const start of edges.keys()) {
    if (index.has(start)) continue
    const open: { readonly file: string; readonly rest: Iterator<string> }[] = []
    const enter = (file: string) => {
      index.set(file, index.size)
      low.set(file, index.get(file)!)
      stack.push(file)
      isOnStack.add(file)
      open.push({ file, rest: (edges.get(file) ?? new Map<string, Import>()).keys() })
    }
    enter(start)
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const { file, rest } = top
      const next = rest.next()
      if (!next.done) {
        if (!index.has(next.value)) enter(next.value)
        else if (isOnStack.has(next.value)) low.set(file, Math.min(low.get(file)!, index.get(next.value)!))
        continue
      }
      open.pop()
      const above = open.at(-1)
      if (above) low.set(above.file, Math.min(low.get(above.file)!, low.get(file)!))
      if (low.get(file) !== index.get(file)) continue
      const knot = stack.splice(stack.lastIndexOf(file))
      for (const it of knot) isOnStack.delete(it)
      if (knot.length > 1) knots.push(knot.sort())
    }
  }
  return knots
}

/** The first of the shortest. */
function shortestCircle(edges: Edges, knot: ReadonlySet<string>): Import[] {
  let best: Import[] = []
  for (const start of knot) {
    const circle = circleThrough(start, edges, knot, best.length || Number.POSITIVE_INFINITY)
    if (circle) best = circle
    if (best.length === 2) break
  }
  return best
}

function circleThrough(
  start: string,
  edges: Edges,
  knot: ReadonlySet<string>,
  limit: number,
): Import[] | undefined {
  const cameBy = new Map<string, Import>()
  let front = [start]
  for (let length = 1; length < limit && front.length > 0; length++) {
    const next: string[] = []
    for (const file of front) {
      for (const [to, it] of edges.get(file) ?? []) {
        if (to === start) return wayTo(file, cameBy, it)
        if (!knot.has(to) || cameBy.has(to)) continue
        cameBy.set(to, it)
        next.push(to)
      }
    }
    front = next
  }
  return undefined
}

function wayTo(file: string, cameBy: ReadonlyMap<string, Import>, last: Import): Import[] {
  const way = [last]
  for (let it = cameBy.get(file); it; it = cameBy.get(it.file)) way.unshift(it)
  return way
}

/** How much is lost with an import: what takes all of a file more than what takes a name; then, who is a base for others is not to need them. */
function weight({ file, to, taken }: Import, imports: Imports): number {
  const names = taken.length === 0 || taken.includes('*') ? 50 : Math.min(taken.length, 50)
  const [above, below] = [imports.to(file).length, imports.to(to).length]
  return names + 1 - above / (above + below + 1)
}
