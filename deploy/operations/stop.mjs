// Stops all that asks the database in a cluster, as its pods are labelled, and starts it again as it was.

import { emptied, kubectl, listed, rolledOut, scaled } from './kubectl.mjs'
import { say, Trouble } from './program.mjs'

const ASKS = 'codeant.dev/asks'
/** Makes KEDA leave a deployment alone; the autoscaler of Kubernetes does by itself while there are none. */
const PAUSED = 'autoscaling.keda.sh/paused'

/** `{ namespace, deployments, held }`: what runs now, and what would start something meanwhile. */
export async function whoAsks(namespace) {
  const all = (await listed('deployments', { namespace })).filter(
    it => it.spec.template.metadata.labels?.[ASKS] === 'database',
  )
  if (all.length === 0)
    throw new Trouble(
      say(
        `in ${namespace} nothing is labelled ${ASKS}=database`,
        `en ${namespace} no hay nada con la etiqueta ${ASKS}=database`,
      ),
    )
  const names = all.map(it => it.metadata.name)
  const scalers = await listed('scaledobjects.keda.sh', { namespace }).catch(error => {
    // Of a kind that the cluster does not know, there is none. Whoever may not look would have gateways come back in the middle.
    if (/doesn't have a resource type/.test(error.message)) return []
    throw error
  })
  const held = [
    ...(await listed('cronjobs', { namespace }))
      .filter(it => !it.spec.suspend)
      .map(it => ({ kind: 'cronjob', name: it.metadata.name })),
    ...scalers
      .filter(it => names.includes(it.spec.scaleTargetRef.name) && !it.metadata.annotations?.[PAUSED])
      .map(it => ({ kind: 'scaledobject', name: it.metadata.name })),
  ]
  const deployments = all.map(it => ({
    name: it.metadata.name,
    replicas: it.spec.replicas ?? 1,
    deployment: it,
  }))
  return { namespace, deployments, held }
}

/** Returns when none of their pods is there any more. */
export async function stop({ namespace, deployments, held }, seconds) {
  for (const it of held) await hold(it, namespace, true)
  for (const it of deployments) await scaled(it.name, namespace, 0)
  for (const it of deployments) await emptied(it.deployment, seconds)
}

/** Returns when all of them are ready. */
export async function start({ namespace, deployments, held }, seconds) {
  for (const it of deployments) await scaled(it.name, namespace, it.replicas)
  for (const it of held) await hold(it, namespace, false)
  for (const it of deployments) await rolledOut(it.name, namespace, seconds)
}

async function hold({ kind, name }, namespace, isHeld) {
  if (kind === 'cronjob') {
    const change = JSON.stringify({ spec: { suspend: isHeld } })
    await kubectl('patch', 'cronjob', name, '-n', namespace, '--type=merge', '-p', change)
  } else
    await kubectl('annotate', 'scaledobject', name, '-n', namespace, isHeld ? `${PAUSED}=true` : `${PAUSED}-`)
}
