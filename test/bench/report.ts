// The figures of a run as tables, in both languages: the same for the terminal and for the published pages.

import type { Locale } from '@codeant/shared/locale.ts'
import { SKIP_REASONS } from '../../server/src/features/skip-words.ts'
import type { GraphResult } from './graph.ts'
import type { IdleResult } from './idle.ts'
import type { KeystrokeResult } from './keystroke.ts'
import { EDIT_KINDS } from './keystroke-files.ts'
import { numbers, type Show } from './numbers.ts'
import { comparisonTable, patternScanTable, securityTables } from './report-peers.ts'
import { type ReportWords, WORDS } from './report-words.ts'
import type { RepositoriesResult } from './repositories.ts'
import type { PartName, Result } from './result.ts'
import type { ScanResult } from './scans.ts'
import { table } from './statistics.ts'
import type { TortureResult } from './torture.ts'

export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function printed(tables: readonly Table[]): string {
  return tables.map(it => `${it.title}\n\n${table(it.head, it.rows)}`).join('\n\n')
}

export function machineTables(
  { machine, versions }: Pick<Result, 'machine' | 'versions'>,
  load: number | undefined,
  locale: Locale,
): Table[] {
  const words = WORDS[locale]
  const show = numbers(locale)
  const rows = [
    [words.cpu, machine.cpu],
    [words.cores, show(machine.cores)],
    [words.memory, `${machine.memoryGb} GB`],
    [words.system, machine.system],
    ...(load === undefined ? [] : [[words.load, show(load, 2)]]),
    ...Object.entries(versions).map(([name, version]) => [name, version]),
  ]
  return [{ title: words.machine, head: [words.what, words.value], rows }]
}

export function partTables({ parts }: Pick<Result, 'parts'>, name: PartName, locale: Locale): Table[] {
  switch (name) {
    case 'keystrokes':
      return parts.keystrokes ? keystrokeTables(parts.keystrokes.figures, locale) : []
    case 'scans':
      return parts.scans ? scanTables(parts.scans.figures, locale) : []
    case 'graph':
      return parts.graph ? [graphTable(parts.graph.figures, locale)] : []
    case 'pattern-scans':
      return parts['pattern-scans'] ? [patternScanTable(parts['pattern-scans'].figures, locale)] : []
    case 'security':
      return parts.security ? securityTables(parts.security.figures, locale) : []
    case 'comparison':
      return parts.comparison ? [comparisonTable(parts.comparison.figures, locale)] : []
    case 'idle':
      return parts.idle ? [idleTable(parts.idle.figures, locale)] : []
    case 'torture':
      return parts.torture ? [tortureTable(parts.torture.figures, locale)] : []
    case 'repositories':
      return parts.repositories ? repositoryTables(parts.repositories.figures, locale) : []
  }
}

function keystrokeTables(results: readonly KeystrokeResult[], locale: Locale): Table[] {
  const words = WORDS[locale]
  const show = numbers(locale)
  const time = (value: number) => show(value, value < 10 ? 1 : 0)
  const sizes = [...new Set(results.map(it => it.size))]
  return sizes.map(size => ({
    title: words.keystrokeTitle(show(size)),
    head: [
      words.language,
      words.lines,
      words.server,
      'p50',
      'p95',
      ...EDIT_KINDS.map(it => `${words.edit[it]} p50/p95`),
      words.cpuPerEdit,
      words.versusOurs('p50'),
      words.samples,
      words.unanswered,
    ],
    rows: results
      .filter(it => it.size === size)
      .map(it => [
        it.language,
        show(it.lines),
        it.server + notes(it, words),
        time(it.p50.all),
        time(it.p95.all),
        ...EDIT_KINDS.map(kind => `${time(it.p50[kind])} / ${time(it.p95[kind])}`),
        it.cpuPerEdit === undefined ? '–' : time(it.cpuPerEdit),
        ratio(
          it.p50.all,
          results.find(our => isOurs(our.server) && our.language === it.language && our.size === size)?.p50
            .all,
        ),
        show(it.samples),
        show(it.unanswered),
      ]),
  }))

  function ratio(theirs: number, ours: number | undefined): string {
    return times(show, theirs, ours)
  }
}

/** What is out of the ordinary about how a server is measured. */
function notes({ delivery, sync, versioned }: KeystrokeResult, words: ReportWords): string {
  const all = [
    ...(sync === 'full' ? [words.fullText] : []),
    ...(delivery === 'pull' ? [words.pulled] : []),
    ...(delivery === 'push' && !versioned ? [words.unversioned] : []),
  ]
  return all.length > 0 ? ` (${all.join(', ')})` : ''
}

function scanTables(results: readonly ScanResult[], locale: Locale): Table[] {
  const words = WORDS[locale]
  const show = numbers(locale)
  const projects = [...new Map(results.map(it => [it.repository, it])).values()]
  const ours = (repository: string) =>
    results.find(it => it.repository === repository && it.tool === 'codeant')
  return [
    {
      title: words.projects,
      head: [words.repository, words.files, words.lines, 'MB'],
      rows: projects.map(it => [it.repository, show(it.files), show(it.lines), show(it.bytes / 1e6, 1)]),
    },
    {
      title: words.scanTitle,
      head: [
        words.repository,
        words.tool,
        's',
        'CPU s',
        words.linesPerSecond,
        words.linesPerCpuSecond,
        'MB/s',
        words.peakMemory,
        words.findings,
        words.versusOurs('s'),
        words.versusOurs('CPU s'),
      ],
      rows: results.map(it => [
        it.repository,
        it.tool === 'codeant, again' ? words.again : it.tool,
        show(it.seconds, 2),
        show(it.cpuSeconds, 2),
        show(it.lines / it.seconds),
        show(it.cpuSeconds && it.lines / it.cpuSeconds),
        show(it.bytes / 1e6 / it.seconds, 1),
        show(it.peakMemory && it.peakMemory / 1e6),
        show(it.findings),
        times(show, it.seconds, ours(it.repository)?.seconds),
        times(show, it.cpuSeconds, ours(it.repository)?.cpuSeconds),
      ]),
    },
  ]
}

function idleTable(results: readonly IdleResult[], locale: Locale): Table {
  const words = WORDS[locale]
  const show = numbers(locale)
  return {
    title: words.idleTitle,
    head: [words.scope, words.files, words.lines, words.opened, words.quietAfter, words.memoryMb, 'CPU %'],
    rows: results.map(it => [
      words.scopes[it.scope],
      show(it.files),
      show(it.lines),
      show(it.opened),
      show(it.quietAfterSeconds, 1),
      show(it.memory / 1e6),
      show(it.cpuPercent, 1),
    ]),
  }
}

function graphTable(results: readonly GraphResult[], locale: Locale): Table {
  const words = WORDS[locale]
  const show = numbers(locale)
  return {
    title: words.graphTitle,
    head: [
      words.files,
      words.lines,
      words.graphCold,
      words.graphCached,
      words.graphBody,
      words.graphRoute,
      words.graphTold,
      words.memoryMb,
    ],
    rows: results.map(it => [
      show(it.files),
      show(it.lines),
      show(it.coldMs / 1000, 1),
      show(it.cachedMs / 1000, 1),
      show(it.bodyCpuMs),
      show(it.routeCpuMs),
      `${show(it.routeP50)} / ${show(it.routeMost)}`,
      show(it.memory / 1e6),
    ]),
  }
}

function tortureTable(results: readonly TortureResult[], locale: Locale): Table {
  const words = WORDS[locale]
  const show = numbers(locale)
  const waits = ({ p50, max, count }: TortureResult['typing']) =>
    count === 0 ? '–' : `${show(p50)} / ${show(max)}`
  return {
    title: words.tortureTitle,
    head: [
      words.document,
      words.lines,
      'MB',
      words.editsPerSecond,
      words.firstAnswer,
      `${words.typing} p50/max`,
      `${words.otherHover} p50/max`,
      `${words.otherDiagnostics} p50/max`,
      words.unanswered,
    ],
    rows: results.map(it => [
      words.tortures[it.torture] + (it.announced ? ` – ${words.skipped}` : ''),
      show(it.lines),
      show(it.bytes / 1e6, 1),
      show(it.editsPerSecond),
      show(it.first),
      waits(it.typing),
      waits(it.hover),
      waits(it.diagnostics),
      show(it.unanswered),
    ]),
  }
}

function repositoryTables({ repositories, rules }: RepositoriesResult, locale: Locale): Table[] {
  const words = WORDS[locale]
  const show = numbers(locale)
  const codeLines = repositories.reduce((sum, it) => sum + it.codeLines, 0)
  return [
    {
      title: words.repositoriesTitle,
      head: [
        words.repository,
        words.files,
        words.lines,
        words.codeLines,
        's',
        words.peakMemory,
        words.findings,
        words.skippedFiles,
        words.troubles,
      ],
      rows: repositories.map(it => [
        it.repository,
        show(it.files),
        show(it.lines),
        show(it.codeLines),
        show(it.seconds, 1),
        show(it.peakMemory && it.peakMemory / 1e6),
        show(it.findings),
        Object.entries(it.skipped)
          .map(
            ([reason, count]) =>
              `${show(count)} ${SKIP_REASONS[locale][reason as keyof (typeof SKIP_REASONS)['en']]}`,
          )
          .join('; ') || '–',
        it.troubles.length > 0 ? show(it.troubles.length) : '–',
      ]),
    },
    {
      title: words.rulesTitle,
      head: [words.rule, words.findings, words.perThousand, words.inRepositories],
      rows: rules.map(it => [
        it.rule,
        show(it.findings),
        show((it.findings * 1000) / codeLines, 3),
        show(it.repositories),
      ]),
    },
  ]
}

export function isOurs(tool: string): boolean {
  return tool.startsWith('codeant')
}

function times(show: Show, theirs: number | undefined, ours: number | undefined): string {
  if (!theirs || !ours) return '–'
  const ratio = theirs / ours
  return `× ${show(ratio, ratio < 0.1 ? 3 : ratio < 10 ? 2 : 0)}`
}
