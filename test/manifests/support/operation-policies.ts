// What a sceptical operator asks of what runs by itself at night, of what comes before a deployment, and of the way back.

import { type Container, containersOf, find, ofKind, type Policy, workloads } from './policy.ts'
import { nameOf, podOf } from './render.ts'

export const OPERATION_POLICIES: readonly Policy[] = [
  {
    name: 'what runs by a schedule runs once, in a time zone, to an end, and is remembered',
    check: all =>
      ofKind(all, 'CronJob').flatMap(it => {
        const { spec } = it
        const job = spec.jobTemplate.spec
        return [
          ...(spec.concurrencyPolicy === 'Forbid' ? [] : ['two may run at once']),
          ...(spec.timeZone ? [] : ['nobody knows in which time zone']),
          ...(spec.startingDeadlineSeconds >= 60 ? [] : ['a late one begins whenever it can']),
          ...(job.activeDeadlineSeconds > 0 ? [] : ['one that hangs, hangs for ever']),
          ...(spec.successfulJobsHistoryLimit > 0 && spec.failedJobsHistoryLimit > 0
            ? []
            : ['nothing is remembered']),
          ...(job.ttlSecondsAfterFinished > 0 ? [] : ['what is done stays for ever']),
        ].map(why => `${nameOf(it)}: ${why}`)
      }),
    breakIt: all => {
      find(all, 'CronJob', 'backup').spec.concurrencyPolicy = 'Allow'
    },
  },
  {
    name: 'what runs once ends, and tries again',
    check: all =>
      ofKind(all, 'Job').flatMap(it =>
        it.spec.activeDeadlineSeconds > 0 &&
        (it.spec.backoffLimitPerIndex ?? it.spec.backoffLimit) > 0 &&
        podOf(it).restartPolicy === 'Never'
          ? []
          : [`${nameOf(it)}: hangs for ever, or gives up at once`],
      ),
    breakIt: all => {
      delete find(all, 'Job', 'migrations').spec.activeDeadlineSeconds
    },
  },
  {
    name: 'who has a database that stays is copied each night, and somebody hears when that stops',
    check: all => {
      if (!all.some(it => it.kind === 'Job' && it.metadata.name === 'migrations')) return []
      const jobs = ofKind(all, 'CronJob').filter(it => JSON.stringify(it.spec).includes('backup.mjs'))
      const alerts = ofKind(all, 'PrometheusRule').flatMap(it => JSON.stringify(it.spec))
      return [
        ...(jobs.length === 1 ? [] : ['nothing copies the database']),
        ...(jobs.every(it => containersOf(it).some(of => of.args.includes('--keep-days')))
          ? []
          : ['copies are kept until the volume is full']),
        ...jobs.flatMap(({ metadata: { name } }) =>
          alerts.some(it =>
            it.includes(
              `kube_cronjob_status_last_successful_time{namespace=\\"codeant\\", cronjob=\\"${name}\\"}`,
            ),
          )
            ? []
            : [`nobody hears when ${name} does not succeed any more`],
        ),
      ]
    },
    breakIt: all => {
      Object.assign(find(all, 'CronJob', 'backup').metadata, { name: 'copies' })
    },
  },
  {
    name: 'copies are sealed by a job that cannot read them, and the key that opens them is in no pod',
    check: all => [
      ...ofKind(all, 'CronJob').flatMap(it => {
        const makes = containersOf(it).find(({ args }) => args.includes('dist/operations/backup.mjs'))
        if (!makes) return []
        const path = makes.env.find((of: Container) => of.name === 'CODEANT_BACKUP_PUBLIC_KEY_FILE')?.value
        const mount = makes.volumeMounts.find((of: Container) => path?.startsWith(`${of.mountPath}/`))
        const from = podOf(it).volumes.find((of: Container) => of.name === mount?.name)?.secret
        // Made without a key, it would be made without a seal.
        const isThere = from && !from.optional && from.items?.length === 1
        return isThere && from.items[0].path === path.slice(mount.mountPath.length + 1)
          ? []
          : [`${nameOf(it)}: whoever reads the volume reads the copies`]
      }),
      ...workloads(all).flatMap(it =>
        /BACKUP_PRIVATE_KEY|private\.pem/.test(JSON.stringify(podOf(it)))
          ? [`${nameOf(it)}: can read every copy`]
          : [],
      ),
    ],
    breakIt: all => {
      const { volumes } = podOf(find(all, 'CronJob', 'backup'))
      volumes.find((it: Container) => it.name === 'backup-key').secret.optional = true
    },
  },
  {
    name: 'there is a way back, and the schema is changed before pods come, by one job alone',
    check: all => [
      ...ofKind(all, 'Deployment').flatMap(it =>
        (it.spec.revisionHistoryLimit ?? 10) >= 3 ? [] : [`${nameOf(it)}: no former one is remembered`],
      ),
      ...(all.some(it => it.kind === 'Job' && it.metadata.name === 'migrations')
        ? ofKind(all, 'Deployment')
            .filter(it => it.spec.template.metadata.labels['codeant.dev/asks'] === 'database')
            .flatMap(it =>
              podOf(it).containers[0].env.some(
                (of: Container) => of.name === 'CODEANT_GATEWAY_DATABASE_MIGRATE' && of.value === 'false',
              )
                ? []
                : [`${nameOf(it)}: changes the schema while others still use it`],
            )
        : []),
    ],
    breakIt: all => {
      const { env } = podOf(find(all, 'Deployment', 'worker')).containers[0]
      env.find((it: Container) => it.name === 'CODEANT_GATEWAY_DATABASE_MIGRATE').value = 'true'
    },
  },
  {
    name: 'a volume is asked for by the class of an overlay, never by whatever the cluster has',
    check: all =>
      ofKind(all, 'PersistentVolumeClaim').flatMap(it =>
        it.spec.storageClassName ? [] : [`${nameOf(it)}: encrypted or not, as it comes`],
      ),
    breakIt: all => {
      delete find(all, 'PersistentVolumeClaim', 'backups').spec.storageClassName
    },
  },
]
