// What a route takes as its body, where it surely takes one.

import type { Exchange } from '../../graph/exchanges.ts'
import type { TypeIn } from '../../graph/shapes.ts'

export function takenBody({ handler }: Exchange): TypeIn | undefined {
  const { body } = handler
  return body && body.kind !== 'none' ? { type: body, file: handler.at.file } : undefined
}
