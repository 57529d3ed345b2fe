/** A value that is written into the text of an SQL statement can rewrite the statement. */

import { isChecked } from '../../semantics/checks.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import { STATEMENT_CALLEES, statementText } from '../../semantics/taint/sinks/statements.ts'
import { isHarmlessInSql, isSql, mayBeText, readsCatalogue, valueHoles } from '../../semantics/taint/sql.ts'
import { untrustedHole } from '../../semantics/taint/untrusted.ts'
import { type Hole, isHole, isPutTogether, textsOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/sql-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [89],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: STATEMENT_CALLEES,

  check: {
    *Call(node, file) {
      // A migration runs once, with names and values of the project's own.
      if (file.isTest || /(?<![a-z])migrat|Migrat/.test(file.path)) return
      const text = statementText(node)
      if (!text || file.constant(text)) return
      for (const pieces of textsOf(file, text)) {
        if (!isPutTogether(pieces) || !isSql(pieces)) continue
        const isCatalogue = readsCatalogue(pieces)
        const inValues = valueHoles(pieces)
          .filter(({ hole, isQuoted }) =>
            isCatalogue ? isFromOutside(file, hole, text) : isDangerous(file, hole, isQuoted, text),
          )
          .map(it => it.hole)
        const hole = inValues[0] ?? pieces.filter(isHole).find(it => isFromOutside(file, it, text))
        if (!hole) continue
        const places = inValues.map(it => it.node).filter(it => !text.contains(it))
        yield {
          at: text,
          data: { value: holeText(hole), isValue: inValues.length > 0 },
          ...(places.length > 0 && { related: places }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value, isValue }) => ({
      message: `\`${value}\` is written into the text of an SQL statement`,
      why: 'A quote in the value ends the value, and what follows it is read as SQL: rows can be read, changed or deleted that were never meant.',
      remedy: isValue
        ? 'Write a placeholder in its place and pass the value separately, so that the database never reads it as SQL.'
        : 'A name or a direction cannot be a parameter: choose it from a fixed list of those that are allowed.',
    }),
    es: ({ value, isValue }) => ({
      message: `\`${value}\` se escribe dentro del texto de una sentencia SQL`,
      why: 'Una comilla en el valor lo cierra, y lo que sigue se lee como SQL: se pueden leer, cambiar o borrar filas que nadie quería exponer.',
      remedy: isValue
        ? 'Pon un marcador de parámetro en su lugar y pasa el valor aparte, para que la base de datos nunca lo lea como SQL.'
        : 'Un nombre o un orden no pueden ser parámetros: elígelo de una lista fija de los permitidos.',
    }),
  },

  examples: {
    invalid: [
      js`
        const util = require('util')
        app.get('/user', (req) => db.query(«util.format("SELECT * FROM users WHERE name = '%s'", req.query.name)»))
      `,
      js`
        app.get('/user', (req) => db.query({ sql: «"SELECT * FROM users WHERE name = '" + req.query.name + "'"», rowsAsArray: true }))
      `,
      py`cursor.execute(«f"SELECT * FROM users WHERE name = '{name}'"»)`,
      js`app.get('/', (req, res) => db.query(«\`SELECT * FROM sqlite_master WHERE name = '\${req.query.table}'\`»))`,
      py`cursor.execute(«"SELECT * FROM users WHERE id = %s" % user_id»)`,
      py`
        sql = "DELETE FROM posts WHERE slug = '" + slug + "'"
        connection.execute(«sql»)
      `,
      py`
        from sqlalchemy import text
        def find(session, email):
            return session.execute(text(«"select id from users where email = '{}'".format(email)»))
      `,
      py`
        def search(db, words, limit):
            sql = "SELECT * FROM notes"
            if words:
                sql += f" WHERE body LIKE '%{words}%'"
            return db.execute(«sql»)
      `,
      py`
        from flask import request
        def listing(db):
            return db.execute(«f"SELECT * FROM notes ORDER BY {request.args['sort']}"»)
      `,
      py`
        from flask import request
        def listing(db):
            order = request.args['sort']
            if order == 'none':
                return db.execute('SELECT * FROM notes')
            return db.execute(«f"SELECT * FROM notes ORDER BY {order}"»)
      `,
      ts`db.query(«\`SELECT * FROM users WHERE email = '\${email}' LIMIT 1\`»)`,
      ts`await prisma.$queryRawUnsafe(«\`SELECT * FROM "User" WHERE id = \${id}\`»)`,
      ts`
        async function save(db: Db, name: string, tags: string[]) {
          await db.run(«'INSERT INTO pets (name) VALUES (' + "'" + name + "')"»)
        }
      `,
      js`
        app.get('/users', (req, res) => {
          const order = req.query.order
          db.all(«\`SELECT id FROM users ORDER BY \${order}\`», done)
        })
      `,
      js`pool.query(«'UPDATE users SET name = "' + 'x' + "\" WHERE token = '" + token + "'"»)`,
      js`knex.raw(«\`select * from t where id in (\${ids.join(',')})\`»)`,
      rs`
        async fn find(pool: &PgPool, name: &str) {
            sqlx::query(«&format!("SELECT * FROM users WHERE name = '{}'", name)»).fetch_one(pool).await;
        }
      `,
      rs`fn drop(conn: &Connection, key: String) { conn.execute(«&format!("DELETE FROM kv WHERE key = '{key}'")», []); }`,
    ],
    valid: [
      js`
        const util = require('util')
        app.get('/user', (req) => db.query(util.format('SELECT * FROM users WHERE id = %d', req.query.id)))
        app.get('/users', (req) => db.query({ sql: 'SELECT * FROM users WHERE name = ?', values: [req.query.name] }))
      `,
      // The text is chosen by itself: nothing to follow for ever.
      py`
        query = query if query else other
        cursor.execute(query)
      `,
      js`
        function purge(table, key) { sql.execute(\`DELETE FROM changes WHERE name = '\${table}' AND id NOT IN (SELECT \${key} FROM \${table})\`) }
        purge('notes', 'noteId')
        purge('branches', 'branchId')
      `,
      py`cursor.execute("SELECT * FROM users WHERE id = %s", (user_id,))`,
      py`
        from flask import request, abort
        def listing(db):
            order = request.args['sort']
            if order == '1; DROP':
                abort(400)
            if order != 'date':
                return []
            return db.execute(f"SELECT * FROM notes ORDER BY {order}")
      `,
      py`cursor.execute(f"SELECT * FROM {table} WHERE id = %s", (user_id,))`,
      py`
        def rows(cursor, ids):
            marks = ", ".join("?" for _ in ids)
            return cursor.execute(f"SELECT * FROM t WHERE id IN ({marks})", ids)
      `,
      py`
        def rows(cursor, ids):
            return cursor.execute("SELECT * FROM t WHERE id IN (%s)" % ",".join(["%s"] * len(ids)), ids)
      `,
      py`
        def row(cursor, key: int):
            cursor.execute(f"SELECT * FROM t WHERE id = {key}")
      `,
      py`cursor.execute("SELECT * FROM t WHERE id = %d" % key)`,
      py`cursor.execute(f"SELECT * FROM t WHERE kind = '{KIND}' AND id = {int(key)}")`,
      py`
        for kind in ("a", "b"):
            cursor.execute(f"DELETE FROM t WHERE kind = '{kind}'")
      `,
      py`
        def reset(engine, table):
            if "'" not in table:
                engine.execute("SELECT setval('%s', max(id)) FROM t" % table)
      `,
      py`runner.run(f"select the file {name}")`,
      py`cursor.execute(sql.SQL("SELECT * FROM {} WHERE id = %s").format(sql.Identifier(table)), [key])`,
      ts`db.query('SELECT * FROM users WHERE email = $1', [email])`,
      ts`await prisma.$queryRaw\`SELECT * FROM "User" WHERE id = \${id}\``,
      ts`db.execute(sql\`SELECT * FROM users WHERE id = \${id}\`)`,
      ts`db.query(\`SELECT * FROM \${table} WHERE id IN (\${ids.map(() => '?').join(',')})\`, ids)`,
      ts`db.query(\`SELECT * FROM t WHERE id = \${connection.escape(id)}\`)`,
      ts`function f(id: number) { return db.query(\`SELECT * FROM t WHERE id = \${id}\`) }`,
      ts`
        class Nodes {
          async shift(from: Node) {
            let right: number | undefined = undefined
            right = await from.right()
            await this.db.query(\`UPDATE nodes SET r = r + 2 WHERE r >= \${right} AND l >= \${from.left}\`)
          }
        }
      `,
      // Asking the database about itself: what is compared are names of the program's own tables.
      ts`db.query(\`SELECT * FROM "information_schema"."columns" WHERE "table_name" = '\${table.name}'\`)`,
      py`cursor.execute(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")`,
      ts`map.get(\`select \${name}\`)`,
      js`db.query(\`SELECT * FROM t WHERE created > \${Date.now() - 1000}\`)`,
      js`
        const COLUMNS = ['name', 'date']
        app.get('/', (req, res) => {
          if (!COLUMNS.includes(req.query.sort)) return res.end()
          db.query(\`SELECT * FROM t ORDER BY \${req.query.sort}\`)
        })
      `,
      rs`async fn f(pool: &Pool, name: &str) { sqlx::query("SELECT * FROM users WHERE name = $1").bind(name).fetch_one(pool).await; }`,
      rs`fn f(conn: &Connection, table: &str, id: i64) { conn.execute(&format!("DELETE FROM {table} WHERE id = {id}"), []); }`,
    ],
  },
})

function isDangerous(file: SourceFile, hole: Hole, isQuoted: boolean, place: SyntaxNode): boolean {
  if (isHarmlessInSql(file, hole)) return false
  const subject = { binding: hole.binding ?? nameBinding(file, hole.node), expression: hole.node }
  if (isChecked(file, subject, place) || isChecked(file, subject, hole.node)) return false
  return isQuoted || mayBeText(file, hole) || isFromOutside(file, hole, place)
}

/** A name after ORDER BY may come from anywhere but from a stranger. */
function isFromOutside(file: SourceFile, hole: Hole, place: SyntaxNode): boolean {
  return untrustedHole(file, hole, place, { origins: ['request', 'user'] }) !== undefined
}

function nameBinding(file: SourceFile, node: SyntaxNode): Binding | undefined {
  return node.kind === 'Name' ? file.binding(node) : undefined
}

function holeText({ node, binding, path }: Hole): string {
  return binding ? [binding.name, ...(path ?? [])].join('.') : excerpt(node, 60)
}
