// What kind of value an expression surely gives: what the code shows, and what is declared.

import { type Guess, guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** Undefined when it could be anything. A declared type is believed. */
export function knownType(file: SourceFile, node: SyntaxNode): Guess | undefined {
  const it = node.unwrapped
  switch (it.kind) {
    case 'Borrow':
    case 'NonNull': {
      const inner = it.child('value')
      return inner && knownType(file, inner)
    }
    case 'Cast':
      return typeOf(file, it.child('type'))
    case 'Name':
      return declaredType(file, it) ?? guessType(file, it)
    case 'Member':
      return fieldType(file, it)
    case 'Call':
      return guessType(file, it) ?? returnType(file, it)
    default:
      return guessType(file, it)
  }
}

export function isKnownString(file: SourceFile, node: SyntaxNode): boolean {
  return knownType(file, node) === 'string'
}

export function isKnownList(file: SourceFile, node: SyntaxNode): boolean {
  return knownType(file, node) === 'list'
}

/** The type that stands behind the name where it is declared. */
function declaredType(file: SourceFile, name: SyntaxNode): Guess | undefined {
  const declaration = file.binding(name)?.declaration
  const parent = declaration?.parent
  if (declaration?.role !== 'target' || !parent) return undefined
  if (parent.kind === 'RestPattern')
    return file.language !== 'python' && (parent.role === 'parameter' || parent.parent?.kind === 'Parameter')
      ? 'list'
      : undefined
  if (!parent.is('Parameter', 'Declarator', 'Assignment')) return undefined
  const type = parent.child('type')
  if (type) return typeOf(file, type)
  if (parent.kind !== 'Parameter' || file.language !== 'typescript') return undefined
  // TypeScript takes the type of a parameter without one from its default.
  const initial = parent.child('value')
  const guess = initial && guessType(file, initial)
  return guess === 'string' || guess === 'number' || guess === 'boolean' ? guess : undefined
}

/** `this.items`, where the class around declares `items: T[]`. */
function fieldType(file: SourceFile, member: SyntaxNode): Guess | undefined {
  if (member.child('object')?.kind !== 'This') return undefined
  const name = member.child('property')?.name
  const body = member.closest('Class')
  if (!body || !name) return undefined
  for (const it of body.children('member')) {
    if (it.kind === 'Field' && it.child('name')?.name === name) return typeOf(file, it.child('type'))
  }
  return undefined
}

/** What a function of this file says that it returns. */
function returnType(file: SourceFile, call: SyntaxNode): Guess | undefined {
  const callee = call.child('callee')
  if (callee?.kind !== 'Name') return undefined
  const binding = file.binding(callee)
  const definition = binding?.kind === 'function' ? binding.declaration.parent : undefined
  if (definition?.kind !== 'Function' || binding?.declaration.role !== 'name') return undefined
  if (definition.children().some(it => it.kind === 'Keyword' && it.text === 'async')) return undefined
  return typeOf(file, definition.child('returnType'))
}

const NAMED: Readonly<Record<string, Readonly<Record<string, Guess>>>> = {
  python: {
    str: 'string',
    int: 'number',
    float: 'number',
    bool: 'boolean',
    list: 'list',
    List: 'list',
    dict: 'dictionary',
    Dict: 'dictionary',
    set: 'set',
    Set: 'set',
    frozenset: 'set',
  },
  typescript: {
    string: 'string',
    number: 'number',
    boolean: 'boolean',
    Array: 'list',
    ReadonlyArray: 'list',
    Set: 'set',
    ReadonlySet: 'set',
    RegExp: 'regex',
  },
  rust: {
    str: 'string',
    String: 'string',
    bool: 'boolean',
    Vec: 'list',
    HashSet: 'set',
    BTreeSet: 'set',
  },
}
const RUST_NUMBER = /^[iu](8|16|32|64|128|size)$|^f(32|64)$/

/** Reads the outermost word of a type. Unions, optional types and generics of one's own say nothing. */
function typeOf(file: SourceFile, type: SyntaxNode | undefined): Guess | undefined {
  if (!type) return undefined
  const { language } = file
  switch (type.type) {
    case 'array_type':
    case 'tuple_type':
      return language === 'rust' && type.type === 'tuple_type' ? undefined : 'list'
    case 'function_type':
      return 'function'
    case 'type_annotation':
    case 'type':
    case 'readonly_type':
    case 'parenthesized_type':
    case 'reference_type': {
      const inner = type.children().find(it => it.kind !== 'Operator' && it.kind !== 'Keyword')
      return inner && typeOf(file, inner)
    }
    case 'generic_type': {
      const head = type.child('name') ?? type.child('type') ?? type.firstChild
      return head && named(language, head.name)
    }
    case 'predefined_type':
      return named(language, type.text)
    default:
      return named(language, type.name)
  }
}

function named(language: string, name: string): Guess | undefined {
  if (language === 'rust' && RUST_NUMBER.test(name)) return 'number'
  const table = NAMED[language]
  return table && Object.hasOwn(table, name) ? table[name] : undefined
}
