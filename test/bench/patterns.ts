// What thousands of rules in patterns cost somebody who types: the same server with and without them, edit by edit in turn.

import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { ruleFiles } from '../../server/src/host/node/packs.ts'
import { LspClient } from '../support/lsp-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type KeystrokeResult, measureKeystrokes } from './keystroke.ts'
import { type BenchLanguage, EXTENSION, type Size, typedText } from './keystroke-files.ts'
import type { Server } from './servers.ts'
import { percentile } from './statistics.ts'
import { within } from './waiting.ts'

export interface PatternsOptions {
  /** Folders of rule files. */
  readonly places: readonly string[]
  readonly rules: number
  readonly rounds: number
  readonly languages: readonly BenchLanguage[]
  readonly sizes: readonly Size[]
}

const WITHOUT = 'without'
const WITH = 'with'

export async function measurePatterns(main: string, options: PatternsOptions): Promise<string> {
  const { languages, sizes, rounds } = options
  const { files, rules } = chosenFiles(options)
  const lines = [`${rules} rules in ${files.length} files`, '']
  for (const size of sizes)
    for (const language of languages) {
      const results = await measureKeystrokes(
        [server(main, WITHOUT, []), server(main, WITH, files)],
        language,
        size,
        rounds,
      )
      const one = results.find(it => it.server === WITHOUT)
      const other = results.find(it => it.server === WITH)
      if (one && other) lines.push(compared(one, other))
      const told = await untilTold(main, files, language, size)
      if (told) lines.push(told)
    }
  return lines.join('\n')
}

function server(main: string, name: string, files: readonly string[]): Server {
  return {
    name,
    command: [process.execPath, main, 'lsp', '--stdio'],
    languages: ['python', 'typescript', 'javascript', 'rust'],
    initializationOptions: { publishUnchanged: true },
    prepare: folder => bring(files, folder),
  }
}

function bring(files: readonly string[], folder: string): void {
  const target = join(folder, '.codeant/rules')
  mkdirSync(target, { recursive: true })
  for (const [i, file] of files.entries()) copyFileSync(file, join(target, `${i}.yaml`))
}

/** Files in their order, until there are as many rules as were asked for. */
function chosenFiles({ places, rules }: PatternsOptions) {
  const files: string[] = []
  let count = 0
  for (const file of places.flatMap(ruleFiles)) {
    if (count >= rules) break
    const here = rulesIn(file)
    if (here === 0) continue
    count += here
    files.push(file)
  }
  if (count < rules) console.error(`there are only ${count} rules in ${places.join(', ')}`)
  return { files, rules: count }
}

function rulesIn(file: string): number {
  const [document] = parseAllDocuments(readFileSync(file, 'utf8'), { logLevel: 'silent' })
  const rules: unknown = (document?.toJS() as { readonly rules?: unknown } | null)?.rules
  return Array.isArray(rules) ? rules.length : 0
}

function compared(one: KeystrokeResult, other: KeystrokeResult): string {
  const ms = (it: number) => it.toFixed(1)
  const pair = (a: number, b: number) => `${ms(a)} → ${ms(b)} ms (${(b / a).toFixed(2)} times)`
  return `${one.language}, ${one.lines} lines, ${one.samples} edits: p50 ${pair(one.p50.all, other.p50.all)}, p95 ${pair(one.p95.all, other.p95.all)}, processor ${pair(one.cpuPerEdit ?? Number.NaN, other.cpuPerEdit ?? Number.NaN)}`
}

const TRIES = 20
const PATIENCE_MS = 20_000

/** From the last key to a finding of a rule in patterns: one more line that a rule of ours is about, again and again. */
async function untilTold(
  main: string,
  files: readonly string[],
  language: BenchLanguage,
  size: Size,
): Promise<string | undefined> {
  const text = typedText(language, size)
  if (text === undefined) return undefined
  const folder = temporaryFolder()
  bring(files, folder.path)
  folder.write('.codeant/rules/canary.yaml', CANARY)
  const uri = pathToFileURL(folder.write(`bench.${EXTENSION[language]}`, text)).href
  const client = await LspClient.start({
    command: [process.execPath, main, 'lsp', '--stdio'],
    folder: folder.path,
    env: { XDG_CACHE_HOME: folder.path },
    quiet: true,
    initializationOptions: { publishUnchanged: true },
  })
  const canaries = () => client.diagnostics(uri).filter(it => it.code === 'own/canary').length
  const times: number[] = []
  try {
    await client.open(uri, language, text)
    const end = text.split('\n').length - 1
    for (let i = 0; i <= TRIES; i++) {
      const began = performance.now()
      client.change(
        uri,
        i + 2,
        { line: end + i, character: 0 },
        { line: end + i, character: 0 },
        LINE[language] ?? 'canary()\n',
      )
      while (canaries() <= i && performance.now() - began < PATIENCE_MS) await within(client.next(uri), 1000)
      // The first time the rules are read.
      if (i > 0) times.push(performance.now() - began)
    }
  } finally {
    client.process.kill()
    folder.remove()
  }
  return `  told after ${percentile(times, 0.5).toFixed(0)} ms, at most ${Math.max(...times).toFixed(0)} ms`
}

/** Calls stand in functions there. */
const LINE: { readonly [language in BenchLanguage]?: string } = { rust: 'fn f() { canary(); }\n' }

const CANARY = `rules:
  - id: canary
    languages: [python, javascript, typescript, rust]
    severity: INFO
    message: here
    pattern: canary()
`
