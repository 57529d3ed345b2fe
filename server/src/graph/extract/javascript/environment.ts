// Variables of the environment in JavaScript and TypeScript: `process.env`, `import.meta.env`, schemas that are parsed from them.

import { calleeName, keyText, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Absence, EnvironmentReadRow } from '../../rows/settings.ts'
import { addMentions, EnvironmentReaders } from '../environment-names.ts'

type From = EnvironmentReadRow['from']

interface Extraction {
  readonly file: SourceFile
  readonly facts: FactWriter
  readonly readers: EnvironmentReaders
  readonly isClient: boolean
}

export function extractEnvironmentJavaScript(file: SourceFile, facts: FactWriter): void {
  const { root } = file
  const readers = new EnvironmentReaders(file, facts)
  const of: Extraction = { file, facts, readers, isClient: saysClient(root) }
  for (const name of root.named('env', 'any')) {
    const source = name.parent
    if (source?.kind !== 'Member' || source.child('property')?.row !== name.row) continue
    const object = source.child('object')?.text ?? ''
    if (object === 'process' || object === 'globalThis.process' || object === 'Bun')
      use(of, source, 'process')
    else if (object === 'import.meta') use(of, source, 'bundler')
    else if (object === 'Deno') useOfDeno(of, source)
  }
  for (const name of root.named('createEnv')) readSchemas(of, name.parent)
  for (const name of [...root.named('ImportMetaEnv', 'any'), ...root.named('ProcessEnv', 'any')])
    readTypes(name, facts)
  addMentions(file, facts)
}

/** `"use client"` at the beginning: React builds this file for browsers. */
function saysClient(root: SyntaxNode): boolean {
  const [first] = root.children()
  return first?.kind === 'ExpressionStatement' && keyText(first.child('value')) === 'use client'
}

/** `source` holds all variables. */
function use(of: Extraction, source: SyntaxNode, from: From): void {
  const holder = outside(source)
  const { parent } = holder
  switch (parent?.kind) {
    case 'Member':
      if (parent.child('object')?.row === holder.row)
        access(of, parent, parent.child('property')?.name ?? '', from)
      return
    case 'Index':
      return useOfIndex(of, parent, from)
    case 'Declarator':
      return useOfDeclarator(of, parent, from)
    case 'Comparison': {
      const key = parent.operator === 'in' ? parent.child('left') : undefined
      if (key?.kind === 'String') add(of, keyText(key), 'handled', from, key)
      return
    }
    case 'Call':
      return useOfCall(of, parent, holder, from)
    case 'Not':
    case 'Conditional':
    case 'Logical':
    case 'If':
      return
    default:
      of.facts.add('environmentSweep', { prefix: '' }, source)
  }
}

/** What stands for the same value: `(process.env as Env)`, `process.env!` */
function outside(node: SyntaxNode): SyntaxNode {
  let it = node
  while (it.parent?.is('Parenthesized', 'Cast', 'NonNull') && it.role !== 'type') it = it.parent
  return it
}

function useOfIndex(of: Extraction, node: SyntaxNode, from: From): void {
  const index = node.child('index')
  const key = index && of.file.constant(index)
  if (key?.kind === 'string') return access(of, node, key.value, from)
  if (index && !of.readers.add(index)) of.facts.add('environmentSweep', { prefix: beginningOf(index) }, node)
}

/** `FEATURE_${name}` */
function beginningOf(node: SyntaxNode): string {
  return node.kind === 'Template' ? (/^\W(\w*)/.exec(node.text)?.[1] ?? '') : ''
}

/** `const { KEY, OTHER: other = 'x' } = process.env`, `const env = process.env` */
function useOfDeclarator(of: Extraction, declarator: SyntaxNode, from: From): void {
  const target = declarator.child('target')
  if (target?.kind === 'Name') {
    for (const it of of.file.binding(target)?.occurrences() ?? [])
      if (it.row !== target.row) use(of, it, from)
    return
  }
  if (target?.kind !== 'ObjectPattern') return
  for (const it of target.children('element')) {
    if (it.kind === 'Name') add(of, it.name, 'unknown', from, it)
    else if (it.kind === 'RestPattern') of.facts.add('environmentSweep', { prefix: '' }, it)
    else if (it.kind === 'DefaultPattern') add(of, it.child('target')?.name ?? '', 'handled', from, it)
    else if (it.kind === 'Pair') {
      const key = it.child('key')
      const absence = it.child('value')?.kind === 'DefaultPattern' ? 'handled' : 'unknown'
      if (key) add(of, keyText(key), absence, from, key)
    }
  }
}

/** `schema.parse(process.env)`, `cleanEnv(process.env, { KEY: str() })` */
function useOfCall(of: Extraction, call: SyntaxNode, source: SyntaxNode, from: From): void {
  if (source.role !== 'argument') return
  const callee = call.child('callee')
  const given = positional(call).map(it => it.unwrapped)
  const schema = given.find(it => it.kind === 'Dictionary') ?? schemaOf(of.file, callee?.child('object'))
  if (schema) readSchema(of, schema, from)
  else of.facts.add('environmentSweep', { prefix: '' }, source)
}

/** `z.object({ … })`, through a name and methods that keep its keys. */
function schemaOf(file: SourceFile, node: SyntaxNode | undefined, depth = 0): SyntaxNode | undefined {
  const value = node && file.value(node).unwrapped
  if (value?.kind !== 'Call' || depth > 4) return undefined
  const [first] = positional(value)
  if (/^(object|strictObject|looseObject)$/.test(calleeName(value)) && first?.unwrapped.kind === 'Dictionary')
    return first.unwrapped
  return schemaOf(file, value.child('callee')?.child('object'), depth + 1)
}

/** `createEnv({ server: { KEY: z.string() }, client: { … } })` */
function readSchemas(of: Extraction, call: SyntaxNode | undefined): void {
  const options = call?.kind === 'Call' ? positional(call)[0]?.unwrapped : undefined
  if (options?.kind !== 'Dictionary') return
  for (const part of ['server', 'client', 'shared']) {
    const schema = property(options, part)?.unwrapped
    if (schema?.kind === 'Dictionary') readSchema(of, schema, 'process')
  }
}

function readSchema(of: Extraction, schema: SyntaxNode, from: From): void {
  for (const it of schema.children('element')) {
    const key = it.kind === 'Pair' ? it.child('key') : undefined
    if (key && !/^\[/.test(key.text)) add(of, keyText(key), absenceIn(it), from, key)
    else if (it.kind === 'Spread') of.facts.add('environmentSweep', { prefix: '' }, it)
  }
}

function absenceIn(pair: SyntaxNode): Absence {
  const text = pair.child('value')?.text ?? ''
  if (/optional|default|nullish|nullable|catch|preprocess|transform|union|\.or\(|devDefault/i.test(text))
    return 'handled'
  return /^(?:z|v|str|num|bool|url|email|port|host|Type)\b/.test(text) ? 'fails' : 'unknown'
}

/** `Deno.env.get('KEY')` */
function useOfDeno({ ...of }: Extraction, source: SyntaxNode): void {
  const call = source.parent?.kind === 'Member' ? source.parent.parent : undefined
  const [first] = call?.kind === 'Call' ? positional(call) : []
  const key = first && of.file.constant(first)
  const method = call ? calleeName(call) : ''
  if (key?.kind === 'string') {
    if (method === 'set') of.facts.add('environmentSetting', { key: key.value, in: 'code' }, first!)
    else if (call) add(of, key.value, method === 'has' ? 'handled' : absenceOf(call), 'process', first!)
  } else if (!first || !of.readers.add(first)) of.facts.add('environmentSweep', { prefix: '' }, source)
}

function access(of: Extraction, node: SyntaxNode, key: string, from: From): void {
  const { parent } = node
  if (parent?.kind === 'Assignment' && node.role === 'target')
    of.facts.add('environmentSetting', { key, in: 'code' }, node)
  else if (parent?.kind === 'AugmentedAssignment' && node.role === 'target')
    of.facts.add('environmentSetting', { key, in: 'code' }, node)
  else add(of, key, absenceOf(node), from, node)
}

function absenceOf(node: SyntaxNode): Absence {
  if (node.tree.text.startsWith('?.', node.end)) return 'handled'
  const { parent } = node
  switch (parent?.kind) {
    case 'NonNull':
      return 'fails'
    case 'Cast':
      return /^(?:as\s+)?string$/.test(parent.child('type')?.text ?? '') ? 'fails' : 'unknown'
    case 'Parenthesized':
      return absenceOf(parent)
    case 'Logical':
    case 'Conditional':
    case 'If':
    case 'Not':
    case 'Comparison':
    case 'Unary':
    case 'Delete':
      return 'handled'
    default:
      return 'unknown'
  }
}

function add(of: Extraction, key: string, absence: Absence, from: From, at: SyntaxNode): void {
  if (!/^[A-Za-z_]\w*$/.test(key)) return
  of.facts.add('environmentRead', { key, absence, from, ...(of.isClient && { isClient: true as const }) }, at)
}

/** `interface ImportMetaEnv { readonly VITE_KEY: string }` */
function readTypes(name: SyntaxNode, facts: FactWriter): void {
  const { parent } = name
  if (parent?.kind !== 'Interface' || name.role !== 'name') return
  for (const it of parent.children('member')) {
    const key = it.child('name')
    if (key?.name) facts.add('environmentSetting', { key: key.name, in: 'types' }, key)
  }
}
