// What is done with the answer of a call: through `await`, `then`, variables, patterns and loops to the fields that are read.

import { calleeName, keyText, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Expected, ReadFieldRow, Steps } from '../../rows/exchanges.ts'
import { typeAt } from './data-types.ts'

export interface Answer {
  readonly reads: readonly (Omit<ReadFieldRow, 'of'> & { readonly at: SyntaxNode })[]
  readonly returned: Steps | undefined
  readonly expected: Expected | undefined
  readonly seesFailure: boolean
}

/** Nobody does more with one answer. */
const MOST_STEPS = 400

export function answerOf(file: SourceFile, call: SyntaxNode): Answer {
  const walk = new AnswerWalk(file, call)
  walk.run()
  return walk
}

interface Task {
  readonly node: SyntaxNode
  readonly path: Steps
  readonly isGuarded: boolean
}

/** Each value that holds the answer, or a part of it, once. */
class AnswerWalk implements Answer {
  readonly reads: (Omit<ReadFieldRow, 'of'> & { readonly at: SyntaxNode })[] = []
  expected: Expected | undefined
  seesFailure: boolean
  readonly #file: SourceFile
  readonly #call: SyntaxNode
  readonly #tasks: Task[] = []
  readonly #seen = new Set<string>()
  readonly #returned = new Map<string, Steps>()
  readonly #written = new Set<string>()
  readonly #around: SyntaxNode | undefined

  constructor(file: SourceFile, call: SyntaxNode) {
    this.#file = file
    this.#call = call
    for (const it of call.ancestors()) if (it.kind === 'Function') this.#around = it
    this.seesFailure = [...call.ancestors()].some(it => it.kind === 'Try')
    const [argument] =
      call
        .child('typeArguments')
        ?.children()
        .filter(it => it.kind !== 'Operator') ?? []
    if (argument && !argument.text.includes('Response<')) this.expected = { type: typeAt(file, argument) }
  }

  get returned(): Steps | undefined {
    return this.#returned.size === 1 ? [...this.#returned.values()][0] : undefined
  }

  run(): void {
    this.#follow(this.#call, [], false)
    for (let i = 0; i < this.#tasks.length && i < MOST_STEPS; i++) this.#step(this.#tasks[i]!)
    // What another branch gives back may be the whole response.
    if (this.#returned.size > 1 && this.#returned.has('')) this.seesFailure = true
    // What is added here is not expected to come from there.
    if (this.#written.size > 0) {
      const others = this.reads.filter(it => !this.#written.has(it.path.join('.')))
      this.reads.length = 0
      this.reads.push(...others)
    }
  }

  #follow(node: SyntaxNode | undefined, path: Steps, isGuarded: boolean): void {
    if (!node || path.length > 8) return
    const key = `${node.row} ${path.join('.')}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#tasks.push({ node, path, isGuarded })
  }

  /** One step outwards, from a value to what is made of it. */
  #step({ node, path, isGuarded }: Task): void {
    const { parent } = node
    if (!parent) return
    switch (parent.kind) {
      case 'Await':
        // `await f<T>(x)` is read as a call of `await f`.
        if (parent.role !== 'callee') this.#follow(parent, path, isGuarded)
        return
      case 'Parenthesized':
      case 'NonNull':
      case 'ExpressionStatement':
        return parent.kind === 'ExpressionStatement' ? undefined : this.#follow(parent, path, isGuarded)
      case 'Cast':
        this.#expect(parent.child('type'), path)
        return this.#follow(parent, path, isGuarded)
      case 'Member':
        return node.role === 'object' ? this.#member(parent, path, isGuarded) : undefined
      case 'Index':
        return node.role === 'object' ? this.#index(parent, path, isGuarded) : undefined
      case 'Logical':
        return this.#follow(parent, path, isGuarded || (node.role === 'left' && parent.operator !== '&&'))
      case 'Conditional':
        return node.role === 'condition' ? undefined : this.#follow(parent, path, isGuarded)
      case 'Declarator':
        this.#expect(parent.child('type'), path)
        return this.#into(parent.child('target'), path, isGuarded)
      case 'Assignment':
        return node.role === 'value' ? this.#into(parent.child('target'), path, isGuarded) : undefined
      case 'ForEach':
        return node.role === 'iterable' && parent.text.includes(' of ')
          ? this.#into(parent.child('target'), [...path, '[]'], isGuarded)
          : undefined
      case 'Return':
        return this.#returnedFrom(parent.closest('Function'), path, isGuarded)
      case 'Function':
        return node.role === 'body' ? this.#returnedFrom(parent, path, isGuarded) : undefined
      case 'Call':
      case 'List':
        return this.#ofAll(node, parent, path)
      default:
        return this.#handOn(path)
    }
  }

  /** Nobody follows it any further: whoever has the whole response may look at its status. */
  #handOn(path: Steps): void {
    if (path.length === 0) this.seesFailure = true
  }

  #member(member: SyntaxNode, path: Steps, isGuarded: boolean): void {
    const property = member.child('property')
    const name = property?.name
    if (!property || !name) return
    const outer = member.parent
    if (outer?.kind === 'Call' && member.role === 'callee') return this.#method(outer, name, path, isGuarded)
    if (name === 'ok' || name === 'status') this.seesFailure = true
    const own = [...path, name]
    if (member.role === 'target' && outer?.is('Assignment', 'AugmentedAssignment')) {
      this.#written.add(own.join('.'))
      return
    }
    if (NO_FIELD.test(name)) return
    this.#read(own, property, isGuarded || isGuardedUse(member))
    this.#follow(member, own, isGuarded)
  }

  #read(path: Steps, at: SyntaxNode, isGuarded: boolean): void {
    this.reads.push({ path, isGuarded: isGuarded || isWhereItFailed(at), at })
  }

  /** `data[0]`, `data['name']` */
  #index(index: SyntaxNode, path: Steps, isGuarded: boolean): void {
    const key = index.child('index')
    const known = key && this.#file.constant(key)
    if (known?.kind === 'number') return this.#follow(index, [...path, '[]'], isGuarded)
    if (known?.kind !== 'string' || !key) return
    const own = [...path, known.value]
    if (index.role === 'target') this.#written.add(own.join('.'))
    else {
      this.#read(own, key, isGuarded || isGuardedUse(index))
      this.#follow(index, own, isGuarded)
    }
  }

  #method(call: SyntaxNode, name: string, path: Steps, isGuarded: boolean): void {
    const [first, second] = positional(call)
    if (name === 'json' && !first) return this.#follow(call, [...path, 'json()'], isGuarded)
    if (name === 'then' || name === 'subscribe') {
      if (second) this.seesFailure = true
      if (!this.#functionAt(first)) this.#handOn(path)
      // What the callback gives back goes on at `#returnedFrom`.
      return this.#into(parameterOf(this.#functionAt(first), 0), path, isGuarded)
    }
    if (name === 'catch' || name === 'finally') {
      if (name === 'catch') this.seesFailure = true
      return this.#follow(call, path, isGuarded)
    }
    const callback = this.#functionAt(first)
    if (ELEMENTS.test(name)) this.#into(parameterOf(callback, 0), [...path, '[]'], isGuarded)
    if (/^reduce/.test(name)) this.#into(parameterOf(callback, 1), [...path, '[]'], isGuarded)
    if (name === 'sort') this.#into(parameterOf(callback, 1), [...path, '[]'], isGuarded)
    if (SAME_LIST.test(name)) this.#follow(call, path, isGuarded)
    if (ONE_OF.test(name)) this.#follow(call, [...path, '[]'], isGuarded)
  }

  #functionAt(node: SyntaxNode | undefined): SyntaxNode | undefined {
    const value = node && this.#file.value(node)
    return value?.kind === 'Function' ? value : undefined
  }

  /** A variable, a parameter or a pattern takes the value. */
  #into(target: SyntaxNode | undefined, path: Steps, isGuarded: boolean): void {
    if (!target) return
    switch (target.kind) {
      case 'Parameter':
        this.#expect(target.child('type'), path)
        return this.#into(target.child('target') ?? target.child('name'), path, isGuarded)
      case 'Name': {
        const binding = this.#file.binding(target)
        if (!binding || (binding.writeCount > 1 && !this.#isOnlyAnswer(target))) return this.#handOn(path)
        for (const it of binding.reads()) this.#follow(it, path, isGuarded)
        return
      }
      case 'DefaultPattern':
        return this.#into(target.child('target'), path, true)
      case 'ListPattern':
        for (const it of target.children('element')) this.#into(it, [...path, '[]'], isGuarded)
        return
      case 'ObjectPattern':
        for (const it of target.children('element')) this.#property(it, path, isGuarded)
        return
      default:
        this.#handOn(path)
    }
  }

  #property(it: SyntaxNode, path: Steps, isGuarded: boolean): void {
    const isDefault = it.kind === 'DefaultPattern'
    const key = isDefault ? it.child('target') : it.kind === 'Pair' ? it.child('key') : it
    if (it.kind === 'RestPattern' || !key?.is('Name', 'PropertyName', 'String')) return
    const name = keyText(key)
    const value = it.kind === 'Pair' ? it.child('value') : key
    if (name === 'ok' || name === 'status') this.seesFailure = true
    const own = [...path, name]
    const isGuardedHere = isGuarded || isDefault || value?.kind === 'DefaultPattern'
    this.#read(own, key, isGuardedHere || (value?.kind === 'Name' && this.#isTested(value)))
    this.#into(value, own, isGuardedHere)
  }

  /** A condition asks for it. */
  #isTested(name: SyntaxNode): boolean {
    const binding = this.#file.binding(name)
    return binding !== undefined && [...binding.reads()].some(it => isGuardedUse(it))
  }

  /** `let user = null; user = await …`: the other value says nothing. */
  #isOnlyAnswer(target: SyntaxNode): boolean {
    const binding = this.#file.binding(target)
    if (!binding || binding.kind === 'parameter') return false
    const values = [...binding.writes()].flatMap(it => {
      const value = it.parent?.is('Declarator', 'Assignment') ? it.parent.child('value') : undefined
      return value && !value.unwrapped.is('Null', 'Undefined') ? [value] : []
    })
    return values.length === 1
  }

  #returnedFrom(fn: SyntaxNode | undefined, path: Steps, isGuarded: boolean): void {
    if (!fn) return
    if (fn.row === this.#around?.row) {
      this.#returned.set(path.join('.'), path)
      this.#expect(fn.child('returnType'), path)
      return
    }
    const call = fn.parent
    // `then(response => response.json())`
    if (call?.kind === 'Call' && fn.role === 'argument' && calleeName(call) === 'then')
      this.#follow(call, path, isGuarded)
    else this.#handOn(path)
  }

  /** `Promise.all([…])`, of which a pattern takes the parts. */
  #ofAll(node: SyntaxNode, parent: SyntaxNode, path: Steps): void {
    const list = parent.kind === 'List' ? parent : undefined
    const all = list?.parent
    if (!list || all?.kind !== 'Call' || list.role !== 'argument' || !/\ball$/.test(calleeName(all)))
      return this.#handOn(path)
    const index = list.children('element').findIndex(it => it.row === node.row)
    const holder = all.parent?.kind === 'Await' ? all.parent : all
    const target = holder.parent?.kind === 'Declarator' ? holder.parent.child('target') : undefined
    if (target?.kind === 'ListPattern' && !/,\s*,|\[\s*,/.test(target.text))
      this.#into(target.children('element')[index], path, false)
    else this.#handOn(path)
  }

  #expect(annotation: SyntaxNode | undefined, at: Steps): void {
    if (!annotation || this.expected) return
    const type = typeAt(this.#file, annotation)
    if (type.kind !== 'unknown') this.expected = { type, at }
  }
}

const ELEMENTS = /^(map|forEach|filter|find|findLast|findIndex|some|every|flatMap|sort)$/
const SAME_LIST = /^(filter|slice|sort|reverse|concat|toSorted|toReversed)$/
const ONE_OF = /^(find|findLast|at|pop|shift)$/
/** Of lists, texts and promises. */
const NO_FIELD = /^(length|size|constructor|prototype)$/

function parameterOf(fn: SyntaxNode | undefined, index: number): SyntaxNode | undefined {
  const parameters = fn?.child('parameters')?.children('parameter')
  if (parameters) return parameters[index]
  // `user => …`
  return index === 0 ? fn?.child('parameter') : undefined
}

/** `data.error ?? ''`, `if (data.error)`, `data.error?.message`: whoever writes that reckons with nothing. */
function isGuardedUse(value: SyntaxNode): boolean {
  let it = value
  for (let { parent } = it; parent; { parent } = it) {
    if (it.role === 'condition' || parent.kind === 'Not') return true
    if (parent.kind === 'Logical') {
      if (it.role === 'left') return true
    } else if (parent.is('Member', 'Index') && it.role === 'object')
      return parent.child('operator') !== undefined
    else if (!parent.is('Parenthesized', 'Comparison', 'Unary')) return false
    it = parent
  }
  return false
}

/** In a branch that asks about the status, or that handles an error: the answer is another one there. */
function isWhereItFailed(node: SyntaxNode): boolean {
  let inner = node
  for (const it of node.ancestors()) {
    if (it.kind === 'Function' || it.kind === 'Catch') return it.kind === 'Catch'
    if (it.is('If', 'Conditional') && inner.role !== 'condition') {
      const condition = it.child('condition')?.text ?? ''
      if (/\b(ok|status|statusCode|error|success)\b/.test(condition)) return true
    }
    inner = it
  }
  return false
}
