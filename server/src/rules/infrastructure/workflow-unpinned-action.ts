/** An action of somebody else by a tag or a branch: its owner can put other code behind that name. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { workflowOf } from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-unpinned-action',
  severity: 'hint',
  languages: ['yaml'],
  cwe: [1357, 829],
  concept: 'supply-chain',
  impact: { likelihood: 'low', cost: 'weeks' },
  // It is a decision that a team makes once, not a mistake of one line.
  enabled: false,
  needles: ['uses:'],

  check: {
    *Text(file) {
      for (const { steps } of workflowOf(file)?.jobs ?? [])
        for (const { uses } of steps) {
          if (!uses || uses.isLocal || /^(?:actions|github)\/|^docker:\/\/|\$\{\{/.test(uses.name)) continue
          if (/^[0-9a-f]{40}$/.test(uses.version)) continue
          yield { at: uses.view, data: { name: uses.name, version: uses.version } }
        }
    },
  },

  explain: {
    en: ({ name, version }) => ({
      message: `\`${version}\` of \`${name}\` can be moved to other code`,
      why: 'Tags and branches belong to the owner of the action, or to whoever took over the account: the next run may execute something else, with the secrets of this workflow.',
      remedy:
        'Name the commit, with the version in a comment: `@<40 digits> # v4.1.0`. Robots keep both up to date.',
    }),
    es: ({ name, version }) => ({
      message: `\`${version}\` de \`${name}\` puede pasar a ser otro código`,
      why: 'Las etiquetas y las ramas son de quien posee la acción, o de quien le haya robado la cuenta: la próxima ejecución puede ser otra cosa, con los secretos de este workflow.',
      remedy:
        'Nombra el commit, con la versión en un comentario: `@<40 dígitos> # v4.1.0`. Hay robots que actualizan ambos.',
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
              runs-on: ubuntu-latest
              steps: [{ uses: «someone/setup@v2» }]
        `,
      ),
      at(
        'action.yml',
        yaml`
          name: a
          runs:
            using: composite
            steps:
              - uses: «someone/setup/fast@main»
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
              runs-on: ubuntu-latest
              steps:
                - uses: someone/setup@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v2
                - uses: actions/checkout@v4
                - uses: ./.github/actions/build
        `,
      ),
      yaml`uses: someone/setup@v2`,
    ],
  },
})
