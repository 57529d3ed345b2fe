// The tools that people compare us with, at fixed versions, installed beside the repository when they are needed.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSIONS = {
  oxlint: '1.94.0',
  '@biomejs/biome': '2.6.8',
  eslint: '10.15.0',
  '@eslint/js': '10.0.1',
  'typescript-eslint': '8.73.0',
  typescript: '6.0.3',
  '@ast-grep/cli': '0.51.1',
} as const

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Peers {
  readonly folder: string
  /** The path of a program, or undefined when it is not to be had here. */
  bin(name: 'oxlint' | 'biome' | 'eslint' | 'ast-grep' | 'ruff'): string | undefined
  readonly versions: Readonly<Record<string, string>>
}

/** `CODEANT_PEERS` may name a folder in which they are installed already. ruff is used where it is installed. */
export function peers(): Peers {
  const folder = process.env.CODEANT_PEERS ?? join(root, '.cache/peers')
  if (!existsSync(join(folder, 'node_modules/.bin/oxlint'))) {
    console.error('installing peers …')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: VERSIONS }))
    try {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    } catch {
      console.error('they cannot be installed here: only what is there is measured')
    }
  }
  const ruff = [join(folder, 'py/bin/ruff'), 'ruff'].find(it => spawnSync(it, ['--version']).status === 0)
  const bin: Peers['bin'] = name => {
    const path = name === 'ruff' ? ruff : join(folder, 'node_modules/.bin', name)
    return path && spawnSync(path, ['--version']).status === 0 ? path : undefined
  }
  const versions: Record<string, string> = {}
  for (const name of ['oxlint', 'biome', 'eslint', 'ast-grep', 'ruff'] as const) {
    const path = bin(name)
    if (path)
      versions[name] = spawnSync(path, ['--version'], { encoding: 'utf8' })
        .stdout.trim()
        .split('\n')
        .at(-1)!
        .replace(/^[^\d]*/, '')
  }
  for (const name of ['typescript-eslint', 'typescript'] as const) {
    const file = join(folder, 'node_modules', name, 'package.json')
    if (versions.eslint && existsSync(file))
      versions[name] = (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  }
  return { folder, bin, versions }
}
