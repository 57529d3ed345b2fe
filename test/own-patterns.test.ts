// The rules in patterns that a project brings along: the command line and the editor hold code to them alike.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { CodeAction, CompletionItem, Diagnostic, Hover } from 'vscode-languageserver'
import { LspClient } from './support/lsp-client.ts'
import { codeant } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const RULES = `rules:
  - id: no-shell
    languages: [python]
    severity: ERROR
    message: Do not start a shell with $CMD.
    pattern: os.system($CMD)
  - id: too-new
    languages: [python]
    severity: INFO
    message: Never.
    mode: extract
    pattern: f()
`
const CODE = "import os\n\n\ndef clean(path):\n    os.system('rm -r ' + path)\n"
const PROJECT = [
  '//- .codeant.toml',
  '[rules."security/*"]\nenabled = false',
  '//- .codeant/rules/ours.yaml',
  RULES.trimEnd(),
  '//- app/clean.py',
  CODE.trimEnd(),
  '',
].join('\n')
const FOUND = ['app/clean.py:5 own/no-shell']

async function findingsOf(
  { path: cwd }: TemporaryFolder,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const { out } = await codeant(['analyze', '--format', 'json', ...options], { cwd })
  const { findings } = JSON.parse(out) as {
    readonly findings: readonly { path: string; rule: string; start: { line: number } }[]
  }
  return findings.map(it => `${it.path}:${it.start.line} ${it.rule}`)
}

test('the command line runs them without being told, and says which cannot be run', () =>
  inFolder(PROJECT, async folder => {
    const { out, err, code } = await codeant(['analyze'], { cwd: folder.path })
    assert.equal(code, 1)
    assert.match(out, /Do not start a shell with 'rm -r ' \+ path/)
    assert.match(err, /\.codeant\/rules\/ours\.yaml: the rule too-new is not run: /)
    // From the cache, too, and on threads.
    assert.deepEqual(await findingsOf(folder), FOUND)
    assert.deepEqual(await findingsOf(folder, '--no-cache', '--threads', '2'), FOUND)
  }))

test('they are silenced, switched off and asked for by their names, like all rules', () =>
  inFolder(PROJECT, async folder => {
    assert.deepEqual(await findingsOf(folder, '--only', 'own/no-shell'), FOUND)
    assert.deepEqual(await findingsOf(folder, '--only', 'own'), FOUND)
    assert.deepEqual(await findingsOf(folder, '--only', 'style'), [])
    folder.write(
      '.codeant.toml',
      '[rules."own/no-shell"]\nenabled = false\n\n[rules."security/*"]\nenabled = false\n',
    )
    assert.deepEqual(await findingsOf(folder), [])
    folder.write('.codeant.toml', '[rules."security/*"]\nenabled = false\n')
    folder.write(
      'app/clean.py',
      CODE.replace('    os', '    # codeant-ignore own/no-shell: it is tried\n    os'),
    )
    assert.deepEqual(await findingsOf(folder), [])
  }))

test('the command line shows a rule as it was written, and why one is not run', () =>
  inFolder(PROJECT, async ({ path: cwd }) => {
    const { out } = await codeant(['rules', 'explain', 'own/no-shell'], { cwd })
    assert.match(
      out,
      /own\/no-shell[\s\S]*\.codeant\/rules\/ours\.yaml:2\n[\s\S]*pattern: os\.system\(\$CMD\)/,
    )
    const refused = await codeant(['rules', 'explain', 'too-new'], { cwd })
    assert.match(refused.out, /mode: extract/)
  }))

test('each project has its own', () =>
  inFolder(
    `${PROJECT}//- other/.codeant.toml\nroot = true\n\n[rules."security/*"]\nenabled = false\n//- other/a.py\n${CODE}`,
    async folder => {
      assert.deepEqual(await findingsOf(folder), FOUND)
      folder.write(
        'other/.codeant/rules/own.yml',
        RULES.replace('no-shell', 'no-shell-here').replace('ERROR', 'INFO'),
      )
      assert.deepEqual(await findingsOf(folder), [...FOUND, 'other/a.py:5 own/no-shell-here'])
    },
  ))

test('rules that are broken, or no rules at all, are told and stop nothing', () =>
  inFolder(PROJECT, async folder => {
    folder.write('.codeant/rules/broken.yaml', 'rules:\n  - id: [\n')
    folder.write('.codeant/rules/notes.yaml', 'just: text\n')
    const { out, err } = await codeant(['analyze'], { cwd: folder.path })
    assert.match(out, /own\/no-shell/)
    assert.match(err, /broken\.yaml/)
  }))

test('the editor finds the same, while somebody types and when the rules change', { timeout: 90_000 }, () =>
  inFolder(PROJECT, async folder => {
    const client = await LspClient.start({
      folder: folder.path,
      initializationOptions: { settings: { locale: 'en' } },
    })
    const uri = pathToFileURL(`${folder.path}/app/clean.py`).href
    const rules = pathToFileURL(`${folder.path}/.codeant/rules/ours.yaml`).href
    const told = (it: readonly Diagnostic[]) => it.map(({ code, range }) => `${range.start.line + 1} ${code}`)
    const until = async (wanted: readonly string[]) => {
      for (let known = told(client.diagnostics(uri)); ; known = told((await client.next(uri)).diagnostics))
        if (JSON.stringify(known) === JSON.stringify(wanted)) return
    }
    await client.open(uri, 'python', CODE)
    await until(['5 own/no-shell'])
    assert.match(String(client.diagnostics(uri)[0]?.message), /Do not start a shell with 'rm -r ' \+ path/)

    // A line above moves it at once; one more call is found a moment later.
    client.change(uri, 2, { line: 0, character: 0 }, { line: 0, character: 0 }, '# Cleaning.\n')
    assert.deepEqual(told((await client.next(uri, 2)).diagnostics), ['6 own/no-shell'])
    client.change(uri, 3, { line: 6, character: 0 }, { line: 6, character: 0 }, "    os.system('ls')\n")
    await until(['6 own/no-shell', '7 own/no-shell'])

    folder.write('.codeant/rules/ours.yaml', RULES.replace('os.system($CMD)', "os.system('...')"))
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: rules, type: 2 }] })
    await until(['7 own/no-shell'])
    rmSync(join(folder.path, '.codeant/rules/ours.yaml'))
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: rules, type: 3 }] })
    await until([])
    await client.stop()
  }),
)

test(
  'the editor helps whoever writes a rule: what cannot be run, which keys there are',
  { timeout: 90_000 },
  () =>
    inFolder(PROJECT, async folder => {
      const client = await LspClient.start({
        folder: folder.path,
        initializationOptions: { settings: { locale: 'es' } },
      })
      const uri = pathToFileURL(`${folder.path}/.codeant/rules/ours.yaml`).href
      await client.open(uri, 'yaml', RULES)
      while (client.diagnostics(uri).length === 0) await client.next(uri)
      const [refused] = client.diagnostics(uri)
      assert.equal(refused!.code, 'own/refused-rule')
      assert.match(String(refused!.message), /La regla `too-new` no se ejecuta: /)
      assert.equal(refused!.range.start.line, 6)
      const position = { line: 3, character: 6 }
      const hover = await client.request<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position,
      })
      assert.match((hover!.contents as { readonly value: string }).value, /\*\*severity\*\*: Lo grave que es/)
      client.change(uri, 2, { line: 5, character: 0 }, { line: 5, character: 0 }, '    pa\n')
      const offered = await client.request<CompletionItem[]>('textDocument/completion', {
        textDocument: { uri },
        position: { line: 5, character: 6 },
      })
      assert.ok(offered.some(it => it.label === 'pattern-inside' && /rodear/.test(it.detail!)))
      assert.ok(!offered.some(it => it.label === 'severity'))
      await client.stop()
    }),
)

test('a rule in the other format uses what its project shares', { timeout: 90_000 }, () => {
  const rule = (utility: string) =>
    `id: call\nlanguage: python\nseverity: error\nmessage: a call\nrule: {matches: ${utility}}\n`
  const project = [
    '//- sgconfig.yml',
    'ruleDirs: [.codeant/rules]\nutilDirs: [shared]',
    '//- shared/is-call.yml',
    'id: is-call\nlanguage: python\nrule: {pattern: start($X)}',
    '//- .codeant/rules/ours.yaml',
    rule('is-call'),
    '//- app.py',
    'start(1)',
    '',
  ].join('\n')
  return inFolder(project, async folder => {
    const client = await LspClient.start({ folder: folder.path })
    const uri = pathToFileURL(`${folder.path}/.codeant/rules/ours.yaml`).href
    await client.open(uri, 'yaml', rule('is-call'))
    assert.deepEqual(client.diagnostics(uri), [])
    const [start, end] = [
      { line: 4, character: 16 },
      { line: 4, character: 23 },
    ]
    client.change(uri, 2, start!, end!, 'is-cell')
    while (client.diagnostics(uri).length === 0) await client.next(uri)
    assert.match(String(client.diagnostics(uri)[0]!.message), /is-cell/)
    client.change(uri, 3, start!, end!, 'is-call')
    while (client.diagnostics(uri).length > 0) await client.next(uri)
    await client.stop()
  })
})

test('the editor offers what a rule would change, once it is verified', { timeout: 90_000 }, () =>
  inFolder(PROJECT, async folder => {
    const fix = '    pattern: os.system($CMD)\n    fix: os.remove($CMD)\n'
    folder.write('.codeant/rules/ours.yaml', RULES.replace('    pattern: os.system($CMD)\n', fix))
    const client = await LspClient.start({
      folder: folder.path,
      initializationOptions: { settings: { locale: 'en' } },
    })
    const uri = pathToFileURL(`${folder.path}/app/clean.py`).href
    await client.open(uri, 'python', CODE)
    while (client.diagnostics(uri).length === 0) await client.next(uri)
    const { range } = client.diagnostics(uri)[0]!
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], triggerKind: 1 },
    })
    const [repair] = actions.filter(it => it.edit && /Make the change of `no-shell`/.test(it.title))
    assert.match(JSON.stringify(repair!.edit), /os\.remove\('rm -r ' \+ path\)/)
    await client.stop()
  }),
)
