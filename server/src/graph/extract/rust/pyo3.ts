// What PyO3 hands to Python: functions, classes with their members, and the modules that they are put into.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ForeignExportRow, ForeignItem } from '../../rows/foreign.ts'
import type { Reference } from '../../rows/names.ts'
import { type Attribute, attributesOf, textOf } from './attributes.ts'
import {
  importedReference,
  lastName,
  rustNameOf,
  rustReference,
  tokenPaths,
  tokenReference,
} from './bindings.ts'
import { plainName, typeNameOf } from './foreign-names.ts'
import { declaredParameters, signedParameters } from './pyo3-signature.ts'
import { parameterName } from './text.ts'

export function extractPyo3(file: SourceFile, facts: FactWriter): void {
  for (const it of file.root.descendants('Function', 'Struct', 'Enum', 'Implementation', 'Namespace')) {
    if (it.kind === 'Function') readFunction(file, it, facts)
    else {
      const attributes = attributesOf(it)
      if (it.kind === 'Implementation') {
        if (has(attributes, 'pymethods')) readMembers(file, it, facts)
      } else if (it.kind === 'Namespace') {
        if (has(attributes, 'pymodule')) readModule(file, it, attributes, facts)
      } else if (has(attributes, 'pyclass')) readClass(file, it, attributes, facts)
    }
  }
}

function readFunction(file: SourceFile, fn: SyntaxNode, facts: FactWriter): void {
  const at = fn.child('name')
  const inCode = rustNameOf(fn)
  if (!at || !inCode) return
  const attributes = attributesOf(fn)
  if (has(attributes, 'pyfunction')) {
    const parameters = parametersOf(fn, attributes, 0)
    facts.add(
      'foreignExport',
      {
        ...{ bridge: 'pyo3', kind: 'function', inCode, parameters },
        name: named(file, attributes) ?? plainName(at.name),
      },
      at,
    )
    return
  }
  const module = has(attributes, 'pymodule') ? (named(file, attributes) ?? plainName(at.name)) : undefined
  if (module === undefined && !has(attributes, 'pymodule_init')) {
    if (!(fn.child('parameters')?.text ?? '').includes('PyModule')) return
  }
  const filled = itemsFilledIn(file, fn)
  if (filled) facts.add('foreignModule', { name: module, inCode, ...filled }, at)
}

function readClass(
  file: SourceFile,
  type: SyntaxNode,
  attributes: readonly Attribute[],
  facts: FactWriter,
): void {
  const at = type.child('name')
  if (!at) return
  const name = named(file, attributes) ?? at.text
  facts.add(
    'foreignExport',
    { bridge: 'pyo3', kind: 'class', name, inCode: at.text, parameters: undefined },
    at,
  )
}

function readMembers(file: SourceFile, implementation: SyntaxNode, facts: FactWriter): void {
  const type = implementation.child('type')
  const owner = type && lastName(type)
  if (!owner) return
  for (const fn of implementation.child('body')?.children() ?? []) {
    const at = fn.kind === 'Function' ? fn.child('name') : undefined
    if (!at) continue
    const attributes = attributesOf(fn)
    const kind = memberKind(attributes, at.name)
    const isBound = kind === 'method' || has(attributes, 'classmethod')
    const parameters = kind === 'property' ? undefined : parametersOf(fn, attributes, isBound ? 1 : 0)
    const name = named(file, attributes) ?? plainName(at.name)
    facts.add(
      'foreignExport',
      { bridge: 'pyo3', kind, name, inCode: `${owner}.${at.name}`, owner, parameters },
      at,
    )
  }
}

function memberKind(attributes: readonly Attribute[], name: string): ForeignExportRow['kind'] {
  if (has(attributes, 'new') || name === '__new__') return 'constructor'
  if (has(attributes, 'staticmethod') || has(attributes, 'classmethod')) return 'static'
  return has(attributes, 'getter') || has(attributes, 'setter') || has(attributes, 'classattr')
    ? 'property'
    : 'method'
}

/** `bound`: how many parameters PyO3 gives by itself, `self` or `cls`. */
function parametersOf(fn: SyntaxNode, attributes: readonly Attribute[], bound: number) {
  const all = attributes.map(it => it.node.text)
  // The notation before `signature`: `#[args(x = "1")]`, `#[pyfunction(x = "1")]`.
  if (
    has(attributes, 'args') ||
    all.some(it =>
      /\bpyfunction\s*\(\s*(?!name\b|signature\b|pass_module\b|crate\b|text_signature\b|warn\b)\w/.test(it),
    )
  )
    return undefined
  for (const it of all) {
    const start = /\bsignature\s*=\s*\(/.exec(it)
    if (start) return signedParameters(it.slice(start.index + start[0].length))
  }
  const isGivenModule = all.some(it => /\bpass_module\b/.test(it))
  const isNew = has(attributes, 'new') && has(attributes, 'classmethod')
  return declaredParameters(fn, isNew ? 1 : bound + (isGivenModule ? 1 : 0))
}

function readModule(
  file: SourceFile,
  module: SyntaxNode,
  attributes: readonly Attribute[],
  facts: FactWriter,
): void {
  const at = module.child('name')
  const body = module.child('body')
  if (!at || !body) return
  const items: ForeignItem[] = []
  let isOpen = false
  for (const it of body.children()) {
    const own = attributesOf(it)
    const name = it.child('name')?.text
    if (it.kind === 'Import' && has(own, 'pymodule_export')) {
      const used = exportsOf(file, it)
      if (used) items.push(...used)
      else isOpen = true
    } else if (has(own, 'pymodule_init')) {
      const filled = itemsFilledIn(file, it)
      items.push(...(filled?.items ?? []))
      isOpen ||= filled?.isOpen ?? true
    } else if (has(own, 'pymodule_export')) {
      const constant = named(file, own) ?? it.child('target')?.name
      if (constant) items.push({ kind: 'value', name: constant })
    } else if (has(own, 'pymodule')) items.push({ kind: 'value', name: named(file, own) ?? name ?? '' })
    else if (
      it.is('Function', 'Struct', 'Enum') &&
      own.some(a => /^(?:pyo3::)?py(function|class)$/.test(a.name))
    )
      items.push({ kind: 'value', name: named(file, own) ?? name ?? '' })
    else if (it.kind === 'MacroCall') isOpen = true
  }
  facts.add('foreignModule', { name: named(file, attributes) ?? at.name, inCode: at.name, items, isOpen }, at)
}

/** `#[pymodule_export] use super::{add, Counter as Count}` */
function exportsOf(file: SourceFile, statement: SyntaxNode): ForeignItem[] | undefined {
  const items: ForeignItem[] = []
  for (const it of statement.descendants('Name', 'PropertyName', 'TypeName', 'Wildcard')) {
    if (it.kind === 'Wildcard') return undefined
    const binding = file.binding(it)
    if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
    const of = importedReference(it)
    if (!of) return undefined
    items.push({ kind: 'export', of, ...(it.role === 'alias' && { as: it.name }) })
  }
  return items
}

/** What a function puts into the module that it is given; undefined when it is given none. */
function itemsFilledIn(
  file: SourceFile,
  fn: SyntaxNode,
): { readonly items: readonly ForeignItem[]; readonly isOpen: boolean } | undefined {
  const given = (fn.child('parameters')?.children('parameter') ?? []).filter(
    it => typeNameOf(it) === 'PyModule' || (it.child('type')?.text ?? '').includes('PyModule'),
  )
  const body = fn.child('body')
  const module = given.at(-1)
  if (!module || !body) return undefined
  const name = parameterName(module)
  const items: ForeignItem[] = []
  let isOpen = false
  for (const use of body.named(name)) {
    const item = itemAt(file, use)
    if (item === 'nothing') continue
    if (item) items.push(item)
    else isOpen = true
  }
  return { items, isOpen }
}

/** Methods of a module that put nothing into it. */
const READS = /^(py|name|dict|index|filename|as_ref|as_any|clone|getattr|hasattr)$/

function itemAt(file: SourceFile, use: SyntaxNode): ForeignItem | 'nothing' | undefined {
  // The second argument of `wrap_pyfunction!(f, m)`.
  if (use.parent?.kind === 'TokenTree') return 'nothing'
  if (use.role === 'object' && use.parent?.kind === 'Member') {
    let callee: SyntaxNode = use.parent
    if (callee.parent?.kind === 'GenericType') callee = callee.parent
    const call = callee.parent
    return call?.kind === 'Call' && callee.role === 'callee' ? added(file, call) : undefined
  }
  const argument = use.parent?.kind === 'Borrow' ? use.parent : use
  const call = argument.role === 'argument' ? argument.parent : undefined
  const callee = call?.kind === 'Call' ? call.child('callee') : undefined
  const of = callee && rustReference(file, callee)
  return of && { kind: 'filledBy', of }
}

/** `m.add_function(wrap_pyfunction!(f, m)?)`, `m.add_class::<Counter>()`, `m.add("VERSION", 1)` */
function added(file: SourceFile, call: SyntaxNode): ForeignItem | 'nothing' | undefined {
  const name = calleeName(call)
  if (READS.test(name)) return 'nothing'
  if (name === 'add_class') {
    const type = call
      .child('callee')
      ?.child('typeArguments')
      ?.children()
      .find(it => it.kind !== 'Operator')
    const of = type && rustReference(file, type)
    return of && { kind: 'export', of }
  }
  const [first] = positional(call)
  if (name === 'add_function' || name === 'add_wrapped') {
    const macro = first && [first, ...first.descendants('MacroCall')].find(it => it.kind === 'MacroCall')
    const path =
      macro && /^wrap_py(function|module)/.test(calleeName(macro)) && tokenPaths(macro.child('argument'))[0]
    const of: Reference | undefined = path ? tokenReference(file, path) : undefined
    return of && { kind: 'export', of }
  }
  if (name === 'add_submodule') {
    // `PyModule::new(py, "inner")?`
    const module = first && file.value(first.kind === 'Borrow' ? (first.child('value') ?? first) : first)
    const text = module?.text.startsWith('PyModule::new') ? [...module.descendants('String')][0] : undefined
    const value = text && file.constant(text)
    return value?.kind === 'string' ? { kind: 'value', name: value.value } : undefined
  }
  if (name === 'add' || name === 'setattr') {
    // `pyo3::intern!(py, "NAME")`
    const text = first && [first, ...first.descendants('String')].find(it => it.kind === 'String')
    const value = text && file.constant(text)
    return value?.kind === 'string' ? { kind: 'value', name: value.value } : undefined
  }
  return undefined
}

function has(attributes: readonly Attribute[], name: string): boolean {
  return attributes.some(it => it.name === name || it.name === `pyo3::${name}`)
}

/** `#[pyo3(name = "x")]`, `#[pyclass(name = "X")]`, `#[getter(x)]` */
function named(file: SourceFile, attributes: readonly Attribute[]): string | undefined {
  for (const it of attributes) {
    if (!/^(?:pyo3::)?(pyo3|pyfunction|pyclass|pymodule|name)$/.test(it.name)) continue
    const found = textOf(
      file,
      it.arguments.find(argument => argument.name === 'name'),
    )
    if (found) return found.text
  }
  return undefined
}
