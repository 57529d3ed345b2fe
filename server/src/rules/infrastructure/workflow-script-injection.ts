/** What strangers write (a title, a comment, a branch's name) is pasted into a script before the shell reads it. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { expressionsIn, WORKFLOW_NEEDLES, workflowOf } from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-script-injection',
  severity: 'error',
  languages: ['yaml'],
  cwe: [78, 94],
  concept: 'workflows',
  impact: { likelihood: 'medium', cost: 'weeks' },
  needles: WORKFLOW_NEEDLES,

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      for (const { steps } of workflow?.jobs ?? [])
        for (const { run, uses, view } of steps) {
          const script =
            run ?? (uses?.name === 'actions/github-script' ? view.get('with', 'script') : undefined)
          if (!script) continue
          for (const it of expressionsIn(file.text, script)) {
            const name = UNTRUSTED.exec(it.code)?.[0]
            if (name && !TESTED.test(it.code)) yield { at: it, data: { name } }
          }
        }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` becomes a part of the script before it runs`,
      why: 'The expression is replaced first and the shell reads what comes out: a title or a branch called `$(curl …)` is a command, run with the token and the secrets of this job. A quotation mark in it is enough to break the script.',
      remedy:
        'Give the value to the step in `env:` and read the variable, in quotes, from the script: `"$TITLE"`.',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` pasa a formar parte del script antes de que se ejecute`,
      why: 'Primero se sustituye la expresión y después el shell lee el resultado: un título o una rama llamada `$(curl …)` es una orden, que se ejecuta con el token y los secretos de este job. Basta una comilla para romper el script.',
      remedy:
        'Pasa el valor al paso con `env:` y lee la variable, entre comillas, desde el script: `"$TITULO"`.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/greet.yml',
        yaml`
          on: issues
          jobs:
            greet:
              runs-on: ubuntu-latest
              steps:
                - run: echo "Thanks for «\${{ github.event.issue.title }}»"
        `,
      ),
      at(
        '.github/workflows/label.yml',
        yaml`
          on: { pull_request_target: {} }
          jobs:
            label:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/github-script@v7
                  with:
                    script: |
                      const branch = '«\${{ github.head_ref }}»'
                      core.info(branch)
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/greet.yml',
        yaml`
          on: issues
          jobs:
            greet:
              runs-on: ubuntu-latest
              steps:
                - run: echo "Thanks for $TITLE"
                  env:
                    TITLE: \${{ github.event.issue.title }}
        `,
      ),
      // A number is no script, and neither is the answer to a question.
      at(
        '.github/workflows/number.yml',
        yaml`
          on: pull_request
          jobs:
            number:
              runs-on: ubuntu-latest
              steps:
                - run: |
                    echo \${{ github.event.pull_request.number }}
                    echo \${{ contains(github.event.pull_request.title, 'wip') }}
        `,
      ),
    ],
  },
})

/** What GitHub's own guide to hardening lists: whoever has an account may write it. */
const UNTRUSTED =
  /(?<![\w.])github\.(?:head_ref|event\.(?:issue|pull_request|discussion)\.(?:title|body)|event\.(?:comment|review|review_comment)\.body|event\.pull_request\.head\.(?:ref|label|repo\.default_branch)|event\.workflow_run\.(?:head_branch|display_title|head_commit\.(?:message|author\.(?:name|email)))|event\.(?:head_commit|commits(?:\.\*|\[\d+\]))\.(?:message|author\.(?:name|email))|event\.pages(?:\.\*|\[\d+\])\.page_name)(?![\w.])/i

/** Only the answer reaches the script. */
const TESTED = /\b(?:contains|startsWith|endsWith|hashFiles)\s*\(|[!=]=|\btoJSON\s*\(/i
