/** Throwing something that is no exception: Python refuses it, JavaScript loses the place where it happened. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { at, fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { knownType } from '../support/known-type.ts'

export default defineRule({
  id: 'correctness/throw-literal',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [397],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Throw(node, file) {
      const value = node.child('value')?.unwrapped
      if (!value) return
      const constant = notImplemented(file, value)
      if (constant) {
        yield {
          at: constant,
          data: { what: constant.name, instead: 'NotImplementedError' as string, python: true as boolean },
          fix: { safety: 'safe', edits: () => [replace(constant, 'NotImplementedError')] },
        }
        return
      }
      // Tests throw anything, to see what becomes of it.
      if (file.isTest || isJump(node)) return
      const type = thrownType(file, value)
      if (!type) return
      const python = file.language === 'python'
      const wrapped = `${python ? 'Exception' : 'new Error'}(${value.text})`
      yield {
        at: value,
        data: { what: excerpt(value), instead: python ? 'Exception' : ('Error' as string), python },
        fix: { safety: 'unsafe', edits: () => (type === 'string' ? [replace(value, wrapped)] : []) },
      }
    },
  },

  explain: {
    en: ({ what, instead, python }) => ({
      message: python ? `\`${what}\` is not an exception` : `\`${what}\` is thrown, and it is no \`Error\``,
      why: python
        ? '`raise` accepts exceptions only, so this line fails with a `TypeError` that says nothing of what went wrong.'
        : 'It carries no stack trace, so nobody sees where it came from, and code that reads `error.message` gets nothing.',
      remedy: python
        ? `Raise a \`${instead}\`, or a class of its own that says what happened.`
        : `Throw an \`${instead}\`, or a class of its own that extends it.`,
      fix: python ? `Raise \`${instead}\`` : `Throw an \`${instead}\` with this text`,
    }),
    es: ({ what, instead, python }) => ({
      message: python ? `\`${what}\` no es una excepción` : `Se lanza \`${what}\`, que no es un \`Error\``,
      why: python
        ? '`raise` solo acepta excepciones, así que esta línea falla con un `TypeError` que no dice nada de lo que ocurrió.'
        : 'No lleva traza de pila, así que nadie ve de dónde salió, y el código que lee `error.message` no obtiene nada.',
      remedy: python
        ? `Lanza \`${instead}\` o una clase propia que diga qué pasó.`
        : `Lanza un \`${instead}\` o una clase propia que lo extienda.`,
      fix: python ? `Lanzar \`${instead}\`` : `Lanzar un \`${instead}\` con este texto`,
    }),
  },

  examples: {
    invalid: [
      fixes(js`throw «'no user'»`, js`throw new Error('no user')`),
      fixes(js`throw («\`no \${name}\`»)`, js`throw (new Error(\`no \${name}\`))`),
      fixes(
        ts`function f(text: string) { throw «text» }`,
        ts`function f(text: string) { throw new Error(text) }`,
      ),
      fixes(js`throw «'no ' + name + '!'»`, js`throw new Error('no ' + name + '!')`),
      js`throw «404»`,
      js`throw «null»`,
      ts`throw «undefined»`,
      fixes(
        py`
        def f():
            raise «"no user"»
      `,
        py`
        def f():
            raise Exception("no user")
      `,
      ),
      fixes(py`raise «"no %s" % name»`, py`raise Exception("no %s" % name)`),
      fixes(py`raise «f"no {name}"» from error`, py`raise Exception(f"no {name}") from error`),
      fixes(
        py`
        def area(self):
            raise «NotImplemented»
      `,
        py`
        def area(self):
            raise NotImplementedError
      `,
      ),
      fixes(py`raise «NotImplemented»("later")`, py`raise NotImplementedError("later")`),
      py`raise «(ValueError, "no")»`,
    ],
    valid: [
      js`try { if (!util.inherits) throw ''; a = util.inherits } catch (e) { a = b }`,
      js`throw new Error('no user')`,
      js`try { f() } catch (e) { throw e }`,
      js`function f(error) { throw error }`,
      js`throw failure('no user')`,
      at('test/page.spec.ts', ts`run(() => { throw 'text' })`),
      // Frameworks take thrown objects for answers.
      js`throw { status: 404 }`,
      js`throw redirect('/login')`,
      ts`throw error as Error`,
      ts`const e = new Error('x'); throw e`,
      py`raise ValueError("no user")`,
      py`raise ValueError`,
      py`
        try: f()
        except Exception: raise
      `,
      py`raise error`,
      py`raise errors["no user"]`,
      py`
        class NotImplemented(Exception): pass
        raise NotImplemented("later")
      `,
    ],
  },
})

/** `NotImplemented`, which is a value for operators to return, taken for the exception. */
function notImplemented(file: SourceFile, value: SyntaxNode): SyntaxNode | undefined {
  if (file.language !== 'python') return undefined
  const name = value.kind === 'Call' ? value.child('callee') : value
  return name?.kind === 'Name' && name.name === 'NotImplemented' && file.isFree(name) ? name : undefined
}

/** `try { if (!ok) throw '' } catch { … }`: who throws it catches it, and asks nothing about it. */
function isJump(node: SyntaxNode): boolean {
  const around = node.closest('Try', 'Function')
  const body = around?.kind === 'Try' ? around.child('body') : undefined
  const handler = around?.children().find(it => it.kind === 'Catch')
  const caught = handler?.child('target')
  if (!handler || !body?.contains(node)) return false
  return !caught || !handler.child('body')?.mentions(caught.name)
}

function thrownType(file: SourceFile, value: SyntaxNode): string | undefined {
  if (value.kind === 'Tuple' || value.kind === 'Undefined') return value.kind
  // A comparison in Python gives whatever its operands make of it.
  if (value.is('Comparison', 'Not', 'Dictionary', 'Function')) return undefined
  const type = knownType(file, value)
  return type === 'dictionary' || type === 'function' ? undefined : type
}
