// The cloud of AWS is made for once, against a fake that answers as Amazon does (moto): everything comes to be, a second look finds
// nothing to change, and all of it goes again. It takes some four minutes, nearly all of them waits that the provider prescribes, so it
// runs with CODEANT_CLOUD_TESTS=1 only.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

const missing = ['terraform', 'moto_server'].filter(
  it => spawnSync(it, [it === 'terraform' ? 'version' : '--help'], { stdio: 'ignore' }).error,
)
const whyNot =
  missing.length > 0
    ? `there is no ${missing.join(', no ')} here`
    : process.env.CODEANT_CLOUD_TESTS
      ? undefined
      : 'it takes four minutes: CODEANT_CLOUD_TESTS=1 runs it'

/**
 * What the fake does not know: add-ons of a cluster, and its security group. And what it does not keep, so that each look would find it
 * changed. All of that is as yet unseen.
 */
const FAKE = `
resource "aws_eks_addon" "this" {
  for_each = {}
}
resource "aws_vpc_security_group_ingress_rule" "database" {
  referenced_security_group_id = aws_security_group.database.id
  lifecycle {
    ignore_changes = [description]
  }
}
resource "aws_eks_cluster" "this" {
  lifecycle {
    ignore_changes = [access_config]
  }
}
resource "aws_eks_node_group" "general" {
  lifecycle {
    ignore_changes = [remote_access, update_config, launch_template, scaling_config[0].desired_size]
  }
}
resource "aws_eks_node_group" "gpu" {
  lifecycle {
    ignore_changes = [remote_access, update_config, launch_template, scaling_config[0].desired_size]
  }
}
resource "aws_launch_template" "node" {
  lifecycle {
    ignore_changes = [tag_specifications]
  }
}
resource "aws_db_instance" "this" {
  lifecycle {
    ignore_changes = [
      engine_version, performance_insights_enabled, performance_insights_kms_key_id, monitoring_interval, monitoring_role_arn,
    ]
  }
}
resource "aws_vpc_endpoint" "storage" {
  lifecycle {
    ignore_changes = [dns_options]
  }
}
resource "aws_db_parameter_group" "this" {
  lifecycle {
    ignore_changes = [parameter]
  }
}
`

test(
  'the cloud of AWS comes to be, stays as it is, and goes',
  { timeout: 900_000, ...(whyNot && { skip: whyNot }) },
  context =>
    inFolder('', async ({ path }) => {
      cpSync(join(root, 'deploy/terraform/aws'), path, { recursive: true })
      const terraform = (...given: string[]) =>
        new Promise<{ status: number | null; text: string }>(resolve => {
          const env = { ...process.env, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' }
          const child = spawn('terraform', [...given, '-no-color'], {
            cwd: path,
            env,
            stdio: ['ignore', 'pipe', 'pipe'],
          })
          let text = ''
          for (const it of [child.stdout, child.stderr]) it.on('data', chunk => (text += String(chunk)))
          child.once('close', status => resolve({ status, text }))
        })

      // Before there is a fake: a mistake of a name is found without one.
      const init = await terraform('init', '-backend=false')
      if (init.status !== 0)
        return context.skip(`Terraform has no provider here: ${init.text.trim().split('\n').at(-1)}`)
      assert.equal((await terraform('validate')).status, 0)
      writeFileSync(
        join(path, 'fault.tf'),
        'resource "aws_kms_key" "fault" {\n  enable_key_rotations = true\n}\n',
      )
      assert.match((await terraform('validate')).text, /"enable_key_rotations" is not expected here/)
      writeFileSync(join(path, 'fault.tf'), '')

      const port = await freePort()
      const fake = await startFake(port)
      try {
        writeFileSync(join(path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n')
        writeFileSync(join(path, 'fake_override.tf'), FAKE)
        writeFileSync(join(path, 'provider_override.tf'), providerFor(`http://127.0.0.1:${port}`))
        assert.equal((await terraform('init', '-reconfigure')).status, 0)
        const given = ['-var-file=environments/staging.tfvars', '-parallelism=40']
        const applied = await terraform('apply', '-auto-approve', ...given)
        assert.equal(applied.status, 0, applied.text.slice(-4000))
        const [, made] = /(\d+) added, 0 changed, 0 destroyed/.exec(applied.text)!
        assert.ok(Number(made) > 70, made)
        const again = await terraform('plan', '-detailed-exitcode', ...given)
        assert.equal(again.status, 0, again.text.slice(-6000))
        const gone = await terraform('destroy', '-auto-approve', ...given)
        assert.match(
          gone.text,
          new RegExp(`Destroy complete! Resources: ${made} destroyed`),
          gone.text.slice(-4000),
        )
      } finally {
        fake.kill('SIGKILL')
      }
    }),
)

async function startFake(port: number): Promise<ChildProcess> {
  const fake = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    // Policies that Amazon has ready are there, too.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    stdio: 'ignore',
  })
  const ended = new Promise<never>((_, reject) =>
    fake.once('exit', code => reject(new Error(`moto_server ended with ${code}`))),
  )
  ended.catch(() => undefined)
  for (const until = Date.now() + 60_000; ; ) {
    const answer = await Promise.race([
      fetch(`http://127.0.0.1:${port}/moto-api/`).catch(() => undefined),
      ended,
    ])
    if (answer?.ok) return fake
    if (Date.now() > until) throw new Error('moto_server does not answer')
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

function providerFor(url: string): string {
  const services = [
    'autoscaling',
    'cloudwatchlogs',
    'ec2',
    'eks',
    'iam',
    'kms',
    'rds',
    's3',
    'secretsmanager',
    'sts',
  ]
  return `provider "aws" {
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
  endpoints {
${services.map(it => `    ${it} = "${url}"`).join('\n')}
  }
}
`
}
