// Whether copies are known as copies: functions of real repositories are copied with another layout and other comments (type 1) and
// with other names and values (type 2), and nearly copied, with one thing changed that makes it another function.
//
//   node --import tsx test/precision/clones.ts --repositories DIR [--count N] [--seed N] [--write]
//
// DIR holds checkouts; so many functions of 40 nodes and more are taken from all of them. `--write` keeps the counts in
// clones.json, from which the page of benchmarks is written.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { isCode } from '../../server/src/features/analyse-file.ts'
import { type DescribedFunction, describeFunctions } from '../../server/src/features/described-functions.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { isTestFile, LEAST_NODES } from '../../server/src/features/similar-functions.ts'
import { loadTermWeights } from '../../server/src/host/node/similarity-model.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import { KIND_CODE } from '../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../server/src/syntax/tree.ts'
import { applyEdits, type TextEdit } from '../../server/src/text/document.ts'
import { testParser } from '../support/engine.ts'
import { generator } from '../support/random-edits.ts'

export interface CloneCounts {
  readonly repositories: readonly string[]
  readonly functions: number
  /** Copies of each type, those that were known as such, and near copies that were taken for one. */
  readonly types: readonly {
    readonly copies: number
    readonly known: number
    readonly mistaken: number
    readonly near: number
  }[]
}

type Random = (below: number) => number

interface Subject {
  readonly path: string
  readonly text: string
  readonly fn: DescribedFunction
}

const OTHER: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '<': '<=',
  '>': '>=',
  '<=': '<',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
  and: 'or',
  or: 'and',
  '&&': '||',
  '||': '&&',
}

const { values } = parseArgs({
  options: {
    repositories: { type: 'string' },
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
})
if (!values.repositories) throw new Error('--repositories names a folder of checkouts')
const parser = await testParser()
const weights = loadTermWeights({})
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)
const random = generator(Number(values.seed))
const repositories = readdirSync(values.repositories).sort()
const subjects = sample(repositories.flatMap(it => [...subjectsIn(join(values.repositories!, it))]))

const VARIANTS: readonly { readonly type: 1 | 2; readonly isCopy: boolean; readonly edit: Edit }[] = [
  { type: 1, isCopy: true, edit: relaid },
  { type: 2, isCopy: true, edit: renamed },
  { type: 1, isCopy: false, edit: nearly },
  { type: 2, isCopy: false, edit: renamedNearly },
]
const types = [1, 2].map(() => ({ copies: 0, known: 0, mistaken: 0, near: 0 }))
for (const it of subjects) {
  const tree = parser.parseOnce(it.text, grammarOf(languageOf(it.path)!, it.path)!)!
  for (const { type, isCopy, edit } of VARIANTS) {
    const other = describedAfter(it, edit(tree, it.fn, random))
    if (!other) continue
    const count = types[type - 1]!
    const isTaken = type === 1 ? other.exact === it.fn.exact : other.renamed === it.fn.renamed
    if (isCopy) {
      count.copies++
      if (isTaken) count.known++
      else if (process.env.SHOW) console.log(it.path, it.fn.name, type)
    } else {
      count.near++
      if (isTaken) count.mistaken++
    }
  }
}
const counts: CloneCounts = { repositories, functions: subjects.length, types }
for (const [i, { copies, known, near, mistaken }] of types.entries()) {
  const share = (a: number, b: number) => `${((100 * a) / b).toFixed(1)} %`
  console.log(
    `type ${i + 1}: recall ${share(known, copies)} of ${copies}, precision ${share(known, known + mistaken)} (${mistaken} of ${near} near copies taken for one)`,
  )
}
if (values.write)
  writeFileSync(new URL('clones.json', import.meta.url), `${JSON.stringify(counts, null, 2)}\n`)

type Edit = (tree: SyntaxTree, fn: DescribedFunction, random: Random) => TextEdit[]

/** Empty lines, comments and trailing blanks between the lines. */
function relaid(tree: SyntaxTree, { start, end, language }: DescribedFunction, random: Random): TextEdit[] {
  const edits: TextEdit[] = []
  const inside = literals(tree)
  for (let at = tree.text.indexOf('\n', start); at !== -1 && at < end; at = tree.text.indexOf('\n', at + 1)) {
    if (inside(at) || tree.text[at - 1] === '\\') continue
    const comment = language === 'python' ? '  # as agreed' : ' // as agreed'
    edits.push({ start: at, end: at, newText: ['', '\n', comment, '   ', `\n\n`][random(5)]! })
  }
  return edits.filter(it => it.newText !== '')
}

function renamedNearly(...given: Parameters<Edit>): TextEdit[] {
  const changed = nearly(...given)
  return changed.length > 0 ? [...renamed(...given), ...changed] : []
}

/** Every parameter and variable of its own by another name; other numbers. */
function renamed(tree: SyntaxTree, { start, end }: DescribedFunction, random: Random): TextEdit[] {
  const scopes = resolveNames(tree)
  const edits: TextEdit[] = []
  const numbers = new Map<number, string>()
  // What is a property as well cannot be renamed by itself.
  const tied = new Set<number>()
  for (let row = 0; row < tree.rows; row++)
    if (scopes.bindingOf[row]! >= 0 && !isPlain(tree, row)) tied.add(scopes.bindingOf[row]!)
  for (let row = 0; row < tree.rows; row++) {
    const [from, to] = [tree.start[row]!, tree.end[row]!]
    if (from < start || to > end) continue
    if (tree.kind[row] === KIND_CODE.Number && /^\d+$/.test(tree.text.slice(from, to))) {
      edits.push({ start: from, end: to, newText: String(random(900) + 1) })
      continue
    }
    const binding = scopes.bindingOf[row]!
    if (binding < 0) continue
    const declared = scopes.bindingRow[binding]!
    if (tied.has(binding) || !isOwn(tree, declared, start, end)) continue
    // A component begins with a capital, or it is another thing.
    const stem = /^[A-Z]/.test(tree.text[from]!) ? 'Renamed' : 'renamed'
    if (!numbers.has(binding)) numbers.set(binding, `${stem}${numbers.size}`)
    edits.push({ start: from, end: to, newText: numbers.get(binding)! })
  }
  // What is named inside of strings, or stands for a property as well, cannot be renamed by one place alone.
  return scopes.implicitReads.length > 0 ? [] : edits
}

function isOwn(tree: SyntaxTree, declared: number, start: number, end: number): boolean {
  const at = tree.start[declared]!
  // Not the function's own name.
  return at > start && at < end && tree.kind[tree.parent[declared]!] !== KIND_CODE.Function
}

/** `{ name }` and `f(name=…)` are more than a name. */
function isPlain(tree: SyntaxTree, row: number): boolean {
  const type = (at: number) => tree.types[tree.symbol[at]!]!
  return tree.kind[row] === KIND_CODE.Name && !/shorthand/.test(`${type(row)} ${type(tree.parent[row]!)}`)
}

/** One operator is another one; where there is none, one call has an argument more. */
function nearly(tree: SyntaxTree, { start, end }: DescribedFunction, random: Random): TextEdit[] {
  const places: TextEdit[] = []
  const calls: TextEdit[] = []
  for (let row = 0; row < tree.rows; row++) {
    if (tree.start[row]! < start || tree.end[row]! > end) continue
    if (tree.kind[row] === KIND_CODE.Binary) {
      const children = childrenOf(tree, row)
      const [left, right] = [children[0], children.at(-1)]
      if (left === undefined || right === undefined || left === right) continue
      const gap = tree.text.slice(tree.end[left]!, tree.start[right]!)
      const other = OTHER[gap.trim()]
      if (!other) continue
      const from = tree.end[left]! + gap.indexOf(gap.trim())
      places.push({ start: from, end: from + gap.trim().length, newText: other })
    } else if (tree.kind[row] === KIND_CODE.Call && tree.text[tree.end[row]! - 1] === ')') {
      const at = tree.end[row]! - 1
      const isEmpty = /\(\s*$/.test(tree.text.slice(tree.start[row]!, at))
      const hasComma = /,\s*$/.test(tree.text.slice(tree.start[row]!, at))
      calls.push({ start: at, end: at, newText: isEmpty || hasComma ? 'another' : ', another' })
    }
  }
  const from = places.length > 0 ? places : calls
  return from.length > 0 ? [from[random(from.length)]!] : []
}

function childrenOf(tree: SyntaxTree, row: number): number[] {
  const children: number[] = []
  for (let it = row + 1; it < tree.after[row]!; it = tree.after[it]!) children.push(it)
  return children
}

/** Tells whether an offset lies within a literal, where a layout is a value. */
function literals(tree: SyntaxTree): (at: number) => boolean {
  const ranges: (readonly [number, number])[] = []
  const codes: readonly number[] = [KIND_CODE.String, KIND_CODE.Template, KIND_CODE.Regex, KIND_CODE.Comment]
  for (let row = 0; row < tree.rows; row++) {
    const type = tree.types[tree.symbol[row]!]!
    if (codes.includes(tree.kind[row]!) || /jsx|template|string|macro|token_tree/.test(type))
      ranges.push([tree.start[row]!, tree.end[row]!])
  }
  return at => ranges.some(([from, to]) => at > from && at < to)
}

/** The function as it is read after edits; undefined where nothing was edited, or it cannot be found any more. */
function describedAfter(
  { path, text, fn }: Subject,
  edits: readonly TextEdit[],
): DescribedFunction | undefined {
  const sorted = [...edits].sort((a, b) => a.start - b.start)
  if (sorted.length === 0 || sorted.some((it, i) => i > 0 && it.start < sorted[i - 1]!.end)) return undefined
  const after = describeFunctions(parser, path, languageOf(path)!, applyEdits(text, sorted), weights as never)
  return after.find(it => it.start === fn.start && it.name === fn.name)
}

function* subjectsIn(root: string): Generator<Subject> {
  for (const file of walk(
    root,
    it => isCode(languageOf(it) ?? 'text'),
    () => {},
  )) {
    const path = relative(root, file)
    if (isTestFile(path)) continue
    const text = readFileSync(file, 'utf8')
    if (text.length > 200_000) continue
    for (const fn of describeFunctions(parser, path, languageOf(path)!, text, weights as never))
      if (fn.size >= LEAST_NODES) yield { path: file, text, fn }
  }
}

function sample(all: readonly Subject[]): Subject[] {
  const left = [...all]
  const chosen: Subject[] = []
  while (chosen.length < Number(values.count) && left.length > 0)
    chosen.push(...left.splice(random(left.length), 1))
  return chosen
}
