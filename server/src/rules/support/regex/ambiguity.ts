// Finds texts on which a backtracking engine takes exponential time.
//
// Such a text leads into a loop that can read the same piece (the pump) in two ways, repeats the piece, and ends so that
// nothing matches: every further piece then doubles the ways that have to be tried. The loops are looked for in an
// automaton, generously; what is found counts only when the engine's own steps, counted by `backtrack.ts`, really double.

import { attempt } from './backtrack.ts'
import { type CharSet, intersection, member, overlaps } from './char-set.ts'
import type { Parsed, RegexNode, Repeat } from './syntax.ts'

export interface Catastrophe {
  /** The loop that can be gone through in several ways. */
  readonly loop: Repeat
  readonly prefix: string
  readonly pump: string
  readonly suffix: string
}

/** `whole`: the match has to reach the end of the text. */
export function findCatastrophe(parsed: Parsed, whole: boolean): Catastrophe | undefined {
  const { root } = parsed
  if (!root || !hasLoopInLoop(root, false)) return undefined
  const graph = buildGraph(root)
  if (!graph) return undefined
  for (const candidate of candidates(graph)) {
    for (const suffix of SUFFIXES) {
      if (doubles(parsed, whole, candidate, [...suffix].map(codeOf))) {
        return {
          loop: candidate.loop,
          prefix: String.fromCodePoint(...candidate.prefix),
          pump: String.fromCodePoint(...candidate.pump),
          suffix,
        }
      }
    }
  }
  return undefined
}

/** More often than this is as bad as without end. */
const ENDLESS = 12

/** The ends of texts that few patterns match. */
const SUFFIXES = ['!', '', '\n', '\n\n', '\0', 'a', '0', ' ', '"']

/** Without a choice inside of a loop, there is one way through it: this settles nearly every pattern. */
function hasLoopInLoop(node: RegexNode, inLoop: boolean): boolean {
  switch (node.kind) {
    case 'choice':
      return inLoop || node.options.some(it => hasLoopInLoop(it, inLoop))
    case 'sequence':
      return node.items.some(it => hasLoopInLoop(it, inLoop))
    case 'repeat':
      return (inLoop && node.min !== node.max) || hasLoopInLoop(node.body, inLoop || node.max >= ENDLESS)
    case 'group':
    case 'look':
      return hasLoopInLoop(node.body, inLoop)
    case 'conditional':
      return inLoop || hasLoopInLoop(node.yes, false) || hasLoopInLoop(node.no, false)
    default:
      return false
  }
}

/** States that read a character, and the bare states between them. */
interface Graph {
  /** By state: what it reads; undefined for a bare state. */
  readonly sets: (CharSet | undefined)[]
  /** By state: where it leads without reading anything more. */
  readonly edges: number[][]
  /** By state: the endless loops around it, outermost first. */
  readonly loops: (readonly Repeat[])[]
}

const MAX_STATES = 1200
const START = 0

function buildGraph(root: RegexNode): Graph | undefined {
  const graph: Graph = { sets: [undefined], edges: [[]], loops: [[]] }
  const state = (set: CharSet | undefined, loops: readonly Repeat[]): number => {
    graph.sets.push(set)
    graph.edges.push([])
    graph.loops.push(loops)
    return graph.sets.length - 1
  }
  const link = (from: number, to: number): void => {
    graph.edges[from]!.push(to)
  }
  /** Adds ways from one bare state to another. */
  const add = (node: RegexNode, from: number, to: number, loops: readonly Repeat[]): void => {
    if (graph.sets.length > MAX_STATES) return
    switch (node.kind) {
      case 'chars': {
        const reader = state(node.set, loops)
        link(from, reader)
        link(reader, to)
        return
      }
      case 'sequence': {
        let at = from
        node.items.forEach((item, i) => {
          const end = i === node.items.length - 1 ? to : state(undefined, loops)
          add(item, at, end, loops)
          at = end
        })
        if (node.items.length === 0) link(from, to)
        return
      }
      case 'choice':
        for (const option of node.options) add(option, from, to, loops)
        return
      case 'group':
        return add(node.body, from, to, loops)
      case 'conditional':
        add(node.yes, from, to, loops)
        return add(node.no, from, to, loops)
      case 'repeat':
        return addRepeat(node, from, to, loops)
      case 'look':
        // Loops inside count too, but nothing leads on from their end.
        if (node.ahead) add(node.body, from, state(undefined, loops), loops)
        link(from, to)
        return
      default:
        link(from, to)
    }
  }
  const addRepeat = (node: Repeat, from: number, to: number, loops: readonly Repeat[]): void => {
    const endless = node.max >= ENDLESS
    const needed = Math.min(node.min, endless ? 4 : ENDLESS)
    let at = from
    for (let i = endless ? 1 : 0; i < needed; i++) {
      const end = state(undefined, loops)
      add(node.body, at, end, loops)
      at = end
    }
    if (endless) {
      const head = state(undefined, loops)
      const end = state(undefined, loops)
      link(at, head)
      add(node.body, head, end, [...loops, node])
      link(end, head)
      link(end, to)
      if (needed === 0) link(at, to)
      return
    }
    for (let i = node.min; i < node.max; i++) {
      link(at, to)
      const end = state(undefined, loops)
      add(node.body, at, end, loops)
      at = end
    }
    link(at, to)
  }
  add(root, START, state(undefined, []), [])
  return graph.sets.length > MAX_STATES ? undefined : graph
}

interface Candidate {
  readonly loop: Repeat
  readonly prefix: readonly number[]
  readonly pump: readonly number[]
}

const MAX_CANDIDATES = 12

function* candidates(graph: Graph): Generator<Candidate> {
  const steps = stepsOf(graph)
  const component = components(graph, steps)
  let count = 0
  const seen = new Set<string>()
  for (const [from, targets] of steps) {
    if (from === START) continue
    const inside = [...targets.keys()].filter(it => component.get(it) === component.get(from))
    for (const fork of forks(graph, steps, component, from, inside)) {
      const loop = graph.loops[from]![0]
      const prefix = wordTo(graph, steps, START, from, undefined, component)
      if (!loop || !prefix) continue
      const key = `${loop.start}:${fork.join()}`
      if (seen.has(key)) continue
      seen.add(key)
      yield { loop, prefix, pump: fork }
      if (++count >= MAX_CANDIDATES) return
    }
  }
}

/** By state: the states that read the next character, and in how many ways they are reached (1, or 2 for more). */
type Steps = ReadonlyMap<number, ReadonlyMap<number, number>>

function stepsOf({ sets, edges }: Graph): Steps {
  const steps = new Map<number, Map<number, number>>()
  for (let state = 0; state < sets.length; state++) {
    if (state !== START && !sets[state]) continue
    const targets = new Map<number, number>()
    const visits = new Map<number, number>()
    const onPath = new Set<number>()
    const follow = (at: number): void => {
      for (const to of edges[at]!) {
        if (sets[to]) {
          targets.set(to, Math.min(2, (targets.get(to) ?? 0) + 1))
          continue
        }
        // A round that reads nothing is not made twice.
        const count = visits.get(to) ?? 0
        if (count >= 2 || onPath.has(to)) continue
        visits.set(to, count + 1)
        onPath.add(to)
        follow(to)
        onPath.delete(to)
      }
    }
    follow(state)
    steps.set(state, targets)
  }
  return steps
}

/** Words that lead from `from` back to itself in two ways. */
function* forks(
  graph: Graph,
  steps: Steps,
  component: ReadonlyMap<number, number>,
  from: number,
  targets: readonly number[],
): Generator<readonly number[]> {
  for (let i = 0; i < targets.length; i++) {
    const one = targets[i]!
    if (steps.get(from)!.get(one) === 2) {
      const character = member(graph.sets[one]!)
      const back = wordTo(graph, steps, one, from, component.get(from), component)
      if (character !== undefined && back) yield [character, ...back]
    }
    for (let j = i + 1; j < targets.length; j++) {
      const other = targets[j]!
      const both = member(intersection(graph.sets[one]!, graph.sets[other]!))
      if (both === undefined) continue
      const meeting = meet(graph, steps, component, one, other)
      if (!meeting) continue
      const back = wordTo(graph, steps, meeting.at, from, component.get(from), component)
      if (back) yield [both, ...meeting.word, ...back]
    }
  }
}

const MAX_PAIRS = 4000

/** A word that leads two states of one component to the same state. */
function meet(
  { sets }: Graph,
  steps: Steps,
  component: ReadonlyMap<number, number>,
  one: number,
  other: number,
): { readonly word: readonly number[]; readonly at: number } | undefined {
  const home = component.get(one)
  const size = sets.length
  const queue: { readonly a: number; readonly b: number; readonly word: readonly number[] }[] = [
    { a: one, b: other, word: [] },
  ]
  const seen = new Set([one * size + other])
  for (let i = 0; i < queue.length && i < MAX_PAIRS; i++) {
    const { a, b, word } = queue[i]!
    for (const nextA of steps.get(a)!.keys()) {
      if (component.get(nextA) !== home) continue
      for (const nextB of steps.get(b)!.keys()) {
        if (component.get(nextB) !== home) continue
        const key = nextA * size + nextB
        if (seen.has(key) || !overlaps(sets[nextA]!, sets[nextB]!)) continue
        seen.add(key)
        const character = member(intersection(sets[nextA]!, sets[nextB]!))!
        const longer = [...word, character]
        if (nextA === nextB) return { word: longer, at: nextA }
        queue.push({ a: nextA, b: nextB, word: longer })
      }
    }
  }
  return undefined
}

/** The shortest word from one state to another; nothing for a state to itself. */
function wordTo(
  { sets }: Graph,
  steps: Steps,
  from: number,
  to: number,
  within: number | undefined,
  component: ReadonlyMap<number, number>,
): readonly number[] | undefined {
  if (from === to) return []
  const queue: { readonly at: number; readonly word: readonly number[] }[] = [{ at: from, word: [] }]
  const seen = new Set([from])
  for (let i = 0; i < queue.length; i++) {
    const { at, word } = queue[i]!
    for (const next of steps.get(at)!.keys()) {
      if (seen.has(next) || (within !== undefined && component.get(next) !== within)) continue
      seen.add(next)
      const character = member(sets[next]!)
      if (character === undefined) continue
      const longer = [...word, character]
      if (next === to) return longer
      queue.push({ at: next, word: longer })
    }
  }
  return undefined
}

/** By state: a number that states have in common when each can be reached from the other. Tarjan's algorithm. */
function components({ sets }: Graph, steps: Steps): ReadonlyMap<number, number> {
  const component = new Map<number, number>()
  const order = new Map<number, number>()
  const low = new Map<number, number>()
  const stack: number[] = []
  const visit = (state: number): void => {
    order.set(state, order.size)
    low.set(state, order.get(state)!)
    stack.push(state)
    for (const next of steps.get(state)!.keys()) {
      if (!order.has(next)) {
        visit(next)
        low.set(state, Math.min(low.get(state)!, low.get(next)!))
      } else if (!component.has(next)) low.set(state, Math.min(low.get(state)!, order.get(next)!))
    }
    if (low.get(state) !== order.get(state)) return
    for (let it = stack.pop()!; ; it = stack.pop()!) {
      component.set(it, state)
      if (it === state) return
    }
  }
  for (let state = 0; state < sets.length; state++) if (steps.has(state) && !order.has(state)) visit(state)
  return component
}

const MAX_STEPS = 15_000
const MAX_PUMPS = 40

/** Each pump more multiplies the steps by about the same factor, until there are too many to count. */
function doubles(
  { root, dialect }: Parsed,
  whole: boolean,
  { prefix, pump }: Candidate,
  suffix: readonly number[],
): boolean {
  const text = [...prefix]
  const steps: number[] = []
  for (let pumps = 0; pumps <= MAX_PUMPS; pumps++) {
    const { steps: count, outcome } = attempt(root!, dialect, whole, [...text, ...suffix], MAX_STEPS)
    if (outcome === 'gave-up') break
    steps.push(count)
    if (pumps >= 12 && growthAt(steps, pumps) < MIN_GROWTH) return false
    text.push(...pump)
  }
  const last = steps.length - 1
  if (last < 2 || steps.length > MAX_PUMPS) return false
  const growth = growthAt(steps, last)
  // What merely grows with a power of the length grows more slowly as the text gets longer.
  return growth >= MIN_GROWTH && growth >= 0.85 * growthAt(steps, Math.ceil(last / 2))
}

const MIN_GROWTH = 1.2

function growthAt(steps: readonly number[], index: number): number {
  return steps[index]! / steps[index - 1]!
}

function codeOf(character: string): number {
  return character.codePointAt(0)!
}
