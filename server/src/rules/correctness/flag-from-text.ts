/** Every text but the empty one counts as true: `bool("False")` is `True`. */

import { calleeName, keywordArgument, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/flag-from-text',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [704],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['add_argument', 'bool', 'Boolean'],

  check: {
    *Call(node, file) {
      if (calleeName(node) === 'add_argument') {
        const type = keywordArgument(node, 'type')
        if (!receiver(node) || type?.kind !== 'Name' || type.name !== 'bool' || !file.isFree(type)) return
        yield { at: type, data: { text: 'bool', kind: 'argument' as string } }
        return
      }
      const callee = node.child('callee')
      const [value] = node.children('argument')
      if (callee?.kind !== 'Name' || !file.isFree(callee) || !value) return
      const text = saysNo(value.unwrapped, file)
      if (text) yield { at: node, data: { text, kind: 'default' as string } }
    },
    *Not(node, file) {
      const inner = node.child('operand')?.unwrapped
      const value =
        inner?.kind === 'Not' && file.language !== 'python' ? inner.child('operand')?.unwrapped : undefined
      const text = value && saysNo(value, file)
      if (text) yield { at: node, data: { text, kind: 'default' as string } }
    },
  },

  explain: {
    en: ({ text, kind }) => ({
      message:
        kind === 'argument'
          ? '`type=bool` makes `True` of whatever is given, `False` included'
          : `This is true even where nothing is set, for \`${text}\` is a text like any other`,
      why: 'What comes from a command line or from the environment is a text, and a text counts as true unless it is empty. Nobody can switch this off.',
      remedy:
        kind === 'argument'
          ? 'Use `action="store_true"` or `argparse.BooleanOptionalAction`.'
          : 'Compare with the texts that mean yes.',
    }),
    es: ({ text, kind }) => ({
      message:
        kind === 'argument'
          ? '`type=bool` convierte en `True` cualquier cosa que se le dé, incluso `False`'
          : `Esto es verdadero aunque no haya nada definido, porque \`${text}\` es un texto como otro cualquiera`,
      why: 'Lo que llega de la línea de órdenes o del entorno es un texto, y un texto cuenta como verdadero salvo que esté vacío. Nadie puede desactivar esto.',
      remedy:
        kind === 'argument'
          ? 'Usa `action="store_true"` o `argparse.BooleanOptionalAction`.'
          : 'Compara con los textos que significan sí.',
    }),
  },

  examples: {
    invalid: [
      py`parser.add_argument("--fast", type=«bool», default=True)`,
      py`
        import os
        DEBUG = «bool(os.environ.get("DEBUG", "False"))»
      `,
      py`
        import os
        DEBUG = «bool(os.getenv("DEBUG", "0"))»
      `,
      js`const debug = «Boolean(process.env.DEBUG || 'false')»`,
      js`const debug = «!!(process.env.DEBUG ?? '0')»`,
      ts`const debug: boolean = «Boolean(process.env['DEBUG'] ?? 'no')»`,
      ts`const fast = «!!(import.meta.env.VITE_FAST || 'false')»`,
    ],
    valid: [
      py`parser.add_argument("--fast", action="store_true"); parser.add_argument("--n", type=int)`,
      py`
        import os
        DEBUG = bool(os.environ.get("DEBUG", ""))
        FAST = bool(int(os.environ.get("FAST", "0")))
        NAME = bool(os.environ.get("NAME"))
      `,
      js`const debug = Boolean(process.env.DEBUG); const fast = process.env.FAST === 'true'`,
      js`const text = !!(title || 'no')`,
      ts`const debug = !!(process.env.DEBUG || '')`,
      ts`const debug = JSON.parse(process.env.DEBUG ?? 'false')`,
    ],
  },
})

const NO = /^(false|no|off|0|n|f|none|disabled)$/i

/** A setting of the environment that is a word for no where nobody sets it. */
function saysNo(value: SyntaxNode, file: SourceFile): string | undefined {
  let fallback: SyntaxNode | undefined
  if (file.language === 'python') {
    if (
      value.kind !== 'Call' ||
      !/^os\.(environ\.get|getenv)$/.test(file.qualifiedName(value.child('callee')!))
    )
      return undefined
    fallback = value.children('argument')[1]
  } else {
    const left =
      value.kind === 'Logical' && /^(\|\||\?\?)$/.test(value.operator) ? value.child('left') : undefined
    if (!left || !/^(process\.env|import\.meta\.env|Deno\.env|Bun\.env)\b/.test(left.text)) return undefined
    fallback = value.child('right')
  }
  const text = fallback && file.constant(fallback)
  return text?.kind === 'string' && NO.test(text.value) && fallback ? excerpt(fallback) : undefined
}
