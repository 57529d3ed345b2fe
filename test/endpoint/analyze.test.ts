// `/api/v1/analyze`: the same bytes as the command line writes, and nothing outside of what was sent.

import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { pathProblem } from '../../deploy/gateway/src/analysis/upload.ts'
import { codeant } from '../support/memory-terminal.ts'
import { inFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

const example = fileURLToPath(new URL('../workspaces/example', import.meta.url))
/** Where the files lie while they are analysed. */
const work = temporaryFolder()

let gateway: TestGateway

before(async () => {
  gateway = await startGateway({
    'analysis.files': '60',
    'analysis.bytes': '200000',
    'analysis.folder': work.path,
  })
})
afterEach(() => assert.deepEqual(readdirSync(work.path), []))
after(async () => {
  await gateway.stop()
  work.remove()
})

for (const locale of ['en', 'es'] as const)
  test(`the answer is byte for byte what the command line writes (${locale})`, async () => {
    await inFolder('', async ({ path }) => {
      cpSync(example, path, { recursive: true })
      const { out } = await codeant(['analyze', '--format', 'sarif', '--locale', locale], { cwd: path })
      const root = `${pathToFileURL(path).href}/`
      const answer = await analyze({ files: filesOf(path), locale, root })
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), 'application/sarif+json; charset=utf-8')
      assert.ok(Number(answer.headers.get('x-codeant-findings')) > 5)
      assert.equal(await answer.text(), out)
    })
  })

test('files may come as parts of a form, and the report says nothing of this computer', async () => {
  const form = new FormData()
  for (const { path, content } of filesOf(example)) form.append(path, new Blob([content]), 'x')
  form.append('locale', 'es')
  const answer = await gateway.fetch('/api/v1/analyze', { method: 'POST', body: form })
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  const asJson = await analyze({ files: filesOf(example), locale: 'es' })
  assert.equal(text, await asJson.text())
  assert.ok(!text.includes(tmpdir()))
  assert.deepEqual(JSON.parse(text).runs[0].originalUriBaseIds, { ROOT: {} })
})

test('a path stays inside of its folder', async () => {
  for (const path of [
    '../a.py',
    '/etc/passwd',
    'a/../../b.py',
    'a//b.py',
    './a.py',
    'a\\b.py',
    'C:/a.py',
    'a/.GIT/config',
    'a\n.py',
    '',
    'a/',
  ]) {
    assert.ok(pathProblem(path), path)
    const answer = await analyze({ files: [{ path, content: 'x = 1\n' }] })
    assert.equal(answer.status, 400, path)
  }
  for (const path of ['a.py', 'ñ/b c.ts', '.codeant.toml', 'a/...py'])
    assert.equal(pathProblem(path), undefined)
})

test('what is in the way of each other is refused', async () => {
  const file = (path: string) => ({ path, content: 'x = 1\n' })
  for (const files of [
    [file('a.py'), file('a.py')],
    [file('a'), file('a/b.py')],
    [file('a/b.py'), file('a')],
  ])
    assert.equal((await analyze({ files })).status, 400)
})

test('too many files and too many bytes are refused', async () => {
  const many = Array.from({ length: 61 }, (_, i) => ({ path: `${i}.py`, content: 'x = 1\n' }))
  assert.equal((await analyze({ files: many })).status, 413)
  assert.equal((await analyze({ files: [{ path: 'a.py', content: '#'.repeat(200_001) }] })).status, 413)
  const form = new FormData()
  form.append('a.py', new Blob(['#'.repeat(200_001)]), 'x')
  assert.equal((await gateway.fetch('/api/v1/analyze', { method: 'POST', body: form })).status, 413)
})

test('settings that cannot be used are said, in the language asked for', async () => {
  const files = [
    { path: '.codeant.toml', content: 'lokale = "en"\n' },
    { path: 'a.py', content: 'x = 1\n' },
  ]
  const answer = await analyze({ files, locale: 'es' })
  assert.equal(answer.status, 422)
  const { error } = await json<{ error: { code: string; message: string } }>(answer)
  assert.equal(error.code, 'unprocessable')
  assert.match(error.message, /lokale/)
})

test('nothing of the code is logged', async () => {
  await analyze({ files: [{ path: 'canary_path.py', content: 'canary_of_code = 1 +\n' }] })
  await analyze({ files: [{ path: '../canary_path.py', content: 'canary_of_code = 1\n' }] })
  assert.ok(gateway.log().includes('/api/v1/analyze'))
  assert.ok(!gateway.log().includes('canary'))
})

test('an analysis that takes too long is ended', async () => {
  const slow = await startGateway({ 'analysis.timeoutSeconds': '1', 'analysis.folder': work.path })
  try {
    // Long enough that one second is not: a thousand files of a hundred functions.
    const body = Array.from({ length: 3000 }, (_, i) => `def f${i}(a, b):\n    return a + b * ${i}\n`).join(
      '\n',
    )
    const files = Array.from({ length: 120 }, (_, i) => ({ path: `${i}.py`, content: body }))
    const answer = await slow.fetch('/api/v1/analyze', post({ files }))
    assert.equal(answer.status, 504)
  } finally {
    await slow.stop()
  }
})

function analyze(body: object): Promise<Response> {
  return gateway.fetch('/api/v1/analyze', post(body))
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function filesOf(folder: string): { readonly path: string; readonly content: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(it => it.isFile())
    .map(it => join(it.parentPath, it.name))
    .filter(it => !it.includes(`${sep}.cache${sep}`))
    .map(it => ({ path: relative(folder, it).split(sep).join('/'), content: readFileSync(it, 'utf8') }))
}
