/** Python leaves assertions out when it optimises: what one of them refuses is allowed then. */

import { py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/assert-as-guard',
  severity: 'warning',
  languages: ['python'],
  cwe: [617, 703],
  concept: 'permissions',
  impact: { likelihood: 'low', cost: 'days' },

  check: {
    *Assert(node, file) {
      const condition = node.child('condition')
      if (
        !condition ||
        file.isTest ||
        !GUARD.test(condition.text) ||
        !/^(not )?[\w.]+(\([^)]*\))?$/.test(condition.text)
      )
        return
      yield { at: node, data: { condition: condition.text.slice(0, 60) } }
    },
  },

  explain: {
    en: ({ condition }) => ({
      message: `Only an assertion makes sure of \`${condition}\``,
      why: '`python -O` and `PYTHONOPTIMIZE` leave all assertions out, and then everybody passes.',
      remedy: 'Write an `if` that raises `PermissionError`, or answers that it is not allowed.',
    }),
    es: ({ condition }) => ({
      message: `solo un \`assert\` se asegura de \`${condition}\``,
      why: '`python -O` y `PYTHONOPTIMIZE` eliminan todos los `assert`, y entonces pasa cualquiera.',
      remedy: 'Escribe un `if` que lance `PermissionError` o que responda que no está permitido.',
    }),
  },

  examples: {
    invalid: [
      py`
        def delete(request, note):
            «assert request.user.is_admin»
            note.delete()
      `,
      py`
        def publish(user, page):
            «assert user.has_perm("publish"), "not allowed"»
            page.publish()
      `,
    ],
    valid: [
      py`
        def delete(request, note):
            if not request.user.is_admin:
                raise PermissionError
            note.delete()
      `,
      py`
        def area(width):
            assert width > 0
            assert isinstance(width, int)
            return width * width
      `,
    ],
  },
})

/** Who somebody is, and what they may do. */
const GUARD =
  /\.(is_admin|is_superuser|is_staff|is_authenticated|is_owner|has_perm|has_permission|has_role|has_access|can_(edit|delete|write|read|view|access|manage|publish))\b/
