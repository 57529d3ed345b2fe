// Calls that ask a database of documents (MongoDB), and the parts of the question that can be more than a value.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, keyText, receiver } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

export const DOCUMENT_CALLEES: readonly string[] = (
  'find findOne find_one findOneAndUpdate findOneAndDelete findOneAndReplace find_one_and_update find_one_and_delete' +
  ' updateOne updateMany update_one update_many update deleteOne deleteMany delete_one delete_many countDocuments' +
  ' count_documents aggregate exists where replaceOne replace_one'
).split(' ')

export interface DocumentQuery {
  /** Texts that the database runs as code. */
  readonly code: readonly SyntaxNode[]
  /** What a field is compared with: an object in its place is a condition of its own (`{ $ne: null }`). */
  readonly values: readonly SyntaxNode[]
}

const NOTHING: DocumentQuery = { code: [], values: [] }

export function documentQuery(file: SourceFile, call: SyntaxNode): DocumentQuery {
  if (file.language === 'rust' || !receiver(call)) return NOTHING
  const first = argument(call, 0, 'filter')
  if (!first) return NOTHING
  if (calleeName(call) === 'where') return NOTHING
  const query = first.kind === 'Name' ? file.value(first) : first
  if (query.kind !== 'Dictionary')
    return { code: [], values: first.is('Member', 'Name', 'Index', 'Call') ? [first] : [] }
  const code: SyntaxNode[] = []
  const values: SyntaxNode[] = []
  for (const it of query.children('element')) {
    const value = it.kind === 'Pair' ? it.child('value') : it.kind === 'Name' ? it : undefined
    const key = it.kind === 'Pair' ? keyText(it.child('key')) : it.name
    if (!value) continue
    if (key === '$where') code.push(value)
    else if (!key.startsWith('$')) values.push(value)
  }
  return { code, values }
}

/** Something that takes documents: its own driver, or one that maps objects to them. */
export function isDocumentStore(file: SourceFile, call: SyntaxNode): boolean {
  const object = receiver(call)
  if (!object) return false
  if (object.kind === 'Call' && /^(collection|get_collection|model|db)$/.test(calleeName(object))) return true
  const name = object.kind === 'Member' ? (object.child('property')?.name ?? '') : object.name
  if (/collection$|Col$|^(mongo|db)$/i.test(name)) return true
  const made = file.value(object)
  return (
    made.kind === 'Call' &&
    /^(mongoose\.model|.*\.(collection|model|get_collection))$/.test(calledName(file, made))
  )
}
