/** Two texts side by side become one: in a list of texts a comma is missing. */

import { stringValue } from '../../semantics/constants.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/missing-comma',
  severity: 'error',
  languages: ['python'],
  cwe: [480],
  concept: 'formatting-text',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Concatenation(node, file) {
      return file.language === 'python' ? joined(node) : undefined
    },
  },

  explain: {
    en: ({ first, second }) => ({
      message: `A comma is missing behind \`${first}\`: it is joined with \`${second}\``,
      why: 'Python makes one text of two that stand side by side. The list has one element less than it seems to, and neither of the two is in it.',
      remedy: 'Put a comma between them; or parentheses around them, if one text is meant.',
      fix: 'Put a comma between them',
    }),
    es: ({ first, second }) => ({
      message: `Falta una coma detrás de \`${first}\`: se une con \`${second}\``,
      why: 'Python hace un solo texto de dos que están juntos. La lista tiene un elemento menos de lo que parece, y ninguno de los dos está en ella.',
      remedy: 'Pon una coma entre ellos; o paréntesis alrededor, si querías un solo texto.',
      fix: 'Poner una coma entre ellos',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        NAMES = [
            "red",
            «"green"
            "blue"»,
            "white",
        ]
      `,
        py`
        NAMES = [
            "red",
            "green",
            "blue",
            "white",
        ]
      `,
      ),
      fixes(
        py`
        if ending in {".png", ".jpg", «".gif"
                      ".bmp"»}: show()
      `,
        py`
        if ending in {".png", ".jpg", ".gif",
                      ".bmp"}: show()
      `,
      ),
    ],
    valid: [
      py`
        LINES = [
            "The first line, which is long "
            "and goes on here.",
            "The second.",
            "The third.",
        ]
      `,
      py`
        NAMES = [
            "red",
            ("green"
             "blue"),
            "white",
        ]
      `,
      py`
        run("green"
            "blue", "white", "red")
        NAMES = ["green" "blue", "white", "red"]
      `,
    ],
  },
})

/** Short texts without blanks, each on its line, among others like them. */
function* joined(node: SyntaxNode) {
  const list = node.parent
  if (node.role !== 'element' || !list?.is('List', 'Tuple', 'Set')) return
  const elements = list.children('element')
  const others = elements.filter(it => it.row !== node.row)
  const parts = node.children('part')
  const [first, second] = parts
  if (parts.length !== 2 || !first || !second || others.length < 2) return
  if (!node.tree.text.slice(first.end, second.start).includes('\n')) return
  if (!others.every(it => it.kind === 'String')) return
  if (![first, second, ...others].every(isWord)) return
  yield {
    at: node,
    data: { first: excerpt(first), second: excerpt(second) },
    fix: { safety: 'unsafe' as const, edits: () => [insertAfter(first, ',')] },
  }
}

function isWord(node: SyntaxNode): boolean {
  const text = stringValue(node)
  return (
    text !== undefined && text.length > 0 && text.length < 30 && !/\s/.test(text) && !/^[bB]/.test(node.text)
  )
}
