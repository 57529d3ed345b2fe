// What a rule says, with what its metavariables stand for.

import { type Bindings, lookUp } from './pattern.ts'
import type { Target } from './target.ts'

export function messageOf(message: string, target: Target, bindings: Bindings | undefined): string {
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
