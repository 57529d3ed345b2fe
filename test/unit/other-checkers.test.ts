// What settings of other checkers come to: real files in a folder, and what is then off, or how far a limit goes, for one file.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globFits } from '../../server/src/features/other-checkers/globs.ts'
import { objectsIn } from '../../server/src/features/other-checkers/literals.ts'
import { Projects } from '../../server/src/host/node/projects.ts'
import { codeant } from '../support/memory-terminal.ts'
import { inFolder } from '../support/temporary-folder.ts'

/** `expected`: rules that are off, and `rule ≤ limit`. */
function check(name: string, file: string, fixture: string, expected: readonly string[]): void {
  test(name, () =>
    inFolder(fixture, ({ path }) => {
      const projects = new Projects(() => true)
      projects.open(path)
      const { elsewhere } = projects.of(`${path}/${file}`).settings
      const found = Object.entries(elsewhere).map(([id, { limit }]) =>
        limit === undefined ? id : `${id} ≤ ${limit}`,
      )
      assert.deepEqual(found.sort(), [...expected].sort())
    }),
  )
}

check(
  'Ruff: what is left out, limits, and files of their own; what is not selected says nothing',
  'app/models/__init__.py',
  `//- pyproject.toml
[tool.ruff]
line-length = 100
[tool.ruff.lint]
select = ["E", "F", "PLR0913"]
ignore = ["B008", "PLR09", "SIM"]
mccabe.max-complexity = 60
pylint = { max-args = 12 }
[tool.ruff.lint.per-file-ignores]
"__init__.py" = ["F401"]
"tests/**" = ["ALL"]
`,
  [
    'correctness/default-computed-once',
    'correctness/return-in-finally',
    'correctness/unclosed-resource',
    'correctness/unused-import',
    'design/cognitive-complexity',
    'design/large-class',
    'design/long-function',
    'design/too-many-parameters ≤ 12',
  ],
)
check(
  'the set `S` is not `SIM`, nor `I` the set `ISC`; rules about security say what they see all the same',
  'a.py',
  '//- ruff.toml\nlint.ignore = ["I", "S"]\n',
  ['correctness/swallowed-error'],
)
check(
  'Ruff: the nearest file alone counts',
  'a/b.py',
  '//- ruff.toml\nlint.ignore = ["B008"]\n//- a/ruff.toml\n',
  [],
)
check(
  'Ruff: unless it extends another',
  'a/b.py',
  '//- ruff.toml\nlint.ignore = ["B008"]\n//- a/ruff.toml\nextend = "../ruff.toml"\n',
  ['correctness/default-computed-once'],
)
check('settings of Python say nothing of scripts', 'a.ts', '//- ruff.toml\nlint.ignore = ["C901"]\n', [])
check('a file that cannot be read says nothing', 'a.py', '//- ruff.toml\nlint.ignore = [\n', [])
check(
  'Flake8: files and codes in lines or in one',
  'migrations/versions/one.py',
  `//- setup.cfg
[metadata]
name = x
[flake8]
max-complexity = 50  # generous
extend-ignore =
    E203, # the formatter's
    F811
per-file-ignores =
    __init__.py: F401
    migrations/*: B008, F841 tests/*.py:E711
`,
  [
    'correctness/dead-store',
    'correctness/default-computed-once',
    'correctness/duplicate-member',
    'correctness/unused-variable',
    'design/cognitive-complexity ≤ 50',
  ],
)
check(
  'Pylint: by name, by code, by letter of refactoring, and limits in any section',
  'a.py',
  `//- .pylintrc
[MASTER]
ignore=CVS
[MESSAGES CONTROL]
disable=unused-import,
        W0102,
        fixme
[DESIGN]
max-args=15
max-module-lines = 4000
`,
  [
    'correctness/mutable-default',
    'correctness/unused-import',
    'design/large-file ≤ 4000',
    'design/too-many-parameters ≤ 15',
  ],
)
check(
  'Pylint: `disable=all` begins a list of what is wanted',
  'a.py',
  '//- pylintrc\n[MAIN]\ndisable=all\n',
  [],
)
check(
  'clippy: thresholds, lints of the workspace, and what the crate allows',
  'crates/core/src/deep/mod.rs',
  `//- clippy.toml
too-many-arguments-threshold = 11
//- Cargo.toml
[workspace]
members = ["crates/*"]
[workspace.lints.clippy]
too_many_lines = { level = "allow", priority = 1 }
cognitive_complexity = "warn"
//- crates/core/Cargo.toml
[lints]
workspace = true
//- crates/core/src/lib.rs
//! The core.
#![warn(missing_docs)]
#![allow(
    clippy::eq_op,
    unused_variables
)]
mod deep;
#![allow(clippy::cmp_nan)]
//- crates/core/src/deep/mod.rs
`,
  [
    'correctness/repeated-operand',
    'correctness/self-comparison',
    'correctness/unused-variable',
    'design/long-function',
    'design/too-many-parameters ≤ 11',
  ],
)
check(
  'clippy: a package with lints of its own has left the workspace’s',
  'a/src/x.rs',
  '//- Cargo.toml\n[workspace.lints.clippy]\ntoo_many_lines = "allow"\n//- a/Cargo.toml\n[lints.rust]\nunsafe_code = "deny"\n',
  [],
)
check(
  'ESLint: a rule whose twin has taken over is not off; limits; files of their own; folders add up',
  'web/pages/list.tsx',
  `//- .eslintrc.json
{
  // ours
  "rules": {
    "no-unused-vars": "off",
    "@typescript-eslint/no-unused-vars": ["error", { "args": "none" }],
    "complexity": ["warn", 70],
    "max-params": ["error", { "max": 9 }],
    "no-nested-ternary": 0,
    "max-lines": "off",
  },
  "overrides": [
    { "files": ["*.tsx"], "excludedFiles": "*.test.tsx", "rules": { "max-depth": "off" } },
    { "files": "*.js", "rules": { "eqeqeq": "off" } }
  ]
}
//- web/.eslintrc.yaml
rules:
  max-lines: [error, 2000]
`,
  [
    'design/cognitive-complexity ≤ 70',
    'design/deep-nesting',
    'design/large-file ≤ 2000',
    'design/nested-conditional',
    'design/too-many-parameters ≤ 9',
  ],
)
check(
  'ESLint: a configuration in JavaScript is read where it is written out, and never run',
  'src/a.test.ts',
  `//- eslint.config.mjs
import js from '@eslint/js'
process.exit(1)
const quiet = { 'no-await-in-loop': 'off', 'no-cond-assign': flag ? 'off' : 'error' }
export default [
  js.configs.recommended,
  { ignores: ['dist/**'] },
  { rules: { ...js.rules, ...quiet, pattern: [2, /['"]/], 'no-self-compare': 'off' } },
  { files: ['**/*.{test,spec}.ts'], rules: { "max-lines-per-function": "off", eqeqeq: ['off'] as const } },
  { files: TESTS, rules: { 'no-fallthrough': 'off' } },
]
`,
  [
    'correctness/coercing-comparison',
    'correctness/self-comparison',
    'design/long-function',
    'performance/await-in-loop',
  ],
)
check(
  'Biome: groups, options and overrides',
  'src/a.ts',
  `//- biome.jsonc
{
  "linter": { "rules": {
    "recommended": true,
    "a11y": "off",
    "style": { "noNestedTernary": "off" },
    "complexity": { "noExcessiveCognitiveComplexity": { "level": "warn", "options": { "maxAllowedComplexity": 55 } } }
  } },
  "overrides": [{ "includes": ["src/**", "!src/b.ts"], "linter": { "rules": { "suspicious": { "noDoubleEquals": "off" } } } }]
}
`,
  ['correctness/coercing-comparison', 'design/cognitive-complexity ≤ 55', 'design/nested-conditional'],
)
check(
  'oxlint, and what package.json says of ESLint',
  'a.js',
  '//- .oxlintrc.json\n{ "rules": { "eslint/no-self-assign": "allow" } }\n//- package.json\n{ "eslintConfig": { "rules": { "max-depth": [1, 8] } } }\n',
  ['correctness/self-assignment', 'design/deep-nesting ≤ 8'],
)
check(
  'a project that wants none of this says so',
  'a.py',
  '//- .codeant.toml\nother-checkers = false\n//- ruff.toml\nlint.ignore = ["B008"]\n',
  [],
)

const LONG_CALL = 'def f(a, b, c, d, e, g, h, i, j, k): pass\n'

async function rulesFound(path: string): Promise<readonly string[]> {
  const { out } = await codeant(['analyze', '--format', 'json', '--only', 'design'], { cwd: path })
  return (JSON.parse(out) as { findings: { rule: string }[] }).findings.map(it => it.rule)
}

test('a limit is raised, never lowered, and our own settings go before', () =>
  inFolder(`//- a.py\n${LONG_CALL}`, async folder => {
    const rule = 'design/too-many-parameters'
    assert.deepEqual(await rulesFound(folder.path), [rule])
    folder.write('ruff.toml', '[lint.pylint]\nmax-args = 10\n')
    assert.deepEqual(await rulesFound(folder.path), [])
    folder.write('ruff.toml', '[lint.pylint]\nmax-args = 3\n')
    folder.write('b.py', 'def f(a, b, c, d, e): pass\n')
    assert.deepEqual(await rulesFound(folder.path), [rule])
    folder.write('ruff.toml', 'lint.ignore = ["PLR0913"]\n')
    assert.deepEqual(await rulesFound(folder.path), [])
    folder.write('.codeant.toml', `[rules]\n"${rule}" = { limit = 4 }\n`)
    assert.deepEqual(await rulesFound(folder.path), [])
    folder.write('.codeant.toml', `[rules]\n"${rule}" = { enabled = true, limit = 4 }\n`)
    assert.deepEqual(await rulesFound(folder.path), [rule, rule])
  }))

const GLOBS: readonly (readonly [pattern: string, path: string, shallow: boolean, deep: boolean])[] = [
  ['*.ts', 'a/b/c.ts', true, true],
  ['src/*.ts', 'src/a/b.ts', false, true],
  ['src/**/*.ts', 'src/b.ts', true, true],
  ['**/*.{ts,tsx}', 'x/y.tsx', true, true],
  ['./src/', 'src/a/b.ts', true, true],
  ['tests', 'tests/a/b.py', true, true],
  ['tests', 'other/tests.py', false, false],
  ['**/tests/**', 'a/tests/b.py', true, true],
  ['**/tests/**', 'a/contests/b.py', false, false],
  ['a[0-9]?.py', 'a1b.py', true, true],
  ['a[!0-9].py', 'a1.py', false, false],
  ['!a/**', 'a/b.py', false, false],
  ['!a/**', 'b/a.py', true, true],
]
for (const [pattern, path, shallow, deep] of GLOBS)
  test(`${pattern} and ${path}`, () => {
    assert.equal(globFits({ patterns: [pattern], isStarDeep: false }, path), shallow)
    assert.equal(globFits({ patterns: [pattern], isStarDeep: true }, path), deep)
  })

test('no pattern and no configuration keeps anybody waiting', () => {
  const start = performance.now()
  globFits(
    { patterns: ['*a'.repeat(100), '{a,b}'.repeat(50), `${'**/'.repeat(90)}x`], isStarDeep: false },
    'a/'.repeat(500),
  )
  for (const text of [
    '{'.repeat(50_000),
    '[{a:'.repeat(20_000),
    `rules: {${'("'.repeat(30_000)}`,
    '/'.repeat(100_000),
  ])
    objectsIn(text)
  assert.ok(performance.now() - start < 2000)
})
