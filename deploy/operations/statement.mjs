// What each team used in a month, and its share of what the endpoint costs: for who pays, and for who asks whether it is worth it.
//
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/statement.mjs --month 2026-11 [--gpu-cost 2400] [--other-cost 800]

import { atOneMoment, databaseUrl } from './database.mjs'
import { main, numberOf, say, Trouble, tell } from './program.mjs'

const help = say(
  `statement.mjs --month YYYY-MM [--gpu-cost N] [--other-cost N] [--format text|csv|json]

Sums up what every team in the database of CODEANT_GATEWAY_DATABASE_URL (or _FILE) used in a month. It changes nothing.

  --gpu-cost N    what the engines cost in that month, shared by the seconds that they worked for each team; answers
                  out of memory cost none
  --other-cost N  what all else cost, shared by requests

Seconds of engines are estimated from counts of how long answers took, so they are right to some tens of percent.`,
  `statement.mjs --month AAAA-MM [--gpu-cost N] [--other-cost N] [--format text|csv|json]

Suma lo que cada equipo de la base de datos de CODEANT_GATEWAY_DATABASE_URL (o _FILE) ha usado en un mes. No cambia nada.

  --gpu-cost N    lo que costaron los motores ese mes, repartido por los segundos que trabajaron para cada equipo; las
                  respuestas de memoria no cuestan nada
  --other-cost N  lo que costó lo demás, repartido por peticiones

Los segundos de los motores se estiman a partir de cuántas respuestas tardaron cuánto: aciertan con unas decenas por ciento.`,
)

const options = {
  month: { type: 'string' },
  'gpu-cost': { type: 'string', default: '0' },
  'other-cost': { type: 'string', default: '0' },
  format: { type: 'string', default: 'text' },
}

/** As `deploy/gateway/src/store/model-days.ts` counts them; a test compares the two. */
const BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000]

await main({ name: 'statement', help, options }, async values => {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(values.month ?? ''))
    throw new Trouble(say('--month is one such as 2026-11', '--month es uno como 2026-11'))
  if (!['text', 'csv', 'json'].includes(values.format))
    throw new Trouble(say('--format is text, csv or json', '--format es text, csv o json'))
  const teams = await atOneMoment(databaseUrl(), client => usedIn(client, `${values.month}-01`))
  const gpu = numberOf(values['gpu-cost'], 'gpu-cost')
  const other = numberOf(values['other-cost'], 'other-cost')
  const all = name => teams.reduce((sum, it) => sum + it[name], 0)
  const shareOf = (it, name) => (all(name) > 0 ? it[name] / all(name) : 0)
  const rows = teams.map(it => ({
    ...it,
    engineSeconds: Math.round(it.engineSeconds),
    cost: Number((gpu * shareOf(it, 'engineSeconds') + other * shareOf(it, 'requests')).toFixed(2)),
  }))
  show(rows, values)
})

async function usedIn(client, from) {
  const { rows } = await client.query(
    `WITH used AS (
       SELECT tenant_id, count(DISTINCT actor)::int AS callers, sum(requests)::int AS requests, sum(failures)::int AS failures,
         coalesce(sum(units) FILTER (WHERE route ~ 'analyze|batch'), 0)::float8 AS files
       FROM usage WHERE day >= $1::date AND day < $1::date + interval '1 month' GROUP BY 1
     ), worked AS (
       SELECT tenant_id, sum(prompt_tokens + completion_tokens)::float8 AS tokens, sum(cached)::int AS cached,
         sum((SELECT sum(count * ms) FROM unnest(latency, $2::float8[]) AS it (count, ms)))::float8 / 1000 AS seconds
       FROM model_days WHERE day >= $1::date AND day < $1::date + interval '1 month' GROUP BY 1
     )
     SELECT t.name AS team, coalesce(u.callers, 0) AS callers, coalesce(u.requests, 0) AS requests, coalesce(u.failures, 0) AS failures,
       coalesce(u.files, 0) AS files, coalesce(w.tokens, 0) AS tokens, coalesce(w.cached, 0) AS cached,
       coalesce(w.seconds, 0) AS "engineSeconds"
     FROM tenants t LEFT JOIN used u ON u.tenant_id = t.id LEFT JOIN worked w ON w.tenant_id = t.id ORDER BY t.name, t.id`,
    [from, middles()],
  )
  return rows
}

/** Of each count, between its bound and the one before; what took longer than all of them took that long. */
function middles() {
  return [...BOUNDS_MS.map((it, i) => (it + (BOUNDS_MS[i - 1] ?? 0)) / 2), BOUNDS_MS.at(-1)]
}

function show(rows, { format, month }) {
  if (format === 'json') return tell(JSON.stringify({ month, teams: rows }, null, 2))
  const columns = [
    'team',
    'callers',
    'requests',
    'failures',
    'files',
    'tokens',
    'cached',
    'engineSeconds',
    'cost',
  ]
  const table = [columns, ...rows.map(it => columns.map(column => String(it[column])))]
  if (format === 'csv') {
    // A name that a spreadsheet would take for a formula is a name.
    for (const line of table)
      tell(line.map(it => `"${it.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`).join(','))
    return
  }
  const widths = columns.map((_, i) => Math.max(...table.map(line => line[i].length)))
  for (const line of table)
    tell(line.map((it, i) => (i === 0 ? it.padEnd(widths[i]) : it.padStart(widths[i]))).join('  '))
}
