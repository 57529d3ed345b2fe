// Which of two versions is the newer one, by the rules of each ecosystem: SemVer for npm and Cargo, PEP 440 for Python.

export type Ecosystem = 'npm' | 'PyPI' | 'crates.io'

export const ECOSYSTEMS: readonly Ecosystem[] = ['npm', 'PyPI', 'crates.io']

/** Below 0 when the first is older. Undefined when one of them is no version of that ecosystem. */
export function compareVersions(ecosystem: Ecosystem, one: string, other: string): number | undefined {
  return ecosystem === 'PyPI' ? comparePython(one, other) : compareSemVer(one, other)
}

/** Packages of Python are the same whatever signs part the words of their names. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  return ecosystem === 'PyPI' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name
}

const SEMVER = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

/** What is left out counts as 0, as advisories write it: `introduced: "0"`. */
function compareSemVer(one: string, other: string): number | undefined {
  const [a, b] = [SEMVER.exec(one), SEMVER.exec(other)]
  if (!a || !b) return undefined
  for (const i of [1, 2, 3]) {
    const difference = compareNumbers(a[i] ?? '0', b[i] ?? '0')
    if (difference !== 0) return difference
  }
  return compareBefore(a[4], b[4])
}

/** What comes before a release: without it a version is newer. */
function compareBefore(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1
  return compareParts(one.split('.'), other.split('.'), 'numbers')
}

const PYTHON =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i

interface PythonVersion {
  readonly epoch: string
  readonly release: readonly string[]
  /** Each as a place in the order in which Python releases follow each other. */
  readonly before: readonly [order: number, count: string]
  readonly after: readonly [order: number, count: string]
  readonly development: readonly [order: number, count: string]
  readonly local: readonly string[]
}

function comparePython(one: string, other: string): number | undefined {
  const [a, b] = [readPython(one), readPython(other)]
  if (!a || !b) return undefined
  return (
    compareNumbers(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    comparePlaces(a.before, b.before) ||
    comparePlaces(a.after, b.after) ||
    comparePlaces(a.development, b.development) ||
    compareParts(a.local, b.local, 'words')
  )
}

function readPython(text: string): PythonVersion | undefined {
  const match = PYTHON.exec(text.trim())
  if (!match) return undefined
  const [
    ,
    epoch = '0',
    release = '0',
    before,
    beforeCount,
    dashed,
    after,
    afterCount,
    development,
    count,
    local,
  ] = match
  const isAfter = dashed !== undefined || after !== undefined
  return {
    epoch,
    release: release.split('.'),
    // A development release of a version that has nothing else is older than all that leads to it.
    before: before
      ? [BEFORE[before.toLowerCase()]!, beforeCount || '0']
      : development && !isAfter
        ? [-1, '0']
        : [9, '0'],
    after: isAfter ? [1, dashed ?? (afterCount || '0')] : [0, '0'],
    development: development ? [0, count || '0'] : [1, '0'],
    local: local?.toLowerCase().split(/[-_.]/) ?? [],
  }
}

const BEFORE: Readonly<Record<string, number>> = {
  a: 0,
  alpha: 0,
  b: 1,
  beta: 1,
  c: 2,
  rc: 2,
  pre: 2,
  preview: 2,
}

function compareReleases(one: readonly string[], other: readonly string[]): number {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = compareNumbers(one[i] ?? '0', other[i] ?? '0')
    if (difference !== 0) return difference
  }
  return 0
}

function comparePlaces(one: readonly [number, string], other: readonly [number, string]): number {
  return one[0] - other[0] || compareNumbers(one[1], other[1])
}

/** Part by part; `first` says which of numbers and words come before the others. What ends first is the older one. */
function compareParts(one: readonly string[], other: readonly string[], first: 'numbers' | 'words'): number {
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const [x, y] = [one[i]!, other[i]!]
    const [isNumber, isOtherNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)]
    let difference: number
    if (isNumber !== isOtherNumber) difference = isNumber === (first === 'numbers') ? -1 : 1
    else if (isNumber) difference = compareNumbers(x, y)
    else difference = x < y ? -1 : x > y ? 1 : 0
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

/** Numbers as text, for dates in versions are longer than numbers are exact. */
function compareNumbers(one: string, other: string): number {
  const [a, b] = [one.replace(/^0+(?=\d)/, ''), other.replace(/^0+(?=\d)/, '')]
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}
