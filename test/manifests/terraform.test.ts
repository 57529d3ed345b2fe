// The clouds that Terraform would make, as far as that can be known without one: everything that is asked for stands somewhere, names are
// those of the provider, and an operator's questions have their answers. `terraform-fake.test.ts` makes the one of AWS against a fake.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './support/render.ts'
import {
  CLOUDS,
  danglingIn,
  type Made,
  made,
  QUESTIONS,
  type Sources,
  sourcesOf,
} from './support/terraform.ts'

// biome-ignore lint/suspicious/noExplicitAny: HCL as JSON.
type Any = any

interface Schema {
  readonly attributes: readonly string[]
  readonly required: readonly string[]
  readonly blocks?: Readonly<Record<string, Schema>>
}

const hasTerraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0

function broken(sources: Sources, [file, from, to]: readonly [string, string, string]): Sources {
  const text = sources.get(file)
  assert.ok(text?.includes(from), `${file} has no ${from}`)
  return new Map(sources).set(file, text!.replace(from, to))
}

for (const cloud of CLOUDS) {
  const sources = sourcesOf(cloud)

  test(`${cloud}: what is asked for stands somewhere, and what stands somewhere is asked for`, async () => {
    assert.deepEqual(danglingIn(await made(sources)), [])
    for (const it of [
      ['outputs.tf', 'database_networks', 'database_network_list'],
      ['storage.tf', 'var.backup_days', 'var.backup_day'],
      ['storage.tf', 'this["storage"]', 'these["storage"]'],
      ['storage.tf', '${local.name}', '${local.nam}'],
    ] as const) {
      const wrong = danglingIn(await made(broken(sources, it)))
      if (it[0] !== 'outputs.tf') assert.notDeepEqual(wrong, [], it[2])
    }
  })

  test(`${cloud}: an environment sets what there is to set, and everything that has to be`, async () => {
    const of = await made(sources)
    const wanted = Object.keys(of.variable).filter(it => !('default' in of.variable[it]))
    for (const [name, values] of Object.entries(of.environments)) {
      assert.equal((values as Any).environment, name)
      assert.deepEqual(
        Object.keys(values).filter(it => !of.variable[it]),
        [],
        name,
      )
      assert.deepEqual(
        wanted.filter(it => !(it in values)),
        [],
        name,
      )
    }
    assert.deepEqual(Object.keys(of.environments).sort(), ['production', 'staging'])
  })

  test(`${cloud}: it is written as Terraform writes it`, {
    ...(!hasTerraform && { skip: 'there is no terraform here' }),
  }, () => {
    const given = ['fmt', '-check', '-diff', '-recursive', join(root, 'deploy/terraform', cloud)]
    const { status, stdout, stderr } = spawnSync('terraform', given, { encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
  })

  for (const { name, check, breakIt } of QUESTIONS.filter(it => it.cloud === cloud))
    test(`${cloud}: ${name}`, async () => {
      assert.deepEqual(check(await made(sources)), [])
      assert.notDeepEqual(check(await made(broken(sources, breakIt))), [], 'a fault would not be noticed')
    })
}

test('the cluster’s manifests reach the database and take the roles that Terraform makes', async () => {
  const [aws, google] = await Promise.all(CLOUDS.map(async it => made(sourcesOf(it))))
  // The first /24 of the network: four subnets of 26 bits in one cloud, all of it in the other.
  assert.equal(aws!.resource.aws_subnet!.database.cidr_block, '${cidrsubnet(var.network, 10, each.value)}')
  assert.equal(
    google!.resource.google_compute_global_address!.database.address,
    '${cidrhost(var.network, 0)}',
  )
  assert.equal(google!.resource.google_compute_global_address!.database.prefix_length, 24)
  const overlay = (name: string) =>
    readFileSync(join(root, `deploy/kubernetes/overlays/${name}/where.yaml`), 'utf8')
  for (const of of [aws!, google!])
    for (const [name, { network }] of Object.entries<Any>(of.environments))
      assert.match(
        overlay(name),
        new RegExp(`cidr: ${network.replace('/16', '/24').replaceAll('.', '\\.')}\n`),
        name,
      )
  const roles = [
    ...overlay('production').matchAll(
      /name: (\S+)\n {2}annotations:\n(?: {4}#.*\n)* {4}eks\.\S+: arn:aws:iam::\d+:role\/codeant-production-(\S+)/g,
    ),
  ]
  assert.deepEqual(
    roles.map(it => [it[2], aws!.locals.pods[it[2]!]]),
    roles.map(it => [it[2], `codeant:${it[1]}`]),
  )
  assert.ok(roles.length >= 2)
  // Google takes no longer names.
  for (const it of Object.keys(google!.locals.pods)) assert.ok(`codeant-production-${it}`.length <= 30, it)
})

test('google: the provider knows every name, and is told all that it wants', async () => {
  const { schema } = JSON.parse(
    readFileSync(join(root, 'test/manifests/support/google-provider.json'), 'utf8'),
  ) as { schema: Readonly<Record<string, Schema>> }
  const sources = sourcesOf('google')
  const wrong = async (of: Sources) => unknownIn(await made(of), schema)
  assert.deepEqual(await wrong(sources), [])
  for (const it of [
    ['database.tf', 'ssl_mode ', 'require_ssl_mode '],
    ['cluster.tf', 'enable_private_nodes ', 'enable_private_node '],
    ['storage.tf', '  location                    = var.region\n', ''],
    ['keys.tf', 'resource "google_kms_key_ring"', 'resource "google_kms_keyring"'],
  ] as const)
    assert.notDeepEqual(await wrong(broken(sources, it)), [], it[2])
})

/** Of Terraform itself; every resource knows them. */
const META = new Set(['for_each', 'count', 'depends_on', 'lifecycle', 'provider', 'dynamic'])

function unknownIn(of: Made, schema: Readonly<Record<string, Schema>>): readonly string[] {
  const each = (kind: 'resource' | 'data', prefix: string) =>
    Object.entries(of[kind]).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, body]) =>
        unknownInBlock(body, schema[prefix + type], `${type}.${name}`),
      ),
    )
  return [...each('resource', ''), ...each('data', 'data.')]
}

function unknownInBlock(body: Any, schema: Schema | undefined, place: string): readonly string[] {
  if (!schema) return [`${place} is no resource that is known`]
  const repeated = Object.entries<Any>(body.dynamic ?? {}).map(
    ([key, [block]]) => [key, block.content] as const,
  )
  const all = [...Object.entries<Any>(body), ...repeated].filter(([key]) => !META.has(key))
  const names = all.map(it => it[0])
  return [
    ...names.filter(it => !schema.attributes.includes(it)).map(it => `${place} has no ${it}`),
    ...schema.required.filter(it => !names.includes(it) && !(it in body)).map(it => `${place} lacks ${it}`),
    ...all.flatMap(([key, value]) => {
      const block = schema.blocks?.[key]
      return block ? [value].flat().flatMap((it: Any) => unknownInBlock(it, block, `${place}.${key}`)) : []
    }),
  ]
}
