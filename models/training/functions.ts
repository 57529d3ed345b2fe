// Reads the functions of all snapshots with the server's own extractor: first the vocabulary, then what training reads.
//
//   node --import tsx models/training/functions.ts vocabulary   → models/bug-finder/tokenizer.json
//   node --import tsx models/training/functions.ts encode       → DATA/functions/<owner>+<name>/{tokens,functions,symbols}.bin
//   node --import tsx models/training/functions.ts fixes        → DATA/fixed/<owner>+<name>/…, from the mined fixes
//
// `--data DIR` says where DATA lies (models/training/.data). What is there already is not made again.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hash32 } from '../../server/src/base/digest.ts'
import { DiskGrammars } from '../../server/src/host/node/grammars.ts'
import { BUG_KINDS, CHOICES, choicesOf, GROUPS, siteOf } from '../../server/src/inference/choices.ts'
import {
  BINDING_FEATURE,
  BINDING_FROM,
  FEATURES,
  featuresOf,
  MOST_PIECES,
  SYMBOL_FEATURE,
  SYMBOL_SLOTS,
  SYMBOLS_FROM,
  TABLE_ROWS,
} from '../../server/src/inference/function-features.ts'
import { functionsOf } from '../../server/src/inference/function-tokens/functions.ts'
import type { FunctionTokens } from '../../server/src/inference/function-tokens/tokens.ts'
import { LONGEST_PIECE, PIECES, subwords, Vocabulary } from '../../server/src/inference/vocabulary.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import { type Grammar, LANGUAGES } from '../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../server/src/syntax/parser.ts'
import { type Bug, bugBetween } from './bug_finder/token-bug.ts'
import { type MinedFix, minedRepositories, readFixes } from './mined-fixes.ts'
import { laidOut, snapshotFiles } from './snapshots.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: new URL('.data', import.meta.url).pathname } },
})
const data = values.data
const model = new URL('../bug-finder/', import.meta.url).pathname
const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../dist/grammars/', import.meta.url)))
for (const grammar of LANGUAGES) await parser.load(grammar)

/** Whole subwords where they are common in many repositories, and the commonest beginnings and middles of the others. */
function vocabulary(): void {
  const words = new Map<string, { count: number; repositories: number; last: string }>()
  for (const repository of laidOut(data, 'training')) {
    for (const { tokens } of functionsIn(repository))
      for (const name of [...tokens.words, ...tokens.expected])
        for (const word of subwords(name)) {
          const known = words.get(word)
          if (!known) words.set(word, { count: 1, repositories: 1, last: repository })
          else {
            known.count++
            if (known.last !== repository) {
              known.repositories++
              known.last = repository
            }
          }
        }
    process.stderr.write(`${repository}: ${words.size} words\n`)
  }
  const pieces = new Map<string, number>()
  const ranked = [...words].sort((a, b) => weight(b[1]) - weight(a[1]) || (a[0] < b[0] ? -1 : 1))
  // What the model may put in a place must be told apart, however rare it is.
  const whole = [...new Set([...CHOICES, ...ranked.slice(0, WHOLE_WORDS).map(([word]) => word)])]
  for (const [word, { repositories }] of ranked.slice(WHOLE_WORDS))
    for (let from = 0; from < word.length; from++)
      for (let to = from + 1; to <= Math.min(word.length, from + LONGEST_PIECE); to++) {
        const piece = word.slice(from, to)
        pieces.set(piece, (pieces.get(piece) ?? 0) + repositories * (to - from))
      }
  const parts = [...pieces]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([piece]) => `#${piece}`)
  const single = parts.filter(it => [...it].length === 2 && /^#[\x21-\x7e]$/.test(it))
  const longer = parts.filter(it => it.length > 2)
  const all = ['', ...whole, ...single, ...longer].slice(0, MOST_PIECES)
  mkdirSync(model, { recursive: true })
  writeFileSync(join(model, 'tokenizer.json'), `${JSON.stringify({ pieces: all })}\n`)
  process.stderr.write(`${all.length} pieces, ${whole.length} of them whole words\n`)
}

/** How many of the pieces are whole subwords. */
const WHOLE_WORDS = 7000

function weight({ count, repositories }: { count: number; repositories: number }): number {
  return repositories < 3 ? 0 : Math.log(count) + 2 * Math.log(repositories)
}

function encode(): void {
  const known = new Vocabulary(JSON.parse(readFileSync(join(model, 'tokenizer.json'), 'utf8')).pieces)
  mkdirSync(join(data, 'functions'), { recursive: true })
  writeLayout()
  for (const repository of laidOut(data)) {
    const folder = join(data, 'functions', repository)
    if (existsSync(folder)) continue
    const rows = new Rows(known)
    for (const { tokens, grammar, path } of functionsIn(repository)) rows.add(tokens, grammar, path)
    rows.write(folder)
    process.stderr.write(`${repository}: ${rows.count} functions\n`)
  }
}

/** Two functions a fix, the broken one first; `functions.bin` says which token is wrong and what belongs there. */
function fixes(): void {
  const known = new Vocabulary(JSON.parse(readFileSync(join(model, 'tokenizer.json'), 'utf8')).pieces)
  let used = 0
  let all = 0
  for (const repository of minedRepositories(data)) {
    const folder = join(data, 'fixed', repository)
    if (existsSync(folder)) continue
    const rows = new Rows(known)
    const notes: unknown[] = []
    for (const fix of readFixes(data, repository)) {
      all++
      const pair = fixedPair(fix)
      if (!pair) continue
      used++
      rows.add(pair.before, fix.language, fix.path, pair.bug)
      rows.add(pair.after, fix.language, fix.path)
      const { before: _, after: __, ...rest } = fix
      notes.push({ ...rest, ...pair.bug, index: rows.count - 2 })
    }
    rows.write(folder)
    writeFileSync(join(folder, 'fixes.json'), JSON.stringify(notes))
    process.stderr.write(`${repository}: ${notes.length}\n`)
  }
  process.stderr.write(`${used} of ${all} fixes can be told by one token\n`)
}

/** The two versions when they differ in one token that is a site, as they do for the kinds that the bug finder knows. */
function fixedPair(fix: MinedFix): { before: FunctionTokens; after: FunctionTokens; bug: Bug } | undefined {
  const before = functionAround(fix.before, fix.language, fix.beforeRange)
  const after = functionAround(fix.after, fix.language, fix.afterRange)
  const bug = before && after && bugBetween(before, after)
  return bug && { before, after, bug }
}

function functionAround(
  text: string,
  grammar: Grammar,
  range: readonly [number, number],
): FunctionTokens | undefined {
  const tree = parser.parseOnce(text, grammar)
  if (!tree) return undefined
  return functionsOf(tree, resolveNames(tree)).find(it => it.start <= range[0] && range[1] <= it.end)
}

/** What training reads: plain columns of one repository. */
class Rows {
  readonly #vocabulary: Vocabulary
  readonly #tokens: Uint16Array[] = []
  readonly #functions: number[] = []
  readonly #symbols: number[] = []
  readonly #paths: string[] = []
  #tokenCount = 0
  count = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  add(tokens: FunctionTokens, grammar: Grammar, path: string, bug?: Bug): void {
    const { count, symbol, statement, site, choice, symbols } = tokens
    const features = featuresOf(tokens, this.#vocabulary)
    const width = FEATURES + TOKEN_COLUMNS.length
    const rows = new Uint16Array(count * width)
    for (let i = 0; i < count; i++) {
      rows.set(features.subarray(i * FEATURES, (i + 1) * FEATURES), i * width)
      const at = i * width + FEATURES
      rows[at] = symbol[i]!
      rows[at + 1] = Math.min(statement[i]!, 65535)
      rows[at + 2] = site[i]!
      rows[at + 3] = choice[i]!
      rows[at + 4] = tokens.uses[i]!
      rows[at + 5] = tokens.properties[i]! & 0xffff
      rows[at + 6] = tokens.properties[i]! >>> 16
    }
    this.#tokens.push(rows)
    this.#functions.push(
      ...[this.#tokenCount, count, this.#symbols.length / SYMBOL_COLUMNS.length, symbols.length],
      ...[LANGUAGE_NUMBERS[grammar]!, bug?.token ?? -1, bug?.repair ?? -1, tokens.start, this.#path(path)],
    )
    for (const it of symbols) {
      const pieces = [...this.#vocabulary.cut(it.name), 0, 0, 0, 0, 0].slice(0, PIECES)
      this.#symbols.push(
        ...[it.isVariable ? 1 : 0, it.kind, it.from, it.until, it.uses, it.properties],
        ...[it.type === '' ? 0 : hash32(it.type) | 1, hash32(it.name), ...pieces],
      )
    }
    this.#tokenCount += count
    this.count++
  }

  write(folder: string): void {
    const part = `${folder}.part`
    mkdirSync(part, { recursive: true })
    writeFileSync(join(part, 'tokens.bin'), Buffer.concat(this.#tokens.map(it => Buffer.from(it.buffer))))
    writeFileSync(join(part, 'functions.bin'), Buffer.from(Int32Array.from(this.#functions).buffer))
    writeFileSync(join(part, 'symbols.bin'), Buffer.from(Int32Array.from(this.#symbols).buffer))
    writeFileSync(join(part, 'paths.json'), JSON.stringify(this.#paths))
    renameSync(part, folder)
  }

  #path(path: string): number {
    if (this.#paths.at(-1) !== path) this.#paths.push(path)
    return this.#paths.length - 1
  }
}

const TOKEN_COLUMNS = ['symbol', 'statement', 'site', 'choice', 'uses', 'propertiesLow', 'propertiesHigh']
const FUNCTION_COLUMNS = [
  'from',
  'count',
  'symbolsFrom',
  'symbols',
  'language',
  'bugToken',
  'bugRepair',
  'start',
  'path',
]
const SYMBOL_COLUMNS = [
  ...['isVariable', 'kind', 'from', 'until', 'uses', 'properties', 'type', 'name'],
  ...['piece0', 'piece1', 'piece2', 'piece3', 'piece4'],
]
const LANGUAGE_NUMBERS: Readonly<Partial<Record<Grammar, number>>> = {
  python: 0,
  javascript: 1,
  typescript: 2,
  tsx: 2,
  rust: 3,
}

/** Everything about the numbers that the Python side needs to know. */
function writeLayout(): void {
  const sites = Object.fromEntries(GROUPS.map(it => [it, { site: siteOf(it), ...choicesOf(siteOf(it)) }]))
  const pieces = JSON.parse(readFileSync(join(model, 'tokenizer.json'), 'utf8')).pieces as string[]
  const choicePieces = CHOICES.map(it => [...new Vocabulary(pieces).cut(it), 0, 0, 0, 0, 0].slice(0, PIECES))
  writeFileSync(
    join(data, 'functions', 'layout.json'),
    `${JSON.stringify({
      ...{ features: FEATURES, pieces: PIECES, tableRows: TABLE_ROWS, symbolSlots: SYMBOL_SLOTS },
      ...{ symbolsFrom: SYMBOLS_FROM, symbolFeature: SYMBOL_FEATURE },
      ...{
        bindingFeature: BINDING_FEATURE,
        bindingFrom: BINDING_FROM,
        choices: CHOICES,
        choicePieces,
        sites,
      },
      ...{ bugKinds: BUG_KINDS, languages: ['python', 'javascript', 'typescript', 'rust'] },
      ...{ tokenColumns: TOKEN_COLUMNS, functionColumns: FUNCTION_COLUMNS, symbolColumns: SYMBOL_COLUMNS },
    })}\n`,
  )
}

function* functionsIn(
  repository: string,
): Generator<{ readonly tokens: FunctionTokens; readonly grammar: Grammar; readonly path: string }> {
  for (const { path, grammar, text } of snapshotFiles(data, repository)) {
    const tree = parser.parseOnce(text, grammar)
    if (!tree) continue
    for (const tokens of functionsOf(tree, resolveNames(tree))) yield { tokens, grammar, path }
  }
}

const commands: Readonly<Record<string, () => void>> = { vocabulary, encode, fixes }
const command = commands[positionals[0] ?? '']
if (!command) {
  process.stderr.write(`usage: functions.ts ${Object.keys(commands).join(' | ')}\n`)
  process.exit(64)
}
command()
