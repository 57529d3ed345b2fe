// How each client is told what to send, and what it answers: `fetch(url, { body })`, `axios.post(url, body)`, `ky.post(url, { json })`.

import { calleeName, calleeOf } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Steps } from '../../rows/exchanges.ts'

/** In which argument a client takes what. */
export interface Manner {
  /** The argument that is the body as it is. */
  readonly body?: number
  /** The argument that holds options; names of options by what they are for. */
  readonly options?: number
  readonly bodyOptions: readonly string[]
  readonly queryOptions: readonly (readonly string[])[]
  /** The options' body is text that the caller makes: only what `JSON.stringify` gives is known. */
  readonly isText?: true
  /** From the value of the call to the body of the answer. */
  readonly answer?: Steps
  /** It throws nothing when the status is a bad one. */
  readonly isLenient?: true
  /** Nobody knows this client: what looks like options may be something else, and the other way round. */
  readonly isGuess?: true
}

/** Undefined where nobody can tell. */
export function mannerOf(file: SourceFile, call: SyntaxNode, isSure: boolean): Manner | undefined {
  const name = calleeName(call)
  const callee = calleeOf(call)
  if (call.kind === 'New' || !callee) return undefined
  if (FETCHES.test(name)) return { ...FETCH, ...(OWN_ANSWERS[name] ?? PLAIN_FETCH) }
  const object = callee.kind === 'Member' ? callee.child('object')?.unwrapped : callee
  if (!object) return undefined
  const library = file.qualifiedName(object)
  if (/^(ky|got)\b/.test(library)) return KY
  if (name.startsWith('$')) return { ...axios(name.slice(1)), answer: [] }
  if (/^[A-Z]+$/.test(name)) return TYPED
  if (/(^|\.)_?(http|httpClient)$/i.test(object.text)) return { ...axios(name), answer: [] }
  if (/axios/i.test(library || object.text))
    return callee.kind === 'Name' ? CONFIGURED : { ...axios(name), answer: ['data'] }
  // An unknown client most likely takes bodies as axios does, but who knows what it answers.
  return isSure ? undefined : { ...axios(name), isGuess: true }
}

const FETCHES = /^(fetch|nodeFetch|\$fetch|ofetch|useFetch|useLazyFetch|fetchJson|useSWR|useSWRImmutable)$/

const FETCH: Manner = {
  options: 1,
  bodyOptions: ['body'],
  queryOptions: [['query'], ['params']],
}

const PLAIN_FETCH = { isText: true, isLenient: true, answer: ['json()'] } as const

/** What looks like `fetch` and reads the answer itself. */
const OWN_ANSWERS: Readonly<Record<string, Pick<Manner, 'answer'>>> = {
  $fetch: { answer: [] },
  ofetch: { answer: [] },
  useFetch: { answer: ['data', 'value'] },
  useLazyFetch: { answer: ['data', 'value'] },
  useSWR: { answer: ['data'] },
  useSWRImmutable: { answer: ['data'] },
}

const KY: Manner = {
  options: 1,
  bodyOptions: ['json'],
  queryOptions: [['searchParams']],
  answer: ['json()'],
}

/** `client.GET('/users/{id}', { params: { path, query }, body })` */
const TYPED: Manner = {
  options: 1,
  bodyOptions: ['body'],
  queryOptions: [['params', 'query']],
  answer: ['data'],
}

/** `axios({ url, data, params })` */
const CONFIGURED: Manner = {
  options: 0,
  bodyOptions: ['data'],
  queryOptions: [['params']],
  answer: ['data'],
}

function axios(name: string): Manner {
  if (name === 'request' || name === 'ajax') return CONFIGURED
  return /^(post|put|patch)$/.test(name)
    ? { body: 1, options: 2, bodyOptions: [], queryOptions: [['params']] }
    : { options: 1, bodyOptions: ['data'], queryOptions: [['params']] }
}
