// Shards find what one run finds, byte for byte, whatever becomes of them on the way.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { codeant, type Ran } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Two repositories whose files speak with each other, one with settings and a comment that expires, and files of other kinds. */
const ORGANISATION = `//- shop/.git/HEAD
ref: refs/heads/main
//- shop/server/main.py
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/people/{user_id}")
def find_user(user_id: int):
    user_id = user_id
    return user_id
//- shop/server/other.py
def f(width):
    width = width
    return width
//- shop/web/total.ts
let total = 1
total = total
console.log(total)
//- shop/web/users.ts
export const load = (id: string) => fetch(\`/api/users/\${id}\`)
//- tools/.git/HEAD
ref: refs/heads/main
//- tools/api.js
const app = require('express')()
app.get('/api/users', list)
//- tools/page.ts
export const list = () => fetch('/api/user')
//- tools/nested/.codeant.toml
root = true
[rules]
"correctness/self-assignment" = "error"
//- tools/nested/a.py
def f(width):
    width = width  # codeant-ignore correctness/self-assignment: until it is done (@ana, until 2020-01-31)
    return width
//- tools/zebra.py
def g(height):
    height = height
    return height
//- clean/.git/HEAD
ref: refs/heads/main
//- clean/main.rs
fn main() {}
//- clean/ñandú y más.py
def f(width):
    width = width
`
const PLACES = ['shop', 'tools', 'clean']

const run = (folder: TemporaryFolder, ...args: string[]) => codeant(args, { cwd: folder.path })
const shards = (folder: TemporaryFolder, ...args: string[]) => run(folder, 'shards', ...args)
const single = async (folder: TemporaryFolder, locale: 'en' | 'es' = 'en') =>
  (
    await codeant(['analyze', '--format', 'sarif', '--fail-on', 'never', ...PLACES], {
      cwd: folder.path,
      locale,
    })
  ).out
const done = ({ code, err }: Ran) => assert.equal(code, 0, err)
const planOf = (folder: TemporaryFolder) =>
  JSON.parse(readFileSync(join(folder.path, 'plan.json'), 'utf8')) as {
    shards: number
    engine: { version: string; analysis: string }
    parts: { root: string; isDivided: boolean; shard: number; digest: string }[]
  }
const changePlan = (folder: TemporaryFolder, change: (plan: ReturnType<typeof planOf>) => void) => {
  const plan = planOf(folder)
  change(plan)
  folder.write('plan.json', JSON.stringify(plan))
}
const resultsIn = (folder: TemporaryFolder) => {
  const results = join(folder.path, 'results')
  return existsSync(results)
    ? readdirSync(results, { recursive: true, encoding: 'utf8' }).filter(it => /\.(sarif|jsonl)$/.test(it))
    : []
}
const unfinished = (folder: TemporaryFolder) =>
  readdirSync(join(folder.path, 'results'), { recursive: true, encoding: 'utf8' }).filter(it =>
    it.endsWith('.tmp'),
  )
/** Far below the smallest file: every file is a part of its own. */
const TINY = ['--part-size', '0.00001']

for (const [what, more] of [
  ['whole repositories', []],
  ['repositories that are cut', TINY],
  ['a file a shard', [...TINY, '--shards', '40']],
] as const)
  test(`${what}: what shards find in any order is what one run finds, byte for byte`, () =>
    inFolder(ORGANISATION, async folder => {
      folder.write('shop/data.json', `[${'1,'.repeat(600_000)}1]`)
      done(await shards(folder, 'plan', ...PLACES, ...more))
      const plan = planOf(folder)
      assert.equal(
        plan.parts.some(it => it.isDivided),
        true,
        'a repository around another one is never whole',
      )
      const order = [...Array(plan.shards).keys()].reverse()
      for (const it of order) done(await shards(folder, 'run', 'plan.json', '--shard', String(it)))
      const merged = await shards(folder, 'merge', 'plan.json')
      done(merged)
      assert.equal(merged.out, await single(folder))
      assert.equal(merged.out, `${JSON.stringify(JSON.parse(merged.out), null, 2)}\n`)
      // Otherwise it would be easy.
      for (const it of ['contracts/', 'suppressions/expired', 'data.json', '%C3%B1and%C3%BA', 'web/users.ts'])
        assert.ok(merged.out.includes(it), it)
    }))

test('the language is that of the plan, whatever machines speak', () =>
  inFolder(ORGANISATION, async folder => {
    done(await codeant(['shards', 'plan', ...PLACES], { cwd: folder.path, locale: 'es' }))
    done(await shards(folder, 'run', 'plan.json'))
    done(await shards(folder, 'merge', 'plan.json', '--output', 'all.sarif'))
    assert.equal(readFileSync(join(folder.path, 'all.sarif'), 'utf8'), await single(folder, 'es'))
  }))

test('a folder of results that cannot be written is told in a sentence', () =>
  inFolder(ORGANISATION, async folder => {
    done(await shards(folder, 'plan', ...PLACES))
    folder.write('results', 'a file')
    const { code, err } = await shards(folder, 'run', 'plan.json')
    assert.equal(code, 3)
    assert.match(err, /^codeant: EEXIST|^codeant: ENOTDIR/)
    assert.doesNotMatch(err, /report it/)
  }))

test('a repository that is a link is one, and a file too large to be looked at is told as such', () =>
  inFolder('//- there/shop/.git/HEAD\n//- there/shop/a.py\ndef f(w):\n    w = w\n', async folder => {
    folder.write('there/shop/data.json', `[${'1,'.repeat(600_000)}1]`)
    mkdirSync(join(folder.path, 'all'))
    symlinkSync(join(folder.path, 'there/shop'), join(folder.path, 'all/shop'))
    folder.write('all/list.txt', '')
    done(await shards(folder, 'plan', '--each-in', 'all'))
    done(await shards(folder, 'run', 'plan.json'))
    const { out } = await run(folder, 'analyze', 'all/shop', '--format', 'sarif')
    assert.match(out, /data\.json/)
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, out)
  }))

test('no findings are a report too', () =>
  inFolder('//- a/.git/HEAD\n//- a/main.rs\nfn main() {}\n', async folder => {
    done(await shards(folder, 'plan', '--each-in', '.'))
    done(await shards(folder, 'run', 'plan.json'))
    const { out } = await run(folder, 'analyze', 'a', '--format', 'sarif')
    assert.equal(out, `${JSON.stringify(JSON.parse(out), null, 2)}\n`)
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, out)
  }))

test('a shard that is missing is told, and nothing is written', () =>
  inFolder(ORGANISATION, async folder => {
    folder.write('list.txt', `# all of them\n${PLACES.join('\n')}\n`)
    done(await shards(folder, 'plan', '--list', 'list.txt', '--shards', '2', ...TINY))
    const early = await shards(folder, 'merge', 'plan.json', '--output', 'all.sarif')
    assert.equal(early.code, 3)
    assert.match(early.err, /parts are missing: of shards 0, 1/)
    done(
      await codeant(['shards', 'run', 'plan.json'], { cwd: folder.path, env: { JOB_COMPLETION_INDEX: '0' } }),
    )
    const half = await shards(folder, 'merge', 'plan.json', '--output', 'all.sarif')
    assert.equal(half.code, 3)
    assert.match(half.err, /of shard 1\n/)
    assert.equal(existsSync(join(folder.path, 'all.sarif')), false)
    const status = await shards(folder, 'status', 'plan.json')
    assert.equal(status.code, 1)
    assert.match(status.out, /shard 0: (\d+) of \1 parts/)
    assert.match(status.out, /shard 1: 0 of/)
    // Somebody does it meanwhile.
    const waiting = shards(folder, 'merge', 'plan.json', '--output', 'all.sarif', '--wait', '60')
    done(await shards(folder, 'run', 'plan.json', '--shard', '1'))
    done(await waiting)
    assert.equal(readFileSync(join(folder.path, 'all.sarif'), 'utf8'), await single(folder))
    assert.equal((await shards(folder, 'run', 'plan.json', '--shard', '2')).code, 2)
  }))

test('results of another list are not taken for those of this one', () =>
  inFolder(ORGANISATION, async folder => {
    const plan = async (...places: string[]) => {
      const { engine } = existsSync(join(folder.path, 'plan.json')) ? planOf(folder) : { engine: {} }
      done(await shards(folder, 'plan', ...places, '--shards', '1'))
      changePlan(folder, it => Object.assign(it.engine, engine))
    }
    await plan('shop', 'clean')
    done(await shards(folder, 'run', 'plan.json'))
    await plan(...PLACES)
    assert.match((await shards(folder, 'merge', 'plan.json')).err, /3 parts are missing: of shard 0/)
    // What it has less is not in the report, though there are results of it.
    await plan('shop')
    const { out } = await run(folder, 'analyze', 'shop', '--format', 'sarif', '--fail-on', 'never')
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, out)
  }))

test('a part is analysed once: again for the same plan, and for the next one, only what is new', () =>
  inFolder(ORGANISATION, async folder => {
    done(await shards(folder, 'plan', ...PLACES))
    assert.match((await shards(folder, 'run', 'plan.json', '--shard', '0')).out, /, 0 known already/)
    assert.match(
      (await shards(folder, 'run', 'plan.json', '--shard', '0')).out,
      /0 parts analysed .*, 5 known/,
    )
    assert.match(
      (await shards(folder, 'run', 'plan.json', '--shard', '0', '--again')).out,
      /5 parts analysed/,
    )
    const { engine } = planOf(folder)
    folder.write('clean/main.rs', 'fn main() { let x = 1; }\n')
    done(await shards(folder, 'plan', ...PLACES))
    // Run from source, each plan is of an engine of its own.
    changePlan(folder, it => Object.assign(it.engine, engine))
    assert.match((await shards(folder, 'run', 'plan.json')).out, /1 part analysed .*, 4 known already/)
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, await single(folder))
  }))

test('another engine, other code and other settings are refused, and it is said which', () =>
  inFolder(ORGANISATION, async folder => {
    const plan = () => shards(folder, 'plan', ...PLACES)
    const refused = async (what: 'run' | 'merge', why: RegExp) => {
      const { code, err, out } = await shards(folder, what, 'plan.json')
      assert.equal(code, 2, err)
      assert.match(err, why)
      assert.equal(out, '')
    }
    done(await plan())
    done(await shards(folder, 'run', 'plan.json'))
    // Results of one engine, a plan of another.
    changePlan(folder, it => Object.assign(it.engine, { analysis: 'source-1' }))
    const { code, err } = await shards(folder, 'merge', 'plan.json')
    assert.equal(code, 3)
    assert.match(err, /shop was analysed by another engine: /)
    changePlan(folder, it => Object.assign(it.engine, { version: '9.9.9' }))
    await refused('run', /another engine/)
    await refused('merge', /another engine/)
    done(await plan())
    folder.write('shop/web/total.ts', 'console.log(1)\n')
    await refused('run', /shop or its settings are not what they were/)
    done(await plan())
    folder.write('tools/.codeant.toml', '[rules]\n"correctness/*" = "off"\n')
    await refused('run', /tools or its settings are not what they were/)
    done(await plan())
    folder.write('plan.json', '{}')
    await refused('merge', /no plan/)
  }))

test('the source of a divided project changes before it is compared: refused', () =>
  inFolder(ORGANISATION, async folder => {
    done(await shards(folder, 'plan', ...PLACES, ...TINY))
    done(await shards(folder, 'run', 'plan.json'))
    folder.write('shop/web/total.ts', '\n\nlet total = 1\ntotal = total\nconsole.log(total)\n')
    const { code, err } = await shards(folder, 'merge', 'plan.json')
    assert.equal(code, 2)
    assert.match(err, /shop or its settings/)
  }))

test('what looks like a result and is none is refused; what somebody left behind is not looked at', () =>
  inFolder(ORGANISATION, async folder => {
    done(await shards(folder, 'plan', ...PLACES, ...TINY))
    done(await shards(folder, 'run', 'plan.json'))
    for (const kind of ['.jsonl', '.sarif']) {
      // By then there are results of divided projects too.
      if (kind === '.sarif') done(await shards(folder, 'merge', 'plan.json'))
      const name = join(folder.path, 'results', resultsIn(folder).find(it => it.endsWith(kind))!)
      const whole = readFileSync(name, 'utf8')
      writeFileSync(`${name}.elsewhere-1.tmp`, 'half of')
      for (const it of [
        whole.slice(0, -30),
        '',
        kind === '.sarif' ? whole.replace(/"digest":"\w/, '"digest":"-') : '{}\n',
      ]) {
        writeFileSync(name, it)
        const { code, err, out } = await shards(folder, 'merge', 'plan.json')
        assert.equal(code, 2, err)
        assert.match(err, /is not what a shard wrote/)
        assert.equal(out, '')
      }
      writeFileSync(name, whole)
    }
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, await single(folder))
  }))

test('what would be analysed twice, or in part, is refused', () =>
  inFolder(ORGANISATION, async folder => {
    for (const [args, why] of [
      [['shop', './shop/'], /named twice/],
      [['shop', 'shop/web'], /lies in shop/],
      [['shop/web'], /part of the project .*shop: name that/],
      [['nowhere'], /cannot read/],
      [[], /name the repositories/],
      [['shop', '--shards', '0'], /--shards cannot be "0"/],
      [['shop', '--part-size', 'large'], /--part-size cannot be "large"/],
      [['shop', '--only', 'no-such-rule'], /no rule or category/],
      [['--list', 'nowhere.txt'], /the list nowhere.txt cannot be read/],
    ] as const) {
      const { code, err } = await shards(folder, 'plan', ...args)
      assert.ok(code === 2 || code === 3, `${args}: ${code}`)
      assert.match(err, why)
    }
    mkdirSync(join(folder.path, 'plain'))
    folder.write('plain/a.py', 'a = a\n')
    assert.match((await shards(folder, 'plan', 'plain')).err, /root = true/)
    assert.equal((await shards(folder, 'run', 'plan.json')).code, 3)
    assert.equal((await shards(folder, 'divide')).code, 2)
  }))

test('--only holds for all shards', () =>
  inFolder(ORGANISATION, async folder => {
    done(await shards(folder, 'plan', ...PLACES, '--only', 'contracts', ...TINY))
    done(await shards(folder, 'run', 'plan.json'))
    const { out } = await run(folder, 'analyze', '--only', 'contracts', '--format', 'sarif', ...PLACES)
    assert.match(out, /"ruleId": "contracts/)
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, out)
  }))

test('rules that somebody brought run in all shards, and other rules are another analysis', () =>
  inFolder(ORGANISATION, async folder => {
    const rule = (message: string) =>
      `rules:\n  - id: returns\n    languages: [python]\n    severity: ERROR\n    message: ${message}\n    pattern: return $X\n`
    folder.write('own.yaml', rule('It returns $X'))
    done(await shards(folder, 'plan', ...PLACES, '--rules', 'own.yaml', ...TINY))
    done(await shards(folder, 'run', 'plan.json'))
    const args = ['--rules', 'own.yaml', '--format', 'sarif', '--fail-on', 'never', ...PLACES]
    const { out } = await run(folder, 'analyze', ...args)
    assert.match(out, /"ruleId": "own\/returns"/)
    assert.equal((await shards(folder, 'merge', 'plan.json')).out, out)
    folder.write('own.yaml', rule('It gives $X back'))
    const { code, err } = await shards(folder, 'merge', 'plan.json')
    assert.equal(code, 2)
    assert.match(err, /other rules/)
  }))

test('a shard that is killed leaves what it had done, and nothing else; another one does the rest', () =>
  inFolder(ORGANISATION, async folder => {
    // Long enough that nobody is done with all of them when the first one is.
    for (let i = 0; i < 12; i++) {
      folder.write(`large-${i}/.git/HEAD`, '')
      const line = `def f${i}(width):\n    width = width\n    return [width, ${i}]\n`
      folder.write(`large-${i}/a.py`, line.repeat(4000))
    }
    const places = [...PLACES, ...Array.from({ length: 12 }, (_, i) => `large-${i}`)]
    done(await shards(folder, 'plan', ...places, '--shards', '1'))
    const all = planOf(folder).parts.length
    const victim = spawn(
      process.execPath,
      [
        '--import',
        import.meta.resolve('tsx'),
        join(root, 'server/src/main.ts'),
        'shards',
        'run',
        join(folder.path, 'plan.json'),
      ],
      { cwd: folder.path, stdio: 'ignore' },
    )
    const gone = once(victim, 'exit')
    while (resultsIn(folder).length === 0 && victim.exitCode === null) await setTimeout(5)
    victim.kill('SIGKILL')
    const [, signal] = await gone
    assert.equal(signal, 'SIGKILL', 'it was done before it could be killed')
    const left = resultsIn(folder)
    assert.ok(left.length > 0 && left.length < all, `${left.length} of ${all}`)
    assert.equal((await shards(folder, 'merge', 'plan.json')).code, 3)
    const second = await shards(folder, 'run', 'plan.json')
    assert.match(second.out, new RegExp(`, ${left.length} known already`))
    assert.deepEqual(unfinished(folder), [], 'what was half written is put away')
    const merged = (await shards(folder, 'merge', 'plan.json')).out
    const args = ['analyze', '--format', 'sarif', '--fail-on', 'never', ...places]
    assert.equal(merged, (await codeant(args, { cwd: folder.path })).out)
    rmSync(join(folder.path, 'results'), { recursive: true })
  }))
