// The batch over an organisation: what its manifests say is what `codeant shards` does, and nothing else of the cluster notices.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXIT } from '../../server/src/cli/command.ts'
import { codeant } from '../support/memory-terminal.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { type Peer, reaches } from './support/network.ts'
import { POLICIES } from './support/policies.ts'
import { type Manifest, podOf, render, whyNot } from './support/render.ts'
import { mistakesIn } from './support/schema.ts'

const options = whyNot ? { skip: whyNot } : {}

const batch = () => render('../batch')
/** As it is in a cluster that has an endpoint too. */
const both = () => [...render('production'), ...batch()]
const jobOf = (all: readonly Manifest[], name: string) =>
  all.find(it => it.kind === 'Job' && it.metadata.name === `batch-${name}`)!
const containerOf = (all: readonly Manifest[], name: string) => podOf(jobOf(all, name)).containers[0]
const JOBS = ['plan', 'shards', 'merge'] as const

test('all fields are known, all values of their type, and a misspelt one is told', options, () => {
  assert.deepEqual([...mistakesIn(batch())], [])
  const misspelt = structuredClone(jobOf(batch(), 'shards'))
  misspelt.spec.backoffLimitPerIndexes = 3
  assert.deepEqual([...mistakesIn([misspelt]).keys()], ['Job batch-shards'])
})

test('every question of an operator is answered for it too', options, () => {
  for (const { name, check } of POLICIES) assert.deepEqual(check(both()), [], name)
  const broken = (change: (all: readonly Manifest[]) => void) => {
    const all = structuredClone(both())
    change(all)
    return POLICIES.flatMap(it => it.check(all)).filter(it => it.includes('batch-'))
  }
  for (const change of [
    (all: readonly Manifest[]) => delete podOf(jobOf(all, 'plan')).securityContext.runAsUser,
    (all: readonly Manifest[]) => delete containerOf(all, 'shards').securityContext.readOnlyRootFilesystem,
    (all: readonly Manifest[]) => delete containerOf(all, 'merge').resources.limits.memory,
    (all: readonly Manifest[]) => Object.assign(containerOf(all, 'shards'), { image: 'codeant-gateway' }),
    (all: readonly Manifest[]) => delete podOf(jobOf(all, 'merge')).automountServiceAccountToken,
    (all: readonly Manifest[]) => delete podOf(jobOf(all, 'merge')).volumes[2].emptyDir.sizeLimit,
  ])
    assert.notDeepEqual(broken(change), [], String(change))
})

/** Of the batch alone: each knows how to break what it asks for. */
const QUESTIONS: readonly (readonly [
  name: string,
  isSo: (all: readonly Manifest[]) => boolean,
  breakIt: (all: readonly Manifest[]) => void,
])[] = [
  [
    'there are as many pods as the plan has shards',
    all =>
      jobOf(all, 'shards').spec.completionMode === 'Indexed' &&
      containerOf(all, 'plan').args.includes(`--shards=${jobOf(all, 'shards').spec.completions}`),
    all => {
      jobOf(all, 'shards').spec.completions = 33
    },
  ],
  [
    'people who wait come first, and nobody is pushed away for a batch',
    all => {
      const priority = (name: string) =>
        all.find(it => it.kind === 'PriorityClass' && it.metadata.name === name)
      const own = JOBS.map(it => priority(podOf(jobOf(all, it)).priorityClassName))
      const interactive = priority('codeant-interactive')!.value
      return own.every(it => it && it.value < interactive && it.preemptionPolicy === 'Never')
    },
    all => {
      podOf(jobOf(all, 'shards')).priorityClassName = 'codeant-interactive'
    },
  ],
  [
    'a drained node is no failure, and what trying again cannot mend ends the job',
    all =>
      JOBS.every(name => {
        const { rules } = jobOf(all, name).spec.podFailurePolicy
        const [drained, useless] = rules
        return (
          podOf(jobOf(all, name)).restartPolicy === 'Never' &&
          drained.action === 'Ignore' &&
          drained.onPodConditions[0].type === 'DisruptionTarget' &&
          useless.action === 'FailJob' &&
          String(useless.onExitCodes.values) === String(EXIT.usage) &&
          useless.onExitCodes.containerName === containerOf(all, name).name
        )
      }),
    all => {
      jobOf(all, 'merge').spec.podFailurePolicy.rules[1].onExitCodes.values = [3]
    },
  ],
  [
    'a shard that fails is tried again by itself, and every job has an end',
    all =>
      jobOf(all, 'shards').spec.backoffLimitPerIndex > 0 &&
      jobOf(all, 'shards').spec.maxFailedIndexes < jobOf(all, 'shards').spec.completions &&
      JOBS.every(
        it =>
          jobOf(all, it).spec.activeDeadlineSeconds > 0 && jobOf(all, it).spec.ttlSecondsAfterFinished > 0,
      ),
    all => {
      delete jobOf(all, 'plan').spec.activeDeadlineSeconds
    },
  ],
  [
    'the merge waits longer than shards may take, and they wait for the plan less than they may take',
    all => {
      const waits = (name: string) =>
        Number(/--wait=(\d+)/.exec(containerOf(all, name).args.join(' '))?.[1] ?? 0)
      const may = (name: string) => jobOf(all, name).spec.activeDeadlineSeconds
      return (
        waits('merge') >= may('shards') && may('merge') > waits('merge') && waits('shards') < may('shards')
      )
    },
    all => {
      jobOf(all, 'shards').spec.activeDeadlineSeconds = 86400
    },
  ],
  [
    'code is only read',
    all =>
      JOBS.every(name => {
        const { volumes, containers } = podOf(jobOf(all, name))
        const [claim] = volumes
        return (
          claim.persistentVolumeClaim.readOnly === true && containers[0].volumeMounts[0].readOnly === true
        )
      }),
    all => {
      delete containerOf(all, 'shards').volumeMounts[0].readOnly
    },
  ],
  [
    'all pods at once fit into what the namespace may have',
    all => {
      const hard = all.find(it => it.kind === 'ResourceQuota')!.spec.hard
      const { parallelism } = jobOf(all, 'shards').spec
      const { requests, limits } = containerOf(all, 'shards').resources
      const gib = (it: string) => (it.endsWith('Gi') ? Number.parseFloat(it) : Number.parseFloat(it) / 1024)
      // Half of it: the endpoint is there as well.
      return (
        parallelism * Number(requests.cpu) <= Number(hard['requests.cpu']) / 2 &&
        parallelism * gib(limits.memory) <= gib(hard['limits.memory']) / 2
      )
    },
    all => {
      jobOf(all, 'shards').spec.parallelism = 100
    },
  ],
  [
    'settings and volumes that are named are there',
    all =>
      JOBS.every(name => {
        const has = (kind: string, called: string) =>
          all.some(it => it.kind === kind && it.metadata.name === called)
        const { volumes, serviceAccountName } = podOf(jobOf(all, name))
        const { env } = containerOf(all, name)
        return (
          has('ServiceAccount', serviceAccountName) &&
          volumes.every(
            (it: Manifest) =>
              !it.persistentVolumeClaim || has('PersistentVolumeClaim', it.persistentVolumeClaim.claimName),
          ) &&
          env.every((it: Manifest) => !it.valueFrom || has('ConfigMap', it.valueFrom.configMapKeyRef.name))
        )
      }),
    all => {
      podOf(jobOf(all, 'merge')).volumes[1].persistentVolumeClaim.claimName = 'results'
    },
  ],
]

for (const [name, isSo, breakIt] of QUESTIONS)
  test(name, options, () => {
    assert.equal(isSo(both()), true)
    const broken = structuredClone(both())
    breakIt(broken)
    assert.equal(isSo(broken), false, 'it would not have noticed')
  })

test('its pods reach nothing, and nobody reaches them', options, () => {
  const own = (name: string): Peer => ({
    namespace: { 'kubernetes.io/metadata.name': 'codeant' },
    pod: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': name.split('-')[0]! },
    ports: { http: 8520, postgres: 5432 },
  })
  const others: readonly (readonly [string, Peer, number])[] = [
    ['the internet', { address: '203.0.113.7' }, 443],
    ['the keys of its machine', { address: '169.254.169.254' }, 80],
    ['the database', { address: '10.10.0.17' }, 5432],
    ['the gateway', own('gateway'), 8520],
    ['the Valkey', own('valkey'), 6379],
    ['the engine', own('triton'), 8000],
  ]
  const all = both()
  for (const name of JOBS)
    for (const [what, peer, port] of others) {
      assert.equal(reaches(all, own(`batch-${name}`), peer, port), false, `${name} reaches ${what}`)
      assert.equal(reaches(all, peer, own(`batch-${name}`), 8080), false, `${what} reaches ${name}`)
    }
  // It is the default that holds them: without it, they would.
  const open = all.filter(
    it => it.metadata.name !== 'nothing-by-default' && it.metadata.name !== 'names-are-resolved',
  )
  assert.equal(reaches(open, own('batch-shards'), others[0]![1], 443), true)
})

test('what the jobs run, run here, is one report and that of a single run', options, () =>
  inFolder(
    `//- repositories/shop/.git/HEAD
ref: refs/heads/main
//- repositories/shop/server/main.py
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/people/{user_id}")
def find_user(user_id: int): ...
//- repositories/shop/web/users.ts
export const load = (id: string) => fetch(\`/api/users/\${id}\`)
//- repositories/tools/.git/HEAD
ref: refs/heads/main
//- repositories/tools/a.py
def f(width):
    width = width
`,
    async folder => {
      const all = batch()
      const settings = all.find(it => it.kind === 'ConfigMap')!.data as Record<string, string>
      const started = (name: string, index?: number) => {
        const { args, env } = containerOf(all, name)
        const given: Record<string, string> = {}
        for (const it of env)
          given[it.name] = it.value ?? settings[it.valueFrom.configMapKeyRef.key] ?? assert.fail(it.name)
        if (index !== undefined) given.JOB_COMPLETION_INDEX = String(index)
        const place = (it: string) =>
          it
            .replace(/\$\((\w+)\)/g, (_, variable: string) => given[variable]!)
            .replace(/(^|=)\/(repositories|results)/, (_, before, name) => `${before}${folder.path}/${name}`)
        // Options of Node come before the program.
        const from = args.findIndex((it: string) => it.endsWith('/dist/server/main.mjs'))
        return codeant(args.slice(from + 1).map(place), {
          cwd: join(folder.path, 'repositories'),
          env: { ...given, CODEANT_CACHE: join(folder.path, 'cache') },
        })
      }
      const { completions } = jobOf(all, 'shards').spec
      // As in a cluster, all of it begins at once, and each waits for what it needs.
      const merged = started('merge')
      const early = [started('shards', completions - 1), started('shards', 0)]
      const plan = await started('plan')
      const rest = Array.from({ length: completions - 2 }, (_, i) => i + 1)
      for (const index of rest) early.push(started('shards', index))
      for (const { code, err } of [plan, ...(await Promise.all(early)), await merged])
        assert.equal(code, 0, err)
      const single = await codeant(['analyze', '--format', 'sarif', '--fail-on', 'never', 'shop', 'tools'], {
        cwd: join(folder.path, 'repositories'),
      })
      assert.match(single.out, /contracts\//)
      const report = join(folder.path, 'results/runs/first/codeant.sarif')
      assert.equal(readFileSync(report, 'utf8'), single.out)
    },
  ),
)
