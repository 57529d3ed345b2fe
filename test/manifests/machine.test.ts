// A machine without containers: the service is held as tight as it says, the firewall lets through whom it names and nobody else, and who
// tries keys is found in the edge's log.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../deploy/gateway/src/config.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { without } from './support/monitoring.ts'
import { root } from './support/render.ts'
import { twoMachines } from './support/two-machines.ts'

const MACHINE = join(root, 'deploy/machine')
const read = (path: string) => readFileSync(join(MACHINE, path), 'utf8')
const UNIT = read('codeant-gateway.service')
/** Of ten: what is left is that it has a network at all, and that Node compiles. */
const EXPOSED = 1.2

test('systemd understands the service, and tells what it does not', without('systemd-analyze'), async () => {
  assert.equal(await verified(UNIT), '')
  assert.match(await verified(UNIT.replace('ProtectSystem=', 'ProtectSystm=')), /ProtectSystm/)
})

test('the service is held as tight as a service of Node can be', without('systemd-analyze'), async () => {
  const own = await exposed(UNIT)
  assert.ok(own <= EXPOSED, `${own}`)
  for (const line of [
    'ProtectProc=invisible',
    'CapabilityBoundingSet=',
    'SystemCallFilter=@system-service',
    'IPAddressDeny=any',
  ]) {
    assert.ok(UNIT.includes(`\n${line}\n`), line)
    assert.ok((await exposed(UNIT.replace(`\n${line}\n`, '\n'))) > own, `${line} is not noticed`)
  }
})

test('the gateway understands what the service tells it', () => {
  const lines = [...UNIT.matchAll(/^Environment=(.+)$/gm)].map(it => it[1]!)
  const settings = read('gateway.env')
    .split('\n')
    .filter(it => it !== '' && !it.startsWith('#'))
  const env = Object.fromEntries([...lines, ...settings].map(it => it.split(/=(.*)/s).slice(0, 2)))
  const config = readConfig({
    env,
    readText: path =>
      path.endsWith('database-url')
        ? 'postgres://db/codeant'
        : path.endsWith('redis-url')
          ? 'redis://valkey'
          : 'x'.repeat(64),
  })
  assert.equal(config.http.host, '127.0.0.1')
  assert.equal(config.metrics.host, '127.0.0.1')
  // Systemd waits longer than the gateway takes.
  const { drainDelaySeconds, drainSeconds } = config.http
  assert.ok(Number(/TimeoutStopSec=(\d+)/.exec(UNIT)![1]) > drainDelaySeconds + drainSeconds)
  for (const name of ['database-url', 'identity-secret', 'redis-url']) {
    assert.ok(UNIT.includes(`LoadCredential=${name}:`), name)
    assert.ok(
      !read('gateway.env').includes(name.toUpperCase().replace('-', '_')),
      `${name} is no secret then`,
    )
  }
})

test('the firewall lets through whom it names, and nobody else', {
  timeout: 60_000,
  ...without('nft'),
}, async t => {
  if (userInfo().uid !== 0) return t.skip('only root may make machines')
  const [OUTSIDE, VPN, OTHERS] = ['203.0.113', '10.8.0', '10.20.0'] as const
  const machines = await twoMachines([OUTSIDE, VPN, OTHERS], [22, 80, 443, 5432, 8520, 9464])
  if (!machines) return t.skip('no machines can be made here')
  const { here, comesIn, goesOut, stop } = machines
  const inwards = (network: string, port: number, last = 2) =>
    comesIn(`${network}.${last}`, `${network}.1`, port)
  try {
    // Before, everybody comes through: what is refused later is refused by the firewall.
    for (const port of [22, 5432]) assert.equal(await inwards(OUTSIDE, port), 1)
    assert.ok(await goesOut(65_534, `${OUTSIDE}.2`, 443))
    here('nft', '-f', join(MACHINE, 'nftables.conf'))

    const expected: readonly (readonly [network: string, port: number, comes: number])[] = [
      [OUTSIDE, 443, 1],
      [OUTSIDE, 80, 1],
      [OUTSIDE, 22, 0],
      [OUTSIDE, 8520, 0],
      [OUTSIDE, 9464, 0],
      [OUTSIDE, 5432, 0],
      [VPN, 22, 1],
      [VPN, 8520, 1],
      [VPN, 9464, 0],
      [VPN, 5432, 0],
      [OTHERS, 22, 0],
    ]
    const found = await Promise.all(expected.map(([network, port]) => inwards(network, port)))
    assert.deepEqual(
      expected.map(([network, port], i) => [network, port, found[i]]),
      expected,
    )

    const out = await Promise.all([
      goesOut(65_534, `${OTHERS}.2`, 5432),
      goesOut(65_534, `${OUTSIDE}.2`, 443),
      goesOut(65_534, `${OUTSIDE}.2`, 5432),
      goesOut(0, `${OUTSIDE}.2`, 443),
    ])
    assert.deepEqual(
      out,
      [true, false, false, true],
      'the private network, not the internet; root for updates',
    )

    here('nft', 'add', 'element', 'inet', 'codeant', 'banned4', `{ ${OUTSIDE}.2 timeout 60s }`)
    assert.equal(await inwards(OUTSIDE, 443), 0, 'who is banned stays out')
    here('nft', 'delete', 'element', 'inet', 'codeant', 'banned4', `{ ${OUTSIDE}.2 }`)
    assert.equal(await inwards(OUTSIDE, 443), 1, 'and comes in again')

    const through = await comesIn(`${OUTSIDE}.2`, `${OUTSIDE}.1`, 443, 800)
    assert.ok(through >= 150 && through < 600, `${through} of 800 at once`)
  } finally {
    stop()
  }
})

test('nft tells a mistake in the firewall', without('nft'), t =>
  inFolder('', ({ path }) => {
    const file = join(path, 'nftables.conf')
    const check = (text: string) => {
      writeFileSync(file, text)
      return spawnSync('nft', ['--check', '--file', file], { encoding: 'utf8' })
    }
    const { status, stderr } = check(read('nftables.conf'))
    if (/Operation not permitted/.test(stderr)) return t.skip('only root may ask')
    assert.equal(status, 0, stderr)
    assert.notEqual(check(read('nftables.conf').replace('policy drop', 'policy drp')).status, 0)
    assert.notEqual(check(read('nftables.conf').replace('@banned4', '@banned5')).status, 0)
  }),
)

test('who tries keys is found in the log, and nobody else is', without('fail2ban-regex'), () => {
  const line = (address: string, what: string, status: number) =>
    `${address} [2026-11-22T10:39:48+01:00] "${what}" ${status} 120 0.003 8f1c`
  const found = (text: string) => {
    const { stdout } = spawnSync('fail2ban-regex', [text, join(MACHINE, 'fail2ban/codeant.filter.conf')], {
      encoding: 'utf8',
    })
    return Number(/(\d+) matched/.exec(stdout)?.[1])
  }
  for (const it of [
    line('203.0.113.7', 'GET /v2/models', 401),
    line('2001:db8::1', 'POST /oauth/token', 429),
    line('203.0.113.7', 'GET /api/v1/keys', 403),
  ])
    assert.equal(found(it), 1, it)
  for (const it of [
    line('203.0.113.7', 'GET /v2/models', 200),
    line('203.0.113.7', 'GET /favicon.ico', 401),
    // A path of somebody's making names nobody else.
    line('203.0.113.7', 'GET /198.51.100.9 [2026-11-22T10:39:48+01:00] x 401 ', 404),
  ])
    assert.equal(found(it), 0, it)
})

test('fail2ban understands the jails and how they keep somebody out', without('fail2ban-client'), t =>
  inFolder('', ({ path }) => {
    if (!existsSync('/etc/fail2ban/jail.conf')) return t.skip('fail2ban is not installed as its package is')
    cpSync('/etc/fail2ban', path, { recursive: true })
    const log = join(path, 'codeant.log')
    writeFileSync(log, '')
    cpSync(join(MACHINE, 'fail2ban/codeant.filter.conf'), join(path, 'filter.d/codeant.conf'))
    cpSync(join(MACHINE, 'fail2ban/codeant-nft.action.conf'), join(path, 'action.d/codeant-nft.conf'))
    const jail = (text: string) => {
      writeFileSync(join(path, 'jail.d/codeant.conf'), text.replace('/var/log/nginx/codeant.log', log))
      const ask = (how: string) => spawnSync('fail2ban-client', ['-c', path, how], { encoding: 'utf8' })
      const { status, stderr } = ask('-t')
      return { isWell: status === 0, stderr, told: ask('-d').stdout }
    }
    const { isWell, stderr, told } = jail(read('fail2ban/codeant.jail.conf'))
    assert.ok(isWell, stderr)
    assert.match(told, /'add', 'codeant'/)
    assert.match(told, /nft add element inet codeant banned/)
    assert.ok(
      !jail(read('fail2ban/codeant.jail.conf').replace('filter = codeant', 'filter = codeants')).isWell,
    )
  }),
)

test('the kernel knows what it is to be told', t => {
  const lines = read('sysctl.conf')
    .split('\n')
    .filter(it => it !== '' && !it.startsWith('#'))
  const keys = lines.map(it => /^([a-z0-9_.-]+) = (-?\d+|\d+ \d+)$/.exec(it)?.[1] ?? assert.fail(it))
  assert.equal(new Set(keys).size, keys.length)
  if (!existsSync('/proc/sys/net/ipv4')) return t.skip('this system has no such kernel')
  const unknown = keys.filter(it => !existsSync(`/proc/sys/${it.replaceAll('.', '/')}`))
  // Where it was built without some of it, that is said, and most of it is there all the same.
  t.diagnostic(`not in this kernel: ${unknown.join(', ') || 'nothing'}`)
  assert.ok(unknown.length <= 4, unknown.join())
})

/** What systemd says against a service; empty where it has nothing to say. */
function verified(text: string): Promise<string> {
  return withUnit(text, file => {
    const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
    })
    return stdout + stderr
  })
}

function exposed(text: string): Promise<number> {
  return withUnit(text, file => {
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], {
      encoding: 'utf8',
    })
    return Number(/exposure level for .*: ([\d.]+)/.exec(stdout)![1])
  })
}

function withUnit<T>(text: string, work: (file: string) => T): Promise<T> {
  return inFolder('', ({ path }) => {
    const file = join(path, 'codeant-gateway.service')
    // Where the program lies on the machine it is meant for, is no question here.
    writeFileSync(
      file,
      text.replace('/usr/bin/node', process.execPath).replace('/opt/codeant\n', `${path}\n`),
    )
    return work(file)
  })
}
