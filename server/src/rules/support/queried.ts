// What a call sends behind the question mark, and what the route that answers reads of it.

import type { Exchange } from '../../graph/exchanges.ts'
import type { Parameter } from '../../graph/handlers.ts'
import type { Relations } from '../../graph/relations.ts'
import type { At } from '../../graph/routes.ts'

export interface SentQuery {
  readonly parts: readonly { readonly name: string; readonly at: At }[]
  /** There may be others. */
  readonly isOpen: boolean
}

export function sentQuery({ call, query }: Exchange, { shapes }: Relations): SentQuery {
  const [path, ...behind] = call.url.split('?')
  const written = behind.join('?')
  const names = written
    .split('&')
    .map(it => it.split('=')[0]!)
    .filter(it => /^[\w.[\]-]+$/.test(it))
  const fields = query.type && shapes.fieldsOf(query.type.type, query.type.file)
  const isKnown = query.kind === 'none' || (fields !== undefined && !fields.isOpen)
  // A value that is put in is one; what stands alone, or behind another, may be more than that.
  const isRest = /(?:^|&)\{|\}[^&]/.test(written) || /[^/{]\{[^}]*\}$/.test(path!)
  // `?${params}` where it is known what they are.
  const isExplained = fields !== undefined && !fields.isOpen && /^\{[^}]*\}$/.test(written)
  const parts = query.parts.map(it => ({ name: it.path[0]!, at: it.at }))
  const others = (fields?.fields ?? []).flatMap(it =>
    parts.some(part => part.name === it.name) || it.at.place[1] === 0 ? [] : [{ name: it.name, at: it.at }],
  )
  return {
    parts: [...names.map(name => ({ name, at: call })), ...parts, ...others],
    isOpen: !isKnown || (isRest && !isExplained),
  }
}

export function queryParameters({ handler }: Exchange): readonly Parameter[] {
  return handler.parameters.filter(it => it.in === 'query')
}
