// The playground over the wire: rules and code that stand in no file, what matches, what cannot be run, and why a place does not match.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlaygroundParams, PlaygroundResult } from '@codeant/shared/playground.ts'
import { LspClient } from './support/lsp-client.ts'
import { inFolder } from './support/temporary-folder.ts'

const RULES = `rules:
  - id: no-shell
    languages: [python]
    severity: ERROR
    message: Do not let a shell read $COMMAND
    patterns:
      - pattern: run($COMMAND, shell=True)
      - pattern-not: run("...", ...)
`
const CODE = 'run(name, shell=True)\nrun("ls", shell=True)\nrun(name, shell=False)\n'

test('rules are tried as they are being written', { timeout: 90_000 }, () =>
  inFolder('', async ({ path }) => {
    const client = await LspClient.start({
      folder: path,
      initializationOptions: { settings: { locale: 'es' } },
    })
    const ask = (params: Partial<PlaygroundParams>) =>
      client.request<PlaygroundResult>('codeant/playground', {
        rules: RULES,
        code: CODE,
        path: 'a.py',
        ...params,
      })

    const { matches, rules, refused, why } = await ask({})
    assert.deepEqual(rules, [{ id: 'no-shell', severity: 'error' }])
    assert.deepEqual(refused, [])
    assert.deepEqual(why, [])
    assert.deepEqual(matches, [
      {
        rule: 'no-shell',
        severity: 'error',
        start: 0,
        end: 21,
        message: 'Do not let a shell read name',
        bindings: [{ name: 'COMMAND', text: 'name', start: 4, end: 8 }],
      },
    ])

    const third = { start: CODE.lastIndexOf('run'), end: CODE.length - 1 }
    const asked = await ask({ why: third })
    const [pattern, not] = asked.why[0]!.parts
    assert.equal(pattern!.sentence, 'el patrón dice `True` y el código dice `False`')
    assert.equal(CODE.slice(pattern!.at!.start, pattern!.at!.end), 'False')
    assert.equal(not!.outcome, 'unasked')
    const inEnglish = await ask({ why: { start: 22, end: 43 }, locale: 'en' })
    assert.equal(inEnglish.why[0]!.parts[1]!.sentence, 'it matches, and so the place is left out')

    const broken = await ask({ rules: RULES.replace('pattern-not', 'pattern-nor'), locale: 'en' })
    assert.deepEqual(
      broken.refused.map(it => [it.id, it.line, it.sentence]),
      [['no-shell', 1, 'pattern-nor is not supported']],
    )
    assert.match((await ask({ rules: '', locale: 'en' })).notice!, /There is no rule here yet/)
    assert.match((await ask({ code: 'x'.repeat(200_001), locale: 'en' })).notice!, /more text/)

    const tree = 'id: no-print\nlanguage: TypeScript\nmessage: No.\nrule:\n  pattern: console.log($A)\n'
    const found = await ask({ rules: tree, code: 'console.log(1)', path: 'web/a.ts' })
    assert.deepEqual(
      found.matches.map(it => it.bindings.map(({ name, text }) => `${name}=${text}`)),
      [['A=1']],
    )
    await client.stop()
  }),
)
