// A pack from a git repository. Nothing is checked out: files are read from git's own store, so that no hook, filter or link
// of the repository gets to do anything.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitOptions, runGit } from '../git.ts'
import { type Brought, Gathering, isWanted, PackTrouble } from './brought.ts'

/** A slow connection fetches the largest public collection in one; a server that says nothing is waited for no longer. */
const LONGEST_MS = 5 * 60_000

/** `ref` is a branch, a tag or a commit; without it, what the repository shows first. Rejects with `PackTrouble`. */
export async function fromGit(
  url: string,
  ref: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Brought> {
  const folder = mkdtempSync(join(tmpdir(), 'codeant-pack-'))
  const options: GitOptions = {
    timeout: LONGEST_MS,
    // Nobody is asked for a password in the middle of it, and nothing but repositories is spoken to.
    env: {
      ...process.env,
      ...env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: 'true',
      SSH_ASKPASS: 'true',
      GIT_SSH_COMMAND: env.GIT_SSH_COMMAND ?? 'ssh -oBatchMode=yes',
      GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
      GIT_LFS_SKIP_SMUDGE: '1',
    },
  }
  const git = (...args: string[]) => runGit(folder, args, options)
  try {
    await git('init', '--quiet', '--bare', '--template=')
    await git(
      ...['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'],
      ...['--end-of-options', url, `+${ref ?? 'HEAD'}:refs/codeant/pack`],
    )
    const commit = (await git('rev-parse', '--verify', 'refs/codeant/pack^{commit}')).toString('utf8').trim()
    const gathering = new Gathering()
    const blobs: { path: string; id: string }[] = []
    for (const { mode, id, size, path } of entriesOf(await git('ls-tree', '-r', '-z', '--long', commit))) {
      gathering.enter(path)
      if (mode === LINK) gathering.links++
      else if (mode !== SUBMODULE && isWanted(path)) {
        gathering.admit(path, size)
        blobs.push({ path, id })
      }
    }
    const input = blobs.map(it => `${it.id}\n`).join('')
    const contents = await runGit(folder, ['cat-file', '--batch'], { ...options, input })
    let at = 0
    for (const { path } of blobs) {
      const head = contents.indexOf(NEWLINE, at)
      const size = Number(contents.toString('latin1', at, head).split(' ')[2])
      gathering.add(path, contents.subarray(head + 1, head + 1 + size))
      at = head + 2 + size
    }
    return gathering.done(commit)
  } catch (error) {
    if (error instanceof PackTrouble) throw error
    const { code, stderr, message } = error as Error & { code?: unknown; stderr?: string }
    if (code === 'ENOENT') throw new PackTrouble('no-git', url)
    throw new PackTrouble('git', complaint(stderr || message))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const NEWLINE = 10
const LINK = '120000'
const SUBMODULE = '160000'

interface Entry {
  readonly mode: string
  readonly id: string
  readonly size: number
  readonly path: string
}

function* entriesOf(listing: Buffer): Generator<Entry> {
  for (const line of listing.toString('utf8').split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line)
    if (match) yield { mode: match[1]!, id: match[2]!, size: Number(match[3]) || 0, path: match[4]! }
  }
}

/** The last line says it; what a server wrote may hold what a terminal would obey. */
function complaint(text: string): string {
  const lines = text.split('\n').filter(it => it.trim() !== '')
  return (lines.find(it => /^(?:fatal|error):/.test(it)) ?? lines.at(-1) ?? '').replace(/\p{Cc}/gu, '').trim()
}
