/** A file so large that it slows down every clone for ever. */

import { js, json, jsonc, py, rs, text, toml, ts, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'

/** Found by whoever reads the file's bytes (`features/large-file.ts`): a file this large is not analysed otherwise. */
export default defineRule<{ kilobytes: number }>({
  id: 'style/large-file',
  severity: 'info',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  concept: 'hygiene',
  impact: { likelihood: 'low', cost: 'hours' },
  enabled: false,
  limit: { default: 1_000_000, floor: 100_000 },

  check: {},

  explain: {
    en: ({ kilobytes }) => ({
      message: `This file has ${kilobytes.toLocaleString('en')} kB`,
      why: 'Version control keeps every version of it for ever, and everybody who clones the project loads them all.',
      remedy:
        'Keep it outside the repository (a release, an object store, Git LFS), or generate it when it is needed.',
    }),
    es: ({ kilobytes }) => ({
      message: `Este archivo ocupa ${kilobytes.toLocaleString('es')} kB`,
      why: 'El control de versiones guarda para siempre cada una de sus versiones, y quien clone el proyecto las descarga todas.',
      remedy:
        'Guárdalo fuera del repositorio (una publicación, un almacén de objetos, Git LFS) o genéralo cuando haga falta.',
    }),
  },

  examples: {
    invalid: [py, js, ts, rs, json, jsonc, yaml, toml, text].map(it => it`«»`),
    valid: [py, js, ts, rs, json, jsonc, yaml, toml, text].map(it => it`a`),
  },
})
