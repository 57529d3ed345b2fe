// What a deployment was before: its revisions, and the way back to one of them.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deploymentOf, kubectl, listed, rolledOut, selectorOf } from './kubectl.mjs'
import { say, Trouble } from './program.mjs'

const REVISION = 'deployment.kubernetes.io/revision'

/** `{ deployment, now, all }`: the revisions, the newest first, each `{ revision, images, since, set }`. */
export async function historyOf(name, namespace) {
  const deployment = await deploymentOf(name, namespace)
  const sets = await listed('replicasets', { namespace, labels: selectorOf(deployment) })
  const all = sets
    .filter(it => it.metadata.ownerReferences?.some(({ uid }) => uid === deployment.metadata.uid))
    .map(set => ({
      set,
      revision: Number(set.metadata.annotations?.[REVISION] ?? 0),
      images: imageOf(set),
      since: set.metadata.creationTimestamp,
    }))
    .sort((one, other) => other.revision - one.revision)
  return { deployment, now: Number(deployment.metadata.annotations?.[REVISION] ?? 0), all }
}

/** Without a wish, the one before. */
export function targetOf({ now, all }, wanted) {
  const target = all.find(it => (wanted === undefined ? it.revision < now : it.revision === wanted))
  if (!target)
    throw new Trouble(
      wanted === undefined
        ? say('there is no revision before this one', 'no hay ninguna revisión anterior a esta')
        : say(`there is no revision ${wanted}`, `no existe la revisión ${wanted}`),
    )
  if (target.revision === now)
    throw new Trouble(say(`revision ${now} runs already`, `la revisión ${now} ya está en marcha`))
  return target
}

/**
 * Other deployments of the same image (GraphQL, workers), which came with it and go back with it: `{ history, target }` each. Where
 * the image is that of now, only settings were changed, and those of others are their own.
 */
export async function companionsOf(history, { images }) {
  const { name, namespace } = history.deployment.metadata
  const runs = imageOf(history.deployment)
  if (runs === images) return { found: [], without: [] }
  const found = []
  const without = []
  for (const it of await listed('deployments', { namespace })) {
    if (it.metadata.name === name || imageOf(it) !== runs) continue
    const own = await historyOf(it.metadata.name, namespace)
    const target = own.all.find(one => one.revision < own.now && one.images === images)
    if (target) found.push({ history: own, target })
    else without.push(it.metadata.name)
  }
  return { found, without }
}

function imageOf({ spec }) {
  return spec.template.spec.containers.map(it => it.image).join(', ')
}

/**
 * Its pods would wait for ever for settings or secrets that somebody has removed meanwhile. kustomize gives settings another name
 * each time they change, so those of before are other objects.
 */
export async function mustHaveWhatItMounts({ set }, namespace) {
  const { volumes = [] } = set.spec.template.spec
  const missing = []
  for (const { configMap, secret } of volumes) {
    if (configMap?.optional || secret?.optional) continue
    const [kind, name] = configMap
      ? ['configmap', configMap.name]
      : secret
        ? ['secret', secret.secretName]
        : []
    if (!kind) continue
    await kubectl('get', kind, name, '-n', namespace, '-o', 'name').catch(error => {
      // Who may not look at secrets cannot know, and is not kept from going back.
      if (/not ?found/i.test(error.message)) missing.push(`${kind}/${name}`)
    })
  }
  if (missing.length > 0)
    throw new Trouble(
      say(
        `its pods would not start, these are gone: ${missing.join(', ')}`,
        `sus pods no arrancarían, ya no existe: ${missing.join(', ')}`,
      ),
    )
}

/** What there is now, for who asks afterwards what it was: no secrets. */
export async function keepState({ deployment }, folder) {
  const { name, namespace } = deployment.metadata
  const labels = selectorOf(deployment)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const keep = (file, text) => {
    writeFileSync(join(folder, file), text, { mode: 0o600 })
    chmodSync(join(folder, file), 0o600)
  }
  keep(`${name}.deployment.json`, JSON.stringify(deployment, null, 2))
  const pods = await listed('pods', { namespace, labels })
  for (const [file, kinds] of [
    [`${name}.replicasets.json`, 'replicasets'],
    [`${name}.pods.json`, 'pods'],
  ])
    keep(file, JSON.stringify(await listed(kinds, { namespace, labels }), null, 2))
  keep('events.json', JSON.stringify(await listed('events', { namespace }), null, 2))
  for (const { metadata } of pods)
    keep(
      `${metadata.name}.log`,
      // Of a pod that never started there is none.
      await kubectl('logs', metadata.name, '-n', namespace, '--tail=500', '--all-containers').catch(
        it => it.message,
      ),
    )
}

/** Returns when the pods of that revision are ready; rejects when they are not in time. */
export async function goBack({ deployment }, { revision }, seconds) {
  const { name, namespace } = deployment.metadata
  await kubectl('rollout', 'undo', `deployment/${name}`, '-n', namespace, `--to-revision=${revision}`)
  await rolledOut(name, namespace, seconds)
}
