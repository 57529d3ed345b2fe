/** The trace of an error tells strangers how the program is made. */

import { argument, calleeName, receiver } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/exposed-error',
  severity: 'info',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [209],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'hours' },
  callees: ['send', 'json', 'end', 'format_exc'],

  check: {
    *Call(node, file) {
      if (file.isTest) return
      if (file.language === 'python') {
        if (calledName(file, node) === 'traceback.format_exc' && isAnswered(file, node))
          yield { at: node, data: {} }
        return
      }
      if (!/^(send|json|end)$/.test(calleeName(node)) || !isResponse(node)) return
      const given = argument(node, 0)
      const stack = given && stackIn(given)
      if (stack && !isForDevelopment(node)) yield { at: stack, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'The trace of an error is sent to whoever asked',
      why: 'It shows paths, versions and the names of functions, from which an attacker learns where to go on.',
      remedy: 'Log it, and answer with a short message and a number by which it can be found in the log.',
    }),
    es: () => ({
      message: 'se envía la traza de un error a quien hizo la petición',
      why: 'Muestra rutas, versiones y nombres de funciones, con los que un atacante aprende por dónde seguir.',
      remedy: 'Regístrala y responde con un mensaje corto y un número con el que encontrarla en el registro.',
    }),
  },

  examples: {
    invalid: [
      py`
        import traceback
        from flask import Flask
        app = Flask(__name__)
        @app.route("/")
        def index():
            try:
                return render()
            except Exception:
                return «traceback.format_exc()», 500
      `,
      js`app.use((error, req, res, next) => { res.status(500).send(«error.stack») })`,
      ts`app.use((error: Error, req: Request, res: Response, next: Next) => { res.status(500).json({ message: error.message, trace: «error.stack» }) })`,
    ],
    valid: [
      py`
        import logging, traceback
        def index():
            try:
                return render()
            except Exception:
                logging.error(traceback.format_exc())
                return "Sorry", 500
      `,
      py`
        import traceback
        def describe(): return traceback.format_exc()
      `,
      js`app.use((error, req, res, next) => { console.error(error.stack); res.status(500).send('Sorry') })`,
      ts`app.use((error: Error, req: Request, res: Response, next: Next) => { res.json({ trace: process.env.NODE_ENV === 'development' ? error.stack : undefined }) })`,
    ],
  },
})

function isResponse(call: SyntaxNode): boolean {
  let object = receiver(call)
  if (object?.kind === 'Call' && calleeName(object) === 'status') object = receiver(object)
  return /^_?(res|resp|response|reply)$/.test(object?.name ?? '')
}

function stackIn(given: SyntaxNode): SyntaxNode | undefined {
  const isStack = (it: SyntaxNode) =>
    it.kind === 'Member' &&
    it.child('property')?.name === 'stack' &&
    /^(e|ex|err|error|exception)$/i.test(it.child('object')?.name ?? '')
  if (isStack(given)) return given
  for (const it of given.descendants('Member')) if (isStack(it)) return it
  return undefined
}

/** Somebody asked where the program runs. */
function isForDevelopment(call: SyntaxNode): boolean {
  return /NODE_ENV|isDev|isProd|development|production|debug/i.test(call.function?.text ?? '')
}

/** Returned by a function under `@app.route(…)`. */
function isAnswered(file: SourceFile, call: SyntaxNode): boolean {
  const answer = call.closest('Return', 'Function')
  const decorated = answer?.kind === 'Return' ? answer.function?.parent : undefined
  if (decorated?.kind !== 'Decorated' || file.isTest) return false
  return decorated
    .children('decorator')
    .some(it => /^@\w+\.(route|get|post|put|delete|patch|errorhandler)\(/.test(it.text))
}
