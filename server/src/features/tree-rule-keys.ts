// What may be written in a rule in ast-grep's format, and what it means: for completion and hover. What reads such rules is
// `patterns/ast-grep/rule-document.ts`.

import { LANGUAGE_NAMES } from '../patterns/ast-grep/languages.ts'
import { STRICTNESSES } from '../patterns/ast-grep/pattern.ts'
import { LETTER_CASES } from '../patterns/ast-grep/tree-rule.ts'
import { key, type RuleKey } from './rule-key.ts'
import type { Parent } from './yaml-outline.ts'

/** Parts of a rule, by what stands around them. */
export type TreePlace =
  | 'document'
  | 'rule'
  | 'relation'
  | 'beside'
  | 'pattern'
  | 'nth-child'
  | 'range'
  | 'position'
  | 'transform'
  | 'replace'
  | 'substring'
  | 'convert'
  | 'rewrite'
  | 'rewriter'
  | 'fix'
  | 'expansion'

const RULE: readonly RuleKey[] = [
  key(
    'pattern',
    'Code with holes: `$X` is one node, `$$$ARGS` any number of them',
    'Código con huecos: `$X` es un nodo y `$$$ARGS`, cualquier número de ellos',
  ),
  key('kind', 'The name of the node in the grammar', 'El nombre del nodo en la gramática'),
  key(
    'regex',
    'A regular expression for the text of the node',
    'Una expresión regular para el texto del nodo',
  ),
  key(
    'nthChild',
    'Which child of its parent the node is, such as `2n+1`',
    'Qué hijo de su padre es el nodo, como `2n+1`',
  ),
  key('range', 'Where the node begins and ends', 'Dónde empieza y acaba el nodo'),
  key('inside', 'What must surround the node', 'Lo que tiene que rodear el nodo'),
  key('has', 'What the node must hold', 'Lo que el nodo tiene que contener'),
  key('follows', 'What must stand before the node', 'Lo que tiene que ir delante del nodo'),
  key('precedes', 'What must stand behind the node', 'Lo que tiene que ir detrás del nodo'),
  key('all', 'All of these must hold of the node', 'Todo esto se tiene que cumplir en el nodo'),
  key('any', 'One of these must hold', 'Se tiene que cumplir una de estas cosas'),
  key('not', 'What the node may not be', 'Lo que el nodo no puede ser'),
  key('matches', 'A utility that must hold of the node', 'Una utilidad que se tiene que cumplir en el nodo'),
]

const STOP_BY = key(
  'stopBy',
  'How far is looked: to the neighbour, to the end, or to a node that fits a rule',
  'Hasta dónde se mira: hasta el vecino, hasta el final o hasta un nodo que cumpla una regla',
  ['neighbor', 'end'],
)

const CORE: readonly RuleKey[] = [
  key('rule', 'What is looked for', 'Lo que se busca'),
  key(
    'constraints',
    'Rules for what metavariables stand for',
    'Reglas para lo que representan las metavariables',
  ),
  key(
    'utils',
    'Rules with names, for `matches` in this file',
    'Reglas con nombre, para `matches` en este archivo',
  ),
  key(
    'transform',
    'New texts made of what metavariables stand for',
    'Textos nuevos a partir de lo que representan las metavariables',
  ),
]
const FIX = key('fix', 'What the node is replaced with', 'Por qué se sustituye el nodo')
const SOURCE = key(
  'source',
  'The metavariable that is changed, such as `$X`',
  'La metavariable que se cambia, como `$X`',
)

export const TREE_KEYS: Readonly<Record<TreePlace, readonly RuleKey[]>> = {
  document: [
    key(
      'id',
      'The name of the rule: in settings and in comments, `own/` and this',
      'El nombre de la regla: en los ajustes y en los comentarios, `own/` y esto',
    ),
    key(
      'language',
      'The language of the files that the rule looks at',
      'El lenguaje de los archivos que mira la regla',
      LANGUAGE_NAMES,
    ),
    key(
      'message',
      'What the reader is told; `$X` is replaced by what it stands for',
      'Lo que se dice a quien lee; `$X` se sustituye por lo que representa',
    ),
    key('severity', 'How grave it is; `off` switches the rule off', 'Lo grave que es; `off` apaga la regla', [
      'error',
      'warning',
      'info',
      'hint',
      'off',
    ]),
    ...CORE,
    FIX,
    key('rewriters', 'Rules with fixes, for `rewrite`', 'Reglas con arreglos, para `rewrite`'),
    key(
      'labels',
      'Metavariables whose places are shown beside the finding',
      'Metavariables cuyo sitio se muestra junto a lo encontrado',
    ),
    key('files', 'Only files that fit one of these', 'Solo los archivos que encajen con uno de estos'),
    key('ignores', 'No file that fits one of these', 'Ningún archivo que encaje con uno de estos'),
    key('note', 'More for the reader than the message', 'Más para quien lee que el mensaje'),
    key('url', 'Where more can be read', 'Dónde se puede leer más'),
    key('metadata', 'Whatever its author wants to note', 'Lo que quiera anotar quien la escribe'),
  ],
  rule: RULE,
  relation: [
    ...RULE,
    STOP_BY,
    key(
      'field',
      'The part of its parent that the node must be, by its name in the grammar',
      'La parte de su padre que tiene que ser el nodo, por su nombre en la gramática',
    ),
  ],
  beside: [...RULE, STOP_BY],
  pattern: [
    key(
      'context',
      'Code around the pattern, where it alone is none',
      'Código alrededor del patrón, cuando él solo no lo es',
    ),
    key('selector', 'The kind of the node in it that is meant', 'El tipo del nodo que se quiere de él'),
    key('strictness', 'How exactly code must be as it says', 'Con qué exactitud se compara', STRICTNESSES),
  ],
  'nth-child': [
    key('position', 'A number, or a formula such as `2n+1`', 'Un número o una fórmula como `2n+1`'),
    key('reverse', 'Counted from the end', 'Se cuenta desde el final', ['true', 'false']),
    key('ofRule', 'Only siblings that fit are counted', 'Solo se cuentan los hermanos que encajan'),
  ],
  range: [
    key('start', 'Where it begins, from 0', 'Dónde empieza, desde 0'),
    key('end', 'Where it ends, from 0', 'Dónde acaba, desde 0'),
  ],
  position: [
    key('line', 'The line, from 0', 'La línea, desde 0'),
    key('column', 'The column, from 0', 'La columna, desde 0'),
  ],
  transform: [
    key(
      'replace',
      'Replaces what a regular expression finds',
      'Sustituye lo que encuentra una expresión regular',
    ),
    key('substring', 'A part of the text', 'Una parte del texto'),
    key('convert', 'Another way to write a name', 'Otra forma de escribir un nombre'),
    key('rewrite', 'Fixes what is inside, by rewriters', 'Arregla lo de dentro, con `rewriters`'),
  ],
  replace: [
    SOURCE,
    key('replace', 'The regular expression', 'La expresión regular'),
    key(
      'by',
      'What it is replaced with; `$1` is the first group',
      'Por qué se sustituye; `$1` es el primer grupo',
    ),
  ],
  substring: [
    SOURCE,
    key(
      'startChar',
      'The first letter, from 0; from the end when negative',
      'La primera letra, desde 0; desde el final si es negativo',
    ),
    key('endChar', 'The letter before which it ends', 'La letra antes de la que acaba'),
  ],
  convert: [
    SOURCE,
    key('toCase', 'How the name is written', 'Cómo se escribe el nombre', LETTER_CASES),
    key('separatedBy', 'What parts its words now', 'Lo que separa ahora sus palabras'),
  ],
  rewrite: [
    SOURCE,
    key('rewriters', 'Their names, in this order', 'Sus nombres, en este orden'),
    key('joinBy', 'What stands between the results', 'Lo que va entre los resultados'),
  ],
  rewriter: [key('id', 'Its name', 'Su nombre'), ...CORE, FIX],
  fix: [
    key('template', 'What the node is replaced with', 'Por qué se sustituye el nodo'),
    key('expandStart', 'What before it is replaced, too', 'Lo que se sustituye también delante'),
    key('expandEnd', 'What behind it is replaced, too', 'Lo que se sustituye también detrás'),
    key('title', 'What the fix is called', 'Cómo se llama el arreglo'),
  ],
  expansion: [...RULE, STOP_BY],
}

/** Undefined where names of one's own stand, or nothing is known. */
export function treePlaceOf([parent, around, further]: readonly Parent[]): TreePlace | undefined {
  if (!parent) return 'document'
  if (around?.name === 'utils' || around?.name === 'constraints') return 'rule'
  if (around?.name === 'transform') return 'transform'
  if (further?.name === 'transform') return TRANSFORMS[parent.name]
  return PLACES[parent.name]
}

const TRANSFORMS: Readonly<Record<string, TreePlace>> = {
  replace: 'replace',
  substring: 'substring',
  convert: 'convert',
  rewrite: 'rewrite',
}

/** By the key that they stand below. */
const PLACES: Readonly<Record<string, TreePlace>> = {
  rule: 'rule',
  all: 'rule',
  any: 'rule',
  not: 'rule',
  ofRule: 'rule',
  stopBy: 'rule',
  inside: 'relation',
  has: 'relation',
  follows: 'beside',
  precedes: 'beside',
  pattern: 'pattern',
  nthChild: 'nth-child',
  range: 'range',
  start: 'position',
  end: 'position',
  rewriters: 'rewriter',
  fix: 'fix',
  expandStart: 'expansion',
  expandEnd: 'expansion',
}
