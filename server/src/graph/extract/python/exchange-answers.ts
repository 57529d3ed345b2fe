// What is done with the answer of a call in Python: through `await`, `with`, variables and loops to the keys that are read.

import { calleeName, keyText, positional } from '../../../semantics/calls.ts'
import { writesBefore } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Expected, ReadFieldRow, Steps } from '../../rows/exchanges.ts'
import { typeIn } from './types.ts'

type Read = Omit<ReadFieldRow, 'of'> & { readonly at: SyntaxNode }

interface Answer {
  readonly reads: readonly Read[]
  readonly returned: Steps | undefined
  readonly expected: Expected | undefined
}

interface Task {
  readonly node: SyntaxNode
  readonly path: Steps
  readonly isGuarded: boolean
}

/** Nobody does more with one answer. */
const MOST_STEPS = 300

/** Each value that holds the answer, or a part of it, once. */
export function answerOf(file: SourceFile, call: SyntaxNode): Answer {
  const walk = new AnswerWalk(file, call)
  walk.run()
  return walk
}

class AnswerWalk implements Answer {
  readonly #found: Read[] = []
  expected: Expected | undefined
  readonly #file: SourceFile
  readonly #tasks: Task[]
  readonly #seen = new Set<number>()
  readonly #returned = new Map<string, Steps>()
  readonly #written = new Set<string>()
  readonly #around: SyntaxNode | undefined

  constructor(file: SourceFile, call: SyntaxNode) {
    this.#file = file
    this.#around = call.closest('Function')
    this.#tasks = [{ node: call, path: [], isGuarded: false }]
  }

  /** What is added here is not expected to come from there. */
  get reads(): readonly Read[] {
    return this.#found.filter(it => !this.#written.has(it.path.join('.')))
  }

  get returned(): Steps | undefined {
    return this.#returned.size === 1 ? [...this.#returned.values()][0] : undefined
  }

  run(): void {
    for (let i = 0; i < this.#tasks.length && i < MOST_STEPS; i++) this.#step(this.#tasks[i]!)
  }

  #follow(node: SyntaxNode, path: Steps, isGuarded: boolean): void {
    if (path.length > 8 || this.#seen.has(node.row)) return
    this.#seen.add(node.row)
    this.#tasks.push({ node, path, isGuarded })
  }

  /** One step outwards, from a value to what is made of it. */
  #step({ node, path, isGuarded }: Task): void {
    const { parent } = node
    if (!parent) return
    switch (parent.kind) {
      case 'Await':
      case 'Parenthesized':
        return this.#follow(parent, path, isGuarded)
      case 'WithItem': {
        return
      }
      case 'AsPattern':
      case 'NamedExpression':
      case 'Assignment': {
        const target = parent.child('target')
        if (node.role !== 'value' || !target) return
        const type = parent.kind === 'Assignment' ? parent.child('type') : undefined
        this.#expect(type, path)
        return this.#into(target, path, isGuarded)
      }
      case 'Conditional':
        return node.role === 'condition' ? undefined : this.#follow(parent, path, isGuarded)
      case 'Logical':
        return this.#follow(parent, path, isGuarded || node.role === 'left')
      case 'Member':
        return node.role === 'object' ? this.#method(parent, path, isGuarded) : undefined
      case 'Index':
        return node.role === 'object' ? this.#index(parent, path, isGuarded) : undefined
      case 'ForEach':
      case 'ComprehensionFor': {
        const target = parent.child('target')
        return node.role === 'iterable' && target ? this.#into(target, [...path, '[]'], isGuarded) : undefined
      }
      case 'Return':
        if (parent.closest('Function')?.row === this.#around?.row) {
          this.#returned.set(path.join('.'), path)
          this.#expect(this.#around?.child('returnType'), path)
        }
    }
  }

  /** `response.json()`, `data.get("name")` */
  #method(member: SyntaxNode, path: Steps, isGuarded: boolean): void {
    const call = member.parent?.kind === 'Call' && member.role === 'callee' ? member.parent : undefined
    if (!call) return
    const [key, otherwise] = positional(call)
    const name = calleeName(call)
    if (name === 'json' && path.length === 0) this.#follow(call, ['json()'], isGuarded)
    if (name !== 'get' || key?.kind !== 'String') return
    this.#read(call, key, path, isGuarded || otherwise !== undefined)
  }

  /** `data[0]`, `data["name"]` */
  #index(index: SyntaxNode, path: Steps, isGuarded: boolean): void {
    const key = index.child('index')
    const known = key && this.#file.constant(key)
    if (known?.kind === 'number') this.#follow(index, [...path, '[]'], isGuarded)
    if (known?.kind !== 'string' || key?.kind !== 'String') return
    if (index.role === 'target' || index.parent?.kind === 'Delete')
      this.#written.add([...path, known.value].join('.'))
    else this.#read(index, key, path, isGuarded)
  }

  #read(value: SyntaxNode, key: SyntaxNode, path: Steps, isGuarded: boolean): void {
    const name = keyText(key)
    const own = [...path, name]
    const isReckoned = isGuarded || isAsked(value, name)
    this.#found.push({ path: own, isGuarded: isReckoned, at: key })
    this.#follow(value, own, isReckoned)
  }

  #into(target: SyntaxNode, path: Steps, isGuarded: boolean): void {
    if (target.kind !== 'Name') return
    const binding = this.#file.binding(target)
    if (!binding || binding.isModuleLevel) return
    for (const it of binding.reads()) {
      const [write, ...more] = writesBefore(binding, it)
      if (write?.row === target.row && more.length === 0) this.#follow(it, path, isGuarded)
    }
  }

  #expect(annotation: SyntaxNode | undefined, at: Steps): void {
    if (!annotation || this.expected || at.length === 0) return
    const type = typeIn(this.#file, annotation)
    // Any dictionary, or any list: nothing is expected of what is in it.
    if (type.kind === 'shape') this.expected = { type, at }
  }
}

/** `if "name" in data`, `except KeyError`, a branch that asks how it went: whoever writes that reckons with nothing. */
function isAsked(value: SyntaxNode, name: string): boolean {
  let inner = value
  for (const it of value.ancestors()) {
    if (it.kind === 'Function') return false
    if (it.kind === 'Catch') return true
    if (it.kind === 'Try' && inner.role === 'body' && CATCHES.test(catchesOf(it))) return true
    if (it.is('If', 'Conditional', 'While', 'Logical')) {
      const asked = it.kind === 'Logical' ? it.child('left') : it.child('condition')
      const text = asked && inner.row !== asked.row ? asked.text : ''
      if (text.includes(`"${name}"`) || text.includes(`'${name}'`) || STATUS.test(text)) return true
    }
    // `[it["name"] for it in all if "name" in it]`
    if (
      it.kind === 'Comprehension' &&
      it.children('clause').some(one => one.kind === 'ComprehensionIf' && one.text.includes(name))
    )
      return true
    inner = it
  }
  return false
}

const CATCHES = /\b(KeyError|LookupError|TypeError|Exception|IndexError)\b|^except\s*:/
const STATUS = /\b(ok|status|status_code|error|errors|success|is_success|is_error)\b/

function catchesOf(node: SyntaxNode): string {
  return node
    .children('handler')
    .map(it => it.text.slice(0, 80).split('\n')[0])
    .join('\n')
}
