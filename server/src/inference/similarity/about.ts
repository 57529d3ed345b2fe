// What a function is about, in words that somebody may search for.

import type { NamedFunction } from '../../semantics/functions.ts'
import { KIND_CODE, ROLE_CODE } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { Terms } from './terms.ts'
import { normalWord, wordsOf } from './words.ts'

/** Words with what they count: those of its name count most, those of its body least. */
export type About = ReadonlyMap<string, number>

const NAME = 4
const COMMENT = 1.5
const OWNER = 1
/** By the sort of the term. */
const BODY: Readonly<Record<string, number>> = { w: 0.6, y: 0.6, d: 0.6, t: 0.3 }

/** Reads functions of one tree; the comments between siblings are gone through once. */
export class AboutReader {
  readonly #tree: SyntaxTree
  /** For each row that holds others: what is told right above each of them. */
  readonly #told = new Map<number, ReadonlyMap<number, string>>()

  constructor(tree: SyntaxTree) {
    this.#tree = tree
  }

  of(fn: NamedFunction, terms: Terms, comment = this.commentOf(fn.row)): About {
    const about = new Map<string, number>()
    const add = (word: string, weight: number) => {
      if (word.length > 1) about.set(word, (about.get(word) ?? 0) + weight)
    }
    for (const it of wordsOf(fn.name)) add(normalWord(it), NAME)
    for (const it of wordsOf(fn.owner)) add(normalWord(it), OWNER)
    const told = new Set(wordsOf(comment.slice(0, MAX_COMMENT)).map(normalWord))
    for (const it of told) add(it, COMMENT)
    for (const [term, count] of terms) {
      const weight = BODY[term[0]!]
      if (weight === undefined) continue
      for (const it of term.slice(1).split(' ')) add(normalWord(it), weight * Math.sqrt(count))
    }
    for (const [word, weight] of about) about.set(word, Math.round(weight * 100) / 100)
    return about
  }

  /** The comments right above a function, or Python's text at its beginning. */
  commentOf(row: number): string {
    const { kind, role, parent, after, text, start, end } = this.#tree
    if (this.#tree.grammar === 'python') {
      const first = childWithRole(this.#tree, row, BODY_ROLE) + 1
      return first > 1 && first < after[row]! && kind[first] === STATEMENT && kind[first + 1] === STRING
        ? text.slice(start[first + 1]!, end[first + 1]!)
        : ''
    }
    // A comment stands above the whole declaration: climb out of `export const f = …`.
    let outer = row
    while (role[outer] !== STATEMENT_ROLE && role[outer] !== MEMBER_ROLE && outer !== 0)
      outer = parent[outer]!
    const around = parent[outer]!
    let told = this.#told.get(around)
    if (!told) {
      told = this.#commentsIn(around)
      this.#told.set(around, told)
    }
    return told.get(outer) ?? ''
  }

  #commentsIn(around: number): ReadonlyMap<number, string> {
    const { kind, role, after, text, start, end } = this.#tree
    const told = new Map<number, string>()
    let lines: string[] = []
    for (let it = around + 1; it < after[around]!; it = after[it]!) {
      if (kind[it] === COMMENT_KIND) lines.push(text.slice(start[it]!, end[it]!))
      else if (role[it] !== DECORATOR_ROLE && kind[it] !== DECORATOR_KIND) {
        if (lines.length > 0) told.set(it, lines.join(' '))
        lines = []
      }
    }
    return told
  }
}

/** A comment's first sentences say what a function does; what follows are parameters and examples. */
const MAX_COMMENT = 300

function childWithRole(tree: SyntaxTree, row: number, role: number): number {
  for (let it = row + 1; it < tree.after[row]!; it = tree.after[it]!) if (tree.role[it] === role) return it
  return 0
}

const STATEMENT = KIND_CODE.ExpressionStatement
const STRING = KIND_CODE.String
const COMMENT_KIND = KIND_CODE.Comment
const DECORATOR_KIND = KIND_CODE.Decorator
const BODY_ROLE = ROLE_CODE.body
const STATEMENT_ROLE = ROLE_CODE.statement
const MEMBER_ROLE = ROLE_CODE.member
const DECORATOR_ROLE = ROLE_CODE.decorator
