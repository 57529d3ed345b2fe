// What every command of the repository needs before it can run: dependencies and a build, made once and again when stale.
// Plain JavaScript with nothing but Node, because it runs before anything is installed.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)

/** Installs and builds what is missing or out of date. Says so only when there is something to do. */
export function setUp() {
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`CodeAnt needs Node 20.19 or newer; this is ${process.version}.`)
  }
  const lock = digest(readFileSync(join(root, 'package-lock.json')))
  const installed = join(root, 'node_modules/.installed')
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    say('Installing dependencies …')
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    writeFileSync(installed, lock)
  }
  const sources = digest(listing(['shared', 'server', 'client', 'deploy/gateway', 'package.json']))
  const built = join(root, 'dist/built')
  if (!existsSync(built) || readFileSync(built, 'utf8') !== sources) {
    say('Building …')
    run(process.execPath, ['--import', 'tsx', 'server/tools/build.ts'])
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(built, sources)
  }
}

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32',
    ...options,
  })
  if (error) fail(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

/** Names, sizes and times of all sources: reading them all would take longer than a keystroke's patience. */
function listing(places) {
  const lines = []
  const visit = path => {
    const stat = statSync(join(root, path))
    if (!stat.isDirectory()) lines.push(`${path} ${stat.size} ${stat.mtimeMs}`)
    else
      for (const it of readdirSync(join(root, path)).sort())
        if (it !== 'node_modules' && it !== 'dist') visit(`${path}/${it}`)
  }
  places.forEach(visit)
  return lines.join('\n')
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex')
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(70)
}
