// SARIF 2.1.0, the format in which analysers report to code hosts.

import { pathToFileURL } from 'node:url'
import type { Severity } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { SKIP_REASONS } from '../../features/skip-words.ts'
import { CONCEPTS } from '../../rules/concepts.generated.ts'
import type { AnyRule } from '../../rules/rule.ts'
import type { Analysis, PlacedFinding, Position, SkippedFile } from '../analysis.ts'

const LEVEL: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
}

export interface SarifContext {
  readonly version: string
  /** The address of the folder that paths are relative to; undefined where whoever reads the report has the folder elsewhere. */
  readonly root: string | undefined
  readonly locale: Locale
  /** Every rule that could have spoken. */
  readonly rules: readonly AnyRule[]
  /** Of the run itself, for programs of ours. */
  readonly properties?: Readonly<Record<string, unknown>>
}

export function folderUri(folder: string): string {
  const { href } = pathToFileURL(folder)
  return href.endsWith('/') ? href : `${href}/`
}

/** What is said of one finding. */
export type SarifResult = ReturnType<typeof result>
/** What is said of a file that was not read to its end. */
export type SarifNotification = ReturnType<typeof notification>

/** In pieces: of an organisation, it is longer than one string may be. */
export function* sarifReport({ findings, skipped }: Analysis, context: SarifContext): Generator<string> {
  const index = ruleIndex(context.rules)
  const results = sarifResults(findings, index)
  yield* sarifLog(
    skipped.map(it => notification(it, context.locale)),
    results,
    context,
  )
}

export function sarifResults(
  findings: readonly PlacedFinding[],
  index: ReadonlyMap<string, number>,
): SarifResult[] {
  return findings.map(it => result(it, index.get(it.rule)!))
}

/** Where each rule stands in a report of these rules. */
export function ruleIndex(rules: readonly AnyRule[]): Map<string, number> {
  return new Map(rules.map((rule, i) => [rule.id, i]))
}

/** What `JSON.stringify` makes of the whole, with two spaces, without ever holding it. */
export function* sarifLog(
  notifications: readonly SarifNotification[],
  results: Iterable<SarifResult>,
  context: SarifContext,
): Generator<string> {
  const frame = JSON.stringify(emptyLog(notifications, context), null, 2)
  const [before, after] = [
    frame.slice(0, frame.lastIndexOf(NO_RESULTS)),
    frame.slice(frame.lastIndexOf(NO_RESULTS)),
  ]
  let piece = `${before}"results": [`
  let isFirst = true
  for (const it of results) {
    piece += `${isFirst ? '' : ','}\n${INDENT}${JSON.stringify(it, null, 2).replaceAll('\n', `\n${INDENT}`)}`
    isFirst = false
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield `${piece}${isFirst ? '' : `\n${INDENT.slice(2)}`}]${after.slice(NO_RESULTS.length)}\n`
}

const NO_RESULTS = '"results": []'
/** Of a result among those of a run. */
const INDENT = ' '.repeat(8)
/** Few writes, and nothing of a size that matters. */
const PIECE = 1 << 18

/** Results come last, so that they can be put in. */
export function emptyLog(
  notifications: readonly SarifNotification[],
  { version, root, locale, rules, properties }: SarifContext,
) {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'CodeAnt',
            semanticVersion: version,
            language: locale,
            rules: rules.map(rule => descriptor(rule, locale)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: root === undefined ? {} : { uri: root } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        ...(properties && { properties }),
        results: [],
      },
    ],
  }
}

export function notification({ path, reason }: SkippedFile, locale: Locale) {
  return {
    level: 'warning',
    message: { text: SKIP_REASONS[locale][reason] },
    locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
  }
}

function descriptor(rule: AnyRule, locale: Locale) {
  const concept = CONCEPTS.find(it => it.id === rule.concept)?.[locale]
  return {
    id: rule.id,
    name: rule.id.replace(/(^|[/-])(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: concept?.title ?? rule.id },
    ...(concept && { help: { text: concept.body, markdown: concept.body } }),
    defaultConfiguration: { level: LEVEL[rule.severity], enabled: rule.enabled !== false },
    properties: {
      tags: [
        rule.id.slice(0, rule.id.indexOf('/')),
        ...(rule.cwe ?? []).map((it: number) => `external/cwe/cwe-${String(it).padStart(3, '0')}`),
      ],
    },
  }
}

function result(
  {
    rule,
    severity,
    path,
    start,
    end,
    message,
    remedy,
    related,
    fingerprint,
    likelihood,
    heldBack,
  }: PlacedFinding,
  ruleIndex: number,
) {
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVEL[severity],
    message: { text: `${message}. ${remedy}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: region(start, end) } }],
    ...(related && {
      relatedLocations: related.map((it, id) => ({
        id,
        physicalLocation: { artifactLocation: artifact(it.path ?? path), region: region(it.start, it.end) },
      })),
    }),
    partialFingerprints: { 'codeantMeaning/v1': fingerprint },
    ...(likelihood !== undefined && { rank: Math.round(likelihood * 1000) / 10 }),
    ...(heldBack && { properties: { heldBack } }),
  }
}

function artifact(path: string) {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' }
}

function region(start: Position, end: Position) {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    charOffset: start.offset,
    charLength: end.offset - start.offset,
  }
}
