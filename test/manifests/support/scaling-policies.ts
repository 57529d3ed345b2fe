// What a sceptical operator asks of how many there are: who decides it, how soon, and whether there is room for all of them.

import { type Container, find, ofKind, type Policy, workloads } from './policy.ts'
import { type Manifest, nameOf, podOf } from './render.ts'

export const SCALING_POLICIES: readonly Policy[] = [
  {
    name: 'one and only one says how many there are',
    check: all => {
      const owned = scalers(all).map(it => it.spec.scaleTargetRef.name)
      return ofKind(all, 'Deployment').flatMap(({ metadata: { name }, spec }) => {
        const owners = owned.filter(it => it === name).length + (spec.replicas === undefined ? 0 : 1)
        return owners === 1 ? [] : [`${name}: ${owners} say how many there are`]
      })
    },
    breakIt: all => {
      all.push({
        ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'second' } },
        spec: { scaleTargetRef: { name: 'vllm' } },
      })
    },
  },
  {
    name: 'more come within a minute of being asked for, and all that may come have room',
    check: all => {
      const scrape = Math.max(
        ...ofKind(all, 'PodMonitor').flatMap(it =>
          it.spec.podMetricsEndpoints.map((to: Container) => Number.parseInt(to.interval, 10)),
        ),
        0,
      )
      const slow = scalers(all).flatMap(it => {
        const behavior = it.spec.behavior ?? it.spec.advanced?.horizontalPodAutoscalerConfig?.behavior
        const wait = behavior?.scaleUp?.stabilizationWindowSeconds ?? 0
        // Kubernetes looks every 15 s, at figures of the processor that are up to 15 s old.
        const look = 15 + (it.kind === 'ScaledObject' ? scrape + it.spec.pollingInterval : 15)
        return wait + look < 60 ? [] : [`${nameOf(it)}: one more after ${wait + look} s`]
      })
      return [...slow, ...withoutRoom(all)]
    },
    breakIt: all => {
      find(all, 'ScaledObject', 'vllm').spec.maxReplicaCount = 40
    },
  },
  {
    name: 'nobody finds the database full, when all are there that may come',
    check: all => {
      const [cluster] = ofKind(all, 'Cluster')
      const room = Number(cluster?.spec.postgresql.parameters.max_connections ?? ROOM)
      const asked = ofKind(all, 'Deployment')
        .filter(it => it.spec.template.metadata.labels['codeant.dev/asks'] === 'database')
        .map(it => {
          const own = podOf(it).containers[0].env.find(
            (of: Container) => of.name === 'CODEANT_GATEWAY_DATABASE_CONNECTIONS',
          )
          return (mostOf(all, it) + 1) * Number(own?.value ?? CONNECTIONS)
        })
        .reduce((sum, it) => sum + it, 0)
      // Migrations, a backup, and somebody who looks.
      return asked + 10 <= room ? [] : [`${asked} connections, and room for ${room}`]
    },
    breakIt: all => {
      find(all, 'ScaledObject', 'gateway').spec.maxReplicaCount = 40
    },
  },
]

/** What the database of an overlay has to allow (deploy/README.md), and what each gateway takes (database.connections). */
const ROOM = 400
const CONNECTIONS = 10

/** Whatever changes how many there are of something. */
export function scalers(all: readonly Manifest[]): readonly Manifest[] {
  return [...ofKind(all, 'HorizontalPodAutoscaler'), ...ofKind(all, 'ScaledObject')]
}

/** How many there may ever be, but for one more while it rolls. */
function mostOf(all: readonly Manifest[], it: Manifest): number {
  const scaler = scalers(all).find(of => of.spec.scaleTargetRef.name === it.metadata.name)
  return scaler?.spec.maxReplicas ?? scaler?.spec.maxReplicaCount ?? it.spec.replicas ?? 1
}

/** Whatever the quota refuses when all scalers are at their end, and one more of each rolls. */
function* withoutRoom(all: readonly Manifest[]): Generator<string> {
  const asked = new Map<string, number>()
  for (const it of workloads(all)) {
    const most = mostOf(all, it)
    const surge = it.kind === 'Deployment' ? (it.spec.strategy?.rollingUpdate?.maxSurge ?? 0) : 0
    for (const { resources } of podOf(it).containers)
      for (const [side, amounts] of Object.entries(resources))
        for (const [what, amount] of Object.entries(amounts as Readonly<Record<string, string>>)) {
          const key = `${side}.${what}`
          asked.set(key, (asked.get(key) ?? 0) + (most + surge) * amountOf(amount))
        }
  }
  for (const { spec } of ofKind(all, 'ResourceQuota'))
    for (const [key, limit] of Object.entries(spec.hard as Readonly<Record<string, string>>))
      if ((asked.get(key) ?? 0) > amountOf(limit)) yield `${key}: ${asked.get(key)} of ${limit}`
}

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

function amountOf(text: string): number {
  const [, number, unit] = /^([\d.]+)(\w*)$/.exec(text)!
  return Number(number) * (unit ? UNITS[unit]! : 1)
}
