// The tools that people compare us with, at fixed versions, installed beside the repository when they are needed.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGES = {
  oxlint: '1.94.0',
  '@biomejs/biome': '2.6.8',
  eslint: '10.15.0',
  '@eslint/js': '10.0.1',
  'typescript-eslint': '8.73.0',
  typescript: '6.0.3',
  '@ast-grep/cli': '0.51.1',
  'eslint-plugin-security': '4.1.0',
  'eslint-plugin-no-unsanitized': '4.1.5',
  'eslint-plugin-regexp': '3.3.3',
  'eslint-plugin-sonarjs': '4.2.2',
} as const

/** A collection of rules asks for this one, and a newer one refuses some of them; apart, since both have the same commands. */
const OLD_PACKAGES = { '@ast-grep/cli': '0.31.1' } as const

const PYTHON_PACKAGES = { ruff: '0.16.9', pylint: '4.1.1' } as const

const PROGRAMS = ['oxlint', 'biome', 'eslint', 'ast-grep', 'ast-grep-0.31', 'ruff', 'pylint'] as const
const PLUGINS = [
  'typescript-eslint',
  'typescript',
  'eslint-plugin-security',
  'eslint-plugin-no-unsanitized',
  'eslint-plugin-regexp',
  'eslint-plugin-sonarjs',
] as const

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Peers {
  readonly folder: string
  /** The path of a program, or undefined when it is not to be had here. */
  bin(name: (typeof PROGRAMS)[number]): string | undefined
  readonly versions: Readonly<Record<string, string>>
}

/** `CODEANT_PEERS` may name a folder in which they are installed already; what it lacks is installed there. */
export function peers(): Peers {
  const folder = process.env.CODEANT_PEERS ?? join(root, '.cache/peers')
  install(folder, PACKAGES)
  install(join(folder, 'old'), OLD_PACKAGES)
  installPython(join(folder, 'py'))
  const places: Readonly<Record<(typeof PROGRAMS)[number], readonly string[]>> = {
    oxlint: [join(folder, 'node_modules/.bin/oxlint')],
    biome: [join(folder, 'node_modules/.bin/biome')],
    eslint: [join(folder, 'node_modules/.bin/eslint')],
    'ast-grep': [join(folder, 'node_modules/.bin/ast-grep')],
    'ast-grep-0.31': [join(folder, 'old/node_modules/.bin/ast-grep')],
    ruff: [join(folder, 'py/bin/ruff'), 'ruff'],
    pylint: [join(folder, 'py/bin/pylint')],
  }
  const found = new Map<string, string>()
  const versions: Record<string, string> = {}
  for (const name of PROGRAMS) {
    for (const place of places[name]) {
      const { status, stdout } = spawnSync(place, ['--version'], { encoding: 'utf8' })
      const version = /\d+\.\d+\.\d+/.exec(stdout ?? '')?.[0]
      if (status !== 0 || version === undefined) continue
      found.set(name, place)
      versions[name] = version
      break
    }
  }
  for (const name of PLUGINS) {
    const version = installed(folder, name)
    if (versions.eslint && version) versions[name] = version
  }
  return { folder, bin: name => found.get(name), versions }
}

function install(folder: string, packages: Readonly<Record<string, string>>): void {
  if (Object.keys(packages).every(name => installed(folder, name))) return
  console.error(`installing ${Object.keys(packages).join(', ')} …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  attempt('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder)
}

function installPython(folder: string): void {
  if (Object.keys(PYTHON_PACKAGES).every(name => existsSync(join(folder, 'bin', name)))) return
  console.error(`installing ${Object.keys(PYTHON_PACKAGES).join(', ')} …`)
  const packages = Object.entries(PYTHON_PACKAGES).map(([name, version]) => `${name}==${version}`)
  if (attempt('python3', ['-m', 'venv', folder], root))
    attempt(join(folder, 'bin/pip'), ['install', '--quiet', ...packages], root)
}

/** What cannot be installed is not measured, and that is said. */
function attempt(program: string, options: readonly string[], cwd: string): boolean {
  try {
    execFileSync(program, options, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
    return true
  } catch {
    console.error('they cannot be installed here: only what is there is measured')
    return false
  }
}

function installed(folder: string, name: string): string | undefined {
  const file = join(folder, 'node_modules', name, 'package.json')
  if (!existsSync(file)) return undefined
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version
}
