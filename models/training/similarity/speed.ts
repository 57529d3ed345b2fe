// How long it takes to index functions, to compare all of them, and to answer one question.
//   node --import tsx models/training/similarity/speed.ts <folder>…

import { describeFunctions } from '../../../server/src/features/described-functions.ts'
import { LEAST_NODES } from '../../../server/src/features/similar-functions.ts'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { SearchIndex } from '../../../server/src/inference/similarity/search-index.ts'
import { VectorIndex } from '../../../server/src/inference/similarity/vector-index.ts'
import { languageOfGrammar } from '../code-files.ts'
import { startParser, treesBelow } from './read-functions.ts'

const weights = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)
const parser = await startParser()
const folders = process.argv.slice(2)
const texts = folders.flatMap(folder =>
  [...treesBelow(parser, folder)].map(({ path, tree }) => ({ path, grammar: tree.grammar, text: tree.text })),
)

// Time of the processor: other programs may take it away in between, which is no property of this one.
const describing = clock()
const all = texts.flatMap(({ path, grammar, text }) =>
  describeFunctions(parser, path, languageOfGrammar(grammar), text, weights),
)
console.log(
  `${all.length} functions of ${texts.length} files described in ${describing()} ms, parsing among it`,
)

const indexing = clock()
const index = new VectorIndex(all.map(it => it.vector))
console.log(`vectors indexed in ${indexing()} ms`)
const searching = clock()
const words = new SearchIndex(all.map(it => it.about))
console.log(`words indexed in ${searching()} ms`)

const QUESTIONS = 200
const asked = clock()
for (let i = 0; i < QUESTIONS; i++) index.nearest(all[Math.floor((i * all.length) / QUESTIONS)]!.vector, 10)
console.log(`neighbours of one: ${(asked() / QUESTIONS).toFixed(2)} ms`)
const searched = clock()
for (let i = 0; i < QUESTIONS; i++) words.search('read the settings of a user', 10)
console.log(`search: ${(searched() / QUESTIONS).toFixed(2)} ms`)

const large = all.filter(it => it.size >= LEAST_NODES)
for (const least of [0.8, 0.6]) {
  const compared = clock()
  const pairs = new VectorIndex(large.map(it => it.vector)).pairs(least)
  console.log(
    `${large.length} large ones compared with each other from ${least} on: ${pairs.length} pairs in ${compared()} ms`,
  )
}

function clock(): () => number {
  const began = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(began)
    return Math.round((user + system) / 1000)
  }
}
