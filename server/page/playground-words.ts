// What stands in the playground for rules, in both languages.

import type { PlaygroundWhy } from '@codeant/shared/playground.ts'

export interface PlaygroundWords {
  readonly rule: string
  readonly ruleLabel: string
  readonly code: string
  readonly codeLabel: string
  readonly fileLabel: string
  readonly matches: string
  readonly why: string
  readonly whyOf: (lines: string) => string
  readonly ask: string
  readonly askKeys: string
  readonly forget: string
  readonly save: string
  readonly saveLong: string
  readonly test: string
  readonly testLong: string
  readonly found: (count: number) => string
  readonly refused: (count: number) => string
  readonly waiting: string
  readonly nothing: string
  readonly howToAsk: string
  readonly line: (line: number) => string
  readonly matchAt: (line: number, message: string) => string
  readonly more: (count: number) => string
  readonly outcome: Readonly<Record<PlaygroundWhy['outcome'], string>>
  readonly matchesHere: string
  readonly matchesNot: string
}

export const PLAYGROUND_WORDS: Readonly<Record<'en' | 'es', PlaygroundWords>> = {
  en: {
    rule: 'Rule',
    ruleLabel: 'The rule, as YAML',
    code: 'Code',
    codeLabel: 'The code that the rule is tried on',
    fileLabel: 'Name of the code’s file: its ending says the language',
    matches: 'Matches',
    why: 'Why (not)?',
    whyOf: lines => `Why (not) in ${lines}`,
    ask: 'Ask about this line',
    askKeys: 'Ctrl+Enter in the code, or a click on the number of a line. With a selection, about that.',
    forget: 'Close the answer',
    save: 'Save rule …',
    saveLong: 'Save as a file in .codeant/rules of this workspace',
    test: 'Open as test …',
    testLong: 'Open rule and code as two files: a rule and its test',
    found: count => (count === 0 ? 'no match' : `${count} ${count === 1 ? 'match' : 'matches'}`),
    refused: count => `${count} ${count === 1 ? 'rule is' : 'rules are'} not run`,
    waiting: 'trying …',
    nothing: 'The rule matches nothing in this code. Ask a line why.',
    howToAsk:
      'Click the number of a line, or press Ctrl+Enter in the code, to see what each part of the rule says of it.',
    line: line => `line ${line}`,
    matchAt: (line, message) => `Line ${line}: ${message}`,
    more: count => `and ${count} more`,
    outcome: { holds: 'holds', fails: 'does not hold', unasked: 'was not asked' },
    matchesHere: 'matches',
    matchesNot: 'does not match',
  },
  es: {
    rule: 'Regla',
    ruleLabel: 'La regla, como YAML',
    code: 'Código',
    codeLabel: 'El código con el que se prueba la regla',
    fileLabel: 'Nombre del archivo del código: su extensión dice el lenguaje',
    matches: 'Coincidencias',
    why: '¿Por qué (no)?',
    whyOf: lines => `Por qué (no) en ${lines}`,
    ask: 'Preguntar por esta línea',
    askKeys: 'Ctrl+Intro en el código, o un clic en el número de una línea. Con una selección, por ella.',
    forget: 'Cerrar la respuesta',
    save: 'Guardar la regla …',
    saveLong: 'Guardarla como archivo en .codeant/rules de este espacio de trabajo',
    test: 'Abrir como prueba …',
    testLong: 'Abrir regla y código como dos archivos: una regla y su prueba',
    found: count =>
      count === 0 ? 'sin coincidencias' : `${count} ${count === 1 ? 'coincidencia' : 'coincidencias'}`,
    refused: count => (count === 1 ? '1 regla no se ejecuta' : `${count} reglas no se ejecutan`),
    waiting: 'probando …',
    nothing: 'La regla no coincide con nada en este código. Pregunta a una línea por qué.',
    howToAsk:
      'Haz clic en el número de una línea, o pulsa Ctrl+Intro en el código, para ver qué dice de ella cada parte de la regla.',
    line: line => `línea ${line}`,
    matchAt: (line, message) => `Línea ${line}: ${message}`,
    more: count => `y ${count} más`,
    outcome: { holds: 'se cumple', fails: 'no se cumple', unasked: 'no se preguntó' },
    matchesHere: 'coincide',
    matchesNot: 'no coincide',
  },
}
