// What makes requests in JavaScript and TypeScript: functions like `fetch`, libraries, and clients that are made with a base.

import { calleeName, calleeOf, positional, property, receiver } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { RequestRow } from '../../rows/requests.ts'
import { referenceOf } from '../reference.ts'
import { textIn } from '../text.ts'
import { literal } from './request-options.ts'

/** Functions of the platform and of libraries that take a URL and options like `fetch`. */
export const FETCHES = new Set(
  'fetch $fetch ofetch useFetch useLazyFetch nodeFetch fetchJson useSWR useSWRImmutable'.split(' '),
)
/** Libraries whose main export is called as `client(url)`, `client({ url })` and `client.get(url)`. */
const CLIENTS =
  /^(axios|ky|got|superagent|request|request-promise|request-promise-native|ky-universal|redaxios|wretch|needle|jquery|supertest|undici|node-fetch|cross-fetch|isomorphic-fetch|ofetch|@nuxt\/http)(\.|$)/
/** Names by which a class keeps its client. */
const KEPT_CLIENT = /^(?:(?:this\.)?(?:_?http|_?httpClient|\$http)|axios|\$|jQuery|ajax)$/

/** Of the platform, or of a library that takes its place. */
export function isFetch(file: SourceFile, callee: SyntaxNode): boolean {
  if (callee.kind === 'Member') return /^(window|globalThis|self|global)\.fetch$/.test(callee.text)
  if (file.isFree(callee)) return true
  const from = file.importedName(callee) ?? ''
  return CLIENTS.test(from) ||
    /^(swr|#app|#imports|nuxt|svelte|@sveltejs|undici|ofetch|node-fetch)/.test(from)
    ? true
    : isGivenFetch(file, callee)
}

/** `load({ fetch })` of SvelteKit, and other functions that are handed theirs. */
function isGivenFetch(file: SourceFile, callee: SyntaxNode): boolean {
  return callee.name === 'fetch' && file.binding(callee)?.kind === 'parameter'
}

export function isClient(file: SourceFile, node: SyntaxNode): boolean {
  if (!node.is('Name', 'Member')) return false
  let head = node
  while (head.kind === 'Member') {
    const object = head.child('object')?.unwrapped
    // `import.meta` is a member of nothing.
    if (!object) return false
    head = object
  }
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  const imported = binding && file.importedName(head)
  if (imported !== undefined) return CLIENTS.test(file.qualifiedName(node))
  // A global, or what a class or a function was given.
  if (!KEPT_CLIENT.test(node.text)) return false
  return node.kind === 'Member' || !binding || (binding.kind === 'parameter' && node.name !== 'ajax')
}
/** Modules whose functions ask nobody. */
export const NEVER =
  /^(node:)?(path|fs|url|os|util|assert|events|stream|crypto|child_process|react|react-dom|vue|vue-router|react-router|react-router-dom|next\/\w+|lodash|rxjs|chalk|vitest|@jest\/globals|zod)$/

/** The client of this project that is called, if it is one: whether it has a base is known where it is made. */
export function clientOf(file: SourceFile, call: SyntaxNode): RequestRow['client'] {
  const callee = calleeOf(call)
  const object = callee?.kind === 'Member' ? callee.child('object')?.unwrapped : callee
  const reference = object?.is('Name', 'Member') ? referenceOf(file, object) : undefined
  return reference && !NEVER.test(reference.module) ? reference : undefined
}

/** `const api = axios.create({ baseURL: '/api' })` */
export function addClient(file: SourceFile, call: SyntaxNode, facts: FactWriter): void {
  const name = calleeName(call)
  if (!/^(create|extend|createInstance|defaults)$/.test(name) || call.kind !== 'Call') return
  const object = receiver(call)?.unwrapped
  if (!object || !(CLIENTS.test(file.qualifiedName(object)) || /^\$?fetch$/.test(object.text))) return
  const holder = clientName(call)
  if (!holder) return
  const options = positional(call)
    .map(it => literal(file, it))
    .find(it => it)
  const base =
    options && (property(options, 'baseURL') ?? property(options, 'prefixUrl') ?? property(options, 'prefix'))
  const isComputed = positional(call).length > 0 && !options
  const gives = isAxios(file, object) ? interceptedAnswer(file, call) : undefined
  facts.add(
    'client',
    {
      name: holder,
      base: base ? textIn(file, base) : isComputed ? [{ hole: '' }] : [],
      ...(gives && { gives }),
    },
    call,
  )
}

function isAxios(file: SourceFile, object: SyntaxNode): boolean {
  return /^(axios|redaxios)\b/.test(file.qualifiedName(object))
}

/** `client.interceptors.response.use(response => response.data)`; undefined where nobody can tell what it does. */
function interceptedAnswer(file: SourceFile, made: SyntaxNode): readonly string[] | undefined {
  if (!file.tree.text.includes('interceptors.response')) return ['data']
  const name = made.parent?.child('target')?.name ?? ''
  for (const call of file.root.descendants('Call')) {
    if (calleeName(call) !== 'use' || receiver(call)?.text !== `${name}.interceptors.response`) continue
    const [first] = positional(call)
    const fn = first && file.value(first)
    if (fn?.kind !== 'Function') return undefined
    const parameter = fn.child('parameters')?.children('parameter')[0] ?? fn.child('parameter')
    const taken = (parameter?.child('target') ?? parameter)?.text
    const body = fn.child('body')
    const results =
      body?.kind === 'Block'
        ? [...body.ownDescendants('Return')].map(it => it.child('value')?.text)
        : [body?.text]
    const [result] = results
    if (results.some(it => it !== result)) return undefined
    if (result === `${taken}.data`) return []
    return result === taken ? ['data'] : undefined
  }
  return ['data']
}

function clientName(call: SyntaxNode): string | undefined {
  let { parent } = call
  while (parent?.is('Cast', 'Await', 'Parenthesized')) parent = parent.parent
  if (parent?.is('Declarator', 'Assignment')) {
    const target = parent.child('target')
    if (target?.kind === 'Name') return target.name
    const kept = /^this\.(\w+)$/.exec(target?.text ?? '')?.[1]
    const owner = kept && parent.closest('Class')?.child('name')?.name
    return owner ? `${owner}.${kept}` : /^module\.exports$/.test(target?.text ?? '') ? 'default' : undefined
  }
  if (parent?.kind === 'Export') return 'default'
  if (parent?.kind === 'Field') {
    const owner = parent.closest('Class')?.child('name')?.name
    const name = parent.child('name')?.name
    return owner && name ? `${owner}.${name}` : undefined
  }
  return undefined
}

/** `axios.defaults.baseURL = '/api'`: all plain requests go below it. */
export function addDefaults(file: SourceFile, facts: FactWriter): void {
  if (!file.tree.text.includes('defaults.baseURL')) return
  for (const it of file.root.descendants('Assignment')) {
    const target = it.child('target')
    const value = it.child('value')
    if (value && /^(axios|this\.\$?axios)\.defaults\.baseURL$/.test(target?.text ?? ''))
      facts.add('client', { name: 'axios.defaults', base: textIn(file, value) }, it)
  }
}
