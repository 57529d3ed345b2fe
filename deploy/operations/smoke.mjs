// Asks a running endpoint what its people ask: health, a model, an analysis. Whoever has just deployed knows in seconds whether it works.
//
//   CODEANT_KEY=ca_… node deploy/operations/smoke.mjs --url https://codeant.example.com [--metrics URL] [--wait 60] [--json]
//
// 0: all of it works. 1: something does not. 2: it could not be asked as it was told to. It needs a key with `infer` and `analyze`,
// and no package but Node.

import { main, numberOf, say, secretOf, Trouble, tell } from './program.mjs'
import { askAll } from './smoke-checks.mjs'

const help = say(
  `smoke.mjs --url URL [--metrics URL] [--model NAME] [--wait SECONDS] [--json]

Asks a running endpoint for its health, its models, an answer of one of them, an analysis and its figures.
The key comes from CODEANT_KEY, or from the file that CODEANT_KEY_FILE names; it needs infer and analyze.

  --url URL        the endpoint
  --metrics URL    where it tells Prometheus its figures; absent: they are not asked for
  --model NAME     which model is asked; absent: the first that tells of which shape its inputs are
  --wait SECONDS   how long it may take until it is ready (0)
  --json           one JSON document instead of lines

0: all of it works. 1: something does not. 2: it could not be asked.`,
  `smoke.mjs --url URL [--metrics URL] [--model NOMBRE] [--wait SEGUNDOS] [--json]

Pregunta a un servidor en marcha por su estado, sus modelos, la respuesta de uno de ellos, un análisis y sus cifras.
La clave viene de CODEANT_KEY o del fichero que nombra CODEANT_KEY_FILE; necesita infer y analyze.

  --url URL        el servidor
  --metrics URL    dónde da sus cifras a Prometheus; si falta, no se piden
  --model NOMBRE   a qué modelo se pregunta; si falta, al primero que diga la forma de sus entradas
  --wait SEGUNDOS  cuánto puede tardar en estar listo (0)
  --json           un documento JSON en vez de líneas

0: todo funciona. 1: algo no funciona. 2: no se ha podido preguntar.`,
)

const options = {
  url: { type: 'string' },
  metrics: { type: 'string' },
  model: { type: 'string' },
  wait: { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
}

await main({ name: 'smoke', help, options }, async ({ url, metrics, model, wait, json }) => {
  if (!url || !URL.canParse(url))
    throw new Trouble(say('--url says which endpoint', '--url dice qué servidor'))
  const key = secretOf('CODEANT_KEY')
  if (!key)
    throw new Trouble(
      say(
        'CODEANT_KEY (or _FILE) has to hold a key of it',
        'CODEANT_KEY (o _FILE) tiene que contener una clave suya',
      ),
    )
  const checks = []
  for await (const it of askAll({ url, metrics, model, key, waitMs: numberOf(wait, 'wait') * 1000 })) {
    checks.push(it)
    if (!json) tell(`${it.ok ? '✓' : '✘'} ${it.name}: ${it.detail} (${it.ms} ms)`)
  }
  const ok = checks.every(it => it.ok)
  if (json) tell(JSON.stringify({ url, ok, at: new Date(), checks }, null, 2))
  return ok ? 0 : 1
})
