/** One database query for each element of a collection, where one query could fetch them all. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isShort, leavesLoop, repetitionAround } from '../support/loops.ts'
import { asksForMany, QUERY_CALLEES, type Query, queryOf } from '../support/queries.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'performance/query-in-loop',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [1050],
  concept: 'work-in-loops',
  impact: { likelihood: 'high', cost: 'days' },
  callees: QUERY_CALLEES,

  check: {
    Call(node, file) {
      if (!node.child('callee')) return undefined
      return queryInLoop(node, file)
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` asks the database anew in each round of the loop`,
      why: 'A hundred elements make a hundred queries. Each of them waits for the network and the database, so the code gets slower with every row that is added.',
      remedy:
        'Collect the keys, fetch all rows with one query before the loop, and look them up in memory; or load them together with their parents.',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` consulta la base de datos en cada vuelta del bucle`,
      why: 'Cien elementos son cien consultas. Cada una espera a la red y a la base de datos, así que el código se vuelve más lento con cada fila nueva.',
      remedy:
        'Reúne las claves, trae todas las filas con una sola consulta antes del bucle y búscalas en memoria; o cárgalas junto con sus padres.',
    }),
  },

  examples: {
    invalid: [
      py`
        for a in orders:
            b = «User.objects.get(pk=a.user)»
      `,
      py`
        def f(ids):
            return [«Book.objects.filter(author=a).count()» for a in ids]
      `,
      py`
        for a in orders:
            b = «session.query(User).filter(User.id == a.user).first()»
            g(b)
      `,
      py`
        for a in orders:
            b = «User.query.filter_by(id=a.user).one_or_none()»
            c = «db.session.get(User, a.user)»
            g(b, c)
      `,
      py`
        from sqlalchemy import select
        async def f(session, orders):
            for a in orders:
                b = select(User).where(User.id == a.user)
                g(await «session.execute(b)»)
      `,
      py`
        for a in orders:
            «cursor.execute("SELECT name FROM users WHERE id = %s", (a.user,))»
      `,
      ts`
        for (const a of orders) {
          const b = await «prisma.user.findUnique({ where: { id: a.user } })»
          g(b)
        }
      `,
      ts`const f = (orders: Order[]) => Promise.all(orders.map(a => «userRepository.findOneBy({ id: a.user })»))`,
      ts`
        class F {
          async f(ids: string[]) {
            for (const a of ids) g(await «this.users.manager.findOne(User, { where: { id: a } })»)
          }
        }
      `,
      ts`for (const a of ids) g(await «db.select().from(users).where(eq(users.id, a))»)`,
      js`for (const a of ids) g(await «User.findByPk(a)»)`,
      js`for (let i = 0; i < ids.length; i++) g(await «pool.query('SELECT * FROM users WHERE id = $1', [ids[i]])»)`,
      js`for (const a of ids) g(await «knex('users').where({ id: a }).first()»)`,
      js`for (const a of ids) g(await «db.collection('users').findOne({ _id: a })»)`,
      rs`
        async fn f(ids: &[i32], pool: &PgPool) -> Result<()> {
            for id in ids {
                let user = «sqlx::query_as!(User, "SELECT * FROM users WHERE id = $1", id).fetch_one(pool)».await?;
                g(user);
            }
            Ok(())
        }
      `,
      rs`
        fn f(ids: &[i32], conn: &mut PgConnection) {
            for id in ids {
                g(«users::table.filter(users::id.eq(id)).first::<User>(conn)»);
            }
        }
      `,
      rs`
        async fn f(ids: Vec<i32>, db: &DatabaseConnection) {
            for id in ids { g(«User::find_by_id(id).one(db)».await); }
        }
      `,
      rs`
        async fn f(ids: &[UserId], context: &Context) -> Result<()> {
            for id in ids { g(«User::read(&mut context.pool(), *id)».await?); }
            Ok(())
        }
      `,
      js`
        for (const a of ids) {
          try {
            g(await «User.findOne({ where: { id: a } })»)
          } catch (error) {
            next(error)
            return
          }
        }
      `,
    ],
    valid: [
      at(
        'shop/utils/random_data.py',
        py`
          for a in orders:
              b = User.objects.get(pk=a.user)
        `,
      ),
      // Each row is locked while it is changed.
      py`
        for a in cards:
            with transaction.atomic():
                b = Card.objects.filter(id=a.card).select_for_update().get()
                g(b)
      `,
      py`
        users = User.objects.in_bulk(a.user for a in orders)
        for a in orders: g(users[a.user])
      `,
      // The rows of one query; the iterable is asked once.
      py`for a in User.objects.filter(team=team).all(): g(a)`,
      // The same for each element: not this rule's matter.
      py`for a in orders: b = User.objects.get(pk=me)`,
      // A few tables, each asked once.
      py`for a in models: g(session.query(a).filter(a.id == 1).count())`,
      py`for a in tables: cursor.execute(f"SELECT count(*) FROM {a}")`,
      py`for a in ('admin', 'guest'): g(Group.objects.get(name=a))`,
      py`for a in Role: g(Group.objects.get(name=a.value))`,
      py`
        NAMES = {'admin': 1, 'guest': 2}
        def f():
            return [Group.objects.get(name=a) for a in sorted(NAMES)]
      `,
      js`for (const [a, b] of Object.entries({ admin: 1, guest: 2 })) g(await Group.findOne({ where: { name: a } }), b)`,
      // Dictionaries and requests.
      py`for a in names: g(request.query.get(a))`,
      py`for a in urls: g(session.get(a, timeout=3))`,
      py`for a in ids: g(session.get(VIDEOS_URL, params=a))`,
      py`for a in orders: g(a.get('b'), a.query.get('c'))`,
      // Each round writes as well.
      py`
        for a in orders:
            b = User.objects.get(pk=a.user)
            b.total += a.total
            b.save()
      `,
      py`
        from sqlalchemy import select
        for level in range(depth, 0, -1):
            connection.execute(nodes.update().where(nodes.c.level == level).values(done=True))
            for a in connection.execute(select(nodes.c.id).where(nodes.c.level == level)): show(a)
      `,
      // Each round downloads, sends or signs something besides, which takes longer than any query.
      ts`
        for (const a of orders) {
          const b = await prisma.user.findUnique({ where: { id: a.user } })
          const bytes = await downloadFile(a.path)
          g(b, bytes)
        }
      `,
      py`
        for a in orders:
            b = User.objects.get(pk=a.user)
            requests.post(URL, json=g(a, b))
      `,
      // It writes.
      py`for a in orders: cursor.execute("UPDATE users SET a = 1 WHERE id = %s", (a,))`,
      // Searching until something is found.
      py`
        for a in names:
            b = User.objects.filter(name=a).first()
            if b: break
      `,
      py`
        while a:
            a = Node.objects.get(pk=a.parent)
      `,
      // Each asks for many.
      py`for a in chunks(ids, 100): g(User.objects.filter(pk__in=a).count())`,
      js`for (const a of batches) g(await pool.query('SELECT * FROM users WHERE id = ANY($1)', [a]))`,
      // Kept once it is known.
      py`
        for a in orders:
            if a.user not in users:
                users[a.user] = User.objects.get(pk=a.user)
      `,
      // A database in the same process answers without a round trip.
      py`
        import sqlite3
        for a in ids: cursor.execute("SELECT name FROM users WHERE id = ?", (a,))
      `,
      js`for (const a of ids) g(list.find(b => b.id === a), await page.findOne(a))`,
      js`for (let page = 0; page < 10; page++) g(await User.findAll({ offset: page * 10 }))`,
      rs`async fn f(ids: &[Id], file: &mut File) { for id in ids { g(Page::read(file, id).await); } }`,
      js`const b = await User.findAll({ where: { id: ids } }); for (const a of b) g(a)`,
      at('db/migrations/0001_users.js', js`for (const a of ids) g(await User.findByPk(a))`),
      ts`
        const f = async (a: string) => {
          const b = await userRepository.findOneBy({ id: a })
          return b
        }
      `,
      rs`fn f(ids: &[i32]) { for id in ids { g(map.get(id), list.iter().find(|a| a == id)); } }`,
      rs`
        fn f(ids: &[i32], conn: &mut PgConnection) {
            for id in ids { diesel::insert_into(users::table).values(users::id.eq(id)).get_result::<User>(conn); }
        }
      `,
    ],
  },
})

function* queryInLoop(node: SyntaxNode, file: SourceFile) {
  const loop = repetitionAround(node)
  if (!loop || !isOverElements(file, loop) || isOnce(file)) return
  const query = queryOf(file, node)
  if (!query || !isForOneElement(file, query, loop) || asksForMany(query, node)) return
  if (leavesLoop(node, loop) || endsEarly(loop) || isKept(node, loop) || isLocked(node)) return
  if (savesInEachRound(loop) || waitsForMore(loop)) return
  yield { at: node, data: { name: nameOf(node) } }
}

/** A row that is locked for what is done with it next: locks on all at once would hold the others up. */
function isLocked({ text }: SyntaxNode): boolean {
  return /\.(?:select_for_update|with_for_update)\(|\bfor update\b/i.test(text)
}

/** What moves or fills a database once, what shows how something is done, and what asks the copy in the browser. */
function isOnce(file: SourceFile): boolean {
  return file.isTest || isExamplePath(file.path) || ONCE.test(file.path) || isInBrowser(file)
}

function isInBrowser({ language, path }: SourceFile): boolean {
  return (language === 'javascript' || language === 'typescript') && /(^|\/)client\//.test(path)
}

const ONCE =
  /migrat|(^|\/)(alembic|versions|seeds?|seeders?|upgrades?|scripts?|bin|management\/commands)\/|(^|\/)(populate|seed|upgrade|random_data|(fake|demo|sample)_?data)[^/]*$/i

/** Over the elements of a collection that may be long; not over its pages. */
function isOverElements(file: SourceFile, loop: SyntaxNode): boolean {
  if (!loop.is('ForEach', 'For', 'Comprehension', 'Function')) return false
  if (loop.kind === 'For') return /\.length\b/.test(loop.child('condition')?.text ?? '')
  const source = loop.kind === 'Function' ? receiver(loop.parent!) : undefined
  const clause = loop.kind === 'Comprehension' ? loop.child('clause') : loop
  const iterable = source ?? clause?.child('iterable')
  if (!iterable) return false
  if (PIECES.test(iterable.text) || PIECES.test(clause?.child('target')?.text ?? '')) return false
  // `KINDS`, `Object.values(Kind)`: as many as are written down somewhere.
  if (/^[A-Z][A-Z0-9_]+$/.test(iterable.text) || /^Object\.\w+\(_?[A-Z]\w*\)$/.test(iterable.text))
    return false
  if (source && file.value(source).kind === 'List') return false
  return !isShort(file, loop)
}

const PIECES = /chunk|batch|page|partition|slice|offset|attempt|retr(y|ies)|window/i

/** Which rows are wanted depends on the element, and on nothing that the round before has found. */
function isForOneElement(file: SourceFile, query: Query, loop: SyntaxNode): boolean {
  if (query.places.some(it => dependence(file, it, loop) !== 'none')) return false
  const found = query.conditions.map(it => dependence(file, it, loop))
  return found.includes('element') && !found.includes('round')
}

type Dependence = 'none' | 'element' | 'round'

function dependence(file: SourceFile, node: SyntaxNode, loop: SyntaxNode): Dependence {
  let found: Dependence = 'none'
  for (const name of node.kind === 'Name' ? [node] : node.descendants('Name')) {
    const binding = file.binding(name)
    if (!binding) continue
    const { declaration } = binding
    if (node.contains(declaration) && declaration.row !== node.row) continue
    if (loop.contains(declaration)) {
      found = 'element'
      continue
    }
    for (const write of binding.writes()) if (loop.contains(write)) return 'round'
  }
  return found
}

/** The loop goes on only until something is found. */
function endsEarly(loop: SyntaxNode): boolean {
  if (!loop.is('ForEach', 'For')) return false
  for (const it of loop.child('body')?.ownDescendants('Return', 'Break') ?? []) {
    const around = it.closest('Catch', 'ForEach', 'For', 'Switch')
    if (around?.kind === 'Catch' && loop.contains(around)) continue
    if (around?.kind !== 'Switch' || it.kind === 'Return') return true
  }
  return false
}

/** Each round saves a row as well, and may read what was just written: fetching all before makes half of the way at most. */
function savesInEachRound(loop: SyntaxNode): boolean {
  const body = loop.kind === 'Comprehension' ? undefined : loop.child('body')
  for (const it of body?.ownDescendants('Call') ?? [])
    if (SAVES.test(it.child('callee')?.text ?? '') || executesChange(it)) return true
  return false
}

/** Each round downloads, sends, renders or signs something as well: a query beside that is not what takes the time. */
function waitsForMore(loop: SyntaxNode): boolean {
  const body = loop.kind === 'Comprehension' ? undefined : loop.child('body')
  for (const it of body?.ownDescendants('Call') ?? []) {
    const isAwaited = it.parent?.kind === 'Await'
    if (isAwaited ? ELSEWHERE.test(calleeName(it)) : REQUESTS.test(it.child('callee')?.text ?? ''))
      return true
  }
  return false
}

const ELSEWHERE =
  /^(?:fetch$|down_?load|up_?load|send(?!Response)|render|convert|transcode|transcribe|translate|crawl|scrape|generate(?:Text|Object|Pdf|Image)|getFile|putFile|readFile|writeFile|sign(?:Pdf)?$|detect\w*From)/i

const REQUESTS =
  /^(?:requests|httpx|urllib\.request|axios)\.\w+$|^send_(?:mail|email|sms|message)$|^smtp\w*\.send/

/** `connection.execute(orders.update().where(…))`, `session.execute(insert(Order))`. */
function executesChange(call: SyntaxNode): boolean {
  const statement = calleeName(call) === 'execute' ? call.child('argument') : undefined
  return (
    statement !== undefined &&
    /^(?:[\w.]+\.(?:update|insert|delete)\(\)|(?:update|insert|delete)\(\w)/.test(statement.text)
  )
}

const SAVES = /\w\.save$|\bobjects\.(?:create|get_or_create|update_or_create|bulk_create)$/

/** Only what is not known yet is asked for: `if (!seen[key]) seen[key] = …`, `seen[key] ??= …`. */
function isKept(node: SyntaxNode, loop: SyntaxNode): boolean {
  let isUnderCondition = false
  let isStored = false
  for (const it of node.ancestors()) {
    if (it.row === loop.row) break
    if (it.is('Assignment', 'AugmentedAssignment') && it.child('target')?.kind === 'Index') isStored = true
    if (it.kind === 'AugmentedAssignment' && /^(\?\?|\|\|)=$/.test(it.operator)) return true
    if (it.is('If', 'ElseIf') && CACHE.test(it.child('condition')?.text ?? '')) return true
    if (it.is('If', 'ElseIf', 'Catch')) isUnderCondition = true
  }
  return isStored && isUnderCondition
}

const CACHE = /\bnot in\b|\.has\(|\bcached?\b|Cache|contains_key|\bseen\b/

function nameOf(call: SyntaxNode): string {
  const callee = call.child('callee')
  const text = callee?.text.replace(/\s+/g, '') ?? ''
  return text.length <= 40 ? text : calleeName(call)
}
