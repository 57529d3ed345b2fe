/** A value that is written into the filter of a directory search can change whom it finds. */

import { directoryTexts, LDAP_CALLEES } from '../../semantics/taint/sinks/ldap.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/ldap-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [90],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: LDAP_CALLEES,

  check: {
    *Call(node, file) {
      if (file.isTest) return
      for (const text of directoryTexts(file, node)) {
        const source = untrusted(file, text, { origins: ['request'] })
        if (!source) continue
        yield {
          at: text,
          data: { value: sourceText(source) },
          ...(text.contains(source.at) ? {} : { related: [source.at] }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` is written into a search of a directory (LDAP)`,
      why: 'Parentheses and stars in it are read as a part of the filter: `*` finds everybody, and `*)(uid=*))(|(uid=*` turns a check of a password into one that always holds.',
      remedy:
        'Escape the value first: `escape_filter_chars` in Python (`ldap3`, `python-ldap`), an object of filters in `ldapjs`.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se escribe dentro de una búsqueda en un directorio (LDAP)`,
      why: 'Los paréntesis y asteriscos que contenga se leen como parte del filtro: `*` encuentra a todo el mundo, y `*)(uid=*))(|(uid=*` convierte la comprobación de una contraseña en una que siempre se cumple.',
      remedy:
        'Escapa antes el valor: `escape_filter_chars` en Python (`ldap3`, `python-ldap`), un objeto de filtros en `ldapjs`.',
    }),
  },

  examples: {
    invalid: [
      py`
        import ldap3
        from flask import request
        def find(conn):
            conn.search("ou=people", «f"(&(objectclass=person)(uid={request.args['uid']}))"»)
      `,
      py`
        import ldap
        def find(request, conn):
            name = request.GET["name"]
            return conn.search_s("dc=example", ldap.SCOPE_SUBTREE, «"(cn=" + name + ")"»)
        from django.http import HttpResponse
      `,
      js`
        const ldap = require('ldapjs')
        app.get('/user', (req, res) => {
          client.search('ou=people', { filter: «'(uid=' + req.query.uid + ')'» }, done)
        })
      `,
      ts`
        app.get('/user', (req: Request, res: Response) => {
          client.search(«\`ou=\${req.params.team},dc=example\`», options, done)
        })
      `,
    ],
    valid: [
      py`
        from ldap3.utils.conv import escape_filter_chars
        from flask import request
        def find(conn):
            conn.search("ou=people", f"(uid={escape_filter_chars(request.args['uid'])})")
      `,
      py`
        import re
        from flask import request
        def find(): return re.search("(name=" + pattern + ")", request.args["text"])
      `,
      py`
        def find(conn, uid): conn.search("ou=people", f"(uid={uid})")
      `,
      ts`export function find(uid: string) { client.search('ou=people', { filter: \`(uid=\${uid})\` }, done) }`,
      js`app.get('/find', (req, res) => index.search(req.query.text))`,
      js`app.get('/user', (req, res) => client.search('ou=people', { filter: new EqualityFilter({ attribute: 'uid', value: req.query.uid }) }))`,
    ],
  },
})
