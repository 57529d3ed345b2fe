/** A workflow that has secrets checks out the code of a stranger's pull request and runs it. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTriggeredBy, type Job, type Step, workflowOf } from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-strangers-code',
  severity: 'error',
  languages: ['yaml'],
  cwe: [829],
  concept: 'workflows',
  impact: { likelihood: 'medium', cost: 'weeks' },
  needles: ['pull_request_target', 'workflow_run', 'issue_comment'],

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      if (!workflow || !isTriggeredBy(workflow, 'pull_request_target', 'workflow_run', 'issue_comment'))
        return
      for (const job of workflow.jobs) {
        if (isGuarded(job)) continue
        const index = job.steps.findIndex(isCheckoutOfStranger)
        const checkout = job.steps[index]
        const runs = job.steps.slice(index + 1).find(it => it.run || it.uses?.isLocal)
        if (!checkout?.uses || !runs || runs.view.get('working-directory')) continue
        yield {
          at: checkout.view.get('with', 'ref')!,
          data: {},
          related: [runs.run ?? runs.uses!.view],
        }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'This job has secrets, and runs code that a stranger sent',
      why: 'Such workflows run with the secrets and the token of this repository, also for pull requests of people whom nobody knows. Their code is checked out here, and what runs after that (a build, the scripts of a package, a test) is theirs: it can read the secrets and push to the repository.',
      remedy:
        'Build and test in a workflow on `pull_request`, which has no secrets, and do only what needs them in this one, without the code of the pull request.',
      places: ['Runs in the folder that the stranger filled'],
    }),
    es: () => ({
      message: 'Este job tiene secretos y ejecuta código que ha enviado un desconocido',
      why: 'Estos workflows se ejecutan con los secretos y el token del repositorio, también para los pull requests de gente que nadie conoce. Aquí se descarga su código, y lo que se ejecuta después (una compilación, los scripts de un paquete, una prueba) es suyo: puede leer los secretos y escribir en el repositorio.',
      remedy:
        'Compila y prueba en un workflow de `pull_request`, que no tiene secretos, y haz aquí solo lo que los necesite, sin el código del pull request.',
      places: ['Se ejecuta en la carpeta que llenó el desconocido'],
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/preview.yml',
        yaml`
          on: pull_request_target
          jobs:
            preview:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: «\${{ github.event.pull_request.head.sha }}»
                - run: npm ci && npm run build
        `,
      ),
      at(
        '.github/workflows/bench.yml',
        yaml`
          on: [issue_comment]
          jobs:
            bench:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: «refs/pull/\${{ github.event.issue.number }}/merge»
                - run: cargo bench
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/preview.yml',
        yaml`
          on: pull_request
          jobs:
            preview:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }}
                - run: npm ci && npm run build
        `,
      ),
      at(
        '.github/workflows/label.yml',
        yaml`
          on: pull_request_target
          jobs:
            label:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                - run: ./label.sh
        `,
      ),
      // Only what members of this repository sent.
      at(
        '.github/workflows/own.yml',
        yaml`
          on: pull_request_target
          jobs:
            own:
              if: github.event.pull_request.head.repo.full_name == github.repository
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }}
                - run: make
        `,
      ),
    ],
  },
})

const STRANGER =
  /github\.head_ref|github\.event\.pull_request\.head\.|github\.event\.workflow_run\.head_|refs\/pull\//i

function isCheckoutOfStranger({ uses, view }: Step): boolean {
  if (!uses || !/^actions\/checkout$/i.test(uses.name)) return false
  // Into a folder of its own, where nothing runs by itself.
  return STRANGER.test(view.get('with', 'ref')?.text ?? '') && !view.get('with', 'path')
}

/** A condition asks who it is, an environment asks a person, or another job that is waited for may have asked. */
function isGuarded({ view, needs }: Job): boolean {
  const condition = view.get('if')?.text ?? ''
  return (
    /full_name|\.fork\b|author_association|github\.actor|\.user\.login|sender\.login|\.label\.name|labels|\.event\s*==\s*'(?:push|schedule)'|head_branch|head_repository/i.test(
      condition,
    ) ||
    view.get('environment') !== undefined ||
    needs.length > 0
  )
}
