// What other people's work goes into what people install, and on which terms: named, allowed, and in a bill that scanners read.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { BASE_LICENCES, packagesOf } from '../../deploy/image/bill.mjs'
import { type Bill, bill, component, licences } from '../../deploy/release/sbom.mjs'
import {
  ALLOWED,
  ALLOWED_AT_HOME,
  isAllowed,
  packageFolder,
  Shipped,
  type ThirdParty,
} from '../../server/tools/third-party.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const shipped = readJson('dist/third-party.json') as readonly ThirdParty[]

test('nothing that is passed on asks for more than to be named', () => {
  const wrong = shipped.filter(it => !isAllowed(it.licence)).map(it => `${it.name}: ${it.licence}`)
  assert.deepEqual(wrong, [])
  assert.ok(shipped.length > 80, 'the build tells of every package')
})

test('neither does anything that only helps to build, unless it stays at home', () => {
  const { packages } = readJson('package-lock.json') as {
    packages: Record<string, { license?: string; link?: boolean }>
  }
  const wrong = Object.entries(packages)
    .filter(([path, it]) => path.startsWith('node_modules/') && !it.link)
    .filter(([, it]) => !isAllowed(it.license ?? 'unknown', ALLOWED_AT_HOME))
    .map(([path, it]) => `${path}: ${it.license}`)
  assert.deepEqual(wrong, [])
})

test('a licence that asks for our sources would be noticed', () => {
  for (const it of [
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'LGPL-2.1-only',
    'SSPL-1.0',
    'BUSL-1.1',
    'unknown',
    '',
  ])
    assert.equal(isAllowed(it, ALLOWED_AT_HOME), false, it)
  assert.equal(isAllowed('MPL-2.0'), false)
  assert.equal(isAllowed('MIT AND GPL-3.0-only'), false)
  assert.equal(isAllowed('(MIT OR GPL-3.0-or-later)'), true)
  assert.equal(isAllowed('MIT AND Zlib'), true)
  assert.ok([...ALLOWED].every(it => ALLOWED_AT_HOME.has(it)))
})

test('a bundle tells of every package that it took a byte of, also of one inside of another', () => {
  const folder = temporaryFolder()
  try {
    for (const [path, text] of Object.entries({
      'package-lock.json': JSON.stringify({ packages: {} }),
      'node_modules/a/package.json': '{ "name": "a", "version": "1.0.0", "license": "GPL-3.0-only" }',
      'node_modules/a/LICENSE.md': 'Terms of a.',
      'node_modules/a/node_modules/@b/c/package.json': '{ "name": "@b/c", "version": "2.0.0" }',
    })) {
      mkdirSync(join(folder.path, path, '..'), { recursive: true })
      writeFileSync(join(folder.path, path), text)
    }
    const seen = new Shipped(folder.path)
    const took = (bytesInOutput: number) => ({ bytesInOutput })
    seen.bundled('gateway', {
      inputs: {},
      outputs: {
        'out.mjs': {
          ...{ bytes: 1, imports: [], exports: [] },
          inputs: {
            'node_modules/a/index.js': took(10),
            'node_modules/a/node_modules/@b/c/index.js': took(1),
            'node_modules/unused/index.js': took(0),
            'server/src/main.ts': took(5),
          },
        },
      },
    })
    seen.write(folder.path)
    const list = JSON.parse(
      readFileSync(join(folder.path, 'third-party.json'), 'utf8'),
    ) as readonly ThirdParty[]
    assert.deepEqual(
      list.map(it => [it.name, it.version, it.licence, it.parts]),
      [
        ['@b/c', '2.0.0', 'unknown', ['gateway']],
        ['a', '1.0.0', 'GPL-3.0-only', ['gateway']],
      ],
    )
    const text = readFileSync(join(folder.path, 'THIRD-PARTY-LICENSES.txt'), 'utf8')
    assert.match(text, /a 1\.0\.0: GPL-3\.0-only\n-+\nTerms of a\./)
    assert.match(text, /@b\/c 2\.0\.0: unknown\n-+\nIts archive holds no text/)
  } finally {
    folder.remove()
  }
  assert.equal(packageFolder('server/src/main.ts'), undefined)
})

test('the terms of everybody stand in the file that comes along', () => {
  const text = readFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
  for (const { name, version, licence } of shipped)
    assert.ok(text.includes(`${name} ${version}: ${licence}\n`), name)
})

test('the bill of the extension names each part once, with a licence and, where it has one, a digest', () => {
  const told = JSON.parse(
    execFileSync(process.execPath, [join(root, 'deploy/release/sbom.mjs')], { encoding: 'utf8' }),
  ) as Bill
  assert.deepEqual([told.bomFormat, told.specVersion, told.version], ['CycloneDX', '1.6', 1])
  assert.match(told.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  const references = told.components.map(it => it['bom-ref'])
  assert.equal(new Set(references).size, references.length)
  assert.deepEqual([...told.dependencies[0]!.dependsOn].sort(), [...references].sort())
  for (const it of told.components) assert.ok(it.licenses!.length > 0, it.name)
  const expected = shipped.filter(it => it.parts.includes('extension')).map(it => it.name)
  assert.deepEqual(
    expected.filter(name => !told.components.some(it => it.name === name)),
    [],
  )
  assert.ok(told.components.some(it => it.type === 'machine-learning-model'))
  for (const it of told.components.filter(part => part.purl?.startsWith('pkg:npm/')))
    assert.match(it.hashes![0]!.content, /^[0-9a-f]{128}$/, it.name)
})

test('the same parts give the same bill, and other parts another', () => {
  const of = (name: string) => bill('application', 'x', [component('library', name, '1')])
  assert.deepEqual(of('a'), of('a'))
  assert.notEqual(of('a').serialNumber, of('b').serialNumber)
  assert.deepEqual(licences('A WITH B'), [{ expression: 'A WITH B' }])
})

test('what the image stands on is known by name, version and licence', () => {
  const folder = temporaryFolder()
  try {
    const docs = join(folder.path, 'usr/share/doc/libc6')
    mkdirSync(docs, { recursive: true })
    writeFileSync(
      join(docs, 'changelog.Debian.gz'),
      gzipSync('glibc (2.36-9+deb12u14) bookworm; urgency=medium\n'),
    )
    assert.deepEqual(packagesOf(folder.path), [
      { name: 'libc6', version: '2.36-9+deb12u14', source: 'glibc' },
    ])
    writeFileSync(join(docs, 'changelog.Debian.gz'), gzipSync('nothing\n'))
    assert.throws(() => packagesOf(folder.path), /names no version/)
  } finally {
    folder.remove()
  }
  const { stdout } = spawnSync(process.execPath, [join(root, 'deploy/release/sbom.mjs'), '--help'], {
    encoding: 'utf8',
  })
  assert.match(stdout, /bill of materials/)
  assert.ok(Object.keys(BASE_LICENCES).includes('libc6'))
})
