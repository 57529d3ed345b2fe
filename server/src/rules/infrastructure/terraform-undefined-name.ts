/** A variable, a local value, a module or a resource that no file of the folder has: Terraform refuses all of it. */

import type { TerraformModule, TerraformName } from '../../graph/terraform/modules.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'
import { at, beside, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule<{ readonly name: string; readonly kind: string; readonly meant: string }>({
  id: 'infrastructure/terraform-undefined-name',
  severity: 'error',
  languages: ['text'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *terraformModule(module, { terraformModules }) {
      if (!module.isWhole) return
      const byKind = grouped(module.names)
      const unknown = module.uses.filter(it => !byKind.get(it.kind)?.some(known => known.name === it.name))
      // A folder that lacks so much lacks a file: one that is made, or a link, and links are not followed.
      if (new Set(unknown.map(it => `${it.kind} ${it.name}`)).size > MOST_UNKNOWN) return
      for (const use of unknown) {
        if (isSpecimen(use.file) || isTest(use.file)) continue
        // A piece that is shown declares nothing; and who provides what is not used here is not known.
        const known = byKind.get(use.kind) ?? []
        const beginning = use.kind === 'resource' ? use.name.slice(0, use.name.indexOf('_') + 1) : ''
        if (!known.some(it => it.name.startsWith(beginning))) continue
        // What several folders lack is such a file too.
        if (terraformModules.some(it => it !== module && lacks(it, use))) continue
        const names = known.map(it => it.name)
        yield { at: use, data: { name: use.name, kind: use.kind, meant: nearestName(use.name, names) ?? '' } }
      }
    },
  },

  explain: {
    en: ({ name, kind, meant }) => ({
      message: `No file of this folder has ${ENGLISH[kind] ?? 'the resource'} \`${name}\``,
      why: 'Terraform reads a folder as one, and refuses it whole when a name in it leads nowhere: nothing can be planned or applied.',
      remedy: meant ? `Name \`${meant}\`, or declare it.` : 'Declare it, or name one that is there.',
    }),
    es: ({ name, kind, meant }) => ({
      message: `Ningún archivo de esta carpeta tiene ${SPANISH[kind] ?? 'el recurso'} \`${name}\``,
      why: 'Terraform lee una carpeta como un todo y la rechaza entera cuando un nombre no lleva a ninguna parte: no se puede planificar ni aplicar nada.',
      remedy: meant ? `Nombra \`${meant}\` o decláralo.` : 'Decláralo o nombra uno que exista.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'infra/variables.tf',
            text`
              variable "region" {
                type = string
              }
            `,
          ),
        ],
        at(
          'infra/main.tf',
          text`
            provider "aws" {
              region = var.«regoin»
            }
            resource "aws_instance" "shop" {}
            output "address" {
              value = "http://\${«aws_instance.store».public_ip}:80"
            }
          `,
        ),
      ),
      at(
        'main.tf',
        text`
          locals {
            name = "shop"
          }
          resource "aws_s3_bucket" "assets" {
            bucket = "\${local.«nmae»}-assets"
          }
        `,
      ),
    ],
    valid: [
      beside(
        [at('infra/variables.tf', text`variable "regions" {}`)],
        at(
          'infra/main.tf',
          text`
            locals { all = { for local_region in var.regions : local_region.id => upper(local_region.name) } }
            resource "aws_security_group" "shop" {
              dynamic "ingress" {
                for_each = local.all
                content { description = ingress.value }
              }
              tags = { Name = "var.nothing is a text" } # and var.this is a comment
            }
          `,
        ),
      ),
      // A piece that is shown.
      at('main.tf', text`output "a" { value = var.b }`),
    ],
  },
})

const MOST_UNKNOWN = 3

const ENGLISH: Readonly<Record<string, string>> = {
  var: 'the variable',
  local: 'the local value',
  module: 'the module',
  data: 'the data source',
}

const SPANISH: Readonly<Record<string, string>> = {
  var: 'la variable',
  local: 'el valor local',
  module: 'el módulo',
  data: 'la fuente de datos',
}

function grouped(names: readonly TerraformName[]): ReadonlyMap<string, readonly TerraformName[]> {
  const found = new Map<string, TerraformName[]>()
  for (const it of names) found.set(it.kind, [...(found.get(it.kind) ?? []), it])
  return found
}

function lacks({ names, uses }: TerraformModule, { kind, name }: TerraformName): boolean {
  const isThis = (it: TerraformName) => it.kind === kind && it.name === name
  return uses.some(isThis) && !names.some(isThis)
}
