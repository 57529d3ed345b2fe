// `npm test`: sets everything up, then runs every check in turn and ends with one line that counts them all.
//
// `npm test -- unit lsp` runs only the named parts.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()

const tests = (folder, but = [], options = {}) => {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, options)
    .filter(it => it.endsWith('.test.ts') && !but.includes(it))
    .sort()
    .map(it => `${folder}/${it}`)
}

/** A part is a command that counts as one check, or a list of test files that count theirs. */
const PARTS = {
  types: ['node_modules/.bin/tsc', '-b'],
  lint: ['node_modules/.bin/biome', 'check', '--error-on-warnings'],
  unit: tests('test/unit', [], { recursive: true }),
  rules: ['test/rules.test.ts'],
  architecture: ['test/architecture.test.ts'],
  program: tests('test', ['rules.test.ts', 'architecture.test.ts', 'package.test.ts']),
  endpoint: tests('test/endpoint'),
  manifests: tests('test/manifests'),
  // The package is installed into a real VS Code, so it belongs to them.
  editors: [...tests('test').filter(it => it.endsWith('/package.test.ts')), ...tests('test/editors')],
}

/** What a part needs before it starts, because a test's own time would pass meanwhile. */
const PREPARE = { editors: installEditors }

const wanted = process.argv.slice(2)
const unknown = wanted.filter(it => !(it in PARTS))
if (unknown.length > 0) {
  process.stderr.write(`There is no part "${unknown[0]}"; there are: ${Object.keys(PARTS).join(', ')}\n`)
  process.exit(64)
}

let passed = 0
let failed = 0
let skipped = 0
for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  if (part.length === 0) continue
  const began = Date.now()
  await PREPARE[name]?.()
  const result = part[0].endsWith('.test.ts') ? runTests(part) : runCommand(part)
  passed += result.passed
  failed += result.failed
  skipped += result.skipped
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${result.failed > 0 ? '✘' : '✔'} ${name}: ${counts(result)} (${seconds} s)\n`)
}
process.stdout.write(`\n${counts({ passed, failed, skipped })}\n`)
process.exit(failed > 0 ? 1 : 0)

/** Makes the editors once; what cannot be made is said here, and its tests are skipped (or fail, where editors are required). */
async function installEditors() {
  if (process.env.CODEANT_NO_INSTALL) return
  const { installAll } = await import('../../test/editors/install.mjs')
  for (const [editor, reason] of Object.entries(installAll())) process.stderr.write(`${editor}: ${reason}\n`)
  // Tried once: what failed now would fail again in every test.
  process.env.CODEANT_NO_INSTALL = '1'
}

function runCommand([command, ...args]) {
  const { status } = spawnSync(join(root, command), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/** Shows only what fails or is skipped; the rest is counted. */
function runTests(files) {
  const args = [
    '--import',
    'tsx',
    '--test',
    '--test-reporter',
    './server/tools/test-reporter.mjs',
    '--test-concurrency',
    '2',
    ...files,
  ]
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const lines = stdout.trimEnd().split('\n')
  const last = lines.pop() ?? ''
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  const match = /^(\d+) (\d+) (\d+)$/.exec(last)
  if (!match) {
    process.stdout.write(`${last}\nthe test run ended with ${status}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return {
    passed: Number(match[1]),
    failed: Math.max(Number(match[2]), status === 0 ? 0 : 1),
    skipped: Number(match[3]),
  }
}

function counts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
