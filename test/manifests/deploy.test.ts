// A deployment: what stands under the gateways first, then they; nothing where nobody said so, and no image that can change. The overlay is
// rendered by the real kubectl; the cluster is one that writes down what it is asked.

import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { inFolder } from '../support/temporary-folder.ts'
import { type Done, operate } from './support/operation.ts'
import { type Manifest, whyNot } from './support/render.ts'

const options = { timeout: 120_000, ...(whyNot && { skip: whyNot }) }
const IMAGE = `ghcr.io/acme/codeant-gateway@sha256:${'a'.repeat(64)}`
const OPERATIONS = `ghcr.io/acme/codeant-operations@sha256:${'b'.repeat(64)}`

test('a deployment only says what it would do, until it is told to', options, () =>
  withCluster({}, async ({ run, asked }) => {
    const { status, stdout, stderr } = await run('--overlay', 'production', '--image', IMAGE)
    assert.equal(status, 0, stderr)
    assert.match(stdout, /job migrations: would be made anew\n/)
    assert.match(stdout, /tritonserver:26\.07-py3: may be another one tomorrow/)
    assert.doesNotMatch(stdout, /codeant-gateway[^\n]*: may be another one/)
    assert.match(stdout, /nothing was changed; --execute does it/)
    // The server refuses to change a job's pods, also where it is only asked.
    assert.ok(asked()[0]!.objects!.every(it => it.kind !== 'Job'))
    assert.deepEqual(
      asked().map(it => it.given.slice(0, 2)),
      [['apply', '--dry-run=server']],
    )
  }),
)

test('the schema comes first, then the gateways, with the image that was named', options, () =>
  withCluster({}, async ({ run, asked }) => {
    const { status, stdout, stderr } = await run('--overlay', 'production', '--image', IMAGE, '--execute')
    assert.equal(status, 0, stderr)
    assert.match(stdout, /the schema is up to date\nthe weights are there\n.*: ready/)
    const verbs = asked().map(it => it.given[0])
    assert.deepEqual(verbs.slice(0, 5), ['delete', 'apply', 'wait', 'wait', 'apply'])
    assert.deepEqual(asked()[0]!.given.slice(1, 3), ['job/migrations', 'job/weights'])
    assert.deepEqual(
      asked()
        .slice(5)
        .map(it => it.given.slice(0, 3).join(' ')),
      ['gateway', 'graphql', 'worker'].map(it => `rollout status deployment/${it}`),
    )
    const [first, all] = asked()
      .filter(it => it.given[0] === 'apply')
      .map(it => it.objects!)
    assert.ok(!first!.some(it => it.kind === 'Deployment'))
    for (const kind of ['Namespace', 'ConfigMap', 'NetworkPolicy', 'Job'])
      assert.ok(
        first!.some(it => it.kind === kind),
        kind,
      )
    const own = all!.find(it => it.kind === 'Deployment' && it.metadata.name === 'gateway')!
    assert.equal(own.spec.template.spec.containers[0].image, IMAGE)
    const migrations = first!.find(it => it.kind === 'Job' && it.metadata.name === 'migrations')!
    assert.equal(migrations.spec.template.spec.containers[0].image, IMAGE)
  }),
)

test('gateways stay as they are when the schema does not come up', options, () =>
  withCluster({ wait: 'timed out waiting for the condition' }, async ({ run, asked }) => {
    const { status, stderr } = await run('--overlay', 'production', '--image', IMAGE, '--execute')
    assert.equal(status, 2)
    assert.match(stderr, /the gateways stay as they are: .*timed out/)
    assert.equal(asked().filter(it => it.given[0] === 'apply').length, 1)
  }),
)

test('what can change, and what is no overlay, is refused', options, () =>
  withCluster({}, async ({ run, asked }) => {
    for (const image of [
      'ghcr.io/acme/codeant-gateway:1.0.0',
      'codeant-gateway',
      `x@sha256:${'a'.repeat(63)}`,
    ]) {
      const { status, stderr } = await run('--overlay', 'staging', '--image', image, '--execute')
      assert.equal(status, 2)
      assert.match(stderr, /name it by its digest/)
    }
    assert.equal((await run('--overlay', 'nowhere', '--image', IMAGE, '--execute')).status, 2)
    assert.match((await run('--image', IMAGE)).stderr, /deploy\.mjs --overlay NAME/)
    const stranger = `ghcr.io/acme/another@sha256:${'a'.repeat(64)}`
    assert.match(
      (await run('--overlay', 'production', '--image', stranger)).stderr,
      /nothing in it runs .*another/,
    )
    assert.deepEqual(asked(), [])
  }),
)

test('the programs of its operations come by their digest, too', options, () =>
  withCluster({}, async ({ run, asked }) => {
    const { status, stderr } = await run('--overlay', 'production', '--image', IMAGE, '--image', OPERATIONS)
    assert.equal(status, 0, stderr)
    const text = JSON.stringify(asked()[0]!.objects)
    assert.ok(text.includes(`"image":"${OPERATIONS}"`))
    const own = [...text.matchAll(/"image":"([^"]*codeant-(?:gateway|operations)[^"]*)"/g)].map(it => it[1]!)
    assert.deepEqual(
      own.filter(it => ![IMAGE, OPERATIONS].includes(it)),
      [],
    )
  }),
)

test('which revision runs is told, also where none does', options, async () => {
  await withCluster({}, async ({ run }) => assert.equal((await run('--revision')).stdout, '7\n'))
  await withCluster({ absent: 'true' }, async ({ run }) =>
    assert.equal((await run('--revision')).stdout, '0\n'),
  )
})

interface Asked {
  readonly given: readonly string[]
  readonly objects?: readonly Manifest[]
}

interface Cluster {
  readonly run: (...given: string[]) => Promise<Done>
  /** What changes something, or would, in turn. */
  readonly asked: () => readonly Asked[]
}

/** `trouble` names a verb and what the cluster says instead of doing it. */
function withCluster(
  trouble: Readonly<Record<string, string>>,
  work: (it: Cluster) => Promise<void>,
): Promise<void> {
  return inFolder('', async ({ path }) => {
    const [programs, log] = [join(path, 'programs'), join(path, 'log')]
    mkdirSync(programs)
    writeFileSync(join(programs, 'kubectl'), KUBECTL)
    chmodSync(join(programs, 'kubectl'), 0o755)
    await work({
      run: (...given) =>
        operate('deploy', given, {
          ...{ PATH: `${programs}:${process.env.PATH}`, REAL_PATH: process.env.PATH!, LOG: log },
          TROUBLE: JSON.stringify(trouble),
        }),
      asked: () =>
        existsSync(log)
          ? readFileSync(log, 'utf8')
              .trim()
              .split('\n')
              .map(it => JSON.parse(it) as { given: string[]; text?: string })
              .map(({ given, text }) => ({ given, ...(text && { objects: objectsOf(text) }) }))
          : [],
    })
  })
}

function objectsOf(text: string): readonly Manifest[] {
  return parseAllDocuments(text).flatMap(it => {
    const object = it.toJS() as Manifest
    return object.kind === 'List' ? (object.items as Manifest[]) : [object]
  })
}

const KUBECTL = `#!/usr/bin/env node
const { spawnSync } = require('node:child_process')
const { appendFileSync, readFileSync } = require('node:fs')
const given = process.argv.slice(2)
const trouble = JSON.parse(process.env.TROUBLE)
if (given[0] === 'kustomize') {
  const { status } = spawnSync('kubectl', given, { stdio: 'inherit', env: { ...process.env, PATH: process.env.REAL_PATH } })
  process.exit(status)
}
if (given[0] === 'get' && given[1] === 'deployment') {
  if (trouble.absent) process.exit(0)
  const found = { metadata: { annotations: { 'deployment.kubernetes.io/revision': '7' } } }
  console.log(given.includes('name') ? 'deployment.apps/gateway' : JSON.stringify(found))
  process.exit(0)
}
const file = given[given.indexOf('-f') + 1]
const text = given[0] === 'apply' ? readFileSync(file, 'utf8') : undefined
appendFileSync(process.env.LOG, JSON.stringify({ given, text }) + '\\n')
if (trouble[given[0]]) {
  console.error(trouble[given[0]])
  process.exit(1)
}
if (given[0] === 'get') console.log('job.batch/migrations')
`
