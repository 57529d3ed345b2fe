/** A variable or a local value that nothing in its folder reads. */

import { isSpecimen } from '../../semantics/provenance.ts'
import { at, beside, text } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule<{ readonly name: string; readonly kind: string }>({
  id: 'infrastructure/terraform-unused-name',
  severity: 'hint',
  languages: ['text'],
  cwe: [561],
  concept: 'declared-state',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {},
  relate: {
    *terraformModule({ names, uses, isWhole }) {
      // Who uses nothing at all is a list that another program reads.
      if (!isWhole || uses.length === 0) return
      const used = new Set(uses.map(it => `${it.kind} ${it.name}`))
      for (const it of names) {
        if ((it.kind !== 'var' && it.kind !== 'local') || used.has(`${it.kind} ${it.name}`)) continue
        // Some values are only there to be computed.
        if (!isSpecimen(it.file) && !it.name.startsWith('_'))
          yield { at: it, data: { name: it.name, kind: it.kind } }
      }
    },
  },

  explain: {
    en: ({ name, kind }) => ({
      message:
        kind === 'var'
          ? `Nothing reads the variable \`${name}\``
          : `Nothing reads the local value \`${name}\``,
      why: 'Who sets it expects something of it, and nothing happens.',
      remedy: 'Delete it, or use it where it was meant to be used.',
    }),
    es: ({ name, kind }) => ({
      message: kind === 'var' ? `Nada lee la variable \`${name}\`` : `Nada lee el valor local \`${name}\``,
      why: 'Quien lo fije espera algo de él, y no pasa nada.',
      remedy: 'Bórralo o úsalo donde se pensaba usar.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'infra/main.tf',
            text`
              provider "aws" {
                region = var.region
              }
            `,
          ),
        ],
        at(
          'infra/variables.tf',
          text`
            variable "region" {}
            variable «"zone"» {}
          `,
        ),
      ),
      at(
        'main.tf',
        text`
          locals {
            name   = "shop"
            «suffix» = "assets"
          }
          resource "aws_s3_bucket" "assets" { bucket = local.name }
        `,
      ),
    ],
    valid: [
      beside(
        [at('infra/main.tf', text`module "shop" { region = "\${var.region}" }`)],
        at('infra/variables.tf', text`variable "region" {}`),
      ),
      at('infra/variables.tf', text`variable "region" {}`),
      // Read only to bring in what was made by hand.
      at(
        'infra/imports.tf',
        text`
          variable "buckets" {}
          import {
            for_each = toset(var.buckets)
            id       = each.key
            to       = aws_s3_bucket.kept[each.key]
          }
        `,
      ),
    ],
  },
})
