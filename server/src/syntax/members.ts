// Which children of a node declare a name: the members of a class's body, found without walking over all of them.

import { KIND_CODE, ROLE_CODE } from './kinds.ts'
import type { SyntaxTree } from './tree.ts'

type Members = ReadonlyMap<number, readonly number[]>

const known = new WeakMap<SyntaxTree, Map<number, Members>>()

/** Rows of the children of `row` that declare the name with the number `id`, in source order; of decorated ones, what is decorated. */
export function membersNamed(tree: SyntaxTree, row: number, id: number): readonly number[] {
  let ofTree = known.get(tree)
  if (!ofTree) {
    ofTree = new Map()
    known.set(tree, ofTree)
  }
  let members = ofTree.get(row)
  if (!members) {
    members = membersOf(tree, row)
    ofTree.set(row, members)
  }
  return members.get(id) ?? NONE
}

const NONE: readonly number[] = []

function membersOf(tree: SyntaxTree, row: number): Members {
  const { after, kind, name } = tree
  const members = new Map<number, number[]>()
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    const member = kind[child] === DECORATED ? childWith(tree, child, DEFINITION) : child
    const declares = member === -1 ? -1 : childWith(tree, member, NAME)
    const id = declares === -1 ? 0 : name[declares]!
    if (id === 0) continue
    const others = members.get(id)
    if (others) others.push(member)
    else members.set(id, [member])
  }
  return members
}

/** The first child with this role, or -1. */
function childWith({ after, role }: SyntaxTree, row: number, wanted: number): number {
  for (let child = row + 1; child < after[row]!; child = after[child]!)
    if (role[child] === wanted) return child
  return -1
}

const DECORATED = KIND_CODE.Decorated
const DEFINITION = ROLE_CODE.definition
const NAME = ROLE_CODE.name
