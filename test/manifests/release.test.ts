// The programs that workflows run, with everything that can be wrong with what they are given: a release is made seldom, and then it has
// to work.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { inFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const SHA = '0123456789abcdef0123456789abcdef01234567'

function run(program: string, given: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...given], {
    encoding: 'utf8',
    env: { ...process.env, GITHUB_STEP_SUMMARY: '', ...env },
  })
  return { status, stdout, stderr }
}

/** While servers of this test have to answer. */
function runBeside(program: string, given: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, program), ...given], { env: { ...process.env, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', it => (stdout += it))
  child.stderr.on('data', it => (stderr += it))
  return new Promise<{ status: number | null; stdout: string; stderr: string }>(resolve =>
    child.once('close', status => resolve({ status, stdout, stderr })),
  )
}

test('an image is named after its branch and its commit, or after its version, never "latest"', () => {
  const tags = (ref: string) => {
    const { status, stdout, stderr } = run('deploy/release/image-tags.mjs', [
      '--image',
      'ghcr.io/Acme/x',
      '--ref',
      ref,
      '--sha',
      SHA,
    ])
    return status === 0
      ? stdout
          .trim()
          .split('\n')
          .map(it => it.replace('ghcr.io/acme/x:', ''))
      : stderr
  }
  assert.deepEqual(tags('refs/heads/main'), ['main', 'main-0123456789ab'])
  assert.deepEqual(tags('refs/heads/feature/A b#1'), ['feature-A-b-1', 'feature-A-b-1-0123456789ab'])
  assert.deepEqual(tags('refs/tags/v1.20.3'), ['1.20.3', '1.20'])
  assert.deepEqual(tags('refs/tags/v1.20.3-rc.1'), ['1.20.3-rc.1'])
  for (const it of ['refs/pull/12/merge', 'refs/tags/nightly', 'refs/tags/v1'])
    assert.match(String(tags(it)), /nothing is published/)
})

test('a release is described, dated and of the version that is built', async () => {
  const { status, stderr } = run('deploy/release/notes.mjs', ['v9.9.9'])
  assert.deepEqual([status, stderr], [1, `notes: the tag says 9.9.9, package.json says ${version}\n`])
  const own = run('deploy/release/notes.mjs', [`v${version}`, '--unreleased'])
  assert.match(own.stdout, /^### Added\n\n- Findings while you type/)
  const { notesFor } = (await import('../../deploy/release/notes.mjs' as string)) as {
    notesFor: (tag: string, of: object) => string
  }
  const changelog =
    '# Changelog\n\n## [1.1.0] - 2026-11-22\n\n### Added\n\n- A thing.\n\n## [1.0.0] - Unreleased\n\n- Old.\n'
  assert.equal(notesFor('v1.1.0', { changelog, version: '1.1.0' }), '### Added\n\n- A thing.\n')
  assert.throws(() => notesFor('v1.0.0', { changelog, version: '1.0.0' }), /says no day/)
  assert.throws(() => notesFor('v1.2.0', { changelog, version: '1.2.0' }), /has no section/)
})

test('what is published is whole, and nothing else lies beside it', () =>
  inFolder('', ({ path }) => {
    const files = {
      [`codeant-${version}.vsix`]: 6e6,
      [`codeant-${version}.sbom.json`]: 6e3,
      'THIRD-PARTY-LICENSES.txt': 6e4,
    }
    const write = (name: string, size: number) =>
      writeFileSync(
        join(path, name),
        name.endsWith('.json') ? JSON.stringify('x'.repeat(size)) : Buffer.alloc(size),
      )
    for (const [name, size] of Object.entries(files)) write(name, size)
    const verify = (...given: string[]) =>
      run('deploy/release/verify.mjs', [path, '--only', 'extension', ...given])
    const well = verify('--write')
    assert.equal(well.status, 0, well.stderr)
    const sums = readFileSync(join(path, 'SHA256SUMS'), 'utf8')
    assert.equal(sums.match(/^[0-9a-f]{64} {2}\S+$/gm)?.length, 3)
    assert.equal(verify().status, 0, 'the digests are no stranger')

    write(`codeant-${version}.vsix`, 1e6)
    assert.match(verify().stderr, /it is not whole/)
    write(`codeant-${version}.vsix`, 30e6)
    assert.match(verify().stderr, /what came into it/)
    write(`codeant-${version}.vsix`, 6e6)
    writeFileSync(join(path, `codeant-${version}.sbom.json`), '{'.repeat(6000))
    assert.match(verify().stderr, /cannot be read/)
    write(`codeant-${version}.sbom.json`, 6e3)
    writeFileSync(join(path, '.env'), 'TOKEN=1')
    assert.match(verify().stderr, /\.env is nothing that is published/)
    assert.match(run('deploy/release/verify.mjs', [path, '--only', 'all']).stderr, /there is no part "all"/)
    assert.match(run('deploy/release/verify.mjs', [path]).stderr, /amd64\.tar is not there/)
  }))

test('a run of checks passes when nothing failed, and not when something was stopped', () => {
  const of = (needs: object) => run('deploy/release/summary.mjs', [], { NEEDS: JSON.stringify(needs) })
  assert.equal(of({ lint: { result: 'success' }, staging: { result: 'skipped' } }).status, 0)
  for (const result of ['failure', 'cancelled']) {
    const { status, stdout } = of({ lint: { result: 'success' }, unit: { result } })
    assert.equal(status, 1, result)
    assert.match(stdout, new RegExp(`✘ \\| unit \\| ${result}`))
  }
  assert.equal(of({}).status, 1)
})

test('what got slower is told, where it is more than chance', () =>
  inFolder('', ({ path }) => {
    const write = (name: string, figures: object) => {
      writeFileSync(join(path, name), JSON.stringify({ parts: { graph: { figures: [figures] } } }))
      return join(path, name)
    }
    const before = write('before.json', { files: 10, coldMs: 1000, bodyCpuMs: 2, memory: 100e6 })
    const slower = (after: string) =>
      run('deploy/release/slower.mjs', ['--before', before, '--after', after, '--times', '2'])
    assert.equal(
      slower(write('same.json', { files: 900, coldMs: 1900, bodyCpuMs: 9, memory: 199e6 })).status,
      0,
    )
    const slow = slower(write('slow.json', { files: 10, coldMs: 2100, bodyCpuMs: 2, memory: 250e6 }))
    assert.equal(slow.status, 1)
    assert.match(slow.stderr, /coldMs is 2\.1 times[\s\S]*memory is 2\.5 times/)
    const first = run('deploy/release/slower.mjs', ['--before', join(path, 'none.json'), '--after', before])
    assert.deepEqual([first.status, first.stdout], [0, 'slower: there is no last time to compare with\n'])
  }))

test('lines that were walked through are counted by folder, and fewer than before is a failure', async () => {
  const { foldersOf, percentOf, problemOf } = (await import('../../server/tools/coverage.mjs' as string)) as {
    foldersOf: (lcov: string) => Map<string, { hit: number; of: number }>
    percentOf: (of: ReturnType<typeof foldersOf>) => number
    problemOf: (percent: number, of: object) => string | undefined
  }
  const folders = foldersOf(
    'SF:server/src/text/a.ts\nLF:10\nLH:5\nend_of_record\nSF:server\\src\\text\\b.ts\nLF:10\nLH:10\nSF:shared/src/c.ts\nLF:20\nLH:0\n',
  )
  assert.deepEqual(
    [...folders],
    [
      ['server/src/text', { hit: 15, of: 20 }],
      ['shared/src', { hit: 0, of: 20 }],
    ],
  )
  assert.equal(percentOf(folders), 37.5)
  assert.match(problemOf(84, { least: 85 })!, /fewer than 85/)
  assert.match(problemOf(88, { least: 85, before: 90 })!, /before it was 90/)
  assert.equal(problemOf(89.5, { least: 85, before: 90 }), undefined)
})

test('a chat is told, and one that is gone fails nothing', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', it => (body += it))
    request.on('end', () => {
      asked.push((JSON.parse(body) as { text: string }).text)
      response.end('ok')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const given = ['--what', 'staging', '--result', 'failure', '--image', 'x@sha256:1']
  const CHAT_WEBHOOK = `http://127.0.0.1:${port}/secret-hook`
  const told = await runBeside('deploy/release/tell.mjs', given, { CHAT_WEBHOOK, GITHUB_RUN_ID: '' })
  server.close()
  assert.equal(told.status, 0)
  assert.deepEqual(asked, ['✘ CodeAnt, staging: failure, x@sha256:1'])
  const gone = await runBeside('deploy/release/tell.mjs', given, { CHAT_WEBHOOK })
  assert.deepEqual([gone.status, /cannot be reached/.test(gone.stderr)], [0, true])
  assert.ok(!`${gone.stdout}${gone.stderr}`.includes('secret-hook'), 'the address is a secret')
  assert.equal(run('deploy/release/tell.mjs', given, { CHAT_WEBHOOK: '' }).status, 0)
})

test('the package is unpacked and finds a mistake; one that does not is noticed', () =>
  inFolder('', ({ path }) => {
    const file = join(path, 'x.vsix')
    const program = (findings: string) =>
      `console.log(process.argv[2] === '--version' ? 'codeant 0' : JSON.stringify({ findings: [${findings}] }))`
    const attempt = (files: Record<string, string>) => {
      writeFileSync(file, zip(files))
      return run('deploy/release/try-package.mjs', [file])
    }
    const main = 'extension/dist/server/main.mjs'
    const well = attempt({ [main]: program('{ path: "shop.py" }'), 'extension/readme.md': 'x' })
    assert.match(well.stdout, /2 files, version codeant 0, a mistake found/, well.stderr)
    assert.match(attempt({ [main]: program('') }).stderr, /found nothing/)
    assert.match(attempt({ '../../outside.txt': 'x' }).stderr, /leads out of the package/)
    assert.equal(run('deploy/release/try-package.mjs', [join(path, 'none.vsix')]).status, 1)
  }))

test('every link between pages leads to a page, and to a heading in it', () =>
  inFolder('', ({ path }) => {
    const { status, stderr } = run('deploy/release/pages.mjs', ['--to', path])
    assert.equal(status, 0, stderr)
    const files = new Map(
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter(it => it.endsWith('.html'))
        .map(it => [it.replaceAll('\\', '/'), readFileSync(join(path, it), 'utf8')] as const),
    )
    assert.ok(files.size > 400, `${files.size} pages`)
    const dead = [...files].flatMap(([page, html]) =>
      [...html.matchAll(/ (?:href|src)="([^"]+)"/g)]
        .map(it => it[1]!)
        .filter(it => !/^[a-z]+:/.test(it))
        .flatMap(link => {
          const [file = '', anchor] = decodeURI(link).split('#')
          const target = file ? posix.join(posix.dirname(page), file) : page
          const there = files.get(target) ?? (existsSync(join(path, target)) ? '' : undefined)
          if (there === undefined) return [`${page}: ${link}`]
          return anchor && !there.includes(`id="${anchor}"`) ? [`${page}: ${link} (no such heading)`] : []
        }),
    )
    assert.deepEqual(dead, [])
    assert.match(
      files.get('es/privacy.html')!,
      /<html lang="es">[\s\S]*href="\.\.\/en\/privacy\.html" lang="en"/,
    )
  }))

test('images that nobody needs go, with what belongs to them, and nothing else does', async () => {
  const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const digest = (it: string) => `sha256:${it.repeat(64).slice(0, 64)}`
  const images: Record<
    string,
    { tags?: string[]; days: number; children?: string[]; subject?: string; stays: boolean }
  > = {
    a: { tags: ['1.0.0', '1.0'], days: 900, children: ['b'], stays: true },
    b: { days: 900, stays: true },
    c: { days: 900, subject: 'a', stays: true },
    d: { tags: [`sha256-${'b'.repeat(64)}.sig`], days: 900, stays: true },
    e: { tags: ['main-0123456789ab'], days: 89, children: ['8'], stays: true },
    f: { tags: ['main-ba9876543210'], days: 91, children: ['1'], stays: false },
    '1': { days: 91, stays: false },
    '2': { days: 91, subject: 'f', stays: false },
    '3': { tags: ['feature-x-0123456789ab', 'feature-x'], days: 8, stays: false },
    '4': { tags: ['feature-y'], days: 6, stays: true },
    '5': { tags: ['main'], days: 300, stays: true },
    '6': { days: 0.5, stays: true },
    '7': { tags: [`sha256-${'f'.repeat(64)}`], days: 91, stays: false },
    '8': { days: 89, stays: true },
  }
  const removed: string[] = []
  let isBroken = false
  const server = createServer((request, response) => {
    const [path = ''] = request.url!.split('?')
    const reply = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body))
    if (request.method === 'DELETE') {
      removed.push(path.split('/').at(-1)!)
      return void reply(204, '')
    }
    if (path.startsWith('/api/orgs/')) return void reply(404, {})
    if (path.startsWith('/api/users/'))
      return void reply(
        200,
        Object.entries(images).map(([id, it]) => ({
          ...{
            id,
            name: digest(id),
            updated_at: day(it.days),
            metadata: { container: { tags: it.tags ?? [] } },
          },
        })),
      )
    if (isBroken) return void reply(500, {})
    const { children = [], subject } = images[/sha256:(.)/.exec(path)![1]!]!
    reply(200, {
      manifests: children.map(it => ({ digest: digest(it) })),
      ...(subject && { subject: { digest: digest(subject) } }),
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const given = ['--owner', 'Acme', '--package', 'codeant-gateway', '--registry', base]
  const env = { GITHUB_API_URL: `${base}/api`, GITHUB_TOKEN: 'x' }
  const expected = Object.keys(images).filter(it => !images[it]!.stays)
  try {
    const shown = await runBeside('deploy/release/expire-images.mjs', given, env)
    assert.deepEqual([shown.status, removed], [0, []], shown.stderr)
    const named = [...shown.stdout.matchAll(/would remove sha256:(.)/g)].map(it => it[1]!)
    assert.deepEqual(named.sort(), [...expected].sort())
    isBroken = true
    const broken = await runBeside('deploy/release/expire-images.mjs', [...given, '--execute'], env)
    assert.deepEqual([broken.status, removed], [1, []], 'what cannot be looked at removes nothing')
    isBroken = false
    await runBeside('deploy/release/expire-images.mjs', [...given, '--execute'], env)
    assert.deepEqual(removed.sort(), [...expected].sort())
  } finally {
    server.close()
  }
})

/** An archive as vsce makes it: names may be anything, as in one that somebody has made by hand. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(text.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += local.length + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}
