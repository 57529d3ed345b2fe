// The cluster, through kubectl and with whatever rights its user has there.

import { spawn } from 'node:child_process'
import { say, Trouble } from './program.mjs'

/** What it printed. Rejects with what it complained about. */
export async function kubectl(...given) {
  const child = spawn('kubectl', given, { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let complaint = ''
  child.stdout.on('data', it => {
    out += it
  })
  child.stderr.on('data', it => {
    complaint += it
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', error =>
      reject(error.code === 'ENOENT' ? new Trouble(say('kubectl is needed', 'hace falta kubectl')) : error),
    )
    child.once('close', resolve)
  })
  if (code !== 0) throw new Trouble(`kubectl ${given[0]}: ${(complaint || out).trim()}`)
  return out
}

/** All of some kinds, separated by commas. */
export async function listed(kinds, { namespace, labels } = {}) {
  const where = [...(namespace ? ['-n', namespace] : []), ...(labels ? ['-l', labels] : [])]
  return JSON.parse(await kubectl('get', kinds, ...where, '-o', 'json')).items
}

export async function deploymentOf(name, namespace) {
  return JSON.parse(await kubectl('get', 'deployment', name, '-n', namespace, '-o', 'json'))
}

/** As a selector of kubectl. */
export function selectorOf({ spec }) {
  return Object.entries(spec.selector.matchLabels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
}

/** Waits until all its pods are of its newest revision and ready. */
export async function rolledOut(name, namespace, seconds) {
  await kubectl('rollout', 'status', `deployment/${name}`, '-n', namespace, `--timeout=${seconds}s`)
}

export async function scaled(name, namespace, replicas) {
  await kubectl('scale', `deployment/${name}`, '-n', namespace, `--replicas=${replicas}`)
}

/** Waits until none of its pods is there any more. */
export async function emptied(deployment, seconds) {
  const { namespace } = deployment.metadata
  const selector = selectorOf(deployment)
  if ((await listed('pods', { namespace, labels: selector })).length === 0) return
  await kubectl('wait', '--for=delete', 'pod', '-n', namespace, '-l', selector, `--timeout=${seconds}s`)
}
