// What our server costs while nobody types: memory and processor time in a workspace of 2,000 real source files.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EditorSettings } from '@codeant/shared/protocol.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { LspClient } from '../support/lsp-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { corpusIfAny } from './corpora.ts'
import type { BenchLanguage } from './keystroke-files.ts'
import { processTree, type Usage } from './process-tree.ts'
import { copySources } from './source-tree.ts'
import { pause, within } from './waiting.ts'

export interface IdleResult {
  readonly scope: EditorSettings['scope']
  readonly files: number
  readonly lines: number
  readonly opened: number
  /** From the last document opened until the server did nothing any more. */
  readonly quietAfterSeconds: number
  /** In bytes. */
  readonly memory: number
  /** Of one core. */
  readonly cpuPercent: number
  readonly watchedSeconds: number
}

const FILES = 2000
const OPENED = 12
const SOURCES: readonly (readonly [repository: string, language: BenchLanguage])[] = [
  ['sympy', 'python'],
  ['typeorm', 'typescript'],
  ['webpack', 'javascript'],
  ['rust-analyzer', 'rust'],
]
/** Of one core, for QUIET_SECONDS in a row: then the server is at rest. */
const QUIET_PERCENT = 2
const QUIET_SECONDS = 3
const PATIENCE_SECONDS = 180

/** Undefined where the system does not tell what a process uses, or the files are not to be had. */
export async function measureIdle(
  main: string,
  scope: EditorSettings['scope'],
  watchedSeconds: number,
): Promise<IdleResult | undefined> {
  const sources = SOURCES.map(([repository]) => corpusIfAny(repository))
  if (!processTree(process.pid) || sources.includes(undefined)) return undefined
  const folder = temporaryFolder()
  try {
    const workspace = join(folder.path, 'workspace')
    const trees = SOURCES.map(([repository, language], i) =>
      copySources(sources[i]!, [language], join(workspace, repository), Math.ceil(FILES / SOURCES.length)),
    )
    const client = await LspClient.start({
      command: [process.execPath, main, 'lsp', '--stdio'],
      folder: workspace,
      env: { CODEANT_CACHE: join(folder.path, 'cache') },
      initializationOptions: { settings: { scope } },
      quiet: true,
    })
    const server = client.process.pid!
    try {
      await Promise.all(someFiles(workspace).map(it => open(client, it)))
      const quietAfterSeconds = await untilQuiet(server)
      const before = usage(server)
      const began = performance.now()
      await pause(watchedSeconds * 1000)
      const after = usage(server)
      const seconds = (performance.now() - began) / 1000
      return {
        scope,
        files: trees.reduce((sum, it) => sum + it.files, 0),
        lines: trees.reduce((sum, it) => sum + it.lines, 0),
        opened: OPENED,
        quietAfterSeconds,
        memory: after.memory,
        cpuPercent: ((after.cpu - before.cpu) / seconds) * 100,
        watchedSeconds,
      }
    } finally {
      await within(client.stop(), 3000)
      client.process.kill()
    }
  } finally {
    folder.remove()
  }
}

/** As many of each repository, from all over it. */
function someFiles(workspace: string): string[] {
  return SOURCES.flatMap(([repository]) => {
    const all = (readdirSync(join(workspace, repository), { recursive: true }) as string[])
      .filter(it => languageOf(it) !== undefined)
      .sort()
    const count = OPENED / SOURCES.length
    return Array.from({ length: count }, (_, i) =>
      join(workspace, repository, all[Math.floor(((i + 0.5) * all.length) / count)]!),
    )
  })
}

async function open(client: LspClient, file: string): Promise<void> {
  const text = readFileSync(file, 'utf8')
  await within(client.open(pathToFileURL(file).href, languageOf(file)!, text), 30_000)
}

async function untilQuiet(server: number): Promise<number> {
  const began = performance.now()
  let before = usage(server).cpu
  for (let quiet = 0; quiet < QUIET_SECONDS; ) {
    await pause(1000)
    const { cpu } = usage(server)
    quiet = (cpu - before) * 100 <= QUIET_PERCENT ? quiet + 1 : 0
    before = cpu
    if (performance.now() - began > PATIENCE_SECONDS * 1000)
      throw new Error('the server does not come to rest')
  }
  return Math.max(0, (performance.now() - began) / 1000 - QUIET_SECONDS)
}

function usage(server: number): Usage {
  const it = processTree(server)
  if (!it) throw new Error('the server has ended')
  return it
}
