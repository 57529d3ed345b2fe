// Tries in earnest whether the endpoint could be had back: the newest copy becomes a database, a gateway starts on it and answers. What
// that took is what it would take, and what is written since the copy is what would be lost.
//
//   CODEANT_DRILL_DATABASE_URL=postgres://… node deploy/operations/drill.mjs --in FOLDER [--report FILE]
//
// The database is a throw-away one: empty before, and empty again afterwards.

import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { copiesIn, putBack, readableCopy, rowsOf } from './copies.mjs'
import { connected, databaseUrl, placeOf, tablesOf } from './database.mjs'
import { main, numberOf, say, secretOf, Trouble, tell } from './program.mjs'
import { GATEWAY, gatewaySays, migrated } from './schema.mjs'
import { dropEverything } from './set-aside.mjs'
import { askAll } from './smoke-checks.mjs'

const help = say(
  `drill.mjs --in FOLDER [--rto-minutes 10] [--rpo-hours 25] [--report FILE]

Puts the newest copy of backup.mjs into the empty database of CODEANT_DRILL_DATABASE_URL (or _FILE), starts a gateway on it,
asks it what smoke.mjs asks, and empties the database again. The gateway is the one of \`npm run build\`.

  --rto-minutes N  so long it may take until it answers
  --rpo-hours N    so old the copy may be
  --report FILE    what was found, as JSON

0: it could be had back in time. 1: not so. 2: it could not be tried.`,
  `drill.mjs --in CARPETA [--rto-minutes 10] [--rpo-hours 25] [--report ARCHIVO]

Restaura la copia más nueva de backup.mjs en la base de datos vacía de CODEANT_DRILL_DATABASE_URL (o _FILE), arranca un
servidor sobre ella, le pregunta lo mismo que smoke.mjs y vuelve a vaciarla. El servidor es el de \`npm run build\`.

  --rto-minutes N   cuánto puede tardar hasta que responda
  --rpo-hours N     cuán antigua puede ser la copia
  --report ARCHIVO  lo observado, como JSON

0: se podría recuperar a tiempo. 1: no. 2: no se ha podido probar.`,
)

const options = {
  in: { type: 'string' },
  'rto-minutes': { type: 'string', default: '10' },
  'rpo-hours': { type: 'string', default: '25' },
  report: { type: 'string' },
}

await main({ name: 'drill', help, options }, async values => {
  if (!values.in) throw new Trouble(say('--in says in which folder', '--in dice en qué carpeta'))
  const url = throwAway()
  const [file] = copiesIn(values.in)
  if (!file)
    throw new Trouble(say(`there is no copy in ${values.in}`, `en ${values.in} no hay ninguna copia`))
  if (!existsSync(GATEWAY))
    throw new Trouble(say('npm run build comes first', 'antes hace falta npm run build'))
  if ((await connected(url, tablesOf)).length > 0)
    throw new Trouble(
      say(
        `${placeOf(url)} is not empty: a drill needs a database of its own`,
        `${placeOf(url)} no está vacía: un simulacro necesita una base de datos propia`,
      ),
    )
  const steps = []
  let works = false
  const began = performance.now()
  const timed = async (name, work) => {
    const since = performance.now()
    const result = await work()
    steps.push({ name, seconds: Number(((performance.now() - since) / 1000).toFixed(2)) })
    tell(`${steps.at(-1).seconds.toFixed(2).padStart(8)} s  ${name}`)
    return result
  }
  let copy
  let rto
  try {
    copy = await timed(say('the copy is whole', 'la copia está entera'), () => readableCopy(file))
    await timed(say(`put back: ${rowsOf(copy)} rows`, `restaurada: ${rowsOf(copy)} filas`), () =>
      putBack(url, file, copy),
    )
    const env = gatewayEnvironment(url)
    await timed(say('schema brought up to date', 'esquema al día'), () => migrated(env))
    works = await timed(say('a gateway answers', 'un servidor responde'), () => answers(env))
    rto = (performance.now() - began) / 1000
  } finally {
    await dropEverything(url)
  }
  const left = await connected(url, tablesOf)
  if (left.length > 0) throw new Trouble(`${placeOf(url)}: ${left.join(', ')}`)
  const rpo = (Date.now() - Date.parse(copy.at)) / 3_600_000
  const inTime = rto <= numberOf(values['rto-minutes'], 'rto-minutes') * 60
  const isYoung = rpo <= numberOf(values['rpo-hours'], 'rpo-hours')
  tell(
    say(
      `${inTime && works ? '✓' : '✘'} had back in ${rto.toFixed(1)} s; ${isYoung ? '✓' : '✘'} what the last ${rpo.toFixed(1)} hours brought would be lost`,
      `${inTime && works ? '✓' : '✘'} recuperado en ${rto.toFixed(1)} s; ${isYoung ? '✓' : '✘'} se perdería lo de las últimas ${rpo.toFixed(1)} horas`,
    ),
  )
  const ok = works && inTime && isYoung
  const report = {
    ok,
    at: new Date(),
    file,
    copyOf: copy.at,
    rows: rowsOf(copy),
    rtoSeconds: rto,
    rpoHours: rpo,
    steps,
  }
  if (values.report) writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`)
  return ok ? 0 : 1
})

/** Never the one that people use, whatever is in the environment. */
function throwAway() {
  const text = secretOf('CODEANT_DRILL_DATABASE_URL')
  if (!text)
    throw new Trouble(
      say(
        'CODEANT_DRILL_DATABASE_URL (or _FILE) has to name an empty database',
        'CODEANT_DRILL_DATABASE_URL (o _FILE) tiene que nombrar una base de datos vacía',
      ),
    )
  const url = databaseUrl({ CODEANT_GATEWAY_DATABASE_URL: text })
  const real = secretOf('CODEANT_GATEWAY_DATABASE_URL')
  if (real && placeOf(new URL(real)) === placeOf(url))
    throw new Trouble(
      say(
        `${placeOf(url)} is the database that people use`,
        `${placeOf(url)} es la base de datos que se usa`,
      ),
    )
  return url
}

/** With nothing of what is set for the real one: neither its engines nor its provider hear of a drill. */
function gatewayEnvironment(url) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CODEANT_'))
  return {
    ...Object.fromEntries(own),
    CODEANT_GATEWAY_DATABASE_URL: url.href,
    CODEANT_GATEWAY_LOG_LEVEL: 'warn',
    CODEANT_LOCALE: 'en',
  }
}

async function answers(env) {
  const port = await freePort()
  const [tenant] = (await gatewaySays(['tenant', 'list'], env)).split('\n')
  const key = /ca_\S+/.exec(await gatewaySays(['tenant', 'new-key', tenant.split('  ')[0]], env))[0]
  const gateway = spawn(process.execPath, [GATEWAY], {
    env: { ...env, CODEANT_GATEWAY_HTTP_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise(resolve => gateway.once('exit', resolve))
  try {
    let works = true
    for await (const { ok, name, detail } of askAll({
      url: `http://127.0.0.1:${port}`,
      key,
      waitMs: 60_000,
    })) {
      if (!ok) tell(`✘ ${name}: ${detail}`)
      works &&= ok
    }
    return works
  } finally {
    gateway.kill('SIGTERM')
    await ended
  }
}

function freePort() {
  const server = createServer()
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
