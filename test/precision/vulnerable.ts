// How much of what is known to be vulnerable in public programs the security rules find, and how often they speak where the
// published answer says "safe": true and false positive rates for each kind of weakness.
//
//   node --import tsx test/precision/vulnerable.ts [--markdown] [--cases missed|told] [--only SUITE] [--rules default|all] FOLDER
//
// Programs are not in this repository: each suite of `vulnerable.json` is expected in FOLDER, checked out at its commit under
// its name. Nothing is fetched. What their authors say is read as they publish it; where they tell it in prose only, the
// answers are places in `vulnerable.json` that we read out of their lists. Build first: the command line is what is measured.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { annotationsFor } from '../../server/src/patterns/annotations.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'

/** A public program or benchmark, and how its authors say what is wrong in it. */
export interface Suite {
  readonly name: string
  readonly repository: string
  readonly commit: string
  readonly licence: string
  readonly about: string
  readonly answers: Answers
  /** Folders to read; all of it without them. */
  readonly folders?: readonly string[]
}

type Answers =
  /** A table: test, category, vulnerable or not, CWE. A file is a case. */
  | { readonly kind: 'table'; readonly table: string; readonly folder: string; readonly extension: string }
  /** Comments in test files beside rules: a line is a case. Only rules that call what they find a vulnerability. */
  | { readonly kind: 'annotations' }
  /** `…_unsafe.js` beside `…_task.js`, with the CWE in the name. A file is a case. */
  | { readonly kind: 'pairs' }
  /** Folders named after a CWE, and everything in them is vulnerable. A file is a case. */
  | { readonly kind: 'folders'; readonly folder: string }
  /** Places that we read out of what the authors tell in prose. */
  | { readonly kind: 'places'; readonly from: string; readonly places: readonly Place[] }

interface Place {
  readonly path: string
  readonly line: number
  readonly cwe: number
  /** The author's own repair of the same weakness, or a use like it that does no harm. */
  readonly safe?: true
}

/** One question to which the authors gave the answer. */
interface Case {
  readonly path: string
  /** From the first to the last line that a finding may lie in; the whole file without them. */
  readonly lines?: readonly [number, number]
  readonly cwes: readonly number[]
  readonly isVulnerable: boolean
}

interface Finding {
  readonly path: string
  readonly rule: string
  readonly line: number
  readonly cwes: readonly number[]
}

interface Score {
  readonly name: string
  readonly vulnerable: number
  readonly found: number
  readonly safe: number
  readonly told: number
}

/** Weaknesses that are one and the same to a reader; a finding of any of them answers for the others. */
const FAMILIES: readonly (readonly [string, readonly number[]])[] = [
  ['SQL injection', [89, 564]],
  ['command injection', [78, 77, 88]],
  ['code injection', [94, 95, 96, 98]],
  ['path traversal', [22, 23, 36, 73, 99, 641]],
  ['cross-site scripting', [79, 80, 83, 116, 87]],
  ['template injection', [1336]],
  ['insecure deserialisation', [502]],
  ['open redirect', [601]],
  ['server-side request forgery', [918, 941, 939]],
  ['XPath injection', [643]],
  ['LDAP injection', [90]],
  ['NoSQL injection', [943]],
  ['XML entities', [611, 776, 827]],
  ['header injection', [113, 93]],
  ['log injection', [117]],
  ['trust boundary', [501]],
  ['weak randomness', [330, 331, 338, 339, 335]],
  ['weak hash', [328, 916, 759, 760]],
  ['weak encryption', [327, 326, 329, 1204, 323, 780, 310, 696]],
  ['cookie flags', [614, 1004, 1275, 522]],
  ['certificate checks', [295, 297, 296, 300, 319]],
  ['signatures and tokens', [347, 345, 346, 942, 352]],
  ['hard-coded secrets', [798, 259, 321]],
  ['temporary files', [377, 379, 378]],
  ['permissions', [732, 276, 269]],
  ['regular expressions', [1333, 400, 730, 185, 625, 20]],
  ['prototype pollution and mass assignment', [1321, 915]],
  ['archives', [409]],
  ['debugging left on', [489, 215, 209, 200, 668, 605]],
]

const { values, positionals } = parseArgs({
  options: {
    markdown: { type: 'boolean', default: false },
    cases: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    rules: { type: 'string', default: 'default' },
  },
  allowPositionals: true,
})

/** How far below an annotation a finding may lie: a statement may take several lines. */
const REACH = 4

const root = fileURLToPath(new URL('../..', import.meta.url))
const cwesOf = new Map(RULES.map(it => [it.id, it.cwe ?? []]))
/** Rules that belong to another category and tell of a weakness all the same. */
const ALSO = RULES.filter(it => (it.cwe ?? []).length > 0 && !isSecurity(it.id) && !it.learned)
  .filter(it => it.cwe!.some(cwe => [1333, 400].includes(cwe)))
  .map(it => it.id)

const folder = positionals[0] ?? '.'
const everything = new Map<string, Score>()
let measured = 0

for (const suite of suites()) {
  const at = join(folder, suite.name)
  if (!suite.name.includes(values.only) || !existsSync(at)) continue
  const cases = casesOf(suite, at)
  const found = findings(at, suite.folders ?? ['.'])
  const scores = score(cases, found)
  measured++
  print(`${suite.name} (${suite.repository}, ${suite.commit.slice(0, 7)})`, scores)
  for (const it of scores) everything.set(it.name, added(everything.get(it.name), it))
}
if (measured > 1)
  print(
    'All together',
    [...everything.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  )

export function suites(): readonly Suite[] {
  return JSON.parse(readFileSync(new URL('vulnerable.json', import.meta.url), 'utf8')) as readonly Suite[]
}

function casesOf({ answers }: Suite, at: string): Case[] {
  switch (answers.kind) {
    case 'table':
      return fromTable(readFileSync(join(at, answers.table), 'utf8'), answers.folder, answers.extension)
    case 'annotations':
      return fromAnnotations(at)
    case 'pairs':
      return fromPairs(at)
    case 'folders':
      return fromFolders(at, answers.folder)
    case 'places':
      return answers.places.map(({ path, line, cwe, safe }) => ({
        path,
        lines: [line, line],
        cwes: [cwe],
        isVulnerable: !safe,
      }))
  }
}

function fromTable(table: string, folder: string, extension: string): Case[] {
  return table
    .split(/\r?\n/)
    .filter(it => it !== '' && !it.startsWith('#'))
    .map(it => {
      const [test, , vulnerable, cwe] = it.split(',')
      return {
        path: `${folder}/${test}${extension}`,
        cwes: [Number(cwe)],
        isVulnerable: vulnerable?.trim() === 'true',
      }
    })
}

function fromAnnotations(at: string): Case[] {
  const cases: Case[] = []
  for (const file of filesBelow(at, /\.ya?ml$/).filter(it => !/\.test\.ya?ml$/.test(it))) {
    for (const rule of vulnerabilityRules(file)) {
      const stem = basename(file).replace(/\.ya?ml$/, '.')
      for (const name of readdirSync(dirname(file))) {
        if (!name.startsWith(stem) || !/\.(py|[cm]?[jt]sx?|rs)$/.test(name)) continue
        const path = join(dirname(file), name)
        const said = annotationsFor(readFileSync(path, 'utf8'), rule.id)
        if (!said) continue
        const marks = [...said.expected, ...said.safe, ...said.ignored].sort((a, b) => a - b)
        const add = (line: number, isVulnerable: boolean) => {
          const next = marks.find(it => it > line) ?? line + REACH + 1
          const lines = [line, Math.min(line + REACH, next - 1)] as const
          cases.push({ path: relative(at, path), lines, cwes: rule.cwes, isVulnerable })
        }
        for (const line of said.expected) add(line, true)
        for (const line of said.safe) add(line, false)
      }
    }
  }
  return cases
}

function vulnerabilityRules(file: string): { readonly id: string; readonly cwes: readonly number[] }[] {
  const { rules } = (parse(readFileSync(file, 'utf8'), { logLevel: 'silent', uniqueKeys: false }) ?? {}) as {
    readonly rules?: readonly {
      readonly id: string
      readonly languages?: readonly string[]
      readonly metadata?: {
        readonly category?: string
        readonly cwe?: unknown
        readonly subcategory?: unknown
      }
    }[]
  }
  return (rules ?? [])
    .filter(
      ({ metadata }) => metadata?.category === 'security' && [metadata.subcategory].flat().includes('vuln'),
    )
    .map(({ id, metadata }) => ({
      id,
      cwes: [metadata?.cwe].flat().flatMap(it => Number(/CWE-(\d+)/.exec(String(it))?.[1] ?? Number.NaN)),
    }))
    .filter(it => it.cwes.some(cwe => Number.isInteger(cwe)))
}

function fromPairs(at: string): Case[] {
  return filesBelow(at, /_(unsafe|task)\.(py|js|ts|rs)$/).map(it => ({
    path: relative(at, it),
    cwes: [Number(/cwe_(\d+)/.exec(it)?.[1])],
    isVulnerable: /_unsafe\./.test(it),
  }))
}

function fromFolders(at: string, folder: string): Case[] {
  return filesBelow(join(at, folder), /\.py$/).map(it => ({
    path: relative(at, it),
    cwes: [Number(/CWE-(\d+)/.exec(it)?.[1])],
    isVulnerable: true,
  }))
}

function filesBelow(at: string, wanted: RegExp): string[] {
  return readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(it => {
      if (it.name.startsWith('.')) return []
      const path = join(at, it.name)
      if (it.isDirectory()) return filesBelow(path, wanted)
      return wanted.test(it.name) ? [path] : []
    })
}

function findings(at: string, folders: readonly string[]): Finding[] {
  // Named rules are asked even where they are off by default.
  const only = values.rules === 'all' ? RULES.map(it => it.id).filter(isSecurity) : ['security']
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'dist/server/main.mjs'),
      ...['analyze', '--format', 'json', '--show', 'hint', '--show-all', '--locale', 'en', '--no-cache'],
      ...['--threads', '1', '--only', [...only, ...ALSO].join(','), ...folders],
    ],
    { cwd: at, encoding: 'utf8', maxBuffer: 1 << 30 },
  )
  if (!stdout) throw new Error(stderr)
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly {
      readonly rule: string
      readonly path: string
      readonly start: { readonly line: number }
    }[]
  }
  return findings.map(({ rule, path, start }) => ({
    rule,
    path,
    line: start.line,
    cwes: cwesOf.get(rule) ?? [],
  }))
}

function isSecurity(id: string): boolean {
  return id.startsWith('security/')
}

function familyOf(cwe: number): string {
  return FAMILIES.find(([, all]) => all.includes(cwe))?.[0] ?? 'other'
}

function score(cases: readonly Case[], found: readonly Finding[]): Score[] {
  const byPath = new Map<string, Finding[]>()
  for (const it of found) byPath.set(it.path, [...(byPath.get(it.path) ?? []), it])
  const scores = new Map<string, { vulnerable: number; found: number; safe: number; told: number }>()
  for (const it of cases) {
    const families = new Set(it.cwes.map(familyOf))
    const hit = (byPath.get(it.path) ?? []).find(
      of =>
        of.cwes.some(
          cwe => it.cwes.includes(cwe) || (families.has(familyOf(cwe)) && familyOf(cwe) !== 'other'),
        ) &&
        (!it.lines || (of.line >= it.lines[0] && of.line <= it.lines[1])),
    )
    const name = [...families][0]!
    const of = scores.get(name) ?? { vulnerable: 0, found: 0, safe: 0, told: 0 }
    scores.set(name, of)
    if (it.isVulnerable) of.vulnerable++
    else of.safe++
    if (hit && it.isVulnerable) of.found++
    if (hit && !it.isVulnerable) of.told++
    const shown = `${it.path}:${it.lines?.[0] ?? ''} CWE-${it.cwes.join(',')} (${name})`
    if (values.cases === 'missed' && it.isVulnerable && !hit) console.log(`missed ${shown}`)
    if (values.cases === 'told' && !it.isVulnerable && hit)
      console.log(`told   ${shown} ${hit.rule} at ${hit.line}`)
  }
  return [...scores].map(([name, it]) => ({ name, ...it })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function added(one: Score | undefined, other: Score): Score {
  return {
    name: other.name,
    vulnerable: (one?.vulnerable ?? 0) + other.vulnerable,
    found: (one?.found ?? 0) + other.found,
    safe: (one?.safe ?? 0) + other.safe,
    told: (one?.told ?? 0) + other.told,
  }
}

function print(title: string, scores: readonly Score[]): void {
  const share = (part: number, whole: number) =>
    whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`
  const youden = (it: Score) =>
    it.vulnerable === 0 || it.safe === 0 ? '–' : (it.found / it.vulnerable - it.told / it.safe).toFixed(2)
  const total = scores.reduce<Score | undefined>(
    (sum, it) => added(sum, { ...it, name: '**all**' }),
    undefined,
  )
  const rows = [...scores, ...(total ? [total] : [])].map(it => [
    it.name,
    `${it.found} of ${it.vulnerable}`,
    share(it.found, it.vulnerable),
    `${it.told} of ${it.safe}`,
    share(it.told, it.safe),
    youden(it),
  ])
  const head = [
    'Weakness',
    'Found',
    'True positive rate',
    'Told though safe',
    'False positive rate',
    'Youden',
  ]
  console.log(`\n${values.markdown ? '### ' : ''}${title}\n`)
  if (values.markdown) {
    for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`)
    return
  }
  const widths = head.map((it, i) => Math.max(it.length, ...rows.map(row => row[i]!.length)))
  for (const row of [head, ...rows]) console.log(row.map((it, i) => it.padEnd(widths[i]!)).join('  '))
}
