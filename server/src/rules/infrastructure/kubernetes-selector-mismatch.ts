/** A workload that looks for pods with other labels than those it makes: the cluster refuses it. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isFilledIn, KUBERNETES_NEEDLES, manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-selector-mismatch',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      for (const { kind, view, pod } of manifestsOf(file)) {
        if (!pod?.isWhole || kind === 'Job' || kind === 'CronJob' || kind === 'Pod') continue
        const labels = pod.metadata?.get('labels')
        const wanted =
          kind === 'ReplicationController'
            ? view.get('spec', 'selector')
            : view.get('spec', 'selector', 'matchLabels')
        for (const { key, at, value } of wanted?.entries ?? []) {
          const label = labels?.get(key)
          if (value.text === undefined || isFilledIn(value.text) || isFilledIn(label?.text ?? '')) continue
          if (label?.text === value.text) continue
          yield {
            at: { start: at.start, end: value.end },
            data: { key, wanted: value.text, actual: label?.text ?? '' },
            related: label ? [label] : labels ? [labels] : [],
          }
        }
      }
    },
  },

  explain: {
    en: ({ key, wanted, actual }) => ({
      message: actual
        ? `The pods have \`${key}: ${actual}\`, and this looks for \`${wanted}\``
        : `The pods of this template have no label \`${key}\``,
      why: 'A workload has to find the pods that it makes. The cluster refuses one that would not: nothing of it is rolled out.',
      remedy: 'Write the same labels in `selector` and in the template.',
      places: ['The labels of the pods'],
    }),
    es: ({ key, wanted, actual }) => ({
      message: actual
        ? `Los pods tienen \`${key}: ${actual}\` y aquí se busca \`${wanted}\``
        : `Los pods de esta plantilla no tienen la etiqueta \`${key}\``,
      why: 'Una carga de trabajo tiene que encontrar los pods que crea. El clúster rechaza la que no lo haría: no se despliega nada de ella.',
      remedy: 'Escribe las mismas etiquetas en `selector` y en la plantilla.',
      places: ['Las etiquetas de los pods'],
    }),
  },

  examples: {
    invalid: [
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop }
          spec:
            selector:
              matchLabels:
                «app: shop»
            template:
              metadata: { labels: { app: store } }
              spec: { containers: [{ name: shop, image: "shop:1.4" }] }
        `,
      ),
      at(
        'deploy/db.yaml',
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: db }
          spec:
            selector: { matchLabels: { app: db, «tier: data» } }
            template:
              metadata: { labels: { app: db } }
              spec: { containers: [{ name: db, image: "db:1.4" }] }
        `,
      ),
    ],
    valid: [
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop, labels: { app: other } }
          spec:
            selector: { matchLabels: { app: shop } }
            template:
              metadata: { labels: { app: shop, version: "1.4" } }
              spec: { containers: [{ name: shop, image: "shop:1.4" }] }
        `,
      ),
      // A patch: the labels stand elsewhere.
      at(
        'deploy/patch.yaml',
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop }
          spec:
            selector: { matchLabels: { app: shop } }
            template:
              spec: { containers: [{ name: shop, env: [] }] }
        `,
      ),
    ],
  },
})
