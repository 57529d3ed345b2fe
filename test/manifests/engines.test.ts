// Engines: what they are started with follows from what they are said to serve, in every overlay only the gateway reaches them and they
// reach nobody, and weights that are not what was described get into no volume.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { argumentsOf } from '../../deploy/gateway/src/models/engine-arguments.ts'
import { readDescription } from '../../deploy/gateway/src/weights/description.ts'
import { folderOf, runWeights } from '../../deploy/gateway/src/weights/run-weights.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { type Peer, reaches } from './support/network.ts'
import { OVERLAYS, podOf, render, root, whyNot } from './support/render.ts'

const options = whyNot ? { skip: whyNot } : {}
const COMPONENTS = join(root, 'deploy/kubernetes/components')
const read = (path: string) => readFileSync(join(COMPONENTS, path), 'utf8')
const ENGINES = ['triton', 'vllm', 'openvino', 'llamacpp']

test('arguments are those of the description (npm run generate)', () => {
  for (const [engine, [name, text]] of Object.entries(argumentsOf))
    assert.equal(read(`${engine}/${name}`), text(read(`${engine}/model.json`)), engine)
})

test('weights whose digest nobody knows, or a name that leads elsewhere, are no description', () => {
  const description = JSON.parse(read('engine-vllm/model.json'))
  const changed = (change: object) => JSON.stringify({ ...description, ...change })
  const [file] = description.files
  assert.equal(readDescription(changed({})).licence, 'Apache-2.0')
  for (const [what, change] of Object.entries({
    'files[0]': { files: [{ ...file, digest: 'sha256:abc' }] },
    repository: { repository: '../../etc' },
    revision: { revision: '..' },
    context: { context: 0 },
    files: { files: [] },
  }))
    assert.throws(() => readDescription(changed(change)), { message: what })
  assert.throws(() => readDescription(changed({ files: [{ ...file, name: '../x' }] })), /files\[0\]/)
})

test('all weights fit beside each other on the volume, and on a GPU of 24 GB with what it remembers', () => {
  const bytes = (engine: string) =>
    readDescription(read(`${engine}/model.json`)).files.reduce((sum, it) => sum + it.bytes, 0)
  const [claim] = read('chat-weights/weights.yaml')
    .split('---')
    .map(it => parse(it))
  const room = Number.parseInt(claim.spec.resources.requests.storage, 10) * 2 ** 30
  assert.ok(2 * bytes('engine-vllm') < room)
  const share = parse(read('engine-vllm/vllm.yaml'))['gpu-memory-utilization']
  // Of 28 layers with 4 heads of 128 numbers each, keys and values, two bytes a number.
  const token = 28 * 4 * 128 * 2 * 2
  const { context } = readDescription(read('engine-vllm/model.json'))
  // Two gigabytes for what is under way.
  assert.ok(bytes('engine-vllm') + 2e9 + context * token < share * 24e9)
})

for (const overlay of OVERLAYS)
  test(`${overlay}: engines are reached by the gateway alone, and reach nobody`, options, () => {
    const all = render(overlay)
    const pods = all
      .filter(it => podOf(it))
      .map(it => ({ name: it.metadata.name, labels: templateOf(it).metadata.labels, pod: podOf(it) }))
    const peer = ({ labels, pod }: (typeof pods)[number]): Peer => ({
      namespace: { 'kubernetes.io/metadata.name': 'codeant' },
      pod: labels,
      ports: Object.fromEntries(
        pod.containers.flatMap((it: { ports?: { name: string; containerPort: number }[] }) =>
          (it.ports ?? []).map(port => [port.name, port.containerPort]),
        ),
      ),
    })
    const engines = pods.filter(it => ENGINES.includes(it.name))
    for (const engine of engines) {
      const port = engine.pod.containers[0].ports[0].containerPort as number
      for (const other of pods.filter(it => it !== engine)) {
        const mayAsk = other.labels['codeant.dev/runs'] === 'gateway'
        assert.equal(reaches(all, peer(other), peer(engine), port), mayAsk, `${other.name} → ${engine.name}`)
        for (const it of [80, 443, 5432, 6379, 8000, 8080, 8520])
          assert.equal(
            reaches(all, peer(engine), peer(other), it),
            false,
            `${engine.name} → ${other.name}:${it}`,
          )
      }
      for (const address of ['203.0.113.7', '169.254.169.254', '10.10.0.17', '10.10.1.9', '10.30.0.4'])
        assert.equal(reaches(all, peer(engine), { address }, 443), false, `${engine.name} → ${address}`)
    }
  })

test(
  'airgapped: what leaves the cluster goes to the database, and every image comes from one registry',
  options,
  () => {
    const all = render('airgapped')
    const blocks = all
      .filter(it => it.kind === 'NetworkPolicy')
      .flatMap(it => it.spec.egress ?? [])
      .flatMap(it => it.to ?? [{ anywhere: true }])
      .filter(it => !it.podSelector && !it.namespaceSelector)
    assert.deepEqual(
      blocks.map(it => it.ipBlock?.cidr),
      ['10.30.0.0/24'],
    )
    const images = all.flatMap(it => {
      const pod = podOf(it)
      return pod ? [...(pod.initContainers ?? []), ...pod.containers].map(container => container.image) : []
    })
    assert.deepEqual(
      images.filter(it => !it.startsWith('registry.internal.example/')),
      [],
    )
    assert.ok(
      all.every(it => !JSON.stringify(podOf(it) ?? '').includes('nvidia')),
      'a GPU is asked for',
    )
  },
)

const CONTENT = 'weights of a test'
const SMALL = '{"a": 1}'
const DESCRIPTION = {
  ...{ name: 'm', repository: 'team/model', revision: 'r1', licence: 'MIT', context: 10, sequences: 1 },
  files: [
    {
      name: 'config.json',
      bytes: 8,
      digest: `git:${createHash('sha1').update(`blob 8\0${SMALL}`).digest('hex')}`,
    },
    {
      name: 'w.safetensors',
      bytes: 17,
      digest: `sha256:${createHash('sha256').update(CONTENT).digest('hex')}`,
    },
  ],
}

test('weights are brought once, checked, and damage is told', () =>
  inFolder('', async ({ path }) => {
    const description = join(path, 'model.json')
    writeFileSync(description, JSON.stringify(DESCRIPTION))
    const target = join(path, 'volume')
    const there = folderOf(target, DESCRIPTION)
    const served: Record<string, string> = { 'config.json': SMALL, 'w.safetensors': CONTENT }
    const asked: string[] = []
    const store = createServer((request, response) => {
      asked.push(request.url!)
      const content = served[request.url!.split('/').at(-1)!]
      response.writeHead(content === undefined ? 404 : 200).end(content)
    })
    await new Promise<void>(resolve => store.listen(0, '127.0.0.1', resolve))
    const from = `http://127.0.0.1:${(store.address() as AddressInfo).port}/`
    const run = async (...given: string[]) => {
      let said = ''
      const tell = (text: string) => {
        said += text
      }
      const status = await runWeights({
        ...{ given, locale: 'en' as const, out: tell, err: tell },
        readText: it => readFileSync(it, 'utf8'),
      })
      return { status, said }
    }
    try {
      assert.match((await run('check', description, target)).said, /config\.json: is not there/)
      // Of the right size, and something else.
      served['w.safetensors'] = CONTENT.toUpperCase()
      assert.match(
        (await run('fetch', description, target, from)).said,
        /w\.safetensors: is not what was described/,
      )
      served['w.safetensors'] = `${CONTENT} and more, without an end`
      assert.match((await run('fetch', description, target, from)).said, /another size/)
      delete served['w.safetensors']
      assert.match((await run('fetch', description, target, from)).said, /HTTP 404/)
      assert.deepEqual(readdirSync(there), ['config.json'])
      served['w.safetensors'] = CONTENT
      assert.equal((await run('fetch', description, target, from)).status, 0)
      assert.equal(asked.at(-1), '/team/model/resolve/r1/w.safetensors')
      const before = asked.length
      const again = await run('fetch', description, target, from)
      assert.deepEqual([again.status, asked.length], [0, before], 'what is there is not asked for')
      assert.equal((await run('check', description, target)).status, 0)
      // Out of an image, as an air-gapped cluster does it.
      assert.equal((await run('fetch', description, join(path, 'other'), there)).status, 0)
      writeFileSync(join(there, 'w.safetensors'), CONTENT.replace('w', 'W'))
      const damaged = await run('check', description, target)
      assert.equal(damaged.status, 2)
      assert.match(damaged.said, /w\.safetensors: is not what was described/)
      mkdirSync(join(path, 'empty'))
      assert.match((await run('fetch', description, join(path, 'third'), join(path, 'empty'))).said, /ENOENT/)
      assert.equal(existsSync(join(path, 'third/team--model/r1/config.json')), false)
    } finally {
      store.close()
    }
  }))

function templateOf(it: ReturnType<typeof render>[number]) {
  return (it.spec.jobTemplate?.spec ?? it.spec).template
}
