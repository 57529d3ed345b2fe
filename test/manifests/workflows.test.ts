// Workflows can only be run by GitHub. What can be known before: GitHub's own parser takes them, they ask for no more rights than they
// need, take other people's work by its digest, and call programs that exist.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { validate } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { root } from './support/render.ts'
import { QUESTIONS, readWorkflows, scriptsOf, type Workflow, workflow } from './support/workflows.ts'

const all = readWorkflows()
let counter = 0
const scripts = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts

/** What GitHub would say of a file; what it only guesses about other files is left out. */
async function wrongIn({ path, text }: Pick<Workflow, 'path' | 'text'>): Promise<readonly string[]> {
  // It remembers what it has read under a name.
  const found = await validate(TextDocument.create(`file:///${counter++}/${path}`, 'yaml', 1, text))
  return found
    .filter(it => !String(it.message).startsWith('Context access might be invalid'))
    .map(it => `${path}:${it.range.start.line + 1} ${it.message}`)
}

test('GitHub takes every workflow', async () => {
  assert.deepEqual((await Promise.all(all.map(wrongIn))).flat(), [])
})

test('GitHub’s parser would notice a mistake', async () => {
  const ci = all.find(it => it.path.endsWith('/ci.yml'))!
  for (const [from, to, expected] of [
    ['needs: lint\n', 'needs: lintt\n', /depends on unknown job 'lintt'/],
    ['timeout-minutes: 15', 'timeout-minute: 15', /Unexpected value 'timeout-minute'/],
    ['github.event_name ==', 'githb.event_name ==', /Unrecognized named-value: 'githb'/],
    ['security-events: write', 'security-event: write', /Unexpected value 'security-event'/],
    ['toJSON(needs)', 'toJsn(needs)', /Unrecognized function: 'toJsn'/],
  ] as const) {
    assert.ok(ci.text.includes(from), from)
    assert.match((await wrongIn({ path: ci.path, text: ci.text.replace(from, to) })).join('\n'), expected)
  }
})

for (const { name, check, breakIt } of QUESTIONS)
  test(name, () => {
    assert.deepEqual(check(all), [])
    const { path, from, to } = breakIt
    const { text } = all.find(it => it.path === path)!
    assert.ok(text.includes(from), `${path} has no ${from}`)
    const broken = all.map(it => (it.path === path ? workflow(path, text.replace(from, to)) : it))
    assert.notDeepEqual(check(broken), [], 'a fault would not be noticed')
  })

const hasShellcheck = spawnSync('shellcheck', ['--version'], { stdio: 'ignore' }).status === 0

test('no script of a workflow has a mistake of the shell', {
  ...(!hasShellcheck && { skip: 'there is no shellcheck here' }),
}, () => {
  const wrong = (script: string) =>
    spawnSync('shellcheck', ['--shell=bash', '--severity=warning', '-'], {
      input: `set -eo pipefail\n${script}`,
      encoding: 'utf8',
    }).stdout
  assert.deepEqual(
    scriptsOf(all)
      .map(it => wrong(it.script) && `${it.place}: ${wrong(it.script)}`)
      .filter(Boolean),
    [],
  )
  assert.match(wrong('for it in $(ls *.tar); do echo $it; done'), /SC2045/)
  assert.match(wrong('if [ -n "$X" ; then echo; fi'), /SC1/)
})

test('every program that a workflow calls exists', () => {
  const parts = /const PARTS = \{([\s\S]*?)\n\}/.exec(
    readFileSync(join(root, 'server/tools/test.mjs'), 'utf8'),
  )![1]!
  const unknown = (text: string) => [
    ...[...text.matchAll(/\bnode ((?:deploy|server)\/[\w./-]+)/g)]
      .map(it => it[1]!)
      .filter(it => !existsSync(join(root, it))),
    ...[...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(it => it[1]!).filter(it => !scripts[it]),
    ...[...text.matchAll(/\bnpm test -- ([a-z ]+)/g)]
      .flatMap(it => it[1]!.trim().split(/\s+/))
      .filter(it => it && !new RegExp(`^  ${it}: `, 'm').test(parts)),
    ...[...text.matchAll(/uses: \.\/(\S+)/g)]
      .map(it => it[1]!)
      .filter(it => !existsSync(join(root, it)) && !existsSync(join(root, it, 'action.yml'))),
  ]
  assert.deepEqual(
    all.flatMap(it => unknown(it.text)),
    [],
  )
  assert.deepEqual(
    unknown(
      'run: node deploy/nothing.mjs\nrun: npm run nothing\nrun: npm test -- units\nuses: ./.github/nothing.yml',
    ),
    ['deploy/nothing.mjs', 'nothing', 'units', '.github/nothing.yml'],
  )
})

test('programs are called with options that they know', () => {
  const called = all.flatMap(({ path, text }) =>
    [
      ...text.replace(/\\\n\s*/g, ' ').matchAll(/\bnode ((?:deploy|server)\/[\w./-]+\.mjs)([^\n|>]*)/g),
    ].flatMap(([, program, rest]) =>
      [...rest!.matchAll(/--([a-z-]+)/g)].map(it => ({ path, program: program!, option: it[1]! })),
    ),
  )
  assert.ok(called.length > 15, 'the calls are seen')
  for (const { path, program, option } of called)
    assert.match(
      readFileSync(join(root, program), 'utf8'),
      new RegExp(`(^|[\\s{'])${option}'?: (\\{ ?type|text|flag)|[{ ]${option}: text`, 'm'),
      `${path}: ${program} --${option}`,
    )
})

test('what is new is looked for every week, where it is', () => {
  const { version, updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8')) as {
    readonly version: number
    readonly updates: readonly {
      readonly 'package-ecosystem': string
      readonly schedule: { readonly interval: string }
      readonly directory?: string
      readonly directories?: readonly string[]
    }[]
  }
  assert.equal(version, 2)
  for (const it of updates) {
    assert.equal(it.schedule.interval, 'weekly')
    for (const folder of [it.directory ?? [], it.directories ?? []].flat())
      assert.ok(existsSync(join(root, folder)), folder)
  }
  const kinds = updates.map(it => it['package-ecosystem'])
  for (const it of ['npm', 'github-actions', 'terraform']) assert.ok(kinds.includes(it), it)
})

test('what has an owner is there, and all of it has one', () => {
  const lines = readFileSync(join(root, '.github/CODEOWNERS'), 'utf8')
    .split('\n')
    .filter(it => it && !it.startsWith('#'))
    .map(it => it.split(/\s+/))
  for (const [path, ...owners] of lines) {
    assert.ok(owners.length > 0 && owners.every(it => /^@OWNER\/[a-z]+$/.test(it)), path)
    if (path !== '*') assert.ok(existsSync(join(root, path!)), path)
  }
  assert.equal(lines[0]![0], '*')
})

test('how to report a fault in private is said, and links lead somewhere', () => {
  const text = readFileSync(join(root, '.github/SECURITY.md'), 'utf8')
  assert.match(text, /Report a vulnerability/)
  for (const [, link] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g))
    assert.ok(existsSync(join(root, '.github', link!)), link)
  // As a deployment asks for it: what people compare by hand is the same.
  const deploy = all.find(it => it.path.endsWith('/deploy.yml'))!
  for (const it of ['https://token.actions.githubusercontent.com', 'workflows/image'])
    assert.ok(text.includes(it) && deploy.text.includes(it), it)
})

test('what runs before a commit is a command of this repository', () => {
  const { repos } = parse(readFileSync(join(root, '.pre-commit-config.yaml'), 'utf8')) as {
    readonly repos: readonly {
      readonly repo: string
      readonly hooks: readonly { readonly id: string; readonly entry: string }[]
    }[]
  }
  assert.deepEqual(
    repos.map(it => it.repo),
    ['local'],
  )
  for (const { id, entry } of repos[0]!.hooks) {
    const [program, path = ''] = entry.split(' ')
    if (program === 'npm') assert.ok(scripts[path], id)
    else assert.ok(existsSync(join(root, program === 'node' ? path : program!)), id)
  }
  // The hooks that others take, of which this one is made.
  const offered = readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')
  const rules = /--only (\S+)/.exec(repos[0]!.hooks[0]!.entry)![1]!
  assert.ok(offered.includes(rules))
})
