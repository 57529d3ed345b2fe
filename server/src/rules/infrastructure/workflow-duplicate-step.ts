/** Two steps of a job have the same id: GitHub refuses the whole workflow. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { workflowOf } from '../support/infrastructure/workflow.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/workflow-duplicate-step',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['id:'],

  check: {
    *Text(file) {
      for (const { steps } of workflowOf(file)?.jobs ?? []) {
        const known = new Map<string, YamlView>()
        for (const { id } of steps) {
          const name = id?.text?.toLowerCase()
          if (!id || !name) continue
          const first = known.get(name)
          if (first) yield { at: id, data: { name: id.text! }, related: [first] }
          else known.set(name, id)
        }
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `Another step of this job has the id \`${name}\` already`,
      why: 'Ids tell the steps of a job apart. With one of them twice the workflow is invalid, and none of its jobs runs.',
      remedy: 'Give this step an id of its own, and use it where its outputs are read.',
      places: ['The first step with this id'],
    }),
    es: ({ name }) => ({
      message: `Otro paso de este job ya tiene el id \`${name}\``,
      why: 'Los ids distinguen los pasos de un job. Con uno repetido el workflow no es válido y no se ejecuta ninguno de sus jobs.',
      remedy: 'Da a este paso un id propio y úsalo donde se lean sus salidas.',
      places: ['El primer paso con este id'],
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
                - id: «version»
                  run: ./other.sh
        `,
      ),
      at(
        'action.yml',
        yaml`
          name: a
          runs:
            using: composite
            steps:
              - { id: a, run: ls, shell: bash }
              - { id: «"A"», run: ls, shell: bash }
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
              steps: [{ id: version, run: ./version.sh }]
            test:
              runs-on: ubuntu-latest
              steps: [{ id: version, run: ./version.sh }]
        `,
      ),
      yaml`
        steps:
          - id: a
          - id: a
      `,
    ],
  },
})
