/** A version of the interface that Kubernetes no longer speaks: the object is refused. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-retired-api',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['beta'],

  check: {
    *Text(file) {
      for (const { apiVersion, kind, view } of manifestsOf(file)) {
        const retired = RETIRED.find(it => it.version === apiVersion && it.kinds.includes(kind))
        const at = view.get('apiVersion')
        if (!retired || !at) continue
        const { now, since, isSame } = retired
        const { start, end } = at
        yield {
          at,
          data: { apiVersion, kind, now, since },
          ...(isSame && { fix: { safety: 'safe', edits: () => [{ start, end, newText: now }] } }),
        }
      }
    },
  },

  explain: {
    en: ({ apiVersion, kind, now, since }) => ({
      message: `Kubernetes ${since} and later know no \`${kind}\` in \`${apiVersion}\``,
      why: 'Every version that is still maintained refuses this object. A cluster that was updated keeps running what it has, and the next deployment fails.',
      remedy: now
        ? `Write \`${now}\`; the guide for that version tells which fields have changed.`
        : 'It was given up without a successor of the same kind; the guide for that version names what takes its place.',
      fix: `Write \`${now}\``,
    }),
    es: ({ apiVersion, kind, now, since }) => ({
      message: `Desde Kubernetes ${since} no existe \`${kind}\` en \`${apiVersion}\``,
      why: 'Todas las versiones que aún se mantienen rechazan este objeto. Un clúster actualizado sigue ejecutando lo que tiene, y el siguiente despliegue falla.',
      remedy: now
        ? `Escribe \`${now}\`; la guía de esa versión dice qué campos han cambiado.`
        : 'Se retiró sin un sucesor del mismo tipo; la guía de esa versión dice qué lo sustituye.',
      fix: `Escribir \`${now}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'deploy/backup.yaml',
          yaml`
            apiVersion: «batch/v1beta1»
            kind: CronJob
            metadata: { name: backup }
          `,
        ),
        at(
          'deploy/backup.yaml',
          yaml`
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: backup }
          `,
        ),
      ),
      at(
        'deploy/ingress.yaml',
        yaml`
          apiVersion: «extensions/v1beta1»
          kind: Ingress
          metadata: { name: shop }
        `,
      ),
    ],
    valid: [
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop }
        `,
      ),
      // What others add to a cluster has versions of its own.
      at(
        'deploy/certificate.yaml',
        yaml`
          apiVersion: cert-manager.io/v1beta1
          kind: Certificate
          metadata: { name: shop }
        `,
      ),
    ],
  },
})

interface Retired {
  readonly version: string
  readonly kinds: readonly string[]
  readonly now: string
  readonly since: string
  /** Nothing but the version is to be changed. */
  readonly isSame?: true
}

const RETIRED: readonly Retired[] = [
  {
    version: 'extensions/v1beta1',
    kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'],
    now: 'apps/v1',
    since: '1.16',
  },
  { version: 'apps/v1beta1', kinds: ['Deployment', 'StatefulSet'], now: 'apps/v1', since: '1.16' },
  {
    version: 'apps/v1beta2',
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
    now: 'apps/v1',
    since: '1.16',
  },
  {
    version: 'extensions/v1beta1',
    kinds: ['NetworkPolicy'],
    now: 'networking.k8s.io/v1',
    since: '1.16',
    isSame: true,
  },
  { version: 'extensions/v1beta1', kinds: ['Ingress'], now: 'networking.k8s.io/v1', since: '1.22' },
  {
    version: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress', 'IngressClass'],
    now: 'networking.k8s.io/v1',
    since: '1.22',
  },
  {
    ...{
      version: 'rbac.authorization.k8s.io/v1beta1',
      now: 'rbac.authorization.k8s.io/v1',
      since: '1.22',
      isSame: true,
    },
    kinds: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  },
  {
    version: 'apiextensions.k8s.io/v1beta1',
    kinds: ['CustomResourceDefinition'],
    now: 'apiextensions.k8s.io/v1',
    since: '1.22',
  },
  {
    ...{
      version: 'admissionregistration.k8s.io/v1beta1',
      now: 'admissionregistration.k8s.io/v1',
      since: '1.22',
    },
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  },
  {
    version: 'scheduling.k8s.io/v1beta1',
    kinds: ['PriorityClass'],
    now: 'scheduling.k8s.io/v1',
    since: '1.22',
    isSame: true,
  },
  {
    version: 'storage.k8s.io/v1beta1',
    kinds: ['StorageClass', 'CSIDriver', 'VolumeAttachment'],
    now: 'storage.k8s.io/v1',
    since: '1.22',
    isSame: true,
  },
  { version: 'batch/v1beta1', kinds: ['CronJob'], now: 'batch/v1', since: '1.25', isSame: true },
  {
    version: 'policy/v1beta1',
    kinds: ['PodDisruptionBudget'],
    now: 'policy/v1',
    since: '1.25',
    isSame: true,
  },
  { version: 'extensions/v1beta1', kinds: ['PodSecurityPolicy'], now: '', since: '1.16' },
  { version: 'policy/v1beta1', kinds: ['PodSecurityPolicy'], now: '', since: '1.25' },
  {
    version: 'autoscaling/v2beta1',
    kinds: ['HorizontalPodAutoscaler'],
    now: 'autoscaling/v2',
    since: '1.25',
  },
  {
    version: 'autoscaling/v2beta2',
    kinds: ['HorizontalPodAutoscaler'],
    now: 'autoscaling/v2',
    since: '1.26',
    isSame: true,
  },
]
