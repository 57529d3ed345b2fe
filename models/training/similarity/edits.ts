// How similar a function stays to itself when somebody copies and changes it: other names for its variables, a statement less.
//   node --import tsx models/training/similarity/edits.ts [--data DIR] [--files N]

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hash32 } from '../../../server/src/base/digest.ts'
import { LEAST_NODES } from '../../../server/src/features/similar-functions.ts'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { TermReader, type Terms } from '../../../server/src/inference/similarity/terms.ts'
import { shapeOf, similarity, vectorOf } from '../../../server/src/inference/similarity/vector.ts'
import { VectorIndex } from '../../../server/src/inference/similarity/vector-index.ts'
import { functionsOf } from '../../../server/src/semantics/functions.ts'
import { resolveNames } from '../../../server/src/semantics/resolve-names.ts'
import { Reader, SyntaxNode } from '../../../server/src/syntax/node.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import { fileNameOf, readRepositories } from '../repositories.ts'
import { generator } from './ranks.ts'
import { functionsBelow, type ReadFunction, startParser } from './read-functions.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    files: { type: 'string', default: '40' },
  },
})
const table = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
if (typeof table === 'string') throw new Error(`models/similarity is ${table}`)
const weights = table
const parser = await startParser()
const random = generator(1)
const all: ReadFunction[] = []
for (const { repository, split } of readRepositories()) {
  const folder = join(values.data, 'snapshots', fileNameOf(repository), 'now')
  if (split !== 'held-out' || !existsSync(folder)) continue
  all.push(...functionsBelow(parser, folder, LEAST_NODES, { files: Number(values.files), order: hash32 }))
}
const vectors = all.map(it => vectorOf(it.terms, weights))
const index = new VectorIndex(vectors)
console.log(`${all.length} functions of held-out repositories`)

const EDITS: Readonly<Record<string, (fn: ReadFunction) => string | undefined>> = {
  'all variables renamed': fn => renamed(fn, 1),
  'half of the variables renamed': fn => renamed(fn, 0.5),
  'a statement less': withoutOne,
  'all variables renamed and a statement less': fn => renamed(fn, 1, withoutOneRange(fn)),
}
for (const [name, edit] of Object.entries(EDITS)) {
  const found: number[] = []
  const shapes: number[] = []
  let first = 0
  all.forEach((fn, id) => {
    if (id % 5 !== 0) return
    const text = edit(fn)
    const terms = text === undefined ? undefined : termsOfText(text, fn)
    if (!terms) return
    const vector = vectorOf(terms, weights)
    const itself = similarity(vector, vectors[id]!)
    found.push(itself)
    shapes.push(similarity(shapeOf(terms, weights), shapeOf(fn.terms, weights)))
    // Whoever is as close is as good as the original, which the sample may hold twice.
    const [best] = index.nearest(vector, 1)
    if (best && best.similarity <= itself + 0.001) first++
  })
  const above = (some: readonly number[], least: number) =>
    `${((100 * some.filter(it => it >= least).length) / some.length).toFixed(1)} %`
  const either = found.map((it, i) => Math.max(it, shapes[i]! >= 0.9 ? shapes[i]! : 0))
  found.sort((a, b) => a - b)
  shapes.sort((a, b) => a - b)
  const at = (some: readonly number[], share: number) =>
    some[Math.floor(share * (some.length - 1))]!.toFixed(2)
  console.log(
    `${name}: n ${found.length}, median ${at(found, 0.5)} (shape ${at(shapes, 0.5)}); from 0.8 on ${above(found, 0.8)}, with the shape from 0.9 on ${above(either, 0.8)}; the original is the closest of all in ${((100 * first) / found.length).toFixed(1)} %`,
  )
}

/** The function of that name that comes as the same among those of that name. */
function sameIn(tree: SyntaxTree, { name, tree: before, row }: Pick<ReadFunction, 'name' | 'tree' | 'row'>) {
  const place = [...functionsOf(before)].filter(it => it.name === name).findIndex(it => it.row === row)
  return [...functionsOf(tree)].filter(it => it.name === name)[place]
}

function termsOfText(text: string, fn: ReadFunction): Terms | undefined {
  const tree = parser.parseOnce(text, fn.tree.grammar)
  const it = tree && sameIn(tree, fn)
  return it && new TermReader(tree).termsOf(it)
}

/** The whole file with other names for variables that live in the function, and without a piece of it. */
function renamed(fn: ReadFunction, share: number, without?: readonly [number, number]): string | undefined {
  const { tree, row } = fn
  const { bindingOf, bindingScope, bindingRow, scopeRow } = resolveNames(tree)
  const names = new Map<number, string>()
  let text = ''
  let from = 0
  for (let at = row + 1; at < tree.after[row]!; at++) {
    const binding = bindingOf[at]!
    if (binding < 0 || tree.name[at] === 0 || /^(self|this|cls)$/.test(tree.names[tree.name[at]!]!)) continue
    const home = scopeRow[bindingScope[binding]!]!
    if (home < row || home >= tree.after[row]! || bindingRow[binding]! <= row) continue
    if (!names.has(binding)) {
      const other = all[Math.floor(random() * all.length)]!
      const words = [...other.terms.keys()].filter(it => it[0] === 'x')
      const word = words[Math.floor(random() * words.length)]?.slice(1) ?? 'other'
      names.set(binding, random() < share ? `${word}${binding}` : '')
    }
    const name = names.get(binding)
    if (!name || tree.start[at]! < from) continue
    text += tree.text.slice(from, tree.start[at]!) + name
    from = tree.end[at]!
  }
  if (names.size === 0) return undefined
  if (without) return withoutNear(fn, text + tree.text.slice(from), without)
  return text + tree.text.slice(from)
}

/** Once names have changed their length, a piece has another place: takes out the one nearest to where it stood. */
function withoutNear(
  fn: ReadFunction,
  text: string,
  [start, end]: readonly [number, number],
): string | undefined {
  const tree = parser.parseOnce(text, fn.tree.grammar)
  const it = tree && sameIn(tree, fn)
  if (!it) return undefined
  const share = (start - fn.start) / (fn.end - fn.start)
  const again = statementsOf({ ...fn, tree, row: it.row }).find(
    node => Math.abs((node.start - it.start) / (it.end - it.start) - share) < 0.1 && end > start,
  )
  return again && text.slice(0, again.start) + text.slice(again.end)
}

function withoutOne(fn: ReadFunction): string | undefined {
  const range = withoutOneRange(fn)
  return range && fn.tree.text.slice(0, range[0]) + fn.tree.text.slice(range[1])
}

function withoutOneRange(fn: ReadFunction): readonly [number, number] | undefined {
  const statements = statementsOf(fn)
  const one = statements[Math.floor(random() * statements.length)]
  return one && [one.start, one.end]
}

function statementsOf(fn: Pick<ReadFunction, 'tree' | 'row'>): SyntaxNode[] {
  const body = new SyntaxNode(new Reader(fn.tree), fn.row).child('body')
  const statements = body?.kind === 'Block' ? body.children('statement') : []
  return statements.length >= 3 ? statements : []
}
