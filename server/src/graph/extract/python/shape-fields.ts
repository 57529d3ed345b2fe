// The fields of Python's models: what is annotated in a class, with what `Field(…)` says of it.

import { argument, calleeName, isFalse, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Field, FieldRow } from '../../rows/shapes.ts'
import { assignmentsIn, decoratorsOf, methodsOf } from './classes.ts'
import { fieldLimits } from './limits.ts'
import { genericParts, isNullable, typeIn } from './types.ts'

export function addFields(file: SourceFile, made: SyntaxNode, shape: string, facts: FactWriter): void {
  const isLoose = made.children('superclass').some(it => it.text === 'total=False')
  for (const it of assignmentsIn(made)) {
    const target = it.child('target')
    const field = fieldIn(file, it)
    if (!target || !field) continue
    const mayMiss = isLoose || /^["']?([\w.]*\.)?NotRequired\[/.test(it.child('type')?.text ?? '')
    facts.add('field', { shape, ...field, isOptional: field.isOptional || mayMiss }, target)
  }
  for (const { name, fn } of methodsOf(made)) {
    const decorator = decoratorsOf(fn).find(it => /\bcomputed_field\b/.test(it.text))
    const alias = decorator?.kind === 'Call' ? textIn(file, keywordArgument(decorator, 'alias')) : undefined
    if (!decorator) continue
    const field: FieldRow = {
      ...{ shape, name: alias ?? name, ...(alias === undefined ? {} : { inCode: name }) },
      ...{ isOptional: true, isAlwaysGiven: true, only: 'given', type: typeIn(file, fn.child('returnType')) },
    }
    facts.add('field', field, fn.child('name') ?? fn)
  }
}

/** What surely is no field of the data, though it is annotated. */
const NO_FIELD = /^(_|model_config$|Config$)/
const NO_FIELD_TYPE = /^["']?([\w.]*\.)?(ClassVar|PrivateAttr|InitVar|Relationship)\b/

function fieldIn(file: SourceFile, assignment: SyntaxNode): Field | undefined {
  const target = assignment.child('target')
  const annotation = assignment.child('type')
  if (target?.kind !== 'Name' || !annotation || NO_FIELD.test(target.name)) return undefined
  if (NO_FIELD_TYPE.test(annotation.text)) return undefined
  const value = assignment.child('value')?.unwrapped
  if (value?.kind === 'Call' && /^(Relationship|PrivateAttr|relationship)$/.test(calleeName(value)))
    return undefined
  const type = typeIn(file, annotation)
  const said = [...(value?.kind === 'Call' ? [value] : []), ...annotationsIn(annotation)].filter(it =>
    /^(Field|field|attrib|ib)$/.test(calleeName(it)),
  )
  const find = (name: string) => said.map(it => keywordArgument(it, name)).find(it => it !== undefined)
  // Who does not get it does not know whether it is there.
  const excluded = find('exclude')
  const alias = textIn(file, find('alias'))
  const taken = textIn(file, find('validation_alias'))
  const given = textIn(file, find('serialization_alias'))
  const name = given ?? alias ?? taken ?? target.name
  const isNamed = given !== undefined || alias !== undefined || taken !== undefined
  const others = [taken, given && alias].filter(it => it !== undefined && it !== '' && it !== name)
  const alsoRead = others.filter(it => it !== undefined)
  if (find('validation_alias') && taken === undefined)
    alsoRead.push(...choicesIn(file, find('validation_alias')))
  const isSaid = value !== undefined && said.some(it => it.row === value.row)
  const hasDefault = value !== undefined && value.kind !== 'Ellipsis' && !(isSaid && isRequired(file, value))
  const isOptional = hasDefault || isNullable(type) || said.some(it => keywordArgument(it, 'default_factory'))
  const limits = fieldLimits(file, type, annotation, isSaid ? [value] : [])
  return {
    ...{ name, ...(isNamed ? { inCode: target.name } : {}), isOptional, type },
    ...(alsoRead.length > 0 ? { alsoRead } : {}),
    ...(isOptional ? { isAlwaysGiven: true as const } : {}),
    ...(excluded && !isFalse(file, excluded) ? { only: 'taken' as const } : {}),
    ...(limits ? { limits } : {}),
  }
}

/** `Field(...)`, and `Field(alias="x")` without a default. */
function isRequired(file: SourceFile, call: SyntaxNode): boolean {
  if (keywordArgument(call, 'default_factory') || keywordArgument(call, 'factory')) return false
  const value = argument(call, 0, 'default')
  if (call.children('argument').some(it => it.kind === 'Spread')) return false
  return (
    value === undefined ||
    value.kind === 'Ellipsis' ||
    file.qualifiedName(value) === 'pydantic.fields.Required'
  )
}

/** The calls in `Annotated[int, Field(…)]`. */
export function annotationsIn(annotation: SyntaxNode): SyntaxNode[] {
  let node: SyntaxNode | undefined = annotation
  while (node?.kind === 'Type') node = node.firstChild
  if (!node?.is('Index', 'GenericType')) return []
  const { head, inner } = genericParts(node)
  const name = head?.kind === 'Member' ? head.child('property')?.name : head?.name
  if (name !== 'Annotated') return []
  return inner.slice(1).flatMap(it => {
    const value = it.kind === 'Type' ? it.firstChild : it
    return value?.kind === 'Call' ? [value] : []
  })
}

/** `AliasChoices("a", "b")` */
function choicesIn(file: SourceFile, node: SyntaxNode | undefined): string[] {
  if (node?.kind !== 'Call' || calleeName(node) !== 'AliasChoices') return []
  return positional(node).flatMap(it => textIn(file, it) ?? [])
}

export function textIn(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  const constant = node && file.constant(node)
  return constant?.kind === 'string' ? constant.value : undefined
}
