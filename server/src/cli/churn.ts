// How often each file was changed, as git remembers it.

import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { runGit } from '../host/node/git.ts'
import { UsageError } from './arguments.ts'
import type { Terminal } from './terminal.ts'

/** A commit that touches more files than this moved or formatted them: it says nothing about one of them. */
const SWEEP = 100

/** Commits that changed each file since then, by its whole path. Merges and sweeps are left out. */
export async function churnSince(
  since: string,
  { cwd, locale }: Terminal,
): Promise<ReadonlyMap<string, number>> {
  const ask = async (args: readonly string[]) => (await runGit(cwd, args)).toString()
  try {
    const root = (await ask(['rev-parse', '--show-toplevel'])).trim()
    const log = await ask([
      ...['log', `--since=${since}`, '--no-merges', '--no-renames', '--no-ext-diff', '--no-textconv'],
      ...['--numstat', '-z', '--format=%x01'],
    ])
    const changes = new Map<string, number>()
    for (const [path, count] of countChanges(log)) changes.set(join(root, path), count)
    return changes
  } catch (error) {
    const hasNoGit = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UsageError(hasNoGit ? WORDS[locale].noGit : WORDS[locale].noRepository(cwd))
  }
}

/** Reads `git log --numstat -z --format=%x01`. */
export function countChanges(log: string): Map<string, number> {
  const changes = new Map<string, number>()
  for (const commit of log.split('\x01')) {
    const paths = commit.split('\0').flatMap(it => /^\s*(?:\d+|-)\t(?:\d+|-)\t([\s\S]+)$/.exec(it)?.[1] ?? [])
    if (paths.length <= SWEEP) for (const it of paths) changes.set(it, (changes.get(it) ?? 0) + 1)
  }
  return changes
}

const WORDS: Readonly<
  Record<Locale, { readonly noGit: string; readonly noRepository: (folder: string) => string }>
> = {
  en: {
    noGit: 'a plan needs git, which is not installed: what is changed often is worth most',
    noRepository: folder =>
      `a plan needs the history of a git repository, to know what is changed often, and ${folder} is in none, or in one without commits`,
  },
  es: {
    noGit: 'un plan necesita git, que no está instalado: lo que más cambia es lo que más compensa',
    noRepository: folder =>
      `un plan necesita la historia de un repositorio de git, para saber qué cambia a menudo, y ${folder} no está en ninguno, o está en uno sin commits`,
  },
}
