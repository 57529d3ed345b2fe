// Node types by what they say: types that differ only in where they may stand are one shape.

import { KIND_CODE, KINDS, type Kind, ROLE_CODE } from '../syntax/kinds.ts'
import type { Grammar } from '../syntax/language.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

const NUMBERS = new Map<string, number>()

export function shapeNumber(name: string): number {
  let number = NUMBERS.get(name)
  if (number === undefined) {
    number = NUMBERS.size + 1
    NUMBERS.set(name, number)
  }
  return number
}

/** Types of all languages that say the same as others. */
const SAME: Readonly<Record<string, string>> = {
  // Names
  ...all('identifier', [
    'property_identifier',
    'private_property_identifier',
    'shorthand_property_identifier',
    'shorthand_property_identifier_pattern',
    'statement_identifier',
    'type_identifier',
    'field_identifier',
    'shorthand_field_identifier',
    'primitive_type',
    'predefined_type',
    'undefined',
    'metavariable',
  ]),
  // Functions
  ...all('function', [
    'function_definition',
    'function_declaration',
    'function_expression',
    'generator_function',
    'generator_function_declaration',
    'arrow_function',
    'method_definition',
    'function_item',
  ]),
  ...all('parameters', ['formal_parameters', 'lambda_parameters', 'closure_parameters']),
  ...all('class', ['class_declaration', 'class_definition', 'abstract_class_declaration']),
  ...all('variables', ['lexical_declaration', 'variable_declaration']),
  ...all('import_statement', ['import_from_statement']),
  ...all('jsx', ['jsx_element', 'jsx_self_closing_element']),
  ...all('list', ['array', 'list_pattern', 'array_pattern']),
  ...all('tuple', ['expression_list', 'pattern_list', 'tuple_pattern']),
  ...all('object', ['object_pattern', 'dictionary']),
  ...all('pair', ['pair_pattern']),
  ...all('list_splat', ['list_splat_pattern', 'spread_element', 'rest_pattern']),
  ...all('dictionary_splat', ['dictionary_splat_pattern']),
  ...all('default_parameter', [
    'typed_default_parameter',
    'assignment_pattern',
    'object_assignment_pattern',
    'typed_parameter',
    'required_parameter',
    'optional_parameter',
  ]),
  ...all('member', [
    'member_expression',
    'attribute',
    'field_expression',
    'nested_identifier',
    'meta_property',
  ]),
  ...all('path', ['scoped_identifier', 'scoped_type_identifier', 'nested_type_identifier']),
  ...all('call', ['call_expression']),
  ...all('string', ['template_string', 'string_literal', 'raw_string_literal']),
  ...all('number', ['integer', 'float', 'integer_literal', 'float_literal']),
  ...all('if', ['if_statement', 'elif_clause']),
  ...all('named_expression', ['assignment_expression', 'assignment']),
}

function all(name: string, types: readonly string[]): Record<string, string> {
  return Object.fromEntries(types.map(it => [it, name]))
}

/** Types that mean something else in one grammar than in others. */
const SAME_IN: Readonly<Partial<Record<Grammar, Readonly<Record<string, string>>>>> = {
  go: {
    ...all('identifier', ['package_identifier', 'blank_identifier', 'label_name']),
    ...all('function', ['method_declaration', 'func_literal']),
    ...all('parameters', ['parameter_list']),
    ...all('named_expression', ['short_var_declaration', 'assignment_statement']),
    ...all('variable_declarator', ['var_spec', 'const_spec']),
    ...all('member', ['selector_expression']),
    ...all('path', ['qualified_type']),
    ...all('string', ['interpreted_string_literal', 'raw_string_literal']),
    ...all('number', ['int_literal', 'float_literal', 'imaginary_literal']),
  },
  java: {
    ...all('identifier', ['integral_type', 'floating_point_type', 'boolean_type', 'void_type']),
    ...all('function', ['method_declaration', 'constructor_declaration', 'lambda_expression']),
    ...all('parameters', ['inferred_parameters']),
    ...all('variables', ['local_variable_declaration', 'field_declaration', 'constant_declaration']),
    ...all('variable_declarator', ['resource']),
    ...all('class', ['record_declaration']),
    ...all('block', ['constructor_body']),
    ...all('try', ['try_statement', 'try_with_resources_statement']),
    ...all('annotation', ['marker_annotation']),
    ...all('member', ['field_access']),
    ...all('call', ['method_invocation', 'explicit_constructor_invocation']),
    ...all('list', ['array_initializer', 'element_value_array_initializer']),
    ...all('number', [
      'decimal_integer_literal',
      'hex_integer_literal',
      'octal_integer_literal',
      'binary_integer_literal',
      'decimal_floating_point_literal',
      'hex_floating_point_literal',
    ]),
  },
  hcl: {
    ...all('pair', ['attribute', 'object_elem']),
    ...all('list', ['tuple']),
    ...all('string', ['string_lit', 'quoted_template', 'heredoc_template']),
    ...all('number', ['numeric_lit']),
    ...all('section', ['block']),
    ...all('call', ['function_call']),
  },
  yaml: {
    ...all('object', ['block_mapping', 'flow_mapping']),
    ...all('pair', ['block_mapping_pair', 'flow_pair']),
    ...all('list', ['block_sequence', 'flow_sequence']),
    ...all('string', [
      'string_scalar',
      'timestamp_scalar',
      'double_quote_scalar',
      'single_quote_scalar',
      'block_scalar',
    ]),
    ...all('number', ['integer_scalar', 'float_scalar']),
  },
  dockerfile: {
    ...all('identifier', ['word']),
    ...all('list', ['array']),
  },
  html: {
    ...all('jsx', ['element', 'script_element', 'style_element']),
    ...all('string', ['quoted_attribute_value', 'attribute_value']),
    ...all('jsx_attribute', ['attribute']),
    ...all('identifier', ['tag_name', 'attribute_name']),
    ...all('jsx_text', ['text', 'raw_text']),
  },
}

const BY_TYPES = new WeakMap<readonly string[], Uint16Array>()

/** The shape of each symbol of a grammar. */
export function shapesOf({ types, grammar }: SyntaxTree): Uint16Array {
  let shapes = BY_TYPES.get(types)
  if (!shapes) {
    const own = SAME_IN[grammar]
    shapes = Uint16Array.from(types, it => shapeNumber(own?.[it] ?? SAME[it] ?? it ?? 'ERROR'))
    BY_TYPES.set(types, shapes)
  }
  return shapes
}

export const SHAPE = {
  identifier: shapeNumber('identifier'),
  function: shapeNumber('function'),
  variables: shapeNumber('variables'),
  declarator: shapeNumber('variable_declarator'),
  assignment: shapeNumber('named_expression'),
  member: shapeNumber('member'),
  path: shapeNumber('path'),
  dottedName: shapeNumber('dotted_name'),
  call: shapeNumber('call'),
  string: shapeNumber('string'),
  jsx: shapeNumber('jsx'),
  object: shapeNumber('object'),
  class: shapeNumber('class'),
  defaultParameter: shapeNumber('default_parameter'),
  pair: shapeNumber('pair'),
  regex: shapeNumber('regex'),
  set: shapeNumber('set'),
} as const

/** Kinds whose text says what they are, when they have no children. */
export const SPELLED: ReadonlySet<number> = codes(
  'Name',
  'PropertyName',
  'TypeName',
  'Number',
  'Regex',
  'JsxText',
  'Operator',
  'Keyword',
  'Other',
  'Type',
  'Boolean',
  'Undefined',
  'Comment',
  'Path',
)

/** Kinds that are expressions: where `$X` alone may match. */
export const EXPRESSIONS: ReadonlySet<number> = codes(
  'Name',
  'This',
  'Super',
  'Assignment',
  'AugmentedAssignment',
  'Update',
  'NamedExpression',
  'Binary',
  'Comparison',
  'Logical',
  'Not',
  'Unary',
  'Conditional',
  'Sequence',
  'Cast',
  'NonNull',
  'Await',
  'Yield',
  'Borrow',
  'Propagate',
  'Range',
  'Call',
  'New',
  'TaggedTemplate',
  'MacroCall',
  'Member',
  'Path',
  'Index',
  'String',
  'Template',
  'Concatenation',
  'Number',
  'Boolean',
  'Null',
  'Undefined',
  'Regex',
  'List',
  'Tuple',
  'Dictionary',
  'Set',
  'StructLiteral',
  'Comprehension',
  'AsyncBlock',
  'UnsafeBlock',
  'JsxElement',
  'Function',
)

/** Kinds whose children with the role `statement` are a list of statements. */
export const STATEMENT_LISTS: ReadonlySet<number> = codes('Module', 'Block', 'Case', 'DefaultCase', 'Section')

/** Roles that code may have where the pattern says nothing of them. */
export const MAY_BE_MORE: ReadonlySet<number> = new Set(
  (
    [
      'returnType',
      'typeParameters',
      'typeArguments',
      'decorator',
      'modifier',
      'superclass',
      'alternative',
      'finalizer',
      'alias',
    ] as const
  ).map(it => ROLE_CODE[it]),
)

export function codes(...kinds: readonly Kind[]): ReadonlySet<number> {
  return new Set(kinds.map(it => KIND_CODE[it]))
}

export function kindName(code: number): Kind {
  return KINDS[code]!
}

const COMMENT = KIND_CODE.Comment
const PARENTHESIZED = KIND_CODE.Parenthesized
const TYPE = KIND_CODE.Type
const PARAMETER = KIND_CODE.Parameter
const INTERPOLATION = KIND_CODE.Interpolation
const JSX_EXPRESSION = KIND_CODE.JsxExpression

/** The row itself, without wrappers that say nothing: parentheses, `: T` around `T`, a parameter that is only a name. */
export function unwrapped({ kind, after, types, symbol }: SyntaxTree, row: number): number {
  for (;;) {
    const code = kind[row]
    const wraps =
      code === PARENTHESIZED ||
      code === PARAMETER ||
      code === JSX_EXPRESSION ||
      (code === TYPE && (types[symbol[row]!] === 'type' || types[symbol[row]!] === 'type_annotation')) ||
      types[symbol[row]!] === 'with_item' ||
      types[symbol[row]!] === 'dotted_name'
    if (!wraps) return row
    let inner = row + 1
    const last = after[row]!
    while (inner < last && kind[inner] === COMMENT) inner = after[inner]!
    if (inner >= last) return row
    let next = after[inner]!
    while (next < last && kind[next] === COMMENT) next = after[next]!
    if (next < last) return row
    row = inner
  }
}

/** What an interpolation or the braces in JSX hold. */
export function held({ kind, after }: SyntaxTree, row: number): number {
  if (kind[row] !== INTERPOLATION && kind[row] !== JSX_EXPRESSION) return row
  return row + 1 < after[row]! ? row + 1 : row
}
