/** A container without the walls that make it one: what breaks into it is on the host. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { composeOf } from '../support/infrastructure/compose.ts'
import {
  isAgentOfPod,
  isAgentOfService,
  isExplained,
  isNamedForIt,
  needsEveryRight,
  onlyPreparesHost,
} from '../support/infrastructure/host-agents.ts'
import { manifestsOf } from '../support/infrastructure/kubernetes.ts'
import { isExamplePath } from '../support/test-code.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/container-privileged',
  severity: 'warning',
  languages: ['yaml'],
  cwe: [250],
  concept: 'containers',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: ['privileged', 'cap_add', 'capabilities'],

  check: {
    *Text(file) {
      if (isExamplePath(file.path)) return
      const isSpoken = (it: { readonly name: string | undefined; readonly view: YamlView }) =>
        !needsEveryRight(it.view) && !isNamedForIt(file.path, it)
      for (const it of composeOf(file)?.services ?? []) {
        if (isAgentOfService(it.view) || !isSpoken(it)) continue
        yield* taken(file.text, it.view.get('privileged'), it.view.get('cap_add')?.items ?? [])
      }
      for (const { kind, pod } of manifestsOf(file)) {
        // What runs once on every machine is there to look after it.
        if (!pod || kind === 'DaemonSet' || isAgentOfPod(pod)) continue
        for (const it of pod.containers) {
          if (!isSpoken(it) || onlyPreparesHost(it)) continue
          const context = it.view.get('securityContext')
          yield* taken(
            file.text,
            context?.get('privileged'),
            context?.get('capabilities', 'add')?.items ?? [],
          )
        }
      }
    },
  },

  explain: {
    en: ({ what }) => ({
      message: what
        ? `With \`${what}\` this container may do nearly everything on its host`
        : 'This container may do everything on its host',
      why: 'Whoever breaks into the program is on the machine below it at once, with the disks, the network and all other containers.',
      remedy: 'Give it the one device or the one capability that it fails without: `devices`, `NET_ADMIN`.',
    }),
    es: ({ what }) => ({
      message: what
        ? `Con \`${what}\` este contenedor puede hacer casi de todo en su anfitrión`
        : 'Este contenedor puede hacer de todo en su anfitrión',
      why: 'Quien se cuele en el programa está al momento en la máquina que hay debajo, con sus discos, su red y todos los demás contenedores.',
      remedy: 'Dale el único dispositivo o la única capacidad sin la que falla: `devices`, `NET_ADMIN`.',
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
              privileged: «true»
            tap:
              image: tap:1.0
              cap_add: [NET_ADMIN, «ALL»]
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
                securityContext: { privileged: «true» }
        `,
      ),
    ],
    valid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop: { image: "shop:1.4", privileged: false, cap_add: [NET_BIND_SERVICE] }
        `,
      ),
      yaml`
        services:
          shop: { privileged: true }
      `,
      // It runs containers of its own, loads a module into the kernel, or says why.
      at(
        'compose.yml',
        yaml`
          services:
            builds: { image: "docker:28-dind", privileged: true }
            database: { image: "icr.io/db2_community/db2:12.1.4.0", privileged: true }
            tunnel:
              image: tunnel:1.4
              cap_add: [NET_ADMIN, SYS_MODULE]
              volumes: ["/lib/modules:/lib/modules"]
            disks:
              image: disks:1.4
              privileged: true # Mounts what people plug in, which needs every right.
        `,
      ),
      // One command before the start, and a pod that shows what a policy refuses.
      at(
        'deploy/search.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: search }
          spec:
            initContainers:
              - name: kernel
                image: busybox:1.37
                command: [sysctl, -w, vm.max_map_count=262144]
                securityContext: { privileged: true }
            containers: [{ name: search, image: "search:1.4" }]
        `,
      ),
      at(
        'policy/pod-privileged.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec:
            containers: [{ name: shop, image: "shop:1.4", securityContext: { privileged: true } }]
        `,
      ),
    ],
  },
})

const EVERYTHING = /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE)$/i

function* taken(text: string, privileged: YamlView | undefined, capabilities: readonly YamlView[]) {
  const found: { at: Range; data: { what: string } }[] = []
  if (privileged?.scalar === true) found.push({ at: privileged, data: { what: '' } })
  for (const it of capabilities)
    if (EVERYTHING.test(it.text ?? '')) found.push({ at: it, data: { what: it.text! } })
  yield* found.filter(it => !isExplained(text, it.at))
}
