// The built extension in the extension host of VS Code: what it does, asked from inside by `suite/*.ts`.

import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runTests } from '@vscode/test-electron'
import { build } from 'esbuild'
import { inFolder } from '../support/temporary-folder.ts'
import type { Outcome } from './suite/run.ts'
import { withEditors } from './support/require-editors.ts'
import { runInCodeServer } from './support/run-in-code-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const limit = { timeout: 300_000 }

test(
  'in the extension host',
  limit,
  withEditors(['vscode', 'chromium'], t =>
    suite(t, 'trusted', ({ folder, home, tests, outcomes }) =>
      // The same call that runs these tests in the desktop's VS Code, where there is one.
      runTests({
        vscodeExecutablePath: join(here, 'support/stand-in.mjs'),
        extensionDevelopmentPath: root,
        extensionTestsPath: tests,
        launchArgs: [folder, `--user-data-dir=${home}`],
        extensionTestsEnv: { CODEANT_OUTCOMES: outcomes },
      }),
    ),
  ),
)

test(
  'in a folder that is not trusted',
  limit,
  withEditors(['vscode', 'chromium'], t =>
    suite(t, 'untrusted', ({ folder, home, tests, outcomes }) => {
      process.env.CODEANT_OUTCOMES = outcomes
      return runInCodeServer({ folder, home, extension: root, tests, workspaceTrust: true })
    }),
  ),
)

test(
  'with an endpoint',
  limit,
  withEditors(['vscode', 'chromium'], t =>
    suite(t, 'endpoint', ({ folder, home, tests, outcomes }) => {
      process.env.CODEANT_OUTCOMES = outcomes
      process.env.CODEANT_STATE = join(home, 'state')
      process.env.CODEANT_CONFIG = join(home, 'config')
      return runInCodeServer({ folder, home, extension: root, tests, workspaceTrust: false })
    }),
  ),
)

interface Prepared {
  readonly folder: string
  readonly home: string
  readonly tests: string
  readonly outcomes: string
}

/** Runs one module of cases on a copy of the example, and tells each as a test of its own. */
function suite(t: TestContext, name: string, run: (it: Prepared) => Promise<number>): Promise<void> {
  return inFolder('', async ({ path }) => {
    const it = {
      folder: join(path, 'shop'),
      home: join(path, 'vs'),
      tests: join(path, 'tests.cjs'),
      outcomes: join(path, 'outcomes.json'),
    }
    // Before VS Code starts: what changes on disk under an open document is read again, in the middle of a request.
    cpSync(join(here, '../workspaces/example'), it.folder, { recursive: true })
    await build({
      entryPoints: [join(here, `suite/${name}.ts`)],
      outfile: it.tests,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
      logLevel: 'warning',
    })
    // `runTests` tells the exit code of every run, good ones, too.
    t.mock.method(console, 'log', () => undefined)
    assert.equal(await run(it), 0, 'VS Code ended with an error')
    assert.ok(existsSync(it.outcomes), 'VS Code ended without running the tests')
    const outcomes = JSON.parse(readFileSync(it.outcomes, 'utf8')) as readonly Outcome[]
    assert.ok(outcomes.length > 0)
    for (const { name, error } of outcomes)
      await t.test(name, () => {
        if (error) throw new Error(error)
      })
  })
}
