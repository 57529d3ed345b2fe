// What has to come before what.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { calls } from './call-names.ts'
import { modulesOf } from './imported.ts'
import { isConstructor } from './places.ts'
import type { Order } from './requirement.ts'
import { isPrivate, methodsOf } from './subjects.ts'
import { wholeText } from './whole-text.ts'

/** What stands where it may not. `node` is what the order is of: a file, a class, a function, an import. */
export function breaksOrder(node: SyntaxNode, file: SourceFile, order: Order): SyntaxNode[] {
  switch (order.kind) {
    case 'importsFirst':
      return lateImports(node)
    case 'importsSorted':
      return isBeforePrevious(node, file) ? [node] : []
    case 'constructorFirst': {
      const methods = methodsOf(node)
      const at = methods.findIndex(isConstructor)
      return at > 0 ? [methods[at]!.child('name') ?? methods[at]!] : []
    }
    case 'publicFirst': {
      const methods = methodsOf(node).filter(it => !isConstructor(it))
      const firstPrivate = methods.findIndex(isPrivate)
      if (firstPrivate === -1) return []
      return methods
        .slice(firstPrivate)
        .filter(it => !isPrivate(it))
        .map(it => it.child('name') ?? it)
    }
    case 'constantsFirst': {
      const statements = node
        .children('statement')
        .map(it => (it.kind === 'Export' ? (it.child('definition') ?? it) : it))
      const firstFunction = statements.findIndex(it => it.kind === 'Function')
      return firstFunction === -1 ? [] : statements.slice(firstFunction).filter(isConstant)
    }
    case 'callBefore': {
      const made = [...node.ownDescendants('Call', 'MacroCall')]
      const first = made.findIndex(it => calls(it, file, [order.first]))
      return made
        .filter((it, i) => calls(it, file, [order.then]) && (first === -1 || i < first))
        .map(it => it.child('callee') ?? it)
    }
  }
}

function lateImports(module: SyntaxNode): SyntaxNode[] {
  const statements = module.children('statement')
  const firstOther = statements.findIndex(it => it.kind !== 'Import' && !isPreamble(it))
  return firstOther === -1 ? [] : statements.slice(firstOther).filter(it => it.kind === 'Import')
}

/** Texts that say something of the file, attributes, what is only imported for types, and what may fail. */
function isPreamble(statement: SyntaxNode): boolean {
  if (statement.is('Decorator', 'Try', 'Namespace')) return true
  if (statement.kind === 'If') return /TYPE_CHECKING|version/.test(statement.child('condition')?.text ?? '')
  return statement.kind === 'ExpressionStatement' && statement.child('value')?.kind === 'String'
}

/** In the same block of imports: an empty line begins another. */
function isBeforePrevious(node: SyntaxNode, file: SourceFile): boolean {
  const before = node.previous
  if (before?.kind !== 'Import' || node.parent?.kind !== 'Module') return false
  if (/\n\s*\n/.test(wholeText(file).slice(before.end, node.start))) return false
  const [one, other] = [before, node].map(it => (modulesOf(it, file)[0] ?? '').toLowerCase())
  return other! < one!
}

function isConstant(statement: SyntaxNode): boolean {
  if (statement.kind === 'Declaration')
    return (
      /^const\b/.test(statement.text) &&
      !statement.children('definition').some(it => it.child('value')?.is('Function', 'Class'))
    )
  const value = statement.kind === 'Declarator' ? statement : statement.child('value')
  const name = value?.is('Assignment', 'Declarator') ? value.child('target')?.text : undefined
  return name !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name)
}
