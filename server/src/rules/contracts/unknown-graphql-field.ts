/** An operation or a fragment asks for a field that the GraphQL schema does not have. */

import { at, beside, js, py, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly field: string; readonly owner: string; readonly meant: string }

const SCHEMA = at(
  'server/schema.graphql',
  text`
type Query {
  book(id: ID!): Book
  books: [Book!]!
}
type Book {
  id: ID!
  title: String!
  author: Author
}
type Author {
  fullName: String!
}
`,
)

export default defineRule<Data>({
  id: 'contracts/unknown-graphql-field',
  severity: 'error',
  languages: ['typescript', 'javascript', 'python', 'text'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *graphqlField(use) {
      const { field, name, owner, isSure } = use
      if (field) return
      const meant = nearestName(name, owner.fields.keys())
      if (!isSure && meant === undefined) return
      const other = (meant && owner.fields.get(meant)) || owner
      yield { at: use, data: { field: name, owner: owner.name, meant: meant ?? '' }, related: [other] }
    },
  },

  explain: {
    en: ({ field, owner, meant }) => ({
      message: `\`${owner}\` has no field \`${field}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: 'A GraphQL server validates the whole document first: because of this one field it answers nothing at all.',
      remedy: meant ? `Ask for \`${meant}\`.` : 'Correct the name, or add the field to the schema.',
    }),
    es: ({ field, owner, meant }) => ({
      message: `\`${owner}\` no tiene el campo \`${field}\`${meant ? `; sí tiene \`${meant}\`` : ''}`,
      why: 'Un servidor de GraphQL valida primero el documento entero: por este único campo no responderá nada.',
      remedy: meant ? `Pide \`${meant}\`.` : 'Corrige el nombre o añade el campo al esquema.',
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

export const BOOK = gql\`
  query Book($id: ID!) {
    book(id: $id) { id «titel» author { «name» fullName } }
  }
\`
export const BOOKS = gql\`
  query Books {
    books { id title }
  }
\`
export const AUTHORS = gql\`
  query Authors {
    books { author { fullName } }
  }
\`
`,
        ),
      ),
      beside(
        [SCHEMA],
        at(
          'tools/books.py',
          py`
from gql import gql

BOOKS = gql("""
    query Books {
        «bokks» { id }
    }
""")
`,
        ),
      ),
      beside(
        [SCHEMA],
        at('web/book.js', js`export const load = () => ask(\`query Load { book(id: 7) { id «titles» } }\`)`),
      ),
      // The server itself defines its types in code.
      beside(
        [
          at(
            'server/types.js',
            js`
export const typeDefs = \`#graphql
  type Query { book(id: ID!): Book }
  type Book { id: ID! title: String! }
\`
`,
          ),
        ],
        at(
          'web/book-parts.graphql',
          text`
fragment BookParts on Book { id «titles» }
`,
        ),
      ),
    ],
    valid: [
      // Who has another server's address asks that one.
      beside(
        [SCHEMA],
        at(
          'web/stars.ts',
          ts`
const ENDPOINT = 'https://api.example.com/graphql'
export const load = () => post(ENDPOINT, \`query Load { book(id: 7) { id titles } }\`)
`,
        ),
      ),
      beside(
        [SCHEMA],
        at(
          'tools/stars.py',
          py`
URL = f"https://{shop}.example.com/admin/graphql.json"
def load(): return post(URL, """query Load { book(id: 7) { id titles } }""")
`,
        ),
      ),
      beside(
        [SCHEMA],
        at(
          'web/books.ts',
          ts`
import { gql } from '@apollo/client'

export const BOOK = gql\`
  query Book($id: ID!) {
    book(id: $id) { __typename id name: title isFavourite @client ...BookParts }
  }
  \${BOOK_PARTS}
\`
`,
        ),
      ),
      beside(
        [SCHEMA],
        at('web/book.js', js`export const load = () => ask(\`query Load { book(id: 7) { id title } }\`)`),
      ),
      // Another server's schema: nothing of it is known here.
      beside(
        [SCHEMA],
        at(
          'tools/issues.py',
          py`
QUERY = """
query Issues {
    repository(owner: "a", name: "b") { issues(first: 10) { totalCount } }
}
"""
`,
        ),
      ),
      // Somebody else adds to the type.
      beside(
        [
          SCHEMA,
          at(
            'web/local.ts',
            ts`
import { gql } from '@apollo/client'
export const local = gql\`extend type Book { isFavourite: Boolean! }\`
`,
          ),
        ],
        at('web/book.graphql', text`query Book { book(id: 7) { title isFavourite } }`),
      ),
    ],
  },
})
