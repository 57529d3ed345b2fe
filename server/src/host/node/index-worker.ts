// A thread of the index pool: takes files, gives results. Everything that crosses is plain data.

import { COMPONENT } from '../../features/file-facts.ts'
import { grammarOf } from '../../features/languages.ts'
import type { ScanContext, ScanRequest } from '../../features/scan/scan-file.ts'
import { RULES } from '../../rules/registry.generated.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { rulesWith } from '../../rules/security/known-advisory.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { installedAdvisories } from './advisory-index.ts'
import { installedRanker } from './finding-ranker.ts'
import { digest, shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'
import { LoadedPacks } from './loaded-packs.ts'
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

interface Ready {
  readonly context: ScanContext
  readonly packs: LoadedPacks
}

let ready: Promise<Ready> | undefined

async function start(): Promise<Ready> {
  const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
  const ranker = installedRanker(process.env)?.ranker
  const engine = {
    parser,
    rules: RuleSet.standard(rulesWith(RULES, installedAdvisories(process.env))),
    ...(ranker && { ranker }),
  }
  return {
    context: { engine, digest, now: () => performance.now() },
    packs: new LoadedPacks(parser, ruleShelf(process.env)),
  }
}

export default async function run(requests: readonly ScanRequest[]): Promise<WorkerAnswer[]> {
  ready ??= start()
  const { context, packs } = await ready
  const answers: WorkerAnswer[] = []
  for (const request of requests) {
    const grammar = COMPONENT.test(request.path) ? 'typescript' : grammarOf(request.language, request.path)
    if (grammar) await context.engine.parser.load(grammar)
    const pack = request.pack && (await packs.ready(request.pack)).pack
    const engine = pack ? { ...context.engine, pack } : context.engine
    const { bytes, lines, result, fresh } = readAndScan({ ...context, engine }, request)
    const value = fresh?.value ?? JSON.stringify({ lines, ...result })
    answers.push({ bytes, lines, value, ...(fresh && { key: fresh.key }) })
  }
  return answers
}
