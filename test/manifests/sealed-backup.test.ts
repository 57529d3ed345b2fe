// A copy that is sealed is read by who has the private key, and by nobody else: not after a byte of it was turned, not where it was cut,
// and nothing is written before all of it was opened.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { nameOfKey, opened, privateKeysOf, publicKeyOf, sealing } from '../../deploy/operations/seal.mjs'
import { startPostgres, type TestPostgres } from '../endpoint/support/postgres.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { ask, content, fill, newDatabase } from './support/databases.ts'
import { operate } from './support/operation.ts'

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

test('what is sealed is opened again, whatever its length, and no other way', () =>
  inFolder('', async ({ path }) => {
    const [publicKey, privateKeys] = await newKeys(path, 'own')
    const [, others] = await newKeys(path, 'other')
    const file = join(path, 'sealed')
    const read = async (keys: typeof others) => {
      const pieces = []
      for await (const it of opened(file, keys)) pieces.push(it as Buffer)
      return Buffer.concat(pieces)
    }
    // None, one byte, around a piece and around two.
    for (const length of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]) {
      const text = Buffer.alloc(length, 'It is a copy. ')
      const parts = Array.from({ length: Math.ceil(length / 7000) }, (_, i) =>
        text.subarray(i * 7000, i * 7000 + 7000),
      )
      await pipeline(Readable.from(parts), sealing(publicKey), async source => {
        const pieces = []
        for await (const it of source) pieces.push(it as Buffer)
        writeFileSync(file, Buffer.concat(pieces))
      })
      const sealed = readFileSync(file)
      assert.ok(!sealed.includes('It is a copy.'), 'it can be read')
      assert.deepEqual(await read(privateKeys), text)
      await assert.rejects(read(others), /is sealed for the key/)
      await assert.rejects(read([]), /CODEANT_BACKUP_PRIVATE_KEY/)
      for (const at of [0, 17, 25, 60, 120, 130, 150, sealed.length - 1].filter(it => it < sealed.length)) {
        const turned = Buffer.from(sealed)
        turned[at]! ^= 1
        writeFileSync(file, turned)
        await assert.rejects(read(privateKeys), /is damaged|is sealed for the key/, `byte ${at} of ${length}`)
      }
      // Where a piece ends, too: the one before is not the last.
      for (const end of [
        0,
        10,
        sealed.length - 1,
        sealed.length - 17,
        sealed.length - (length % 65_536) - 16,
      ]) {
        writeFileSync(file, sealed.subarray(0, Math.max(0, end)))
        await assert.rejects(read(privateKeys), /is damaged/, `${end} of ${sealed.length}`)
      }
      writeFileSync(file, Buffer.concat([sealed, Buffer.from('x')]))
      await assert.rejects(read(privateKeys), /is damaged/)
    }
  }))

test('a key is never written over, and is what it is for', () =>
  inFolder('', async ({ path }) => {
    await newKeys(path, 'own')
    assert.equal(statSync(join(path, 'own/private.pem')).mode & 0o777, 0o600)
    const again = await operate('new-key', ['--for', 'backups', '--to', join(path, 'own')])
    assert.deepEqual([again.status, /is there/.test(again.stderr)], [2, true])
    assert.equal((await operate('new-key', ['--for', 'weights', '--to', join(path, 'weights')])).status, 0)
    const text = readFileSync(join(path, 'weights/public.pem'), 'utf8')
    assert.throws(() => publicKeyOf({ CODEANT_BACKUP_PUBLIC_KEY: text }), /--for backups/)
  }))

test('a sealed copy is had back with its key alone', { timeout: 180_000 }, context =>
  inFolder('', async ({ path }) => {
    if (!postgres) return context.skip('there is no PostgreSQL here')
    const url = newDatabase(postgres, 'sealed')
    await fill(url)
    const before = content(url)
    const [publicKey] = await newKeys(path, 'own')
    await newKeys(path, 'other')
    const copies = join(path, 'copies')
    const sealFor = (file: string) =>
      operate('backup', ['--to', copies], {
        CODEANT_GATEWAY_DATABASE_URL: url,
        CODEANT_BACKUP_PUBLIC_KEY_FILE: join(path, file),
      })
    // A key that was asked for and is not there makes no copy, sealed or not.
    assert.equal((await sealFor('none/public.pem')).status, 2)
    assert.match((await sealFor('own/private.pem')).stderr, /--for backups/, 'it could read what it makes')
    const made = await sealFor('own/public.pem')
    assert.equal(made.status, 0, made.stderr)
    const file = join(copies, readdirSync(copies).find(it => it.endsWith('.dump'))!)
    const about = readFileSync(`${file}.json`, 'utf8')
    assert.ok(!readFileSync(file).includes('PGDMP') && !about.includes('digest'), 'it says what is in it')
    assert.equal((JSON.parse(about) as { sealedFor: string }).sealedFor, nameOfKey(publicKey))

    const key = (name: string) => ({ CODEANT_BACKUP_PRIVATE_KEY_FILE: join(path, name, 'private.pem') })
    const without = await operate('verify', ['--in', copies])
    assert.deepEqual([without.status, /sealed for/.test(without.stdout)], [0, true], without.stdout)
    assert.equal((await operate('verify', ['--in', copies], key('own'))).status, 0)
    const foreign = await operate('verify', ['--in', copies], key('other'))
    assert.deepEqual([foreign.status, /is sealed for the key/.test(foreign.stdout)], [1, true])

    const empty = newDatabase(postgres, 'opened')
    const restore = (from: string, env: Record<string, string>) =>
      operate('restore', ['--from', from, '--execute'], { CODEANT_GATEWAY_DATABASE_URL: empty, ...env })
    const isEmpty = () =>
      ask(empty, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") === '0'
    assert.match((await restore(file, {})).stderr, /CODEANT_BACKUP_PRIVATE_KEY/)
    assert.match((await restore(file, key('other'))).stderr, /is sealed for the key/)
    // Whoever turns a byte can write another digest beside it as well.
    const [cut, turned] = [readFileSync(file).subarray(0, -20), readFileSync(file)]
    turned[turned.length >> 1]! ^= 1
    for (const bytes of [cut, turned]) {
      const bad = join(path, 'bad.dump')
      writeFileSync(bad, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      writeFileSync(`${bad}.json`, JSON.stringify({ ...JSON.parse(about), sha256 }))
      const refused = await restore(bad, key('own'))
      assert.deepEqual([refused.status, /is damaged/.test(refused.stderr)], [2, true], refused.stderr)
      assert.ok(isEmpty())
    }
    // Keys were changed: who restores has both.
    const both = join(path, 'both.pem')
    writeFileSync(
      both,
      ['other', 'own'].map(it => readFileSync(join(path, it, 'private.pem'), 'utf8')).join(''),
    )
    const done = await restore(file, { CODEANT_BACKUP_PRIVATE_KEY_FILE: both })
    assert.equal(done.status, 0, done.stdout + done.stderr)
    assert.deepEqual(content(empty), before)
    const drilled = newDatabase(postgres, 'drilled')
    const drill = await operate('drill', ['--in', copies], {
      CODEANT_DRILL_DATABASE_URL: drilled,
      ...key('own'),
    })
    assert.equal(drill.status, 0, drill.stdout + drill.stderr)
  }),
)

async function newKeys(path: string, name: string) {
  const folder = join(path, name)
  assert.equal((await operate('new-key', ['--for', 'backups', '--to', folder])).status, 0)
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  return [
    publicKeyOf({ CODEANT_BACKUP_PUBLIC_KEY: read('public.pem') })!,
    privateKeysOf({ CODEANT_BACKUP_PRIVATE_KEY: read('private.pem') }),
  ] as const
}
