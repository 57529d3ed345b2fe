/** A probe or a service speaks of a port by a name that no container has. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import {
  isFilledIn,
  KUBERNETES_NEEDLES,
  type Manifest,
  manifestsOf,
} from '../support/infrastructure/kubernetes.ts'
import { nearestName } from '../support/nearest-name.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-unknown-port',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      const manifests = manifestsOf(file)
      const uses = manifests.flatMap(it =>
        it.kind === 'Service' ? portsOfService(it, manifests) : portsOfProbes(it),
      )
      for (const { port, known, where } of uses) {
        const name = port.text ?? ''
        if (/^\d*$/.test(name) || isFilledIn(name) || known.includes(name) || known.some(isFilledIn)) continue
        const meant = nearestName(name, known) ?? (known.length === 1 ? known[0]! : '')
        const { start, end } = port
        yield {
          at: port,
          data: { name, meant, where },
          ...(meant && { fix: { safety: 'unsafe', edits: () => [{ start, end, newText: meant }] } }),
        }
      }
    },
  },

  explain: {
    en: ({ name, meant, where }) => ({
      message:
        where === 'probe'
          ? `This container has no port called \`${name}\``
          : `The pods of this service have no port called \`${name}\``,
      why:
        where === 'probe'
          ? 'The probe fails every time: the container is restarted again and again, or never receives a request.'
          : 'The service leads nowhere: every request to it is refused.',
      remedy: meant
        ? `Name \`${meant}\`, or name the port of the container so.`
        : 'Name a port of the container, or write its number.',
      ...(meant && { fix: `Name \`${meant}\`` }),
    }),
    es: ({ name, meant, where }) => ({
      message:
        where === 'probe'
          ? `Este contenedor no tiene ningún puerto llamado \`${name}\``
          : `Los pods de este servicio no tienen ningún puerto llamado \`${name}\``,
      why:
        where === 'probe'
          ? 'La comprobación falla siempre: el contenedor se reinicia una y otra vez, o no recibe jamás una petición.'
          : 'El servicio no lleva a ninguna parte: se rechazan todas sus peticiones.',
      remedy: meant
        ? `Nombra \`${meant}\` o llama así al puerto del contenedor.`
        : 'Nombra un puerto del contenedor o escribe su número.',
      ...(meant && { fix: `Nombrar \`${meant}\`` }),
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'deploy/shop.yaml',
          yaml`
            apiVersion: v1
            kind: Pod
            metadata: { name: shop }
            spec:
              containers:
                - name: shop
                  image: shop:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  livenessProbe: { httpGet: { path: /, port: «htpp» } }
          `,
        ),
        at(
          'deploy/shop.yaml',
          yaml`
            apiVersion: v1
            kind: Pod
            metadata: { name: shop }
            spec:
              containers:
                - name: shop
                  image: shop:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  livenessProbe: { httpGet: { path: /, port: http } }
          `,
        ),
      ),
      at(
        'deploy/both.yaml',
        yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: shop }
          spec:
            selector: { app: shop }
            ports: [{ port: 80, targetPort: «web» }]
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop }
          spec:
            selector: { matchLabels: { app: shop } }
            template:
              metadata: { labels: { app: shop } }
              spec:
                containers:
                  - { name: shop, image: "shop:1.4", ports: [{ name: http, containerPort: 80 }, { name: metrics, containerPort: 9090 }] }
        `,
      ),
    ],
    valid: [
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec:
            containers:
              - name: shop
                image: shop:1.4
                ports: [{ name: http, containerPort: 8080 }]
                livenessProbe: { httpGet: { path: /, port: http } }
                readinessProbe: { tcpSocket: { port: 9000 } }
        `,
      ),
      // Its pods stand in another file.
      at(
        'deploy/service.yaml',
        yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: shop }
          spec:
            selector: { app: shop }
            ports: [{ port: 80, targetPort: web }]
        `,
      ),
    ],
  },
})

interface PortUse {
  readonly port: YamlView
  readonly known: readonly string[]
  readonly where: 'probe' | 'service'
}

function portsOfProbes({ pod }: Manifest): readonly PortUse[] {
  if (!pod?.isWhole) return []
  return pod.containers.flatMap(({ view }) =>
    ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe =>
      ['httpGet', 'tcpSocket'].flatMap((kind): PortUse[] => {
        const port = view.get(probe, kind, 'port')
        return port ? [{ port, known: portNames(view), where: 'probe' }] : []
      }),
    ),
  )
}

function portsOfService({ view, namespace }: Manifest, manifests: readonly Manifest[]): readonly PortUse[] {
  const selector = view.get('spec', 'selector')?.entries ?? []
  const pods = manifests.filter(
    it =>
      it.pod?.isWhole &&
      it.namespace === namespace &&
      selector.every(({ key, value }) => it.pod!.metadata?.get('labels', key)?.text === value.text),
  )
  if (selector.length === 0 || pods.length === 0) return []
  const known = pods.flatMap(it => it.pod!.containers.flatMap(container => portNames(container.view)))
  return (view.get('spec', 'ports')?.items ?? []).flatMap((it): PortUse[] => {
    const port = it.get('targetPort')
    return port ? [{ port, known, where: 'service' }] : []
  })
}

function portNames(container: YamlView): readonly string[] {
  return (container.get('ports')?.items ?? []).flatMap(it => it.get('name')?.text ?? [])
}
