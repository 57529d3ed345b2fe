/** A container that may take all the memory of its machine. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { KUBERNETES_NEEDLES, manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-missing-limits',
  severity: 'hint',
  languages: ['yaml'],
  cwe: [770],
  concept: 'declared-state',
  impact: { likelihood: 'low', cost: 'hours' },
  // Limits may stand in a namespace, in a patch, or not be wanted.
  enabled: false,
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      for (const { pod } of manifestsOf(file))
        for (const { view, isInit } of pod?.isWhole ? pod.containers : [])
          if (!isInit && !view.get('resources', 'limits', 'memory'))
            yield { at: view.get('name') ?? view, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'Nothing limits how much memory this container may take',
      why: 'A leak in it then takes the memory of its neighbours: the machine ends programs that have done nothing wrong.',
      remedy: 'Write `resources.limits.memory`, a good deal above what it needs on a busy day.',
    }),
    es: () => ({
      message: 'Nada limita la memoria que puede tomar este contenedor',
      why: 'Si tiene una fuga, se queda con la memoria de sus vecinos: la máquina termina programas que no han hecho nada malo.',
      remedy:
        'Escribe `resources.limits.memory`, bastante por encima de lo que necesita en un día de mucho trabajo.',
    }),
  },

  examples: {
    invalid: [
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec: { containers: [{ name: «shop», image: "shop:1.4" }] }
        `,
      ),
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec: { containers: [{ name: «shop», image: "shop:1.4", resources: { requests: { memory: 1Gi } } }] }
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
          spec: { containers: [{ name: shop, image: "shop:1.4", resources: { limits: { memory: 1Gi } } }] }
        `,
      ),
      yaml`containers: [{ name: shop }]`,
    ],
  },
})
