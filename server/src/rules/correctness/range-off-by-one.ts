/** A loop that runs once too often: the last index is one less than the length. */

import { calleeName, positional, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertAfter, replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { knownType } from '../support/known-type.ts'
import { isTested } from '../support/truth.ts'

/** What happens behind the end. */
const OUTCOME = {
  javascript: { en: 'gives `undefined`', es: 'da `undefined`' },
  python: { en: 'fails with an `IndexError`', es: 'falla con un `IndexError`' },
  rust: { en: 'panics', es: 'provoca un pánico' },
} as const

export default defineRule({
  id: 'correctness/range-off-by-one',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [193],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    For: (node, file) => beyond(countedLoop(node, file), file),
    ForEach: (node, file) => beyond(rangeLoop(node, node.child('body'), file), file),
    ComprehensionFor: (node, file) => beyond(rangeLoop(node, elementOf(node.parent), file), file),
    *Index(node, file) {
      const object = node.child('object')
      const [index, second] = node.children('index')
      if (!object || !index || second || !isLengthOf(index, object, file)) return
      if (isTarget(node) && file.language !== 'rust') return
      if (file.language === 'python' && knownType(file, object) === 'dictionary') return
      yield {
        at: node,
        data: { access: excerpt(node), loop: false as boolean, first: false, ...outcome(file) },
        fix: { safety: 'unsafe', edits: () => [insertAfter(index, ' - 1')] },
      }
    },
  },

  explain: {
    en: ({ access, loop, first, en }) => ({
      message: loop
        ? `In its ${first ? 'first' : 'last'} round the loop reaches \`${access}\` one behind the end`
        : `\`${access}\` is one behind the end`,
      why: `Indices start at 0, so the last one is the length minus 1. Here ${loop ? `\`${access}\`` : 'it'} ${en}.`,
      remedy: loop ? 'Let the loop end at the length minus 1.' : 'Subtract 1 for the last element.',
      fix: loop ? 'Leave out the round behind the end' : 'Subtract 1',
    }),
    es: ({ access, loop, first, es }) => ({
      message: loop
        ? `En su ${first ? 'primera' : 'última'} vuelta el bucle llega a \`${access}\` una posición más allá del final`
        : `\`${access}\` está una posición más allá del final`,
      why: `Los índices empiezan en 0, así que el último es la longitud menos 1. Aquí ${loop ? `\`${access}\` ` : ''}${es}.`,
      remedy: loop
        ? 'Haz que el bucle termine en la longitud menos 1.'
        : 'Resta 1 para llegar al último elemento.',
      fix: loop ? 'Quitar la vuelta que pasa del final' : 'Restar 1',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`for (let i = 0; «i <= items.length»; i++) sum += items[i]`,
        js`for (let i = 0; i < items.length; i++) sum += items[i]`,
      ),
      fixes(
        ts`for (let i = 0, n = a.b.length; «n >= i»; ++i) { f(a.b[i]) }`,
        ts`for (let i = 0, n = a.b.length; n > i; ++i) { f(a.b[i]) }`,
      ),
      fixes(
        js`for (let i = 0; «i <= items.length»; i += 1) { const item = items[i]; f(item.name) }`,
        js`for (let i = 0; i < items.length; i += 1) { const item = items[i]; f(item.name) }`,
      ),
      fixes(
        js`for (let i = «items.length»; i >= 0; i--) f(items[i])`,
        js`for (let i = items.length - 1; i >= 0; i--) f(items[i])`,
      ),
      fixes(js`const last = «items[items.length]»`, js`const last = items[items.length - 1]`),
      fixes(
        py`
        for i in range(«len(items) + 1»):
            total += items[i]
      `,
        py`
        for i in range(len(items)):
            total += items[i]
      `,
      ),
      fixes(
        py`a = [items[i] for i in range(0, «1 + len(items)»)]`,
        py`a = [items[i] for i in range(0, len(items))]`,
      ),
      fixes(
        py`
        for i in range(«len(items)», -1, -1):
            f(items[i])
      `,
        py`
        for i in range(len(items) - 1, -1, -1):
            f(items[i])
      `,
      ),
      py`
        def f(items: list[int]):
            for i in range(1, «len(items) + 1»):
                items[i] += 1
      `,
      fixes(py`last = «items[len(items)]»`, py`last = items[len(items) - 1]`),
      fixes(
        rs`fn f(v: &[i32]) { for i in «0..=v.len()» { g(v[i]); } }`,
        rs`fn f(v: &[i32]) { for i in 0..v.len() { g(v[i]); } }`,
      ),
      fixes(
        rs`fn f(v: &[i32]) { for i in («1..v.len() + 1»).rev() { g(v[i]); } }`,
        rs`fn f(v: &[i32]) { for i in (1..v.len()).rev() { g(v[i]); } }`,
      ),
      fixes(rs`fn f(v: &[i32]) { g(«v[v.len()]»); }`, rs`fn f(v: &[i32]) { g(v[v.len() - 1]); }`),
    ],
    valid: [
      js`for (let i = 0; i < items.length; i++) f(items[i])`,
      js`for (let i = 0; i <= items.length; i++) f(others[i])`,
      js`for (let i = 1; i <= items.length; i++) f(items[i - 1])`,
      js`for (let i = 0; i <= items.length; i++) f(items.slice(0, i))`,
      js`for (let i = 0; i <= items.length; i++) { if (i < items.length) f(items[i]) }`,
      js`for (let i = 0; i <= text.length; i++) { if (text[i] === ',' || i === n) f(i) }`,
      js`for (let i = 0; i <= text.length; i++) { const c = text[i]; if (!c) break; f(c) }`,
      js`for (let i = 0; i <= items.length; i++) f(items[i]?.name ?? items[i])`,
      ts`for (let i = items.length; i > 0; i--) f(items[i - 1])`,
      js`for (let i = items.length; i--; ) f(items[i])`,
      js`items[items.length] = item`,
      js`const last = items[items.length - 1]`,
      js`const next = items[others.length]`,
      py`
        for i in range(len(items) + 1):
            f(items[:i], items[i:])
      `,
      // A dictionary may well count from 1.
      py`
        for i in range(1, len(items) + 1):
            f(items[i])
      `,
      py`
        for i in range(len(items) + 1):
            if i < len(items):
                f(items[i])
      `,
      py`
        for i in range(len(items) + 1):
            try:
                f(items[i])
            except IndexError:
                g()
      `,
      py`
        for i in range(len(items) + 1):
            items.append(i)
            f(items[i])
      `,
      py`
        names = {}
        names[len(names)] = name
        f(names[len(names)])
      `,
      py`a = [items[i] for i in range(len(items) + 1) if i in known]`,
      py`a = [others[i] for i in range(len(items) + 1)]`,
      rs`fn f(v: &[i32]) { for i in 0..v.len() { g(v[i]); } }`,
      rs`fn f(v: &[i32]) { for i in 0..=v.len() { g(&v[..i]); } }`,
      rs`fn f(v: &[i32]) { for i in 0..=v.len() { if i == v.len() { h(); } else { g(v[i]); } } }`,
      rs`fn f(v: &[i32]) { for i in 0..=w.len() { g(v[i]); } }`,
    ],
  },
})

/** A loop whose index reaches the length of something. */
interface Reach {
  readonly index: SyntaxNode
  readonly body: SyntaxNode
  /** What the length is taken of. */
  readonly sequence: SyntaxNode
  /** The bound that is too far. */
  readonly bound: SyntaxNode
  readonly first: boolean
  readonly edits: () => readonly TextEdit[]
}

function beyond(reach: Reach | undefined, file: SourceFile) {
  return reach && report(reach, file)
}

function* report({ index, body, sequence, bound, first, edits }: Reach, file: SourceFile) {
  const counter = file.binding(index)
  if (!counter) return
  const isCounter = (node: SyntaxNode) =>
    node.kind === 'Name' && node.name === index.name && counter.same(file.binding(node))
  let access: SyntaxNode | undefined
  for (const it of [body, ...body.descendants('Index', 'Comparison', 'Call', 'Member', 'Try')]) {
    switch (it.kind) {
      case 'Index': {
        const [at, second] = it.children('index')
        if (!at || second || !isCounter(at.unwrapped) || !it.child('object')?.same(sequence)) break
        // Whoever reckons with nothing there knows what the last round is for.
        if (!trusts(it, file)) return
        access ??= it
        break
      }
      case 'Comparison':
        for (const name of it.descendants('Name')) if (name.role !== 'index' && isCounter(name)) return
        break
      case 'Try':
        return
      default:
        // The length is looked at again, or something is added along the way.
        if (lengthOf(it, file)?.same(sequence) || (it.kind === 'Call' && receiver(it)?.same(sequence))) return
    }
  }
  if (!access) return
  yield {
    at: bound,
    data: { access: excerpt(access), loop: true as boolean, first, ...outcome(file) },
    fix: { safety: 'unsafe' as const, edits },
    related: [access],
  }
}

function outcome(file: SourceFile): { readonly en: string; readonly es: string } {
  return OUTCOME[file.language === 'typescript' ? 'javascript' : file.language]
}

/** `for (let i = 0; i <= a.length; i++)` and `for (let i = a.length; i >= 0; i--)`. */
function countedLoop(loop: SyntaxNode, file: SourceFile): Reach | undefined {
  const condition = loop.child('condition')?.unwrapped
  const body = loop.child('body')
  if (condition?.kind !== 'Comparison' || !body) return undefined
  const left = condition.child('left')!.unwrapped
  const right = condition.child('right')!.unwrapped
  const operator = condition.operator
  const index = operator === '<=' ? left : operator === '>=' ? right : undefined
  const limit = operator === '<=' ? right : left
  if (index?.kind === 'Name' && counts(loop, index, '+')) {
    const sequence = lengthOf(file.value(limit), file)
    return (
      sequence && {
        index,
        body,
        sequence,
        bound: condition,
        first: false,
        edits: () => [replace(condition.child('operator')!, operator === '<=' ? '<' : '>')],
      }
    )
  }
  const toZero = (operator === '>=' && right.text === '0') || (operator === '>' && right.text === '-1')
  if (!toZero || left.kind !== 'Name' || !counts(loop, left, '-')) return undefined
  for (const it of loop.child('initializer')?.children('definition') ?? []) {
    const start = it.child('value')
    const sequence = it.child('target')?.name === left.name && start && lengthOf(start, file)
    if (sequence)
      return {
        index: left,
        body,
        sequence,
        bound: start,
        first: true,
        edits: () => [insertAfter(start, ' - 1')],
      }
  }
  return undefined
}

/** The loop steps `index` by one. */
function counts(loop: SyntaxNode, index: SyntaxNode, sign: '+' | '-'): boolean {
  const step = loop.child('increment')?.unwrapped
  if (step?.child('target')?.name !== index.name) return false
  return step.kind === 'Update'
    ? step.operator === sign + sign
    : step.kind === 'AugmentedAssignment' && step.operator === `${sign}=` && step.child('value')?.text === '1'
}

/** What a comprehension makes of every round; a condition in it may see to the last one. */
function elementOf(comprehension: SyntaxNode | undefined): SyntaxNode | undefined {
  return comprehension?.children('clause').some(it => it.kind === 'ComprehensionIf')
    ? undefined
    : comprehension?.child('body')
}

/** Python's `for i in range(len(a) + 1)` and Rust's `for i in 0..=a.len()`. */
function rangeLoop(loop: SyntaxNode, body: SyntaxNode | undefined, file: SourceFile): Reach | undefined {
  const index = loop.child('target')
  const iterable = loop.child('iterable')?.unwrapped
  if (!body || index?.kind !== 'Name' || !iterable) return undefined
  if (file.language === 'python') return pythonRange(index, body, iterable, file)
  if (file.language === 'rust') return rustRange(index, body, iterable, file)
  return undefined
}

function pythonRange(
  index: SyntaxNode,
  body: SyntaxNode,
  iterable: SyntaxNode,
  file: SourceFile,
): Reach | undefined {
  const callee = iterable.kind === 'Call' ? iterable.child('callee') : undefined
  if (callee?.name !== 'range' || !file.isFree(callee)) return undefined
  const all = positional(iterable)
  const [start, stop, step] = all.length === 1 ? [undefined, all[0], undefined] : all
  if (!stop) return undefined
  if (start && stop.text === '-1' && step?.text === '-1') {
    const sequence = lengthOf(start, file)
    return (
      sequence && {
        index,
        body,
        sequence,
        bound: start,
        first: true,
        edits: () => [insertAfter(start, ' - 1')],
      }
    )
  }
  const length = withoutOne(stop)
  const sequence = length && lengthOf(length, file)
  if (!sequence || (step && step.text !== '1')) return undefined
  if (start && start.text !== '0' && knownType(file, sequence) !== 'list') return undefined
  return {
    index,
    body,
    sequence,
    bound: stop,
    first: false,
    edits: () => [replace(stop, length.text)],
  }
}

function rustRange(
  index: SyntaxNode,
  body: SyntaxNode,
  iterable: SyntaxNode,
  file: SourceFile,
): Reach | undefined {
  const range = (calleeName(iterable) === 'rev' ? receiver(iterable)?.unwrapped : undefined) ?? iterable
  const start = range.child('left')
  const end = range.child('right')
  if (range.kind !== 'Range' || start?.kind !== 'Number' || !end) return undefined
  const isInclusive = range.operator === '..='
  const length = isInclusive ? end : withoutOne(end)
  const sequence = length && lengthOf(length, file)
  return (
    sequence && {
      index,
      body,
      sequence,
      bound: range,
      first: range.row !== iterable.row,
      edits: () => (isInclusive ? [replace(range.child('operator')!, '..')] : [replace(end, length.text)]),
    }
  )
}

/** `n` in `n + 1` and `1 + n`. */
function withoutOne(sum: SyntaxNode): SyntaxNode | undefined {
  if (sum.kind !== 'Binary' || sum.operator !== '+') return undefined
  const left = sum.child('left')
  const right = sum.child('right')
  return right?.text === '1' ? left : left?.text === '1' ? right : undefined
}

function isLengthOf(node: SyntaxNode, object: SyntaxNode, file: SourceFile): boolean {
  return lengthOf(node, file)?.same(object) ?? false
}

/** `a` in `a.length`, `len(a)` and `a.len()`. */
function lengthOf(node: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  if (file.language === 'python') {
    if (node.kind !== 'Call') return undefined
    const callee = node.child('callee')
    const [argument, second] = node.children('argument')
    return callee?.name === 'len' && !second && file.isFree(callee) ? stable(argument) : undefined
  }
  if (file.language === 'rust') {
    if (node.kind !== 'Call' || node.child('argument') || calleeName(node) !== 'len') return undefined
    return stable(receiver(node))
  }
  return node.kind === 'Member' && node.child('property')?.name === 'length'
    ? stable(node.child('object'))
    : undefined
}

/** Names and members: the same words mean the same thing twice. */
function stable(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node && (node.is('Name', 'This') || (node.kind === 'Member' && stable(node.child('object'))))
    ? node
    : undefined
}

/** What is written there counts on there being something. */
function trusts(access: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'javascript' && file.language !== 'typescript') return !isTested(file, access)
  const { parent, role } = access
  switch (parent?.kind) {
    case 'Member':
    case 'Index':
      return role === 'object' && parent.operator !== '?.'
    case 'Binary':
    case 'AugmentedAssignment':
    case 'Update':
    case 'Interpolation':
      return true
    case 'Call':
      return role === 'argument'
    case 'Assignment':
      return role === 'target'
    case 'Declarator': {
      const name = parent.child('target')
      const binding = name?.kind === 'Name' ? file.binding(name) : undefined
      return binding !== undefined && [...binding.reads()].every(it => trustsName(it, file))
    }
    default:
      return false
  }
}

function trustsName(read: SyntaxNode, file: SourceFile): boolean {
  const { parent } = read
  return !(parent?.is('Comparison', 'Logical') || isTested(file, read) || parent?.operator === '?.')
}

/** Written to, not read. */
function isTarget(node: SyntaxNode): boolean {
  const { parent, role } = node
  return role === 'target' && parent !== undefined && parent.is('Assignment', 'Declarator')
}
