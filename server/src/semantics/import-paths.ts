// What imported names stand for: the dotted path of what an import or a `require` binds.

import type { SyntaxNode } from '../syntax/node.ts'
import type { Binding, SourceFile } from './source-file.ts'

/** The dotted path that an imported name stands for: `from a.b import c as d` → 'a.b.c'. */
export function importPath(declaration: SyntaxNode): string | undefined {
  const statement = declaration.closest('Import')
  if (!statement) return undefined
  const { grammar } = declaration.tree
  if (grammar === 'python') return pythonImportPath(statement, declaration)
  if (grammar === 'rust') return rustImportPath(declaration)
  if (grammar === 'java') return javaImportPath(statement)
  if (grammar === 'go') return goImportPath(declaration)
  const source = statement
    .child('source')
    ?.text.slice(1, -1)
    .replace(/^node:/, '')
  if (source === undefined) return undefined
  const specifier = declaration.parent
  if (specifier?.kind === 'ImportName' && specifier.type === 'import_specifier') {
    return `${source}.${specifier.child('name')?.name ?? ''}`
  }
  return source
}

/** The dotted path of what a `require` binds to a name that keeps it. */
export function requiredPath(file: SourceFile, binding: Binding): string | undefined {
  if (binding.kind === 'variable' && binding.writeCount > 1) return undefined
  const required = requiredName(file, binding)
  return required && [required.module, ...required.names].join('.')
}

/** `const x = require('m')`, `const { a: b } = require('m')`, `const y = require('m').z`: the module, and names in it. */
export function requiredName(
  file: SourceFile,
  binding: Binding,
): { readonly module: string; readonly names: readonly string[] } | undefined {
  if (file.language !== 'javascript' && file.language !== 'typescript') return undefined
  if (binding.kind !== 'constant' && binding.kind !== 'variable') return undefined
  const { declaration } = binding
  const { parent } = declaration
  const isRenamed = parent?.kind === 'Pair' && declaration.role === 'value'
  const pattern = isRenamed ? parent.parent : parent
  const isPattern = pattern?.kind === 'ObjectPattern'
  const declarator = isPattern ? pattern.parent : parent
  let value = declarator?.kind === 'Declarator' ? declarator.child('value')?.unwrapped : undefined
  const names: string[] = []
  while (value?.kind === 'Member') {
    names.unshift(value.child('property')?.name ?? '')
    value = value.child('object')?.unwrapped
  }
  const module = value && requiredModule(file, value)
  if (module === undefined) return undefined
  if (isPattern) names.push(isRenamed ? (parent.child('key')?.name ?? '') : declaration.name)
  return names.includes('') ? undefined : { module, names }
}

/** The module's name in `require('m')`. */
export function requiredModule(file: SourceFile, call: SyntaxNode): string | undefined {
  if (call.kind !== 'Call') return undefined
  const callee = call.child('callee')
  if (callee?.kind !== 'Name' || callee.name !== 'require' || !file.isFree(callee)) return undefined
  const source = call.child('argument')
  return source?.kind === 'String' ? source.text.slice(1, -1).replace(/^node:/, '') : undefined
}

function pythonImportPath(statement: SyntaxNode, declaration: SyntaxNode): string {
  const from = statement.child('source')
  const alias = declaration.role === 'alias' ? declaration.parent : undefined
  const name = alias ? (alias.child('name')?.text ?? '') : declaration.name
  return from ? `${from.text}.${name}` : name
}

function rustImportPath(declaration: SyntaxNode): string {
  const parts: string[] = []
  let it: SyntaxNode | undefined = declaration
  if (declaration.role === 'alias') {
    parts.unshift(...pathParts(declaration.parent!.children()[0]!))
    it = declaration.parent
  } else parts.unshift(declaration.name)
  for (; it && it.kind !== 'Import'; it = it.parent) {
    const { parent }: SyntaxNode = it
    if (parent?.kind === 'Path' && it.role !== 'object') {
      const object = parent.child('object')
      if (object) parts.unshift(...pathParts(object))
    }
  }
  return parts.join('.')
}

function javaImportPath(statement: SyntaxNode): string | undefined {
  return statement.child('name')?.text.replace(/\s/g, '')
}

/** Patterns call a package by its own name, whatever the file calls it; where two have that name, by what the file calls them. */
function goImportPath(declaration: SyntaxNode): string | undefined {
  const specifier = declaration.closest('ImportName')
  const name = specifier && packageOf(specifier)
  if (name === undefined || !specifier?.child('alias')) return name
  const statements = declaration.closest('Module')?.children('statement') ?? []
  const others = statements.flatMap(it => (it.kind === 'Import' ? it.children('name') : []))
  const isTaken = others.some(it => it.row !== specifier.row && packageOf(it) === name)
  return isTaken ? declaration.name : name
}

function packageOf(specifier: SyntaxNode): string | undefined {
  const path = specifier.child('name')?.text
  return path && goPackageName(path.slice(1, -1))
}

/** What a package is called that is imported without a name: `gopkg.in/yaml.v3` is `yaml`. */
export function goPackageName(path: string): string {
  const parts = path.split('/')
  let last = parts.pop()!
  if (/^v\d+$/.test(last) && parts.length > 0) last = parts.pop()!
  return last.replace(/\.v\d+$/, '').replace(/^go-|-go$|\.go$/, '')
}

function pathParts(node: SyntaxNode): string[] {
  return node.text.split('::').map(it => it.trim())
}
