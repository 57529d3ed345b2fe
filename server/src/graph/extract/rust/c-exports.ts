// Functions that a shared library of Rust exports by the conventions of C: `#[no_mangle] pub extern "C" fn`.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { rustNameOf } from './bindings.ts'
import { handsOutInMacros } from './bridge-attribute.ts'
import { plainName } from './foreign-names.ts'
import { parameterName } from './text.ts'

export function extractCExports(file: SourceFile, facts: FactWriter): void {
  for (const fn of file.root.descendants('Function')) {
    const at = fn.child('name')
    const name = at && exportedName(fn, plainName(at.name))
    const inCode = rustNameOf(fn)
    if (!name || !inCode || !/\bextern\b/.test(fn.text.slice(0, at.start - fn.start))) continue
    const parameters = (fn.child('parameters')?.children('parameter') ?? [])
      .filter(it => it.kind === 'Parameter')
      .map(it => {
        const isRest = it.type === 'variadic_parameter'
        return { name: parameterName(it), isOptional: isRest, kind: isRest ? 'rest' : 'positional' } as const
      })
    facts.add('foreignExport', { bridge: 'c', kind: 'function', name, inCode, parameters }, at)
  }
  if (handsOutInMacros(file.root, '(?:unsafe\\s*\\(\\s*)?(?:no_mangle|export_name)'))
    facts.add('foreignOpening', { bridge: 'c' }, file.root)
}

/** Undefined for a function whose name the compiler chooses. */
function exportedName(fn: SyntaxNode, own: string): string | undefined {
  for (let it = fn.previous; it?.kind === 'Decorator'; it = it.previous) {
    const given = /\bexport_name\s*=\s*"([^"]+)"/.exec(it.text)
    if (given) return given[1]
    if (/\bno_mangle\b/.test(it.text)) return own
  }
  return undefined
}
