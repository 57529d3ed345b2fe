/** A role that may do everything with everything. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-wildcard-role',
  severity: 'warning',
  languages: ['yaml'],
  cwe: [250, 732],
  concept: 'cloud-permissions',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: ['Role'],

  check: {
    *Text(file) {
      for (const { kind, view } of manifestsOf(file)) {
        if (kind === 'Role' || kind === 'ClusterRole')
          for (const rule of view.get('rules')?.items ?? [])
            if (
              ['apiGroups', 'resources', 'verbs'].every(key =>
                rule.get(key)?.items.some(it => it.text === '*'),
              )
            )
              yield { at: rule.get('verbs')!, data: { to: '' } }
        if (kind !== 'ClusterRoleBinding' && kind !== 'RoleBinding') continue
        for (const it of view.get('subjects')?.items ?? []) {
          const name = it.get('name')
          if (name?.text && EVERYBODY.test(name.text) && GREAT.test(view.get('roleRef', 'name')?.text ?? ''))
            yield { at: name, data: { to: name.text } }
        }
      }
    },
  },

  explain: {
    en: ({ to }) => ({
      message: to
        ? `\`${to}\` is everybody, and may change what runs here`
        : 'Who has this role may do everything',
      why: 'One program with this role that is broken into is the whole cluster: its secrets, its machines, everything that runs on it.',
      remedy:
        'Name the groups, the resources and the verbs that are needed; the log of the interface tells which.',
    }),
    es: ({ to }) => ({
      message: to
        ? `\`${to}\` es todo el mundo, y puede cambiar lo que se ejecuta aquí`
        : 'Quien tenga este rol puede hacerlo todo',
      why: 'Basta que alguien se cuele en un programa con este rol para tener el clúster entero: sus secretos, sus máquinas y todo lo que se ejecuta en él.',
      remedy:
        'Nombra los grupos, los recursos y los verbos que hagan falta; el registro de la interfaz dice cuáles.',
    }),
  },

  examples: {
    invalid: [
      at(
        'deploy/role.yaml',
        yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: deployer }
          rules:
            - { apiGroups: ["*"], resources: ["*"], verbs: «["*"]» }
        `,
      ),
      at(
        'deploy/binding.yaml',
        yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: all }
          subjects: [{ kind: Group, name: «system:unauthenticated» }]
          roleRef: { kind: ClusterRole, name: cluster-admin }
        `,
      ),
    ],
    valid: [
      at(
        'deploy/role.yaml',
        yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: reader }
          rules:
            - { apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch] }
        `,
      ),
      yaml`
        rules:
          - { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }
      `,
    ],
  },
})

const EVERYBODY = /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/
const GREAT = /^(?:cluster-admin|admin|edit)$/
