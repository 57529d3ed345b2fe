// The questions of a smoke test, one after the other, each with its answer in a sentence.

import { pause } from './program.mjs'

/** What takes longer is broken for whoever waits for it. */
const ANSWER_MS = 10_000
const ANALYSIS_MS = 60_000

/** An analysis that says nothing of this does not work: a list that all calls share, and code that comes from outside. */
const SAMPLE = 'def add(item, items=[]):\n    items.append(item)\n    return eval(input())\n'

/**
 * Yields `{ name, ok, ms, detail }` of one question after the other. What cannot be asked because the endpoint is not ready is not asked.
 */
export async function* askAll({ url, metrics, model, key, waitMs = 0 }) {
  const ask = async (path, { strange, ...init } = {}, ms = ANSWER_MS) => {
    const headers = { ...(!strange && { 'x-api-key': key }), ...init.headers }
    return fetch(new URL(path, url), { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(ms) })
  }
  const post = (path, body, ms) =>
    ask(
      path,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      ms,
    )

  const ready = await timed('ready', () => becomesReady(ask, waitMs))
  yield ready
  if (!ready.ok) return
  yield await timed('alive', async () => text(await expect(200, ask('/health/live'))))
  yield await timed('strangers are kept out', async () => {
    await expect(401, ask('/v2/models', { strange: true }))
    return '401'
  })
  yield await timed('parts', async () => partsOf(await ask('/health/detailed')))
  let asked
  yield await timed('models', async () => {
    const { models = [] } = await (await expect(200, ask('/v2/models'))).json()
    asked = await modelOf(ask, model, models)
    return models.join(', ')
  })
  if (asked)
    yield await timed('answer', async () => {
      const answer = await expect(
        200,
        post(`/v2/models/${asked.name}/infer`, { inputs: asked.inputs.map(emptyTensor) }),
      )
      const { outputs } = await answer.json()
      if (!outputs?.length) throw new Error(`${asked.name}: no outputs`)
      return `${asked.name} → ${outputs.map(it => `${it.name} [${it.shape}]`).join(', ')}`
    })
  yield await timed('analysis', async () => {
    const body = { files: [{ path: 'smoke.py', content: SAMPLE }], locale: 'en' }
    const { runs } = await (await expect(200, post('/api/v1/analyze', body, ANALYSIS_MS))).json()
    const found = runs?.[0]?.results ?? []
    if (found.length === 0) throw new Error('nothing was found where there is something')
    return found.map(it => it.ruleId).join(', ')
  })
  if (metrics) yield await timed('metrics', () => figuresOf(metrics))
}

async function timed(name, work) {
  const began = performance.now()
  const result = await work().then(
    detail => ({ ok: true, detail }),
    error => ({ ok: false, detail: reasonOf(error) }),
  )
  return { name, ...result, ms: Math.round(performance.now() - began) }
}

async function becomesReady(ask, waitMs) {
  const until = performance.now() + waitMs
  for (;;) {
    try {
      return await text(await expect(200, ask('/health/ready', { strange: true })))
    } catch (error) {
      if (performance.now() + 500 > until) throw error
      await pause(500)
    }
  }
}

async function partsOf(answer) {
  const { checks = [], version } = await answer.json()
  const broken = checks.filter(it => !it.ok).map(it => it.name)
  if (!answer.ok || broken.length > 0) throw new Error(`${answer.status}: ${broken.join(', ')}`)
  return `${version}, ${checks.map(it => it.name).join(', ')}`
}

/** That can be asked without knowing what it is for. */
async function modelOf(ask, wanted, names) {
  const all = []
  for (const name of wanted ? [wanted] : names) {
    const about = await (await expect(200, ask(`/v2/models/${encodeURIComponent(name)}`))).json()
    if (about.inputs?.length) all.push(about)
  }
  const isFixed = it => it.inputs.every(({ shape }) => shape.slice(1).every(size => size > 0))
  const found = all.find(isFixed) ?? all[0]
  if (!found) throw new Error('no model tells of its inputs')
  return found
}

/** One row of nothing: what has no size is one long. */
function emptyTensor({ name, datatype, shape }) {
  const own = shape.map(size => (size > 0 ? size : 1))
  const nothing = datatype === 'BYTES' ? '' : datatype === 'BOOL' ? false : 0
  return {
    name,
    datatype,
    shape: own,
    data: new Array(own.reduce((all, size) => all * size, 1)).fill(nothing),
  }
}

async function figuresOf(url) {
  const answer = await expect(200, fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) }))
  const lines = (await answer.text()).split('\n').filter(it => it && !it.startsWith('#'))
  if (!lines.some(it => it.startsWith('codeant_http_requests_total')))
    throw new Error('no figures of a gateway')
  return `${lines.length}`
}

async function expect(status, asked) {
  const answer = await asked
  if (answer.status === status) return answer
  throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200).replaceAll('\n', ' ')}`.trim())
}

async function text(answer) {
  return (await answer.json()).status
}

function reasonOf(error) {
  if (error.name === 'TimeoutError') return 'no answer in time'
  return error.cause?.message || error.cause?.code || error.message
}
