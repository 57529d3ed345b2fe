// Where a pack comes from, as somebody says it: a folder, a file, an archive, or a git repository.

import { existsSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { ARCHIVE, fromAddress, fromArchive } from './pack-sources/archive.ts'
import { type Brought, PackTrouble } from './pack-sources/brought.ts'
import { fromFile, fromFolder } from './pack-sources/folder.ts'
import { fromGit } from './pack-sources/git-repository.ts'

export interface Origin {
  readonly kind: 'place' | 'archive-address' | 'git'
  /** For whoever asks: an address, or an absolute path. */
  readonly where: string
}

/** What was typed, or what a lock says; paths are seen from `folder`. */
export function originOf(given: string, folder: string): Origin {
  if (/^https?:\/\//i.test(given))
    return { kind: ARCHIVE.test(given.replace(/[?#].*$/, '')) ? 'archive-address' : 'git', where: given }
  if (/^(?:ssh|git|file):\/\//i.test(given)) return { kind: 'git', where: given }
  // `git@host:path`, as code hosts show it; a folder with a colon in its name is written with `./` in front.
  if (/^[\w.-]+@[\w.-]+:/.test(given)) return { kind: 'git', where: given }
  const where = resolve(folder, given)
  return { kind: /\.git$/.test(given) && existsSync(where) ? 'git' : 'place', where }
}

/** Rejects with `PackTrouble`. */
export async function bring(
  { kind, where }: Origin,
  ref: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Brought> {
  if (kind === 'git') return fromGit(where, ref, env)
  if (kind === 'archive-address') return fromAddress(where)
  try {
    if (statSync(where).isDirectory()) return fromFolder(where)
    return ARCHIVE.test(where) ? fromArchive(where) : fromFile(where)
  } catch (error) {
    if (error instanceof PackTrouble) throw error
    throw new PackTrouble((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable', where)
  }
}

/** How a lock names it: nobody's password, and no folder of one computer above the project. */
export function originForLock({ kind, where }: Origin, root: string): string {
  if (kind !== 'place' && !isAbsolute(where)) return where.replace(/^(https?:\/\/)[^/@]*@/i, '$1')
  return relative(root, where).split(sep).join('/') || '.'
}

/** What a pack is called where nobody says it: the last part of where it comes from. */
export function nameFor({ where }: Origin): string {
  const last =
    where
      .replace(/[?#].*$/, '')
      .split(/[\\/:]/)
      .filter(Boolean)
      .at(-1) ?? ''
  const name = last.replace(ARCHIVE, '').replace(/\.(?:git|ya?ml)$/i, '')
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
      .slice(0, 64) || 'pack'
  )
}
