// Takes a pod away and looks whether anybody notices: what is said to survive the loss of one is tried, on a day that somebody chose.
//
//   node deploy/operations/knock-out.mjs --url https://codeant.example.com [--hard] [--execute]

import { deploymentOf, kubectl, listed, selectorOf } from './kubectl.mjs'
import { main, numberOf, pause, say, secretOf, Trouble, tell } from './program.mjs'

const help = say(
  `knock-out.mjs --url URL [--deployment gateway] [--namespace codeant] [--hard] [--within 60] [--most 0] [--execute]

Removes one pod of a deployment while it asks the endpoint ten times a second, and says what failed meanwhile and how long it
took until all pods were ready again. Without --execute it says which pod it would be. With CODEANT_KEY (or _FILE) it asks for
the models, as people do; without, whether the endpoint is ready.

  --hard            at once, as when its machine is lost, instead of letting it finish
  --within SECONDS  so long it may take until all are ready again
  --most N          so many questions may fail

0: nobody would have noticed. 1: somebody would. 2: it could not be tried.`,
  `knock-out.mjs --url URL [--deployment gateway] [--namespace codeant] [--hard] [--within 60] [--most 0] [--execute]

Elimina un pod de un despliegue mientras pregunta al servidor diez veces por segundo, y dice qué ha fallado mientras tanto y
cuánto ha tardado hasta que todos los pods volvían a estar listos. Sin --execute dice qué pod sería. Con CODEANT_KEY (o _FILE)
pide los modelos, como hace la gente; sin ella, si el servidor está listo.

  --hard             de golpe, como cuando se pierde su máquina, en vez de dejarlo terminar
  --within SEGUNDOS  cuánto puede tardar hasta que todos estén listos
  --most N           cuántas preguntas pueden fallar

0: nadie lo habría notado. 1: alguien sí. 2: no se ha podido probar.`,
)

const options = {
  url: { type: 'string' },
  deployment: { type: 'string', default: 'gateway' },
  namespace: { type: 'string', default: 'codeant' },
  hard: { type: 'boolean', default: false },
  within: { type: 'string', default: '60' },
  most: { type: 'string', default: '0' },
  execute: { type: 'boolean', default: false },
}

const EVERY_MS = 100
/** An editor would wait longer; what takes so long is felt. */
const ANSWER_MS = 2000

await main({ name: 'knock-out', help, options }, async values => {
  const { url, deployment: name, namespace } = values
  if (!url || !URL.canParse(url))
    throw new Trouble(say('--url says which endpoint', '--url dice qué servidor'))
  const deployment = await deploymentOf(name, namespace)
  const pods = (await listed('pods', { namespace, labels: selectorOf(deployment) })).filter(isReady)
  if (pods.length < 2)
    throw new Trouble(
      say(
        `${name} has ${pods.length} ready pods: without another one, there is nothing to try`,
        `${name} tiene ${pods.length} pods listos: sin otro, no hay nada que probar`,
      ),
    )
  const victim = pods[Math.floor(Math.random() * pods.length)].metadata.name
  if (!values.execute)
    return tell(
      say(
        `${victim} would be removed, one of ${pods.length}; --execute does it`,
        `se eliminaría ${victim}, uno de ${pods.length}; con --execute se hace`,
      ),
    )
  const asking = startAsking(url)
  // What fails already is not the fault of what comes.
  await pause(10 * EVERY_MS)
  if (asking.failed().length > 0) {
    await asking.stop()
    throw new Trouble(say(`${url} does not answer as it is`, `${url} ya no responde tal como está`))
  }
  const began = performance.now()
  const how = values.hard ? ['--grace-period=0', '--force'] : []
  await kubectl('delete', 'pod', victim, '-n', namespace, '--wait=false', ...how)
  const within = numberOf(values.within, 'within', 1)
  const seconds = await backAfter(deployment, victim, began, within)
  await pause(10 * EVERY_MS)
  const failed = asking.failed()
  const asked = await asking.stop()
  tell(
    say(
      `${victim} was removed: ${failed.length} of ${asked} questions failed, all pods ready after ${seconds === undefined ? `more than ${within}` : seconds.toFixed(1)} s`,
      `se eliminó ${victim}: fallaron ${failed.length} de ${asked} preguntas, todos los pods listos al cabo de ${seconds === undefined ? `más de ${within}` : seconds.toFixed(1)} s`,
    ),
  )
  for (const it of new Set(failed)) tell(`  ${it}`)
  return failed.length <= numberOf(values.most, 'most') && seconds !== undefined ? 0 : 1
})

/** As many as are wanted, the one that went not among them; undefined: not in time. */
async function backAfter(deployment, victim, began, within) {
  const { name, namespace } = deployment.metadata
  for (;;) {
    const seconds = (performance.now() - began) / 1000
    const wanted = (await deploymentOf(name, namespace)).spec.replicas
    const ready = (await listed('pods', { namespace, labels: selectorOf(deployment) })).filter(isReady)
    if (ready.length >= wanted && !ready.some(it => it.metadata.name === victim)) return seconds
    if (seconds > within) return undefined
    await pause(500)
  }
}

function isReady({ metadata, status }) {
  const ready = status?.conditions?.find(it => it.type === 'Ready')
  return !metadata.deletionTimestamp && ready?.status === 'True'
}

/** Asks on, whether the last answer has come or not. */
function startAsking(url) {
  const key = secretOf('CODEANT_KEY')
  const path = key ? '/v2/models' : '/health/ready'
  const failed = []
  const open = new Set()
  let asked = 0
  const ask = async () => {
    asked++
    const headers = key ? { 'x-api-key': key } : {}
    try {
      const answer = await fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(ANSWER_MS) })
      await answer.arrayBuffer()
      if (!answer.ok) failed.push(String(answer.status))
    } catch (error) {
      failed.push(error.cause?.code ?? error.cause?.message ?? error.name)
    }
  }
  const timer = setInterval(() => {
    const one = ask().finally(() => open.delete(one))
    open.add(one)
  }, EVERY_MS)
  return {
    failed: () => failed,
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      return asked
    },
  }
}
