// What the languages that call Rust make of its names and types.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { parameterName } from './text.ts'

/** `fileName` for `file_name`. */
export function camelCase(name: string): string {
  return name.replace(/^_+/, '').replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What a parameter is of: `Option`, `State`, `str`; its last name, whatever is borrowed and wherever it comes from. */
export function typeNameOf(parameter: SyntaxNode): string {
  let it = parameter.child('type')
  while (it?.is('Type', 'GenericType') && it.child('type')) it = it.child('type')
  return (it?.is('Path', 'Member') ? it.child('property')?.name : it?.text) ?? ''
}

/** `r#type` is called `type`. */
export function plainName(name: string): string {
  return name.replace(/^r#/, '')
}

/** The parameters of a function for JavaScript, `self` left out however it is spelled. */
export function scriptParameters(fn: SyntaxNode): SyntaxNode[] {
  const all = fn.child('parameters')?.children('parameter') ?? []
  return all.filter(
    it => it.kind === 'Parameter' && it.type !== 'self_parameter' && parameterName(it) !== 'self',
  )
}

/** What JavaScript leaves out arrives as `undefined`: surely nothing that this type is good for. */
export function needsValue(parameter: SyntaxNode): boolean {
  const type = (parameter.child('type')?.text ?? '').replace(/^&\s*('\w+\s*)?(mut\s+)?/, '')
  return /^(str|String|char|[iuf](8|16|32|64|128|size)|Uint8Array|Buffer|\[.*\]|(Vec|Box)\s*<.*>)$/s.test(
    type,
  )
}
