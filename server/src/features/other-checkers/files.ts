// Which files hold settings of other checkers, and who reads them. Each text comes from whoever wrote the project: it is read
// as data, never run, and one that cannot be read says nothing.

import { TomlError } from 'smol-toml'
import { isNamed } from '../../rules/foreign-names.ts'
import { type CheckerSettings, type Decision, lastName } from './decisions.ts'
import { readFlake8, readPylint, readPyproject, readRuff } from './python.ts'
import { readCargo, readClippy, readCrate } from './rust.ts'
import { readBiome, readEslintrc, readEslintScript, readOxlint, readPackage } from './script.ts'

type Reader = (text: string) => readonly CheckerSettings[]

const READERS: readonly (readonly [name: string, reader: Reader])[] = [
  ['.eslintrc', readEslintrc],
  ['.eslintrc.json', readEslintrc],
  ['.eslintrc.yaml', readEslintrc],
  ['.eslintrc.yml', readEslintrc],
  ['.eslintrc.js', readEslintScript],
  ['.eslintrc.cjs', readEslintScript],
  ['eslint.config.js', readEslintScript],
  ['eslint.config.mjs', readEslintScript],
  ['eslint.config.cjs', readEslintScript],
  ['eslint.config.ts', readEslintScript],
  ['eslint.config.mts', readEslintScript],
  ['package.json', readPackage],
  ['.oxlintrc.json', readOxlint],
  ['oxlintrc.json', readOxlint],
  ['biome.json', readBiome],
  ['biome.jsonc', readBiome],
  ['pyproject.toml', readPyproject],
  ['ruff.toml', readRuff],
  ['.ruff.toml', readRuff],
  ['.flake8', readFlake8],
  ['setup.cfg', readFlake8],
  ['tox.ini', readFlake8],
  ['.pylintrc', readPylint],
  ['pylintrc', readPylint],
  ['clippy.toml', readClippy],
  ['.clippy.toml', readClippy],
  ['Cargo.toml', readCargo],
]
const BY_NAME = new Map(READERS)

/** Of a crate, beside its manifest. */
export const CRATE_ROOTS: readonly string[] = ['src/lib.rs', 'src/main.rs']

/** Longer ones are no settings. */
export const MOST_SETTINGS_BYTES = 256 * 1024

/** The names of such files. */
export const CHECKER_FILES: readonly string[] = READERS.map(([name]) => name)

export function isCheckerFile(name: string): boolean {
  return BY_NAME.has(name)
}

/** Whether a file of this path may hold such settings. */
export function saysToCheckers(path: string): boolean {
  return BY_NAME.has(path.slice(path.lastIndexOf('/') + 1)) || CRATE_ROOTS.some(it => path.endsWith(`/${it}`))
}

/** `name` is one of `CHECKER_FILES` or of `CRATE_ROOTS`. */
export function readChecker(name: string, text: string): readonly CheckerSettings[] {
  const read = (CRATE_ROOTS.includes(name) ? readCrate : BY_NAME.get(name)!) satisfies Reader
  try {
    return read(text).map(it => ({ ...it, decisions: it.decisions.flatMap(thatMatters) }))
  } catch (error) {
    if (error instanceof TomlError) return []
    throw error
  }
}

/** Most of what a project decides is about things of which we say nothing; each block kept is asked for each file. */
function thatMatters(decision: Decision): readonly Decision[] {
  const says = [...decision.says].filter(([name]) => isNamed(lastName(name)))
  return says.length > 0 ? [{ ...decision, says: new Map(says) }] : []
}
