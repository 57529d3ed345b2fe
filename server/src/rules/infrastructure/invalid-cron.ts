/** A time plan in the notation of cron that no scheduler can read, or whose day never comes. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { cronProblem } from '../support/infrastructure/cron.ts'
import { manifestsOf } from '../support/infrastructure/kubernetes.ts'
import { workflowOf } from '../support/infrastructure/workflow.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/invalid-cron',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['cron', 'CronJob'],

  check: {
    *Text(file) {
      const plans: (YamlView | undefined)[] = []
      for (const { name, settings } of workflowOf(file)?.triggers ?? [])
        if (name === 'schedule') plans.push(...(settings?.items ?? []).map(it => it.get('cron')))
      for (const { kind, view } of manifestsOf(file))
        if (kind === 'CronJob') plans.push(view.get('spec', 'schedule'))
      for (const plan of plans) {
        const problem = plan?.text === undefined ? undefined : cronProblem(plan.text)
        if (plan && problem) yield { at: plan, data: { ...problem } }
      }
    },
  },

  explain: {
    en: ({ what, field }) => ({
      message:
        what === 'count'
          ? 'A time plan has five fields'
          : what === 'never'
            ? `There is no such day: ${field}`
            : `\`${field}\` is no value for this field of a time plan`,
      why: 'A plan that cannot be read is refused; one whose day never comes is accepted, and nothing ever runs.',
      remedy: 'Write minute, hour, day of the month, month and day of the week: `30 4 * * 1`.',
    }),
    es: ({ what, field }) => ({
      message:
        what === 'count'
          ? 'Un plan horario tiene cinco campos'
          : what === 'never'
            ? `Ese día no existe: ${field}`
            : `\`${field}\` no es un valor de este campo del plan horario`,
      why: 'Un plan que no se puede leer se rechaza; uno cuyo día no llega nunca se acepta, y no se ejecuta nada jamás.',
      remedy: 'Escribe minuto, hora, día del mes, mes y día de la semana: `30 4 * * 1`.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/nightly.yml',
        yaml`
          on:
            schedule:
              - cron: «'0 24 * * *'»
              - cron: «'0 4 * *'»
              - cron: «'0 0 31 2 *'»
          jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
      at(
        'deploy/backup.yaml',
        yaml`
          apiVersion: batch/v1
          kind: CronJob
          metadata: { name: backup }
          spec:
            schedule: «"*/0 3 * * *"»
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/nightly.yml',
        yaml`
          on:
            schedule:
              - cron: '*/15 2-5,22 1,15 JAN-jun 1-5'
              - cron: '0 0 29 2 *'
          jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
      at(
        'deploy/backup.yaml',
        yaml`
          apiVersion: batch/v1
          kind: CronJob
          metadata: { name: backup }
          spec:
            schedule: "@daily"
        `,
      ),
    ],
  },
})
