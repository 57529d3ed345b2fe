// Measures the shards of an organisation against a single run: are the bytes the same, what do they cost, and what does a killed one leave?
//
//   npm run build && npx tsx test/bench/shards.ts --each-in FOLDER [--shards 24] [--workers 1,2] [--report FILE]
//
// FOLDER holds a repository in each folder. Every worker is a process with one thread; everything is analysed anew, nothing is taken
// from a cache. It ends with 1 when bytes differ.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { BENCH_LANGUAGES } from './keystroke-files.ts'
import { load, machine, versions } from './machine.ts'
import { type Measurement, measureProcess } from './measure-process.ts'
import { sourceFiles } from './source-tree.ts'

const { values } = parseArgs({
  options: {
    'each-in': { type: 'string' },
    shards: { type: 'string', default: '24' },
    workers: { type: 'string', default: '1,2' },
    report: { type: 'string' },
  },
})
if (!values['each-in']) throw new Error('--each-in FOLDER says where the repositories lie')
const folder = resolve(values['each-in'])
const main = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))

interface Part {
  readonly shard: number
  readonly isDivided: boolean
  readonly digest: string
  readonly lines: number
}

interface Step {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMemory: number
  /** The load average of the minute before, of the whole machine. */
  readonly load: number
}

/** One thread each, and nothing from a cache. */
const ALONE = ['--threads', '1', '--no-cache'] as const

const scratch = temporaryFolder()
try {
  const report = await measure()
  const text = `${JSON.stringify(report, null, 2)}\n`
  if (values.report) writeFileSync(values.report, text)
  process.stdout.write(text)
  if (!report.same) process.exitCode = 1
} finally {
  scratch.remove()
}

async function measure() {
  let codeLines = 0
  const repositories = readdirSync(folder)
    .filter(it => !it.startsWith('.') && statSync(join(folder, it)).isDirectory())
    .sort()
  for (const it of repositories)
    for (const file of sourceFiles(join(folder, it), BENCH_LANGUAGES)) codeLines += file.lines
  say(`${repositories.length} repositories, ${codeLines} lines in ${BENCH_LANGUAGES.join(', ')}`)

  const plan = join(scratch.path, 'plan.json')
  const planned = await step('plan', [
    'shards',
    'plan',
    '--each-in',
    folder,
    '--shards',
    values.shards,
    '-o',
    plan,
  ])
  const { parts, shards } = JSON.parse(readFileSync(plan, 'utf8')) as { parts: Part[]; shards: number }
  const lines = parts.reduce((sum, it) => sum + it.lines, 0)

  const analysis = ['analyze', '--format', 'sarif', '--fail-on', 'never', '--no-cache']
  const single = await step('single run, 1 thread', [...analysis, '--threads', '1', ...repositories])
  const expected = await digestOf(single.out)
  const threaded = await step('single run, a thread for each core', [...analysis, ...repositories])
  const sameThreaded = (await digestOf(threaded.out)) === expected

  const runs = []
  for (const workers of values.workers.split(',').map(Number)) {
    const results = join(scratch.path, `results-${workers}`)
    const began = performance.now()
    const before = load()
    const steps = await inParallel(workers, shards, shard =>
      step(`shard ${shard}`, ['shards', 'run', plan, '--results', results, '--shard', `${shard}`, ...ALONE]),
    )
    const seconds = (performance.now() - began) / 1000
    const merged = await mergeOf(plan, results)
    const run = {
      workers,
      seconds,
      cpuSeconds: sum(steps.map(it => it.cpuSeconds)),
      peakMemory: Math.max(...steps.map(it => it.peakMemory)),
      longestShard: Math.max(...steps.map(it => it.seconds)),
      shortestShard: Math.min(...steps.map(it => it.seconds)),
      load: before,
      merge: figures(merged),
      same: merged.digest === expected,
    }
    say(`${workers} workers: ${seconds.toFixed(1)} s, the same bytes: ${run.same}`)
    runs.push(run)
  }
  const killed = await killOne(plan, parts, join(scratch.path, `results-${runs[0]!.workers}`), expected)
  return {
    machine: machine(),
    versions: versions({ versions: {} }),
    repositories: repositories.length,
    codeLines,
    lines,
    shards,
    parts: parts.length,
    dividedParts: parts.filter(it => it.isDivided).length,
    sarifBytes: statSync(single.out).size,
    plan: figures(planned),
    single: { ...figures(single), said: readFileSync(single.err, 'utf8').slice(0, 2000) },
    threaded: { ...figures(threaded), same: sameThreaded },
    runs,
    killed,
    same: sameThreaded && killed.same && runs.every(it => it.same),
  }
}

/** Takes away what one shard wrote, kills it while it writes that again, and lets another one end it. */
async function killOne(plan: string, parts: readonly Part[], from: string, expected: string) {
  const results = join(scratch.path, 'results-killed')
  const names = new Map(parts.map(it => [`${it.digest}.${it.isDivided ? 'answers.jsonl' : 'sarif'}`, it]))
  const count = (shard: number) => parts.filter(it => it.shard === shard).length
  const victim = parts.map(it => it.shard).sort((a, b) => count(b) - count(a))[0]!
  const [context] = readdirSync(from)
  mkdirSync(join(results, context!), { recursive: true })
  // Without what the merge made of divided projects: it has to do that again.
  for (const it of readdirSync(join(from, context!)))
    if (names.has(it) && names.get(it)!.shard !== victim)
      cpSync(join(from, context!, it), join(results, context!, it))
  const own = () => readdirSync(join(results, context!)).filter(it => names.get(it)?.shard === victim).length
  const args = ['shards', 'run', plan, '--results', results, '--shard', String(victim), ...ALONE]
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: 'ignore' })
  const gone = once(child, 'exit')
  while (own() === 0 && child.exitCode === null) await setTimeout(5)
  child.kill('SIGKILL')
  const [, signal] = await gone
  const left = own()
  const early = await step(
    'merge without it',
    ['shards', 'merge', plan, '--results', results, '-o', '/dev/null'],
    3,
  )
  const again = await step(`shard ${victim} again`, args)
  const merged = await mergeOf(plan, results)
  const killed = {
    shard: victim,
    signal: String(signal),
    parts: count(victim),
    leftByTheKilled: left,
    refused: readFileSync(early.err, 'utf8').trim(),
    again: readFileSync(again.out, 'utf8').trim(),
    same: signal === 'SIGKILL' && left > 0 && left < count(victim) && merged.digest === expected,
  }
  say(`killed after ${left} of ${killed.parts} parts; the same bytes afterwards: ${killed.same}`)
  return killed
}

async function mergeOf(plan: string, results: string) {
  const output = join(scratch.path, 'merged.sarif')
  const merged = await step('merge', ['shards', 'merge', plan, '--results', results, '--output', output])
  const digest = await digestOf(output)
  rmSync(output)
  return { ...merged, digest }
}

async function step(name: string, args: readonly string[], expected = 0) {
  const own = scratchOf(name)
  const before = load()
  const {
    seconds,
    cpuSeconds = 0,
    peakMemory = 0,
    code,
  }: Measurement = await measureProcess(
    [process.execPath, main, ...args],
    // Not what somebody's own settings of the machine say.
    { cwd: folder, scratch: own, env: { CODEANT_CACHE: join(scratch.path, 'cache'), CODEANT_LOCALE: 'en' } },
  )
  const err = join(own, 'err.txt')
  if (code !== expected)
    throw new Error(`${name} ended with ${code}: ${readFileSync(err, 'utf8').slice(-2000)}`)
  say(`${name}: ${seconds.toFixed(1)} s, load ${before}`)
  return { seconds, cpuSeconds, peakMemory, load: before, out: join(own, 'out.txt'), err }
}

async function inParallel<T>(
  workers: number,
  shards: number,
  run: (shard: number) => Promise<T>,
): Promise<T[]> {
  const done: T[] = []
  const waiting = Array.from({ length: shards }, (_, i) => i)
  const worker = async () => {
    for (let shard = waiting.shift(); shard !== undefined; shard = waiting.shift())
      done.push(await run(shard))
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return done
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

function scratchOf(name: string): string {
  const own = join(
    scratch.path,
    'said',
    `${name.replaceAll(/\W+/g, '-')}-${Math.random().toString(36).slice(2)}`,
  )
  mkdirSync(own, { recursive: true })
  return own
}

function figures({ seconds, cpuSeconds, peakMemory, load }: Step): Step {
  return { seconds, cpuSeconds, peakMemory, load }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, it) => all + it, 0)
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
