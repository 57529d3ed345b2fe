/** A method that changes its object and gives back nothing of use, taken for one that gives the changed object. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { Guess } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { fixes, js, jsx, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isStateSetter } from '../support/react.ts'
import { typeHere } from '../support/type-here.ts'

/** Python's methods that give `None`, by the types that have them. */
const PYTHON: Readonly<Record<string, readonly Guess[]>> = {
  append: ['list'],
  extend: ['list'],
  insert: ['list'],
  remove: ['list', 'set'],
  reverse: ['list'],
  sort: ['list'],
  clear: ['list', 'set', 'dictionary'],
  update: ['set', 'dictionary'],
  add: ['set'],
  discard: ['set'],
}

export default defineRule({
  id: 'correctness/nothing-returned',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [394],
  concept: 'return-values',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: [...Object.keys(PYTHON), 'shuffle', 'push', 'unshift', 'forEach'],

  check: {
    *Call(node, file) {
      const gives = file.language === 'python' ? givenByPython(node, file) : givenByScript(node, file)
      if (!gives) return
      const edits = file.language === 'python' ? asStatement(node) : undefined
      yield {
        at: node,
        data: { call: excerpt(node), name: calleeName(node), gives },
        ...(edits && { fix: { safety: 'safe' as const, edits: () => edits } }),
      }
    },
  },

  explain: {
    en: ({ call, name, gives }) => ({
      message: `\`${call}\` gives ${gives === 'length' ? 'the new length' : `\`${gives}\``}, not what was changed`,
      why: `\`${name}\` changes its object in place. Whatever takes its result for that object goes on with ${gives === 'length' ? 'a number' : 'nothing'}.`,
      remedy:
        name === 'forEach'
          ? 'Use `map`, if the results are wanted.'
          : 'Make the change in a statement of its own and then use the object; or build a new one.',
      fix: 'Make the change without assigning',
    }),
    es: ({ call, name, gives }) => ({
      message: `\`${call}\` da ${gives === 'length' ? 'la nueva longitud' : `\`${gives}\``}, no lo que ha cambiado`,
      why: `\`${name}\` cambia su objeto ahí mismo. Quien tome su resultado por ese objeto se queda con ${gives === 'length' ? 'un número' : 'nada'}.`,
      remedy:
        name === 'forEach'
          ? 'Usa `map` si quieres los resultados.'
          : 'Haz el cambio en una instrucción aparte y usa después el objeto; o construye uno nuevo.',
      fix: 'Hacer el cambio sin asignar',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f(text):
            words = text.split()
            words = «words.sort()»
            return words
      `,
        py`
        def f(text):
            words = text.split()
            words.sort()
            return words
      `,
      ),
      py`
        def f(rows: list):
            for row in «rows.reverse()»: show(row)
      `,
      py`
        options = {"a": 1}
        run(«options.update(extra)»)
      `,
      py`
        import random
        deck = list(range(52))
        shuffled = «random.shuffle(deck)»
      `,
      py`
        def f(names: list[str]):
            return «names.sort()»
      `,
      js`let rows = []; rows = «rows.push(row)»`,
      js`const all = «[...rows].push(row)»`,
      js`const names = rows.reduce((found, row) => «found.push(row.name)», [])`,
      jsx`const [rows, setRows] = useState([]); const add = row => setRows(«rows.push(row)»)`,
      ts`const names: string[] = «rows.forEach(row => row.name)»`,
      ts`function f(rows: Row[], row: Row) { rows = «rows.unshift(row)» }`,
    ],
    valid: [
      py`
        words = text.split()
        words.sort()
        words = sorted(words)
      `,
      py`
        def f(frame, other):
            frame = frame.append(other)
            frame = frame.sort("a")
            seen = digest.update(b"x")
      `,
      py`
        seen = []
        run(key=lambda it: seen.append(it))
        def add(it): return seen.append(it)
        fresh = [it for it in rows if not seen.append(it)]
      `,
      js`rows.push(row); const count = rows.push(other)`,
      js`const add = row => rows.push(row)`,
      js`router = router.push('/')`,
      js`rows.reduce((count, row) => list.push(row), 0)`,
      ts`const done = rows.forEach`,
      ts`const key = await queue.push(job); setRows([...rows, row])`,
    ],
  },
})

function givenByPython(call: SyntaxNode, file: SourceFile): 'None' | undefined {
  const name = calleeName(call)
  const object = receiver(call)
  if (!object || !isTakenInPython(call, name)) return undefined
  if (name === 'shuffle') return calledName(file, call) === 'random.shuffle' ? 'None' : undefined
  const type = PYTHON[name] && typeHere(file, object)
  return type && PYTHON[name]!.includes(type) ? 'None' : undefined
}

/** Somebody takes it for a value: what is returned, or given by a `lambda`, may well be nothing. */
function isTakenInPython(call: SyntaxNode, name: string): boolean {
  const { parent, role } = call
  if (!parent) return false
  switch (parent.kind) {
    case 'Assignment':
      return role === 'value'
    case 'Call':
    case 'KeywordArgument':
      return role === 'argument' || role === 'value'
    case 'ForEach':
    case 'ComprehensionFor':
      return role === 'iterable'
    case 'Member':
    case 'Index':
      return role === 'object'
    case 'Return':
      return /^(sort|reverse|shuffle)$/.test(name)
    default:
      return false
  }
}

function givenByScript(call: SyntaxNode, file: SourceFile): 'length' | 'undefined' | undefined {
  const object = receiver(call)
  const name = calleeName(call)
  const { parent, role } = call
  if (!object || !parent) return undefined
  const isGiven = parent.is('Assignment', 'Declarator') && role === 'value'
  if (name === 'forEach')
    return isGiven &&
      parent.kind === 'Declarator' &&
      call.child('argument')?.kind === 'Function' &&
      isArray(file, object, call)
      ? 'undefined'
      : undefined
  if (name !== 'push' && name !== 'unshift') return undefined
  if (isGiven && object.kind === 'List') return 'length'
  if (isGiven && parent.child('target')?.same(object))
    return isArray(file, object, call) ? 'length' : undefined
  if (role === 'argument' && parent.kind === 'Call' && isStateSetter(file, parent.child('callee')))
    return 'length'
  return role === 'body' && isGathering(parent, object) ? 'length' : undefined
}

function isArray(file: SourceFile, object: SyntaxNode, call: SyntaxNode): boolean {
  if (typeHere(file, object) === 'list') return true
  // Other things with a \`forEach\` do not say what is done with each element in a function of one's own without a body.
  const callback = call.child('argument')
  return (
    calleeName(call) === 'forEach' && callback?.child('body')?.is('Block') === false && /s$/.test(object.text)
  )
}

/** `rows.reduce((found, row) => found.push(row), [])` */
function isGathering(callback: SyntaxNode, object: SyntaxNode): boolean {
  const call = callback.parent
  if (callback.role !== 'argument' || call?.kind !== 'Call' || calleeName(call) !== 'reduce') return false
  const first = callback.child('parameters')?.child('parameter')
  const name = first?.name || first?.child('target')?.name
  return (
    name !== undefined && name !== '' && object.name === name && call.children('argument')[1]?.kind === 'List'
  )
}

/** `words = words.sort()` without the assignment. */
function asStatement(call: SyntaxNode): readonly TextEdit[] | undefined {
  const assignment = call.parent
  const target = assignment?.kind === 'Assignment' ? assignment.child('target') : undefined
  const object = receiver(call)
  if (!target || !object?.same(target) || assignment?.parent?.kind !== 'ExpressionStatement') return undefined
  return [{ start: assignment.start, end: call.start, newText: '' }]
}
