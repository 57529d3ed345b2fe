/** A condition with text around its expression is a text, and a text is always true. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { WORKFLOW_NEEDLES, workflowOf } from '../support/infrastructure/workflow.ts'
import type { YamlView } from '../support/yaml-view.ts'

export default defineRule({
  id: 'infrastructure/workflow-constant-condition',
  severity: 'error',
  languages: ['yaml'],
  cwe: [571],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: WORKFLOW_NEEDLES,

  check: {
    *Text(file) {
      for (const { view, steps } of workflowOf(file)?.jobs ?? [])
        for (const condition of [view, ...steps.map(it => it.view)].map(it => it.get('if'))) {
          if (!condition || !isAlwaysTrue(condition)) continue
          yield {
            at: condition,
            data: {},
            ...(!condition.isBlock && {
              fix: { safety: 'unsafe', edits: () => signsOf(file.text, condition) },
            }),
          }
        }
    },
  },

  explain: {
    en: () => ({
      message: 'This condition is always true: there is text outside of `${{ }}`',
      why: 'Only what is inside of `${{ }}` is computed. With anything around it, be it `&& …` or the line break of a `|` block, the whole becomes a text, and every text that is not empty counts as true.',
      remedy: 'Write the whole condition without `${{ }}`, or put all of it inside.',
      fix: 'Write the condition without `${{ }}`',
    }),
    es: () => ({
      message: 'Esta condición siempre es verdadera: hay texto fuera de `${{ }}`',
      why: 'Solo se evalúa lo que está dentro de `${{ }}`. Con cualquier cosa alrededor, sea `&& …` o el salto de línea de un bloque `|`, el conjunto pasa a ser un texto, y todo texto no vacío cuenta como verdadero.',
      remedy: 'Escribe toda la condición sin `${{ }}`, o ponla entera dentro.',
      fix: 'Escribir la condición sin `${{ }}`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          '.github/workflows/release.yml',
          yaml`
            on: push
            jobs:
              release:
                if: «\${{ github.ref == 'refs/heads/main' }} && github.event_name == 'push'»
                runs-on: ubuntu-latest
                steps: []
          `,
        ),
        at(
          '.github/workflows/release.yml',
          yaml`
            on: push
            jobs:
              release:
                if: github.ref == 'refs/heads/main' && github.event_name == 'push'
                runs-on: ubuntu-latest
                steps: []
          `,
        ),
      ),
      fixes(
        at(
          '.github/workflows/test.yml',
          yaml`
            on: push
            jobs:
              test:
                runs-on: ubuntu-latest
                steps:
                  - run: make
                    if: «"\${{ failure() }} || \${{ cancelled() }}"»
          `,
        ),
        at(
          '.github/workflows/test.yml',
          yaml`
            on: push
            jobs:
              test:
                runs-on: ubuntu-latest
                steps:
                  - run: make
                    if: "failure() || cancelled()"
          `,
        ),
      ),
    ],
    valid: [
      at(
        '.github/workflows/release.yml',
        yaml`
          on: push
          jobs:
            release:
              if: \${{ github.ref == 'refs/heads/main' && github.event_name == 'push' }}
              runs-on: ubuntu-latest
              steps:
                - run: make
                  if: >-
                    \${{
                      github.ref == 'refs/heads/main'
                    }}
        `,
      ),
      at(
        '.github/workflows/test.yml',
        yaml`
          on: push
          jobs:
            test:
              runs-on: ubuntu-latest
              steps:
                - run: make
                  if: |
                    github.event_name == 'push' ||
                    github.ref == 'refs/heads/main'
        `,
      ),
    ],
  },
})

function isAlwaysTrue({ text = '' }: YamlView): boolean {
  if (!text.includes('${{')) return false
  const outside = text.replace(/\$\{\{[\s\S]*?\}\}/g, '')
  // `!${{ … }}` cannot be written otherwise than in quotes, and is a text all the same.
  return outside !== ''
}

/** Each `${{` and `}}`, with the blanks inside. */
function signsOf(text: string, { start, end }: YamlView) {
  const source = text.slice(start, end)
  return [...source.matchAll(/\$\{\{\s*|\s*\}\}/g)].map(it => ({
    start: start + it.index,
    end: start + it.index + it[0].length,
    newText: '',
  }))
}
