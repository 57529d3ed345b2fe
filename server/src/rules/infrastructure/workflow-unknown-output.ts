/** An expression reads from a step or a job that does not exist, or an output that the job does not have: it is empty. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import {
  allExpressionsIn,
  type Job,
  namesBelow,
  placeOfPart,
  type Workflow,
  workflowOf,
} from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-unknown-output',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['steps.', 'needs.'],

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      if (!workflow) return
      for (const job of workflow.jobs) {
        yield* unknownSteps(file.text, job)
        if (!workflow.isAction) yield* unknownJobs(workflow, job)
      }
    },
  },

  explain: {
    en: ({ what, name, job }) => ({
      message: ENGLISH[what as What](name as string, job as string),
      why: 'GitHub does not complain: what does not exist is the empty text. The command runs with nothing in that place, and the condition is never true.',
      remedy:
        'Read from what exists, or add what is missing: the `id` of the step, the entry in `needs` or in `outputs`.',
    }),
    es: ({ what, name, job }) => ({
      message: SPANISH[what as What](name as string, job as string),
      why: 'GitHub no se queja: lo que no existe es el texto vacío. La orden se ejecuta sin nada en ese lugar y la condición nunca se cumple.',
      remedy:
        'Lee de lo que existe o añade lo que falta: el `id` del paso, la entrada en `needs` o en `outputs`.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          jobs:
            build:
              runs-on: ubuntu-latest
              steps:
                - id: version
                  run: ./version.sh
                - run: echo \${{ steps.«verison».outputs.number }}
        `,
      ),
      at(
        '.github/workflows/deploy.yml',
        yaml`
          on: push
          jobs:
            build:
              runs-on: ubuntu-latest
              outputs:
                image: \${{ steps.push.outputs.image }}
              steps: [{ id: push, run: make }]
            test: { runs-on: ubuntu-latest, steps: [{ run: make }] }
            deploy:
              needs: build
              if: needs.«test».result == 'success'
              runs-on: ubuntu-latest
              steps:
                - run: ./deploy \${{ needs.build.outputs.«tag» }}
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/deploy.yml',
        yaml`
          on: push
          jobs:
            build:
              runs-on: ubuntu-latest
              outputs:
                image: \${{ steps.push.outputs.image }}
              steps: [{ id: push, run: make }]
            call: { uses: ./.github/workflows/other.yml }
            deploy:
              needs: [build, call]
              runs-on: ubuntu-latest
              steps:
                - run: ./deploy \${{ needs.build.outputs.image }} \${{ needs.call.outputs.anything }}
                - run: echo "steps.nothing.outputs.x is a text"
        `,
      ),
      yaml`a: \${{ steps.a.outputs.b }}`,
    ],
  },
})

type What = 'step' | 'job' | 'output'

const ENGLISH: Readonly<Record<What, (name: string, job: string) => string>> = {
  step: name => `No step of this job has the id \`${name}\``,
  job: name => `This job does not wait for \`${name}\`, so nothing is known of it here`,
  output: (name, job) => `The job \`${job}\` has no output \`${name}\``,
}

const SPANISH: Readonly<Record<What, (name: string, job: string) => string>> = {
  step: name => `Ningún paso de este job tiene el id \`${name}\``,
  job: name => `Este job no espera a \`${name}\`, así que aquí no se sabe nada de él`,
  output: (name, job) => `El job \`${job}\` no tiene la salida \`${name}\``,
}

interface Unknown {
  readonly at: Range
  readonly data: { readonly what: What; readonly name: string; readonly job: string }
}

function* unknownSteps(text: string, { view, steps, id }: Job): Generator<Unknown> {
  if (steps.length === 0) return
  const ids = new Set(steps.map(it => it.id?.text?.toLowerCase()))
  for (const expression of allExpressionsIn(text, view))
    for (const it of namesBelow('steps', expression)) {
      const [name = '', kind = ''] = it.parts
      if (ids.has(name.toLowerCase()) || !/^(?:outputs|outcome|conclusion)$/i.test(kind)) continue
      yield { at: placeOfPart('steps', it, 0), data: { what: 'step', name, job: id } }
    }
}

function* unknownJobs({ jobs, text }: Workflow, { view, needs }: Job): Generator<Unknown> {
  const awaited = new Set(needs.map(it => it.name.toLowerCase()))
  for (const expression of allExpressionsIn(text, view))
    for (const it of namesBelow('needs', expression)) {
      const [name = '', kind = '', output] = it.parts
      if (!/^(?:outputs|result)$/i.test(kind)) continue
      const other = jobs.find(job => job.id.toLowerCase() === name.toLowerCase())
      if (!awaited.has(name.toLowerCase())) {
        yield { at: placeOfPart('needs', it, 0), data: { what: 'job', name, job: '' } }
        continue
      }
      // What a workflow that is called puts out stands in its own file.
      if (!other || output === undefined || other.view.get('uses') || kind.toLowerCase() !== 'outputs')
        continue
      const outputs = (other.view.get('outputs')?.entries ?? []).map(entry => entry.key.toLowerCase())
      if (!outputs.includes(output.toLowerCase()))
        yield { at: placeOfPart('needs', it, 2), data: { what: 'output', name: output, job: other.id } }
    }
}
