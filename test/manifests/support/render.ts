// What an overlay comes down to, as `kubectl apply -k` would send it.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
export const KUBERNETES = join(root, 'deploy/kubernetes')

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  // biome-ignore lint/suspicious/noExplicitAny: each kind has another shape, and a test asks of it what it knows.
  readonly [field: string]: any
}

export const OVERLAYS = readdirSync(join(KUBERNETES, 'overlays')).sort()

/** Why nothing can be rendered here; undefined where it can. */
export const whyNot: string | undefined =
  spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' }).status === 0
    ? undefined
    : 'there is no kubectl here'

const rendered = new Map<string, readonly Manifest[]>()

export function render(overlay: string): readonly Manifest[] {
  return renderFolder(join(KUBERNETES, 'overlays', overlay))
}

/** An overlay, or another folder with a `kustomization.yaml`. */
export function renderFolder(folder: string): readonly Manifest[] {
  let known = rendered.get(folder)
  if (!known) {
    const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', folder], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    if (status !== 0) throw new Error(`${folder}: ${stderr}`)
    known = parseAllDocuments(stdout).map(it => {
      if (it.errors.length > 0) throw it.errors[0]
      return it.toJS() as Manifest
    })
    rendered.set(folder, known)
  }
  return known
}

export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`
}

/** The pods that something makes. */
export function podOf(manifest: Manifest): Manifest['spec'] | undefined {
  switch (manifest.kind) {
    case 'Pod':
      return manifest.spec
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return manifest.spec.template.spec
    case 'CronJob':
      return manifest.spec.jobTemplate.spec.template.spec
    default:
      return undefined
  }
}
