/** A container without the walls that make it one: what breaks into it is on the host. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { composeOf } from '../support/infrastructure/compose.ts'
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
      for (const { view } of composeOf(file)?.services ?? [])
        yield* taken(view.get('privileged'), view.get('cap_add')?.items ?? [])
      // What runs once on every machine is there to look after it.
      for (const { kind, pod } of manifestsOf(file))
        for (const { view } of kind === 'DaemonSet' ? [] : (pod?.containers ?? [])) {
          const context = view.get('securityContext')
          yield* taken(context?.get('privileged'), context?.get('capabilities', 'add')?.items ?? [])
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
    ],
  },
})

const EVERYTHING = /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE)$/i

function* taken(privileged: YamlView | undefined, capabilities: readonly YamlView[]) {
  const found: { at: Range; data: { what: string } }[] = []
  if (privileged?.scalar === true) found.push({ at: privileged, data: { what: '' } })
  for (const it of capabilities)
    if (EVERYTHING.test(it.text ?? '')) found.push({ at: it, data: { what: it.text! } })
  yield* found
}
