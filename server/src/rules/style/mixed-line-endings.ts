/** A file in which some lines end as Windows ends them and some as everybody else does. */

import { fixes, js, json, jsonc, py, rs, text, toml, ts, written, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'style/mixed-line-endings',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  concept: 'hygiene',
  impact: { likelihood: 'low', cost: 'minutes' },
  enabled: false,

  needles: ['\r\n'],

  check: {
    *Text({ text }) {
      const windows = [...text.matchAll(/\r\n/g)].map(it => it.index)
      const others = [...text.matchAll(/(?<!\r)\n/g)].map(it => it.index)
      if (others.length === 0) return
      const toWindows = windows.length > others.length
      const wrong = toWindows ? others : windows
      const first = wrong[0]!
      yield {
        at: { start: first, end: first + (toWindows ? 1 : 2) },
        data: { count: wrong.length, usual: toWindows ? 'CRLF' : 'LF', odd: toWindows ? 'LF' : 'CRLF' },
        fix: {
          safety: 'safe',
          edits: () =>
            wrong.map(start => ({
              start,
              end: start + (toWindows ? 1 : 2),
              newText: toWindows ? '\r\n' : '\n',
            })),
        },
      }
    },
  },

  explain: {
    en: ({ count, usual, odd }) => ({
      message: `${count} ${count === 1 ? 'line ends' : 'lines end'} with ${odd} in a file that ends its lines with ${usual}`,
      why: 'Editors and version control make the file uniform sooner or later, and then a small change touches every line.',
      remedy: 'Use the same ending on every line, and say which one in `.gitattributes` or `.editorconfig`.',
      fix: `End every line with ${usual}`,
    }),
    es: ({ count, usual, odd }) => ({
      message: `${count} ${count === 1 ? 'línea termina' : 'líneas terminan'} en ${odd} en un archivo cuyas líneas terminan en ${usual}`,
      why: 'Tarde o temprano el editor o el control de versiones unifican el archivo, y entonces un cambio pequeño toca todas las líneas.',
      remedy: 'Usa el mismo final en todas las líneas e indica cuál en `.gitattributes` o `.editorconfig`.',
      fix: `Terminar todas las líneas en ${usual}`,
    }),
  },

  examples: {
    invalid: [
      ...[py, ts, js].map(it =>
        fixes(written(it, 'a = 1\nb = 2«\r\n»c = 3\n'), written(it, 'a = 1\nb = 2\nc = 3\n')),
      ),
      fixes(written(rs, 'use a;\r\nuse b;«\n»use c;\r\n'), written(rs, 'use a;\r\nuse b;\r\nuse c;\r\n')),
      ...[json, jsonc].map(it => fixes(written(it, '[«\r\n»1,\n2]\n'), written(it, '[\n1,\n2]\n'))),
      fixes(written(yaml, 'a: 1\nb: 2«\r\n»'), written(yaml, 'a: 1\nb: 2\n')),
      fixes(written(toml, 'a = 1\nb = 2«\r\n»'), written(toml, 'a = 1\nb = 2\n')),
      fixes(written(text, 'a«\r\n»b\nc\r\nd\n'), written(text, 'a\nb\nc\nd\n')),
    ],
    valid: [
      written(py, 'a = 1\nb = 2\n'),
      written(ts, 'a = 1\r\nb = 2\r\n'),
      written(js, 'a = "\r"\nb = 2\n'),
      written(rs, 'use a;\n'),
      written(json, '[]\r\n'),
      written(jsonc, '[]\n'),
      written(yaml, 'a: 1\n'),
      written(toml, 'a = 1\n'),
      text`a`,
    ],
  },
})
