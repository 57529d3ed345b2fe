/** Things that do not depend on each other are fetched one after the other. */

import { calleeName, hasSpread, receiver } from '../../semantics/calls.ts'
import { calledName, importsAny } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isShort, LOOPS, loopAround } from '../support/loops.ts'
import { isExamplePath, isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'performance/await-in-loop',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'waiting-for-results',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    Await(node, file) {
      const call = node.child('value')?.unwrapped
      return call?.kind === 'Call' && LAST_NAMES.has(calleeName(call))
        ? awaitInLoop(node, call, file)
        : undefined
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `The loop waits for each \`${name}\` before it starts the next one`,
      why: 'None of them needs what another one brings. One after the other, their waiting times add up; together, they take about as long as the slowest.',
      remedy:
        'Start them all, then wait for all of them at once; when there may be many, let only a few run at a time.',
    }),
    es: ({ name }) => ({
      message: `El bucle espera a que termine cada \`${name}\` antes de empezar el siguiente`,
      why: 'Ninguno necesita lo que trae otro. Uno tras otro, sus esperas se suman; juntos, tardan más o menos lo que el más lento.',
      remedy:
        'Inícialos todos y después espera a todos a la vez; si pueden ser muchos, deja que solo unos pocos corran al mismo tiempo.',
    }),
  },

  examples: {
    invalid: [
      ts`
        async function f(urls: string[]) {
          const pages = []
          for (const url of urls) {
            const page = «await» fetch(url)
            pages.push(await page.json())
          }
          return pages
        }
      `,
      js`
        import axios from 'axios'
        async function f(ids) {
          const all = {}
          for (const id of ids) all[id] = «await» axios.get('/users/' + id)
          return all
        }
      `,
      py`
        import httpx
        async def f(ids):
            async with httpx.AsyncClient() as client:
                users = []
                for id in ids:
                    user = «await» client.get(f"/users/{id}")
                    users.append(user.json())
                return users
      `,
      py`
        import httpx
        async def f(client: httpx.AsyncClient, urls):
            return [«await» client.get(url) for url in urls]
      `,
      rs`
        async fn f(urls: &[String]) -> Result<Vec<Response>> {
            let mut pages = vec![];
            for url in urls {
                let page = reqwest::get(url).«await»?;
                pages.push(page);
            }
            Ok(pages)
        }
      `,
      rs`
        async fn f(client: &reqwest::Client, urls: &[Url]) {
            for url in urls { g(client.get(url).send().«await»); }
        }
      `,
    ],
    valid: [
      // The disk of this machine answers at once.
      js`
        const fs = require('fs').promises
        async function f(names) {
          for (const name of names) {
            const text = await fs.readFile(path.join(root, name), 'utf8')
            texts.push(text)
          }
        }
      `,
      ts`async function f(urls: string[]) { return await Promise.all(urls.map(a => fetch(a))) }`,
      py`
        import httpx
        async def f(client, urls):
            return await asyncio.gather(*(client.get(url) for url in urls))
      `,
      rs`async fn f(urls: &[Url]) -> Vec<Page> { join_all(urls.iter().map(reqwest::get)).await }`,
      // The order matters, or may matter: they do something.
      js`async function f(a) { for (const b of a) g(await fetch(b, { method: 'POST' })) }`,
      js`async function f(a) { for (const b of a) { const c = await fetch(b); await save(c) } }`,
      js`async function f(a) { for (const b of a) await fetch(b) }`,
      // Whatever this does.
      js`async function f(a) { for (const b of a) g(await getUser(b)) }`,
      js`async function f(a, fetch) { for (const b of a) g(await fetch(b)) }`,
      py`
        async def f(cache, keys):
            for key in keys: g(await cache.get(key))
      `,
      // One needs what the one before it brought.
      js`async function f(a, c) { for (const b of a) { c = await fetch(b + c) } }`,
      js`
        async function f(a) {
          let token
          for (const b of a) {
            const c = await fetch(b + '?token=' + token)
            token = c.token
          }
        }
      `,
      // The first one that fits ends the search.
      js`async function f(a) { for (const b of a) { const c = await fetch(b); if (c.ok) return c } }`,
      js`async function f(a) { for (const b of a) { const c = await fetch(b); if (c.ok) break; g(c) } }`,
      // The next one is tried when this one fails.
      js`async function f(a) { for (const b of a) { try { g(await fetch(b)) } catch { g(b) } } }`,
      // Pages, tries, streams.
      js`async function f(a) { while (a) { const b = await fetch(a); a = b.next } }`,
      js`async function f(a) { for await (const b of a) g(await fetch(b)) }`,
      js`async function f(a) { for (const attempt of a) { const c = await fetch(attempt); g(c) } }`,
      // Somebody waits in between on purpose.
      js`async function f(a) { for (const b of a) { g(await fetch(b)); await sleep(100) } }`,
      // Only what is still missing.
      js`async function f(a) { for (const b of a) if (!all.has(b)) all.set(b, await fetch(b)) }`,
      // Of no weight: what a file is called and how long it is lies in memory as a rule.
      js`const fs = require('fs/promises'); async function f(a) { for (const b of a) g(await fs.stat(b)) }`,
      // The same each time, or a few.
      js`async function f(a) { for (const b of a) g(b, await fetch('/token')) }`,
      js`async function f() { for (const b of ['/a', '/b']) g(await fetch(b)) }`,
    ],
  },
})

/** What fetches or looks, and changes nothing. */
const LAST_NAMES: ReadonlySet<string> = new Set('fetch get head axios got ky send'.split(' '))
const SCRIPT_READS = /^(fetch|axios(\.get|\.head)?|got(\.get)?|ky(\.get)?)$/
const RUST_READS = /^reqwest\.get$/
const PARTS_OF_RESPONSE: ReadonlySet<string> = new Set('json text blob arrayBuffer bytes formData'.split(' '))

function isRead(file: SourceFile, call: SyntaxNode): boolean {
  switch (file.language) {
    case 'python':
      return (
        calleeName(call) === 'get' &&
        /client|http/i.test(receiver(call)?.text ?? '') &&
        importsAny(file, /\bhttpx\b/)
      )
    case 'rust': {
      if (RUST_READS.test(calledName(file, call))) return true
      const request = receiver(call)
      return (
        calleeName(call) === 'send' &&
        request?.kind === 'Call' &&
        calleeName(request) === 'get' &&
        /client|http/i.test(receiver(request)?.text ?? '')
      )
    }
    default:
      return SCRIPT_READS.test(calledName(file, call)) && !/\bmethod\s*:/.test(call.text)
  }
}

function* awaitInLoop(node: SyntaxNode, call: SyntaxNode, file: SourceFile) {
  const loop = loopAround(node)
  if (!loop?.is('ForEach', 'Comprehension') || node.parent?.kind === 'ExpressionStatement') return
  if (hasSpread(call) || !isRead(file, call) || isShort(file, loop) || !isOverElements(loop)) return
  if (isTestCode(node, file) || isExamplePath(file.path)) return
  if (!dependsOnElementOnly(file, call, loop) || !isOnlyReading(loop, node)) return
  yield { at: keyword(node), data: { name: calleeName(call) } }
}

function isOverElements(loop: SyntaxNode): boolean {
  const clause = loop.kind === 'Comprehension' ? loop.child('clause') : loop
  if (!clause || clause.children('keyword').some(it => it.text === 'await')) return false
  if (/^(async\b|for\s+await\b)/.test(clause.text)) return false
  const target = clause.child('target')?.text ?? ''
  return !PIECES.test(target) && !PIECES.test(clause.child('iterable')?.text ?? '')
}

const PIECES = /chunk|batch|page|partition|offset|attempt|retr(y|ies)|window|range|stream|reader/i

/** What is asked for depends on the element, and on nothing that the loop changes. */
function dependsOnElementOnly(file: SourceFile, call: SyntaxNode, loop: SyntaxNode): boolean {
  let isForElement = false
  for (const name of call.descendants('Name')) {
    const binding = file.binding(name)
    if (!binding || call.contains(binding.declaration)) continue
    if (loop.contains(binding.declaration)) {
      isForElement = true
      continue
    }
    for (const write of binding.writes()) if (loop.contains(write)) return false
  }
  return isForElement
}

/** Nothing else is waited for, nothing is left early, nothing is asked only sometimes. */
function isOnlyReading(loop: SyntaxNode, own: SyntaxNode): boolean {
  if (loop.kind === 'Comprehension')
    return loop.children('clause').every(it => it.kind === 'ComprehensionFor')
  for (const it of loop.ownDescendants('Await', 'Return', 'Break', 'Yield', 'Try', 'With', 'If', ...LOOPS)) {
    switch (it.kind) {
      case 'Await':
        if (it.row !== own.row && !isPartOfResponse(it)) return false
        break
      case 'If':
        if (it.contains(own)) return false
        break
      default:
        return false
    }
  }
  return true
}

function isPartOfResponse(node: SyntaxNode): boolean {
  const call = node.child('value')
  return call?.kind === 'Call' && PARTS_OF_RESPONSE.has(calleeName(call))
}

/** Only the word: the call may be long. */
function keyword(node: SyntaxNode): { start: number; end: number } {
  if (node.tree.grammar === 'rust') return { start: node.end - 'await'.length, end: node.end }
  return { start: node.start, end: node.start + 'await'.length }
}
