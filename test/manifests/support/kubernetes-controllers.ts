// What the controllers of a cluster make of the objects in it, as far as a rollout and a namespace that goes need them.

import { randomUUID } from 'node:crypto'

export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: {
    name: string
    namespace?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    ownerReferences?: readonly object[]
    resourceVersion?: string
    generation?: number
    uid?: string
    creationTimestamp?: string
  }
  // biome-ignore lint/suspicious/noExplicitAny: each kind has another shape.
  spec?: any
  // biome-ignore lint/suspicious/noExplicitAny: each kind has another shape.
  status?: any
  // biome-ignore lint/suspicious/noExplicitAny: a config map has its data here.
  [field: string]: any
}

interface World {
  list(plural: string, namespace?: string): readonly KubernetesObject[]
  store(plural: string, object: KubernetesObject, type?: 'ADDED' | 'MODIFIED'): void
  remove(plural: string, object: KubernetesObject): void
}

const REVISION = 'deployment.kubernetes.io/revision'

/** Does all that is to be done now. */
export function settle(world: World): void {
  for (const it of world.list('deployments')) rollOut(world, it)
  for (const plural of ['replicasets', 'pods'])
    for (const it of world.list(plural)) {
      const owner = (it.metadata.ownerReferences?.[0] as { uid: string } | undefined)?.uid
      const owners = [...world.list('deployments'), ...world.list('replicasets')]
      if (owner && !owners.some(one => one.metadata.uid === owner)) world.remove(plural, it)
    }
  const namespaces = new Set(world.list('namespaces').map(it => it.metadata.name))
  for (const plural of OF_A_NAMESPACE)
    for (const it of world.list(plural))
      if (namespaces.size > 0 && !namespaces.has(it.metadata.namespace!)) world.remove(plural, it)
}

const OF_A_NAMESPACE = [
  ...['deployments', 'replicasets', 'pods', 'services', 'configmaps', 'secrets', 'serviceaccounts', 'jobs'],
  ...['cronjobs', 'networkpolicies', 'poddisruptionbudgets', 'horizontalpodautoscalers', 'ingresses'],
  ...['persistentvolumeclaims', 'resourcequotas', 'limitranges', 'statefulsets'],
]

function rollOut(world: World, deployment: KubernetesObject): void {
  const { metadata, spec } = deployment
  const own = world
    .list('replicasets', metadata.namespace)
    .filter(it => (it.metadata.ownerReferences![0] as { uid: string }).uid === metadata.uid)
  const template = templateOf(spec.template)
  let current = own.find(it => templateOf(it.spec.template) === template)
  const newest = Math.max(0, ...own.map(revisionOf))
  if (!current) {
    current = replicaSetOf(deployment, newest + 1)
    world.store('replicasets', current, 'ADDED')
  } else if (revisionOf(current) < newest) current.metadata.annotations![REVISION] = String(newest + 1)
  metadata.annotations = { ...metadata.annotations, [REVISION]: String(revisionOf(current)) }
  const isBroken = spec.template.spec.containers.some((it: { image: string }) => it.image.includes('broken'))
  for (const set of [current, ...own.filter(it => it !== current)]) {
    // What does not become ready takes nobody's place: `maxUnavailable: 0`.
    if (set !== current && isBroken) continue
    set.spec.replicas = set === current ? spec.replicas : 0
    scale(world, set, isBroken)
  }
  const available = isBroken ? 0 : spec.replicas
  deployment.status = {
    observedGeneration: metadata.generation,
    replicas: spec.replicas,
    updatedReplicas: spec.replicas,
    readyReplicas: available,
    availableReplicas: available,
    unavailableReplicas: spec.replicas - available,
    conditions: isBroken
      ? [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'exceeded' }]
      : [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }],
  }
  world.store('deployments', deployment)
}

function scale(world: World, set: KubernetesObject, isBroken: boolean): void {
  const pods = world
    .list('pods', set.metadata.namespace)
    .filter(it => (it.metadata.ownerReferences?.[0] as { uid: string } | undefined)?.uid === set.metadata.uid)
  for (const it of pods.slice(set.spec.replicas)) world.remove('pods', it)
  for (let n = pods.length; n < set.spec.replicas; n++)
    world.store(
      'pods',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...{ name: `${set.metadata.name}-${randomUUID().slice(0, 5)}`, namespace: set.metadata.namespace! },
          ...{ labels: set.spec.template.metadata.labels, uid: randomUUID() },
          ...{
            ownerReferences: [{ kind: 'ReplicaSet', uid: set.metadata.uid }],
            creationTimestamp: new Date().toISOString(),
          },
        },
        spec: structuredClone(set.spec.template.spec),
        status: {
          phase: 'Running',
          conditions: [
            {
              type: 'Ready',
              status: isBroken ? 'False' : 'True',
              lastTransitionTime: new Date().toISOString(),
            },
          ],
        },
      },
      'ADDED',
    )
}

function replicaSetOf({ metadata, spec }: KubernetesObject, revision: number): KubernetesObject {
  const hash = randomUUID().slice(0, 8)
  const labels = { ...spec.template.metadata.labels, 'pod-template-hash': hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...{ name: `${metadata.name}-${hash}`, namespace: metadata.namespace!, labels, uid: randomUUID() },
      annotations: { [REVISION]: String(revision) },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: metadata.name,
          uid: metadata.uid,
          controller: true,
        },
      ],
      creationTimestamp: new Date().toISOString(),
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: structuredClone({ ...spec.template, metadata: { ...spec.template.metadata, labels } }),
    },
  }
}

/** As text, without what the controller adds. */
function templateOf({ metadata, spec }: { metadata: KubernetesObject['metadata']; spec: object }): string {
  const { 'pod-template-hash': _, ...labels } = metadata.labels ?? {}
  return JSON.stringify([labels, metadata.annotations ?? {}, spec])
}

function revisionOf({ metadata }: KubernetesObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0)
}
