// How long the bug finder takes for a file of a thousand lines that is opened, and for one function of it that is edited.
//
// In this process are the host's own models with their thread, as in the server: cold at first, nothing remembered.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { modelSettings } from '@codeant/shared/settings.ts'
import { review } from '../../server/src/features/learned/review.ts'
import { InstalledBugFinder } from '../../server/src/host/node/bug-finder.ts'
import { DiskGrammars } from '../../server/src/host/node/grammars.ts'
import { Models } from '../../server/src/host/node/models.ts'
import { functionsOf } from '../../server/src/inference/function-tokens/functions.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import { SyntaxParser } from '../../server/src/syntax/parser.ts'
import { load } from './machine.ts'

/** Files of ours that make a thousand lines together. */
const FILES = ['features/fixes.ts', 'semantics/scope-builder.ts', 'semantics/flow.ts', 'syntax/node.ts']
const LINES = 1000
const EDITS = 20

export interface LearnedFigures {
  readonly functions: number
  readonly tokens: number
  /** From opening to the last answer, starting the thread and loading the weights included. */
  readonly openMs: number
  /** From the end of the pause to the answer about the one function that was edited; the middle and the slowest. */
  readonly editP50: number
  readonly editMost: number
  readonly load: number
}

export async function measureLearned(): Promise<LearnedFigures> {
  const root = new URL('../../', import.meta.url)
  const text = FILES.map(it => readFileSync(new URL(`server/src/${it}`, root), 'utf8'))
    .join('\n')
    .split('\n')
    .slice(0, LINES)
    .join('\n')
  const parser = await SyntaxParser.start(new DiskGrammars(new URL('dist/grammars/', root)))
  await parser.load('typescript')
  const models = new Models({
    settings: modelSettings({ timeBudget: 600 }),
    env: process.env,
    log: { info() {}, warn: console.error, error: console.error },
    cache: false,
    notify: it => console.error(it),
    folder: fileURLToPath(new URL('models/', root)),
  })
  const model = new InstalledBugFinder(models).get()
  if (!model) throw new Error('models/bug-finder is not whole')
  const options = {
    ...{ backend: models.backend, model, now: () => performance.now() },
    isWanted: () => true,
    isDismissed: () => false,
  }
  const read = (of: string) => {
    const tree = parser.parseOnce(of, 'typescript')!
    return { path: 'src/example.ts', tree, scopes: resolveNames(tree) }
  }
  const signal = new AbortController().signal
  const opened = read(text)
  const functions = functionsOf(opened.tree, opened.scopes)
  const began = performance.now()
  await review(opened, options, () => true, 'visible', signal)
  const openMs = performance.now() - began
  const times: number[] = []
  for (let i = 0; i < EDITS; i++) {
    const { start, end } = functions[Math.floor((i * functions.length) / EDITS)]!
    // A new statement at the beginning of its body: another function to the model, and to the memo.
    const at = text.indexOf('{', text.indexOf(')', start)) + 1
    const edited = read(`${text.slice(0, at)} log(${i});${text.slice(at)}`)
    const from = performance.now()
    await review(edited, options, (a, b) => a <= start && end <= b, 'edited', signal)
    times.push(performance.now() - from)
  }
  await models.close()
  times.sort((a, b) => a - b)
  return {
    functions: functions.length,
    tokens: functions.reduce((sum, it) => sum + it.count, 0),
    ...{ openMs, editP50: times[times.length >> 1]!, editMost: times.at(-1)!, load: load() },
  }
}
