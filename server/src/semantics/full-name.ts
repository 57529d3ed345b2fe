// What a name in an expression really stands for, however it came into the file: `import`, `require`, destructuring.

import type { SyntaxNode } from '../syntax/node.ts'
import { definitionOf } from './definitions.ts'
import type { SourceFile } from './source-file.ts'

/** Wrappers that give the same function in another shape. */
const SAME_FUNCTION: ReadonlySet<string> = new Set(['util.promisify', 'promisify'])

/**
 * 'child_process.exec' for `exec` after `const { exec } = require('child_process')`, 'subprocess.run' for `sp.run` after
 * `import subprocess as sp`, 'eval' for the built-in. Empty when the first name is bound to anything else than a
 * module: then nobody can say what it stands for.
 */
export function fullName(file: SourceFile, node: SyntaxNode | undefined, steps = 0): string {
  if (!node || steps > 6) return ''
  const it = unwrap(node)
  switch (it.kind) {
    case 'This':
      return 'this'
    case 'Super':
      return 'super'
    case 'Name':
    case 'TypeName':
      return nameOf(file, it, steps)
    case 'Member':
    case 'Path': {
      const property = it.child('property')
      if (it.type === 'dotted_name') return file.qualifiedName(it)
      const object = fullName(file, it.child('object'), steps + 1)
      return object && property ? `${object}.${property.name || property.text}` : ''
    }
    case 'GenericType':
      return fullName(file, it.child('callee') ?? it.child('type'), steps + 1)
    case 'Call':
      return (
        requiredModule(file, it) ??
        (SAME_FUNCTION.has(fullName(file, it.child('callee'), steps + 1))
          ? fullName(file, it.children('argument')[0], steps + 1)
          : '')
      )
    default:
      return ''
  }
}

/** The full name of what a call calls. */
export function calledName(file: SourceFile, call: SyntaxNode): string {
  return fullName(file, call.child('callee'))
}

/** The statements of the file import one of these modules, or something below it. Python's and JavaScript's. */
export function importsAny(file: SourceFile, modules: RegExp): boolean {
  for (const statement of file.root.children('statement')) {
    if (statement.kind === 'Import' && modules.test(statement.text)) return true
    if (statement.kind === 'Declaration' && file.language !== 'python') {
      for (const declarator of statement.children('definition')) {
        const value = declarator.child('value')
        const call = value?.kind === 'Member' ? value.child('object') : value
        const name = call?.kind === 'Call' ? requiredModule(file, call) : undefined
        if (name !== undefined && modules.test(`'${name}'`)) return true
      }
    }
  }
  return false
}

function nameOf(file: SourceFile, name: SyntaxNode, steps: number): string {
  const binding = file.binding(name)
  if (!binding) return name.name
  if (binding.kind === 'import') return file.qualifiedName(name)
  if (file.language === 'rust' || binding.kind === 'parameter' || binding.kind === 'loop') return ''
  let only: SyntaxNode | undefined
  for (const write of binding.writes()) {
    if (only) return ''
    only = write
  }
  const definition = only && definitionOf(only)
  if (definition?.kind !== 'value' || !definition.value || definition.path.includes('*')) return ''
  const object = fullName(file, definition.value, steps + 1)
  return object && [object, ...definition.path].join('.')
}

/** `require('fs')` → 'fs'. */
function requiredModule(file: SourceFile, call: SyntaxNode): string | undefined {
  const callee = call.child('callee')
  if (callee?.name !== 'require' && callee?.text !== 'import') return undefined
  if (callee.name === 'require' && !file.isFree(callee)) return undefined
  const source = call.child('argument')
  const constant = source && file.constant(source)
  return constant?.kind === 'string' ? constant.value.replace(/^node:/, '') : undefined
}

function unwrap(node: SyntaxNode): SyntaxNode {
  let it = node.unwrapped
  while (it.is('Await', 'NonNull', 'Cast', 'Propagate', 'Borrow')) {
    const inner = it.child('value')?.unwrapped
    if (!inner) return it
    it = inner
  }
  return it
}
