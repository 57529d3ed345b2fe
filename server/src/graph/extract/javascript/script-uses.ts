// Names that JavaScript takes from modules that may be built from Rust, and how it calls them. Whether they are is for those to
// say who see both sides: here only modules are left out that surely are something else.

import { requiredModule } from '../../../semantics/import-paths.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { GivenArguments } from '../../rows/foreign.ts'
import type { Reference } from '../../rows/names.ts'
import { referenceOfBinding } from '../reference.ts'
import { isInType } from '../used-at-once.ts'
import { mayBeBuilt } from './built-modules.ts'

export function extractScriptUses(file: SourceFile, facts: FactWriter): void {
  if (isTest(file.path)) return
  for (const statement of file.root.children('statement')) {
    const source = statement.kind === 'Import' ? statement.child('source') : undefined
    if (source && mayBeBuilt(source.text.slice(1, -1))) readImport(file, statement, facts)
  }
  for (const name of file.root.named('require')) {
    const call = name.role === 'callee' ? name.parent : undefined
    const module = call && requiredModule(file, call)
    if (module !== undefined && mayBeBuilt(module)) readLoaded(file, call!, module, facts)
  }
  if (!/\bawait\s+import\s*\(/.test(file.tree.text)) return
  for (const waiting of file.root.descendants('Await')) {
    const call = waiting.child('value')
    const source = call?.child('callee')?.type === 'import' ? call.child('argument') : undefined
    const module = source?.kind === 'String' ? source.text.slice(1, -1) : undefined
    if (module !== undefined && mayBeBuilt(module)) readLoaded(file, waiting, module, facts)
  }
}

function readImport(file: SourceFile, statement: SyntaxNode, facts: FactWriter): void {
  for (const it of statement.children('name')) {
    const name = it.kind === 'Name' ? it : (it.child('alias') ?? it.child('name'))
    const binding = name && file.binding(name)
    const of = binding && referenceOfBinding(file, binding)
    if (!of) continue
    const isType = saysType(statement) || saysType(it) || !isValue(binding)
    if (of.names.length > 0 && of.names[0] !== 'default')
      facts.add(
        'foreignUse',
        { bridge: 'script', of, arguments: undefined, ...(isType && { isType }) },
        it.child('name') ?? it,
      )
    readUses(file, of, binding, facts)
  }
}

/** `const core = require('./core.node')`, `const { scale } = await import('../pkg')` */
function readLoaded(file: SourceFile, given: SyntaxNode, module: string, facts: FactWriter): void {
  const names: string[] = []
  let value = given
  if (value.parent?.kind === 'Parenthesized') value = value.parent
  while (value.role === 'object' && value.parent?.kind === 'Member') {
    value = value.parent
    names.push(value.child('property')?.name ?? '')
  }
  // `require('./core.node').scale(2)`
  if (names.length > 0 && value.role === 'callee')
    readUse({ module, names: names.slice(0, -1) }, value, facts)
  const target = value.parent?.kind === 'Declarator' ? value.parent.child('target') : undefined
  if (target?.kind === 'Name') {
    const binding = file.binding(target)
    if (binding && binding.writeCount === 1) readUses(file, { module, names }, binding, facts)
  } else if (target?.kind === 'ObjectPattern') {
    for (const it of target.children('element')) {
      const key = it.kind === 'Pair' ? it.child('key') : it
      const local = it.kind === 'Pair' ? it.child('value') : it
      const binding = local?.kind === 'Name' ? file.binding(local) : undefined
      if (!key?.is('Name', 'PropertyName') || !binding) continue
      const of = { module, names: [...names, key.name] }
      facts.add('foreignUse', { bridge: 'script', of, arguments: undefined }, key)
      readUses(file, of, binding, facts)
    }
  }
}

function readUses(file: SourceFile, of: Reference, binding: Binding, facts: FactWriter): void {
  for (const read of binding.reads())
    if (read.kind !== 'TypeName') {
      const call = readUse(of, read, facts)
      const made = call && instanceIn(file, call.node)
      if (made) readMembers({ module: of.module, names: call.names }, made, facts)
    }
}

/** `scale(2)`, `core.scale(2)`, `new Counter(1)`: the call, when what it makes may be kept. */
function readUse(
  { module, names: outer }: Reference,
  read: SyntaxNode,
  facts: FactWriter,
): { readonly node: SyntaxNode; readonly names: readonly string[] } | undefined {
  let it = read
  const names = [...outer]
  while (it.role === 'object' && it.parent?.kind === 'Member') {
    it = it.parent
    names.push(it.child('property')?.name ?? '')
  }
  // `rest` when it is given by `require` itself.
  if (it.kind === 'Member' && it.row === read.row) names.push(it.child('property')?.name ?? '')
  if (names.length === 0 || names.includes('')) return undefined
  const call = it.role === 'callee' && it.parent?.is('Call', 'New') ? it.parent : undefined
  if (call ? isAsked(call, it) : it.row === read.row) return undefined
  const row = { bridge: 'script', of: { module, names }, arguments: call && argumentsOf(call) } as const
  facts.add('foreignUse', row, it.child('property') ?? it)
  return call?.kind === 'New' ? { node: call, names } : undefined
}

function readMembers(of: Reference, made: Binding, facts: FactWriter): void {
  for (const read of made.reads()) {
    const member = read.role === 'object' && read.parent?.kind === 'Member' ? read.parent : undefined
    const property = member?.child('property')
    if (!member || !property || property.name === '') continue
    const call = member.role === 'callee' && member.parent?.kind === 'Call' ? member.parent : undefined
    if (call && isAsked(call, member)) continue
    const names = [...of.names, property.name]
    const row = { bridge: 'script', of: { module: of.module, names }, isMember: true } as const
    facts.add('foreignUse', { ...row, arguments: call && argumentsOf(call) }, property)
  }
}

/** `scale?.(2)`: whoever writes it knows that there may be none. */
function isAsked(call: SyntaxNode, callee: SyntaxNode): boolean {
  return call.text.slice(callee.end - call.start, callee.end - call.start + 2) === '?.'
}

/** `counter` for the call in `counter = new Counter(1)`, when it is nothing else ever. */
function instanceIn(file: SourceFile, call: SyntaxNode): Binding | undefined {
  const target = call.parent?.kind === 'Declarator' ? call.parent.child('target') : undefined
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  return binding?.onlyValue?.row === call.row ? binding : undefined
}

function argumentsOf(call: SyntaxNode): GivenArguments {
  const all = call.children('argument')
  const spread = all.findIndex(it => it.kind === 'Spread')
  return { positional: spread === -1 ? all.length : spread, names: [], isOpen: spread !== -1 }
}

function saysType(node: SyntaxNode): boolean {
  return /^(import\s+)?type\b(?!\s*(,|from\b|as\b|\}))/.test(node.text.slice(0, 40))
}

function isValue(binding: Binding): boolean {
  for (const it of binding.occurrences())
    if (!binding.isDeclaration(it) && it.kind !== 'TypeName' && !isInType(it)) return true
  return false
}
