/** A TOML file that no program can read. */

import { at, toml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isMeantToBeOdd, type TomlProblem, tomlProblem } from '../support/data-files.ts'

export default defineRule({
  id: 'style/invalid-toml',
  severity: 'error',
  languages: ['toml'],
  concept: 'hygiene',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Text(file) {
      const problem = tomlProblem(file.text)
      if (!problem || isMeantToBeOdd(file)) return
      const { code, start, end } = problem
      yield { at: { start, end }, data: { code } }
    },
  },

  explain: {
    en: ({ code }) => ({
      message: ENGLISH[code as TomlProblem],
      why: 'A program that reads this file stops here: nothing is built, installed or started.',
      remedy: 'Correct this place; what comes behind it is checked then.',
    }),
    es: ({ code }) => ({
      message: SPANISH[code as TomlProblem],
      why: 'El programa que lea este archivo se detendrá aquí: no se compila, no se instala ni arranca nada.',
      remedy: 'Corrige este punto; lo que viene detrás se comprobará después.',
    }),
  },

  examples: {
    invalid: [
      toml`
        a = 1
        «a = 2»
      `,
      toml`
        [a]
        b = «yes»
      `,
      toml`a = «"b»`,
      toml`a «b»`,
    ],
    valid: [
      toml`
        a = 1
        "b.c" = [1, 2,]
        [d.e]
        f = 1979-05-27T07:32:00Z
        [[g]]
        h = { i = 'j' }
      `,
      toml``,
      toml`name = "{{ name }}"`,
      toml`a = {{ value }}`,
      at('tests/testdata/a.toml', toml`a = `),
    ],
  },
})

const ENGLISH: Readonly<Record<TomlProblem, string>> = {
  duplicate: 'This key or table is already defined above',
  string: 'This string is not written as TOML wants it',
  key: 'This is no key that TOML can read',
  value: 'This is no value that TOML can read',
  syntax: 'This is not valid TOML',
}

const SPANISH: Readonly<Record<TomlProblem, string>> = {
  duplicate: 'Esta clave o tabla ya está definida más arriba',
  string: 'Esta cadena no está escrita como pide TOML',
  key: 'Esto no es una clave que TOML pueda leer',
  value: 'Esto no es un valor que TOML pueda leer',
  syntax: 'Esto no es TOML válido',
}
