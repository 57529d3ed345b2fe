// Constants of a file that have a telling name: what they hold, folded to a number, a text or a pattern.

import { calleeOf } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { FactWriter } from '../facts.ts'
import { isOfPattern, isSpecific, wordsOf } from '../name-words.ts'
import type { ValueRow } from '../rows/values.ts'
import { normalPattern, patternIn } from './patterns.ts'

export function extractValues(file: SourceFile, facts: FactWriter): void {
  if (file.isTest) return
  for (const it of file.root.children()) readStatement(file, it, '', facts)
}

/** Objects in objects of constants. */
const DEPTH = 3
/** More is a page, a query or a picture. */
const LONGEST = 300

function readStatement(file: SourceFile, given: SyntaxNode, owner: string, facts: FactWriter): void {
  const statement = given.kind === 'Export' ? given.child('definition') : given
  switch (statement?.kind) {
    case 'Declaration':
      if (statement.child('keyword')?.type !== 'const') return
      for (const it of statement.children('definition')) readNamed(file, it, 'target', owner, facts)
      return
    case 'Declarator':
    case 'Assignment':
      return readNamed(file, statement, 'target', owner, facts)
    case 'ExpressionStatement': {
      const value = statement.child('value')
      if (value?.kind === 'Assignment') readNamed(file, value, 'target', owner, facts)
      return
    }
    case 'Class':
    case 'Implementation': {
      if (owner !== '' || isEnumeration(statement)) return
      const name = statement.child('name')?.name ?? statement.child('type')?.name ?? ''
      const members = statement.children('member')
      for (const it of members.length > 0 ? members : (statement.child('body')?.children() ?? []))
        readStatement(file, it, `${name}.`, facts)
      return
    }
    case 'Field':
      if (
        /^\s*(?:(?:public|private|protected|readonly|declare)\s+)*static\b/.test(statement.text.slice(0, 60))
      )
        readNamed(file, statement, 'name', owner, facts)
  }
}

function readNamed(
  file: SourceFile,
  holder: SyntaxNode,
  role: 'target' | 'name' | 'key',
  owner: string,
  facts: FactWriter,
  depth = 0,
): void {
  const given = holder.child('value')
  const value = fixed(given)
  const name = holder.child(role)?.text.replace(/^['"]|['"]$/g, '') ?? ''
  if (!value || !/^[A-Za-z_]\w*$/.test(name)) return
  if (value.is('List', 'Tuple', 'Set', 'Dictionary')) {
    // With a type of its own it is a shape.
    const values = role === 'key' || given?.kind === 'Cast' ? undefined : textsListed(file, value)
    if (values && isOfWords(name))
      facts.add('enumeration', { name: owner + name, values }, holder.child(role)!)
  }
  if (value.kind === 'Dictionary') {
    if (depth < DEPTH)
      for (const it of value.children('element'))
        if (it.kind === 'Pair') readNamed(file, it, 'key', `${owner}${name}.`, facts, depth + 1)
    return
  }
  // In an object of constants; a key like any other says nothing by itself.
  if (role === 'key' && !/^[A-Z][A-Z\d]*_[A-Z\d_]+$/.test(name)) return
  const row = isTelling(name) ? valueIn(file, name, value) : undefined
  if (row) facts.add('value', { name: owner + name, ...row }, value)
}

function valueIn(file: SourceFile, name: string, node: SyntaxNode): Omit<ValueRow, 'name'> | undefined {
  const pattern = node.is('Regex', 'Call', 'New') ? patternIn(file, node) : undefined
  if (pattern !== undefined) return { kind: 'pattern', value: pattern }
  if (!node.is('Number', 'Binary', 'String', 'Concatenation', 'Name', 'Unary')) return undefined
  const known = file.constant(node)
  if (known?.kind === 'number') return { kind: 'number', value: known.value }
  if (known?.kind === 'string' && known.value !== '' && known.value.length <= LONGEST)
    return isOfPattern(name)
      ? { kind: 'pattern', value: normalPattern(known.value, '') }
      : { kind: 'text', value: known.value }
  return undefined
}

/** At least two, no two alike, and nothing else among them. */
function textsListed(file: SourceFile, list: SyntaxNode): string[] | undefined {
  const elements = list.children('element')
  if (elements.length < 2 || elements.length > MOST) return undefined
  const values = new Set<string>()
  for (const it of elements) {
    const value = list.kind === 'Dictionary' ? memberOf(it) : choiceOf(it)
    const known = value && file.constant(value)
    if (known?.kind !== 'string' || /\s/.test(known.value) || known.value === '') return undefined
    values.add(known.value)
  }
  return values.size === elements.length ? [...values] : undefined
}

/** Longer ones are data. */
const MOST = 60

/** `('up', 'Upwards')`: what is kept, and what is shown for it. */
function choiceOf(element: SyntaxNode): SyntaxNode | undefined {
  const it = element.unwrapped
  return it.is('Tuple', 'List') ? it.children('element')[0] : it
}

/** `Up: 'up'`; where key and value are different words, it is a table of something else. */
function memberOf(pair: SyntaxNode): SyntaxNode | undefined {
  const [key, value] = [pair.child('key'), pair.child('value')?.unwrapped]
  if (pair.kind !== 'Pair' || !key || value?.kind !== 'String') return undefined
  const [a, b] = [key, value].map(it => wordsOf(it.text).join(''))
  return a === b ? value : undefined
}

/** Patterns are of something, and hardly two things go by one name then. */
function isTelling(name: string): boolean {
  return isOfWords(name) && (isSpecific(wordsOf(name)) || isOfPattern(name))
}

function isOfWords(name: string): boolean {
  return /[a-z\d][A-Z]|[A-Za-z\d]_[A-Za-z\d]/.test(name)
}

/** Its members are values of it. */
function isEnumeration(statement: SyntaxNode): boolean {
  return statement.children('superclass').some(it => /Enum\b|Choices\b|Flag\b/.test(it.text))
}

/** What `as const` and `Object.freeze(…)` are said of. */
function fixed(given: SyntaxNode | undefined): SyntaxNode | undefined {
  let it = given?.unwrapped
  while (it?.kind === 'Cast') it = it.child('value')?.unwrapped
  if (it?.kind === 'Call' && calleeOf(it)?.text === 'Object.freeze') return fixed(it.child('argument'))
  return it
}
