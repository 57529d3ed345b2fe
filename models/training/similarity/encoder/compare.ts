// Whether vectors of a learned encoder add anything to what is shipped, on the material of `evaluate.ts`.
//   node --import tsx models/training/similarity/encoder/compare.ts [--checkpoint FILE] [--python FILE] [--files N]
//        [--data DIR] [--out DIR] [--mirrors DIR]
// Makes what is not there yet: the functions in numbers, the trained vectors (`train.py`), and then the tables. Nothing of it is
// shipped; which vectors and which weight are compared is chosen on the half that is not judged by.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadTermWeights } from '../../../../server/src/host/node/similarity-model.ts'
import { type Material, type Question, readMaterial } from '../material.ts'
import { generator, halfOf, type Score, scoresOf, sumsOf, tally } from '../ranks.ts'
import type { ReadFunction } from '../read-functions.ts'
import { shipped } from '../recipes.ts'
import { report } from '../report.ts'
import { extractLearning, extractMaterial } from './extract.ts'

const training = fileURLToPath(new URL('../../', import.meta.url))
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(training, '.data') },
    out: { type: 'string' },
    mirrors: { type: 'string' },
    checkpoint: { type: 'string' },
    python: { type: 'string' },
    files: { type: 'string', default: '60' },
  },
})
// Python starts in another folder, where a relative path would be another one.
const out = resolve(values.out ?? join(values.data, 'similarity/encoder'))
const weights = loadTermWeights({ CODEANT_MODELS: join(training, '..') })
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)

/** How much the encoder's cosine counts, the rest being the shipped one's. */
const SHARES = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1]

/** A way of `train.py`: its vectors lie in `<set>.<its place>.vectors`. */
interface Way {
  readonly name: string
  readonly width: number
  readonly parameters: number
}

type Half = Question['half']

const materials: Material[] = []
for (const name of ['algorithms', 'exercises'] as const) {
  const material = await readMaterial(name, values.data, values.mirrors ?? `${values.data}/mirrors`)
  extractMaterial(material, out)
  materials.push(material)
}
await extractLearning(values.data, out, Number(values.files))
if (!existsSync(join(out, 'vectors.json'))) train()
const { ways } = JSON.parse(readFileSync(join(out, 'vectors.json'), 'utf8')) as {
  readonly ways: readonly Way[]
}

const table = shipped('shipped: words and fingerprint', weights)
const forChoosing = materials.map(thinned)
const known = forChoosing.map(it => [...sumsOf(table, it, 'tuning')])
console.log(
  '\nmean reciprocal rank on the half for choosing: algorithms, exercises, mean; by the share of the encoder',
)
let alone = { way: 0, quality: -1 }
let together = { way: 0, share: 0, quality: -1 }
ways.forEach((it, way) => {
  const own = forChoosing.map(material => [...closeness(material, 'tuning', way, it.width)])
  const line: string[] = []
  for (const share of SHARES) {
    const [one, other] = forChoosing.map(
      (material, i) => tally(scoresOf(halfOf(material, 'tuning'), mixed(known[i]!, own[i]!, share))).mrr,
    ) as [number, number]
    const quality = (one + other) / 2
    line.push(`${share}: ${[one, other, quality].map(it => it.toFixed(3)).join(' ')}`)
    if (share === 1 && quality > alone.quality) alone = { way, quality }
    if (share < 1 && quality > together.quality) together = { way, share, quality }
  }
  console.log(`${it.name} (${it.parameters} parameters)\n  ${line.join('\n  ')}`)
})
console.log(
  `\nalone: ${ways[alone.way]!.name}; together: ${ways[together.way]!.name}, share ${together.share}`,
)

for (const material of materials) {
  const questions = halfOf(material, 'judging')
  const shippedSums = [...sumsOf(table, material, 'judging')]
  const aloneSums = [...closeness(material, 'judging', alone.way, ways[alone.way]!.width)]
  const ownSums = [...closeness(material, 'judging', together.way, ways[together.way]!.width)]
  const shippedScores = scoresOf(questions, shippedSums)
  const togetherScores = scoresOf(questions, mixed(shippedSums, ownSums, together.share))
  console.log(`\n${material.name}, judging half`)
  report(table.name, shippedScores)
  report('encoder alone', scoresOf(questions, aloneSums))
  report('both together', togetherScores)
  const { mean, low, high } = gain(shippedScores, togetherScores)
  console.log(
    `both together less shipped, question by question: ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`,
  )
}

/** Of the thousands of exercises one in six, as `tune.ts` takes them. */
function thinned(material: Material): Material {
  if (material.name !== 'exercises') return material
  return { ...material, questions: material.questions.filter((_, i) => i % 6 === 0) }
}

function train(): void {
  const own = join(values.data, 'venv/bin/python')
  const python = values.python ?? (existsSync(own) ? own : 'python3')
  const checkpoint = values.checkpoint ? ['--checkpoint', resolve(values.checkpoint)] : []
  const { status } = spawnSync(python, ['-m', 'similarity.encoder.train', '--out', out, ...checkpoint], {
    cwd: training,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`training ended with ${status}`)
}

/** By question of the half: the cosine of the vectors of `train.py` with each function of the other language. */
function* closeness(material: Material, half: Half, way: number, width: number): Generator<Float64Array> {
  const bytes = readFileSync(join(out, `${material.name}.${way}.vectors`))
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  const place = new Map<ReadFunction, number>()
  const first = new Map<string, number>()
  for (const [language, all] of material.functions) {
    first.set(language, place.size)
    for (const fn of all) place.set(fn, place.size)
  }
  if (numbers.length !== place.size * width)
    throw new Error(`the vectors in ${out} are of other functions; remove them to make them again`)
  for (const { from, language } of halfOf(material, half)) {
    const at = place.get(from)! * width
    const begin = first.get(language)!
    const sums = new Float64Array(material.functions.get(language)!.length)
    for (let id = 0; id < sums.length; id++) {
      const other = (begin + id) * width
      let sum = 0
      for (let i = 0; i < width; i++) sum += numbers[at + i]! * numbers[other + i]!
      sums[id] = sum
    }
    yield sums
  }
}

function* mixed(
  one: readonly Float64Array[],
  other: readonly Float64Array[],
  share: number,
): Generator<Float64Array> {
  for (let i = 0; i < one.length; i++) {
    const second = other[i]!
    yield one[i]!.map((it, id) => (1 - share) * it + share * second[id]!)
  }
}

/** The same questions are asked of both, so that the interval of the difference is far narrower than either's own. */
function gain(one: readonly Score[], other: readonly Score[]) {
  const differences = one.map((it, i) => 1 / other[i]!.rank - 1 / it.rank)
  const random = generator(1)
  const means: number[] = []
  for (let round = 0; round < 500; round++) {
    let sum = 0
    for (let i = 0; i < differences.length; i++)
      sum += differences[Math.floor(random() * differences.length)]!
    means.push(sum / differences.length)
  }
  means.sort((a, b) => a - b)
  const mean = differences.reduce((sum, it) => sum + it, 0) / differences.length
  return { mean, low: means[12]!, high: means[487]! }
}
