// Why an operator of a rule did not match, as a value: each reason stands here once, beside its words in both languages.

import type { Locale } from '@codeant/shared/locale.ts'

/** Plain data, told in the reader's language where it is shown. */
export interface Reason {
  readonly code: ReasonCode
  /** What the words name, in the order in which the reason asks for it. */
  readonly about: readonly string[]
}

export type ReasonCode = keyof typeof REASONS

export function reason<Code extends ReasonCode>(
  code: Code,
  ...about: Parameters<(typeof REASONS)[Code]>
): Reason {
  return { code, about }
}

export function reasonWords({ code, about }: Reason, locale: Locale): string {
  const words: (...about: string[]) => Readonly<Record<Locale, string>> = REASONS[code]
  return words(...about)[locale]
}

const REASONS = {
  // A pattern beside the code that comes closest.
  differs: (pattern: string, code: string) => ({
    en: `the pattern says \`${pattern}\`, the code says \`${code}\``,
    es: `el patrón dice \`${pattern}\` y el código dice \`${code}\``,
  }),
  'differs-alias': (pattern: string, code: string, name: string) => ({
    en: `the pattern says \`${pattern}\`, the code says \`${code}\`, which is \`${name}\``,
    es: `el patrón dice \`${pattern}\` y el código dice \`${code}\`, que es \`${name}\``,
  }),
  missing: (pattern: string) => ({
    en: `the pattern asks for \`${pattern}\`, which the code does not have here`,
    es: `el patrón pide \`${pattern}\`, que el código no tiene aquí`,
  }),
  arguments: (passed: string, allowed: string) => ({
    en: `the call has ${count(passed, 'argument', 'arguments')}, the pattern allows ${allowed === '0' ? 'none' : allowed}`,
    es: `la llamada tiene ${count(passed, 'argumento', 'argumentos')} y el patrón ${allowed === '0' ? 'no admite ninguno' : `admite ${allowed}`}`,
  }),
  more: (code: string) => ({
    en: `the code goes on with \`${code}\` where the pattern ends`,
    es: `el código sigue con \`${code}\` donde el patrón termina`,
  }),
  ends: (pattern: string) => ({
    en: `the code matches up to \`${pattern}\`, and what the pattern says next does not follow`,
    es: `el código coincide hasta \`${pattern}\`, y no sigue lo que el patrón dice después`,
  }),
  unequal: (name: string, known: string, code: string) => ({
    en: `$${name} is \`${known}\` already, and here the code says \`${code}\``,
    es: `$${name} ya es \`${known}\`, y aquí el código dice \`${code}\``,
  }),
  type: (code: string, type: string) => ({
    en: `\`${code}\` is not known to be of the type ${type}`,
    es: `no se sabe que \`${code}\` sea del tipo ${type}`,
  }),
  'no-string': (code: string) => ({
    en: `the pattern asks for a text that is written here, the code says \`${code}\``,
    es: `el patrón pide un texto escrito aquí y el código dice \`${code}\``,
  }),
  'no-form': (kind: string, pattern: string) => ({
    en: FORMS[kind] ? `there is no ${FORMS[kind].en} here` : `nothing here has the form of \`${pattern}\``,
    es: FORMS[kind] ? `aquí no hay ${FORMS[kind].es}` : `nada aquí tiene la forma de \`${pattern}\``,
  }),
  // Texts.
  'no-text': () => ({
    en: 'no text here is what it asks for',
    es: 'ningún texto de aquí es lo que pide',
  }),
  // Operators that hold others.
  apart: () => ({
    en: 'each part matches, but none of these places lies in the others',
    es: 'cada parte coincide, pero ninguno de esos lugares está dentro de los otros',
  }),
  disagree: (name: string, one: string, other: string) => ({
    en: `$${name} would be \`${one}\` for one part and \`${other}\` for the other`,
    es: `$${name} sería \`${one}\` para una parte y \`${other}\` para la otra`,
  }),
  'no-alternative': () => ({
    en: 'none of the alternatives matches here',
    es: 'ninguna de las alternativas coincide aquí',
  }),
  'left-out': () => ({
    en: 'it matches, and so the place is left out',
    es: 'coincide, y por eso el lugar queda excluido',
  }),
  'leaves-out': () => ({
    en: 'it leaves these places out',
    es: 'excluye estos lugares',
  }),
  // Conditions on metavariables.
  unbound: (name: string) => ({
    en: `nothing gives $${name} a value here`,
    es: `nada da valor a $${name} aquí`,
  }),
  value: (name: string, code: string) => ({
    en: `$${name} is \`${code}\`, which the condition does not allow`,
    es: `$${name} es \`${code}\`, que la condición no admite`,
  }),
  unfocused: (name: string) => ({
    en: `what $${name} stands for lies outside of the match`,
    es: `lo que representa $${name} está fuera de la coincidencia`,
  }),
  // Taint.
  'no-source': () => ({
    en: 'no source is in this file',
    es: 'no hay ninguna fuente en este archivo',
  }),
  'no-sink': () => ({
    en: 'no sink is here',
    es: 'aquí no hay ningún sumidero',
  }),
  'no-flow': () => ({
    en: 'nothing that comes from a source reaches a sink here',
    es: 'nada que venga de una fuente llega aquí a un sumidero',
  }),
  cleaned: () => ({
    en: 'what comes from a source is made harmless on the way',
    es: 'lo que viene de una fuente queda inofensivo por el camino',
  }),
  // Whole rules.
  language: (language: string) => ({
    en: `the rule is not about files in this language (${language})`,
    es: `la regla no trata de archivos en este lenguaje (${language})`,
  }),
  path: (path: string) => ({
    en: `the rule's \`paths\` leave \`${path}\` out`,
    es: `los \`paths\` de la regla excluyen \`${path}\``,
  }),
  silenced: () => ({
    en: 'a comment silences the rule here',
    es: 'un comentario silencia la regla aquí',
  }),
  // Of the other format, ast-grep's.
  node: (asked: string, is: string) => ({
    en: `the rule asks for ${asked}, the node is ${is}`,
    es: `la regla pide ${asked} y el nodo es ${is}`,
  }),
  'no-node': (kinds: string) => ({
    en: `there is no ${kinds} here`,
    es: `aquí no hay ningún ${kinds}`,
  }),
  text: (code: string) => ({
    en: `the text is \`${code}\`, which does not match`,
    es: `el texto es \`${code}\`, que no coincide`,
  }),
  position: () => ({
    en: 'the node stands elsewhere',
    es: 'el nodo está en otro sitio',
  }),
  nowhere: () => ({
    en: 'no node that was looked at fits; this one comes closest',
    es: 'no encaja ningún nodo de los que se han mirado; este es el que más se acerca',
  }),
  'nothing-fits': () => ({
    en: 'no node that was looked at fits',
    es: 'no encaja ningún nodo de los que se han mirado',
  }),
  'none-there': () => ({
    en: 'there is no node to look at',
    es: 'no hay ningún nodo que mirar',
  }),
  further: () => ({
    en: 'it looks no further than the nearest node; with `stopBy: end` it would match',
    es: 'no mira más allá del nodo más próximo; con `stopBy: end` coincidiría',
  }),
}

const FORMS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  Call: { en: 'call', es: 'ninguna llamada' },
  New: { en: '`new`', es: 'ningún `new`' },
  Assignment: { en: 'assignment', es: 'ninguna asignación' },
  Declaration: { en: 'declaration', es: 'ninguna declaración' },
  Function: { en: 'function', es: 'ninguna función' },
  Class: { en: 'class', es: 'ninguna clase' },
  Import: { en: 'import', es: 'ninguna importación' },
  Return: { en: '`return`', es: 'ningún `return`' },
  If: { en: '`if`', es: 'ningún `if`' },
  Try: { en: '`try`', es: 'ningún `try`' },
  With: { en: '`with`', es: 'ningún `with`' },
  While: { en: '`while`', es: 'ningún `while`' },
  For: { en: '`for`', es: 'ningún `for`' },
  ForEach: { en: '`for`', es: 'ningún `for`' },
  String: { en: 'text', es: 'ningún texto' },
  Comparison: { en: 'comparison', es: 'ninguna comparación' },
  Dictionary: { en: 'object', es: 'ningún objeto' },
  JsxElement: { en: 'element', es: 'ningún elemento' },
}

function count(number: string, one: string, many: string): string {
  return `${number} ${number === '1' ? one : many}`
}
