// The language server over its real wire: each test is an exchange, and shows it when it fails.

import assert from 'node:assert/strict'
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { KnownFinding } from '@codeant/shared/protocol.ts'
import type { CodeAction, Diagnostic, Hover, TextEdit } from 'vscode-languageserver-types'
import { type ClientOptions, LspClient } from './support/lsp-client.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const SELF = 'correctness/self-assignment'

interface Exchange {
  readonly client: LspClient
  readonly folder: TemporaryFolder
  readonly uri: (name: string) => string
}

function exchange(
  what: string,
  fixture: string,
  run: (it: Exchange) => Promise<void>,
  options: ClientOptions = {},
): void {
  test(what, { timeout: 60_000 }, () =>
    inFolder(fixture, async folder => {
      const client = await LspClient.start({
        folder: folder.path,
        env: { CODEANT_CACHE: join(folder.path, '.cache') },
        ...options,
      })
      try {
        await run({ client, folder, uri: name => pathToFileURL(join(folder.path, name)).href })
        await client.stop()
      } catch (error) {
        client.process.kill()
        console.log(client.log.slice(-40).join('\n'))
        throw error
      }
    }),
  )
}

const rules = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(it => `${it.range.start.line}:${it.range.start.character} ${it.code}`)
const at = (line: number, character: number) => ({ line, character })

exchange(
  'findings appear as the document opens, follow the typing, and go when it closes',
  '',
  async ({ client, uri }) => {
    const a = uri('a.py')
    assert.deepEqual(rules((await client.open(a, 'python', 'a = a\n')).diagnostics), [`0:0 ${SELF}`])
    const moved = client.next(a, 2)
    client.change(a, 2, at(0, 0), at(0, 0), '\n\n')
    assert.deepEqual(rules((await moved).diagnostics), [`2:0 ${SELF}`])
    const gone = client.next(a, 3)
    client.change(a, 3, at(2, 4), at(2, 5), 'b')
    assert.deepEqual((await gone).diagnostics, [])
    client.change(a, 4, at(2, 4), at(2, 5), 'a')
    await client.next(a, 4)
    const closed = client.next(a)
    client.notify('textDocument/didClose', { textDocument: { uri: a } })
    assert.deepEqual((await closed).diagnostics, [])
  },
)

exchange(
  'the same set is not published twice, and only the last of many changes counts',
  '',
  async ({ client, uri }) => {
    const a = uri('a.ts')
    await client.open(a, 'typescript', 'let a = c()\na = a\n')
    const before = client.log.filter(it => it.includes('publishDiagnostics')).length
    for (let version = 2; version < 40; version++) client.change(a, version, at(0, 9), at(0, 9), 'c')
    const last = client.next(a, 40)
    client.change(a, 40, at(1, 5), at(1, 5), '\nlet b = 2\nb = b')
    assert.deepEqual(rules((await last).diagnostics), [`1:0 ${SELF}`, `3:0 ${SELF}`])
    assert.equal(client.log.filter(it => it.includes('publishDiagnostics')).length, before + 1)
  },
)

exchange(
  'broken code is ordinary, and what is found settles when typing pauses',
  '',
  async ({ client, uri }) => {
    const a = uri('a.js')
    await client.open(a, 'javascript', 'function f() {\n  let a = 1\n  a = a\n  return a\n}\n')
    let version = 1
    for (const text of ['(', '"', '`', '}', '{', ')']) client.change(a, ++version, at(1, 2), at(1, 2), text)
    const whole = client.next(a, version + 6)
    for (let i = 0; i < 6; i++) client.change(a, ++version, at(1, 2), at(1, 3), '')
    void whole
    client.change(a, ++version, at(0, 0), at(0, 0), '// x\n')
    const { diagnostics } = await client.next(a, version)
    assert.ok(rules(diagnostics).includes(`3:2 ${SELF}`))
  },
)

exchange(
  'while the parser guesses at broken code, what was found before stays',
  '',
  async ({ client, uri }) => {
    const a = uri('a.ts')
    const method = (i: number) => `  m${i}(a: number) { if (a > ${i}) { return [a, { b: a }] } return a }\n`
    const text = `class A {\n${Array.from({ length: 1400 }, (_, i) => method(i)).join('')}}\nlet x = 1\nx = x\n`
    await client.open(a, 'typescript', text)
    const found = [`1403:0 ${SELF}`]
    assert.deepEqual(rules(client.diagnostics(a)), found)
    for (let version = 2; version < 20; version += 2) {
      const broken = client.next(a, version)
      client.change(a, version, at(version * 50, 3), at(version * 50, 3), '(')
      assert.deepEqual(rules((await broken).diagnostics), found)
      const whole = client.next(a, version + 1)
      client.change(a, version + 1, at(version * 50, 3), at(version * 50, 4), '')
      assert.deepEqual(rules((await whole).diagnostics), found)
    }
  },
  { initializationOptions: { publishUnchanged: true } },
)

exchange('hover explains for the reader, in the reader’s language', '', async ({ client, uri }) => {
  const a = uri('a.py')
  await client.open(a, 'python', 'width = width\n')
  const hover = async () =>
    JSON.stringify(
      await client.request<Hover | null>('textDocument/hover', {
        textDocument: { uri: a },
        position: at(0, 3),
      }),
    )
  assert.match(await hover(), /is assigned to itself/)
  client.settings = { audience: 'executive', locale: 'es' }
  const spanish = client.next(a)
  client.notify('workspace/didChangeConfiguration', { settings: {} })
  assert.match(String((await spanish).diagnostics[0]!.message), /se asigna a sí misma/)
  assert.match(await hover(), /Coste esperado/)
  assert.equal(
    await client.request('textDocument/hover', { textDocument: { uri: a }, position: at(1, 0) }),
    null,
  )
})

exchange('fixes come with their evidence and do what they say', '', async ({ client, uri }) => {
  const a = uri('a.py')
  const text = 'b = 1\na = 1\na = a\nb = b\n'
  await client.open(a, 'python', text)
  const ask = (only?: string[]) =>
    client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: a },
      range: { start: at(2, 0), end: at(2, 0) },
      context: { diagnostics: client.diagnostics(a), ...(only && { only }) },
    })
  const [fix, all, ...others] = await ask()
  assert.match(
    fix!.title,
    /^Delete the statement \(look before you accept · verified: parses, finding gone, none new\)$/,
  )
  const edits = (fix!.edit!.documentChanges![0] as { edits: TextEdit[] }).edits
  assert.deepEqual(edits, [{ range: { start: at(2, 0), end: at(3, 0) }, newText: '' }])
  assert.match(all!.title, /Repair all of correctness\/self-assignment/)
  const resolved = await client.request<CodeAction>('codeAction/resolve', all)
  assert.ok(resolved.edit)
  assert.ok(others.some(it => /Suppress/.test(it.title)))
  assert.deepEqual(await ask(['source.fixAll.codeant']), [], 'nothing here is safe to repair unseen')
})

exchange('a question that comes before the first answer is answered', '', async ({ client, uri }) => {
  const a = uri('a.ts')
  const textDocument = { uri: a }
  const published = client.open(a, 'typescript', 'export const f = (n: number) => n == NaN\n')
  const everything = { start: at(0, 0), end: at(1, 0) }
  const [explained, repairs] = await Promise.all([
    client.request<Hover | null>('textDocument/hover', { textDocument, position: at(0, 38) }),
    client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range: everything,
      context: { diagnostics: [], only: ['source.fixAll'] },
    }),
  ])
  assert.ok(explained)
  assert.equal(repairs.length, 1)
  await published
})

exchange('settings that come after a document hold for it, too', '', async ({ client, uri }) => {
  const a = uri('a.py')
  const english = client.open(a, 'python', 'a = a\n')
  const spanish = english.then(() => client.next(a))
  client.connection.onRequest('workspace/configuration', () => english.then(() => [{ locale: 'es' }]))
  assert.match(String((await english).diagnostics[0]!.message), /is assigned to itself/)
  assert.match(String((await spanish).diagnostics[0]!.message), /se asigna a sí misma/)
})

exchange('a suppression takes a reason', '', async ({ client, uri }) => {
  const a = uri('a.ts')
  await client.open(a, 'typescript', 'function f(a: number) {\n  a = a\n}\n')
  const edit = await client.request<{ documentChanges: { edits: TextEdit[] }[] }>('codeant/suppress', {
    uri: a,
    rule: SELF,
    line: 1,
    reason: 'kept for the debugger',
  })
  assert.equal(
    edit.documentChanges[0]!.edits[0]!.newText,
    `  // codeant-ignore ${SELF}: kept for the debugger\n`,
  )
})

exchange('settings on disk change what is shown, without a restart', '', async ({ client, folder, uri }) => {
  const a = uri('a.py')
  await client.open(a, 'python', 'a = a\n')
  const off = client.next(a)
  const file = folder.write('.codeant.toml', `[rules]\n"${SELF}" = "off"\n`)
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 1 }] })
  assert.deepEqual(rules((await off).diagnostics), [])
  const hint = client.next(a)
  writeFileSync(file, `[rules]\n"${SELF}" = "hint"\n`)
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 2 }] })
  assert.equal((await hint).diagnostics[0]!.severity, 4)
})

exchange('what another checker is told counts as soon as it is told', '', async ({ client, folder, uri }) => {
  const a = uri('a.py')
  await client.open(a, 'python', 'a = a\n')
  const off = client.next(a)
  const file = folder.write('ruff.toml', 'lint.ignore = ["PLW0127"]\n')
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 1 }] })
  assert.deepEqual(rules((await off).diagnostics), [])
})

exchange(
  'the workspace is scanned on request; open documents speak for themselves',
  '//- x/a.py\na = a\n//- y/b.rs\nfn f() { x = x; }\n//- c.json\n{}\n',
  async ({ client, folder, uri }) => {
    await client.open(uri('x/a.py'), 'python', 'a = b\n')
    const scanned = client.next(uri('y/b.rs'))
    const result = await client.request('codeant/analyzeWorkspace', null)
    assert.deepEqual(result, { files: 3, findings: 1, skipped: 0 })
    assert.deepEqual(rules((await scanned).diagnostics), [`0:9 ${SELF}`])
    assert.deepEqual(client.diagnostics(uri('x/a.py')), [])
    await client.open(uri('x/c.py'), 'python', 'c = c\n')
    const findings = await client.request<KnownFinding[]>('codeant/findings', null)
    assert.deepEqual(
      findings.map(it => it.rule),
      [SELF, SELF],
    )
    for (const { likelihood, heldBack } of findings) {
      assert.ok(likelihood! > 0.1 && likelihood! < 1, String(likelihood))
      assert.equal(heldBack, false)
    }
    client.notify('textDocument/didClose', { textDocument: { uri: uri('x/c.py') } })
    const again = client.next(uri('y/b.rs'))
    appendFileSync(join(folder.path, 'y/b.rs'), 'fn g() { y = y; }\n')
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('y/b.rs'), type: 2 }] })
    assert.equal((await again).diagnostics.length, 2)
    const gone = client.next(uri('y/b.rs'))
    rmSync(join(folder.path, 'y/b.rs'))
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('y/b.rs'), type: 3 }] })
    assert.deepEqual((await gone).diagnostics, [])
  },
)

exchange(
  'clients that pull get the same, and "unchanged" when nothing changed',
  '',
  async ({ client, uri }) => {
    const a = uri('a.py')
    client.notify('textDocument/didOpen', {
      textDocument: { uri: a, languageId: 'python', version: 1, text: 'a = a\n' },
    })
    const pull = (previousResultId?: string) =>
      client.request<{ kind: string; resultId: string; items?: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: a },
        previousResultId,
      })
    const first = await pull()
    assert.deepEqual(rules(first.items!), [`0:0 ${SELF}`])
    assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId })
    client.change(a, 2, at(0, 4), at(0, 5), 'b')
    assert.equal((await pull(first.resultId)).kind, 'full')
  },
  { initializationOptions: { diagnostics: 'pull' } },
)

exchange('a cancelled request says so, and every other is answered', '', async ({ client, uri }) => {
  const a = uri('a.py')
  await client.open(a, 'python', 'a = a\n'.repeat(200))
  const params = {
    textDocument: { uri: a },
    range: { start: at(0, 0), end: at(150, 0) },
    context: { diagnostics: [] },
  }
  const answers = await Promise.allSettled(
    Array.from({ length: 6 }, (_, i) => {
      const { connection } = client
      return i % 2 === 0
        ? connection.sendRequest('textDocument/hover', { textDocument: { uri: a }, position: at(i, 0) })
        : connection.sendRequest('textDocument/codeAction', {
            ...params,
            range: { start: at(i, 0), end: at(i, 1) },
          })
    }),
  )
  assert.deepEqual(
    answers.map(it => it.status),
    Array(6).fill('fulfilled'),
  )
})

exchange('files that are not analysed say why', '', async ({ client, uri }) => {
  const { diagnostics } = await client.open(uri('a.min.js'), 'javascript', `var a=${'1+'.repeat(9000)}1`)
  assert.match(String(diagnostics[0]!.message), /does not analyse this file: minified/)
})

exchange('unknown documents and nonsense do no harm', '', async ({ client, uri }) => {
  assert.equal(
    await client.request('textDocument/hover', {
      textDocument: { uri: uri('never-opened.py') },
      position: at(0, 0),
    }),
    null,
  )
  client.change(uri('never-opened.py'), 2, at(0, 0), at(0, 0), 'x')
  client.notify('textDocument/didClose', { textDocument: { uri: uri('never-opened.py') } })
  client.notify('textDocument/didOpen', {
    textDocument: { uri: 'untitled:Untitled-1', languageId: 'python', version: 1, text: 'a = a\n' },
  })
  const { diagnostics } = await client.next('untitled:Untitled-1')
  assert.deepEqual(rules(diagnostics), [`0:0 ${SELF}`])
})
