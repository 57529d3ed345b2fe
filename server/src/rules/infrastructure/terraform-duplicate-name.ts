/** Two files of a folder declare the same name: Terraform refuses all of it. */

import { isSpecimen } from '../../semantics/provenance.ts'
import { at, beside, text } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule<{ readonly name: string }>({
  id: 'infrastructure/terraform-duplicate-name',
  severity: 'error',
  languages: ['text'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *terraformModule({ names }) {
      const known = new Map<string, (typeof names)[number]>()
      for (const it of names) {
        if (it.isOverride || isSpecimen(it.file)) continue
        const key = `${it.kind} ${it.name}`
        const first = known.get(key)
        if (first) yield { at: it, data: { name: it.name }, related: [first] }
        else known.set(key, it)
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` is declared in this folder already`,
      why: 'Terraform reads all files of a folder as one, and refuses two declarations of one name: nothing can be planned or applied.',
      remedy: 'Delete one of the two, or give it another name.',
      places: ['Declared here first'],
    }),
    es: ({ name }) => ({
      message: `\`${name}\` ya se declara en esta carpeta`,
      why: 'Terraform lee todos los archivos de una carpeta como uno solo y rechaza dos declaraciones del mismo nombre: no se puede planificar ni aplicar nada.',
      remedy: 'Borra una de las dos o dale otro nombre.',
      places: ['Se declara aquí primero'],
    }),
  },

  examples: {
    invalid: [
      beside([at('infra/a.tf', text`variable "region" {}`)], at('infra/b.tf', text`variable «"region"» {}`)),
      at(
        'main.tf',
        text`
          resource "aws_s3_bucket" "assets" {}
          resource "aws_s3_bucket" «"assets"» {}
        `,
      ),
    ],
    valid: [
      beside(
        [at('infra/a.tf', text`variable "region" {}`)],
        at('infra/zone/b.tf', text`variable "region" {}`),
      ),
      beside(
        [at('infra/a.tf', text`resource "aws_s3_bucket" "assets" {}`)],
        at(
          'infra/a_override.tf',
          text`
            resource "aws_s3_bucket" "assets" {}
            data "aws_s3_bucket" "assets" {}
          `,
        ),
      ),
    ],
  },
})
