// How often what `codeant similar` lists is worth a look: pairs of held-out repositories by similarity, to be read and judged.
//   node --import tsx models/training/similarity/clones.ts [--sample N] [--files N] [--lines N] [--across-languages]
// Prints pairs that `clones.judged.json` has no verdict on yet, and then the share of good ones in each band of similarity.

import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { hash32 } from '../../../server/src/base/digest.ts'
import { describeFunctions } from '../../../server/src/features/described-functions.ts'
import {
  type PlacedFunction,
  type SimilarPair,
  similarPairs,
} from '../../../server/src/features/similar-functions.ts'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { languageOfGrammar } from '../code-files.ts'
import { fileNameOf, readRepositories } from '../repositories.ts'
import { startParser, treesBelow } from './read-functions.ts'

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '10' },
    files: { type: 'string', default: '100' },
    lines: { type: 'string', default: '14' },
    'across-languages': { type: 'boolean', default: false },
  },
})
const acrossLanguages = values['across-languages']
const BANDS = acrossLanguages ? [0.5, 0.6, 0.7] : [0.8, 0.85, 0.9, 0.95]

/**
 * - `copy`: the same but for names and small changes; one could call the other, or both a third
 * - `kin`: the same plan with other parts, which somebody who changes one wants to know of
 * - `different`: alike by accident
 */
type Verdict = 'copy' | 'kin' | 'different'

interface Judged {
  readonly repository: string
  readonly one: string
  readonly other: string
  readonly similarity: number
  readonly verdict: Verdict
}

const file = new URL('clones.judged.json', import.meta.url)
const judged = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Judged[]) : []
const verdicts = new Map(judged.map(it => [`${it.repository} ${it.one} ${it.other}`, it]))

const weights = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)
const parser = await startParser()
const found = new Map<number, { repository: string; pair: SimilarPair; order: number }[]>(
  BANDS.map(it => [it, []]),
)
let functions = 0
for (const { repository, split } of readRepositories()) {
  const folder = new URL(`../.data/snapshots/${fileNameOf(repository)}/now`, import.meta.url).pathname
  if (split !== 'held-out' || !existsSync(folder)) continue
  const placed: PlacedFunction[] = []
  for (const { path, tree } of treesBelow(parser, folder, { files: Number(values.files), order: hash32 }))
    for (const fn of describeFunctions(parser, path, languageOfGrammar(tree.grammar), tree.text, weights))
      if (!fn.isTest) placed.push({ ...fn, file: path })
  functions += placed.length
  for (const pair of similarPairs(placed, { least: BANDS[0]!, acrossLanguages })) {
    const band = BANDS.findLast(it => pair.similarity >= it)!
    found.get(band)!.push({ repository, pair, order: hash32(keyOf(repository, pair)) })
  }
}
console.log(`${functions} functions`)
for (const [band, all] of found) {
  // At most two a repository and band: some list hundreds of the same sort.
  const taken = new Map<string, number>()
  const sample: typeof all = []
  for (const it of [...all].sort((a, b) => a.order - b.order)) {
    const count = taken.get(it.repository) ?? 0
    if (count >= 2 || sample.length >= Number(values.sample)) continue
    taken.set(it.repository, count + 1)
    sample.push(it)
  }
  for (const { repository, pair } of sample)
    if (!verdicts.has(keyOf(repository, pair))) show(repository, pair)
  const known = sample.flatMap(it => verdicts.get(keyOf(it.repository, it.pair)) ?? [])
  const count = (verdict: Verdict) => known.filter(it => it.verdict === verdict).length
  console.log(
    `from ${band}: ${all.length} pairs; of ${known.length} judged ${count('copy')} copies, ${count('kin')} kin, ${count('different')} different`,
  )
}

function keyOf(repository: string, { one, other }: SimilarPair): string {
  return `${repository} ${one.file}:${one.line} ${other.file}:${other.line}`
}

function show(repository: string, { one, other, similarity }: SimilarPair): void {
  console.log(
    `\n--- ${repository} ${one.file}:${one.line} ${other.file}:${other.line} ${similarity.toFixed(3)}`,
  )
  for (const it of [one, other]) {
    const path = new URL(`../.data/snapshots/${fileNameOf(repository)}/now/${it.file}`, import.meta.url)
    const lines = readFileSync(path, 'utf8').slice(it.start, it.end).split('\n')
    console.log(
      lines
        .slice(0, Number(values.lines))
        .map(row => row.slice(0, 120))
        .join('\n'),
    )
    if (lines.length > Number(values.lines)) console.log(`    … ${lines.length} lines`)
    console.log()
  }
}
