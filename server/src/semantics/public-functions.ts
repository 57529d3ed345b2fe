// Functions that code outside of this file may call, and what they let in.

import type { SyntaxNode } from '../syntax/node.ts'
import type { SourceFile } from './source-file.ts'

export function isPublicFunction(file: SourceFile, fn: SyntaxNode): boolean {
  if (file.language === 'rust') return /^pub\s/.test(fn.text)
  if (fn.function) return false
  return file.language === 'python' ? isPublicPython(fn) : isExported(file, fn)
}

function isPublicPython(fn: SyntaxNode): boolean {
  const name = fn.child('name')?.name ?? ''
  const owner = fn.closest('Class')?.child('name')?.name ?? ''
  return name !== '' && (!name.startsWith('_') || /^__(init|call)__$/.test(name)) && !owner.startsWith('_')
}

function isExported(file: SourceFile, fn: SyntaxNode): boolean {
  const owner = fn.parent
  if (owner?.kind === 'Class') {
    const name = fn.child('name')
    if (!name || /^[#_]/.test(name.text) || /^(private|protected)\b/.test(fn.text)) return false
    return isExportedDefinition(file, owner)
  }
  if (owner?.kind === 'Declarator') return isExportedDefinition(file, owner)
  if (owner?.kind === 'Assignment') return /^(module\.)?exports\b/.test(owner.child('target')?.text ?? '')
  if (owner?.kind === 'Pair' || owner?.kind === 'Dictionary') {
    const assignment = fn.closest('Assignment')
    return /^module\.exports$/.test(assignment?.child('target')?.text ?? '')
  }
  return isExportedDefinition(file, fn)
}

function isExportedDefinition(file: SourceFile, definition: SyntaxNode): boolean {
  const outer = definition.parent?.kind === 'Declaration' ? definition.parent : definition
  if (outer.parent?.kind === 'Export') return true
  const name = definition.child('name') ?? definition.child('target')
  const binding = name && file.binding(name)
  if (!binding?.isModuleLevel) return false
  for (const use of binding.reads()) {
    if (use.parent?.is('ExportName', 'Export')) return true
    const assignment = use.closest('Assignment', 'Function', 'Class')
    if (
      assignment?.kind === 'Assignment' &&
      /^(module\.)?exports\b/.test(assignment.child('target')?.text ?? '')
    )
      return true
  }
  return false
}

/** The annotation rules out free text: numbers, flags, dates, identifiers, a choice of literals. */
export function excludesText(file: SourceFile, type: SyntaxNode | undefined): boolean {
  if (!type) return false
  const text = type.text.replace(/^:\s*/, '')
  if (file.language === 'rust')
    return /^(Option<|Vec<|&)?\s*(?:'\w+ )?([iu](8|16|32|64|128|size)|f32|f64|bool|char|Uuid)>?$/.test(text)
  if (/^(Optional\[|list\[|List\[)?(int|float|bool|UUID|uuid\.UUID|date|datetime|Decimal)\b[^,]*$/.test(text))
    return true
  if (/^(typing\.)?Literal\[/.test(text)) return true
  if (/^(readonly )?(number|boolean|bigint|Date)(\[\])?( \| (number|boolean|null|undefined))*$/.test(text))
    return true
  if (/^(['"][^'"]*['"]|\s|\||undefined|null)+$/.test(text)) return true
  return isChoice(file, type)
}

/** A type of this file that is an enum or a union of literals. */
function isChoice(file: SourceFile, type: SyntaxNode): boolean {
  const name = type.is('TypeName', 'Name')
    ? type
    : type.children().length === 1
      ? type.children()[0]
      : undefined
  if (!name?.is('TypeName', 'Name')) return false
  const declared = file.binding(name)?.declaration.parent
  if (declared?.kind === 'Enum') return true
  if (declared?.kind === 'Class' && /Enum\b/.test(declared.child('superclass')?.text ?? '')) return true
  if (declared?.kind !== 'TypeAlias') return false
  return /^(['"`][^'"`]*['"`]|\d|\s|\|)+$/.test(declared.child('value')?.text ?? '')
}

/** The annotation says text, or says nothing. */
export function admitsText(type: SyntaxNode | undefined): boolean {
  if (!type) return true
  const text = type.text.replace(/^:\s*/, '')
  return /^&?(?:'\w+ |mut )?(Optional\[)?(str|string|String|any|unknown|Any|AnyStr|Path|PathBuf|OsStr|PathLike)\b/.test(
    text,
  )
}
