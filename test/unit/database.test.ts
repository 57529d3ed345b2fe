// The database, the memo and its shelf on disk.

import assert from 'node:assert/strict'
import { chmodSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { silentLog } from '../../server/src/base/log.ts'
import { Database, Superseded } from '../../server/src/database/database.ts'
import { Memo } from '../../server/src/database/memo.ts'
import { DiskShelf } from '../../server/src/host/node/disk-shelf.ts'
import { newDocument } from '../../server/src/text/document.ts'
import { inFolder } from '../support/temporary-folder.ts'

test('applying a change supersedes the snapshot', () => {
  const database = new Database()
  const before = database.snapshot
  const after = database.apply([{ kind: 'set', document: newDocument('a', 'python', 'x') }])
  assert.equal(before.signal.aborted, true)
  assert.ok(before.signal.reason instanceof Superseded)
  assert.equal(before.documents.size, 0)
  assert.equal(after.documents.get('a')?.text, 'x')
  assert.equal(database.apply([{ kind: 'remove', uri: 'a' }]).documents.size, 0)
})

test('the memo asks the disk and then remembers', () => {
  const asked: string[] = []
  const memo = new Memo({
    get(key) {
      asked.push(key)
      return key === 'known' ? 'value' : undefined
    },
    set: () => undefined,
  })
  assert.equal(memo.get('known'), 'value')
  assert.equal(memo.get('known'), 'value')
  assert.equal(memo.get('other'), undefined)
  assert.deepEqual(asked, ['known', 'other'])
})

test('what one process put on the shelf, another finds', () =>
  inFolder('', ({ path }) => {
    const shelf = new DiskShelf(path, silentLog, 1)
    shelf.set('k1', '{"a":1}')
    shelf.set('k2', 'línea «dos»')
    shelf.flush()
    const other = new DiskShelf(path, silentLog, 2)
    assert.equal(other.get('k1'), '{"a":1}')
    assert.equal(other.get('k2'), 'línea «dos»')
    assert.equal(other.get('k3'), undefined)
  }))

test('a corrupt entry is as if it were not there', () =>
  inFolder('', ({ path }) => {
    const shelf = new DiskShelf(path, silentLog, 1)
    for (let i = 0; i < 50; i++) shelf.set(`key${i}`, `value ${i}`)
    shelf.flush()
    const [segment] = readdirSync(path)
    const file = join(path, segment!)
    const bytes = readFileSync(file)
    bytes[bytes.indexOf('value 7') + 6] = 'X'.charCodeAt(0)
    writeFileSync(file, bytes)
    truncateSync(file, bytes.length - 20)
    const other = new DiskShelf(path, silentLog, 2)
    assert.equal(other.get('key7'), undefined)
    assert.equal(other.get('key49'), undefined)
    assert.equal(other.get('key8'), 'value 8')
  }))

test('many small segments become one', () =>
  inFolder('', ({ path }) => {
    for (let i = 0; i < 30; i++) {
      const shelf = new DiskShelf(path, silentLog, i)
      shelf.set(`key${i}`, `value ${i}`)
      shelf.flush()
    }
    assert.ok(readdirSync(path).length <= 13)
    const reader = new DiskShelf(path, silentLog, 99)
    for (let i = 0; i < 30; i++) assert.equal(reader.get(`key${i}`), `value ${i}`)
  }))

test('a folder that cannot be written costs the cache, not the result', () =>
  inFolder('', ({ write }) => {
    const file = write('in-the-way', '')
    const warnings: string[] = []
    const shelf = new DiskShelf(join(file, 'cache'), { ...silentLog, warn: it => warnings.push(it) }, 1)
    shelf.set('k', 'v')
    shelf.flush()
    shelf.set('k2', 'v')
    shelf.flush()
    assert.equal(warnings.length, 1)
    chmodSync(file, 0o600)
  }))
