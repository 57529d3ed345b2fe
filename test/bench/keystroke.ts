// From a keystroke to published diagnostics, through real servers over standard input and output, on real files. The servers
// take turns, edit round by edit round, so that whatever else the machine does hits all of them alike.

import { pathToFileURL } from 'node:url'
import { LspClient } from '../support/lsp-client.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import {
  type BenchLanguage,
  EDIT_KINDS,
  type Edit,
  type EditKind,
  EXTENSION,
  editsOf,
  type Size,
  typedText,
} from './keystroke-files.ts'
import { processTree } from './process-tree.ts'
import type { Server } from './servers.ts'
import { percentile } from './statistics.ts'
import { within } from './waiting.ts'

export interface KeystrokeResult {
  readonly server: string
  readonly language: BenchLanguage
  readonly size: Size
  readonly lines: number
  readonly samples: number
  /** Milliseconds by kind of edit, and over all of them. */
  readonly p50: Readonly<Record<EditKind | 'all', number>>
  readonly p95: Readonly<Record<EditKind | 'all', number>>
  /** Processor time of the server for each edit, in milliseconds. Undefined where the system does not tell. */
  readonly cpuPerEdit?: number
  /** Edits that nothing was published about within PATIENCE_MS; they count as having taken that long. */
  readonly unanswered: number
  /** Whether the server says by itself what it found, or has to be asked. */
  readonly delivery: 'push' | 'pull'
  /** Whether a change is sent as such, or the whole document every time, as the server wants it. */
  readonly sync: 'incremental' | 'full'
  /** Whether every answer to an edit named the version that it was about. */
  readonly versioned: boolean
}

/** Longer than any answer that a person would still call immediate. */
const PATIENCE_MS = 2000
/** A first look at 20,000 lines on a busy machine. */
const OPEN_MS = 30_000
/** A fast typist's pause, so that no edit waits for the one before. An answer that is corrected within it was none. */
export const PAUSE_MS = 50
/** Rounds that only warm the compilers up: nobody judges an editor by its first ten keys. */
const WARM_UP = 12

export async function measureKeystrokes(
  servers: readonly Server[],
  language: BenchLanguage,
  size: Size,
  rounds: number,
  warmUp = WARM_UP,
): Promise<KeystrokeResult[]> {
  const text = typedText(language, size)
  if (text === undefined) return []
  const folder = temporaryFolder()
  const typists: Typist[] = []
  try {
    for (const server of servers.filter(it => it.languages.includes(language))) {
      const typist = await sitDown(server, language, text, folder)
      if (typist) typists.push(typist)
      else console.error(`${server.name} said nothing about ${language}, and is left out`)
    }
    const edits = editsOf(text, language)
    for (let round = 0; round < rounds + warmUp; round++) {
      // Who goes first changes, too.
      const turn = round % Math.max(1, typists.length)
      for (const it of [...typists.slice(turn), ...typists.slice(0, turn)]) {
        const before = cpu(it)
        for (const edit of edits(round)) await type(it, edit, round >= warmUp)
        if (round >= warmUp) it.cpuSeconds += cpu(it) - before
      }
    }
    return typists.map(it => summary(it, language, size, text))
  } finally {
    for (const { client } of typists) {
      await within(client.stop(), 3000)
      client.process.kill()
    }
    folder.remove()
  }
}

/** Somebody in front of one server, with the document open. */
interface Typist {
  readonly server: Server
  readonly client: LspClient
  readonly uri: string
  readonly delivery: 'push' | 'pull'
  readonly sync: 'incremental' | 'full'
  readonly times: Record<EditKind, number[]>
  version: number
  unanswered: number
  versioned: boolean
  cpuSeconds: number
}

function cpu({ client }: Typist): number {
  return processTree(client.process.pid!)?.cpu ?? Number.NaN
}

async function sitDown(
  server: Server,
  language: BenchLanguage,
  text: string,
  folder: TemporaryFolder,
): Promise<Typist | undefined> {
  const uri = pathToFileURL(folder.write(`${server.name}/bench.${EXTENSION[language]}`, text)).href
  server.prepare?.(`${folder.path}/${server.name}`)
  const client = await LspClient.start({
    command: server.command,
    folder: `${folder.path}/${server.name}`,
    // Servers that keep a background process keep it to themselves, and nobody else's is disturbed.
    env: { XDG_CACHE_HOME: folder.path },
    quiet: true,
    ...(server.initializationOptions && { initializationOptions: server.initializationOptions }),
  })
  const { textDocumentSync, diagnosticProvider } = client.capabilities as {
    readonly textDocumentSync?: number | { readonly change?: number }
    readonly diagnosticProvider?: object
  }
  const change = typeof textDocumentSync === 'number' ? textDocumentSync : textDocumentSync?.change
  const published = await within(client.open(uri, language, text), diagnosticProvider ? 5000 : OPEN_MS)
  if (!published && !diagnosticProvider) {
    client.process.kill()
    return undefined
  }
  return {
    server,
    client,
    uri,
    delivery: published ? 'push' : 'pull',
    sync: change === 2 ? 'incremental' : 'full',
    times: { body: [], top: [], break: [] },
    version: 1,
    unanswered: 0,
    versioned: true,
    cpuSeconds: 0,
  }
}

async function type(typist: Typist, edit: Edit, counts: boolean): Promise<void> {
  const { client, uri, delivery, sync, times } = typist
  const version = ++typist.version
  const { start, end, inserted, text } = edit
  const change = sync === 'full' ? { text } : { range: { start, end }, text: inserted }
  const published = delivery === 'push' ? client.next(uri, version) : undefined
  const began = performance.now()
  client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] })
  const answer = await within(
    published ??
      client.request<object>('textDocument/diagnostic', { textDocument: { uri } }).catch(() => undefined),
    PATIENCE_MS,
  )
  let took = performance.now() - began
  while (await within(client.next(uri, version), PAUSE_MS)) took = performance.now() - began
  if (counts) {
    times[edit.kind].push(took)
    if (!answer) typist.unanswered++
  }
  if (answer && !('version' in answer && answer.version === version)) typist.versioned = false
}

function summary(
  { server, times, unanswered, delivery, sync, versioned, cpuSeconds }: Typist,
  language: BenchLanguage,
  size: Size,
  text: string,
): KeystrokeResult {
  const all = EDIT_KINDS.flatMap(it => times[it])
  const at = (part: number) => ({
    body: percentile(times.body, part),
    top: percentile(times.top, part),
    break: percentile(times.break, part),
    all: percentile(all, part),
  })
  return {
    server: server.name,
    language,
    size,
    lines: text.split('\n').length,
    samples: all.length,
    p50: at(0.5),
    p95: at(0.95),
    ...(!Number.isNaN(cpuSeconds) && { cpuPerEdit: (cpuSeconds * 1000) / all.length }),
    unanswered,
    delivery,
    sync,
    versioned,
  }
}
