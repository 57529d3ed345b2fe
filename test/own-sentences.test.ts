// The rules that a team gives itself in words: the command line and the editor hold code to them alike.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Hover } from 'vscode-languageserver'
import { LspClient } from './support/lsp-client.ts'
import { codeant } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const RULES = [
  '# Ours',
  'No `console.log` outside tests',
  'Los componentes de `ui/` no pueden importar de `db/`',
  'Functions should be short',
]
const PAGE =
  "import { load } from '../db/client'\n\nexport function show() {\n  const it = load()\n  console.log(it)\n  return it\n}\n"
const PROJECT = [
  '//- .codeant.toml',
  '//- rules.codeant',
  ...RULES,
  '//- src/ui/page.ts',
  PAGE.trimEnd(),
  '//- src/db/client.ts',
  'export function load() {\n  return 1\n}',
  '//- test/page.test.ts',
  "import { show } from '../src/ui/page'\n\nconsole.log(show())",
  '',
].join('\n')

const LOG = 'own/no-console-log-outside-tests'
const LAYER = 'own/los-componentes-de-ui-no-pueden-importar-de-db'
const FOUND = ['rules.codeant:4 style/unclear-rule', `src/ui/page.ts:1 ${LAYER}`, `src/ui/page.ts:5 ${LOG}`]

async function findingsOf(
  { path: cwd }: TemporaryFolder,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const { out } = await codeant(['analyze', '--format', 'json', ...options], { cwd })
  const { findings } = JSON.parse(out) as {
    readonly findings: readonly { path: string; rule: string; start: { line: number } }[]
  }
  return findings.map(it => `${it.path}:${it.start.line} ${it.rule}`)
}

test('the command line finds what breaks them, and says which cannot be read', () =>
  inFolder(PROJECT, async folder => {
    assert.deepEqual(await findingsOf(folder), FOUND)
    // From the cache, too: what people asked for themselves is never held back.
    assert.deepEqual(await findingsOf(folder), FOUND)
    assert.deepEqual(await findingsOf(folder, '--no-cache', '--threads', '2'), FOUND)
  }))

test('another sentence, and the cache knows that it is another', () =>
  inFolder(PROJECT, async folder => {
    await findingsOf(folder)
    folder.write('rules.codeant', 'Functions must not have more than 2 lines\n')
    const rule = 'own/functions-must-not-have-more-than-2-lines'
    assert.deepEqual(await findingsOf(folder), [`src/db/client.ts:1 ${rule}`, `src/ui/page.ts:3 ${rule}`])
  }))

test('files that cannot be read take no rule with them', () =>
  inFolder(PROJECT, async folder => {
    mkdirSync(join(folder.path, 'folder.codeant'))
    // As an editor of Windows writes it.
    const wide = Buffer.from(`\ufeffFunctions must not have more than 2 lines\n`, 'utf16le')
    writeFileSync(join(folder.path, 'wide.codeant'), wide)
    const rule = 'own/functions-must-not-have-more-than-2-lines'
    assert.deepEqual(await findingsOf(folder), [
      FOUND[0],
      `src/db/client.ts:1 ${rule}`,
      FOUND[1],
      `src/ui/page.ts:3 ${rule}`,
      FOUND[2],
    ])
  }))

test('what is too much is told, and takes no longer', () =>
  inFolder(PROJECT, async folder => {
    const many = Array.from({ length: 502 }, (_, i) => `Functions must not have more than ${i + 100} lines`)
    folder.write('rules.codeant', `${many.join('\n')}\n`)
    assert.deepEqual(await findingsOf(folder), [
      'rules.codeant:501 style/unclear-rule',
      'rules.codeant:502 style/unclear-rule',
    ])
    // Larger than any file that is looked at: said as of every other, and not read for its rules either.
    folder.write('rules.codeant', 'No magic numbers\n'.repeat(100_000))
    const { out } = await codeant(['analyze'], { cwd: folder.path })
    assert.match(out, /rules\.codeant/)
    assert.doesNotMatch(out, /own\//)
  }))

test('settings and comments silence them by their names', () =>
  inFolder(PROJECT, async folder => {
    folder.write('.codeant.toml', `[rules."${LAYER}"]\nenabled = false\n`)
    folder.write(
      'src/ui/page.ts',
      PAGE.replace('  console.log', `  // codeant-ignore ${LOG}: it is what this page is for\n  console.log`),
    )
    const { err } = await codeant(['analyze'], { cwd: folder.path })
    assert.equal(err, '')
    assert.deepEqual(await findingsOf(folder), FOUND.slice(0, 1))
  }))

test('the command line tells what it understands of a sentence, or why it does not', () =>
  inFolder(PROJECT, async ({ path: cwd }) => {
    for (const name of [LOG, RULES[1]!, LOG.slice('own/'.length)]) {
      const { code, out } = await codeant(['explain', name], { cwd })
      assert.equal(code, 0, name)
      assert.match(
        out,
        /Understood as: No use of `console\.log`; not in tests\.[\s\S]*This breaks it, in `src\/example\.ts`:/,
      )
    }
    const refused = await codeant(['explain', RULES[3]!], { cwd, locale: 'es' })
    assert.equal(refused.code, 2)
    assert.match(
      refused.err,
      /nada se puede comprobar con “short”[\s\S]*Functions must not have more than 50 lines/,
    )
  }))

test(
  'the editor finds the same while somebody types, and tells what it understood',
  { timeout: 60_000 },
  () =>
    inFolder(PROJECT, async folder => {
      const client = await LspClient.start({
        folder: folder.path,
        initializationOptions: { settings: { locale: 'en' } },
      })
      const uri = pathToFileURL(`${folder.path}/src/ui/page.ts`).href
      const rules = pathToFileURL(`${folder.path}/rules.codeant`).href
      const codes = (diagnostics: readonly { code?: unknown }[]) => diagnostics.map(it => it.code)
      assert.deepEqual(codes((await client.open(uri, 'typescript', PAGE)).diagnostics), [LAYER, LOG])
      const end = { line: 7, character: 0 }
      client.change(uri, 2, end, end, 'console.log(show())\n')
      assert.deepEqual(codes((await client.next(uri, 2)).diagnostics), [LAYER, LOG, LOG])

      const text = `${RULES.join('\n')}\n`
      assert.deepEqual(codes((await client.open(rules, 'codeant-rules', text)).diagnostics), [
        'style/unclear-rule',
      ])
      const hover = await client.request<Hover | null>('textDocument/hover', {
        textDocument: { uri: rules },
        position: { line: 1, character: 4 },
      })
      const { value } = hover!.contents as { readonly value: string }
      assert.match(value, /\*\*Understood as:\*\* No use of `console.log`; not in tests\./)
      assert.match(value, /This breaks it, in `src\/example.ts`:\n\n```typescript\nconsole.log\(it\)\n```/)

      folder.write('rules.codeant', 'No magic numbers\n')
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: rules, type: 2 }] })
      assert.deepEqual(codes((await client.next(uri, 2)).diagnostics), [])
      await client.stop()
    }),
)
