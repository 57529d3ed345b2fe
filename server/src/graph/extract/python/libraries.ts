// Functions that Python looks up in shared libraries, with ctypes and cffi: which names, and how many arguments it gives to them
// or says that they take.

import { calleeName, positional } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { GivenArguments } from '../../rows/foreign.ts'
import type { Reference } from '../../rows/names.ts'
import { referenceOfBinding } from '../reference.ts'

export function extractLibraries(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (!/\b_?lib\b|\bctypes\b|\bcffi\b|\bcdef\b|\bdlopen\b/.test(text) || isTest(file.path)) return
  if (/\b(CDLL|PyDLL|WinDLL|LoadLibrary|dlopen)\b/.test(text))
    for (const call of file.root.descendants('Call')) {
      if (!LOADS.test(calleeName(call))) continue
      const target = call.parent?.kind === 'Assignment' ? call.parent.child('target') : undefined
      const binding = target?.kind === 'Name' ? file.binding(target) : undefined
      const module = textsIn(file, call, 0).join(' ')
      if (binding) readLibrary(file, { module, names: [] }, binding, facts)
    }
  if (/\bimport\b[^#\n]*\b_?lib\b/.test(text))
    for (const statement of file.root.descendants('Import'))
      for (const it of statement.descendants('Name', 'PropertyName')) {
        const binding = /^_?lib$/.test(it.name) ? file.binding(it) : undefined
        if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
        const of = referenceOfBinding(file, binding)
        if (of) readLibrary(file, of, binding, facts)
      }
  if (/\.cdef\s*\(/.test(text))
    for (const call of file.root.descendants('Call')) if (calleeName(call) === 'cdef') readHeader(call, facts)
}

const LOADS = /^(CDLL|PyDLL|WinDLL|OleDLL|LoadLibrary|dlopen)$/

function readLibrary(file: SourceFile, of: Reference, library: Binding, facts: FactWriter): void {
  for (const read of library.reads()) {
    const member = read.role === 'object' && read.parent?.kind === 'Member' ? read.parent : undefined
    const property = member?.child('property')
    if (!member || !property || property.name === '' || /^_(_|FuncPtr$|name$|handle$)/.test(property.name))
      continue
    const name = property.name
    readFunction(file, { module: of.module, names: [...of.names, name] }, member, property, facts)
  }
}

/** `lib.scale(2)`, `lib.scale.argtypes = [c_double]`, `scale = lib.scale` and what is done with that. */
function readFunction(
  file: SourceFile,
  of: Reference,
  fn: SyntaxNode,
  at: SyntaxNode,
  facts: FactWriter,
): void {
  const given = argumentsAt(fn)
  facts.add('foreignUse', { bridge: 'c', of, arguments: given }, at)
  const target =
    fn.role === 'value' && fn.parent?.kind === 'Assignment' ? fn.parent.child('target') : undefined
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  if (binding?.onlyValue?.row !== fn.row) return
  for (const read of binding.reads()) {
    const own = argumentsAt(read)
    if (own) facts.add('foreignUse', { bridge: 'c', of, arguments: own }, read)
  }
}

function argumentsAt(fn: SyntaxNode): GivenArguments | undefined {
  const { parent } = fn
  if (parent?.kind === 'Call' && fn.role === 'callee') {
    const all = parent.children('argument')
    const isOpen = all.some(it => it.is('Spread', 'KeywordArgument'))
    return { positional: all.filter(it => !it.is('Spread', 'KeywordArgument')).length, names: [], isOpen }
  }
  if (parent?.kind !== 'Member' || parent.child('property')?.name !== 'argtypes') return undefined
  const types = parent.parent?.kind === 'Assignment' ? parent.parent.child('value')?.unwrapped : undefined
  if (!types?.is('List', 'Tuple')) return undefined
  const all = types.children('element')
  return all.some(it => it.kind === 'Spread')
    ? undefined
    : { positional: all.length, names: [], isOpen: false }
}

/** `ffi.cdef("double scale(double by);")` */
function readHeader(call: SyntaxNode, facts: FactWriter): void {
  const [text] = positional(call)
  if (text?.kind !== 'String' || /\\|^[rbu]*f/i.test(text.text.slice(0, 4))) return
  for (const it of text.text.matchAll(/\b(\w+)\s*\(([^();]*)\)\s*;/g)) {
    const [, name, given] = it
    const start = text.start + it.index + it[0].indexOf(name!)
    const types = given!.trim()
    const positional = types === '' || types === 'void' ? 0 : types.split(',').length
    facts.add(
      'foreignUse',
      {
        ...{ bridge: 'c', of: { module: '.cdef', names: [name!] } },
        arguments: { positional, names: [], isOpen: types.includes('...') },
      },
      { start, end: start + name!.length },
    )
  }
}

const DEPTH = 3

/** Texts that tell which library it is: `prefix + "geo" + suffix`. */
function textsIn(file: SourceFile, node: SyntaxNode, depth: number): string[] {
  if (depth > DEPTH) return []
  const found: string[] = []
  for (const it of node.descendants('String', 'Name')) {
    if (it.kind === 'String') {
      const value = file.constant(it)
      found.push(value?.kind === 'string' ? value.value : it.text)
    } else {
      const value = file.binding(it)?.onlyValue
      if (value && value.row !== node.row && !value.contains(node))
        found.push(...(value.kind === 'String' ? [value.text.slice(1, -1)] : textsIn(file, value, depth + 1)))
    }
  }
  return [...new Set(found)].filter(it => /\w{3}/.test(it)).slice(0, 8)
}
