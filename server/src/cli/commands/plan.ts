// `codeant plan`: what to do first, by what is changed often, hard to follow, copied, tied in circles, or wrong.

import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { expectation } from '../../features/impact.ts'
import {
  type PlannedCircle,
  type PlannedCopy,
  type PlannedFile,
  planOf,
} from '../../features/refactoring-plan.ts'
import { isTestFile, similarPairs } from '../../features/similar-functions.ts'
import { UsageError } from '../arguments.ts'
import { churnSince } from '../churn.ts'
import { type Collected, collect, shownPath } from '../collect.ts'
import { type Command, EXIT } from '../command.ts'
import { gatherFunctions } from '../functions.ts'
import { LineStarts } from '../line-starts.ts'
import { planJson, planMarkdown, planText } from '../output/plan.ts'
import type { Terminal } from '../terminal.ts'
import { absolute, openWorkspace, Reporter, readText, type Workspace } from '../workspace.ts'

/** A person can begin with so many. */
const STEPS = 20
const COMPLEXITY = 'design/cognitive-complexity'

export const plan: Command = {
  name: 'plan',
  usage: { en: '[paths…]', es: '[rutas…]' },
  summary: {
    en: 'Say what to refactor first, with effort and return',
    es: 'Dice qué refactorizar primero, con esfuerzo y retorno',
  },
  options: {
    since: {
      type: 'string',
      value: 'TIME',
      help: {
        en: 'count changes since then, as git understands it (default: 12.months)',
        es: 'cuenta los cambios desde entonces, como lo entiende git (por defecto, 12.months)',
      },
    },
    format: {
      type: 'string',
      choices: ['text', 'json', 'markdown'],
      help: { en: 'how to write it (default: text)', es: 'cómo escribirlo (por defecto, text)' },
    },
    limit: {
      type: 'string',
      value: 'N',
      help: {
        en: `how many steps (default: ${STEPS}; 0 for all)`,
        es: `cuántos pasos (por defecto, ${STEPS}; 0 para todos)`,
      },
    },
    'no-cache': { type: 'boolean', help: { en: 'read everything again', es: 'lee todo de nuevo' } },
  },
  examples: [
    'codeant plan',
    'codeant plan server --since 6.months',
    'codeant plan --format markdown > plan.md',
  ],

  async run(given, terminal) {
    const { out, locale } = terminal
    const limit = readLimit(given.value('limit'), locale)
    const since = given.value('since') ?? '12.months'
    const changes = await churnSince(since, terminal)
    const cache = !given.flag('no-cache')
    const workspace = openWorkspace(terminal, { cache })
    try {
      const places = given.positionals
      const unreadable: string[] = []
      const { files, circles } = await gatherFiles(
        workspace,
        places,
        changes,
        it => unreadable.push(it),
        terminal,
      )
      for (const it of unreadable) terminal.err.write(`${WORDS[locale].unreadable(it)}\n`)
      const copies = await gatherCopies(workspace, places, cache, terminal)
      if (!copies) return EXIT.failure
      const whole = planOf(files, copies, circles)
      const { steps } = whole
      const shown = { ...whole, since, shown: limit === 0 ? steps : steps.slice(0, limit) }
      const format = given.value('format')
      if (format === 'json') out.write(planJson(shown))
      else out.write(format === 'markdown' ? planMarkdown(shown, locale) : planText(out, shown, locale))
      return unreadable.length > 0 ? EXIT.usage : EXIT.ok
    } finally {
      await workspace.scanner.close()
    }
  },
}

async function gatherFiles(
  workspace: Workspace,
  given: readonly string[],
  changes: ReadonlyMap<string, number>,
  unreadable: (place: string) => void,
  terminal: Terminal,
): Promise<{ readonly files: PlannedFile[]; readonly circles: PlannedCircle[] }> {
  const places = given.length > 0 ? given.map(it => absolute(terminal, it)) : [terminal.cwd]
  const reporter = new Reporter(workspace, false)
  await reporter.prepare()
  const starts = new LineStarts(file => readText(file) ?? '')
  const seen = new Map<string, Omit<PlannedFile, 'findings'>>()
  const requests = [...workspace.scanner.requests(places, unreadable)].filter(it => !isTestFile(it.path))
  const collected = await collect(workspace, reporter, requests, terminal, undefined, async answer => {
    const { file, lines, result } = answer
    const functions = result.findings.flatMap(({ rule, start, data }) =>
      rule === COMPLEXITY ? [{ line: starts.lineOf(file, start), points: Number(data.points) }] : [],
    )
    seen.set(file, { path: shownPath(file, terminal), lines, changes: changes.get(file) ?? 0, functions })
    return answer
  })
  const findings = findingsOf(collected, workspace, starts)
  return {
    files: [...seen].map(([file, it]) => ({ ...it, findings: findings.get(file) ?? [] })),
    circles: circlesOf(collected, starts, file => seen.has(file), terminal),
  }
}

/** Only what breaks something: how code is built and looks is counted by other steps. */
function findingsOf(
  { outcomes }: Collected,
  { rules }: Workspace,
  starts: LineStarts,
): ReadonlyMap<string, PlannedFile['findings']> {
  return new Map(
    outcomes.map(({ answer, shown }) => [
      answer.file,
      shown
        .filter(({ severity, finding }) => isGrave(severity) && !/^(design|style)\//.test(finding.rule))
        .map(({ finding: { rule, start, fix } }) => ({
          rule,
          line: starts.lineOf(answer.file, start),
          expectedHours: expectation(rules.get(rule)!.impact).expectedHours,
          isFixable: fix !== undefined,
        })),
    ]),
  )
}

function isGrave(severity: string): boolean {
  return severity === 'error' || severity === 'warning'
}

function circlesOf(
  { graphs }: Collected,
  starts: LineStarts,
  isAsked: (file: string) => boolean,
  terminal: Terminal,
): PlannedCircle[] {
  return [...graphs.roots].flatMap(root =>
    graphs
      .of(root)
      .relations.importCycles.filter(it => it.imports.every(({ file }) => isAsked(join(root, file))))
      .map(it =>
        it.imports.map(({ file, place }) => ({
          path: shownPath(join(root, file), terminal),
          line: starts.lineOf(join(root, file), place[0]),
        })),
      ),
  )
}

async function gatherCopies(
  workspace: Workspace,
  places: readonly string[],
  cache: boolean,
  terminal: Terminal,
): Promise<PlannedCopy[] | undefined> {
  const gathered = await gatherFunctions(workspace, { places, also: [], tests: false, cache }, terminal)
  if (!gathered) return undefined
  // Only true copies: of what is merely alike, nobody can say that it should be one.
  return similarPairs(gathered.functions, { least: 0.99, acrossLanguages: false })
    .filter(it => it.alike !== 'similar')
    .map(({ one, other }) => {
      const [first, second] = [one, other].map(({ file, line, endLine }) => ({
        path: shownPath(file, terminal),
        line,
        lines: endLine - line + 1,
      }))
      return { name: one.name, ends: [first!, second!] }
    })
}

function readLimit(value: string | undefined, locale: Locale): number {
  if (value === undefined) return STEPS
  const limit = Number(value)
  if (!Number.isInteger(limit) || limit < 0) throw new UsageError(WORDS[locale].limit(value))
  return limit
}

const WORDS: Readonly<
  Record<
    Locale,
    { readonly limit: (value: string) => string; readonly unreadable: (place: string) => string }
  >
> = {
  en: {
    limit: value => `--limit cannot be "${value}"; it is a number from 0 on`,
    unreadable: place => `codeant: cannot read ${place}`,
  },
  es: {
    limit: value => `--limit no puede ser «${value}»; es un número a partir de 0`,
    unreadable: place => `codeant: no se puede leer ${place}`,
  },
}
