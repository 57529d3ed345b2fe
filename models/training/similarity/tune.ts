// Looks for better weights of the sorts of terms, on the half of the material that nothing is judged by.
//   node --import tsx models/training/similarity/tune.ts [--mirrors DIR] [--data DIR] [--rounds N] [--try JSON]…
// Prints each step that helps; what it ends with is copied into `SORTS` of `server/src/inference/similarity/vector.ts`.

import { parseArgs } from 'node:util'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { SORTS } from '../../../server/src/inference/similarity/vector.ts'
import { readMaterial } from './material.ts'
import { scoreOf, tally } from './ranks.ts'
import { shipped } from './recipes.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    try: { type: 'string', multiple: true, default: [] },
  },
})
const weights = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)
const table = weights
const mirrors = values.mirrors ?? `${values.data}/mirrors`
const materials = [
  await readMaterial('algorithms', values.data, mirrors),
  thinned(await readMaterial('exercises', values.data, mirrors)),
]

let sorts: Readonly<Record<string, number>> = SORTS
let best = quality(sorts)
console.log(best.toFixed(4), JSON.stringify(sorts))
for (const it of values.try) console.log(quality({ ...SORTS, ...(JSON.parse(it) as object) }).toFixed(4), it)
for (let round = 0; round < Number(values.rounds); round++)
  for (const sort of Object.keys(SORTS))
    for (const factor of [0.5, 0.75, 1.33, 2]) {
      const tried = { ...sorts, [sort]: Math.round(sorts[sort]! * factor * 100) / 100 }
      const found = quality(tried)
      // Smaller steps are noise of a few hundred questions.
      if (found < best + 0.001) continue
      best = found
      sorts = tried
      console.log(best.toFixed(4), JSON.stringify(sorts))
    }

/** The mean over both sets, each counting the same: they are very different in kind. */
function quality(some: Readonly<Record<string, number>>): number {
  const scores = materials.map(it => tally(scoreOf(shipped('', table, some), it, 'tuning')).mrr)
  return scores.reduce((sum, it) => sum + it, 0) / scores.length
}

/** Enough of many questions. */
function thinned<T extends { readonly questions: readonly unknown[] }>(material: T): T {
  return { ...material, questions: material.questions.filter((_, i) => i % 6 === 0) }
}
