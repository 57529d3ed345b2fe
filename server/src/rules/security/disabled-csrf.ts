/** Without a token that only the own pages know, any other page can send forms in the name of who is logged in. */

import { isFalse, keyText } from '../../semantics/calls.ts'
import { fullName } from '../../semantics/full-name.ts'
import { py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/disabled-csrf',
  severity: 'info',
  enabled: false,
  languages: ['python'],
  cwe: [352],
  concept: 'untrusted-data',
  impact: { likelihood: 'low', cost: 'days' },

  check: {
    *Decorator(node, file) {
      const value = node.child('value')
      if (value && !file.isTest && /\.csrf_exempt$/.test(fullName(file, value)))
        yield { at: node, data: { what: 'csrf_exempt' } }
    },
    *Assignment(node, file) {
      const target = node.child('target')
      const key = target?.kind === 'Index' ? keyText(target.child('index')) : (target?.name ?? '')
      const value = node.child('value')
      if (/^WTF_CSRF_(ENABLED|CHECK_DEFAULT)$/.test(key) && value && isFalse(file, value) && !file.isTest)
        yield { at: node, data: { what: key } }
    },
  },

  explain: {
    en: ({ what }) => ({
      message: `\`${what}\` lets forms in that other pages send`,
      why: 'A page that somebody visits while logged in here can send a form in their name, and the browser adds the cookie by itself.',
      remedy: 'Leave the check on; what programs call should take a token of its own and no cookie.',
    }),
    es: ({ what }) => ({
      message: `\`${what}\` deja entrar formularios que envían otras páginas`,
      why: 'Una página que alguien visite con la sesión abierta aquí puede enviar un formulario en su nombre, y el navegador añade la cookie por sí solo.',
      remedy:
        'Deja la comprobación activada; lo que llamen otros programas debería llevar su propio token y ninguna cookie.',
    }),
  },

  examples: {
    invalid: [
      py`
        from django.views.decorators.csrf import csrf_exempt
        «@csrf_exempt»
        def transfer(request): send(request.POST["to"])
      `,
      py`«app.config["WTF_CSRF_ENABLED"] = False»`,
    ],
    valid: [
      py`
        from django.views.decorators.csrf import csrf_protect
        @csrf_protect
        def transfer(request): send(request.POST["to"])
      `,
      py`app.config["WTF_CSRF_ENABLED"] = True`,
    ],
  },
})
