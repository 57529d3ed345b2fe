/** A job without a machine, or a step that does nothing or two things at once: GitHub refuses the whole workflow. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { WORKFLOW_NEEDLES, workflowOf } from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-incomplete',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: WORKFLOW_NEEDLES,

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      for (const { at, view, steps } of workflow?.jobs ?? []) {
        if (!view.isMap) continue
        if (!workflow!.isAction && !view.entry('runs-on') && !view.entry('uses'))
          yield { at, data: dataOf('machine') }
        for (const step of steps) {
          const [run, uses] = [step.view.entry('run'), step.view.entry('uses')]
          if (!step.view.isMap) continue
          if (run && uses) yield { at: uses.at, data: dataOf('both'), related: [run.at] }
          // A step may wait for others, or hold some that run side by side.
          const first = step.view.entries[0]
          if (first && !step.view.entries.some(it => DOES.has(it.key)))
            yield { at: first.at, data: dataOf('nothing') }
          else if (workflow!.isAction && run && !step.view.entry('shell'))
            yield { at: run.at, data: dataOf('shell') }
        }
      }
    },
  },

  explain: {
    en: ({ what }) => ({
      message: ENGLISH[what as What],
      why: 'The file is invalid, so GitHub runs nothing of it: checks that were required never come, or pass by their absence.',
      remedy: REMEDIES.en[what as What],
      ...(what === 'both' && { places: ['The script of the same step'] }),
    }),
    es: ({ what }) => ({
      message: SPANISH[what as What],
      why: 'El archivo no es válido, así que GitHub no ejecuta nada de él: las comprobaciones obligatorias no llegan nunca, o se dan por buenas al no estar.',
      remedy: REMEDIES.es[what as What],
      ...(what === 'both' && { places: ['El script del mismo paso'] }),
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          jobs:
            «build»:
              steps:
                - run: make
        `,
      ),
      at(
        '.github/workflows/steps.yml',
        yaml`
          on: push
          jobs:
            build:
              runs-on: ubuntu-latest
              steps:
                - «uses»: actions/checkout@v4
                  run: make
                - «name»: Nothing
        `,
      ),
      at(
        'action.yml',
        yaml`
          name: a
          runs:
            using: composite
            steps:
              - «run»: make
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          jobs:
            build:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                - run: make
            other:
              uses: ./.github/workflows/other.yml
        `,
      ),
      yaml`
        jobs:
          build:
            steps: []
      `,
    ],
  },
})

const DOES: ReadonlySet<string> = new Set([
  'run',
  'uses',
  'parallel',
  'wait',
  'wait-all',
  'cancel',
  'background',
])

type What = 'machine' | 'both' | 'nothing' | 'shell'

const dataOf = (what: What) => ({ what })

const ENGLISH: Readonly<Record<What, string>> = {
  machine: 'This job does not say what it runs on',
  both: 'This step both uses an action and runs a script',
  nothing: 'This step neither uses an action nor runs a script',
  shell: 'A script of an action has to name its shell',
}

const SPANISH: Readonly<Record<What, string>> = {
  machine: 'Este job no dice dónde se ejecuta',
  both: 'Este paso usa una acción y a la vez ejecuta un script',
  nothing: 'Este paso no usa una acción ni ejecuta un script',
  shell: 'Un script de una acción tiene que nombrar su shell',
}

const REMEDIES: Readonly<Record<'en' | 'es', Readonly<Record<What, string>>>> = {
  en: {
    machine: 'Add `runs-on`, or `uses` with a workflow that is to be called.',
    both: 'Make two steps of it.',
    nothing: 'Add `run` or `uses`, or delete the step.',
    shell: 'Add `shell: bash`.',
  },
  es: {
    machine: 'Añade `runs-on`, o `uses` con el workflow que haya que llamar.',
    both: 'Haz dos pasos con él.',
    nothing: 'Añade `run` o `uses`, o borra el paso.',
    shell: 'Añade `shell: bash`.',
  },
}
