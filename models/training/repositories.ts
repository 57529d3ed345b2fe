// The list of repositories that the models learn from and are judged by, and where each lies on this machine.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Licence } from './licence.ts'

export type Split = 'training' | 'validation' | 'held-out'

export interface Repository {
  /** `owner/name` on GitHub. */
  readonly repository: string
  /** The newest first-parent commit of the default branch that is not after `LAST_DAY`. */
  readonly commit: string
  /** As it was at that commit. */
  readonly licence: Licence
  /** Most of its code is written in it. */
  readonly language: CodeLanguage
  readonly split: Split
  /** Folders under another licence, which are left alone. */
  readonly except?: readonly string[]
}

export const LIST = new URL('repositories.json', import.meta.url)

/** All, or those of a split. Their order is that of growth: what comes later never changes what an earlier entry means. */
export function readRepositories(split?: string): Repository[] {
  const all = existsSync(LIST) ? (JSON.parse(readFileSync(LIST, 'utf8')) as Repository[]) : []
  return split === undefined ? all : all.filter(it => it.split === split)
}

/** The models may know nothing newer, so that newer code can judge them. */
export const LAST_DAY = '2025-05-31T23:59:59Z'

/** By the name alone: neither the list's order nor its length moves a repository to the other side. */
export function splitOf(repository: string): Split {
  const digest = createHash('sha256').update(repository.toLowerCase()).digest()
  const share = digest.readUInt32BE(0) / 0x1_0000_0000
  return share < HELD_OUT ? 'held-out' : share < HELD_OUT + VALIDATION ? 'validation' : 'training'
}

const HELD_OUT = 0.14
const VALIDATION = 0.03

/** `owner/name` as a name for files. */
export function fileNameOf(repository: string): string {
  return repository.replace('/', '+')
}

/** The bare repository below `mirrors`; undefined when there is none. */
export function mirrorOf(mirrors: string, repository: string): string | undefined {
  const folder = join(mirrors, fileNameOf(repository), 'repo')
  return [folder, join(folder, '.git')].find(it => existsSync(join(it, 'HEAD')))
}

/** The bare repository below `mirrors`, brought from GitHub when it is not there. */
export function mirrorOrClone(mirrors: string, repository: string): string | undefined {
  const known = mirrorOf(mirrors, repository)
  if (known) return known
  const folder = join(mirrors, fileNameOf(repository), 'repo')
  spawnSync(
    'git',
    ['clone', '--bare', '--quiet', '--template=', `https://github.com/${repository}`, folder],
    { stdio: 'inherit' },
  )
  return mirrorOf(mirrors, repository)
}
