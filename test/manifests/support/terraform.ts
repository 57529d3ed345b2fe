// What a sceptical operator asks of the cloud that Terraform would make, without making it; each question knows how to break what it
// asks for.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { root } from './render.ts'

// biome-ignore lint/suspicious/noExplicitAny: HCL as JSON, of which each question reads what it knows.
type Any = any

export const CLOUDS = ['aws', 'google'] as const
export type Cloud = (typeof CLOUDS)[number]

/** The files of one cloud, by their names. */
export type Sources = ReadonlyMap<string, string>

/** Blocks of all files together: `of.resource.aws_vpc.this`. */
export interface Made {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Any>>>>
  readonly data: Readonly<Record<string, Readonly<Record<string, Any>>>>
  readonly variable: Readonly<Record<string, Any>>
  readonly locals: Readonly<Record<string, Any>>
  readonly output: Readonly<Record<string, Any>>
  readonly terraform: Any
  /** What a file of environments/ says, by its name. */
  readonly environments: Readonly<Record<string, Any>>
}

export interface Question {
  readonly name: string
  readonly cloud: Cloud
  readonly check: (made: Made) => readonly string[]
  readonly breakIt: readonly [file: string, from: string, to: string]
}

export function sourcesOf(cloud: Cloud): Sources {
  const folder = join(root, 'deploy/terraform', cloud)
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(it => /\.tf(vars)?$/.test(it))
      .map(it => [it.replaceAll('\\', '/'), readFileSync(join(folder, it), 'utf8')]),
  )
}

export async function made(sources: Sources): Promise<Made> {
  const all: Any = {
    resource: {},
    data: {},
    variable: {},
    locals: {},
    output: {},
    terraform: {},
    environments: {},
  }
  for (const [file, text] of sources) {
    const content = (await parse(file, text)) as Any
    if (file.endsWith('.tfvars')) {
      all.environments[file.replace(/^environments\/|\.tfvars$/g, '')] = content
      continue
    }
    for (const kind of ['resource', 'data'])
      for (const [type, named] of Object.entries<Any>(content[kind] ?? {}))
        for (const [name, [body]] of Object.entries<Any>(named)) (all[kind][type] ??= {})[name] = body
    for (const kind of ['variable', 'output'])
      for (const [name, [body]] of Object.entries<Any>(content[kind] ?? {})) all[kind][name] = body
    for (const it of content.locals ?? []) Object.assign(all.locals, it)
    for (const it of content.terraform ?? []) Object.assign(all.terraform, it)
  }
  return all
}

/** What is asked for somewhere and stands nowhere, and the other way round. */
export function danglingIn(of: Made): readonly string[] {
  const text = JSON.stringify([of.resource, of.data, of.locals, of.output, of.variable])
  const used = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(it => it.slice(1).join('.')))
  const missing = [
    ...[...used(/(?<![\w.])var\.(\w+)/g)].filter(it => !of.variable[it]).map(it => `var.${it}`),
    ...[...used(/(?<![\w.])local\.(\w+)/g)].filter(it => !(it in of.locals)).map(it => `local.${it}`),
    ...[...used(/(?<![\w.])data\.(\w+)\.(\w+)/g)].filter(it => !at(of.data, it)).map(it => `data.${it}`),
    ...[...used(/(?<![\w.])((?:aws|google)_\w+)\.(\w+)/g)].filter(it => !at(of.resource, it)),
  ]
  const provider = JSON.stringify(of.terraform)
  const asked = used(/(?<![\w.])var\.(\w+)/g)
  const idle = Object.keys(of.variable).filter(it => !asked.has(it) && !provider.includes(`var.${it}`))
  return [
    ...missing,
    ...idle.filter(it => !['region', 'project'].includes(it)).map(it => `nobody asks for var.${it}`),
  ]
}

function at(of: Readonly<Record<string, Any>>, path: string): Any {
  const [type, name] = path.split('.')
  return of[type!]?.[name!]
}

const everyOf = (of: Made, type: string, wrong: (it: Any, name: string) => string | undefined) => {
  const all = Object.entries<Any>(of.resource[type] ?? {})
  if (all.length === 0) return [`there is no ${type}`]
  return all.flatMap(([name, it]) => {
    const why = wrong(it, name)
    return why ? [`${type}.${name} ${why}`] : []
  })
}

const sure = (is: unknown, why: string) => (is ? undefined : why)

/** Whoever reads a policy sees who may do what, and no more. */
const statementsOf = (of: Made) =>
  Object.entries<Any>(of.data.aws_iam_policy_document ?? {}).flatMap(([name, it]) => {
    const dynamic = (it.dynamic?.statement ?? []).flatMap((block: Any) => block.content)
    return [...(it.statement ?? []), ...dynamic].map((statement: Any) => ({ name, statement }))
  })

export const QUESTIONS: readonly Question[] = [
  {
    name: 'no bucket is public, all are encrypted, versioned, swept and asked over TLS',
    cloud: 'aws',
    check: of => {
      const own = everyOf(of, 'aws_s3_bucket', it => sure(it.for_each === '${local.buckets}', 'stands alone'))
      const beside = [
        'aws_s3_bucket_versioning',
        'aws_s3_bucket_lifecycle_configuration',
        'aws_s3_bucket_server_side_encryption_configuration',
        'aws_s3_bucket_policy',
        'aws_s3_bucket_ownership_controls',
        'aws_s3_bucket_public_access_block',
      ].flatMap(type =>
        everyOf(of, type, it => sure(it.for_each === '${local.buckets}', 'is not for all buckets')),
      )
      const closed = everyOf(of, 'aws_s3_bucket_public_access_block', it =>
        sure(
          ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].every(
            key => it[key] === true,
          ),
          'lets somebody in',
        ),
      )
      const encrypted = everyOf(of, 'aws_s3_bucket_server_side_encryption_configuration', it =>
        sure(
          it.rule[0].apply_server_side_encryption_by_default[0].sse_algorithm === 'aws:kms',
          'has no key of ours',
        ),
      )
      const tls = of.data.aws_iam_policy_document?.bucket?.statement?.[0]
      const isTls = tls?.effect === 'Deny' && tls.condition[0].variable === 'aws:SecureTransport'
      return [...own, ...beside, ...closed, ...encrypted, ...(isTls ? [] : ['buckets answer without TLS'])]
    },
    breakIt: ['storage.tf', 'block_public_policy     = true', 'block_public_policy     = false'],
  },
  {
    name: 'the database is encrypted, hidden, asked over TLS, and its password stands nowhere',
    cloud: 'aws',
    check: of => [
      ...everyOf(of, 'aws_db_instance', it =>
        sure(
          it.storage_encrypted === true &&
            it.publicly_accessible === false &&
            it.manage_master_user_password === true &&
            !('password' in it) &&
            it.multi_az === '${var.database.second_zone}' &&
            it.deletion_protection === '${var.database.is_protected}',
          'is open, or told',
        ),
      ),
      ...everyOf(of, 'aws_db_parameter_group', it =>
        sure(
          it.parameter.some((one: Any) => one.name === 'rds.force_ssl' && one.value === '1'),
          'answers without TLS',
        ),
      ),
    ],
    breakIt: ['database.tf', 'publicly_accessible    = false', 'publicly_accessible    = true'],
  },
  {
    name: 'nobody from everywhere comes in',
    cloud: 'aws',
    check: of => {
      const rules = JSON.stringify([
        of.resource.aws_vpc_security_group_ingress_rule,
        of.resource.aws_security_group,
      ])
      return /0\.0\.0\.0\/0|::\/0/.test(rules) || rules.includes('"ingress"')
        ? ['a rule lets everybody in']
        : []
    },
    breakIt: [
      'database.tf',
      'referenced_security_group_id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id',
      'cidr_ipv4 = "0.0.0.0/0"',
    ],
  },
  {
    name: 'the cluster is asked from inside, writes down who did what, and keeps secrets under a key',
    cloud: 'aws',
    check: of =>
      everyOf(of, 'aws_eks_cluster', it => {
        const { endpoint_private_access, endpoint_public_access } = it.vpc_config[0]
        return sure(
          endpoint_private_access === true &&
            endpoint_public_access === '${length(var.administrators) > 0}' &&
            it.enabled_cluster_log_types.includes('audit') &&
            it.encryption_config[0].resources.includes('secrets'),
          'is open, or forgets',
        )
      }),
    breakIt: [
      'cluster.tf',
      'endpoint_public_access  = length(var.administrators) > 0',
      'endpoint_public_access  = true',
    ],
  },
  {
    name: 'network policies are held to',
    cloud: 'aws',
    check: of =>
      everyOf(of, 'aws_eks_addon', it =>
        sure(JSON.stringify(it.for_each).includes('enableNetworkPolicy'), 'ignores them'),
      ),
    breakIt: ['cluster.tf', 'settings = jsonencode({ enableNetworkPolicy = "true" })', 'settings = null'],
  },
  {
    name: 'a pod does not reach the rights of its machine, and disks are encrypted',
    cloud: 'aws',
    check: of =>
      everyOf(of, 'aws_launch_template', it => {
        const [metadata] = it.metadata_options
        const [disk] = it.block_device_mappings[0].ebs
        return sure(
          metadata.http_tokens === 'required' &&
            metadata.http_put_response_hop_limit === 1 &&
            disk.encrypted === true,
          'is too near to its pods',
        )
      }),
    breakIt: ['cluster.tf', 'http_put_response_hop_limit = 1', 'http_put_response_hop_limit = 2'],
  },
  {
    name: 'engines have the GPUs for themselves',
    cloud: 'aws',
    check: of => {
      const taint = of.resource.aws_eks_node_group?.gpu?.taint?.[0]
      return taint?.key === 'nvidia.com/gpu' && taint.effect === 'NO_SCHEDULE'
        ? []
        : ['everybody lands on GPUs']
    },
    breakIt: ['cluster.tf', 'key    = "nvidia.com/gpu"', 'key    = "gpu"'],
  },
  {
    name: 'keys are turned',
    cloud: 'aws',
    check: of =>
      everyOf(of, 'aws_kms_key', it =>
        sure(it.enable_key_rotation === true && it.deletion_window_in_days >= 14, 'stays'),
      ),
    breakIt: ['keys.tf', 'enable_key_rotation     = true', 'enable_key_rotation     = false'],
  },
  {
    name: 'nobody may do everything, nor something with everything',
    cloud: 'aws',
    check: of =>
      statementsOf(of).flatMap(({ name, statement }) => {
        // The policy of a key is about that key, and of the account's own right to it.
        if (name === 'key' || statement.effect === 'Deny') return []
        const broad = [...statement.actions].filter(it => it.includes('*'))
        const all = (statement.resources ?? []).filter((it: string) => it === '*')
        return [...broad, ...all].map(it => `${name}: ${it}`)
      }),
    breakIt: [
      'access.tf',
      'actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]',
      'actions = ["secretsmanager:*"]',
    ],
  },
  {
    name: 'a role for pods is for one service account of ours',
    cloud: 'aws',
    check: of => {
      const [statement] = of.data.aws_iam_policy_document!.assumed_by_pod.statement
      const of_ = (end: string) => statement.condition.find((it: Any) => it.variable.endsWith(end))
      const isOne =
        of_(':sub')?.test === 'StringEquals' &&
        of_(':sub').values[0] === 'system:serviceaccount:${each.value}'
      return isOne && of_(':aud')?.test === 'StringEquals' ? [] : ['any pod may take it']
    },
    breakIt: [
      'access.tf',
      'values   = ["system:serviceaccount:${each.value}"]',
      'values   = ["system:serviceaccount:*"]',
    ],
  },
  {
    name: 'logs are kept for a time, under a key',
    cloud: 'aws',
    check: of =>
      everyOf(of, 'aws_cloudwatch_log_group', it =>
        sure(it.retention_in_days > 0 && it.kms_key_id, 'is for ever, or open'),
      ),
    breakIt: ['network.tf', '  retention_in_days = 90\n', ''],
  },
  {
    name: 'production survives a zone, and staging is smaller',
    cloud: 'aws',
    check: survives,
    breakIt: ['environments/production.tfvars', 'second_zone  = true', 'second_zone  = false'],
  },
  {
    name: 'no bucket is public, all are encrypted, versioned and swept',
    cloud: 'google',
    check: of =>
      everyOf(of, 'google_storage_bucket', it =>
        sure(
          it.public_access_prevention === 'enforced' &&
            it.uniform_bucket_level_access === true &&
            it.versioning[0].enabled === true &&
            it.encryption[0].default_kms_key_name &&
            it.lifecycle_rule.length > 1,
          'is open, or for ever',
        ),
      ),
    breakIt: [
      'storage.tf',
      'public_access_prevention    = "enforced"',
      'public_access_prevention    = "inherited"',
    ],
  },
  {
    name: 'the database is hidden, encrypted, asked over TLS, and nobody’s password stands here',
    cloud: 'google',
    check: of => [
      ...everyOf(of, 'google_sql_database_instance', it => {
        const [settings] = it.settings
        const [network] = settings.ip_configuration
        return sure(
          network.ipv4_enabled === false &&
            network.ssl_mode === 'ENCRYPTED_ONLY' &&
            it.encryption_key_name &&
            settings.backup_configuration[0].point_in_time_recovery_enabled === true &&
            settings.availability_type.includes('var.database.second_zone'),
          'is open',
        )
      }),
      ...(of.resource.google_sql_user || of.resource.google_secret_manager_secret_version
        ? ['a password stands in the state']
        : []),
    ],
    breakIt: [
      'database.tf',
      'ssl_mode        = "ENCRYPTED_ONLY"',
      'ssl_mode        = "ALLOW_UNENCRYPTED_AND_ENCRYPTED"',
    ],
  },
  {
    name: 'the cluster’s machines have no address, policies hold, and secrets lie under a key',
    cloud: 'google',
    check: of =>
      everyOf(of, 'google_container_cluster', it =>
        sure(
          it.private_cluster_config[0].enable_private_nodes === true &&
            it.datapath_provider === 'ADVANCED_DATAPATH' &&
            it.database_encryption[0].state === 'ENCRYPTED' &&
            it.workload_identity_config?.[0] &&
            it.remove_default_node_pool === true,
          'is open',
        ),
      ),
    breakIt: [
      'cluster.tf',
      'datapath_provider        = "ADVANCED_DATAPATH"',
      'datapath_provider        = "LEGACY_DATAPATH"',
    ],
  },
  {
    name: 'a pod does not reach the rights of its machine, whose account may do little',
    cloud: 'google',
    check: of =>
      everyOf(of, 'google_container_node_pool', it => {
        const [node] = it.node_config
        return sure(
          node.workload_metadata_config[0].mode === 'GKE_METADATA' &&
            node.service_account === '${google_service_account.node.email}' &&
            node.shielded_instance_config[0].enable_secure_boot === true &&
            node.boot_disk_kms_key,
          'is too near to its pods',
        )
      }),
    breakIt: ['cluster.tf', 'mode = "GKE_METADATA"', 'mode = "GCE_METADATA"'],
  },
  {
    name: 'engines have the GPUs for themselves',
    cloud: 'google',
    check: of => {
      const taint = of.resource.google_container_node_pool?.gpu?.node_config[0].taint?.[0]
      return taint?.key === 'nvidia.com/gpu' && taint.effect === 'NO_SCHEDULE'
        ? []
        : ['everybody lands on GPUs']
    },
    breakIt: ['cluster.tf', 'key    = "nvidia.com/gpu"', 'key    = "gpu"'],
  },
  {
    name: 'keys are turned, and cannot be lost',
    cloud: 'google',
    check: of =>
      everyOf(of, 'google_kms_crypto_key', it =>
        sure(it.rotation_period && it.lifecycle[0].prevent_destroy === true, 'stays, or goes'),
      ),
    breakIt: ['keys.tf', '  rotation_period = "7776000s"\n', ''],
  },
  {
    name: 'nobody owns or edits the project, and nothing is for everybody',
    cloud: 'google',
    check: of => {
      const text = JSON.stringify([of.resource, of.locals])
      return /roles\/(owner|editor|viewer|[\w.]+\.admin)\\?"|allUsers|allAuthenticatedUsers/.test(text)
        ? ['a right is too broad']
        : []
    },
    breakIt: [
      'access.tf',
      '"roles/storage.objectCreator", "roles/storage.objectViewer"',
      '"roles/storage.admin"',
    ],
  },
  {
    name: 'production survives a zone, and staging is smaller',
    cloud: 'google',
    check: survives,
    breakIt: ['environments/production.tfvars', 'is_protected = true', 'is_protected = false'],
  },
]

function survives({ environments: { production, staging } }: Made): readonly string[] {
  const { database, zones, gpu_nodes: gpus, nodes } = production
  const isSafe = zones.length >= 3 && database.second_zone && database.is_protected && gpus.least >= 2
  const isSmaller = staging.nodes.most < nodes.most && staging.gpu_nodes.most < gpus.most
  return [...(isSafe ? [] : ['production falls with a zone']), ...(isSmaller ? [] : ['staging is as large'])]
}
