// The whole way back when the database is damaged: stop everybody who writes, set aside what is there, put the copy back, start again,
// ask whether it works. Nothing is destroyed: what was there stays in a schema beside, until somebody drops it.
//
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/emergency.mjs --from FILE.dump [--url URL] [--execute]
//
// It runs where both the cluster and the database are reached. The database's user owns the tables, as for migrations.

import { putBack, readableCopy, rowsOf } from './copies.mjs'
import { connected, databaseUrl, placeOf, tablesOf } from './database.mjs'
import { main, numberOf, say, secondsSince, secretOf, Trouble, tell } from './program.mjs'
import { migrated } from './schema.mjs'
import { bringBack, setAside } from './set-aside.mjs'
import { askAll } from './smoke-checks.mjs'
import { start, stop, whoAsks } from './stop.mjs'

const help = say(
  `emergency.mjs --from FILE.dump [--namespace codeant] [--url URL] [--timeout 300] [--no-cluster] [--execute]

Stops all that asks the database of CODEANT_GATEWAY_DATABASE_URL (or _FILE), sets aside what is in it, puts the copy
back, brings its schema up to date, and starts what was stopped. Without --execute it says what it would do. When the
copy cannot be put back, what was there is back in its place, and nothing is started.

  --from FILE.dump   made by backup.mjs
  --url URL          asks the endpoint afterwards what smoke.mjs asks; needs CODEANT_KEY or CODEANT_KEY_FILE
  --timeout SECONDS  until all pods are gone, and until they are back (300 each)
  --no-cluster       there is no cluster: who asks the database was stopped by hand`,
  `emergency.mjs --from ARCHIVO.dump [--namespace codeant] [--url URL] [--timeout 300] [--no-cluster] [--execute]

Detiene todo lo que pregunta a la base de datos de CODEANT_GATEWAY_DATABASE_URL (o _FILE), aparta lo que hay en ella,
restaura la copia, pone al día su esquema y arranca lo que se detuvo. Sin --execute dice qué haría. Si la copia no se
puede restaurar, lo que había vuelve a su sitio y no se arranca nada.

  --from ARCHIVO.dump  hecha por backup.mjs
  --url URL            después pregunta al servidor lo mismo que smoke.mjs; necesita CODEANT_KEY o CODEANT_KEY_FILE
  --timeout SEGUNDOS   hasta que no quede ningún pod, y hasta que vuelvan (300 cada vez)
  --no-cluster         no hay clúster: quien pregunta a la base de datos se ha detenido a mano`,
)

const options = {
  from: { type: 'string' },
  namespace: { type: 'string', default: 'codeant' },
  url: { type: 'string' },
  timeout: { type: 'string', default: '300' },
  'no-cluster': { type: 'boolean', default: false },
  execute: { type: 'boolean', default: false },
}

await main({ name: 'emergency', help, options }, async values => {
  if (!values.from) throw new Trouble(say('--from says which copy', '--from dice qué copia'))
  const key = secretOf('CODEANT_KEY')
  if (values.url && !key)
    throw new Trouble(say('--url needs CODEANT_KEY (or _FILE)', '--url necesita CODEANT_KEY (o _FILE)'))
  const url = databaseUrl()
  const place = placeOf(url)
  const copy = await readableCopy(values.from)
  const there = await connected(url, tablesOf)
  const asking = values['no-cluster'] ? undefined : await whoAsks(values.namespace)
  const seconds = numberOf(values.timeout, 'timeout', 1)

  tell(
    say(
      `${values.from} of ${copy.at}: ${rowsOf(copy)} rows`,
      `${values.from}, del ${copy.at}: ${rowsOf(copy)} filas`,
    ),
  )
  for (const it of asking?.deployments ?? [])
    tell(say(`stops: ${it.name} (${it.replicas})`, `se detiene: ${it.name} (${it.replicas})`))
  for (const it of asking?.held ?? [])
    tell(say(`pauses: ${it.kind}/${it.name}`, `se pausa: ${it.kind}/${it.name}`))
  tell(say(`${place}: ${there.length} tables are set aside`, `${place}: se apartan ${there.length} tablas`))
  if (!values.execute) return tell(say('--execute does it', 'con --execute se hace'))

  const began = performance.now()
  const step = text => tell(`${secondsSince(began).padStart(6)} s  ${text}`)
  if (asking) {
    await stop(asking, seconds)
    step(say('nobody asks the database', 'nadie pregunta a la base de datos'))
  }
  const schema = await setAside(url, Math.min(seconds, 30)).catch(async error => {
    // Nothing was changed, so nobody has to wait.
    if (asking) await start(asking, seconds)
    throw error
  })
  step(say(`what was there is in ${schema}`, `lo que había está en ${schema}`))
  try {
    await putBack(url, values.from, copy)
  } catch (error) {
    await bringBack(url, schema)
    throw new Trouble(
      say(
        `${error.message}\nwhat was there is back; nothing was started`,
        `${error.message}\nlo que había ha vuelto; no se ha arrancado nada`,
      ),
    )
  }
  step(say(`${rowsOf(copy)} rows, all as they were`, `${rowsOf(copy)} filas, todas como entonces`))
  step(await migrated())
  if (asking) {
    await start(asking, seconds)
    step(say('started', 'arrancado'))
  }
  let works = true
  if (values.url)
    for await (const { ok, name, detail } of askAll({ url: values.url, key, waitMs: 60_000 })) {
      step(`${ok ? '✓' : '✘'} ${name}: ${detail}`)
      works &&= ok
    }
  tell(
    say(
      `When nobody needs it any more: DROP SCHEMA ${schema} CASCADE`,
      `Cuando ya nadie lo necesite: DROP SCHEMA ${schema} CASCADE`,
    ),
  )
  return works ? 0 : 1
})
