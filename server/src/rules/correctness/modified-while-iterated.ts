/** A collection that loses or gains elements while a loop goes through it makes the loop skip some, fail, or never end. */

import { argument, calleeName, positional, receiver } from '../../semantics/calls.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { endsLoop } from '../support/jumps.ts'
import { isPath, isWrittenIn, rootOf } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/modified-while-iterated',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'iteration',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['forEach', 'map'],

  check: {
    *ForEach(node, file) {
      const walk = file.language === 'rust' ? undefined : walkOf(node, file)
      if (walk) yield* changesIn(walk, file)
    },
    *For(node, file) {
      yield* skippedBySplice(node, file)
    },
    *Call(node, file) {
      if (file.language === 'python' || file.language === 'rust') return
      const collection = receiver(node)
      const callback = node.child('argument')
      const body = callback?.kind === 'Function' ? callback.child('body') : undefined
      if (!collection || !callback || !body || !isPath(collection)) return
      yield* changesIn({ loop: callback, body, collection, names: SHRINKING_ARRAY, copied: collection }, file)
    },
  },

  explain: {
    en: ({ collection, language }) => ({
      message: `\`${collection}\` is changed here while a loop is going through it`,
      why:
        language === 'python'
          ? 'A list skips the element behind each one that is removed; a dictionary or a set raises a `RuntimeError`.'
          : 'The elements move while the loop keeps counting, so it skips some of them, or never comes to an end.',
      remedy: 'Go through a copy, or collect what should stay in a new collection.',
      fix: `Go through a copy of \`${collection}\``,
    }),
    es: ({ collection, language }) => ({
      message: `\`${collection}\` se modifica aquí mientras un bucle la recorre`,
      why:
        language === 'python'
          ? 'Una lista se salta el elemento que sigue a cada uno que se quita; un diccionario o un conjunto lanza un `RuntimeError`.'
          : 'Los elementos se desplazan mientras el bucle sigue contando, así que se salta algunos o nunca llega al final.',
      remedy: 'Recorre una copia o reúne en una colección nueva lo que debe quedarse.',
      fix: `Recorrer una copia de \`${collection}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        for it in items:
            if it.old: «items.remove(it)»
      `,
        py`
        for it in list(items):
            if it.old: items.remove(it)
      `,
      ),
      fixes(
        py`
        for key, value in table.items():
            if not value: del «table[key]»
      `,
        py`
        for key, value in list(table.items()):
            if not value: del table[key]
      `,
      ),
      // In a copy, the numbers would be those of elements that have moved.
      py`
        for i, it in enumerate(self.items):
            «self.items.pop(i)»
      `,
      py`
        for i in range(len(items)):
            if items[i] == 0: del «items[i]»
      `,
      py`
        for it in items:
            «items.append(it + 1)»
      `,
      py`
        seen = {1, 2}
        for it in seen: «seen.add(it + 1)»
      `,
      fixes(
        js`for (const it of items) { if (it.old) «items.splice(items.indexOf(it), 1)» }`,
        js`for (const it of [...items]) { if (it.old) items.splice(items.indexOf(it), 1) }`,
      ),
      js`for (let i = 0; i < items.length; i++) { if (items[i].old) «items.splice(i, 1)» }`,
      fixes(
        js`items.forEach((it, i) => { if (it.old) «items.splice(i, 1)» })`,
        js`[...items].forEach((it, i) => { if (it.old) items.splice(i, 1) })`,
      ),
      ts`for (const it of this.items) { «this.items.push(it)» }`,
      ts`for (const [i, it] of a.items.entries()) { «a.items.shift()» }`,
      py`
        for i, part in enumerate(parts):
            «parts.insert(i + 1, ",")»
      `,
      py`
        for i, part in enumerate(parts):
            if part.first: «parts.insert(i, title)»
      `,
    ],
    valid: [
      js`for (const it of list) { const list = byName.get(it.name) || []; list.push(it); byName.set(it.name, list) }`,
      js`for (let i = 0; i < a.length; i++) { let taken; if (a[i].done) taken = a.splice(i, 1)[0]; if (taken) break }`,
      py`
        columns = ColumnCollection(a, b)
        for it in columns:
            if it.old: columns.remove(it)
      `,
      py`
        for it in items:
            if it.old:
                items.remove(it)
                break
      `,
      py`
        def f(items):
            for it in items:
                if it.old: return items.pop()
      `,
      py`
        for it in list(items): items.remove(it)
        for it in items[:]: items.remove(it)
      `,
      py`
        for it in queue:
            if it.more: queue.append(it.more)
      `,
      py`
        for i, it in enumerate(items):
            if it.first: items.insert(0, items.pop(i))
      `,
      py`
        for key in table: table[key] = 1
        for key in table: other.pop(key)
      `,
      py`
        class A:
            def drop(self):
                for it in self: self.remove(it)
      `,
      py`
        import os
        for name in os.environ:
            if name.startswith("SHOP_"): del os.environ[name]
      `,
      py`
        for it in it.children: it.children.remove(it)
      `,
      py`
        for it in items:
            items = items.copy()
            items.remove(it)
      `,
      py`
        for it in items:
            later(lambda: items.remove(it))
      `,
      // Put right behind, it comes next.
      py`
        for i, part in enumerate(parts):
            if "(" in part:
                part, rest = part.split("(", 1)
                parts.insert(i + 1, rest)
            show(part)
      `,
      js`for (const [i, it] of items.entries()) { if (it.more) items.splice(i + 1, 0, it.more) }`,
      js`for (const it of items) { if (it.more) items.push(it.more) }`,
      js`for (const it of seen) { if (it.old) seen.delete(it) }`,
      js`for (let i = items.length - 1; i >= 0; i--) { items.splice(i, 1) }`,
      js`for (let i = 0; i < items.length; i++) { if (old(i)) { items.splice(i, 1); i-- } }`,
      js`for (let i = 0; i < items.length; i++) { items.splice(i, 1, other) }`,
      js`for (let i = 0; i < items.length; i++) { if (old(i)) { items.splice(i, 1); break } }`,
      js`items.forEach(it => others.splice(it, 1))`,
      ts`for (const it of items) { if (it.old) { items.splice(0, 1); return } }`,
      ts`for (const it of items.slice()) items.splice(items.indexOf(it), 1)`,
    ],
  },
})

/** A loop that goes through a collection, and the methods that must not be called on it meanwhile. */
interface Walk {
  readonly loop: SyntaxNode
  readonly body: SyntaxNode
  readonly collection: SyntaxNode
  readonly names: ReadonlySet<string>
  /** What a copy is made of; none when a copy would not help. */
  readonly copied?: SyntaxNode
}

const SHRINKING_LIST = words('remove pop insert clear discard popitem')
const SHRINKING_TABLE = words('pop popitem clear')
const SHRINKING_ARRAY = words('splice shift unshift pop')
const GROWING = words('append push')
const VIEWS = words('items keys values')
const ITERATORS = words('entries values keys')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

function walkOf(loop: SyntaxNode, file: SourceFile): Walk | undefined {
  const iterable = loop.child('iterable')?.unwrapped
  const body = loop.child('body')
  if (!iterable || !body) return undefined
  const isPython = file.language === 'python'
  if (iterable.is('This') || iterable.name === 'self') return undefined
  // `for (const key in object)` goes through names that were listed before.
  if (!isPython && loop.child('operator')?.type !== 'of') return undefined
  if (isPath(iterable))
    return {
      loop,
      body,
      collection: iterable,
      names: isPython ? SHRINKING_LIST : SHRINKING_ARRAY,
      copied: iterable,
    }
  if (iterable.kind !== 'Call') return undefined
  const object = receiver(iterable)
  const name = calleeName(iterable)
  if (object && isPath(object) && !iterable.child('argument')) {
    if (isPython && VIEWS.has(name))
      return { loop, body, collection: object, names: SHRINKING_TABLE, copied: iterable }
    if (!isPython && ITERATORS.has(name))
      return { loop, body, collection: object, names: SHRINKING_ARRAY, copied: object }
  }
  const callee = iterable.child('callee')
  const only = argument(iterable, 0)
  if (!isPython || !callee || !only || !file.isFree(callee)) return undefined
  if (name === 'enumerate' && isPath(only)) return { loop, body, collection: only, names: SHRINKING_LIST }
  const measured = name === 'range' && positional(iterable).length === 1 ? only : undefined
  if (measured?.kind !== 'Call' || calleeName(measured) !== 'len') return undefined
  const list = argument(measured, 0)
  return list && isPath(list) ? { loop, body, collection: list, names: words('remove pop') } : undefined
}

function* changesIn(walk: Walk, file: SourceFile) {
  const { loop, body, collection, copied } = walk
  if (isReplaced(collection, loop, file) || isOfAnotherType(collection, file)) return
  for (const it of body.kind === 'Call' ? [body] : body.ownDescendants('Call', 'Delete')) {
    const change = it.kind === 'Call' ? changingCall(it, walk, file) : deletedElement(it, collection, file)
    if (!change) continue
    const statement = statementOf(it, loop)
    if (!file.completes(statement) || endsLoop(file, statement, loop)) continue
    yield {
      at: change,
      data: { collection: collection.text, language: file.language === 'python' ? 'python' : 'script' },
      related: [collection],
      ...(copied && {
        fix: {
          safety: 'unsafe' as const,
          edits: () => [
            replace(copied, file.language === 'python' ? `list(${copied.text})` : `[...${copied.text}]`),
          ],
        },
      }),
    }
    // One copy heals them all.
    return
  }
}

function changingCall(call: SyntaxNode, walk: Walk, file: SourceFile): SyntaxNode | undefined {
  const object = receiver(call)
  if (!object || !isThat(object, walk.collection, file)) return undefined
  const name = calleeName(call)
  if (name === 'insert' && movesElement(call, object)) return undefined
  if (putsBehind(call, walk, file)) return growsForEver(call, walk) ? call : undefined
  if (walk.names.has(name))
    return call.parent?.kind === 'Call' && movesElement(call.parent, object) ? undefined : call
  if (GROWING.has(name)) return growsForEver(call, walk) ? call : undefined
  return name === 'add' && guessType(file, object) === 'set' ? call : undefined
}

/** `items.insert(0, items.pop(i))`: as many elements as before. */
function movesElement(call: SyntaxNode, collection: SyntaxNode): boolean {
  const moved = argument(call, 1)
  return (
    calleeName(call) === 'insert' &&
    moved?.kind === 'Call' &&
    calleeName(moved) === 'pop' &&
    (receiver(moved)?.same(collection) ?? false)
  )
}

/** `items.insert(i + 1, rest)` in a loop that counts with `i`: the loop comes to it next, as whoever wrote that wants. */
function putsBehind(call: SyntaxNode, { loop }: Walk, file: SourceFile): boolean {
  const [place, count, put] = call.children('argument').map(it => it.unwrapped)
  const isInsertion =
    calleeName(call) === 'insert' || (calleeName(call) === 'splice' && put && count?.text === '0')
  if (!isInsertion || !place || place.kind !== 'Binary' || place.operator !== '+') return false
  const [counter, step] = [place.child('left'), place.child('right')]
  const number = loop.child('target')?.children('element')[0]
  return step?.text === '1' && counter !== undefined && number !== undefined && isThat(counter, number, file)
}

/** Every round adds an element, and nothing ends the loop. */
function growsForEver(call: SyntaxNode, { loop, body }: Walk): boolean {
  if (!loop.is('ForEach') || call.parent?.kind !== 'ExpressionStatement') return false
  const place = call.parent
  if (place.row !== body.row && place.parent?.row !== body.row) return false
  for (const _ of body.ownDescendants('Break', 'Return', 'Throw', 'Continue', 'Yield', 'Await')) return false
  return true
}

/** `del items[i]`. */
function deletedElement(
  statement: SyntaxNode,
  collection: SyntaxNode,
  file: SourceFile,
): SyntaxNode | undefined {
  for (const it of statement.descendants('Index')) {
    const object = it.child('object')
    if (object && isThat(object, collection, file)) return it
  }
  return undefined
}

/** Both say the same and mean the same: in the loop, the name may be that of another variable. */
function isThat(one: SyntaxNode, other: SyntaxNode, file: SourceFile): boolean {
  if (!one.same(other)) return false
  const [a, b] = [rootOf(one), rootOf(other)]
  return a?.kind !== 'Name' || b?.kind !== 'Name' || file.binding(a)?.id === file.binding(b)?.id
}

/** A type of the project's own, and the environment of the process, may well go through a copy of itself. */
function isOfAnotherType(collection: SyntaxNode, file: SourceFile): boolean {
  if (file.qualifiedName(collection) === 'os.environ') return true
  const made = file.value(collection)
  if (made.row === collection.row || !made.is('Call', 'New')) return false
  const name = file.qualifiedName(made.child('callee') ?? made).replace(/^.*\./, '')
  return /^[A-Z]/.test(name) && !BUILT_IN.has(name)
}

const BUILT_IN = new Set(['Array', 'Map', 'Set', 'OrderedDict', 'Counter'])

/** The loop gives the name, or the property, another collection: the one that is gone through stays as it is. */
function isReplaced(collection: SyntaxNode, loop: SyntaxNode, file: SourceFile): boolean {
  const root = rootOf(collection)
  const binding = root?.kind === 'Name' ? file.binding(root) : undefined
  if (binding && isWrittenIn(binding, loop)) return true
  for (const it of loop.descendants('Assignment')) if (it.child('target')?.same(collection)) return true
  return false
}

function statementOf(node: SyntaxNode, loop: SyntaxNode): SyntaxNode {
  let statement = node
  for (const it of node.ancestors()) {
    if (it.row === loop.row || it.is('Block', 'Case', 'DefaultCase')) return statement
    statement = it
  }
  return statement
}

/** `for (i = 0; i < a.length; i++)` with `a.splice(i, 1)`: the element that moves up is never looked at. */
function* skippedBySplice(loop: SyntaxNode, file: SourceFile) {
  const condition = loop.child('condition')
  const increment = loop.child('increment')
  const body = loop.child('body')
  const length = condition?.kind === 'Comparison' ? condition.child('right') : undefined
  const collection = length?.child('property')?.name === 'length' ? length.child('object') : undefined
  if (!collection || !body || !/^<$/.test(condition!.operator) || !isPath(collection)) return
  const counter =
    increment?.kind === 'Update' && increment.operator === '++' ? increment.child('target') : undefined
  const binding = counter?.kind === 'Name' ? file.binding(counter) : undefined
  if (!counter || !binding || isWrittenIn(binding, body) || isReplaced(collection, loop, file)) return
  for (const it of body.ownDescendants('Call')) {
    const object = receiver(it)
    if (calleeName(it) !== 'splice' || !object || !isThat(object, collection, file)) continue
    const [from, count, ...more] = it.children('argument')
    const howMany = count && file.constant(count)
    if (!from?.same(counter) || howMany?.kind !== 'number' || howMany.value !== 1 || more.length > 0) continue
    const statement = statementOf(it, loop)
    if (!file.completes(statement) || endsLoop(file, statement, loop) || endsWhenTaken(it, body)) continue
    yield { at: it, data: { collection: collection.text, language: 'script' }, related: [collection] }
  }
}

/** `taken = a.splice(i, 1)[0]; …; if (taken) break`. */
function endsWhenTaken(call: SyntaxNode, body: SyntaxNode): boolean {
  const taken = call.closest('Assignment', 'Declarator')?.child('target')
  if (taken?.kind !== 'Name') return false
  for (const it of body.ownDescendants('If')) {
    if (it.row < call.row || it.child('condition')?.unwrapped.name !== taken.name) continue
    for (const _ of it.ownDescendants('Break', 'Return', 'Throw')) return true
  }
  return false
}
