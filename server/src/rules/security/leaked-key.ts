/** A key of a service, recognizable by its form, stands in a file: everybody who can read the file can use it. */

import { js, json, jsonc, py, rs, text, toml, ts, yaml } from '../example.ts'
import { defineRule, type TextFile } from '../rule.ts'
import { NAMED, PREFIXED, patternOf, prefixOf } from '../support/key-formats.ts'
import { entropy, isPlaceholder } from '../support/secret-values.ts'
import { isExamplePath, isTestPath } from '../support/test-code.ts'

export default defineRule({
  id: 'security/leaked-key',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  cwe: [798, 312],
  concept: 'secrets',
  impact: { likelihood: 'high', cost: 'weeks' },

  get needles() {
    return NEEDLES
  },

  check: {
    Text: leaks,
  },

  explain: {
    en: ({ service, thing }) => ({
      message: `This is a working ${THINGS.en[thing as Thing](service)}, as far as its form tells`,
      why: 'Whoever has ever had the file has the key: every copy, every fork, every backup, also after it is deleted, for the history keeps it. Keys in public repositories are found and used by machines within minutes.',
      remedy:
        'Revoke it where it was issued, then read the new one from the environment or from a secret store.',
    }),
    es: ({ service, thing }) => ({
      message: `Esto es ${THINGS.es[thing as Thing](service)} en uso, a juzgar por su forma`,
      why: 'Quien haya tenido alguna vez el archivo tiene la clave: cada copia, cada fork, cada respaldo, también después de borrarla, porque el historial la conserva. En los repositorios públicos las máquinas encuentran las claves y las usan en cuestión de minutos.',
      remedy: 'Revócala donde se emitió y lee la nueva del entorno o de un almacén de secretos.',
    }),
  },

  examples: {
    invalid: [
      py`client = connect("«AKIAQ3EGTSYNTHETIC27»")`,
      py`url = "«postgresql://shop:tr0ub4dor&3@db.shop-internal.net»/orders"`,
      py`
        def connect():
            """Opens it.

            \`\`\`python
            connect()
            \`\`\`
            """
            return open("«postgresql://shop:tr0ub4dor&3@db.shop-internal.net»/orders")
      `,
      ...[js, ts].map(it => it`const id = '«AKIAQ3EGTSYNTHETIC27»'`),
      rs`const ID: &str = "«AKIAQ3EGTSYNTHETIC27»";`,
      ...[json, jsonc].map(it => it`{ "accessKeyId": "«AKIAQ3EGTSYNTHETIC27»" }`),
      yaml`
        aws:
          access_key_id: «AKIAQ3EGTSYNTHETIC27»
      `,
      toml`access_key_id = "«AKIAQ3EGTSYNTHETIC27»"`,
      text`AWS_ACCESS_KEY_ID=«AKIAQ3EGTSYNTHETIC27»`,
    ],
    valid: [
      rs`const FORMS: &[(&str, &str)] = &[("AKIA_[A-Z0-9]{16}", "AKIAQ3EGTSYNTHETIC27")];`,
      py`client = connect("AKIAIOSFODNN7EXAMPLE")`,
      py`url = "postgresql://user:password@localhost/orders"`,
      py`url = "postgresql://shop:tr0ub4dor@db/orders"`,
      py`
        def connect(url):
            """Opens a connection.

            \`\`\`python
            connect("postgresql://shop:tr0ub4dor&3@db.shop-internal.net/orders")
            \`\`\`
            """
      `,
      rs`
        /// \`\`\`
        /// connect("redis://shop:tr0ub4dor&3@cache.shop-internal.net");
        /// \`\`\`
        fn connect(url: &str) {}
      `,
      py`cache = connect("redis://shop:SuperSecret1@cache.shop-internal.net")`,
      py`cache = connect("redis://shop:tr0ub4dor&3@myshopserver.net")`,
      py`url = f"postgresql://shop:{password}@db.shop-internal.net/orders"`,
      js`const id = 'AKIAXXXXXXXXXXXXXXXX'`,
      js`const pattern = /AKIA[A-Z2-7]{16}/`,
      ts`const id = process.env.AWS_ACCESS_KEY_ID ?? 'AKIA'`,
      rs`const HASH: &str = "sha512-AKIAQ3EGTSYNTHETIC27abcdefgh";`,
      json`{ "token": "\${GITHUB_TOKEN}" }`,
      jsonc`{ "key": "sk-..." }`,
      yaml`
        url: mongodb://user:secret@mongo.example.com/shop
      `,
      toml`token = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"`,
      text`A token begins with ghp_ and has 36 characters after that.`,
    ],
  },
})

type Thing = 'key' | 'token' | 'address' | 'login'

const THINGS: Readonly<Record<'en' | 'es', Readonly<Record<Thing, (service: string) => string>>>> = {
  en: {
    key: service => `key of ${service}`,
    token: service => `token of ${service}`,
    address: service => `secret address of ${service}`,
    login: () => 'login to a database',
  },
  es: {
    key: service => `una clave de ${service}`,
    token: service => `un token de ${service}`,
    address: service => `una dirección secreta de ${service}`,
    login: () => 'un acceso a una base de datos',
  },
}

interface Format {
  readonly service: string
  readonly thing: Thing
  /** Texts one of which is in every match. */
  readonly needles: readonly string[]
  readonly pattern: RegExp
  /** More than the form must be right. Says `sure` when it cannot be by chance. */
  readonly check?: (match: RegExpExecArray, text: string) => boolean | 'sure'
}

/** No letter, digit or sign of base 64 before and behind: the key is not a piece of something longer. */
function form(source: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9+/_-])(?:${source})(?![A-Za-z0-9+/=_-])`, 'g')
}

/** Those that need more than a form. */
const SPECIAL: readonly Format[] = [
  { service: 'AWS', thing: 'key', needles: ['AKIA'], pattern: form('AKIA[A-Z2-7]{16}') },
  {
    service: 'AWS',
    thing: 'key',
    needles: ['aws_secret', 'AWS_SECRET', 'awsSecret', 'AwsSecret', 'AWSSecret', 'awssecret'],
    pattern: /(?<=aws_?secret_?(?:access_?)?key['"]?\s*[=:]\s*['"]?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
  },
  {
    service: 'GitHub',
    thing: 'token',
    needles: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: form('gh[pousr]_[A-Za-z0-9]{36}'),
    check: hasChecksum,
  },
  {
    service: 'GitHub',
    thing: 'token',
    needles: ['github_pat_'],
    pattern: form('github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
  },
  {
    service: 'GitLab',
    thing: 'token',
    needles: ['glpat-'],
    pattern: form('glpat-(?:[A-Za-z0-9_-]{20}|[A-Za-z0-9_-]{27,300}\\.[0-9a-z]{9})'),
  },
  { service: 'npm', thing: 'token', needles: ['npm_'], pattern: form('npm_[A-Za-z0-9]{36}') },
  {
    service: 'PyPI',
    thing: 'token',
    needles: ['pypi-AgEI'],
    pattern: form('pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}'),
  },
  {
    service: 'Docker Hub',
    thing: 'token',
    needles: ['dckr_pat_'],
    pattern: form('dckr_pat_[A-Za-z0-9_-]{27}'),
  },
  {
    service: 'Slack',
    thing: 'token',
    needles: ['xoxb-', 'xoxp-'],
    pattern: form('xox[bp]-\\d{10,13}-\\d{10,13}(?:-\\d{10,13})?-[A-Za-z0-9]{24,34}'),
  },
  {
    service: 'Slack',
    thing: 'address',
    needles: ['hooks.slack.com'],
    pattern: /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]{8,10}\/B[A-Z0-9]{8,11}\/[A-Za-z0-9]{24}/g,
  },
  {
    service: 'Discord',
    thing: 'address',
    needles: ['/api/webhooks/'],
    pattern: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,72}/g,
  },
  { service: 'Telegram', thing: 'token', needles: [':AA'], pattern: form('\\d{8,10}:AA[A-Za-z0-9_-]{33}') },
  { service: 'Stripe', thing: 'key', needles: ['k_live_'], pattern: form('[sr]k_live_[A-Za-z0-9]{24,247}') },
  {
    service: 'SendGrid',
    thing: 'key',
    needles: ['SG.'],
    pattern: form('SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  },
  {
    service: 'Twilio',
    thing: 'key',
    needles: ['SK'],
    pattern: form('SK[0-9a-f]{32}'),
    check: (_, text) => /twilio/i.test(text),
  },
  {
    service: 'Shopify',
    thing: 'token',
    needles: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    pattern: form('shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  },
  {
    service: 'Google',
    thing: 'key',
    needles: ['AIza'],
    pattern: form('AIza[A-Za-z0-9_-]{35}'),
    check: isNoPublicKey,
  },
  {
    service: 'OpenAI',
    thing: 'key',
    needles: ['T3BlbkFJ'],
    pattern: form('sk-(?:[a-z]+-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}'),
  },
  {
    service: 'Anthropic',
    thing: 'key',
    needles: ['sk-ant-'],
    pattern: form('sk-ant-(?:api|admin)\\d{2}-[A-Za-z0-9_-]{93}AA'),
  },
  { service: 'Groq', thing: 'key', needles: ['gsk_'], pattern: form('gsk_[A-Za-z0-9]{52}') },
  { service: 'Hugging Face', thing: 'token', needles: ['hf_'], pattern: form('hf_[A-Za-z]{34}') },
  {
    service: 'DigitalOcean',
    thing: 'token',
    needles: ['doo_v1_', 'dop_v1_', 'dor_v1_'],
    pattern: form('do[opr]_v1_[0-9a-f]{64}'),
  },
  { service: 'Databricks', thing: 'token', needles: ['dapi'], pattern: form('dapi[0-9a-f]{32}(?:-\\d)?') },
  {
    service: 'Azure DevOps',
    thing: 'token',
    needles: ['AZDO'],
    pattern: form('[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}'),
  },
  {
    service: 'Azure',
    thing: 'key',
    needles: ['8Q~', '7Q~'],
    pattern: form('[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}'),
  },
  {
    service: 'Twitter',
    thing: 'token',
    needles: ['AAAAAAAAAAAAAAAAAAAA'],
    pattern: form('A{20,22}[A-Za-z0-9]{30,80}%3D[A-Za-z0-9]{30,60}'),
    // They all begin as nobody's key would.
    check: ([token]) =>
      !isPlaceholder(token.replace(/^A+/, '')) && entropy(token.replace(/^A+/, '')) > 4 && 'sure',
  },
  {
    service: 'HCP Terraform',
    thing: 'token',
    needles: ['.atlasv1.'],
    pattern: form('[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70}'),
  },
  {
    service: 'MaxMind',
    thing: 'key',
    needles: ['_mmk'],
    pattern: form('[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk'),
  },
  {
    service: 'Microsoft Teams',
    thing: 'address',
    needles: ['webhook.office.com'],
    pattern:
      /https:\/\/\w+\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}/g,
  },
  {
    service: 'Zapier',
    thing: 'address',
    needles: ['hooks.zapier.com'],
    pattern: /https:\/\/hooks\.zapier\.com\/hooks\/catch\/\d{5,9}\/[0-9a-z]{6,10}/g,
  },
  {
    service: 'Azure Storage',
    thing: 'key',
    needles: ['AccountKey='],
    pattern: /(?<=AccountKey=)[A-Za-z0-9+/]{86}==/g,
    check: isNoEmulator,
  },
  {
    service: 'Grafana',
    thing: 'token',
    needles: ['glsa_'],
    pattern: form('glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}'),
  },
  { service: 'Linear', thing: 'key', needles: ['lin_api_'], pattern: form('lin_api_[A-Za-z0-9]{40}') },
  {
    service: 'age',
    thing: 'key',
    needles: ['AGE-SECRET-KEY-'],
    pattern: form('AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  },
  {
    service: 'database',
    thing: 'login',
    needles: ['postgres', 'mysql', 'mariadb', 'mongodb', 'redis', 'amqp'],
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?)(?:\+\w+)?:\/\/[^\s:/@'"`<>{}$]*:[^\s:/@'"`<>{}$]{6,}@[A-Za-z0-9.-]+/g,
    check: isReachable,
  },
]

const FORMATS: readonly Format[] = [
  ...SPECIAL,
  ...PREFIXED.map(([service, thing, shape]) => ({
    ...{ service, thing },
    needles: [prefixOf(shape)],
    pattern: form(patternOf(shape)),
  })),
  ...NAMED.map(([service, thing, shape]) => ({
    ...{ service, thing },
    needles: spellings(service),
    pattern: named(service, patternOf(shape)),
  })),
]

const NEEDLES = [...new Set(FORMATS.flatMap(it => it.needles))]

/** `SumoLogic`, `sumologic`, `SUMO_LOGIC`: a name as code writes it. */
function spellings(service: string): readonly string[] {
  const words = service.split(' ')
  const lower = words.map(it => it.toLowerCase())
  const upper = words.map(it => it.toUpperCase())
  const camel = lower.map((it, i) => (i === 0 ? it : it.charAt(0).toUpperCase() + it.slice(1)))
  const all = [words.join(''), camel.join('')]
  for (const sign of ['', '_', '-']) all.push(lower.join(sign), upper.join(sign))
  return [...new Set(all)]
}

/** What is given to a name of the service and of a key: `DATADOG_API_KEY=…`, `"fastlyToken": "…"`. */
function named(service: string, source: string): RegExp {
  const anyCase = (text: string) =>
    text.replace(/[a-z]/gi, it => `[${it.toLowerCase()}${it.toUpperCase()}]`).replace(/ /g, '[_-]?')
  const key = ['key', 'token', 'secret'].map(anyCase).join('|')
  const before = `${anyCase(service)}[\\w.-]{0,24}?(?:${key})\\w{0,8}['"]?\\s{0,3}(?:=>|:=|=|:)\\s{0,3}['"]?`
  return new RegExp(`(?<=${before})(?:${source})(?![0-9A-Za-z+/=_-])`, 'g')
}

function* leaks(file: TextFile) {
  const { path, text } = file
  const isUnreal = isTestPath(path) || isExamplePath(path)
  for (const { service, thing, needles, pattern, check } of FORMATS) {
    // One line may hold several of the needles.
    const matches = new Map<number, RegExpExecArray>()
    for (const needle of needles)
      for (const match of matchesAround(needle, pattern, file)) matches.set(match.index, match)
    for (const match of matches.values()) {
      const [secret] = match
      const verdict = check ? check(match, text) : true
      if (!verdict || (isUnreal && verdict !== 'sure')) continue
      if (verdict !== 'sure' && (isPlaceholder(secret) || entropy(secret) < 3)) continue
      if (isBesidePattern(text, match.index)) continue
      yield { at: { start: match.index, end: match.index + secret.length }, data: { service, thing } }
    }
  }
}

/** In a table of what keys look like, each beside its pattern: `"npm_[A-Za-z0-9]{36}"`. */
function isBesidePattern(text: string, at: number): boolean {
  return /[a-z]\w*[_-]\\?\[[\w-]+\]\{\d+\}/i.test(text.slice(Math.max(0, at - 300), at))
}

/** No key is longer than this, with what stands around it. */
const REACH = 400

/** Matches in the lines in which the needle stands: reading a whole file for each of the forms would be noticed. */
function* matchesAround(
  needle: string,
  pattern: RegExp,
  { text, mayHold }: TextFile,
): Generator<RegExpExecArray> {
  if (mayHold && !mayHold(needle)) return
  let behind = 0
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, Math.max(at + 1, behind))) {
    const from = Math.max(behind, at - REACH, text.lastIndexOf('\n', at) + 1)
    const line = text.indexOf('\n', at)
    const to = Math.min(at + REACH, line === -1 ? text.length : line)
    for (const match of text.slice(from, to).matchAll(pattern)) {
      match.index += from
      yield match
    }
    behind = to
  }
}

/** The last six characters of GitHub's tokens are a checksum of the others: CRC-32 in base 62. */
function hasChecksum([token]: RegExpExecArray): boolean | 'sure' {
  const body = token.slice(token.indexOf('_') + 1)
  let value = crc32(body.slice(0, -6))
  let digits = ''
  for (let i = 0; i < 6; i++) {
    digits = BASE_62[value % 62]! + digits
    value = Math.floor(value / 62)
  }
  return digits === body.slice(-6) && 'sure'
}

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** What runs in a browser shows its key to everybody anyway; Google limits such keys by address. */
function isNoPublicKey(_: RegExpExecArray, text: string): boolean {
  return !/firebase|authDomain|messagingSenderId|mobilesdk|maps\.google|googleapis\.com\/(?:maps|pagespeedonline)|youtubei\/|gapi\.|<script|NEXT_PUBLIC|VITE_|EXPO_PUBLIC/i.test(
    text,
  )
}

/** The emulators of Azure have keys of their own, the same for everybody. */
function isNoEmulator([key]: RegExpExecArray): boolean {
  return !/^(?:Eby8vdM02xNO|C2y6yDjf5\/R\+)/.test(key)
}

/** A host of the open network, and a password that somebody chose; what a text shows as code opens nothing. */
function isReachable({ 0: url, index }: RegExpExecArray, text: string): boolean {
  const [, user = '', password = '', host = ''] = /\/\/([^:]*):(.*)@([^@]*)$/.exec(url) ?? []
  if (
    !/\.[a-z]{2,}$/i.test(host) ||
    /localhost|example|\.(?:local|internal|test|svc|invalid)$|^host\.docker/i.test(host)
  )
    return false
  if (
    password === user ||
    /^(?:pass(?:word|wd)?|pwd|secret|postgres|root|admin|mysql|redis|guest)$/i.test(password)
  )
    return false
  return (
    !INVENTED_HOST.test(host) &&
    !/^[A-Z_]+$/.test(password) &&
    !SAYS_SECRET.test(password) &&
    !isPlaceholder(password) &&
    !isShownInText(text, index)
  )
}

/** `server.com`, `your-db.net`, `myredishost.com`: what stands for a name of one's own. */
const INVENTED_HOST =
  /^(?:host|hostname|server|domain|your)\b|^(?:\w+[-.])?(?:my|your|some)[-_]?\w*(?:host|server|domain|company|site|db|database|cluster|instance)\b/i

/** `SuperSecret`, `mypassword1`: words that say what should stand there. */
const SAYS_SECRET =
  /^(?:(?:my|your|the|our|a|some|super|very|top|strong|secret|s3cr3t|private|pass(?:word|phrase|wd)?|p@ssw[o0]rd|passw0rd|pwd|pw)[-_]?){2,}\d{0,4}!?$/i

/** Within a fence of Markdown, as in the documentation of a function. */
function isShownInText(text: string, at: number): boolean {
  const fences = text.slice(0, at).match(/^[ \t]*(?:[/*#!]+[ \t]*)?```/gm)
  return (fences?.length ?? 0) % 2 === 1
}
