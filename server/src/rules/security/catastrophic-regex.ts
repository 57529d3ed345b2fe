/** A regular expression that takes exponential time on some text lets whoever sends that text stop the program. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { type Catastrophe, findCatastrophe } from '../support/regex/ambiguity.ts'
import { REGEX_CALLEES, type RegexInCode, regexOfCall, regexOfLiteral } from '../support/regex/in-code.ts'

export default defineRule({
  id: 'security/catastrophic-regex',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [1333, 400],
  concept: 'regular-expressions',
  impact: { likelihood: 'low', cost: 'weeks' },
  callees: REGEX_CALLEES,

  check: {
    Regex: (node, file) => (file.isTest ? undefined : report(regexOfLiteral(node))),
    Call: compiled,
    New: compiled,
  },

  explain: {
    en: ({ loop, text }) => ({
      message: `\`${loop}\` takes exponential time on a text like \`${text}\``,
      why: 'The loop can read the same text in several ways. When the rest does not match, the engine tries every combination, so each further character doubles the time: a line of forty characters can keep one core busy for hours.',
      remedy:
        'Leave only one way through the loop: let its parts begin with different characters, and do not repeat what is itself a repetition of the same characters.',
    }),
    es: ({ loop, text }) => ({
      message: `\`${loop}\` tarda un tiempo exponencial con un texto como \`${text}\``,
      why: 'El bucle puede leer el mismo texto de varias maneras. Cuando el resto no encaja, el motor prueba todas las combinaciones, así que cada carácter de más duplica el tiempo: una línea de cuarenta caracteres puede ocupar un núcleo durante horas.',
      remedy:
        'Deja un solo camino por el bucle: que sus partes empiecen por caracteres distintos, y no repitas lo que ya es una repetición de los mismos caracteres.',
    }),
  },

  examples: {
    invalid: [
      py`re.compile(r"^«(\w+\s?)*»$")`,
      py`
        import re
        def f(name): return re.fullmatch("«(?:[a-z]+|\\d|x)+»", name)
      `,
      py`
        from re import compile, VERBOSE
        compile(r"""
          «(?: [^"] | \\. )*»  # what is quoted
          "
        """, VERBOSE)
      `,
      js`const number = /^«(\d+,?)+»$/`,
      js`new RegExp('^«([a-z]+\\.?)*»@')`,
      js`/«(?:<[^>]+>|[^x]+)+»x/s.test(page)`,
      ts`const list = /^«(?:\s*\w+\s*,?)*»;/u`,
      ts`const optional = /(?:«(a+)+»b)?/`,
    ],
    valid: [
      py`re.compile(r"^\w+(?:\s\w+)*$")`,
      py`re.match(r"(\w+\s?)*", line)`,
      py`re.compile(r"(?:\s|\n|[ab])*x")`,
      py`re.compile(r"^(?>a+)+$")`,
      py`re.compile(r"^(a++)*$")`,
      py`from regex import compile; compile(r"^(\w+\s?)*$")`,
      py`re.compile(pattern, flags)`,
      at('tests/test_limits.py', py`re.compile(r"^(\w+\s?)*$")`),
      js`/"(?:[^"\\]|\\.)*"/`,
      js`/(?:\w+\s?)*/.exec(line)`,
      js`/^[\w-]+(?:\.[\w-]+)*$/`,
      js`/^(?:[a-z]{2}){2,}$/`,
      js`/^(\d+){3}$/`,
      js`/^(?=(\w+))\1:/`,
      js`function f(RegExp) { RegExp('(a+)+$') }`,
      ts`/^([\s\S]+)+$/`,
      ts`new RegExp(\`^(\${name}+)+$\`)`,
    ],
  },
})

function compiled(node: SyntaxNode, file: SourceFile) {
  return file.isTest ? undefined : report(regexOfCall(node, file))
}

function report(regex: RegexInCode | undefined) {
  if (!regex) return undefined
  const found = findCatastrophe(regex.parsed, regex.whole)
  if (!found) return undefined
  const { start, end } = found.loop
  return [
    {
      at: regex.place(start, end),
      data: { loop: shortened(visible(regex.parsed.source.slice(start, end))), text: attackOf(found) },
    },
  ]
}

/** A text of about thirty characters, enough to see how it goes on. */
function attackOf({ prefix, pump, suffix }: Catastrophe): string {
  return visible(prefix + pump.repeat(Math.max(3, Math.ceil(28 / pump.length))) + suffix)
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function visible(text: string): string {
  return text
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\0', '\\0')
    .replaceAll('`', "'")
}
