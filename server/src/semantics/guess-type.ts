// What kind of value an expression surely gives, as far as the code around it says.

import type { SyntaxNode } from '../syntax/node.ts'
import { calleeName, receiver } from './calls.ts'
import type { SourceFile } from './source-file.ts'

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
const METHOD_RESULTS = byResult({
  string:
    'strip lstrip rstrip lower upper title trim trimStart trimEnd toLowerCase toUpperCase toString padStart padEnd to_string to_lowercase to_uppercase hexdigest',
  list: 'split splitlines',
  boolean: 'startswith endswith startsWith endsWith',
})

const PYTHON_CALLS = byResult({
  string: 'str repr',
  number: 'int float len',
  boolean: 'bool isinstance',
  list: 'list sorted',
  dictionary: 'dict',
  set: 'set frozenset',
})

function byResult(names: Readonly<Partial<Record<Guess, string>>>): ReadonlyMap<string, Guess> {
  return new Map(
    (Object.entries(names) as [Guess, string][]).flatMap(([guess, list]) =>
      list.split(' ').map(name => [name, guess] as const),
    ),
  )
}

/** A value that is made from itself, as in the only `s = s.strip()`, has no end. */
const MOST_STEPS = 20

/** Undefined when it could be anything. */
export function guessType(file: SourceFile, node: SyntaxNode, steps = MOST_STEPS): Guess | undefined {
  if (steps === 0) return undefined
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
      return guessBinary(file, it, steps - 1)
    case 'Call':
      return guessCall(file, it, steps - 1)
    default:
      return undefined
  }
}

function guessBinary(file: SourceFile, node: SyntaxNode, steps: number): Guess | undefined {
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right) return undefined
  const a = guessType(file, left, steps)
  const b = guessType(file, right, steps)
  if (node.operator === '+') {
    if (a === 'string' || b === 'string') return 'string'
    return a === b ? a : undefined
  }
  if (node.operator === '%' && a === 'string' && file.language === 'python') return 'string'
  return a === 'number' && b === 'number' ? 'number' : undefined
}

function guessCall(file: SourceFile, call: SyntaxNode, steps: number): Guess | undefined {
  const callee = call.child('callee')
  if (callee?.kind === 'Name')
    return file.language === 'python' && file.isFree(callee) ? PYTHON_CALLS.get(callee.name) : undefined
  const object = receiver(call)
  const name = calleeName(call)
  if (!object) return undefined
  if (name === 'format' || name === 'join' || name === 'replace')
    return guessType(file, object, steps) === 'string' ? 'string' : undefined
  return METHOD_RESULTS.get(name)
}
