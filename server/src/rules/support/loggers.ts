// Who takes what is logged.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

export const LOG_METHODS = [
  'debug',
  'info',
  'warning',
  'warn',
  'error',
  'exception',
  'critical',
  'fatal',
] as const

/** `logging` itself, or a logger that this file gets from it. */
export function isStandardLogger(file: SourceFile, object: SyntaxNode): boolean {
  if (object.kind === 'Name' && file.importedName(object) === 'logging') return true
  const value = file.value(object)
  if (value.kind !== 'Call' || calleeName(value) !== 'getLogger') return false
  return !comesFromElsewhere(value.child('callee')!, file)
}

/** `from shop import logging`: a module of that name may format with braces, or not at all. */
function comesFromElsewhere(getLogger: SyntaxNode, file: SourceFile): boolean {
  const head = getLogger.kind === 'Member' ? getLogger.child('object') : getLogger
  const origin = head?.kind === 'Name' ? file.importedName(head) : undefined
  return origin !== undefined && !/^logging(?:\.|$)/.test(origin)
}

/** Called a logger, wherever it comes from; loggers known to format otherwise are left out. */
export function isNamedLogger(file: SourceFile, object: SyntaxNode): boolean {
  const name = object.kind === 'Member' ? (object.child('property')?.name ?? '') : object.name
  if (!/^_*(log|logger)$/i.test(name)) return false
  if (object.kind !== 'Name') return true
  const value = file.value(object)
  const origin =
    file.importedName(object) ?? (value.kind === 'Call' ? file.qualifiedName(value.child('callee')!) : '')
  return !/\b(loguru|structlog)\b/.test(origin)
}
