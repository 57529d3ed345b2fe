// Calls that look something up in XML by an expression.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, receiver } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'
import { piecesOf } from '../../text-pieces.ts'

export const XPATH_CALLEES: readonly string[] =
  'XPath xpath ETXPath xpathEval find findall findtext iterfind select select1 evaluate parse xpath2'.split(
    ' ',
  )

/** The text that a call reads as an XPath. */
export function xpathText(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  if (file.language === 'rust') return undefined
  const name = calleeName(call)
  const full = calledName(file, call)
  const at = /^elementpath\.(select|iter_select)$/.test(full) ? 1 : 0
  const text = argument(call, at, at === 1 ? 'path' : undefined)
  if (!text || text.is('String', 'Function', 'Number', 'Dictionary', 'Regex') || file.constant(text))
    return undefined
  if (
    at === 1 ||
    /^(lxml\.etree\.(XPath|ETXPath)|xpath\.(select1?|evaluate|parse|useNamespaces))$/.test(full)
  )
    return text
  if (/^(xpath|xpathEval|findall|iterfind|findtext|find|evaluate)$/.test(name) && receiver(call))
    return isXpath(file, text) ? text : undefined
  return undefined
}

/** `/users/user[@name='…']`: many things have a method that is called `find`. */
function isXpath(file: SourceFile, text: SyntaxNode): boolean {
  const constant = piecesOf(file, text).filter(it => typeof it === 'string')
  return (
    constant.some(it => /\[\s*(@|[\w-]+\s*(\(|\/text\(\))?\s*=)|\[\w+\(\)\s*=/.test(it)) ||
    /^\.?\/\//.test(constant[0] ?? '')
  )
}
