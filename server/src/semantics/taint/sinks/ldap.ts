// Calls that search a directory (LDAP) with a filter, and what of it is text that somebody put together.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { property } from '../../calls.ts'
import type { SourceFile } from '../../source-file.ts'
import { isPutTogether, piecesOf } from '../../text-pieces.ts'

export const LDAP_CALLEES: readonly string[] =
  'search search_s search_st search_ext search_ext_s paged_search'.split(' ')

/** `conn.search(base, f'(uid={name})')`, `client.search(base, { filter })`: the name of the base counts as well. */
export function directoryTexts(file: SourceFile, call: SyntaxNode): SyntaxNode[] {
  if (file.language === 'rust') return []
  return call
    .children('argument')
    .flatMap(it => {
      const value = it.kind === 'KeywordArgument' ? it.child('value') : it
      if (value?.kind === 'Dictionary') return property(value, 'filter') ?? []
      return value ?? []
    })
    .filter(it => !it.is('String', 'Number', 'List', 'Function') && isFilter(file, it))
}

/** `(uid=…`, `ou=people,…` */
function isFilter(file: SourceFile, text: SyntaxNode): boolean {
  const pieces = piecesOf(file, text)
  if (!isPutTogether(pieces)) return false
  return pieces.some(it => typeof it === 'string' && /\([&|!(]*[\w;.-]+[~<>]?=|\b(ou|dc|cn|uid)=/i.test(it))
}
