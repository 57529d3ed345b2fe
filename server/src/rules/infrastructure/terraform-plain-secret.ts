/** A password or a key that stands in a file of Terraform, and from there in its state. */

import { attribute, type HclBlock, type HclBody, type HclText, literal } from '../../graph/terraform/hcl.ts'
import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isRealSecret } from '../support/infrastructure/secrets.ts'
import { terraformOf } from '../support/infrastructure/terraform.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'infrastructure/terraform-plain-secret',
  severity: 'warning',
  languages: ['text'],
  cwe: [798, 312],
  concept: 'secrets',
  impact: { likelihood: 'medium', cost: 'weeks' },
  needles: ['password', 'passwd', 'secret', 'token', 'key', 'PASSWORD', 'SECRET', 'TOKEN', 'KEY'],

  check: {
    *Text(file) {
      if (isExamplePath(file.path)) return
      for (const block of terraformOf(file)?.blocks ?? [])
        for (const { name, value } of namedIn(block)) {
          const { start, end } = value
          const written = literal(value)
          if (written !== undefined && isRealSecret(name, written))
            yield { at: { start, end }, data: { name } }
        }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `The value of \`${name}\` stands here for everybody to read`,
      why: 'Whoever can read the repository has it, and the history keeps it after it is deleted here.',
      remedy:
        'Replace the secret where it was issued; read the new one from a secret store, or give it as a variable that is `sensitive`.',
    }),
    es: ({ name }) => ({
      message: `El valor de \`${name}\` está aquí a la vista de todos`,
      why: 'Quien pueda leer el repositorio lo tiene, y el historial lo conserva aunque se borre aquí.',
      remedy:
        'Cambia el secreto donde se emitió; lee el nuevo de un almacén de secretos o pásalo como variable `sensitive`.',
    }),
  },

  examples: {
    invalid: [
      at(
        'main.tf',
        text`
          resource "aws_db_instance" "shop" {
            password = «"tr0ub4dor&3"»
          }
        `,
      ),
      at(
        'variables.tf',
        text`
          variable "api_key" {
            default = «"k7Qm2vXw9LpR4tZs8BnY"»
          }
        `,
      ),
    ],
    valid: [
      at(
        'main.tf',
        text`
          resource "aws_db_instance" "shop" {
            password = var.password
          }
          variable "password" {
            default = "changeme"
          }
        `,
      ),
      text`password = "tr0ub4dor&3"`,
    ],
  },
})

function* namedIn({ type, labels: [label], body }: HclBlock): Generator<{ name: string; value: HclText }> {
  if (type === 'variable') {
    const value = attribute(body, 'default')?.value
    if (label && value) yield { name: label.text, value }
  } else yield* attributesOf(body)
}

function* attributesOf(body: HclBody): Generator<{ name: string; value: HclText }> {
  for (const { name, value } of body.attributes) yield { name, value }
  for (const it of body.blocks) yield* attributesOf(it.body)
}
