// Functions that make a request of what they are given: whoever calls them asks the server.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import type { TextParts } from '../../rows/names.ts'
import type { ForwardedCall } from '../../rows/requests.ts'
import { exportedNameOf } from '../reference.ts'
import type { Method } from './request-options.ts'

/** The function around passes on what it is given: whoever calls it makes the request. */
export function addWrapper(
  file: SourceFile,
  call: SyntaxNode,
  url: SyntaxNode,
  text: TextParts,
  method: Method,
  through: ForwardedCall | undefined,
  key: CallKey,
  facts: FactWriter,
): void {
  if (!isPassedOn(file, url, text)) return
  const fn = outermost(call)
  const name = fn && exportedNameOf(fn)
  if (!fn || !name) return
  const parameters = [...url.descendants('Name'), url]
    .filter(it => it.kind === 'Name')
    .map(it => file.binding(it))
  const isOwn = parameters.some(
    it => it?.kind === 'parameter' && it.declaration.closest('Function')?.row === fn.row,
  )
  if (!isOwn && parameters.some(it => it?.kind === 'parameter')) return
  facts.add('wrapper', { name, url: text, method, client: undefined, through, call: key }, url)
}

/** A parameter stands for a path, not for a part of one. */
function isPassedOn(file: SourceFile, url: SyntaxNode, text: TextParts): boolean {
  const at = text.findIndex(it => typeof it !== 'string' && 'parameter' in it)
  if (at === -1) return false
  if (at === 0) return true
  const before = text[at - 1]!
  if (typeof before !== 'string') return at === 1 || isNamed(file, url, PATH_NAME)
  // What stands behind the question mark is a value, not a path.
  if (at > 2 || before.includes('?')) return false
  // `'/users/' + id` is a part of a path, `'/api' + path` is not, `'/users' + query` neither.
  return before.endsWith('/') ? isNamed(file, url, PATH_NAME) : !isNamed(file, url, QUERY_NAME)
}

/** A parameter in here goes by such a name. */
function isNamed(file: SourceFile, url: SyntaxNode, name: RegExp): boolean {
  for (const it of url.kind === 'Name' ? [url] : url.descendants('Name'))
    if (name.test(it.name) && file.binding(it)?.kind === 'parameter') return true
  return false
}

const PATH_NAME = /^(url|uri|path|pathname|endpoint|route|resource|href|input|api|apiPath|suffix|subPath)$/i
const QUERY_NAME = /quer|param|search|^qs$|hash|ext/i

/** The last function around that is not inside of another one. */
function outermost(node: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  for (const it of node.ancestors()) if (it.kind === 'Function') found = it
  return found
}
