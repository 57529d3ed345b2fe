/** Two things of one name where there can be one: the second replaces the first, or the cluster refuses both. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { isFilledIn, KUBERNETES_NEEDLES, manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-duplicate',
  severity: 'warning',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      const objects: Named[] = []
      for (const { apiVersion, kind, name, namespace, view, pod } of manifestsOf(file)) {
        const at = view.get('metadata', 'name')
        if (name && at)
          objects.push({ key: `${apiVersion} ${kind} ${namespace ?? ''} ${name}`, name, at, what: 'object' })
        const containers: Named[] = []
        for (const container of pod?.containers ?? []) {
          const place = container.view.get('name')
          if (container.name && place)
            containers.push({ key: container.name, name: container.name, at: place, what: 'container' })
          const variables = (container.view.get('env')?.items ?? []).flatMap((it): Named[] => {
            const name = it.get('name')
            return name?.text ? [{ key: name.text, name: name.text, at: name, what: 'variable' }] : []
          })
          yield* twice(variables)
        }
        yield* twice(containers)
      }
      yield* twice(objects)
    },
  },

  explain: {
    en: ({ what, name }) => ({
      message:
        what === 'object'
          ? `This file has another object of this kind called \`${name}\``
          : what === 'variable'
            ? `\`${name}\` is set twice for this container`
            : `This pod has another container called \`${name}\``,
      why:
        what === 'container'
          ? 'The cluster refuses a pod with two containers of one name.'
          : 'The later one replaces the other without a word: whoever changes the first wonders why nothing happens.',
      remedy: 'Delete one of the two, or give it its own name.',
      places: ['The first of this name'],
    }),
    es: ({ what, name }) => ({
      message:
        what === 'object'
          ? `Este archivo tiene otro objeto de este tipo llamado \`${name}\``
          : what === 'variable'
            ? `\`${name}\` se fija dos veces para este contenedor`
            : `Este pod tiene otro contenedor llamado \`${name}\``,
      why:
        what === 'container'
          ? 'El clúster rechaza un pod con dos contenedores del mismo nombre.'
          : 'El último sustituye al otro sin decir nada: quien cambie el primero no entenderá por qué no pasa nada.',
      remedy: 'Borra uno de los dos o dale un nombre propio.',
      places: ['El primero con este nombre'],
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
                env:
                  - { name: A, value: "1" }
                  - { name: «A», value: "2" }
              - { name: «shop», image: "log:1.0" }
        `,
      ),
      at(
        'deploy/services.yaml',
        yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: shop }
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: «shop» }
        `,
      ),
    ],
    valid: [
      at(
        'deploy/services.yaml',
        yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: shop, namespace: a }
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: shop, namespace: b }
          ---
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: shop, namespace: a }
        `,
      ),
      yaml`
        name: a
        ---
        name: a
      `,
    ],
  },
})

interface Named {
  readonly key: string
  readonly name: string
  readonly at: Range
  readonly what: 'object' | 'container' | 'variable'
}

function* twice(all: readonly Named[]) {
  const known = new Map<string, Range>()
  for (const { key, name, at, what } of all) {
    if (isFilledIn(key)) continue
    const first = known.get(key)
    if (first) yield { at, data: { what, name }, related: [first] }
    else known.set(key, at)
  }
}
