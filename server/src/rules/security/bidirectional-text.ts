/** Characters that nobody sees make code read otherwise than it runs. */

import { at, type Example, fixes, js, json, jsonc, py, rs, text, toml, ts, yaml } from '../example.ts'
import { defineRule, type TextFile } from '../rule.ts'
import { isTestPath } from '../support/test-code.ts'

/** The characters of the examples, by the names that stand for them there. */
const NAMES: Readonly<Record<string, string>> = {
  LRI: '\u2066',
  RLI: '\u2067',
  PDI: '\u2069',
  RLE: '\u202b',
  PDF: '\u202c',
  RLO: '\u202e',
  ZWSP: '\u200b',
}

export default defineRule({
  id: 'security/bidirectional-text',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  cwe: [1007],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'days' },

  needles: [...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff'],

  check: {
    Text: invisible,
  },

  explain: {
    en: ({ code, turns }) => ({
      message: turns
        ? `An invisible character (\`${code}\`) turns the direction of the text here`
        : `An invisible character (\`${code}\`) stands in the middle of a word here`,
      why: turns
        ? 'Editors and reviews show what follows in another order than the compiler reads it: a comment can look like code, and code like a comment.'
        : 'Two names that look the same are then two different names, and a search for one of them does not find the other.',
      remedy: 'Delete it. Where a text needs it, write it as an escape, so that it can be seen.',
      fix: 'Delete the invisible character',
    }),
    es: ({ code, turns }) => ({
      message: turns
        ? `Un carácter invisible (\`${code}\`) cambia aquí el sentido del texto`
        : `Hay un carácter invisible (\`${code}\`) en medio de una palabra`,
      why: turns
        ? 'Los editores y las revisiones muestran lo que sigue en otro orden que el que lee el compilador: un comentario puede parecer código, y el código un comentario.'
        : 'Dos nombres que se ven iguales son entonces dos nombres distintos, y al buscar uno no aparece el otro.',
      remedy: 'Elimínalo. Si un texto lo necesita, escríbelo como secuencia de escape, para que se vea.',
      fix: 'Eliminar el carácter invisible',
    }),
  },

  examples: {
    invalid: [
      fixes(
        shown(py`if level != "user«LRI» # administrator«PDI» ":`),
        py`if level != "user # administrator ":`,
      ),
      fixes(shown(py`to«ZWSP»tal = 1`), py`total = 1`),
      shown(js`/*«RLO» } «LRI»if (isAdmin)«PDI» «LRI» begin admins only */`),
      shown(ts`const access = "none«RLO»" // ok`),
      shown(rs`let user«ZWSP»name = 1;`),
      ...[json, jsonc].map(it => shown(it`{ "name": "report«RLO»gpj.exe" }`)),
      shown(yaml`
        name: report«RLO»gpj.exe
      `),
      shown(toml`name = "report«RLO»gpj.exe"`),
      shown(text`Download report«RLO»gpj.exe`),
    ],
    valid: [
      shown(at('locales/ar-XB.json', json`{ "name": "RLOReportsPDF" }`)),
      shown(at('tests/urls.json', json`{ "input": "http://example.com/RLO/foo" }`)),
      py`greeting = "\u202e"`,
      shown(py`greeting = "שלום LRI user PDI"`),
      shown(js`const text = 'a ZWSP b'`),
      shown(js`const mail = 'ana@ZWSPexample.com' // @ZWSPhere`),
      ts`const family = '👨‍👩‍👧'`,
      rs`let text = "été";`,
      shown(at('locales/ar.json', json`{ "hello": "RLEمرحبا, {name}PDF" }`)),
      shown(jsonc`{ "amount": "LRI{amount}PDI left" }`),
      shown(yaml`
        hello: RLEمرحباPDF
      `),
      toml`name = "report"`,
      text`A name with an accent: José`,
    ],
  },
})

/** In examples the characters are written with their names, for else nobody would see them. */
function shown(example: Example): Example {
  let { text: rest } = example
  let after = ''
  const moved = new Map<number, number>()
  for (let offset = 0; rest !== ''; ) {
    moved.set(offset, after.length)
    const name = Object.keys(NAMES).find(it => rest.startsWith(it))
    after += name ? NAMES[name]! : rest[0]!
    const length = name?.length ?? 1
    rest = rest.slice(length)
    offset += length
    moved.set(offset, after.length)
  }
  return {
    ...example,
    text: after,
    marks: example.marks.map(it => ({ start: moved.get(it.start)!, end: moved.get(it.end)! })),
  }
}

const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/
const CODE = new Set(['python', 'typescript', 'javascript', 'rust'])

function* invisible({ text: all, language, path }: TextFile) {
  const isCode = CODE.has(language)
  const characters = [...all.matchAll(new RegExp(INVISIBLE, 'g'))]
  // Data for tests is odd on purpose, and what is full of them is a language.
  if (!isCode && (isTestPath(path) || TRANSLATIONS.test(path) || characters.length > MOST_IN_DATA)) return
  for (const { index, 0: character } of characters) {
    const line = lineAt(all, index)
    const turns = character >= '\u202a' && character <= '\u2069' && character !== '\u2060'
    const isWrong = turns
      ? misleads(character, line.text, isCode)
      : isCode && splitsName(line.text, index - line.start)
    if (!isWrong) continue
    yield {
      at: { start: index, end: index + 1 },
      data: { code: `U+${character.charCodeAt(0).toString(16).toUpperCase()}`, turns },
      fix: { safety: 'safe', edits: () => [{ start: index, end: index + 1, newText: '' }] } as const,
    }
  }
}

const TRANSLATIONS = /(^|\/)(locales?|i18n|l10n|translations?|lang|messages)\//i
/** Somebody who wants to mislead needs few. */
const MOST_IN_DATA = 12

/** A line that is written from right to left may need it; otherwise it may embed what it closes again. */
function misleads(character: string, line: string, isCode: boolean): boolean {
  const opened = line.match(/[\u202a\u202b\u202d\u202e\u2066-\u2068]/g)?.length ?? 0
  const closed = line.match(/[\u202c\u2069]/g)?.length ?? 0
  if (opened === closed && (RIGHT_TO_LEFT.test(line) || !isCode))
    return /[\u202d\u202e]/.test(character) && !RIGHT_TO_LEFT.test(line)
  return !RIGHT_TO_LEFT.test(line) || isCode
}

/** Between two letters, in code and not in a text or a comment. */
function splitsName(line: string, column: number): boolean {
  if (!/[\w$]/.test(line[column - 1] ?? '') || !/[\w$]/.test(line[column + 1] ?? '')) return false
  const before = line.slice(0, column)
  return !/['"`#]|\/\/|\/\*|^\s*\*/.test(before)
}

function lineAt(all: string, index: number): { readonly start: number; readonly text: string } {
  const start = all.lastIndexOf('\n', index - 1) + 1
  const end = all.indexOf('\n', index)
  return { start, text: all.slice(start, end === -1 ? all.length : end) }
}
