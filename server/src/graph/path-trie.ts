// Things by their paths, segment by segment, so that a path among thousands is found without looking at the others.

import { isWord } from './path-pattern.ts'

interface Node<T> {
  /** Below a word. */
  readonly words: Map<string, Node<T>>
  /** Below something that is filled at run time, as it is written. */
  readonly holes: Map<string, Node<T>>
  readonly values: T[]
}

export class PathTrie<T> {
  readonly #root: Node<T> = newNode()

  add(segments: Iterable<string>, value: T): void {
    let node = this.#root
    for (const it of segments) {
      const children = isWord(it) ? node.words : node.holes
      let child = children.get(it)
      if (!child) {
        child = newNode()
        children.set(it, child)
      }
      node = child
    }
    node.values.push(value)
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

  #walk(segments: readonly string[]): readonly Node<T>[] {
    let nodes: readonly Node<T>[] = [this.#root]
    for (const it of segments) {
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
    return nodes
  }
}

function newNode<T>(): Node<T> {
  return { words: new Map(), holes: new Map(), values: [] }
}

function* flat<T>(nodes: readonly Node<T>[]): Generator<T> {
  for (const it of nodes) yield* it.values
}
