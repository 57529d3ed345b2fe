// What the options of a request say, as far as it is written: `{ method: 'POST' }`.

import { keyText, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { RequestShape } from '../../rows/requests.ts'
import { parametersIn, textIn } from '../text.ts'

export type Method = RequestShape['method']

/** A method, the parameter that tells it, or `*` when somebody else decides. */
export function methodIn(file: SourceFile, given: SyntaxNode | undefined, otherwise: string): Method {
  if (!given) return otherwise
  const node = given.unwrapped
  if (node.is('Null', 'Undefined')) return otherwise
  if (node.kind === 'Conditional') {
    const one = methodIn(file, node.child('consequence'), otherwise)
    const other = methodIn(file, node.child('alternative'), otherwise)
    return one === other ? one : '*'
  }
  const parameter = parametersIn(textIn(file, node))[0]
  const options = literal(file, node)
  if (!options) {
    if (parameter !== undefined && node.kind === 'Name') return { optionsOf: parameter }
    return node.is('Name', 'Member', 'Call', 'Conditional') ? '*' : otherwise
  }
  const said = property(options, 'method') ?? property(options, 'type')
  if (!said) {
    const spread = options.children('element').find(it => it.kind === 'Spread')
    if (!spread) return otherwise
    const [of] = parametersIn(textIn(file, spread.child('value') ?? spread))
    return of === undefined ? '*' : { optionsOf: of }
  }
  const method = textOf(file, said)
  if (method !== undefined) return method.toUpperCase()
  return ofParameter(file, said, otherwise)
}

/** A parameter is the method, or is taken apart and has it inside: `({ url, method = 'POST' }) => …`. */
function ofParameter(file: SourceFile, said: SyntaxNode, otherwise: string): Method {
  const [of] = parametersIn(textIn(file, said))
  const name = said.kind === 'Name' ? said : [...said.descendants('Name')].find(it => isParameter(file, it))
  const declared = name && file.binding(name)?.declaration
  if (of === undefined || !declared) return '*'
  const patterns = [...declared.ancestors()].filter(it => it.kind === 'ObjectPattern')
  const [pattern, outer] = patterns
  if (!pattern) return { parameter: of }
  const element = pattern.children('element').find(it => it.contains(declared))
  const value = element?.kind === 'Pair' ? element.child('value') : element
  const key = element?.kind === 'Pair' ? keyText(element.child('key')) : declared.name
  if (outer || !METHOD_KEYS.includes(key)) return '*'
  const replaced = value?.kind === 'DefaultPattern' ? value.child('value') : undefined
  const without = replaced ? (textOf(file, replaced)?.toUpperCase() ?? '*') : otherwise
  return { optionsOf: of, ...(without !== 'GET' && { otherwise: without }) }
}

function isParameter(file: SourceFile, name: SyntaxNode): boolean {
  return file.binding(name)?.kind === 'parameter'
}

/** The options of `fetch` and axios have it as `method`, those of jQuery as `type`. */
const METHOD_KEYS: readonly string[] = ['method', 'type']

export function literal(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  let value = node.unwrapped.kind === 'Name' ? file.value(node.unwrapped) : node.unwrapped
  while (value.is('Cast', 'Parenthesized')) {
    const inner = value.child('value')
    if (!inner) break
    value = inner
  }
  return value.kind === 'Dictionary' ? value : undefined
}

export function textOf(file: SourceFile, node: SyntaxNode): string | undefined {
  const constant = file.constant(node.unwrapped)
  return constant?.kind === 'string' ? constant.value : undefined
}
