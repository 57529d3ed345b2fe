// Types of metavariables, where the file itself says them: a literal, an annotation, `new Type()`.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { Code } from './code.ts'

/** Whether the expression surely has one of these types. */
export function typeMatches(code: Code, row: number, types: readonly string[]): boolean {
  const type = typeOf(code, row)
  return type !== undefined && types.some(it => sameType(it, type))
}

function sameType(wanted: string, type: string): boolean {
  const clean = (it: string) => it.replace(/\s/g, '')
  if (type === 'number' && (wanted === 'int' || wanted === 'float')) return true
  return clean(wanted) === clean(type) || clean(type).endsWith(`.${clean(wanted)}`)
}

function typeOf(code: Code, row: number): string | undefined {
  const { kind, grammar } = code.tree
  const isPython = grammar === 'python'
  switch (kind[row]) {
    case KIND_CODE.String:
    case KIND_CODE.Template:
    case KIND_CODE.Concatenation:
      return isPython ? 'str' : 'string'
    case KIND_CODE.Number:
      if (!isPython) return 'number'
      return /^[\d_]+$|^0[xXoObB]/.test(code.text(row)) ? 'int' : 'float'
    case KIND_CODE.Boolean:
      return isPython ? 'bool' : 'boolean'
    case KIND_CODE.New:
    case KIND_CODE.Call: {
      const callee = code.child(row, ROLE_CODE.callee)
      const name = callee === -1 ? '' : code.qualifiedName(callee) || code.text(callee)
      return /^[A-Z]/.test(name.slice(name.lastIndexOf('.') + 1)) ? name : undefined
    }
    case KIND_CODE.Name:
      return declaredType(code, row)
    default:
      return undefined
  }
}

function declaredType(code: Code, row: number): string | undefined {
  const binding = code.file.binding(code.node(row))
  if (!binding) return undefined
  for (const write of binding.writes()) {
    const type = write.parent?.child('type')
    if (type) return type.text.replace(/^:\s*/, '')
  }
  const value = binding.onlyValue
  return value && value.row !== row ? typeOf(code, value.row) : undefined
}
