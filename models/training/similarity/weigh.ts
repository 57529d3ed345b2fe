// How rare each term is in the training repositories: writes what `models/similarity/` ships.
//   node --import tsx models/training/similarity/weigh.ts [--files N] [--data DIR]
// Reads the snapshots that `models/training/corpus.ts` laid out.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hash32 } from '../../../server/src/base/digest.ts'
import { writeTermWeights } from '../../../server/src/inference/similarity/weights.ts'
import { fileNameOf, readRepositories } from '../repositories.ts'
import { functionsBelow, startParser } from './read-functions.ts'

/** So many files of each repository, or the largest ones would decide alone what is rare. */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '60' },
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
  },
})
/** Fewer rows than this are a getter, a wrapper, or a stub. */
const LEAST_ROWS = 15
/** A term of fewer functions says little about the next project, and most are names that only one project has. */
const LEAST_FUNCTIONS = 5
/** One byte's 128 steps reach from the commonest terms to one in half a million. */
const STEP = 0.1

const parser = await startParser()
const frequency = new Map<string, number>()
const read: Record<string, { repositories: number; functions: number }> = {}
let functions = 0
for (const { repository, split } of readRepositories()) {
  const folder = join(values.data, 'snapshots', fileNameOf(repository), 'now')
  if (split !== 'training' || !existsSync(folder)) continue
  const languages = new Set<string>()
  for (const fn of functionsBelow(parser, folder, LEAST_ROWS, { files: Number(values.files), order })) {
    for (const term of fn.terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
    const row = (read[fn.language] ??= { repositories: 0, functions: 0 })
    if (!languages.has(fn.language)) row.repositories++
    languages.add(fn.language)
    row.functions++
    functions++
  }
  console.log(`${repository}: ${functions} functions, ${frequency.size} terms`)
}

const rarities = new Map<string, number>()
for (const [term, count] of frequency)
  if (count >= LEAST_FUNCTIONS) rarities.set(term, Math.log(functions / count))
const text = writeTermWeights(rarities, STEP)
const folder = new URL('../../similarity/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('terms.tsv', folder), text)
const model = {
  name: 'similarity',
  file: 'terms.tsv',
  sha256: createHash('sha256')
    .update(readFileSync(new URL('terms.tsv', folder)))
    .digest('hex'),
  step: STEP,
  unknown: Math.round(Math.log(functions / (LEAST_FUNCTIONS / 2)) * 10) / 10,
  terms: rarities.size,
  functions,
  read,
}
writeFileSync(new URL('model.json', folder), `${JSON.stringify(model, null, 2)}\n`)
console.table(read)
console.log(`${rarities.size} terms, ${text.length} bytes`)

/** As good as random, and the same for everybody. */
function order(path: string): number {
  return hash32(path)
}
