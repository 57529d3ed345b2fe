// Who may do what at the endpoint, and what of it nobody seems to need: what an access review begins with, once a quarter.
//
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/access-review.mjs [--days 90] [--json]
//
// It reads and changes nothing. What is done about it, a team does itself (`codeant keys revoke`, `codeant team remove`).

import { atOneMoment, databaseUrl } from './database.mjs'
import { main, numberOf, say, tell } from './program.mjs'

const help = say(
  `access-review.mjs [--days 90] [--json]

Lists the people and keys of every team in the database of CODEANT_GATEWAY_DATABASE_URL (or _FILE), what each may do and when it
was used last, and marks what should be looked at: keys that never end, keys and people that nobody used for so many days,
people who may do everything. It changes nothing.

0: nothing is marked. 1: something is.`,
  `access-review.mjs [--days 90] [--json]

Enumera las personas y claves de cada equipo en la base de datos de CODEANT_GATEWAY_DATABASE_URL (o _FILE), qué puede hacer cada
una y cuándo se usó por última vez, y marca lo que conviene mirar: claves que no terminan nunca, claves y personas que nadie ha
usado en tantos días, personas que lo pueden todo. No cambia nada.

0: nada está marcado. 1: algo lo está.`,
)

const options = { days: { type: 'string', default: '90' }, json: { type: 'boolean', default: false } }

const DAY_MS = 86_400_000

await main({ name: 'access-review', help, options }, async values => {
  const days = numberOf(values.days, 'days', 1)
  const rows = (await atOneMoment(databaseUrl(), accessOf)).map(it => ({ ...it, marks: marksOf(it, days) }))
  if (values.json) tell(JSON.stringify({ at: new Date(), days, access: rows }, null, 2))
  else show(rows)
  return rows.some(it => it.marks.length > 0) ? 1 : 0
})

/** Of those that could come in now. */
async function accessOf(client) {
  const { rows } = await client.query(
    `SELECT t.name AS team, 'person' AS kind, u.email AS name, ARRAY[u.role] AS may, u.created_at AS since,
       (SELECT max(s.last_used_at) FROM sessions s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id) AS used,
       NULL::timestamptz AS ends
     FROM users u JOIN tenants t ON t.id = u.tenant_id WHERE u.disabled_at IS NULL
     UNION ALL
     SELECT t.name, 'key', k.name || ' (' || k.prefix || ')', k.scopes, k.created_at, k.last_used_at, k.expires_at
     FROM api_keys k JOIN tenants t ON t.id = k.tenant_id LEFT JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id
     WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.disabled_at IS NULL
     ORDER BY 1, 2 DESC, 3`,
  )
  return rows
}

function marksOf({ kind, may, since, used, ends }, days) {
  const idle = (Date.now() - (used ?? since).getTime()) / DAY_MS
  return [
    ...(may.includes('admin') ? [say('may do everything', 'lo puede todo')] : []),
    ...(kind === 'key' && !ends ? [say('never ends', 'no termina nunca')] : []),
    ...(idle > days
      ? [say(`not used for ${Math.floor(idle)} days`, `sin uso desde hace ${Math.floor(idle)} días`)]
      : []),
  ]
}

function show(rows) {
  let team
  for (const it of rows) {
    if (it.team !== team) tell((team = it.team))
    const used = it.used ? it.used.toISOString().slice(0, 10) : say('never', 'nunca')
    const kind = it.kind === 'key' ? say('key', 'clave') : say('person', 'persona')
    const marks = it.marks.length > 0 ? `  ← ${it.marks.join('; ')}` : ''
    tell(`  ${kind.padEnd(7)}  ${it.name}  ${it.may.join(', ')}  ${used}${marks}`)
  }
}
