// The list of controls names files, tests and traces: all of them exist, or it would promise an auditor what is not there.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Controls, readControls } from '../../server/tools/generate-controls.ts'
import { root } from './support/render.ts'

const controls = readControls(readFileSync(join(root, 'deploy/controls.yaml'), 'utf8'))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const textsOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(it => /\.(ts|mjs)$/.test(it))
    .map(it => read(join(folder, it)))
    .join('\n')
const gateway = textsOf('deploy/gateway/src')
const runbooks = read('docs/en/runbooks.md')

const CRITERIA =
  /^(SOC 2 (CC[1-9]\.\d|A1\.[1-3]|C1\.[12]|P[1-8]\.\d)|ISO A\.[5-8]\.\d{1,2}|GDPR \d{1,2}|HIPAA 164\.\d{3}(\([a-z0-9]+\))*|PCI DSS \d{1,2}|CCPA 1798\.\d{3})$/

function wrongIn({ groups }: Controls): readonly string[] {
  return groups
    .flatMap(it => it.controls)
    .flatMap(it => {
      const found: string[] = []
      for (const path of it.files) if (!existsSync(join(root, path))) found.push(path)
      for (const [path, name] of it.tests)
        if (!existsSync(join(root, path)) || !saysIn(read(path), name)) found.push(`${path}: ${name}`)
      for (const trace of it.traces) if (!isLeft(trace)) found.push(trace)
      for (const one of it.serves) if (!CRITERIA.test(one)) found.push(one)
      if (it.serves.length === 0 || it.files.length === 0 || it.tests.length === 0) found.push(it.en.title)
      if (!it.en.text.endsWith('.') || !it.es.text.endsWith('.') || it.en.text === it.es.text)
        found.push(`${it.en.title}: words`)
      return found
    })
}

/** As the name of a test or of a question, also where the source breaks or quotes it otherwise. */
function saysIn(text: string, name: string): boolean {
  return text.includes(name) || text.replaceAll("\\'", "'").includes(name)
}

function isLeft(trace: string): boolean {
  const [kind, name = ''] = trace.split(/:(.*)/)
  if (kind === 'audit') return gateway.includes(`'${name}'`)
  if (kind === 'metric') return gateway.includes(`'${name}'`)
  if (kind === 'alert') return runbooks.includes(`\n## ${name}\n`)
  if (kind === 'workflow') return existsSync(join(root, '.github/workflows', name))
  return kind === 'file' && existsSync(join(root, name))
}

test('every file, test and trace that a control names exists', () => {
  assert.deepEqual(wrongIn(controls), [])
  const count = controls.groups.reduce((sum, it) => sum + it.controls.length, 0)
  assert.ok(count > 20, `${count} controls`)
})

test('one that names something else would be noticed', () => {
  const [group] = controls.groups
  const [control] = group!.controls
  for (const change of [
    { files: ['deploy/gateway/src/identity/nothing.ts'] },
    { tests: [['test/endpoint/access.test.ts', 'a key opens every door']] as const },
    { tests: [['test/endpoint/nothing.test.ts', 'x']] as const },
    { traces: ['audit:key.forge'] },
    { traces: ['metric:codeant_wishes_total'] },
    { traces: ['alert:AllIsWell'] },
    { serves: ['SOC 3'] },
    { tests: [] },
  ])
    assert.notDeepEqual(
      wrongIn({ ...controls, groups: [{ ...group!, controls: [{ ...control!, ...change }] }] }),
      [],
      JSON.stringify(change),
    )
})

test('every group of criteria that is asked for is helped with, and what is missing is told', () => {
  const served = controls.groups.flatMap(it => it.controls).flatMap(it => it.serves)
  for (const it of ['SOC 2 ', 'ISO A.', 'GDPR ', 'HIPAA ', 'PCI DSS ', 'CCPA '])
    assert.ok(
      served.some(one => one.startsWith(it)),
      it,
    )
  for (const locale of ['en', 'es'] as const) {
    const page = read(`docs/${locale}/controls.md`)
    for (const it of controls.gaps) assert.ok(page.includes(it[locale].replace(' - ', ': ')))
    assert.doesNotMatch(page, /\b(is|are|we are) (certified|compliant)\b/i)
  }
})
