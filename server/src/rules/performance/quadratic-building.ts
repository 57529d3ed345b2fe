/** A collection that is copied whole each time something is added to it. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { calleeName, receiver } from '../support/calls.ts'
import { guessType } from '../support/guess-type.ts'
import { isShort, leavesLoop, loopAround } from '../support/loops.ts'
import { macroArguments } from '../support/macro-arguments.ts'
import { isExamplePath, isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'performance/quadratic-building',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [407],
  concept: 'work-in-loops',
  impact: { likelihood: 'medium', cost: 'hours' },
  callees: ['reduce'],

  check: {
    Assignment: copiedInLoop,
    AugmentedAssignment: copiedInLoop,
    Call: copiedInReduce,
  },

  explain: {
    en: ({ name }) => ({
      message: `Each round copies all of \`${name}\` to add something to it`,
      why: 'The first elements are copied again for each one that follows: twice as many elements take four times as long.',
      remedy:
        'Add to the collection that is already there, or gather the pieces and put them together once at the end.',
      fix: 'Add to it instead of copying it',
    }),
    es: ({ name }) => ({
      message: `Cada vuelta copia \`${name}\` por completo para añadirle algo`,
      why: 'Los primeros elementos se copian otra vez por cada uno que llega después: el doble de elementos tarda cuatro veces más.',
      remedy: 'Añade a la colección que ya existe, o reúne las partes y júntalas una sola vez al final.',
      fix: 'Añadirle en lugar de copiarla',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        found = []
        for a in b:
            «found = found + [a.c]»
      `,
        py`
        found = []
        for a in b:
            found.append(a.c)
      `,
      ),
      fixes(
        py`
        found = list(start)
        for a in b:
            if a: «found = found + [a, a.c]»
      `,
        py`
        found = list(start)
        for a in b:
            if a: found.extend([a, a.c])
      `,
      ),
      py`
        def f(stream):
            data = b''
            for chunk in stream:
                «data += chunk»
            return data
      `,
      fixes(
        py`
        found = {}
        for a in b:
            «found = {**found, a.key: a}»
      `,
        py`
        found = {}
        for a in b:
            found[a.key] = a
      `,
      ),
      fixes(
        js`
        let found = []
        for (const a of b) {
          «found = [...found, a.c]»
        }
      `,
        js`
        let found = []
        for (const a of b) {
          found.push(a.c)
        }
      `,
      ),
      fixes(
        ts`
        let found: number[] = []
        for (const a of b) {
          if (a > 1) «found = found.concat([a])»;
        }
      `,
        ts`
        let found: number[] = []
        for (const a of b) {
          if (a > 1) found.push(a);
        }
      `,
      ),
      ts`let found = {}; for (const a of b) { «found = { ...found, [a.key]: a }» }`,
      fixes(
        js`const a = b.reduce((all, c) => «({ ...all, [c.key]: c.value })», {})`,
        js`const a = b.reduce((all, c) => { all[c.key] = c.value; return all }, {})`,
      ),
      fixes(
        ts`const a = b.reduce<string[]>((all, c) => «[...all, c.name]», [])`,
        ts`const a = b.reduce<string[]>((all, c) => { all.push(c.name); return all }, [])`,
      ),
      js`
        const a = b.reduce((all, c) => {
          if (!c) return all
          return «{ ...all, [c.key]: c.value }»
        }, {})
      `,
      js`const a = b.reduce((all, c) => «all.concat({ name: c })», [])`,
      js`const a = b.reduce((all, c) => «Object.assign({}, all, { [c.key]: c })», {})`,
      rs`
        fn f(b: &[&str]) -> String {
            let mut found = String::new();
            for a in b {
                «found = format!("{}{},", found, a)»;
            }
            found
        }
      `,
      rs`
        fn f(b: &[&str]) -> String {
            let mut found = String::new();
            for a in b { «found = format!("{found}{a}")»; }
            found
        }
      `,
    ],
    valid: [
      py`
        found = []
        for a in b:
            found += [a]
            found.append(a)
      `,
      // CPython adds to a string in place when nobody else holds it.
      py`
        text = ''
        for a in b:
            text += a
      `,
      ts`let found: number[] = []; for (const a of b) found.push(a)`,
      // Numbers, arrays of numbers, or nobody knows what.
      py`
        total = 0
        for a in b: total = total + [a][0]
      `,
      py`
        def f(total, b):
            for a in b: total = total + [a]
      `,
      // The older ones are still needed.
      py`
        path = []
        for a in b:
            path = path + [a]
            paths.append(path)
      `,
      // It begins anew in each round.
      py`
        for a in b:
            found = []
            found = found + [a]
      `,
      py`
        found = []
        for a in b:
            found = found + [a]
            if a: found = []
      `,
      // A few.
      py`
        found = []
        for a in ('x', 'y'): found = found + [a]
      `,
      // Whole lists are put together: what counts is how many lists there are, and that is rarely many.
      py`
        found = []
        for a in b: found = found + a.list
      `,
      py`a = sum(lists, [])`,
      js`const a = b.reduce((all, c) => all.concat(c.list), [])`,
      js`const a = b.reduce((all, c) => [...all, ...c], [])`,
      js`let found = {}; for (const a of b) found = { ...found, ...a }`,
      // Tuples are short as a rule.
      py`
        version = ()
        for a in text.split('.'): version += (int(a),)
      `,
      // Next to the waiting, the copying takes no time.
      ts`let found: User[] = []; for (const a of ids) { found = [...found, await load(a)] }`,
      py`
        found = []
        for a in b:
            if a:
                found = found + [a]
                break
      `,
      py`found = found + [a]`,
      js`let text = ''; for (const a of b) text = text + a`,
      js`let found = []; for (const a of b) { found = [...found, a]; show(found) }`,
      js`let found = {}; for (const a of b) { const found = { ...a }; g(found) }`,
      js`const a = b.reduce((all, c) => { all.push(c); return all }, [])`,
      js`const a = b.reduce((all, c) => all + c.length, 0)`,
      js`const a = ['x', 'y'].reduce((all, c) => ({ ...all, [c]: 1 }), {})`,
      js`const a = b.reduce((text, c) => text.concat(c), '')`,
      js`const a = b.reduce((all, c) => ({ ...c, total: all.total + 1 }), {})`,
      // Of constant size.
      js`const a = b.reduce((all, c) => ({ ...all, count: all.count + 1 }), { count: 0 })`,
      js`const a = b.reduce((all, c) => ({ ...all, last: c, sum: all.sum + c }), {})`,
      js`let state = {}; for (const a of b) { state = { ...state, last: a } }`,
      // A reducer of a store.
      js`const reduce = (state, action) => ({ ...state, [action.key]: action.value })`,
      // The string's own memory is used again.
      rs`fn f(b: &[String]) { let mut s = String::new(); for a in b { s = s + a; s += a; } }`,
      rs`fn f(b: &[String]) { let mut s = String::new(); for a in b { s = format!("{a}"); } }`,
      rs`fn f(b: &[String]) { let mut name = String::new(); while taken(&name) { name = format!("{name}_"); } }`,
    ],
  },
})

function copiedInLoop(node: SyntaxNode, file: SourceFile) {
  const target = node.child('target')
  const value = node.child('value')?.unwrapped
  if (target?.kind !== 'Name' || !value) return undefined
  if (node.kind === 'AugmentedAssignment' && (file.language !== 'python' || node.operator !== '+='))
    return undefined
  return copiesInLoop(node, target, value, file)
}

function* copiesInLoop(node: SyntaxNode, target: SyntaxNode, value: SyntaxNode, file: SourceFile) {
  const loop = loopAround(node)
  if (!loop || loop.kind === 'Comprehension') return
  const isGrowing = node.kind === 'AugmentedAssignment' || addedTo(file, target, value)
  if (!isGrowing || loop.has('Await') || isShort(file, loop) || leavesLoop(node, loop)) return
  if (!growsIn(file, node, target, loop) || isAside(node, file)) return
  yield {
    at: node,
    data: { name: target.name },
    fix: { safety: 'unsafe' as const, edits: () => addedInPlace(node, target, value) },
  }
}

type IsAll = (node: SyntaxNode | undefined) => boolean

/** `all` with a few single things more, in a new collection: those things, the first of them. */
function addedTo(file: SourceFile, name: SyntaxNode, value: SyntaxNode): SyntaxNode | undefined {
  const isAll: IsAll = it => it?.unwrapped.kind === 'Name' && it.unwrapped.name === name.name
  if (file.language === 'rust') return formatted(value, name)
  if (file.language === 'python' && value.kind === 'Binary') {
    const right = value.child('right')
    return value.operator === '+' && isAll(value.child('left')) && right?.kind === 'List' ? right : undefined
  }
  return copied(file, value, isAll)
}

/**
 * `[...all, x]`, `all.concat([x])`, `{ ...all, [key]: x }`, `Object.assign({}, all, { [key]: x })`. Whole collections that
 * are added do not count: nobody knows whether they are many, or have the same keys each time.
 */
function copied(file: SourceFile, value: SyntaxNode, isAll: IsAll): SyntaxNode | undefined {
  if (value.is('List', 'Dictionary', 'Set')) {
    const [first, ...others] = value.children('element')
    if (first?.kind !== 'Spread' || !isAll(first.child('value'))) return undefined
    return others.find(value.kind === 'Dictionary' ? hasOwnKey : it => it.kind !== 'Spread')
  }
  if (value.kind !== 'Call' || file.language === 'python') return undefined
  const args = value.children('argument')
  if (calleeName(value) === 'concat') return isAll(receiver(value)) ? args.find(isOneElement) : undefined
  const callee = value.child('callee')
  if (calleeName(value) !== 'assign' || !callee || file.qualifiedName(callee) !== 'Object.assign')
    return undefined
  const [first, second, third] = args
  if (first?.kind !== 'Dictionary' || first.children('element').length > 0 || !isAll(second)) return undefined
  return third?.kind === 'Dictionary' ? third.children('element').find(hasOwnKey) : undefined
}

/** A key that is written out is set again and again: nothing grows. */
function hasOwnKey(pair: SyntaxNode): boolean {
  const key = pair.kind === 'Pair' ? pair.child('key') : undefined
  return key !== undefined && !key.is('PropertyName', 'String', 'Number')
}

/** Nobody waits for it. */
function isAside(node: SyntaxNode, file: SourceFile): boolean {
  return isTestCode(node, file) || isExamplePath(file.path) || /(^|\/)scripts?\//.test(file.path)
}

function isOneElement(argument: SyntaxNode): boolean {
  return argument.is('Dictionary', 'List', 'New')
}

/** `format!("{name}…")` and `format!("{}…", name)`. */
function formatted(macro: SyntaxNode, name: SyntaxNode): SyntaxNode | undefined {
  if (macro.kind !== 'MacroCall' || calleeName(macro) !== 'format') return undefined
  const [template, first] = macroArguments(macro)
  const text = template?.nodes[0]
  if (text?.kind !== 'String' || template!.nodes.length > 1) return undefined
  if (text.text.startsWith(`"{${name.name}}`))
    return text.text.length > name.name.length + 4 ? text : undefined
  const isFirst = first?.nodes.length === 1 && first.nodes[0]!.name === name.name && first.name === ''
  return isFirst && /^"\{\}./.test(text.text) && text.text.length > 4 ? text : undefined
}

/** It is there before the loop, only grows in it, and nobody keeps what it was in between. */
function growsIn(file: SourceFile, node: SyntaxNode, target: SyntaxNode, loop: SyntaxNode): boolean {
  const binding = file.binding(target)
  if (!binding || binding.kind === 'loop') return false
  let isFilled = false
  for (const it of binding.writes()) {
    if (it.row === target.row) continue
    if (loop.contains(it)) {
      const other = it.parent
      if (other?.is('AugmentedAssignment')) continue
      const value = other?.kind === 'Assignment' ? other.child('value')?.unwrapped : undefined
      if (!value || !addedTo(file, target, value)) return false
      continue
    }
    if (it.start > loop.end) continue
    const value = it.parent?.is('Assignment', 'Declarator') ? it.parent.child('value') : undefined
    if (file.language === 'python' && (!value || !startsCollection(file, node, value))) return false
    isFilled = true
  }
  if (!isFilled) return false
  for (const it of binding.reads()) {
    if (!loop.contains(it) || node.contains(it)) continue
    if (!isGlance(it)) return false
  }
  if (file.language !== 'rust') return true
  // `while taken(&name) { name = … }` looks for a free name; it does not gather.
  return loop.kind === 'ForEach'
}

/** Python's `+` does something else for each type: it must be one that is copied. */
function startsCollection(file: SourceFile, node: SyntaxNode, start: SyntaxNode): boolean {
  if (node.kind === 'AugmentedAssignment') return start.kind === 'String' && /^[bB]["']/.test(start.text)
  return node.child('value')?.unwrapped.kind !== 'Binary' || guessType(file, start) === 'list'
}

/** `all.length`, `all[0]`, `len(all)`, `x in all`: it looks, and keeps nothing. */
function isGlance(read: SyntaxNode): boolean {
  const { parent } = read
  if (!parent) return false
  if (parent.is('Member', 'Index')) return read.role === 'object'
  if (parent.is('Comparison', 'Not')) return true
  if (parent.kind === 'Call') return read.role === 'argument' && calleeName(parent) === 'len'
  return parent.is('If', 'ElseIf', 'While') && read.role === 'condition'
}

/** `all = all + [x]` becomes `all.append(x)`. */
function addedInPlace(node: SyntaxNode, target: SyntaxNode, value: SyntaxNode): TextEdit[] {
  if (node.parent?.kind !== 'ExpressionStatement' || node.kind === 'AugmentedAssignment') return []
  const name = target.text
  if (value.kind === 'Binary') {
    const list = value.child('right')
    if (list?.kind !== 'List') return []
    const [only, ...others] = list.children('element')
    const isOne = only && others.length === 0 && only.kind !== 'Spread'
    return [replace(node, isOne ? `${name}.append(${only.text})` : `${name}.extend(${list.text})`)]
  }
  const text = elementAdded(name, value)
  return text ? [replace(node, text)] : []
}

/** For `[...all, x]` and `{ ...all, [key]: x }` with one element: the statement that adds it. */
function elementAdded(name: string, value: SyntaxNode): string {
  if (value.kind === 'Call') {
    const [list, ...others] = value.children('argument')
    const [one, ...more] = list?.children('element') ?? []
    const isOne = list?.kind === 'List' && one && one.kind !== 'Spread' && more.length + others.length === 0
    return isOne && calleeName(value) === 'concat' ? `${name}.push(${one.text})` : ''
  }
  const added = value.children('element').slice(1)
  const [only] = added
  if (!only || added.length > 1 || only.kind === 'Spread') return ''
  const isPython = value.tree.grammar === 'python'
  if (value.kind === 'List') return isPython ? `${name}.append(${only.text})` : `${name}.push(${only.text})`
  if (value.kind !== 'Dictionary' || only.kind !== 'Pair') return ''
  const key = only.child('key')
  const inner = key?.kind === 'Index' ? key.child('index') : isPython ? key : undefined
  const element = only.child('value')
  return inner && element ? `${name}[${inner.text}] = ${element.text}` : ''
}

function* copiedInReduce(node: SyntaxNode, file: SourceFile) {
  if (file.language !== 'typescript' && file.language !== 'javascript') return
  const [fn, start] = node.children('argument')
  if (calleeName(node) !== 'reduce' || fn?.kind !== 'Function' || !start) return
  const over = receiver(node)
  const list = over && file.value(over)
  if (list?.kind === 'List' && !list.has('Spread')) return
  const name = accumulator(fn)
  const binding = name && file.binding(name)
  if (!name || !binding || isAside(node, file)) return
  const isAll = (it: SyntaxNode | undefined) =>
    it?.kind === 'Name' && file.binding(it)?.same(binding) === true
  for (const it of resultsOf(fn)) {
    const value = it.unwrapped
    if (!copied(file, value, isAll) || fn.has('Await')) continue
    if (calleeName(value) === 'concat' && !isListStart(start)) continue
    yield {
      at: it,
      data: { name: name.name },
      fix: { safety: 'unsafe' as const, edits: () => addedInReduce(fn, it, start, name.name, value) },
    }
  }
}

function isListStart(start: SyntaxNode): boolean {
  const value = start.kind === 'Cast' ? start.child('value') : start
  return value?.kind === 'List'
}

function accumulator(fn: SyntaxNode): SyntaxNode | undefined {
  const first = fn.child('parameters')?.children('parameter')[0]
  return first?.kind === 'Parameter' ? first.child('target') : first
}

/** What the function gives back: its expression, or what stands behind each `return`. */
function resultsOf(fn: SyntaxNode): SyntaxNode[] {
  const body = fn.child('body')
  if (!body) return []
  if (body.kind !== 'Block') return [body]
  return [...body.ownDescendants('Return')].flatMap(it => it.child('value') ?? [])
}

function addedInReduce(
  fn: SyntaxNode,
  result: SyntaxNode,
  start: SyntaxNode,
  name: string,
  value: SyntaxNode,
): TextEdit[] {
  // Only what was made for this call may be changed.
  if (fn.child('body')?.row !== result.row || !start.is('List', 'Dictionary')) return []
  const added = elementAdded(name, value)
  return added ? [replace(result, `{ ${added}; return ${name} }`)] : []
}
