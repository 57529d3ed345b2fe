// What a rule says, with what its metavariables stand for: its message, and its fix.

import { type Bindings, lookUp } from './pattern.ts'
import type { Target } from './target.ts'

/** A text of a rule, with what its metavariables stand for. */
export function textWith(message: string, target: Target, bindings: Bindings | undefined): string {
  return message.replace(
    /value\(\$([A-Z_][A-Z_0-9]*)\)|\$(?:\.\.\.)?([A-Z_][A-Z_0-9]*|\d+)/g,
    (all, valued?: string, plain?: string) => {
      const bound = lookUp(bindings, valued ?? plain!)
      if (!bound) return all
      if (valued && target.code && bound.row >= 0) {
        const constant = target.code.constant(bound.row)
        if (constant) return String(constant.value)
      }
      return target.textOf(bound)
    },
  )
}
