// From what code asks a schema for to where that is declared, and back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endsIn } from '../../../server/src/features/ties.ts'
import { graphOf } from '../../support/graph.ts'

/** For each end of a tie in a file: what it is about, and where the other side lies. */
function tied(
  what: string,
  files: Readonly<Record<string, string>>,
  path: string,
  expected: readonly string[],
): void {
  test(what, () => {
    const ends = [...endsIn(graphOf(files).relations, path)].sort((a, b) => a.at.place[0] - b.at.place[0])
    const shown = ends.map(({ at, side, tie: { about, declared, used } }) => {
      const name = files[at.file]!.slice(...at.place)
      const others = (side === 'used' ? declared : used).map(
        it => `${it.file}:${files[it.file]!.slice(...it.place)}`,
      )
      return `${about.kind} ${name} > ${others.join(' ')}`
    })
    assert.deepEqual(shown, expected)
  })
}

const GRAPHQL = {
  'schema.graphql': 'type Query { book: Book } type Book { id: ID }',
  'web/a.ts': 'export const a = gql`{ book { id } }`',
  'tools/b.py': 'B = gql("fragment B on Book { id }")',
}

tied('a field of GraphQL', GRAPHQL, 'web/a.ts', [
  'schema book > schema.graphql:book',
  'schema id > schema.graphql:id',
])
tied('a type and its fields, from where they are declared', GRAPHQL, 'schema.graphql', [
  'schema book > web/a.ts:book',
  'schema Book > tools/b.py:Book',
  'schema id > tools/b.py:id web/a.ts:id',
])
tied(
  'a method and a field of protobuf',
  {
    'orders.proto':
      'service Orders { rpc Show (Request) returns (Order); } message Request { string order_id = 1; } message Order {}',
    'web/a.ts':
      "import '@grpc/grpc-js'\nconst orders = new OrdersClient(address)\norders.show({ orderId: 1 })",
  },
  'web/a.ts',
  ['schema show > orders.proto:Show', 'schema orderId > orders.proto:order_id'],
)
