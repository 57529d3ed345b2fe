// Finding the files to analyse: what git ignores is left out, and so are folders that hold other people's code.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'

/** Never entered: dependencies, build output, caches, and what version control and we keep for ourselves. */
export const SKIPPED_FOLDERS = new Set([
  '.codeant',
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  'site-packages',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.yarn',
  '.pnpm-store',
  '.terraform',
  '.gradle',
  '.idea',
  '.vscode-test',
])

interface Level {
  readonly folder: string
  readonly rules: Ignore
}

/**
 * Files below a folder that `wants` accepts, in the order of their names, so that every run sees the same order.
 * Links are not followed: what they lead to is reached by its own path, or lies outside.
 */
export function* walk(
  folder: string,
  wants: (file: string) => boolean,
  unreadable: (folder: string) => void,
): Generator<string> {
  yield* enter(folder, levelsAbove(folder), wants, unreadable)
}

function* enter(
  folder: string,
  above: readonly Level[],
  wants: (file: string) => boolean,
  unreadable: (folder: string) => void,
): Generator<string> {
  let entries: ReturnType<typeof list>
  try {
    entries = list(folder)
  } catch {
    unreadable(folder)
    return
  }
  const levels = entries.some(it => it.name === '.gitignore')
    ? [...above, { folder, rules: readIgnore(join(folder, '.gitignore')) }]
    : above
  for (const it of entries) {
    const path = join(folder, it.name)
    if (it.isDirectory()) {
      if (SKIPPED_FOLDERS.has(it.name) || isIgnored(path + sep, levels)) continue
      yield* enter(path, levels, wants, unreadable)
    } else if (it.isFile() && wants(path) && !isIgnored(path, levels)) yield path
  }
}

/**
 * What the repository says above a folder, so that a part is judged like the whole. When it ignores the folder itself it is
 * not asked any further: who names a folder wants what is in it.
 */
function levelsAbove(folder: string): Level[] {
  const levels: Level[] = []
  let it = folder
  while (!existsSync(join(it, '.git'))) {
    const parent = dirname(it)
    if (parent === it) return []
    it = parent
    if (existsSync(join(it, '.gitignore')))
      levels.unshift({ folder: it, rules: readIgnore(join(it, '.gitignore')) })
  }
  return isIgnored(folder + sep, levels) ? [] : levels
}

function list(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readIgnore(file: string): Ignore {
  try {
    return ignore().add(readFileSync(file, 'utf8'))
  } catch {
    return ignore()
  }
}

/** The deepest `.gitignore` that has a word about a path decides. */
function isIgnored(path: string, levels: readonly Level[]): boolean {
  for (let i = levels.length - 1; i >= 0; i--) {
    const { folder, rules } = levels[i]!
    const inside = relative(folder, path).split(sep).join('/') + (path.endsWith(sep) ? '/' : '')
    const { ignored, unignored } = rules.test(inside)
    if (ignored) return true
    if (unignored) return false
  }
  return false
}
