/** A text with line breaks in it can write lines of its own into a log. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/log-injection',
  severity: 'info',
  enabled: false,
  languages: ['python', 'typescript', 'javascript'],
  cwe: [117],
  concept: 'untrusted-data',
  impact: { likelihood: 'low', cost: 'hours' },
  callees: ['debug', 'info', 'log', 'warn', 'warning', 'error', 'exception', 'critical', 'trace'],

  check: {
    *Call(node, file) {
      if (file.isTest || !isLogger(receiver(node), file) || calleeName(node) === '') return
      for (const it of node.children('argument')) {
        if (it.is('String', 'KeywordArgument', 'Dictionary')) continue
        const source = untrusted(file, it, { origins: ['request'] })
        if (!source) continue
        yield {
          at: it,
          data: { value: sourceText(source) },
          ...(it.contains(source.at) ? {} : { related: [source.at] }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` is written into the log as it is`,
      why: 'A line break in it begins a new line, which looks like the program’s own: a login that never was, or nothing where something was.',
      remedy: 'Log it as a field of structured data, or take the line breaks out first.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se escribe tal cual en el registro`,
      why: 'Un salto de línea dentro empieza una línea nueva que parece del propio programa: un acceso que nunca ocurrió, o nada donde hubo algo.',
      remedy: 'Regístralo como campo de datos estructurados o quita antes los saltos de línea.',
    }),
  },

  examples: {
    invalid: [
      py`
        import logging
        from flask import request
        def login(): logging.info(«f"login of {request.form['name']}"»)
      `,
      js`app.post('/login', (req, res) => console.log(«'login of ' + req.body.name»))`,
      ts`app.post('/login', (req: Request, res: Response) => logger.warn('no user', «req.body.name»))`,
    ],
    valid: [
      py`
        import logging
        from flask import request
        def login(): logging.info("login %d", int(request.form["number"]))
      `,
      js`app.post('/login', (req, res) => console.log('login of ' + JSON.stringify(req.body.name)))`,
      ts`app.post('/login', (req: Request, res: Response) => notes.log(req.body.name))`,
    ],
  },
})

function isLogger(object: SyntaxNode | undefined, file: SourceFile): boolean {
  const name = object?.kind === 'Member' ? (object.child('property')?.name ?? '') : (object?.name ?? '')
  return file.language === 'python'
    ? /^(_?log(ger|ging)?)$/i.test(name)
    : /^(console|_?log(ger)?)$/.test(name)
}
