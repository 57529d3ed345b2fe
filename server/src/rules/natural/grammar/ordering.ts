// What comes before what.

import { all, code, into, maybe, oneOf, word } from '../parse.ts'
import type { Order, Requirement, Subject, SubjectKind } from '../requirement.ts'
import { plainSubject, requirement, type Where } from './meaning.ts'
import { must, noun, shall, wheres } from './parts.ts'

function order(kind: SubjectKind, value: Order): (scope: readonly Where[]) => Requirement | undefined {
  return scope => requirement(plainSubject(kind), scope, { kind: 'order', order: value })
}
export const orders = oneOf(
  into(all(word('noun', 'import'), wheres, must, word('top')), ([, scope]) =>
    order('import', { kind: 'importsFirst' })(scope),
  ),
  into(all(word('noun', 'import'), wheres, must, word('sorted')), ([, scope]) =>
    order('import', { kind: 'importsSorted' })(scope),
  ),
  into(all(word('noun', 'constructor'), must, word('firstMethod')), () =>
    order('class', { kind: 'constructorFirst' })([]),
  ),
  into(all(noun, shall, word('before'), oneOf<unknown>(noun, word('quality'))), ([first, , , then]) => {
    const second = typeof then === 'string' ? { kind: 'method', qualities: [then] } : (then as Subject)
    if (first.kind === 'constant' && second.kind === 'function')
      return order('file', { kind: 'constantsFirst' })([])
    const isMethods = [first, second].every(it => it.kind === 'method')
    if (isMethods && first.qualities.includes('public') && second.qualities.includes('private' as never))
      return order('class', { kind: 'publicFirst' })([])
    return undefined
  }),
  into(all(word('sort'), word('noun', 'import'), word('sortedAlone'), wheres), ([, , , scope]) =>
    order('import', { kind: 'importsSorted' })(scope),
  ),
  into(all(word('callFirst'), code(), word('beforeCall'), code()), ([, first, , then]) =>
    order('function', { kind: 'callBefore', first, then })([]),
  ),
  into(all(code(), must, word('calledBefore'), code(), maybe(word('everywhere'))), ([first, , , then]) =>
    order('function', { kind: 'callBefore', first, then })([]),
  ),
)
