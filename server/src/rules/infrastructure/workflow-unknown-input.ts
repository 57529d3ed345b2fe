/** An expression reads an input or a value of the matrix that nobody declares: it is empty. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import {
  allExpressionsIn,
  type Job,
  namesBelow,
  placeOfPart,
  type Workflow,
  workflowOf,
} from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-unknown-input',
  severity: 'warning',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['inputs.', 'matrix.'],

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      if (!workflow) return
      const inputs = inputsOf(workflow)
      // What the matrix of another job has is a switch that is off in this one.
      const elsewhere = new Set(workflow.jobs.flatMap(it => [...(matrixOf(it) ?? [])]))
      for (const job of workflow.jobs) {
        const matrix = matrixOf(job)
        for (const expression of allExpressionsIn(file.text, job.view)) {
          for (const [context, known] of [
            ['inputs', inputs],
            ['matrix', matrix],
          ] as const)
            for (const it of namesBelow(context, expression)) {
              const [name = ''] = it.parts
              if (!known || known.has(name.toLowerCase())) continue
              if (context === 'matrix' && elsewhere.has(name.toLowerCase())) continue
              if (context === 'matrix' && isOptional(file.text, job, name)) continue
              yield { at: placeOfPart(context, it, 0), data: { context, name } }
            }
        }
      }
    },
  },

  explain: {
    en: ({ context, name }) => ({
      message:
        context === 'matrix' ? `The matrix of this job has no \`${name}\`` : `No input is called \`${name}\``,
      why: 'GitHub does not complain: what is not declared is the empty text, and the command runs with nothing in that place.',
      remedy:
        context === 'matrix'
          ? 'Name a key of the matrix, or add it there.'
          : 'Name an input that is declared, or declare it.',
    }),
    es: ({ context, name }) => ({
      message:
        context === 'matrix'
          ? `La matriz de este job no tiene \`${name}\``
          : `Ninguna entrada se llama \`${name}\``,
      why: 'GitHub no se queja: lo que no está declarado es el texto vacío, y la orden se ejecuta sin nada en ese lugar.',
      remedy:
        context === 'matrix'
          ? 'Nombra una clave de la matriz o añádela allí.'
          : 'Nombra una entrada declarada o declárala.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/release.yml',
        yaml`
          on:
            workflow_dispatch:
              inputs:
                version: { required: true }
          jobs:
            release:
              runs-on: ubuntu-latest
              steps:
                - run: ./release \${{ inputs.«verison» }}
        `,
      ),
      at(
        '.github/workflows/test.yml',
        yaml`
          on: push
          jobs:
            test:
              strategy:
                matrix:
                  node: [20, 22]
                  include: [{ node: 24, experimental: true }]
              runs-on: \${{ matrix.«os» }}
              steps:
                - run: echo \${{ matrix.node }} \${{ matrix.experimental }}
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/release.yml',
        yaml`
          on:
            workflow_dispatch:
              inputs:
                version: { required: true }
          jobs:
            release:
              strategy:
                matrix: \${{ fromJSON(needs.plan.outputs.matrix) }}
              runs-on: ubuntu-latest
              steps:
                - run: ./release \${{ inputs.version }} \${{ github.event.inputs.version }} \${{ matrix.any }}
        `,
      ),
      at(
        '.github/workflows/wheels.yml',
        yaml`
          on: push
          jobs:
            linux:
              strategy: { matrix: { arch: [x64, arm], qemu: [''] } }
              runs-on: ubuntu-latest
              steps: [{ run: 'build \${{ matrix.arch }} \${{ matrix.qemu }}' }]
            mac:
              strategy: { matrix: { arch: [arm] } }
              runs-on: macos-latest
              steps: [{ run: 'build \${{ matrix.arch }} \${{ matrix.qemu }}' }]
        `,
      ),
      // What starts this one gives no inputs, and what it says is for another day.
      at(
        '.github/workflows/push.yml',
        yaml`
          on: push
          jobs:
            a: { runs-on: ubuntu-latest, steps: [{ run: 'echo "\${{ inputs.a }}"' }] }
        `,
      ),
    ],
  },
})

/** Undefined where nobody can know. */
function inputsOf({ root, triggers, isAction }: Workflow): ReadonlySet<string> | undefined {
  if (isAction) return namesOf(root.get('inputs')?.entries ?? [])
  const started = triggers.filter(it => /^workflow_(?:dispatch|call)$/.test(it.name))
  const declared = started.flatMap(it => it.settings?.get('inputs')?.entries ?? [])
  return declared.length === 0 ? undefined : namesOf(declared)
}

/** Undefined where there is none, or where it is made while the workflow runs. */
function matrixOf({ view }: Job): ReadonlySet<string> | undefined {
  const matrix = view.get('strategy', 'matrix')
  const include = matrix?.get('include')
  if (!matrix?.isMap || (include && !include.isList)) return undefined
  const own = matrix.entries.filter(it => it.key !== 'include' && it.key !== 'exclude')
  const added = (include?.items ?? []).flatMap(it => it.entries)
  // One row that is computed may bring anything.
  if (include?.items.some(it => !it.isMap)) return undefined
  return namesOf([...own, ...added])
}

/** Somewhere the job says what happens without it. */
function isOptional(text: string, { view }: Job, name: string): boolean {
  const source = text.slice(view.start, view.end)
  return new RegExp(`matrix\\.${name}\\s*(?:\\|\\||&&|[!=]=)|if:.*matrix\\.${name}\\b`).test(source)
}

function namesOf(entries: readonly { readonly key: string }[]): ReadonlySet<string> {
  return new Set(entries.map(it => it.key.toLowerCase()))
}
