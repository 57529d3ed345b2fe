// Functions as the encoder of the bug finder takes them, their own names masked: those to learn from, and those to judge by.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hash32 } from '../../../../server/src/base/digest.ts'
import { FEATURES, featuresOf } from '../../../../server/src/inference/function-features.ts'
import { tokenize } from '../../../../server/src/inference/function-tokens/tokenize.ts'
import type { FunctionTokens } from '../../../../server/src/inference/function-tokens/tokens.ts'
import { wordsOf } from '../../../../server/src/inference/similarity/words.ts'
import { Vocabulary } from '../../../../server/src/inference/vocabulary.ts'
import { functionsOf, type NamedFunction } from '../../../../server/src/semantics/functions.ts'
import { resolveNames } from '../../../../server/src/semantics/resolve-names.ts'
import type { Scopes } from '../../../../server/src/semantics/scopes.ts'
import type { SyntaxTree } from '../../../../server/src/syntax/tree.ts'
import { languageOfGrammar } from '../../code-files.ts'
import { fileNameOf, readRepositories } from '../../repositories.ts'
import type { Material } from '../material.ts'
import { startParser, treesBelow } from '../read-functions.ts'

/** Of longer functions the beginning: attention costs the square of the length, and most functions are far shorter. */
const MOST_TOKENS = 256
/** Longer than this, and it is a table rather than a function; it gets a vector of nothing. */
const MOST_READ = 8192
/** As in `weigh.ts`: fewer rows are a getter, a wrapper, or a stub. */
const LEAST_ROWS = 15
/** A name that more repositories have is what everything is called, such as `on error`. */
const MOST_OWNERS = 12

const LANGUAGES = ['python', 'javascript', 'typescript', 'rust']

/** What `train.py` reads of a function: where its tokens begin and how many there are, its language, repository and name. */
interface Row {
  readonly tokens: Uint16Array
  readonly language: number
  readonly repository: number
  readonly name: number
}

/**
 * Functions of the training repositories that have the same specific name as one of another repository. Writes `learning.*`;
 * `files` of each repository, as `weigh.ts` takes them.
 */
export async function extractLearning(data: string, out: string, files: number): Promise<void> {
  if (existsSync(join(out, 'learning.json'))) return
  const parser = await startParser()
  const encoder = new Encoder()
  const byName = new Map<string, Row[]>()
  let repositories = 0
  let read = 0
  for (const { repository, split } of readRepositories()) {
    const folder = join(data, 'snapshots', fileNameOf(repository), 'now')
    if (split !== 'training' || !existsSync(folder)) continue
    repositories++
    const known = new Set<string>()
    for (const { tree } of treesBelow(parser, folder, { files, order: hash32 })) {
      for (const fn of functionsOf(tree)) {
        if (tree.after[fn.row]! - fn.row < LEAST_ROWS) continue
        read++
        const words = wordsOf(fn.name)
        const language = LANGUAGES.indexOf(languageOfGrammar(tree.grammar))
        const name = words.join(' ')
        // One of a repository and language: its overloads and copies would be pairs that teach nothing.
        if (words.length < 2 || known.has(`${language} ${name}`)) continue
        known.add(`${language} ${name}`)
        const row = {
          tokens: encoder.encode(tree, fn),
          language,
          repository: repositories,
          name: hash32(name),
        }
        const rows = byName.get(name)
        if (rows) rows.push(row)
        else byName.set(name, [row])
      }
    }
  }
  const shared = [...byName.values()].filter(rows => {
    const owners = new Set(rows.map(it => it.repository)).size
    return owners >= 2 && owners <= MOST_OWNERS
  })
  console.log(`${read} functions of ${repositories} repositories; ${shared.length} names are shared`)
  write(out, 'learning', shared.flat())
}

/** All functions of a set in the order of `material.functions`, of which `compare.ts` finds the vectors again. */
export function extractMaterial(material: Material, out: string): void {
  if (existsSync(join(out, `${material.name}.json`))) return
  const encoder = new Encoder()
  const rows: Row[] = []
  for (const [language, all] of material.functions)
    for (const fn of all)
      rows.push({
        tokens: encoder.encode(fn.tree, fn),
        language: LANGUAGES.indexOf(language),
        repository: 0,
        name: hash32(fn.name),
      })
  write(out, material.name, rows)
}

/** Turns functions into numbers; remembers the names of the tree that it read last. */
class Encoder {
  readonly #vocabulary = new Vocabulary(
    JSON.parse(readFileSync(new URL('../../../bug-finder/tokenizer.json', import.meta.url), 'utf8')).pieces,
  )
  #last: { readonly tree: SyntaxTree; readonly scopes: Scopes } | undefined

  /** `FEATURES + 2` numbers a token: its features, its variable, its statement. */
  encode(tree: SyntaxTree, fn: NamedFunction): Uint16Array {
    if (this.#last?.tree !== tree) this.#last = { tree, scopes: resolveNames(tree) }
    const tokens = tokenize({ tree, scopes: this.#last.scopes, row: fn.row }, MOST_READ)
    if (!tokens) return new Uint16Array(0)
    const count = Math.min(tokens.count, MOST_TOKENS)
    const features = featuresOf(withoutName(tokens, fn.name), this.#vocabulary)
    const rows = new Uint16Array(count * (FEATURES + 2))
    for (let i = 0; i < count; i++) {
      const at = i * (FEATURES + 2)
      rows.set(features.subarray(i * FEATURES, (i + 1) * FEATURES), at)
      rows[at + FEATURES] = tokens.symbol[i]!
      rows[at + FEATURES + 1] = tokens.statement[i]!
    }
    return rows
  }
}

/** Also where it calls itself. That something stands there remains, as it does for the baseline. */
function withoutName(tokens: FunctionTokens, name: string): FunctionTokens {
  const words = tokens.words.map(it => (it === name || it === `#${name}` ? '' : it))
  return { ...tokens, words }
}

function write(out: string, name: string, rows: readonly Row[]): void {
  mkdirSync(out, { recursive: true })
  const functions: number[] = []
  let from = 0
  for (const it of rows) {
    const count = it.tokens.length / (FEATURES + 2)
    functions.push(from, count, it.language, it.repository, it.name)
    from += count
  }
  const bytes = rows.map(({ tokens }) => Buffer.from(tokens.buffer, tokens.byteOffset, tokens.byteLength))
  writeFileSync(join(out, `${name}.tokens.bin`), Buffer.concat(bytes))
  writeFileSync(join(out, `${name}.functions.bin`), Buffer.from(Float64Array.from(functions).buffer))
  // Last, for it says that the others are whole.
  const about = { functions: rows.length, tokens: from, features: FEATURES, columns: 5 }
  writeFileSync(join(out, `${name}.json.part`), JSON.stringify(about))
  renameSync(join(out, `${name}.json.part`), join(out, `${name}.json`))
  console.log(`${name}: ${rows.length} functions, ${from} tokens`)
}
