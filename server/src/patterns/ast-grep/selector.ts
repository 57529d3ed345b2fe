// `kind` with a selector in it, as style sheets write them: `call_expression > identifier:not(:has(string))`.

import { Unsupported } from '../refusal.ts'
import { parseSteps } from './nth-child.ts'
import type { Relation, TreeRule } from './tree-rule.ts'

/** `kind` makes the rule for one node type. Throws `Unsupported` with the reason. */
export function parseSelector(source: string, kind: (type: string) => TreeRule): TreeRule {
  const reader = new SelectorReader(source, kind)
  const rule = reader.list()
  reader.end()
  return rule
}

class SelectorReader {
  readonly #source: string
  readonly #kind: (type: string) => TreeRule
  #at = 0

  constructor(source: string, kind: (type: string) => TreeRule) {
    this.#source = source.trim()
    this.#kind = kind
  }

  list(): TreeRule {
    const any = [this.#complex()]
    while (this.#take(/\s*,\s*/y)) any.push(this.#complex())
    return any.length === 1 ? any[0]! : { what: 'any', any }
  }

  end(): void {
    if (this.#at < this.#source.length) this.#fail()
  }

  /** `a > b + c d`: each part is the node that is meant, and what stands before it is around or before. */
  #complex(): TreeRule {
    let rule = this.#compound()
    for (;;) {
      const sign = this.#take(/\s*([>+~])\s*|\s+(?![\s),])/y)
      if (!sign) return rule
      const combinator = sign.trim()
      const what = combinator === '>' || combinator === '' ? 'inside' : 'follows'
      const stopBy = combinator === '>' || combinator === '+' ? 'neighbor' : 'end'
      const next = this.#compound()
      rule = { what: 'all', all: [next, relation(what, rule, stopBy)] }
    }
  }

  #compound(): TreeRule {
    const all: TreeRule[] = []
    const type = this.#take(/[A-Za-z_-][\w-]*/y)
    if (type) all.push(this.#kind(type))
    while (this.#take(/:/y)) all.push(this.#pseudo())
    if (all.length === 0) this.#fail()
    return all.length === 1 ? all[0]! : { what: 'all', all }
  }

  #pseudo(): TreeRule {
    const name = this.#take(/[A-Za-z-]+/y)
    if (!this.#take(/\(\s*/y)) this.#fail()
    const rule = this.#argument(name ?? '')
    if (!this.#take(/\s*\)/y)) this.#fail()
    return rule
  }

  #argument(name: string): TreeRule {
    switch (name) {
      case 'has': {
        const stopBy = this.#take(/>\s*/y) ? 'neighbor' : 'end'
        return relation('has', this.#complex(), stopBy)
      }
      case 'not':
        return { what: 'not', rule: this.#complex() }
      case 'is':
        return this.list()
      case 'nth-child':
      case 'nth-last-child': {
        const steps = parseSteps(this.#take(/[\d nN+-]+/y)?.trim())
        const of = this.#take(/of\s+/y) ? this.#complex() : undefined
        return { what: 'nth-child', ...steps, of, reverse: name === 'nth-last-child' }
      }
      default:
        return this.#fail()
    }
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at
    const match = token.exec(this.#source)
    if (!match) return undefined
    this.#at = token.lastIndex
    return match[0]
  }

  #fail(): never {
    throw new Unsupported('form', 'kind', this.#source)
  }
}

function relation(what: Relation['what'], rule: TreeRule, stopBy: 'neighbor' | 'end'): TreeRule {
  return { what, rule, stopBy, field: undefined }
}
