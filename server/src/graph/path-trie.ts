// Things by their paths, segment by segment, so that a path among thousands is found without looking at the others.

import { isWord } from './path-pattern.ts'

/** Most have one child or one value: what is empty is shared by all of them, and never written to. */
interface Node<T> {
  /** Below a word. */
  words: Map<string, Node<T>>
  /** Below something that is filled at run time, as it is written. */
  holes: Map<string, Node<T>>
  values: T[]
}

const NO_CHILDREN = new Map<string, never>()
const NO_VALUES: never[] = []

export interface Placed<T> {
  readonly segments: readonly string[]
  readonly value: T
}

export class PathTrie<T> {
  readonly #root: Node<T>

  private constructor(root: Node<T>) {
    this.#root = root
  }

  static empty<T>(): PathTrie<T> {
    return new PathTrie<T>(newNode())
  }

  /** The same without some values and with others. What stays is shared by both. */
  changed(gone: Iterable<Placed<T>>, come: Iterable<Placed<T>>): PathTrie<T> {
    /** Nodes that only the new one has, and what in them only it has. */
    const own = new Set<Node<T>>()
    const ownChildren = new Set<Map<string, Node<T>>>()
    const ownValues = new Set<readonly T[]>()
    const owned = (node: Node<T> | undefined) => {
      if (node && own.has(node)) return node
      const copy = node ? { ...node } : newNode<T>()
      own.add(copy)
      return copy
    }
    const childrenOf = (node: Node<T>, field: 'words' | 'holes') => {
      if (!ownChildren.has(node[field])) {
        node[field] = new Map(node[field])
        ownChildren.add(node[field])
      }
      return node[field]
    }
    const root = owned(this.#root)
    const nodeAt = (segments: readonly string[]) => {
      let node = root
      for (const it of segments) {
        const children = childrenOf(node, isWord(it) ? 'words' : 'holes')
        const known = children.get(it)
        const child = owned(known)
        if (child !== known) children.set(it, child)
        node = child
      }
      return node
    }
    for (const { segments, value } of gone) {
      const node = nodeAt(segments)
      node.values = node.values.filter(it => it !== value)
    }
    for (const { segments, value } of come) {
      const node = nodeAt(segments)
      if (!ownValues.has(node.values)) {
        node.values = [...node.values]
        ownValues.add(node.values)
      }
      node.values.push(value)
    }
    return new PathTrie(root)
  }

  /** What stands at paths that may be these segments. */
  at(segments: readonly string[]): Iterable<T> {
    return flat(this.#walk(segments))
  }

  /** What stands at paths that may begin with these segments, and go on in words alone. */
  below(segments: readonly string[]): Iterable<T> {
    const found: T[] = []
    const visit = ({ values, words }: Node<T>) => {
      found.push(...values)
      for (const it of words.values()) visit(it)
    }
    for (const it of this.#walk(segments)) visit(it)
    return found
  }

  /** What stands at paths that may begin with these segments, however they go on. */
  under(segments: readonly string[]): Iterable<T> {
    const found: T[] = []
    const visit = ({ values, words, holes }: Node<T>) => {
      found.push(...values)
      for (const it of words.values()) visit(it)
      for (const it of holes.values()) visit(it)
    }
    for (const it of this.#walk(segments)) visit(it)
    return found
  }

  /** What stands at paths that these segments may begin with. */
  along(segments: readonly string[]): Iterable<T> {
    const passed: Node<T>[] = []
    this.#walk(segments, passed)
    return flat(passed)
  }

  /** What stands at paths that have another word in one place, one that `mayBe` takes for it, and may be these segments otherwise. */
  oneWordOff(segments: readonly string[], mayBe: (word: string, meant: string) => boolean): Iterable<T> {
    let right: readonly Node<T>[] = [this.#root]
    let off: readonly Node<T>[] = []
    for (const it of segments) {
      const nextOff = off.flatMap(node => below(node, it))
      if (isWord(it))
        for (const { words } of right)
          for (const [word, child] of words) if (word !== it && mayBe(it, word)) nextOff.push(child)
      right = right.flatMap(node => below(node, it))
      off = nextOff
    }
    return flat(off)
  }

  #walk(segments: readonly string[], passed: Node<T>[] = []): readonly Node<T>[] {
    let nodes: readonly Node<T>[] = [this.#root]
    for (const it of segments) {
      passed.push(...nodes)
      const next: Node<T>[] = []
      for (const { words, holes } of nodes) {
        next.push(...holes.values())
        if (isWord(it)) {
          const child = words.get(it)
          if (child) next.push(child)
        } else next.push(...words.values())
      }
      if (next.length === 0) return next
      nodes = next
    }
    passed.push(...nodes)
    return nodes
  }
}

/** By the word itself, or by what is filled at run time. */
function below<T>({ words, holes }: Node<T>, segment: string): Node<T>[] {
  const child = words.get(segment)
  return child ? [child, ...holes.values()] : [...holes.values()]
}

function newNode<T>(): Node<T> {
  return { words: NO_CHILDREN, holes: NO_CHILDREN, values: NO_VALUES }
}

function* flat<T>(nodes: readonly Node<T>[]): Generator<T> {
  for (const it of nodes) yield* it.values
}
