// What operations and fragments ask of the GraphQL schemas of a workspace.

import type { Place } from './facts.ts'
import type { GraphqlValue } from './graphql/document.ts'
import {
  type GraphqlField,
  type GraphqlSchema,
  type GraphqlType,
  namedType,
  SCALARS,
} from './graphql-schemas.ts'
import type { At } from './routes.ts'
import type {
  GraphqlExecutableRow,
  GraphqlInput,
  GraphqlSelectionRow,
  GraphqlVariableRow,
} from './rows/graphql.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** A field that is asked for. */
export interface GraphqlFieldUse {
  readonly file: string
  readonly place: Place
  readonly name: string
  readonly owner: GraphqlType
  /** Undefined where its type has no such field. */
  readonly field: GraphqlField | undefined
  readonly given: readonly GivenArgument[]
  /** Undefined in a fragment, where whoever uses it declares them. */
  readonly variables: readonly GraphqlInput[] | undefined
  readonly schema: GraphqlSchema
  /** What is asked elsewhere shows that this is the schema that is meant. */
  readonly isSure: boolean
}

export interface GivenArgument extends At {
  readonly name: string
  readonly value: GraphqlValue
}

/** A type that a fragment names, or a variable. */
export interface GraphqlTypeUse {
  readonly file: string
  readonly place: Place
  readonly name: string
  readonly type: GraphqlType | undefined
  readonly schema: GraphqlSchema
  readonly isSure: boolean
}

export interface GraphqlUses {
  readonly fields: readonly GraphqlFieldUse[]
  readonly types: readonly GraphqlTypeUse[]
}

/** An operation or a fragment with what it asks for. */
interface Question {
  readonly file: string
  readonly row: GraphqlExecutableRow
  readonly variables: readonly { readonly index: number; readonly row: GraphqlVariableRow }[]
  readonly selections: readonly { readonly index: number; readonly row: GraphqlSelectionRow }[]
}

interface Answer {
  readonly schema: GraphqlSchema
  /** By the index of the selection: the type that it is asked of, or that a fragment names. */
  readonly types: ReadonlyMap<number, GraphqlType>
  readonly known: number
  readonly missing: number
}

/** Of the questions that a schema answers in part, so many are answered wholly where it is the one that is meant. */
const MOST = 0.6

export function graphqlUsesOf(facts: WorkspaceFacts, schemas: readonly GraphqlSchema[]): GraphqlUses {
  if (schemas.length === 0) return { fields: [], types: [] }
  const answers = questionsOf(facts).map(it => [it, answerOf(it, schemas)] as const)
  const sure = new Set(
    schemas.filter(it =>
      isMeant(
        it,
        answers.map(([, answer]) => answer),
      ),
    ),
  )
  const foreign = foreignFiles(answers)
  const given = argumentsOf(facts)
  const fields: GraphqlFieldUse[] = []
  const types: GraphqlTypeUse[] = []
  for (const [{ file, row, variables, selections }, { schema, types: asked, known, missing }] of answers) {
    if (foreign.has(file)) continue
    const isSure = sure.has(schema) && known >= missing
    for (const { index, row: it } of variables) {
      const name = namedType(it.type)
      if (SCALARS.has(name)) continue
      types.push(
        typeUse(facts, 'graphqlVariable', index, {
          file,
          name,
          schema,
          isSure,
          type: schema.types.get(name),
        }),
      )
    }
    for (const { index, row: it } of selections) {
      const at = { file, name: it.name, schema, isSure }
      const owner = asked.get(index)
      if (it.kind === 'inline' && it.name !== '')
        types.push(typeUse(facts, 'graphqlSelection', index, { ...at, type: owner }))
      if (it.kind !== 'field' || !owner) continue
      const use = {
        ...{ ...at, owner, field: owner.fields.get(it.name), given: given.get(file)?.get(index) ?? [] },
        variables: row.kind === 'fragment' ? undefined : variables.map(variable => variable.row),
      }
      fields.push(fieldUse(facts, index, use))
    }
  }
  return { fields, types }
}

function fieldUse(
  facts: WorkspaceFacts,
  index: number,
  use: Omit<GraphqlFieldUse, 'place'>,
): GraphqlFieldUse {
  return {
    ...use,
    get place() {
      return facts.placeOf(use.file, 'graphqlSelection', index)
    },
  }
}

function typeUse(
  facts: WorkspaceFacts,
  kind: 'graphqlSelection' | 'graphqlVariable',
  index: number,
  use: Omit<GraphqlTypeUse, 'place'>,
): GraphqlTypeUse {
  return {
    ...use,
    get place() {
      return facts.placeOf(use.file, kind, index)
    },
  }
}

function questionsOf(facts: WorkspaceFacts): Question[] {
  const selections = new Map(facts.rows('graphqlSelection').map(it => [it.path, it.rows]))
  const variables = new Map(facts.rows('graphqlVariable').map(it => [it.path, it.rows]))
  return facts.rows('graphqlExecutable').flatMap(({ path: file, rows }) => {
    const all = rows.map(row => ({
      ...{ file, row },
      variables: [] as { index: number; row: GraphqlVariableRow }[],
      selections: [] as { index: number; row: GraphqlSelectionRow }[],
    }))
    for (const [index, it] of (variables.get(file) ?? []).entries())
      all[it.of]?.variables.push({ index, row: it })
    for (const [index, it] of (selections.get(file) ?? []).entries())
      all[it.of]?.selections.push({ index, row: it })
    return all
  })
}

function argumentsOf(
  facts: WorkspaceFacts,
): ReadonlyMap<string, ReadonlyMap<number, readonly GivenArgument[]>> {
  const all = new Map<string, Map<number, GivenArgument[]>>()
  for (const { path: file, rows } of facts.rows('graphqlArgument')) {
    const own = new Map<number, GivenArgument[]>()
    for (const [i, { of, name, value }] of rows.entries()) {
      const it = {
        ...{ file, name, value },
        get place() {
          return facts.placeOf(file, 'graphqlArgument', i)
        },
      }
      own.set(of, [...(own.get(of) ?? []), it])
    }
    all.set(file, own)
  }
  return all
}

/** By the schema that knows most of it. One that knows all of it leaves nothing to be said. */
function answerOf(question: Question, schemas: readonly GraphqlSchema[]): Answer {
  const answers = schemas.map(it => answerBy(it, question))
  const share = ({ known, missing }: Answer) => (known === 0 ? 0 : known / (known + missing))
  return answers.reduce((best, it) => (share(it) > share(best) ? it : best))
}

function answerBy(schema: GraphqlSchema, { row, selections }: Question): Answer {
  const types = new Map<number, GraphqlType>()
  /** What is asked for below a selection is asked of this type. */
  const below = new Map<number, GraphqlType | undefined>()
  if (row.kind !== 'fragment') below.set(-1, schema.roots.get(row.kind))
  let [known, missing] = [0, 0]
  for (const { index, row: it } of selections) {
    const owner = below.get(it.parent)
    if (it.kind === 'inline') {
      const type = it.name === '' ? owner : schema.types.get(it.name)
      if (type && it.name !== '') types.set(index, type)
      below.set(index, it.isLocal ? undefined : type)
      if (it.name !== '' && !type) missing++
      continue
    }
    // What begins with two underscores is the language's own; what is no object has no fields, and nobody asks for any.
    if (it.kind !== 'field' || it.isLocal || it.name.startsWith('__') || !owner || !hasFields(owner)) continue
    types.set(index, owner)
    const field = owner.fields.get(it.name)
    if (field) known++
    else missing++
    below.set(index, field && schema.types.get(namedType(field.type)))
  }
  return { schema, types, known, missing }
}

function hasFields({ kind, fields }: GraphqlType): boolean {
  return (kind === 'object' || kind === 'interface') && fields.size > 0
}

/** Files that ask another server, whose types only have the same names: they ask for much that is not there. */
function foreignFiles(answers: readonly (readonly [Question, Answer])[]): ReadonlySet<string> {
  const counts = new Map<string, { known: number; missing: number; isLost: boolean }>()
  for (const [{ file, row, selections }, { known, missing }] of answers) {
    const own = counts.get(file) ?? { known: 0, missing: 0, isLost: false }
    own.known += known
    own.missing += missing
    own.isLost ||= row.kind !== 'fragment' && known === 0 && selections.length > missing + 1
    counts.set(file, own)
  }
  return new Set(
    [...counts]
      .filter(([, it]) => it.missing >= MANY && (it.isLost || it.missing > it.known * (1 - MOST)))
      .map(([file]) => file),
  )
}

/** Nobody misspells this many fields in one file. */
const MANY = 3

/** Somebody asks it for what it has, and hardly anybody for what it has not. */
function isMeant(schema: GraphqlSchema, answers: readonly Answer[]): boolean {
  const own = answers.filter(it => it.schema === schema && it.known > 0)
  const whole = own.filter(it => it.missing === 0)
  return whole.length > 0 && whole.length >= own.length * MOST
}
