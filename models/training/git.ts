// Reading bare repositories with git, in streams, so that nothing of what they hold is ever run.

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'

/** A repository cannot bring hooks, filters, external diff programs or settings of this machine into play. */
const SAFE = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.attributesFile=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'protocol.allow=never',
]

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  LC_ALL: 'C',
}

/** What a short command prints; undefined when it fails. */
export function git(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', [...SAFE, `--git-dir=${folder}`, ...args], {
    env: ENVIRONMENT,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  return status === 0 ? stdout : undefined
}

/** What a long command prints, in pieces as they come; `input` is written to it. */
export async function* gitStream(
  folder: string,
  args: readonly string[],
  input?: string,
): AsyncGenerator<Buffer> {
  const child = start(folder, args)
  child.stdin.on('error', () => {})
  child.stdin.end(input ?? '')
  try {
    for await (const piece of child.stdout) yield piece as Buffer
  } finally {
    child.kill()
  }
}

/** The lines of a long command's output, many at a time, as bytes read one to one: paths may be in any encoding. */
export async function* gitLines(
  folder: string,
  args: readonly string[],
  input?: string,
): AsyncGenerator<readonly string[]> {
  let rest = ''
  for await (const piece of gitStream(folder, args, input)) {
    const lines = (rest + piece.toString('latin1')).split('\n')
    rest = lines.pop()!
    yield lines
  }
  if (rest !== '') yield [rest]
}

/** The newest commit on the first-parent history of the default branch that is not after `date`. */
export function commitOn(folder: string, date: string): string | undefined {
  return git(folder, 'rev-list', '-1', '--first-parent', `--before=${date}`, 'HEAD')?.trim() || undefined
}

export interface Entry {
  readonly path: string
  readonly blob: string
  readonly size: number
}

/** The plain files of a commit: no links, no submodules. */
export function entriesOf(folder: string, commit: string): Entry[] {
  const entries: Entry[] = []
  for (const line of (git(folder, 'ls-tree', '-r', '-l', '-z', '--full-tree', commit) ?? '').split('\0')) {
    const found = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t(.*)$/s.exec(line)
    if (found) entries.push({ blob: found[1]!, size: Number(found[2]), path: found[3]! })
  }
  return entries
}

/** Reads blobs in the order in which they are asked for. One process for as long as it is not closed. */
export class Blobs {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #pieces: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(folder: string) {
    this.#child = start(folder, ['cat-file', '--batch'])
    this.#child.stdin.on('error', () => {})
    this.#pieces = this.#child.stdout[Symbol.asyncIterator]()
  }

  /** Undefined when the repository does not hold it. */
  async read(blob: string): Promise<Buffer | undefined> {
    this.#child.stdin.write(`${blob}\n`)
    return this.#take()
  }

  /** Many at once: git does not wait for us in between. */
  async *readAll(blobs: readonly string[]): AsyncGenerator<Buffer | undefined> {
    for (let from = 0; from < blobs.length; from += AT_ONCE) {
      const some = blobs.slice(from, from + AT_ONCE)
      this.#child.stdin.write(some.join('\n') + '\n')
      for (const _ of some) yield this.#take()
    }
  }

  close(): void {
    this.#child.kill()
  }

  async #take(): Promise<Buffer | undefined> {
    let end: number
    while ((end = this.#rest.indexOf(10)) === -1) await this.#more()
    const header = this.#rest.toString('latin1', 0, end)
    const found = / blob (\d+)$/.exec(header)
    if (!found) {
      this.#rest = this.#rest.subarray(end + 1)
      return undefined
    }
    const from = end + 1
    const to = from + Number(found[1])
    while (this.#rest.length < to + 1) await this.#more()
    const bytes = this.#rest.subarray(from, to)
    this.#rest = this.#rest.subarray(to + 1)
    return bytes
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#pieces.next()
    if (done) throw new Error('git cat-file ended before it answered')
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value])
  }
}

/** Fewer than fill the pipe: git would wait for us to read while we wait for it to take more. */
const AT_ONCE = 500

function start(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn('git', [...SAFE, `--git-dir=${folder}`, ...args], { env: ENVIRONMENT })
  child.stderr.resume()
  return child
}
