// Doing away with a variable that nobody reads, and keeping what its values do besides being values.

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { deleteStatement, replace } from '../edit.ts'
import { isRepeatable } from './effects.ts'
import { isLastUse } from './leftovers.ts'
import { isPure } from './purity.ts'

/** `keep`: some call stays behind as a statement. */
export interface Discarding {
  readonly how: 'delete' | 'keep' | 'rename'
  readonly edits: () => readonly TextEdit[]
}

/** A statement that gives the variable a value, or declares it without one. */
interface Store {
  readonly statement: SyntaxNode
  readonly value: SyntaxNode | undefined
  /** Where the value ends, with the parentheses around it. */
  readonly end: number
}

/** Undefined when it takes a person. */
export function discarding(binding: Binding, file: SourceFile): Discarding | undefined {
  const stores = storesOf(binding)
  if (file.language === 'rust') {
    // A value may do something when it is let go, which a name that says it is unused leaves as it is.
    const isPlain = stores?.length === 1 && (!stores[0]!.value || isPure(stores[0]!.value))
    if (!isPlain) return { how: 'rename', edits: () => renamed(binding) }
  }
  if (!stores || stores.some(it => !it.statement.parent?.is('Block', 'Module', 'Case', 'DefaultCase')))
    return undefined
  const kept = stores.filter(({ value }) => value && !isQuiet(value, file))
  if (kept.some(it => !canStandAlone(it))) return undefined
  const deleted = stores.filter(it => !kept.includes(it))
  const values = deleted.flatMap(it => it.value ?? [])
  if ((file.language === 'python' && emptiesBlock(deleted)) || isLastUse(file, values)) return undefined
  return {
    how: kept.length > 0 ? 'keep' : 'delete',
    edits: () => [...kept.map(leaveValue), ...deleted.flatMap(it => deleteStatement(it.statement))],
  }
}

/** All of them, when every one is a statement that does nothing else. */
function storesOf(binding: Binding): Store[] | undefined {
  const stores: Store[] = []
  for (const it of binding.occurrences()) {
    const { parent } = it
    if (it.role !== 'target' || !parent?.is('Declarator', 'Assignment')) return undefined
    const statement = parent.parent?.is('Declaration', 'ExpressionStatement') ? parent.parent : parent
    if (statement.kind === 'Assignment' || statement.children('definition').length > 1) return undefined
    if (/^(await\s+)?using\b/.test(statement.text)) return undefined
    const value = parent.child('value')
    stores.push({ statement, value: value?.unwrapped, end: (value ?? statement).end })
  }
  return stores.length > 0 ? stores : undefined
}

function renamed(binding: Binding): readonly TextEdit[] {
  return [...binding.occurrences()].map(it => replace(it, `_${binding.name}`))
}

/** Having the value or not makes no difference to anybody else. */
function isQuiet(value: SyntaxNode, file: SourceFile): boolean {
  if (value.kind === 'Function' || isPure(value) || isRepeatable(file, value)) return true
  const callee = value.child('callee')
  const isOurs = callee && value.children('argument').every(it => isPure(it)) && file.isFree(rootOf(callee))
  if (!isOurs || file.language === 'rust') return false
  return value.kind === 'New' ? PLAIN_CLASSES.test(callee.text) : PLAIN_FUNCTIONS.test(callee.text)
}

const PLAIN_CLASSES = /^(Array|Date|Map|Object|Set|URLSearchParams|WeakMap|WeakSet)$/
const PLAIN_FUNCTIONS =
  /^(dict|list|set|JSON\.stringify|Date\.now|Object\.(keys|values|entries)|Math\.(abs|ceil|floor|max|min|round))$/

function rootOf(node: SyntaxNode): SyntaxNode {
  let it = node
  for (let inner = it.child('object'); inner; inner = it.child('object')) it = inner
  return it
}

/** A call, or another assignment, that reads the same as a statement of its own. */
function canStandAlone({ statement, value }: Store): boolean {
  if (!value?.is('Call', 'New', 'Await', 'Assignment', 'Yield')) return false
  // A comment in front of the value has no place left to stand.
  if (/[#/]/.test(statement.text.slice(0, value.start - statement.start))) return false
  return /^(?!(async|class|function|let)\b)[\w$]/.test(value.text)
}

/** `name = value` becomes `value`; lines that were aligned with it move along. */
function leaveValue({ statement, value, end: behind }: Store): TextEdit {
  const { text } = statement.tree
  const { start, end } = value!
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  const moved = start - statement.start
  const hasText = [...value!.descendants('String', 'Template')].some(it => it.text.includes('\n'))
  const lines = text.slice(start, end).split('\n')
  const isAligned = (line: string) => /^ */.exec(line)![0].length > column
  const kept = lines.map((line, i) => (i > 0 && !hasText && isAligned(line) ? line.slice(moved) : line))
  return { start: statement.start, end: behind, newText: kept.join('\n') }
}

/** Python wants something to stand in every block, and two that go may have been all there was. */
function emptiesBlock(deleted: readonly Store[]): boolean {
  return deleted.some(({ statement: { parent } }) => {
    if (parent?.kind !== 'Block') return false
    const gone = deleted.filter(it => it.statement.parent?.row === parent.row)
    return gone.length > 1 && gone.length === parent.children().length
  })
}
