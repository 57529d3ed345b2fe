// What the graph of a workspace costs in the language server, over the wire: reading it with nothing remembered and with all of it
// remembered, an edit that changes no relation, and one that changes what another open file is told.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LspClient, type Published } from '../support/lsp-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type GraphWorkspace, writeWorkspace } from './graph-workspace.ts'
import { processTree } from './process-tree.ts'
import { median } from './statistics.ts'
import { pause, within } from './waiting.ts'

export interface GraphResult {
  readonly files: number
  readonly lines: number
  /** From the start of the server until an open file is told what only the whole workspace tells. */
  readonly coldMs: number
  readonly cachedMs: number
  /** Processor time of the server for an edit in a body, all that follows included. */
  readonly bodyCpuMs: number
  readonly routeCpuMs: number
  /** From the change of a route until another open file is told; the wait for a pause in typing is part of it. */
  readonly routeP50: number
  readonly routeMost: number
  /** In bytes, after all of that. */
  readonly memory: number
}

const PATIENCE_MS = 300_000
/** After an edit, the server has long said all that it has to say. */
const CALM_MS = 1500

const LOST = `\nexport const lost = () => request('/api/topic0-0/no/such/way')\n`

export async function measureGraph(
  main: string,
  sizes: readonly number[],
  edits: number,
): Promise<GraphResult[]> {
  const results: GraphResult[] = []
  for (const files of sizes) {
    const folder = temporaryFolder()
    try {
      const root = join(folder.path, 'workspace')
      const workspace = writeWorkspace(root, files)
      const cold = await open(main, folder.path, workspace)
      await cold.close()
      const cached = await open(main, folder.path, workspace)
      const body = await cached.edit(workspace.server, 'STORE[record.id] = record', edits, false)
      const route = await cached.edit(workspace.server, 'prefix="/topic0-0', edits, true)
      const memory = processTree(cached.pid)?.memory ?? 0
      await cached.close()
      results.push({
        ...{ files, lines: workspace.lines, coldMs: cold.openedMs, cachedMs: cached.openedMs },
        ...{ bodyCpuMs: median(body.cpu), routeCpuMs: median(route.cpu) },
        ...{ routeP50: median(route.told), routeMost: Math.max(...route.told), memory },
      })
    } finally {
      folder.remove()
    }
  }
  return results
}

interface Opened {
  readonly pid: number
  readonly openedMs: number
  /** Adds a letter behind `needle` and takes it away again, `times` times. Times of what the other file is told in milliseconds. */
  edit(
    path: string,
    needle: string,
    times: number,
    tells: boolean,
  ): Promise<{ cpu: number[]; told: number[] }>
  close(): Promise<void>
}

async function open(main: string, folder: string, { server, caller }: GraphWorkspace): Promise<Opened> {
  const root = join(folder, 'workspace')
  const uri = (path: string) => pathToFileURL(join(root, path)).href
  const text = (path: string) => readFileSync(join(root, path), 'utf8')
  const began = performance.now()
  const client = await LspClient.start({
    command: [process.execPath, main, 'lsp', '--stdio'],
    folder: root,
    env: { CODEANT_CACHE: join(folder, 'cache') },
    quiet: true,
  })
  const pid = client.process.pid!
  const versions = new Map<string, number>()
  await client.open(uri(server), 'python', text(server))
  const callerText = text(caller) + LOST
  let told = await client.open(uri(caller), 'typescript', callerText)
  while (contractsIn(told) === 0) told = await soon(client.next(uri(caller)))
  const openedMs = performance.now() - began
  await pause(CALM_MS)
  return {
    pid,
    openedMs,
    async edit(path, needle, times, tells) {
      const source = text(path)
      const offset = source.indexOf(needle) + needle.length
      const before = source.slice(0, offset).split('\n')
      const at = { line: before.length - 1, character: before.at(-1)!.length }
      const after = { line: at.line, character: at.character + 1 }
      const result = { cpu: [] as number[], told: [] as number[] }
      for (let i = 0; i < 2 * times; i++) {
        const version = (versions.get(path) ?? 1) + 1
        versions.set(path, version)
        const cpu = processTree(pid)?.cpu ?? 0
        const from = performance.now()
        const news = tells ? client.next(uri(caller)) : undefined
        if (i % 2 === 0) client.change(uri(path), version, at, at, 'x')
        else client.change(uri(path), version, at, after, '')
        if (news) {
          await soon(news)
          result.told.push(performance.now() - from)
        }
        await pause(CALM_MS)
        result.cpu.push(((processTree(pid)?.cpu ?? 0) - cpu) * 1000)
      }
      return result
    },
    async close() {
      await within(client.stop(), 5000)
      client.process.kill()
    },
  }
}

function contractsIn({ diagnostics }: Published): number {
  return diagnostics.filter(it => String(it.code).startsWith('contracts/')).length
}

async function soon(promise: Promise<Published>): Promise<Published> {
  const told = await within(promise, PATIENCE_MS)
  if (!told) throw new Error('the server does not tell what the workspace says')
  return told
}
