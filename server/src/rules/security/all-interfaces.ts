/** A program that listens on all interfaces can be reached by everybody in the network. */

import { argument, calleeName, property } from '../../semantics/calls.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/all-interfaces',
  severity: 'hint',
  enabled: false,
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [605, 668],
  concept: 'permissions',
  impact: { likelihood: 'low', cost: 'hours' },
  callees: ['run', 'listen', 'bind', 'serve', 'run_app', 'TcpListener'],

  check: {
    *Call(node, file) {
      if (isTestCode(node, file) || !/^(run|listen|bind|serve|run_app)$/.test(calleeName(node))) return
      const given = [
        ...node.children('argument').map(it => (it.kind === 'KeywordArgument' ? it.child('value') : it)),
        property(argument(node, 0), 'host'),
      ]
      for (const it of given) {
        const first = it?.kind === 'Tuple' ? it.children('element')[0] : it
        const constant = first && file.constant(first)
        if (first && constant?.kind === 'string' && /^(0\.0\.0\.0|\[?::\]?)(:\d+)?$/.test(constant.value))
          yield { at: first, data: {} }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'The program listens on all interfaces',
      why: 'On a laptop or a server with several networks it can be reached from all of them, not only from where it was meant to.',
      remedy:
        'Listen on `127.0.0.1` while developing, and on the address of the one network where it is needed.',
    }),
    es: () => ({
      message: 'el programa escucha en todas las interfaces',
      why: 'En un portátil o un servidor con varias redes se llega a él desde todas, no solo desde donde estaba previsto.',
      remedy:
        'Escucha en `127.0.0.1` al desarrollar, y en la dirección de la única red en la que haga falta.',
    }),
  },

  examples: {
    invalid: [
      py`app.run(host=«"0.0.0.0"», port=8000)`,
      py`sock.bind((«"0.0.0.0"», 8000))`,
      js`app.listen(8000, «'0.0.0.0'»)`,
      ts`fastify.listen({ port: 8000, host: «'0.0.0.0'» })`,
      rs`fn serve() { let it = TcpListener::bind(«"0.0.0.0:8000"»); }`,
    ],
    valid: [
      py`app.run(host="127.0.0.1", port=8000)`,
      js`app.listen(8000)`,
      ts`fastify.listen({ port: 8000, host: 'localhost' })`,
      rs`fn serve() { let it = TcpListener::bind("127.0.0.1:8000"); }`,
    ],
  },
})
