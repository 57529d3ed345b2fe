// Judges the int8 model in onnxruntime-web against rules of entropy alone, sets the threshold, and writes `models/secrets/model.json`:
//   node --import tsx models/training/secrets/evaluate.ts [--worst N] [--data DIR]
//
// False alarms are texts of held-out repositories, outside of tests and examples. Found are made-up credentials of formats that the
// training never saw, in places of held-out repositories. `--worst` prints the texts that the model is most wrong about.

import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ALPHABET, LENGTH, MEASURES } from '../../../server/src/inference/tasks/is-secret.ts'
import { mayBeCredential } from '../../../server/src/rules/support/random-text.ts'
import { Answerer } from './answers.ts'
import { isRandom, isRandomAndNamed } from './entropy-rules.ts'
import type { Example } from './examples.ts'
import { goldenInputs } from './golden.ts'
import { lookOf, TELLING } from './judge.ts'
import { DATA, readCounts, readLiterals } from './literals.ts'
import { Random } from './random.ts'

const MODEL = new URL('../../secrets/', import.meta.url)
/** Of the credentials that validation made up, so many pass: most of those that are lost are passwords like words. */
const RECALL = 0.9

const { values: options } = parseArgs({ options: { worst: { type: 'string', default: '0' } }, strict: false })

/** Anything that a rule may be asked about, and what the rules and the model say. */
interface Judged {
  readonly example: Pick<Example, 'input' | 'repository' | 'group' | 'format' | 'isUnseenName' | 'path'>
  /** For intervals: what belongs together stays together. */
  readonly cluster: string
  readonly isCandidate: boolean
  readonly int8: number
  readonly float: number
}

type Rule = (it: Judged) => boolean

const int8 = await Answerer.load(new URL('secrets.onnx', MODEL))
const float = await Answerer.load(new URL('float.onnx', DATA))

const validation = await judgedExamples('validation', it => it.origin === 'made')
const threshold = round(
  quantile(
    validation.map(it => (it.isCandidate ? it.int8 : 0)),
    1 - RECALL,
  ),
)

const made = await judgedExamples('held-out', it => it.origin === 'made')
const traps = await judgedExamples('held-out', it => it.origin === 'trap')
const real = await judgedExamples('held-out', it => it.origin === 'real' && it.isCredential)
const others = await realOthers()
const lines = readCounts()['held-out'].lines!

const model =
  (limit: number): Rule =>
  it =>
    it.isCandidate && it.int8 >= limit
const usual: Rule = it => isRandom(it.example.input.value)
const named: Rule = it => isRandomAndNamed(it.example.input)
const candidates: Rule = it => it.isCandidate

const low: Rule = it => isRandom(it.example.input.value, { hex: 2.5, base64: 3.5 })

/** Each rule to beat beside the model at the limit where it finds as many. */
const pairs: readonly (readonly [name: string, rule: Rule])[] = [
  ['entropy, usual limits (hex 3, base 64 4.5)', usual],
  ['entropy, low limits (hex 2.5, base 64 3.5)', low],
  ['entropy 3.5 and a telling word', named],
]
const rules: Record<string, Rule> = {}
const comparisons: Record<string, ReturnType<typeof compare>> = {}
for (const [name, rule] of pairs) {
  const equal = model(limitAtRecall(recall(rule)))
  rules[name] = rule
  rules[`model, recall of: ${name}`] = equal
  comparisons[name] = compare(rule, equal)
}
rules['candidates, without the model'] = candidates
for (const limit of [0.02, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.95])
  rules[`candidates and model, from ${limit}`] = model(limit)
rules['candidates and model, as shipped'] = model(threshold)

const table = Object.fromEntries(
  Object.entries(rules).map(([name, rule]) => [
    name,
    {
      recall: percent(recall(rule)),
      'recall 95 %': interval(made, rule, () => true),
      'false alarms': others.filter(rule).length,
      'per 100,000 lines': round((others.filter(rule).length / lines) * 1e5, 1),
    },
  ]),
)
console.table(table)
console.log(`threshold ${threshold}; ${others.length} texts, ${lines} lines`)

console.log('false alarms that remain at equal recall (95 % by repository)', comparisons)

const shipped = model(threshold)
const parts = {
  ...Object.fromEntries(
    [...new Set(made.map(it => it.example.group))].map(group => [
      group,
      share(
        made.filter(it => it.example.group === group),
        shipped,
      ),
    ]),
  ),
  'under a telling name': share(
    made.filter(it => isTelling(it)),
    shipped,
  ),
  'under any other name': share(
    made.filter(it => !isTelling(it)),
    shipped,
  ),
  'names never trained on': share(
    made.filter(it => it.example.isUnseenName),
    shipped,
  ),
  'real, by their look': share(real, shipped),
}
console.log('recall as shipped', parts)
console.table(
  Object.fromEntries(
    [...new Set(made.map(it => it.example.format))].sort().map(format => {
      const of = made.filter(it => it.example.format === format)
      return [
        format,
        { entropy: share(of, usual), candidates: share(of, candidates), shipped: share(of, shipped) },
      ]
    }),
  ),
)
console.log('traps taken for credentials', share(traps, shipped), 'of', traps.length)

const cost = {
  auc: { float: area(it => it.float), int8: area(it => it.int8) },
  'recall at the false alarms of the shipped threshold': {
    float: recallAtAlarms(it => it.float),
    int8: recallAtAlarms(it => it.int8),
  },
  'largest difference of a probability': round(
    Math.max(...[...made, ...others].map(it => Math.abs(it.float - it.int8))),
  ),
}
console.log('int8 against float', cost)

const times: number[] = []
for (const it of made.slice(0, 300)) {
  const start = performance.now()
  await int8.probability(it.example.input)
  times.push(performance.now() - start)
}
const milliseconds = round(quantile(times, 0.5), 2)
console.log(`${milliseconds} ms a text (median, one thread)`)

const worst = Number(options.worst)
for (const it of others
  .filter(it => it.isCandidate)
  .sort((a, b) => b.int8 - a.int8)
  .slice(0, worst))
  print(it)
for (const it of real.sort((a, b) => a.int8 - b.int8).slice(0, worst)) print(it)

const weights = readFileSync(new URL('secrets.onnx', MODEL))
writeFileSync(
  new URL('model.json', MODEL),
  JSON.stringify(
    {
      name: 'secrets',
      file: 'secrets.onnx',
      sha256: createHash('sha256').update(weights).digest('hex'),
      bytes: weights.length,
      inputs: {
        characters: {
          type: 'int32',
          dims: [1, LENGTH],
          fields: { name: 24, 'value from its start': 48, 'value from its end': 16, before: 40, after: 24 },
        },
        measures: { type: 'int32', dims: [1, MEASURES] },
      },
      outputs: { logit: { type: 'float32', dims: [1, 1] } },
      alphabet: ALPHABET,
      threshold,
      numbers: {
        data: readCounts(),
        'held-out': { credentials: made.length, others: others.length, lines },
        rules: table,
        'false alarms that remain at equal recall': comparisons,
        'recall as shipped': parts,
        'traps taken for credentials': share(traps, shipped),
        'int8 against float': cost,
        'milliseconds a text': milliseconds,
      },
    },
    null,
    2,
    // Dimensions on one line, as the formatter has them.
  ).replace(/\[\s+(\d+(?:,\s+\d+)*)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`) + '\n',
)
const golden: string[] = []
for (const input of goldenInputs())
  golden.push(JSON.stringify({ input, output: { probability: round(await int8.probability(input), 5) } }))
writeFileSync(new URL('golden.jsonl', MODEL), golden.join('\n') + '\n')

async function judgedExamples(split: string, wants: (it: Example) => boolean): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const line of readFileSync(new URL(`${split}.jsonl`, DATA), 'utf8')
    .trimEnd()
    .split('\n')) {
    const example = JSON.parse(line) as Example
    if (wants(example)) judged.push(await judge(example, example.format))
  }
  return judged
}

/** All texts of held-out repositories that any of the rules could take for a credential, and that are none by their look. */
async function realOthers(): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const it of readLiterals('held-out')) {
    if (it.isAside || lookOf(it.input) !== 'none') continue
    const example = { ...it, group: '', format: '', isUnseenName: false }
    judged.push(await judge(example, it.repository))
  }
  return judged
}

/** Only candidates are asked about, as in the product. */
async function judge(example: Judged['example'], cluster: string): Promise<Judged> {
  const isCandidate = mayBeCredential(example.input.value)
  return {
    example,
    cluster,
    isCandidate,
    int8: isCandidate ? await int8.probability(example.input) : 0,
    float: isCandidate ? await float.probability(example.input) : 0,
  }
}

function isTelling({ example: { input } }: Judged): boolean {
  return TELLING.test(input.name + input.context.before)
}

function recall(rule: Rule, of: readonly Judged[] = made): number {
  return of.filter(rule).length / of.length
}

function share(of: readonly Judged[], rule: Rule): number {
  return of.length === 0 ? 0 : round(of.filter(rule).length / of.length)
}

/** The limit at which the model lets as many of the made-up credentials pass. */
function limitAtRecall(wanted: number): number {
  return quantile(
    made.map(it => (it.isCandidate ? it.int8 : 0)),
    1 - wanted,
  )
}

/** Of the false alarms of one rule, the share that the other makes, with the interval over repositories. */
function compare(before: Rule, after: Rule) {
  const alarms = [others.filter(before).length, others.filter(after).length] as const
  return {
    recall: percent(recall(before)),
    before: alarms[0],
    after: alarms[1],
    remains: percent(alarms[1] / alarms[0]),
    // Where none is left, drawing among none says nothing: the rule of three does.
    interval: alarms[1] === 0 ? `0.0 %–${percent(3 / alarms[0])}` : interval(others, after, before),
  }
}

/** 95 % for the number of some by that of others, by drawing clusters a thousand times. */
function interval(of: readonly Judged[], some: Rule, all: Rule): string {
  const clusters = new Map<string, { some: number; all: number }>()
  for (const it of of) {
    let cluster = clusters.get(it.cluster)
    if (!cluster) clusters.set(it.cluster, (cluster = { some: 0, all: 0 }))
    if (some(it)) cluster.some++
    if (all(it)) cluster.all++
  }
  const counted = [...clusters.values()]
  const random = new Random(1)
  const drawn = Array.from({ length: 1000 }, () => {
    const sum = { some: 0, all: 0 }
    for (const _ of counted) {
      const it = random.pick(counted)
      sum.some += it.some
      sum.all += it.all
    }
    return sum.some / Math.max(1, sum.all)
  }).sort((a, b) => a - b)
  return [drawn[25]!, drawn[974]!].map(percent).join('–')
}

/** How often a credential scores above a candidate that is none. */
function area(score: (it: Judged) => number): number {
  const all = [
    ...made.map(it => [score(it), 1] as const),
    ...others.filter(it => it.isCandidate).map(it => [score(it), 0] as const),
  ].sort((a, b) => a[0] - b[0])
  let below = 0
  let sum = 0
  for (const [, isCredential] of all) {
    if (isCredential) sum += below
    else below++
  }
  return round(sum / (below * made.length), 4)
}

function recallAtAlarms(score: (it: Judged) => number): number {
  const alarms = others.filter(model(threshold)).length
  const limit = others.map(score).sort((a, b) => b - a)[alarms]!
  return round(made.filter(it => score(it) > limit).length / made.length, 4)
}

function print({ example: { input, repository, path }, int8 }: Judged): void {
  console.log(
    int8.toFixed(3),
    repository,
    path.slice(-30),
    '|',
    input.name,
    '|',
    input.value.slice(0, 70),
    '|',
    input.context.before,
  )
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * values.length)]!
}

function percent(it: number): string {
  return `${(it * 100).toFixed(1)} %`
}

function round(it: number, digits = 3): number {
  return Number(it.toFixed(digits))
}
