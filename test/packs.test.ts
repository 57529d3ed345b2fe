// Packs, from where somebody publishes them to what they find: real repositories, real archives, and some that mean harm.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Packed, tarGz, zip } from './support/archives.ts'
import { codeant } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const rule = (id: string, pattern: string) => `rules:
  - id: ${id}
    languages: [python]
    severity: ERROR
    message: ${id} was found
    pattern: ${pattern}
`
const EVAL = rule('no-eval', 'eval(...)')

const PROJECT = `//- project/.codeant.toml
root = true
//- project/a.py
eval(text)
`

/** Rules beside the project that has none yet. */
const withRules = (
  files: Readonly<Record<string, string>>,
  run: (folder: TemporaryFolder) => Promise<void>,
) =>
  inFolder(PROJECT, async folder => {
    for (const [name, text] of Object.entries(files)) folder.write(`rules/${name}`, text)
    await run(folder)
  })

const run = (folder: TemporaryFolder, ...args: string[]) =>
  codeant(args, { cwd: join(folder.path, 'project'), env: environment(folder) })
const environment = ({ path }: TemporaryFolder) => ({
  CODEANT_CACHE: `${path}/cache`,
  CODEANT_CONFIG: `${path}/config`,
  CODEANT_STATE: `${path}/state`,
})
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=it', '-c', 'user.email=it@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim()
const commitAll = (cwd: string) => {
  git(cwd, 'add', '-A')
  git(cwd, 'commit', '--quiet', '-m', 'it')
  return git(cwd, 'rev-parse', 'HEAD')
}
const found = async (folder: TemporaryFolder) => {
  const { out } = await run(folder, 'analyze', '--format', 'json', '--only', 'own')
  return (JSON.parse(out) as { findings: { rule: string }[] }).findings.map(it => it.rule)
}
const lockOf = ({ path }: TemporaryFolder) =>
  (
    JSON.parse(readFileSync(join(path, 'project/.codeant/packs.json'), 'utf8')) as {
      packs: Record<
        string,
        { origin: string; commit?: string; licence?: string; files: Record<string, string> }
      >
    }
  ).packs

test('a folder becomes a pack, and what it finds is found without naming it again', () =>
  withRules(
    {
      'python/eval.yaml': EVAL,
      'python/eval.py': '# ruleid: no-eval\neval(x)\n',
      'other.yaml': 'services: {}\n',
      'joined.yaml': 'rules:\n  - {id: joined, languages: [python], message: m, mode: join}\n',
      LICENSE: 'Permission is hereby granted, free of charge, to any person',
    },
    async folder => {
      const { code, out } = await run(folder, 'rules', 'add', '../rules')
      assert.equal(code, 0)
      assert.match(
        out,
        /^Added rules: 3 files in \.codeant\/packs\/rules\n1 rule runs, 1 does not:\n {2}mode: join is not supported: joined\nLicence: MIT\.\nNot signed/,
      )
      assert.deepEqual(await found(folder), ['own/no-eval'])
      const { rules } = lockOf(folder)
      assert.deepEqual(
        [rules!.origin, Object.keys(rules!.files)],
        ['../rules', ['LICENSE', 'joined.yaml', 'python/eval.yaml']],
      )
      rmSync(join(folder.path, 'rules'), { recursive: true })
      assert.deepEqual(await found(folder), ['own/no-eval'])
    },
  ))

test('a repository is taken at a commit, without anything of it being run', () =>
  withRules({ 'eval.yaml': EVAL }, async folder => {
    const repository = join(folder.path, 'rules')
    git(repository, 'init', '--quiet', '-b', 'main')
    folder.write('rules/.gitattributes', '*.yaml filter=harm\n')
    symlinkSync('/etc/passwd', join(repository, 'linked.yaml'))
    const first = commitAll(repository)
    git(repository, 'tag', 'v1')
    folder.write('rules/exec.yaml', rule('no-exec', 'exec(...)'))
    const second = commitAll(repository)
    const added = await run(folder, 'rules', 'add', `file://${repository}#v1`)
    assert.match(added.out, /Added rules: 1 file .*\n1 rule runs\.\n.*\n.*\n1 link left out\./)
    assert.equal(lockOf(folder).rules!.commit, first)
    assert.equal((await run(folder, 'rules', 'update')).out, 'rules is what it was.\n')
    assert.match((await run(folder, 'rules', 'add', `file://${repository}#main`)).out, /2 rules run/)
    assert.equal(lockOf(folder).rules!.commit, second)
    folder.write('rules/exec.yaml', rule('no-exec', 'os.exec(...)'))
    commitAll(repository)
    assert.match((await run(folder, 'rules', 'update')).out, /New: 0, gone: 0, changed: 1\./)
    const missing = await run(folder, 'rules', 'add', `file://${folder.path}/nothing.git`)
    assert.deepEqual([missing.code, /git cannot fetch it: /.test(missing.err)], [2, true])
  }))

test('archives of a code host hold the same as the repository', () =>
  withRules({ 'deep/eval.yaml': EVAL, 'copying.txt': 'Apache License, Version 2.0' }, async folder => {
    const repository = join(folder.path, 'rules')
    git(repository, 'init', '--quiet')
    commitAll(repository)
    for (const end of ['tar.gz', 'tar', 'zip']) {
      git(repository, 'archive', '--prefix=rules-main/', '-o', `../packed-${end}.${end}`, 'HEAD')
      const { code, out } = await run(folder, 'rules', 'add', `../packed-${end}.${end}`)
      assert.equal(code, 0)
      assert.match(out, /1 rule runs\.\nLicence: Apache-2\.0\./)
      const packed = lockOf(folder)[`packed-${end}`]!
      assert.deepEqual(Object.keys(packed.files), ['copying.txt', 'deep/eval.yaml'])
    }
  }))

const MEANT_HARM: readonly (readonly [what: string, entries: readonly Packed[], message: RegExp])[] = [
  [
    'leads above',
    [{ path: '../../evil.yaml', text: EVAL }],
    /wants to lie elsewhere: \.\.\/\.\.\/evil\.yaml/,
  ],
  ['leads to the root', [{ path: '/tmp/evil.yaml', text: EVAL }], /wants to lie elsewhere/],
  ['leads away on Windows', [{ path: 'a\\..\\evil.yaml', text: EVAL }], /wants to lie elsewhere/],
  [
    'holds a file twice',
    [
      { path: 'a.yaml', text: EVAL },
      { path: 'a.yaml', text: EVAL },
    ],
    /twice/,
  ],
  ['claims little and holds much', [{ path: 'a.yaml', text: EVAL, size: 3 }], /broken|no rule/],
  ['is too large', [{ path: 'a.yaml', text: EVAL + '#'.repeat(3 * 1024 * 1024) }], /larger than rules are/],
  ['holds links only', [{ path: 'a.yaml', link: '/etc/passwd' }], /there is no rule in/],
]

for (const [what, entries, message] of MEANT_HARM)
  test(`an archive that ${what} is refused`, () =>
    inFolder(PROJECT, async folder => {
      for (const [name, bytes] of [
        ['a.tgz', tarGz(entries)],
        ['b.zip', zip(entries)],
      ] as const) {
        folder.write(name, bytes)
        const { code, err } = await run(folder, 'rules', 'add', `../${name}`)
        assert.equal(code, 2, name)
        assert.match(err, message, name)
      }
      assert.equal(existsSync(join(folder.path, 'project/.codeant')), false)
    }))

test('what is no archive, and what unpacks without end, is refused', () =>
  inFolder(PROJECT, async folder => {
    folder.write('a.zip', 'not one')
    folder.write('b.tgz', tarGz([{ path: 'x.bin', text: '\0'.repeat(300 * 1024 * 1024) }]))
    assert.match((await run(folder, 'rules', 'add', '../a.zip')).err, /broken|no rule/)
    assert.match((await run(folder, 'rules', 'add', '../b.tgz')).err, /larger than rules are/)
  }))

test('a file that was changed since is told and not run, until it is accepted or brought again', () =>
  withRules({ 'eval.yaml': EVAL }, async folder => {
    await run(folder, 'rules', 'add', '../rules')
    const wider = rule('no-eval', '$F(...)')
    folder.write('project/.codeant/packs/rules/eval.yaml', wider)
    const told = await run(folder, 'analyze')
    assert.match(told.err, /not run, because changed since the pack rules was added: eval\.yaml/)
    assert.deepEqual(await found(folder), [])
    await run(folder, 'rules', 'update', 'rules', '--accept')
    assert.deepEqual(await found(folder), ['own/no-eval'])
    assert.equal((await run(folder, 'analyze')).err, '')
    await run(folder, 'rules', 'update')
    assert.equal(readFileSync(join(folder.path, 'project/.codeant/packs/rules/eval.yaml'), 'utf8'), EVAL)
    // Other line ends are the same rules: git may have written them.
    folder.write('project/.codeant/packs/rules/eval.yaml', EVAL.replaceAll('\n', '\r\n'))
    assert.deepEqual(await found(folder), ['own/no-eval'])
    folder.write('project/.codeant/packs/rules/more.yaml', rule('more', '$F(...)'))
    assert.match((await run(folder, 'analyze')).err, /more\.yaml/)
  }))

test('a lock that nobody can read, or that leads elsewhere, runs nothing', () =>
  withRules({ 'eval.yaml': EVAL }, async folder => {
    await run(folder, 'rules', 'add', '../rules')
    const lock = lockOf(folder)
    folder.write('project/.codeant/packs.json', '{')
    assert.match((await run(folder, 'analyze')).err, /packs\.json cannot be read/)
    const { rules } = lock
    const outside = { ...rules!, files: { '../../../rules/eval.yaml': rules!.files['eval.yaml'] } }
    folder.write(
      'project/.codeant/packs.json',
      JSON.stringify({ version: 1, packs: { rules: outside, '../x': rules } }),
    )
    assert.deepEqual(await found(folder), [])
  }))

test('a project whose folder for packs leads elsewhere is not written to', () =>
  withRules({ 'eval.yaml': EVAL }, async folder => {
    mkdirSync(join(folder.path, 'elsewhere'))
    symlinkSync('../elsewhere', join(folder.path, 'project/.codeant'))
    const { code, err } = await run(folder, 'rules', 'add', '../rules')
    assert.deepEqual([code, /leads elsewhere/.test(err)], [2, true])
  }))

test('packs are listed, explained and removed; rules of one name keep apart', () =>
  withRules({ 'py/eval.yaml': EVAL, 'other/eval.yaml': EVAL }, async folder => {
    await run(folder, 'rules', 'add', '../rules', '--name', 'ours')
    const list = await run(folder, 'rules', 'list', 'own/')
    assert.match(list.out, /● own\/no-eval +error +py\b/)
    assert.match(list.out, /● own\/py\.no-eval/)
    assert.match(list.out, /^ours {2}\.\.\/rules {2}— {2}2 run {2}Not signed/m)
    const explained = await run(folder, 'rules', 'explain', 'no-eval', '--locale', 'es')
    assert.match(
      explained.out,
      /Del paquete ours, \.\.\/rules\.\nSin firma.*\n\n\.codeant\/packs\/ours\/other\/eval\.yaml:2\n {2}- id: no-eval/s,
    )
    assert.match(
      (await run(folder, 'rules', 'explain', 'self-assignment')).out,
      /correctness\/self-assignment/,
    )
    const taken = await run(folder, 'rules', 'add', '../rules/py', '--name', 'ours')
    assert.match(taken.err, /there is a pack ours from \.\.\/rules/)
    assert.equal((await run(folder, 'rules', 'remove', 'ours')).out, 'Removed ours.\n')
    assert.deepEqual(await found(folder), [])
    assert.match((await run(folder, 'rules', 'remove', 'ours')).err, /there is no pack "ours"/)
  }))

test('a signature is checked against the files and against whom somebody trusts', () =>
  withRules({ 'eval.yaml': EVAL }, async folder => {
    const made = await run(folder, 'rules', 'keygen', '../key.pem')
    const key = /rules trust (\S+)/.exec(made.out)![1]!
    assert.match((await run(folder, 'rules', 'keygen', '../key.pem')).err, /there already/)
    assert.match((await run(folder, 'rules', 'sign', '../rules', '--key', '../key.pem')).out, /Signed 1 file/)
    assert.equal((await run(folder, 'rules', 'verify', '../rules')).code, 1)
    assert.match(
      (await run(folder, 'rules', 'add', '../rules', '--signed')).err,
      /wants a key that you trust/,
    )
    assert.match(
      (await run(folder, 'rules', 'add', '../rules')).out,
      /Signed by a key that you have not trusted/,
    )
    await run(folder, 'rules', 'trust', key, '--name', 'Acme')
    assert.match((await run(folder, 'rules', 'trust')).out, /Acme/)
    assert.equal((await run(folder, 'rules', 'verify', '../rules')).code, 0)
    assert.match((await run(folder, 'rules', 'list', 'own/')).out, /Signed by Acme/)
    // Whoever changes a rule cannot sign it, and cannot do without the signature either.
    folder.write('rules/eval.yaml', rule('no-eval', '$F(...)'))
    assert.match(
      (await run(folder, 'rules', 'update')).err,
      /the signature does not stand for these files \(eval\.yaml\)/,
    )
    rmSync(join(folder.path, 'rules/codeant-pack.sig'))
    assert.match((await run(folder, 'rules', 'update')).err, /was signed, and what came is not/)
    assert.deepEqual(await found(folder), ['own/no-eval'])
    rmSync(join(folder.path, 'project/.codeant/packs/rules/codeant-pack.sig'))
    assert.match((await run(folder, 'analyze')).err, /not what its signature stands for/)
    assert.deepEqual(await found(folder), [])
    assert.match(
      (await run(folder, 'rules', 'update', 'rules', '--accept')).out,
      /No signature stands for it any more/,
    )
    assert.deepEqual(await found(folder), ['own/no-eval'])
  }))

const TREE_RULE = (body: string) => `id: no-eval
language: python
severity: error
message: no-eval was found
rule:
${body}
`

test('an ast-grep project becomes a pack with its utilities, and reads nothing outside of itself', () =>
  withRules(
    {
      'sgconfig.yml':
        "ruleDirs: [rules, '../..']\nutilDirs: [utils, '../..']\ntestConfigs: [{testDir: tests}]\n",
      'rules/no-eval.yml': TREE_RULE('  matches: is-eval'),
      'utils/is-eval.yml': 'id: is-eval\nlanguage: python\nrule: {pattern: eval($A)}\n',
      'tests/no-eval-test.yml': 'id: no-eval\nvalid: [f()]\ninvalid: [eval(x)]\n',
    },
    async folder => {
      const { out } = await run(folder, 'rules', 'add', '../rules')
      assert.match(out, /Added rules: 3 files .*\n1 rule runs\./)
      assert.deepEqual(await found(folder), ['own/no-eval'])
      assert.match((await run(folder, 'rules', 'explain', 'no-eval')).out, /^ +matches: is-eval$/m)
      folder.write('project/.codeant/packs/rules/sgconfig.yml', 'ruleDirs: [rules]\n')
      assert.match((await run(folder, 'analyze')).err, /not run.*sgconfig\.yml/)
      assert.deepEqual(await found(folder), [])
    },
  ))
