/** A question for a class behind one for its parent is never answered yes: the parent's branch has taken it already. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { branchesOf, isChainStart } from '../support/branches.ts'

export default defineRule({
  id: 'correctness/unreachable-type-check',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [561, 570],
  concept: 'control-flow',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *If(node, file) {
      if (file.language === 'rust' || !isChainStart(node)) return
      const seen: Asked[] = []
      for (const { condition } of branchesOf(node)) {
        const asked = condition && askedIn(condition, file)
        if (!asked) continue
        for (const type of asked.types) {
          const before = seen.find(
            it => it.subject.same(asked.subject) && it.types.some(parent => isBelow(type, parent, file)),
          )
          const parent = before?.types.find(it => isBelow(type, it, file))
          if (asked.types.length > 1 || !parent) continue
          yield {
            at: condition,
            data: { type: type.text, parent: parent.text, subject: excerpt(asked.subject) },
            related: [before!.condition],
          }
        }
        // The body of a condition with more in it may let others pass.
        seen.push(asked)
      }
    },
  },

  explain: {
    en: ({ type, parent, subject }) => ({
      message: `A \`${type}\` never comes here: it is a \`${parent}\` as well, which was asked before`,
      why: `The branches are tried from top to bottom. Whenever \`${subject}\` is a \`${type}\`, the branch for \`${parent}\` has taken it.`,
      remedy: `Ask for \`${type}\` first.`,
      places: ['This branch takes it'],
    }),
    es: ({ type, parent, subject }) => ({
      message: `Aquí nunca llega un \`${type}\`: también es un \`${parent}\`, que se pregunta antes`,
      why: `Las ramas se prueban de arriba abajo. Siempre que \`${subject}\` es un \`${type}\`, se lo ha llevado la rama de \`${parent}\`.`,
      remedy: `Pregunta primero por \`${type}\`.`,
      places: ['Se lo lleva esta rama'],
    }),
  },

  examples: {
    invalid: [
      py`
        def show(x):
            if isinstance(x, int): return str(x)
            elif «isinstance(x, bool)»: return "yes" if x else "no"
      `,
      py`
        from datetime import date, datetime
        def show(x):
            if isinstance(x, (str, date)): return x
            elif «isinstance(x, datetime)»: return x.time()
      `,
      py`
        class Row: ...
        class Head(Row): ...
        def show(x):
            if isinstance(x, Row): return 1
            elif isinstance(x, str): return 2
            elif «isinstance(x, Head)»: return 3
      `,
      js`if (e instanceof Error) log(e); else if («e instanceof TypeError») fix(e)`,
      js`class Row {} class Head extends Row {} if (x instanceof Row) a(); else if («x instanceof Head») b()`,
      ts`if (e instanceof Error) { log(e) } else if (e === null) {} else if («e instanceof RangeError») { fix(e) }`,
      ts`class AppError extends Error {} if (e instanceof Error) { log(e) } else if («e instanceof AppError») { fix(e) }`,
    ],
    valid: [
      py`
        def show(x):
            if isinstance(x, bool): return 1
            elif isinstance(x, int): return 2
      `,
      py`
        def show(x, y):
            if isinstance(x, int) and x > 3: return 1
            elif isinstance(x, bool): return 2
            elif isinstance(y, int): return 3
      `,
      py`
        def show(x):
            if isinstance(x, int): a()
            if isinstance(x, bool): b()
      `,
      js`if (e instanceof TypeError) fix(e); else if (e instanceof Error) log(e)`,
      js`if (e instanceof Error && e.code) log(e); else if (e instanceof TypeError) fix(e)`,
      ts`if (a instanceof Error) { log(a) } else if (b instanceof TypeError) { fix(b) }`,
      ts`import { Row, Head } from './rows'; if (x instanceof Row) a(); else if (x instanceof Head) b()`,
    ],
  },
})

interface Asked {
  readonly subject: SyntaxNode
  readonly types: readonly SyntaxNode[]
  readonly condition: SyntaxNode
}

/** `isinstance(x, T)` and `x instanceof T`, alone. */
function askedIn(condition: SyntaxNode, file: SourceFile): Asked | undefined {
  const it = condition.unwrapped
  if (file.language === 'python') {
    const callee = it.kind === 'Call' ? it.child('callee') : undefined
    if (callee?.kind !== 'Name' || calleeName(it) !== 'isinstance' || !file.isFree(callee)) return undefined
    const [subject, types] = it.children('argument')
    if (!subject?.is('Name', 'Member') || !types) return undefined
    return { subject, types: types.kind === 'Tuple' ? types.children('element') : [types], condition: it }
  }
  const subject = it.kind === 'Comparison' && it.operator === 'instanceof' ? it.child('left') : undefined
  const type = it.child('right')
  return subject?.is('Name', 'Member') && type ? { subject, types: [type], condition: it } : undefined
}

/** What comes below what, among the types that come with the language. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  bool: ['int'],
  'datetime.datetime': ['datetime.date'],
  OrderedDict: ['dict'],
  'collections.OrderedDict': ['dict'],
  'collections.defaultdict': ['dict'],
  'collections.Counter': ['dict'],
  FileNotFoundError: ['OSError', 'IOError', 'Exception'],
  KeyError: ['LookupError', 'Exception'],
  IndexError: ['LookupError', 'Exception'],
  UnicodeDecodeError: ['UnicodeError', 'ValueError', 'Exception'],
  ValueError: ['Exception'],
  TypeError: ['Exception', 'Error'],
  OSError: ['Exception'],
  TimeoutError: ['OSError', 'Exception'],
  ConnectionError: ['OSError', 'Exception'],
  RangeError: ['Error'],
  SyntaxError: ['Error', 'Exception'],
  ReferenceError: ['Error', 'Exception'],
  EvalError: ['Error'],
  URIError: ['Error'],
  AggregateError: ['Error'],
}

function isBelow(type: SyntaxNode, parent: SyntaxNode, file: SourceFile, depth = 0): boolean {
  if (depth > 6 || !type.is('Name', 'Member') || !parent.is('Name', 'Member')) return false
  if (depth > 0 && type.same(parent)) return true
  const binding = type.kind === 'Name' ? file.binding(type) : undefined
  if (binding?.kind === 'class') {
    const home = binding.declaration.parent
    return (
      home?.kind === 'Class' &&
      binding.writeCount < 2 &&
      home.children('superclass').some(it => isBelow(it, parent, file, depth + 1))
    )
  }
  if (binding && binding.kind !== 'import') return false
  if (parent.kind === 'Name' && file.binding(parent) && file.binding(parent)!.kind !== 'import') return false
  return PARENTS[file.qualifiedName(type)]?.includes(file.qualifiedName(parent)) ?? false
}
