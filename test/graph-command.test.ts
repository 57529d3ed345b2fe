// `codeant graph`, as a person uses it.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Picture } from '@codeant/shared/picture.ts'
import { codeant } from './support/memory-terminal.ts'
import { inFolder } from './support/temporary-folder.ts'

const PROJECT = `//- .codeant.toml
//- api/main.py
from fastapi import FastAPI
from api.store import load

app = FastAPI()

@app.get("/api/orders/{id}")
def order(id: int):
    return load(id)
//- api/store.py
def load(id):
    return {"id": id, "total": 3}
//- web/orders.ts
export async function order(id: number) {
  const answer = await fetch(\`/api/orders/\${id}\`)
  return answer.json()
}
//- web/page.ts
import { order } from './orders'

export const first = () => order(1)
`

test('files, and a call from one language to the other, with lines', () =>
  inFolder(PROJECT, async folder => {
    const { code, out } = await codeant(['graph'], { cwd: folder.path })
    assert.equal(code, 0)
    const { nodes, edges } = JSON.parse(out) as Picture
    assert.deepEqual(
      nodes.map(it => it.id),
      ['api/main.py', 'api/store.py', 'web/orders.ts', 'web/page.ts'],
    )
    assert.deepEqual(
      edges.map(it => [it.from, it.kind, it.to, it.crossesLanguages]),
      [
        ['api/main.py', 'import', 'api/store.py', false],
        ['web/orders.ts', 'call', 'api/main.py', true],
        ['web/page.ts', 'import', 'web/orders.ts', false],
      ],
    )
    assert.deepEqual(edges[1]!.ties, [
      {
        path: 'web/orders.ts',
        line: 2,
        to: { path: 'api/main.py', line: 6 },
        label: 'GET /api/orders/{id}',
      },
    ])
  }))

test('what lies in one folder, and who is tied to it', () =>
  inFolder(PROJECT, async folder => {
    const { out } = await codeant(['graph', 'web', '--format', 'mermaid', '--by', 'folder'], {
      cwd: folder.path,
    })
    assert.equal(
      out,
      'flowchart LR\n  n0["api/"]\n  n1["web/"]\n  n1 ==>|"GET /api/orders/#123;id#125;"| n0\n',
    )
  }))

test('a page that runs its own script and nothing else', () =>
  inFolder(PROJECT, async folder => {
    const args = ['graph', '--format', 'html', '--output', 'graph.html']
    const { code, out, err } = await codeant(args, { cwd: folder.path, locale: 'es' })
    assert.deepEqual([code, out, err], [0, '', 'codeant: escrito en graph.html\n'])
    const html = readFileSync(join(folder.path, 'graph.html'), 'utf8')
    const script = /<script>([\s\S]*)<\/script>/.exec(html)![1]!
    const digest = createHash('sha256').update(script).digest('base64')
    assert.ok(html.includes(`default-src 'none'; script-src 'sha256-${digest}'`))
    assert.doesNotMatch(html, /<(script|link|img)[^>]+(src|href)=/)
    assert.ok(!html.includes(folder.path), 'nobody learns where it was made')
  }))

test('a kind of tie that there is not', () =>
  inFolder(PROJECT, async folder => {
    const { code, err } = await codeant(['graph', '--ties', 'calls'], { cwd: folder.path })
    assert.equal(code, 2)
    assert.match(err, /--ties cannot be "calls"; it is one of: import, call, foreign/)
  }))

test('a line is explained: who answers, or why nobody can tell', () =>
  inFolder(
    PROJECT.replace(
      '//- web/page.ts',
      '//- web/lost.ts\nexport const lost = () => fetch(next())\n//- web/page.ts',
    ),
    async folder => {
      const explain = async (place: string) => (await codeant(['explain', place], { cwd: folder.path })).out
      assert.match(await explain('web/orders.ts:2'), /GET.*\/api\/orders\/\{id\}[\s\S]*api\/main\.py:6/)
      assert.match(await explain('web/lost.ts:1'), /only known at run time/)
      assert.match(await explain('web/page.ts:1'), /nothing to do with other files/)
      assert.equal((await codeant(['explain', 'web/none.ts:1'], { cwd: folder.path })).code, 2)
    },
  ))
