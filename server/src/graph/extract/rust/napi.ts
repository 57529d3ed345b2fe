// What napi-rs hands to Node: functions, classes with their members, constants and enumerations, in camel case unless an
// attribute says otherwise.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ForeignExportRow, ForeignParameter } from '../../rows/foreign.ts'
import { lastName, rustNameOf } from './bindings.ts'
import { type BridgeAttribute, bridgeAttribute, handsOutInMacros, isPublic } from './bridge-attribute.ts'
import { camelCase, needsValue, plainName, scriptParameters, typeNameOf } from './foreign-names.ts'
import { parameterName } from './text.ts'

const NAME = 'napi'

export function extractNapi(file: SourceFile, facts: FactWriter): void {
  for (const it of file.root.descendants(...DECLARATIONS)) {
    const attribute = bridgeAttribute(it, NAME)
    if (!attribute || attribute.has('no_export') || it.parent?.kind === 'Struct') continue
    if (it.kind === 'Implementation') readMembers(it, facts)
    else if (it.kind === 'Struct') readStruct(it, attribute, facts)
    else if (!it.closest('Implementation', 'Interface')) readValue(it, attribute, facts)
  }
  const isFilled = readFilled(file, facts)
  if (isFilled || handsOutInMacros(file.root, NAME))
    facts.add('foreignOpening', { bridge: 'napi' }, file.root)
}

const DECLARATIONS = ['Function', 'Struct', 'Enum', 'Implementation', 'Declarator', 'TypeAlias'] as const

function readValue(it: SyntaxNode, attribute: BridgeAttribute, facts: FactWriter): void {
  const at = it.child(it.kind === 'Declarator' ? 'target' : 'name')
  const inCode = it.kind === 'Function' ? rustNameOf(it) : at?.text
  if (!at || !inCode || attribute.has('module_exports')) return
  const isFunction = it.kind === 'Function'
  const name = within(
    it,
    attribute,
    attribute.get('js_name') || (isFunction ? camelCase(plainName(at.name)) : at.text),
  )
  const parameters = isFunction ? parametersOf(it) : undefined
  const kind = isFunction ? 'function' : it.kind === 'TypeAlias' ? 'type' : 'value'
  facts.add('foreignExport', { bridge: 'napi', kind, name, inCode, parameters }, at)
}

/** Objects and the like are types only: nothing of them is there at run time. */
const SHAPES = ['object', 'transparent', 'array', 'discriminant'] as const

function readStruct(type: SyntaxNode, attribute: BridgeAttribute, facts: FactWriter): void {
  const at = type.child('name')
  if (!at) return
  const isClass = !SHAPES.some(it => attribute.has(it))
  const name = within(type, attribute, attribute.get('js_name') || at.text)
  const row = { bridge: 'napi', name, inCode: at.text, parameters: undefined } as const
  facts.add('foreignExport', { ...row, kind: isClass ? 'class' : 'type' }, at)
  if (!isClass) return
  const made: ForeignParameter[] = []
  for (const field of type.children('member')) {
    const own = bridgeAttribute(field, NAME)
    const called = field.kind === 'Field' && isPublic(field) ? field.child('name') : undefined
    if (!called || own?.has('skip')) continue
    const property = own?.get('js_name') || camelCase(plainName(called.name))
    made.push({ name: property, isOptional: !needsValue(field), kind: 'positional' })
    addMember(at.text, 'property', property, called, undefined, facts)
  }
  if (attribute.has('constructor')) addMember(at.text, 'constructor', 'constructor', at, made, facts)
  // `next`, `return` and `throw` come from a trait.
  if (attribute.has('iterator') || attribute.has('async_iterator'))
    for (const it of ['next', 'return', 'throw']) addMember(at.text, 'property', it, at, undefined, facts)
}

function readMembers(implementation: SyntaxNode, facts: FactWriter): void {
  const type = implementation.child('type')
  const owner = type && lastName(type)
  if (!owner || implementation.child('superclass')) return
  for (const fn of implementation.child('body')?.children() ?? []) {
    const at = fn.kind === 'Function' ? fn.child('name') : undefined
    const attribute = at && bridgeAttribute(fn, NAME)
    if (!attribute || attribute.has('skip')) continue
    const own = camelCase(plainName(at.name))
    const isProperty = attribute.has('getter') || attribute.has('setter')
    const given = attribute.get('js_name') || attribute.get('getter') || attribute.get('setter')
    if (!isProperty) {
      addMember(owner, memberKind(fn, attribute), given || own, at, parametersOf(fn), facts)
      continue
    }
    const bare = own.replace(/^[gs]et(?=[A-Z])/, '')
    const short = bare.slice(0, 1).toLowerCase() + bare.slice(1)
    for (const name of new Set(given ? [given] : [own, short]))
      addMember(owner, 'property', name, at, undefined, facts)
  }
}

function memberKind(fn: SyntaxNode, attribute: BridgeAttribute): ForeignExportRow['kind'] {
  if (attribute.has('constructor')) return 'constructor'
  if (attribute.has('factory')) return 'static'
  const [first] = (fn.child('parameters')?.children('parameter') ?? []).filter(it => it.kind === 'Parameter')
  return first?.type === 'self_parameter' || (first && parameterName(first) === 'self') ? 'method' : 'static'
}

function addMember(
  owner: string,
  kind: ForeignExportRow['kind'],
  name: string,
  at: SyntaxNode,
  parameters: ForeignExportRow['parameters'],
  facts: FactWriter,
): void {
  const inCode = `${owner}.${at.name}`
  facts.add('foreignExport', { bridge: 'napi', kind, name, inCode, owner, parameters }, at)
}

/** What napi-rs gives by itself. */
const INJECTED = /^(Env|This|Reference|NapiEnv|napi_env)$/

function parametersOf(fn: SyntaxNode): ForeignParameter[] {
  return scriptParameters(fn)
    .filter(it => !INJECTED.test(typeNameOf(it)))
    .map(it => ({
      name: camelCase(parameterName(it)),
      isOptional: !needsValue(it) && typeNameOf(it) !== 'bool',
      kind: 'positional',
    }))
}

/** `#[napi(namespace = "tools")]`, also on the module around. */
function within(it: SyntaxNode, attribute: BridgeAttribute, name: string): string {
  const around = it.closest('Namespace')
  const outer = around && bridgeAttribute(around, NAME)
  const namespace =
    attribute.get('namespace') || (outer && (outer.get('js_name') || around.child('name')?.name))
  return namespace ? `${namespace}.${name}` : name
}

/** Older code fills the object itself: `exports.create_named_method("minify", minify)`. True where anything may be in it. */
function readFilled(file: SourceFile, facts: FactWriter): boolean {
  if (!/\bmodule_exports\b|\bmodule_init\b|\bcreate_named_method\b|\bJsFunction\b/.test(file.tree.text))
    return false
  let isFilled = /\bmodule_exports\b/.test(file.tree.text)
  for (const call of file.root.descendants('Call')) {
    if (!/^(create_named_method|set_named_property)$/.test(calleeName(call))) continue
    const [first] = positional(call)
    const name = first && file.constant(first)
    if (!first || name?.kind !== 'string') continue
    isFilled = true
    const kind = calleeName(call) === 'create_named_method' ? 'function' : 'value'
    const row = { bridge: 'napi', kind, name: name.value, inCode: `exports.${name.value}` } as const
    if (kind === 'function') facts.add('foreignExport', { ...row, parameters: undefined }, first)
  }
  return isFilled
}
