// What kind of value an expression surely gives, as far as the code around it says.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'
import { calleeName, receiver } from './calls.ts'

export type Guess =
  | 'string'
  | 'number'
  | 'boolean'
  | 'list'
  | 'dictionary'
  | 'set'
  | 'function'
  | 'null'
  | 'regex'

/** Methods whose result has one type, whatever they are called on. */
const METHOD_RESULTS: Readonly<Record<string, Guess>> = {
  strip: 'string',
  lstrip: 'string',
  rstrip: 'string',
  lower: 'string',
  upper: 'string',
  title: 'string',
  trim: 'string',
  trimStart: 'string',
  trimEnd: 'string',
  toLowerCase: 'string',
  toUpperCase: 'string',
  toString: 'string',
  padStart: 'string',
  padEnd: 'string',
  to_string: 'string',
  to_lowercase: 'string',
  to_uppercase: 'string',
  hexdigest: 'string',
  split: 'list',
  splitlines: 'list',
  startswith: 'boolean',
  endswith: 'boolean',
  startsWith: 'boolean',
  endsWith: 'boolean',
}

const PYTHON_CALLS: Readonly<Record<string, Guess>> = {
  str: 'string',
  repr: 'string',
  int: 'number',
  float: 'number',
  len: 'number',
  bool: 'boolean',
  list: 'list',
  sorted: 'list',
  dict: 'dictionary',
  set: 'set',
  frozenset: 'set',
  isinstance: 'boolean',
}

/** Undefined when it could be anything. */
export function guessType(file: SourceFile, node: SyntaxNode): Guess | undefined {
  const it = file.value(node)
  switch (it.kind) {
    case 'String':
    case 'Template':
    case 'Concatenation':
      return 'string'
    case 'Number':
      return 'number'
    case 'Boolean':
    case 'Not':
    case 'Comparison':
      return 'boolean'
    case 'Null':
      return 'null'
    case 'Regex':
      return 'regex'
    case 'List':
      return 'list'
    case 'Dictionary':
      return 'dictionary'
    case 'Set':
      return 'set'
    case 'Function':
      return 'function'
    case 'Comprehension':
      return it.type === 'list_comprehension'
        ? 'list'
        : it.type === 'dictionary_comprehension'
          ? 'dictionary'
          : it.type === 'set_comprehension'
            ? 'set'
            : undefined
    case 'Binary':
      return guessBinary(file, it)
    case 'Call':
      return guessCall(file, it)
    default:
      return undefined
  }
}

function guessBinary(file: SourceFile, node: SyntaxNode): Guess | undefined {
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right) return undefined
  const a = guessType(file, left)
  const b = guessType(file, right)
  if (node.operator === '+') {
    if (a === 'string' || b === 'string') return 'string'
    return a === b ? a : undefined
  }
  if (node.operator === '%' && a === 'string' && file.language === 'python') return 'string'
  return a === 'number' && b === 'number' ? 'number' : undefined
}

function guessCall(file: SourceFile, call: SyntaxNode): Guess | undefined {
  const callee = call.child('callee')
  if (callee?.kind === 'Name')
    return file.language === 'python' && file.isFree(callee) ? PYTHON_CALLS[callee.name] : undefined
  const object = receiver(call)
  const name = calleeName(call)
  if (!object) return undefined
  if (name === 'format' || name === 'join' || name === 'replace')
    return guessType(file, object) === 'string' ? 'string' : undefined
  return Object.hasOwn(METHOD_RESULTS, name) ? METHOD_RESULTS[name] : undefined
}
