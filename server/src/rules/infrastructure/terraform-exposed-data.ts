/** Storage or a database that is open to everybody, or whose encryption is switched off. */

import { attribute, type HclBlock, type HclBody, type HclText, literal } from '../../graph/terraform/hcl.ts'
import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { terraformOf } from '../support/infrastructure/terraform.ts'

export default defineRule({
  id: 'infrastructure/terraform-exposed-data',
  severity: 'warning',
  languages: ['text'],
  cwe: [311, 732],
  concept: 'cloud-permissions',
  impact: { likelihood: 'medium', cost: 'weeks' },
  needles: ['resource'],

  check: {
    *Text(file) {
      for (const block of terraformOf(file)?.blocks ?? [])
        for (const { at, what } of exposedIn(block))
          yield { at: { start: at.start, end: at.end }, data: dataOf(what) }
    },
  },

  explain: {
    en: ({ what }) => ({
      message: ENGLISH[what],
      why: WHY.en[what],
      remedy:
        what === 'plain'
          ? 'Switch encryption on; it costs nothing, and existing data may have to be copied once.'
          : 'Close it, and let a network for contents, a signed link or a program hand out what is meant for others.',
    }),
    es: ({ what }) => ({
      message: SPANISH[what],
      why: WHY.es[what],
      remedy:
        what === 'plain'
          ? 'Activa el cifrado; no cuesta nada, aunque puede que haya que copiar una vez los datos existentes.'
          : 'Ciérralo, y que una red de contenidos, un enlace firmado o un programa entregue lo que sea para otros.',
    }),
  },

  examples: {
    invalid: [
      at(
        'main.tf',
        text`
          resource "aws_s3_bucket_acl" "assets" {
            acl = «"public-read-write"»
          }
          resource "aws_db_instance" "shop" {
            publicly_accessible = «true»
            storage_encrypted   = «false»
          }
        `,
      ),
      at(
        'storage.tf',
        text`
          resource "google_storage_bucket_iam_member" "all" {
            role   = "roles/storage.objectAdmin"
            member = «"allUsers"»
          }
          resource "azurerm_storage_account" "shop" {
            enable_https_traffic_only = «false»
          }
        `,
      ),
    ],
    valid: [
      at(
        'main.tf',
        text`
          resource "aws_s3_bucket_acl" "assets" {
            acl = "private"
          }
          resource "aws_db_instance" "shop" {
            publicly_accessible = var.public
            storage_encrypted   = true
          }
        `,
      ),
      text`publicly_accessible = true`,
    ],
  },
})

type What = 'write' | 'reachable' | 'plain'

const dataOf = (what: What): { readonly what: What } => ({ what })

const ENGLISH: Readonly<Record<What, string>> = {
  write: 'Everybody may change what is stored here',
  reachable: 'This database has an address on the internet',
  plain: 'The encryption of this data is switched off',
}

const SPANISH: Readonly<Record<What, string>> = {
  write: 'Cualquiera puede cambiar lo que se guarda aquí',
  reachable: 'Esta base de datos tiene una dirección en internet',
  plain: 'El cifrado de estos datos está desactivado',
}

const WHY: Readonly<Record<'en' | 'es', Readonly<Record<What, string>>>> = {
  en: {
    write: 'Strangers put there what they want to spread, or delete what is yours.',
    reachable: 'A rule of the network that is too wide, or one weak password, and it is open.',
    plain: 'Who gets a copy of the disk, of a backup or of the connection reads everything.',
  },
  es: {
    write: 'Los desconocidos ponen ahí lo que quieren difundir, o borran lo tuyo.',
    reachable: 'Una regla de red demasiado amplia o una contraseña débil, y está abierta.',
    plain: 'Quien obtenga una copia del disco, de un respaldo o de la conexión lo lee todo.',
  },
}

function* exposedIn({ type, labels: [label], body }: HclBlock): Generator<{ at: HclText; what: What }> {
  const kind = label?.text ?? ''
  if (type !== 'resource') return
  if (/^aws_s3_bucket(?:_acl)?$/.test(kind)) {
    const acl = attribute(body, 'acl')?.value
    const granted = literal(acl)
    if (acl && granted === 'public-read-write') yield { at: acl, what: 'write' }
  }
  if (/^google_storage_bucket_(?:iam_(?:member|binding)|access_control)$/.test(kind)) {
    const members = (attribute(body, 'member') ?? attribute(body, 'members') ?? attribute(body, 'entity'))
      ?.value
    const role = literal(attribute(body, 'role')?.value) ?? ''
    const isWriter = /admin|creator|editor|writer|owner/i.test(role)
    if (members && /"all(?:Authenticated)?Users"/.test(members.text) && isWriter)
      yield { at: members, what: 'write' }
  }
  const reachable = attribute(body, 'publicly_accessible')?.value
  if (reachable?.text === 'true') yield { at: reachable, what: 'reachable' }
  for (const name of PLAIN) yield* plainIn(body, name)
  for (const it of body.blocks) for (const name of PLAIN) yield* plainIn(it.body, name)
}

const PLAIN = [
  'encrypted',
  'storage_encrypted',
  'at_rest_encryption_enabled',
  'transit_encryption_enabled',
  'enable_https_traffic_only',
  'https_traffic_only_enabled',
]

function* plainIn(body: HclBody, name: string): Generator<{ at: HclText; what: What }> {
  const value = attribute(body, name)?.value
  if (value?.text === 'false') yield { at: value, what: 'plain' }
}
