// Shapes and handlers as relations tell them, in a notation that is short enough to write down.

import type { Graph } from '../../server/src/graph/graph.ts'
import type { Handler } from '../../server/src/graph/handlers.ts'
import type { DataType, Field } from '../../server/src/graph/rows/shapes.ts'

/**
 * `User { id: integer, email?: string, +age: integer }`: `?` may be left out, `=` has a default and is always given, `<` is
 * only taken, `>` only given; `…` there may be more, `!` no more is taken.
 */
export function shapeLines(graph: Graph, path: string): string[] {
  const { shapes } = graph.relations
  return (graph.facts(path)?.rows.shape ?? []).map(({ name }) => {
    const type: DataType = { kind: 'shape', of: { module: '', names: name.split('.') } }
    const found = shapes.fieldsOf(type, path)
    const { type: resolved } = shapes.resolve(type, path)
    if (!found) return `${name}: ${resolved.kind === 'shape' ? '?' : shown(resolved)}`
    return `${name}${found.isStrict ? '!' : ''} ${fieldsShown(found.fields, found.isOpen)}`
  })
}

/** `GET /users/{id} user(path id: integer, query page?: integer, body: User) → User 200 404` */
export function handlerLines(graph: Graph): string[] {
  const { routes, handlers } = graph.relations
  return routes.flatMap(route => {
    const whole = handlers.of(route)
    // A class has a function for each method.
    const methods = whole || route.methods.length === 0 ? [route.methods.join('|')] : route.methods
    return methods.map(method => {
      const handler = whole ?? handlers.of(route, method)
      return `${method} ${route.path} ${handler ? handlerShown(handler) : '?'}`
    })
  })
}

function handlerShown({ name, parameters, body, response, statuses, isWhole, isPartial }: Handler): string {
  const all = parameters.map(it => `${it.in} ${it.name}${it.isOptional ? '?' : ''}: ${shown(it.type)}`)
  if (body === undefined) all.push('body ?')
  else if (body.kind !== 'none') all.push(`body ${shown(body)}`)
  if (!isWhole) all.push('…')
  const given = response ? ` → ${isPartial ? 'partly ' : ''}${shown(response)}` : ''
  return `${name}(${all.join(', ')})${given} ${statuses.join(' ')}`.trimEnd()
}

export function shown(type: DataType): string {
  switch (type.kind) {
    case 'unknown':
      return '?'
    case 'list':
      return `[${shown(type.of)}]`
    case 'map':
      return `{*: ${shown(type.of)}}`
    case 'values':
      return type.values.join('|')
    case 'union':
      return type.of.map(shown).join(' | ')
    case 'object':
      return fieldsShown(type.fields, type.isOpen)
    case 'shape':
      return type.of.names.join('.')
    default:
      return type.kind
  }
}

function fieldsShown(fields: readonly Field[], isOpen: boolean): string {
  const all = [...fields.map(fieldShown), ...(isOpen ? ['…'] : [])]
  return all.length === 0 ? '{}' : `{ ${all.join(', ')} }`
}

function fieldShown({ name, alsoRead = [], isOptional, isAlwaysGiven, only, type }: Field): string {
  const way = only === undefined ? '' : only === 'taken' ? '<' : '>'
  const mark = isOptional ? (isAlwaysGiven ? '=' : '?') : ''
  return `${way}${[name, ...alsoRead].join('/')}${mark}: ${shown(type)}`
}
