// Values of strangers that go through several files and languages: what is found of the cases in `workspaces/taint`, and that
// nothing is said of those that are safe.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { analyseFile } from '../server/src/features/analyse-file.ts'
import { languageOf } from '../server/src/features/languages.ts'
import type { Flow } from '../server/src/graph/flows.ts'
import { Graph } from '../server/src/graph/graph.ts'
import { testEngine } from './support/engine.ts'
import { type FixtureFile, readFixture } from './support/fixture.ts'

const CASES = new URL('workspaces/taint/', import.meta.url)
/** Of the flows, this many must be found. */
const WANTED = 0.95

interface Case {
  readonly title: string
  /** Undefined where nothing may be found. */
  readonly expected: { readonly sort: string; readonly from: string } | undefined
  readonly files: readonly FixtureFile[]
}

function casesOf(name: string): Case[] {
  const source = readFileSync(new URL(name, CASES), 'utf8')
  return source
    .split(/^=== /m)
    .slice(1)
    .map(part => {
      const title = part.slice(0, part.indexOf('\n'))
      const flow = /^flow (\w+) from (\S+):/.exec(title)
      return {
        title: `${name} ${title}`,
        expected: flow ? { sort: flow[1]!, from: flow[2]! } : undefined,
        files: readFixture(part),
      }
    })
}

const engine = await testEngine([])

function flowsIn(files: readonly FixtureFile[]): readonly Flow[] {
  const graph = new Graph()
  for (const { path, text } of files)
    graph.set(path, analyseFile(engine, path, languageOf(path)!, text).facts ?? { rows: {}, places: {} })
  return graph.relations.flows
}

/** The sink lies where the mark is, and the way begins in the file that was named. */
function isExpected(flow: Flow, { expected, files }: Case): boolean {
  const file = files.find(it => it.path === flow.sink.file)!
  const [start, end] = flow.sink.place
  const isThere = file.marks.some(it => it.start <= start && end <= it.end)
  return isThere && flow.sort === expected?.sort && flow.steps[0]!.file === expected.from
}

function shown(flow: Flow): string {
  return `${flow.sort}: ${flow.steps.map(it => `${it.kind} ${it.file}`).join(' → ')}`
}

test('flows between files and languages are found, and safe ones are not', () => {
  const cases = readdirSync(CASES)
    .filter(it => it.endsWith('.txt'))
    .flatMap(casesOf)
  const missed: string[] = []
  const wrong: string[] = []
  for (const it of cases) {
    const flows = flowsIn(it.files)
    if (it.expected && !flows.some(flow => isExpected(flow, it))) missed.push(it.title)
    for (const flow of flows) if (!isExpected(flow, it)) wrong.push(`${it.title}\n    ${shown(flow)}`)
  }
  const wanted = cases.filter(it => it.expected).length
  console.log(
    `${cases.length} cases: ${wanted - missed.length} of ${wanted} flows found, ${wrong.length} false`,
  )
  for (const it of missed) console.log(`missed: ${it}`)
  for (const it of wrong) console.log(`false: ${it}`)
  assert.ok(cases.length >= 60 && cases.length - wanted >= cases.length * 0.45)
  assert.deepEqual(wrong, [])
  assert.ok(wanted - missed.length >= wanted * WANTED, `missed ${missed.length} of ${wanted}`)
})
