// What the worst files do to everything else: while our server is busy with one, how long does another document wait, and how
// long does typing in the bad one take?

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from 'vscode-languageserver-types'
import { LspClient } from '../support/lsp-client.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { typedText } from './keystroke-files.ts'
import { percentile } from './statistics.ts'
import { pause, within } from './waiting.ts'

export const TORTURES = [
  'generated',
  'generated-raised',
  'minified',
  'minified-raised',
  'broken',
  'storm',
] as const
export type Torture = (typeof TORTURES)[number]

export interface Waits {
  readonly count: number
  readonly p50: number
  readonly max: number
}

export interface TortureResult {
  readonly torture: Torture
  readonly lines: number
  readonly bytes: number
  readonly editsPerSecond: number
  /** From opening it to the first word about it, in milliseconds. Undefined: nothing came. */
  readonly first?: number
  /** What the server said instead of analysing it. */
  readonly announced?: string
  /** Milliseconds from an edit in the bad document to diagnostics of that text or a newer one. */
  readonly typing: Waits
  /** Edits about which nothing was said within PATIENCE_MS. */
  readonly unanswered: number
  /** Milliseconds that a small document waited meanwhile. */
  readonly hover: Waits
  readonly diagnostics: Waits
}

interface Scene {
  readonly torture: Torture
  readonly name: string
  readonly language: string
  readonly text: string
  readonly editsPerSecond: number
  readonly settings?: string
}

const RAISED = 'max-file-size = 20_000_000\nmax-file-time = 200_000\n'
const PATIENCE_MS = 60_000
/** How often the small document is asked about. */
const PROBE_MS = 20
const at = (line: number, character: number) => ({ line, character })

/** Types into each document for this many seconds. */
export async function measureTorture(main: string, seconds: number): Promise<TortureResult[]> {
  const results: TortureResult[] = []
  for (const scene of scenes()) {
    console.error(`torture: ${scene.torture}`)
    results.push(await play(main, scene, seconds * scene.editsPerSecond))
  }
  return results
}

function* scenes(): Generator<Scene> {
  const long = { name: 'generated.py', language: 'python', text: generated(100_000), editsPerSecond: 5 }
  yield { torture: 'generated', ...long }
  yield { torture: 'generated-raised', ...long, settings: RAISED }
  const bundle = { name: 'bundle.js', language: 'javascript', text: minified(5_000_000), editsPerSecond: 5 }
  yield { torture: 'minified', ...bundle }
  yield { torture: 'minified-raised', ...bundle, settings: RAISED }
  const text = 'function ( { let = = ;; ]\n'.repeat(5000)
  yield { torture: 'broken', name: 'broken.ts', language: 'typescript', text, editsPerSecond: 5 }
  const real = typedText('typescript', 5000)
  if (real)
    yield { torture: 'storm', name: 'storm.ts', language: 'typescript', text: real, editsPerSecond: 50 }
}

/** Many functions of real shape, as a generator of code would write them. */
function generated(lines: number): string {
  const part = (i: number) =>
    `def handler_${i}(request, context=None):\n    value_${i} = request.get("key_${i}")\n    if value_${i} is None:\n        return ${i}\n    return context or value_${i}\n\n`
  return Array.from({ length: Math.ceil(lines / 6) }, (_, i) => part(i)).join('')
}

/** Functions on one line, as a bundler would leave them. */
function minified(bytes: number): string {
  let text = ''
  for (let i = 0; text.length < bytes; i++)
    text += `function f${i}(a,b){var c=a[${i}]||{};return b?c.x=b(f${i}):(c.y=a,c)}`
  return text
}

function play(main: string, scene: Scene, edits: number): Promise<TortureResult> {
  const settings = scene.settings ? `//- .codeant.toml\n${scene.settings}` : ''
  return inFolder(settings, async folder => {
    const client = await LspClient.start({
      command: [process.execPath, main, 'lsp', '--stdio'],
      folder: folder.path,
      initializationOptions: { publishUnchanged: true },
      quiet: true,
    })
    const uri = (name: string) => pathToFileURL(join(folder.path, name)).href
    try {
      await within(client.open(uri('small.py'), 'python', 'a = a\n'), PATIENCE_MS)
      const small = watch(client, uri('small.py'))
      const began = performance.now()
      const opened = await within(client.open(uri(scene.name), scene.language, scene.text), PATIENCE_MS)
      const first = performance.now() - began
      const typed = await typeInto(client, uri(scene.name), scene, edits)
      const { hover, diagnostics } = await small.stop()
      const announced = opened && announcement(opened.diagnostics)
      return {
        torture: scene.torture,
        lines: scene.text.split('\n').length,
        bytes: Buffer.byteLength(scene.text),
        editsPerSecond: scene.editsPerSecond,
        ...(opened && { first }),
        ...(announced && { announced }),
        typing: waits(typed.times),
        unanswered: typed.unanswered,
        hover: waits(hover),
        diagnostics: waits(diagnostics),
      }
    } finally {
      await within(client.stop(), 3000)
      client.process.kill()
    }
  })
}

/** Edits at a steady pace, whether they are answered or not, as a person who does not wait. */
async function typeInto(
  client: LspClient,
  uri: string,
  { text, editsPerSecond }: Scene,
  edits: number,
): Promise<{ readonly times: number[]; readonly unanswered: number }> {
  const lines = text.split('\n').length
  const times: number[] = []
  let unanswered = 0
  const answers: Promise<void>[] = []
  const start = performance.now()
  for (let i = 0; i < edits; i++) {
    await pause(Math.max(0, start + (i * 1000) / editsPerSecond - performance.now()))
    const version = i + 2
    const line = Math.floor((i >> 1) * 7919) % Math.max(1, lines - 1)
    const answered = within(client.next(uri, version), PATIENCE_MS)
    const began = performance.now()
    // Typed, and deleted again: the file stays what it is.
    client.change(uri, version, at(line, 0), at(line, i % 2), i % 2 === 0 ? 'q' : '')
    answers.push(
      answered.then(it => {
        if (it) times.push(performance.now() - began)
        else unanswered++
      }),
    )
  }
  await Promise.all(answers)
  return { times, unanswered }
}

/** Keeps asking about a document until it is told to stop. */
function watch(
  client: LspClient,
  uri: string,
): { stop(): Promise<{ readonly hover: number[]; readonly diagnostics: number[] }> } {
  const times = { hover: [] as number[], diagnostics: [] as number[] }
  let going = true
  const time = async (into: number[], answer: Promise<unknown>) => {
    const began = performance.now()
    await within(answer, PATIENCE_MS)
    into.push(performance.now() - began)
    await pause(PROBE_MS)
  }
  const loop = (async () => {
    for (let version = 2; going; version++) {
      await time(
        times.hover,
        client.request('textDocument/hover', { textDocument: { uri }, position: at(0, 0) }),
      )
      const published = client.next(uri, version)
      client.change(uri, version, at(0, 0), at(0, version % 2), version % 2 === 0 ? 'b' : '')
      await time(times.diagnostics, published)
    }
  })()
  return {
    async stop() {
      going = false
      await loop
      return times
    },
  }
}

/** A skipped document has one diagnostic, without a rule. */
function announcement(diagnostics: readonly Diagnostic[]): string | undefined {
  const message = diagnostics.find(it => it.code === undefined)?.message
  return typeof message === 'string' ? message : undefined
}

function waits(times: readonly number[]): Waits {
  return { count: times.length, p50: percentile(times, 0.5), max: Math.max(0, ...times) }
}
