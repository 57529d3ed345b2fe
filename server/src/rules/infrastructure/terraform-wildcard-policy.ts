/** A policy that allows every action on everything. */

import { attribute, type HclBlock, type HclText } from '../../graph/terraform/hcl.ts'
import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { terraformOf } from '../support/infrastructure/terraform.ts'

export default defineRule({
  id: 'infrastructure/terraform-wildcard-policy',
  severity: 'warning',
  languages: ['text'],
  cwe: [250, 732],
  concept: 'cloud-permissions',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: ['"*"'],

  check: {
    *Text(file) {
      for (const block of terraformOf(file)?.blocks ?? [])
        for (const { start, end } of allowedIn(block)) yield { at: { start, end }, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'This policy allows every action on everything',
      why: 'One program with this policy that is broken into, or one key of it that leaks, is the whole account.',
      remedy: 'Name the actions and the resources; the log of the account tells which were used.',
    }),
    es: () => ({
      message: 'Esta política permite cualquier acción sobre cualquier cosa',
      why: 'Basta que alguien se cuele en un programa con esta política, o que se filtre una de sus claves, para perder la cuenta entera.',
      remedy: 'Nombra las acciones y los recursos; el registro de la cuenta dice cuáles se usaron.',
    }),
  },

  examples: {
    invalid: [
      at(
        'main.tf',
        text`
          data "aws_iam_policy_document" "shop" {
            statement {
              actions   = «["*"]»
              resources = ["*"]
            }
          }
        `,
      ),
      at(
        'main.tf',
        text`
          resource "aws_iam_policy" "shop" {
            policy = jsonencode({
              Statement = [{ Effect = "Allow", «Action = "*"», Resource = "*" }]
            })
          }
        `,
      ),
    ],
    valid: [
      at(
        'main.tf',
        text`
          data "aws_iam_policy_document" "shop" {
            statement {
              actions   = ["s3:GetObject"]
              resources = ["*"]
            }
            statement {
              effect    = "Deny"
              actions   = ["*"]
              resources = ["*"]
            }
          }
          resource "aws_iam_policy" "shop" {
            policy = jsonencode({ Statement = [{ Effect = "Deny", Action = "*", Resource = "*" }] })
          }
        `,
      ),
      text`
        statement {
          actions   = ["*"]
          resources = ["*"]
        }
      `,
    ],
  },
})

const ALL = /^\[\s*"\*"\s*,?\s*\]$/

function* allowedIn({ type, labels: [label], body }: HclBlock): Generator<Pick<HclText, 'start' | 'end'>> {
  if (type === 'data' && label?.text === 'aws_iam_policy_document') {
    for (const { type: kind, body: statement } of body.blocks) {
      const [effect, actions, resources] = ['effect', 'actions', 'resources'].map(
        it => attribute(statement, it)?.value,
      )
      // Who may do it, or when, is said beside it in policies of keys and buckets.
      if (kind !== 'statement' || statement.blocks.length > 0 || (effect && effect.text !== '"Allow"'))
        continue
      if (actions && ALL.test(actions.text) && resources && ALL.test(resources.text)) yield actions
    }
  }
  if (type !== 'resource' || !/^aws_iam_/.test(label?.text ?? '')) return
  const policy = (attribute(body, 'policy') ?? attribute(body, 'inline_policy'))?.value
  // Each statement by itself, in the notation of Terraform or of JSON.
  for (const { 0: statement, index } of policy?.text.matchAll(/\{[^{}]*\}/g) ?? []) {
    const action = /["']?\bAction["']?\s*[=:]\s*(?:"\*"|\[\s*"\*"\s*\])/.exec(statement)
    if (!action || !/\bEffect["']?\s*[=:]\s*"Allow"/.test(statement)) continue
    if (!/\bResource["']?\s*[=:]\s*(?:"\*"|\[\s*"\*"\s*\])/.test(statement)) continue
    const start = policy!.start + index + action.index
    yield { start, end: start + action[0].length }
  }
}
