// How well `codeant search` finds: a function by the first sentence of its own comment, which it is not told, and by questions
// in Spanish.
//   node --import tsx models/training/similarity/search.ts [--mirrors DIR] [--data DIR] [--files N] [--spanish]

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hash32 } from '../../../server/src/base/digest.ts'
import { type About, AboutReader } from '../../../server/src/inference/similarity/about.ts'
import { formsOf, SearchIndex } from '../../../server/src/inference/similarity/search-index.ts'
import { wordsOf } from '../../../server/src/inference/similarity/words.ts'
import { fileNameOf, readRepositories } from '../repositories.ts'
import { readMaterial } from './material.ts'
import { tally } from './ranks.ts'
import { functionsBelow, type ReadFunction, startParser } from './read-functions.ts'
import { SPANISH } from './spanish-questions.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
    files: { type: 'string', default: '150' },
    spanish: { type: 'boolean', default: false },
  },
})
const LEAST_ROWS = 15

if (!values.spanish) await byComment()
await inSpanish()

/** All held-out repositories are searched at once: harder than any project of one's own. */
async function byComment(): Promise<void> {
  const parser = await startParser()
  const abouts: About[] = []
  const names: About[] = []
  const questions: { id: number; question: string; language: string }[] = []
  for (const { repository, split } of readRepositories()) {
    const folder = join(values.data, 'snapshots', fileNameOf(repository), 'now')
    if (split !== 'held-out' || !existsSync(folder)) continue
    let reader: AboutReader | undefined
    let tree: ReadFunction['tree'] | undefined
    for (const fn of functionsBelow(parser, folder, LEAST_ROWS, {
      files: Number(values.files),
      order: hash32,
    })) {
      if (fn.tree !== tree) {
        tree = fn.tree
        reader = new AboutReader(tree)
      }
      const question = firstSentence(reader!.commentOf(fn.row))
      if (question && hash32(repository + fn.path + fn.name) % 4 === 0)
        questions.push({ id: abouts.length, question, language: fn.language })
      abouts.push(reader!.of(fn, fn.terms, ''))
      names.push(new Map(reader!.of(fn, new Map(), '')))
    }
  }
  console.log(
    `by comment: ${questions.length} questions among ${abouts.length} functions, all languages together`,
  )
  for (const [name, all] of [
    ['names alone', names],
    ['names and bodies', abouts],
  ] as const) {
    const index = new SearchIndex(all)
    const began = performance.now()
    const scores = questions.map(({ id, question, language }) => {
      const at = index.search(question, 1000).findIndex(it => it.id === id)
      return { from: language, to: '', rank: at === -1 ? Number.POSITIVE_INFINITY : at + 1 }
    })
    const each = (performance.now() - began) / questions.length
    for (const language of ['python', 'javascript', 'typescript', 'rust', '']) {
      const some = scores.filter(it => language === '' || it.from === language)
      if (some.length === 0) continue
      const { recall1, recall5, mrr, low, high } = tally(some)
      console.log(
        `  ${name.padEnd(18)} ${(language || 'all').padEnd(11)} n ${String(some.length).padStart(5)}   R@1 R@5 MRR  ${[recall1, recall5, mrr].map(it => it.toFixed(3)).join('  ')}  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
      )
    }
    console.log(`  ${each.toFixed(1)} ms a question`)
  }
}

/** Questions that a person might put, and the names of the functions that answer them, of the set `algorithms`. */
async function inSpanish(): Promise<void> {
  const { functions } = await readMaterial(
    'algorithms',
    values.data,
    values.mirrors ?? `${values.data}/mirrors`,
  )
  const all = functions.get('python')!
  const index = new SearchIndex(all.map(fn => new AboutReader(fn.tree).of(fn, fn.terms)))
  const scores = []
  const missed: string[] = []
  for (const [question, ...answers] of SPANISH) {
    const ranks = index.search(question!, 1000).findIndex(it => {
      const name = wordsOf(all[it.id]!.name).join('_')
      return answers.some(answer => name.includes(answer))
    })
    const rank = ranks === -1 ? Number.POSITIVE_INFINITY : ranks + 1
    scores.push({ from: 'spanish', to: '', rank })
    if (rank > 5) missed.push(`${question} → ${JSON.stringify(formsOf(question!))} rank ${rank}`)
  }
  const { recall1, recall5, mrr, low, high } = tally(scores)
  console.log(
    `in Spanish: ${SPANISH.length} questions among ${all.length} functions   R@1 R@5 MRR  ${[recall1, recall5, mrr].map(it => it.toFixed(3)).join('  ')}  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
  )
  for (const it of missed) console.log(`  not among the first five: ${it}`)
}

/** Without markup; undefined when it says too little to be asked for. */
function firstSentence(comment: string): string | undefined {
  const plain = comment
    .replace(/^[\s/*!#"'rbu]+|[*/"'\s]+$/g, '')
    .replace(/\n\s*[*/#!]*\s?/g, '\n')
    .split(/\n\s*\n|@\w+|\.(?=\s|$)|:param|>>>|\bArgs:/)[0]!
    .replace(/\s+/g, ' ')
    .trim()
  return formsOf(plain).length >= 3 && plain.length < 200 ? plain : undefined
}
