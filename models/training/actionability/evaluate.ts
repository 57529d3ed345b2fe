// What the shipped model is worth on held-out repositories, asked of the int8 file in onnxruntime-web:
//   node --import tsx models/training/actionability/evaluate.ts [--data DIR] [--model DIR] [--write]
// Precision of the top half against ordering by severity, by the rate of each rule, and at random; calibration; the gate.
// Intervals come from drawing the repositories anew. --write puts the figures into model.json.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Outcome } from './label.ts'
import { type LabelledFinding, readFindings } from './labelled.ts'
import { openModel } from './model.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    model: { type: 'string', default: new URL('../../actionability', import.meta.url).pathname },
    write: { type: 'boolean', default: false },
  },
})
const DRAWS = 1000
const description = JSON.parse(readFileSync(join(values.model, 'model.json'), 'utf8'))
const all = readdirSync(join(values.data, 'actionability'))
  .filter(it => it.endsWith('.jsonl.gz'))
  .sort()
  .flatMap(it => readFindings(join(values.data, 'actionability', it)))
const heldOut = all.filter(it => it.split === 'held-out' && !it.optIn)
const model = await openModel(values.model)
const started = performance.now()
const scores = new Map(await model.rank(heldOut))
const spent = performance.now() - started

interface Judged {
  readonly repository: string
  readonly acted: boolean
  readonly finding: LabelledFinding
}

const SEVERITY: Readonly<Record<string, number>> = { error: 3, warning: 2, info: 1, hint: 0 }
const rates = ratesOfRules()
const ORDERS = {
  model: ({ finding }: Judged) => scores.get(finding)!,
  severity: ({ finding }: Judged) => SEVERITY[finding.severity]!,
  // As lists are: `shared/src/priority.ts`.
  'severity, then model': (it: Judged) => SEVERITY[it.finding.severity]! + scores.get(it.finding)!,
  'rate of the rule': ({ finding }: Judged) => rates(finding.rule),
  random: () => 0,
  /** Who knows what became of each: no order of these findings is better. */
  'best possible': ({ acted }: Judged) => (acted ? 1 : 0),
} satisfies Record<string, (it: Judged) => number>
type Order = keyof typeof ORDERS

/** Ways of reading what became of a finding: the figures must not hinge on which is taken. */
const READINGS: Readonly<Record<string, (it: LabelledFinding) => boolean | undefined>> = {
  'as defined': it => answer(it.outcome),
  'left out counts as not acted on': it => it.outcome === 'acted',
  'left out counts as acted on': it => it.outcome !== 'still',
  'only repairs that leave the lines around alone': it =>
    it.outcome === 'acted' && it.kept < 0.5 ? undefined : answer(it.outcome),
  'only findings since 2020': it => (it.day > '2020' ? answer(it.outcome) : undefined),
}

const report: Record<string, unknown> = {}
for (const [reading, labelOf] of Object.entries(READINGS)) {
  const judged = heldOut.flatMap((finding): Judged[] => {
    const acted = labelOf(finding)
    return acted === undefined ? [] : [{ repository: finding.repository, acted, finding }]
  })
  report[reading] = topHalves(reading, judged)
}
const judged = heldOut.flatMap((finding): Judged[] => {
  const acted = answer(finding.outcome)
  return acted === undefined ? [] : [{ repository: finding.repository, acted, finding }]
})
const calibration = reliability(judged)
const gate = gateAt(description.thresholds.holdBack, judged)
console.log(`${heldOut.length} findings in ${spent.toFixed(0)} ms in onnxruntime-web, one thread`)
if (values.write) {
  const measured = { topHalf: report, calibration, gate }
  writeFileSync(
    join(values.model, 'model.json'),
    `${JSON.stringify({ ...description, measured }, null, 2)}\n`,
  )
}

function answer(outcome: Outcome): boolean | undefined {
  return outcome === 'acted' ? true : outcome === 'still' ? false : undefined
}

function topHalves(reading: string, judged: readonly Judged[]) {
  const groups = byRepository(judged)
  const draws = drawings([...groups.keys()])
  const acted = judged.filter(it => it.acted).length
  console.log(
    `\n${reading}: ${judged.length} findings of ${groups.size} repositories, ${acted} acted on (${percent(acted / judged.length)})`,
  )
  const names = [...groups.keys()]
  const halves = new Map<Order, Map<string, Half>>()
  for (const order of Object.keys(ORDERS) as Order[])
    halves.set(order, new Map([...groups].map(([name, own]) => [name, halfOf(own, ORDERS[order])])))
  /** Each repository's own top half, as somebody sees it who looks at one project. */
  const within = (order: Order) => (some: readonly string[]) => precision(halves.get(order)!, some)
  /** The top half of all findings together. */
  const across = (order: Order) => (some: readonly string[]) => {
    const half = halfOf(
      some.flatMap(it => groups.get(it)!),
      ORDERS[order],
    )
    return half.size === 0 ? 0 : half.hits / half.size
  }
  const result: Record<string, unknown> = { findings: judged.length, acted, repositories: groups.size }
  for (const [way, measured] of Object.entries({ 'within repositories': within, 'all together': across })) {
    console.log(`  ${way}`)
    const ofModel = draws.map(measured('model'))
    const rows: Record<string, unknown> = {}
    for (const order of Object.keys(ORDERS) as Order[]) {
      const value = measured(order)(names)
      const drawn = order === 'model' ? ofModel : draws.map(measured(order))
      const interval = quantiles(drawn)
      const gain = measured('model')(names) - value
      const gains = quantiles(ofModel.map((it, i) => it - drawn[i]!))
      rows[order] = {
        precision: round(value),
        interval: interval.map(round),
        ...(order !== 'model' && { modelIsBetterBy: round(gain), by: gains.map(round) }),
      }
      const comparison = `   model is ${points(gain)} better [${gains.map(points).join(', ')}]`
      console.log(
        `    ${order.padEnd(18)} ${percent(value)} [${interval.map(percent).join(', ')}]${order === 'model' ? '' : comparison}`,
      )
    }
    result[way] = rows
  }
  return result
}

interface Half {
  readonly hits: number
  readonly size: number
}

/** The half of one repository's findings with the highest scores; of those that tie at its edge, each counts in part. */
function halfOf(own: readonly Judged[], score: (it: Judged) => number): Half {
  const size = Math.floor(own.length / 2)
  if (size === 0) return { hits: 0, size: 0 }
  const scored = own.map(it => ({ acted: it.acted, score: score(it) })).sort((a, b) => b.score - a.score)
  const cut = scored[size - 1]!.score
  const above = scored.filter(it => it.score > cut)
  const tied = scored.filter(it => it.score === cut)
  const share = tied.filter(it => it.acted).length / tied.length
  return { hits: above.filter(it => it.acted).length + share * (size - above.length), size }
}

function precision(halves: ReadonlyMap<string, Half>, names: readonly string[]): number {
  let hits = 0
  let size = 0
  for (const name of names) {
    const half = halves.get(name)!
    hits += half.hits
    size += half.size
  }
  return size === 0 ? 0 : hits / size
}

/** Ten groups of equal size, by what the model says. */
function reliability(judged: readonly Judged[]) {
  const sorted = [...judged].sort((a, b) => ORDERS.model(a) - ORDERS.model(b))
  const bins = Array.from({ length: 10 }, (_, i) =>
    sorted.slice(Math.floor((i * sorted.length) / 10), Math.floor(((i + 1) * sorted.length) / 10)),
  ).map(bin => ({
    said: round(mean(bin.map(ORDERS.model))),
    happened: round(mean(bin.map(it => (it.acted ? 1 : 0)))),
    findings: bin.length,
  }))
  const error = mean(bins.map(it => Math.abs(it.said - it.happened)))
  console.log(`\ncalibration: off by ${percent(error)} on average`)
  console.table(bins)
  return { error: round(error), bins }
}

/** What is held back below a probability that was set without the held-out repositories. */
function gateAt(threshold: number, judged: readonly Judged[]) {
  const groups = byRepository(judged)
  const names = [...groups.keys()]
  const share = (of: (it: Judged) => boolean) => (some: readonly string[]) => {
    const wanted = some.flatMap(it => groups.get(it)!.filter(of))
    return wanted.filter(it => ORDERS.model(it) < threshold).length / Math.max(1, wanted.length)
  }
  const draws = drawings(names)
  const held = share(() => true)
  const lost = share(it => it.acted)
  const result = {
    threshold,
    heldBack: round(held(names)),
    heldBackInterval: quantiles(draws.map(held)).map(round),
    lost: round(lost(names)),
    lostInterval: quantiles(draws.map(lost)).map(round),
  }
  console.log(
    `gate below ${threshold}: ${percent(result.heldBack)} [${result.heldBackInterval.map(percent).join(', ')}] of findings held back, ${percent(result.lost)} [${result.lostInterval.map(percent).join(', ')}] of those acted on lost`,
  )
  const actedScores = judged
    .filter(it => it.acted)
    .map(ORDERS.model)
    .sort((a, b) => a - b)
  const best = actedScores[Math.floor(actedScores.length * 0.02)] ?? 0
  const most = judged.filter(it => ORDERS.model(it) < best).length / judged.length
  console.log(
    `with the best threshold for these repositories, ${percent(most)} could be held back at 2 % lost`,
  )
  return { ...result, heldBackAtBestThreshold: round(most) }
}

/** How often findings of a rule were acted on in the repositories that were learned from. */
function ratesOfRules(): (rule: string) => number {
  const learned = all.filter(it => it.split !== 'held-out' && answer(it.outcome) !== undefined)
  const overall = learned.filter(it => it.outcome === 'acted').length / learned.length
  const sums = new Map<string, { acted: number; all: number }>()
  for (const it of learned) {
    const sum = sums.get(it.rule) ?? { acted: 0, all: 0 }
    sums.set(it.rule, { acted: sum.acted + (it.outcome === 'acted' ? 1 : 0), all: sum.all + 1 })
  }
  return rule => {
    const { acted, all } = sums.get(rule) ?? { acted: 0, all: 0 }
    return (acted + 5 * overall) / (all + 5)
  }
}

function byRepository(judged: readonly Judged[]): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>()
  for (const it of judged) groups.set(it.repository, [...(groups.get(it.repository) ?? []), it])
  return groups
}

/** Repositories drawn with replacement, the same draws on every run. */
function drawings(names: readonly string[]): string[][] {
  let state = 12345
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: DRAWS }, () => names.map(() => names[Math.floor(next() * names.length)]!))
}

function quantiles(all: readonly number[]): [number, number] {
  const sorted = [...all].sort((a, b) => a - b)
  return [sorted[Math.floor(sorted.length * 0.025)]!, sorted[Math.floor(sorted.length * 0.975)]!]
}

function mean(all: readonly number[]): number {
  return all.length === 0 ? 0 : all.reduce((sum, it) => sum + it, 0) / all.length
}

function round(value: number): number {
  return Math.round(value * 10000) / 10000
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}

function points(value: number): string {
  return `${(value * 100).toFixed(1)} points`
}
