// Puts a deployment back to a revision of before: keeps what there is now, goes back, waits, and asks whether it works.
//
//   node deploy/operations/rollback.mjs [--to-revision N] [--url https://codeant.example.com] [--execute]
//
// The database stays as it is: migrations only add, so that a gateway of before runs on the schema of after.

import { main, numberOf, say, secondsSince, secretOf, Trouble, tell } from './program.mjs'
import { companionsOf, goBack, historyOf, keepState, mustHaveWhatItMounts, targetOf } from './revisions.mjs'
import { askAll } from './smoke-checks.mjs'

const help = say(
  `rollback.mjs [--to-revision N] [--deployment gateway] [--namespace codeant] [--keep FOLDER] [--url URL] [--execute]

Puts a deployment back to a revision of before, and others of the same image with it. Without --execute it shows the revisions and says what it would do.

  --to-revision N     absent: the one before
  --keep FOLDER       where the state of now is kept, without secrets (rollback-<time>)
  --url URL           asks the endpoint afterwards what smoke.mjs asks; needs CODEANT_KEY or CODEANT_KEY_FILE
  --timeout SECONDS   until its pods are ready (180)

0: done, or shown. 1: it went back, and does not work. 2: it could not be done.`,
  `rollback.mjs [--to-revision N] [--deployment gateway] [--namespace codeant] [--keep CARPETA] [--url URL] [--execute]

Devuelve un despliegue a una revisión anterior, y con él los de la misma imagen. Sin --execute muestra las revisiones y dice qué haría.

  --to-revision N     si falta, la anterior
  --keep CARPETA      dónde se guarda el estado actual, sin secretos (rollback-<hora>)
  --url URL           después pregunta al servidor lo mismo que smoke.mjs; necesita CODEANT_KEY o CODEANT_KEY_FILE
  --timeout SEGUNDOS  hasta que sus pods estén listos (180)

0: hecho, o mostrado. 1: ha vuelto, y no funciona. 2: no se ha podido hacer.`,
)

const options = {
  'to-revision': { type: 'string' },
  deployment: { type: 'string', default: 'gateway' },
  namespace: { type: 'string', default: 'codeant' },
  keep: { type: 'string' },
  url: { type: 'string' },
  timeout: { type: 'string', default: '180' },
  execute: { type: 'boolean', default: false },
}

await main({ name: 'rollback', help, options }, async values => {
  const { deployment: name, namespace, url } = values
  const wanted = values['to-revision'] && numberOf(values['to-revision'], 'to-revision', 1)
  const key = secretOf('CODEANT_KEY')
  if (url && !key)
    throw new Trouble(say('--url needs CODEANT_KEY (or _FILE)', '--url necesita CODEANT_KEY (o _FILE)'))
  const history = await historyOf(name, namespace)
  const target = targetOf(history, wanted)
  for (const { revision, images, since } of history.all) {
    const mark = revision === history.now ? say('now', 'ahora') : revision === target.revision ? '←' : ''
    tell(`${String(revision).padStart(5)}  ${since}  ${images}  ${mark}`.trimEnd())
  }
  const { found, without } = await companionsOf(history, target)
  const all = [{ history, target }, ...found]
  for (const it of all) await mustHaveWhatItMounts(it.target, namespace)
  for (const it of found)
    tell(
      say(
        `with it: ${it.history.deployment.metadata.name}, from revision ${it.history.now} to ${it.target.revision}`,
        `con él: ${it.history.deployment.metadata.name}, de la revisión ${it.history.now} a la ${it.target.revision}`,
      ),
    )
  for (const it of without)
    tell(say(`${it} stays: it never ran that image`, `${it} se queda: nunca ha ejecutado esa imagen`))
  const place = `${namespace}/${name}`
  if (!values.execute) {
    const { now } = history
    tell(
      say(
        `${place} would go from revision ${now} to ${target.revision}; --execute does it`,
        `${place} pasaría de la revisión ${now} a la ${target.revision}; con --execute se hace`,
      ),
    )
    return 0
  }
  const began = performance.now()
  const folder = values.keep ?? `rollback-${new Date().toISOString().replace(/\.\d+|[-:]/g, '')}`
  for (const it of all) await keepState(it.history, folder)
  tell(say(`${folder}: the state of before`, `${folder}: el estado anterior`))
  const seconds = numberOf(values.timeout, 'timeout', 1)
  await Promise.all(all.map(it => goBack(it.history, it.target, seconds)))
  tell(
    say(
      `${place}: revision ${target.revision} is ready, ${secondsSince(began)} s`,
      `${place}: la revisión ${target.revision} está lista, ${secondsSince(began)} s`,
    ),
  )
  let works = true
  if (url)
    for await (const { ok, name: asked, detail } of askAll({ url, key, waitMs: 30_000 })) {
      tell(`${ok ? '✓' : '✘'} ${asked}: ${detail}`)
      works &&= ok
    }
  return works ? 0 : 1
})
