// Holds manifests to the published types of Kubernetes: a field that nobody knows is a mistake, as a value of another type is.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, nameOf, root } from './render.ts'

/** Of what Kubernetes does not bring along. */
const PACKAGES: Readonly<Record<string, string>> = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
}

/** What is wrong, by the name of the manifest; all that is right is left out. */
export function mistakesIn(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const lines = manifests.map(
    (it, i) =>
      `export const m${i}: import('${moduleOf(it)}').I${it.kind} = ${JSON.stringify(it)} // ${nameOf(it)}`,
  )
  // Beside the packages whose types it names.
  const folder = join(root, 'node_modules', '.cache')
  mkdirSync(folder, { recursive: true })
  const place = mkdtempSync(join(folder, 'manifests-'))
  try {
    writeFileSync(join(place, 'manifests.ts'), `${lines.join('\n')}\n`)
    const { stdout, status } = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      [
        ...['--noEmit', '--strict', '--skipLibCheck', '--pretty', 'false', '--target', 'es2022'],
        ...['--module', 'nodenext', '--types', '', '--ignoreConfig', join(place, 'manifests.ts')],
      ],
      { cwd: root, encoding: 'utf8' },
    )
    const mistakes = new Map<string, string>()
    for (const [, line, text] of stdout.matchAll(/manifests\.ts\((\d+),\d+\): error (.+(?:\n .+)*)/g))
      mistakes.set(nameOf(manifests[Number(line) - 1]!), text!)
    if (status !== 0 && mistakes.size === 0) throw new Error(stdout)
    return mistakes
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function moduleOf({ apiVersion }: Manifest): string {
  const group = apiVersion.split('/')[0]!
  return `${PACKAGES[group] ?? 'kubernetes-models'}/${apiVersion}`
}
