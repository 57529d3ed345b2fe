/** A conflict that was committed without being resolved. */

import { at, js, json, jsonc, py, rs, text, toml, ts, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestPath } from '../support/test-code.ts'

export default defineRule({
  id: 'style/merge-marker',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  concept: 'hygiene',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['<<<<<<< '],

  check: {
    *Text({ text, path }) {
      // What a tool makes of a conflict can only be tested with one.
      if (isTestPath(path)) return
      const markers = /^<{7} .*$(?=[\s\S]*?^={7}$[\s\S]*?^>{7} )/gm
      for (const { index, 0: line } of text.matchAll(markers)) {
        if (MARKDOWN.test(path) && isInFence(text, index)) continue
        yield { at: { start: index, end: index + line.trimEnd().length }, data: {} }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'A merge conflict was left in the file',
      why: 'Both versions and the markers between them are in the file, so it does not mean what either author meant.',
      remedy: 'Keep the lines that are right and delete the markers.',
    }),
    es: () => ({
      message: 'Quedó un conflicto de fusión en el archivo',
      why: 'El archivo contiene las dos versiones y las marcas entre ellas, así que no dice lo que quiso decir ninguno de los autores.',
      remedy: 'Conserva las líneas correctas y elimina las marcas.',
    }),
  },

  examples: {
    invalid: [
      py`
        x = 1
        «<<<<<<< HEAD»
        y = 2
        =======
        y = 3
        >>>>>>> feature
      `,
      ...[js, ts, rs, json, jsonc, yaml, toml, text].map(
        it => it`«<<<<<<< HEAD»
a
=======
b
>>>>>>> feature
`,
      ),
    ],
    valid: [
      py`print("<<<<<<< HEAD")`,
      // Shown to the reader of a manual.
      at(
        'docs/git.md',
        text`
        A conflict looks like this:

        \`\`\`
        <<<<<<< HEAD
        a
        =======
        b
        >>>>>>> feature
        \`\`\`
      `,
      ),
      at(
        'test/conflict/lock.json',
        json`<<<<<<< HEAD
a
=======
b
>>>>>>> feature
`,
      ),
      ...[js, ts, rs, json, jsonc, yaml, toml, text].map(
        it => it`a
=======
b
`,
      ),
    ],
  },
})

const MARKDOWN = /\.(?:md|mdx|markdown)$/i

/** A fence that is still open: those before this place are closed by the next of the same kind. */
function isInFence(text: string, index: number): boolean {
  let open = ''
  for (const [, fence = '', rest = ''] of text.slice(0, index).matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (!open) open = fence
    else if (fence.startsWith(open) && rest.trim() === '') open = ''
  }
  return open !== ''
}
