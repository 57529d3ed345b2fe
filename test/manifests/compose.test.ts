// The stacks of Compose are understood by the real program, and are what a sceptical operator would accept; what is in them does on this
// machine what it says.

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { readConfig } from '../../deploy/gateway/src/config.ts'
import { startPostgres } from '../endpoint/support/postgres.ts'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { COMPOSE, compose, type Service, type Stack, stackOf, whyNoCompose } from './support/compose.ts'
import { without } from './support/monitoring.ts'
import { root } from './support/render.ts'

const options = whyNoCompose ? { skip: whyNoCompose } : {}
const SECRETS = Object.fromEntries(
  [...readFileSync(join(COMPOSE, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=$/gm)].map(it => [
    it[1]!,
    `of-a-test-${it[1]}`.toLowerCase().replaceAll('_', '-'),
  ]),
)
const OVER = readdirSync(COMPOSE).filter(it => /^compose\..+\.yaml$/.test(it))
const STACKS = [
  ['compose.yaml'],
  ...OVER.map(it => ['compose.yaml', it]),
  ['compose.yaml', 'compose.gpu.yaml', 'compose.observability.yaml'],
  ['compose.yaml', 'compose.cpu.yaml', 'compose.observability.yaml', 'compose.development.yaml'],
]

const QUESTIONS: readonly (readonly [
  name: string,
  wrong: (it: Service, name: string, stack: Stack) => boolean,
  breakIt: (it: Record<string, unknown>) => void,
])[] = [
  ['nothing is written to an image', it => it.read_only !== true, it => delete it.read_only],
  [
    'nobody has rights that they do not need',
    it => String(it.cap_drop) !== 'ALL' || it.cap_add !== undefined || it.privileged === true,
    it => Object.assign(it, { cap_add: ['NET_ADMIN'] }),
  ],
  [
    'nobody becomes more than they are',
    it => !it.security_opt?.includes('no-new-privileges:true'),
    it => delete it.security_opt,
  ],
  [
    // A new volume belongs to root: what fills it once is root without any right of it, and reaches no other.
    'nobody is root who goes on running',
    it => !/^[1-9]\d*:\d+$/.test(it.user ?? '') && !(it.user === '0:0' && it.restart === 'no'),
    it => Object.assign(it, { user: '0:0' }),
  ],
  ['memory has an end', it => it.mem_limit === undefined, it => delete it.mem_limit],
  [
    'whether it is well can be asked, or a comment says why not',
    (it, name) => it.healthcheck?.test === undefined && !(it.healthcheck?.disable && UNASKED.has(name)),
    it => delete it.healthcheck,
  ],
  [
    'images are of one version',
    it => !/:[\w.-]*\d[\w.-]*$/.test(it.image) || /:latest$/.test(it.image),
    it => Object.assign(it, { image: 'prom/prometheus:latest' }),
  ],
  [
    'ports are those of this machine',
    it => (it.ports ?? []).some(one => one.host_ip !== '127.0.0.1'),
    it => Object.assign(it, { ports: [{ target: 1 }] }),
  ],
  [
    'what others wrote is only read',
    it => (it.volumes ?? []).some(one => one.type === 'bind' && one.read_only !== true),
    it => Object.assign(it, { volumes: [{ type: 'bind', source: '/', target: '/host' }] }),
  ],
  [
    'data reaches nobody outside',
    (it, name, { networks }) =>
      ['postgres', 'valkey', 'gateway', 'worker', 'triton', 'vllm', 'openvino', 'llamacpp'].includes(name) &&
      Object.keys(it.networks ?? {}).some(one => !networks[one]?.internal),
    it => Object.assign(it, { networks: { outside: null } }),
  ],
]
/** Programs that end by themselves, and two whose images hold nothing that could ask. */
const UNASKED = new Set(['migrations', 'models', 'weights', 'collector', 'jaeger'])

for (const files of STACKS)
  test(`${files.join(' and ')}: understood, and with every secret`, options, () => {
    assert.equal(compose(files, SECRETS).stderr, '')
    for (const secret of Object.keys(SECRETS)) {
      const used = files.some(it => readFileSync(join(COMPOSE, it), 'utf8').includes(`\${${secret}:`))
      const { [secret]: _, ...rest } = SECRETS
      for (const env of [rest, { ...rest, [secret]: '' }]) {
        const { status, stderr } = compose(files, env)
        assert.equal(status !== 0 && stderr.includes(secret), used, `${secret}: ${stderr}`)
      }
    }
  })

test('what is misspelt is told', options, () =>
  inFolder('', ({ path }) => {
    cpSync(COMPOSE, path, { recursive: true })
    const text = readFileSync(join(COMPOSE, 'compose.yaml'), 'utf8')
    for (const [from, to] of [
      ['read_only: true', 'readonly: true'],
      ['condition: service_healthy', 'condition: service_well'],
      ['networks: [data]', 'networks: [dat]'],
    ] as const) {
      assert.ok(text.includes(from))
      writeFileSync(join(path, 'compose.yaml'), text.replace(from, to))
      assert.notEqual(compose(['compose.yaml'], SECRETS, path).status, 0, to)
    }
  }),
)

for (const [name, wrong, breakIt] of QUESTIONS)
  test(name, options, () => {
    for (const files of STACKS) {
      const stack = stackOf(files, SECRETS)
      const which = Object.entries(stack.services).filter(([service, it]) => wrong(it, service, stack))
      assert.deepEqual(
        which.map(it => it[0]),
        [],
        files.join(),
      )
    }
    const stack = stackOf(['compose.yaml'], SECRETS)
    const broken = structuredClone(stack.services.gateway!) as Service & Record<string, unknown>
    breakIt(broken)
    assert.ok(wrong(broken, 'gateway', stack), 'it would not have noticed')
  })

test('images and arguments are those of the cluster', options, () => {
  const folder = join(root, 'deploy/kubernetes')
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(it => it.endsWith('.yaml'))
    .map(it => readFileSync(join(folder, it), 'utf8'))
  const tags = new Set(
    texts
      .flatMap(it => [...it.matchAll(/name: (\S+)\n(?: +newName: \S+\n)? +newTag: (\S+)/g)])
      .map(it => `${it[1]}:${it[2]}`),
  )
  const { services } = stackOf(['compose.yaml', 'compose.gpu.yaml'], SECRETS)
  const cpu = stackOf(['compose.yaml', 'compose.cpu.yaml'], SECRETS).services
  for (const { image } of [services.valkey!, services.triton!, services.vllm!, cpu.openvino!, cpu.llamacpp!])
    assert.ok(tags.has(image), `${image} is none of ${[...tags].join(', ')}`)
  const deployed = (name: string) => {
    const all = texts.flatMap(it => parseAllDocuments(it).map(one => one.toJS()))
    const found = all.find(it => it?.kind === 'Deployment' && it.metadata.name === name && it.spec.template)
    return found.spec.template.spec.containers[0]
  }
  const triton = deployed('triton')
  const filled = (it: string) => it.replace('$(INFERENCE_KEY)', SECRETS.INFERENCE_KEY!)
  assert.deepEqual(services.triton!.command, [...triton.command, ...triton.args].map(filled))
  assert.deepEqual(services.vllm!.command, deployed('vllm').args)
  assert.deepEqual(cpu.openvino!.command, deployed('openvino').args)
  assert.deepEqual(
    cpu.llamacpp!.command,
    deployed('llamacpp').args.filter((it: string) => !/key/.test(it)),
  )
})

for (const files of STACKS)
  test(`${files.join(' and ')}: the gateways understand all that they are told`, options, () => {
    const { services } = stackOf(files, SECRETS)
    for (const name of ['gateway', 'graphql', 'worker', 'migrations']) {
      const env = Object.fromEntries(
        Object.entries(services[name]!.environment!).map(([key, it]) => [key, it ?? undefined]),
      )
      const config = readConfig({ env, readText: path => assert.fail(`${path} is read`) })
      assert.equal(config.http.host, '0.0.0.0')
      assert.equal(config.http.port, 8520)
      assert.equal(config.database.migrate, false)
      assert.equal(config.batch.threads === 0, name === 'gateway' || name === 'graphql')
    }
  })

test('secrets are made once, for nobody else', { skip: opensslIsAbsent() }, () =>
  inFolder('', ({ path }) => {
    const prepare = () =>
      spawnSync(process.execPath, [join(COMPOSE, 'prepare.mjs'), '--folder', path, '--name', 'codeant.test'])
    assert.equal(prepare().status, 0)
    const file = join(path, '.env')
    const text = readFileSync(file, 'utf8')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const made = [...text.matchAll(/^([A-Z_]+)=([0-9a-f]{64})$/gm)].map(it => it[2]!)
    assert.equal(new Set(made).size, Object.keys(SECRETS).length)
    assert.doesNotMatch(text, /^[A-Z_]+=$/m)
    const said = execFileSync('openssl', [
      'x509',
      '-in',
      join(path, 'tls/cert.pem'),
      '-noout',
      '-ext',
      'subjectAltName',
    ])
    assert.match(String(said), /DNS:codeant\.test/)
    assert.equal(prepare().status, 0)
    assert.equal(readFileSync(file, 'utf8'), text)
  }),
)

test('Prometheus understands what it is to read, and finds the rules', without('promtool'), () =>
  inFolder('', ({ path }) => {
    cpSync(join(COMPOSE, 'prometheus.yaml'), join(path, 'prometheus.yaml'))
    const check = () =>
      spawnSync('promtool', ['check', 'config', join(path, 'prometheus.yaml')], { encoding: 'utf8' })
    assert.notEqual(check().status, 0, 'without the rules')
    cpSync(join(root, 'deploy/monitoring/rules.yaml'), join(path, 'rules.yaml'))
    const { status, stdout, stderr } = check()
    assert.equal(status, 0, stdout + stderr)
  }),
)

test('the database is made for a gateway that is no superuser', async t => {
  const postgres = await startPostgres()
  if (!postgres) return t.skip('there is no PostgreSQL here')
  try {
    const { hostname: PGHOST, port: PGPORT } = new URL(postgres.url)
    const sql = (database: string, text: string) =>
      execFileSync('psql', ['-h', PGHOST, '-p', PGPORT, '-U', 'root', '-d', database, '-tAc', text], {
        encoding: 'utf8',
      })
    for (const it of [
      'DROP DATABASE codeant',
      'DROP ROLE gateway',
      'CREATE ROLE postgres SUPERUSER LOGIN',
      'CREATE DATABASE codeant OWNER postgres',
    ])
      sql('postgres', it)
    const hasVector =
      sql('postgres', "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'").trim() !== ''
    if (!hasVector) t.diagnostic('there is no pgvector here: the extension is left out')
    const script = readFileSync(join(COMPOSE, 'postgres-roles.sh'), 'utf8')
    const { PATH } = process.env
    const env = { PATH, PGHOST, PGPORT, POSTGRES_DB: 'codeant', POSTGRES_GATEWAY_PASSWORD: "a'b" }
    const input = hasVector ? script : script.replace(/^CREATE EXTENSION.*\n/m, '')
    execFileSync('sh', ['-s'], { env, input, stdio: 'pipe' })
    const role = "SELECT rolsuper::text || rolcreaterole::text FROM pg_roles WHERE rolname = 'gateway'"
    assert.equal(sql('codeant', role).trim(), 'falsetrue')
    const gateway = join(root, 'deploy/gateway/src/main.ts')
    const url = `postgres://gateway:${encodeURIComponent("a'b")}@${PGHOST}:${PGPORT}/codeant`
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', gateway, 'migrate'], {
      ...{ cwd: root, encoding: 'utf8', env: { PATH, CODEANT_GATEWAY_DATABASE_URL: url } },
    })
    assert.equal(status, 0, stderr)
    const extensions = sql('codeant', 'SELECT extname FROM pg_extension').split('\n')
    assert.equal(extensions.includes('vector'), hasVector)
  } finally {
    await postgres.close()
  }
})

test('the shared store asks for the password, and no list of processes shows it', options, async t => {
  const server = ['valkey-server', 'redis-server'].find(it => !without(it).skip)
  if (!server) return t.skip('there is neither Valkey nor Redis here')
  await inFolder('', async ({ path }) => {
    const port = await freePort()
    const { valkey } = stackOf(['compose.yaml'], SECRETS).services
    const [shell, flag, script] = valkey!.command!
    const here = script!
      .replaceAll('$$', '$')
      .replaceAll('/data', path)
      .replace('valkey-server', server)
      .concat(` --port ${port} --bind 127.0.0.1`)
    const child = spawn(shell!, [flag!, here], {
      env: { PATH: process.env.PATH, VALKEY_PASSWORD: 'of-a-test' },
    })
    try {
      assert.match(await said(port, 'PING'), /NOAUTH/)
      assert.match(await said(port, 'AUTH of-a-test\r\nPING'), /OK[\s\S]*PONG/)
      assert.ok(!readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').includes('of-a-test'))
    } finally {
      child.kill('SIGKILL')
    }
  })
})

/** Asked again until somebody is there. */
async function said(port: number, command: string): Promise<string> {
  for (let left = 200; left > 0; left--) {
    const answer = await new Promise<string | undefined>(resolve => {
      const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\nQUIT\r\n`))
      let text = ''
      socket.on('data', it => {
        text += String(it)
      })
      socket.on('close', () => resolve(text))
      socket.on('error', () => resolve(undefined))
    })
    if (answer) return answer
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('nobody listens')
}

function opensslIsAbsent(): string | undefined {
  return spawnSync('openssl', ['version']).error ? 'there is no openssl here' : undefined
}
