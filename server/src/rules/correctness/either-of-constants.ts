/** `except A or B` catches A only: the choice is made before anybody looks. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { connective, operandsOf } from '../support/conditions.ts'
import { isException } from '../support/exceptions.ts'

export default defineRule({
  id: 'correctness/either-of-constants',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [480],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'days' },
  callees: [
    'isinstance',
    'issubclass',
    'startswith',
    'endswith',
    'startsWith',
    'endsWith',
    'includes',
    'count',
  ],

  check: {
    *Catch(node, file) {
      const type = node.child('type')
      const chosen = (type?.kind === 'AsPattern' ? type.child('value') : type)?.unwrapped
      if (file.language === 'python' && chosen?.kind === 'Logical') yield* foundIn(chosen, file, 'except')
    },
    *Case(node, file) {
      const pattern = node.child('pattern')
      if (file.language === 'python' || pattern?.unwrapped.kind !== 'Logical') return
      const choice = pattern.unwrapped
      // `switch (true)` asks conditions.
      if (node.parent?.child('subject')?.kind === 'Boolean') return
      const operands = operandsOf(choice, '||')
      if (operands.length > 1 && operands.every(it => it.is('String', 'Number')))
        yield { at: pattern, data: data(choice, operands[0]!, 'case') }
    },
    *Call(node, file) {
      const name = calleeName(node)
      const isTest = /^is(instance|subclass)$/.test(name)
      const choice = node.children('argument')[isTest ? 1 : 0]?.unwrapped
      if (choice?.kind === 'Logical' && (isTest ? file.language === 'python' : true))
        yield* foundIn(choice, file, name)
    },
    *Comparison(node, file) {
      const choice = node.child('right')?.unwrapped
      if (
        choice?.kind !== 'Logical' ||
        !/^(={2,3}|!={1,2}|in|not in)$/.test(node.operator.replace(/\s+/g, ' '))
      )
        return
      if (node.child('right')?.kind === 'Parenthesized') yield* foundIn(choice, file, node.operator)
    },
  },

  explain: {
    en: ({ choice, chosen, other, where }) => ({
      message: `\`${choice}\` is always \`${chosen}\`, so \`${other}\` is never looked at`,
      why: `\`${where}\` gets one value, and which one is decided before. It does not ask about each of them in turn.`,
      remedy:
        where === 'case'
          ? 'Write a `case` for each of them.'
          : where === 'except' || where.startsWith('is')
            ? 'Put them in a tuple.'
            : 'Compare with each of them, or ask whether the value is among them.',
      fix: 'Put them in a tuple',
    }),
    es: ({ choice, chosen, other, where }) => ({
      message: `\`${choice}\` siempre es \`${chosen}\`, así que \`${other}\` nunca se mira`,
      why: `\`${where}\` recibe un solo valor, y cuál es se decide antes. No pregunta por cada uno de ellos.`,
      remedy:
        where === 'case'
          ? 'Escribe un `case` para cada uno.'
          : where === 'except' || where.startsWith('is')
            ? 'Ponlos en una tupla.'
            : 'Compara con cada uno, o pregunta si el valor está entre ellos.',
      fix: 'Ponerlos en una tupla',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        try: load()
        except «ValueError or KeyError»: pass
      `,
        py`
        try: load()
        except (ValueError, KeyError): pass
      `,
      ),
      fixes(
        py`
        try: load()
        except («OSError or EOFError») as error: show(error)
      `,
        py`
        try: load()
        except (OSError, EOFError) as error: show(error)
      `,
      ),
      fixes(py`if isinstance(x, «int or float»): pass`, py`if isinstance(x, (int, float)): pass`),
      py`if name == («"a" or "b"»): pass`,
      py`ok = path.endswith(«".jpg" or ".png"»)`,
      js`switch (name) { case «'a' || 'b'»: run() }`,
      js`if (name === («'a' || 'b'»)) run()`,
      ts`const isImage = path.endsWith(«'.jpg' || '.png'»)`,
      ts`switch (code) { case «(1 || 2)»: run(); break; default: stop() }`,
    ],
    valid: [
      py`
        try: load()
        except (ValueError, KeyError): pass
      `,
      py`
        ERRORS = None
        try: load()
        except ERRORS or (): pass
      `,
      py`if isinstance(x, kinds or object) and name == (first or "b"): pass`,
      js`switch (name) { case 'a': case 'b': run() }`,
      js`switch (true) { case a || b: run() }`,
      js`if (name === (first || 'b')) run()`,
      ts`const isImage = path.endsWith(ending || '.png')`,
      ts`if (names.includes('a') || names.includes('b')) run()`,
    ],
  },
})

function data(choice: SyntaxNode, chosen: SyntaxNode, where: string) {
  return { choice: excerpt(choice), chosen: excerpt(chosen), other: otherThan(chosen, choice), where }
}

function otherThan(chosen: SyntaxNode, choice: SyntaxNode): string {
  const how = connective(choice)
  const operands = how ? operandsOf(choice, how) : []
  return excerpt(operands.find(it => it.row !== chosen.row) ?? choice)
}

/** A choice between things that all count as true: `or` gives the first of them, `and` the last. */
function* foundIn(choice: SyntaxNode, file: SourceFile, where: string) {
  const how = connective(choice)
  if (how !== '||' && how !== '&&') return
  const operands = operandsOf(choice, how)
  if (!operands.every(it => isSurelyTrue(it, file, where))) return
  const chosen = how === '||' ? operands[0]! : operands.at(-1)!
  const isOfTypes = where === 'except' || /^is(instance|subclass)$/.test(where)
  const outer = choice.parent?.kind === 'Parenthesized' ? choice.parent : choice
  yield {
    at: choice,
    data: data(choice, chosen, where),
    ...(isOfTypes && {
      fix: {
        safety: 'unsafe' as const,
        edits: () => [replace(outer, `(${operands.map(it => it.text).join(', ')})`)],
      },
    }),
  }
}

const TYPES = /^(int|float|complex|str|bytes|bytearray|bool|list|tuple|dict|set|frozenset|object|type)$/

function isSurelyTrue(node: SyntaxNode, file: SourceFile, where: string): boolean {
  if (where === 'except') return isException(file, node)
  if (/^is(instance|subclass)$/.test(where))
    return (
      isException(file, node) ||
      (node.kind === 'Name' &&
        (file.isFree(node) ? TYPES.test(node.name) : file.binding(node)?.kind === 'class'))
    )
  if (node.kind === 'String') return node.text.length > 2
  return node.kind === 'Number' && !/^[0.]+$/.test(node.text)
}
