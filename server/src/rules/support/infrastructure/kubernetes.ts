// Manifests of Kubernetes, as rules look at them: objects, the pods that they make, and the containers in those.

import { isSpecimen } from '../../../semantics/provenance.ts'
import { lastRead } from '../last-read.ts'
import { isTestPath } from '../test-code.ts'
import { type YamlView, yamlViews } from '../yaml-view.ts'

export interface Manifest {
  readonly view: YamlView
  readonly apiVersion: string
  readonly kind: string
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly pod?: Pod
}

export interface Pod {
  /** Of its template, or of the pod itself. */
  readonly metadata: YamlView | undefined
  readonly spec: YamlView
  readonly containers: readonly Container[]
  /** A patch says only what it changes, and the rest stands in another file. */
  readonly isWhole: boolean
}

export interface Container {
  readonly view: YamlView
  readonly name: string | undefined
  readonly isInit: boolean
}

/** What every manifest holds. */
export const KUBERNETES_NEEDLES = ['apiVersion:'] as const

/** Where pods are made; a pod is one itself. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
}

/** Empty for any other file. */
export const manifestsOf = lastRead(({ path, text }): readonly Manifest[] => {
  if (!/^apiVersion:/m.test(text) || !/^\s*(?:- )?kind:/m.test(text)) return []
  if (isSpecimen(path) || isTestPath(path)) return []
  return yamlViews(text).flatMap(manifestsIn)
})

function manifestsIn(view: YamlView): readonly Manifest[] {
  const [apiVersion, kind] = [view.get('apiVersion')?.text, view.get('kind')?.text]
  if (!apiVersion || !kind) return []
  if (kind === 'List') return (view.get('items')?.items ?? []).flatMap(manifestsIn)
  const pod = podOf(view, kind, apiVersion)
  return [
    {
      ...{ view, apiVersion, kind },
      name: view.get('metadata', 'name')?.text,
      namespace: view.get('metadata', 'namespace')?.text,
      ...(pod && { pod }),
    },
  ]
}

function podOf(view: YamlView, kind: string, apiVersion: string): Pod | undefined {
  const path = TEMPLATES[kind]
  // Others may call things of their own a deployment.
  if (!path || !/^(?:v1|(?:apps|batch|extensions)\/v\w+)$/.test(apiVersion)) return undefined
  const template = view.get(...path)
  const spec = template?.get('spec')
  if (!spec) return undefined
  const containers = containersOf(spec)
  const own = containers.filter(it => !it.isInit)
  const isWhole =
    own.length > 0 &&
    containers.every(it => it.view.get('image')?.text) &&
    (!SELECTING.has(kind) || view.get('spec', 'selector') !== undefined)
  return { metadata: template?.get('metadata'), spec, containers, isWhole }
}

/** They have to say which pods are theirs. */
const SELECTING: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])

function containersOf(spec: YamlView): readonly Container[] {
  const listed = (key: string, isInit: boolean) =>
    (spec.get(key)?.items ?? []).map(view => ({ view, name: view.get('name')?.text, isInit }))
  return [...listed('containers', false), ...listed('initContainers', true)]
}

/** It is filled in by another program: `{{ .Values.a }}`, `${A}`, `<a>`. */
export function isFilledIn(text: string): boolean {
  return /\{\{|\$\{|\$\(|^<.*>$|\{%/.test(text)
}
