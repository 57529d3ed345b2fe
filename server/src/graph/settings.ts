// The variables of the environment of a workspace: where each is read, and where it is set.

import type { FactKind, Place } from './facts.ts'
import type { At } from './routes.ts'
import type { Absence, EnvironmentReadRow, SettingPlace } from './rows/settings.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface VariableRead extends At {
  readonly key: string
  readonly absence: Absence
  readonly from: EnvironmentReadRow['from']
  readonly isClient: boolean
}

export interface VariableSetting extends At {
  readonly key: string
  readonly in: SettingPlace
  readonly isComment: boolean
}

export interface Variable {
  /** In upper case: libraries that fill settings ask for any case. */
  readonly name: string
  readonly reads: readonly VariableRead[]
  readonly settings: readonly VariableSetting[]
}

/** What hands variables to browsers. */
export interface Bundler {
  readonly folder: string
  readonly tool: 'vite' | 'next'
  readonly prefixes: readonly string[]
  readonly isOpen: boolean
  /** A program that calls a bundler, and may build any file that has no settings of its own. */
  readonly isScript?: true
}

export class Environment {
  readonly variables: readonly Variable[]
  readonly bundlers: readonly Bundler[]
  /** Beginnings of names that are put together at run time; an empty one: any variable may be read. */
  readonly sweeps: readonly string[]
  readonly #mentioned: ReadonlySet<string>
  readonly #byName: ReadonlyMap<string, Variable>

  constructor(
    byName: ReadonlyMap<string, Variable>,
    bundlers: readonly Bundler[],
    sweeps: readonly string[],
    mentioned: ReadonlySet<string>,
  ) {
    this.variables = [...byName.values()]
    this.bundlers = bundlers
    this.sweeps = sweeps
    this.#mentioned = mentioned
    this.#byName = byName
  }

  /** Code reads it, or writes its name somewhere, so that it may. */
  mayBeRead({ name, reads }: Variable): boolean {
    return (
      reads.length > 0 ||
      this.#mentioned.has(name) ||
      this.sweeps.some(it => it !== '' && name.startsWith(it.toUpperCase()))
    )
  }

  variable(name: string): Variable | undefined {
    return this.#byName.get(name.toUpperCase())
  }
}

export function environmentOf(facts: WorkspaceFacts): Environment {
  const byName = new Map<string, { name: string; reads: VariableRead[]; settings: VariableSetting[] }>()
  const named = (key: string) => {
    const name = key.toUpperCase()
    let known = byName.get(name)
    if (!known) {
      known = { name, reads: [], settings: [] }
      byName.set(name, known)
    }
    return known
  }
  for (const { path, rows } of facts.rows('environmentSetting'))
    for (const [i, { key, in: place, isComment }] of rows.entries())
      named(key).settings.push(
        placed(facts, path, 'environmentSetting', i, { key, in: place, isComment: isComment === true }),
      )
  for (const { path, rows } of facts.rows('environmentRead'))
    for (const [i, { key, absence, from, isClient }] of rows.entries())
      named(key).reads.push(
        placed(facts, path, 'environmentRead', i, { key, absence, from, isClient: isClient === true }),
      )
  const readers = new Set(facts.rows('environmentReader').flatMap(it => it.rows.map(row => row.name)))
  for (const { path, rows } of facts.rows('environmentCall'))
    for (const [i, { callee, key }] of rows.entries())
      if (readers.has(callee))
        named(key).reads.push(placed(facts, path, 'environmentCall', i, { key, ...THROUGH_READER }))
  const bundlers = facts
    .rows('bundler')
    .flatMap(({ path, rows }) =>
      rows.map(it => ({ ...it, folder: path.slice(0, path.lastIndexOf('/') + 1) })),
    )
  const sweeps = facts.rows('environmentSweep').flatMap(it => it.rows.map(row => row.prefix))
  const mentioned = new Set(facts.rows('environmentMention').flatMap(it => it.rows.flatMap(row => row.keys)))
  return new Environment(byName, bundlers, [...new Set(sweeps)], mentioned)
}

const THROUGH_READER = { absence: 'unknown', from: 'process', isClient: false } as const

/** What was said, with its place as of now. */
function placed<T extends object>(
  facts: WorkspaceFacts,
  file: string,
  kind: FactKind,
  index: number,
  said: T,
): T & At {
  return {
    ...said,
    file,
    get place(): Place {
      return facts.placeOf(file, kind, index)
    },
  }
}
