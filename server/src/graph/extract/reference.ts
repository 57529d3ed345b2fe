// What a name of this file stands for, for those who look at it from another file.

import { importPath, requiredModule, requiredName } from '../../semantics/import-paths.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { Reference } from '../rows/names.ts'

/** Undefined for what is neither declared at the top of a file nor imported. */
export function referenceOf(file: SourceFile, node: SyntaxNode): Reference | undefined {
  const names: string[] = []
  let it: SyntaxNode = node.unwrapped
  while (it.is('Member', 'Path')) {
    const property = it.child('property')
    const object = it.child('object')?.unwrapped
    if (!property || !object) return undefined
    names.unshift(property.name)
    it = object
  }
  const module = requiredModule(file, it)
  if (module !== undefined) return { module, names: names.length > 0 ? names : ['default'] }
  if (it.kind === 'This') return classMember(it, names)
  if (!it.is('Name', 'TypeName')) return rustRoot(it, names)
  const binding = file.binding(it)
  if (!binding) return file.language === 'rust' ? { module: '', names: [it.name, ...names] } : undefined
  return referenceOfBinding(file, binding, names)
}

/** `binding.names[0].names[1]…` */
export function referenceOfBinding(
  file: SourceFile,
  binding: Binding,
  names: readonly string[] = [],
): Reference | undefined {
  if (binding.kind === 'import') return imported(file, binding.declaration, names)
  const required = requiredName(file, binding)
  if (required) {
    const own = required.names.length > 0 ? required.names : ['default']
    return { module: required.module, names: [...own, ...names] }
  }
  return binding.isModuleLevel ? { module: '', names: [binding.name, ...names] } : undefined
}

function imported(
  file: SourceFile,
  declaration: SyntaxNode,
  names: readonly string[],
): Reference | undefined {
  const path = importPath(declaration)
  if (path === undefined) return undefined
  if (file.language === 'python') {
    const statement = declaration.closest('Import')
    const source = statement?.child('source')
    if (!source) {
      // `import a.b` binds `a`, and what follows names the modules on the way.
      return { module: path, names }
    }
    return { module: source.text, names: [path.slice(source.text.length + 1), ...names] }
  }
  if (file.language === 'rust') return { module: '', names: [...path.split('.'), ...names] }
  const source = declaration.closest('Import')?.child('source')?.text.slice(1, -1)
  if (source === undefined) return undefined
  const specifier = declaration.parent
  if (specifier?.kind === 'ImportName' && specifier.type === 'import_specifier')
    return { module: source, names: [specifier.child('name')?.name ?? declaration.name, ...names] }
  if (specifier?.type === 'namespace_import' || declaration.role === 'alias') return { module: source, names }
  return { module: source, names: ['default', ...names] }
}

/** `this.get` in a class: that class's member. */
function classMember(it: SyntaxNode, names: readonly string[]): Reference | undefined {
  const name = it.closest('Class')?.child('name')?.name
  return name ? { module: '', names: [name, ...names] } : undefined
}

/** `crate::a::b`, `super::a`, `self::a`: their heads are no names. */
function rustRoot(it: SyntaxNode, names: readonly string[]): Reference | undefined {
  return /^(crate|super|self)$/.test(it.text) ? { module: '', names: [it.text, ...names] } : undefined
}

/** A function, by the name that others call it by: `load`, `Client.get`, `default`; undefined for one inside of another. */
export function exportedNameOf(fn: SyntaxNode): string | undefined {
  const holder = fn.closest('Function', 'Class', 'Implementation')
  if (holder?.kind === 'Function') return undefined
  const own = fn.child('name')?.name
  const { parent } = fn
  if (parent?.kind === 'Dictionary' && own) return memberName(parent, own)
  if (parent?.kind === 'Pair') return memberName(parent.parent, parent.child('key')?.name)
  if (holder) {
    const owner = (holder.child('name') ?? holder.child('type'))?.text
    const name = own ?? (parent?.kind === 'Field' ? parent.child('name')?.name : undefined)
    return owner && name ? `${owner}.${name}` : undefined
  }
  if (own) return own
  if (parent?.is('Declarator', 'Assignment')) return assignedName(parent)
  return parent?.kind === 'Export' ? 'default' : undefined
}

/** `x = …`, `module.exports = …`, `exports.x = …` */
export function assignedName(holder: SyntaxNode): string | undefined {
  const target = holder.child('target')
  if (target?.kind === 'Name') return target.name
  const [, whole, part] =
    /^(?:(module\.exports|exports\.default)|(?:module\.)?exports\.(\w+))$/.exec(target?.text ?? '') ?? []
  return whole ? 'default' : part
}

function memberName(dictionary: SyntaxNode | undefined, name: string | undefined): string | undefined {
  const owner = dictionary && objectName(dictionary)
  return owner && name ? `${owner}.${name}` : undefined
}

/** The name that an object literal goes by at the top of its file. */
export function objectName(dictionary: SyntaxNode): string | undefined {
  let { parent } = dictionary
  if (parent?.is('Cast', 'Parenthesized')) parent = parent.parent
  if (parent?.is('Declarator', 'Assignment')) return assignedName(parent)
  return parent?.kind === 'Export' ? 'default' : undefined
}
