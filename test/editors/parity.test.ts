// Editor and command line say the same, finding by finding, for every file of the example.

import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { LspClient, type Published } from '../support/lsp-client.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { analyse, environment, findingsOf, type JsonFinding } from './support/command-line.ts'

const example = fileURLToPath(new URL('../workspaces/example', import.meta.url))

const LANGUAGES: Readonly<Record<string, string>> = {
  py: 'python',
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  rs: 'rust',
  json: 'json',
  md: 'markdown',
}
const FILES = [
  'README.md',
  'settings.json',
  'api/orders.py',
  'api/sessions.py',
  'pricing/src/lib.rs',
  'tools/import-stock.js',
  'web/src/Cart.tsx',
  'web/src/cart.ts',
]
const SEVERITIES = ['', 'error', 'warning', 'info', 'hint']

describe('editor and command line say the same', () => {
  let temporary: TemporaryFolder
  let folder: string
  let env: NodeJS.ProcessEnv
  let client: LspClient
  let report: string

  before(async () => {
    temporary = temporaryFolder()
    folder = join(temporary.path, 'shop')
    cpSync(example, folder, { recursive: true })
    const home = join(temporary.path, 'home')
    mkdirSync(home)
    env = environment(home)
    report = analyse(folder, env)
    client = await LspClient.start({ folder, env })
  })
  after(async () => {
    await client.stop()
    temporary.remove()
  })

  for (const path of FILES)
    test(path, { timeout: 60_000 }, async () => {
      const expected = findingsOf(report)
        .filter(it => it.path === path)
        .map(asLine)
      const file = join(folder, path)
      const language = LANGUAGES[path.slice(path.lastIndexOf('.') + 1)]!
      const published = await client.open(pathToFileURL(file).href, language, readFileSync(file, 'utf8'))
      let shown = published.diagnostics.map(diagnosticAsLine).sort()
      expected.sort()
      // What only the whole project tells comes when all of it is read.
      for (let i = 0; i < 100 && shown.join() !== expected.join(); i++) {
        await pause(100)
        shown = client.diagnostics(pathToFileURL(file).href).map(diagnosticAsLine).sort()
      }
      assert.deepEqual(shown, expected)
    })

  test('every file with findings is among them', () => {
    const known = new Set(FILES)
    assert.deepEqual(
      findingsOf(report).filter(it => !known.has(it.path)),
      [],
    )
  })

  test('a second run, from the cache, says the same to the byte', () => {
    const again = analyse(folder, env)
    const { summary } = JSON.parse(again) as { readonly summary: { readonly remembered: number } }
    assert.ok(summary.remembered > 0, 'the cache was asked')
    assert.equal(findingsAsWritten(again), findingsAsWritten(report))
  })
})

function findingsAsWritten(report: string): string {
  return report.slice(report.indexOf('"findings"'), report.indexOf('"summary"'))
}

function asLine({ start, end, severity, rule, message }: JsonFinding): string {
  return `${start.line}:${start.column}–${end.line}:${end.column} ${severity} ${rule}: ${message}`
}

function diagnosticAsLine({ range, severity, code, message }: Published['diagnostics'][number]): string {
  const { start, end } = range
  return `${start.line + 1}:${start.character + 1}–${end.line + 1}:${end.character + 1} ${SEVERITIES[severity ?? 0]} ${code}: ${message}`
}
