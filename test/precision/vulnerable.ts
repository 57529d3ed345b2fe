// How much of what is known to be vulnerable in public programs the security rules find, and how often they speak where the
// published answer says "safe": true and false positive rates for each kind of weakness.
//
//   node --import tsx test/precision/vulnerable.ts [--markdown] [--cases missed|told] [--only SUITE] [--rules default|all] FOLDER
//
// Programs are not in this repository: each suite of `vulnerable.json` is expected in FOLDER, checked out at its commit under
// its name. Nothing is fetched. Build first: the command line is what is measured.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { securityFindings } from './security-findings.ts'
import { type Case, casesOf, suites } from './vulnerable-suites.ts'
import { familyOf, isInLines, isSameWeakness, type SecurityFinding } from './weaknesses.ts'

interface Score {
  readonly name: string
  readonly vulnerable: number
  readonly found: number
  readonly safe: number
  readonly told: number
}

const { values, positionals } = parseArgs({
  options: {
    markdown: { type: 'boolean', default: false },
    cases: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    rules: { type: 'string', default: 'default' },
  },
  allowPositionals: true,
})

const folder = positionals[0] ?? '.'
const everything = new Map<string, Score>()
let measured = 0

for (const suite of suites()) {
  const at = join(folder, suite.name)
  if (!suite.name.includes(values.only) || !existsSync(at)) continue
  const cases = casesOf(suite, at)
  const found = securityFindings(at, suite.folders ?? ['.'], values.rules === 'all' ? 'all' : 'default')
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

function score(cases: readonly Case[], found: readonly SecurityFinding[]): Score[] {
  const byPath = new Map<string, SecurityFinding[]>()
  for (const it of found) byPath.set(it.path, [...(byPath.get(it.path) ?? []), it])
  const scores = new Map<string, { vulnerable: number; found: number; safe: number; told: number }>()
  for (const it of cases) {
    const hit = (byPath.get(it.path) ?? []).find(of => isSameWeakness(of, it) && isInLines(of, it))
    const name = familyOf(it.cwes[0]!)
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
