/** `lstrip("https://")` takes off any of these characters in any order, not the prefix. */

import { positional, receiver } from '../../semantics/calls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertAfter, replace } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/strip-characters',
  severity: 'warning',
  languages: ['python'],
  cwe: [628],
  concept: 'formatting-text',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['strip', 'lstrip', 'rstrip'],

  check: {
    *Call(node, file) {
      const object = receiver(node)
      const all = node.children('argument')
      const characters = positional(node)[0]
      if (!object || all.length !== 1 || !characters) return
      const constant = file.constant(characters)
      if (constant?.kind !== 'string' || !isAffix(constant.value)) return
      const method = node.child('callee')!.child('property')!
      if (method.name === 'strip' && CLOSING_TAG.test(constant.value)) return
      const instead = INSTEAD[method.name]
      const [example = '', rest = ''] = tooMuch(constant.value, method.name)
      yield {
        at: { start: method.start, end: node.end },
        data: { method: method.name, affix: constant.value, instead: instead ?? '', example, rest },
        ...(instead && {
          fix: {
            safety: 'unsafe' as const,
            edits: () => [
              replace(method, instead),
              ...(method.name === 'lstrip' ? secondSlash(node, characters) : []),
            ],
          },
        }),
      }
    },
  },

  explain: {
    en: ({ method, affix, instead, example, rest }) => ({
      message: `\`${method}\` takes off any of the characters in \`"${affix}"\`, not the text as a whole`,
      why: `It goes on as long as it meets one of them, in whatever order: \`"${example}"\` becomes \`"${rest}"\`. Texts that happen to ${method === 'rstrip' ? 'end' : 'go on'} with one of these letters lose more than they should.`,
      remedy: instead
        ? `Use \`${instead}\`, which takes off exactly this text, once.`
        : 'Use `removeprefix` and `removesuffix`, which take off exactly this text, once.',
      fix: `Use \`${instead}\``,
    }),
    es: ({ method, affix, instead, example, rest }) => ({
      message: `\`${method}\` quita cualquiera de los caracteres de \`"${affix}"\`, no el texto entero`,
      why: `Sigue mientras encuentre alguno de ellos, en el orden que sea: \`"${example}"\` se queda en \`"${rest}"\`. Los textos que por casualidad ${method === 'rstrip' ? 'terminan' : 'siguen'} con una de esas letras pierden más de lo debido.`,
      remedy: instead
        ? `Usa \`${instead}\`, que quita exactamente ese texto, una sola vez.`
        : 'Usa `removeprefix` y `removesuffix`, que quitan exactamente ese texto, una sola vez.',
      fix: `Usar \`${instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(py`host = url.«lstrip("https://")»`, py`host = url.removeprefix("https://")`),
      fixes(py`name = path.«rstrip(".py")»`, py`name = path.removesuffix(".py")`),
      fixes(py`token = header.«lstrip("Bearer ")»`, py`token = header.removeprefix("Bearer ")`),
      fixes(py`x.«rstrip('_id')».«lstrip("test_")»`, py`x.removesuffix('_id').removeprefix("test_")`),
      fixes(
        py`
        SUFFIX = ".json"
        name = path.«rstrip(SUFFIX)»
      `,
        py`
        SUFFIX = ".json"
        name = path.removesuffix(SUFFIX)
      `,
      ),
      fixes(py`path.«lstrip("/media")»`, py`path.removeprefix("/media").lstrip("/")`),
      fixes(py`path.«lstrip("/media/")»`, py`path.removeprefix("/media/")`),
      fixes(py`line.«rstrip(b".gz")»`, py`line.removesuffix(b".gz")`),
      py`text.«strip("<br>")»`,
      py`name.«strip("www.")»`,
      fixes(py`text.«rstrip("</cn>")»`, py`text.removesuffix("</cn>")`),
    ],
    valid: [
      py`line.strip()`,
      py`line.rstrip("\r\n")`,
      py`text.strip("()[]")`,
      py`path.lstrip("./")`,
      py`line.strip(" \t")`,
      py`text.strip("'\"")`,
      py`digits.lstrip("0")`,
      py`digits.strip("0123456789abcdef")`,
      py`word.strip("aeiou")`,
      py`word.strip("abcdefghijklmnopqrstuvwxyz")`,
      py`size.rstrip("kKmMgGtT")`,
      py`size.rstrip("KMGT")`,
      py`literal.rstrip("uUlL")`,
      py`number.rstrip("px")`,
      py`text.strip("---")`,
      // Takes off `<cn>` in front and `</cn>` behind: no text begins with a closing tag.
      py`float(text.strip("</cn>"))`,
      py`text.strip(characters)`,
      py`text.removeprefix("https://")`,
      py`rstrip(".py")`,
      py`table.rstrip(".py", 1)`,
    ],
  },
})

/** Of `/media/a`, the set takes off the second slash as well, and what becomes of the path counts on that. */
function secondSlash(call: SyntaxNode, affix: SyntaxNode): readonly TextEdit[] {
  const [, prefix = '', text = ''] = /^(b?)["'](.*)["']$/i.exec(affix.text) ?? []
  return /^\/.*[^/]$/.test(text) ? [insertAfter(call, `.lstrip(${prefix}"/")`)] : []
}

/** What stands only at the end is a set of characters for who takes it off at both. */
const CLOSING_TAG = /^<\/\w+>$/

const INSTEAD: Readonly<Record<string, string>> = { lstrip: 'removeprefix', rstrip: 'removesuffix' }

/**
 * A text that was meant as a whole: a word with an edge of punctuation, or one that names a letter twice, which no set
 * of characters has reason to do. Sets are written in order (`0-9a-f`) or in both cases (`kKmM`).
 */
function isAffix(text: string): boolean {
  const word = /[A-Za-z]{2,}/.exec(text)?.[0]
  if (!word || text.length > 30 || /\n/.test(text)) return false
  if (isSorted(word) && word.length > 3) return false
  if (hasBothCases(text)) return false
  if (
    /^[._\-/@#<]+[A-Za-z][A-Za-z0-9]+[._\-/>]*$/.test(text) ||
    /^[A-Za-z][A-Za-z0-9]+[._\-:/=]+ *$/.test(text)
  )
    return true
  return /^[A-Za-z0-9._\-:/=<> ]+$/.test(text) && text.length >= 4 && hasTwice(text)
}

function isSorted(word: string): boolean {
  return [...word].every((letter, i) => i === 0 || letter > word[i - 1]!)
}

function hasBothCases(text: string): boolean {
  return [...text].some(letter => letter !== letter.toUpperCase() && text.includes(letter.toUpperCase()))
}

function hasTwice(text: string): boolean {
  const letters = text.replace(/[^A-Za-z]/g, '')
  return new Set(letters).size < letters.length
}

/** A text that loses more than the affix, and what is left of it. */
function tooMuch(affix: string, method: string): [string, string] {
  const inside = [...affix].find(it => /[a-z]/.test(it)) ?? affix[0]!
  const isEnd = method === 'rstrip'
  const word = WORDS.find(it => !affix.includes(it.at(isEnd ? -1 : 0)!)) ?? '1'
  return isEnd ? [word + inside + affix, word] : [affix + inside + word, word]
}

const WORDS = ['demo', 'kind', 'zoom', 'quiz', 'map', 'run']
