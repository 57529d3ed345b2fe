// Copies leave the cluster: signed as S3 wants it, whole or not at all, once, and only what is no damage.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { objectStore, signedHeaders } from '../../deploy/operations/object-store.mjs'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

test('a request is signed as in the example of AWS', () => {
  const { authorization } = signedHeaders({
    method: 'GET',
    url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    headers: { Range: 'bytes=0-9' },
    body: Buffer.alloc(0),
    at: new Date('2013-05-24T00:00:00Z'),
    region: 'us-east-1',
    id: 'AKIAIOSFODNN7EXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  })
  assert.equal(
    authorization,
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  )
})

test('copies are brought to a store, once', { timeout: 120_000 }, context =>
  inFolder('', async ({ path }) => {
    const port = await freePort()
    const endpoint = `http://127.0.0.1:${port}`
    const server = await startStore(port)
    if (!server) return context.skip('there is no moto_server here (pip install "moto[server]")')
    try {
      assert.equal((await fetch(`${endpoint}/copies`, { method: 'PUT' })).status, 200)
      // Larger than a part.
      const dump = join(path, 'codeant-20260101T030000Z.dump')
      writeFileSync(dump, 'a copy')
      truncateSync(dump, 70 * 1024 * 1024)
      const sha256 = createHash('sha256').update(readFileSync(dump)).digest('hex')
      writeFileSync(`${dump}.json`, JSON.stringify({ version: 1, sha256 }))
      const given = ['--from', path, '--to', 's3://copies/a/b', '--endpoint', endpoint]
      assert.match(run(given).stdout, /1 brought, 0 were there/)
      assert.match(run(given).stdout, /0 brought, 1 were there/)
      const there = await fetch(`${endpoint}/copies/a/b/codeant-20260101T030000Z.dump`)
      const content = Buffer.from(await there.arrayBuffer())
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256)
      const listed = await (await fetch(`${endpoint}/copies?list-type=2`)).text()
      assert.deepEqual(
        [...listed.matchAll(/<Key>([^<]+)/g)].map(it => it[1]),
        ['a/b/codeant-20260101T030000Z.dump', 'a/b/codeant-20260101T030000Z.dump.json'],
      )
      // As a pod of AWS, whose token stands in a file.
      writeFileSync(join(path, 'token'), 'a.token.of-a-test')
      const role = {
        AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/codeant-production-backup',
        AWS_WEB_IDENTITY_TOKEN_FILE: join(path, 'token'),
        AWS_ENDPOINT_URL_STS: endpoint,
      }
      const elsewhere = ['--from', path, '--to', 's3://copies/by-role', '--endpoint', endpoint]
      assert.match(run(elsewhere, 0, role).stdout, /1 brought/)
      writeFileSync(dump, 'damaged')
      assert.match(run(given, 2).stderr, /is damaged/)
      assert.match(
        run(['--from', path, '--to', 's3://none', '--endpoint', endpoint], 2).stderr,
        /damaged|NoSuchBucket|404/,
      )
      const store = objectStore({ endpoint, region: 'us-east-1', bucket: 'none', id: 'i', secret: 's' })
      await assert.rejects(store.put('x', `${dump}.json`), /bucket does not exist/)
    } finally {
      server.kill()
    }
  }),
)

test('a store that is not there, and somebody who may not say who they are, are told of in a sentence', () =>
  inFolder('', ({ path }) => {
    const none = run(['--from', path, '--to', 's3://copies'], 2)
    assert.match(none.stderr, /^offsite: there is no copy in [^\n]+\n$/)
    const dump = join(path, 'codeant-1.dump')
    writeFileSync(dump, 'x')
    writeFileSync(`${dump}.json`, JSON.stringify({ sha256: createHash('sha256').update('x').digest('hex') }))
    const given = ['--from', path, '--to', 's3://copies', '--endpoint', 'http://127.0.0.1:1']
    assert.match(run(given, 2).stderr, /^offsite: [^\n]+\n$/)
    assert.match(run(given, 2, {}).stderr, /CODEANT_STORE_ID/)
    assert.match(run(['--from', path], 2).stderr, /s3:\/\/BUCKET/)
  }))

const WHO = { CODEANT_STORE_ID: 'somebody', CODEANT_STORE_SECRET: 'of-a-test' }

function run(given: readonly string[], status = 0, who: Readonly<Record<string, string>> = WHO) {
  const program = join(root, 'deploy/operations/offsite.mjs')
  const done = spawnSync(process.execPath, [program, ...given], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...who },
  })
  assert.equal(done.status, status, done.stdout + done.stderr)
  assert.ok(!(done.stdout + done.stderr).includes('of-a-test'), 'the secret is told')
  return done
}

async function startStore(port: number): Promise<ChildProcess | undefined> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const ended = new Promise<'gone'>(resolve => {
    server.once('error', () => resolve('gone'))
    server.once('exit', () => resolve('gone'))
  })
  let isGone = false
  void ended.then(() => {
    isGone = true
  })
  for (;;) {
    if (isGone) return undefined
    const answer = await fetch(`http://127.0.0.1:${port}/moto-api/data.json`).catch(() => undefined)
    if (answer?.ok) return server
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
