// The edges that ship, in a real nginx before a real gateway: who is let in, how fast, under which protocol, and who answers when the
// primary is gone.

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect, type SecureVersion } from 'node:tls'
import { startGateway, type TestGateway } from '../endpoint/support/gateway.ts'
import { fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

const NGINX = ['nginx', '/usr/sbin/nginx'].find(it => !spawnSync(it, ['-v']).error)
const options = NGINX ? {} : { skip: 'there is no nginx here' }
const NAME = 'codeant.example.com'

interface Edge {
  readonly https: number
  readonly http: number
  readonly log: () => string
  stop(): Promise<void>
}

const folder = temporaryFolder()
const vllm = fakeVllm()
let primary: TestGateway
let secondary: TestGateway

before(async () => {
  if (!NGINX) return
  await vllm.start()
  const settings = {
    'http.trustProxy': 'true',
    'chat.url': `${vllm.url}/v1`,
    'http.hosts': `${NAME}, localhost`,
  }
  primary = await startGateway(settings)
  secondary = await startGateway(settings)
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME},DNS:dashboards.${NAME}`],
      ...['-keyout', join(folder.path, 'key.pem'), '-out', join(folder.path, 'cert.pem')],
    ],
    { stdio: 'pipe' },
  )
})
after(async () => {
  if (NGINX) await Promise.all([primary.stop(), secondary.stop(), vllm.stop()])
  folder.remove()
})

test(
  'a machine’s edge: a question comes to the gateway and says on its way back what a browser has to know',
  options,
  async () => {
    const edge = await machine()
    try {
      const { status, headers, text } = await ask(edge, '/v2/health/ready')
      assert.equal(status, 200, text + edge.log())
      assert.match(String(headers['strict-transport-security']), /max-age=31536000/)
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers.server, 'nginx')
      assert.equal((await ask(edge, '/v2/models')).status, 401)
      assert.equal((await ask(edge, '/v2/models', { key: primary.key })).status, 200)
      // Of where somebody comes from, the gateway believes the edge alone; and both logs know the same request.
      const { headers: known } = await ask(edge, '/v2/models', {
        headers: { 'x-forwarded-for': '203.0.113.9' },
      })
      assert.ok(primary.log().includes(String(known['x-request-id'])))
      assert.ok(!primary.log().includes('203.0.113.9'))
      await until(() => edge.access().includes(String(known['x-request-id'])))
      // Two of these had no key: those fail2ban finds in the log, as this edge writes it.
      const filter = join(root, 'deploy/machine/fail2ban/codeant.filter.conf')
      const { stdout, error } = spawnSync('fail2ban-regex', [edge.accessFile, filter], { encoding: 'utf8' })
      if (!error) assert.equal(/(\d+) matched/.exec(stdout)?.[1], '2', stdout)
    } finally {
      await edge.stop()
    }
  },
)

test(
  'a machine’s edge: figures and details have no way out, dashboards are for the VPN',
  options,
  async () => {
    const edge = await machine()
    try {
      assert.equal((await ask(edge, '/metrics', { key: primary.key })).status, 404)
      assert.equal((await ask(edge, '/health/detailed', { key: primary.key })).status, 404)
      assert.equal((await ask(edge, '/', { name: `dashboards.${NAME}` })).status, 403)
      const { status, headers } = await ask(edge, '/v2/models?x=1', { isPlain: true })
      assert.deepEqual([status, headers.location], [301, `https://${NAME}/v2/models?x=1`])
      await assert.rejects(
        ask(edge, '/', { name: 'elsewhere.example.com' }),
        'under another name, not even a handshake',
      )
    } finally {
      await edge.stop()
    }
  },
)

test('a machine’s edge: TLS 1.2 and 1.3, and nothing before', options, async () => {
  const edge = await machine()
  try {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
      assert.equal(await spoken(edge.https, version), version)
    for (const version of ['TLSv1', 'TLSv1.1'] as const)
      await assert.rejects(spoken(edge.https, version), version)
  } finally {
    await edge.stop()
  }
})

test(
  'a machine’s edge: who asks too much is told so, and who logs in too often sooner',
  options,
  async () => {
    const edge = await machine()
    try {
      const all = await Promise.all(Array.from({ length: 320 }, () => ask(edge, '/v2/health/live')))
      const refused = all.filter(it => it.status === 429).length
      assert.ok(refused > 20 && refused < 200, `${refused} of 320`)
      const logins = await Promise.all(Array.from({ length: 30 }, () => ask(edge, '/oauth/token')))
      assert.ok(logins.filter(it => it.status === 429).length >= 8)
    } finally {
      await edge.stop()
    }
  },
)

test('a machine’s edge: a body that is too large ends here', options, async () => {
  const edge = await machine()
  try {
    const answer = await ask(edge, '/api/v1/analyze', { key: primary.key, body: Buffer.alloc(34 << 20) })
    assert.equal(answer.status, 413)
    assert.match(answer.text, /nginx/)
  } finally {
    await edge.stop()
  }
})

test('a machine’s edge: the secondary answers when the primary is gone', options, async () => {
  const third = await startGateway({ 'http.trustProxy': 'true', 'http.hosts': NAME })
  const edge = await machine(third.url)
  try {
    assert.equal((await ask(edge, '/v2/models', { key: third.key })).status, 200)
    await third.stop()
    // Another one with keys of its own: it is the secondary that answers.
    assert.equal((await ask(edge, '/v2/models', { key: secondary.key })).status, 200)
  } finally {
    await edge.stop()
  }
})

test('a machine’s edge: pieces of a text come as they are written', options, async () => {
  const edge = await machine()
  try {
    vllm.says = ['x'.repeat(400)]
    const body = JSON.stringify({
      model: 'coder',
      max_tokens: 9,
      stream: true,
      messages: [{ role: 'user', content: 'x' }],
    })
    const { status, text } = await ask(edge, '/v1/chat/completions', {
      ...{ key: primary.key, body: Buffer.from(body), headers: { 'content-type': 'application/json' } },
    })
    assert.equal(status, 200)
    assert.match(text, /data: \[DONE\]/)
  } finally {
    await edge.stop()
  }
})

test('the edge of the stack: the same, and GraphQL goes its own way', options, async () => {
  const edge = await stack()
  try {
    const { status, headers } = await ask(edge, '/v2/health/ready', { name: 'localhost' })
    assert.equal(status, 200, edge.log())
    assert.match(String(headers['strict-transport-security']), /max-age=31536000/)
    assert.equal((await ask(edge, '/metrics', { name: 'localhost' })).status, 404)
    assert.equal((await ask(edge, '/', { name: 'localhost', isPlain: true })).status, 301)
    await assert.rejects(spoken(edge.https, 'TLSv1.1'))
    const before = secondary.log().length
    await ask(edge, '/graphql', { name: 'localhost', key: secondary.key })
    await until(() => secondary.log().length > before)
  } finally {
    await edge.stop()
  }
})

test('nginx would not begin with a mistake in it', options, async () => {
  await assert.rejects(
    machine(primary.url, it => it.replace('limit_req_status 429', 'limit_req_statu 429')),
    /limit_req_statu/,
  )
})

/** As on a machine: only ports, folders and the two gateways are those of the test. */
async function machine(
  url = primary.url,
  change = (it: string) => it,
): Promise<Edge & { accessFile: string; access: () => string }> {
  const place = join(folder.path, `machine-${Math.random()}`)
  for (const it of ['codeant', 'tls']) mkdirSync(join(place, it), { recursive: true })
  const source = join(root, 'deploy/machine/nginx')
  for (const it of ['tls.conf', 'proxy.conf']) cpSync(join(source, it), join(place, 'codeant', it))
  for (const it of ['cert.pem', 'key.pem']) cpSync(join(folder.path, it), join(place, 'tls', it))
  const [https, http] = [await freePort(), await freePort()]
  const text = readFileSync(join(source, 'nginx.conf'), 'utf8')
    .replaceAll('/etc/nginx/', `${place}/`)
    .replaceAll('/var/log/nginx/', `${place}/`)
    .replace('/run/nginx.pid', `${place}/nginx.pid`)
    .replace('user www-data;', '')
    .replace('http {', `http { ${scratchOf(place)}`)
    .replace('worker_processes auto', 'worker_processes 1')
    .replaceAll(/listen 443 /g, `listen 127.0.0.1:${https} `)
    .replaceAll(/listen 80( \w+)?;/g, (_, more = '') => `listen 127.0.0.1:${http}${more};`)
    .replaceAll(/^ *listen \[::\].*\n/gm, '')
    .replace('127.0.0.1:8520', new URL(url).host)
    .replace('10.8.0.2:8520', new URL(secondary.url).host)
  writeFileSync(join(place, 'nginx.conf'), change(text))
  const edge = await begin(place, https, http)
  const accessFile = join(place, 'codeant.log')
  return { ...edge, accessFile, access: () => readFileSync(accessFile, 'utf8') }
}

/** As in the stack: the names of its services are those of the test's gateways. */
async function stack(): Promise<Edge> {
  const place = join(folder.path, 'stack')
  mkdirSync(place, { recursive: true })
  const [https, http, own] = [await freePort(), await freePort(), await freePort()]
  const conf = readFileSync(join(root, 'deploy/compose/edge.conf'), 'utf8')
    .replaceAll('/etc/nginx/codeant/', `${join(root, 'deploy/machine/nginx')}/`)
    .replaceAll('/etc/nginx/tls/', `${folder.path}/`)
    .replace('/dev/stdout', `${place}/access.log`)
    .replace('8443', `127.0.0.1:${https}`)
    .replace('listen 8080', `listen 127.0.0.1:${http}`)
    .replace('127.0.0.1:8081', `127.0.0.1:${own}`)
    .replace('http://gateway:8520', primary.url)
    .replace('http://graphql:8530', secondary.url)
  // What the image has around it.
  const around = `worker_processes 1; pid ${place}/nginx.pid; events { worker_connections 512; } http { ${scratchOf(place)}\n${conf} }`
  writeFileSync(join(place, 'nginx.conf'), around)
  return begin(place, https, http)
}

/** Where it lays what it cannot hold: of its own, so that whoever runs the tests need not be root. */
function scratchOf(place: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return kinds.map(it => `${it}_temp_path ${place}/${it};`).join(' ')
}

async function begin(place: string, https: number, http: number): Promise<Edge> {
  const file = join(place, 'nginx.conf')
  const given = ['-p', place, '-c', file, '-e', join(place, 'error.log')]
  const { status, stderr } = spawnSync(NGINX!, ['-t', '-q', ...given], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  assert.equal(stderr, '', 'it warns of something')
  const child = spawn(NGINX!, [...given, '-g', 'daemon off;'], { stdio: 'ignore' })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await until(() =>
    spoken(https, 'TLSv1.3').then(
      () => true,
      () => false,
    ),
  )
  return {
    https,
    http,
    log: () => readFileSync(join(place, 'error.log'), 'utf8'),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

interface Asked {
  readonly name?: string
  readonly key?: string
  readonly body?: Buffer
  readonly isPlain?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

function ask(
  { https, http }: Edge,
  path: string,
  { name = NAME, key, body, isPlain = false, headers = {} }: Asked = {},
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = (isPlain ? plainRequest : request)(
      {
        ...{ host: '127.0.0.1', port: isPlain ? http : https, path, agent: false },
        ...{ servername: name, rejectUnauthorized: false },
        method: body ? 'POST' : 'GET',
        headers: {
          host: name,
          ...(key && { 'x-api-key': key }),
          ...(body && { 'content-length': body.length }),
          ...headers,
        },
      },
      answer => {
        let text = ''
        answer.on('data', it => {
          text += String(it)
        })
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }))
      },
    )
    // Whoever is refused early is still sending.
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Under which version both came together; rejects where they did not. */
function spoken(port: number, version: SecureVersion): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host: '127.0.0.1', port, servername: NAME, rejectUnauthorized: false },
      ...{ minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' },
    })
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol())
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await isSo())) {
    assert.ok(Date.now() < end, 'it did not come about')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
