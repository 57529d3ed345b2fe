// How well a function finds itself in another language, its own name masked: for each way to compare, set and pair of languages.
//   node --import tsx models/training/similarity/evaluate.ts [--mirrors DIR] [--data DIR] [--half tuning|judging]

import { parseArgs } from 'node:util'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { SORTS } from '../../../server/src/inference/similarity/vector.ts'
import { type Material, type Question, readMaterial } from './material.ts'
import { scoreOf } from './ranks.ts'
import { normalised, okapi, plain, type Recipe, shipped } from './recipes.ts'
import { report } from './report.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
    half: { type: 'string', default: 'judging' },
  },
})
const weights = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)
const only = (sorts: string) =>
  Object.fromEntries(Object.entries(SORTS).map(([sort, weight]) => [sort, sorts.includes(sort) ? weight : 0]))

const RECIPES: readonly Recipe[] = [
  plain,
  okapi,
  normalised,
  shipped('fingerprint without words', weights, only('dlosc')),
  shipped('words and deeds, shipped weights', weights, only('wxvdt')),
  shipped('shipped: words and fingerprint', weights),
]

for (const name of ['algorithms', 'exercises'] as const) {
  const material = await readMaterial(name, values.data, values.mirrors ?? `${values.data}/mirrors`)
  console.log(`\n${name}, ${values.half} half; functions to choose among: ${sizes(material)}`)
  for (const recipe of RECIPES) {
    console.log()
    report(recipe.name, scoreOf(recipe, material, values.half as Question['half']))
  }
}

function sizes({ functions }: Material): string {
  return [...functions].map(([language, all]) => `${language} ${all.length}`).join(', ')
}
