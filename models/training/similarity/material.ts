// Functions that are known to be the same in two languages: only ever used to judge, never to learn from.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hash32 } from '../../../server/src/base/digest.ts'
import { wordsOf } from '../../../server/src/inference/similarity/words.ts'
import { grammarOfPath } from '../code-files.ts'
import { Blobs, entriesOf } from '../git.ts'
import { fileNameOf, mirrorOrClone } from '../repositories.ts'
import { functionsBelow, type ReadFunction, startParser } from './read-functions.ts'

export type SetName = 'algorithms' | 'exercises'

/** A function and all those of another language that are the same. */
export interface Question {
  readonly from: ReadFunction
  readonly language: string
  readonly answers: ReadonlySet<number>
  /** One half is for choosing numbers, the other for judging them. */
  readonly half: 'tuning' | 'judging'
}

export interface Material {
  readonly name: SetName
  /** By language; an answer is a place in the list of its language. */
  readonly functions: ReadonlyMap<string, readonly ReadFunction[]>
  readonly questions: readonly Question[]
}

interface Listed {
  readonly repository: string
  readonly commit: string
  readonly licence: string
}

/** Fewer rows than this are nothing to be recognised by. */
const LEAST_ROWS = 15

/** Names that everything has; what is called so is not the same for that. */
const GENERIC = new Set(
  (
    'main solution solve test run print insert delete push pop add remove get set find search display size length isempty ' +
    'new constructor init next update clear peek swap tostring str repr default from fmt contains reverse value calculate ' +
    'helper traverse append sort hash'
  ).split(' '),
)

/**
 * - `algorithms`: by equal specific names, anywhere in projects that explain algorithms; other authors, other code
 * - `exercises`: by the same problem and name, in one project that solves problems in several languages
 */
export async function readMaterial(name: SetName, data: string, mirrors: string): Promise<Material> {
  const list = JSON.parse(readFileSync(new URL('material.json', import.meta.url), 'utf8')) as Record<
    SetName,
    readonly Listed[]
  >
  const parser = await startParser()
  const functions = new Map<string, ReadFunction[]>()
  for (const it of list[name]) {
    const folder = join(data, 'similarity', 'material', fileNameOf(it.repository))
    await lay(it, folder, mirrors)
    for (const fn of functionsBelow(parser, folder, LEAST_ROWS)) {
      const known = functions.get(fn.language)
      if (known) known.push(fn)
      else functions.set(fn.language, [fn])
    }
  }
  return name === 'algorithms'
    ? { name, functions, questions: [...questionsOf(functions, specificName, 2)] }
    : {
        name,
        functions: onlyWithRust(functions),
        questions: [...questionsOf(onlyWithRust(functions), problemAndName, 3)],
      }
}

function specificName({ name }: ReadFunction): string | undefined {
  const plain = wordsOf(name).join('')
  return plain.length >= 4 && !GENERIC.has(plain) ? plain : undefined
}

function problemAndName({ path, name }: ReadFunction): string {
  return `${dirname(path)} ${wordsOf(name).join('')}`
}

/** Few problems are solved in all languages; with those alone every language has as many to choose among. */
function onlyWithRust(functions: ReadonlyMap<string, readonly ReadFunction[]>): Map<string, ReadFunction[]> {
  const problems = new Set(functions.get('rust')?.map(it => dirname(it.path)))
  return new Map(
    [...functions].map(([language, all]) => [language, all.filter(it => problems.has(dirname(it.path)))]),
  )
}

/** Names that a language has more than `most` times are left out: which of them is meant cannot be known. */
function* questionsOf(
  functions: ReadonlyMap<string, readonly ReadFunction[]>,
  keyOf: (fn: ReadFunction) => string | undefined,
  most: number,
): Generator<Question> {
  const places = new Map<string, Map<string, number[]>>()
  for (const [language, all] of functions) {
    const byKey = new Map<string, number[]>()
    all.forEach((fn, i) => {
      const key = keyOf(fn)
      if (key === undefined) return
      const known = byKey.get(key)
      if (known) known.push(i)
      else byKey.set(key, [i])
    })
    for (const [key, all] of byKey) if (all.length > most) byKey.delete(key)
    places.set(language, byKey)
  }
  for (const [from, own] of places)
    for (const [to, others] of places) {
      if (from === to) continue
      for (const [key, all] of own) {
        const answers = others.get(key)
        if (!answers) continue
        const half = hash32(key) & 1 ? 'tuning' : 'judging'
        for (const i of all)
          yield { from: functions.get(from)![i]!, language: to, answers: new Set(answers), half }
      }
    }
}

async function lay({ repository, commit }: Listed, folder: string, mirrors: string): Promise<void> {
  const done = `${folder}.done`
  if (existsSync(done)) return
  const mirror = mirrorOrClone(mirrors, repository)
  if (!mirror) throw new Error(`${repository} cannot be had`)
  const wanted = entriesOf(mirror, commit).filter(
    it => it.size > 0 && grammarOfPath(it.path) !== undefined && !it.path.split('/').includes('..'),
  )
  const blobs = new Blobs(mirror)
  let next = 0
  for await (const blob of blobs.readAll(wanted.map(it => it.blob))) {
    const { path } = wanted[next++]!
    if (!blob) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), blob)
  }
  blobs.close()
  writeFileSync(done, commit)
}
