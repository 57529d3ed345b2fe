// Values that a name may stand for: enums, and objects and lists that are `as const`.

import { keyText } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { UNKNOWN } from './structure.ts'

type Value = string | number

export function enumType(file: SourceFile, declaration: SyntaxNode): DataType {
  const values: Value[] = []
  let next: number | undefined = 0
  for (const member of declaration.children('member')) {
    const given = member.kind === 'EnumMember' ? member.child('value') : undefined
    const known = given && constantOf(file, given)
    if (given && known === undefined) return UNKNOWN
    const value: Value | undefined = known ?? next
    if (value === undefined) return UNKNOWN
    values.push(value)
    next = typeof value === 'number' ? value + 1 : undefined
  }
  return values.length > 0 ? { kind: 'values', values } : UNKNOWN
}

/** What stands in `['a', 'b'] as const` and `{ A: 'a', B: 'b' } as const`; undefined where something else does. */
export function constantValues(file: SourceFile, given: SyntaxNode): Value[] | undefined {
  const it = fixed(given)
  if (it?.kind !== 'List' && it?.kind !== 'Dictionary') return undefined
  const values: Value[] = []
  for (const element of it.children('element')) {
    const value = it.kind === 'List' ? element : element.kind === 'Pair' ? element.child('value') : undefined
    const known = value && constantOf(file, value)
    if (known === undefined) return undefined
    if (it.kind === 'Dictionary' && !isMember(keyText(element.child('key')), known)) return undefined
    if (!values.includes(known)) values.push(known)
  }
  return values.length > 0 ? values : undefined
}

/** `Admin: 'admin'` is one of a few values, `timeout: 5000` a setting. */
function isMember(key: string, value: Value): boolean {
  return /^[A-Z]/.test(key) || (typeof value === 'string' && plain(key) === plain(value))
}

function plain(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase()
}

/** The names of an object's members, where all are written. */
export function constantKeys(given: SyntaxNode): string[] | undefined {
  const it = inner(given)
  if (it.kind !== 'Dictionary') return undefined
  const keys: string[] = []
  for (const element of it.children('element')) {
    const key = (element.child('key') ?? element.child('name') ?? element).text.replace(/^['"]|['"]$/g, '')
    if (element.kind === 'Spread' || key.startsWith('[')) return undefined
    keys.push(key)
  }
  return keys
}

/** What `as const` is said of. */
function fixed(given: SyntaxNode): SyntaxNode | undefined {
  const it = given.unwrapped
  if (it.kind !== 'Cast') return undefined
  const isConst = it.children().some(part => part.kind === 'Keyword' && part.type === 'const')
  // `[…] as const satisfies Role[]`
  const value = it.child('value')?.unwrapped
  return isConst ? value : value?.kind === 'Cast' ? fixed(value) : undefined
}

function inner(given: SyntaxNode): SyntaxNode {
  let it = given.unwrapped
  while (it.kind === 'Cast') {
    const value = it.child('value')?.unwrapped
    if (!value) return it
    it = value
  }
  return it
}

function constantOf(file: SourceFile, node: SyntaxNode): Value | undefined {
  const known = file.constant(node)
  return known?.kind === 'string' || known?.kind === 'number' ? known.value : undefined
}
