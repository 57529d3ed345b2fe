// The command line, as a person uses it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { byPriority, type Ranked } from '@codeant/shared/priority.ts'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { codeant, type Ran } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const PROJECT = `//- api/a.py
def f(width):
    width = width
    return width
//- web/b.ts
let total = 1
total = total
console.log(total)
//- clean.rs
fn main() {}
`

const json = ({ out }: Ran) =>
  JSON.parse(out) as {
    findings: {
      rule: string
      path: string
      message: string
      start: { line: number; column: number; offset: number }
    }[]
    skipped: { path: string; reason: string }[]
    summary: { files: number; remembered: number }
  }
const rulesOf = (ran: Ran) => json(ran).findings.map(it => `${it.path}:${it.start.line} ${it.rule}`)
const run = (folder: TemporaryFolder, ...args: string[]) => codeant(args, { cwd: folder.path })

test('--version and --help say what they should, in both languages', async () => {
  const { out, code } = await codeant(['--version'], { cwd: '/' })
  assert.match(out, /^codeant \d/)
  assert.equal(code, 0)
  for (const locale of ['en', 'es'] as const) {
    const help = await codeant(['--help'], { cwd: '/', locale })
    for (const name of ['analyze', 'init', 'explain', 'rules', 'baseline', 'test', 'system', 'lsp']) {
      assert.ok(help.out.includes(name))
      const about = await codeant([name, '--help'], { cwd: '/', locale })
      assert.equal(about.code, 0)
      assert.match(about.out, locale === 'en' ? /Usage/ : /Uso/)
    }
  }
})

test('the language may stand before the command', async () => {
  assert.match((await codeant(['--locale', 'es', '--help'], { cwd: '/' })).out, /Órdenes/)
  assert.match((await codeant(['--locale=es', 'rules', '--help'], { cwd: '/' })).out, /Enumera las reglas/)
  assert.equal((await codeant(['--locale', 'fr', 'rules'], { cwd: '/' })).code, 2)
})

test('what cannot be understood is said, with exit code 2', async () => {
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['analize'], /did you mean "analyze"/],
    [['analyze', '--fomat', 'json'], /--fomat/],
    [['analyze', '--format', 'xml'], /text, json, sarif/],
    [['analyze', '--threads', 'many'], /--threads/],
    [['explain', 'no-such-rule'], /no-such-rule/],
    [['explain'], /Which rule/],
    [['system'], /system status/],
  ]
  for (const [args, message] of cases) {
    const { code, err } = await codeant(args, { cwd: '/tmp' })
    assert.equal(code, 2, args.join(' '))
    assert.match(err, message)
  }
  assert.match((await codeant(['analize', '--locale', 'es'], { cwd: '/' })).err, /querías decir/)
})

test('findings come with their code, why and what to do; the exit code tells', () =>
  inFolder(PROJECT, async folder => {
    const { out, code } = await run(folder, 'analyze')
    assert.equal(code, 1)
    assert.match(out, /api\/a\.py:2:5 error `width` is assigned to itself correctness\/self-assignment/)
    assert.match(out, /2 │ {5}width = width\n {4}│ {5}\^{13}/)
    assert.match(out, /What to do:/)
    assert.equal((await run(folder, 'analyze', '--fail-on', 'never')).code, 0)
    assert.equal((await run(folder, 'analyze', 'clean.rs')).code, 0)
    const spanish = await run(folder, 'analyze', '--locale', 'es')
    assert.match(spanish.out, /se asigna a sí misma/)
    assert.match(spanish.out, /Qué hacer:/)
    assert.match(
      (await run(folder, 'analyze', '--audience', 'executive')).out,
      /Expected cost if nothing is done/,
    )
  }))

test('what does not exist is said, and the rest is analysed', () =>
  inFolder(PROJECT, async folder => {
    const { err, code, out } = await run(folder, 'analyze', 'nowhere', 'api', '--format', 'json')
    assert.match(err, /cannot read .*nowhere/)
    assert.equal(code, 2)
    assert.ok(out.includes('self-assignment'))
  }))

test('what git or the settings ignore is left out; what is skipped is announced', () =>
  inFolder(PROJECT, async folder => {
    folder.write('.gitignore', 'web/\n')
    folder.write('node_modules/x/a.py', 'a = a')
    folder.write('sub/.codeant.toml', 'ignore = ["old/"]')
    folder.write('sub/old/a.py', 'a = a')
    folder.write('big.py', 'a = a\n'.repeat(200_000))
    folder.write('bin.py', Buffer.from([0, 1, 2, 3]))
    symlinkSync(folder.path, join(folder.path, 'loop'))
    const ran = await run(folder, 'analyze', '--format', 'json')
    assert.deepEqual(rulesOf(ran), ['api/a.py:2 correctness/self-assignment'])
    assert.deepEqual(json(ran).skipped, [
      { path: 'big.py', reason: 'too-large' },
      { path: 'bin.py', reason: 'binary' },
    ])
    assert.match((await run(folder, 'analyze')).out, /big\.py: larger than max-file-size/)
  }))

test('settings nest, and what is wrong in them is said', () =>
  inFolder(PROJECT, async folder => {
    folder.write('.codeant.toml', '[rules]\n"correctness/self-assignment" = "off"\n')
    folder.write('web/.codeant.toml', '[rules]\n"correctness/self-assignment" = "hint"\n')
    assert.deepEqual(rulesOf(await run(folder, 'analyze', '--format', 'json')), [
      'web/b.ts:2 correctness/self-assignment',
    ])
    folder.write(
      '.codeant.toml',
      'ignroe = []\nmax-file-size = "big"\n[rules]\n"no/rule" = "off"\n"correctness/self-assignment" = "loud"\n',
    )
    const { err, code } = await run(folder, 'analyze')
    assert.equal(code, 2)
    for (const it of [
      /no setting "ignroe"/,
      /"max-file-size" must be/,
      /no\/rule" is no rule/,
      /must be one of/,
    ])
      assert.match(err, it)
    folder.write('.codeant.toml', 'ignore = [')
    assert.match((await run(folder, 'analyze')).err, /cannot be read.*TOML 1:/)
  }))

test('a project may begin inside of a repository', () =>
  inFolder(PROJECT, async folder => {
    folder.write('.codeant.toml', '[rules]\n"correctness/self-assignment" = "off"\n')
    folder.write('tests/data/example/.codeant.toml', 'root = true\n')
    folder.write('tests/data/example/a.py', 'import hashlib\na = a\nhashlib.md5(password)\n')
    assert.deepEqual(
      rulesOf(await run(folder, 'analyze', 'tests', '--format', 'json', '--show', 'hint')).map(
        it => it.split(' ')[1],
      ),
      ['correctness/self-assignment', 'security/weak-password-hash'],
    )
  }))

test('the bundled example shows something of every kind, in each language', async () => {
  const ran = await codeant(['analyze', 'test/workspaces/example', '--format', 'json', '--no-cache'], {
    cwd: root,
  })
  const found = rulesOf(ran)
  for (const category of ['correctness', 'security', 'performance', 'style'])
    assert.ok(
      found.some(it => it.includes(` ${category}/`)),
      category,
    )
  for (const extension of ['py', 'ts', 'tsx', 'js', 'rs'])
    assert.ok(
      found.some(it => it.includes(`.${extension}:`)),
      extension,
    )
})

test('--only looks for what it names, also when that is off by default', () =>
  inFolder(PROJECT, async folder => {
    folder.write('large.py', `# ${'x'.repeat(2_000_000)}`)
    const only = async (rules: string) =>
      rulesOf(await run(folder, 'analyze', '--format', 'json', '--only', rules))
    assert.deepEqual(await only('style/large-file'), ['large.py:1 style/large-file'])
    assert.deepEqual(await only('correctness,style/large-file'), [
      'api/a.py:2 correctness/self-assignment',
      'large.py:1 style/large-file',
      'web/b.ts:2 correctness/self-assignment',
    ])
    assert.deepEqual(await only('security'), [])
    assert.match(
      (await run(folder, 'analyze', '--only', 'corectness')).err,
      /no rule or category "corectness"/,
    )
  }))

test('--auto-fix repairs files, whatever their line ends and encoding', () =>
  inFolder(PROJECT, async folder => {
    folder.write('crlf.py', 'a = 1\r\na = a\r\nprint("é")\r\n')
    folder.write('bom.py', Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('b = 1\nb = b\n')]))
    const safe = await run(folder, 'analyze', '--auto-fix')
    assert.match(safe.out, /Nothing was repaired/)
    const { out } = await run(folder, 'analyze', '--auto-fix', '--unsafe')
    assert.match(out, /Repaired 4 findings in 4 files/)
    assert.match(out, /Nothing found/)
    assert.equal(readFileSync(join(folder.path, 'crlf.py'), 'utf8'), 'a = 1\r\nprint("é")\r\n')
    assert.deepEqual(
      [...readFileSync(join(folder.path, 'bom.py'))].slice(0, 5),
      [0xef, 0xbb, 0xbf, 0x62, 0x20],
    )
    assert.equal(readFileSync(join(folder.path, 'api/a.py'), 'utf8'), 'def f(width):\n    return width\n')
  }))

const RENAMED = `//- server/main.py
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/people/{user_id}")
def find_user(user_id: int): ...
//- web/users.ts
export const load = (id: string) => fetch(\`/api/users/\${id}\`)
`
const JOB = 'import requests\n\n# Revisión\nrequests.get("http://localhost/api/users/1")\n'

test('--auto-fix repairs what files disagree about in all of them', () =>
  inFolder(RENAMED, async folder => {
    const job = folder.write('jobs/check.py', JOB)
    const { out } = await run(folder, 'analyze', '--auto-fix', '--unsafe')
    assert.match(out, /Repaired 1 finding in 2 files/)
    assert.match(readFileSync(join(folder.path, 'web/users.ts'), 'utf8'), /api\/people\/\$\{id\}/)
    assert.match(readFileSync(job, 'utf8'), /api\/people\/1/)
    assert.doesNotMatch(out, /contracts/)
  }))

test('--auto-fix repairs none of the files when one of them cannot be written', () =>
  inFolder(RENAMED, async folder => {
    const job = folder.write('jobs/check.py', Buffer.from(JOB, 'latin1'))
    const { out, err } = await run(folder, 'analyze', '--auto-fix', '--unsafe')
    assert.match(out, /Nothing was repaired/)
    assert.match(err, /check\.py was left as it is: it is in an old one-byte encoding/)
    assert.match(readFileSync(join(folder.path, 'web/users.ts'), 'utf8'), /api\/users\/\$\{id\}/)
    assert.deepEqual(readFileSync(job), Buffer.from(JOB, 'latin1'))
  }))

test('--interactive asks, and does what it was told', () =>
  inFolder('//- a.py\na = a\nb = b\nc = c\n', async folder => {
    const { out } = await codeant(['analyze', '--interactive'], { cwd: folder.path, typed: ['y', 'n', 'q'] })
    assert.match(out, /Delete the statement\? \[y\]es/)
    assert.match(out, /- a = a/)
    assert.match(out, /Repaired 1 finding in 1 file/)
    assert.equal(readFileSync(join(folder.path, 'a.py'), 'utf8'), 'b = b\nc = c\n')
  }))

test('a second run takes everything from the cache and says the same', () =>
  inFolder(PROJECT, async folder => {
    const bundle = (...args: string[]) =>
      execFileSync(
        process.execPath,
        [new URL('../dist/server/main.mjs', import.meta.url).pathname, ...args],
        {
          cwd: folder.path,
          env: { ...process.env, CODEANT_CACHE: join(folder.path, '.cache') },
          encoding: 'utf8',
        },
      )
    const first = JSON.parse(bundle('analyze', '--format', 'json', '--fail-on', 'never'))
    const second = JSON.parse(bundle('analyze', '--format', 'json', '--fail-on', 'never'))
    assert.equal(first.summary.remembered, 0)
    assert.equal(second.summary.remembered, second.summary.files)
    assert.equal(JSON.stringify(second.findings), JSON.stringify(first.findings))
  }))

test('a part of a repository is judged by the .gitignore above it, unless it is named itself', () =>
  inFolder(
    '//- .git/HEAD\n//- .gitignore\nmade/\n//- src/a.py\na = a\n//- src/made/b.py\nb = b\n',
    async folder => {
      const found = async (...args: string[]) =>
        rulesOf(await run(folder, 'analyze', ...args, '--only', 'correctness', '--format', 'json'))
      assert.deepEqual(await found(), ['src/a.py:1 correctness/self-assignment'])
      assert.deepEqual(await found('src'), ['src/a.py:1 correctness/self-assignment'])
      assert.deepEqual(await found('src/made'), ['src/made/b.py:1 correctness/self-assignment'])
    },
  ))

test('a folder with neither a repository nor settings is a project of its own', () =>
  inFolder('//- src/a.py\na = a\n', async folder => {
    await run(folder, 'baseline', 'src')
    assert.match(readFileSync(join(folder.path, '.codeant-baseline.json'), 'utf8'), /"path":"src\/a\.py"/)
  }))

test('a file that is not there is said to be unreadable, and nothing else', () =>
  inFolder(PROJECT, async folder => {
    const { code, out, err } = await run(folder, 'analyze', 'nowhere.py')
    assert.equal(code, 2)
    assert.match(err, /cannot read .*nowhere\.py/)
    assert.match(out, /0 files/)
    assert.doesNotMatch(out, /not analysed/)
  }))

test('a junior reads each idea once, whatever the number of findings', () =>
  inFolder(PROJECT, async folder => {
    const { out } = await run(folder, 'analyze', '--audience', 'junior')
    assert.equal(out.split('correctness/self-assignment').length - 1, 2)
    assert.equal(out.split('Code that has no effect').length - 1, 1)
    assert.doesNotMatch(out, /```/)
  }))

test('the baseline hides what was recorded, also after the file moved', () =>
  inFolder(PROJECT, async folder => {
    assert.match((await run(folder, 'baseline')).out, /Recorded 2 findings/)
    assert.equal((await run(folder, 'analyze', '--baseline')).code, 0)
    mkdirSync(join(folder.path, 'moved'))
    renameSync(join(folder.path, 'api/a.py'), join(folder.path, 'moved/renamed.py'))
    assert.equal((await run(folder, 'analyze', '--baseline')).code, 0)
    folder.write('new.py', 'z = z')
    assert.deepEqual(rulesOf(await run(folder, 'analyze', '--baseline', '--format', 'json')), [
      'new.py:1 correctness/self-assignment',
    ])
  }))

test('--changed-since shows what is new, by meaning and not by line', () =>
  inFolder(PROJECT, async folder => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
        cwd: folder.path,
        stdio: 'pipe',
      })
    git('init', '-q', '-b', 'main')
    git('add', '.')
    git('commit', '-qm', 'one')
    assert.deepEqual(rulesOf(await run(folder, 'analyze', '--changed-since', 'HEAD', '--format', 'json')), [])
    const file = join(folder.path, 'api/a.py')
    writeFileSync(file, `import os\n\n\n${readFileSync(file, 'utf8')}    \nb = 1\nb = b\n`)
    folder.write('untracked.py', 'c = c')
    git('mv', 'web/b.ts', 'web/renamed.ts')
    const since = await run(folder, 'analyze', '--changed-since', 'HEAD', '--format', 'json')
    assert.deepEqual(
      rulesOf(since).filter(it => it.includes('self-assignment')),
      ['api/a.py:9 correctness/self-assignment', 'untracked.py:1 correctness/self-assignment'],
    )
    assert.match((await run(folder, 'analyze', '--changed-since', 'nope')).err, /no revision "nope"/)
    assert.match((await run(folder, 'analyze', '--changed-since', '--output=x')).err, /codeant/)
  }))

test('a repository cannot make us run anything', () =>
  inFolder(PROJECT, async folder => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
        cwd: folder.path,
        stdio: 'pipe',
      })
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'one')
    const trap = join(folder.path, 'trapped')
    const script = folder.write('trap.sh', `#!/bin/sh\ntouch ${trap}\n`)
    execFileSync('chmod', ['+x', script])
    for (const [key, value] of [
      ['core.fsmonitor', script],
      ['diff.external', script],
      ['core.pager', script],
      ['diff.x.textconv', script],
    ])
      git('config', key!, value!)
    folder.write('.gitattributes', '*.py diff=x\n')
    folder.write('api/a.py', 'a = a\nb = b\n')
    await run(folder, 'analyze', '--changed-since', 'HEAD')
    assert.throws(() => readFileSync(trap))
  }))

test('SARIF validates against the schema', () =>
  inFolder(PROJECT, async folder => {
    folder.write('bin.py', Buffer.from([0, 1]))
    const schema = JSON.parse(
      readFileSync(
        new URL('../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url),
        'utf8',
      ),
    )
    const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false })
    addFormats.default(ajv)
    const validate = ajv.compile<unknown>(schema)
    for (const locale of ['en', 'es']) {
      const sarif = JSON.parse((await run(folder, 'analyze', '--format', 'sarif', '--locale', locale)).out)
      const valid: boolean = validate(sarif)
      assert.ok(valid, JSON.stringify(validate.errors?.slice(0, 5), null, 1))
      assert.ok(sarif.runs[0].results.length >= 2)
      for (const it of sarif.runs[0].results)
        assert.equal(sarif.runs[0].tool.driver.rules[it.ruleIndex].id, it.ruleId)
    }
  }))

test('the gravest and likeliest come first; what hardly anybody acts on is held back, and said to be', () =>
  inFolder('', async folder => {
    const sizes = Array.from({ length: 25 }, (_, i) => i)
    const branches = sizes.map(
      it =>
        `    if a > ${it}:\n        for x in orders:\n            if x.size > ${it}:\n                total += x.size\n`,
    )
    folder.write(
      'settle.py',
      `def settle(orders, a):\n    total = 0\n${branches.join('')}    total = total\n    return total\n`,
    )
    const { findings } = JSON.parse((await run(folder, 'analyze', '--format', 'json')).out) as {
      findings: (Ranked & { rule: string; likelihood: number; heldBack?: true })[]
    }
    const heldBack = findings.filter(it => it.heldBack)
    assert.ok(heldBack.some(it => it.rule === 'design/cognitive-complexity'))
    const shown = findings.filter(it => !it.heldBack)
    assert.ok(shown.some(it => it.rule === 'correctness/self-assignment'))
    const rulesIn = (text: string) => [...text.matchAll(/^settle\.py:.* (\S+\/\S+)$/gm)].map(it => it[1])
    const ordered = (given: typeof findings) => byPriority(given).map(it => it.rule)
    const text = (await run(folder, 'analyze', '--show', 'hint')).out
    assert.deepEqual(rulesIn(text), ordered(shown))
    assert.match(text, new RegExp(`${heldBack.length} held back`))
    const all = (await run(folder, 'analyze', '--show', 'hint', '--show-all')).out
    assert.deepEqual(rulesIn(all), ordered(findings))
    assert.doesNotMatch(all, /held back/)
    const places = (await run(folder, 'analyze', '--show', 'hint', '--show-all', '--sort', 'place')).out
    assert.deepEqual(
      rulesIn(places),
      findings.map(it => it.rule),
    )

    const { results } = JSON.parse((await run(folder, 'analyze', '--format', 'sarif')).out).runs[0]
    assert.deepEqual(
      results.map((it: { rank: number }) => it.rank),
      findings.map(it => Math.round(it.likelihood * 1000) / 10),
    )
    folder.write('.codeant.toml', '[models]\nenabled = false\n')
    const without = (await run(folder, 'analyze', '--format', 'json')).out
    assert.doesNotMatch(without, /likelihood|heldBack/)
  }))

test('GitHub, GitLab and JUnit get what they can read', () =>
  inFolder(PROJECT, async folder => {
    assert.match(
      (await run(folder, 'analyze', '--format', 'github')).out,
      /^::error file=api\/a\.py,line=2,endLine=2,col=5,endColumn=18,title=correctness\/self-assignment::`width` is/m,
    )
    const gitlab = JSON.parse((await run(folder, 'analyze', '--format', 'gitlab')).out)
    assert.deepEqual(new Set(gitlab.map((it: { fingerprint: string }) => it.fingerprint)).size, gitlab.length)
    const junit = (await run(folder, 'analyze', '--format', 'junit')).out
    assert.match(junit, /<testsuite name="api&#47;a\.py"|<testsuite name="api\/a\.py" tests="1" failures="1"/)
    assert.match(
      (await run(folder, 'analyze', 'clean.rs', '--format', 'junit')).out,
      /tests="1" failures="0"/,
    )
  }))

test('init looks around and writes settings that read back', () =>
  inFolder(PROJECT, async folder => {
    folder.write('package.json', '{"dependencies":{"react":"1"}}')
    folder.write('dist/x.js', '')
    const { out } = await run(folder, 'init', '--project', 'shop')
    assert.match(out, /React/)
    const text = readFileSync(join(folder.path, '.codeant.toml'), 'utf8')
    assert.match(text, /CodeAnt settings of shop/)
    assert.match(text, /ignore = \["dist\/"\]/)
    assert.equal((await run(folder, 'analyze', 'clean.rs')).err, '')
    assert.match((await run(folder, 'init')).err, /--force replaces it/)
    assert.equal((await run(folder, 'init', '--force', '--locale', 'es')).code, 0)
    assert.match(readFileSync(join(folder.path, '.codeant.toml'), 'utf8'), /Ajustes de CodeAnt/)
  }))

test('explain speaks to each reader, in both languages', async () => {
  const say = async (...args: string[]) =>
    (await codeant(['explain', 'self-assignment', ...args], { cwd: '/' })).out
  assert.match(await say(), /is assigned to itself/)
  assert.match(await say('--locale', 'es'), /se asigna a sí misma/)
  assert.match(await say('--audience', 'executive'), /60% × 4 h = 2\.4 h/)
  assert.match(await say('--audience', 'executive', '--locale', 'es'), /probabilidad/)
})

test('rules lists them, with their state here', () =>
  inFolder('//- .codeant.toml\n[rules]\n"security/*" = "off"\n', async folder => {
    const { out } = await run(folder, 'rules', 'security')
    assert.match(out, /○ security\/dynamic-code/)
    const list = JSON.parse((await run(folder, 'rules', '--format', 'json')).out)
    assert.ok(list.length > 5)
  }))

test('test and system status work', () =>
  inFolder('', async folder => {
    const basic = await run(folder, 'test', '--basic')
    assert.equal(basic.code, 0, basic.out)
    // The examples lie beside the bundle.
    const whole = await run(folder, 'test', '--comprehensive')
    assert.equal(whole.code, 0, whole.out)
    assert.ok(Number(/(\d+) examples/.exec(whole.out)?.[1]) > 3000, whole.out)
    assert.match((await run(folder, 'system', 'status')).out, /Sent out\s+0 bytes/)
    assert.equal(JSON.parse((await run(folder, 'system', 'status', '--format', 'json')).out).bytesSent, 0)
  }))

test('a rule that compares files and is off by default runs when it is named, and when the settings want it', () =>
  inFolder(
    `//- .codeant.toml
//- server/users.js
const app = require('express')()
app.get('/api/users', list)
app.post('/api/users', add)
app.get('/api/users/:id', load)
app.post('/api/users/:id/merge', merge)
//- web/users.ts
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const add = (body: string) => fetch('/api/users', { method: 'POST', body })
`,
    async folder => {
      const found = async (...more: readonly string[]) => {
        const { out } = await codeant(['analyze', '--format', 'json', ...more], { cwd: folder.path })
        const { findings } = JSON.parse(out) as { findings: { rule: string; path: string }[] }
        return findings.filter(it => it.rule === 'contracts/uncalled-route').map(it => it.path)
      }
      assert.deepEqual(await found(), [])
      assert.deepEqual(await found('--only', 'contracts/uncalled-route'), ['server/users.js'])
      folder.write('.codeant.toml', '[rules]\n"contracts/uncalled-route" = "on"\n')
      assert.deepEqual(await found(), ['server/users.js'])
    },
  ))

test('a function is sketched in another language, or the place is named that has no counterpart', () =>
  inFolder(
    `//- a.py
def half(values: list[float]) -> float:
    total = 0.0
    for value in values:
        total += value / 2
    return total

def broken(a: float, b: float) -> float:
    return a / b
`,
    async folder => {
      const ask = (...given: readonly string[]) => codeant(['translate', ...given], { cwd: folder.path })
      const { out, code } = await ask('a.py:3', '--to', 'typescript')
      assert.equal(code, 0)
      assert.match(out, /^\/\/ A sketch of a function of a\.py/)
      assert.match(out, /function half\(values: number\[\]\): number \{\n {2}let total = 0\n/)
      const refused = await ask('a.py:7', '--to', 'rust')
      assert.equal(refused.code, 1)
      assert.match(refused.err, /^a\.py:8: `a \/ b`: dividing by zero/)
      assert.equal((await ask('a.py:6', '--to', 'rust')).code, 2)
      assert.equal((await ask('a.py:1')).code, 2)
    },
  ))
