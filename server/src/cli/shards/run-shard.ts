// One shard: analyses its parts that have no result yet, and puts each result away as soon as it is whole.

import type { ModelNotice } from '../../inference/local/models.ts'
import { collect, place } from '../collect.ts'
import { LearnedAnalysis } from '../learned.ts'
import type { Terminal } from '../terminal.ts'
import { Reporter, type Workspace } from '../workspace.ts'
import { answerLine } from './answers.ts'
import { PlaceFiles } from './part-files.ts'
import { partText } from './part-result.ts'
import type { Part, Plan } from './plan.ts'
import type { ResultStore } from './store.ts'
import { ShardTrouble } from './trouble.ts'
import type { RunCounts, ShardsWords } from './words.ts'

export interface ShardOptions {
  readonly plan: Plan
  readonly store: ResultStore
  readonly cache: boolean
  /** Also what has a result. */
  readonly again: boolean
}

/** Throws `ShardTrouble`; what was done until then stays done. */
export async function runShard(
  shard: number,
  { plan, store, cache, again }: ShardOptions,
  workspace: Workspace,
  terminal: Terminal,
  say: ShardsWords,
): Promise<RunCounts> {
  const began = performance.now()
  const cpu = process.cpuUsage()
  const files = new PlaceFiles(workspace, terminal, say)
  const reporter = new Reporter(workspace, false)
  const notices: ModelNotice[] = []
  // What is found may not depend on how long it took: other shards have other days.
  const learned = new LearnedAnalysis(workspace, terminal, cache, undefined, {
    timeBudget: Number.POSITIVE_INFINITY,
    notify: it => notices.push(it),
  })
  const own = plan.parts.filter(it => it.shard === shard)
  const open = own.filter(it => again || !store.has(it.digest, it.isDivided ? 'answers' : 'sarif'))
  try {
    for (const part of open) {
      const requests = files.planned(plan, part)
      const judge = learned.judge.bind(learned)
      if (part.isDivided) {
        const lines: string[] = []
        for await (const it of workspace.scanner.scan(requests))
          lines.push(answerLine(await judge(it), terminal))
        refuseTrouble(notices, say)
        store.write(part.digest, 'answers', lines)
      } else {
        const collected = await collect(workspace, reporter, requests, terminal, undefined, judge)
        const { findings } = place(collected, workspace, terminal)
        const { skipped } = collected
        refuseTrouble(notices, say)
        const text = partText(part.digest, { findings, skipped }, requests.length, workspace, terminal)
        store.write(part.digest, 'sarif', [text])
      }
    }
  } finally {
    await learned.close()
  }
  const { user, system } = process.cpuUsage(cpu)
  return {
    parts: open.length,
    known: own.length - open.length,
    files: filesOf(open),
    lines: open.reduce((sum, it) => sum + it.lines, 0),
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
  }
}

export function filesOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** Without a model that is there elsewhere, findings would be missing, and nobody would know. */
function refuseTrouble(notices: readonly ModelNotice[], say: ShardsWords): void {
  if (notices.some(it => it.kind !== 'memory')) throw new ShardTrouble(say.models, 'later')
}
