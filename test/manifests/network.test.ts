// Who reaches whom: all that is needed, and nothing else.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Peer, type PodPeer, reaches } from './support/network.ts'
import { render, whyNot } from './support/render.ts'

const options = whyNot ? { skip: whyNot } : {}

const own = (name: string, ports: Readonly<Record<string, number>> = {}): Peer => ({
  namespace: { 'kubernetes.io/metadata.name': 'codeant' },
  pod: { 'app.kubernetes.io/name': name },
  ports,
})
/** With the labels that its own manifests give it. */
const labelled = (name: string, labels: Readonly<Record<string, string>>, ports = {}): Peer => ({
  ...(own(name, ports) as PodPeer),
  pod: { 'app.kubernetes.io/name': name, ...labels },
})
const foreign = (namespace: string, labels: Readonly<Record<string, string>> = {}): Peer => ({
  namespace: { 'kubernetes.io/metadata.name': namespace, ...labels },
  pod: { app: 'anything' },
})

const ROLE = { 'codeant.dev/runs': 'gateway', 'codeant.dev/asks': 'database' }
const GATEWAY = labelled('gateway', ROLE, { http: 8520, metrics: 9464 })
const GRAPHQL = labelled('graphql', ROLE, { http: 8530, metrics: 9464 })
const WORKER = labelled('worker', ROLE, { http: 8520, metrics: 9464 })
const MIGRATIONS = labelled('migrations', { 'codeant.dev/asks': 'database' })
const WEIGHTS = own('weights')
/** Of cert-manager, while it shows whose the name is. */
const PROOF = labelled('proof', { 'acme.cert-manager.io/http01-solver': 'true' }, { http: 8089 })
const BACKUP = labelled('backup', { 'codeant.dev/asks': 'database' })
const VLLM = own('vllm', { http: 8000 })
const TRITON = own('triton', { http: 8000, metrics: 8002 })
const VALKEY = own('valkey', { valkey: 6379 })
const COLLECTOR = own('collector', { otlp: 4318, metrics: 8888 })
/** Something that was added and forgotten. */
const STRANGER = own('debug')
const EDGE = foreign('edge', { 'codeant.dev/edge': 'true' })
const MONITORING = foreign('monitoring')
const OTHERS = foreign('default')
const DATABASE = { address: '10.10.0.17' }
const STORE = { address: '10.10.1.9' }
const COPIES = { address: '10.10.2.9' }
const INTERNET = { address: '203.0.113.7' }
/** Where clouds tell machines their keys. */
const METADATA = { address: '169.254.169.254' }
const DNS: Peer = {
  namespace: { 'kubernetes.io/metadata.name': 'kube-system' },
  pod: { 'k8s-app': 'kube-dns' },
}

const ALLOWED: readonly (readonly [what: string, from: Peer, to: Peer, port: number, protocol?: string])[] = [
  ['the edge asks the gateway', EDGE, GATEWAY, 8520],
  ['monitoring reads the figures of the gateway', MONITORING, GATEWAY, 9464],
  ['the gateway asks the database', GATEWAY, DATABASE, 5432],
  ['migrations change the database', MIGRATIONS, DATABASE, 5432],
  ['the gateway asks the Valkey', GATEWAY, VALKEY, 6379],
  ['the gateway asks the engine', GATEWAY, TRITON, 8000],
  ['the edge asks for the proof of a name', EDGE, PROOF, 8089],
  ['the edge asks GraphQL', EDGE, GRAPHQL, 8530],
  ['monitoring reads the figures of GraphQL', MONITORING, GRAPHQL, 9464],
  ['monitoring reads the figures of a worker', MONITORING, WORKER, 9464],
  ['a worker asks the database', WORKER, DATABASE, 5432],
  ['GraphQL asks the Valkey', GRAPHQL, VALKEY, 6379],
  ['monitoring reads the figures of an engine', MONITORING, TRITON, 8002],
  ['monitoring reads those of the other one', MONITORING, VLLM, 8000],
  ['the gateway asks the engine that writes text', GATEWAY, VLLM, 8000],
  ['the job of weights asks their store', WEIGHTS, STORE, 443],
  ['the backup reads the database', BACKUP, DATABASE, 5432],
  ['the backup brings copies to their store', BACKUP, COPIES, 443],
  ['the gateway hands traces to the collector', GATEWAY, COLLECTOR, 4318],
  ['the collector hands them on', COLLECTOR, MONITORING, 4318],
  ['monitoring reads the figures of the collector', MONITORING, COLLECTOR, 8888],
  ['the gateway looks names up', GATEWAY, DNS, 53, 'UDP'],
  ['the same over TCP', GATEWAY, DNS, 53],
]

const FORBIDDEN: typeof ALLOWED = [
  ['somebody else of the cluster asks the gateway', OTHERS, GATEWAY, 8520],
  ['the edge reads figures', EDGE, GATEWAY, 9464],
  ['monitoring asks the gateway', MONITORING, GATEWAY, 8520],
  ['the gateway asks the internet', GATEWAY, INTERNET, 443],
  ['the gateway asks for the keys of its machine', GATEWAY, METADATA, 80],
  ['the gateway asks the database for something else', GATEWAY, DATABASE, 22],
  ['a stranger asks the database', STRANGER, DATABASE, 5432],
  ['a stranger asks the Valkey', STRANGER, VALKEY, 6379],
  ['a stranger asks the gateway', STRANGER, GATEWAY, 8520],
  ['somebody else of the cluster asks what was forgotten', OTHERS, STRANGER, 8080],
  ['the Valkey asks the internet', VALKEY, INTERNET, 443],
  ['the collector asks the internet', COLLECTOR, INTERNET, 443],
  ['a stranger speaks with the collector', STRANGER, COLLECTOR, 4318],
  ['the Valkey asks the gateway', VALKEY, GATEWAY, 8520],
  ['the engine asks the internet', TRITON, INTERNET, 443],
  ['a stranger asks the engine', STRANGER, TRITON, 8000],
  ['the edge asks the engine', EDGE, TRITON, 8000],
  ['the engine asks the database', TRITON, DATABASE, 5432],
  ['somebody else asks for the proof of a name', OTHERS, PROOF, 8089],
  ['the proof of a name asks the internet', PROOF, INTERNET, 443],
  ['the edge asks a worker', EDGE, WORKER, 8520],
  ['the edge asks all of GraphQL’s application', EDGE, GRAPHQL, 8520],
  ['a worker asks the internet', WORKER, INTERNET, 443],
  ['monitoring asks the engine', MONITORING, TRITON, 8000],
  ['monitoring asks GraphQL', MONITORING, GRAPHQL, 8530],
  ['a stranger reads the figures of the engine', STRANGER, TRITON, 8002],
  ['the engine that writes text asks the internet', VLLM, INTERNET, 443],
  ['it asks the store of its weights', VLLM, STORE, 443],
  ['it asks the other engine', VLLM, TRITON, 8000],
  ['it asks the gateway', VLLM, GATEWAY, 8520],
  ['it asks for the keys of its machine', VLLM, METADATA, 80],
  ['a stranger asks it', STRANGER, VLLM, 8000],
  ['the edge asks it', EDGE, VLLM, 8000],
  ['somebody else of the cluster asks it', OTHERS, VLLM, 8000],
  ['the gateway asks the store of weights', GATEWAY, STORE, 443],
  ['the backup asks the internet', BACKUP, INTERNET, 443],
  ['the backup asks an engine', BACKUP, VLLM, 8000],
  ['the gateway reaches the copies', GATEWAY, COPIES, 443],
  ['migrations reach the copies', MIGRATIONS, COPIES, 443],
  ['somebody asks the backup', OTHERS, BACKUP, 8080],
  ['the job of weights asks the internet', WEIGHTS, INTERNET, 443],
  ['the job of weights asks an engine', WEIGHTS, VLLM, 8000],
  ['the job of weights asks the database', WEIGHTS, DATABASE, 5432],
  ['migrations ask the internet', MIGRATIONS, INTERNET, 443],
  ['somebody else of the cluster asks the Valkey', OTHERS, VALKEY, 6379],
]

test('in production, all that is needed is reached', options, () => {
  const all = render('production')
  assert.deepEqual(
    ALLOWED.filter(([, ...it]) => !reaches(all, ...it)).map(([what]) => what),
    [],
  )
})

test('in production, nothing else is', options, () => {
  const all = render('production')
  assert.deepEqual(
    FORBIDDEN.filter(([, ...it]) => reaches(all, ...it)).map(([what]) => what),
    [],
  )
})

test('each policy is needed: without it, something else is reached or not', options, () => {
  const all = render('production')
  const seen = (manifests: typeof all) =>
    [...ALLOWED, ...FORBIDDEN].map(([, ...it]) => reaches(manifests, ...it)).join()
  for (const policy of all.filter(it => it.kind === 'NetworkPolicy'))
    assert.notEqual(seen(all.filter(it => it !== policy)), seen(all), policy.metadata.name)
})
