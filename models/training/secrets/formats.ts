// What credentials look like, provider by provider. Every one that is made here is made up: none was ever issued.
//
// The forms are those that the providers document, or that their public scanners of keys look for. A format belongs to one split
// for good: what recall is measured on was never trained on.

import { createHmac } from 'node:crypto'
import type { Split } from '../repositories.ts'
import type { Random } from './random.ts'

export type Group =
  | 'provider'
  | 'plain token'
  | 'password'
  | 'login in an address'
  | 'signed token'
  | 'private key'

export interface Format {
  readonly name: string
  readonly group: Group
  readonly split: Split
  /** Recognizable without a telling name. */
  readonly isMarked: boolean
  readonly make: (random: Random, words: readonly string[]) => string
}

const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const HEX = `${DIGITS}abcdef`
const BASE_62 = DIGITS + UPPER + LOWER
const BASE_32 = `${UPPER}234567`
const BASE_58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const URL_64 = `${BASE_62}-_`
const BASE_64 = `${BASE_62}+/`

export const FORMATS: readonly Format[] = [
  // Trained on.
  provider('AWS key id', 'training', r => 'AKIA' + r.text(BASE_32, 16)),
  provider('AWS session key id', 'training', r => 'ASIA' + r.text(BASE_32, 16)),
  bare('AWS secret', 'training', r => r.text(BASE_64, 40)),
  provider('GitHub', 'training', r => withChecksum(`gh${r.pick('pousr')}_`, r.text(BASE_62, 30))),
  provider(
    'GitHub fine-grained',
    'training',
    r => `github_pat_${r.text(BASE_62, 22)}_${r.text(BASE_62, 59)}`,
  ),
  provider('OpenAI', 'training', r => `sk-${r.text(BASE_62, 20)}T3BlbkFJ${r.text(BASE_62, 20)}`),
  provider('OpenAI project', 'training', r => `sk-proj-${r.text(URL_64, 74)}T3BlbkFJ${r.text(URL_64, 74)}`),
  provider('Stripe', 'training', r => `${r.pick(['sk', 'rk'])}_live_${r.text(BASE_62, r.pick([24, 99]))}`),
  provider('Stripe test', 'training', r => `sk_test_${r.text(BASE_62, r.pick([24, 99]))}`),
  provider('Stripe webhook', 'training', r => `whsec_${r.text(BASE_62, 32)}`),
  provider(
    'Slack bot',
    'training',
    r => `xox${r.pick('bp')}-${r.text(DIGITS, 12)}-${r.text(DIGITS, 13)}-${r.text(BASE_62, 24)}`,
  ),
  provider('Google API', 'training', r => `AIza${r.text(URL_64, 35)}`),
  provider('Google OAuth', 'training', r => `GOCSPX-${r.text(URL_64, 28)}`),
  provider('Twilio key', 'training', r => `SK${r.text(HEX, 32)}`),
  bare('Twilio token', 'training', r => r.text(HEX, 32)),
  provider('Mailgun', 'training', r => `key-${r.text(HEX, 32)}`),
  bare('Heroku', 'training', uuid),
  provider('npm', 'training', r => `npm_${r.text(BASE_62, 36)}`),
  provider('DigitalOcean', 'training', r => `do${r.pick('opr')}_v1_${r.text(HEX, 64)}`),
  provider('Telegram', 'training', r => `${r.text(DIGITS, r.between(8, 10))}:AA${r.text(URL_64, 33)}`),
  bare('Azure storage', 'training', r => r.bytes(64).toString('base64')),
  provider('Azure AD', 'training', r => `${r.text(BASE_62, 3)}8Q~${r.text(`${URL_64}.~`, 34)}`),
  provider('PyPI', 'training', r => `pypi-AgEIcHlwaS5vcmc${r.text(URL_64, r.between(120, 160))}`),
  provider('Docker Hub', 'training', r => `dckr_pat_${r.text(URL_64, 27)}`),
  provider('Discord bot', 'training', r => `${idIn64(r)}.${r.text(URL_64, 6)}.${r.text(URL_64, 27)}`),
  provider('Firebase messaging', 'training', r => `AAAA${r.text(URL_64, 7)}:APA91b${r.text(URL_64, 134)}`),
  bare('Cloudflare', 'training', r => r.text(URL_64, 40)),
  provider('Facebook', 'training', r => `EAA${r.text(BASE_62, r.between(90, 180))}`),
  bare('Datadog', 'training', r => r.text(HEX, r.pick([32, 40]))),
  provider('RubyGems', 'training', r => `rubygems_${r.text(HEX, 48)}`),
  provider('Replicate', 'training', r => `r8_${r.text(BASE_62, 37)}`),
  provider('Mapbox secret', 'training', r => `sk.eyJ1Ijoi${r.text(BASE_62, 60)}.${r.text(URL_64, 22)}`),
  // Thresholds are set on these.
  provider('Groq', 'validation', r => `gsk_${r.text(BASE_62, 52)}`),
  provider('Figma', 'validation', r => `figd_${r.text(URL_64, 40)}`),
  provider('Airtable', 'validation', r => `pat${r.text(BASE_62, 14)}.${r.text(HEX, 64)}`),
  provider('Asana', 'validation', r => `1/${r.text(DIGITS, 16)}:${r.text(HEX, 32)}`),
  provider('Contentful', 'validation', r => `CFPAT-${r.text(URL_64, 43)}`),
  provider('Terraform Cloud', 'validation', r => `${r.text(BASE_62, 14)}.atlasv1.${r.text(BASE_62, 67)}`),
  bare('Spotify', 'validation', r => r.text(HEX, 32)),
  // Recall is measured on these.
  provider('GitLab', 'held-out', r => `glpat-${r.text(URL_64, 20)}`),
  provider('SendGrid', 'held-out', r => `SG.${r.text(URL_64, 22)}.${r.text(URL_64, 43)}`),
  provider('Anthropic', 'held-out', r => `sk-ant-api03-${r.text(URL_64, 93)}AA`),
  provider('Hugging Face', 'held-out', r => `hf_${r.text(LOWER + UPPER, 34)}`),
  provider('Databricks', 'held-out', r => `dapi${r.text(HEX, 32)}`),
  provider('Shopify', 'held-out', r => `shp${r.pick(['at', 'ca', 'pa', 'ss'])}_${r.text(HEX, 32)}`),
  provider('Vault', 'held-out', r => `hvs.${r.text(URL_64, 90)}`),
  provider('Grafana', 'held-out', r => `glsa_${r.text(BASE_62, 32)}_${r.text(HEX, 8)}`),
  provider('Linear', 'held-out', r => `lin_api_${r.text(BASE_62, 40)}`),
  provider('Notion', 'held-out', r => `${r.pick(['secret_', 'ntn_'])}${r.text(BASE_62, 43)}`),
  provider('Square', 'held-out', r => `sq0${r.pick(['atp', 'csp'])}-${r.text(URL_64, r.pick([22, 43]))}`),
  provider('Mailchimp', 'held-out', r => `${r.text(HEX, 32)}-us${r.between(1, 21)}`),
  provider('Okta', 'held-out', r => `00${r.text(URL_64, 40)}`),
  provider('Postman', 'held-out', r => `PMAK-${r.text(HEX, 24)}-${r.text(HEX, 34)}`),
  provider('New Relic', 'held-out', r => `NRAK-${r.text(UPPER + DIGITS, 27)}`),
  provider(
    'Atlassian',
    'held-out',
    r => `ATATT3xFfGF0${r.text(URL_64, 171)}=${r.text(HEX, 8).toUpperCase()}`,
  ),
  provider('Supabase', 'held-out', r => `sbp_${r.text(HEX, 40)}`),
  provider('PlanetScale', 'held-out', r => `pscale_tkn_${r.text(URL_64, 43)}`),
  provider('age', 'held-out', r => `AGE-SECRET-KEY-1${r.text('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`),
  provider('Doppler', 'held-out', r => `dp.pt.${r.text(BASE_62, 43)}`),
  provider(
    'Slack webhook',
    'held-out',
    r =>
      `https://hooks.slack.com/services/T${r.text(UPPER + DIGITS, 10)}/B${r.text(UPPER + DIGITS, 10)}/${r.text(BASE_62, 24)}`,
  ),

  plain('hex of 16 and 20 bytes', 'training', r => r.text(HEX, r.pick([32, 40]))),
  plain('hex of 32 and 64 bytes', 'training', r => r.text(HEX, r.pick([64, 128]))),
  plain('base 64', 'training', r => r.bytes(r.pick([16, 18, 20, 32, 33, 48, 64])).toString('base64')),
  plain('base 62', 'training', r => r.text(BASE_62, r.between(16, 64))),
  plain('small letters and digits', 'training', r => r.text(LOWER + DIGITS, r.between(16, 40))),
  plain('with signs', 'training', r => r.text(`${LOWER}${DIGITS}!@#$%^&*(-_=+)`, 50)),
  plain('UUID', 'training', uuid),
  plain('capitals and digits', 'validation', r => r.text(UPPER + DIGITS, r.between(16, 32))),
  plain('hex of 24 bytes', 'held-out', r => r.text(HEX, 48)),
  plain('base 64 for addresses', 'held-out', r => r.bytes(r.pick([16, 24, 32, 48])).toString('base64url')),
  plain('base 58', 'held-out', r => r.text(BASE_58, r.pick([22, 32, 44]))),
  plain('base 32', 'held-out', r => r.text(BASE_32, r.pick([16, 24, 32]))),
  plain(
    'prefix of a house',
    'held-out',
    (r, words) =>
      `${r.pick(words)}_${r.pick(['live', 'prod', 'sk', 'key', 'v1'])}_${r.text(BASE_62, r.between(20, 40))}`,
  ),

  password('leet', 'training', (r, words) => leet(r, r.pick(words)) + signAndNumber(r)),
  password(
    'word, year, sign',
    'training',
    (r, words) => title(r.pick(words)) + r.between(1960, 2026) + r.pick(SIGNS),
  ),
  password('made by a program', 'training', r => mixed(r, r.between(10, 20))),
  password(
    'word-number',
    'training',
    (r, words) => `${title(r.pick(words))}${r.pick('-_.@#')}${r.text(DIGITS, r.between(2, 4))}`,
  ),
  password(
    'two words',
    'validation',
    (r, words) => `${title(r.pick(words))}${title(r.pick(words))}${signAndNumber(r)}`,
  ),
  password('short and mixed', 'held-out', r => mixed(r, r.between(8, 9))),
  password('sentence', 'held-out', (r, words) => sentence(r, words)),
  password('sign in the word', 'held-out', (r, words) => signInWord(r, r.pick(words))),

  login('postgres', 'training', 'postgres'),
  login('postgresql', 'training', 'postgresql'),
  login('mysql', 'training', 'mysql'),
  login('redis', 'training', 'redis'),
  login('https', 'training', 'https'),
  login('mariadb', 'validation', 'mariadb'),
  login('mongodb', 'held-out', 'mongodb+srv'),
  login('amqp', 'held-out', 'amqp'),

  signed('HS256', 'training', 'sha256', { alg: 'HS256', typ: 'JWT' }),
  signed('HS512', 'held-out', 'sha512', { typ: 'JWT', alg: 'HS512' }),

  pem('RSA', 'training', 'RSA PRIVATE KEY', 'MIIE'),
  pem('PKCS 8', 'training', 'PRIVATE KEY', 'MIIEv'),
  pem('OpenSSH', 'held-out', 'OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEAAAAA'),
  pem('elliptic', 'held-out', 'EC PRIVATE KEY', 'MHcCAQEE'),
]

/** What looks like a credential and may be known to everybody: it stands where credentials stand, and is none. */
export const PUBLIC: readonly ((random: Random) => string)[] = [
  r => `pk_live_${r.text(BASE_62, r.pick([24, 99]))}`,
  r => `pk_test_${r.text(BASE_62, 24)}`,
  r => `phc_${r.text(BASE_62, 43)}`,
  r => `pk.eyJ1Ijoi${r.text(BASE_62, 60)}.${r.text(URL_64, 22)}`,
  r => `${r.pick(['$2a$', '$2b$'])}${r.pick(['08', '10', '12'])}$${r.text(`${BASE_62}./`, 53)}`,
  r => `$argon2id$v=19$m=65536,t=3,p=4$${r.text(BASE_64, 22)}$${r.text(BASE_64, 43)}`,
  r =>
    `pbkdf2_sha256$${r.pick([150000, 260000, 600000])}$${r.text(BASE_62, 12)}$${r.bytes(32).toString('base64')}`,
  r => `sha${r.pick([256, 384, 512])}-${r.bytes(r.pick([32, 48, 64])).toString('base64')}`,
  r => `6L${r.text(URL_64, 38)}`,
  r => `ssh-ed25519AAAAC3NzaC1lZDI1NTE5AAAAI${r.text(BASE_64, 43)}`,
  r => `UA-${r.text(DIGITS, 8)}-${r.between(1, 9)}`,
  r => `G-${r.text(UPPER + DIGITS, 10)}`,
  r => `arn:aws:kms:us-east-1:${r.text(DIGITS, 12)}:key/${uuid(r)}`,
  r => `projects/${r.text(LOWER, 8)}-${r.text(DIGITS, 6)}/secrets/db/versions/3`,
]

/** Data that programs carry with them, and the alphabets that they write in: random to look at, and known to everybody. */
export const DATA_TEXTS: readonly ((random: Random) => string)[] = [
  r => r.pick(MAGIC) + r.bytes(r.between(18, 200)).toString('base64'),
  r => r.bytes(r.between(60, 400)).toString('base64'),
  r => alphabet(r),
  r => `sha${r.pick([256, 384, 512])}-${r.bytes(r.pick([32, 48, 64])).toString('base64')}`,
  r => `0x${r.text(HEX, r.pick([16, 32, 40, 64]))}`,
  r => r.text(r.pick([HEX, HEX.toUpperCase()]), r.pick([32, 40, 64])),
  uuid,
]

/** How images, fonts, archives and WebAssembly begin in base 64. */
const MAGIC = [
  'iVBORw0KGgo',
  'R0lGODlh',
  '/9j/4AAQSkZJRg',
  'PHN2ZyB4bWxucz',
  'd09GMgABAAAAA',
  'AGFzbQEAAAAB',
  'UEsDBBQAAAAI',
  'H4sIAAAAAAAA',
  'AAABAAEAEBAA',
  'JVBERi0xLj',
]

function alphabet(r: Random): string {
  const parts = r.shuffle([UPPER, LOWER, DIGITS].slice(0, r.between(2, 3))).join('')
  const without = r.chance(0.5) ? parts.replace(/[01OIl]/g, '') : parts
  return without + r.pick(['', '-_', '+/', '+/='])
}

function provider(name: string, split: Split, make: Format['make']): Format {
  return { name, group: 'provider', split, isMarked: true, make }
}

/** Of a provider, yet without a mark of its own: only its name tells. */
function bare(name: string, split: Split, make: Format['make']): Format {
  return { name, group: 'provider', split, isMarked: false, make }
}

function plain(name: string, split: Split, make: Format['make']): Format {
  return { name, group: 'plain token', split, isMarked: false, make }
}

function password(name: string, split: Split, make: Format['make']): Format {
  return { name, group: 'password', split, isMarked: false, make }
}

function login(name: string, split: Split, scheme: string): Format {
  const make: Format['make'] = (r, words) => {
    const host = `${r.pick(words)}${r.pick(['-db', '', '.prod', '1'])}.${r.pick(words)}.${r.pick(['com', 'net', 'io', 'internal'])}`
    const secret = r.chance(0.5)
      ? r.text(BASE_62, r.between(10, 24))
      : leet(r, r.pick(words)) + r.text(DIGITS, 3)
    return `${scheme}://${r.pick(words)}:${secret}@${host}${r.chance(0.6) ? `:${r.between(1000, 9999)}` : ''}/${r.pick(words)}`
  }
  return { name, group: 'login in an address', split, isMarked: true, make }
}

function signed(name: string, split: Split, digest: string, header: object): Format {
  const make: Format['make'] = (r, words) => {
    const body = {
      sub: r.text(DIGITS, 10),
      name: r.pick(words),
      iat: r.between(1.5e9, 1.75e9),
      role: r.pick(words),
    }
    const head = [header, body].map(it => Buffer.from(JSON.stringify(it)).toString('base64url')).join('.')
    return `${head}.${createHmac(digest, r.bytes(32)).update(head).digest('base64url')}`
  }
  return { name, group: 'signed token', split, isMarked: true, make }
}

function pem(name: string, split: Split, title: string, beginning: string): Format {
  const make: Format['make'] = r => {
    const end = r.pick(['\n', '\\n'])
    const body = (beginning + r.text(BASE_64, r.between(200, 1600))).match(/.{1,64}/g)!.join(end)
    return `-----BEGIN ${title}-----${end}${body}${end}-----END ${title}-----`
  }
  return { name, group: 'private key', split, isMarked: true, make }
}

const SIGNS = '!@#$%&*?+='

function leet(r: Random, word: string): string {
  const other: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }
  const changed = [...word].map(it => (r.chance(0.6) ? (other[it] ?? it) : it)).join('')
  return r.chance(0.5) ? title(changed) : changed
}

function signAndNumber(r: Random): string {
  const number = r.text(DIGITS, r.between(1, 4))
  return r.chance(0.5) ? r.pick(SIGNS) + number : number + r.pick(SIGNS)
}

function mixed(r: Random, length: number): string {
  const must = [r.pick(LOWER), r.pick(UPPER), r.pick(DIGITS), r.pick(SIGNS)]
  return r.shuffle([...must, ...r.text(BASE_62 + SIGNS, length - must.length)]).join('')
}

function sentence(r: Random, words: readonly string[]): string {
  const sign = r.pick('-_.!')
  return [title(r.pick(words)), r.pick(words), r.pick(words), r.text(DIGITS, 2)].join(sign)
}

function signInWord(r: Random, word: string): string {
  const at = r.between(1, word.length - 1)
  return `${title(word.slice(0, at))}${r.pick(SIGNS)}${word.slice(at)}${r.text(DIGITS, r.between(2, 4))}`
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function uuid(r: Random): string {
  const it = r.text(HEX, 32)
  return `${it.slice(0, 8)}-${it.slice(8, 12)}-4${it.slice(13, 16)}-${r.pick('89ab')}${it.slice(17, 20)}-${it.slice(20)}`
}

function idIn64(r: Random): string {
  return Buffer.from(r.between(1, 9) + r.text(DIGITS, 17)).toString('base64url')
}

/** GitHub's tokens end in the CRC-32 of the characters before, in base 62. */
function withChecksum(prefix: string, body: string): string {
  let value = crc32(body)
  let digits = ''
  for (let i = 0; i < 6; i++) {
    digits = BASE_62[value % 62]! + digits
    value = Math.floor(value / 62)
  }
  return prefix + body + digits
}

function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
