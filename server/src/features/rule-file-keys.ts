// What may be written in a file of rules in patterns, and what it means: for completion and hover. What reads the files is
// `patterns/rule-file.ts`.

import { PACK_LANGUAGES, type PackLanguage } from '../patterns/rule.ts'
import { key, type RuleKey } from './rule-key.ts'
import type { Parent } from './yaml-outline.ts'

/** Parts of a rule file, by what stands around them. */
export type Place = 'rule' | 'formula' | 'metavariable' | 'paths' | 'options' | 'fix-regex' | 'file'

/** Where the format has other names for a language than we. */
const NAMES: Partial<Readonly<Record<PackLanguage, readonly string[]>>> = {
  hcl: ['terraform'],
  text: ['generic', 'regex'],
}
const LANGUAGES = PACK_LANGUAGES.flatMap(it => NAMES[it] ?? [it])

const FORMULA: readonly RuleKey[] = [
  key(
    'pattern',
    'Code with holes: `$X` is any expression, `...` any number of them',
    'Código con huecos: `$X` es cualquier expresión y `...`, cualquier número de ellas',
  ),
  key(
    'patterns',
    'All of these must hold of the same place',
    'Todo esto se tiene que cumplir en el mismo sitio',
  ),
  key('pattern-either', 'One of these must hold', 'Se tiene que cumplir una de estas cosas'),
  key('pattern-not', 'What the place may not be', 'Lo que el sitio no puede ser'),
  key('pattern-inside', 'What must surround the place', 'Lo que tiene que rodear el sitio'),
  key('pattern-not-inside', 'What may not surround the place', 'Lo que no puede rodear el sitio'),
  key('pattern-regex', 'A regular expression over the text', 'Una expresión regular sobre el texto'),
  key(
    'pattern-not-regex',
    'A regular expression that the place may not hold',
    'Una expresión regular que el sitio no puede contener',
  ),
]

const CONDITIONS: readonly RuleKey[] = [
  key(
    'metavariable-regex',
    'A regular expression for what a metavariable stands for',
    'Una expresión regular para lo que representa una metavariable',
  ),
  key(
    'metavariable-pattern',
    'Patterns for what a metavariable stands for',
    'Patrones para lo que representa una metavariable',
  ),
  key(
    'metavariable-comparison',
    'A comparison of what metavariables stand for, such as `$N > 1000`',
    'Una comparación de lo que representan las metavariables, como `$N > 1000`',
  ),
  key(
    'metavariable-analysis',
    'Whether a text is as random as a key (`entropy`), or a regular expression may never end (`redos`)',
    'Si un texto es tan aleatorio como una clave (`entropy`) o una expresión regular puede no acabar nunca (`redos`)',
  ),
  key(
    'metavariable-type',
    'The type that the file itself gives a metavariable',
    'El tipo que el propio archivo da a una metavariable',
  ),
  key(
    'focus-metavariable',
    'Report what this metavariable stands for, not the whole match',
    'Señala lo que representa esta metavariable, no todo lo encontrado',
  ),
]

export const KEYS: Readonly<Record<Place, readonly RuleKey[]>> = {
  file: [key('rules', 'The rules of this file', 'Las reglas de este archivo')],
  rule: [
    key(
      'id',
      'The name of the rule: in settings and in comments, `own/` and this',
      'El nombre de la regla: en los ajustes y en los comentarios, `own/` y esto',
    ),
    key(
      'message',
      'What the reader is told; `$X` is replaced by what it stands for',
      'Lo que se dice a quien lee; `$X` se sustituye por lo que representa',
    ),
    key('severity', 'How grave it is', 'Lo grave que es', ['ERROR', 'WARNING', 'INFO']),
    key(
      'languages',
      'The languages of the files that the rule looks at',
      'Los lenguajes de los archivos que mira la regla',
      LANGUAGES,
    ),
    key(
      'mode',
      '`taint` follows values from sources to sinks',
      '`taint` sigue los valores desde las fuentes hasta los sumideros',
      ['search', 'taint'],
    ),
    ...FORMULA,
    key(
      'pattern-sources',
      'With `mode: taint`: where untrusted values come from',
      'Con `mode: taint`: de dónde vienen los valores que no son de fiar',
    ),
    key(
      'pattern-sinks',
      'With `mode: taint`: where such values do harm',
      'Con `mode: taint`: dónde hacen daño esos valores',
    ),
    key(
      'pattern-sanitizers',
      'With `mode: taint`: what makes a value safe',
      'Con `mode: taint`: lo que vuelve seguro un valor',
    ),
    key(
      'pattern-propagators',
      'With `mode: taint`: how else a value gets from one place to another',
      'Con `mode: taint`: por qué otros caminos pasa un valor de un sitio a otro',
    ),
    key('paths', 'Files that the rule looks at, or leaves out', 'Archivos que la regla mira o deja fuera'),
    key('options', 'How patterns are compared with code', 'Cómo se comparan los patrones con el código'),
    key('fix', 'What the match is replaced with', 'Por qué se sustituye lo encontrado'),
    key(
      'fix-regex',
      'A replacement in the text of the match',
      'Una sustitución en el texto de lo encontrado',
    ),
    key('metadata', 'Whatever its author wants to note', 'Lo que quiera anotar quien la escribe'),
  ],
  formula: [...FORMULA, ...CONDITIONS],
  metavariable: [
    key(
      'metavariable',
      'The metavariable that this is about, such as `$X`',
      'La metavariable de la que se trata, como `$X`',
    ),
    key(
      'regex',
      'The regular expression; it must hold from the beginning',
      'La expresión regular; se compara desde el principio',
    ),
    key('comparison', 'The comparison, such as `$N > 1000`', 'La comparación, como `$N > 1000`'),
    key('analyzer', 'What is found out', 'Lo que se averigua', ['entropy', 'redos']),
    key('type', 'The name of the type', 'El nombre del tipo'),
    key('types', 'Names of types, of which one must be it', 'Nombres de tipos, de los que tiene que ser uno'),
    key('language', 'The language in which the text is read', 'El lenguaje en el que se lee el texto'),
    ...FORMULA,
  ],
  paths: [
    key('include', 'Only files that fit one of these', 'Solo los archivos que encajen con uno de estos'),
    key('exclude', 'No file that fits one of these', 'Ningún archivo que encaje con uno de estos'),
  ],
  options: [
    key(
      'constant_propagation',
      'A name that always holds the same literal stands for it',
      'Un nombre que siempre contiene el mismo literal lo representa',
      ['true', 'false'],
    ),
    key(
      'symbolic_propagation',
      'A name stands for the expression that it was given',
      'Un nombre representa la expresión que se le dio',
      ['true', 'false'],
    ),
    key('symmetric_eq', '`a == b` is `b == a`', '`a == b` es `b == a`', ['true', 'false']),
    key('commutative_boolop', '`a and b` is `b and a`', '`a and b` es `b and a`', ['true', 'false']),
    key(
      'ac_matching',
      'Operands may be grouped in any way',
      'Los operandos se pueden agrupar de cualquier manera',
      ['true', 'false'],
    ),
    key(
      'implicit_deep_exprstmt',
      'A pattern that is a statement also stands for one that holds it',
      'Un patrón que es una sentencia también representa la que lo contiene',
      ['true', 'false'],
    ),
    key(
      'vardef_assign',
      'A pattern of an assignment also stands for a declaration',
      'Un patrón de asignación también representa una declaración',
      ['true', 'false'],
    ),
  ],
  'fix-regex': [
    key(
      'regex',
      'What is replaced in the text of the match',
      'Lo que se sustituye en el texto de lo encontrado',
    ),
    key(
      'replacement',
      'What it is replaced with; `\\1` is the first group',
      'Por qué se sustituye; `\\1` es el primer grupo',
    ),
    key('count', 'How often, at most', 'Cuántas veces, como mucho'),
  ],
}

/** Undefined where names of one's own stand, or nothing is known. */
export function placeOf([parent]: readonly Parent[]): Place | undefined {
  return parent ? PLACES[parent.name] : 'file'
}

/** By the key that they stand below. */
const PLACES: Readonly<Record<string, Place>> = {
  rules: 'rule',
  patterns: 'formula',
  'pattern-either': 'formula',
  'pattern-not': 'formula',
  'pattern-inside': 'formula',
  'pattern-not-inside': 'formula',
  'pattern-sources': 'formula',
  'pattern-sinks': 'formula',
  'pattern-sanitizers': 'formula',
  'pattern-propagators': 'formula',
  'metavariable-regex': 'metavariable',
  'metavariable-pattern': 'metavariable',
  'metavariable-comparison': 'metavariable',
  'metavariable-analysis': 'metavariable',
  'metavariable-type': 'metavariable',
  paths: 'paths',
  options: 'options',
  'fix-regex': 'fix-regex',
}
