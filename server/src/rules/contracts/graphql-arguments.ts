/** A field of GraphQL is given an argument that it does not take, or of another type, or not given one that it requires. */

import { at, beside, js, py, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { otherThan } from '../support/graphql-values.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `other` is what was meant by an unknown argument, or empty; of another type, what is given, and `wanted` what is taken. */
type Data = {
  readonly field: string
  readonly argument: string
  readonly trouble: 'unknown' | 'missing' | 'type'
  readonly other: string
  readonly wanted: string
}

const SCHEMA = at(
  'server/schema.graphql',
  text`
type Query {
  book(id: ID!): Book
  books(first: Int, after: String): [Book!]!
}
type Book {
  id: ID!
  cover(size: CoverSize = SMALL): String
}
enum CoverSize {
  SMALL
  LARGE
}
`,
)

export default defineRule<Data>({
  id: 'contracts/graphql-arguments',
  severity: 'error',
  languages: ['typescript', 'javascript', 'python', 'text'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *graphqlField(use) {
      const { field, name, given, isSure } = use
      if (!field || !isSure) return
      const nothing = { field: name, other: '', wanted: '' }
      for (const it of given) {
        const taken = field.arguments.find(argument => argument.name === it.name)
        if (!taken) {
          const other = nearestName(
            it.name,
            field.arguments.map(argument => argument.name),
          )
          yield {
            at: it,
            data: { ...nothing, argument: it.name, trouble: 'unknown', other: other ?? '' },
            related: [field],
          }
          continue
        }
        const other = otherThan(taken, it.value, use.variables, use.schema)
        if (other !== undefined)
          yield {
            at: it,
            data: { field: name, argument: it.name, trouble: 'type', other, wanted: taken.type },
            related: [field],
          }
      }
      for (const it of field.arguments)
        if (it.type.endsWith('!') && !it.hasDefault && !given.some(argument => argument.name === it.name))
          yield { at: use, data: { ...nothing, argument: it.name, trouble: 'missing' }, related: [field] }
    },
  },

  explain: {
    en: ({ field, argument, trouble, other, wanted }) => ({
      message:
        trouble === 'unknown'
          ? `\`${field}\` takes no argument \`${argument}\`${other ? `; it takes \`${other}\`` : ''}`
          : trouble === 'missing'
            ? `\`${field}\` requires the argument \`${argument}\``
            : `\`${argument}\` of \`${field}\` is \`${wanted}\`, and is given \`${other}\``,
      why: 'A GraphQL server validates the whole document first: because of this one argument it answers nothing at all.',
      remedy:
        trouble === 'unknown'
          ? other
            ? `Write \`${other}\`.`
            : 'Leave the argument out, or add it to the schema.'
          : trouble === 'missing'
            ? `Give \`${argument}\`.`
            : `Give a value of the type \`${wanted}\`, or declare the variable with it.`,
    }),
    es: ({ field, argument, trouble, other, wanted }) => ({
      message:
        trouble === 'unknown'
          ? `\`${field}\` no admite el argumento \`${argument}\`${other ? `; admite \`${other}\`` : ''}`
          : trouble === 'missing'
            ? `\`${field}\` exige el argumento \`${argument}\``
            : `\`${argument}\` de \`${field}\` es \`${wanted}\` y recibe \`${other}\``,
      why: 'Un servidor de GraphQL valida primero el documento entero: por este único argumento no responderá nada.',
      remedy:
        trouble === 'unknown'
          ? other
            ? `Escribe \`${other}\`.`
            : 'Quita el argumento o añádelo al esquema.'
          : trouble === 'missing'
            ? `Pasa \`${argument}\`.`
            : `Pasa un valor del tipo \`${wanted}\` o declara la variable con él.`,
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
  query Book($id: ID!, $first: String) {
    «book» { id }
    books(«first»: $first, «befor»: "a") { id cover(«size»: HUGE) }
  }
\`
export const BOOKS = gql\`{ books(first: 10) { id } }\`
`,
        ),
      ),
      beside(
        [SCHEMA, at('web/books.graphql', text`query Books { books { id } }`)],
        at('web/covers.js', js`export const cover = gql\`query Cover { book(«isbn»: 7, id: 7) { cover } }\``),
      ),
      beside(
        [SCHEMA, at('web/books.graphql', text`query Books { books { id } }`)],
        at(
          'tools/covers.py',
          py`
COVER = gql("""
    query Cover($id: ID) {
        book(«id»: $id) { cover }
    }
""")
`,
        ),
      ),
      beside(
        [SCHEMA, at('web/books.graphql', text`query Books { books { id } }`)],
        at('web/covers.graphql', text`query Covers { books(«first»: "ten") { cover(size: LARGE) } }`),
      ),
    ],
    valid: [
      beside(
        [SCHEMA],
        at(
          'web/books.ts',
          ts`
import { gql } from '@apollo/client'

export const BOOK = gql\`
  query Book($id: ID!, $first: Int! = 10, $size: CoverSize!) {
    book(id: $id) { id cover(size: $size) }
    books(first: $first, after: null) { id cover(size: LARGE) }
  }
\`
`,
        ),
      ),
      beside(
        [SCHEMA],
        at('web/covers.js', js`export const cover = gql\`query Cover { book(id: 7) { cover } }\``),
      ),
      beside(
        [SCHEMA],
        at(
          'tools/covers.py',
          py`
COVER = gql("""
    query Cover($id: ID!) {
        book(id: $id) { cover(size: SMALL) }
    }
""")
`,
        ),
      ),
      // A fragment's variables are declared by whoever uses it.
      beside([SCHEMA], at('web/parts.graphql', text`fragment Parts on Book { cover(size: $size) }`)),
    ],
  },
})
