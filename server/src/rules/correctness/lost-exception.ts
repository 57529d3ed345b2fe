/** An exception that is made and not thrown changes nothing: `raise` or `throw` is missing. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertBefore } from '../edit.ts'
import { at, fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isBuiltInException, isException, isExpectedToFail } from '../support/exceptions.ts'

export default defineRule({
  id: 'correctness/lost-exception',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [390],
  concept: 'error-handling',
  impact: { likelihood: 'high', cost: 'days' },

  check: {
    ExpressionStatement(node, file) {
      const value = node.child('value')
      return value?.is('Call', 'New', 'Name') ? lost(value, file) : undefined
    },
  },

  explain: {
    en: ({ name, keyword }) => ({
      message: `This \`${name}\` is made and never ${keyword === 'raise' ? 'raised' : 'thrown'}`,
      why: `Without \`${keyword}\` the object is forgotten at once, and the program goes on as if nothing had happened.`,
      remedy: `Write \`${keyword}\` before it.`,
      fix: `Insert \`${keyword}\``,
    }),
    es: ({ name, keyword }) => ({
      message: `Este \`${name}\` se crea y nunca se lanza`,
      why: `Sin \`${keyword}\` el objeto se olvida en el acto y el programa sigue como si nada hubiera pasado.`,
      remedy: `Escribe \`${keyword}\` delante.`,
      fix: `Insertar \`${keyword}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f(x):
            if x < 0:
                «ValueError("negative")»
            return x
      `,
        py`
        def f(x):
            if x < 0:
                raise ValueError("negative")
            return x
      `,
      ),
      fixes(
        py`
        def area(self):
            «NotImplementedError»
      `,
        py`
        def area(self):
            raise NotImplementedError
      `,
      ),
      py`
        class Broken(Exception): pass
        class VeryBroken(Broken): pass
        «VeryBroken()»
      `,
      py`
        from app.errors import AccessError
        «AccessError("no")»
      `,
      fixes(js`if (x < 0) «new RangeError('negative')»`, js`if (x < 0) throw new RangeError('negative')`),
      fixes(js`if (!ok) { «Error('no')»; }`, js`if (!ok) { throw Error('no'); }`),
      fixes(
        ts`
        class HttpError extends Error {}
        function f(status: number) { if (status >= 400) { «new HttpError()» } }
      `,
        ts`
        class HttpError extends Error {}
        function f(status: number) { if (status >= 400) { throw new HttpError() } }
      `,
      ),
      ts`import { ParseError } from './errors'; promise.catch(() => { «new ParseError()» })`,
    ],
    valid: [
      py`raise ValueError("negative")`,
      py`error = ValueError("negative")`,
      py`errors.append(ValueError("negative"))`,
      py`
        try:
            ModuleNotFoundError
        except NameError:
            ModuleNotFoundError = ImportError
      `,
      py`
        with pytest.raises(TypeError):
            ValueError(message="no such parameter")
      `,
      py`
        with self.assertRaises(TypeError) as caught:
            ValueError(message="no such parameter")
      `,
      at(
        'tests/test_errors.py',
        py`
        class Broken(Exception): pass
        Broken("with a text")
      `,
      ),
      py`
        def ValueError(text): print(text)
        ValueError("a")
      `,
      py`
        from wx import LogError
        LogError("shown to the user")
      `,
      py`Exception`,
      js`throw new Error('no')`,
      js`reject(new Error('no'))`,
      js`import { Error } from './log.js'; Error('no')`,
      js`new ErrorReporter()`,
      at('test/error.test.ts', ts`expect(() => { new RangeError() }).not.toThrow()`),
      ts`class ShapeError { constructor() { register(this) } }; new ShapeError()`,
    ],
  },
})

function* lost(value: SyntaxNode, file: SourceFile) {
  const name = value.kind === 'Name' ? value : value.child('callee')
  if (!name || !isMade(value, name, file) || isExpectedToFail(value)) return
  const keyword = file.language === 'python' ? 'raise' : 'throw'
  yield {
    at: value,
    data: { name: name.name, keyword },
    fix: { safety: 'unsafe' as const, edits: () => [insertBefore(value, keyword + ' ')] },
  }
}

function isMade(value: SyntaxNode, name: SyntaxNode, file: SourceFile): boolean {
  if (value.kind === 'Name') {
    // A name alone asks whether it exists, inside `try` or at the top of a file.
    return (
      file.language === 'python' &&
      isBuiltInException(file, name) &&
      value.function !== undefined &&
      value.closest('Try', 'Function')?.kind === 'Function'
    )
  }
  // A class of one's own cannot be called without `new` in JavaScript; what is called is a function.
  if (value.kind === 'Call' && file.language !== 'python') return isBuiltInException(file, name)
  // A test may make one of the project's own to see that it can be made.
  return file.isTest ? isBuiltInException(file, name) : isException(file, name)
}
