// Whether it makes a difference how often an expression is evaluated.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** Change something, or give something new each time. */
const NOT_REPEATABLE: ReadonlySet<Kind> = new Set([
  'Assignment',
  'AugmentedAssignment',
  'NamedExpression',
  'Update',
  'New',
  'Await',
  'Yield',
  'TaggedTemplate',
  'Propagate',
  'Function',
  'Class',
  'Comprehension',
  'JsxElement',
  'Block',
  'If',
  'Switch',
  'Loop',
  'For',
  'ForEach',
  'While',
  'Return',
  'Break',
  'Continue',
  'AsyncBlock',
  'UnsafeBlock',
  'Error',
])

/** In JavaScript every evaluation of these makes another object. */
const FRESH_OBJECTS: ReadonlySet<Kind> = new Set(['List', 'Dictionary', 'Regex'])

/** Built-in functions, called by their bare name. */
const QUIET_FUNCTIONS = words(
  'abs bool bytes callable chr float frozenset hasattr int isinstance issubclass len max min ord repr round str tuple type',
)

/** Methods that only look, on whatever type they are found. */
const QUIET_METHODS = words(
  `startswith endswith startsWith endsWith starts_with ends_with includes contains contains_key isArray isNaN isFinite
  isInteger len length is_some is_none is_ok is_err is_empty hasOwnProperty hasOwn isinstance lower upper strip
  toLowerCase toUpperCase trim charAt charCodeAt codePointAt at_end as_str as_ref as_bytes indexOf isdigit isalpha isalnum
  isspace isupper islower issubset issuperset isdisjoint`,
)

/** `isReady`, `has_children`: named like a question. */
const QUESTION = /^_?(is|has|can|should)(_|[A-Z])/

/** Evaluating it twice in a row gives the same twice and changes nothing, as far as its own code says. */
export function isRepeatable(file: SourceFile, node: SyntaxNode): boolean {
  if (!isQuiet(file, node)) return false
  for (const it of node.descendants()) if (!isQuiet(file, it)) return false
  return true
}

function isQuiet(file: SourceFile, node: SyntaxNode): boolean {
  const { kind } = node
  if (NOT_REPEATABLE.has(kind)) return false
  if (FRESH_OBJECTS.has(kind)) return file.language === 'python' || file.language === 'rust'
  if (kind === 'Unary') return node.operator !== 'delete'
  if (kind === 'Call') return isQuietCall(file, node)
  if (kind === 'MacroCall') return isQuietMacro(node)
  return true
}

function isQuietCall(file: SourceFile, call: SyntaxNode): boolean {
  const callee = call.child('callee')?.unwrapped
  const name = calleeName(call)
  if (callee?.kind === 'Name')
    return (
      QUESTION.test(name) || (file.language === 'python' && QUIET_FUNCTIONS.has(name) && file.isFree(callee))
    )
  return QUIET_METHODS.has(name) || QUESTION.test(name)
}

/** `matches!(x, Some(_))` and `cfg!(…)`, unless something is called inside. */
function isQuietMacro(call: SyntaxNode): boolean {
  const name = calleeName(call)
  if (name === 'cfg') return true
  return name === 'matches' && !/\b[a-z_]\w*\s*\(/.test(call.child('argument')?.text ?? '')
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}
