/** A whole collection is filtered to look at its first element, or to see whether there is one. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { at, fixes, js, jsx, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isRepeatable } from '../support/effects.ts'
import { isTestCode } from '../support/test-code.ts'
import { isTested } from '../support/truth.ts'

export default defineRule({
  id: 'performance/filter-then-first',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'data-structures',
  impact: { likelihood: 'low', cost: 'minutes' },
  callees: ['filter', 'list', 'len'],

  check: {
    Call(node, file) {
      switch (file.language) {
        case 'python':
          return calleeName(node) === 'len' ? countedComprehension(node, file) : firstOfFilter(node, file)
        case 'rust':
          return filteredIterator(node, file)
        default:
          return calleeName(node) === 'filter' ? filteredArray(node, file) : undefined
      }
    },
    Comprehension: firstOfComprehension,
  },

  explain: {
    en: ({ shown, instead }) => ({
      message: `\`${shown}\` goes through everything, though \`${instead}\` could stop at the first match`,
      why: 'All elements are tested and the matches are collected, only to throw nearly all of that away.',
      remedy: `Use \`${instead}\`: it says what is meant, and stops as soon as it knows.`,
      fix: `Use \`${instead}\``,
    }),
    es: ({ shown, instead }) => ({
      message: `\`${shown}\` lo recorre todo, aunque \`${instead}\` podría parar en la primera coincidencia`,
      why: 'Se comprueban todos los elementos y se reúnen las coincidencias, solo para tirar casi todo después.',
      remedy: `Usa \`${instead}\`: dice lo que se busca y para en cuanto lo sabe.`,
      fix: `Usar \`${instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(js`a = b.«filter(c => c.id === d)[0]»`, js`a = b.find(c => c.id === d)`),
      fixes(ts`const a = b.«filter((c) => c.ok)[0]»!.name`, ts`const a = b.find((c) => c.ok)!.name`),
      js`a = b.«filter(isOpen).shift()»`,
      fixes(js`if (b.«filter(c => c > 1).length > 0») f()`, js`if (b.some(c => c > 1)) f()`),
      fixes(ts`const none = b.«filter(c => c.ok).length === 0»`, ts`const none = !b.some(c => c.ok)`),
      fixes(js`if (!b.«filter(c => c.ok).length») f()`, js`if (!b.some(c => c.ok)) f()`),
      fixes(jsx`a = b.«filter(c => c.ok).length >= 1» && <B />`, jsx`a = b.some(c => c.ok) && <B />`),
      // Nothing is known about `undefined`: no fix.
      js`if (b?.«filter(c => c.ok).length === 0») f()`,
      fixes(py`a = «[b for b in c if b.id == d][0]»`, py`a = next(b for b in c if b.id == d)`),
      fixes(py`a = «list(filter(f, c))[0]»`, py`a = next(filter(f, c))`),
      fixes(py`if «len([b for b in c if b > 1]) > 0»: f()`, py`if any(b > 1 for b in c): f()`),
      fixes(py`a = «len([b for b in c if b.ok]) == 0»`, py`a = not any(b.ok for b in c)`),
      fixes(
        rs`fn f() { if b.iter().«filter(|&c| c.ok).count() > 0» { g(); } }`,
        rs`fn f() { if b.iter().any(|c| c.ok) { g(); } }`,
      ),
      rs`fn f() { if b.iter().«filter(|c| c.ok).count() == 0» { g(); } }`,
    ],
    valid: [
      at('tests/test_a.py', py`a = list(filter(f, c))[0]`),
      js`a = b.find(c => c.id === d)`,
      // The number itself matters.
      js`if (b.filter(c => c.ok).length > 1) f()`,
      js`a = b.filter(c => c.ok).length`,
      js`a = b.filter(c => c.ok)[1]`,
      js`a = b.filter(c => c.ok)[i]`,
      // Short, and read more easily like this.
      js`if ([a, b].filter(Boolean).length > 0) f()`,
      // More is done with all of them.
      js`const a = b.filter(c => c.ok); f(a[0], a.length > 0)`,
      // No arrays: jQuery, page locators, collections with selectors.
      js`a = $('li').filter('.open')[0]`,
      js`a = $items.filter(function () { return this.open })[0]`,
      js`if ($(b).filter(':visible').length > 0) f()`,
      js`if (items.filter({ hasText: 'a' }).length > 0) f()`,
      ts`if (b.some(c => c.ok)) f()`,
      at('tests/test_a.py', py`a = [b for b in c if b.ok][0]`),
      py`a = next(b for b in c if b.ok)`,
      py`
        def find(rows):
            try:
                return [it for it in rows if it.ok][0]
            except IndexError:
                return None
      `,
      py`a = [b for b in c][0]`,
      py`a = [n for n in b.shape if n != 1][0]`,
      py`a = [n for n in get_shape(b) if n != 1][0]`,
      py`a = len([n for n in shape if n > 1]) > 0`,
      py`a = [b for b in c if b.ok][-1]`,
      py`a = [b for b in c if b.ok][0:2]`,
      py`a = len([b for b in c if b.ok]) > 1`,
      py`
        async def f(c):
            return [b async for b in c if b.ok][0]
      `,
      py`
        def list(a): return a
        a = list(filter(f, c))[0]
      `,
      rs`fn f() { let a = b.iter().find(|c| c.ok); }`,
      // Iterators are lazy: these stop by themselves.
      rs`fn f() { let a = b.iter().filter(|c| c.ok).next(); }`,
      rs`fn f() { let a = b.iter().filter_map(|c| c.name()).next(); }`,
      rs`fn f() { let a = b.iter().filter(|c| c.ok).count() > 1; }`,
      rs`fn f() { let a = b.filter(|c| c.ok); }`,
    ],
  },
})

interface Span {
  readonly start: number
  readonly end: number
}

interface Asked {
  /** The expression around: `… > 0`, or the count itself where only its truth is looked at. */
  readonly whole: SyntaxNode
  readonly isNone: boolean
}

/** Whether there is one: `count > 0`, `count !== 0`, `count >= 1`, `count === 0`, or the count as a condition. */
function asksForOne(file: SourceFile | undefined, count: SyntaxNode): Asked | undefined {
  const { parent } = count
  if (parent?.kind !== 'Comparison' || count.role !== 'left')
    return file && isTested(file, count) ? { whole: count, isNone: false } : undefined
  if (parent.child('next')) return undefined
  const number = parent.child('right')?.text
  const { operator } = parent
  if (number === '1') {
    if (operator === '>=') return { whole: parent, isNone: false }
    return operator === '<' ? { whole: parent, isNone: true } : undefined
  }
  if (number !== '0') return undefined
  if (/^(>|!==?)$/.test(operator)) return { whole: parent, isNone: false }
  return /^(===?|<=)$/.test(operator) ? { whole: parent, isNone: true } : undefined
}

// TypeScript and JavaScript

function* filteredArray(node: SyntaxNode, file: SourceFile) {
  const callee = node.child('callee')
  const name = callee?.child('property')
  const [test, ...others] = node.children('argument')
  const { parent } = node
  if (callee?.kind !== 'Member' || !name || !test || others.length > 0 || !parent) return
  if (!isPredicate(test) || isLeftAlone(callee.child('object')) || isTestCode(node, file)) return
  const first = firstOf(node, parent)
  if (first) {
    const isSafe = file.language === 'javascript' && isQuiet(file, test)
    yield {
      at: { start: name.start, end: first.end },
      data: { shown: `filter(…)${shown(node, first)}`, instead: 'find' },
      fix: {
        // In TypeScript, `find` says that there may be none, which the code around may have to hear.
        safety: isSafe ? ('safe' as const) : ('unsafe' as const),
        edits: () => [replaced(name, 'find'), replaced({ start: node.end, end: first.end }, '')],
      },
    }
    return
  }
  if (parent.kind !== 'Member' || parent.child('property')?.name !== 'length') return
  const asked = asksForOne(file, parent)
  if (!asked) return
  const { whole, isNone } = asked
  yield {
    at: { start: name.start, end: whole.end },
    data: { shown: `filter(…)${shown(node, whole)}`, instead: 'some' },
    fix: {
      safety: isQuiet(file, test) ? ('safe' as const) : ('unsafe' as const),
      edits: () => {
        // `undefined` is neither more than 0 nor equal to 0.
        if (whole.kind === 'Comparison' && callee.text.includes('?.')) return []
        if (isNone && whole.parent?.is('Binary', 'Comparison', 'Not')) return []
        const edits = [replaced(name, 'some'), replaced({ start: node.end, end: whole.end }, '')]
        return isNone ? [replaced({ start: whole.start, end: whole.start }, '!'), ...edits] : edits
      },
    },
  }
}

/** `[0]`, `.at(0)` and `.shift()` behind it. */
function firstOf(node: SyntaxNode, parent: SyntaxNode): SyntaxNode | undefined {
  if (parent.kind === 'Index')
    return node.role === 'object' && parent.child('index')?.text === '0' && isOnlyRead(parent)
      ? parent
      : undefined
  const call = parent.kind === 'Member' ? parent.parent : undefined
  if (call?.kind !== 'Call' || call.child('callee')?.row !== parent.row) return undefined
  const args = call.children('argument')
  const name = calleeName(call)
  if (name === 'shift') return args.length === 0 ? call : undefined
  return name === 'at' && args.length === 1 && args[0]!.text === '0' ? call : undefined
}

function isOnlyRead(node: SyntaxNode): boolean {
  if (node.role === 'target' || node.parent?.is('Delete', 'Update')) return false
  return !(node.parent?.kind === 'Unary' && node.parent.operator === 'delete')
}

/** A function of an element, not of a position and an element as jQuery's. */
function isPredicate(test: SyntaxNode): boolean {
  if (test.kind === 'Name') return true
  if (test.kind !== 'Function' || /^async\b/.test(test.text)) return false
  const list = test.child('parameters')?.children('parameter') ?? test.children('parameter')
  return list.length === 1
}

/** `$(…)`, `$items`: what jQuery gives is no array. A list that is written out is short. */
function isLeftAlone(object: SyntaxNode | undefined): boolean {
  return object?.kind === 'List' || /^(jQuery\b|(this\.)?\$)/.test(object?.text ?? '')
}

function isQuiet(file: SourceFile, test: SyntaxNode): boolean {
  const body = test.kind === 'Function' ? test.child('body') : undefined
  return body !== undefined && body.kind !== 'Block' && isRepeatable(file, body)
}

// Python

/** `[x for x in xs if …][0]` */
function* firstOfComprehension(node: SyntaxNode, file: SourceFile) {
  if (file.language !== 'python' || node.type !== 'list_comprehension') return
  const { parent } = node
  if (parent?.kind !== 'Index' || node.role !== 'object' || !isFirst(parent)) return
  if (!hasCondition(node) || isOfDimensions(node) || isAsynchronous(node) || isTestCode(node, file)) return
  if (isAbsenceCaught(node)) return
  yield {
    at: parent,
    data: { shown: '[… if …][0]', instead: 'next' },
    fix: {
      // What is raised when there is none is another exception.
      safety: 'unsafe' as const,
      edits: () => [
        replaced({ start: node.start, end: node.start + 1 }, 'next('),
        replaced({ start: node.end - 1, end: parent.end }, ')'),
      ],
    },
  }
}

/** The handler asks for what an index raises; `next` raises something else. */
function isAbsenceCaught(node: SyntaxNode): boolean {
  const statement = node.closest('Try', 'Function')
  return statement?.kind === 'Try' && /\bexcept\b[^\n:]*\b(?:Index|Lookup)Error\b/.test(statement.text)
}

/** `list(filter(f, xs))[0]` */
function* firstOfFilter(node: SyntaxNode, file: SourceFile) {
  const callee = node.child('callee')
  const { parent } = node
  if (callee?.kind !== 'Name' || callee.name !== 'list' || parent?.kind !== 'Index' || !isFirst(parent))
    return
  const [filter, ...others] = node.children('argument')
  if (filter?.kind !== 'Call' || others.length > 0 || node.role !== 'object') return
  if (isTestCode(node, file) || isAbsenceCaught(node)) return
  const inner = filter.child('callee')
  if (inner?.kind !== 'Name' || inner.name !== 'filter' || !file.isFree(inner) || !file.isFree(callee)) return
  yield {
    at: parent,
    data: { shown: 'list(filter(…))[0]', instead: 'next' },
    fix: {
      safety: 'unsafe' as const,
      edits: () => [replaced(callee, 'next'), replaced({ start: node.end, end: parent.end }, '')],
    },
  }
}

/** `len([x for x in xs if …]) > 0` */
function* countedComprehension(node: SyntaxNode, file: SourceFile) {
  const callee = node.child('callee')
  const [list, ...others] = node.children('argument')
  if (callee?.kind !== 'Name' || !file.isFree(callee) || others.length > 0) return
  if (list?.type !== 'list_comprehension' || !hasCondition(list) || isAsynchronous(list)) return
  if (isOfDimensions(list)) return
  const asked = asksForOne(file, node)
  if (!asked || isTestCode(node, file)) return
  const { whole, isNone } = asked
  const instead = isNone ? 'not any' : 'any'
  const condition = list.children('clause').at(-1)?.child('condition')
  yield {
    at: whole,
    data: { shown: `len([… if …])${shown(node, whole)}`, instead },
    fix: {
      safety: condition && isRepeatable(file, condition) ? ('safe' as const) : ('unsafe' as const),
      edits: () => anyInstead(list, whole, instead),
    },
  }
}

function anyInstead(list: SyntaxNode, whole: SyntaxNode, instead: string): TextEdit[] {
  const [loop, test, ...others] = list.children('clause')
  const condition = test?.child('condition')
  if (loop?.kind !== 'ComprehensionFor' || test?.kind !== 'ComprehensionIf' || !condition) return []
  if (others.length > 0 || list.child('body')?.kind !== 'Name' || list.has('Comment')) return []
  if (whole.parent?.is('Comparison', 'Binary', 'Not', 'Unary')) return []
  return [replaced(whole, `${instead}(${condition.text} ${loop.text})`)]
}

function isFirst(index: SyntaxNode): boolean {
  const [only, ...others] = index.children('index')
  return only?.text === '0' && others.length === 0 && isOnlyRead(index)
}

function hasCondition(list: SyntaxNode): boolean {
  return list.children('clause').some(it => it.kind === 'ComprehensionIf')
}

/** `for n in a.shape`: an array has a handful of dimensions, there is nothing to gain by stopping earlier. */
function isOfDimensions(list: SyntaxNode): boolean {
  const iterable = list.child('clause')?.child('iterable')?.unwrapped
  if (iterable?.kind === 'Call') return /(^|_)shape$/.test(calleeName(iterable))
  return /(^|[._])shape$/.test(iterable?.text ?? '')
}

function isAsynchronous(list: SyntaxNode): boolean {
  return list.has('Await') || /\basync\b/.test(list.text)
}

// Rust

/** `filter(…).count() > 0`. What stands behind `filter(…).next()` is lazy: it stops by itself. */
function* filteredIterator(node: SyntaxNode, file: SourceFile) {
  const name = node.child('callee')?.child('property')
  const call = node.parent?.kind === 'Member' ? node.parent.parent : undefined
  const object = receiver(node)
  if (!name || !object || call?.kind !== 'Call' || node.children('argument').length !== 1) return
  if (receiver(call)?.row !== node.row || call.children('argument').length > 0) return
  if (name.name !== 'filter' || calleeName(call) !== 'count' || isTestCode(node, file)) return
  const asked = asksForOne(undefined, call)
  if (!asked) return
  const { whole, isNone } = asked
  yield {
    at: { start: name.start, end: whole.end },
    data: { shown: `filter(…)${shown(node, whole)}`, instead: 'any' },
    fix: {
      safety: 'unsafe' as const,
      edits: () => {
        // `any` hands over the element itself, `filter` a reference to it.
        const parameter = node.child('argument')?.child('parameters')?.child('parameter')
        const target = parameter?.child('target')
        if (isNone || object.kind !== 'Call' || parameter?.type !== 'reference_pattern' || !target) return []
        return [
          replaced(name, 'any'),
          replaced(parameter, target.text),
          replaced({ start: node.end, end: whole.end }, ''),
        ]
      },
    },
  }
}

function shown(inner: SyntaxNode, whole: SyntaxNode): string {
  return whole.text
    .slice(inner.end - whole.start)
    .replace(/\s+/g, ' ')
    .replace(/^ (?=[.[?])/, '')
}

function replaced({ start, end }: Span, newText: string): TextEdit {
  return { start, end, newText }
}
