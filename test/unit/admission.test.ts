// Which files are analysed, and how bytes become text and back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { admitBytes, admitText, decode, encode } from '../../server/src/features/admission.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'

test('files that are no code are refused with their reason', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  assert.equal(admitBytes(bytes('x = 1'), DEFAULT_SETTINGS), undefined)
  assert.equal(admitBytes(new Uint8Array([0x89, 0x50, 0, 0x47]), DEFAULT_SETTINGS), 'binary')
  assert.equal(admitBytes(new Uint8Array(DEFAULT_SETTINGS.maxFileSize + 1), DEFAULT_SETTINGS), 'too-large')
  assert.equal(admitText(`var a=${'1+'.repeat(9000)}1`, 'javascript', DEFAULT_SETTINGS), 'minified')
  const broken = `${'function(a,b){return a(b)},'.repeat(20)}\n`.repeat(20)
  assert.equal(admitText(broken, 'javascript', DEFAULT_SETTINGS), 'minified')
  const data = `const a = '${'x'.repeat(400)}'\n`.repeat(30)
  assert.equal(admitText(data, 'javascript', DEFAULT_SETTINGS), undefined)
  assert.equal(admitText(`a = 1\n`.repeat(9000), 'javascript', DEFAULT_SETTINGS), undefined)
  assert.equal(admitText(`{"a":"${'x'.repeat(9000)}"}`, 'json', DEFAULT_SETTINGS), undefined)
})

test('text survives the way from bytes and back', () => {
  const text = 'año = "«👍»"\r\n'
  const utf16 = (little: boolean) => encode(text, little ? 'utf-16le' : 'utf-16be')!
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [new TextEncoder().encode(text), 'utf-8'],
    [new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]), 'utf-8-bom'],
    [utf16(true), 'utf-16le'],
    [utf16(false), 'utf-16be'],
  ]
  for (const [bytes, encoding] of cases) {
    assert.equal(admitBytes(bytes, DEFAULT_SETTINGS), undefined)
    const decoded = decode(bytes)!
    assert.deepEqual(decoded, { text, encoding })
    assert.deepEqual(Buffer.from(encode(decoded.text, decoded.encoding)!), Buffer.from(bytes))
  }
})

test('an old one-byte file is read, but never written', () => {
  const decoded = decode(Uint8Array.from([0x61, 0xf1, 0x6f]))!
  assert.deepEqual(decoded, { text: 'año', encoding: 'windows-1252' })
  assert.equal(encode('a', decoded.encoding), undefined)
  assert.equal(decode(Uint8Array.from([0xff, 0x01, 0x02, 0xe9])), undefined)
})

test('names say which language a file is in', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['a/b.py', 'python'],
    ['a.pyi', 'python'],
    ['a.tsx', 'typescript'],
    ['a.MJS', 'javascript'],
    ['src/lib.rs', 'rust'],
    ['a.json', 'json'],
    ['tsconfig.json', 'jsonc'],
    ['x/tsconfig.build.json', 'jsonc'],
    ['.vscode/settings.json', 'jsonc'],
    ['a.yml', 'yaml'],
    ['Cargo.toml', 'toml'],
    ['README.md', 'text'],
    ['Dockerfile', 'text'],
    ['.env', 'text'],
    ['a.png', undefined],
    ['LICENSE', undefined],
  ]
  for (const [name, language] of cases) assert.equal(languageOf(name), language, name)
  assert.equal(grammarOf('typescript', 'a.tsx'), 'tsx')
  assert.equal(grammarOf('typescript', 'a.ts'), 'typescript')
  assert.equal(grammarOf('json', 'a.json'), undefined)
})
