/** A fragment is made for a type that the GraphQL schema does not have, or a variable is declared with one. */

import { at, beside, js, py, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly type: string; readonly meant: string }

const SCHEMA = at(
  'server/schema.graphql',
  text`
type Query {
  books(filter: BookFilter): [Book!]!
}
type Book {
  id: ID!
  title: String!
}
input BookFilter {
  title: String
}
`,
)

export default defineRule<Data>({
  id: 'contracts/unknown-graphql-type',
  severity: 'error',
  languages: ['typescript', 'javascript', 'python', 'text'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *graphqlType(use) {
      const { name, type, schema, isSure } = use
      if (type) return
      const meant = nearestName(name, schema.types.keys())
      if (!isSure && meant === undefined) return
      const other = meant === undefined ? undefined : schema.types.get(meant)
      yield { at: use, data: { type: name, meant: meant ?? '' }, ...(other && { related: [other] }) }
    },
  },

  explain: {
    en: ({ type, meant }) => ({
      message: `the GraphQL schema has no type \`${type}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: 'A GraphQL server validates the whole document first: because of this one name it answers nothing at all.',
      remedy: meant ? `Write \`${meant}\`.` : 'Correct the name, or add the type to the schema.',
    }),
    es: ({ type, meant }) => ({
      message: `el esquema de GraphQL no tiene el tipo \`${type}\`${meant ? `; sí tiene \`${meant}\`` : ''}`,
      why: 'Un servidor de GraphQL valida primero el documento entero: por este único nombre no responderá nada.',
      remedy: meant ? `Escribe \`${meant}\`.` : 'Corrige el nombre o añade el tipo al esquema.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [SCHEMA],
        at(
          'web/books.ts',
          ts`
import { gql } from '@apollo/client'

export const BOOKS = gql\`
  query Books($filter: «BookFilters») {
    books(filter: $filter) { id ... on «Books» { title } }
  }
\`
`,
        ),
      ),
      beside(
        [SCHEMA],
        at('web/parts.js', js`export const parts = gql\`fragment Parts on «Boook» { id title }\``),
      ),
      beside(
        [SCHEMA],
        at(
          'tools/books.py',
          py`
BOOKS = gql("""
    query Books($filter: «BooksFilter») {
        books(filter: $filter) { id }
    }
""")
`,
        ),
      ),
      beside([SCHEMA], at('web/parts.graphql', text`fragment Parts on «Boook» { id title }`)),
    ],
    valid: [
      beside(
        [SCHEMA],
        at(
          'web/books.ts',
          ts`
import { gql } from '@apollo/client'

export const BOOKS = gql\`
  query Books($filter: BookFilter) {
    books(filter: $filter) { id ... on Book { title } }
  }
\`
`,
        ),
      ),
      beside(
        [SCHEMA],
        at('web/parts.js', js`export const parts = gql\`fragment Parts on Book { id title }\``),
      ),
      beside(
        [SCHEMA],
        at(
          'tools/books.py',
          py`
BOOKS = gql("""
    query Books($filter: BookFilter, $first: Int) {
        books(filter: $filter) { id }
    }
""")
`,
        ),
      ),
      // Whose fragment this is, nobody here knows.
      beside([SCHEMA], at('web/parts.graphql', text`fragment Parts on Repository { id stars }`)),
    ],
  },
})
