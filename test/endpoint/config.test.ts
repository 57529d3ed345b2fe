// What the operator may decide: where it comes from, what wins, and what is said of a mistake.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  ConfigError,
  type ConfigProblem,
  type ConfigSources,
  describedSettings,
  readConfig,
} from '../../deploy/gateway/src/config.ts'
import { WORDS } from '../../deploy/gateway/src/words.ts'

test('an option wins over the environment, that over the file, and that over what the program thinks best', () => {
  const file = '[http]\nport = 1\nhost = "::1"\nbodyLimit = 4096\n'
  const { http, log } = read({
    env: {
      CODEANT_GATEWAY_CONFIG: 'g.toml',
      CODEANT_GATEWAY_HTTP_PORT: '2',
      CODEANT_GATEWAY_HTTP_HOST: '::2',
    },
    options: { 'http.port': '3' },
    defaults: { 'http.bodyLimit': '8192', 'log.level': 'warn' },
    files: { 'g.toml': file },
  })
  assert.deepEqual([http.port, http.host, http.bodyLimit, log.level], [3, '::2', 4096, 'warn'])
})

test('a secret may lie in a file, and is never shown', () => {
  const url = 'postgres://gateway:hunter2@db/codeant'
  const env = { CODEANT_GATEWAY_DATABASE_URL_FILE: '/run/secrets/url' }
  assert.equal(read({ env, files: { '/run/secrets/url': `${url}\n` } }).database.url, url)
  const error = failure({
    env: { CODEANT_GATEWAY_CONFIG: 'g.toml' },
    files: { 'g.toml': '[database]\nurl = 5\n' },
  })
  assert.deepEqual(
    error.problems.map(it => [it.code, it.key, it.given]),
    [['invalid', 'database.url', undefined]],
  )
})

test('every mistake is named at once, with its key and where it came from, in both languages', () => {
  const env = {
    CODEANT_GATEWAY_CONFIG: 'g.toml',
    CODEANT_GATEWAY_HTTP_PORT: '70000',
    CODEANT_GATEWAY_HTTP_PROT: '1',
    CODEANT_GATEWAY_CHAT_URL: 'ftp://x',
    CODEANT_GATEWAY_CHAT_KEY_FILE: '/nowhere',
  }
  const { problems } = failure({ env, files: { 'g.toml': '[htpp]\nport = 1\n[http]\nprot = 2\n' } })
  assert.deepEqual(
    problems.map(it => [it.code, it.key, it.from]),
    [
      ['invalid', 'http.port', 'CODEANT_GATEWAY_HTTP_PORT'],
      ['invalid', 'chat.url', 'CODEANT_GATEWAY_CHAT_URL'],
      ['unreadable', 'chat.key', 'CODEANT_GATEWAY_CHAT_KEY_FILE'],
      ['unknown', 'htpp', 'g.toml'],
      ['unknown', 'http.prot', 'g.toml'],
      ['unknown', 'CODEANT_GATEWAY_HTTP_PROT', 'CODEANT_GATEWAY_HTTP_PROT'],
    ],
  )
  const say = (it: ConfigProblem) => [WORDS.en.setting[it.code](it), WORDS.es.setting[it.code](it)]
  assert.deepEqual(say(problems[0]!), [
    'CODEANT_GATEWAY_HTTP_PORT: http.port cannot be "70000"; expected: 0 … 65535',
    'CODEANT_GATEWAY_HTTP_PORT: http.port no puede ser «70000»; se espera: 0 … 65535',
  ])
})

test('a file that is no TOML is told of, with the place', () => {
  const { problems } = failure({ env: { CODEANT_GATEWAY_CONFIG: 'g.toml' }, files: { 'g.toml': '[http\n' } })
  assert.deepEqual(
    problems.map(it => [it.code, it.from]),
    [['invalid', 'g.toml']],
  )
  assert.match(problems[0]!.expects!, /^TOML 1:/)
})

test('what Kubernetes tells its containers is no setting of ours', () => {
  read({
    env: {
      CODEANT_GATEWAY_SERVICE_HOST: '10.0.0.1',
      CODEANT_GATEWAY_PORT_8520_TCP_ADDR: '10.0.0.1',
      CODEANT_GATEWAY_PORT: 'tcp://10.0.0.1:8520',
    },
  })
})

test('an engine’s address holds no password, which would be shown wherever the address is', () => {
  assert.equal(
    read({ env: { CODEANT_GATEWAY_CHAT_URL: 'http://vllm:8000/v1/' } }).chat.url,
    'http://vllm:8000/v1',
  )
  failure({ env: { CODEANT_GATEWAY_CHAT_URL: 'http://me:secret@vllm/v1' } })
})

test('what only makes sense with something else says so at the start', () => {
  const missing = (env: Readonly<Record<string, string>>) =>
    failure({
      env: Object.fromEntries(Object.entries(env).map(([name, it]) => [`CODEANT_GATEWAY_${name}`, it])),
    }).problems.map(it => `${it.code} ${it.key}`)
  const OIDC_ISSUER = 'https://login.example.com'
  assert.deepEqual(missing({ OIDC_ISSUER, HTTP_HOST: '0.0.0.0', DATABASE_URL: 'postgres://db' }), [
    'needed oidc.clientId',
    'needed http.publicUrl',
    'needed identity.secret',
  ])
  const known = { OIDC_ISSUER, OIDC_CLIENT_ID: 'c' }
  // Whoever has an account there is nobody in particular.
  assert.deepEqual(missing({ ...known, OIDC_JOIN: 'user' }), ['needed oidc.domains'])
  assert.deepEqual(missing({ ...known, OIDC_TEAM_CLAIM: 'org' }), ['needed oidc.teams'])
  assert.deepEqual(missing({ ...known, OIDC_ISSUER: 'http://login.example.com' }), ['invalid oidc.issuer'])
  // Nobody is made an admin for having an address.
  assert.deepEqual(missing({ ...known, OIDC_JOIN: 'admin' }), ['invalid oidc.join'])
  assert.deepEqual(missing({ ...known, OIDC_ROLES: 'leads=chief' }), ['invalid oidc.roles'])
  read({ env: { CODEANT_GATEWAY_OIDC_ISSUER: 'http://127.0.0.1:9', CODEANT_GATEWAY_OIDC_CLIENT_ID: 'c' } })
})

test('where pages and names are listed, each is one, and no pattern that means more than it looks like', () => {
  const given = (name: string, value: string) => ({ env: { [`CODEANT_GATEWAY_HTTP_${name}`]: value } })
  assert.deepEqual(read(given('ORIGINS', 'https://a.example, http://localhost:3000')).http.origins, [
    'https://a.example',
    'http://localhost:3000',
  ])
  for (const it of [
    '*',
    'null',
    'https://*.example',
    'https://a.example/',
    'https://a.example/x',
    'a.example',
  ])
    assert.equal(failure(given('ORIGINS', it)).problems[0]!.key, 'http.origins', it)
  assert.deepEqual(read(given('HOSTS', 'a.example, *.B.example, 10.0.0.1, [::1]')).http.hosts, [
    'a.example',
    '*.b.example',
    '10.0.0.1',
    '[::1]',
  ])
  for (const it of ['*', 'a.example:80', 'https://a.example', 'a.*.example'])
    assert.equal(failure(given('HOSTS', it)).problems[0]!.key, 'http.hosts', it)
})

test('every setting is described in the map of the gateway, with what it is where nobody says anything', () => {
  const map = readFileSync(new URL('../../deploy/gateway/README.md', import.meta.url), 'utf8')
  for (const { key, fallback, isSecret } of describedSettings()) {
    const row = map.split('\n').find(it => it.startsWith(`| \`${key}\` |`))
    assert.ok(row, `${key} is not in deploy/gateway/README.md`)
    const [, , shown] = row.split('|').map(it => it.trim())
    const isNothing = fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)
    assert.equal(shown, isNothing ? (isSecret ? '– (secret)' : '–') : `\`${fallback}\``, key)
  }
})

test('the settings that the docs show are taken as they stand there', () => {
  for (const language of ['en', 'es']) {
    const url = new URL(`../../docs/${language}/run-an-endpoint.md`, import.meta.url)
    const shown = [...readFileSync(url, 'utf8').matchAll(/```toml\n(.*?)```/gs)].map(it => it[1]!)
    assert.ok(shown.length > 0)
    for (const it of shown) read({ env: { CODEANT_GATEWAY_CONFIG: 'g.toml' }, files: { 'g.toml': it } })
  }
})

interface Given extends Omit<ConfigSources, 'readText'> {
  readonly files?: Readonly<Record<string, string>>
}

function read({ files = {}, ...sources }: Given) {
  return readConfig({
    ...sources,
    readText: path => {
      const text = files[path]
      if (text === undefined) throw new Error(`no ${path}`)
      return text
    },
  })
}

function failure(given: Given): ConfigError {
  try {
    read(given)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error
  }
  assert.fail('it was taken')
}
