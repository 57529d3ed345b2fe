// The random-edit property over real files: `tsx test/bench/random-edits.ts <edits per file> <file or folder>…`.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { testEngine } from '../support/engine.ts'
import { randomEdits } from '../support/random-edits.ts'

const [count = '50', ...places] = process.argv.slice(2)
const engine = await testEngine()
const totals = { files: 0, edits: 0, whole: 0, broken: 0, unsettled: 0, wrong: 0 }
const times: number[] = []

for (const file of places.flatMap(filesIn)) {
  const language = languageOf(file)
  if (!language || !grammarOf(language, file)) continue
  const run = randomEdits(
    engine,
    file.replace(/^\/+/, ''),
    readFileSync(file, 'utf8'),
    Number(count),
    totals.files + 1,
  )
  totals.files++
  totals.edits += run.edits
  totals.whole += run.whole
  totals.broken += run.broken
  totals.unsettled += run.unsettled
  totals.wrong += run.wrong.length
  times.push(...run.times)
  for (const it of run.wrong.slice(0, 3)) console.log(`WRONG ${it}`)
}
times.sort((a, b) => a - b)
const at = (part: number) => times[Math.floor((times.length - 1) * part)]?.toFixed(2)
console.log(JSON.stringify({ ...totals, p50: at(0.5), p95: at(0.95), max: at(1) }))
if (totals.wrong > 0) process.exitCode = 1

function filesIn(place: string): string[] {
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { withFileTypes: true }).flatMap(it =>
    it.isDirectory() || it.isFile() ? filesIn(join(place, it.name)) : [],
  )
}
