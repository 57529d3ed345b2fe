// HTML → the unified tree, in the words that JSX has for it.

import type { LanguageTable } from '../language.ts'

export const html: LanguageTable = {
  grammar: 'html',
  kinds: {
    document: 'Module',
    comment: 'Comment',
    element: 'JsxElement',
    script_element: 'JsxElement',
    style_element: 'JsxElement',
    attribute: 'JsxAttribute',
    attribute_value: 'String',
    quoted_attribute_value: 'String',
    attribute_name: 'PropertyName',
    tag_name: 'Name',
    text: 'JsxText',
    entity: 'JsxText',
    raw_text: 'JsxText',
  },
  operators: [],
  keywords: [],
  dropped: ['end_tag', 'erroneous_end_tag'],
  transparent: ['start_tag', 'self_closing_tag'],
  transparentUnder: { parents: [], children: [] },
  refined: { parents: [], by: {} },
  roles: {
    'document.*': 'statement',
    'start_tag>tag_name': 'name',
    'self_closing_tag>tag_name': 'name',
    'start_tag>attribute': 'attribute',
    'self_closing_tag>attribute': 'attribute',
    'element>element': 'element',
    'element>script_element': 'element',
    'element>style_element': 'element',
    'element>text': 'element',
    'element>entity': 'element',
    'script_element>raw_text': 'element',
    'style_element>raw_text': 'element',
  },
  positional: { attribute: ['key', 'value'] },
  names: ['tag_name', 'attribute_name'],
}
