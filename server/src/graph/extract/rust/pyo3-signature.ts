// What Python may give to a function of PyO3: what its signature says, or else its parameters.

import type { SyntaxNode } from '../../../syntax/node.ts'
import type { ForeignParameter } from '../../rows/foreign.ts'
import { typeNameOf } from './foreign-names.ts'
import { parameterName } from './text.ts'

/** Of what stands behind `signature = (`. Undefined when it does not end. */
export function signedParameters(text: string): ForeignParameter[] | undefined {
  const written = partsOf(text)
  if (!written) return undefined
  const parameters: ForeignParameter[] = []
  let kind: ForeignParameter['kind'] = 'any'
  for (const it of written) {
    const part = it.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '').trim()
    if (part === '') continue
    if (part === '/') {
      for (const [i, earlier] of parameters.entries()) parameters[i] = { ...earlier, kind: 'positional' }
    } else if (part === '*') kind = 'keyword'
    else if (part.startsWith('**'))
      parameters.push({ name: part.slice(2).trim(), isOptional: true, kind: 'keywords' })
    else if (part.startsWith('*')) {
      parameters.push({ name: part.slice(1).trim(), isOptional: true, kind: 'rest' })
      kind = 'keyword'
    } else {
      const name = /^(?:r#)?(\w+)/.exec(part)?.[1]
      if (!name) return undefined
      parameters.push({ name, isOptional: part.includes('='), kind })
    }
  }
  return parameters
}

/** Of a function without a signature; the first `bound` of its parameters are given by PyO3. */
export function declaredParameters(fn: SyntaxNode, bound: number): ForeignParameter[] | undefined {
  const given = (fn.child('parameters')?.children('parameter') ?? []).filter(
    it => typeNameOf(it) !== 'Python',
  )
  const parameters: ForeignParameter[] = []
  for (const it of given.slice(bound)) {
    const name = parameterName(it)
    if (name === '' || it.type === 'self_parameter') return undefined
    // Older versions of PyO3 let these be left out.
    parameters.push({ name, isOptional: typeNameOf(it) === 'Option', kind: 'any' })
  }
  return parameters
}

/** What stands between commas, up to the closing parenthesis. */
export function partsOf(text: string): string[] | undefined {
  const parts: string[] = []
  let depth = 0
  let start = 0
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (quote !== '') {
      if (character === '\\') i++
      else if (character === quote) quote = ''
    } else if (character === '"') quote = character
    else if (/[([{]/.test(character)) depth++
    else if (/[)\]}]/.test(character) && depth > 0) depth--
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    } else if (character === ')') return [...parts, text.slice(start, i)]
  }
  return undefined
}
