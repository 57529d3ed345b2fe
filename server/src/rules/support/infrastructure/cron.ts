// Time plans in the notation of cron, as GitHub and Kubernetes read them.

export interface CronProblem {
  readonly what: 'count' | 'value' | 'never'
  readonly field: string
}

/** Undefined for a plan that can be read and whose day comes. */
export function cronProblem(plan: string): CronProblem | undefined {
  // Filled in later, or a short form.
  if (/[$@{]|\bTZ=/.test(plan)) return undefined
  const fields = plan.trim().split(/\s+/)
  if (fields.length !== 5) return { what: 'count', field: plan }
  for (const [i, field] of fields.entries())
    if (!field.split(',').every(it => isValue(it, RANGES[i]!))) return { what: 'value', field }
  const [, , day = '', month = '', weekday = ''] = fields
  const days = Number(day)
  const months = month.split(',').map(it => MOST_DAYS[Number(it)] ?? 31)
  // A weekday beside it makes a second plan of its own.
  if (days > Math.max(...months) && weekday === '*') return { what: 'never', field: `${day} ${month}` }
  return undefined
}

interface FieldRange {
  readonly least: number
  readonly most: number
  readonly names?: readonly string[]
}

const RANGES: readonly FieldRange[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ') },
  { least: 0, most: 7, names: 'SUN MON TUE WED THU FRI SAT'.split(' ') },
]

/** By the number of the month; others have 31. */
const MOST_DAYS: Readonly<Record<number, number>> = { 2: 29, 4: 30, 6: 30, 9: 30, 11: 30 }

function isValue(item: string, { least, most, names }: FieldRange): boolean {
  const [range = '', step, ...more] = item.split('/')
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false
  if (range === '*' || range === '?') return true
  const ends = range.split('-').map(it => {
    const named = names?.indexOf(it.toUpperCase()) ?? -1
    return named === -1 ? (/^\d+$/.test(it) ? Number(it) : Number.NaN) : named + least
  })
  const [from = Number.NaN, to = from] = ends
  return ends.length <= 2 && from >= least && to <= most && from <= to
}
