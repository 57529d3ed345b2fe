// The picture of a project: which folders it shows, what ties them, and that other programs can read what is written.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Picture } from '@codeant/shared/picture.ts'
import { dotOf, mermaidOf } from '../../server/src/cli/output/graph-text.ts'
import { foldersOf, type PlainTie, pictureOf } from '../../server/src/features/architecture-picture.ts'

const lineOf = (_: string, offset: number) => offset + 1

/** `a.ts import b.ts`, `web/a.ts call api/b.py` */
function ties(...said: readonly string[]): PlainTie[] {
  return said.map(it => {
    const [from, kind, to] = it.split(' ') as [string, PlainTie['kind'], string]
    const end = (text: string): PlainTie['from'] =>
      text.startsWith('$') ? { thing: 'variable', name: text.slice(1) } : { file: text, offset: 4 }
    return { kind, from: end(from), to: end(to), ...(kind === 'call' && { label: 'GET /"x"' }) }
  })
}

const edgesOf = ({ edges }: Picture) =>
  edges.map(
    it =>
      `${it.from} ${it.kind} ${it.to}${it.count > 1 ? ` × ${it.count}` : ''}${it.crossesLanguages ? ' !' : ''}`,
  )

function check(by: Picture['by'], most: number, said: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(edgesOf(pictureOf(ties(...said), { by, most, lineOf })), expected)
}

test('by file, every tie is a line, and equal ones are one', () => {
  check(
    'file',
    40,
    ['web/b.ts import web/c.js', 'web/a.ts call api/r.py', 'web/a.ts call api/r.py'],
    ['web/a.ts call api/r.py × 2 !', 'web/b.ts import web/c.js'],
  )
})

test('by folder, what stays inside of a folder is no line', () => {
  const said = ['web/a.ts import web/b.ts', 'web/a.ts call api/r.py', 'web/b.ts call api/s.py']
  check('folder', 40, said, ['web/ call api/ × 2 !'])
})

test('a thing that two languages share crosses their border, one that settings share does not', () => {
  check(
    'file',
    40,
    ['a.py variable $URL', 'b.ts variable $URL', '$PORT variable .env', 'a.py variable $PORT'],
    [
      'a.py variable variable:PORT',
      'a.py variable variable:URL !',
      'b.ts variable variable:URL !',
      'variable:PORT variable .env',
    ],
  )
})

function folders(most: number, files: string): string[] {
  return [...new Set(foldersOf(files.split(' '), most).values())].sort()
}

test('the fullest folder is opened as long as there is room', () => {
  const files = 'api/users/a.py api/users/b.py api/items/c.py web/d.ts x.py'
  assert.deepEqual(folders(9, files), ['./', 'api/items/', 'api/users/', 'web/'])
  assert.deepEqual(folders(3, files), ['./', 'api/', 'web/'])
  // What is at the top is always shown.
  assert.deepEqual(folders(1, files), ['./', 'api/', 'web/'])
  assert.deepEqual(folders(9, 'src/deep/down/a.ts src/deep/down/b.ts'), ['src/deep/down/'])
})

const AWKWARD = pictureOf(
  ties('we"b\\a.ts call api/[id]/r.py', 'a#1.ts import b|c.ts', 'a#1.ts variable $X'),
  {
    by: 'file',
    lineOf,
  },
)

test('DOT holds any name', () => {
  const string = String.raw`"(?:[^"\\\n]|\\["\\])*"`
  const line = new RegExp(
    `^(digraph codeant \\{|\\}|  rankdir=LR|  (node|edge) \\[.*\\]|  ${string} \\[label=${string}, shape=\\w+\\]|  ${string} -> ${string} \\[label=${string}(, \\w+=("#\\w{6}"|\\w+))+\\])$`,
  )
  for (const it of dotOf(AWKWARD).trimEnd().split('\n')) assert.match(it, line)
})

test('Mermaid holds any name', () => {
  const text = String.raw`"(?:[\p{L}\p{N} ./:_×-]|#\d+;)*"`
  const box = String.raw`(\[${text}\]|\[\(${text}\)\]|\(\[${text}\]\)|>${text}\])`
  const line = new RegExp(`^(flowchart LR|  n\\d+${box}|  n\\d+ (-->|==>|-\\.->)\\|${text}\\| n\\d+)$`, 'u')
  for (const it of mermaidOf(AWKWARD).trimEnd().split('\n')) assert.match(it, line)
})
