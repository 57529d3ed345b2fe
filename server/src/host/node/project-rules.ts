// The rules in patterns that a project brings along: YAML files in `.codeant/rules/` at its root, and the packs that it installed.

import { readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { digest } from './folders.ts'
import { installedPacks, type PackOrigin, ruleFiles } from './packs.ts'

/** Where a team keeps rules in patterns, relative to the project's root. */
export const RULES_FOLDER = '.codeant/rules'

/** Whoever opens a repository did not choose its rules: they may not keep the editor busy for long. `codeant` tells when there are more. */
export const MOST_FILES = 5_000
const MOST_BYTES = 64 << 20

/** Undefined where there are none, which is nearly everywhere. */
export function projectRules(root: string): PackOrigin | undefined {
  const packs = installedPacks(root) ?? []
  const files = [...ruleFiles(join(root, RULES_FOLDER)), ...packs.flatMap(it => it.files)].slice(
    0,
    MOST_FILES,
  )
  let left = MOST_BYTES
  const read: string[] = []
  let contents = ''
  for (const file of files) {
    try {
      left -= statSync(file).size
      if (left < 0) break
      // Where it lies decides what its rules are called, should others have their names.
      contents += `${relative(root, file)} ${digest(readFileSync(file))}\n`
      read.push(file)
    } catch {
      // Gone since the folder was listed.
    }
  }
  return read.length === 0 ? undefined : { files: read, digest: digest(contents) }
}

/** A team's own rule, no part of a pack. */
export function isProjectRule(file: string): boolean {
  return file.split(sep).join('/').includes(`/${RULES_FOLDER}/`)
}

/** Rules from two places are one pack. */
export function bothOf(one: PackOrigin | undefined, other: PackOrigin | undefined): PackOrigin | undefined {
  if (!one || !other) return one ?? other
  return { files: [...one.files, ...other.files], digest: digest(one.digest + other.digest) }
}
