// Known advisories: versions in the order of their ecosystems, what files pin, and the archive from its entries to a finding.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { fixAll } from '../../server/src/features/fixes.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import {
  advisoryState,
  importAdvisories,
  installedAdvisories,
  removeAdvisories,
} from '../../server/src/host/node/advisory-index.ts'
import { BadZip, zipEntries } from '../../server/src/host/node/zip.ts'
import { isFixed } from '../../server/src/rules/example.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import knownAdvisory, { rulesWith } from '../../server/src/rules/security/known-advisory.ts'
import { pinnedPackages } from '../../server/src/rules/support/advisories/pinned-packages.ts'
import { compareVersions, type Ecosystem } from '../../server/src/rules/support/advisories/versions.ts'
import { pathOfExample } from '../../server/tools/example-workspace.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()
const folder = mkdtempSync(join(tmpdir(), 'codeant-advisories-test-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const env = { CODEANT_CACHE: join(folder, 'cache') }

/** Each is older than the next. */
function checkOrder(ecosystem: Ecosystem, versions: string): void {
  test(`${ecosystem}: ${versions}`, () => {
    const all = versions.split(' < ')
    for (const [i, one] of all.entries())
      for (const [j, other] of all.entries())
        assert.equal(Math.sign(compareVersions(ecosystem, one, other)!), Math.sign(i - j), `${one} ${other}`)
  })
}

checkOrder(
  'npm',
  '1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0 < 1.9.0 < 1.10.0',
)
checkOrder('crates.io', '0 < 0.3.9 < 0.10.0-rc.1 < 0.10.0 < 20240101000000000000.0.0')
checkOrder(
  'PyPI',
  '1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0b2 < 1.0rc1 < 1.0 < 1.0+local < 1.0.post1 < 1.0.1 < 1.10 < 1!0.1',
)

test('versions that are the same, and texts that are none', () => {
  assert.equal(compareVersions('PyPI', '1.0', '1.0.0'), 0)
  assert.equal(compareVersions('PyPI', '1.0-1', '1.0.post1'), 0)
  assert.equal(compareVersions('npm', '1.2.3+a', '1.2.3+b'), 0)
  assert.equal(compareVersions('npm', 'latest', '1.0.0'), undefined)
  assert.equal(compareVersions('PyPI', 'main', '1.0'), undefined)
})

/** `name version` of each package that is pinned. */
function checkPinned(path: string, text: string, expected: string): void {
  test(`pinned in ${path}: ${expected}`, () => {
    const packages = pinnedPackages(path, text)?.packages ?? []
    assert.equal(packages.map(it => `${it.name} ${it.version}`).join(', '), expected)
    for (const it of packages) assert.equal(text.slice(it.start, it.end), it.version)
  })
}

checkPinned(
  'package-lock.json',
  '{ "lockfileVersion": 3, "packages": { "": { "version": "1.0.0" }, "node_modules/a": { "version": "1.2.3" }, "node_modules/a/node_modules/@b/c": { "version": "2.0.0" } } }',
  'a 1.2.3, @b/c 2.0.0',
)
checkPinned(
  'package-lock.json',
  '{ "lockfileVersion": 1, "dependencies": { "@a/b": { "version": "1.2.3", "resolved": "x", "requires": { "c": "^1.0.0" } } } }',
  '@a/b 1.2.3',
)
checkPinned(
  'yarn.lock',
  '"@a/b@^1.0.0", "@a/b@^1.1.0":\n  version "1.2.3"\n\nc@1:\n  version "1.0.0"\n',
  '@a/b 1.2.3, c 1.0.0',
)
checkPinned('yarn.lock', '"@a/b@npm:^1.0.0":\n  version: 1.2.3\n  resolution: x\n', '@a/b 1.2.3')
checkPinned(
  'pnpm-lock.yaml',
  "importers:\n  a@1.0.0: x\npackages:\n\n  '@a/b@1.2.3(c@1.0.0)':\n    x: y\n  /d/2.0.0_c@1:\n    x: y\nsnapshots:\n  e@1.0.0: {}\n",
  '@a/b 1.2.3, d 2.0.0',
)
checkPinned(
  'requirements-dev.txt',
  '# a==1.0\nDjango==3.2.1 ; x\nb>=1.0\nc==1.*\nd[e]==2.0\\\n  --hash=x\n',
  'Django 3.2.1, d 2.0',
)
checkPinned(
  'Cargo.lock',
  '[[package]]\nname = "own"\nversion = "0.1.0"\n\n[[package]]\nname = "a"\nversion = "1.2.3"\nsource = "registry+https://x"\n',
  'a 1.2.3',
)
checkPinned(
  'uv.lock',
  '[[package]]\nname = "a"\nversion = "1.2"\nsource = { registry = "x" }\n\n[[package]]\nname = "own"\nversion = "0"\nsource = { editable = "." }\n',
  'a 1.2',
)
checkPinned(
  'package.json',
  '{ "version": "1.0.0", "devDependencies": { "a": "1.2.3", "b": "~1.2.3", "c": "1.x" } }',
  'a 1.2.3',
)

/** As OSV writes them. */
const ENTRIES = [
  {
    id: 'GHSA-left-0001',
    aliases: ['CVE-2024-0001'],
    summary: 'Prices can be negative.',
    affected: [
      {
        package: { ecosystem: 'npm', name: 'left-shop' },
        ranges: [
          {
            type: 'SEMVER',
            events: [{ introduced: '0' }, { fixed: '1.2.3' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }],
          },
        ],
      },
    ],
  },
  {
    id: 'GHSA-left-0002',
    affected: [
      {
        package: { ecosystem: 'npm', name: 'left-shop' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.4' }] }],
      },
    ],
  },
  {
    id: 'PYSEC-2024-1',
    affected: [
      {
        package: { ecosystem: 'PyPI', name: 'Py.Shop' },
        ranges: [
          { type: 'GIT', events: [{ introduced: 'abc' }] },
          { type: 'ECOSYSTEM', events: [{ introduced: '1.0' }, { fixed: '2.0.1' }] },
        ],
        versions: ['1.0', '2.0'],
      },
    ],
  },
  {
    id: 'RUSTSEC-2024-0001',
    affected: [
      {
        package: { ecosystem: 'crates.io', name: 'shop' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0.0.0-0' }, { last_affected: '0.3.0' }] }],
      },
      {
        package: { ecosystem: 'crates.io', name: 'quiet' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
        database_specific: { informational: 'unmaintained' },
      },
    ],
  },
  {
    id: 'GHSA-gone',
    withdrawn: '2024-01-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'npm', name: 'right-shop' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
      },
    ],
  },
]

const archive = join(folder, 'all.zip')
writeFileSync(archive, zipOf(ENTRIES.map(it => [`${it.id}.json`, JSON.stringify(it)])))

test('without an archive nothing is said', () => {
  assert.equal(installedAdvisories(env), undefined)
  assert.deepEqual(found('package.json', '{ "dependencies": { "left-shop": "1.2.0" } }'), [])
})

test('an archive becomes an index, and findings say what is known', () => {
  const { ecosystems } = importAdvisories([archive], env, new Date('2026-01-02'))
  assert.deepEqual(
    Object.entries(ecosystems).map(([name, it]) => `${name}: ${it.advisories} for ${it.packages}`),
    ['npm: 2 for 1', 'PyPI: 1 for 1', 'crates.io: 1 for 1'],
  )
  assert.deepEqual(
    found('package.json', '{ "dependencies": { "left-shop": "1.2.0", "right-shop": "1.0.0" } }'),
    ['left-shop 1.2.0 CVE-2024-0001,GHSA-left-0002 → 1.2.4'],
  )
  assert.deepEqual(found('package.json', '{ "dependencies": { "left-shop": "2.0.5" } }'), [
    'left-shop 2.0.5 CVE-2024-0001 → 2.1.0',
  ])
  assert.deepEqual(found('requirements.txt', 'py_shop==2.0rc1\n'), ['py_shop 2.0rc1 PYSEC-2024-1 → 2.0.1'])
  const crates = ['0.2.0', '0.3.1'].map(
    it => `[[package]]\nname = "shop"\nversion = "${it}"\nsource = "registry+x"\n`,
  )
  assert.deepEqual(found('Cargo.lock', crates.join('\n')), ['shop 0.2.0 RUSTSEC-2024-0001 → '])
})

test('the examples of the rule', () => {
  const engine = { parser, rules: new RuleSet(rulesWith([knownAdvisory], installedAdvisories(env))) }
  for (const it of [...knownAdvisory.examples.invalid, ...knownAdvisory.examples.valid]) {
    const example = isFixed(it) ? it.before : it
    const { findings } = analyseFile(engine, pathOfExample(example), example.language, example.text)
    const isValid = knownAdvisory.examples.valid.includes(example)
    assert.deepEqual(
      findings.map(({ start, end }) => ({ start, end })),
      isValid ? [] : example.marks,
    )
    if (!isFixed(it)) continue
    const source = { path: pathOfExample(example), language: example.language, text: example.text }
    assert.equal(fixAll(engine, source, () => true).text, it.after.text)
  }
})

test('an import replaces what is known of its ecosystems only, and another one has another digest', () => {
  const before = advisoryState(env)!
  const entry = join(folder, 'one.json')
  writeFileSync(entry, JSON.stringify({ ...ENTRIES[2], id: 'PYSEC-2024-2' }))
  importAdvisories([entry], env, new Date('2026-02-03'))
  const { digest, ecosystems } = advisoryState(env)!
  assert.notEqual(digest, before.digest)
  assert.deepEqual(ecosystems.npm, before.ecosystems.npm)
  assert.deepEqual(found('requirements.txt', 'py-shop==1.0\n'), ['py-shop 1.0 PYSEC-2024-2 → 2.0.1'])
  removeAdvisories(env)
  assert.equal(advisoryState(env), undefined)
})

test('what is no archive, or a damaged one, is refused', () => {
  assert.throws(() => [...zipEntries(Buffer.from('no archive at all, but long enough'))], BadZip)
  const whole = zipOf([['a.json', '{}']])
  const damaged = Buffer.from(whole)
  damaged.writeUInt32LE(0, whole.length - 22 + 16)
  assert.throws(() => [...zipEntries(damaged)].map(it => it.read()), BadZip)
})

function found(path: string, text: string): string[] {
  const engine = {
    parser,
    rules: new RuleSet(rulesWith(RULES, installedAdvisories(env)).filter(it => it.id === knownAdvisory.id)),
  }
  return analyseFile(engine, path, languageOf(path)!, text).findings.map(
    ({ data }) => `${data.name} ${data.version} ${(data.ids as string[]).join()} → ${data.fixed}`,
  )
}

/** Half of the entries packed, half as they are. */
function zipOf(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [i, [name, text]] of files.entries()) {
    const method = i % 2 === 0 ? 8 : 0
    const raw = Buffer.from(text)
    const packed = method === 8 ? deflateRawSync(raw) : raw
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(method, 8)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(raw.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
