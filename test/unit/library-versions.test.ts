// What the manifests of a project say that settles a finding: which versions of libraries they ask for.

import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isOfAnotherVersion } from '../../server/src/features/library-versions.ts'
import { endOfRange } from '../../server/src/features/version-bounds.ts'
import { Manifests } from '../../server/src/host/node/library-versions.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

type Files = Readonly<Record<string, string>>

/** The files in which a finding of this entry is settled by what the others say. */
function settledIn(files: Files, entry: string): string[] {
  const folder = temporaryFolder()
  try {
    for (const [path, text] of Object.entries(files)) folder.write(path, text)
    const known = new Manifests()
    const isSettledIn = (path: string) =>
      isOfAnotherVersion(
        { rule: 'correctness/deprecated-api', start: 0, end: 1, data: { entry } },
        known.around(join(folder.path, path), folder.path),
      )
    return Object.keys(files).filter(it => /\.(py|jsx|rs)$/.test(it) && isSettledIn(it))
  } finally {
    folder.remove()
  }
}

function checkVersion(what: string, entry: string, files: Files, expected: readonly string[]) {
  test(what, () => assert.deepEqual(settledIn(files, entry), expected))
}

const RENDER = 'javascript/react-dom.render'
const react = (range: string) => JSON.stringify({ dependencies: { 'react-dom': range } })
checkVersion(
  'the version asked for is long before',
  RENDER,
  { 'a.jsx': '', 'package.json': react('^16.9.0') },
  ['a.jsx'],
)
checkVersion('the one before is told of', RENDER, { 'a.jsx': '', 'package.json': react('^18.2.0') }, [])
checkVersion('any of several', RENDER, { 'a.jsx': '', 'package.json': react('^16 || ^17 || ^19') }, [])
checkVersion(
  'the nearest manifest that names it',
  RENDER,
  { 'a.jsx': '', 'web/b.jsx': '', 'package.json': react('^16.9.0'), 'web/package.json': react('^19.0.0') },
  ['a.jsx'],
)
checkVersion(
  'a package that stands in for a module of Node',
  'javascript/url.parse',
  { 'a.jsx': '', 'package.json': '{ "dependencies": { "url": "^0.11.4" } }', 'b/c.jsx': '' },
  ['a.jsx', 'b/c.jsx'],
)
const BIND = 'rust/hyper.Server.bind'
checkVersion(
  'another crate goes by that name',
  BIND,
  { 'src/main.rs': '', 'Cargo.toml': '[package]\nname = "a"\n[dependencies]\nhyper_wasm = "0.15"' },
  ['src/main.rs'],
)
checkVersion(
  'the workspace says the version',
  BIND,
  {
    'a/src/main.rs': '',
    'a/Cargo.toml': '[package]\nname = "a"\n[dependencies]\nhyper = { workspace = true }',
    'Cargo.toml': '[workspace.dependencies]\nhyper = "0.14"',
  },
  [],
)
checkVersion(
  'a pinned requirement',
  'python/django.conf.urls.url',
  { 'a.py': '', 'requirements.txt': 'requests\nDjango==2.2.1  # for now' },
  ['a.py'],
)

checkVersion(
  'who has pinned the one before does not get ready',
  RENDER,
  { 'a.jsx': '', 'package.json': react('18.2.0') },
  ['a.jsx'],
)

test('a manifest that is no file, or has no end, says nothing', {
  skip: process.platform === 'win32',
}, () => {
  const folder = temporaryFolder()
  try {
    folder.write('a.jsx', '')
    symlinkSync('/dev/zero', join(folder.path, 'package.json'))
    const around = new Manifests().around(join(folder.path, 'a.jsx'), folder.path)
    assert.equal(around.rangeOf('javascript', 'react-dom'), undefined)
  } finally {
    folder.remove()
  }
})

test('where a range ends', () => {
  const ends: readonly (readonly [
    string,
    'npm' | 'cargo' | 'python',
    readonly [number, number] | undefined,
  ])[] = [
    ['^16.14.0', 'npm', [17, 0]],
    ['~1.2.3', 'npm', [1, 3]],
    ['>=16 <18', 'npm', [18, 0]],
    ['1.2.0 - 2.3.4', 'npm', [2, 4]],
    ['16.x', 'npm', [17, 0]],
    ['workspace:*', 'npm', undefined],
    ['0.14', 'cargo', [0, 15]],
    ['=1.4.2', 'cargo', [1, 5]],
    ['>=1.0', 'cargo', undefined],
    ['>=3.2,<5', 'python', [5, 0]],
    ['~=3.2', 'python', [4, 0]],
    ['~=3.2.1', 'python', [3, 3]],
    ['==2.*', 'python', [3, 0]],
    ['!=2.0', 'python', undefined],
  ]
  for (const [range, style, end] of ends) assert.deepEqual(endOfRange(range, style), end, range)
})
