/** A number or a truth value where Kubernetes takes nothing but a text: it refuses the object. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { KUBERNETES_NEEDLES, manifestsOf } from '../support/infrastructure/kubernetes.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-value-not-text',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      for (const { kind, view, pod } of manifestsOf(file)) {
        const values: (readonly [name: string, value: YamlView])[] = []
        for (const it of pod?.containers ?? [])
          for (const variable of it.view.get('env')?.items ?? []) {
            const value = variable.get('value')
            if (value) values.push([variable.get('name')?.text ?? '', value])
          }
        for (const metadata of [view.get('metadata'), pod?.metadata])
          for (const key of ['labels', 'annotations'])
            for (const it of metadata?.get(key)?.entries ?? []) values.push([it.key, it.value])
        if (kind === 'ConfigMap')
          for (const it of view.get('data')?.entries ?? []) values.push([it.key, it.value])
        for (const [name, value] of values) {
          if (!isNoText(value)) continue
          const { start, end } = value
          const quoted = `"${file.text.slice(start, end)}"`
          yield {
            at: { start, end },
            data: { name, value: value.text! },
            fix: { safety: 'safe', edits: () => [{ start, end, newText: quoted }] },
          }
        }
      }
    },
  },

  explain: {
    en: ({ name, value }) => ({
      message: `\`${value}\` is no text, and \`${name}\` takes nothing else`,
      why: 'Without quotes YAML reads a number or a truth value here. Kubernetes does not turn it into a text but refuses the whole object.',
      remedy: 'Put the value into quotes.',
      fix: 'Put the value into quotes',
    }),
    es: ({ name, value }) => ({
      message: `\`${value}\` no es un texto, y \`${name}\` no admite otra cosa`,
      why: 'Sin comillas, YAML lee aquí un número o un valor lógico. Kubernetes no lo convierte en texto, sino que rechaza el objeto entero.',
      remedy: 'Pon el valor entre comillas.',
      fix: 'Poner el valor entre comillas',
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
                  env:
                    - name: PORT
                      value: «8080»
                    - { name: DEBUG, value: «no» }
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
                  env:
                    - name: PORT
                      value: "8080"
                    - { name: DEBUG, value: "no" }
          `,
        ),
      ),
      fixes(
        at(
          'deploy/settings.yaml',
          yaml`
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: shop, labels: { version: «1.4» } }
            data:
              RETRIES: «3»
          `,
        ),
        at(
          'deploy/settings.yaml',
          yaml`
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: shop, labels: { version: "1.4" } }
            data:
              RETRIES: "3"
          `,
        ),
      ),
    ],
    valid: [
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop, labels: { version: v1.4, commit: 1.4.2 } }
          spec:
            containers:
              - name: shop
                image: shop:1.4
                ports: [{ containerPort: 8080 }]
                env: [{ name: PORT, value: "8080" }, { name: EMPTY, value: }]
        `,
      ),
      // Another program reads these.
      at(
        'deploy/values.yaml',
        yaml`
          apiVersion: shop.example.com/v1
          kind: Shop
          spec:
            env: [{ name: PORT, value: 8080 }]
        `,
      ),
    ],
  },
})

/** As the cluster's reader sees it, to which `yes` and `on` are truth values too. */
function isNoText(value: YamlView): boolean {
  if (!value.isPlain) return false
  const { scalar } = value
  return (
    typeof scalar === 'number' ||
    typeof scalar === 'boolean' ||
    /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(String(scalar))
  )
}
