// Reading SQL that is put together: is it SQL, and what does a hole in it stand for?

import type { SyntaxNode } from '../../syntax/node.ts'
import { calleeName, receiver } from '../calls.ts'
import { definitionOf, writesBefore } from '../definitions.ts'
import { guessType } from '../guess-type.ts'
import { admitsText, excludesText } from '../public-functions.ts'
import type { SourceFile } from '../source-file.ts'
import type { Hole, Piece } from '../text-pieces.ts'

const STATEMENT =
  /^[\s(]*(?:(?:--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)\s*)*(?:select\s[\s\S]*?\sfrom\s|select\s+(?:distinct|\*|count\s*\()|insert\s+(?:or\s+\w+\s+|ignore\s+)?into\s|replace\s+into\s|update\s[\s\S]*?\sset\s|delete\s+from\s|merge\s+into\s|with\s+\w+\s+as\s*\(|exec(?:ute)?\s+\w)/i

/** The text begins like a statement that reads or writes rows. Holes count as a word. */
export function isSql(pieces: readonly Piece[]): boolean {
  return STATEMENT.test(pieces.map(it => (typeof it === 'string' ? it : ' x ')).join(''))
}

/** The statement asks the database which tables, columns and keys it has. */
export function readsCatalogue(pieces: readonly Piece[]): boolean {
  return CATALOGUE.test(pieces.map(it => (typeof it === 'string' ? it : it.node.text)).join(''))
}

const CATALOGUE =
  /\b(from|join)\s+(\(\s*select\s[\s\S]*)?["`[]?(pg_catalog|pg_\w+|sys|(all|user|dba)_(tab|tables|tab_columns|ind\w*|cons\w*|views|sequences|objects))\b|\b(information_schema|sqlite_(master|schema))\b|"(table_schema|table_name|column_name)"\s*=/i

export interface ValueHole {
  readonly hole: Hole
  /** Between quotes: whoever wrote them expects text. */
  readonly isQuoted: boolean
}

/** The holes that stand where a value belongs: after `=`, in `VALUES (…)`, in `IN (…)`, between quotes. */
export function valueHoles(pieces: readonly Piece[]): ValueHole[] {
  const holes: ValueHole[] = []
  let before = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') before += piece
    else {
      const code = withoutComments(before)
      if (isOpen(code)) holes.push({ hole: piece, isQuoted: true })
      else if (isValuePlace(code)) holes.push({ hole: piece, isQuoted: false })
      before += ' x '
    }
  }
  return holes
}

const COMPARISON = /(?:[^<>!=]=|<>|!=|<=|>=|<|>|\b(?:like|ilike|between|regexp|rlike))\s*(?:\(\s*)?$/i
const LIST = /\b(?:values|in)\s*\([^()]*$/i

function isValuePlace(code: string): boolean {
  // `name` and "name" are names.
  return !/["`[.\w]$/.test(code) && (COMPARISON.test(code) || LIST.test(code))
}

/** A single quote was opened and not closed. */
function isOpen(code: string): boolean {
  return (code.match(/'/g)?.length ?? 0) % 2 === 1
}

function withoutComments(code: string): string {
  return code.includes('--') || code.includes('/*') ? code.replace(/--[^\n]*\n|\/\*[\s\S]*?\*\//g, ' ') : code
}

/** Helpers that make text fit for SQL, or that give a placeholder for it. */
const QUOTES =
  /quote|escap|literal|ident|placehold|parameter|(^|_)(bind|param|sql|ph|mark|marks)(s|_?\w*)?$|sanit|^(build|create|make|format|to)[A-Z]?\w*(Sql|SQL|Parameter)|adapt|mogrify/i
const PLACEHOLDER_NAME =
  /placehold|^(params?|marks?|qs|questions?|qmarks?|binds?|bindings?|slots)$|_(params|marks)$/i

/**
 * Surely nothing that could end the value: a number, a placeholder, something quoted by a function made for it, or one
 * of a few constants.
 */
export function isHarmlessInSql(file: SourceFile, hole: Hole, depth = 0): boolean {
  if (hole.opaque) return true
  if (hole.binding) {
    if ((hole.path?.length ?? 0) > 0) return isNumberName(hole.path!.at(-1)!)
    return [...hole.binding.writes()].some(it => isHarmlessWrite(file, it, depth))
  }
  return isHarmlessValue(file, hole.node, depth)
}

function isHarmlessValue(file: SourceFile, node: SyntaxNode, depth: number): boolean {
  if (depth > 5) return true
  let it = node.unwrapped
  while (it.is('Await', 'NonNull', 'Borrow', 'Propagate')) {
    const inner = it.child('value')?.unwrapped
    if (!inner) return true
    it = inner
  }
  if (file.constant(it)) return true
  const type = guessType(file, it)
  if (type === 'number' || type === 'boolean' || type === 'null') return true
  switch (it.kind) {
    case 'Cast':
      return excludesText(file, it.child('type')) || isHarmlessValue(file, it.child('value') ?? it, depth + 1)
    case 'Unary':
    case 'Not':
    case 'Comparison':
    case 'Update':
    case 'TaggedTemplate':
      return true
    case 'Binary':
      return it.operator === '+'
        ? [it.child('left'), it.child('right')].every(side => !side || isHarmlessValue(file, side, depth + 1))
        : it.operator !== '%' || file.language !== 'python'
    case 'Conditional':
      return [it.child('consequence'), it.child('alternative')].every(
        side => !side || isHarmlessValue(file, side, depth + 1),
      )
    case 'Logical':
      return [it.child('left'), it.child('right')].every(
        side => !side || isHarmlessValue(file, side, depth + 1),
      )
    case 'Member':
    case 'Index':
      return isHarmlessMember(file, it)
    case 'Name':
      return isHarmlessName(file, it, depth)
    case 'Call':
      return isHarmlessCall(file, it, depth)
    case 'MacroCall':
      return true
    case 'Template':
      return it.children('part').every(part => {
        const value = part.child('value')
        return !value || isHarmlessValue(file, value, depth + 1)
      })
    default:
      return false
  }
}

function isHarmlessMember(file: SourceFile, it: SyntaxNode): boolean {
  const property = it.child('property')?.name ?? ''
  if (isNumberName(property) || PLACEHOLDER_NAME.test(property) || isConstantName(property)) return true
  // `Status.ACTIVE`, `TABLES['user']`, and what was declared as a number.
  const object = it.child('object')
  if (object?.kind === 'Name' && (isConstantName(object.name) || isEnum(file, object))) return true
  return false
}

function isEnum(file: SourceFile, name: SyntaxNode): boolean {
  return file.binding(name)?.declaration.parent?.kind === 'Enum'
}

/** Written in capitals: a constant, even when it comes from elsewhere. */
function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(name)
}

function isNumberName(name: string): boolean {
  return /^(length|size|count|len|port|pid|oid|timestamp)$|(Count|_count|_len|Length|Ms|_ms|Seconds|_seconds)$/.test(
    name,
  )
}

function isHarmlessName(file: SourceFile, it: SyntaxNode, depth: number): boolean {
  if (isConstantName(it.name) || PLACEHOLDER_NAME.test(it.name) || isNumberName(it.name)) return true
  const binding = file.binding(it)
  if (!binding) return false
  if (excludesText(file, binding.declaration.parent?.child('type'))) return true
  const writes = writesBefore(binding, it)
  return writes.length > 0 && writes.every(write => isHarmlessWrite(file, write, depth))
}

function isHarmlessWrite(file: SourceFile, write: SyntaxNode, depth: number): boolean {
  const definition = definitionOf(write)
  if (!definition) return false
  if (definition.kind === 'parameter')
    return (
      definition.path.length === 0 &&
      (excludesText(file, definition.parameter.child('type')) || isGivenConstants(file, definition.parameter))
    )
  if (excludesText(file, write.parent?.child('type'))) return true
  if (!definition.value) return false
  if (definition.path.length === 0) return isHarmlessValue(file, definition.value, depth + 1)
  // `for name in ('a', 'b')`
  const list = file.value(definition.value)
  return (
    definition.path.length === 1 &&
    list.is('List', 'Tuple', 'Set') &&
    list.children('element').every(element => file.constant(element) !== undefined)
  )
}

const NUMBER_CALLS =
  /^(int|float|len|bool|Number|parseInt|parseFloat|BigInt|Boolean|count|sum|round|abs|ord|hash|id|now|time|getTime|floor|ceil|trunc|uuid4|randint|randrange|hexdigest|digest|isoformat|toISOString|strftime|toFixed|UUID|randomUUID|Date)$/

function isHarmlessCall(file: SourceFile, call: SyntaxNode, depth: number): boolean {
  const name = calleeName(call)
  const object = receiver(call)
  // `Math.trunc` makes a number; anybody else's cuts a text.
  const isNumber = NUMBER_CALLS.test(name) && (name !== 'trunc' || !object || object.name === 'Math')
  if (isNumber || QUOTES.test(name)) return true
  // `', '.join('?' for _ in ids)`, `ids.map(() => '?').join(',')`
  if (name === 'join') {
    const list = file.language === 'python' ? call.children('argument')[0] : object
    return list !== undefined && givesHarmless(file, list, depth + 1)
  }
  if (/^(str|String|repr)$/.test(name) && !object) {
    const only = call.children('argument')[0]
    return only !== undefined && isHarmlessValue(file, only, depth + 1)
  }
  if (
    /^(toString|to_string|trim|strip|replace|replaceAll|repeat|slice|lower|upper|substr|substring)$/.test(
      name,
    ) &&
    object
  )
    return /^replace/.test(name) || isHarmlessValue(file, object, depth + 1)
  return false
}

/** Every element of the list is harmless. */
function givesHarmless(file: SourceFile, node: SyntaxNode, depth: number): boolean {
  const it = file.value(node)
  switch (it.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
      return it.children('element').every(element => isHarmlessValue(file, element, depth))
    case 'Comprehension': {
      const body = it.child('body')
      return body !== undefined && isHarmlessValue(file, body, depth)
    }
    case 'Binary': {
      // `['%s'] * len(ids)`
      const left = it.child('left')
      return it.operator === '*' && left !== undefined && givesHarmless(file, left, depth)
    }
    case 'Call': {
      const name = calleeName(it)
      const args = it.children('argument')
      if (name === 'map') {
        const fn = args.find(argument => argument.kind === 'Function')
        const body = fn?.child('body')
        const result =
          body?.kind === 'Block' ? [...body.ownDescendants('Return')].at(-1)?.child('value') : body
        if (result) return isHarmlessValue(file, result, depth)
        return args.some(argument => NUMBER_CALLS.test(argument.name) || QUOTES.test(argument.name))
      }
      if (/^(fill|filter|sort|sorted|reverse)$/.test(name)) {
        const from = name === 'fill' ? args[0] : receiver(it)
        if (!from) return false
        return name === 'fill' ? isHarmlessValue(file, from, depth) : givesHarmless(file, from, depth)
      }
      return PLACEHOLDER_NAME.test(name) || QUOTES.test(name)
    }
    case 'Name':
      return isConstantName(it.name) || PLACEHOLDER_NAME.test(it.name)
    default:
      return false
  }
}

/**
 * A value without quotes around it is a number more often than not. It may be text when a parameter lets text in, or
 * when nothing at all is known about the name.
 */
export function mayBeText(file: SourceFile, hole: Hole): boolean {
  const root = hole.binding ? undefined : rootOf(hole.node)
  if (!hole.binding && root?.kind !== 'Name') return false
  if ((hole.path?.length ?? 0) > 0) return false
  const binding = hole.binding ?? (root && file.binding(root))
  if (!binding) return true
  const definition = definitionOf(binding.declaration)
  if (definition?.kind === 'parameter')
    return (
      binding.writeCount === 1 &&
      definition.path.length === 0 &&
      admitsText(definition.parameter.child('type'))
    )
  return false
}

/** `ids` of `ids.map(String).join(', ')`. */
function rootOf(node: SyntaxNode): SyntaxNode {
  let it = node.unwrapped
  while (it.kind === 'Call') {
    const name = calleeName(it)
    const next =
      /^(str|String)$/.test(name) || (name === 'join' && receiver(it)?.kind === 'String')
        ? it.children('argument')[0]
        : /^(join|map|toString|trim|strip)$/.test(name)
          ? receiver(it)
          : undefined
    if (!next) return it
    it = next.unwrapped
  }
  return it
}

/** As far as this file tells, the function always gets a constant in this place: `purge('notes', 'noteId')`. */
function isGivenConstants(file: SourceFile, parameter: SyntaxNode): boolean {
  const fn = parameter.function
  const name = fn?.child('name')
  const binding = name?.kind === 'Name' ? file.binding(name) : undefined
  if (!fn || !binding || binding.kind !== 'function' || fn.parent?.kind === 'Export') return false
  const index =
    fn
      .child('parameters')
      ?.children('parameter')
      .findIndex(it => it.row === parameter.row) ?? -1
  let calls = 0
  for (const it of binding.reads()) {
    const given = it.role === 'callee' ? it.parent?.children('argument')[index] : undefined
    if (index < 0 || !given || !file.constant(given)) return false
    calls++
  }
  return calls > 0
}
