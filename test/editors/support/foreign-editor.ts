// One exchange that every foreign editor has with the language server: open a file, read, hover, repair, read again.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inFolder } from '../../support/temporary-folder.ts'
import { analyse, environment, inOrder, MAIN, type Shown, shownOf } from './command-line.ts'

/** What an editor's script writes down. */
export interface Exchange {
  readonly diagnostics: readonly Shown[]
  readonly hover: string
  readonly actions: readonly string[]
  readonly buffer: string
  readonly after: readonly Shown[]
}

export interface ForeignEditor {
  readonly command: string
  readonly args: (script: string) => readonly string[]
  /** Beside the tests. It is told what to do by the environment, and writes an `Exchange` to `$OUTCOME`. */
  readonly script: string
  /** How the editor calls severities, where it has fewer. */
  readonly severity?: (severity: string) => string
}

const PROBLEM = 'if prices[item] is "free":'
const REPAIRED = 'if prices[item] == "free":'
const RULE = 'correctness/identity-of-literal'
/** Told when all files of the project are read. */
const AWAITED = 'security/untrusted-flow'

export function exchange({ command, args, script, severity = it => it }: ForeignEditor): Promise<void> {
  return inFolder('', async ({ path }) => {
    const folder = join(path, 'shop')
    const home = join(path, 'home')
    mkdirSync(home)
    cpSync(fileURLToPath(new URL('../../workspaces/example', import.meta.url)), folder, { recursive: true })
    const env = environment(home)
    const file = join(folder, 'api/orders.py')
    const expected = () =>
      shownOf(analyse(folder, env, 'api/orders.py')).map(it => ({ ...it, severity: severity(it.severity) }))
    const before = expected()
    const outcome = join(path, 'outcome.json')
    const { status, stdout, stderr } = spawnSync(
      command,
      args(fileURLToPath(new URL(`../${script}`, import.meta.url))),
      {
        cwd: folder,
        env: { ...env, FILE: file, NODE: process.execPath, SERVER: MAIN, OUTCOME: outcome, PROBLEM, AWAITED },
        encoding: 'utf8',
        timeout: 90_000,
      },
    )
    assert.equal(status, 0, `${command} ended with ${status}:\n${stdout}${stderr}`)
    const it = JSON.parse(readFileSync(outcome, 'utf8')) as Exchange
    assert.deepEqual(it.diagnostics.toSorted(inOrder), before)
    assert.match(it.hover, /What to do/)
    assert.ok(
      it.actions.some(action => /safe · verified/.test(action)),
      it.actions.join(' | '),
    )
    assert.ok(it.buffer.includes(REPAIRED) && !it.buffer.includes(PROBLEM), it.buffer)
    assert.equal(readFileSync(file, 'utf8'), it.buffer, 'what was saved is what was repaired')
    assert.deepEqual(it.after.toSorted(inOrder), expected())
    assert.ok(before.some(({ rule }) => rule === RULE) && !it.after.some(({ rule }) => rule === RULE))
  })
}
