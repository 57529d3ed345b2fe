// What a process and all that it started use, as Linux tells it. Elsewhere nobody is asked, and the answer is undefined.

import { readdirSync, readFileSync } from 'node:fs'

export interface Usage {
  /** Resident memory now, in bytes. */
  readonly memory: number
  /** The sum of what each process had at its own peak, in bytes. */
  readonly peak: number
  /** Processor time since each process began, in seconds. */
  readonly cpu: number
}

/** The kernel shows processor time in hundredths of a second to every program, whatever its own clock does. */
const TICKS_PER_SECOND = 100

export function processTree(pid: number): Usage | undefined {
  if (process.platform !== 'linux') return undefined
  const total = { memory: 0, peak: 0, cpu: 0 }
  for (const it of family(pid)) {
    const status = read(`/proc/${it}/status`)
    const stat = read(`/proc/${it}/stat`)
    if (!status || !stat) continue
    total.memory += kilobytes(status, 'VmRSS') * 1024
    total.peak += kilobytes(status, 'VmHWM') * 1024
    // The name of the program stands in parentheses and may hold spaces. The 14th and 15th fields are user and system time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    total.cpu += (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  }
  return total.memory > 0 ? total : undefined
}

function family(pid: number): number[] {
  const children = threads(pid).flatMap(thread =>
    (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(family)]
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** A process may end while it is looked at. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
}
