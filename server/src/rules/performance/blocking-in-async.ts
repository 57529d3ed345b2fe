/** A call that stops the whole thread, where other tasks wait for their turn on it. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isAsync } from '../support/async.ts'
import { isExamplePath, isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'performance/blocking-in-async',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'concurrency',
  impact: { likelihood: 'high', cost: 'days' },
  callees: words(`
    sleep get post put patch delete head options request urlopen urlretrieve run call check_call check_output system
    readFileSync writeFileSync appendFileSync copyFileSync cpSync rmSync readdirSync execSync execFileSync spawnSync
    pbkdf2Sync scryptSync hashSync compareSync gzipSync gunzipSync deflateSync inflateSync brotliCompressSync
    read write read_to_string read_dir copy remove_dir_all create_dir_all output status
  `),

  check: {
    Call(node, file) {
      switch (file.language) {
        case 'python':
          return blockingPython(node, file)
        case 'rust':
          return blockingRust(node, file)
        default:
          return blockingScript(node, file)
      }
    },
  },

  explain: {
    en: ({ name, instead }) => ({
      message: `\`${name}\` blocks the thread, and with it everything else that runs on it`,
      why: 'Asynchronous code takes turns on one thread. Until this call is done, no other request, timer or task gets its turn.',
      remedy: `Use \`${instead}\`, or move the call to a thread of its own.`,
    }),
    es: ({ name, instead }) => ({
      message: `\`${name}\` bloquea el hilo y, con él, todo lo demás que corre en él`,
      why: 'El código asíncrono se turna en un mismo hilo. Hasta que esta llamada termine, ninguna otra petición, temporizador o tarea tiene su turno.',
      remedy: `Usa \`${instead}\`, o lleva la llamada a un hilo propio.`,
    }),
  },

  examples: {
    invalid: [
      py`
        import time
        async def f():
            «time.sleep(1)»
      `,
      py`
        from time import sleep
        async def f():
            for a in b:
                «sleep(0.5)»
      `,
      py`
        import requests
        async def f(url):
            return «requests.get(url)».json()
      `,
      py`
        import subprocess as sp
        from urllib.request import urlopen
        async def f(url):
            «sp.run(["make"])»
            with «urlopen(url)» as a: return a.read()
      `,
      ts`
        import { readFileSync } from 'node:fs'
        app.get('/', async (req, res) => {
          res.send(«readFileSync(path)»)
        })
      `,
      js`
        const fs = require('fs')
        function show(req, res, next) {
          const a = «fs.readFileSync(path, 'utf8')»
          res.send(a)
        }
      `,
      js`
        const bcrypt = require('bcrypt')
        router.post('/login', (req, res) => {
          if («bcrypt.compareSync(req.body.password, user.hash)») res.end()
        })
      `,
      js`
        const { execSync } = require('child_process')
        app.use(async (ctx, next) => { ctx.body = «execSync('git log')» })
      `,
      rs`
        async fn f() {
            «std::thread::sleep(Duration::from_secs(1))»;
        }
      `,
      rs`
        use std::{fs, thread};
        async fn f(path: &Path) -> Result<String> {
            let a = «fs::read_to_string(path)»?;
            tokio::spawn(async move { «thread::sleep(PAUSE)»; });
            Ok(a)
        }
      `,
      rs`
        use std::process::Command;
        async fn f() { let a = «Command::new("git").arg("log").output()»; }
      `,
      rs`async fn f(url: &str) { let a = «reqwest::blocking::get(url)»; }`,
    ],
    valid: [
      js`
        import fs from 'fs'
        let page
        app.get('/', (req, res) => {
          if (!page) {
            page = fs.readFileSync('page.html')
          }
          res.send(page)
        })
      `,
      py`
        import asyncio, time
        async def f():
            await asyncio.sleep(1)
            await asyncio.to_thread(time.sleep, 1)
      `,
      py`
        import time
        def f(): time.sleep(1)
      `,
      // It runs on another thread.
      py`
        import time
        async def f(loop):
            def work(): time.sleep(1)
            await loop.run_in_executor(None, work)
            await loop.run_in_executor(None, lambda: time.sleep(1))
      `,
      py`
        from asyncio import sleep
        async def f(session):
            await sleep(1)
            await session.get('/')
            time.sleep(1)
      `,
      // It gives way to other tasks once.
      py`
        import time
        async def f(time): time.sleep(1)
      `,
      at(
        'tests/test_a.py',
        py`
        import time
        async def test_a(): time.sleep(1)
      `,
      ),
      // Programs that do one thing may wait for it.
      ts`
        import { readFileSync } from 'fs'
        async function main() { run(readFileSync('a.json', 'utf8')) }
      `,
      js`
        const fs = require('fs')
        const a = fs.readFileSync('a.json')
        app.get('/', (req, res) => res.send(a))
      `,
      js`
        const fs = require('fs')
        app.get('/', async (req, res) => { if (fs.existsSync(path)) res.send(await fs.promises.readFile(path)) })
      `,
      js`app.get('/', (req, res) => res.send(cache.readFileSync('a')))`,
      // It runs when the server starts.
      ts`
        import { readFileSync } from 'fs'
        export function load(server: Server, request: Options) { return readFileSync(request.path) }
      `,
      rs`async fn f() { tokio::time::sleep(PAUSE).await; }`,
      rs`
        use tokio::fs;
        async fn f(path: &Path) { fs::read_to_string(path).await; }
      `,
      rs`async fn f() { tokio::task::spawn_blocking(|| { std::thread::sleep(PAUSE); }).await; }`,
      rs`fn f() { std::thread::sleep(PAUSE); }`,
      // While a program starts, nobody else waits yet.
      rs`
        #[tokio::main]
        async fn main() { let a = std::fs::read_to_string("config.toml"); }
      `,
      rs`
        use tokio::process::Command;
        async fn f() { let a = Command::new("git").output().await; }
      `,
      rs`async fn f() { let a = map.get(1); let b = file.read(2); }`,
    ],
  },
})

// Python

const PYTHON_INSTEAD: Readonly<Record<string, string>> = {
  'time.sleep': 'asyncio.sleep',
  'subprocess.run': 'asyncio.create_subprocess_exec',
  'subprocess.call': 'asyncio.create_subprocess_exec',
  'subprocess.check_call': 'asyncio.create_subprocess_exec',
  'subprocess.check_output': 'asyncio.create_subprocess_exec',
  'os.system': 'asyncio.create_subprocess_shell',
  'urllib.request.urlopen': 'httpx.AsyncClient',
  'urllib.request.urlretrieve': 'httpx.AsyncClient',
}
const PYTHON_REQUEST = /^(requests|httpx)\.(get|post|put|patch|delete|head|options|request)$/

function* blockingPython(node: SyntaxNode, file: SourceFile) {
  const home = node.function
  if (!home || !isAsync(home)) return
  const name = importedCallee(file, node)
  const instead = PYTHON_REQUEST.test(name) ? 'httpx.AsyncClient' : PYTHON_INSTEAD[name]
  if (!instead || isAside(node, file)) return
  yield { at: node, data: { name, instead } }
}

/** The full name of what is called, when its first part is imported. */
function importedCallee(file: SourceFile, call: SyntaxNode): string {
  let head = call.child('callee')
  while (head?.kind === 'Member') head = head.child('object')
  if (head?.kind !== 'Name' || file.binding(head)?.kind !== 'import') return ''
  return calledName(file, call)
}

// TypeScript and JavaScript

const SCRIPT_BLOCKING =
  /^(fs(-extra)?|child_process|crypto|zlib|bcrypt|bcryptjs)(\.default)?\.(readFile|writeFile|appendFile|copyFile|cp|rm|readdir|exec|execFile|spawn|pbkdf2|scrypt|hash|compare|gzip|gunzip|deflate|inflate|brotliCompress)Sync$/

function* blockingScript(node: SyntaxNode, file: SourceFile) {
  if (!calleeName(node).endsWith('Sync') || !servesRequests(node)) return
  const name = calledName(file, node)
  if (!SCRIPT_BLOCKING.test(name) || isAside(node, file) || isDoneOnce(node)) return
  const shown = calleeName(node)
  const module = name.slice(0, name.indexOf('.'))
  const own = shown.slice(0, -'Sync'.length)
  const instead =
    module === 'fs' ? `fs.promises.${own}` : module === 'fs-extra' ? `fs.${own}` : `${module}.${own}`
  yield { at: node, data: { name: shown, instead } }
}

/**
 * Around it is a handler: a function of a request and its response, or of a context and the next handler. Other programs
 * may read a file as they like: nobody waits for them in the same process.
 */
function servesRequests(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.kind !== 'Function') continue
    const [first, second] = (it.child('parameters')?.children('parameter') ?? []).map(nameOfParameter)
    if (!first || !second) continue
    if (/^_?(req|request)$/.test(first) && /^_?(res|response|reply|resp)$/.test(second)) return true
    if (/^_?(ctx|context|req|request)$/.test(first) && second === 'next') return true
  }
  return false
}

/** `if (!page) page = fs.readFileSync(path)`: the first request waits, and no other. */
function isDoneOnce(node: SyntaxNode): boolean {
  const target = node.role === 'value' ? node.parent?.child('target') : undefined
  const condition = node.closest('If', 'Function')?.child('condition')?.unwrapped
  return (
    condition?.kind === 'Not' && target !== undefined && (condition.child('operand')?.same(target) ?? false)
  )
}

function nameOfParameter(parameter: SyntaxNode): string {
  const target = parameter.kind === 'Parameter' ? parameter.child('target') : parameter
  return target?.name ?? ''
}

// Rust

const RUST_INSTEAD: Readonly<Record<string, string>> = {
  'std.thread.sleep': 'tokio::time::sleep',
  'std.fs.read': 'tokio::fs::read',
  'std.fs.read_to_string': 'tokio::fs::read_to_string',
  'std.fs.write': 'tokio::fs::write',
  'std.fs.copy': 'tokio::fs::copy',
  'std.fs.read_dir': 'tokio::fs::read_dir',
  'std.fs.remove_dir_all': 'tokio::fs::remove_dir_all',
  'std.fs.create_dir_all': 'tokio::fs::create_dir_all',
  'reqwest.blocking.get': 'reqwest::get',
}

/** While a program starts or ends, nobody else waits yet. */
const STARTS = /^(main|run|start|setup|init|shutdown)$/

function* blockingRust(node: SyntaxNode, file: SourceFile) {
  const home = node.closest('Function', 'AsyncBlock')
  if (!home || node.parent?.kind === 'Await') return
  if (home.kind === 'Function' && (!isAsync(home) || STARTS.test(home.child('name')?.name ?? ''))) return
  const callee = node.child('callee')
  const name = callee?.kind === 'Path' ? file.qualifiedName(callee) : ''
  const instead = RUST_INSTEAD[name] ?? (runsCommand(node, file) ? 'tokio::process::Command' : undefined)
  if (!instead || isAside(node, file)) return
  yield { at: node, data: { name: name ? name.replaceAll('.', '::') : calleeName(node), instead } }
}

/** `Command::new(…).arg(…).output()` of the standard library. */
function runsCommand(node: SyntaxNode, file: SourceFile): boolean {
  const name = calleeName(node)
  if (name !== 'output' && name !== 'status') return false
  let it = receiver(node)
  while (it?.kind === 'Call') {
    const callee = it.child('callee')
    if (callee?.kind === 'Path') return file.qualifiedName(callee) === 'std.process.Command.new'
    it = receiver(it)
  }
  return false
}

function isAside(node: SyntaxNode, file: SourceFile): boolean {
  return isTestCode(node, file) || isExamplePath(file.path) || /(^|\/)pytest\//.test(file.path)
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
