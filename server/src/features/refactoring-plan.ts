// What to do first: work on code that is worth it, with its effort and what it saves. Every number comes from a formula that is
// shown with it. All of them are estimates: they put steps in an order, they do not promise hours.

/** What one step is about. */
export type StepSubject =
  /** Functions that are hard to follow. */
  | { readonly kind: 'simplify'; readonly functions: number; readonly points: number }
  /** Findings that are worth repairing. */
  | {
      readonly kind: 'repair'
      readonly findings: number
      readonly fixable: number
      readonly rules: readonly string[]
    }
  /** Two functions that are copies of each other. */
  | { readonly kind: 'merge'; readonly name: string; readonly lines: number }
  /** Files that import each other in a circle. */
  | { readonly kind: 'untie'; readonly files: number }

export interface PlanStep {
  readonly about: StepSubject
  /** Where to begin; lines count from 1. */
  readonly places: readonly { readonly path: string; readonly line: number }[]
  readonly changes: number
  readonly effortHours: number
  /** Hours saved if as much time again brings as many changes. */
  readonly returnHours: number
  /** Where `returnHours` comes from, in numbers. */
  readonly formula: string
}

export interface PlannedFile {
  readonly path: string
  readonly lines: number
  /** Commits that changed it. */
  readonly changes: number
  /** Those that have some points of cognitive complexity. */
  readonly functions: readonly { readonly line: number; readonly points: number }[]
  readonly findings: readonly PlannedFinding[]
}

export interface PlannedFinding {
  readonly rule: string
  readonly line: number
  readonly expectedHours: number
  readonly isFixable: boolean
}

export interface PlannedCopy {
  readonly name: string
  readonly ends: readonly [CopyEnd, CopyEnd]
}

export interface CopyEnd {
  readonly path: string
  readonly line: number
  readonly lines: number
}

/** Of a circle of imports, the one that is the easiest to give up first. */
export type PlannedCircle = readonly { readonly path: string; readonly line: number }[]

/** Up to here a function costs its readers nothing to speak of. */
export const EASY = 15

/** Minutes. With half of them every return halves, and the order stays. */
export const MINUTES = {
  /** That one point above `EASY` costs whoever changes the file: a fifth, as most changes are about one function of several. */
  reading: 0.2,
  /** To take one such point out of a function, with a test. */
  simplifying: 3,
  /** To repeat a change in the other copy, or to find out that somebody forgot to. */
  repeating: 30,
  /** To make one function of two. */
  merging: 60,
  /** To think of the whole circle when one of its files changes. */
  circle: 3,
  /** To give up one import. */
  untying: 240,
  /** To repair a finding by hand, and to look at a fix that is offered. */
  repairing: 30,
  accepting: 5,
} as const

export interface Plan {
  /** What gives most for an hour of work comes first. */
  readonly steps: readonly PlanStep[]
  /** Steps that would take longer than they save. */
  readonly notWorthIt: number
  /** The hottest first. */
  readonly hotSpots: readonly HotSpot[]
}

/** A file that is changed often and hard to follow, worth a step or not. */
export interface HotSpot {
  readonly path: string
  /** Of the function with the most points. */
  readonly line: number
  readonly changes: number
  /** Above `EASY`, of all its functions. */
  readonly points: number
  /** changes × points */
  readonly heat: number
}

/** A person looks at so many. */
const HOT_SPOTS = 20

export function planOf(
  files: readonly PlannedFile[],
  copies: readonly PlannedCopy[],
  circles: readonly PlannedCircle[],
): Plan {
  const byPath = new Map(files.map(it => [it.path, it]))
  const all = [
    ...files.flatMap(it => [...simplify(it), ...repair(it)]),
    ...copies.flatMap(it => merge(it, byPath)),
    ...circles.map(it => untie(it, byPath)),
  ]
  const worth = all.filter(it => it.returnHours > it.effortHours)
  const gain = ({ returnHours, effortHours }: PlanStep) => returnHours / effortHours
  return {
    steps: worth.sort((a, b) => gain(b) - gain(a) || b.returnHours - a.returnHours),
    notWorthIt: all.length - worth.length,
    hotSpots: files
      .flatMap(hotSpot)
      .sort((a, b) => b.heat - a.heat)
      .slice(0, HOT_SPOTS),
  }
}

function hotSpot({ path, changes, functions }: PlannedFile): HotSpot[] {
  const { hard, points } = difficulty(functions)
  return changes * points === 0
    ? []
    : [{ path, line: hard[0]!.line, changes, points, heat: changes * points }]
}

/** The hardest function first. */
function difficulty(functions: PlannedFile['functions']) {
  const hard = functions.filter(it => it.points > EASY).sort((a, b) => b.points - a.points)
  return { hard, points: hard.reduce((sum, it) => sum + it.points - EASY, 0) }
}

/** changes × points above 15 × 0.2 min */
function simplify({ path, changes, functions }: PlannedFile): PlanStep[] {
  const { hard, points } = difficulty(functions)
  if (hard.length === 0) return []
  const places = hard.map(({ line }) => ({ path, line }))
  return [
    {
      about: { kind: 'simplify', functions: hard.length, points },
      ...{ places, changes },
      effortHours: hours(points * MINUTES.simplifying),
      returnHours: hours(changes * points * MINUTES.reading),
      formula: `${changes} × ${points} × ${MINUTES.reading} min`,
    },
  ]
}

/**
 * Σ likelihood × hours, as the executive reading has it. A rule counts once in a file: who meets the first of its findings in
 * production repairs the others with it.
 */
function repair({ path, changes, findings }: PlannedFile): PlanStep[] {
  if (findings.length === 0) return []
  const fixable = findings.filter(it => it.isFixable).length
  const dearest = findings.toSorted((a, b) => b.expectedHours - a.expectedHours)
  const rules = new Map(dearest.map(it => [it.rule, it.expectedHours]))
  const expected = [...rules.values()]
  return [
    {
      about: { kind: 'repair', findings: findings.length, fixable, rules: [...rules.keys()] },
      places: dearest.map(({ line }) => ({ path, line })),
      changes,
      effortHours: hours((findings.length - fixable) * MINUTES.repairing + fixable * MINUTES.accepting),
      returnHours: round(expected.reduce((sum, it) => sum + it, 0)),
      formula: tally(expected.map(it => `${round(it)} h`)),
    },
  ]
}

/** For each end: changes × share of the file that is the copy × 30 min */
function merge({ name, ends }: PlannedCopy, files: ReadonlyMap<string, PlannedFile>): PlanStep[] {
  const known = ends.map(end => ({ ...end, file: files.get(end.path) }))
  if (known.some(it => !it.file)) return []
  const shares = known.map(({ lines, file }) => file!.changes * Math.min(1, lines / Math.max(1, file!.lines)))
  return [
    {
      about: { kind: 'merge', name, lines: ends[0].lines },
      places: ends.map(({ path, line }) => ({ path, line })),
      changes: known.reduce((sum, it) => sum + it.file!.changes, 0),
      effortHours: hours(MINUTES.merging),
      returnHours: hours((shares[0]! + shares[1]!) * MINUTES.repeating),
      formula: `(${known.map(it => `${it.file!.changes} × ${it.lines}/${it.file!.lines}`).join(' + ')}) × ${MINUTES.repeating} min`,
    },
  ]
}

/** changes of its files × 3 min */
function untie(circle: PlannedCircle, files: ReadonlyMap<string, PlannedFile>): PlanStep {
  const inside = [...new Set(circle.map(it => it.path))]
  const changes = inside.reduce((sum, it) => sum + (files.get(it)?.changes ?? 0), 0)
  return {
    about: { kind: 'untie', files: inside.length },
    places: circle,
    changes,
    effortHours: hours(MINUTES.untying),
    returnHours: hours(changes * MINUTES.circle),
    formula: `${changes} × ${MINUTES.circle} min`,
  }
}

/** `2 × 0.15 h + 2.4 h` */
function tally(terms: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const it of terms) counts.set(it, (counts.get(it) ?? 0) + 1)
  return [...counts].map(([term, count]) => (count > 1 ? `${count} × ${term}` : term)).join(' + ')
}

function hours(minutes: number): number {
  return round(minutes / 60)
}

function round(hours: number): number {
  return Math.round(hours * 100) / 100
}
