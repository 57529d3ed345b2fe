/** A query names a column that no migration, schema or model gives to its table. */

import { at, beside, js, py, rs, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell; `isGone`: a migration took it away. */
type Data = {
  readonly column: string
  readonly table: string
  readonly meant: string
  readonly isGone: boolean
}

export default defineRule<Data>({
  id: 'contracts/unknown-column',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *columnUse(use, { database }) {
      const { column } = use
      const tables = use.tables.flatMap(it => database.tables.get(it) ?? [])
      const [first] = tables
      if (!use.isMissing || !first) return
      const dropped = tables.map(it => it.dropped.get(column)).find(it => it !== undefined)
      const meant = nearestName(
        column,
        tables.flatMap(it => [...it.columns]),
      )
      yield {
        at: use,
        data: {
          column,
          table: use.tables.join('`, `'),
          meant: meant ?? '',
          isGone: dropped !== undefined,
        },
        related: [dropped ?? first.at],
      }
    },
  },

  explain: {
    en: ({ column, table, meant, isGone }) => ({
      message: isGone
        ? `\`${table}\` has no column \`${column}\` any more`
        : `\`${table}\` has no column \`${column}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: isGone
        ? 'A migration took the column away or gave it another name. The database rejects this query when it runs.'
        : 'Nothing in this workspace that makes the table makes this column. The database rejects the query when it runs.',
      remedy: meant ? `Use \`${meant}\`, or add the column.` : 'Correct the name, or add the column.',
    }),
    es: ({ column, table, meant, isGone }) => ({
      message: isGone
        ? `\`${table}\` ya no tiene la columna \`${column}\``
        : `\`${table}\` no tiene la columna \`${column}\`${meant ? `; sí tiene \`${meant}\`` : ''}`,
      why: isGone
        ? 'Una migración quitó la columna o le cambió el nombre. La base de datos rechazará esta consulta al ejecutarse.'
        : 'Nada de lo que crea la tabla en este espacio de trabajo crea esta columna. La base de datos rechazará la consulta al ejecutarse.',
      remedy: meant ? `Usa \`${meant}\` o añade la columna.` : 'Corrige el nombre o añade la columna.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'migrations/0001_users.sql',
            text`CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);`,
          ),
          at('migrations/0002_names.sql', text`ALTER TABLE users ADD COLUMN full_name text;`),
        ],
        at(
          'app/users.py',
          py`
def find(cursor, email):
    cursor.execute("SELECT id, full_name FROM users WHERE «mail» = %s", (email,))
    return cursor.fetchone()
`,
        ),
      ),
      beside(
        [
          at('migrations/1_posts/up.sql', text`create table posts (id integer primary key, title text);`),
          at('migrations/1_posts/down.sql', text`drop table posts;`),
          at('migrations/2_headline/up.sql', text`alter table posts rename column title to headline;`),
        ],
        at(
          'src/posts.rs',
          rs`
async fn titles(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar("SELECT p.«title» FROM posts p WHERE p.id > $1").bind(7).fetch_all(pool).await.unwrap()
}
`,
        ),
      ),
      beside(
        [
          at(
            'db/schema.sql',
            text`CREATE TABLE "orders" ("id" int, "total" numeric, CONSTRAINT pk PRIMARY KEY (id));`,
          ),
        ],
        at(
          'server/orders.ts',
          ts`
export const add = (id: number, total: number) =>
  pool.query('INSERT INTO orders (id, «amount») VALUES ($1, $2)', [id, total])
`,
        ),
      ),
      beside(
        [at('db/schema.sql', text`CREATE TABLE orders (id int, total numeric);`)],
        at('server/orders.js', js`db.run(\`UPDATE orders SET «totals» = ? WHERE id = \${id}\`, total)`),
      ),
    ],
    valid: [
      beside(
        [at('db/schema.sql', text`CREATE TABLE orders (id int, total numeric);`)],
        at(
          'server/orders.py',
          py`
def report(cursor):
    cursor.execute("SELECT id, sum(total) AS whole FROM orders WHERE total > %s GROUP BY id ORDER BY whole", (0,))
    cursor.execute("WITH big AS (SELECT id AS number FROM orders) SELECT number FROM big")
`,
        ),
      ),
      // Who knows what else is in a view.
      beside(
        [at('db/schema.sql', text`CREATE VIEW totals AS SELECT sum(total) FROM orders;`)],
        at('server/totals.ts', ts`export const all = () => pool.query('SELECT sum FROM totals')`),
      ),
      at('server/unknown.js', js`db.all('SELECT amount FROM invoices')`),
      // A test fills the table as it was in the middle of the migrations.
      beside(
        [
          at('migrations/1_posts/up.sql', text`create table posts (id integer primary key, title text);`),
          at('migrations/2_headline/up.sql', text`alter table posts rename column title to headline;`),
        ],
        at(
          'src/migrate.rs',
          rs`
#[cfg(test)]
#[expect(clippy::unwrap_used)]
mod tests {
    fn fill(connection: &mut PgConnection) {
        connection.batch_execute("INSERT INTO posts (id, title) VALUES (1, 'First')").unwrap();
    }
}
`,
        ),
      ),
      beside(
        [at('migrations/1_posts/up.sql', text`create table posts (id integer primary key, title text);`)],
        at('src/posts.rs', rs`fn titles() { diesel::sql_query("SELECT title FROM posts WHERE id = $1"); }`),
      ),
    ],
  },
})
