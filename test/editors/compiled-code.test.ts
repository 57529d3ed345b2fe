// What V8 compiled is kept for the next start, in a folder of this user only; what nobody started for long goes. The Node that VS Code
// runs on can do that; the oldest one that the program runs on cannot, and starts as ever.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { codeServerNode } from './install.mjs'
import { environment, findingsOf, MAIN } from './support/command-line.ts'
import { withEditors } from './support/require-editors.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const folder = temporaryFolder('//- a.py\ndef f(items=[]):\n    return items\n')
after(() => folder.remove())

const home = join(folder.path, 'home')
const compiled = join(home, '.cache/codeant/compiled')

function start(node: string, ...args: string[]): string {
  const env = environment(home)
  return execFileSync(node, [MAIN, ...args], { cwd: folder.path, env, encoding: 'utf8', timeout: 60_000 })
}

/** Every file below, with the time at which it was written. */
function written(): Map<string, number> {
  const files = readdirSync(compiled, { recursive: true, withFileTypes: true }).filter(it => it.isFile())
  return new Map(
    files.map(it => {
      const path = join(it.parentPath, it.name)
      return [path, statSync(path).mtimeMs]
    }),
  )
}

const analyse = ['analyze', 'a.py', '--format', 'json', '--fail-on', 'never']

test(
  'what was compiled is there for the next start, which says the same',
  withEditors(['vscode'], async () => {
    const node = codeServerNode()
    assert.ok(!existsSync(compiled))
    const first = start(node, ...analyse)
    const kept = written()
    assert.ok(kept.size > 0)
    assert.equal(statSync(join(compiled, version)).mode & 0o077, 0, 'others may look into it')
    for (const it of kept.keys()) assert.equal(statSync(it).mode & 0o022, 0, `others may write ${it}`)
    assert.deepEqual(findingsOf(start(node, ...analyse)), findingsOf(first))
    // What was good is not written again.
    for (const [path, at] of kept) assert.equal(written().get(path), at, path)
  }),
)

test(
  'a version that is new here takes away what nobody started for a month',
  withEditors(['vscode'], async () => {
    const old = join(compiled, '0.0.1')
    const recent = join(compiled, '0.0.2')
    for (const it of [old, recent]) mkdirSync(it, { recursive: true })
    const longAgo = Date.now() / 1000 - 40 * 86_400
    utimesSync(old, longAgo, longAgo)
    start(codeServerNode(), '--version')
    assert.ok(existsSync(old), 'this version is not new')
    execFileSync('rm', ['-r', join(compiled, version)])
    start(codeServerNode(), '--version')
    assert.deepEqual(readdirSync(compiled).sort(), ['0.0.2', version].sort())
  }),
)

test(
  'where nothing can be kept, or nothing shall be, the program starts as ever',
  withEditors(['vscode'], async () => {
    const before = findingsOf(start(codeServerNode(), ...analyse))
    execFileSync('rm', ['-r', compiled])
    start(codeServerNode(), ...analyse, '--no-cache')
    assert.ok(!existsSync(compiled))
    // Builds may share a folder that was named, and one could leave code there for the others.
    const shared = join(folder.path, 'shared')
    const env = { ...environment(home), CODEANT_CACHE: shared }
    execFileSync(codeServerNode(), [MAIN, ...analyse], { cwd: folder.path, env })
    assert.ok(existsSync(shared) && !existsSync(join(shared, 'compiled')) && !existsSync(compiled))
    // A file where the folder should be: nobody can make it, not even root.
    execFileSync('touch', [compiled])
    chmodSync(compiled, 0o400)
    assert.deepEqual(findingsOf(start(codeServerNode(), ...analyse)), before)
    execFileSync('rm', ['-f', compiled])
    assert.deepEqual(findingsOf(start(process.execPath, ...analyse)), before)
  }),
)
