// What writing a plan takes in every language: blocks with their indentation, expressions in parentheses. A language is a table.

import { type Expression, type Plan, type Statement, type Type, widened } from './plan.ts'

export interface Target {
  readonly type: (type: Type) => string
  readonly head: (plan: Plan) => string
  /** What ends a block; undefined where the indentation does. */
  readonly end: string | undefined
  readonly indent: string
  /** Words that no variable may be called, and what the writer itself uses. */
  readonly reserved: ReadonlySet<string>
  readonly statement: (it: Simple, write: Write) => string
  readonly if: (condition: string) => string
  readonly elseIf: (condition: string) => string
  readonly else: string
  readonly while: (condition: string) => string
  /** The head of a loop, and what its body begins with. */
  readonly each: (it: Of<'each'>, list: string) => readonly string[]
  readonly count: (it: Of<'count'>, from: string, to: string) => string
  readonly expression: (it: Expression, write: Write) => string
  /** What an empty body says. */
  readonly nothing: string | undefined
}

export type Write = (it: Expression) => string

type Of<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>
export type Simple = Exclude<Statement, { readonly kind: 'if' | 'each' | 'count' | 'while' }>

export function written(plan: Plan, target: Target): string {
  const write: Write = it => target.expression(it, write)
  const types = new Map<string, Type>(plan.parameters.map(it => [it.name, it.type]))
  const lines: string[] = []
  const block = (statements: readonly Statement[], depth: number, before: readonly string[] = []) => {
    for (const it of before) line(depth, it)
    if (statements.length === 0 && before.length === 0 && target.nothing) line(depth, target.nothing)
    for (const it of statements) statement(it, depth)
  }
  const line = (depth: number, text: string) => lines.push(target.indent.repeat(depth) + text)
  const end = (depth: number) => {
    if (target.end !== undefined) line(depth, target.end)
  }
  const ifs = (it: Of<'if'>, depth: number, head: (condition: string) => string) => {
    line(depth, head(write(it.condition)))
    block(it.yes, depth + 1)
    const [only, ...more] = it.no
    if (only?.kind === 'if' && more.length === 0) ifs(only, depth, target.elseIf)
    else if (only) {
      line(depth, target.else)
      block(it.no, depth + 1)
      end(depth)
    } else end(depth)
  }
  const statement = (it: Statement, depth: number) => {
    switch (it.kind) {
      case 'if':
        return ifs(it, depth, target.if)
      case 'while':
        line(depth, target.while(write(it.condition)))
        block(it.body, depth + 1)
        return end(depth)
      case 'each': {
        const [head, ...first] = target.each(it, write(it.list))
        line(depth, head!)
        block(it.body, depth + 1, first)
        return end(depth)
      }
      case 'count':
        line(depth, target.count(it, write(it.from), write(it.to)))
        block(it.body, depth + 1)
        return end(depth)
      default:
        line(depth, target.statement(fitting(it), write))
    }
  }
  /** Each value as the type that it is kept in. */
  const fitting = (it: Simple): Simple => {
    switch (it.kind) {
      case 'declare':
        types.set(it.name, it.type)
        return { ...it, value: widened(it.value, it.type) }
      case 'assign':
        return { ...it, value: widened(it.value, types.get(it.name)) }
      case 'append': {
        const list = types.get(it.to)
        return { ...it, value: widened(it.value, typeof list === 'object' ? list.list : undefined) }
      }
      case 'return':
        return { ...it, value: widened(it.value, plan.returns) }
      default:
        return it
    }
  }
  line(0, target.head(plan))
  block(plan.body, 1)
  end(0)
  return `${lines.join('\n')}\n`
}

/** In parentheses unless nothing could tear it apart. */
export function held(it: Expression, text: string): string {
  return /^(?:number|text|truth|name|length|element|list|library|widened)$/.test(it.kind) &&
    !text.startsWith('-')
    ? text
    : `(${text})`
}

/** Numbers as all languages write them; a float is to be seen as one. */
export function numberText(value: number, isFloat: boolean): string {
  const text = String(value)
  return isFloat && Number.isInteger(value) && !/e/.test(text) ? `${text}.0` : text
}

export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
