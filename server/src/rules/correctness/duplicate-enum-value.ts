/** Two members of an enumeration with one value are one and the same: the second is but another name of the first. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/duplicate-enum-value',
  severity: 'warning',
  languages: ['python', 'typescript'],
  cwe: [1025],
  concept: 'copy-and-paste',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Class(node, file) {
      if (file.language !== 'python') return
      if (
        !node
          .children('superclass')
          .some(it =>
            /^(enum\.)?(Enum|IntEnum|StrEnum|TextChoices|IntegerChoices|models\.(TextChoices|IntegerChoices))$/.test(
              it.text,
            ),
          )
      )
        return
      const members: Member[] = []
      for (const statement of node.child('body')?.children('statement') ?? []) {
        const assignment = statement.kind === 'ExpressionStatement' ? statement.child('value') : undefined
        const name = assignment?.kind === 'Assignment' ? assignment.child('target') : undefined
        const value = assignment?.child('value')
        if (name?.kind === 'Name' && value && !name.name.startsWith('_')) members.push({ name, value })
      }
      yield* repeated(members, file)
    },
    *Enum(node, file) {
      if (file.language === 'rust') return
      const members: Member[] = []
      for (const it of node.children('member')) {
        const name = it.child('name')
        const value = it.child('value')
        if (name && value) members.push({ name, value })
      }
      yield* repeated(members, file)
    },
  },

  explain: {
    en: ({ name, first, value }) => ({
      message: `\`${name}\` has the value ${value}, as \`${first}\` has`,
      why: `Whoever compares with one of them means both. Read back from its value, \`${name}\` comes out as \`${first}\`.`,
      remedy: 'Give each its own value; most likely a copied line was not changed to its end.',
      places: [`\`${first}\` has it first`],
    }),
    es: ({ name, first, value }) => ({
      message: `\`${name}\` tiene el valor ${value}, igual que \`${first}\``,
      why: `Quien compare con uno de los dos se refiere a ambos. Leído desde su valor, \`${name}\` sale como \`${first}\`.`,
      remedy: 'Da a cada uno su valor; lo más probable es que una línea copiada no se cambiara del todo.',
      places: [`\`${first}\` lo tiene antes`],
    }),
  },

  examples: {
    invalid: [
      py`
        from enum import Enum
        class Color(Enum):
            RED = 1
            GREEN = 2
            «BLUE» = 2
      `,
      py`
        import enum
        class Kind(str, enum.Enum):
            OPEN = "open"
            «CLOSED» = "open"
      `,
      ts`enum Color { Red = 1, Green = 2, «Blue» = 2 }`,
      ts`export const enum Kind { Open = 'open', «Closed» = 'open', Gone = 'gone' }`,
    ],
    valid: [
      py`
        from enum import Enum
        class Color(Enum):
            RED = 1
            CRIMSON = RED
            GREEN = 2
            # The old name.
            LIME = 2
      `,
      py`
        class Limits:
            LOW = 1
            HIGH = 1
      `,
      ts`enum Color { Red = 1, Green = 2, Lime = Green }`,
      ts`enum Level { Low, High, Default = High }`,
      // Bounds of a range go by a value that another has.
      ts`enum Level { Low = 1, High = 3, Max = 3, Default = 1 }`,
    ],
  },
})

interface Member {
  readonly name: SyntaxNode
  readonly value: SyntaxNode
}

/** Names of members that stand for another one. */
const ALIASES =
  /(^|_)(default|min|max|first|last|none|unknown|end|begin|start|count|alias|deprecated|legacy|old|all|any)(_|$)|^(Default|Min|Max|First|Last|None|Unknown|End|Begin|Start|Count|All)|(Min|Max|First|Last|Default)$/i

function* repeated(members: readonly Member[], file: SourceFile) {
  const seen = new Map<string, SyntaxNode>()
  for (const { name, value } of members) {
    if (!value.is('String', 'Number')) continue
    const constant = file.constant(value)
    if (!constant) continue
    const key = `${constant.kind} ${constant.value}`
    const first = seen.get(key)
    if (!first) {
      seen.set(key, name)
      continue
    }
    if (
      ALIASES.test(name.text) ||
      ALIASES.test(first.text) ||
      isExplained(name) ||
      isSameName(name.text, first.text)
    )
      continue
    yield { at: name, data: { name: name.text, first: first.text, value: value.text }, related: [first] }
  }
}

/** A comment above it, or behind it on its line. */
function isExplained(name: SyntaxNode): boolean {
  const { text } = name.tree
  const from = text.lastIndexOf('\n', name.start) + 1
  const above = text.slice(text.lastIndexOf('\n', from - 2) + 1, from)
  const end = text.indexOf('\n', name.end)
  return (
    /^\s*(#|\/\/|\*|\/\*)/.test(above) ||
    /(#|\/\/|\/\*)/.test(text.slice(name.end, end === -1 ? text.length : end))
  )
}

/** `SIZE_LARGE` and `SizeLarge`, or one that begins with the other: two names of a thing. */
function isSameName(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll('_', '').toLowerCase()
  const [a, b] = [plain(one), plain(other)]
  return a.startsWith(b) || b.startsWith(a)
}
