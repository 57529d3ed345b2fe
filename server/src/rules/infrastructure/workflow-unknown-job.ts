/** A job waits for one that does not exist: GitHub refuses the whole workflow. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { workflowOf } from '../support/infrastructure/workflow.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/workflow-unknown-job',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['needs'],

  check: {
    *Text(file) {
      const jobs = workflowOf(file)?.jobs ?? []
      const ids = new Set(jobs.map(it => it.id.toLowerCase()))
      for (const { needs } of jobs)
        for (const { name, at } of needs) {
          if (ids.has(name.toLowerCase()) || name.includes('${{')) continue
          const meant = nearestName(
            name,
            jobs.map(it => it.id),
          )
          yield {
            at,
            data: { name, meant: meant ?? '' },
            ...(meant && {
              fix: { safety: 'unsafe', edits: () => [{ ...rangeOf(at), newText: meant }] },
            }),
          }
        }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `There is no job \`${name}\` in this workflow`,
      why: 'A workflow with an unknown name in `needs` is invalid: none of its jobs runs.',
      remedy: meant
        ? `Wait for \`${meant}\`, or delete the name.`
        : 'Name a job that exists, or delete the name.',
      ...(meant && { fix: `Wait for \`${meant}\`` }),
    }),
    es: ({ name, meant }) => ({
      message: `En este workflow no hay ningún job \`${name}\``,
      why: 'Un workflow con un nombre desconocido en `needs` no es válido: no se ejecuta ninguno de sus jobs.',
      remedy: meant
        ? `Espera a \`${meant}\` o borra el nombre.`
        : 'Nombra un job que exista o borra el nombre.',
      ...(meant && { fix: `Esperar a \`${meant}\`` }),
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          '.github/workflows/ci.yml',
          yaml`
            on: push
            jobs:
              build:
                runs-on: ubuntu-latest
                steps: [{ run: make }]
              deploy:
                needs: «biuld»
                runs-on: ubuntu-latest
                steps: [{ run: make deploy }]
          `,
        ),
        at(
          '.github/workflows/ci.yml',
          yaml`
            on: push
            jobs:
              build:
                runs-on: ubuntu-latest
                steps: [{ run: make }]
              deploy:
                needs: build
                runs-on: ubuntu-latest
                steps: [{ run: make deploy }]
          `,
        ),
      ),
      at(
        '.github/workflows/all.yml',
        yaml`
          on: push
          jobs:
            lint: { runs-on: ubuntu-latest, steps: [{ run: make }] }
            all: { needs: [lint, «unit»], runs-on: ubuntu-latest, steps: [{ run: make }] }
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          jobs:
            build: { runs-on: ubuntu-latest, steps: [{ run: make }] }
            deploy: { needs: [build], runs-on: ubuntu-latest, steps: [{ run: make }] }
        `,
      ),
      yaml`
        jobs:
          deploy: { needs: build }
      `,
    ],
  },
})

const rangeOf = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start, end })
