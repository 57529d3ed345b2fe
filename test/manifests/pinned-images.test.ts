// What production runs is known by its bytes: a program asks registries for them and writes them down, notices a tag that moved, and keeps
// what has none from being applied.

import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { buildah, whyNoContainer } from './support/container.ts'
import { KUBERNETES, podOf, renderFolder, root, whyNot } from './support/render.ts'

const options = whyNot ? { skip: whyNot } : {}
const PROGRAM = join(root, 'deploy/operations/pin-images.mjs')
const digestFor = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

test('production is pinned, keeps what stands beside, and stays so', options, () =>
  withOverlay(async overlay => {
    const registry = await startRegistry()
    const through = ['--through', registry.url]
    try {
      assert.match((await pin(['--overlay', overlay, '--check'], 1)).stdout, /may be another one tomorrow/)
      const before = readFileSync(join(overlay, 'kustomization.yaml'), 'utf8')
      const told = await pin(['--overlay', overlay, ...through], 1)
      assert.match(told.stdout, /nvcr\.io\/nvidia\/tritonserver:26\.07-py3 {2}sha256:[0-9a-f]{64} \(--write/)
      assert.match(told.stdout, /docker\.io\/valkey\/valkey:/)
      assert.equal(readFileSync(join(overlay, 'kustomization.yaml'), 'utf8'), before, 'it only says so')

      await pin(['--overlay', overlay, '--write', ...through])
      assert.match((await pin(['--overlay', overlay, '--check'])).stdout, /every image has its digest/)
      const images = imagesOf(overlay)
      assert.ok(images.length > 5)
      for (const it of images)
        assert.match(it, /:[\w.-]+@sha256:[0-9a-f]{64}$/, 'its tag is still to be read')
      const after = readFileSync(join(overlay, 'kustomization.yaml'), 'utf8')
      assert.equal(
        after.replace(/^ {4}digest: sha256:[0-9a-f]{64}\n/gm, ''),
        before,
        'and nothing else was changed',
      )
      assert.equal((await pin(['--overlay', overlay, ...through])).status, 0, 'again: all as it was')

      // Somebody pushed something else under the same name.
      registry.answers = name => digestFor(`${name}, changed`)
      const moved = await pin(['--overlay', overlay, '--write', ...through], 1)
      assert.match(moved.stdout, /MOVED/)
      assert.equal(readFileSync(join(overlay, 'kustomization.yaml'), 'utf8'), after, 'nobody asked for it')
      await pin(['--overlay', overlay, '--write', '--moved', ...through])
      assert.notEqual(readFileSync(join(overlay, 'kustomization.yaml'), 'utf8'), after)

      // One that no entry is about.
      const path = join(overlay, 'kustomization.yaml')
      writeFileSync(path, readFileSync(path, 'utf8').replace(/ {2}- name: vllm[\s\S]*?digest: \S+\n/, ''))
      assert.match((await pin(['--overlay', overlay, '--check'], 1)).stdout, /^vllm\/vllm-openai: may be/m)
      assert.match((await pin(['--overlay', overlay, ...through], 1)).stdout, /vllm-openai: stands in no/)
    } finally {
      registry.close()
    }
  }),
)

test('what has to be carried to a cluster that reaches nothing is told', options, async () => {
  const { stdout } = await pin(['--overlay', join(KUBERNETES, 'overlays/airgapped'), '--carry'])
  assert.deepEqual(stdout.match(/docker:\/\/\S+/g), [
    'docker://docker.io/valkey/valkey:8.1.4-alpine',
    'docker://registry.internal.example/valkey:8.1.4-alpine',
    'docker://docker.io/openvino/model_server:2026.4.0',
    'docker://registry.internal.example/openvino-model-server:2026.4.0',
    'docker://ghcr.io/ggml-org/llama.cpp:server-b11176',
    'docker://registry.internal.example/llama.cpp:server-b11176',
  ])
})

test('a registry that does not know the tag, lies or is not there ends it with a sentence', options, () =>
  withOverlay(async overlay => {
    const registry = await startRegistry()
    try {
      const asked = (url: string) => pin(['--overlay', overlay, '--through', url], 2)
      registry.answers = () => undefined
      assert.match(
        (await asked(registry.url)).stderr,
        /^pin-images: 127\.0\.0\.1:\d+: [\w/-]+:[\w.-]+: 404\n$/,
      )
      registry.answers = () => 'sha256:short'
      assert.match((await asked(registry.url)).stderr, /sha256:short\n$/)
      assert.match((await asked('http://127.0.0.1:1')).stderr, /^pin-images: 127\.0\.0\.1:1: [^\n]+\n$/)
      assert.match((await pin(['--overlay', join(overlay, 'none')], 2)).stderr, /ENOENT/)
    } finally {
      registry.close()
    }
  }),
)

const NO_REGISTRY = spawnSync('docker-registry', ['--version'], { stdio: 'ignore' }).error
  ? 'there is no docker-registry here'
  : whyNoContainer()

test('a real registry is asked as well', { ...options, ...(NO_REGISTRY && { skip: NO_REGISTRY }) }, () =>
  inFolder('', ({ path }) =>
    withOverlay(async overlay => {
      const port = await freePort()
      const config = join(path, 'registry.yml')
      const storage = join(path, 'images')
      writeFileSync(
        config,
        `version: 0.1\nstorage: { filesystem: { rootdirectory: ${storage} } }\nhttp: { addr: '127.0.0.1:${port}' }\n`,
      )
      const server = spawn('docker-registry', ['serve', config], { stdio: 'ignore' })
      const container = buildah('from', 'scratch')
      try {
        while (!(await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)))
          await new Promise(resolve => setTimeout(resolve, 50))
        const name = `127.0.0.1:${port}/codeant-gateway:0.1.0`
        buildah('commit', '--quiet', container, name)
        const file = join(path, 'digest')
        buildah('push', '--quiet', '--tls-verify=false', '--digestfile', file, name)
        writeFileSync(
          join(overlay, 'kustomization.yaml'),
          readFileSync(join(KUBERNETES, 'overlays/development/kustomization.yaml'), 'utf8')
            .replace('localhost/codeant-gateway', `127.0.0.1:${port}/codeant-gateway`)
            .replace('newTag: development', 'newTag: 0.1.0')
            .replace('../../base', join('..', '..', '..', 'deploy/kubernetes/base')),
        )
        await pin(['--overlay', overlay, '--write', '--through', `http://127.0.0.1:${port}`])
        assert.deepEqual(imagesOf(overlay), [`${name}@${readFileSync(file, 'utf8').trim()}`])
      } finally {
        server.kill()
        buildah('rm', container)
        buildah('rmi', `127.0.0.1:${port}/codeant-gateway:0.1.0`)
      }
    }),
  ),
)

/** A copy of `production` that still finds the components. */
async function withOverlay(work: (overlay: string) => Promise<void>): Promise<void> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const overlay = mkdtempSync(join(cache, 'overlay-'))
  try {
    cpSync(join(KUBERNETES, 'overlays/production'), overlay, { recursive: true })
    const path = join(overlay, 'kustomization.yaml')
    const up = join('..', '..', '..', 'deploy/kubernetes')
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('../../', `${up}/`))
    await work(overlay)
  } finally {
    rmSync(overlay, { recursive: true, force: true })
  }
}

let rendering = 0
function imagesOf(overlay: string): readonly string[] {
  // Each time anew, though the folder is the same.
  const all = renderFolder(`${overlay}${'/.'.repeat(++rendering)}`)
  return all.flatMap(it => {
    const pod = podOf(it)
    return pod ? [...(pod.initContainers ?? []), ...pod.containers].map(container => container.image) : []
  })
}

async function pin(given: readonly string[], status = 0) {
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', DOCKER_CONFIG: '/nonexistent' }
  const done = await promisify(execFile)(process.execPath, [PROGRAM, ...given], { env }).then(
    it => ({ ...it, status: 0 }),
    (error: { code: number; stdout: string; stderr: string }) => ({ ...error, status: error.code }),
  )
  assert.equal(done.status, status, done.stdout + done.stderr)
  return done
}

/** As registries are: whoever has no token is sent for one, and a tag is answered with its digest. */
async function startRegistry() {
  const registry = {
    url: '',
    answers: (name: string): string | undefined => digestFor(name),
    close: () => void server.close(),
  }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://registry')
    if (pathname === '/token') {
      assert.equal(searchParams.get('service'), 'registry of a test')
      return response.end(JSON.stringify({ token: `for ${searchParams.get('scope')}` }))
    }
    const [, name, tag] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(pathname) ?? []
    if (request.headers.authorization !== `Bearer for repository:${name}:pull`)
      return response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="${registry.url}/token",service="registry of a test",scope="repository:${name}:pull"`,
        })
        .end()
    assert.equal(request.method, 'HEAD')
    assert.match(request.headers.accept!, /image\.index\.v1\+json/)
    const digest = registry.answers(`${searchParams.get('ns')}/${name}:${tag}`)
    return response.writeHead(digest ? 200 : 404, digest ? { 'docker-content-digest': digest } : {}).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  registry.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return registry
}
