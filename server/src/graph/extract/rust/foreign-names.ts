// What the languages that call Rust make of its names and types.

import type { SyntaxNode } from '../../../syntax/node.ts'

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
