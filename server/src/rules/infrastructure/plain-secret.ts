/** A secret that stands in the settings of a container, readable by everybody who can read the file. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { composeOf } from '../support/infrastructure/compose.ts'
import { manifestsOf } from '../support/infrastructure/kubernetes.ts'
import { isRealSecret } from '../support/infrastructure/secrets.ts'
import { isExamplePath } from '../support/test-code.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/plain-secret',
  severity: 'warning',
  languages: ['yaml'],
  cwe: [798, 312],
  concept: 'secrets',
  impact: { likelihood: 'medium', cost: 'weeks' },
  // Most of them are for a developer's own machine or for tests, which nothing here tells.
  enabled: false,
  needles: ['env:', 'environment:'],

  check: {
    *Text(file) {
      if (isExamplePath(file.path) || /(?:^|[/._-])(?:ci|e2e|dev|local|test)[/._-]/.test(file.path)) return
      const named: (readonly [name: string, value: YamlView | undefined])[] = []
      for (const { view } of composeOf(file)?.services ?? []) {
        const environment = view.get('environment')
        for (const { key, value } of environment?.entries ?? []) named.push([key, value])
        for (const it of environment?.items ?? [])
          named.push([/^\w+(?==)/.exec(it.text ?? '')?.[0] ?? '', it])
      }
      for (const { pod } of manifestsOf(file))
        for (const { view } of pod?.containers ?? [])
          for (const it of view.get('env')?.items ?? [])
            named.push([it.get('name')?.text ?? '', it.get('value')])
      // What an anchor brings to several services stands in one place.
      const told = new Set<number>()
      for (const [name, value] of named) {
        const text = value?.text?.startsWith(`${name}=`) ? value.text.slice(name.length + 1) : value?.text
        if (!value || text === undefined || told.has(value.start) || !isRealSecret(name, text)) continue
        told.add(value.start)
        yield { at: value, data: { name } }
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `The value of \`${name}\` stands here for everybody to read`,
      why: 'Whoever can read the repository has it, and the history keeps it after it is deleted here. It cannot be changed either without changing this file.',
      remedy:
        'Replace the secret where it was issued, and take the new one from a secret store, an `.env` file that is not committed, or a `Secret`.',
    }),
    es: ({ name }) => ({
      message: `El valor de \`${name}\` está aquí a la vista de todos`,
      why: 'Quien pueda leer el repositorio lo tiene, y el historial lo conserva aunque se borre aquí. Además no se puede cambiar sin cambiar este archivo.',
      remedy:
        'Cambia el secreto donde se emitió y toma el nuevo de un almacén de secretos, de un archivo `.env` fuera del repositorio o de un `Secret`.',
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
              environment:
                DB_PASSWORD: «tr0ub4dor&3»
            other:
              image: shop:1.4
              environment:
                - «API_KEY=k7Qm2vXw9LpR4tZs8BnY»
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
                env: [{ name: SESSION_SECRET, value: «9f86d081884c7d659a2f» }]
        `,
      ),
    ],
    valid: [
      at(
        'compose.yml',
        yaml`
          services:
            db:
              image: postgres:17
              environment:
                POSTGRES_PASSWORD: \${DB_PASSWORD:?}
                OTHER_PASSWORD: postgres
                API_KEY_FILE: /run/secrets/key1
        `,
      ),
      yaml`
        environment:
          DB_PASSWORD: tr0ub4dor&3
      `,
    ],
  },
})
