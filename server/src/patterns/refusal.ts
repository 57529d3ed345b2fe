// Why a rule is not run, as a value: each reason stands here once, beside its words in both languages.

import type { Locale } from '@codeant/shared/locale.ts'

/** A rule asks for what we do not do, or cannot be read. The words are for logs; readers get theirs from `refusalWords`. */
export class Unsupported<Code extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Unsupported'
  readonly refusal: Refusal

  constructor(code: Code, ...about: Parameters<(typeof REASONS)[Code]>) {
    super(refusalWords({ code, about }, 'en'))
    this.refusal = { code, about }
  }
}

/** Plain data: it crosses threads and lies in caches. */
export interface Refusal {
  readonly code: RefusalCode
  /** What the words name, in the order in which the reason asks for it. */
  readonly about: readonly string[]
}

export type RefusalCode = keyof typeof REASONS

export function refusalWords({ code, about }: Refusal, locale: Locale): string {
  const reason: (...about: string[]) => Readonly<Record<Locale, string>> = REASONS[code]
  return reason(...about)[locale]
}

/** What is no reason of ours was not foreseen, and is told as it is. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Unsupported) return error.refusal
  return { code: 'unforeseen', about: [error instanceof Error ? error.message : String(error)] }
}

const REASONS = {
  unsupported: (what: string) => ({ en: `${what} is not supported`, es: `${what} no se admite` }),
  misplaced: (what: string) => ({ en: `${what} is not supported here`, es: `${what} no se admite aquí` }),
  beside: (what: string, other: string) => ({
    en: `${what} beside ${other} is not supported`,
    es: `${what} junto a ${other} no se admite`,
  }),
  option: (name: string) => ({
    en: `the option ${name} is not supported`,
    es: `la opción ${name} no se admite`,
  }),
  analyzer: (name: string) => ({
    en: `the analyzer ${name} is not supported`,
    es: `el analizador ${name} no se admite`,
  }),
  languages: (names: string) => ({
    en: `the languages ${names} are not supported`,
    es: `los lenguajes ${names} no se admiten`,
  }),
  'no-languages': () => ({ en: 'it names no languages', es: 'no nombra ningún lenguaje' }),
  'inner-language': (name: string) => ({
    en: `metavariable-pattern in ${name} is not supported`,
    es: `metavariable-pattern en ${name} no se admite`,
  }),
  'regex-only': () => ({
    en: 'rules of the language regex have pattern-regex only',
    es: 'las reglas del lenguaje regex solo tienen pattern-regex',
  }),
  'propagator-labels': () => ({
    en: 'labels of propagators are not supported',
    es: 'las etiquetas de los propagadores no se admiten',
  }),
  'requires-parts': () => ({
    en: 'requires with several parts is not supported',
    es: 'requires con varias partes no se admite',
  }),
  'no-pattern': () => ({ en: 'it has no pattern', es: 'no tiene ningún patrón' }),
  'empty-patterns': () => ({ en: 'patterns is empty', es: 'patterns está vacío' }),
  'empty-pattern': () => ({ en: 'a pattern is empty', es: 'hay un patrón vacío' }),
  'several-searches': (first: string, second: string) => ({
    en: `it has both ${first} and ${second}`,
    es: `tiene a la vez ${first} y ${second}`,
  }),
  'pattern-form': () => ({
    en: 'a pattern is neither a text nor an object',
    es: 'un patrón no es ni un texto ni un objeto',
  }),
  'element-form': () => ({
    en: 'an element of patterns is neither a text nor an object',
    es: 'un elemento de patterns no es ni un texto ni un objeto',
  }),
  'no-list': (key: string) => ({ en: `${key} is no list`, es: `${key} no es una lista` }),
  'half-taint': () => ({
    en: 'taint mode without sources or sinks',
    es: 'el modo taint no tiene fuentes o no tiene sumideros',
  }),
  'no-metavariable': (text: string) => ({
    en: `${text} is no metavariable`,
    es: `${text} no es una metavariable`,
  }),
  'no-code': (pattern: string, language: string) => ({
    en: `the pattern ${pattern} is no ${language} code`,
    es: `el patrón ${pattern} no es código de ${language}`,
  }),
  regex: (source: string, detail: string) => ({
    en: `the regular expression ${source} cannot be read: ${detail}`,
    es: `la expresión regular ${source} no se puede leer: ${detail}`,
  }),
  comparison: (source: string, place: string) => ({
    en: `the comparison ${source} cannot be read at ${place || 'its end'}`,
    es: `la comparación ${source} no se puede leer en ${place || 'su final'}`,
  }),
  'broken-yaml': (detail: string) => ({
    en: `the YAML is broken: ${detail}`,
    es: `el YAML está roto: ${detail}`,
  }),
  'no-rule': () => ({
    en: 'it is no rule: a rule has an id and patterns',
    es: 'no es una regla: una regla tiene un id y patrones',
  }),
  // Of the other format, ast-grep's.
  key: (name: string) => ({ en: `the key ${name} is not known`, es: `no se conoce la clave ${name}` }),
  form: (key: string, value: string) => ({
    en: `${key} cannot be ${value}`,
    es: `${key} no puede ser ${value}`,
  }),
  'empty-rule': () => ({ en: 'a rule asks for nothing', es: 'hay una regla que no pide nada' }),
  'no-kind': (kind: string, language: string) => ({
    en: `${language} has no nodes of kind ${kind}`,
    es: `${language} no tiene nodos de tipo ${kind}`,
  }),
  'no-kinds': () => ({
    en: 'it does not say which kinds of nodes it looks for: add `kind` or `pattern`',
    es: 'no dice qué tipos de nodos busca: añade `kind` o `pattern`',
  }),
  'no-field': (field: string, language: string) => ({
    en: `${language} has no field ${field}`,
    es: `${language} no tiene el campo ${field}`,
  }),
  'no-utility': (id: string) => ({
    en: `there is no utility ${id}`,
    es: `no existe la utilidad ${id}`,
  }),
  'no-rewriter': (id: string) => ({
    en: `there is no rewriter ${id}`,
    es: `no existe el reescritor ${id}`,
  }),
  cyclic: (id: string) => ({ en: `${id} needs itself`, es: `${id} se necesita a sí mismo` }),
  unbound: (name: string) => ({
    en: `nothing binds the metavariable ${name}`,
    es: `nada da valor a la metavariable ${name}`,
  }),
  'bound-twice': (name: string) => ({
    en: `the metavariable ${name} is bound already`,
    es: `la metavariable ${name} ya tiene valor`,
  }),
  'lone-many': (pattern: string) => ({
    en: `the pattern ${pattern} stands for several nodes and is alone`,
    es: `el patrón ${pattern} representa varios nodos y está solo`,
  }),
  'several-nodes': (pattern: string) => ({
    en: `the pattern ${pattern} is more than one node`,
    es: `el patrón ${pattern} es más de un nodo`,
  }),
  'selects-nothing': (selector: string, pattern: string) => ({
    en: `there is no ${selector} in the pattern ${pattern}`,
    es: `no hay ningún ${selector} en el patrón ${pattern}`,
  }),
  'same-id': () => ({ en: 'another rule has this id', es: 'otra regla tiene este id' }),
  unforeseen: (detail: string) => ({ en: detail, es: `no se puede leer: ${detail}` }),
}
