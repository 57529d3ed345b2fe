// Makes what the model learns from and is judged by:
//   node --import tsx models/training/secrets/examples.ts [--data DIR]
//
// Texts of real code that are no credentials, and made-up credentials in the places where real code keeps real ones. Both are cut
// by repository; made-up ones also by the provider's format, and by the pattern of the name.

import { createWriteStream, writeFileSync } from 'node:fs'
import {
  ALPHABET,
  encode,
  LENGTH,
  MEASURES,
  type SecretInput,
} from '../../../server/src/inference/tasks/is-secret.ts'
import { mayBeCredential } from '../../../server/src/rules/support/random-text.ts'
import { isPasswordName, isSecretName } from '../../../server/src/rules/support/secret-names.ts'
import { wordsOf } from '../../../server/src/rules/support/words.ts'
import type { Split } from '../repositories.ts'
import { DATA_TEXTS, FORMATS, type Format, PUBLIC } from './formats.ts'
import { lookOf } from './judge.ts'
import { DATA, type Literal, readLiterals } from './literals.ts'
import { Random } from './random.ts'

/** One example, as `evaluate.ts` reads it. */
export interface Example {
  readonly split: Split
  readonly isCredential: boolean
  /** Where it is from: `real` code, `made` up, or a `trap`: made up to look like one and be none. */
  readonly origin: 'real' | 'made' | 'trap'
  readonly repository: string
  readonly path: string
  readonly format: string
  readonly group: string
  /** The name follows a pattern that was kept from training. */
  readonly isUnseenName: boolean
  /** In tests or examples, where no rule looks. */
  readonly isAside: boolean
  readonly input: SecretInput
}

/** How many are made up. Real texts are few against these and are shown more often: `train.py`. */
const MADE: Readonly<Record<Split, number>> = { training: 60_000, validation: 3_000, 'held-out': 6_000 }
const TRAPS: Readonly<Record<Split, number>> = { training: 30_000, validation: 1_000, 'held-out': 1_000 }
/** Names of this pattern are seen in no credential of the training. */
const UNSEEN_NAME = /client_?secret|pass_?phrase|signing|webhook/i

interface Places {
  readonly telling: Literal[]
  readonly password: Literal[]
  readonly neutral: Literal[]
  readonly handed: Literal[]
  /** Texts that pass as random and are words, names, versions. */
  readonly harmless: string[]
}

/** Groups by how often they are drawn. */
const MIXTURE = [
  ...Array<string>(8).fill('provider'),
  ...Array<string>(6).fill('plain token'),
  ...Array<string>(4).fill('password'),
  'login in an address',
  'signed token',
  'private key',
]

const GROUPS: Readonly<Record<Split, Record<string, Format[]>>> = {
  training: grouped('training'),
  validation: { ...grouped('training'), ...grouped('validation') },
  'held-out': grouped('held-out'),
}

const TELLING =
  /pass(w|phrase|code)|pwd|secret|token|key|auth|credential|jwt|sign|crypt|dsn|webhook|login|bearer|cert/i
const KEEPS_SECRETS =
  /^authorization$|(api|access|secret|private|signing|encryption|auth|master|client)_?(key|secret|token)$|dsn$|database_?ur[il]$|(db|redis|mongo\w*|broker|postgres\w*|webhook|connection)_?(ur[il]|string)$|credentials?$/i
const ADDRESS_NAME = /ur[il]$|dsn$|string$|webhook/i

const ORIGINS = ['real', 'made', 'trap']

const places: Record<Split, Places> = { training: empty(), validation: empty(), 'held-out': empty() }
const real: Example[] = []
const words = new Set<string>()
const telling = new Set<string>()
for (const it of readLiterals()) sort(it)

const vocabulary = [...words].sort()
const random = new Random(20_250_531)
const files = { training: open('training'), validation: open('validation'), 'held-out': open('held-out') }
const counts: Record<string, Record<string, number>> = {}
for (const it of real) await put(it)
for (const split of ['training', 'validation', 'held-out'] as const) {
  for (let i = 0; i < MADE[split]; i++) await put(makeCredential(split))
  for (let i = 0; i < TRAPS[split]; i++) await put(makeTrap(split))
}
for (const it of Object.values(files)) await it.close()
writeFileSync(
  new URL('shape.json', DATA),
  JSON.stringify({ characters: LENGTH, measures: MEASURES, alphabet: ALPHABET.length + 2 }),
)
console.table(counts)

/** What a literal is good for. */
function sort(it: Literal): void {
  const { split, input, isAside, isCandidate } = it
  const { name, value } = input
  const look = lookOf(input)
  if (isCandidate && look !== 'unclear')
    real.push({
      split,
      isCredential: look === 'credential',
      origin: 'real',
      repository: it.repository,
      path: it.path,
      format: '',
      group: 'real',
      isUnseenName: false,
      isAside,
      input,
    })
  if (split === 'training') for (const word of wordsOf(name)) if (/^[a-z]{4,9}$/.test(word)) words.add(word)
  const of = places[split]
  const isTelling = isPasswordName(name) || isSecretName(name) || KEEPS_SECRETS.test(name)
  if (isTelling && /^[\w$-]+$/.test(name)) {
    // Sites that differ in nothing but the repeated text are one.
    const key = `${it.repository}\0${name}\0${input.context.before}`
    if (telling.has(key)) return
    telling.add(key)
    ;(isPasswordName(name) ? of.password : of.telling).push(it)
  } else if (
    /^(login|connect|authenticate|Client|create_?client|set_?token|set_?api_?key|sign|verify|bearer_auth|basic_auth|with_token|Auth\w*)$/i.test(
      name,
    )
  ) {
    of.handed.push(it)
  } else if (!TELLING.test(name + input.context.before)) {
    if (isCandidate || of.neutral.length < 20_000) of.neutral.push(it)
    if (isCandidate && look === 'none' && /^[A-Za-z]+(?:[-_./: ][A-Za-z]+)*[\d\]]*$/.test(value))
      of.harmless.push(value)
  }
}

/** A made-up credential where real code would keep it. */
function makeCredential(split: Split): Example {
  for (;;) {
    const format = random.pick(GROUPS[split][random.pick(MIXTURE)]!)
    const site = siteFor(format, split)
    if (!site || (split === 'training' && UNSEEN_NAME.test(site.input.name))) continue
    let value = format.make(random, vocabulary)
    if (/^authorization$/i.test(site.input.name))
      value = `${random.pick(['Bearer', 'Bearer', 'Token'])} ${value}`
    let input: SecretInput = { ...site.input, value }
    if (split === 'training' && random.chance(0.4)) input = renamed(input, otherName(input.name))
    if (!mayBeCredential(value) && split === 'training') continue
    return {
      split,
      isCredential: true,
      origin: 'made',
      repository: site.repository,
      path: site.path,
      format: format.name,
      group: format.group,
      isUnseenName: UNSEEN_NAME.test(input.name),
      isAside: site.isAside,
      input,
    }
  }
}

function siteFor(format: Format, split: Split): Literal | undefined {
  const of = places[split]
  if (format.isMarked && random.chance(0.25)) return random.pick(of.neutral)
  if (!format.isMarked && of.handed.length > 0 && random.chance(0.05)) return random.pick(of.handed)
  if (format.group === 'password') return random.pick(of.password)
  if (random.chance(0.15)) return random.pick(of.password)
  for (let i = 0; i < 20; i++) {
    const site = random.pick(of.telling)
    const name = site?.input.name ?? ''
    if (format.group === 'login in an address' ? ADDRESS_NAME.test(name) : !ADDRESS_NAME.test(name))
      return site
  }
  return random.pick(of.telling)
}

/** Something public or harmless where credentials stand, or something random where none stand. */
function makeTrap(split: Split): Example {
  const of = places[split]
  for (;;) {
    const kind = random.between(0, 11)
    const site = random.pick(kind < 8 ? (random.chance(0.5) ? of.telling : of.password) : of.neutral)
    if (!site) continue
    const tokens = GROUPS[split]['plain token']!
    let input: SecretInput
    if (kind < 3) input = { ...site.input, value: random.pick(of.harmless) }
    else if (kind < 4) input = { ...site.input, value: random.pick(PUBLIC)(random) }
    else if (kind < 5) input = { ...site.input, value: stand(site.input.name) }
    else if (kind < 8)
      input = renamed(
        { ...site.input, value: random.pick(tokens).make(random, vocabulary) },
        harmlessName(site.input.name),
      )
    else if (kind < 10) input = { ...site.input, value: random.pick(tokens).make(random, vocabulary) }
    else input = { ...site.input, value: random.pick(DATA_TEXTS)(random) }
    if (!mayBeCredential(input.value)) continue
    return {
      split,
      isCredential: false,
      origin: 'trap',
      repository: site.repository,
      path: site.path,
      format: '',
      group: 'trap',
      isUnseenName: false,
      isAside: site.isAside,
      input,
    }
  }
}

/** What people write so that something stands there: `my-api-key-1`, `s3-token-here2`. */
function stand(name: string): string {
  const own = wordsOf(name).slice(-2)
  const sign = random.pick('-_.')
  const number = random.chance(0.7) ? random.pick(['1', '2', '3', '123', '12345', '42', '01']) : ''
  return [
    random.pick(['my', 'new', 'old', 'some', 'the', 'Test', 'invalid', 'wrong', 'valid', 'super']),
    ...own,
    number,
  ]
    .filter(it => it !== '')
    .join(sign)
}

/** The name of something that belongs to a credential and may be known: its hash, its number, the public half. */
function harmlessName(name: string): string {
  const own = wordsOf(name)
  const other = random.chance(0.5)
    ? [
        ...own,
        random.pick([
          'hash',
          'digest',
          'fingerprint',
          'checksum',
          'etag',
          'sha',
          'thumbprint',
          'hashed',
          'hmac',
        ]),
      ]
    : [
        random.pick([
          'public',
          'publishable',
          'site',
          'cache',
          'idempotency',
          'partition',
          'query',
          'row',
          'foreign',
          'commit',
          'image',
          'content',
          'block',
          'tx',
          'file',
        ]),
        random.pick(['key', 'key', 'id', 'hash', 'sha', 'digest']),
      ]
  return written(other, name)
}

/** Another name of the same kind, written in the same way: `STRIPE_API_KEY` for `API_KEY`. */
function otherName(name: string): string {
  return written([random.pick(vocabulary), ...wordsOf(name)], name)
}

function written(parts: readonly string[], like: string): string {
  if (/^[A-Z\d_]+$/.test(like)) return parts.join('_').toUpperCase()
  if (like.includes('_') || (/^[a-z\d]+$/.test(like) && random.chance(0.5))) return parts.join('_')
  if (like.includes('-')) return parts.join('-')
  const camel = parts.map(it => it.charAt(0).toUpperCase() + it.slice(1)).join('')
  return /^[A-Z]/.test(like) ? camel : camel.charAt(0).toLowerCase() + camel.slice(1)
}

/** The code before the text names it too. */
function renamed({ name, value, context }: SecretInput, to: string): SecretInput {
  const at = context.before.lastIndexOf(name)
  const before =
    at === -1
      ? context.before
      : (context.before.slice(0, at) + to + context.before.slice(at + name.length)).slice(-40)
  return { name: to, value, context: { ...context, before } }
}

function grouped(split: Split): Record<string, Format[]> {
  const groups: Record<string, Format[]> = {}
  for (const it of FORMATS) if (it.split === split) (groups[it.group] ??= []).push(it)
  return groups
}

async function put(it: Example): Promise<void> {
  const row = (counts[`${it.split} ${it.origin}`] ??= { credentials: 0, others: 0, aside: 0 })
  row[it.isCredential ? 'credentials' : 'others']!++
  if (it.isAside) row.aside!++
  await files[it.split].put(it)
}

/** As lines for `evaluate.ts`, and as bytes for `train.py`: characters, measures (two bytes each), label, weight. */
function open(split: Split) {
  const lines = createWriteStream(new URL(`${split}.jsonl`, DATA))
  const tensors = createWriteStream(new URL(`${split}.bin`, DATA))
  return {
    async put(it: Example) {
      const { characters, measures } = encode([it.input])
      const row = Buffer.alloc(LENGTH + 2 * MEASURES + 2)
      row.set(characters!.data)
      for (let i = 0; i < MEASURES; i++) row.writeUInt16LE(measures!.data[i]!, LENGTH + 2 * i)
      row[row.length - 2] = it.isCredential ? 1 : 0
      row[row.length - 1] = ORIGINS.indexOf(it.origin)
      tensors.write(row)
      if (!lines.write(JSON.stringify(it) + '\n'))
        await new Promise<void>(resolve => lines.once('drain', () => resolve()))
    },
    async close() {
      await new Promise<void>(resolve => lines.end(() => resolve()))
      await new Promise<void>(resolve => tensors.end(() => resolve()))
    },
  }
}

function empty(): Places {
  return { telling: [], password: [], neutral: [], handed: [], harmless: [] }
}
