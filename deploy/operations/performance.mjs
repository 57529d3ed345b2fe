// How the endpoint does, in figures, against how it did: after a change of a setting, a machine or a version, and before the next bill.
//
//   node deploy/operations/performance.mjs --prometheus http://prometheus:9090 [--window 1h] [--at TIME] [--before TIME] [--most 0.2]
//
// It measures and says what follows; it changes nothing. One number for all of it there is none: it would hide the figure that matters.

import { adviceOn } from './performance-advice.mjs'
import { FIGURES } from './performance-figures.mjs'
import { main, numberOf, say, Trouble, tell } from './program.mjs'

const help = say(
  `performance.mjs --prometheus URL [--window 1h] [--at TIME] [--before TIME] [--most 0.2] [--json]

Figures of the window that ends at --at (now), and what follows from them. With --before, those of the window that ended then stand
beside them: 2026-11-22T10:00:00Z, or 24h for a day ago. What is not measured is left out.

0: nothing got worse by more than --most (0.2: a fifth). 1: something did. 2: it could not be measured.`,
  `performance.mjs --prometheus URL [--window 1h] [--at MOMENTO] [--before MOMENTO] [--most 0.2] [--json]

Cifras de la ventana que termina en --at (ahora) y lo que se sigue de ellas. Con --before, al lado están las de la ventana que terminó
entonces: 2026-11-22T10:00:00Z, o 24h para hace un día. Lo que no se mide no aparece.

0: nada ha empeorado más de --most (0.2: una quinta parte). 1: algo sí. 2: no se ha podido medir.`,
)

const options = {
  prometheus: { type: 'string' },
  window: { type: 'string', default: '1h' },
  at: { type: 'string' },
  before: { type: 'string' },
  most: { type: 'string', default: '0.2' },
  json: { type: 'boolean', default: false },
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 }

await main({ name: 'performance', help, options }, async ({ prometheus, window, at, before, most, json }) => {
  if (!prometheus)
    throw new Trouble(say('--prometheus says where figures are', '--prometheus dice dónde están las cifras'))
  if (!/^\d+[smhd]$/.test(window))
    throw new Trouble(say('--window is 30m, 1h, 7d', '--window es 30m, 1h, 7d'))
  const limit = numberOf(most, 'most')
  const end = at === undefined ? Date.now() / 1000 : momentOf(at, Date.now() / 1000)
  const now = await measured(prometheus, window, end)
  if (now.size === 0)
    throw new Trouble(
      say(`${prometheus} knows no figures of then`, `${prometheus} no tiene cifras de entonces`),
    )
  const then = before === undefined ? undefined : await measured(prometheus, window, momentOf(before, end))
  const rows = FIGURES.filter(it => now.has(it.id)).map(it => rowOf(it, now, then, limit))
  const advice = adviceOn(now)
  if (json)
    tell(
      JSON.stringify(
        { figures: rows.map(({ id, was, is, isWorse }) => ({ id, was, is, isWorse })), advice },
        undefined,
        2,
      ),
    )
  else show(rows, advice, then !== undefined)
  return rows.some(it => it.isWorse) ? 1 : 0
})

function rowOf({ id, title, unit, wanted }, now, then, limit) {
  const [is, was] = [now.get(id), then?.get(id)]
  // Between almost nothing and almost nothing, twice as much is nothing, too.
  const change =
    was === undefined || Math.max(is, was) < unit.least ? undefined : (is - was) / Math.max(was, unit.least)
  const isWorse =
    wanted !== undefined && change !== undefined && (wanted === 'less' ? change > limit : change < -limit)
  return { id, title, unit, is, was, change, isWorse }
}

function show(rows, advice, isCompared) {
  const width = Math.max(...rows.map(it => it.title.length))
  for (const { title, unit, is, was, change, isWorse } of rows) {
    const compared = isCompared
      ? `${shown(was, unit).padStart(12)}  →${shown(is, unit).padStart(12)}  ${percent(change).padStart(8)}${isWorse ? say('  worse', '  peor') : ''}`
      : shown(is, unit).padStart(12)
    tell(`${title.padEnd(width)}  ${compared}`)
  }
  tell('')
  if (advice.length === 0)
    tell(say('Nothing follows from these figures.', 'De estas cifras no se sigue nada.'))
  for (const it of advice) tell(`· ${it}`)
}

function shown(value, unit) {
  return value === undefined ? '–' : unit.show(value)
}

function percent(change) {
  return change === undefined ? '' : `${change >= 0 ? '+' : ''}${(change * 100).toFixed(0)} %`
}

/** In seconds since 1970: a moment, or how long before `end`. */
function momentOf(text, end) {
  const span = /^(\d+)([smhd])$/.exec(text)
  if (span) return end - Number(span[1]) * UNITS[span[2]]
  const moment = Date.parse(text) / 1000
  if (Number.isNaN(moment)) throw new Trouble(say(`${text} is no time`, `${text} no es un momento`))
  return moment
}

/** By their ids, without those that nobody told. */
async function measured(prometheus, window, time) {
  const values = await Promise.all(
    FIGURES.map(it => ask(prometheus, it.query.replaceAll('$window', window), time)),
  )
  return new Map(FIGURES.flatMap(({ id }, i) => (values[i] === undefined ? [] : [[id, values[i]]])))
}

async function ask(prometheus, query, time) {
  let answer
  try {
    answer = await fetch(new URL('/api/v1/query', prometheus), {
      method: 'POST',
      body: new URLSearchParams({ query, time: String(time) }),
      signal: AbortSignal.timeout(30_000),
    })
  } catch (error) {
    throw new Trouble(`${prometheus}: ${error.cause?.message ?? error.message}`)
  }
  const { status, error, data } = await answer.json().catch(() => ({ error: `HTTP ${answer.status}` }))
  if (status !== 'success') throw new Trouble(`${prometheus}: ${error}`)
  const value = Number(data.result[0]?.value[1] ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}
