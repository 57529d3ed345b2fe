// Shapes of data in a notation that is short enough to write down: `User { id: number, name?: string | null } of Base`.

import type { FileFacts, Row } from '../../server/src/graph/facts.ts'
import type { Reference } from '../../server/src/graph/rows/names.ts'
import type { DataType, Field } from '../../server/src/graph/rows/shapes.ts'

/** The shapes of a file, a line each; `…`: fields that nobody knows, `!`: no others are taken. */
export function shownShapes({ rows }: FileFacts): string[] {
  return (rows.shape ?? []).map(it => {
    const own = (rows.field ?? []).filter(field => field.shape === it.name)
    const bases = it.bases.length > 0 ? ` of ${it.bases.map(shownReference).join(', ')}` : ''
    const said = it.type ? `= ${shownType(it.type)}` : shownFields(own, it.isOpen)
    return `${it.name}${it.isStrict ? '!' : ''} ${said}${bases}`
  })
}

/** `list(body: Dto, ?page: number) → User[] 200, 404`; `…` where there may be more parameters. */
export function shownHandlers({ rows }: FileFacts): string[] {
  return (rows.handler ?? []).map(it => {
    const parameters = (rows.parameter ?? []).filter(parameter => parameter.handler === it.name)
    const { body } = it
    const taken = [
      ...(body === undefined ? [] : [body.kind === 'none' ? 'no body' : `body: ${shownType(body)}`]),
      ...parameters.map(shownParameter),
      ...(it.queries ?? []).map(query => `query of ${shownType(query)}`),
      ...(it.isWhole ? [] : ['…']),
    ]
    const given = it.response ? ` → ${shownType(it.response)}` : ''
    const statuses = it.statuses.length > 0 ? ` ${it.statuses.join(', ')}` : ''
    return `${it.name}(${taken.join(', ')})${given}${statuses}`
  })
}

function shownParameter(it: Row<'parameter'>): string {
  return `${it.in} ${it.name}${it.isOptional ? '?' : ''}: ${shownType(it.type)}`
}

export function shownType(type: DataType): string {
  switch (type.kind) {
    case 'unknown':
      return type.parameter === undefined ? '?' : `<${type.parameter}>`
    case 'list':
      return /^[\w?.:/@{]+$/.test(shownType(type.of))
        ? `${shownType(type.of)}[]`
        : `(${shownType(type.of)})[]`
    case 'map':
      return `{ *: ${shownType(type.of)} }`
    case 'values':
      return type.values.map(it => JSON.stringify(it).replaceAll('"', "'")).join(' | ')
    case 'union':
      return type.of.map(shownType).join(' | ')
    case 'object':
      return shownFields(type.fields, type.isOpen)
    case 'shape':
      return `${shownReference(type.of)}${type.with ? `<${type.with.map(shownType).join(', ')}>` : ''}`
    default:
      return type.kind
  }
}

function shownFields(fields: readonly Field[], isOpen: boolean): string {
  const all = [...fields.map(shownField), ...(isOpen ? ['…'] : [])]
  return all.length > 0 ? `{ ${all.join(', ')} }` : '{}'
}

function shownField({ name, inCode, isOptional, type, alsoRead }: Field): string {
  const others = [
    ...(inCode === undefined ? [] : [`as ${inCode}`]),
    ...(alsoRead ?? []).map(it => `or ${it}`),
  ]
  const words = others.length > 0 ? ` (${others.join(', ')})` : ''
  return `${name}${isOptional ? '?' : ''}${words}: ${shownType(type)}`
}

function shownReference({ module, names }: Reference): string {
  return `${module === '' ? '' : `${module}:`}${names.join('.')}`
}
