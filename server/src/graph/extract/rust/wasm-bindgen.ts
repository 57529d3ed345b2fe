// What wasm-bindgen hands to JavaScript: public functions, classes with their members, and enumerations, by the very names that
// they have in Rust unless an attribute says otherwise.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ForeignExportRow, ForeignParameter } from '../../rows/foreign.ts'
import { lastName, rustNameOf } from './bindings.ts'
import { type BridgeAttribute, bridgeAttribute, handsOutInMacros, isPublic } from './bridge-attribute.ts'
import { needsValue, plainName, scriptParameters } from './foreign-names.ts'
import { parameterName } from './text.ts'

const NAME = 'wasm_bindgen'

export function extractWasmBindgen(file: SourceFile, facts: FactWriter): void {
  for (const it of file.root.descendants('Function', 'Struct', 'Enum', 'Implementation')) {
    const attribute = bridgeAttribute(it, NAME)
    if (it.kind === 'Implementation') {
      if (attribute) readMembers(it, facts)
    } else if (attribute && isPublic(it)) {
      if (it.kind === 'Function') readFunction(it, attribute, facts)
      else readType(it, attribute, facts)
    }
  }
  if (handsOutInMacros(file.root, NAME)) facts.add('foreignOpening', { bridge: 'wasm-bindgen' }, file.root)
}

function readFunction(fn: SyntaxNode, attribute: BridgeAttribute, facts: FactWriter): void {
  const at = fn.child('name')
  const inCode = rustNameOf(fn)
  // Members have attributes of their own.
  if (!at || !inCode || fn.closest('Implementation', 'Interface')) return
  const name = within(attribute, attribute.get('js_name') || plainName(at.name))
  const parameters = parametersOf(fn, attribute)
  facts.add('foreignExport', { bridge: 'wasm-bindgen', kind: 'function', name, inCode, parameters }, at)
}

function readType(type: SyntaxNode, attribute: BridgeAttribute, facts: FactWriter): void {
  const at = type.child('name')
  if (!at) return
  const isClass = type.kind === 'Struct'
  const name = within(attribute, attribute.get('js_name') || at.text)
  const row = { bridge: 'wasm-bindgen', name, inCode: at.text, parameters: undefined } as const
  facts.add('foreignExport', { ...row, kind: isClass ? 'class' : 'value' }, at)
  if (!isClass) return
  for (const field of type.children('member')) {
    const own = bridgeAttribute(field, NAME)
    const called = field.kind === 'Field' && isPublic(field) ? field.child('name') : undefined
    if (called && !own?.has('skip')) {
      const property = own?.get('js_name') || plainName(called.name)
      addMember(at.text, 'property', property, called, undefined, facts)
    }
  }
}

function readMembers(implementation: SyntaxNode, facts: FactWriter): void {
  const type = implementation.child('type')
  const owner = type && lastName(type)
  if (!owner || implementation.child('superclass')) return
  for (const fn of implementation.child('body')?.children() ?? []) {
    const at = fn.kind === 'Function' && isPublic(fn) ? fn.child('name') : undefined
    if (!at) continue
    const attribute = bridgeAttribute(fn, NAME) ?? new Map<string, string>()
    if (attribute.has('skip')) continue
    const kind = memberKind(fn, attribute)
    const own = plainName(at.name)
    const name =
      attribute.get('js_name') ||
      attribute.get('getter') ||
      attribute.get('setter') ||
      (attribute.has('setter') ? own.replace(/^set_/, '') : own)
    addMember(owner, kind, name, at, kind === 'property' ? undefined : parametersOf(fn, attribute), facts)
  }
}

function addMember(
  owner: string,
  kind: ForeignExportRow['kind'],
  name: string,
  at: SyntaxNode,
  parameters: ForeignExportRow['parameters'],
  facts: FactWriter,
): void {
  const inCode = `${owner}.${plainName(at.name)}`
  facts.add('foreignExport', { bridge: 'wasm-bindgen', kind, name, inCode, owner, parameters }, at)
}

function memberKind(fn: SyntaxNode, attribute: BridgeAttribute): ForeignExportRow['kind'] {
  if (attribute.has('constructor')) return 'constructor'
  if (attribute.has('getter') || attribute.has('setter')) return 'property'
  const [first] = fn.child('parameters')?.children('parameter') ?? []
  return first?.type === 'self_parameter' || (first && parameterName(first) === 'self') ? 'method' : 'static'
}

function parametersOf(fn: SyntaxNode, attribute: BridgeAttribute): ForeignParameter[] {
  const all = scriptParameters(fn)
  return all.map((it, i) => {
    const isRest = attribute.has('variadic') && i === all.length - 1
    return {
      name: bridgeAttribute(it, NAME)?.get('js_name') || parameterName(it),
      // What is left out arrives as `undefined`, and many types take that.
      isOptional: isRest || !needsValue(it),
      kind: isRest ? 'rest' : 'positional',
    }
  })
}

/** `#[wasm_bindgen(js_namespace = tools)]` */
function within(attribute: BridgeAttribute, name: string): string {
  const outer = attribute.get('js_namespace')?.match(/\w+/g) ?? []
  return [...outer, name].join('.')
}
