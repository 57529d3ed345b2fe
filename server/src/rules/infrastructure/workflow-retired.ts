/** A machine or a version of an action that GitHub has switched off: the job fails, or waits until it is cancelled. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { type Job, WORKFLOW_NEEDLES, workflowOf } from '../support/infrastructure/workflow.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/workflow-retired',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: WORKFLOW_NEEDLES,

  check: {
    *Text(file) {
      for (const job of workflowOf(file)?.jobs ?? [])
        for (const { name, at, kind } of [...machines(job), ...actions(job)])
          yield { at, data: { kind, name } }
    },
  },

  explain: {
    en: ({ kind, name }) => ({
      message:
        kind === 'command'
          ? `The command \`${name}\` is switched off`
          : kind === 'action'
            ? `\`${name}\` no longer works`
            : `GitHub has no machine \`${name}\` any more`,
      why: 'GitHub has switched it off: the job fails at once, or waits for a day and is cancelled. A workflow that runs seldom is noticed on the day on which it is needed.',
      remedy:
        kind === 'command'
          ? 'Append to the file that `$GITHUB_ENV` or `$GITHUB_PATH` names.'
          : kind === 'action'
            ? 'Use a version that works; the release notes tell what changed.'
            : 'Name a machine that exists, such as `ubuntu-24.04`, and see whether the job still passes there.',
    }),
    es: ({ kind, name }) => ({
      message:
        kind === 'command'
          ? `La orden \`${name}\` está desactivada`
          : kind === 'action'
            ? `\`${name}\` ya no funciona`
            : `GitHub ya no tiene máquinas \`${name}\``,
      why: 'GitHub la ha retirado: el job falla al momento, o espera un día y se cancela. En un workflow que se ejecuta poco, se nota el día que hace falta.',
      remedy:
        kind === 'command'
          ? 'Añade una línea al archivo que nombran `$GITHUB_ENV` o `$GITHUB_PATH`.'
          : kind === 'action'
            ? 'Usa una versión que funcione; las notas de la publicación dicen qué cambió.'
            : 'Nombra una máquina que exista, como `ubuntu-24.04`, y mira si el job sigue pasando allí.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          jobs:
            a:
              runs-on: «ubuntu-18.04»
              steps:
                - uses: «actions/upload-artifact@v3»
                  with: { name: a, path: a }
        `,
      ),
      at(
        '.github/workflows/matrix.yml',
        yaml`
          on: push
          jobs:
            a:
              strategy: { matrix: { os: [ubuntu-24.04, «macos-11»] } }
              runs-on: \${{ matrix.os }}
              steps:
                - run: «echo "::set-env name=A::b"»
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          jobs:
            a:
              runs-on: ubuntu-24.04
              steps:
                - uses: actions/upload-artifact@v4
                  with: { name: a, path: a }
                - run: echo "A=b" >> "$GITHUB_ENV"
        `,
      ),
      // Somebody's own machines may be called anything.
      at(
        '.github/workflows/own.yml',
        yaml`
          on: push
          jobs:
            a:
              runs-on: [self-hosted, ubuntu-18.04]
              steps: [{ run: make }]
            b:
              strategy: { matrix: { image: [ubuntu-18.04] } }
              runs-on: ubuntu-latest
              container: \${{ matrix.image }}
              steps: [{ run: make }]
        `,
      ),
    ],
  },
})

interface Retired {
  readonly kind: 'machine' | 'action' | 'command'
  readonly name: string
  readonly at: Range
}

const MACHINES =
  /^(?:ubuntu-(?:16\.04|18\.04|20\.04)|macos-(?:10\.15|11|12|13)(?:-x?large)?|windows-(?:2016|2019))$/

function machines({ view }: Job): readonly Retired[] {
  const runsOn = view.get('runs-on')
  if (!runsOn) return []
  const named: YamlView[] = runsOn.isList ? (runsOn.items.length === 1 ? [...runsOn.items] : []) : [runsOn]
  const key = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(runsOn.text ?? '')?.[1]
  if (key) {
    const matrix = view.get('strategy', 'matrix')
    named.push(...(matrix?.get(key)?.items ?? []))
    for (const it of matrix?.get('include')?.items ?? [])
      named.push(...[it.get(key)].filter(it => it !== undefined))
  }
  return named.flatMap(it =>
    it.text && MACHINES.test(it.text) ? [{ kind: 'machine' as const, name: it.text, at: it }] : [],
  )
}

/** Each switched off on a day that GitHub had announced. */
const ACTIONS =
  /^actions\/(?:(?:upload|download)-artifact@v[123]|cache(?:\/(?:save|restore))?@v[12])(?:\.\d+)*$/

function actions({ steps }: Job): readonly Retired[] {
  return steps.flatMap(({ uses, run }): Retired[] => {
    const written = uses?.view.text ?? ''
    if (uses && ACTIONS.test(written)) return [{ kind: 'action', name: written, at: uses.view }]
    const command = /::(?:set-env|add-path)\b/.exec(run?.text ?? '')
    return run && command && !/ACTIONS_ALLOW_UNSECURE_COMMANDS/.test(run.text!)
      ? [{ kind: 'command', name: command[0], at: run }]
      : []
  })
}
