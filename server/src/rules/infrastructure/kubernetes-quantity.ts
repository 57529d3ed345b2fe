/** An amount of memory or of processors that cannot be meant, or that is more than the limit beside it. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { amountOf } from '../support/infrastructure/amounts.ts'
import { KUBERNETES_NEEDLES, manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-quantity',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      for (const { pod } of manifestsOf(file))
        for (const { view } of pod?.containers ?? []) {
          const [requests, limits] = [view.get('resources', 'requests'), view.get('resources', 'limits')]
          for (const { key, value } of [...(requests?.entries ?? []), ...(limits?.entries ?? [])]) {
            const text = value.text ?? ''
            const isSlip =
              key === 'memory' || key === 'ephemeral-storage'
                ? /^\d+m$/.test(text)
                : key === 'cpu' && /^\d+(?:[KMGT]i?|k)$/.test(text)
            if (isSlip) yield { at: value, data: { text, limit: '', key } }
          }
          for (const { key, value } of requests?.entries ?? []) {
            const limit = limits?.get(key)
            const [wanted, most] = [amountOf(value.text), amountOf(limit?.text)]
            if (limit && wanted !== undefined && most !== undefined && wanted > most)
              yield { at: value, data: { text: value.text!, limit: limit.text!, key }, related: [limit] }
          }
        }
    },
  },

  explain: {
    en: ({ text, limit, key }) => ({
      message: limit
        ? `This asks for ${text}, and the limit is ${limit}`
        : key === 'cpu'
          ? `\`${text}\` processors are not what is meant`
          : `\`${text}\` is less than a byte: \`m\` stands for thousandths`,
      why: limit
        ? 'The cluster refuses a container that asks for more than it may have.'
        : 'The cluster takes it as it stands: the container is stopped at once for want of memory, or waits for ever for a machine with so many processors.',
      remedy: limit
        ? 'Raise the limit, or ask for less.'
        : 'Memory is counted in `Mi` and `Gi`, processors in `m`.',
      ...(limit && { places: ['The limit'] }),
    }),
    es: ({ text, limit, key }) => ({
      message: limit
        ? `Aquí se piden ${text} y el límite es ${limit}`
        : key === 'cpu'
          ? `\`${text}\` procesadores no es lo que se quiere decir`
          : `\`${text}\` es menos de un byte: \`m\` son milésimas`,
      why: limit
        ? 'El clúster rechaza un contenedor que pide más de lo que puede tener.'
        : 'El clúster lo toma tal cual: el contenedor se detiene al momento por falta de memoria, o espera para siempre una máquina con tantos procesadores.',
      remedy: limit
        ? 'Sube el límite o pide menos.'
        : 'La memoria se cuenta en `Mi` y `Gi`; los procesadores, en `m`.',
      ...(limit && { places: ['El límite'] }),
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
          spec:
            containers:
              - name: shop
                image: shop:1.4
                resources:
                  requests: { cpu: «750m», memory: «512m» }
                  limits: { cpu: "0.5", memory: 1Gi }
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
                resources:
                  limits: { cpu: «500Mi» }
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
                resources:
                  requests: { cpu: 500m, memory: 1024Mi }
                  limits: { cpu: 1, memory: 1Gi }
        `,
      ),
      yaml`
        resources:
          requests: { memory: 512m }
      `,
    ],
  },
})
