/** Parentheses alone make no tuple: `name in ("admin")` asks whether the name is a part of the word. */

import { keywordArgument } from '../../semantics/calls.ts'
import { stringValue } from '../../semantics/constants.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { insertAfter } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/parenthesised-text',
  severity: 'error',
  languages: ['python'],
  cwe: [783],
  concept: 'data-structures',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['Thread', 'Process', 'Timer', 'apply_async'],

  check: {
    *Comparison(node, file) {
      if (file.language !== 'python' || !/^(not )?in$/.test(node.operator.replace(/\s+/g, ' '))) return
      const right = node.child('right')
      const text = right?.kind === 'Parenthesized' ? right.child('value') : undefined
      if (!right || text?.kind !== 'String' || node.child('next')) return
      const value = stringValue(text)
      // A single letter, or a set of signs, is a text to look into.
      if (!value || !/^\w{3,}$/.test(value) || right.text.includes('\n')) return
      yield {
        at: right,
        data: { text: excerpt(text), isArguments: false as boolean },
        fix: { safety: 'unsafe' as const, edits: () => [insertAfter(text, ',')] },
      }
    },
    *Call(node) {
      const given = keywordArgument(node, 'args')
      const value = given?.kind === 'Parenthesized' ? given.child('value') : undefined
      if (!given || !value?.is('Name', 'String', 'Number', 'Member', 'Template')) return
      // A name may well hold a tuple.
      if (value.is('Name', 'Member') && /args|params/i.test(value.text)) return
      yield {
        at: given,
        data: { text: excerpt(value), isArguments: true as boolean },
        fix: { safety: 'unsafe' as const, edits: () => [insertAfter(value, ',')] },
      }
    },
  },

  explain: {
    en: ({ text, isArguments }) => ({
      message: `\`(${text})\` is no tuple but \`${text}\` itself: the comma is missing`,
      why: isArguments
        ? 'The arguments are taken from what is given here one by one: from a text its letters, and from anything else an error.'
        : '`in` then looks for a part of the text: the empty text and single letters are found, too.',
      remedy: 'Put a comma behind it.',
      fix: 'Put a comma behind it',
    }),
    es: ({ text, isArguments }) => ({
      message: `\`(${text})\` no es una tupla, sino el propio \`${text}\`: falta la coma`,
      why: isArguments
        ? 'Los argumentos se toman uno a uno de lo que se da aquí: de un texto, sus letras; de cualquier otra cosa, un error.'
        : '`in` busca entonces una parte del texto: también encuentra el texto vacío y letras sueltas.',
      remedy: 'Pon una coma detrás.',
      fix: 'Poner una coma detrás',
    }),
  },

  examples: {
    invalid: [
      fixes(py`if role in «("admin")»: allow()`, py`if role in ("admin",): allow()`),
      fixes(py`ok = kind not in «('draft')»`, py`ok = kind not in ('draft',)`),
      fixes(py`Thread(target=work, args=«(name)»).start()`, py`Thread(target=work, args=(name,)).start()`),
    ],
    valid: [
      py`if role in ("admin",): allow()`,
      py`if letter in ("abc" "def") or role in "admin": allow()`,
      py`if sign in ("+-"): add()`,
      py`Thread(target=work, args=(name,)).start(); Thread(target=work, args=(all_args))`,
    ],
  },
})
