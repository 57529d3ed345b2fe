// What stubs promise of modules that are written in Rust, beside what Rust says.

import type { Place } from './facts.ts'
import type { ForeignExport } from './foreign-exports.ts'
import type { PythonModules } from './python-modules.ts'
import type { ForeignParameter } from './rows/foreign.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** A function or a method of a stub. */
export interface Stub {
  readonly file: string
  readonly place: Place
  /** `scale`, `Counter.add` */
  readonly name: string
  readonly parameters: readonly ForeignParameter[] | undefined
  readonly found: ForeignExport | undefined
  /** All that is there is known, and this is not among it. */
  readonly isMissing: boolean
  readonly known: readonly ForeignExport[]
}

export function stubsOf(facts: WorkspaceFacts, python: PythonModules): Stub[] {
  return facts.rows('stub').flatMap(({ path: file, rows }) => {
    const module = python.behind(file)
    if (!module) return []
    return rows.flatMap((row, i): Stub[] => {
      const { name, kind, owner, parameters } = row
      const around = owner === undefined ? undefined : module.items.get(owner)
      const members = around?.kind === 'class' ? module.members(around) : []
      const isMade = /^__(new|init)__$/.test(name)
      const known = owner === undefined ? [...module.items.values()].filter(it => it !== undefined) : members
      // Python itself calls these, by position.
      const isSpecial = /^__\w+__$/.test(name)
      const found = isMade
        ? members.find(it => it.kind === 'constructor')
        : isSpecial
          ? undefined
          : known.find(it => it.name === name && it.kind !== 'property')
      const isThere = owner === undefined && module.items.has(name)
      return [
        {
          ...{ file, name: owner ? `${owner}.${name}` : name, parameters, found, known },
          isMissing:
            kind === 'function' && !module.isOpen && !isThere && !isSpecial && !module.unlisted(name),
          get place() {
            return facts.placeOf(file, 'stub', i)
          },
        },
      ]
    })
  })
}
