// A Kubernetes API server as far as the programs of operations need one, for the real kubectl: what it does not know it refuses, so
// that no program passes by asking for something that no cluster has.
//
// It holds objects, answers lists, watches, patches, scales and deletions, and does what the controllers of deployments and namespaces
// do. There are no nodes: a pod of an image whose name holds `broken` never becomes ready, all others do at once.

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type KubernetesObject, settle } from './kubernetes-controllers.ts'

interface ResourceKind {
  readonly plural: string
  readonly kind: string
  readonly isOfCluster?: true
  readonly short?: string
}

/** By the group and version that they are asked for under. */
const RESOURCES: Readonly<Record<string, readonly ResourceKind[]>> = {
  v1: [
    { plural: 'namespaces', kind: 'Namespace', isOfCluster: true, short: 'ns' },
    { plural: 'pods', kind: 'Pod', short: 'po' },
    { plural: 'services', kind: 'Service', short: 'svc' },
    { plural: 'configmaps', kind: 'ConfigMap', short: 'cm' },
    { plural: 'secrets', kind: 'Secret' },
    { plural: 'serviceaccounts', kind: 'ServiceAccount', short: 'sa' },
    { plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', short: 'pvc' },
    { plural: 'resourcequotas', kind: 'ResourceQuota', short: 'quota' },
    { plural: 'limitranges', kind: 'LimitRange', short: 'limits' },
    { plural: 'events', kind: 'Event', short: 'ev' },
  ],
  'apps/v1': [
    { plural: 'deployments', kind: 'Deployment', short: 'deploy' },
    { plural: 'replicasets', kind: 'ReplicaSet', short: 'rs' },
    { plural: 'statefulsets', kind: 'StatefulSet', short: 'sts' },
  ],
  'batch/v1': [
    { plural: 'jobs', kind: 'Job' },
    { plural: 'cronjobs', kind: 'CronJob', short: 'cj' },
  ],
  'policy/v1': [{ plural: 'poddisruptionbudgets', kind: 'PodDisruptionBudget', short: 'pdb' }],
  'autoscaling/v2': [{ plural: 'horizontalpodautoscalers', kind: 'HorizontalPodAutoscaler', short: 'hpa' }],
  'networking.k8s.io/v1': [
    { plural: 'networkpolicies', kind: 'NetworkPolicy', short: 'netpol' },
    { plural: 'ingresses', kind: 'Ingress', short: 'ing' },
  ],
  'keda.sh/v1alpha1': [{ plural: 'scaledobjects', kind: 'ScaledObject', short: 'so' }],
  'scheduling.k8s.io/v1': [
    { plural: 'priorityclasses', kind: 'PriorityClass', isOfCluster: true, short: 'pc' },
  ],
}

export interface KubernetesServer {
  /** For `KUBECONFIG`. */
  readonly config: string
  /** Of one kind, by their names. */
  all(plural: string, namespace?: string): readonly KubernetesObject[]
  /** As if somebody else did it: it is no change of `changes`. */
  add(object: KubernetesObject): KubernetesObject
  change(plural: string, name: string, how: (object: KubernetesObject) => void): void
  remove(plural: string, name: string): void
  /** What was asked that changes something: `PATCH deployments gateway`. */
  readonly changes: readonly string[]
  stop(): Promise<unknown>
}

/** Writes a configuration of kubectl into the folder. */
export async function startKubernetes(folder: string): Promise<KubernetesServer> {
  const objects = new Map<string, KubernetesObject>()
  const changes: string[] = []
  const watchers = new Set<(type: string, object: KubernetesObject) => void>()
  let version = 1
  const keyOf = (plural: string, namespace: string, name: string) => `${plural}/${namespace}/${name}`

  const store = (plural: string, object: KubernetesObject, type: 'ADDED' | 'MODIFIED' = 'MODIFIED') => {
    object.metadata.resourceVersion = String(++version)
    objects.set(keyOf(plural, object.metadata.namespace ?? '', object.metadata.name), object)
    for (const it of watchers) it(type, object)
  }
  const remove = (plural: string, object: KubernetesObject) => {
    objects.delete(keyOf(plural, object.metadata.namespace ?? '', object.metadata.name))
    object.metadata.resourceVersion = String(++version)
    for (const it of watchers) it('DELETED', object)
  }
  const list = (plural: string, namespace?: string) =>
    [...objects]
      .filter(
        ([key, it]) => key.startsWith(`${plural}/`) && (!namespace || it.metadata.namespace === namespace),
      )
      .map(([, it]) => it)
  const world = { list, store, remove }

  const add = (object: KubernetesObject): KubernetesObject => {
    const { plural, isOfCluster } = kindOf(object)
    const own = structuredClone(object)
    if (!isOfCluster) own.metadata.namespace ??= 'default'
    Object.assign(own.metadata, {
      uid: randomUUID(),
      creationTimestamp: new Date().toISOString(),
      generation: 1,
    })
    if (own.kind === 'Deployment') own.spec.replicas ??= 1
    store(plural, own, 'ADDED')
    settle(world)
    return own
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      const code = error instanceof Refused ? error.status : 500
      const reason = code === 404 ? 'NotFound' : 'InternalError'
      send(response, code, {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        message: error.message,
        reason,
        code,
      })
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://localhost')
    const method = request.method!
    const discovered = discovery(url.pathname)
    if (discovered) return send(response, 200, discovered)
    const path =
      /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+)(?=\/))?\/([a-z]+)(?:\/([^/]+))?(?:\/(scale|log|status))?$/.exec(
        url.pathname,
      )
    const group = path?.[1] ?? path?.[2] ?? ''
    const resource = RESOURCES[group]?.find(it => it.plural === path?.[4])
    if (!path || !resource) throw new Refused(404, `the server could not find ${method} ${url.pathname}`)
    const [, , , namespace, plural = '', name, part] = path
    if (name === undefined) {
      if (method !== 'GET') throw new Refused(405, `${method} of a list`)
      return sendList(request, response, url, resource, group, namespace)
    }
    const object = objects.get(keyOf(plural, resource.isOfCluster ? '' : (namespace ?? ''), name))
    if (!object) throw new Refused(404, `${plural} "${name}" not found`)
    if (part === 'log') return void response.end(`log of ${name}\n`)
    const shown = () => (part === 'scale' ? scaleOf(object) : object)
    if (method === 'GET') return send(response, 200, shown())
    changes.push(`${method} ${plural}${part ? `/${part}` : ''} ${name}`)
    if (method === 'DELETE') {
      remove(plural, object)
      settle(world)
      return send(response, 200, { kind: 'Status', apiVersion: 'v1', status: 'Success' })
    }
    const body = JSON.parse(await bodyOf(request)) as object
    const before = JSON.stringify(object.spec)
    const target = (part === 'scale' ? scaleOf(object) : object) as Record<string, unknown>
    if (method === 'PUT') Object.assign(target, body)
    else if (method === 'PATCH') patch(target, body, request.headers['content-type'] ?? '')
    else throw new Refused(405, method)
    if (part === 'scale') object.spec!.replicas = (target.spec as { replicas: number }).replicas
    if (JSON.stringify(object.spec) !== before)
      object.metadata.generation = (object.metadata.generation ?? 0) + 1
    store(plural, object)
    settle(world)
    return send(response, 200, shown())
  }

  function sendList(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    { plural, kind }: ResourceKind,
    group: string,
    namespace: string | undefined,
  ): void {
    const wanted = (it: KubernetesObject) =>
      it.apiVersion === group &&
      it.kind === kind &&
      (!namespace || it.metadata.namespace === namespace) &&
      isSelected(it, url.searchParams)
    if (url.searchParams.get('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      const tell = (type: string, object: KubernetesObject) => {
        if (wanted(object)) response.write(`${JSON.stringify({ type, object })}\n`)
      }
      const since = Number(url.searchParams.get('resourceVersion') ?? 0)
      for (const it of list(plural)) if (Number(it.metadata.resourceVersion) > since) tell('MODIFIED', it)
      watchers.add(tell)
      request.once('close', () => watchers.delete(tell))
      return
    }
    const items = list(plural).filter(wanted)
    send(response, 200, {
      kind: `${kind}List`,
      apiVersion: group,
      metadata: { resourceVersion: String(version) },
      items,
    })
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const config = join(folder, 'kubeconfig')
  const { port } = server.address() as AddressInfo
  writeFileSync(
    config,
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'test' },
      clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      users: [{ name: 'test', user: {} }],
    }),
  )
  return {
    config,
    all: list,
    add,
    change(plural, name, how) {
      const object = list(plural).find(it => it.metadata.name === name)!
      how(object)
      object.metadata.generation = (object.metadata.generation ?? 0) + 1
      store(plural, object)
      settle(world)
    },
    remove: (plural, name) => remove(plural, list(plural).find(it => it.metadata.name === name)!),
    changes,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

function kindOf({ apiVersion, kind }: KubernetesObject): ResourceKind {
  const found = RESOURCES[apiVersion]?.find(it => it.kind === kind)
  if (!found) throw new Error(`there is no ${apiVersion} ${kind}`)
  return found
}

const VERBS = ['get', 'list', 'watch', 'patch', 'update', 'delete', 'create']

/** What there is, as kubectl asks for it before anything else. */
function discovery(path: string): object | undefined {
  const groups = Object.keys(RESOURCES).filter(it => it.includes('/'))
  if (path === '/version') return { major: '1', minor: '32', gitVersion: 'v1.32.0' }
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] }
  if (path === '/apis')
    return {
      ...{ kind: 'APIGroupList', apiVersion: 'v1' },
      groups: groups.map(it => {
        const [name, version] = it.split('/')
        const own = { groupVersion: it, version }
        return { name, versions: [own], preferredVersion: own }
      }),
    }
  const group = path.replace(/^\/apis?\//, '')
  const known = RESOURCES[group]
  if (!known) return undefined
  const resources = known.flatMap(({ plural, kind, isOfCluster, short }) => {
    const singularName = kind.toLowerCase()
    const own = { name: plural, singularName, namespaced: !isOfCluster, kind, verbs: VERBS }
    const scale = { ...own, name: `${plural}/scale`, group: 'autoscaling', version: 'v1', kind: 'Scale' }
    return [{ ...own, ...(short && { shortNames: [short] }) }, ...(group === 'apps/v1' ? [scale] : [])]
  })
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: group, resources }
}

function scaleOf({ metadata, spec, status }: KubernetesObject) {
  const { replicas } = spec as { replicas: number }
  const now = (status as { replicas?: number } | undefined)?.replicas ?? 0
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata,
    spec: { replicas },
    status: { replicas: now },
  }
}

function isSelected({ metadata }: KubernetesObject, asked: URLSearchParams): boolean {
  const labels = metadata.labels ?? {}
  const byLabel = (asked.get('labelSelector') ?? '').split(',').filter(Boolean)
  const byField = (asked.get('fieldSelector') ?? '').split(',').filter(Boolean)
  const isName = (it: string) => it === `metadata.name=${metadata.name}`
  return (
    byLabel.every(it => {
      const equal = /^([^=!]+)==?(.*)$/.exec(it)
      if (!equal) throw new Refused(400, `this server does not know the selector ${it}`)
      return labels[equal[1]!] === equal[2]
    }) && byField.every(isName)
  )
}

function patch(target: Record<string, unknown>, body: object, type: string): void {
  if (type.startsWith('application/json-patch+json')) {
    for (const { op, path, value } of body as readonly { op: string; path: string; value: unknown }[]) {
      const steps = path.split('/').slice(1)
      const last = steps.pop()!
      // biome-ignore lint/suspicious/noExplicitAny: a path leads through whatever there is.
      const place = steps.reduce<any>((at, it) => at[it], target)
      if (op === 'remove') delete place[last]
      else if (op === 'replace' || op === 'add') place[last] = value
      else throw new Refused(400, op)
    }
  } else if (/^application\/(strategic-)?merge-patch\+json/.test(type)) merge(target, body)
  else throw new Refused(415, type)
}

function merge(target: Record<string, unknown>, body: object): void {
  for (const [name, value] of Object.entries(body)) {
    const own = target[name]
    if (value === null) delete target[name]
    else if (typeof value === 'object' && !Array.isArray(value) && typeof own === 'object' && own !== null)
      merge(own as Record<string, unknown>, value as object)
    else target[name] = value
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const it of request) text += String(it)
  return text
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
