// Hot spots and the plan, as `codeant plan` makes them: in a process of its own, because comparing thousands of functions takes
// seconds, in which somebody types.

import { execFile } from 'node:child_process'
import { basename, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import type { PlanCell, PlanPlace, PlanTable } from '@codeant/shared/plan.ts'
import type { PlanResult } from '@codeant/shared/protocol.ts'
import { hoursText, PLAN_WORDS } from '../../features/plan-words.ts'
import type { HotSpot, PlanStep } from '../../features/refactoring-plan.ts'
import { commonFolder } from '../common-folder.ts'
import { fileUri } from '../convert.ts'
import type { Session } from '../session.ts'

/** What `codeant plan --format json` writes. */
interface Planned {
  readonly since: string
  readonly steps: readonly PlanStep[]
  readonly notWorthIt: number
  readonly hotSpots: readonly HotSpot[]
}

/** A person reads a page. */
const STEPS = 40
const MOST_BYTES = 1 << 26

const run = promisify(execFile)

export async function plan(session: Session, signal: AbortSignal): Promise<PlanResult | null> {
  const { folders } = session
  if (folders.length === 0) return null
  const base = commonFolder(folders)
  const tables: PlanTable[] = []
  const problems: string[] = []
  for (const folder of folders) {
    const planned = await ask(session, folder, signal)
    if (typeof planned === 'string') {
      problems.push(planned)
      continue
    }
    const name = folders.length > 1 ? `${basename(folder)}: ` : ''
    const shown = ({ path, line }: PlanPlace) => ({
      path: relative(base, join(folder, path)).split(sep).join('/'),
      line,
    })
    for (const it of tablesOf(planned, session.locale, shown)) tables.push({ ...it, title: name + it.title })
  }
  return { tables, base: fileUri(base), problems }
}

/** A sentence where there can be no plan. Rejects when it was stopped. */
async function ask({ env, locale }: Session, folder: string, signal: AbortSignal): Promise<Planned | string> {
  const args = [process.argv[1]!, 'plan', '--format', 'json', '--limit', String(STEPS), '--locale', locale]
  try {
    const { stdout } = await run(process.execPath, args, { cwd: folder, env, signal, maxBuffer: MOST_BYTES })
    return JSON.parse(stdout) as Planned
  } catch (error) {
    signal.throwIfAborted()
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string }
    // A folder that cannot be read makes it end with a complaint, not without a plan.
    if (stdout) return JSON.parse(stdout) as Planned
    // The second line tells how to get help on a terminal.
    return stderr?.split('\n')[0] || String(error)
  }
}

function tablesOf(
  { since, steps, notWorthIt, hotSpots }: Planned,
  locale: Session['locale'],
  shown: (place: PlanPlace) => PlanPlace,
): PlanTable[] {
  const say = PLAN_WORDS[locale]
  const row = ({ about, places, effortHours, returnHours, formula }: PlanStep): PlanCell[] => [
    say.what(about).replace(/:$/, ''),
    places.slice(0, about.kind === 'merge' ? 2 : 1).map(shown),
    hoursText(effortHours, locale),
    hoursText(returnHours, locale),
    formula,
  ]
  return [
    {
      title: say.hotSpots.title(since),
      columns: say.hotSpots.columns,
      rows: hotSpots.map(it => [
        [shown(it)],
        it.changes.toLocaleString(locale),
        it.points.toLocaleString(locale),
        `${it.changes} × ${it.points} = ${it.heat.toLocaleString(locale)}`,
      ]),
      notes: [...(hotSpots.length === 0 ? [say.hotSpots.nothing] : []), say.hotSpots.formula],
    },
    {
      title: say.title(since),
      columns: say.columns,
      rows: steps.map(row),
      notes: [
        ...(steps.length === 0 ? [say.nothing] : []),
        ...(notWorthIt > 0 ? [say.notWorthIt(notWorthIt)] : []),
        say.honest,
        ...say.formulas,
      ],
    },
  ]
}
