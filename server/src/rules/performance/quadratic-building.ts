/** A collection that is copied whole each time something is added to it. */

import { calleeName } from '../../semantics/calls.ts'
import { guessType } from '../../semantics/guess-type.ts'
import { macroArguments } from '../../semantics/macro-arguments.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { copied, elementAdded, type IsAll, isAside } from '../support/copying.ts'
import { isShort, leavesLoop, loopAround } from '../support/loops.ts'

export default defineRule({
  id: 'performance/quadratic-building',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [407],
  concept: 'work-in-loops',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    Assignment: copiedInLoop,
    AugmentedAssignment: copiedInLoop,
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
      py`
        async def f(response):
            data = b""
            async for chunk in response.content:
                «data += chunk»
                if len(data) > LIMIT: raise TooLarge()
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
        def head(parts):
            data = b""
            for it in parts:
                data += it
                if len(data) >= 4:
                    return data
      `,
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
      py`
        head = b''
        while len(head) < 8: head += stream.read(8)
      `,
      // What has been used is cut off.
      py`
        rest = b''
        for chunk in stream:
            rest += chunk
            rest = take(rest)
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
      py`
        MONTHS = {'jan': 1, 'feb': 2}
        def f():
            found = []
            for i, a in enumerate(MONTHS.items()): found = found + [a]
      `,
      py`
        found = []
        for a in Color: found = found + [a.value]
      `,
      py`
        found = []
        for a in range(2, 8, 2): found = found + [a]
      `,
      js`let found = []; for (let i = 0; i < 4; i++) found = [...found, i]`,
      js`let found = {}; for (const [a, b] of Object.entries({ x: 1, y: 2 })) found = { ...found, [a]: b }`,
      rs`fn f() { let mut s = String::new(); for a in 0..4 { s = format!("{s}{a}"); } }`,
      // Whole lists are put together: what counts is how many lists there are, and that is rarely many.
      py`
        found = []
        for a in b: found = found + a.list
      `,
      py`a = sum(lists, [])`,
      js`let found = {}; for (const a of b) found = { ...found, ...a }`,
      // Tuples are short as a rule.
      py`
        version = ()
        for a in text.split('.'): version += (int(a),)
      `,
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
      // Of constant size.
      js`let state = {}; for (const a of b) { state = { ...state, last: a } }`,
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
  if (!isGrowing || isShort(file, loop) || leavesLoop(node, loop)) return
  // Next to the waiting, it takes no time to copy a few references; bytes may be millions.
  if (node.kind !== 'AugmentedAssignment' && loop.has('Await')) return
  if (!growsIn(file, node, target, loop) || isAside(node, file) || isBounded(loop, target)) return
  yield {
    at: node,
    data: { name: target.name },
    fix: { safety: 'unsafe' as const, edits: () => addedInPlace(node, target, value) },
  }
}

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
  // `while len(head) < 8`: it grows no further than that.
  for (const it of loop.child('condition')?.descendants('Name') ?? [])
    if (it.name === target.name && loop.kind === 'While' && file.language !== 'rust') return false
  if (file.language !== 'rust') return true
  // `while taken(&name) { name = … }` looks for a free name; it does not gather.
  return loop.kind === 'ForEach'
}

/** `if len(head) >= 12: return head`, `if len(head) > 12: raise …`: it gets no longer than is needed. */
function isBounded(loop: SyntaxNode, target: SyntaxNode): boolean {
  for (const it of loop.ownDescendants('If')) {
    const condition = it.child('condition')?.text ?? ''
    if (!condition.includes(`len(${target.name})`) && !condition.includes(`${target.name}.length`)) continue
    for (const leave of it.ownDescendants('Return', 'Throw', 'Break'))
      if (leave.kind !== 'Throw' || /\b\d{1,3}\b/.test(condition)) return true
  }
  return false
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
