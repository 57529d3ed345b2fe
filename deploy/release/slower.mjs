// Compares what `npm run bench` measured with the last time: fails where something takes many times as long, or as much memory.
//
//   node deploy/release/slower.mjs --before FILE --after FILE [--times 2]
//
// Without a last time there is nothing to compare, and nothing fails.

import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const USAGE = 'node deploy/release/slower.mjs --before FILE --after FILE [--times 2]'
/** Figures that are better when they are smaller. Of a few milliseconds, chance is a large part. */
const COSTS = /Ms$|P50$|P95$|Most$|^memory|Memory$/
const LEAST = { ms: 20, bytes: 50e6 }

/** Every cost of both, with where it stands. */
export function compare(before, after) {
  const old = new Map(costsOf(before))
  return costsOf(after).flatMap(([place, now]) => {
    const then = old.get(place)
    return then > 0 ? [{ place, then, now, times: now / then }] : []
  })
}

export function tooSlow(rows, times) {
  return rows.filter(it => it.times > times && it.now > (/emory/.test(it.place) ? LEAST.bytes : LEAST.ms))
}

function costsOf(value, place = '') {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, it]) => {
    const here = place ? `${place}.${key}` : key
    return typeof it === 'number' ? (COSTS.test(key) ? [[here, it]] : []) : costsOf(it, here)
  })
}

function main() {
  const text = { type: 'string' }
  const { values } = parseArgs({
    options: { before: text, after: text, times: text, help: { type: 'boolean' } },
  })
  if (values.help) return void process.stdout.write(`${USAGE}\n`)
  if (!values.before || !values.after) return fail(USAGE)
  if (!existsSync(values.after)) return fail(`${values.after} is not there: what was measured?`)
  if (!existsSync(values.before))
    return void process.stdout.write('slower: there is no last time to compare with\n')
  const [before, after] = [values.before, values.after].map(it => JSON.parse(readFileSync(it, 'utf8')).parts)
  const rows = compare(before, after)
  const lines = rows.map(
    it => `| ${it.place} | ${shown(it.then)} | ${shown(it.now)} | ${it.times.toFixed(2)} |\n`,
  )
  const table = `| Figure | Before | Now | Times |\n|---|---|---|---|\n${lines.join('')}`
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, table)
  process.stdout.write(table)
  for (const it of tooSlow(rows, Number(values.times ?? 2)))
    fail(`${it.place} is ${it.times.toFixed(1)} times what it was`)
}

function shown(value) {
  return value >= 1e6 ? `${(value / 1e6).toFixed(0)} M` : value.toFixed(1)
}

function fail(text) {
  process.stderr.write(`slower: ${text}\n`)
  process.exitCode = 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main()
