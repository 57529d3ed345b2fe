// How policies look at manifests: by their kind, by their pods, by their containers.

import { type Manifest, nameOf, podOf } from './render.ts'

export interface Policy {
  readonly name: string
  /** What is wrong; empty where all is well. */
  readonly check: (all: readonly Manifest[]) => readonly string[]
  /** Makes it wrong in a copy of the manifests for production. */
  readonly breakIt: (all: Manifest[]) => void
}

// biome-ignore lint/suspicious/noExplicitAny: see `Manifest`.
export type Container = any

export const containersOf = (manifest: Manifest): readonly Container[] => {
  const pod = podOf(manifest)
  return pod ? [...(pod.initContainers ?? []), ...pod.containers] : []
}

export const workloads = (all: readonly Manifest[]) => all.filter(it => podOf(it))
export const ofKind = (all: readonly Manifest[], kind: string) => all.filter(it => it.kind === kind)
export const find = (all: readonly Manifest[], kind: string, name = 'gateway') =>
  all.find(it => it.kind === kind && it.metadata.name === name)!
export const gatewayPod = (all: readonly Manifest[]) => podOf(find(all, 'Deployment'))
export const gatewayContainer = (all: readonly Manifest[]) => gatewayPod(all).containers[0]

export function eachPod(
  all: readonly Manifest[],
  wrong: (pod: Manifest['spec'], it: Manifest) => string | undefined,
): string[] {
  return workloads(all).flatMap(it => {
    const why = wrong(podOf(it), it)
    return why ? [`${nameOf(it)}: ${why}`] : []
  })
}

export function eachContainer(
  all: readonly Manifest[],
  wrong: (it: Container) => string | undefined,
): string[] {
  return workloads(all).flatMap(it =>
    containersOf(it).flatMap(container => {
      const why = wrong(container)
      return why ? [`${nameOf(it)}, container ${container.name}: ${why}`] : []
    }),
  )
}
