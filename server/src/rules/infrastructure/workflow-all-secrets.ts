/** All secrets of a repository are handed to one step or one workflow of somebody else. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { expressionsIn, usesOf, workflowOf } from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-all-secrets',
  severity: 'warning',
  languages: ['yaml'],
  cwe: [200, 522],
  concept: 'supply-chain',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: ['secrets'],

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      for (const { view } of workflow?.jobs ?? []) {
        for (const it of expressionsIn(file.text, view))
          if (/\btoJSON\s*\(\s*secrets\s*\)/i.test(it.code)) yield { at: it, data: { to: '' } }
        const [secrets, uses] = [view.get('secrets'), view.get('uses')]
        if (secrets?.text !== 'inherit' || !uses?.text) continue
        const { name, version, isLocal } = usesOf(uses)
        // A branch of others may say something else tomorrow; a commit does not.
        if (!isLocal && /^(?:main|master|develop|latest)$/.test(version))
          yield { at: secrets, data: { to: name } }
      }
    },
  },

  explain: {
    en: ({ to }) => ({
      message: to
        ? `\`${to}\` receives all secrets, whatever its branch says tomorrow`
        : 'All secrets of the repository are written out here',
      why: 'Who needs one secret gets all of them, those included that are added next year. One careless line, or one account that was taken over, and all have to be replaced.',
      remedy: 'Pass on the secrets that are needed, each by its name.',
    }),
    es: ({ to }) => ({
      message: to
        ? `\`${to}\` recibe todos los secretos, diga lo que diga mañana su rama`
        : 'Aquí se escriben todos los secretos del repositorio',
      why: 'Quien necesita un secreto los recibe todos, también los que se añadan el año que viene. Una línea descuidada o una cuenta robada y habrá que cambiarlos todos.',
      remedy: 'Pasa los secretos que hagan falta, cada uno por su nombre.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/deploy.yml',
        yaml`
          on: push
          jobs:
            deploy:
              runs-on: ubuntu-latest
              steps:
                - run: ./deploy.sh
                  env:
                    ALL: «\${{ toJSON(secrets) }}»
        `,
      ),
      at(
        '.github/workflows/call.yml',
        yaml`
          on: push
          jobs:
            release:
              uses: someone/workflows/.github/workflows/release.yml@main
              secrets: «inherit»
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/deploy.yml',
        yaml`
          on: push
          jobs:
            deploy:
              runs-on: ubuntu-latest
              steps:
                - run: ./deploy.sh
                  env:
                    KEY: \${{ secrets.DEPLOY_KEY }}
        `,
      ),
      at(
        '.github/workflows/call.yml',
        yaml`
          on: push
          jobs:
            release: { uses: ./.github/workflows/release.yml, secrets: inherit }
        `,
      ),
    ],
  },
})
