// Audits: findings are counted and judged, and a rule that is wrong too often is silent until somebody wants it back.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codeant } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
/** A dozen functions in which the rule finds something. */
const PROJECT = `//- .codeant.toml
root = true
//- calls.py
${NAMES.map(it => `def ${it}():\n    ask_${it}()\n    show(eval(${it}))\n`).join('\n')}
//- eval.yaml
rules:
  - {id: no-eval, languages: [python], severity: ERROR, message: No eval, pattern: eval(...)}
`

const audit = (folder: TemporaryFolder, args: readonly string[] = [], typed: readonly string[] = []) =>
  codeant(['rules', 'audit', '--only', 'own', '--rules', 'eval.yaml', ...args], {
    cwd: folder.path,
    typed,
    env: { CODEANT_CACHE: `${folder.path}/cache` },
  })
const run = (folder: TemporaryFolder, ...args: string[]) => codeant(args, { cwd: folder.path })
const found = async (folder: TemporaryFolder) => {
  const { out } = await run(folder, 'analyze', '--rules', 'eval.yaml', '--format', 'json')
  return (JSON.parse(out) as { findings: { rule: string }[] }).findings.filter(
    it => it.rule === 'own/no-eval',
  ).length
}
const recordOf = (folder: TemporaryFolder) =>
  (
    JSON.parse(readFileSync(join(folder.path, '.codeant/ledger.json'), 'utf8')) as {
      rules: Record<string, { shown: number; verdicts: Record<string, string>; kept?: true }>
    }
  ).rules['own/no-eval']!

test('a person is shown the code and asked; two wrong of ten mute the rule, which can be undone', () =>
  inFolder(PROJECT, async folder => {
    const first = await audit(folder, [], ['w', 'r', 'u', '', 'q'])
    assert.match(first.out, /1\/10 .*calls\.py:\d+:\d+ error No eval own\/no-eval\n.*\n.*show\(eval\(.\)\)/)
    assert.match(first.out, /^own\/no-eval +12 +1 +1 +1$/m)
    assert.deepEqual(Object.values(recordOf(folder).verdicts).sort(), ['right', 'unclear', 'wrong'])
    // What was judged is not asked about again.
    const second = await audit(
      folder,
      ['--per-rule', '12'],
      ['right', 'right', 'wrong', ...Array<string>(6).fill('r')],
    )
    assert.match(second.out, /1\/9 /)
    assert.match(
      second.out,
      /own\/no-eval is muted: 2 of 10 findings were wrong\. `codeant rules unmute own\/no-eval` undoes it/,
    )
    assert.equal(await found(folder), 0)
    assert.match(
      (await run(folder, 'analyze', '--rules', 'eval.yaml', '--locale', 'es')).err,
      /Hay 1 regla silenciada .*own\/no-eval/,
    )
    assert.equal((await run(folder, 'rules', 'unmute', 'own/no-eval')).code, 0)
    assert.equal(await found(folder), 12)
    assert.match(
      (await audit(folder, ['--out', 'x.jsonl'])).out,
      /own\/no-eval +12 +9 +2 +1 +wanted all the same/,
    )
  }))

test('verdicts are written and read as lines of JSON, and the ledger holds no code', () =>
  inFolder(PROJECT, async folder => {
    const { out } = await audit(folder, ['--out', 'findings.jsonl'])
    assert.match(out, /Wrote 10 findings to findings\.jsonl/)
    const lines = readFileSync(join(folder.path, 'findings.jsonl'), 'utf8').trim().split('\n')
    const rows = lines.map(it => JSON.parse(it) as { code: string; verdict: null })
    assert.ok(rows.every(it => /^ {4}show\(eval/.test(it.code) && it.verdict === null))
    const judged = (wrong: number) =>
      rows.map((it, i) => `${JSON.stringify({ ...it, verdict: i < wrong ? 'wrong' : 'right' })}\n`).join('')
    folder.write('one.jsonl', judged(1))
    assert.doesNotMatch((await audit(folder, ['--verdicts', 'one.jsonl'])).out, /muted/)
    assert.equal(await found(folder), 12)
    folder.write('two.jsonl', judged(2))
    assert.match((await audit(folder, ['--verdicts', 'two.jsonl'])).out, /is muted: 2 of 10/)
    assert.equal(await found(folder), 0)
    assert.equal(recordOf(folder).shown, 12)
    assert.doesNotMatch(JSON.stringify(recordOf(folder).verdicts), /eval|calls/)
    // A line of the settings is somebody's own word.
    folder.write('.codeant.toml', 'root = true\n[rules]\n"own/no-eval" = "warning"\n')
    assert.equal(await found(folder), 12)
  }))

test('what is no verdict is refused with its line, and nothing of the file counts', () =>
  inFolder(PROJECT, async folder => {
    folder.write(
      'bad.jsonl',
      '{"rule":"own/no-eval","finding":"a","verdict":"right"}\n{"rule":"own/no-eval","finding":"b","verdict":"maybe"}\n',
    )
    const { code, err } = await audit(folder, ['--verdicts', 'bad.jsonl'])
    assert.deepEqual([code, /bad\.jsonl:2 is no line of an audit/.test(err)], [2, true])
    assert.equal((await run(folder, 'rules', 'unmute', 'own/no-eval')).code, 2)
  }))

test('a muted rule is marked where rules are listed', () =>
  inFolder('', async folder => {
    const verdicts = Object.fromEntries(NAMES.map(it => [it, 'wrong']))
    folder.write(
      '.codeant/ledger.json',
      JSON.stringify({ version: 1, rules: { 'correctness/self-assignment': { shown: 12, verdicts } } }),
    )
    const { out } = await run(folder, 'rules', 'list', 'self-assignment')
    assert.match(out, /^◌ correctness\/self-assignment/m)
    assert.match(out, /1 rule is muted, being wrong too often/)
    folder.write('.codeant/ledger.json', '{')
    assert.match(
      (await run(folder, 'rules', 'list', 'self-assignment')).out,
      /^● correctness\/self-assignment/m,
    )
  }))
