// How much of the engine the tests of its parts and its rules walk through, folder by folder; fails where that is less than before.
// Lines that only the tests of whole programs reach count as unreached here, so the figure is lower than the truth.
//
//   node server/tools/coverage.mjs [--out FOLDER] [--before coverage.json] [--least PERCENT] [--tests LIST]
//
// It needs Node 22, whose tests can count lines.

import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from './setup.mjs'

/** Chance moves a tenth of a point (which of two branches a timer takes); a point is a feature without a test. */
const TOLERANCE = 1

/** Lines that were walked through, of how many, by the first two folders of their path. */
export function foldersOf(lcov) {
  const folders = new Map()
  let path = ''
  for (const line of lcov.split('\n')) {
    const [kind, value = ''] = line.split(/:(.*)/)
    if (kind === 'SF') path = value.replaceAll('\\', '/')
    if (kind !== 'LF' && kind !== 'LH') continue
    const name = path
      .split('/')
      .slice(0, path.startsWith('server/') ? 3 : 2)
      .join('/')
    const folder = folders.get(name) ?? { hit: 0, of: 0 }
    folder[kind === 'LF' ? 'of' : 'hit'] += Number(value)
    folders.set(name, folder)
  }
  return folders
}

export function percentOf(folders) {
  let [hit, of] = [0, 0]
  for (const it of folders.values()) {
    hit += it.hit
    of += it.of
  }
  return of === 0 ? 0 : (100 * hit) / of
}

/** What is wrong with a figure; undefined where nothing is. */
export function problemOf(percent, { before, least }) {
  if (percent < least)
    return `only ${percent.toFixed(1)} % of the lines are walked through, fewer than ${least} %`
  if (before !== undefined && percent < before - TOLERANCE)
    return `${percent.toFixed(1)} % of the lines are walked through; before it was ${before.toFixed(1)} %`
  return undefined
}

function main() {
  const text = { type: 'string' }
  const { values } = parseArgs({ options: { out: text, before: text, least: text, tests: text } })
  if (Number(process.versions.node.split('.')[0]) < 22)
    return fail(`it needs Node 22; this is ${process.version}`)
  const folder = values.out ?? join(root, '.cache/coverage')
  mkdirSync(folder, { recursive: true })
  const lcov = join(folder, 'lcov.info')
  const units = readdirSync(join(root, 'test/unit'), { recursive: true, encoding: 'utf8' })
    .filter(it => it.endsWith('.test.ts'))
    .map(it => `test/unit/${it}`)
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--enable-source-maps', '--import', 'tsx', '--test', '--experimental-test-coverage'],
      ...['--test-coverage-include=server/src/**/*.ts', '--test-coverage-include=shared/src/**/*.ts'],
      ...['--test-reporter=lcov', `--test-reporter-destination=${lcov}`],
      ...['--test-reporter=dot', '--test-reporter-destination=stdout'],
      ...(values.tests?.split(',') ?? [...units.sort(), 'test/rules.test.ts']),
    ],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0) return fail(`the tests ended with ${status}`)
  const folders = foldersOf(readFileSync(lcov, 'utf8'))
  const percent = percentOf(folders)
  const rows = [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { hit, of }]) => `| ${name} | ${of} | ${((100 * hit) / of).toFixed(1)} |\n`)
  const table = `| Folder | Lines | % |\n|---|---|---|\n${rows.join('')}| all | | ${percent.toFixed(1)} |\n`
  process.stdout.write(table)
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, table)
  writeFileSync(join(folder, 'coverage.json'), `${JSON.stringify({ percent })}\n`)
  const before =
    values.before && existsSync(values.before)
      ? JSON.parse(readFileSync(values.before, 'utf8')).percent
      : undefined
  const problem = problemOf(percent, { before, least: Number(values.least ?? 0) })
  if (problem) fail(problem)
}

function fail(text) {
  process.stderr.write(`coverage: ${text}\n`)
  process.exitCode = 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main()
