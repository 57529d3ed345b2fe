// Findings of the bug finder, end to end: the real server, the real command line, the real weights. Which kinds are shown
// by default depends on what was measured of them, so these tests open every gate.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CodeAction, Diagnostic, Hover } from 'vscode-languageserver-types'
import { BUG_KINDS } from '../server/src/inference/choices.ts'
import { LspClient } from './support/lsp-client.ts'
import { codeant } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const MODELS = fileURLToPath(new URL('../models/', import.meta.url))

const RIGHT = `function total(items) {
  let sum = 0
  for (const item of items) {
    sum += item.price
  }
  return sum
}
`
const WRONG = RIGHT.replace('+=', '-=')
const PLACE = { line: 3, character: 8 }
const BEHIND = { line: 3, character: 10 }

/** The shipped models with all gates open, or as they are, and folders of their own for what is remembered. */
function environment(folder: TemporaryFolder, areOpen = true): NodeJS.ProcessEnv {
  const models = join(folder.path, '.models')
  cpSync(join(MODELS, 'bug-finder'), join(models, 'bug-finder'), { recursive: true })
  const file = join(models, 'bug-finder', 'model.json')
  const open = Object.fromEntries(
    BUG_KINDS.map(it => [it, { threshold: 0.2, passed: areOpen, read: 100, worth: areOpen ? 90 : 9 }]),
  )
  const gates = { python: open, javascript: open, typescript: open, rust: open }
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), gates }))
  return {
    CODEANT_MODELS: models,
    CODEANT_CACHE: join(folder.path, '.cache'),
    CODEANT_STATE: join(folder.path, '.state'),
  }
}

const learned = (all: readonly Diagnostic[]) => all.filter(it => String(it.code).startsWith('learned/'))

async function published(
  client: LspClient,
  uri: string,
  wanted: (all: readonly Diagnostic[]) => boolean,
): Promise<void> {
  const until = Date.now() + 20_000
  while (!wanted(client.diagnostics(uri))) {
    assert.ok(Date.now() < until, `never said so:\n${client.log.join('\n')}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

test('a changed function is read, explained, repaired, and left alone when somebody says so', () =>
  inFolder(`//- total.js\n${RIGHT}`, async folder => {
    const client = await LspClient.start({ folder: folder.path, env: environment(folder) })
    try {
      const uri = pathToFileURL(join(folder.path, 'total.js')).href
      await client.open(uri, 'javascript', RIGHT)
      // Nothing changed, so nothing is asked; the pause in which it would have been is over.
      await new Promise(resolve => setTimeout(resolve, 400))
      client.change(uri, 2, PLACE, BEHIND, '-=')
      await published(client, uri, all => learned(all).length === 1)
      const [finding] = learned(client.diagnostics(uri)) as [Diagnostic]
      assert.equal(finding.code, 'learned/wrong-operator')
      assert.deepEqual(finding.range, { start: PLACE, end: BEHIND })

      const hover = await client.request<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: PLACE,
      })
      assert.match(JSON.stringify(hover.contents), /times as likely.*90 of 100 were worth a look/)

      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: finding.range,
        context: { diagnostics: [] },
      })
      const fix = actions.find(it => it.edit)
      assert.match(fix?.title ?? '', /^Put `\+=` there/)
      assert.equal(JSON.stringify(fix?.edit).match(/"newText":"\+="/g)?.length, 1)

      const dismiss = actions.find(it => it.command?.command === 'codeant.notABug')
      await client.request('workspace/executeCommand', dismiss?.command)
      await published(client, uri, all => learned(all).length === 0)
      // It does not come back when the function is read again.
      client.change(uri, 3, { line: 1, character: 2 }, { line: 1, character: 5 }, 'var')
      await new Promise(resolve => setTimeout(resolve, 1500))
      assert.deepEqual(learned(client.diagnostics(uri)), [])
    } finally {
      await client.stop()
    }
  }))

test('findings of the model move with the text while it is typed', () =>
  inFolder(`//- total.js\n${RIGHT}`, async folder => {
    const client = await LspClient.start({ folder: folder.path, env: environment(folder) })
    try {
      const uri = pathToFileURL(join(folder.path, 'total.js')).href
      await client.open(uri, 'javascript', RIGHT)
      await new Promise(resolve => setTimeout(resolve, 400))
      client.change(uri, 2, PLACE, BEHIND, '-=')
      await published(client, uri, all => learned(all).length === 1)
      const said = client.next(uri, 3)
      client.change(uri, 3, { line: 0, character: 0 }, { line: 0, character: 0 }, '// a line above\n')
      const { diagnostics } = await said
      assert.deepEqual(
        learned(diagnostics).map(it => it.range.start),
        [{ line: 4, character: 8 }],
      )
    } finally {
      await client.stop()
    }
  }))

test('damaged weights: one notice, and everything else works', () =>
  inFolder(`//- total.js\n${RIGHT}`, async folder => {
    const env = environment(folder)
    const weights = join(env.CODEANT_MODELS!, 'bug-finder', 'bug-finder.onnx')
    const bytes = readFileSync(weights)
    bytes[bytes.length >> 1]! ^= 255
    writeFileSync(weights, bytes)
    const client = await LspClient.start({ folder: folder.path, env })
    try {
      const uri = pathToFileURL(join(folder.path, 'total.js')).href
      await client.open(uri, 'javascript', RIGHT)
      await new Promise(resolve => setTimeout(resolve, 400))
      for (let version = 2; version < 5; version++) {
        client.change(uri, version, { line: 1, character: 12 }, { line: 1, character: 13 }, String(version))
        await new Promise(resolve => setTimeout(resolve, 700))
      }
      const notices = client.log.filter(it => it.includes('window/showMessage') && it.includes('bug-finder'))
      assert.equal(notices.length, 1, client.log.join('\n'))
      client.change(uri, 5, { line: 5, character: 0 }, { line: 5, character: 0 }, '  sum = sum\n')
      await published(client, uri, all => all.some(it => it.code === 'correctness/self-assignment'))
    } finally {
      await client.stop()
    }
  }))

test('where no kind of finding is on, the model is not even loaded', () =>
  inFolder(`//- total.js\n${RIGHT}`, async folder => {
    const env = environment(folder, false)
    // Whoever loaded it would be told that it is damaged.
    writeFileSync(join(env.CODEANT_MODELS!, 'bug-finder', 'bug-finder.onnx'), 'nothing')
    const run = (...args: string[]) =>
      codeant(['analyze', '--no-cache', '--models', 'all', ...args], {
        cwd: folder.path,
        env: { ...process.env, ...env },
      })
    assert.match((await run()).err, /no kind of finding/)
    folder.write('.codeant.toml', '[rules."learned/wrong-operator"]\nenabled = true\n')
    assert.match((await run()).err, /bug-finder/)
    rmSync(join(env.CODEANT_MODELS!, 'bug-finder'), { recursive: true })
    const { err, code } = await run()
    assert.equal(err.match(/bug-finder/g)?.length, 2, err) // one notice: its name, and its place
    assert.equal(code, 0)
  }))

test('the command line says the same, about all functions or about those that changed', () =>
  inFolder(`//- total.js\n${RIGHT}//- other.js\n${WRONG}`, async folder => {
    const env = environment(folder)
    const run = async (...args: string[]) => {
      const { out, code, err } = await codeant(['analyze', '--format', 'json', '--no-cache', ...args], {
        cwd: folder.path,
        env: { ...process.env, ...env },
      })
      assert.equal(err, '')
      assert.ok(code <= 1)
      return (JSON.parse(out).findings as { rule: string; path: string }[])
        .filter(it => it.rule.startsWith('learned/'))
        .map(it => `${it.path} ${it.rule}`)
    }
    assert.deepEqual(await run(), [])
    assert.deepEqual(await run('--models', 'all'), ['other.js learned/wrong-operator'])
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder.path })
    git('init', '-q')
    git('add', 'total.js', 'other.js')
    git('commit', '-qm', 'before')
    folder.write('total.js', WRONG)
    folder.write('other.js', `${WRONG}\ntotal([])\n`)
    assert.deepEqual(await run('--changed-since', 'HEAD'), ['total.js learned/wrong-operator'])
    assert.deepEqual(await run('--changed-since', 'HEAD', '--models', 'off'), [])
  }))

test('the command line repairs what the model found, when it is content with the repair', () =>
  inFolder(`//- other.js\n${WRONG}`, async folder => {
    const env = { ...process.env, ...environment(folder) }
    const run = (...args: string[]) =>
      codeant(['analyze', '--models', 'all', ...args], { cwd: folder.path, env })
    const text = () => readFileSync(join(folder.path, 'other.js'), 'utf8')
    await run('--auto-fix')
    assert.equal(text(), WRONG)
    assert.match((await run('--auto-fix', '--unsafe')).out, /Repaired 1 finding in 1 file/)
    assert.equal(text(), RIGHT)
  }))

test('a second run over the same files asks the model nothing', () =>
  inFolder(`//- other.js\n${WRONG}//- total.js\n${RIGHT}`, async folder => {
    const env = { ...process.env, ...environment(folder) }
    const run = async () => {
      const { out, err } = await codeant(['analyze', '--format', 'json', '--models', 'all'], {
        cwd: folder.path,
        env,
      })
      assert.equal(err, '')
      return (JSON.parse(out).findings as { rule: string; path: string }[]).map(it => `${it.path} ${it.rule}`)
    }
    const first = await run()
    assert.deepEqual(first, ['other.js learned/wrong-operator'])
    // Whoever asked now would hear that the weights are damaged.
    writeFileSync(join(env.CODEANT_MODELS!, 'bug-finder', 'bug-finder.onnx'), 'nothing')
    assert.deepEqual(await run(), first)
  }))
