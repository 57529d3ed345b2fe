/** A query names a table that nothing in the workspace makes, though it makes nearly all others that are asked for. */

import { at, beside, js, py, rs, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell; `isGone`: a migration took it away. */
type Data = { readonly table: string; readonly meant: string; readonly isGone: boolean }

const SCHEMA = at(
  'db/schema.sql',
  text`
CREATE TABLE users (id int, name text);
CREATE TABLE orders (id int, user_id int);
CREATE TABLE products (id int, price numeric);
`,
)

export default defineRule<Data>({
  id: 'contracts/unknown-table',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *tableUse(use, { database }) {
      const { table } = use
      if (!database.isWhole || database.tables.has(table) || !use.isBesideKnown) return
      // Who moves a database from version to version keeps a table for that.
      if (/^_|migrations?$|^schema_/.test(table)) return
      const meant = nearestName(table, database.tables.keys())
      const dropped = database.dropped.get(table)
      const other = dropped ?? (meant === undefined ? undefined : database.tables.get(meant)?.at)
      yield {
        at: use,
        data: { table, meant: meant ?? '', isGone: dropped !== undefined },
        ...(other && { related: [other] }),
      }
    },
  },

  explain: {
    en: ({ table, meant, isGone }) => ({
      message: isGone
        ? `there is no table \`${table}\` any more`
        : `nothing here makes the table \`${table}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: isGone
        ? 'A migration dropped the table or gave it another name: the database rejects the query when it runs.'
        : 'The tables of other queries are made in this workspace, this one is not: the database rejects the query when it runs.',
      remedy: meant
        ? `Use \`${meant}\`, or add a migration that makes the table.`
        : 'Correct the name, or add a migration that makes the table.',
    }),
    es: ({ table, meant, isGone }) => ({
      message: isGone
        ? `ya no existe la tabla \`${table}\``
        : `aquí nada crea la tabla \`${table}\`${meant ? `; sí existe \`${meant}\`` : ''}`,
      why: isGone
        ? 'Una migración eliminó la tabla o le cambió el nombre: la base de datos rechazará la consulta al ejecutarse.'
        : 'Las tablas de las demás consultas se crean en este espacio de trabajo, pero esta no: la base de datos rechazará la consulta al ejecutarse.',
      remedy: meant
        ? `Usa \`${meant}\` o añade una migración que cree la tabla.`
        : 'Corrige el nombre o añade una migración que cree la tabla.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [SCHEMA],
        at(
          'server/orders.py',
          py`
def report(cursor):
    cursor.execute("SELECT id FROM orders JOIN users ON users.id = orders.user_id")
    cursor.execute("SELECT id FROM products")
    cursor.execute("SELECT id FROM «product» WHERE id = %s", (7,))
`,
        ),
      ),
      beside(
        [SCHEMA],
        at(
          'src/orders.rs',
          rs`
async fn clear(pool: &PgPool) {
    sqlx::query("DELETE FROM orders").execute(pool).await;
    sqlx::query("DELETE FROM users").execute(pool).await;
    sqlx::query("DELETE FROM products").execute(pool).await;
    sqlx::query("DELETE FROM «baskets» WHERE id = $1").bind(7).execute(pool).await;
}
`,
        ),
      ),
      beside(
        [SCHEMA],
        at(
          'server/orders.ts',
          ts`
const mine = pool.query('SELECT o.id FROM orders o, users u, products p WHERE o.user_id = u.id')
const lost = pool.query('UPDATE «user» SET name = $1', ['Ada'])
`,
        ),
      ),
      beside(
        [SCHEMA],
        at(
          'server/orders.js',
          js`
db.all('SELECT id FROM orders')
db.all('SELECT id FROM users')
db.all('SELECT id FROM products')
db.run(\`INSERT INTO «order» (id) VALUES (\${id})\`)
`,
        ),
      ),
    ],
    valid: [
      beside(
        [SCHEMA],
        at(
          'server/orders.py',
          py`
def report(cursor):
    cursor.execute("WITH recent AS (SELECT id FROM orders) SELECT id FROM recent JOIN users USING (id), products")
    print("select a file from the list")
`,
        ),
      ),
      // Most of what is asked for is made elsewhere.
      beside(
        [SCHEMA],
        at('server/other.ts', ts`pool.query('SELECT id FROM baskets JOIN orders USING (id)')`),
      ),
      at('server/unknown.js', js`db.all('SELECT amount FROM invoices')`),
      beside([SCHEMA], at('src/orders.rs', rs`fn all() { sqlx::query("SELECT name FROM users"); }`)),
    ],
  },
})
