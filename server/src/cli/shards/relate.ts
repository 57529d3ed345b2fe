// A project of several parts: what its files say to each other, once all of them were read. What single files say is known by then.

import type { ScanAnswer } from '../../features/scan/scan-file.ts'
import { digest } from '../../host/node/folders.ts'
import { gather, place, shownPath } from '../collect.ts'
import type { Terminal } from '../terminal.ts'
import { Reporter, type Workspace } from '../workspace.ts'
import { readAnswers } from './answers.ts'
import { PlaceFiles } from './part-files.ts'
import { partText } from './part-result.ts'
import type { Part, Plan } from './plan.ts'
import type { ResultStore } from './store.ts'
import { ShardTrouble } from './trouble.ts'
import type { ShardsWords } from './words.ts'

/** The name of the result of a part: of a divided project's, it depends on all of them. */
export function resultName(part: Part, family: readonly Part[] | undefined): string {
  return family ? digest([part.digest, ...family.map(it => it.digest)].join('\n')) : part.digest
}

/** Makes what is missing of a family's results. Throws `ShardTrouble`. */
export async function relate(
  family: readonly Part[],
  plan: Plan,
  store: ResultStore,
  workspace: Workspace,
  terminal: Terminal,
  say: ShardsWords,
): Promise<void> {
  if (family.every(it => store.has(resultName(it, family), 'sarif'))) return
  const files = new PlaceFiles(workspace, terminal, say)
  const partOf = new Map<string, Part>()
  function* answers(): Generator<ScanAnswer> {
    for (const part of family) {
      // Texts are looked at again: they have to be those that were analysed.
      const planned = files.planned(plan, part)
      const known = readAnswers(store.read(part.digest, 'answers'), planned.length, terminal)
      if (!known) throw new ShardTrouble(say.damaged(store.place(part.digest, 'answers')), 'never')
      for (const it of known) {
        partOf.set(it.file, part)
        partOf.set(shownPath(it.file, terminal), part)
        yield it
      }
    }
  }
  const collected = await gather(workspace, new Reporter(workspace, false), answers(), terminal)
  for (const part of family) {
    const outcomes = collected.outcomes.filter(it => partOf.get(it.answer.file) === part)
    const { findings } = place({ outcomes }, workspace, terminal)
    const skipped = collected.skipped.filter(it => partOf.get(it.path) === part)
    const name = resultName(part, family)
    store.write(name, 'sarif', [
      partText(name, { findings, skipped }, part.to - part.from, workspace, terminal),
    ])
  }
}
