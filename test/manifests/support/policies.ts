// What a sceptical operator asks of manifests, one question after the other. Each knows how to break what it asks for, so that a
// test can see that it would notice.

import {
  type Container,
  containersOf,
  eachContainer,
  eachPod,
  find,
  gatewayContainer,
  gatewayPod,
  ofKind,
  type Policy,
  workloads,
} from './policy.ts'
import { type Manifest, nameOf, podOf } from './render.ts'
import { scalers } from './scaling-policies.ts'

/** In the order in which `kubectl` would be asked for them on a server of 1.32; what is newer or retired is none of them. */
const API_VERSIONS: ReadonlySet<string> = new Set([
  'v1',
  'apps/v1',
  'batch/v1',
  'autoscaling/v2',
  'policy/v1',
  'networking.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'gateway.networking.k8s.io/v1',
  'monitoring.coreos.com/v1',
  'keda.sh/v1alpha1',
  'cert-manager.io/v1',
  'external-secrets.io/v1',
  'postgresql.cnpg.io/v1',
])

export const POLICIES: readonly Policy[] = [
  {
    name: 'everything is in the namespace of the team, and says to what it belongs',
    check: all =>
      all.flatMap(it => {
        const isOfAll = ['Namespace', 'PriorityClass'].includes(it.kind)
        const { namespace, labels } = it.metadata
        const isThere = namespace === (isOfAll ? undefined : 'codeant')
        return isThere && labels?.['app.kubernetes.io/part-of'] === 'codeant' ? [] : [nameOf(it)]
      }),
    breakIt: all => {
      Object.assign(find(all, 'Job', 'migrations').metadata, { namespace: undefined })
    },
  },
  {
    name: 'the namespace refuses what is not restricted, under rules of a named version',
    check: all =>
      ofKind(all, 'Namespace').flatMap(({ metadata: { labels = {} } }) => {
        const level = labels['pod-security.kubernetes.io/enforce']
        const version = labels['pod-security.kubernetes.io/enforce-version'] ?? ''
        return level === 'restricted' && /^v1\.\d+$/.test(version) ? [] : [`${level}, ${version}`]
      }),
    breakIt: all => {
      const labels = find(all, 'Namespace', 'codeant').metadata.labels as Record<string, string>
      labels['pod-security.kubernetes.io/enforce'] = 'baseline'
    },
  },
  {
    name: 'nobody is root, nobody becomes it, and the system calls are those of the default',
    check: all => [
      ...eachPod(all, ({ securityContext: it = {} }) =>
        it.runAsNonRoot === true && it.runAsUser >= 10000 && it.seccompProfile?.type === 'RuntimeDefault'
          ? undefined
          : 'runs as root, as somebody of the node, or without a profile',
      ),
      ...eachContainer(all, ({ securityContext: it = {} }) =>
        it.allowPrivilegeEscalation === false &&
        String(it.capabilities?.drop) === 'ALL' &&
        !it.capabilities.add
          ? undefined
          : 'may become more than it is',
      ),
    ],
    breakIt: all => {
      gatewayContainer(all).securityContext.capabilities.drop = ['NET_RAW']
    },
  },
  {
    name: 'nothing is written to an image',
    check: all =>
      eachContainer(all, it =>
        it.securityContext?.readOnlyRootFilesystem === true ? undefined : 'may write',
      ),
    breakIt: all => {
      delete gatewayContainer(all).securityContext.readOnlyRootFilesystem
    },
  },
  {
    name: 'what is written to has a size',
    check: all =>
      eachPod(all, ({ volumes = [] }) =>
        volumes.some((it: Container) => it.emptyDir && !it.emptyDir.sizeLimit)
          ? 'a volume without an end'
          : undefined,
      ),
    breakIt: all => {
      delete gatewayPod(all).volumes.find((it: Container) => it.emptyDir).emptyDir.sizeLimit
    },
  },
  {
    name: 'no pod can ask the cluster, under an account of its own',
    check: all =>
      eachPod(all, it =>
        it.automountServiceAccountToken === false && it.enableServiceLinks === false && it.serviceAccountName
          ? undefined
          : 'has a token, the addresses of all services, or the account of everybody',
      ),
    breakIt: all => {
      delete gatewayPod(all).automountServiceAccountToken
    },
  },
  {
    name: 'all say what they need, memory has an end, the processor has none',
    check: all =>
      eachContainer(all, ({ resources: { requests = {}, limits = {} } = {} }) => {
        const missing = ['cpu', 'memory', 'ephemeral-storage'].filter(it => !requests[it])
        if (missing.length > 0) return `does not say how much ${missing} it needs`
        if (!limits.memory || !limits['ephemeral-storage']) return 'takes as much memory as there is'
        if (limits.cpu) return 'is slowed down while a processor is free'
        return requests['nvidia.com/gpu'] === limits['nvidia.com/gpu'] ? undefined : 'shares a GPU'
      }),
    breakIt: all => {
      gatewayContainer(all).resources.limits.cpu = '1'
    },
  },
  {
    name: 'images are of one version',
    check: all =>
      eachContainer(all, ({ image }) =>
        /@sha256:[0-9a-f]{64}$|:(?!latest$)[\w][\w.-]*$/.test(image)
          ? undefined
          : `${image} is another one tomorrow`,
      ),
    breakIt: all => {
      gatewayContainer(all).image = 'registry.example.com/codeant-gateway:latest'
    },
  },
  {
    name: 'what serves says when it has started, whether it turns and whether it wants requests',
    check: all =>
      ofKind(all, 'Deployment').flatMap(it =>
        podOf(it).containers.flatMap((container: Container) => {
          const { startupProbe, livenessProbe, readinessProbe } = container
          const [live, ready] = [livenessProbe, readinessProbe].map(probe => probe?.httpGet?.path)
          const isWhole = startupProbe && livenessProbe && readinessProbe
          // An engine with one question for both: then only who asks for long may kill it.
          const isApart =
            live === undefined ||
            live !== ready ||
            patienceOf(livenessProbe) >= 8 * patienceOf(readinessProbe)
          return isWhole && isApart ? [] : [`${nameOf(it)}: one probe is missing, or two ask the same`]
        }),
      ),
    breakIt: all => {
      gatewayContainer(all).livenessProbe.httpGet.path = '/health/ready'
    },
  },
  {
    name: 'no answer is lost when a gateway is replaced',
    check: all => {
      const settings = settingsOf(all)
      const drain = settings('drainDelaySeconds') + settings('drainSeconds')
      return gateways(all).flatMap(it => {
        const grace = podOf(it).terminationGracePeriodSeconds
        const name = nameOf(it)
        return [
          ...(it.spec.strategy.rollingUpdate?.maxUnavailable === 0
            ? []
            : [`${name}: one goes before the next has come`]),
          ...(settings('drainDelaySeconds') > 0 ? [] : ['requests come while the door is closed already']),
          ...(grace > drain ? [] : [`${name} is killed after ${grace} s, and may drain for ${drain} s`]),
        ]
      })
    },
    breakIt: all => {
      podOf(find(all, 'Deployment', 'graphql')).terminationGracePeriodSeconds = 30
    },
  },
  {
    name: 'a gateway that lives asks nothing else whether it does, and one that drains wants no requests',
    check: all =>
      gateways(all).flatMap(it => {
        const { livenessProbe, readinessProbe, startupProbe } = podOf(it).containers[0]
        const paths = [startupProbe, livenessProbe, readinessProbe].map(probe => probe.httpGet.path)
        return String(paths) === '/health/live,/health/live,/health/ready' ? [] : [`${nameOf(it)}: ${paths}`]
      }),
    breakIt: all => {
      podOf(find(all, 'Deployment', 'worker')).containers[0].livenessProbe.httpGet.path = '/health'
    },
  },
  {
    name: 'what there are several of is spread, and not all of it is taken away at once',
    check: all =>
      ofKind(all, 'Deployment').flatMap(it => {
        if (it.spec.replicas === 1) return []
        const { name } = it.metadata
        const budget = ofKind(all, 'PodDisruptionBudget').find(
          ({ spec }) => spec.selector.matchLabels['app.kubernetes.io/name'] === name,
        )
        const spread = (podOf(it).topologySpreadConstraints ?? []).map((to: Container) => to.topologyKey)
        return [
          ...(budget?.spec.maxUnavailable === 1 && budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'
            ? []
            : [`${name}: a drain takes all of them, or waits for ever`]),
          ...(spread.includes('kubernetes.io/hostname') ? [] : [`${name}: all of them stand on one machine`]),
          ...(spread.includes('topology.kubernetes.io/zone')
            ? []
            : [`${name}: all of them stand in one zone`]),
        ]
      }),
    breakIt: all => {
      gatewayPod(all).topologySpreadConstraints = []
    },
  },
  {
    name: 'whoever waits comes before what may wait',
    check: all => {
      const known = new Map(ofKind(all, 'PriorityClass').map(it => [it.metadata.name, it.value as number]))
      const isOrdered = known.get('codeant-interactive')! > known.get('codeant-batch')!
      return [
        ...(isOrdered ? [] : ['batches take the place of people']),
        ...eachPod(all, it => (known.has(it.priorityClassName) ? undefined : 'has no priority')),
      ]
    },
    breakIt: all => {
      gatewayPod(all).priorityClassName = 'codeant-interactiv'
    },
  },
  {
    name: 'what a mistake may cost has an end, of GPUs, too, and what says no size gets one',
    check: all => {
      const hard = ofKind(all, 'ResourceQuota')[0]?.spec.hard ?? {}
      const ends = ['requests.cpu', 'requests.memory', 'requests.nvidia.com/gpu', 'pods'].filter(
        it => !hard[it],
      )
      const sizes = ofKind(all, 'LimitRange')[0]?.spec.limits[0] ?? {}
      return [
        ...ends.map(it => `no end of ${it}`),
        ...(sizes.default?.memory && sizes.defaultRequest?.memory ? [] : ['what says no size takes any']),
      ]
    },
    breakIt: all => {
      const { hard } = find(all, 'ResourceQuota', 'codeant').spec
      delete hard['requests.nvidia.com/gpu']
    },
  },
  {
    name: 'no secret stands in a manifest',
    check: all => [
      ...ofKind(all, 'Secret').map(nameOf),
      ...eachContainer(all, ({ env = [] }) => {
        const told = env.find(
          (it: Container) => /SECRET|PASSWORD|TOKEN|_KEY|_URL$/.test(it.name) && !isAddress(it),
        )
        return told ? `${told.name} is shown to whoever may list pods` : undefined
      }),
    ],
    breakIt: all => {
      gatewayContainer(all).env.push({
        name: 'CODEANT_GATEWAY_DATABASE_URL',
        value: 'postgres://me:pass@db/x',
      })
    },
  },
  {
    name: 'nobody comes in but by the edge, and there with TLS',
    check: all => [
      ...ofKind(all, 'Service').flatMap(it =>
        ['LoadBalancer', 'NodePort'].includes(it.spec.type) ? [nameOf(it)] : [],
      ),
      ...ofKind(all, 'Ingress').flatMap(it =>
        it.spec.tls?.length > 0 && it.spec.ingressClassName ? [] : [nameOf(it)],
      ),
      ...ofKind(all, 'HTTPRoute').flatMap(it => {
        const isPlain = it.spec.parentRefs.some((to: Container) => to.sectionName !== 'https')
        const redirects = it.spec.rules.every((rule: Container) => !rule.backendRefs)
        return isPlain && !redirects ? [`${nameOf(it)} answers without TLS`] : []
      }),
    ],
    breakIt: all => {
      find(all, 'HTTPRoute').spec.parentRefs[0].sectionName = 'http'
    },
  },
  {
    name: 'what nobody allowed is forbidden, both ways',
    check: all =>
      ofKind(all, 'NetworkPolicy').some(
        ({ spec }) =>
          Object.keys(spec.podSelector).length === 0 &&
          !spec.ingress &&
          !spec.egress &&
          String(spec.policyTypes) === 'Ingress,Egress',
      )
        ? []
        : ['nothing is forbidden by default'],
    breakIt: all => {
      find(all, 'NetworkPolicy', 'nothing-by-default').spec.policyTypes = ['Ingress']
    },
  },
  {
    name: 'everything is of a version that a cluster of 1.32 serves',
    check: all =>
      all.filter(it => !API_VERSIONS.has(it.apiVersion)).map(it => `${nameOf(it)}: ${it.apiVersion}`),
    breakIt: all => {
      Object.assign(find(all, 'PodDisruptionBudget'), { apiVersion: 'policy/v1beta1' })
    },
  },
  {
    name: 'what is named is there: settings, ports, and the pods that are meant',
    check: all => [...namesThatLeadNowhere(all)],
    breakIt: all => {
      find(all, 'Service').spec.ports[0].targetPort = 'https'
    },
  },
]

/** What runs the gateway's program and serves. */
function gateways(all: readonly Manifest[]): readonly Manifest[] {
  return ofKind(all, 'Deployment').filter(
    it => it.spec.template.metadata.labels['codeant.dev/runs'] === 'gateway',
  )
}

/** So many seconds of no make it no. */
function patienceOf({ periodSeconds = 10, failureThreshold = 3 }: Container): number {
  return periodSeconds * failureThreshold
}

/** An address without anything that opens it. */
function isAddress({ name, value, valueFrom }: Container): boolean {
  return (
    name.endsWith('_FILE') || valueFrom !== undefined || (name.endsWith('_URL') && !/:\/\/[^/]*@/.test(value))
  )
}

/** A number of the gateway's own file of settings. */
export function settingsOf(all: readonly Manifest[]): (name: string) => number {
  const text: string =
    ofKind(all, 'ConfigMap').find(it => it.data['gateway.toml'])?.data['gateway.toml'] ?? ''
  return name => Number(new RegExp(`^${name} = ([\\d_]+)$`, 'm').exec(text)?.[1]?.replaceAll('_', '') ?? 0)
}

function* namesThatLeadNowhere(all: readonly Manifest[]): Generator<string> {
  const configs = new Set(ofKind(all, 'ConfigMap').map(it => it.metadata.name))
  const claims = new Set(ofKind(all, 'PersistentVolumeClaim').map(it => it.metadata.name))
  const accounts = new Set(ofKind(all, 'ServiceAccount').map(it => it.metadata.name))
  for (const it of workloads(all)) {
    const pod = podOf(it)
    for (const { configMap, persistentVolumeClaim } of pod.volumes ?? []) {
      if (configMap && !configs.has(configMap.name)) yield `${nameOf(it)}: no settings ${configMap.name}`
      if (persistentVolumeClaim && !claims.has(persistentVolumeClaim.claimName))
        yield `${nameOf(it)}: no volume ${persistentVolumeClaim.claimName}`
    }
    for (const { configMapRef } of containersOf(it).flatMap(container => container.envFrom ?? []))
      if (configMapRef && !configs.has(configMapRef.name))
        yield `${nameOf(it)}: no settings ${configMapRef.name}`
    for (const { name, mountPath } of containersOf(it).flatMap(container => container.volumeMounts ?? []))
      if (!(pod.volumes ?? []).some((volume: Container) => volume.name === name))
        yield `${nameOf(it)}: nothing at ${mountPath}`
    if (!accounts.has(pod.serviceAccountName)) yield `${nameOf(it)}: no account ${pod.serviceAccountName}`
  }
  for (const it of scalers(all))
    if (!ofKind(all, 'Deployment').some(of => of.metadata.name === it.spec.scaleTargetRef.name))
      yield `${nameOf(it)}: nothing to scale`
  const services = new Set(ofKind(all, 'Service').map(it => it.metadata.name))
  for (const it of ofKind(all, 'HTTPRoute'))
    for (const { name } of it.spec.rules.flatMap((rule: Container) => rule.backendRefs ?? []))
      if (!services.has(name)) yield `${nameOf(it)}: no service ${name}`
  for (const it of all) {
    const selector: Readonly<Record<string, string>> | undefined =
      it.kind === 'Service'
        ? it.spec.selector
        : ['PodDisruptionBudget', 'PodMonitor'].includes(it.kind)
          ? it.spec.selector.matchLabels
          : it.kind === 'NetworkPolicy'
            ? it.spec.podSelector.matchLabels
            : undefined
    // Whose pods these are, knows cert-manager, or the operator of the database.
    if (!selector || 'acme.cert-manager.io/http01-solver' in selector) continue
    const cluster = selector['cnpg.io/cluster']
    if (cluster && all.some(of => of.kind === 'Cluster' && of.metadata.name === cluster)) continue
    const meant = workloads(all).filter(of => isMeant(selector, of))
    if (meant.length === 0) yield `${nameOf(it)}: no pod is meant`
    const ports = new Set(
      meant
        .flatMap(of => containersOf(of).flatMap(container => container.ports ?? []))
        .map((port: Container) => port.name),
    )
    const named = [
      ...(it.kind === 'Service' ? it.spec.ports.map((port: Container) => port.targetPort) : []),
      ...(it.kind === 'PodMonitor' ? it.spec.podMetricsEndpoints.map((to: Container) => to.port) : []),
      ...(it.kind === 'NetworkPolicy' ? (it.spec.ingress ?? []) : []).flatMap((rule: Container) =>
        (rule.ports ?? []).map((port: Container) => port.port),
      ),
    ]
    for (const port of named)
      if (typeof port === 'string' && !ports.has(port)) yield `${nameOf(it)}: no port ${port}`
  }
}

function isMeant(selector: Readonly<Record<string, string>>, { spec }: Manifest): boolean {
  const labels = (spec.jobTemplate?.spec ?? spec).template?.metadata?.labels ?? {}
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}
