// A thread of the index pool: takes files, gives results. Everything that crosses is plain data.

import { COMPONENT } from '../../features/file-facts.ts'
import { grammarOf } from '../../features/languages.ts'
import type { ScanContext, ScanRequest } from '../../features/scan/scan-file.ts'
import { RULES } from '../../rules/registry.generated.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { installedRanker } from './finding-ranker.ts'
import { digest, shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'
import { type LoadedPack, loadPack, type PackOrigin } from './packs.ts'
import { readAndScan } from './read-and-scan.ts'
import { ruleShelf } from './rule-reader.ts'

/** A `ScanAnswer` as it crosses threads: the result as text, which is cheaper to send and is what the shelf stores. */
export interface WorkerAnswer {
  readonly bytes: number
  readonly lines: number
  /** Set when the result is new. */
  readonly key?: string
  readonly value: string
}

let context: Promise<ScanContext> | undefined

async function start(): Promise<ScanContext> {
  const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
  const ranker = installedRanker(process.env)?.ranker
  const engine = { parser, rules: RuleSet.standard(RULES), ...(ranker && { ranker }) }
  return { engine, digest, now: () => performance.now() }
}

const packs = new Map<string, Promise<LoadedPack>>()

/** The same with the rules that people brought: read once in each thread, because compiled patterns do not cross. */
async function withPack(ready: ScanContext, origin: PackOrigin | undefined): Promise<ScanContext> {
  if (!origin) return ready
  let loaded = packs.get(origin.digest)
  if (!loaded) {
    loaded = loadPack(ready.engine.parser, origin.files, ruleShelf(process.env))
    packs.set(origin.digest, loaded)
  }
  const { pack } = await loaded
  return { ...ready, engine: { ...ready.engine, pack } }
}

export default async function run(requests: readonly ScanRequest[]): Promise<WorkerAnswer[]> {
  context ??= start()
  const ready = await withPack(await context, requests[0]?.pack)
  for (const { language, path } of requests) {
    const grammar = COMPONENT.test(path) ? 'typescript' : grammarOf(language, path)
    if (grammar) await ready.engine.parser.load(grammar)
  }
  return requests.map(request => {
    const { bytes, lines, result, fresh } = readAndScan(ready, request)
    const value = fresh?.value ?? JSON.stringify({ lines, ...result })
    return { bytes, lines, value, ...(fresh && { key: fresh.key }) }
  })
}
