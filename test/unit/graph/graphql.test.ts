// GraphQL: what documents say, which files make a schema, and what is asked of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Selection } from '../../../server/src/graph/graphql/document.ts'
import { readDocument } from '../../../server/src/graph/graphql/document.ts'
import { graphOf } from '../../support/graph.ts'

/** `query Book($id: ID!) { book(id) { title } }`; `?` at the end of what was not understood as a whole. */
function says(text: string, expected: string): void {
  test(text.replaceAll('\u0000', '∅'), () => {
    const { types, roots, executables, isWhole } = readDocument(text)
    const shown = [
      ...roots.map(it => `schema ${it.operation}: ${it.type}`),
      ...types.map(it => {
        const head = `${it.isExtension ? 'extend ' : ''}${it.kind} ${it.name}`
        const all = [
          ...it.interfaces.map(name => `&${name}`),
          ...it.members,
          ...it.fields.map(
            field =>
              `${field.name}${field.arguments.map(own => `(${own.name}: ${own.type})`).join('')}: ${field.type}`,
          ),
        ]
        return `${head} { ${all.join(' ')} }`
      }),
      ...executables.map(it => {
        const variables = it.variables.map(own => `$${own.name}: ${own.type}${own.hasDefault ? '=' : ''}`)
        return `${it.kind} ${it.name}(${variables.join(', ')})${it.on ? ` on ${it.on.name}` : ''} ${shownSelections(it.selections)}`
      }),
    ]
    assert.equal(shown.join('; ') + (isWhole ? '' : ' ?'), expected)
  })
}

function shownSelections(all: readonly Selection[]): string {
  const shown = all.map(it => {
    const name = it.kind === 'field' ? it.name : it.kind === 'spread' ? `...${it.name}` : `... on ${it.name}`
    const given = it.arguments.map(own => `${own.name}=${own.value.kind}`).join(' ')
    return `${name}${given ? `(${given})` : ''}${it.selections.length > 0 ? ` ${shownSelections(it.selections)}` : ''}`
  })
  return `{ ${shown.join(' ')} }`
}

says('{ a b: c(x: 1, y: [$z]) { d } }', 'query () { a c(x=int y=list) { d } }')
says(
  'query Q($a: [Int!]! = [1], $b: X @d) @e(f: "g") { ...F ... on T @skip(if: true) { h } ... { i } }',
  'query Q($a: [Int!]!=, $b: X) { ...F ... on T { h } ... on  { i } }',
)
says('fragment F on T { a } # b {\nfragment G on U { c }', 'fragment F() on T { a }; fragment G() on U { c }')
says('subscription { a(b: {c: null, d: E}, f: """x "y" } z""") }', 'subscription () { a(b=object f=string) }')
says(
  '"""A { type."""\ntype T implements A & B @key(fields: "id") { "b" c(d: Int = 1, e: [X!]): [Y!]! @f g: H }',
  'object T { &A &B c(d: Int)(e: [X!]): [Y!]! g: H }',
)
says(
  'extend type Q { a: B } union U = | A | B enum E { X @deprecated Y } scalar S @s',
  'extend object Q { a: B }; union U { A B }; enum E { X Y }; scalar S {  }',
)
says(
  'input I { a: Int = 1 } directive @d(a: Int) repeatable on FIELD | OBJECT schema @link(url: "x") { query: R }',
  'schema query: R; input I { a: Int }',
)
// Names that everybody else uses for something are names here.
says('{ type query fragment: on { input } }', 'query () { type query on { input } }')
// Broken, as it is while somebody types.
says('type A { b: }\ntype C { d: E }', 'object A { b:  }; object C { d: E } ?')
says('query Q { a { b ', 'query Q() { a { b } } ?')
says('query Q($a: ) { a(b: ) { c } }', 'query Q($a: ) { a(b=unknown) { c } } ?')
says('const a = `b`', ' ?')
// What code puts in.
says('query Q { a { \u0000\u0000 b ...\u0000 } } \u0000', 'query Q() { a { \u0000\u0000 b ...\u0000 } }')

test('does not fail on any prefix', () => {
  const text =
    'query Q($a: [Int!] = [1]) { a(b: {c: "d"}) @e { ...F } } type T implements I { f(a: B = 1): C! } union U = A | B'
  for (let end = 0; end <= text.length; end++) readDocument(text.slice(0, end))
})

/** The schemas of a workspace: of each the fields of its types. */
function schemas(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () => {
    const shown = graphOf(files).relations.graphqlSchemas.map(({ types }) =>
      [...types.values()].map(it => `${it.name} ${[...it.fields.keys()].join(' ')}`.trim()).join(', '),
    )
    assert.deepEqual(shown, expected)
  })
}

schemas(
  'parts in several files and languages are one schema',
  {
    'schema/query.graphql': 'type Query { me: User }',
    'schema/user.gql': 'type User { id: ID! } extend type Query { users: [User!]! }',
    'src/posts.ts': 'export const posts = gql`extend type User { posts: [Post!]! } type Post { id: ID! }`',
  },
  ['Query me users, User id posts, Post id'],
)
schemas(
  'two servers have two schemas, and what is added by others is added to both',
  {
    'a/schema.graphql': 'type Query { me: User } type User { id: ID! }',
    'b/schema.graphql': 'type Query { you: User } type User { name: String }',
    'web/local.graphql': 'extend type User { isNew: Boolean }',
  },
  ['Query me, User id isNew', 'Query you, User name isNew'],
)
schemas(
  'servers of a federation have one',
  {
    'a/schema.graphql': 'type Query { me: User } type User @key(fields: "id") { id: ID! }',
    'b/schema.graphql': 'type Query { you: User } type User @key(fields: "id") { id: ID! name: String }',
  },
  ['Query me you, User id name'],
)
schemas(
  'a type of which only an addition is known is not known',
  { 'a.graphql': 'type Query { me: User } extend type User { id: ID! }' },
  ['Query me'],
)
schemas('the schemas of tests are nobody else’s', { 'tests/schema.graphql': 'type Query { a: Int }' }, [])

/** `owner.field` for each field that is asked for; `!` where there is none, `?` where nobody is sure. */
function asks(what: string, files: Readonly<Record<string, string>>, expected: string): void {
  test(what, () => {
    const { fields } = graphOf(files).relations.graphqlUses
    const shown = fields.map(it => `${it.owner.name}.${it.name}${it.field ? '' : '!'}${it.isSure ? '' : '?'}`)
    assert.equal(shown.join(' '), expected)
  })
}

const BOOKS =
  'type Query { book: Book } interface Item { id: ID } type Book implements Item { id: ID title: String by: Author } type Author { name: String } union Any = Book | Author'

asks(
  'through fragments, unions and interfaces',
  {
    'schema.graphql': BOOKS,
    'web/a.ts':
      'const q = graphql(`query A { book { ...X ... on Item { id } ... @include(if: $a) { by { name } } __typename } }`)',
    'web/b.graphql': 'fragment X on Any { __typename ... on Book { title } }',
  },
  'Query.book Item.id Book.by Author.name Book.title',
)
asks(
  'what a client answers by itself is not asked of a server',
  {
    'schema.graphql': BOOKS,
    'web/a.js': 'gql`query { book { id isNew @client } basket @client { count } }`',
  },
  'Query.book Book.id',
)
asks(
  'a text in plain quotes',
  {
    'schema.graphql': BOOKS,
    'tools/a.py': 'Q = "query Q { book { id } }"\nS = "query the database { now }"',
  },
  'Query.book Book.id',
)
asks(
  'who asks for much that is not there asks somebody else',
  { 'schema.graphql': BOOKS, 'web/a.graphql': 'query { book { isbn pages price { net } } }' },
  '',
)
asks(
  'what is put in by code hides nothing else',
  {
    'schema.graphql': BOOKS,
    'web/a.js': 'const q = gql`\n  query { book { ${FIELDS} titel } }\n  ${PARTS}\n`',
  },
  'Query.book? Book.titel!?',
)
