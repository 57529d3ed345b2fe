// Which modules a JavaScript or TypeScript file imports, and when.

import { requiredModule } from '../../../semantics/import-paths.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ImportKind } from '../../rows/imports.ts'
import { isInType, isUsedAtOnce } from '../used-at-once.ts'

export function extractImportsJavaScript(file: SourceFile, facts: FactWriter): void {
  for (const statement of file.root.children()) {
    const source = statement.is('Import', 'Export') ? statement.child('source') : undefined
    if (source?.kind === 'String') addStatement(file, statement, source, facts)
  }
  for (const name of file.root.named('require')) {
    const call = name.parent
    const module = call && name.role === 'callee' ? requiredModule(file, call) : undefined
    if (module === undefined) continue
    const kind = call!.function ? 'deferred' : 'load'
    facts.add('import', { module, taken: [], kind }, call!.child('argument')!)
  }
  if (/\bimport\s*\(/.test(file.tree.text)) addDynamic(file, facts)
}

function addStatement(file: SourceFile, statement: SyntaxNode, source: SyntaxNode, facts: FactWriter): void {
  const taken = takenBy(statement)
  const bindings = bindingsOf(file, statement)
  const kind: ImportKind = isForTypes(file, statement, bindings)
    ? 'type'
    : isReferredTo(file, bindings)
      ? 'deferred'
      : 'load'
  const isAtOnce = kind === 'load' && bindings.some(it => it && isUsedAtOnce(it))
  facts.add('import', { module: moduleIn(source), taken, kind, ...(isAtOnce && { isAtOnce }) }, source)
}

/** `forwardRef(() => Users)`: a framework is told to ask for it later, since both need each other. */
function isReferredTo(file: SourceFile, bindings: readonly (Binding | undefined)[]): boolean {
  if (bindings.length === 0 || !file.root.mentions('forwardRef')) return false
  return bindings.every(it => it !== undefined && isOnlyReferredTo(it))
}

function isOnlyReferredTo(binding: Binding): boolean {
  let isReferredTo = false
  for (const it of binding.occurrences()) {
    if (binding.isDeclaration(it) || it.kind === 'TypeName' || isInType(it)) continue
    const asked = it.role === 'body' ? it.parent : undefined
    const call = asked?.role === 'argument' ? asked.parent : undefined
    if (call?.kind !== 'Call' || call.child('callee')?.name !== 'forwardRef') return false
    isReferredTo = true
  }
  return isReferredTo
}

/** What the names of an import are called in this file. */
function bindingsOf(file: SourceFile, statement: SyntaxNode): (Binding | undefined)[] {
  if (statement.kind === 'Export') return []
  return statement.children('name').map(it => {
    const name = it.kind === 'Name' ? it : (it.child('alias') ?? it.child('name'))
    return name && file.binding(name)
  })
}

/** `import('./lazy')`: a type where a type is expected. */
function addDynamic(file: SourceFile, facts: FactWriter): void {
  for (const call of file.root.descendants('Call')) {
    const callee = call.child('callee')
    if (callee?.kind !== 'Keyword' || callee.type !== 'import') continue
    const source = call.child('argument')
    if (source?.kind !== 'String') continue
    const kind: ImportKind = isInType(call) ? 'type' : 'deferred'
    facts.add('import', { module: moduleIn(source), taken: [], kind }, source)
  }
}

function moduleIn(source: SyntaxNode): string {
  return source.text.slice(1, -1)
}

/** Names as the other file calls them. */
function takenBy(statement: SyntaxNode): string[] {
  const names = statement.children('name')
  if (statement.kind === 'Export' && names.length === 0) return ['*']
  return names.map(it => {
    if (it.kind === 'Name') return 'default'
    return it.type.startsWith('namespace_') ? '*' : (it.child('name')?.text ?? '*')
  })
}

/** Compilers leave out what is said to be a type, and what is used as types only. */
function isForTypes(
  file: SourceFile,
  statement: SyntaxNode,
  bindings: readonly (Binding | undefined)[],
): boolean {
  if (file.language !== 'typescript') return false
  if (saysType(statement)) return true
  // What templates use of the script of a component is not seen.
  const isSeen = /\.[cm]?tsx?$/.test(file.path)
  const names = statement.children('name')
  return (
    names.length > 0 &&
    names.every((it, i) => saysType(it) || (isSeen && bindings[i] !== undefined && isOnlyType(bindings[i])))
  )
}

function saysType(node: SyntaxNode): boolean {
  const first = node.firstChild
  return first?.kind === 'Keyword' && first.type === 'type'
}

function isOnlyType(binding: Binding): boolean {
  let isUsed = false
  for (const it of binding.occurrences()) {
    if (binding.isDeclaration(it)) continue
    isUsed = true
    if (it.kind !== 'TypeName' && !isInType(it)) return false
  }
  return isUsed
}
