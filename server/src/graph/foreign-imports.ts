// Modules of Python that are written in Rust, and the statements that import them.

import type { ForeignExport } from './foreign-exports.ts'
import type { Modules } from './modules.ts'
import type { Names, WholeTable } from './names.ts'
import { PythonModules } from './python-modules.ts'
import type { At } from './routes.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

/** Its place is the name of the module. */
export interface ForeignImport {
  readonly at: At
  readonly name: string
  readonly to: At
}

export function foreignImportsOf(
  facts: WorkspaceFacts,
  names: Names,
  modules: Modules,
  exports: WholeTable<ForeignExport>,
): ForeignImport[] {
  if (facts.rows('foreignModule').length === 0) return []
  const python = new PythonModules(facts, names, modules, exports)
  const found: ForeignImport[] = []
  for (const { path: file, rows } of facts.rows('import')) {
    if (!/\.pyi?$/.test(file)) continue
    for (const [i, { module, taken }] of rows.entries()) {
      const targets = [[], ...taken.map(it => [it])].map(names => python.find(file, { module, names }))
      // A package of Python around it may be meant: that one, its own language knows.
      const it = targets.find(target => target?.isDirect)?.module
      if (it) found.push({ at: placeIn(facts, file, 'import', i), name: it.fullName ?? it.name, to: it.at })
    }
  }
  return found
}
