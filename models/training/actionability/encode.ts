// Turns the labelled findings into what training reads, with the encoder that the product runs:
//   node --import tsx models/training/actionability/encode.ts [--data DIR]
// Writes DATA/actionability/{tokens.i32,measures.f32,rows.jsonl}, a row for each finding that has an answer.

import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encode, MEASURES, TOKENS } from '../../../server/src/inference/tasks/rank-finding.ts'
import { OUTCOMES } from './label.ts'
import { type LabelledFinding, readFindings } from './labelled.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: new URL('../.data', import.meta.url).pathname } },
})
const folder = join(values.data, 'actionability')
const counts = new Map<string, number>()
const rows: LabelledFinding[] = []
for (const it of readdirSync(folder).sort()) {
  if (!it.endsWith('.jsonl.gz')) continue
  for (const finding of readFindings(join(folder, it))) {
    const key = `${finding.split} ${finding.outcome}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    rows.push(finding)
  }
}
const tokens = new Int32Array(rows.length * TOKENS)
const measures = new Float32Array(rows.length * MEASURES.length)
rows.forEach(({ context }, index) => {
  const tensors = encode([context])
  tokens.set(tensors.tokens!.data as Int32Array, index * TOKENS)
  measures.set(tensors.measures!.data as Float32Array, index * MEASURES.length)
})
writeFileSync(join(folder, 'tokens.i32'), tokens)
writeFileSync(join(folder, 'measures.f32'), measures)
writeFileSync(
  join(folder, 'rows.jsonl'),
  rows.map(({ context: _, ...it }) => `${JSON.stringify(it)}\n`).join(''),
)
const table: Record<string, Record<string, number>> = {}
for (const split of ['training', 'validation', 'held-out'])
  table[split] = Object.fromEntries(OUTCOMES.map(it => [it, counts.get(`${split} ${it}`) ?? 0]))
console.table(table)
