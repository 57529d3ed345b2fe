/** A JSON file that no program can read. */

import { at, fixes, json, jsonc } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isMeantToBeOdd, type JsonProblem, jsonProblem } from '../support/data-files.ts'

export default defineRule({
  id: 'style/invalid-json',
  severity: 'error',
  languages: ['json', 'jsonc'],
  concept: 'hygiene',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Text(file) {
      const problem = jsonProblem(file)
      if (!problem || isMeantToBeOdd(file)) return
      const { code, start, end } = problem
      yield {
        at: { start, end },
        data: { code, text: file.text.slice(start, Math.min(end, start + 20)) },
        ...(code === 'trailing-comma' && {
          fix: { safety: 'safe', edits: () => [{ start, end, newText: '' }] },
        }),
      }
    },
  },

  explain: {
    en: ({ code, text }) => ({
      message: ENGLISH[code as JsonProblem](text as string),
      why: 'A program that reads this file stops here: it fails, or it goes on with its defaults as if the file were not there.',
      remedy: 'Correct this place; what comes behind it is checked then.',
      fix: 'Delete the comma',
    }),
    es: ({ code, text }) => ({
      message: SPANISH[code as JsonProblem](text as string),
      why: 'El programa que lea este archivo se detendrá aquí: fallará o seguirá con sus valores por defecto como si el archivo no existiera.',
      remedy: 'Corrige este punto; lo que viene detrás se comprobará después.',
      fix: 'Eliminar la coma',
    }),
  },

  examples: {
    invalid: [
      fixes(json`{ "a": 1«,» }`, json`{ "a": 1 }`),
      fixes(json`[1, 2«,»]`, json`[1, 2]`),
      json`{ "a" «1» }`,
      json`{ "a": 1 «"b"»: 2 }`,
      json`{ «'a'»: 1 }`,
      json`{ "a": «nope» }`,
      json`{ "a": «"b }»`,
      json`{ "a": «"\q"» }`,
      json`{ "a": [1, 2«}»`,
      json`{ "a": 1 } «{» "b": 2 }`,
      json`{ "a": «1»`,
      jsonc`{ "a": // one
      «}»`,
      at(
        'package.json',
        json`{ «// one» 
        "a": 1 }`,
      ),
    ],
    valid: [
      json`{ "a": [1, 2.5e3, true, null, "\u00e9"] }`,
      json``,
      // Some program reads this.
      json`{ // one
        "a": 1, }`,
      jsonc`{ /* one */ "a": 1, }`,
      // The compiler reads this, whatever it is called, and allows the comma.
      at('base.json', json`{ "$schema": "https://json.schemastore.org/tsconfig", "include": ["src"], }`),
      at('config/browser.json', json`{ "extends": "./base.json", "compilerOptions": { "strict": true, } }`),
      // One document a line.
      json`
        {"a": 1}
        {"a": 2}
      `,
      // A template becomes JSON later.
      json`{ "a": {{ value }} }`,
      at('test/fixtures/a.json', json`{ "a": `),
      at('test/invalid.json', json`{ "a": `),
    ],
  },
})

const ENGLISH: Readonly<Record<JsonProblem, (text: string) => string>> = {
  'trailing-comma': () => 'JSON allows no comma behind the last element',
  comment: () => 'JSON allows no comments',
  key: text => `A name in double quotes should stand here instead of \`${text}\``,
  colon: text => `A colon is missing before \`${text}\``,
  comma: text => `A comma is missing before \`${text}\``,
  value: text => `A value should stand here instead of \`${text}\``,
  symbol: text => `\`${text}\` means nothing in JSON`,
  string: () => 'This string has no end',
  escape: text => `\`${text}\` is no escape that JSON knows`,
  unclosed: () => 'A bracket or a comment is still open at the end of the file',
  rest: () => 'The document ends before this, and nothing may follow it',
}

const SPANISH: Readonly<Record<JsonProblem, (text: string) => string>> = {
  'trailing-comma': () => 'JSON no admite una coma tras el último elemento',
  comment: () => 'JSON no admite comentarios',
  key: text => `Aquí debería haber un nombre entre comillas dobles en lugar de \`${text}\``,
  colon: text => `Faltan los dos puntos antes de \`${text}\``,
  comma: text => `Falta una coma antes de \`${text}\``,
  value: text => `Aquí debería haber un valor en lugar de \`${text}\``,
  symbol: text => `\`${text}\` no significa nada en JSON`,
  string: () => 'Esta cadena no termina',
  escape: text => `\`${text}\` no es un escape que JSON conozca`,
  unclosed: () => 'Al final del archivo queda abierto un corchete, una llave o un comentario',
  rest: () => 'El documento termina antes de este punto y nada puede ir detrás',
}
