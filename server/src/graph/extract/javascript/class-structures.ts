// Classes that describe data: NestJS's and others', with what decorators of class-validator, class-transformer and Swagger add.

import { calleeName, isFalse, isTrue, keyText, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { decoratedLimits } from './limits.ts'
import { type FoundField, INTEGER, STRING, type Structure, UNKNOWN } from './structure.ts'

/** What a type stands for, and whether it allows that nothing is there. */
export interface ReadTypes {
  type(node: SyntaxNode): DataType
  mayBeMissing(node: SyntaxNode): boolean
}

/** The class describes data; others have methods that do something. */
export function isData(node: SyntaxNode): boolean {
  const members = node.children('member')
  const fields = members.filter(it => it.kind === 'Field' && isPublic(it))
  if (fields.some(it => it.child('decorator'))) return true
  const isPlain = members.every(it => it.kind !== 'Function' || it.child('name')?.name === 'constructor')
  return isPlain && fields.some(it => it.child('type'))
}

/** Its own fields; what it inherits is left to whoever knows the names above it. */
export function classStructure(file: SourceFile, node: SyntaxNode, read: ReadTypes): Structure {
  const fields: FoundField[] = []
  let isOpen = false
  for (const member of node.children('member')) {
    // It says itself what is sent.
    if (member.kind === 'Function' && member.child('name')?.name === 'toJSON') isOpen = true
    if (member.kind !== 'Field' || !isPublic(member)) continue
    const decorators = decoratorsOf(member)
    if (decorators.has('Exclude')) isOpen = true
    else {
      const field = fieldAt(file, member, decorators, read)
      if (field) fields.push(field)
    }
  }
  return { fields, bases: [], isOpen, isStrict: false }
}

type Decorators = ReadonlyMap<string, SyntaxNode>

function decoratorsOf(member: SyntaxNode): Decorators {
  const found = new Map<string, SyntaxNode>()
  for (const it of member.children('decorator')) {
    const call = it.child('value')
    if (call?.kind === 'Call') found.set(calleeName(call), call)
    else if (call) found.set(call.name, call)
  }
  return found
}

function fieldAt(
  file: SourceFile,
  member: SyntaxNode,
  decorators: Decorators,
  read: ReadTypes,
): FoundField | undefined {
  const at = member.child('name')
  const annotation = member.child('type')
  if (!at || at.kind === 'Index' || (!annotation && decorators.size === 0)) return undefined
  const inCode = keyText(at)
  const exposed = exposedName(file, decorators)
  // Whoever checks what comes in fills in what is left out.
  const isFilledIn =
    member.child('value') !== undefined && [...decorators.keys()].some(it => VALIDATOR.test(it))
  const isOptional =
    isFilledIn ||
    hasMark(member, '?') ||
    (annotation !== undefined && read.mayBeMissing(annotation)) ||
    isSaidOptional(file, decorators)
  const type = decorators.has('Transform')
    ? UNKNOWN
    : typeSaid(file, decorators, annotation ? read.type(annotation) : UNKNOWN)
  const limits = decoratedLimits(file, decorators)
  return {
    name: exposed ?? inCode,
    ...(exposed !== undefined && exposed !== inCode && { inCode }),
    ...{ isOptional, type, at },
    ...(isFilledIn && { isAlwaysGiven: true }),
    ...(limits && { limits }),
  }
}

const VALIDATOR = /^(?:Is[A-Z]|Validate|Min|Max|Length|Matches|Allow$|Array|Equals)/

function exposedName(file: SourceFile, decorators: Decorators): string | undefined {
  const name = option(decorators.get('Expose'), 'name')
  const known = name && file.constant(name)
  return known?.kind === 'string' ? known.value : undefined
}

function isSaidOptional(file: SourceFile, decorators: Decorators): boolean {
  if (['IsOptional', 'ApiPropertyOptional', 'ValidateIf', 'Optional'].some(it => decorators.has(it)))
    return true
  const [swagger, field] = [decorators.get('ApiProperty'), decorators.get('Field')]
  return isFalse(file, option(swagger, 'required')) || isTrue(file, option(field, 'nullable'))
}

/** What validators say of a field's type that its annotation does not. */
function typeSaid(file: SourceFile, decorators: Decorators, written: DataType): DataType {
  const [first] = positionalOf(decorators.get('IsEnum'))
  if (first && written.kind === 'string') {
    const reference = first.is('Name', 'Member') ? referenceOf(file, first) : undefined
    if (reference) return { kind: 'shape', of: reference }
  }
  const [list] = positionalOf(decorators.get('IsIn'))
  if (list && written.kind === 'string') {
    const values = file
      .value(list)
      .children('element')
      .map(it => file.constant(it))
    const texts = values.flatMap(it => (it?.kind === 'string' ? [it.value] : []))
    if (texts.length > 0 && texts.length === values.length) return { kind: 'values', values: texts }
  }
  if (decorators.has('IsInt') && written.kind === 'number') return INTEGER
  return decorators.has('IsDateString') ? STRING : written
}

function positionalOf(call: SyntaxNode | undefined): SyntaxNode[] {
  return call?.kind === 'Call' ? positional(call) : []
}

function option(call: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  return positionalOf(call)
    .map(it => property(it, name))
    .find(it => it !== undefined)
}

function isPublic(member: SyntaxNode): boolean {
  if (hasMark(member, 'static') || hasMark(member, 'declare')) return false
  const name = member.child('name')
  if (name?.type === 'private_property_identifier') return false
  return !member.children().some(it => it.type === 'accessibility_modifier' && it.text !== 'public')
}

function hasMark(member: SyntaxNode, word: string): boolean {
  return member.children().some(it => it.kind === 'Keyword' && it.type === word)
}
