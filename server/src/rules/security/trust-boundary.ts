/** What lies in a session is believed later; what a request says is put there without a look. */

import { keyText } from '../../semantics/calls.ts'
import { fullName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/trust-boundary',
  severity: 'info',
  enabled: false,
  languages: ['python', 'typescript', 'javascript'],
  cwe: [501],
  concept: 'untrusted-data',
  impact: { likelihood: 'low', cost: 'days' },

  check: {
    *Assignment(node, file) {
      const target = node.child('target')
      const value = node.child('value')
      if (!target?.is('Index', 'Member') || !value || file.isTest || !isSession(file, target.child('object')))
        return
      const key = target.kind === 'Index' ? target.child('index') : undefined
      for (const it of [value, key]) {
        const source = it && !file.constant(it) ? untrusted(file, it, { origins: ['request'] }) : undefined
        if (!it || !source) continue
        yield {
          at: it,
          data: { value: sourceText(source), key: keyText(key ?? target.child('property')) },
          ...(it.contains(source.at) ? {} : { related: [source.at] }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value, key }) => ({
      message: `\`${value}\` goes into the session as \`${key}\``,
      why: 'Code that reads a session takes what is there for the program’s own: nobody checks it a second time.',
      remedy: 'Check it before, or keep apart what was checked and what was not.',
    }),
    es: ({ value, key }) => ({
      message: `\`${value}\` entra en la sesión como \`${key}\``,
      why: 'El código que lee una sesión toma lo que hay por propio del programa: nadie lo comprueba una segunda vez.',
      remedy: 'Compruébalo antes o guarda por separado lo que se comprobó y lo que no.',
    }),
  },

  examples: {
    invalid: [
      py`
        from flask import request, session
        def choose(): session["user_id"] = «request.form["user"]»
      `,
      py`
        import flask
        def choose():
            flask.session[«flask.request.args["name"]»] = "1"
      `,
      js`app.post('/role', (req, res) => { req.session.role = «req.body.role» })`,
      ts`app.post('/role', (req: Request, res: Response) => { req.session.role = «req.body.role» })`,
    ],
    valid: [
      py`
        from flask import request, session
        def choose():
            session["page"] = int(request.form["page"])
            session["theme"] = "dark"
      `,
      js`app.post('/role', (req, res) => { req.session.visits = count + 1; store.role = req.body.role })`,
      ts`app.post('/role', (req: Request, res: Response) => { if (isRole(req.body.role)) req.session.role = req.body.role })`,
    ],
  },
})

function isSession(file: SourceFile, object: SyntaxNode | undefined): boolean {
  if (!object) return false
  if (file.language === 'python')
    return (
      /^(flask|quart)\.session$/.test(fullName(file, object)) ||
      /^(self\.)?request\.session$/.test(object.text)
    )
  return /^(req|request|ctx)\.session$/.test(object.text)
}
