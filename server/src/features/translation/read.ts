// A function of Python or TypeScript as a plan. What is not certain to mean the same everywhere is refused where it stands.

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { type Expression, isNumber, joined, type Plan, type Statement, sameType, type Type } from './plan.ts'
import { ExpressionReader, type Known } from './read-expressions.ts'
import { typeWritten } from './read-types.ts'
import { Refused } from './refusal.ts'

/** What a variable is may follow from what comes later: read again until nothing new is learnt. */
const MOST_READINGS = 6

/** Throws `Refused`. */
export function read(file: SourceFile, fn: SyntaxNode): Plan {
  if (file.language !== 'python' && file.language !== 'typescript' && file.language !== 'javascript')
    throw new Refused('language', fn)
  const types = new Map<number, Type>()
  for (let i = 0; ; i++) {
    const before = types.size === 0 ? '' : JSON.stringify([...types])
    const plan = new FunctionReader(file, fn, types).plan()
    if (JSON.stringify([...types]) === before || i === MOST_READINGS) return plan
  }
}

class FunctionReader implements Known {
  readonly file: SourceFile
  readonly #fn: SyntaxNode
  readonly #types: Map<number, Type>
  readonly #expressions: ExpressionReader
  readonly #parameters = new Set<number>()
  /** Variables of loops; of those that count from the first place of a list on, the list. */
  readonly #loops = new Map<number, { readonly list: number | undefined; readonly isCounter: boolean }>()
  readonly #declared = new Set<number>()
  #returns: Type | undefined

  constructor(file: SourceFile, fn: SyntaxNode, types: Map<number, Type>) {
    this.file = file
    this.#fn = fn
    this.#types = types
    this.#expressions = new ExpressionReader(this)
  }

  plan(): Plan {
    const fn = this.#fn
    const name =
      fn.child('name') ?? (fn.parent?.kind === 'Declarator' ? fn.parent.child('target') : undefined)
    const body = fn.child('body')
    const typeParameters = fn.child('typeParameters')
    if (!name || body?.kind !== 'Block') throw new Refused('construct', fn)
    if (typeParameters) throw new Refused('type', typeParameters)
    if (fn.parent?.kind === 'Decorated') throw new Refused('construct', fn.parent)
    if (/^(?:async\b|function\s*\*)/.test(fn.text) || fn.closest('Class'))
      throw new Refused('construct', name)
    const parameters = (fn.child('parameters')?.children() ?? []).map(it => this.#parameter(it))
    const statements = this.#block(body)
    if (this.file.completes(body) || !this.#returns) throw new Refused('no-answer', name)
    const written = fn.child('returnType')
    const returns = written ? typeWritten(written) : this.#returns
    const all = joined(returns, this.#returns)
    if (!all || (written && returns !== 'float' && !isWithin(this.#returns, returns)))
      throw new Refused('mixed', written ?? name)
    return { name: name.text, parameters, returns, body: statements }
  }

  binding(node: SyntaxNode): Binding {
    const binding = this.file.binding(node)
    if (!binding || !this.#fn.contains(binding.declaration)) throw new Refused('outside', node)
    return binding
  }

  typeOf(node: SyntaxNode): Type {
    const { id } = this.binding(node)
    const type = this.#types.get(id)
    if (!type || (!this.#parameters.has(id) && !this.#loops.has(id) && !this.#declared.has(id)))
      throw new Refused('scope', node)
    return type
  }

  isLoopCounter(node: SyntaxNode): boolean {
    return this.#loops.get(this.binding(node).id)?.isCounter === true
  }

  isWithin(list: SyntaxNode, at: SyntaxNode): boolean {
    if (list.kind !== 'Name' || at.kind !== 'Name') return false
    const of = this.binding(list)
    return this.#loops.get(this.binding(at).id)?.list === of.id && of.writeCount <= 1
  }

  #parameter(node: SyntaxNode): Plan['parameters'][number] {
    const target = node.child('target')
    const type = node.child('type')
    if (target?.kind !== 'Name' || !type) throw new Refused('type', node)
    if (node.child('value') || /^\w+\s*\?/.test(node.text)) throw new Refused('construct', node)
    const { id } = this.binding(target)
    this.#parameters.add(id)
    const written = typeWritten(type)
    this.#types.set(id, written)
    return { name: target.text, type: written }
  }

  #block(node: SyntaxNode): Statement[] {
    const statements = node.kind === 'Block' ? node.children() : [node]
    return statements.flatMap((it, i) => (i === 0 && isDocstring(it) ? [] : this.#statement(it)))
  }

  #statement(node: SyntaxNode): Statement[] {
    switch (node.kind) {
      case 'ExpressionStatement': {
        const value = node.child('value')
        if (!value) break
        return [value.kind === 'Call' ? this.#append(value) : this.#assignment(value)]
      }
      case 'Declaration':
        if (node.child('keyword')?.text === 'var') break
        return node.children('definition').map(it => this.#assignment(it))
      case 'If':
      case 'ElseIf':
        return [this.#if(node, node.children('alternative'))]
      case 'ForEach':
        return [this.#each(node)]
      case 'For':
        return [this.#counted(node)]
      case 'While': {
        const body = node.child('body')
        if (!body || node.child('alternative')) break
        const condition = this.#expressions.truth(node.child('condition'), node)
        return [{ kind: 'while', condition, body: this.#block(body) }]
      }
      case 'Return': {
        const value = node.child('value')
        if (!value) throw new Refused('no-answer', node)
        const read = this.#expressions.read(value)
        if (
          typeof read.type !== 'string' &&
          (read.kind !== 'name' || this.#parameters.has(this.binding(value).id))
        )
          throw new Refused('alias', value)
        const returns = this.#returns ? joined(this.#returns, read.type) : read.type
        if (!returns) throw new Refused('mixed', value)
        this.#returns = returns
        return [{ kind: 'return', value: read }]
      }
      case 'Break':
        if (!node.child('label')) return [{ kind: 'break' }]
        break
      case 'Continue':
        if (!node.child('label')) return [{ kind: 'continue' }]
        break
      case 'Pass':
      case 'EmptyStatement':
        return []
    }
    throw new Refused('construct', node)
  }

  /** `a, elif b, elif c, else`: each alternative is in the one before. */
  #if(node: SyntaxNode, [next, ...more]: readonly SyntaxNode[]): Statement {
    const then = node.child('consequence')
    if (!then) throw new Refused('construct', node)
    const condition = this.#expressions.truth(node.child('condition'), node)
    const otherwise = !next ? [] : next.kind === 'ElseIf' ? [this.#if(next, more)] : this.#block(next)
    return { kind: 'if', condition, yes: this.#block(then), no: otherwise }
  }

  #assignment(node: SyntaxNode): Statement {
    const target = node.child('target')
    if (target?.kind !== 'Name') throw new Refused('construct', node)
    const binding = this.binding(target)
    const { id } = binding
    if (this.#loops.has(id)) throw new Refused('changing-bound', node)
    // What is borrowed from the caller in one language is a value of its own in another.
    if (this.#parameters.has(id) && !isNumber(this.#types.get(id)!)) throw new Refused('construct', node)
    const written = node.child('type')
    if (node.kind === 'AugmentedAssignment' || node.kind === 'Update') {
      this.typeOf(target)
      const value = this.#expressions.augmented(node, target)
      this.#learn(id, value.type, node)
      return { kind: 'assign', name: target.text, value }
    }
    const given = node.child('value')
    if (!node.is('Assignment', 'Declarator') || !given) throw new Refused('construct', node)
    const isFirst = !this.#parameters.has(id) && !this.#declared.has(id)
    const value = this.#expressions.read(given, written ? typeWritten(written) : this.#types.get(id))
    if (typeof value.type !== 'string' && (!isFirst || value.kind === 'name'))
      throw new Refused('alias', given)
    this.#learn(id, written && typeWritten(written) !== 'integer' ? typeWritten(written) : value.type, node)
    if (!isFirst) return { kind: 'assign', name: target.text, value }
    const block = node.closest('Block')
    for (const it of binding.occurrences()) if (!block?.contains(it)) throw new Refused('scope', it)
    for (const it of this.#fn.named(target.text))
      if (this.file.binding(it)?.id !== id) throw new Refused('scope', it)
    this.#declared.add(id)
    const type = this.#types.get(id)!
    return { kind: 'declare', name: target.text, type, value, isOnly: binding.writeCount === 1 }
  }

  #learn(id: number, type: Type, at: SyntaxNode): void {
    const known = this.#types.get(id)
    const all = known ? joined(known, type) : type
    if (!all) throw new Refused('mixed', at)
    if (known && this.#parameters.has(id) && !sameType(known, all)) throw new Refused('mixed', at)
    this.#types.set(id, all)
  }

  #append(call: SyntaxNode): Statement {
    const callee = call.child('callee')
    const object = callee?.kind === 'Member' ? callee.child('object') : undefined
    const [value, ...more] = call.children('argument')
    const isAppend = /^(append|push)$/.test(callee?.child('property')?.text ?? '')
    if (object?.kind !== 'Name' || !isAppend || !value || more.length > 0)
      throw new Refused('construct', call)
    const list = this.typeOf(object)
    const { id } = this.binding(object)
    if (typeof list === 'string') throw new Refused('construct', call)
    if (this.#parameters.has(id)) throw new Refused('shared-list', call)
    for (const it of call.ancestors())
      if (it.is('ForEach', 'For') && this.#walks(it, id)) throw new Refused('shared-list', call)
    const read = this.#expressions.read(value)
    if (typeof read.type !== 'string') throw new Refused('alias', value)
    if (!sameType(list.list, read.type)) {
      const all = joined(list.list, read.type)
      if (!all) throw new Refused('mixed', value)
      this.#types.set(id, { list: all })
    }
    return { kind: 'append', to: object.text, value: read }
  }

  /** What a loop goes over, or counts up to, has to do with this variable. */
  #walks(loop: SyntaxNode, id: number): boolean {
    const over = loop.child('iterable') ?? loop.child('condition')
    if (!over) return false
    return [over, ...over.descendants('Name')].some(
      it => it.kind === 'Name' && this.file.binding(it)?.id === id,
    )
  }

  #each(node: SyntaxNode): Statement {
    const iterable = node.child('iterable')
    const body = node.child('body')
    const target = node.child('target')
    if (!iterable || !body || !target || node.child('alternative')) throw new Refused('construct', node)
    if (node.child('operator')?.text === 'in' && this.file.language !== 'python')
      throw new Refused('construct', node)
    if (this.#isCall(iterable, 'range')) return this.#range(node, iterable, target, body)
    const isNumbered = this.#isCall(iterable, 'enumerate')
    const [over] = isNumbered ? iterable.children('argument') : [iterable]
    const names = isNumbered ? target.children('element') : [target]
    if (!over || iterable.children('argument').length > 1 || names.length !== (isNumbered ? 2 : 1))
      throw new Refused('construct', iterable)
    const list = this.#expressions.read(over)
    if (list.kind !== 'name' || typeof list.type === 'string')
      throw new Refused(list.type === 'text' ? 'characters' : 'construct', over)
    const item = names.at(-1)!
    const index = isNumbered ? names[0]! : undefined
    this.#loopName(item, node, list.type.list, { list: undefined, isCounter: false })
    if (index) this.#loopName(index, node, 'count', { list: this.binding(over).id, isCounter: true })
    if (typeof list.type.list !== 'string') throw new Refused('alias', over)
    return { kind: 'each', name: item.text, index: index?.text, list, body: this.#block(body) }
  }

  #isCall(node: SyntaxNode, name: string): boolean {
    const callee = node.kind === 'Call' ? node.child('callee') : undefined
    return this.file.language === 'python' && callee?.text === name && this.file.isFree(callee)
  }

  #range(node: SyntaxNode, call: SyntaxNode, target: SyntaxNode, body: SyntaxNode): Statement {
    const given = call.children('argument')
    if (given.length === 0 || given.length > 2) throw new Refused('construct', call)
    const to = given.at(-1)!
    const from = given.length === 2 ? this.#bound(given[0]!, node) : ZERO
    const end = this.#bound(to, node)
    return this.#counting(node, target, from, end, to, body)
  }

  /** `for (let i = 0; i < n; i++)` */
  #counted(node: SyntaxNode): Statement {
    const [declarator, ...more] = node.child('initializer')?.children('definition') ?? []
    const target = declarator?.child('target')
    const first = declarator?.child('value')
    const condition = node.child('condition')
    const step = node.child('increment')
    const body = node.child('body')
    const to = condition?.child('right')
    if (!target || !first || !condition || !step || !body || !to || more.length > 0)
      throw new Refused('construct', node)
    const isUp = /^(?:(\w+)\+\+|\+\+(\w+)|(\w+) \+= 1)$/.exec(step.text)?.slice(1).includes(target.text)
    if (!isUp || condition.operator !== '<' || condition.child('left')?.text !== target.text)
      throw new Refused('construct', node)
    const from = this.#bound(first, node)
    const end = this.#bound(to, node)
    return this.#counting(node, target, from, end, to, body)
  }

  #counting(
    loop: SyntaxNode,
    target: SyntaxNode,
    from: Expression,
    to: Expression,
    end: SyntaxNode,
    body: SyntaxNode,
  ): Statement {
    // What begins anywhere may be below zero, and large.
    const isCounter = from.kind === 'number'
    const of = isCounter ? this.#expressions.measured(end) : undefined
    this.#loopName(target, loop, isCounter ? 'count' : 'integer', {
      list: of && this.binding(of).id,
      isCounter,
    })
    return { kind: 'count', name: target.text, from, to, body: this.#block(body) }
  }

  /** A whole number that stays the same while the loop runs. */
  #bound(node: SyntaxNode, loop: SyntaxNode): Expression {
    const read = this.#expressions.read(node)
    if (read.type !== 'count' && read.type !== 'integer') throw new Refused('changing-bound', node)
    for (const it of [node, ...node.descendants('Name')]) {
      if (it.kind !== 'Name' || this.file.isFree(it)) continue
      for (const write of this.binding(it).writes())
        if (loop.contains(write)) throw new Refused('changing-bound', write)
    }
    if (read.kind === 'number' && read.value < 0) throw new Refused('construct', node)
    return read
  }

  #loopName(
    node: SyntaxNode,
    loop: SyntaxNode,
    type: Type,
    about: { readonly list: number | undefined; readonly isCounter: boolean },
  ): void {
    if (node.kind !== 'Name') throw new Refused('construct', node)
    const binding = this.binding(node)
    for (const it of binding.occurrences()) if (!loop.contains(it)) throw new Refused('scope', it)
    for (const it of this.#fn.named(node.text))
      if (this.file.binding(it)?.id !== binding.id) throw new Refused('scope', it)
    this.#types.set(binding.id, type)
    this.#loops.set(binding.id, about)
  }
}

const ZERO = { kind: 'number', value: 0, type: 'count' } as const

function isWithin(type: Type, of: Type): boolean {
  const all = joined(type, of)
  return all !== undefined && sameType(all, of)
}

function isDocstring(node: SyntaxNode): boolean {
  return node.kind === 'ExpressionStatement' && node.child('value')?.kind === 'String'
}
