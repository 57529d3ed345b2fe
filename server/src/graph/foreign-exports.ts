// What Rust hands to other languages.

import type { Place, Row } from './facts.ts'
import type { WholeTable } from './names.ts'
import type { Bridge, ForeignExportRow, ForeignParameter } from './rows/foreign.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** Something that another language may call. */
export interface ForeignExport {
  readonly file: string
  readonly place: Place
  readonly bridge: Bridge
  readonly name: string
  readonly kind: ForeignExportRow['kind']
  /** Undefined where nobody can tell. */
  readonly parameters: readonly ForeignParameter[] | undefined
}

/** By file, by their names in the code. */
export function foreignExportsOf(facts: WorkspaceFacts): WholeTable<ForeignExport> {
  const table = new Map<string, Map<string, ForeignExport>>()
  for (const { path: file, rows } of facts.rows('foreignExport')) {
    const own = new Map<string, ForeignExport>()
    for (const [i, row] of rows.entries()) {
      const known = own.get(row.inCode)
      if (!known) own.set(row.inCode, exportAt(facts, file, i, row))
      else if (JSON.stringify(known.parameters) !== JSON.stringify(row.parameters)) {
        // Each build has its own: `#[cfg(unix)]`, `#[cfg(windows)]`.
        const first = rows.findIndex(it => it.inCode === row.inCode)
        own.set(row.inCode, exportAt(facts, file, first, { ...rows[first]!, parameters: undefined }))
      }
    }
    table.set(file, own)
  }
  return table
}

export function exportAt(
  facts: WorkspaceFacts,
  file: string,
  index: number,
  { bridge, name, kind, parameters }: Row<'foreignExport'>,
): ForeignExport {
  return {
    ...{ file, bridge, name, kind, parameters },
    get place() {
      return facts.placeOf(file, 'foreignExport', index)
    },
  }
}
