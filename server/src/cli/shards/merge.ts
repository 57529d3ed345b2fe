// Puts the results of all parts together, in the order of a single run: the same bytes that it would have written.

import { VERSION } from '../../host/node/folders.ts'
import { mayHaveSpoken } from '../commands/analyze.ts'
import { folderUri, ruleIndex, type SarifNotification, type SarifResult, sarifLog } from '../output/sarif.ts'
import type { Terminal } from '../terminal.ts'
import type { Workspace } from '../workspace.ts'
import { type PartResult, readPartText } from './part-result.ts'
import { families, type Part, type Plan } from './plan.ts'
import { relate, resultName } from './relate.ts'
import { filesOf } from './run-shard.ts'
import type { ResultStore } from './store.ts'
import { ShardTrouble } from './trouble.ts'
import type { MergeCounts, ShardsWords } from './words.ts'

/** Parts that no shard has analysed yet. */
export function missingParts(plan: Plan, store: ResultStore): Part[] {
  return plan.parts.filter(it => !store.has(it.digest, it.isDivided ? 'answers' : 'sarif'))
}

/** Throws `ShardTrouble` when something is missing; nothing is written then. */
export function refuseMissing(plan: Plan, store: ResultStore, say: ShardsWords): void {
  const missing = missingParts(plan, store)
  if (missing.length === 0) return
  const shards = [...new Set(missing.map(it => it.shard))].sort((a, b) => a - b)
  const lines = [say.missing(missing.length, shards)]
  for (const it of missing) {
    const others = store.otherContexts(it.digest)
    if (others.length === 0) continue
    // One is enough: it will be the same with the others.
    lines.push(say.byAnother(it.root, others))
    break
  }
  throw new ShardTrouble(lines.join('\n'), 'later')
}

/** `write` takes all of it, piece by piece. Throws `ShardTrouble`. */
export async function merge(
  plan: Plan,
  store: ResultStore,
  workspace: Workspace,
  terminal: Terminal,
  say: ShardsWords,
  write: (pieces: Iterable<string>) => void,
): Promise<MergeCounts> {
  const began = performance.now()
  refuseMissing(plan, store, say)
  const divided = families(plan)
  for (const family of divided.values()) await relate(family, plan, store, workspace, terminal, say)
  const read = (part: Part): PartResult => {
    const name = resultName(part, part.isDivided ? divided.get(part.root) : undefined)
    const result = readPartText(store.read(name, 'sarif'), name)
    if (result?.files !== part.to - part.from)
      throw new ShardTrouble(say.damaged(store.place(name, 'sarif')), 'never')
    return result
  }
  // Which rules there are is said before what they found: each result is read twice, and no two are held at once.
  const spoke = new Set<string>()
  const notifications: SarifNotification[] = []
  let findings = 0
  for (const part of plan.parts) {
    const { rules, results, notifications: own } = read(part)
    for (const it of rules) spoke.add(it)
    notifications.push(...own)
    findings += results.length
  }
  const rules = mayHaveSpoken(workspace.rules, spoke)
  const index = ruleIndex(rules)
  function* results(): Generator<SarifResult> {
    for (const part of plan.parts)
      for (const it of read(part).results) yield { ...it, ruleIndex: index.get(it.ruleId)! }
  }
  write(
    sarifLog(notifications, results(), {
      version: VERSION,
      root: folderUri(terminal.cwd),
      locale: terminal.locale,
      rules,
    }),
  )
  return {
    parts: plan.parts.length,
    files: filesOf(plan.parts),
    lines: plan.parts.reduce((sum, it) => sum + it.lines, 0),
    findings,
    seconds: (performance.now() - began) / 1000,
  }
}
