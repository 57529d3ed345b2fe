// Commands that a web page asks its Tauri application for, and functions of the project that hand such calls on.

import { calleeName, calleeOf, keyText, positional } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { GivenArguments } from '../../rows/foreign.ts'
import type { Reference } from '../../rows/names.ts'
import { exportedNameOf, referenceOf } from '../reference.ts'

export function extractForeignScript(file: SourceFile, facts: FactWriter): void {
  if (!/[iI]nvoke/.test(file.tree.text) || isTest(file.path)) return
  for (const call of file.root.descendants('Call')) {
    if (!/[iI]nvoke/.test(calleeName(call))) continue
    const callee = calleeOf(call)
    const of = callee?.is('Name', 'Member') ? commandCallee(file, callee) : undefined
    const [first, second] = positional(call)
    if (!of || !first) continue
    const command = file.constant(first)
    if (command?.kind === 'string')
      facts.add(
        'foreignUse',
        { bridge: 'tauri', of, command: command.value, arguments: keysOf(file, call, second) },
        first,
      )
    else if (of === TAURI && first.kind === 'Name') wrapper(file, first, facts)
  }
}

/** The function that Tauri itself brings. */
const TAURI: Reference = { module: '@tauri-apps/api/core', names: ['invoke'] }

/** Tauri's own `invoke`, or a function of the project that may pass it on. */
function commandCallee(file: SourceFile, callee: SyntaxNode): Reference | undefined {
  if (/(^|\.)__TAURI\w*__\.(\w+\.)?invoke$|^__TAURI_INVOKE__$/.test(callee.text)) return TAURI
  const of = referenceOf(file, callee)
  if (!of) return undefined
  if (/^@tauri-apps\/api(\/(core|tauri))?$/.test(of.module))
    return of.names.at(-1) === 'invoke' ? TAURI : undefined
  return of
}

/** `export const call = (command, given) => invoke(command, given)` */
function wrapper(file: SourceFile, command: SyntaxNode, facts: FactWriter): void {
  const fn = command.function
  const [first] = fn?.child('parameters')?.children('parameter') ?? []
  const name = fn && exportedNameOf(fn)
  const declaration = file.binding(command)?.declaration
  if (name && declaration && first?.contains(declaration)) facts.add('commandWrapper', { name }, command)
}

function keysOf(file: SourceFile, call: SyntaxNode, given: SyntaxNode | undefined): GivenArguments {
  const names: string[] = []
  if (!given) return { positional: 0, names, isOpen: call.children('argument').length > 1 }
  const value = file.value(given)
  if (value.kind === 'Undefined') return { positional: 0, names, isOpen: false }
  if (value.kind !== 'Dictionary') return { positional: 0, names, isOpen: true }
  // What is held by a name may be given more before it is handed over.
  let isOpen = value.row !== given.unwrapped.row
  for (const it of value.children('element')) {
    if (it.kind === 'Name') names.push(it.name)
    else if (it.kind === 'Pair' && it.child('key')?.is('PropertyName', 'String'))
      names.push(keyText(it.child('key')))
    else if (it.kind === 'Function') names.push(it.child('name')?.name ?? '')
    else isOpen = true
  }
  return { positional: 0, names, isOpen }
}
