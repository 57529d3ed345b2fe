/** A workflow waits for an event that GitHub does not send: it never runs, or is refused. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { WORKFLOW_NEEDLES, workflowOf } from '../support/infrastructure/workflow.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/workflow-unknown-event',
  severity: 'error',
  languages: ['yaml'],
  concept: 'workflows',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: WORKFLOW_NEEDLES,

  check: {
    *Text(file) {
      for (const { name, at } of workflowOf(file)?.triggers ?? []) {
        if (EVENTS.has(name)) continue
        const meant = nearestName(name, EVENTS) ?? ''
        const { start, end } = at
        yield {
          at,
          data: { name, meant },
          ...(meant && { fix: { safety: 'unsafe', edits: () => [{ start, end, newText: meant }] } }),
        }
      }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `GitHub sends no event called \`${name}\``,
      why: 'A workflow with an unknown event is invalid and never runs: what it was to check is not checked.',
      remedy: meant ? `Write \`${meant}\`.` : 'Name an event of GitHub’s list.',
      ...(meant && { fix: `Write \`${meant}\`` }),
    }),
    es: ({ name, meant }) => ({
      message: `GitHub no envía ningún evento llamado \`${name}\``,
      why: 'Un workflow con un evento desconocido no es válido y nunca se ejecuta: lo que debía comprobar queda sin comprobar.',
      remedy: meant ? `Escribe \`${meant}\`.` : 'Nombra un evento de la lista de GitHub.',
      ...(meant && { fix: `Escribir \`${meant}\`` }),
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          '.github/workflows/ci.yml',
          yaml`
            on: [push, «pull-request»]
            jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
          `,
        ),
        at(
          '.github/workflows/ci.yml',
          yaml`
            on: [push, pull_request]
            jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
          `,
        ),
      ),
      at(
        '.github/workflows/tag.yml',
        yaml`
          on:
            «tags»: ['v*']
          jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on:
            push: { tags: ['v*'] }
            merge_group:
          jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
      yaml`
        on: anything
        jobs: { a: { runs-on: ubuntu-latest } }
      `,
    ],
  },
})

const EVENTS: ReadonlySet<string> = new Set(
  'branch_protection_rule check_run check_suite create delete deployment deployment_status discussion discussion_comment fork gollum image_version issue_comment issues label merge_group milestone page_build project project_card project_column public pull_request pull_request_comment pull_request_review pull_request_review_comment pull_request_target push registry_package release repository_dispatch schedule status watch workflow_call workflow_dispatch workflow_run'.split(
    ' ',
  ),
)
