// What a model costs on this computer: how long until it answers, how much memory, how long an answer takes by length.
//
// Each model is measured in a process of its own, with the product's own engine and session, one thread, one input at a
// time. The inputs are zeros of the given length: how long a run takes does not hang on what the tokens are.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describeModel, warmSize } from '../../server/src/inference/local/models.ts'
import { type EngineKind, startEngine } from '../../server/src/inference/local/session.ts'
import { load } from './machine.ts'

const LENGTHS = [64, 128, 256, 512] as const
const MIB = 1024 * 1024

export interface ModelFigures {
  readonly model: string
  readonly engine: EngineKind
  readonly sha256: string
  /** Of the weights, in bytes. */
  readonly size: number
  /** From nothing to the first answer: engine, weights, warming up. */
  readonly loadMs: number
  /** What the process grew by: after loading, and after all that was asked. */
  readonly loadedBytes: number
  readonly workedBytes: number
  /** The middle, in milliseconds, by length; undefined where the model refuses the length. */
  readonly p50: readonly (number | undefined)[]
  /** The shortest: what the middle would be nearer to if nothing else ran. */
  readonly least: readonly (number | undefined)[]
  readonly runs: number
  /** Of the machine meanwhile: above its number of cores, the figures are upper bounds. */
  readonly load: number
}

/** A model that does not run, and why. */
export interface Unmeasured {
  readonly model: string
  readonly reason: string
}

/** Every model of a folder such as `models/`, or the only ones named; with the native engine, too, where it is named. */
export function measureModels(
  folder: string,
  runs: number,
  only?: readonly string[],
): (ModelFigures | Unmeasured)[] {
  const names = readdirSync(folder)
    .filter(it => existsSync(join(folder, it, 'model.json')) && weightsOf(folder, it).endsWith('.onnx'))
    .filter(it => !only || only.includes(it))
  const engines = ['', ...(process.env.CODEANT_ONNXRUNTIME ? [process.env.CODEANT_ONNXRUNTIME] : [])]
  return names.flatMap(name =>
    engines.map(native => {
      const args = ['--import', 'tsx', fileURLToPath(import.meta.url), folder, name, String(runs), native]
      return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as
        | ModelFigures
        | Unmeasured
    }),
  )
}

export function printedModels(all: readonly (ModelFigures | Unmeasured)[]): string {
  const figures = all.flatMap(it => ('reason' in it ? [] : [it]))
  const reasons = all.flatMap(it => ('reason' in it ? [`${it.model}: ${it.reason}`] : []))
  const head = [
    'model',
    'engine',
    'MB',
    'load ms',
    'MiB loaded',
    'MiB after',
    ...LENGTHS.map(it => `${it}: p50 (least) ms`),
    'load',
  ]
  const rows = figures.map(it => [
    it.model,
    it.engine,
    (it.size / 1e6).toFixed(2),
    it.loadMs.toFixed(0),
    (it.loadedBytes / MIB).toFixed(0),
    (it.workedBytes / MIB).toFixed(0),
    ...it.p50.map((ms, i) => (ms === undefined ? '–' : `${ms.toFixed(1)} (${it.least[i]!.toFixed(1)})`)),
    it.load.toFixed(1),
  ])
  const widths = head.map((it, i) => Math.max(it.length, ...rows.map(row => row[i]!.length)))
  const lines = [head, ...rows].map(row =>
    row.map((it, i) => (i < 2 ? it.padEnd(widths[i]!) : it.padStart(widths[i]!))).join('  '),
  )
  return [...lines, ...reasons].join('\n')
}

function weightsOf(folder: string, name: string): string {
  const json = readFileSync(join(folder, name, 'model.json'), 'utf8')
  return describeModel(name, json, it => join(folder, name, it))?.file ?? ''
}

async function measure(folder: string, name: string, runs: number, native: string): Promise<ModelFigures> {
  const json = readFileSync(join(folder, name, 'model.json'), 'utf8')
  const model = describeModel(name, json, it => join(folder, name, it))!
  const wasm = new URL('../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', import.meta.url)
  const before = process.memoryUsage.rss()
  const began = performance.now()
  const weights = await readFile(model.file)
  const sha256 = createHash('sha256').update(weights).digest('hex')
  if (sha256 !== model.sha256) throw new Error(`the weights are not those of model.json: ${sha256}`)
  const engine = await startEngine({
    wasm: () => readFile(fileURLToPath(wasm)),
    native: () => (native ? createRequire(import.meta.url)(native) : undefined),
    memoryLimit: 4096 * MIB,
  })
  const session = await engine.open(model, weights)
  const loadMs = performance.now() - began
  const loadedBytes = process.memoryUsage.rss() - before
  const p50: (number | undefined)[] = []
  const least: (number | undefined)[] = []
  for (const length of LENGTHS) {
    const inputs = session.zeros(it => model.warm[it] ?? (warmSize(it, model) === 1 ? 1 : length))
    try {
      // Until the code of WebAssembly is at its fastest; the product gets there within its first file.
      for (let i = 0; i < Math.min(runs, 10); i++) await session.run(inputs)
      const times: number[] = []
      for (let i = 0; i < runs; i++) {
        const start = performance.now()
        await session.run(inputs)
        times.push(performance.now() - start)
      }
      times.sort((a, b) => a - b)
      p50.push(times[times.length >> 1])
      least.push(times[0])
    } catch {
      p50.push(undefined)
      least.push(undefined)
    }
  }
  return {
    model: name,
    engine: engine.kind,
    sha256,
    size: statSync(model.file).size,
    loadMs,
    loadedBytes,
    workedBytes: process.memoryUsage.rss() - before,
    p50,
    least,
    runs,
    load: load(),
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, name, runs, native] = process.argv.slice(2)
  const result: ModelFigures | Unmeasured = await measure(folder!, name!, Number(runs), native ?? '').catch(
    (error: Error) => ({ model: name!, reason: error.message }),
  )
  console.log(JSON.stringify(result))
}
