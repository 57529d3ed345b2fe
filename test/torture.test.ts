// What must not break anything: huge and broken files, a storm of edits, dead workers, full disks, links that lead in circles.

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { LspClient } from './support/lsp-client.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const MAIN = fileURLToPath(new URL('../dist/server/main.mjs', import.meta.url))
const SELF = 'correctness/self-assignment'
const at = (line: number, character: number) => ({ line, character })

/** Many functions of real shape, as a generator of code would write them. */
function generated(lines: number): string {
  const part = (i: number) =>
    `def handler_${i}(request, context=None):\n    value_${i} = request.get("key_${i}")\n    if value_${i} is None:\n        return ${i}\n    return context or value_${i}\n\n`
  return Array.from({ length: Math.ceil(lines / 6) }, (_, i) => part(i)).join('')
}

interface Json {
  readonly findings: readonly { readonly path: string; readonly rule: string }[]
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

function analyze(
  folder: TemporaryFolder,
  args: readonly string[] = [],
  options: { readonly env?: NodeJS.ProcessEnv; readonly uid?: number } = {},
): { readonly json: Json; readonly err: string; readonly code: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [MAIN, 'analyze', '.', '--format', 'json', '--fail-on', 'never', ...args],
    {
      cwd: folder.path,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, CODEANT_CACHE: join(folder.path, '.cache'), ...options.env },
      ...(options.uid && { uid: options.uid, gid: options.uid }),
    },
  )
  return { json: stdout ? JSON.parse(stdout) : { findings: [], skipped: [] }, err: stderr, code: status }
}

const selfAssignments = ({ json }: { readonly json: Json }) =>
  json.findings.filter(it => it.rule === SELF).map(it => it.path)

test('what cannot be analysed is skipped and said; the rest is analysed', { timeout: 120_000 }, () =>
  inFolder('//- good.py\na = a\n', folder => {
    folder.write('generated.py', generated(100_000))
    folder.write('bundle.min.js', `var a=${'f(1),'.repeat(1_000_000)}0`)
    folder.write('one-line.min.js', `var a=${'f(1),'.repeat(20_000)}0`)
    folder.write('broken.ts', 'function ( { let = = ;; ]\n'.repeat(3000))
    folder.write('deep.js', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    folder.write('deep-calls.py', `${'f('.repeat(5_000)}${')'.repeat(5_000)}\n`)
    folder.write('nul.rs', Buffer.from('fn main() {}\0\0'))
    folder.write('empty.py', '')
    folder.write('mark-only.py', Buffer.from([0xef, 0xbb, 0xbf]))
    mkdirSync(join(folder.path, 'loop/inner'), { recursive: true })
    symlinkSync('..', join(folder.path, 'loop/inner/up'))
    symlinkSync('nowhere', join(folder.path, 'dangling.py'))
    const { json, err, code } = analyze(folder)
    assert.equal(code, 0, err)
    const reasons = new Map(json.skipped.map(it => [it.path, it.reason]))
    assert.equal(reasons.get('generated.py'), 'too-large')
    assert.equal(reasons.get('bundle.min.js'), 'too-large')
    assert.equal(reasons.get('one-line.min.js'), 'minified')
    assert.equal(reasons.get('nul.rs'), 'binary')
    assert.deepEqual(selfAssignments({ json }), ['good.py'])
  }),
)

test('a file that was raised above the limit is analysed, however large', { timeout: 240_000 }, () =>
  inFolder('//- .codeant.toml\nmax-file-size = 20_000_000\nmax-file-time = 200_000\n', folder => {
    folder.write('generated.py', `${generated(100_000)}a = a\n`)
    assert.deepEqual(selfAssignments(analyze(folder)), ['generated.py'])
  }),
)

test('a file that takes too long is given up and said', () =>
  inFolder('//- .codeant.toml\nmax-file-time = 1\n//- b.py\nb = b\n', folder => {
    folder.write('slow.py', generated(20_000))
    const { json } = analyze(folder)
    assert.deepEqual(json.skipped, [{ path: 'slow.py', reason: 'too-slow' }])
  }))

test('a cache on a full disk costs nothing but the cache', t =>
  inFolder('//- a.py\na = a\n', folder => {
    const disk = join(folder.path, 'disk')
    mkdirSync(disk)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]).status !== 0)
      return t.skip('mounting a small disk needs more rights')
    try {
      for (let i = 0; i < 50; i++) folder.write(`f${i}.py`, `value_${i} = 1\nb = b\n`)
      const { json, err, code } = analyze(folder, [], { env: { CODEANT_CACHE: join(disk, 'cache') } })
      assert.equal(code, 0, err)
      assert.equal(selfAssignments({ json }).length, 51)
      assert.match(err, /cache: /)
    } finally {
      execFileSync('umount', [disk])
    }
  }))

test('a folder that cannot be written is analysed; a fix there is refused with the reason', t =>
  inFolder('//- src/a.py\na = 1\na = a\n', folder => {
    const root = process.getuid?.() === 0
    if (process.platform === 'win32') return t.skip('permissions work differently here')
    const src = join(folder.path, 'src')
    chmodSync(folder.path, 0o555)
    chmodSync(src, 0o555)
    chmodSync(join(src, 'a.py'), 0o444)
    try {
      const options = { env: { CODEANT_CACHE: '/nowhere/to/write' }, ...(root && { uid: 65534 }) }
      assert.deepEqual(selfAssignments(analyze(folder, [], options)), ['src/a.py'])
      const { err } = analyze(folder, ['--auto-fix', '--unsafe'], options)
      assert.match(err, /src\/a\.py was left as it is: EACCES/)
      assert.equal(readFileSync(join(src, 'a.py'), 'utf8'), 'a = 1\na = a\n')
      assert.deepEqual(readdirSync(src), ['a.py'])
    } finally {
      chmodSync(folder.path, 0o755)
      chmodSync(src, 0o755)
    }
  }))

test('files that vanish while they are analysed are said to be gone', { timeout: 120_000 }, () =>
  inFolder('', async folder => {
    for (let i = 0; i < 400; i++)
      folder.write(`f${String(i).padStart(3, '0')}.py`, generated(300) + 'a = a\n')
    const child = spawn(
      process.execPath,
      [MAIN, 'analyze', '.', '--format', 'json', '--fail-on', 'never', '--no-cache'],
      { cwd: folder.path },
    )
    let out = ''
    child.stdout.on('data', data => {
      out += data
    })
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    const names = readdirSync(folder.path)
    for (const name of names.slice(200)) rmSync(join(folder.path, name))
    assert.equal(await ended, 0)
    const json = JSON.parse(out) as Json
    assert.ok(selfAssignments({ json }).length >= 100)
    for (const it of json.skipped) assert.equal(it.reason, 'gone')
  }),
)

test('a storm of edits in broken and whole code ends with the truth', { timeout: 120_000 }, () =>
  inFolder('', async folder => {
    const client = await LspClient.start({ folder: folder.path })
    const uri = pathToFileURL(join(folder.path, 'a.ts')).href
    const text = readFileSync(
      fileURLToPath(new URL('../server/src/rules/engine.ts', import.meta.url)),
      'utf8',
    )
    await client.open(uri, 'typescript', text)
    let version = 1
    const pieces = ['(', '"', '`', '/*', '}', '\n', 'x = x;\n']
    for (let i = 0; i < 300; i++) {
      client.change(uri, ++version, at(i % 90, 0), at(i % 90, 0), pieces[i % pieces.length]!)
      if (i % 10 === 0) await new Promise(resolve => setTimeout(resolve, 20))
    }
    const whole = client.next(uri, version + 1)
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ text: `${text}\nlet q = 1\nq = q\n` }],
    })
    const { diagnostics } = await whole
    assert.equal(diagnostics.filter(it => it.code === SELF).length, 1)
    await client.stop()
  }),
)

test('a large document does not make another one wait', { timeout: 240_000 }, () =>
  inFolder('//- .codeant.toml\nmax-file-size = 20_000_000\n', async folder => {
    const client = await LspClient.start({ folder: folder.path })
    const small = pathToFileURL(join(folder.path, 'small.py')).href
    const large = pathToFileURL(join(folder.path, 'large.py')).href
    await client.open(small, 'python', 'a = a\n')
    const analysed = client.next(large, 2)
    client.notify('textDocument/didOpen', {
      textDocument: { uri: large, languageId: 'python', version: 1, text: generated(100_000) },
    })
    client.change(large, 2, at(0, 0), at(0, 0), 'b = b\n')
    let answered = 0
    let done = false
    void analysed.then(() => {
      done = true
    })
    while (!done) {
      await client.request('textDocument/hover', { textDocument: { uri: small }, position: at(0, 0) })
      answered++
    }
    const { diagnostics } = await analysed
    assert.equal(diagnostics.filter(it => it.code === SELF).length, 1)
    assert.ok(answered > 5, `only ${answered} answers while the large document was read`)
    await client.stop()
  }),
)

test('a worker that is killed loses no file', { timeout: 120_000 }, () =>
  inFolder('', async folder => {
    for (let i = 0; i < 120; i++) folder.write(`f${i}.py`, 'a = a\n')
    writeFileSync(
      join(folder.path, 'kill.mjs'),
      `
      import { Worker } from 'node:worker_threads'
      const post = Worker.prototype.postMessage
      let posted = 0
      Worker.prototype.postMessage = function (...args) { const out = post.apply(this, args); if (++posted === 6) this.terminate(); return out }
    `,
    )
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--import',
        pathToFileURL(join(folder.path, 'kill.mjs')).href,
        MAIN,
        'analyze',
        '.',
        '--format',
        'json',
        '--fail-on',
        'never',
        '--no-cache',
      ],
      { cwd: folder.path, encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    const json = JSON.parse(stdout) as Json
    assert.equal(selfAssignments({ json }).length, 120, stderr)
    assert.deepEqual(json.skipped, [])
  }),
)
