// Every component holds to what overlays hold to, also those that no overlay takes: together with what they need.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { parse, stringify } from 'yaml'
import { ALL_POLICIES } from './support/all-policies.ts'
import { type Peer, reaches } from './support/network.ts'
import { KUBERNETES, type Manifest, OVERLAYS, renderFolder, root, whyNot } from './support/render.ts'
import { SCALING_POLICIES } from './support/scaling-policies.ts'
import { mistakesIn } from './support/schema.ts'

const options = whyNot ? { skip: whyNot } : {}
const COMPONENTS = join(KUBERNETES, 'components')

/** On top of an overlay, without some of what it takes; in the order in which it is said. */
interface Combination {
  readonly overlay: string
  readonly without?: readonly string[]
  readonly and: readonly string[]
  /** Of whom the overlay's own words go. */
  readonly forget?: readonly string[]
}

const COMBINATIONS: Readonly<Record<string, Combination>> = {
  'an Ingress instead of the Gateway API': {
    overlay: 'production',
    without: ['gateway-api', 'roles'],
    and: ['ingress', 'ingress-nginx', 'roles'],
  },
  'a load balancer of AWS': {
    overlay: 'production',
    without: ['gateway-api', 'roles'],
    and: ['ingress', 'ingress-alb', 'roles'],
  },
  'a Prometheus without its operator': {
    overlay: 'development',
    and: ['scrape-annotations'],
  },
  'secrets in a Vault': {
    overlay: 'production',
    without: ['external-secrets/aws'],
    and: ['external-secrets/vault'],
  },
  'secrets in Google Cloud': {
    overlay: 'production',
    without: ['external-secrets/aws'],
    and: ['external-secrets/google'],
  },
  'a database in the cluster': {
    overlay: 'production',
    and: ['database-cnpg'],
    forget: ['to-the-database'],
  },
  'a Valkey elsewhere': { overlay: 'production', without: ['valkey'], and: ['valkey-elsewhere'] },
  'thousands of people': { overlay: 'production', and: ['size-large'] },
}

test('every component is taken by an overlay, or held together with one', () => {
  const all = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' })
    .filter(it => it.endsWith('kustomization.yaml'))
    .map(dirname)
  const taken = new Set([
    ...OVERLAYS.flatMap(it => componentsOf(it)),
    ...Object.values(COMBINATIONS).flatMap(it => it.and),
    // By batch.test.ts.
    'batch-indexed-job',
  ])
  assert.deepEqual(
    all.filter(it => !taken.has(it)),
    [],
  )
})

for (const [name, combination] of Object.entries(COMBINATIONS))
  test(name, options, () => {
    const all = combined(combination)
    assert.deepEqual([...mistakesIn(all)], [])
    for (const { name: question, check } of ALL_POLICIES) assert.deepEqual(check(all), [], question)
  })

test(
  'a database in the cluster is reached by who asks it, and reaches itself and the server of the cluster',
  options,
  () => {
    const all = combined(COMBINATIONS['a database in the cluster']!)
    const pod = (labels: Readonly<Record<string, string>>, namespace = 'codeant'): Peer => ({
      namespace: { 'kubernetes.io/metadata.name': namespace },
      pod: labels,
    })
    const database = pod({ 'cnpg.io/cluster': 'database' })
    const gateway = pod({ 'codeant.dev/runs': 'gateway', 'codeant.dev/asks': 'database' })
    const engine = pod({ 'app.kubernetes.io/name': 'vllm' })
    for (const [from, to, port, expected] of [
      [gateway, database, 5432, true],
      [database, database, 5432, true],
      [database, database, 8000, true],
      [pod({}, 'cnpg-system'), database, 8000, true],
      [database, { address: '192.0.2.1' }, 6443, true],
      [engine, database, 5432, false],
      [gateway, database, 8000, false],
      [pod({}, 'default'), database, 5432, false],
      [database, { address: '203.0.113.7' }, 443, false],
      [database, { address: '169.254.169.254' }, 80, false],
      [database, gateway, 8520, false],
      // Where the one of others was.
      [gateway, { address: '10.10.0.17' }, 5432, false],
    ] as const)
      assert.equal(reaches(all, from, to, port), expected, JSON.stringify([from, to, port]))
  },
)

test('two scalers of one target are noticed', options, () => {
  const both = combined({ overlay: 'production', and: ['autoscaling'] }, 'second-')
  const [owners] = SCALING_POLICIES
  assert.equal(owners!.check(both).length, 3)
})

function componentsOf(overlay: string): readonly string[] {
  const { components = [] } = parse(
    readFileSync(join(KUBERNETES, 'overlays', overlay, 'kustomization.yaml'), 'utf8'),
  )
  return components.map((it: string) => it.replace('../../components/', ''))
}

/** `prefix`: of the names of what is added, where both would have one name. */
function combined(
  { overlay, without = [], and, forget = [] }: Combination,
  prefix?: string,
): readonly Manifest[] {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'combination-'))
  try {
    const source = join(KUBERNETES, 'overlays', overlay)
    const own = parse(readFileSync(join(source, 'kustomization.yaml'), 'utf8'))
    for (const it of readdirSync(source))
      if (it !== 'kustomization.yaml') writeFileSync(join(folder, it), remembered(join(source, it), forget))
    const from = (path: string) => relative(folder, path)
    const kept = componentsOf(overlay).filter(it => !without.includes(it))
    const edges = and.filter(it => /^ingress|^roles$/.test(it))
    const others = and.filter(it => !edges.includes(it))
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      stringify({
        ...own,
        resources: [from(join(KUBERNETES, 'base')), ...(prefix ? ['added'] : [])],
        components: [...edges, ...kept, ...(prefix ? [] : others)].map(it => from(join(COMPONENTS, it))),
      }),
    )
    if (prefix) {
      const added = join(folder, 'added')
      mkdirSync(added)
      writeFileSync(
        join(added, 'kustomization.yaml'),
        stringify({
          ...{ apiVersion: own.apiVersion, kind: own.kind, namePrefix: prefix },
          components: others.map(it => relative(added, join(COMPONENTS, it))),
        }),
      )
    }
    return renderFolder(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function remembered(file: string, forget: readonly string[]): string {
  return readFileSync(file, 'utf8')
    .split(/^---\n/m)
    .filter(it => !forget.includes(parse(it)?.metadata?.name))
    .join('---\n')
}
