// A known hole in versions of a package, as the index keeps it, and whether a version has it.

import { compareVersions, type Ecosystem } from './versions.ts'

export interface Advisory {
  /** `GHSA-…`, `PYSEC-…`, `RUSTSEC-…` */
  readonly id: string
  /** The number that everybody knows it by, where it has one. */
  readonly alias?: string
  readonly summary?: string
  readonly ranges: readonly VersionRange[]
  /** Versions that are named one by one. */
  readonly versions?: readonly string[]
}

/** From the first version that has it to, if anybody knows, the first that no longer does, or the last that does. */
export interface VersionRange {
  readonly from: string
  readonly fixed?: string
  readonly last?: string
}

/** Finds what is known of a package. Made by whoever has the archive; empty where there is none. */
export interface Advisories {
  of(ecosystem: Ecosystem, name: string): readonly Advisory[]
}

export interface Affected {
  readonly advisory: Advisory
  /** The first version above this one that no longer has it. */
  readonly fixed?: string
}

/** Undefined when the version is not affected, or is none that can be compared. */
export function affects(ecosystem: Ecosystem, advisory: Advisory, version: string): Affected | undefined {
  for (const { from, fixed, last } of advisory.ranges) {
    const isBefore = from !== '0' && (compareVersions(ecosystem, version, from) ?? -1) < 0
    if (isBefore || compareVersions(ecosystem, version, version) === undefined) continue
    if (fixed !== undefined) {
      if ((compareVersions(ecosystem, version, fixed) ?? 0) < 0) return { advisory, fixed }
    } else if (last === undefined || (compareVersions(ecosystem, version, last) ?? 1) <= 0)
      return { advisory }
  }
  if (!advisory.versions?.includes(version)) return undefined
  const fixed = nextFixed(ecosystem, advisory, version)
  return { advisory, ...(fixed && { fixed }) }
}

function nextFixed(ecosystem: Ecosystem, { ranges }: Advisory, version: string): string | undefined {
  const above = ranges
    .flatMap(it => it.fixed ?? [])
    .filter(it => (compareVersions(ecosystem, version, it) ?? 1) < 0)
  return above.sort((a, b) => compareVersions(ecosystem, a, b) ?? 0)[0]
}
