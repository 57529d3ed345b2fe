// `/api/v1/batch`: many projects as one job, its result what `analyze` says of each.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { inFolder } from '../support/temporary-folder.ts'
import { type BatchJob, ended, type SarifReport, submit } from './support/batch.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

const CALL = { path: 'a.py', content: 'def f(items=[]):\n    items.append(1)\n    return items == None\n' }
const CLEAN = { path: 'src/b.py', content: 'def g(a: int) -> int:\n    return a + 1\n' }

let gateway: TestGateway

before(async () => {
  gateway = await startGateway({
    'batch.pollMs': '100',
    'batch.waiting': '3',
    'analysis.files': '20',
    'analysis.bytes': '20000',
  })
})
after(() => gateway.stop())

test('a job is taken on at once, and its result is what `analyze` says of each project', async () => {
  const projects = [
    { name: 'one', files: [CALL] },
    { name: 'two', files: [CLEAN] },
  ]
  const answer = await submit(gateway, { projects })
  assert.equal(answer.status, 202)
  const made = await json<BatchJob>(answer)
  assert.equal(answer.headers.get('location'), `/api/v1/batch/${made.id}`)
  const job = await ended(gateway, made.id)
  assert.deepEqual([job.state, job.progress, job.projects.done, job.files], ['done', 1, 2, 2])

  const result = await gateway.fetch(`/api/v1/batch/${job.id}/result`)
  assert.equal(result.headers.get('content-type'), 'application/sarif+json; charset=utf-8')
  const report = await json<SarifReport>(result)
  const names = report.runs.map(it => it.automationDetails.id)
  assert.deepEqual(names, ['one/', 'two/'])
  const single = await gateway.fetch('/api/v1/analyze', post({ files: [CALL] }))
  const expected = await json<SarifReport>(single)
  assert.ok(expected.runs[0]!.results.length > 0)
  assert.deepEqual(report.runs[0]!.results, expected.runs[0]!.results)
  assert.equal(
    job.findings,
    report.runs.reduce((sum, it) => sum + it.results.length, 0),
  )

  // The same content is the same job, whoever sends it when.
  const again = await submit(gateway, { projects })
  assert.deepEqual([again.status, (await json<BatchJob>(again)).id], [200, job.id])
  const other = await submit(gateway, { projects, locale: 'es' })
  assert.equal(other.status, 202)
  await ended(gateway, (await json<BatchJob>(other)).id)
})

test('the code is not kept once it was analysed', async () => {
  const rows = await gateway.parts.database.asSystem(session =>
    session.query<{ state: string; input: unknown }>('SELECT state, input FROM batch_parts'),
  )
  assert.ok(rows.length > 0)
  for (const { state, input } of rows) assert.deepEqual([state, input], ['done', null])
})

test('an archive is what is in it', async () => {
  await inFolder(
    `//- shop/a.py\n${CALL.content}//- shop/${'deep/'.repeat(30)}b.py\n${CLEAN.content}//- shop/.git/config\n[core]\n`,
    async ({ path }) => {
      const form = new FormData()
      for (const [name, flags] of [
        ['pax', ['--format=pax', '-czf', '-']],
        ['gnu', ['--format=gnu', '-cf', '-']],
      ] as const) {
        const archive = execFileSync('tar', [...flags, '-C', `${path}/shop`, '.'])
        form.append(name, new Blob([archive]), 'x')
      }
      const answer = await gateway.fetch('/api/v1/batch', { method: 'POST', body: form })
      assert.equal(answer.status, 202, await answer.clone().text())
      const job = await ended(gateway, (await json<BatchJob>(answer)).id)
      assert.deepEqual([job.state, job.files], ['done', 4])
    },
  )
})

test('an archive is held to the limits of what is in it, and has to be one', async () => {
  const large = `//- a.py\nx = '${'a'.repeat(2_000_000)}'\n`
  await inFolder(large, async ({ path }) => {
    const bomb = execFileSync('tar', ['-czf', '-', '-C', path, '.'])
    assert.ok(bomb.length < 20_000)
    const archive = bomb.toString('base64')
    assert.equal((await submit(gateway, { projects: [{ name: 'bomb', archive }] })).status, 413)
  })
  const nonsense = Buffer.alloc(2048, 'x').toString('base64')
  assert.equal((await submit(gateway, { projects: [{ name: 'x', archive: nonsense }] })).status, 400)
  await inFolder('//- in/a.py\nx = 1\n', async ({ path }) => {
    const options = ['-P', '--transform', 's,a.py,../../evil.py,', '-czf', '-', '-C', `${path}/in`, 'a.py']
    const archive = execFileSync('tar', options).toString('base64')
    assert.equal((await submit(gateway, { projects: [{ name: 'up', archive }] })).status, 400)
    const half = archive.slice(0, Math.floor(archive.length / 8) * 4)
    assert.equal((await submit(gateway, { projects: [{ name: 'half', archive: half }] })).status, 400)
  })
})

test('what cannot be taken is refused whole', async () => {
  const file = { name: 'one', files: [CALL] }
  for (const [projects, status] of [
    [[], 400],
    [[file, file], 400],
    [[{ name: 'one' }], 400],
    [[{ ...file, archive: '' }], 400],
    [[{ name: 'one', files: [{ path: '../a.py', content: '' }] }], 400],
    [[1, 2, 3, 4].map(it => ({ name: `p${it}`, files: [CALL] })), 429],
  ] as const)
    assert.equal((await submit(gateway, { projects })).status, status, JSON.stringify(projects))
})

test('what is wrong with what was sent is said, and not tried again; the others have their report', async () => {
  const projects = [
    { name: 'good', files: [CALL] },
    { name: 'bad', files: [{ path: '.codeant.toml', content: 'lokale = "en"\n' }, CALL] },
  ]
  const made = await json<BatchJob>(await submit(gateway, { projects }))
  const job = await ended(gateway, made.id)
  assert.deepEqual([job.state, job.projects.done, job.projects.dead], ['failed', 1, 1])
  assert.equal(job.problems?.[0]?.project, 'bad')
  assert.match(job.problems[0].message, /lokale/)
  const report = await json<SarifReport>(await gateway.fetch(`/api/v1/batch/${job.id}/result`))
  assert.equal(report.runs.length, 1)
  // What failed may be sent again.
  assert.equal((await submit(gateway, { projects })).status, 202)
})

test('a job can be cancelled, once, and has no result before it has ended', async () => {
  const idle = await startGateway({ 'batch.threads': '0' })
  try {
    const projects = [{ name: 'one', files: [CALL] }]
    const { id } = await json<BatchJob>(await submit(idle, { projects }))
    assert.equal((await idle.fetch(`/api/v1/batch/${id}/result`)).status, 409)
    for (let i = 0; i < 2; i++) {
      const answer = await idle.fetch(`/api/v1/batch/${id}`, { method: 'DELETE' })
      assert.equal((await json<BatchJob>(answer)).state, 'cancelled')
    }
    const { entries } = await json<{ entries: { action: string }[] }>(await idle.fetch('/api/v1/audit'))
    assert.deepEqual(
      entries.map(it => it.action).filter(it => it.startsWith('batch')),
      ['batch.cancel', 'batch.create'],
    )
    const list = await json<{ jobs: BatchJob[] }>(await idle.fetch('/api/v1/batch'))
    assert.deepEqual(
      list.jobs.map(it => [it.id, it.state]),
      [[id, 'cancelled']],
    )
  } finally {
    await idle.stop()
  }
})

test('nothing of the code is logged', async () => {
  await submit(gateway, {
    projects: [{ name: 'canary', files: [{ path: 'canary.py', content: 'canary = 1 +\n' }] }],
  })
  assert.ok(gateway.log().includes('/api/v1/batch'))
  assert.ok(!gateway.log().includes('canary'))
})

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
