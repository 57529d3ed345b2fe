// How much one GraphQL request may ask for, judged before any of it is looked up: a small text can ask for more than anybody has.

import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql'
import { Refusal } from '../errors.ts'

/** Words and signs of the text: the parser and the validation work longer the more there are. */
export const MOST_TOKENS = 1000
/** The deepest that the schema goes is three. */
const MOST_DEPTH = 8
/** About: a field is 1, what asks an engine more, and a list as much as it may be long. */
const MOST_COST = 500

const COSTS: Readonly<Record<string, number>> = {
  models: 20,
  routes: 20,
  processQuery: 100,
  processBatch: 100,
  clearCache: 20,
  systemMetrics: 20,
  results: 20,
}
/** Of what has no length of its own. */
const LONG = 20

interface Size {
  readonly depth: number
  readonly cost: number
}

/** Throws `Refusal`. What is asked about the schema itself is not counted: whether it may be asked is another question. */
export function refuseTooLarge(document: DocumentNode, variables: Readonly<Record<string, unknown>>): void {
  const sizes = new Map<string, Size>()
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const it of document.definitions)
    if (it.kind === 'FragmentDefinition') fragments.set(it.name.value, it)

  const sizeOf = (set: SelectionSetNode | undefined): Size => {
    let depth = 0
    let cost = 0
    for (const it of set?.selections ?? []) {
      const size =
        it.kind === 'Field'
          ? ofField(it)
          : it.kind === 'InlineFragment'
            ? sizeOf(it.selectionSet)
            : ofFragment(it.name.value)
      depth = Math.max(depth, size.depth)
      cost += size.cost
    }
    return { depth, cost }
  }

  const ofField = (field: FieldNode): Size => {
    const name = field.name.value
    if (name.startsWith('__')) return { depth: 1, cost: 1 }
    const below = sizeOf(field.selectionSet)
    return { depth: 1 + below.depth, cost: (COSTS[name] ?? 1) + below.cost * lengthOf(field, variables) }
  }

  // Once for each fragment: ones that name each other twice would double with every step. A circle has no size.
  const ofFragment = (name: string): Size => {
    const known = sizes.get(name)
    if (known) return known
    sizes.set(name, { depth: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY })
    const size = sizeOf(fragments.get(name)?.selectionSet)
    sizes.set(name, size)
    return size
  }

  let cost = 0
  for (const it of document.definitions) {
    if (it.kind !== 'OperationDefinition') continue
    const size = sizeOf(it.selectionSet)
    if (size.depth > MOST_DEPTH) throw new Refusal('invalid', `The query is deeper than ${MOST_DEPTH}.`)
    cost += size.cost
  }
  if (cost > MOST_COST) throw new Refusal('invalid', `The query costs ${cost}, and ${MOST_COST} is the most.`)
}

function lengthOf(
  { name, arguments: given = [] }: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  if (name.value !== 'jobs' && name.value !== 'results') return 1
  const value = given.find(it => it.name.value === 'limit')?.value
  const asked =
    value?.kind === 'IntValue'
      ? Number(value.value)
      : value?.kind === 'Variable'
        ? Number(variables[value.name.value] ?? LONG)
        : LONG
  return Number.isFinite(asked) && asked > 0 ? asked : LONG
}
