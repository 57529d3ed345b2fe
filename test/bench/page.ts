// The published page of the benchmarks, written from the figures of a run, in English or in Spanish.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locale } from '@codeant/shared/locale.ts'
import { type Round, rounds } from '../precision/first-contact.ts'
import { precision, verdicts } from '../precision/sample.ts'
import { CORPORA } from './corpora.ts'
import { numbers } from './numbers.ts'
import { comparedSection } from './page-compared.ts'
import { similaritySection } from './page-similarity.ts'
import { PAGE_WORDS, type PageWords } from './page-words.ts'
import { isOurs, machineTables, partTables } from './report.ts'
import { unfinishedSentence } from './report-peers.ts'
import { WORDS } from './report-words.ts'
import { COUNTING, PARTS, type PartName, type Result } from './result.ts'
import { median, table } from './statistics.ts'

/** What `test/precision/fixes.ts` found. */
interface Fixes {
  readonly proposed: number
  /** Held when CodeAnt tried them; the following three are of these, by an analysis that knows nothing of that. */
  readonly offered: number
  readonly parse: number
  readonly gone: number
  readonly nothingNew: number
  readonly repositories: readonly string[]
}

const root = new URL('../../', import.meta.url)

/** Returns the page's path in the repository. What the run did not measure stays as it stands there. */
export function writePage(result: Result, locale: Locale): string {
  const path = `docs/${locale}/benchmarks.md`
  const file = fileURLToPath(new URL(path, root))
  writeFileSync(
    file,
    page(result, locale, existsSync(file) ? sectionsOf(readFileSync(file, 'utf8')) : new Map()),
  )
  return path
}

/** By the headings; what comes before the first is under the empty one. */
function sectionsOf(text: string): Map<string, string> {
  const sections = new Map<string, string>()
  for (const it of text.split(/^(?=## )/m)) {
    const title = /^## (.*)$/m.exec(it)?.[1] ?? ''
    sections.set(it.startsWith('## ') ? title : '', it.trim())
  }
  return sections
}

function page(result: Result, locale: Locale, before: ReadonlyMap<string, string>): string {
  const words = PAGE_WORDS[locale]
  const seen = new Set<string>()
  // The head says what the other times were measured with, as long as one of them is older.
  const isWhole = PARTS.every(it => result.parts[it] || it === 'graph' || COUNTING.includes(it))
  const head = [
    `# ${words.title}`,
    words.intro,
    ...(PARTS.some(it => result.parts[it]?.quick) ? [`> ${words.quick}`] : []),
    machineTables(result, undefined, locale)
      .map(it => table(it.head, it.rows))
      .join('\n\n'),
  ]
  const kept = (title: string) => before.get(title)
  // What was written by an earlier run is wrapped already.
  const asItIs = new Set<string>()
  const keep = (text: string | undefined): string[] => {
    if (text === undefined) return []
    asItIs.add(text)
    return [text]
  }
  const blocks = [
    ...(isWhole || !kept('') ? head : keep(kept(''))),
    ...PARTS.flatMap(it =>
      result.parts[it] ? section(result, it, locale, seen, isWhole) : keep(kept(words.parts[it].title)),
    ),
    ...comparedSection(locale),
    ...precisionSection(locale),
    ...firstContactSection(locale),
    ...(readFixes() ? fixesSection(locale) : keep(kept(words.fixes.title))),
    ...similaritySection(locale),
    `## ${words.again.title}`,
    words.again.before,
    '```sh\nnpm run build\nnpm run bench\nnpm run bench -- --markdown en,es\n```',
    words.again.after,
    '```sh\nnpm run bench -- --help\nnpm run bench -- keystrokes --languages rust --rounds 10\nnpm run bench -- scans --only eslint\nnpm run bench -- security comparison\n```',
  ]
  return `${blocks.map(it => (asItIs.has(it) ? it : wrapped(it))).join('\n\n')}\n`
}

/** As wide as the other guides. */
const WIDTH = 125

/** Prose in lines; tables, code and headings as they are. */
function wrapped(block: string): string {
  if (/^(\||```|#)/.test(block)) return block
  const paragraphs = block.split(/\n{2,}/).map(paragraph => {
    const lines = ['']
    for (const word of paragraph.split(/\s+/)) {
      const last = lines.at(-1)!
      if (last === '') lines[lines.length - 1] = word
      else if (last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`
      else lines.push(block.startsWith('> ') ? `> ${word}` : word)
    }
    return lines.join('\n')
  })
  return paragraphs.join('\n\n')
}

function section(
  result: Result,
  name: PartName,
  locale: Locale,
  seen: Set<string>,
  isWhole: boolean,
): string[] {
  const words = PAGE_WORDS[locale]
  const { on, load } = result.parts[name]!
  const tables = partTables(result, name, locale).flatMap(it => [
    `### ${it.title}`,
    table(
      it.head,
      it.rows.map(row => linked(row, seen)),
    ),
  ])
  return [
    `## ${words.parts[name].title}`,
    words.parts[name].method,
    ...comparison(result, name, words),
    ...tables,
    ...(name === 'comparison' ? unfinishedSentence(result.parts.comparison!, locale) : []),
    COUNTING.includes(name)
      ? words.countedWith(on, versionsOf(result))
      : words.when(on, numbers(locale)(load, 2)),
    ...(isWhole || COUNTING.includes(name)
      ? []
      : [words.measuredWith(result.machine.cpu, String(result.versions.codeant))]),
  ]
}

/** The tables of times may be older than those that only count. */
function versionsOf({ versions }: Result): string {
  return Object.entries(versions)
    .filter(([name]) => name !== 'node')
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}

/** Who is faster than we are, and who is not, in one sentence: what the reader looks for in the table first. */
function comparison({ parts }: Result, name: PartName, words: PageWords): string[] {
  const pairs: (readonly [tool: string, ratio: number])[] =
    name === 'keystrokes'
      ? (parts.keystrokes?.figures ?? []).flatMap(it => {
          const ours = parts.keystrokes!.figures.find(
            our => isOurs(our.server) && our.language === it.language && our.size === it.size,
          )
          return ours && !isOurs(it.server) ? [[it.server, it.p50.all / ours.p50.all] as const] : []
        })
      : name === 'scans'
        ? (parts.scans?.figures ?? []).flatMap(it => {
            const ours = parts.scans!.figures.find(
              our => our.tool === 'codeant' && our.repository === it.repository,
            )
            return ours && !isOurs(it.tool) ? [[it.tool, it.seconds / ours.seconds] as const] : []
          })
        : []
  const tools = [...new Set(pairs.map(([tool]) => tool))]
  const of = (tool: string) => pairs.filter(([it]) => it === tool).map(([, ratio]) => ratio)
  const faster = tools.filter(it => median(of(it)) < 1)
  const slower = tools.filter(it => median(of(it)) >= 1)
  return tools.length > 0 ? [words.comparison(faster, slower)] : []
}

/** Repositories lead to the commit that was measured, where they are first named; rules lead to their page. */
function linked(row: readonly string[], seen: Set<string>): string[] {
  const [first = '', ...rest] = row
  const corpus = seen.has(first) ? undefined : CORPORA[first]
  seen.add(first)
  if (corpus) return [`[${first}](${corpus.url}/tree/${corpus.commit})`, ...rest]
  return [/^[a-z]+\/[a-z-]+$/.test(first) ? ruleLink(first) : first, ...rest]
}

function ruleLink(rule: string): string {
  return `[${rule}](rules/${rule}.md)`
}

function precisionSection(locale: Locale): string[] {
  const words = PAGE_WORDS[locale].precision
  const show = numbers(locale)
  const judged = verdicts()
  if (judged.length === 0) return []
  const rules = precision(judged)
  const category = (rule: string) => rule.slice(0, rule.indexOf('/'))
  const sum = (of: typeof rules) => {
    const all = of.reduce((total, it) => total + it.judged, 0)
    const right = of.reduce((total, it) => total + it.right, 0)
    return [show(of.length), show(all), show(right), `${show((right / all) * 100, 1)} %`]
  }
  const categories = [...new Set(rules.map(it => category(it.rule)))].map(it => [
    it,
    ...sum(rules.filter(({ rule }) => category(rule) === it)),
  ])
  const missed = rules.filter(it => it.right < it.judged)
  return [
    `## ${words.title}`,
    words.method(show(judged.length), show(new Set(judged.map(it => it.repository)).size)),
    table(words.head, [...categories, [words.all, ...sum(rules)]]),
    ...(missed.length > 0
      ? [
          words.missed,
          table(
            words.missedHead,
            missed.map(it => [ruleLink(it.rule), show(it.judged), show(it.right)]),
          ),
        ]
      : []),
  ]
}

function firstContactSection(locale: Locale): string[] {
  const words = PAGE_WORDS[locale].firstContact
  const show = numbers(locale)
  const all = rounds()
  const row = (name: string, codeant: string, of: readonly Round[]) => {
    const sum = (count: (it: Round) => number) => of.reduce((total, it) => total + count(it), 0)
    const judged = sum(it => it.judged)
    const right = judged - sum(it => it.wrong.length)
    return [
      name,
      codeant,
      show(sum(it => Object.keys(it.repositories).length)),
      show(sum(it => it.findings)),
      show(judged),
      show(right),
      `${show((right / judged) * 100, 1)} %`,
    ]
  }
  return [
    `## ${words.title}`,
    words.method,
    table(words.head, [...all.map((it, i) => row(show(i + 1), it.codeant, [it])), row(words.all, '', all)]),
  ]
}

function fixesSection(locale: Locale): string[] {
  const fixes = readFixes()
  if (!fixes) return []
  const words = PAGE_WORDS[locale].fixes
  const show = numbers(locale)
  const row = (name: string, value: number, of: number) => [
    name,
    show(value),
    of === 0 ? '–' : `${show((value / of) * 100, 1)} %`,
  ]
  const { proposed, offered, parse, gone, nothingNew, repositories } = fixes
  return [
    `## ${words.title}`,
    words.method(repositories.join(', ')),
    table(
      ['', WORDS[locale].value, '%'],
      [
        row(words.proposed, proposed, proposed),
        row(words.offered, offered, proposed),
        row(words.parse, parse, offered),
        row(words.gone, gone, offered),
        row(words.nothingNew, nothingNew, offered),
      ],
    ),
  ]
}

function readFixes(): Fixes | undefined {
  try {
    return JSON.parse(readFileSync(new URL('.cache/bench/fixes.json', root), 'utf8')) as Fixes
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
