// Which expressions surely give `true` or `false`, and how to write the opposite of one.

import { calleeName, receiver } from '../../semantics/calls.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

const SCRIPT_METHODS = new Set(
  'includes has startsWith endsWith some every test hasOwnProperty isArray isInteger isFinite isNaN isSafeInteger'.split(
    ' ',
  ),
)
const PYTHON_METHODS = new Set(
  'startswith endswith isdigit isalpha isalnum isspace isupper islower isdecimal isnumeric isidentifier issubset issuperset isdisjoint is_file is_dir exists'.split(
    ' ',
  ),
)
const PYTHON_FUNCTIONS = new Set('isinstance issubclass callable hasattr bool any all'.split(' '))
const RUST_METHODS = new Set('contains contains_key starts_with ends_with any all eq ne'.split(' '))

/** It gives a boolean and nothing else, whatever the values in it are. */
export function isSurelyBoolean(file: SourceFile, node: SyntaxNode): boolean {
  const it = node.unwrapped
  switch (it.kind) {
    case 'Boolean':
    case 'Not':
      return true
    case 'Comparison':
      return file.language !== 'python' || isPythonBoolean(file, it)
    case 'Logical': {
      if (it.operator === '??') return false
      const operands = it.children().filter(child => child.kind !== 'Operator')
      return operands.every(operand => isSurelyBoolean(file, operand))
    }
    case 'Call':
      return givesBoolean(file, it)
    case 'Name':
      return isDeclaredBoolean(file, it)
    default:
      return false
  }
}

/** Python lets any class decide what `==` and `<` give; `is` and `in` give a boolean always. */
function isPythonBoolean(file: SourceFile, comparison: SyntaxNode): boolean {
  const operators = comparison.children().filter(it => it.kind === 'Operator')
  if (operators.every(it => /^(is|in|not in|is not)$/.test(it.text))) return true
  return comparison
    .children()
    .filter(it => it.kind !== 'Operator')
    .every(it => {
      const guess = guessType(file, it)
      return guess !== undefined && guess !== 'function' && guess !== 'regex'
    })
}

function givesBoolean(file: SourceFile, call: SyntaxNode): boolean {
  const callee = call.child('callee')
  const name = calleeName(call)
  if (file.language === 'python') {
    if (callee?.kind === 'Name') return PYTHON_FUNCTIONS.has(name) && file.isFree(callee)
    return receiver(call) !== undefined && PYTHON_METHODS.has(name)
  }
  if (file.language === 'rust')
    return callee?.kind === 'Member' && (RUST_METHODS.has(name) || name.startsWith('is_'))
  if (callee?.kind === 'Name') return name === 'Boolean' && file.isFree(callee)
  // `list?.includes(x)` may be undefined.
  return receiver(call) !== undefined && SCRIPT_METHODS.has(name) && !callee!.text.includes('?.')
}

/** `a: boolean`, `a: bool`: a parameter or a variable that says so, and is not optional. */
function isDeclaredBoolean(file: SourceFile, name: SyntaxNode): boolean {
  const declaration = file.binding(name)?.declaration
  const declared = declaration?.parent
  if (!declared?.is('Parameter', 'Declarator', 'Assignment') || declaration?.role !== 'target') return false
  const type = declared.child('type')?.text.replace(/^:\s*/, '')
  return (type === 'boolean' || type === 'bool') && declared.type !== 'optional_parameter'
}

/** The text of an expression that is true exactly when this one is not. */
export function negationOf(file: SourceFile, node: SyntaxNode): string {
  const it = node.unwrapped
  const isPython = file.language === 'python'
  if (it.kind === 'Not') {
    const operand = it.child('operand')?.unwrapped
    if (operand) return truthOf(file, operand)
  }
  const operator = it.child('operator')
  // JavaScript's `in` has no opposite of its own.
  if (isPython && operator?.text === 'in' && !it.child('next')) return between(it, operator, 'not in')
  const opposite = it.kind === 'Comparison' && !it.child('next') && operator && OPPOSITE[operator.text]
  if (opposite && (!/^[!=]=$/.test(operator.text) || !isPython || isSurelyBoolean(file, it)))
    return between(it, operator, opposite)
  const tight = it.is('Name', 'Member', 'Call', 'Index', 'Path', 'This', 'MacroCall')
  if (isPython) return tight || it.kind === 'Comparison' ? `not ${it.text}` : `not (${it.text})`
  return tight ? `!${it.text}` : `!(${it.text})`
}

/** The text of a comparison with another operator. */
function between({ text, start }: SyntaxNode, operator: SyntaxNode, other: string): string {
  return text.slice(0, operator.start - start) + other + text.slice(operator.end - start)
}

/** Exact opposites only: `!(a < b)` is not `a >= b` where there are values without an order. */
const OPPOSITE: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  is: 'is not',
  'is not': 'is',
  'not in': 'in',
}

/** The text of an expression that is `true` when this one counts as true, and `false` otherwise. */
export function truthOf(file: SourceFile, node: SyntaxNode): string {
  const it = node.unwrapped
  if (file.language === 'rust' || isSurelyBoolean(file, it)) return it.text
  return file.language === 'python' ? `bool(${it.text})` : `Boolean(${it.text})`
}
