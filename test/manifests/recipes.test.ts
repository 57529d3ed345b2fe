// The recipes for services that run containers: what their services know, the settings that the gateway knows, and the questions that
// the cluster's manifests answer, as far as such a service can.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { root } from './support/render.ts'

// biome-ignore lint/suspicious/noExplicitAny: other people's formats, of which each question reads what it knows.
type Any = any

const read = (path: string) => readFileSync(join(root, 'deploy/recipes', path), 'utf8')
const TASK: Any = JSON.parse(read('ecs/task-definition.json'))
const SERVICE: Any = JSON.parse(read('ecs/service.json'))
const RUN: Any = parse(read('cloud-run/service.yaml'))
const JOB: Any = parse(read('cloud-run/migrations.yaml'))

interface Recipes {
  readonly task: Any
  readonly service: Any
  readonly run: Any
  readonly job: Any
}

const podsOf = ({ run, job }: Recipes): readonly Any[] => [
  run.spec.template.spec,
  job.spec.template.spec.template.spec,
]
const containersOf = (it: Recipes): readonly Any[] => [
  ...it.task.containerDefinitions,
  ...podsOf(it).flatMap(pod => pod.containers),
]
const settingsOf = (it: Any): readonly Any[] => [...(it.environment ?? []), ...(it.env ?? [])]

const QUESTIONS: readonly {
  readonly name: string
  readonly check: (it: Recipes) => readonly string[]
  readonly breakIt: (it: Recipes) => void
}[] = [
  {
    name: 'an image is named by its digest',
    check: it =>
      containersOf(it)
        .map(one => one.image)
        .filter(image => !/@sha256:[0-9a-f]{64}$/.test(image)),
    breakIt: ({ run }) => {
      run.spec.template.spec.containers[0].image = 'registry.example.com/codeant-gateway:latest'
    },
  },
  {
    name: 'on ECS nobody is root, nothing of the image is written to, and every capability is given up',
    check: ({ task }) =>
      task.containerDefinitions
        .filter(
          (it: Any) =>
            it.user !== '10001:10001' ||
            it.readonlyRootFilesystem !== true ||
            it.privileged !== false ||
            String(it.linuxParameters.capabilities.drop) !== 'ALL' ||
            it.linuxParameters.capabilities.add,
        )
        .map((it: Any) => it.name),
    breakIt: ({ task }) => {
      task.containerDefinitions[0].readonlyRootFilesystem = false
    },
  },
  {
    name: 'a service runs under an account of its own',
    check: it => [
      ...podsOf(it)
        .filter(pod => !/^codeant-/.test(pod.serviceAccountName ?? ''))
        .map(() => 'the default account'),
      ...(it.task.taskRoleArn && it.task.taskRoleArn !== it.task.executionRoleArn
        ? []
        : ['one role for both']),
    ],
    breakIt: ({ job }) => {
      delete job.spec.template.spec.template.spec.serviceAccountName
    },
  },
  {
    name: 'no secret stands in a file',
    check: it => {
      const inline = containersOf(it)
        .flatMap(settingsOf)
        .filter(one => {
          const isSecret = /SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL|REDIS_URL/.test(one.name)
          return isSecret && !/^\/run\/secrets\//.test(one.value ?? '')
        })
      const elsewhere = it.task.containerDefinitions
        .flatMap((one: Any) => one.secrets)
        .filter((one: Any) => !one.valueFrom.startsWith('arn:aws:secretsmanager:'))
      return [...inline, ...elsewhere].map(one => one.name)
    },
    breakIt: ({ task }) => {
      task.containerDefinitions[0].environment.push({
        name: 'CODEANT_GATEWAY_DATABASE_URL',
        value: 'postgres://codeant:hunter2@db/codeant',
      })
    },
  },
  {
    name: 'a secret is mounted where the setting looks for it, by its version',
    check: it =>
      podsOf(it).flatMap(pod =>
        pod.containers.flatMap((one: Any) =>
          settingsOf(one)
            .filter(setting => setting.name.endsWith('_FILE'))
            .filter(setting => {
              const mount = one.volumeMounts.find((its: Any) => setting.value.startsWith(`${its.mountPath}/`))
              const [item] = pod.volumes.find((its: Any) => its.name === mount?.name)?.secret.items ?? []
              return !item || setting.value !== `${mount.mountPath}/${item.path}` || !/^\d+$/.test(item.key)
            })
            .map(setting => setting.name),
        ),
      ),
    breakIt: ({ run }) => {
      run.spec.template.spec.volumes[0].secret.items[0].key = 'latest'
    },
  },
  {
    name: 'it is not reached but through the load balancer',
    check: ({ run, service }) => [
      ...(run.metadata.annotations['run.googleapis.com/ingress'] === 'internal-and-cloud-load-balancing'
        ? []
        : ['Cloud Run']),
      ...(service.networkConfiguration.awsvpcConfiguration.assignPublicIp === 'DISABLED' ? [] : ['ECS']),
    ],
    breakIt: ({ run }) => {
      run.metadata.annotations['run.googleapis.com/ingress'] = 'all'
    },
  },
  {
    name: 'a version that does not come up goes back by itself, and one that works is never gone meanwhile',
    check: ({ service: { deploymentConfiguration: it, desiredCount } }) =>
      it.deploymentCircuitBreaker.rollback && it.minimumHealthyPercent === 100 && desiredCount >= 2
        ? []
        : ['ECS'],
    breakIt: ({ service }) => {
      service.deploymentConfiguration.deploymentCircuitBreaker.rollback = false
    },
  },
  {
    name: 'whether the process turns, only the process is asked; and it may end what it began',
    check: ({ task, run }) => {
      const [ecs] = task.containerDefinitions
      const [own] = run.spec.template.spec.containers
      const isLive =
        /\/health\/live/.test(String(ecs.healthCheck.command)) &&
        own.livenessProbe.httpGet.path === '/health/live'
      return isLive && ecs.stopTimeout >= 40 ? [] : ['a restart that mends nothing']
    },
    breakIt: ({ run }) => {
      run.spec.template.spec.containers[0].livenessProbe.httpGet.path = '/health/ready'
    },
  },
]

const all = (): Recipes => structuredClone({ task: TASK, service: SERVICE, run: RUN, job: JOB })

for (const { name, check, breakIt } of QUESTIONS)
  test(name, () => {
    assert.deepEqual(check(all()), [])
    const broken = all()
    breakIt(broken)
    assert.notDeepEqual(check(broken), [], 'a fault would not be noticed')
  })

test('every setting is one that the gateway knows', () => {
  const known = readFileSync(join(root, 'deploy/gateway/README.md'), 'utf8')
  const names = containersOf(all()).flatMap(it =>
    [...settingsOf(it), ...(it.secrets ?? [])].map(one => one.name as string),
  )
  assert.ok(names.length > 8)
  for (const it of names) {
    // CODEANT_GATEWAY_HTTP_TRUST_PROXY is http.trustProxy.
    const [section, ...words] = it
      .replace(/^CODEANT_GATEWAY_|_FILE$/g, '')
      .toLowerCase()
      .split('_')
    const key = words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('')
    assert.ok(known.includes(`\`${section}.${key}\``), `${it}: ${section}.${key}`)
  }
})

const python = (program: string, input: unknown) =>
  spawnSync('python3', ['-c', program], { encoding: 'utf8', input: JSON.stringify(input), timeout: 60_000 })

const ECS = `
import json, sys
import botocore.session, botocore.validate
model = botocore.session.get_session().get_service_model('ecs')
for operation, given in json.load(sys.stdin).items():
    print(botocore.validate.ParamValidator().validate(given, model.operation_model(operation).input_shape).generate_report())
`
const hasBotocore = spawnSync('python3', ['-c', 'import botocore'], { stdio: 'ignore' }).status === 0

test('Amazon’s own model of ECS knows every field', {
  ...(!hasBotocore && { skip: 'there is no botocore here' }),
}, () => {
  const wrong = (given: object) => python(ECS, given).stdout.trim()
  assert.equal(wrong({ RegisterTaskDefinition: TASK, CreateService: SERVICE }), '')
  const { task } = all()
  task.containerDefinitions[0].readOnlyRootFilesystem = true
  assert.match(
    wrong({ RegisterTaskDefinition: task }),
    /Unknown parameter in containerDefinitions\[0\]: "readOnlyRootFilesystem"/,
  )
})

const CLOUD_RUN = `
import json, sys
given = json.load(sys.stdin)
sys.path[:0] = [given['sdk'] + '/lib', given['sdk'] + '/lib/third_party']
from apitools.base.py import encoding
from googlecloudsdk.generated_clients.apis.run.v1 import run_v1_messages as messages
def strangers(message, place):
    found = [place + '.' + str(it) for it in message.all_unrecognized_fields()]
    for field in message.all_fields():
        value = getattr(message, field.name)
        for it in value if isinstance(value, list) else [value]:
            if hasattr(it, 'all_unrecognized_fields') and field.name != 'additionalProperties':
                found += strangers(it, place + '.' + field.name)
    return found
for kind, it in given['all'].items():
    for line in strangers(encoding.DictToMessage(it, getattr(messages, kind)), kind):
        print(line)
`
// The command line of Google Cloud brings what it knows of the service along.
const gcloud = spawnSync('gcloud', ['info', '--format=value(installation.sdk_root)'], { encoding: 'utf8' })
const sdk = gcloud.status === 0 ? gcloud.stdout.trim() : ''

test('Google’s own messages of Cloud Run know every field', {
  ...(!sdk && { skip: 'there is no gcloud here' }),
}, () => {
  const strangers = (given: Record<string, Any>) => {
    const { status, stdout, stderr } = python(CLOUD_RUN, { sdk, all: given })
    assert.equal(status, 0, stderr)
    return stdout.trim()
  }
  assert.equal(strangers({ Service: RUN, Job: JOB }), '')
  const { run } = all()
  run.spec.template.spec.containers[0].livenessProbe.httpGet.adress = 'x'
  assert.match(strangers({ Service: run }), /livenessProbe\.httpGet\.adress/)
})
