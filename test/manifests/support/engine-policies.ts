// What a sceptical operator asks of engines and their weights.

import { type Peer, reaches } from './network.ts'
import {
  type Container,
  containersOf,
  eachPod,
  find,
  gatewayContainer,
  ofKind,
  type Policy,
  workloads,
} from './policy.ts'
import { type Manifest, nameOf, podOf } from './render.ts'

const GPU = 'nvidia.com/gpu'

export const ENGINE_POLICIES: readonly Policy[] = [
  {
    name: 'what is in flight when an engine is replaced is answered',
    check: all =>
      engines(all).flatMap(it => {
        const { terminationGracePeriodSeconds: grace, containers } = podOf(it)
        const pause = containers[0].lifecycle?.preStop?.sleep?.seconds ?? 0
        const end = Number(/--exit-timeout-secs=(\d+)/.exec(String(containers[0].args))?.[1] ?? 10)
        return [
          ...(pause >= 5 ? [] : [`${nameOf(it)}: new questions come while it stops`]),
          ...(grace > pause + end
            ? []
            : [`${nameOf(it)}: killed after ${grace} s, and stops for ${pause + end} s`]),
        ]
      }),
    breakIt: all => {
      podOf(find(all, 'Deployment', 'triton')).terminationGracePeriodSeconds = 40
    },
  },
  {
    name: 'a GPU that is scarce is given up before it is asked for again',
    check: all =>
      ofKind(all, 'Deployment').flatMap(it =>
        containersOf(it).some(({ resources }) => resources.requests[GPU]) &&
        it.spec.strategy.rollingUpdate?.maxSurge !== 0
          ? [`${nameOf(it)}: the new one waits for a GPU that the old one has`]
          : [],
      ),
    breakIt: all => {
      find(all, 'Deployment', 'vllm').spec.strategy.rollingUpdate.maxSurge = 1
    },
  },
  {
    name: 'a GPU has a place to hand tensors over, and pods get onto its machine',
    check: all =>
      eachPod(all, pod => {
        if (!pod.containers.some((it: Container) => it.resources.requests[GPU])) return undefined
        const memory = (pod.volumes ?? []).find((it: Container) => it.emptyDir?.medium === 'Memory')
        const isMounted = pod.containers[0].volumeMounts.some(
          (it: Container) => it.name === memory?.name && it.mountPath === '/dev/shm',
        )
        if (!isMounted) return 'has 64 MiB of shared memory'
        return pod.tolerations?.some((it: Container) => it.key === GPU)
          ? undefined
          : 'is let onto no machine with a GPU'
      }),
    breakIt: all => {
      podOf(find(all, 'Deployment', 'vllm')).tolerations = []
    },
  },
  {
    name: 'no code that came with weights is run',
    check: all =>
      all.flatMap(it =>
        /trust[-_]remote[-_]code/i.test(
          JSON.stringify(it).replace(/trust[-_]remote[-_]code\W{0,4}false/gi, ''),
        )
          ? [nameOf(it)]
          : [],
      ),
    breakIt: all => {
      podOf(find(all, 'Deployment', 'vllm')).containers[0].args.push('--trust-remote-code')
    },
  },
  {
    name: 'weights are what was described, or nothing is loaded',
    check: all =>
      engines(all).flatMap(it => {
        const [first] = podOf(it).initContainers ?? []
        const isOurs =
          ['models', 'weights'].includes(first?.args?.[1]) && first.args[0] === 'dist/gateway/main.mjs'
        const mounts = podOf(it).containers[0].volumeMounts
        const loaded = mounts.find((mount: Container) => ['models', 'weights'].includes(mount.name))
        return isOurs && loaded?.readOnly === true
          ? []
          : [`${nameOf(it)}: loads what nobody looked at, or may change it`]
      }),
    breakIt: all => {
      podOf(find(all, 'Deployment', 'vllm')).initContainers = []
    },
  },
  {
    name: 'whoever loads weights asks first who signed them, of a key that did not come with the manifests',
    check: all => {
      // Without an engine, models are those of the image, and it is known by its digest.
      if (engines(all).length === 0) return []
      const loads = workloads(all).flatMap(it =>
        containersOf(it)
          .filter(({ args }) => args?.[0] === 'dist/gateway/main.mjs' && args[1] !== 'migrate')
          .map(container => [it, container] as const),
      )
      return loads.flatMap(([it, { name, env = [], volumeMounts, args }]) => {
        const from = podOf(it).volumes.find(
          (volume: Container) =>
            volume.name ===
            volumeMounts.find((of: Container) => of.mountPath === '/run/secrets/weights-trust')?.name,
        )?.secret
        const given = ['PUBLIC_KEY', 'SIGNATURE'].map(
          what =>
            env.find((of: Container) => of.name === `CODEANT_GATEWAY_WEIGHTS_${what}_FILE`)?.value as string,
        )
        const wanted = args[1] === 'weights' ? 'chat.sig' : 'models.sig'
        const isAsked =
          given.join() === ['public.pem', wanted].map(of => `/run/secrets/weights-trust/${of}`).join()
        return isAsked && from && !from.optional
          ? []
          : [`${nameOf(it)}, container ${name}: loads what anybody wrote`]
      })
    },
    breakIt: all => {
      podOf(find(all, 'Deployment', 'triton')).initContainers[0].env = []
    },
  },
  {
    name: 'an engine that knows no key is reached by the gateway and by who reads its figures alone',
    check: all =>
      engines(all)
        .filter(it => it.metadata.name === 'openvino')
        .flatMap(it => {
          const namespace = (name: string) => ({ 'kubernetes.io/metadata.name': name })
          const engine: Peer = {
            namespace: namespace('codeant'),
            pod: it.spec.template.metadata.labels,
            ports: { http: 8000 },
          }
          const others: Readonly<Record<string, Peer>> = {
            'somebody forgotten': {
              namespace: namespace('codeant'),
              pod: { 'app.kubernetes.io/name': 'debug' },
            },
            'another namespace': { namespace: namespace('default'), pod: { 'codeant.dev/runs': 'gateway' } },
            'the edge': { namespace: { ...namespace('edge'), 'codeant.dev/edge': 'true' }, pod: {} },
            ...Object.fromEntries(
              workloads(all)
                .filter(of => of.spec.template && !of.spec.template.metadata.labels['codeant.dev/runs'])
                .map(of => [
                  nameOf(of),
                  { namespace: namespace('codeant'), pod: of.spec.template.metadata.labels },
                ]),
            ),
          }
          return Object.entries(others).flatMap(([who, peer]) =>
            reaches(all, peer, engine, 8000) ? [`${who} asks ${nameOf(it)} without a key`] : [],
          )
        }),
    breakIt: all => {
      // As somebody would who takes the other engine and forgets who may ask it.
      const engine = structuredClone(find(all, 'Deployment', 'triton'))
      Object.assign(engine.metadata, { name: 'openvino' })
      engine.spec.template.metadata.labels['app.kubernetes.io/name'] = 'openvino'
      all.push(engine, {
        ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
        metadata: { name: 'openvino-from-all', namespace: 'codeant' },
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'openvino' } },
          policyTypes: ['Ingress'],
          ingress: [{ ports: [{ port: 'http' }] }],
        },
      })
    },
  },
  {
    name: 'an engine is asked with a key that both take from the same secret, where it knows one',
    check: all =>
      ['CHAT', 'INFERENCE'].flatMap(kind => {
        const gateway = find(all, 'Deployment')
        const { env, volumeMounts } = gatewayContainer(all)
        const settingOf = (name: string) =>
          env.find((it: Container) => it.name === `CODEANT_GATEWAY_${kind}_${name}`)?.value
        const url = settingOf('URL')
        // OpenVINO's server knows no keys: the network holds it.
        if (!url || new URL(url).hostname === 'openvino') return []
        const mount = volumeMounts.find((it: Container) => `${it.mountPath}/key` === settingOf('KEY_FILE'))
        const shown = podOf(gateway).volumes.find((it: Container) => it.name === mount?.name)?.secret
          ?.secretName
        const engine = find(all, 'Deployment', new URL(url).hostname)
        const [, asked] =
          /"secret(?:Name":"|KeyRef":\{"key":"key","name":")(\w+)"/.exec(JSON.stringify(podOf(engine))) ?? []
        const said = JSON.stringify(podOf(engine).containers[0])
        const isUsed =
          /VLLM_API_KEY|--api-key-file|inference,[\w,-]+:authorization=Bearer \$\(INFERENCE_KEY\)/.test(said)
        return shown && asked === shown && isUsed ? [] : [`${nameOf(engine)}: whoever reaches it may ask it`]
      }),
    breakIt: all => {
      podOf(find(all, 'Deployment', 'triton')).containers[0].env[0].valueFrom.secretKeyRef.name = 'other'
    },
  },
  {
    name: 'the gateway asks engines that are there',
    check: all => {
      const services = new Map(ofKind(all, 'Service').map(it => [it.metadata.name, it]))
      return workloads(all)
        .flatMap(containersOf)
        .flatMap(({ env = [] }) => env)
        .filter((it: Container) => /^CODEANT_GATEWAY_(?:CHAT|INFERENCE)_URL$/.test(it.name))
        .flatMap(({ value }: Container) => {
          const { hostname, port } = new URL(value)
          const ports = services.get(hostname)?.spec.ports.map((it: Container) => String(it.port)) ?? []
          return ports.includes(port) ? [] : [`nothing answers at ${value}`]
        })
    },
    breakIt: all => {
      const [port] = find(all, 'Service', 'vllm').spec.ports
      port.port = 8001
    },
  },
]

/** What answers the gateway's questions: it has models or weights. */
function engines(all: readonly Manifest[]): readonly Manifest[] {
  return ofKind(all, 'Deployment').filter(it =>
    (podOf(it).volumes ?? []).some((volume: Container) => ['models', 'weights'].includes(volume.name)),
  )
}
