// The functions of a file that have a name, and where they stand.

import { KIND_CODE } from '../syntax/kinds.ts'
import { Reader, SyntaxNode } from '../syntax/node.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

/** A function with a body, by its row in the tree. */
export interface NamedFunction {
  readonly row: number
  readonly name: string
  /** Where the name is written. */
  readonly nameStart: number
  /** The class, or the type that is implemented, around it. */
  readonly owner: string
  /** Offsets of the whole function. */
  readonly start: number
  readonly end: number
}

/** In source order; an inner function follows the one around it. */
export function* functionsOf(tree: SyntaxTree): Generator<NamedFunction> {
  const { kind, rows } = tree
  const reader = new Reader(tree)
  for (let row = 1; row < rows; row++) {
    if (kind[row] !== FUNCTION) continue
    const node = new SyntaxNode(reader, row)
    const named = nameOf(node)
    if (named && named.name !== '' && node.child('body'))
      yield { row, ...named, owner: ownerOf(node), start: node.start, end: node.end }
  }
}

/** Its own name, or the one of what it is given to: `const f = () => …`, `{ f: function () { … } }`, `a.f = () => …`. */
function nameOf(node: SyntaxNode): Pick<NamedFunction, 'name' | 'nameStart'> | undefined {
  const own = node.child('name')
  if (own) return { name: plain(own.name || own.text), nameStart: own.start }
  const { parent } = node
  if (!parent || node.role !== 'value') return undefined
  const holder = parent.is('Declarator', 'Assignment', 'NamedExpression')
    ? parent.child('target')
    : parent.is('Pair')
      ? parent.child('key')
      : parent.is('Field')
        ? parent.child('name')
        : undefined
  const last = holder?.is('Member') ? holder.child('property') : holder
  if (!last?.is('Name', 'PropertyName', 'String')) return undefined
  return { name: plain(last.name || last.text), nameStart: last.start }
}

/** Without quotes and the mark of private members. */
function plain(name: string): string {
  return name.replace(/^[#'"`]+|['"`]+$/g, '')
}

function ownerOf(node: SyntaxNode): string {
  const around = node.closest('Class', 'Struct', 'Interface', 'Implementation', 'Function')
  if (!around || around.kind === 'Function') return ''
  const name = around.child(around.kind === 'Implementation' ? 'type' : 'name')
  return name?.is('GenericType') ? (name.child('type')?.text ?? '') : (name?.text ?? '')
}

const FUNCTION = KIND_CODE.Function
