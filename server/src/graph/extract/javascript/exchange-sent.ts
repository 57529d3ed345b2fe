// What a call sends: its body, and what stands behind the question mark.

import { calleeName, keyText, positional, property } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Handed, Sent, Slot, Steps } from '../../rows/exchanges.ts'
import { typeAt } from './data-types.ts'
import type { Manner } from './exchange-clients.ts'
import { annotationOf, dataAt, type WrittenField, withoutStringify } from './exchange-values.ts'
import { literal } from './request-options.ts'

const NONE: Sent = { kind: 'none' }
const UNKNOWN: Sent = { kind: 'unknown' }

/** What is sent, and the names that are written out. */
export interface Written {
  readonly sent: Sent
  readonly fields: readonly WrittenField[]
}

const NOTHING: Written = { sent: NONE, fields: [] }
const ANYTHING: Written = { sent: UNKNOWN, fields: [] }

export function bodyOf(file: SourceFile, call: SyntaxNode, manner: Manner): Written {
  const given = positional(call)
  const isCut = given.length < call.children('argument').length
  if (manner.body !== undefined) {
    const body = given[manner.body]
    if (body && manner.isGuess && isLikeOptions(file, body)) return ANYTHING
    return body ? sentAt(file, body) : isCut ? ANYTHING : NOTHING
  }
  const options = given[manner.options ?? -1]
  if (!options) return isCut ? ANYTHING : NOTHING
  const found = optionAt(
    file,
    options,
    manner.bodyOptions.map(it => [it]),
  )
  if (found.kind === 'none' && manner.isGuess) return ANYTHING
  if (found.kind !== 'value') return written(found)
  // `const body = JSON.stringify(…)`
  const whole = file.value(found.value)
  const value = whole.kind === 'Call' ? whole : found.value
  const isMadeText = withoutStringify(value).row !== value.unwrapped.row
  return manner.isText && !isMadeText && !handedAt(file, value) ? ANYTHING : sentAt(file, value)
}

export function queryOf(file: SourceFile, call: SyntaxNode, manner: Manner): Written {
  const given = positional(call)
  const inUrl = given.flatMap((it, i) =>
    i === manner.options || i === manner.body ? [] : [...searchParams(it)],
  )
  const [only] = inUrl
  if (only && inUrl.length === 1) return formAt(file, only)
  const options = given[manner.options ?? -1]
  if (!options) return given.length < call.children('argument').length ? ANYTHING : NOTHING
  const found = optionAt(file, options, manner.queryOptions)
  if (found.kind === 'none' && manner.isGuess) return ANYTHING
  return found.kind === 'value' ? formAt(file, found.value) : written(found)
}

/** `post(url, { headers, body })` of a client that nobody knows. */
function isLikeOptions(file: SourceFile, node: SyntaxNode): boolean {
  const object = literal(file, node)
  return OPTIONS.some(it => property(object, it))
}

const OPTIONS = ['body', 'json', 'headers', 'params', 'method', 'signal', 'credentials']

/** What stands in the place of an option. */
type Option =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'value'; readonly value: SyntaxNode }
  /** The options are what the function around is given. */
  | { readonly kind: 'slots'; readonly slots: readonly Slot[] }

function written(option: Exclude<Option, { readonly kind: 'value' }>): Written {
  if (option.kind === 'slots')
    return { sent: { kind: 'given', from: option.slots, type: undefined }, fields: [] }
  return option.kind === 'none' ? NOTHING : ANYTHING
}

/** The first of these options that is there. */
function optionAt(file: SourceFile, options: SyntaxNode, names: readonly Steps[]): Option {
  const handed = handedAt(file, options)
  if (handed) {
    const slots = names.map(it => ({ parameter: handed.parameter, path: [...handed.path, ...it] }))
    return { kind: 'slots', slots }
  }
  const object = literal(file, options)
  if (!object) return options.unwrapped.is('Null', 'Undefined') ? { kind: 'none' } : { kind: 'unknown' }
  for (const [first, ...rest] of names) {
    const value = property(object, first!)
    if (value) return rest.length > 0 ? optionAt(file, value, [rest]) : { kind: 'value', value }
  }
  const others = object.children('element').filter(it => !it.is('Pair', 'Name', 'Function'))
  const [spread] = others
  const from = spread?.kind === 'Spread' ? spread.child('value') : undefined
  if (others.length === 1 && from && handedAt(file, from)) return optionAt(file, from, names)
  return others.length > 0 ? { kind: 'unknown' } : { kind: 'none' }
}

function sentAt(file: SourceFile, node: SyntaxNode): Written {
  const value = withoutStringify(node)
  if (value.is('Null', 'Undefined')) return NOTHING
  const slot = handedAt(file, value)
  if (slot) {
    const binding = file.binding(value)
    const annotation = binding && annotationOf(binding)
    const type = annotation && typeAt(file, annotation)
    return { sent: { kind: 'given', from: [slot], type }, fields: [] }
  }
  const fields: WrittenField[] = []
  const type = dataAt(file, value, fields)
  return type.kind === 'unknown' ? ANYTHING : { sent: { kind: 'data', type }, fields }
}

/** An object of names, or a `URLSearchParams` that is made of one. */
function formAt(file: SourceFile, node: SyntaxNode): Written {
  const value = file.value(node)
  if (value.kind !== 'New' || calleeName(value) !== 'URLSearchParams') return sentAt(file, node)
  const [given] = positional(value)
  const object = given && literal(file, given)
  const fields: WrittenField[] = []
  const type = object ? dataAt(file, object, fields) : undefined
  if (given && type?.kind !== 'object') return ANYTHING
  const names = new Map(type?.kind === 'object' ? type.fields.map(it => [it.name, it]) : [])
  let isOpen = type?.kind === 'object' && type.isOpen
  for (const it of node.kind === 'Name' ? (file.binding(node)?.reads() ?? []) : []) {
    const member = it.role === 'object' && it.parent?.kind === 'Member' ? it.parent : undefined
    const call = member?.role === 'callee' ? member.parent : undefined
    if (!call) {
      isOpen ||= it.role === 'argument' && it.parent?.kind === 'Call'
      continue
    }
    if (!/^(set|append)$/.test(calleeName(call))) continue
    const [name] = positional(call)
    if (name?.kind !== 'String') isOpen = true
    else {
      const text = keyText(name)
      if (!names.has(text)) fields.push({ path: [text], type: { kind: 'unknown' }, at: name })
      names.set(text, names.get(text) ?? { name: text, isOptional: true, type: { kind: 'unknown' } })
    }
  }
  return { sent: { kind: 'data', type: { kind: 'object', fields: [...names.values()], isOpen } }, fields }
}

/** `new URLSearchParams(…)` in a URL, itself or by name. */
function* searchParams(url: SyntaxNode): Generator<SyntaxNode> {
  if (!url.unwrapped.is('Template', 'Binary')) return
  for (const it of url.descendants('New')) if (calleeName(it) === 'URLSearchParams') yield it
  for (const it of url.descendants('Name')) {
    if (!SEARCH.test(it.name)) continue
    const isOwn = it.parent?.is('Interpolation', 'Binary') || it.role === 'object'
    if (isOwn) yield it
  }
}

const SEARCH = /param|query|search|^qs$/i

/** The argument of the function around that a value is, or is a part of. */
export function handedAt(file: SourceFile, node: SyntaxNode): Slot | undefined {
  const it = node.unwrapped
  if (it.kind === 'Member') {
    const object = it.child('object')
    const name = it.child('property')?.name
    const of = object?.unwrapped.kind === 'Name' && name ? handedAt(file, object) : undefined
    return of && name ? { parameter: of.parameter, path: [...of.path, name] } : undefined
  }
  if (it.kind === 'Logical') {
    const left = it.child('left')
    return left && handedAt(file, left)
  }
  const binding = it.kind === 'Name' ? file.binding(it) : undefined
  return binding?.kind === 'parameter' ? slotOf(binding) : undefined
}

function slotOf(binding: Binding): Slot | undefined {
  const { declaration } = binding
  const fn = declaration.closest('Function')
  if (!fn || fn.closest('Function')) return undefined
  const parameters = fn.child('parameters')?.children('parameter') ?? []
  const parameter = parameters.findIndex(it => it.contains(declaration))
  if (parameter === -1) return undefined
  const path: string[] = []
  for (let it = declaration; it.row !== parameters[parameter]!.row; it = it.parent!) {
    const { parent } = it
    if (!parent) return undefined
    if (parent.kind === 'ObjectPattern') {
      if (it.kind === 'RestPattern') continue
      path.unshift(
        it.kind === 'Pair'
          ? keyText(it.child('key'))
          : ((it.kind === 'DefaultPattern' ? it.child('target')?.name : it.name) ?? ''),
      )
    } else if (parent.is('ListPattern', 'RestPattern')) {
      if (parent.kind === 'ListPattern' || parent.parent?.kind !== 'ObjectPattern') return undefined
    }
  }
  return path.includes('') ? undefined : { parameter, path }
}

/** Each argument as data, for a function of the project that knows what it is for. */
export function argumentsAt(
  file: SourceFile,
  call: SyntaxNode,
  most: number,
): {
  readonly types: readonly ReturnType<typeof dataAt>[]
  readonly fields: readonly (readonly WrittenField[])[]
  readonly handed: readonly Handed[]
} {
  const types: ReturnType<typeof dataAt>[] = []
  const fields: (readonly WrittenField[])[] = []
  const handed: Handed[] = []
  for (const [argument, it] of positional(call).slice(0, most).entries()) {
    const own: WrittenField[] = []
    types.push(optionsAt(file, it, own))
    fields.push(own)
    handed.push(...handedIn(file, it, argument))
  }
  return { types, fields, handed }
}

/** An argument, through `JSON.stringify` where it stands for the body in options. */
function optionsAt(file: SourceFile, node: SyntaxNode, fields: WrittenField[]): ReturnType<typeof dataAt> {
  const value = withoutStringify(node)
  const type = dataAt(file, value, fields)
  const object = type.kind === 'object' ? literal(file, value) : undefined
  if (type.kind !== 'object' || !object) return type
  const all = type.fields.map(field => {
    const inner = property(object, field.name)
    const body = inner && withoutStringify(inner)
    if (!body || body.row === inner.unwrapped.row) return field
    return { ...field, type: dataAt(file, body, fields, [field.name]) }
  })
  return { ...type, fields: all }
}

function handedIn(file: SourceFile, node: SyntaxNode, argument: number): Handed[] {
  const value = withoutStringify(node)
  const whole = handedAt(file, value)
  if (whole) return [{ argument, path: [], from: whole }]
  const object = value.kind === 'Dictionary' ? value : undefined
  return (object?.children('element') ?? []).flatMap((it): Handed[] => {
    const inner = it.kind === 'Name' ? it : it.child('value')
    const from =
      inner && it.is('Name', 'Pair', 'Spread') ? handedAt(file, withoutStringify(inner)) : undefined
    if (!from) return []
    const name = it.kind === 'Name' ? it.name : it.kind === 'Pair' ? keyText(it.child('key')) : undefined
    return [{ argument, path: name === undefined ? [] : [name], from }]
  })
}
