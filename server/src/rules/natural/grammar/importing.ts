// Who may import what.

import { all, code, into, listOf, maybe, oneOf, word } from '../parse.ts'
import { insteadOf } from './forbidden.ts'
import { IN_TESTS, plainSubject, requirement, type Where } from './meaning.ts'
import { must, mustNot, names, noun, path, place, wheres } from './parts.ts'

const importer = oneOf(
  into(all(noun, wheres), ([it, scope]) =>
    it.kind === 'file' ? scope : it.kind === 'test' ? [...scope, IN_TESTS] : undefined,
  ),
  into(path, it => [{ inside: it }] as readonly Where[]),
)
const imported = into(listOf(path), it => it)
export const noImportFrom = oneOf(
  into(all(importer, mustNot, word('importFrom'), imported), ([scope, , , from]) =>
    requirement(plainSubject('import'), scope, { kind: 'noImportFrom', from }),
  ),
  into(all(importer, mustNot, word('importFrom'), word('otherTests')), ([scope]) =>
    requirement(plainSubject('import'), scope, { kind: 'noImportFrom', from: [{ kind: 'tests' }] }),
  ),
  into(all(word('ban', 'importFrom', 'import'), imported, wheres), ([, from, scope]) =>
    requirement(plainSubject('import'), scope, { kind: 'noImportFrom', from }),
  ),
)
const modules = into(names, it => (it.some(name => name.endsWith('/')) ? undefined : it))
export const noImport = oneOf(
  into(all(word('ban', 'import'), modules, wheres, maybe(insteadOf)), ([, it, scope, instead]) =>
    requirement(plainSubject('import'), scope, {
      kind: 'noImport',
      modules: it,
      ...(instead && { instead }),
    }),
  ),
  into(all(importer, mustNot, word('import'), modules), ([scope, , , it]) =>
    requirement(plainSubject('import'), scope, { kind: 'noImport', modules: it }),
  ),
  into(
    all(
      word('only'),
      word('noun', 'file'),
      word('in'),
      place,
      maybe(word('must', 'may')),
      word('import'),
      modules,
    ),
    ([, , , only, , , it]) =>
      requirement(plainSubject('import'), [{ outside: only }], { kind: 'noImport', modules: it }),
  ),
)
/** `Importing `moment` is not allowed`. */
export const importingIs = into(
  all(word('importing'), modules, wheres, word('forbidden'), wheres),
  ([, it, scope, , more]) =>
    requirement(plainSubject('import'), [...scope, ...more], { kind: 'noImport', modules: it }),
)
/** `Every test file must import `pytest``. */
export const mustImport = into(
  all(noun, wheres, must, word('import'), modules, wheres),
  ([it, scope, , , list, more]) =>
    it.kind === 'file' ? requirement(it, [...scope, ...more], { kind: 'imports', modules: list }) : undefined,
)
export const extension = into(
  all(
    word('noun', 'file'),
    word('that'),
    code(),
    must,
    word('extension'),
    code(it => it.startsWith('.')),
  ),
  ([, , module, , , ending]) =>
    requirement(plainSubject('file'), [], { kind: 'extension', extension: ending, ifImports: module }),
)
