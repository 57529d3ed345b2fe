// Types of metavariables, where the file itself says them: a literal, an annotation, `new Type()`.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { Grammar } from '../syntax/language.ts'
import type { SyntaxNode } from '../syntax/node.ts'
import type { Code } from './code.ts'
import { shapeNumber } from './shapes.ts'

const TYPE_SPEC = shapeNumber('type_spec')

/** Whether the expression surely has one of these types. */
export function typeMatches(code: Code, row: number, types: readonly string[]): boolean {
  const type = typeOf(code, row, 0)
  return type !== undefined && types.some(it => type.some(at => sameType(it, at)))
}

/** The names by which a type may be asked for: as it is written, and with imports written out. */
type TypeNames = readonly string[]

function sameType(wanted: string, type: string): boolean {
  if (wanted.includes('$')) return withHoles(clean(wanted)).test(clean(type))
  const one = clean(wanted)
  const other = clean(type)
  if (type === 'number' && (wanted === 'int' || wanted === 'float')) return true
  return one === other || other.endsWith(`.${one}`) || (!one.includes('<') && bare(other) === one)
}

/** `List<$T>`: whatever stands there. */
function withHoles(wanted: string): RegExp {
  const parts = wanted.split(/\$[A-Z_][A-Z_0-9]*/).map(it => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^(?:.*\\.)?${parts.join('.+')}$`)
}

function clean(type: string): string {
  return type.replace(/\s/g, '')
}

/** Without its arguments: `List` for `List<String>`. */
function bare(type: string): string {
  return type.replace(/<.*>$/, '')
}

interface Literals {
  readonly string: string
  readonly integer: string
  readonly decimal: string
  readonly boolean: string
}

const SCRIPT: Literals = { string: 'string', integer: 'number', decimal: 'number', boolean: 'boolean' }
const LITERALS: Readonly<Partial<Record<Grammar, Literals>>> = {
  python: { string: 'str', integer: 'int', decimal: 'float', boolean: 'bool' },
  go: { string: 'string', integer: 'int', decimal: 'float64', boolean: 'bool' },
  java: { string: 'String', integer: 'int', decimal: 'double', boolean: 'boolean' },
}

/** What a language calls the types of its literals. */
function literalsOf(grammar: Grammar): Literals {
  return LITERALS[grammar] ?? SCRIPT
}

function typeOf(code: Code, row: number, depth: number): TypeNames | undefined {
  const { kind, grammar } = code.tree
  const literals = literalsOf(grammar)
  if (depth > 8) return undefined
  switch (kind[row]) {
    case KIND_CODE.String:
    case KIND_CODE.Template:
    case KIND_CODE.Concatenation:
      return [literals.string]
    case KIND_CODE.Number:
      return [/^[\d_]+$|^0[xXoObB]/.test(code.text(row)) ? literals.integer : literals.decimal]
    case KIND_CODE.Boolean:
    case KIND_CODE.Comparison:
    case KIND_CODE.Logical:
      return isStatic(grammar) || kind[row] === KIND_CODE.Boolean ? [literals.boolean] : undefined
    case KIND_CODE.Binary:
      return isStatic(grammar) ? sumType(code, row, depth) : undefined
    case KIND_CODE.New: {
      const callee = code.child(row, ROLE_CODE.callee)
      if (grammar === 'java') return callee === -1 ? undefined : written(code, callee)
      return constructed(code, callee)
    }
    case KIND_CODE.Call: {
      const callee = code.child(row, ROLE_CODE.callee)
      if (grammar === 'java') return undefined
      return grammar === 'go' ? made(code, row, callee) : constructed(code, callee)
    }
    case KIND_CODE.Cast: {
      const type = code.child(row, ROLE_CODE.type)
      return isStatic(grammar) && type !== -1 ? written(code, type) : undefined
    }
    case KIND_CODE.StructLiteral: {
      const type = code.child(row, ROLE_CODE.name)
      return grammar === 'go' && type !== -1 ? written(code, type) : undefined
    }
    case KIND_CODE.Unary: {
      if (grammar !== 'go' || !code.text(row).startsWith('&')) return undefined
      const operand = code.child(row, ROLE_CODE.operand)
      return operand === -1 ? undefined : typeOf(code, operand, depth + 1)?.map(it => `*${it}`)
    }
    case KIND_CODE.Name:
      return declaredType(code, row, depth)
    case KIND_CODE.Member:
      if (grammar === 'go') return structFieldType(code, row, depth)
      return grammar === 'java' ? fieldType(code, row) : undefined
    case KIND_CODE.Parenthesized:
      return row + 1 < code.tree.after[row]! ? typeOf(code, row + 1, depth + 1) : undefined
    default:
      return undefined
  }
}

function isStatic(grammar: Grammar): boolean {
  return grammar === 'go' || grammar === 'java'
}

/** What has the name of a class is one. */
function constructed(code: Code, callee: number): TypeNames | undefined {
  const name = callee === -1 ? '' : code.qualifiedName(callee) || code.text(callee)
  return /^[A-Z]/.test(name.slice(name.lastIndexOf('.') + 1)) ? [name] : undefined
}

/** `new(T)` and `make(T)`. */
function made(code: Code, row: number, callee: number): TypeNames | undefined {
  const name = callee === -1 ? '' : code.text(callee)
  const type = code.child(row, ROLE_CODE.argument)
  if (type === -1 || (name !== 'new' && name !== 'make')) return undefined
  return written(code, type).map(it => (name === 'new' ? `*${it}` : it))
}

/** Text and anything are text. */
function sumType(code: Code, row: number, depth: number): TypeNames | undefined {
  const left = code.child(row, ROLE_CODE.left)
  const right = code.child(row, ROLE_CODE.right)
  if (left === -1 || right === -1) return undefined
  const text = [literalsOf(code.tree.grammar).string]
  const one = typeOf(code, left, depth + 1)
  const other = typeOf(code, right, depth + 1)
  if (one?.[0] === text[0] || other?.[0] === text[0]) return text
  return one && other && one[0] === other[0] ? one : undefined
}

function declaredType(code: Code, row: number, depth: number): TypeNames | undefined {
  const binding = code.file.binding(code.node(row))
  if (!binding) return undefined
  for (const write of binding.writes()) {
    const type = typeBeside(write)
    if (type && type.text !== 'var') return written(code, type.row)
  }
  const value = binding.onlyValue
  return value && value.row !== row ? typeOf(code, value.row, depth + 1) : undefined
}

/** `Type a`, and Java's `Type a = 1, b`, where the type stands a level higher. */
function typeBeside(write: SyntaxNode): SyntaxNode | undefined {
  const { parent } = write
  const type = parent?.child('type')
  if (type || !parent || parent.tree.grammar !== 'java' || parent.kind !== 'Declarator') return type
  return parent.parent?.child('type')
}

/** `this.field` of the class around. */
function fieldType(code: Code, row: number): TypeNames | undefined {
  const node = code.node(row)
  const name = node.child('property')?.text
  if (node.child('object')?.kind !== 'This') return undefined
  for (const member of node.closest('Class')?.children('member') ?? []) {
    if (member.kind !== 'Declaration') continue
    const type = member.child('type')
    if (type && member.children('definition').some(it => it.child('target')?.text === name))
      return written(code, type.row)
  }
  return undefined
}

/** `it.field` where the file declares the struct that `it` is. */
function structFieldType(code: Code, row: number, depth: number): TypeNames | undefined {
  const node = code.node(row)
  const object = code.child(row, ROLE_CODE.object)
  const [type] = (object === -1 ? undefined : typeOf(code, object, depth + 1)) ?? []
  const name = node.child('property')?.text
  if (type === undefined || name === undefined) return undefined
  const declared = code
    .rowsOf(TYPE_SPEC)
    .find(it => code.node(it).child('name')?.text === type.replace(/^\*/, ''))
  const struct = declared === undefined ? undefined : code.node(declared).child('type')
  for (const field of struct?.children('member') ?? []) {
    const its = field.child('type')
    if (its && field.children('name').some(it => it.text === name)) return [its.text]
  }
  return undefined
}

function written(code: Code, row: number): TypeNames {
  const text = code.text(row).replace(/^:\s*/, '')
  if (code.tree.grammar !== 'java') return [text]
  const name = code.qualifiedName(row)
  return name === '' ? [text, ...wildcards(code, text)] : [text, name, ...wildcards(code, name)]
}

/** `a.b.Type` for each `import a.b.*`. */
function wildcards(code: Code, name: string): string[] {
  if (name.includes('.')) return []
  const imports = code.tree.text.matchAll(/^\s*import\s+([\w.]+)\.\*\s*;/gm)
  return [...imports].map(([, path]) => `${path}.${name}`)
}
