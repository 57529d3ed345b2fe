// Functions that give nothing back, so that what they give cannot be what somebody wants.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { isAsync, isGenerator } from './async.ts'
import { methodOf, namedFunction } from './called-function.ts'

/** The function of this file that is called gives back nothing, and no promise of it either. */
export function givesNothing(file: SourceFile, call: SyntaxNode): boolean {
  const callee = call.child('callee')
  if (!callee) return false
  const fn = callee.kind === 'Name' ? namedFunction(file, callee) : methodOf(file, callee)
  return fn !== undefined && endsWithoutValue(fn)
}

function endsWithoutValue(fn: SyntaxNode): boolean {
  const body = fn.child('body')
  if (body?.kind !== 'Block' || isAsync(fn) || isGenerator(fn) || fn.parent?.kind === 'Decorated')
    return false
  for (const it of body.ownDescendants('Return')) if (it.child('value')) return false
  // What only raises is a stub that others fill in.
  return !isStub(body)
}

function isStub(body: SyntaxNode): boolean {
  return body.children('statement').every(it => {
    if (it.is('Throw', 'Pass')) return true
    return it.kind === 'ExpressionStatement' && (it.child('value')?.is('String', 'Ellipsis') ?? false)
  })
}
