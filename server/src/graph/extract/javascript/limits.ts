// Limits that checks in JavaScript put on values: `.min(3).max(50).regex(…)` of schemas, decorators of class-validator.

import { isTrue, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { bothLimits, limitsOf } from '../../limits.ts'
import type { Limits } from '../../rows/shapes.ts'
import { patternIn } from '../patterns.ts'

/** What `min` and `max` are said of. */
export type Measure = 'length' | 'value'

/** `.max(50)`, as zod calls it; undefined for what is no limit, or cannot be known. */
export function limitsAt(
  file: SourceFile,
  name: string,
  call: SyntaxNode,
  measure: Measure | undefined,
  isWhole: boolean,
): Limits | undefined {
  const [first] = positional(call)
  const number = numberIn(file, first)
  if (measure === 'length')
    switch (name) {
      case 'min':
        return limitsOf({ shortest: number })
      case 'max':
        return limitsOf({ longest: number })
      case 'length':
        return limitsOf({ shortest: number, longest: number })
      case 'nonempty':
        return limitsOf({ shortest: 1 })
      case 'regex':
        return limitsOf({ pattern: first && patternAt(file, first) })
    }
  if (measure === 'value')
    switch (name) {
      case 'min':
      case 'gte':
        return limitsOf({ least: number })
      case 'max':
      case 'lte':
        return limitsOf({ most: number })
      case 'gt':
        return isWhole && number !== undefined ? limitsOf({ least: number + 1 }) : undefined
      case 'lt':
        return isWhole && number !== undefined ? limitsOf({ most: number - 1 }) : undefined
      case 'nonnegative':
        return limitsOf({ least: 0 })
      case 'positive':
        return isWhole ? limitsOf({ least: 1 }) : undefined
    }
  return undefined
}

/** What decorators of class-validator say of a field. */
export function decoratedLimits(
  file: SourceFile,
  decorators: ReadonlyMap<string, SyntaxNode>,
): Limits | undefined {
  let limits: Limits | undefined
  for (const [name, call] of decorators)
    if (call.kind === 'Call' && !isOfEach(file, call)) limits = bothLimits(limits, saidBy(file, name, call))
  return limits
}

function saidBy(file: SourceFile, name: string, call: SyntaxNode): Limits | undefined {
  const [first, second] = positional(call)
  const number = numberIn(file, first)
  switch (name) {
    case 'MinLength':
    case 'ArrayMinSize':
      return limitsOf({ shortest: number })
    case 'MaxLength':
    case 'ArrayMaxSize':
      return limitsOf({ longest: number })
    case 'Length':
      return limitsOf({ shortest: number, longest: numberIn(file, second) })
    case 'Min':
      return limitsOf({ least: number })
    case 'Max':
      return limitsOf({ most: number })
    case 'Matches':
      return limitsOf({ pattern: first && patternAt(file, first) })
    default:
      return undefined
  }
}

/** `{ each: true }`: it is said of the elements. */
function isOfEach(file: SourceFile, call: SyntaxNode): boolean {
  return positional(call).some(it => isTrue(file, property(it, 'each')))
}

function patternAt(file: SourceFile, node: SyntaxNode): string | undefined {
  const value = file.value(node)
  return value.is('Regex', 'Call', 'New') ? patternIn(file, value) : undefined
}

function numberIn(file: SourceFile, node: SyntaxNode | undefined): number | undefined {
  const known = node && file.constant(node)
  return known?.kind === 'number' ? known.value : undefined
}
