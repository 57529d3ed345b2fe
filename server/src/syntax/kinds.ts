// The words of the unified tree: what a node is (kind) and what it is to its parent (role), in every language.

/** Stored as one byte a node, so the order is the encoding; `Other` must stay 0. */
export const KINDS = [
  'Other',
  'Error',
  'Module',
  'Comment',
  'Operator',
  'Keyword',
  // Statements
  'Block',
  'ExpressionStatement',
  'EmptyStatement',
  'Labeled',
  'If',
  'ElseIf',
  'For', // for (init; condition; increment)
  'ForEach', // for x in xs
  'While',
  'DoWhile',
  'Loop', // Rust's endless loop
  'Switch',
  'Case',
  'DefaultCase',
  'Try',
  'Catch',
  'Finally',
  'With',
  'WithItem',
  'Return',
  'Throw',
  'Break',
  'Continue',
  'Pass',
  'Assert',
  'Delete',
  'Global',
  'Nonlocal',
  'Debugger',
  'Import',
  'ImportName', // one imported name, perhaps with an alias
  'Export',
  'ExportName',
  // Declarations
  'Declaration', // const a = 1, b = 2
  'Declarator', // binds a pattern to a first value
  'Function',
  'Signature', // a function without a body
  'Parameters',
  'Parameter',
  'Class',
  'Struct',
  'Interface',
  'Implementation',
  'Enum',
  'EnumMember',
  'Field', // declared in a class, a struct or an interface
  'TypeAlias',
  'Namespace',
  'Decorated',
  'Decorator',
  'MacroDefinition',
  // Expressions
  'Name',
  'PropertyName',
  'TypeName',
  'This',
  'Super',
  'Assignment',
  'AugmentedAssignment',
  'Update', // i++
  'NamedExpression', // (n := len(a))
  'Binary', // arithmetic, bits and shifts
  'Comparison',
  'Logical',
  'Not',
  'Unary',
  'Conditional',
  'Parenthesized',
  'Sequence',
  'Cast',
  'NonNull',
  'Await',
  'Yield',
  'Spread',
  'Borrow', // &x
  'Propagate', // x?
  'Range',
  'Slice',
  'Call',
  'New',
  'TaggedTemplate',
  'MacroCall',
  'KeywordArgument',
  'Member',
  'Path', // a::b
  'Index',
  'String',
  'Template',
  'Interpolation',
  'Concatenation', // "a" "b"
  'Number',
  'Boolean',
  'Null',
  'Undefined',
  'Regex',
  'Ellipsis',
  'List',
  'Tuple',
  'Dictionary',
  'Pair',
  'Set',
  'StructLiteral',
  'Comprehension',
  'ComprehensionFor',
  'ComprehensionIf',
  'LetCondition', // if let P = x
  'AsyncBlock',
  'UnsafeBlock',
  'JsxElement',
  'JsxAttribute',
  'JsxExpression',
  'JsxText',
  'TokenTree',
  // Patterns
  'ObjectPattern',
  'ListPattern',
  'TuplePattern',
  'RestPattern',
  'DefaultPattern', // [a = 1] = b
  'AsPattern',
  'OrPattern',
  'VariantPattern', // Some(x), Point { x }
  'Pattern',
  'Wildcard',
  // Types
  'Type',
  'GenericType',
  'TypeParameters',
  'TypeParameter',
  'TypeArguments',
  // Data
  'Section', // a named block of settings: `resource "a" "b" { … }`
] as const

export type Kind = (typeof KINDS)[number]

export const ROLES = [
  'none',
  'statement',
  'name',
  'alias',
  'target',
  'value',
  'left',
  'right',
  'next', // the third operand of a < b < c, and those after it
  'operator',
  'operand',
  'condition',
  'consequence',
  'alternative',
  'initializer',
  'increment',
  'iterable',
  'subject',
  'case',
  'pattern',
  'guard',
  'body',
  'member', // what a class, an interface or an enum holds
  'handler',
  'finalizer',
  'object',
  'property',
  'index',
  'callee',
  'argument',
  'parameters',
  'parameter',
  'type',
  'returnType',
  'typeArguments',
  'typeParameters',
  'superclass',
  'decorator',
  'definition',
  'key',
  'element',
  'part', // of a template or a concatenation
  'clause', // of a comprehension
  'item', // of a with
  'source', // of an import
  'label',
  'keyword',
  'modifier',
  'cause',
  'message',
  'attribute',
] as const

export type Role = (typeof ROLES)[number]

export const KIND_CODE: Readonly<Record<Kind, number>> = codes(KINDS)
export const ROLE_CODE: Readonly<Record<Role, number>> = codes(ROLES)

function codes<Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> {
  return Object.fromEntries(words.map((word, code) => [word, code])) as Record<Word, number>
}
