/** A container mounts a volume that its pod does not have: the cluster refuses it. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isFilledIn, manifestsOf } from '../support/infrastructure/kubernetes.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-unknown-volume',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['volumeMounts'],

  check: {
    *Text(file) {
      for (const { view, pod } of manifestsOf(file)) {
        if (!pod?.isWhole) continue
        const claims = view.get('spec', 'volumeClaimTemplates')?.items ?? []
        const known = [
          ...(pod.spec.get('volumes')?.items ?? []).map(it => it.get('name')?.text ?? ''),
          ...claims.map(it => it.get('metadata', 'name')?.text ?? ''),
        ]
        if (known.some(isFilledIn)) continue
        for (const container of pod.containers)
          for (const mount of container.view.get('volumeMounts')?.items ?? []) {
            const at = mount.get('name')
            const name = at?.text
            if (!at || name === undefined || known.includes(name) || isFilledIn(name)) continue
            const meant = nearestName(name, known) ?? ''
            const { start, end } = at
            yield {
              at,
              data: { name, meant },
              ...(meant && { fix: { safety: 'unsafe', edits: () => [{ start, end, newText: meant }] } }),
            }
          }
      }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `This pod has no volume \`${name}\``,
      why: 'The cluster refuses a pod with a mount of a volume that it does not have.',
      remedy: meant
        ? `Name \`${meant}\`, or add the volume to the pod.`
        : 'Add the volume to the pod, or delete the mount.',
      ...(meant && { fix: `Name \`${meant}\`` }),
    }),
    es: ({ name, meant }) => ({
      message: `Este pod no tiene el volumen \`${name}\``,
      why: 'El clúster rechaza un pod que monta un volumen que no tiene.',
      remedy: meant
        ? `Nombra \`${meant}\` o añade el volumen al pod.`
        : 'Añade el volumen al pod o borra el montaje.',
      ...(meant && { fix: `Nombrar \`${meant}\`` }),
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
                  volumeMounts: [{ name: «conifg», mountPath: /etc/shop }]
              volumes: [{ name: config, configMap: { name: shop } }]
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
                  volumeMounts: [{ name: config, mountPath: /etc/shop }]
              volumes: [{ name: config, configMap: { name: shop } }]
          `,
        ),
      ),
      at(
        'deploy/job.yaml',
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata: { name: job }
          spec:
            template:
              spec:
                restartPolicy: Never
                initContainers: [{ name: a, image: "a:1", volumeMounts: [{ name: «data», mountPath: /a }] }]
                containers: [{ name: b, image: "b:1" }]
        `,
      ),
    ],
    valid: [
      at(
        'deploy/db.yaml',
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: db }
          spec:
            selector: { matchLabels: { app: db } }
            template:
              metadata: { labels: { app: db } }
              spec:
                containers: [{ name: db, image: "db:1", volumeMounts: [{ name: data, mountPath: /data }] }]
            volumeClaimTemplates: [{ metadata: { name: data } }]
        `,
      ),
      // A patch adds a mount to a pod of another file.
      at(
        'deploy/patch.yaml',
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop }
          spec:
            template:
              spec:
                containers: [{ name: shop, volumeMounts: [{ name: config, mountPath: /etc/shop }] }]
        `,
      ),
    ],
  },
})
