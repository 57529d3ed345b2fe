// The endpoint through the language server: a real server process, a fake engine on a real port, a person who is asked.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import {
  ASK_FOR_FIX,
  type AskForFixResult,
  ENDPOINT_EXPLAIN,
  ENDPOINT_PAYLOAD,
  ENDPOINT_SENT,
  type EndpointExplainResult,
  type SentEntry,
} from '@codeant/shared/endpoint.ts'
import type { CodeAction } from 'vscode-languageserver-types'
import { bugFinderModel } from './support/endpoint/bug-finder-model.ts'
import type { FakeServer } from './support/endpoint/fake-server.ts'
import { fakeTriton } from './support/endpoint/fake-triton.ts'
import { type FakeVllm, fakeVllm } from './support/endpoint/fake-vllm.ts'
import { type EndpointSession, withEndpoint } from './support/endpoint/lsp-endpoint.ts'

let triton: FakeServer

before(async () => {
  triton = await fakeTriton({ models: { 'bug-finder-large': await bugFinderModel(8) } }).start()
})
after(() => triton.stop())

test('where the model is not sure, the endpoint is asked, after a person saw what would be sent and allowed it', () =>
  withEndpoint({ remote: { endpoint: triton.url } }, async it => {
    triton.received.length = 0
    it.slip()
    await it.until('a second opinion is shown', () => it.learned().length === 1)
    const [finding] = it.learned()
    assert.equal(finding!.code, 'learned/wrong-operator')

    assert.equal(it.consents.length, 1)
    const [consent] = it.consents
    assert.equal(consent!.purpose, 'second-opinion')
    assert.match(consent!.preview, /Nothing was sent yet[\s\S]*"features": \{ "shape": \[1, \d+, 18\]/)

    const sent = await it.client.request<SentEntry[]>(ENDPOINT_SENT, {})
    assert.deepEqual(
      sent.map(({ purpose, status }) => [purpose, status]),
      [['second-opinion', 200], ...sent.slice(1).map(() => ['check', 200])],
    )
    assert.equal(sent[0]!.bytes, triton.questions[0]!.body.length)
    const payload = await it.client.request<string>(ENDPOINT_PAYLOAD, { id: sent[0]!.id })
    assert.match(payload, /"name": "features"[\s\S]*\nfeatures = \d+, /)
    await it.until('the status tells of it', () => it.status()?.endpoint?.state === 'ready')
    assert.equal(it.status()!.bytesSent, sent[0]!.bytes)
  }))

test('who is not allowed to send sends nothing, and is not asked again', () =>
  withEndpoint({ remote: { endpoint: triton.url }, consent: 'never' }, async it => {
    triton.received.length = 0
    it.slip()
    await it.until('a person is asked', () => it.consents.length === 1)
    it.touch()
    await new Promise(resolve => setTimeout(resolve, 1000))
    assert.equal(it.consents.length, 1)
    assert.deepEqual([triton.received, it.learned()], [[], []])
  }))

test('switched off, nothing is asked of anybody', () =>
  withEndpoint({ remote: { enabled: false, endpoint: triton.url } }, async it => {
    triton.received.length = 0
    it.slip()
    await new Promise(resolve => setTimeout(resolve, 1000))
    assert.deepEqual([it.consents, triton.received, it.learned()], [[], [], []])
    assert.equal(it.status()?.endpoint, undefined)
  }))

/** A finding that the rules are sure of, which a model can repair. */
const ASSIGNED = 'function area(width, height) {\n  width = width\n  return width * height\n}\n'
const SELF = 'correctness/self-assignment'

interface Edited {
  readonly label: string
  readonly edit: {
    readonly documentChanges: readonly { readonly edits: readonly { readonly newText: string }[] }[]
    readonly changeAnnotations?: unknown
  }
}

/** A document with one finding, an engine that says these things, and the fix that is asked for. */
function asked(
  says: readonly string[],
  check: (it: {
    readonly result: AskForFixResult
    readonly edits: readonly Edited[]
    readonly vllm: FakeVllm
    readonly session: EndpointSession
    /** Asks the same again. */
    readonly again: () => Promise<{ readonly result: AskForFixResult; readonly edits: readonly Edited[] }>
  }) => void | Promise<void>,
  {
    text = ASSIGNED,
    file = 'area.js',
    rule = SELF,
    prepare = () => {},
  }: {
    readonly text?: string
    readonly file?: string
    readonly rule?: string
    readonly prepare?: (vllm: FakeVllm) => void
  } = {},
): Promise<void> {
  return withVllm(vllm => {
    vllm.says = says
    prepare(vllm)
    return withEndpoint({ remote: { endpoint: vllm.url } }, async session => {
      const { client, folder } = session
      const edits: Edited[] = []
      client.connection.onRequest('workspace/applyEdit', (it: Edited) => {
        edits.push(it)
        return { applied: true }
      })
      const uri = pathToFileURL(join(folder.path, file)).href
      const { diagnostics } = await client.open(
        uri,
        file.endsWith('.js') ? 'javascript' : 'codeant-rules',
        text,
      )
      const found = diagnostics.find(it => it.code === rule)!
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: found.range,
        context: { diagnostics: [] },
      })
      const { command } = actions.find(it => it.command?.command === ASK_FOR_FIX)!
      const again = async () => {
        edits.length = 0
        const result = await client.request<AskForFixResult>('workspace/executeCommand', command)
        return { result, edits }
      }
      await check({ ...(await again()), vllm, session, again })
    })
  })
}

async function withVllm(run: (vllm: FakeVllm) => Promise<void>): Promise<void> {
  const vllm = fakeVllm()
  await vllm.start()
  try {
    await run(vllm)
  } finally {
    await vllm.stop()
  }
}

const fix = (code: string, can_fix = true) => JSON.stringify({ can_fix, code, summary: 'as asked' })
const REPAIRED = 'function area(width, height) {\n  return width * height\n}\n'

test('a generated fix is verified and made, with what it is', () =>
  asked([fix(REPAIRED)], ({ result, edits, vllm, session }) => {
    assert.deepEqual(result, { kind: 'applied' })
    assert.match(edits[0]!.label, /^Fix of correctness\/self-assignment, written at 127\.0\.0\.1/)
    assert.deepEqual(
      edits[0]!.edit.documentChanges[0]!.edits.map(it => it.newText),
      [''],
    )
    assert.deepEqual(
      session.consents.map(it => [it.purpose, it.isAwaited]),
      [['fix', true]],
    )
    // What was shown is what was sent.
    assert.ok(session.consents[0]!.preview.includes(vllm.asked[0]!.messages[1]!.content.split('\n')[0]!))
    assert.equal(vllm.asked.length, 1)
  }))

const REFUSED = [
  ['whose syntax is broken', fix('function area(width, height {\n  return\n}\n'), /its syntax is broken/],
  ['that leaves the finding', fix(ASSIGNED.replace('return', 'return 2 *')), /the finding stays/],
  ['that changes nothing', fix(ASSIGNED), /it changes nothing/],
  [
    'that brings in another finding',
    fix(REPAIRED.replace('  return', '  if (width === width) return 0\n  return')),
    /it brings in correctness\/self-comparison/,
  ],
  [
    'that silences the finding',
    fix(ASSIGNED.replace('  width =', `  // codeant-ignore ${SELF}: it is fine\n  width =`)),
    /silences/,
  ],
  ['that removes the function', fix('const nothing = 0\n'), /it removes area/],
  [
    'that names a secret that never was',
    fix(REPAIRED.replace('height\n', 'REDACTED_SECRET_3\n')),
    /names secrets/,
  ],
  ['that the model declines to write', fix('', false), /“as asked”/],
] as const

test('a generated fix that does not hold is refused with the reason', async t => {
  await asked([fix(REPAIRED)], async ({ vllm, again }) => {
    for (const [what, says, reason] of REFUSED)
      await t.test(what, async () => {
        vllm.says = [says]
        const { result, edits } = await again()
        assert.equal(result.kind, 'refused')
        assert.match(result.kind === 'refused' ? result.reason : '', reason)
        assert.deepEqual(edits, [])
      })
  })
})

/** Rules in words, the second of which nobody can hold code to. */
const WORDED = {
  text: 'No magic numbers\n- Functions should be short\n',
  file: 'team.codeant',
  rule: 'style/unclear-rule',
}
const worded = (sentences: readonly string[], can_say = true) =>
  JSON.stringify({ can_say, sentences, summary: 'fifty lines were chosen' })

test('a rule in free prose comes back as sentences that are read, and is shown before it is made', () =>
  asked(
    [worded(['Functions must not have more than 50 lines', 'Nesting must not be deeper than 3 levels'])],
    ({ result, edits, vllm, session }) => {
      assert.deepEqual(result, { kind: 'applied' })
      const [{ edit }] = edits as [Edited]
      assert.deepEqual(
        edit.documentChanges[0]!.edits.map(it => it.newText),
        [
          '# Functions should be short\n- Functions must not have more than 50 lines\n- Nesting must not be deeper than 3 levels',
        ],
      )
      assert.match(
        vllm.asked[0]!.messages[1]!.content,
        /- No magic numbers[\s\S]*The rule:\nFunctions should be short$/,
      )
      assert.deepEqual(
        session.consents.map(it => it.purpose),
        ['fix'],
      )
    },
    WORDED,
  ))

test('a rule that no grammar reads either is refused, and so is one that the model cannot say', () =>
  asked(
    [worded(['Functions must be beautiful'])],
    async ({ result, edits, vllm, again }) => {
      assert.match(
        result.kind === 'refused' ? result.reason : '',
        /cannot be read either: “Functions must be beautiful”/,
      )
      vllm.says = [worded([], false)]
      const { result: declined } = await again()
      assert.match(declined.kind === 'refused' ? declined.reason : '', /“fifty lines were chosen”/)
      vllm.says = [worded(['No magic numbers\nNo `eval`'])]
      assert.equal((await again()).result.kind, 'refused')
      vllm.says = [JSON.stringify({ can_say: true, sentences: 'No magic numbers', summary: '' })]
      assert.equal((await again()).result.kind, 'refused')
      assert.deepEqual(edits, [])
    },
    WORDED,
  ))

test('an engine that keeps to no form is asked a second time, and one that knows none is asked in words', async () => {
  await asked(['Sure! Delete the line.', fix(REPAIRED)], ({ result, vllm }) => {
    assert.deepEqual(result, { kind: 'applied' })
    assert.match(vllm.asked[1]!.messages.at(-1)!.content, /it is no JSON/)
  })
  await asked(
    ['Here:\n```json\n' + fix(REPAIRED) + '\n```'],
    ({ result, vllm }) => {
      assert.deepEqual(result, { kind: 'applied' })
      assert.equal(vllm.asked[0]!.response_format, undefined)
      assert.match(vllm.asked[0]!.messages[0]!.content, /```json fence/)
    },
    {
      prepare: vllm => {
        vllm.knowsForms = false
      },
    },
  )
})

test('a secret does not leave, and stands in the code again when the answer is there', () => {
  const key = `AKIA${'Q3EGTSYNTHETIC27'}`
  const text = ASSIGNED.replace(
    '  width = width',
    `  connect("${key}", "hunter${'2'}tr0ub4dor")\n  width = width`,
  )
  return asked(
    [fix(REPAIRED.replace('  return', '  connect("REDACTED_SECRET_1", "hunter2tr0ub4dor")\n  return'))],
    ({ result, vllm, session }) => {
      assert.deepEqual(result, { kind: 'applied' })
      for (const { body } of vllm.received) assert.ok(!body.toString().includes(key))
      assert.match(vllm.asked[0]!.messages[1]!.content, /connect\("REDACTED_SECRET_1"/)
      assert.ok(!session.consents[0]!.preview.includes(key))
    },
    { text },
  )
})

test('a longer explanation is written for the reader, and says who wrote it', () =>
  withVllm(vllm => {
    vllm.says = [
      JSON.stringify({
        explanation: 'La línea **no hace nada**. ![x](http://evil/x.png) [más](http://evil) <img src=x>',
      }),
    ]
    return withEndpoint({ remote: { endpoint: vllm.url } }, async ({ client, folder, consents }) => {
      const uri = pathToFileURL(join(folder.path, 'area.js')).href
      await client.open(uri, 'javascript', ASSIGNED)
      const params = { uri, rule: SELF, line: 1, character: 2, audience: 'junior', locale: 'es' }
      const result = await client.request<EndpointExplainResult>(ENDPOINT_EXPLAIN, params)
      assert.equal(result.kind, 'explained')
      assert.equal(
        result.kind === 'explained' && result.markdown,
        'La línea **no hace nada**. x más &lt;img src=x>',
      )
      assert.match(JSON.stringify(result), /Escrito por el modelo coder en 127\.0\.0\.1/)
      assert.match(vllm.asked[0]!.messages[0]!.content, /in Spanish, for a developer in their first year/)
      assert.equal(consents.length, 1)
    })
  }))

test('what a project forbids, nobody can allow', () =>
  withVllm(vllm =>
    withEndpoint(
      {
        remote: { endpoint: vllm.url },
        files: {
          '.codeant.toml': '[remote]\nforbid = true\n',
          'inner/.codeant.toml': 'root = true\n[remote]\nforbid = false\n',
        },
      },
      async ({ client, folder, consents }) => {
        const uri = pathToFileURL(join(folder.path, 'inner/area.js')).href
        const { diagnostics } = await client.open(uri, 'javascript', ASSIGNED)
        const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: diagnostics[0]!.range,
          context: { diagnostics: [] },
        })
        assert.equal(
          actions.some(it => it.command?.command === ASK_FOR_FIX),
          false,
        )
        const result = await client.request<EndpointExplainResult>(ENDPOINT_EXPLAIN, {
          uri,
          rule: SELF,
          line: 1,
          character: 2,
        })
        assert.equal(result.kind, 'refused')
        assert.deepEqual([vllm.received, consents], [[], []])
      },
    ),
  ))

test('an editor that knows nothing of us shows a file and two buttons', () =>
  withEndpoint({ remote: { endpoint: triton.url }, endpointOptions: {} }, async it => {
    const asked: { message: string; actions: { title: string }[] }[] = []
    it.client.connection.onRequest('window/showMessageRequest', (params: (typeof asked)[number]) => {
      asked.push(params)
      return params.actions[0]!
    })
    it.slip()
    await it.until('a second opinion is shown', () => it.learned().length === 1)
    assert.equal(asked.length, 1)
    const [, file] = /(\/\S+preview\.jsonc)/.exec(asked[0]!.message)!
    assert.match(readFileSync(file!, 'utf8'), /Nothing was sent yet[\s\S]*"features"/)
    assert.deepEqual(it.consents, [])
  }))

test('what the settings do not allow, or have no tokens left for, is not sent', () =>
  withVllm(async vllm => {
    vllm.says = [JSON.stringify({ explanation: 'So it is.' })]
    vllm.streams = false
    const remote = { endpoint: vllm.url, uses: ['explanation'] as const, tokensPerDay: 2000 }
    await withEndpoint({ remote }, async ({ client, folder }) => {
      const uri = pathToFileURL(join(folder.path, 'area.js')).href
      const { diagnostics } = await client.open(uri, 'javascript', ASSIGNED)
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: diagnostics.find(it => it.code === SELF)!.range,
        context: { diagnostics: [] },
      })
      assert.equal(
        actions.some(it => it.command?.command === ASK_FOR_FIX),
        false,
      )
      const params = { uri, rule: SELF, line: 1, character: 2 }
      const ask = () => client.request<EndpointExplainResult>(ENDPOINT_EXPLAIN, params)
      // What was estimated gives way to what the engine counted, so that a day is as long as it can be.
      assert.equal((await ask()).kind, 'explained')
      const [sent] = await client.request<SentEntry[]>(ENDPOINT_SENT, {})
      assert.equal(sent!.tokens, 20)
      assert.equal((await ask()).kind, 'explained')
      client.settings = { remote: { ...remote, enabled: true, tokensPerDay: 1000 } }
      client.notify('workspace/didChangeConfiguration', { settings: null })
      let refused = await ask()
      while (refused.kind === 'explained' && vllm.questions.length < 20) refused = await ask()
      assert.match(refused.kind === 'refused' ? refused.reason : '', /tokens for the endpoint are used up/)
    })
  }))
