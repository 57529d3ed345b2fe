// `codeant shards`: the repositories of an organisation, analysed by as many machines as there are, and one report of all.

import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { LoadedPack } from '../../host/node/packs.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { openPack } from '../packs.ts'
import { contextName, engineOf } from '../shards/context.ts'
import { makePlan } from '../shards/make-plan.ts'
import { merge, missingParts, refuseMissing } from '../shards/merge.ts'
import { placesOf } from '../shards/places.ts'
import { families, type Plan, planText, readPlan } from '../shards/plan.ts'
import { filesOf, runShard } from '../shards/run-shard.ts'
import { ResultStore, writeWhole } from '../shards/store.ts'
import { ShardTrouble } from '../shards/trouble.ts'
import { SHARDS_WORDS, type ShardsWords } from '../shards/words.ts'
import { paint, type Terminal } from '../terminal.ts'
import { absolute, announceSettings, openWorkspace, type Workspace } from '../workspace.ts'
import { SHARDS_OPTIONS } from './shards-options.ts'

const MIB = 1024 * 1024
/** Parts of 50,000 to 100,000 lines of most code: what is lost with a shard that is killed is some seconds of one core. */
const PART_MIB = 4
/** Of somebody who waits for others: short beside a shard, long beside a look into a folder. */
const LOOK_AGAIN_MS = 2000

export const shards: Command = {
  name: 'shards',
  usage: { en: 'plan|run|merge|status', es: 'plan|run|merge|status' },
  summary: {
    en: 'Analyse the repositories of an organisation in shards, and merge the results',
    es: 'Analiza los repositorios de una organización por fragmentos, y junta los resultados',
  },
  options: SHARDS_OPTIONS,
  examples: [
    'codeant shards plan --each-in repositories',
    'codeant shards run plan.json --shard 0',
    'codeant shards merge plan.json -o codeant.sarif',
  ],

  async run(given, terminal) {
    const say = SHARDS_WORDS[terminal.locale]
    try {
      const [what, ...rest] = given.positionals
      switch (what) {
        case 'plan':
          return await plan(rest, given, terminal, say)
        case 'run':
        case 'merge':
        case 'status':
          if (rest.length !== 1) throw new UsageError(say.noPlanGiven)
          return await follow(what, rest[0]!, given, terminal, say)
        default:
          throw new UsageError(say.which)
      }
    } catch (error) {
      // A disk that is full, or a folder that nobody may write to, is no mistake of the program.
      const isOfFiles = error instanceof Error && 'syscall' in error
      if (!(error instanceof ShardTrouble) && !isOfFiles) throw error
      terminal.err.write(`${paint(terminal.err, 'red', 'codeant:')} ${error.message}\n`)
      return error instanceof ShardTrouble && error.again === 'never' ? EXIT.usage : EXIT.failure
    }
  },
}

async function plan(
  named: readonly string[],
  given: Arguments,
  terminal: Terminal,
  say: ShardsWords,
): Promise<number> {
  const only = given
    .value('only')
    ?.split(',')
    .map(it => it.trim())
  const places = placesOf(named, given, terminal, say)
  if (places.length === 0) throw new UsageError(say.noPlaces)
  const shards = wholeNumber(given, 'shards', 1, say)
  const most = Number(given.value('part-size') ?? PART_MIB) * MIB
  if (!(most > 0)) throw new UsageError(say.number('part-size', given.value('part-size')!))
  const brought = given.value('rules')
  const pack = await openPack(brought, terminal)
  const rules = pack && brought !== undefined ? { places: brought, digest: pack.origin.digest } : undefined
  const workspace = openWorkspace(terminal, { cache: false, ...(only && { only }), ...(pack && { pack }) })
  for (const it of only ?? []) if (!workspace.isKnown(it)) throw new UsageError(say.noRule(it))
  const options = {
    ...{ places, most },
    ...(only && { only }),
    ...(rules && { rules }),
    ...(shards !== undefined && { shards }),
  }
  const made = makePlan(options, workspace, terminal, say)
  announceSettings(workspace, terminal)
  const output = given.value('output') ?? 'plan.json'
  writeWhole(absolute(terminal, output), [planText(made)])
  for (const [root, parts] of families(made)) terminal.out.write(`${say.divided(root, parts.length)}\n`)
  const { parts } = made
  terminal.out.write(
    `${say.planned(output, {
      shards: made.shards,
      parts: parts.length,
      projects: new Set(parts.map(it => it.root)).size,
      files: filesOf(parts),
      lines: parts.reduce((sum, it) => sum + it.lines, 0),
    })}\n`,
  )
  return EXIT.ok
}

/** What goes by a plan that is there. */
async function follow(
  what: 'run' | 'merge' | 'status',
  name: string,
  given: Arguments,
  around: Terminal,
  say: ShardsWords,
): Promise<number> {
  const file = absolute(around, name)
  const until = performance.now() + (wholeNumber(given, 'wait', 0, say) ?? 0) * 1000
  const plan = await patiently(() => readPlan(file, say), until, around, say)
  // Findings speak the language of the plan; troubles, that of whoever sits here.
  const terminal = { ...around, locale: plan.locale }
  const threads = wholeNumber(given, 'threads', 1, say)
  const cache = !given.flag('no-cache')
  const { only, today, rules } = plan
  const pack = await openPack(rules?.places, terminal)
  const workspace = openWorkspace(terminal, {
    ...{ cache, today },
    ...(only && { only }),
    ...(threads && { threads }),
    ...(pack && { pack }),
  })
  const results = given.value('results')
  const folder = results ? absolute(terminal, results) : join(dirname(file), 'results')
  const store = new ResultStore(folder, contextName(plan))
  if (what === 'status') return status(plan, store, terminal, say)
  refuseOtherEngine(plan, pack, workspace, terminal, say)
  try {
    if (what === 'run') return await run(plan, store, cache, given, workspace, terminal, say)
    await patiently(() => refuseMissing(plan, store, say), until, around, say)
    const output = given.value('output')
    const counts = await merge(plan, store, workspace, terminal, say, pieces => {
      if (output) writeWhole(absolute(terminal, output), pieces)
      else for (const it of pieces) terminal.out.write(it)
    })
    terminal.err.write(`${say.merged(counts)}\n`)
    return EXIT.ok
  } finally {
    await workspace.scanner.close()
  }
}

async function run(
  plan: Plan,
  store: ResultStore,
  cache: boolean,
  given: Arguments,
  workspace: Workspace,
  terminal: Terminal,
  say: ShardsWords,
): Promise<number> {
  const index = terminal.env.JOB_COMPLETION_INDEX
  const wanted =
    wholeNumber(given, 'shard', 0, say) ?? (index === undefined || index === '' ? undefined : Number(index))
  if (wanted !== undefined && !(wanted < plan.shards))
    throw new ShardTrouble(say.noShard(wanted, plan.shards), 'never')
  const options = { plan, store, cache, again: given.flag('again') }
  for (const shard of wanted === undefined ? Array(plan.shards).keys() : [wanted]) {
    const counts = await runShard(shard, options, workspace, terminal, say)
    terminal.out.write(`${say.ran(shard, plan.shards, counts)}\n`)
  }
  return EXIT.ok
}

function status(plan: Plan, store: ResultStore, { out }: Terminal, say: ShardsWords): number {
  const missing = new Set(missingParts(plan, store))
  for (let shard = 0; shard < plan.shards; shard++) {
    const own = plan.parts.filter(it => it.shard === shard)
    const done = own.filter(it => !missing.has(it))
    const lines = own.reduce((sum, it) => sum + it.lines, 0)
    out.write(`${say.status(shard, done.length, own.length, lines)}\n`)
  }
  return missing.size > 0 ? EXIT.findings : EXIT.ok
}

/** Tries until it does, or until nobody waits any more. What trying again cannot mend is not tried again. */
async function patiently<T>(go: () => T, until: number, { err }: Terminal, say: ShardsWords): Promise<T> {
  let told = ''
  for (;;) {
    try {
      return go()
    } catch (error) {
      const mayHelp = error instanceof ShardTrouble && error.again === 'later'
      if (!mayHelp || performance.now() >= until) throw error
      const [first] = error.message.split('\n')
      if (first !== told) err.write(`codeant: ${say.waiting(first!)}\n`)
      told = first!
      await setTimeout(LOOK_AGAIN_MS)
    }
  }
}

function refuseOtherEngine(
  plan: Plan,
  pack: LoadedPack | undefined,
  workspace: Workspace,
  terminal: Terminal,
  say: ShardsWords,
): void {
  const here = contextName({
    ...plan,
    engine: engineOf(workspace, terminal, plan.engine),
    ...(plan.rules && { rules: { ...plan.rules, digest: pack?.origin.digest ?? '' } }),
  })
  if (here !== contextName(plan)) throw new ShardTrouble(say.otherEngine(contextName(plan), here), 'never')
}

function wholeNumber(given: Arguments, option: string, least: number, say: ShardsWords): number | undefined {
  const value = given.value(option)
  if (value === undefined) return undefined
  const number = Number(value)
  if (value.trim() === '' || !Number.isInteger(number) || number < least)
    throw new UsageError(say.number(option, value))
  return number
}
