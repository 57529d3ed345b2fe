// Limits that Python's models put on fields: `Field(max_length=50)`, `constr(pattern=…)`, `CharField(max_length=50)`, validators.

import { calleeName, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { bothLimits, limitsOf } from '../../limits.ts'
import type { DataType, Limits } from '../../rows/shapes.ts'
import { normalPattern, patternIn } from '../patterns.ts'
import { genericParts } from './types.ts'

/** Of an annotated name: what `Field(…)` says, and what stands in its annotation. */
export function fieldLimits(
  file: SourceFile,
  type: DataType,
  annotation: SyntaxNode,
  said: readonly SyntaxNode[],
): Limits | undefined {
  let limits = ofAnnotation(file, type, annotation, 0)
  for (const it of said) limits = bothLimits(limits, ofKeywords(file, type, it))
  return limits
}

/** Names that stand for annotated types. */
const DEPTH = 4

function ofAnnotation(
  file: SourceFile,
  type: DataType,
  given: SyntaxNode,
  depth: number,
): Limits | undefined {
  let node: SyntaxNode | undefined = given.unwrapped
  while (node?.kind === 'Type') node = node.firstChild?.unwrapped
  if (!node || depth > DEPTH) return undefined
  if (node.kind === 'Call')
    return /^con[a-z]+$/.test(calleeName(node)) ? ofKeywords(file, type, node) : undefined
  if (node.kind === 'Name') {
    const named = SIGNS.get(node.name)
    if (named) return named
    const value = file.binding(node)?.kind === 'variable' ? file.value(node) : node
    return value.row === node.row ? undefined : ofAnnotation(file, type, value, depth + 1)
  }
  // `Name | None`
  if (node.type === 'union_type' || (node.kind === 'Binary' && node.operator === '|')) {
    const parts = node.children().filter(it => it.text !== 'None' && it.kind !== 'Operator')
    return parts.length === 1 ? ofAnnotation(file, type, parts[0]!, depth + 1) : undefined
  }
  if (!node.is('Index', 'GenericType')) return undefined
  const { head, inner } = genericParts(node)
  const name = head?.kind === 'Member' ? head.child('property')?.name : head?.name
  const [first, ...more] = inner
  if (!first || !name) return undefined
  if (AROUND.has(name)) return ofAnnotation(file, type, first, depth + 1)
  if (name !== 'Annotated') return undefined
  let limits = ofAnnotation(file, type, first, depth + 1)
  for (const it of more) {
    const call = it.kind === 'Type' ? it.firstChild : it
    if (call?.kind === 'Call') limits = bothLimits(limits, ofMark(file, type, call))
  }
  return limits
}

const AROUND = new Set(['Optional', 'Required', 'NotRequired', 'ReadOnly', 'Final', 'Mapped'])

const SIGNS: ReadonlyMap<string, Limits> = new Map([
  ['NonNegativeInt', { value: { least: 0 } }],
  ['NonNegativeFloat', { value: { least: 0 } }],
  ['PositiveInt', { value: { least: 1 } }],
  ['NegativeInt', { value: { most: -1 } }],
])

/** `Field(…)`, `Query(…)`, `StringConstraints(…)`, `MaxLen(50)`, `Ge(1)` */
function ofMark(file: SourceFile, type: DataType, call: SyntaxNode): Limits | undefined {
  const name = calleeName(call)
  if (/^(Field|Query|Path|Body|Form|StringConstraints|Len|Interval|Meta)$/.test(name))
    return ofKeywords(file, type, call)
  const [first] = positional(call)
  const number = numberIn(file, first)
  if (number === undefined) return undefined
  switch (name) {
    case 'MinLen':
    case 'MinLength':
      return limitsOf({ shortest: number })
    case 'MaxLen':
    case 'MaxLength':
      return limitsOf({ longest: number })
    case 'Ge':
      return limitsOf({ least: number })
    case 'Le':
      return limitsOf({ most: number })
    case 'Gt':
      return isWhole(type) ? limitsOf({ least: number + 1 }) : undefined
    case 'Lt':
      return isWhole(type) ? limitsOf({ most: number - 1 }) : undefined
    default:
      return undefined
  }
}

/** What the arguments of a call say by their names, as Pydantic calls them. */
export function ofKeywords(file: SourceFile, type: DataType, call: SyntaxNode): Limits | undefined {
  const number = (name: string) => numberIn(file, keywordArgument(call, name))
  const [over, under] = isWhole(type) ? [number('gt'), number('lt')] : []
  const pattern = keywordArgument(call, 'pattern') ?? keywordArgument(call, 'regex')
  return limitsOf({
    shortest: number('min_length') ?? number('min_items'),
    longest: number('max_length') ?? number('max_items'),
    least: number('ge') ?? (over === undefined ? undefined : over + 1),
    most: number('le') ?? (under === undefined ? undefined : under - 1),
    pattern: pattern && patternText(file, pattern),
  })
}

/** Of a field of a serializer or of a model of Django. */
export function djangoLimits(file: SourceFile, call: SyntaxNode): Limits | undefined {
  const number = (name: string) => numberIn(file, keywordArgument(call, name))
  const regex =
    calleeName(call) === 'RegexField' ? (keywordArgument(call, 'regex') ?? positional(call)[0]) : undefined
  let limits = limitsOf({
    shortest: number('min_length'),
    longest: number('max_length'),
    least: number('min_value'),
    most: number('max_value'),
    pattern: regex && patternText(file, regex),
  })
  const validators = keywordArgument(call, 'validators') ?? keywordArgument(call, 'validate')
  const all = validators?.kind === 'Call' ? [validators] : (validators?.children('element') ?? [])
  for (const it of all) if (it.kind === 'Call') limits = bothLimits(limits, ofValidator(file, it))
  return limits
}

/** Django's `MaxLengthValidator(50)`, marshmallow's `validate.Length(max=50)`. */
function ofValidator(file: SourceFile, call: SyntaxNode): Limits | undefined {
  const number = (name: string, index = -1) =>
    numberIn(file, keywordArgument(call, name) ?? positional(call)[index])
  switch (calleeName(call)) {
    case 'MinLengthValidator':
      return limitsOf({ shortest: number('limit_value', 0) })
    case 'MaxLengthValidator':
      return limitsOf({ longest: number('limit_value', 0) })
    case 'MinValueValidator':
      return limitsOf({ least: number('limit_value', 0) })
    case 'MaxValueValidator':
      return limitsOf({ most: number('limit_value', 0) })
    case 'Length':
      return limitsOf({ shortest: number('min', 0), longest: number('max', 1) })
    case 'Range':
      return limitsOf({ least: number('min', 0), most: number('max', 1) })
    case 'RegexValidator': {
      // With flags or turned round it says something else.
      const regex = keywordArgument(call, 'regex') ?? positional(call)[0]
      const isPlain = !keywordArgument(call, 'inverse_match') && !keywordArgument(call, 'flags')
      return isPlain && regex ? limitsOf({ pattern: patternText(file, regex) }) : undefined
    }
    default:
      return undefined
  }
}

function patternText(file: SourceFile, node: SyntaxNode): string | undefined {
  const value = file.value(node)
  if (value.kind === 'Call') return patternIn(file, value)
  const known = file.constant(node)
  return known?.kind === 'string' ? normalPattern(known.value, '') : undefined
}

function numberIn(file: SourceFile, node: SyntaxNode | undefined): number | undefined {
  const known = node && file.constant(node)
  return known?.kind === 'number' ? known.value : undefined
}

/** What comes after a whole number is known. */
function isWhole(type: DataType): boolean {
  return type.kind === 'integer' || (type.kind === 'union' && type.of.some(isWhole) && type.of.length <= 2)
}
