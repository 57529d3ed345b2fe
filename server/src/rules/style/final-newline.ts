/** A file whose last line has no end: the next one to add a line changes this one too. */

import { fixes, js, json, jsonc, py, rs, text, toml, ts, written, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'style/final-newline',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  concept: 'hygiene',
  impact: { likelihood: 'low', cost: 'minutes' },
  enabled: false,

  check: {
    *Text({ text }) {
      if (text === '' || text.endsWith('\n') || text.endsWith('\r')) return
      const { length } = text
      const newline = text.includes('\r\n') ? '\r\n' : '\n'
      yield {
        at: { start: length - 1, end: length },
        data: {},
        fix: { safety: 'safe', edits: () => [{ start: length, end: length, newText: newline }] },
      }
    },
  },

  explain: {
    en: () => ({
      message: 'The last line of this file does not end',
      why: 'Whoever adds a line below changes this one too, and programs that join files run two lines into one.',
      remedy: 'End the file with a line break.',
      fix: 'Add the line break',
    }),
    es: () => ({
      message: 'La última línea de este archivo no termina',
      why: 'Quien añada una línea debajo cambiará también esta, y los programas que unen archivos juntarán dos líneas en una.',
      remedy: 'Termina el archivo con un salto de línea.',
      fix: 'Añadir el salto de línea',
    }),
  },

  examples: {
    invalid: [
      ...[py, ts, js].map(it => fixes(it`a = «1»`, written(it, 'a = 1\n'))),
      fixes(rs`use a«;»`, written(rs, 'use a;\n')),
      ...[json, jsonc].map(it => fixes(it`[«]»`, written(it, '[]\n'))),
      fixes(yaml`a: «1»`, written(yaml, 'a: 1\n')),
      fixes(toml`a = «1»`, written(toml, 'a = 1\n')),
      fixes(text`«a»`, written(text, 'a\n')),
      fixes(written(text, 'a\r\n«b»'), written(text, 'a\r\nb\r\n')),
    ],
    valid: [
      written(py, 'a = 1\n'),
      py``,
      written(ts, 'a = 1\n'),
      written(js, 'a = 1\r\n'),
      written(rs, 'use a;\n'),
      written(json, '[]\n'),
      written(jsonc, '[]\n'),
      written(yaml, 'a: 1\n'),
      written(toml, 'a = 1\n'),
      written(text, 'a\n\n'),
    ],
  },
})
