// Real repositories to measure on: named here by repository, commit and licence, fetched when they are needed, never committed.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Corpus {
  readonly url: string
  readonly commit: string
  readonly licence: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export type Corpora = Readonly<Record<string, Corpus>>

export const CORPORA = readCorpora(new URL('corpora.json', import.meta.url))

export function readCorpora(file: URL): Corpora {
  return JSON.parse(readFileSync(file, 'utf8')) as Corpora
}

/**
 * The folder of a corpus. `CODEANT_CORPORA` names a folder that may hold it already, under its name; otherwise it is
 * cloned into `.cache/corpora`.
 */
export function corpus(name: string, corpora = CORPORA): string {
  const { CODEANT_CORPORA } = process.env
  if (CODEANT_CORPORA && existsSync(join(CODEANT_CORPORA, name))) return join(CODEANT_CORPORA, name)
  const folder = join(root, '.cache/corpora', name)
  if (existsSync(folder)) return folder
  const { url, commit } = corpora[name]!
  console.error(`fetching ${url} at ${commit.slice(0, 10)} …`)
  // Under another name until it is whole, so that a clone that failed is not taken for a repository.
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: part,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  git('init', '--quiet')
  git('fetch', '--quiet', '--depth=1', url, commit)
  git('checkout', '--quiet', 'FETCH_HEAD')
  renameSync(part, folder)
  return folder
}

/** The same, or undefined when it cannot be had: what needs it is left out, and that is said. */
export function corpusIfAny(name: string, corpora = CORPORA): string | undefined {
  try {
    return corpus(name, corpora)
  } catch (error) {
    console.error(`${name} is left out: ${String(error).split('\n')[0]}`)
    return undefined
  }
}
