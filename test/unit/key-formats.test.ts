// Every form of a key is found as its service writes it, and nothing that only begins like it is.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkText } from '../../server/src/rules/engine.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import leakedKey from '../../server/src/rules/security/leaked-key.ts'
import { drawn, NAMED, PREFIXED } from '../../server/src/rules/support/key-formats.ts'
import { isPlaceholder } from '../../server/src/rules/support/secret-values.ts'

const RULES = new RuleSet([leakedKey])

/** Numbers that look drawn, and are the same each time. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return ((state >>> 8) & 0x7fffff) / 0x800000
  }
}

/** As nobody would make it up, and without what would be taken for a word that is to be replaced. */
function keyOf(form: string, seed: number): string {
  for (let i = seed; ; i += 7919) {
    const key = drawn(form, draws(i))
    if (!isPlaceholder(key) && /\d/.test(key.slice(-16))) return key
  }
}

function servicesIn(text: string): readonly string[] {
  return checkText(RULES, { path: 'src/settings.txt', language: 'text', text }).map(it =>
    String(it.data.service),
  )
}

const services = new Set([...PREFIXED, ...NAMED].map(([service]) => service))

test('there are formats of at least 150 providers', () => {
  assert.ok(services.size >= 150, String(services.size))
})

test('keys that begin with something of their own', () => {
  for (const [i, [service, , form]] of PREFIXED.entries()) {
    const key = keyOf(form, i + 1)
    assert.deepEqual(servicesIn(`value = "${key}"`), [service], key)
    assert.deepEqual(servicesIn(`${key}\n`), [service], key)
    // A piece of it, and a piece of something longer.
    assert.deepEqual(servicesIn(`value = "${key.slice(0, Math.ceil(key.length / 2))}"`), [], key)
    assert.deepEqual(servicesIn(`value = "x${key}"`), [], key)
    // Written to be replaced.
    assert.deepEqual(servicesIn(`value = "${key.slice(0, 4)}${'x'.repeat(key.length - 4)}"`), [], key)
  }
})

test('keys that their name tells', () => {
  for (const [i, [service, , form]] of NAMED.entries()) {
    const key = keyOf(form, i + 1)
    const upper = service.toUpperCase().replace(/ /g, '_')
    const lower = service.toLowerCase().replace(/ /g, '')
    const found = (text: string) => servicesIn(text).includes(service)
    assert.ok(found(`${upper}_API_KEY=${key}`), `${service}: ${key}`)
    assert.ok(found(`{ "${lower}Token": "${key}" }`), `${service}: ${key}`)
    assert.ok(!found(`${upper}_COMMIT=${key}`), service)
    assert.ok(!found(`OTHER_API_KEY=${key}`), service)
    assert.ok(!found(`${upper}_API_KEY=${key}0aZ9`), service)
  }
})

test('a key that a service hands to every browser is no secret', () => {
  const key = `AIza${keyOf('<m:35>', 5)}`
  assert.deepEqual(servicesIn(`https://service.shop/v1/search?key=${key}`), ['Google'], key)
  assert.deepEqual(servicesIn(`https://www.youtube.com/youtubei/v1/search?key=${key}`), [], key)
})
