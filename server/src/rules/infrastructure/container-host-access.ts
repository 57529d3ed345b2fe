/** A container that sees the host's disk, its processes, or the program that starts all containers. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { type Compose, composeOf } from '../support/infrastructure/compose.ts'
import {
  isAgentOfPod,
  isAgentOfService,
  isExplained,
  managesContainers,
} from '../support/infrastructure/host-agents.ts'
import { type Manifest, manifestsOf } from '../support/infrastructure/kubernetes.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'infrastructure/container-host-access',
  severity: 'info',
  languages: ['yaml'],
  cwe: [250, 668],
  concept: 'containers',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: ['docker.sock', 'hostPath', 'hostPID', 'volumes:', 'pid:'],

  check: {
    *Text(file) {
      if (isExamplePath(file.path)) return
      const compose = composeOf(file)
      const manifests = manifestsOf(file).flatMap(it => ofManifest(it, file.text))
      for (const { at, what } of [...(compose ? ofCompose(compose, file.text) : []), ...manifests])
        if (!isExplained(file.text, at)) yield { at, data: { what } }
    },
  },

  explain: {
    en: ({ what }) => ({
      message: ENGLISH[what as What],
      why: 'Whoever breaks into this container gets from there to the host: by a new container with all rights, by its files, or by its processes.',
      remedy:
        what === 'socket'
          ? 'Put a proxy between them that lets through only what is needed.'
          : 'Share the one folder, or the one thing, that is needed.',
    }),
    es: ({ what }) => ({
      message: SPANISH[what as What],
      why: 'Quien se cuele en este contenedor llega desde él al anfitrión: con un contenedor nuevo con todos los permisos, por sus archivos o por sus procesos.',
      remedy:
        what === 'socket'
          ? 'Pon entre ambos un proxy que deje pasar solo lo necesario.'
          : 'Comparte solo la carpeta, o la cosa, que haga falta.',
    }),
  },

  examples: {
    invalid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop:
              image: shop:1.4
              volumes:
                - «/var/run/docker.sock:/var/run/docker.sock»
                - «/:/host»
              pid: «host»
        `,
      ),
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec:
            hostPID: «true»
            containers: [{ name: shop, image: "shop:1.4" }]
            volumes:
              - { name: docker, hostPath: { path: «/var/run/docker.sock» } }
        `,
      ),
    ],
    valid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop:
              image: shop:1.4
              volumes: ["./data:/data", "/srv/shop:/srv", "/:/rootfs:ro"]
        `,
      ),
      yaml`
        volumes: ["/:/host"]
      `,
      // What they are for: to start containers, to lead requests to them, to watch the machine.
      at(
        'compose.yml',
        yaml`
          services:
            proxy:
              image: traefik:3.2
              volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
            builder:
              image: builder:1.4
              command: --engine unix:///var/run/docker.sock
              volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
            profiler:
              image: profiler:1.4
              pid: host
              volumes:
                - /sys/kernel/tracing:/sys/kernel/tracing
                - /var/run/docker.sock:/var/run/docker.sock
            functions:
              image: functions:1.4
              volumes:
                # Each function runs in a container of its own.
                - /var/run/docker.sock:/var/run/docker.sock
        `,
      ),
      at(
        'deploy/watch.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: watch }
          spec:
            hostPID: true
            containers: [{ name: watch, image: "watch:1.4" }]
            volumes:
              - { name: processes, hostPath: { path: /proc } }
              - { name: docker, hostPath: { path: /var/run/docker.sock } }
        `,
      ),
    ],
  },
})

type What = 'socket' | 'disk' | 'processes'

const ENGLISH: Readonly<Record<What, string>> = {
  socket: 'This container may start others with all rights',
  disk: 'This container may change the files of its host',
  processes: 'This container shares the processes of its host',
}

const SPANISH: Readonly<Record<What, string>> = {
  socket: 'Este contenedor puede iniciar otros con todos los permisos',
  disk: 'Este contenedor puede cambiar los archivos de su anfitrión',
  processes: 'Este contenedor comparte los procesos de su anfitrión',
}

interface Access {
  readonly at: Range
  readonly what: What
}

function whatOf(path: string): What | undefined {
  if (/(?:^|\/)(?:docker|containerd|crio|podman)\.sock$/.test(path)) return 'socket'
  return /^\/(?:etc|root|boot|var\/lib\/(?:docker|kubelet|containerd))?\/?$/.test(path) ? 'disk' : undefined
}

function* ofCompose({ services }: Compose, text: string): Generator<Access> {
  for (const { view } of services) {
    if (isAgentOfService(view)) continue
    const mayStartOthers = managesContainers(view, text)
    for (const it of view.get('volumes')?.items ?? []) {
      const [source, , mode] = it.text === undefined ? [it.get('source')?.text] : it.text.split(':')
      const what = source === undefined ? undefined : whatOf(source)
      const isRead = mode?.includes('ro') || it.get('read_only')?.scalar === true
      if (what === undefined || (what === 'socket' ? mayStartOthers : isRead)) continue
      yield { at: it.get('source') ?? it, what }
    }
    const shared = view.get('pid')
    if (shared?.text === 'host') yield { at: shared, what: 'processes' }
  }
}

function ofManifest({ pod, kind }: Manifest, text: string): readonly Access[] {
  // What runs once on every machine is there to look after it.
  if (!pod || kind === 'DaemonSet' || isAgentOfPod(pod)) return []
  const mayStartOthers = pod.containers.some(it => managesContainers(it.view, text))
  const found: Access[] = []
  const shared = pod.spec.get('hostPID')
  if (shared?.scalar === true) found.push({ at: shared, what: 'processes' })
  for (const volume of pod.spec.get('volumes')?.items ?? []) {
    const path = volume.get('hostPath', 'path')
    const what = path?.text === undefined ? undefined : whatOf(path.text)
    const name = volume.get('name')?.text
    const mounts = pod.containers
      .flatMap(it => it.view.get('volumeMounts')?.items ?? [])
      .filter(it => it.get('name')?.text === name)
    const isRead = mounts.length > 0 && mounts.every(it => it.get('readOnly')?.scalar === true)
    if (path && what && !(what === 'socket' ? mayStartOthers : isRead)) found.push({ at: path, what })
  }
  return found
}
