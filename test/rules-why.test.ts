// `codeant rules why`: the answer as people and as programs read it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeant } from './support/memory-terminal.ts'
import { inFolder } from './support/temporary-folder.ts'

const PROJECT = `//- rules.yaml
rules:
  - id: no-shell
    languages: [python]
    severity: ERROR
    message: No shell.
    patterns:
      - pattern: subprocess.call($CMD, ...)
      - pattern-not: subprocess.call("...", ...)
  - id: no-print
    languages: [python]
    severity: INFO
    message: No print.
    pattern: print(...)
  - id: no-java
    languages: [cobol]
    severity: INFO
    message: None.
    pattern: print(...)
//- no-print.yaml
id: tree-print
language: Python
message: No print.
rule:
  pattern: print($A)
//- app/clean.py
import subprocess

subprocess.run(path)
subprocess.call("ls")
subprocess.call(path)
`

const why = (cwd: string, ...args: readonly string[]) => codeant(['rules', 'why', ...args], { cwd })

test('a rule is told operator by operator, with what comes closest', () =>
  inFolder(PROJECT, async ({ path: cwd }) => {
    const { out, err, code } = await why(cwd, 'rules.yaml', 'app/clean.py', '--line', '3')
    assert.equal(code, 0)
    assert.equal(
      out,
      `no-shell app/clean.py:3 does not match
├ ✘ pattern: subprocess.call($CMD, ...)
│     3:1 the pattern says \`subprocess.call\`, the code says \`subprocess.run\`
└ · pattern-not: subprocess.call("...", ...)

no-print app/clean.py:3 does not match
└ ✘ pattern: print(...)
      3:1 the pattern says \`print\`, the code says \`subprocess.run\`
`,
    )
    assert.match(err, /rules\.yaml: the rule no-java is not run: /)
    const all = await why(cwd, 'rules.yaml', 'app/clean.py', '--rule', 'own/no-shell', '--locale', 'es')
    assert.match(all.out, /^no-shell app\/clean\.py coincide\n[\s\S]*excluye estos lugares/)
    const tree = await why(cwd, 'no-print.yaml', 'app/clean.py', '--line', '5')
    assert.match(tree.out, /✘ pattern: print\(\$A\)\n.*5:1 the pattern says `print`/)
  }))

test('as JSON with lines and columns', () =>
  inFolder(PROJECT, async ({ path: cwd }) => {
    const { out } = await why(cwd, 'rules.yaml', 'app/clean.py', '--rule', 'no-shell', '--format', 'json')
    const { path, rules } = JSON.parse(out)
    assert.equal(path, 'app/clean.py')
    assert.deepEqual(rules[0].places, [
      {
        start: { line: 5, column: 1 },
        end: { line: 5, column: 22 },
        bindings: [
          { name: 'CMD', text: 'path', start: { line: 5, column: 17 }, end: { line: 5, column: 21 } },
        ],
      },
    ])
  }))

test('what cannot be asked is said', () =>
  inFolder(PROJECT, async ({ path: cwd }) => {
    for (const [args, sentence] of [
      [['rules.yaml'], /needs a file of rules and a file of code/],
      [['rules.yaml', 'gone.py'], /gone\.py cannot be read/],
      [['rules.yaml', 'app/clean.py', '--rule', 'other'], /there is no rule other in rules\.yaml/],
      [['rules.yaml', 'app/clean.py', '--line', '99'], /--line cannot be "99"/],
      [['app', 'app/clean.py'], /no rule in app can be run/],
    ] as const) {
      const { err, code } = await why(cwd, ...args)
      assert.equal(code, 2)
      assert.match(err, sentence)
    }
  }))
