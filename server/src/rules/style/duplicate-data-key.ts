/** A key that stands twice in one object of a data file: all values but one are dropped without a word. */

import { json, jsonc, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { duplicateJsonKeys, duplicateYamlKeys, isTemplate } from '../support/data-files.ts'

export default defineRule({
  id: 'style/duplicate-data-key',
  severity: 'warning',
  languages: ['json', 'jsonc', 'yaml'],
  concept: 'hygiene',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Text({ language, text }) {
      // Of two branches of a template, one stays.
      if (isTemplate(text)) return
      for (const { name, start, end, first } of language === 'yaml'
        ? duplicateYamlKeys(text)
        : duplicateJsonKeys(text)) {
        // JSON has no comments, so people write some of them as entries.
        if (/^(\/\/|#|[_$]*comment)/.test(name)) continue
        yield { at: { start, end }, data: { name }, ...(first && { related: [first] }) }
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `The key \`${name}\` stands in this object twice`,
      why: 'Most programs keep the last value and drop the others; some refuse the file. Whoever edits the first one wonders why nothing changes.',
      remedy: 'Keep the entry that is right, or rename one of them.',
    }),
    es: ({ name }) => ({
      message: `La clave \`${name}\` aparece dos veces en este objeto`,
      why: 'La mayoría de los programas se queda con el último valor y descarta los demás; algunos rechazan el archivo. Quien edite el primero no entenderá por qué no cambia nada.',
      remedy: 'Conserva la entrada correcta o cambia el nombre de una de ellas.',
    }),
  },

  examples: {
    invalid: [
      json`{ "a": 1, "b": { "a": 2 }, «"a"»: 3 }`,
      json`[{ "a": 1, «"a"»: 1, «"a"»: 2 }]`,
      jsonc`{ "a": 1, /* again */ «"a"»: 2 }`,
      yaml`
        a: 1
        b:
          c: 2
          «c»: 3
        «"a"»: 4
      `,
    ],
    valid: [
      json`[{ "a": 1 }, { "a": 2 }]`,
      json`{ "//": "one", "//": "two" }`,
      jsonc`{ "a": 1 /* , "a": 2 */ }`,
      yaml`
        a: 1
        ---
        a: 2
      `,
      yaml`
        - a: 1
        - a: 2
      `,
      yaml`
        a:
        %{ if b ~}
          c: 1
        %{ else ~}
          c: 2
        %{ endif ~}
      `,
      yaml`
        a: &a { b: 1 }
        c: &c { d: 1 }
        e:
          <<: *a
          <<: *c
      `,
    ],
  },
})
