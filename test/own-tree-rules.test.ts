// Rules of people in ast-grep's format, as a person uses them: found, tested, repaired.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codeant } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const PROJECT = `//- sgconfig.yml
ruleDirs: [rules]
utilDirs: [utils]
testConfigs:
  - testDir: tests
//- utils/literal.yml
id: literal
language: Python
rule: { any: [{ kind: string }, { kind: integer }] }
//- rules/eval.yml
id: no-eval
language: Python
severity: warning
message: Do not evaluate $TEXT
note: Whoever writes the text runs your program.
url: https://example.org/eval
rule:
  pattern: eval($TEXT)
  not: { has: { matches: literal, stopBy: end } }
fix: literal_eval($TEXT)
---
id: no-print
language: Python
severity: error
message: no print
rule: { pattern: print($$$ARGS) }
fix: '('
---
id: no-cgo
language: Python
rule: { kind: no_such_kind }
//- rules/exit.yml
id: no-exit
language: Go
severity: error
message: no exit
rule: { kind: call_expression, has: { field: function, regex: ^os.Exit$ } }
fix: fail()
metadata: { fix-safety: safe }
//- tests/eval-test.yml
id: no-eval
valid:
  - eval("1")
invalid:
  - eval(x)
//- tests/print-test.yml
id: no-print
valid:
  - print()
invalid:
  - f()
//- src/a.py
from ast import literal_eval
eval(text)
eval("1")
print(1)  # ast-grep-ignore: no-print
print(2)
//- src/b.go
package b

func f() { os.Exit(1) }
`

const run = (folder: TemporaryFolder, ...args: string[]) => codeant(args, { cwd: folder.path })
const text = (folder: TemporaryFolder, file: string) => readFileSync(join(folder.path, file), 'utf8')

test('a project of such rules is run with its utilities, and what cannot be run is told', () =>
  inFolder(PROJECT, async folder => {
    const { out, err } = await run(folder, 'analyze', '--rules', '.', 'src')
    assert.match(out, /src\/a\.py:2:1 warning Do not evaluate text own\/no-eval/)
    assert.match(out, /Whoever writes the text runs your program\./)
    assert.match(out, /https:\/\/example\.org\/eval/)
    assert.match(out, /src\/a\.py:5:1 error no print own\/no-print/)
    assert.match(out, /src\/b\.go:3:12 error no exit own\/no-exit/)
    assert.doesNotMatch(out, /a\.py:[34]:/)
    assert.match(
      err,
      /rules\/eval\.yml: the rule no-cgo is not run: Python has no nodes of kind no_such_kind/,
    )
    // One file of the project knows the utilities of the project, too.
    const one = await run(folder, 'analyze', '--rules', 'rules/eval.yml', 'src')
    assert.match(one.out, /own\/no-eval/)
  }))

test('fixes are made when they hold: parsed again, the finding gone and none new', () =>
  inFolder(PROJECT, async folder => {
    await run(folder, 'analyze', '--rules', '.', 'src', '--auto-fix')
    assert.match(text(folder, 'src/a.py'), /^eval\(text\)$/m)
    assert.match(text(folder, 'src/b.go'), /func f\(\) \{ fail\(\) \}/)
    await run(folder, 'analyze', '--rules', '.', 'src', '--auto-fix', '--unsafe')
    const repaired = text(folder, 'src/a.py')
    assert.match(repaired, /^literal_eval\(text\)\neval\("1"\)$/m)
    // What would leave broken code is not made.
    assert.match(repaired, /^print\(2\)$/m)
  }))

test('fixes of the other format are made, too', () =>
  inFolder(
    `//- rules.yml
rules:
  - id: ask
    languages: [python]
    severity: ERROR
    message: m
    pattern: input($X)
    fix: ask($X)
  - id: https
    languages: [python]
    severity: ERROR
    message: m
    pattern: '"=~/^http:/"'
    fix-regex: { regex: '^(.)http:', replacement: '\\1https:' }
//- a.py
input(f("http://b"))
`,
    async folder => {
      await run(folder, 'analyze', '--rules', 'rules.yml', 'a.py', '--auto-fix', '--unsafe')
      assert.equal(text(folder, 'a.py'), 'ask(f("https://b"))\n')
    },
  ))

test("the format's own tests are run", () =>
  inFolder(PROJECT, async folder => {
    const { out, code } = await run(folder, 'rules', 'test', '.')
    assert.match(out, /no-cgo: Python has no nodes of kind no_such_kind/)
    assert.match(
      out,
      /no-print: finds something in valid code 1 of print-test\.yml, finds nothing in invalid code 1/,
    )
    assert.match(out, /1 passed, 1 failed, 1 without a test, 1 not run/)
    assert.equal(code, 1)
    const spanish = await run(folder, 'rules', 'test', '.', '--locale', 'es')
    assert.match(spanish.out, /no-print: encuentra algo en el código 1 de valid/)
  }))
