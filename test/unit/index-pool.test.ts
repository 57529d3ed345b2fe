// The index pool: what is known needs no thread, and somebody who loses interest does no harm.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { silentLog } from '../../server/src/base/log.ts'
import type { ScanAnswer, ScanRequest } from '../../server/src/features/scan/scan-file.ts'
import { DiskShelf } from '../../server/src/host/node/disk-shelf.ts'
import { IndexPool } from '../../server/src/host/node/index-pool.ts'
import { inFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

const WORKER = new URL('../../dist/server/index-worker.mjs', import.meta.url)
const FILES = 400

function requests(folder: TemporaryFolder): ScanRequest[] {
  return Array.from({ length: FILES }, (_, i) => ({
    file: folder.write(`f${i}.py`, `a${i} = 1\na${i} = a${i}\n`),
    path: `f${i}.py`,
    language: 'python',
    maxFileSize: 1_000_000,
    maxFileTime: 10_000,
    optIns: [],
  }))
}

async function all(answers: AsyncIterable<ScanAnswer>): Promise<ScanAnswer[]> {
  const found: ScanAnswer[] = []
  for await (const it of answers) found.push(it)
  return found
}

test('what is known comes in the same order as what is not', { timeout: 60_000 }, () =>
  inFolder('', async folder => {
    const files = requests(folder)
    const shelf = () => new DiskShelf(join(folder.path, 'cache'), silentLog, 1)
    const first = new IndexPool({ log: silentLog, worker: WORKER, threads: 2, shelf: shelf() })
    await all(first.scan(files.filter((_, i) => i % 3 !== 0)))
    const second = new IndexPool({ log: silentLog, worker: WORKER, threads: 2, shelf: shelf() })
    const answers = await all(second.scan(files))
    assert.deepEqual(
      answers.map(it => it.path),
      files.map(it => it.path),
    )
    assert.deepEqual(
      answers.map(it => it.remembered),
      files.map((_, i) => i % 3 !== 0),
    )
    for (const it of answers) assert.equal(it.result.findings.length, 1)
    await first.close()
    await second.close()
  }),
)

test('a scan that is given up ends with the reason, and what was learned is kept', { timeout: 60_000 }, () =>
  inFolder('', async folder => {
    const files = requests(folder)
    const shelf = () => new DiskShelf(join(folder.path, 'cache'), silentLog, 1)
    const first = new IndexPool({ log: silentLog, worker: WORKER, threads: 2, shelf: shelf() })
    await all(first.scan(files.slice(0, 10)))
    await first.close()
    const pool = new IndexPool({ log: silentLog, worker: WORKER, threads: 2, shelf: shelf() })
    const cancel = new AbortController()
    let answered = 0
    await assert.rejects(async () => {
      for await (const _ of pool.scan(files, cancel.signal)) if (++answered === 50) cancel.abort()
    }, /abort/i)
    await new Promise(resolve => setTimeout(resolve, 500))
    await pool.close()
    const third = new IndexPool({ log: silentLog, worker: WORKER, threads: 2, shelf: shelf() })
    const known = (await all(third.scan(files))).filter(it => it.remembered).length
    assert.ok(known >= 50 && known < FILES, `${known} of ${FILES}`)
    await third.close()
  }),
)
