// Watches a deployment that has just come, and puts it back when too much fails: nobody has to sit there.
//
//   node deploy/operations/guard.mjs --prometheus http://prometheus:9090 [--seconds 600] [--most 0.05] [--execute]
//
// What is asked for is what people feel: the share of requests that fail by the gateway's own count, health aside.

import { main, numberOf, pause, say, secondsSince, Trouble, tell } from './program.mjs'
import { companionsOf, goBack, historyOf, keepState, mustHaveWhatItMounts, targetOf } from './revisions.mjs'

const help = say(
  `guard.mjs --prometheus URL [--seconds 600] [--most 0.05] [--every 15] [--deployment gateway] [--namespace codeant] [--execute]

Watches after a deployment how many requests fail. When it is more than --most of them twice in a row, the deployment is put
back to the revision before; without --execute, that is only said.

0: all was well. 1: it was put back (or would be). 2: it could not be watched.`,
  `guard.mjs --prometheus URL [--seconds 600] [--most 0.05] [--every 15] [--deployment gateway] [--namespace codeant] [--execute]

Vigila tras un despliegue cuántas peticiones fallan. Si son más de --most dos veces seguidas, el despliegue vuelve a la
revisión anterior; sin --execute, solo se dice.

0: todo ha ido bien. 1: ha vuelto (o volvería). 2: no se ha podido vigilar.`,
)

const options = {
  prometheus: { type: 'string' },
  seconds: { type: 'string', default: '600' },
  most: { type: 'string', default: '0.05' },
  every: { type: 'string', default: '15' },
  deployment: { type: 'string', default: 'gateway' },
  namespace: { type: 'string', default: 'codeant' },
  keep: { type: 'string' },
  execute: { type: 'boolean', default: false },
}

/** Of the last two minutes: longer would remember what was before the deployment. No requests: nothing fails. */
const FAILING = `(sum(rate(codeant_http_requests_total{status=~"5..", route!~"/health.*|/ready|/api/health"}[2m])) or vector(0))
  / (sum(rate(codeant_http_requests_total{route!~"/health.*|/ready|/api/health"}[2m])) > 0)`

/** One sample may be an accident. */
const IN_A_ROW = 2
/** Of a monitoring that does not answer, nobody can say that all is well. */
const MOST_SILENCES = 3
const READY_SECONDS = 180

await main({ name: 'guard', help, options }, async values => {
  const { prometheus, deployment: name, namespace } = values
  if (!prometheus)
    throw new Trouble(say('--prometheus says where figures are', '--prometheus dice dónde están las cifras'))
  const most = numberOf(values.most, 'most')
  const until = performance.now() + numberOf(values.seconds, 'seconds', 1) * 1000
  // What there is to go back to is found out before it is needed.
  const history = await historyOf(name, namespace)
  const target = targetOf(history)
  const all = [{ history, target }, ...(await companionsOf(history, target)).found]
  for (const it of all) await mustHaveWhatItMounts(it.target, namespace)
  let above = 0
  let silent = 0
  for (;;) {
    const failing = await failingAt(prometheus).catch(error => error)
    if (failing instanceof Error) {
      if (++silent >= MOST_SILENCES)
        throw new Trouble(`${prometheus}: ${failing.cause?.message ?? failing.message}`)
    } else {
      silent = 0
      above = failing > most ? above + 1 : 0
      tell(`${new Date().toISOString()}  ${(failing * 100).toFixed(2)} %`)
    }
    if (above >= IN_A_ROW) return goBackNow(values, all)
    if (performance.now() > until) break
    await pause(numberOf(values.every, 'every') * 1000)
  }
  tell(say(`revision ${history.now} stays`, `la revisión ${history.now} se queda`))
  return 0
})

async function goBackNow({ execute, keep, namespace, deployment }, all) {
  const [{ target }] = all
  const place = `${namespace}/${deployment}`
  if (!execute) {
    tell(
      say(
        `${place} would go back to revision ${target.revision}`,
        `${place} volvería a la revisión ${target.revision}`,
      ),
    )
    return 1
  }
  const began = performance.now()
  const folder = keep ?? `rollback-${new Date().toISOString().replace(/\.\d+|[-:]/g, '')}`
  for (const it of all) await keepState(it.history, folder)
  await Promise.all(all.map(it => goBack(it.history, it.target, READY_SECONDS)))
  tell(
    say(
      `${place} is back at revision ${target.revision}, ${secondsSince(began)} s`,
      `${place} ha vuelto a la revisión ${target.revision}, ${secondsSince(began)} s`,
    ),
  )
  return 1
}

async function failingAt(prometheus) {
  const url = new URL('/api/v1/query', prometheus)
  url.searchParams.set('query', FAILING)
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`)
  const { data } = await answer.json()
  return Number(data.result[0]?.value[1] ?? 0)
}
