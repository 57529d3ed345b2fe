// Why nothing is said of a call or a route: the reason that the graph itself had.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyUntied } from '../../server/src/features/why-untied.ts'
import { graphOf } from '../support/graph.ts'

const SERVER = `
from fastapi import FastAPI, APIRouter
app = FastAPI()

@app.get("/api/orders/{id}")
def order(id: int): ...

@app.get("/api/orders")
def orders(): ...

@app.get("/api/customers")
def customers(): ...

lost = APIRouter(prefix="/lost")

@lost.get("/thing")
def thing(): ...
`

/** What is said of a file beside the server, of everything in it. */
function check(
  what: string,
  files: Readonly<Record<string, string>>,
  path: string,
  expected: readonly RegExp[],
): void {
  test(what, () => {
    const { relations } = graphOf({ 'server/main.py': SERVER, ...files })
    const says = whyUntied(relations, path, 0, 10_000, 'en').map(it => it.says)
    assert.equal(says.length, expected.length, says.join('\n'))
    for (const [i, it] of expected.entries()) assert.match(says[i]!, it)
    assert.equal(whyUntied(relations, path, 0, 10_000, 'es').length, expected.length)
  })
}

const script = (text: string) => ({ 'web/a.ts': text })

check(
  'a call that is answered leaves no question',
  script("export const a = () => fetch('/api/orders/1')"),
  'web/a.ts',
  [],
)
check('a path of which nothing is written', script('export const a = () => fetch(urls.next())'), 'web/a.ts', [
  /whole path is only known at run time/,
])
check("somebody else's server", script("export const a = () => fetch('https://example.com/x')"), 'web/a.ts', [
  /somebody else’s server/,
])
check(
  'a method that no route takes',
  script("export const a = () => fetch('/api/orders', { method: 'DELETE' })"),
  'web/a.ts',
  [/none of them by this method/],
)
check('a path that nobody here answers', script("export const a = () => fetch('/search/all')"), 'web/a.ts', [
  /no route of this workspace begins so/,
])
check(
  'a base that nobody knows',
  script('export const a = () => fetch(`${window.base}/things/7`)'),
  'web/a.ts',
  [/too few calls with the same base/],
)
check('what passes on', script('export const a = (path: string) => fetch(path)'), 'web/a.ts', [
  /at each place where the function is called/,
])
check('what is asked by tests', { 'test/a.test.ts': "fetch('/api/nothing')" }, 'test/a.test.ts', [
  /tests also ask/,
])
check('a router that is mounted nowhere', {}, 'server/main.py', [/only the end of this path/])
