/** A job that is to be restarted for ever, or a service that is not to be: the cluster refuses both. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { KUBERNETES_NEEDLES, manifestsOf } from '../support/infrastructure/kubernetes.ts'

export default defineRule({
  id: 'infrastructure/kubernetes-restart-policy',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: KUBERNETES_NEEDLES,

  check: {
    *Text(file) {
      for (const { kind, view, pod } of manifestsOf(file)) {
        if (!pod?.isWhole || kind === 'Pod') continue
        const policy = pod.spec.entry('restartPolicy')
        const isJob = kind === 'Job' || kind === 'CronJob'
        const text = policy?.value.text
        if (isJob ? text === undefined || text === 'Always' : text === 'Never' || text === 'OnFailure')
          yield { at: policy?.value ?? view.entry('kind')!.value, data: { kind, isJob } }
      }
    },
  },

  explain: {
    en: ({ kind, isJob }) => ({
      message: isJob
        ? `A \`${kind}\` has to say that it is not always restarted`
        : `The pods of a \`${kind}\` are always restarted, and nothing else may be said`,
      why: isJob
        ? 'Where nothing is said, a pod is restarted whenever it ends, and a job would never be done. The cluster refuses it.'
        : 'The cluster refuses any other policy here.',
      remedy: isJob
        ? 'Write `restartPolicy: OnFailure` or `Never` beside its containers.'
        : 'Delete the line, or make a `Job` of it.',
    }),
    es: ({ kind, isJob }) => ({
      message: isJob
        ? `Un \`${kind}\` tiene que decir que no se reinicia siempre`
        : `Los pods de un \`${kind}\` se reinician siempre y no cabe decir otra cosa`,
      why: isJob
        ? 'Si no se dice nada, un pod se reinicia cada vez que termina, y un trabajo no acabaría nunca. El clúster lo rechaza.'
        : 'El clúster rechaza aquí cualquier otra política.',
      remedy: isJob
        ? 'Escribe `restartPolicy: OnFailure` o `Never` junto a sus contenedores.'
        : 'Borra la línea o conviértelo en un `Job`.',
    }),
  },

  examples: {
    invalid: [
      at(
        'deploy/job.yaml',
        yaml`
          apiVersion: batch/v1
          kind: «Job»
          metadata: { name: migrate }
          spec:
            template:
              spec: { containers: [{ name: migrate, image: "shop:1.4" }] }
        `,
      ),
      at(
        'deploy/shop.yaml',
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: shop }
          spec:
            selector: { matchLabels: { app: shop } }
            template:
              metadata: { labels: { app: shop } }
              spec: { restartPolicy: «Never», containers: [{ name: shop, image: "shop:1.4" }] }
        `,
      ),
    ],
    valid: [
      at(
        'deploy/job.yaml',
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata: { name: migrate }
          spec:
            template:
              spec: { restartPolicy: Never, containers: [{ name: migrate, image: "shop:1.4" }] }
        `,
      ),
      at(
        'deploy/pod.yaml',
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: once }
          spec: { restartPolicy: Never, containers: [{ name: once, image: "shop:1.4" }] }
        `,
      ),
    ],
  },
})
