// Hot spots and the plan over the wire: what the command line computes, in the reader's language, and why there is none.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { PlanResult } from '@codeant/shared/protocol.ts'
import { LspClient } from './support/lsp-client.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

/** 28 points: 1 for the first, 2 for the one inside of it, and so on. */
const HARD = `def f(a):\n${Array.from({ length: 7 }, (_, i) => `${'    '.repeat(i + 1)}if a > ${i}:`).join('\n')}\n${'    '.repeat(8)}return 1\n    return 0\n`

function planOf(folder: TemporaryFolder, locale: 'en' | 'es'): Promise<PlanResult | null> {
  return withServer(folder.path, locale, client => client.request<PlanResult | null>('codeant/plan', null))
}

async function withServer<T>(
  folder: string | undefined,
  locale: 'en' | 'es',
  run: (client: LspClient) => Promise<T>,
): Promise<T> {
  const client = await LspClient.start({
    ...(folder && { folder, env: { CODEANT_CACHE: join(folder, '.cache') } }),
    initializationOptions: { settings: { locale } },
  })
  client.settings = { locale }
  const answer = await run(client)
  await client.stop()
  return answer
}

test('hot spots and steps, each with its formula', { timeout: 120_000 }, () =>
  inFolder(`//- .codeant.toml\n//- .gitignore\n.cache\n//- src/f.py\n${HARD}`, async folder => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder.path })
    git('init', '-q')
    for (let i = 0; i < 20; i++) {
      folder.write('src/f.py', `${HARD}# ${i}\n`)
      git('add', '.')
      git('commit', '-qm', `${i}`)
    }
    const { tables, base, problems } = (await planOf(folder, 'es'))!
    assert.deepEqual(problems, [])
    assert.equal(base, pathToFileURL(folder.path).href)
    const [hotSpots, plan] = tables
    assert.match(hotSpots!.title, /^Puntos calientes/)
    assert.deepEqual(hotSpots!.rows, [[[{ path: 'src/f.py', line: 1 }], '20', '13', '20 × 13 = 260']])
    assert.match(hotSpots!.notes.join('\n'), /calor = cambios × puntos por encima de 15/)
    assert.deepEqual(plan!.rows, [
      [
        'Simplificar una función, 13 puntos por encima de 15',
        [{ path: 'src/f.py', line: 1 }],
        '0,7 h',
        '0,9 h',
        '20 × 13 × 0.2 min',
      ],
    ])
  }),
)

test('without a history the reason is said', { timeout: 60_000 }, () =>
  inFolder('//- a.py\nx = 1\n', async folder => {
    const { tables, problems } = (await planOf(folder, 'en'))!
    assert.deepEqual(tables, [])
    assert.match(problems.join('\n'), /a plan needs the history of a git repository/)
  }),
)

test('without a folder there is no plan', { timeout: 60_000 }, async () => {
  assert.equal(await withServer(undefined, 'en', it => it.request('codeant/plan', null)), null)
})
