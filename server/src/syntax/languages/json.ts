// JSON → the unified tree.

import type { LanguageTable } from '../language.ts'

export const json: LanguageTable = {
  grammar: 'json',
  kinds: {
    document: 'Module',
    comment: 'Comment',
    object: 'Dictionary',
    pair: 'Pair',
    array: 'List',
    string: 'String',
    number: 'Number',
    true: 'Boolean',
    false: 'Boolean',
    null: 'Null',
  },
  operators: [],
  keywords: [],
  dropped: ['string_content', 'escape_sequence'],
  transparent: [],
  transparentUnder: { parents: [], children: [] },
  refined: { parents: [], by: {} },
  roles: {
    '*.key': 'key',
    '*.value': 'value',
    'document.*': 'statement',
    'object.*': 'element',
    'array.*': 'element',
  },
  positional: {},
  names: [],
}
