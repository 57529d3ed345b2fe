/** A file or a connection that is opened and never closed stays open until somebody happens to clean up. */

import { calleeName } from '../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { homeOf } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/unclosed-resource',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [772, 775],
  concept: 'resources',
  impact: { likelihood: 'medium', cost: 'days' },
  callees:
    'open socket create_connection connect ZipFile NamedTemporaryFile TemporaryFile urlopen FTP SMTP SMTP_SSL HTTPConnection HTTPSConnection mmap openSync'.split(
      ' ',
    ),

  check: {
    *Call(node, file) {
      const target = targetOf(node)
      // What a test opens ends with the test.
      if (!target || file.isTest || !opens(node, file) || wrapsOpen(node, file)) return
      const binding = file.binding(target)
      const home = binding && homeOf(binding)
      if (!home || !staysOpen(binding, home, file) || isReadToItsEnd(node, target, home)) return
      yield {
        at: node,
        data: { name: target.name, language: file.language === 'python' ? 'python' : 'script' },
      }
    },
  },

  explain: {
    en: ({ name, language }) => ({
      message: `\`${name}\` is opened here and never closed`,
      why: 'What was written may not be on the disk yet, others may find it locked, and a program that runs long enough has no handles left.',
      remedy:
        language === 'python'
          ? `Open it in a \`with\` statement, which closes \`${name}\` even when something fails.`
          : `Close \`${name}\` in a \`finally\`, so that it is closed even when something fails.`,
    }),
    es: ({ name, language }) => ({
      message: `\`${name}\` se abre aquí y no se cierra nunca`,
      why: 'Lo escrito puede no estar aún en el disco, otros pueden encontrarlo bloqueado y un programa que dure lo bastante se queda sin descriptores.',
      remedy:
        language === 'python'
          ? `Ábrelo con una instrucción \`with\`, que cierra \`${name}\` aunque algo falle.`
          : `Cierra \`${name}\` en un \`finally\`, para que se cierre aunque algo falle.`,
    }),
  },

  examples: {
    invalid: [
      py`
        def f(path):
            it = «open(path)»
            return it.read()
      `,
      py`
        import json
        def f(path):
            it = «open(path)»
            return json.load(it)
      `,
      py`
        import sqlite3
        def f(path):
            db = «sqlite3.connect(path)»
            for row in db.execute("select 1"): show(row)
      `,
      py`
        from pathlib import Path
        def f(path):
            it = «Path(path).open("w")»
            print("a", file=it)
      `,
      py`
        def f(path):
            it = «open(path)»
            for line in it: show(line)
      `,
      js`import fs from 'fs'; function f(p) { const fd = «fs.openSync(p)»; fs.writeSync(fd, 'a') }`,
      ts`import { open } from 'node:fs/promises'; async function f(p: string) { const it = await «open(p)»; return it.readFile() }`,
    ],
    valid: [
      py`
        from urllib.request import urlopen
        def f(url):
            answer = urlopen(url)
            return json.loads(answer.read().decode())
      `,
      at(
        'tests/test_shop.py',
        py`
        import socket
        def test_answer():
            connection = socket.create_connection(("localhost", 80))
            connection.send(b"x")
      `,
      ),
      py`
        def f(path):
            with open(path) as it: return it.read()
      `,
      py`
        def f(path):
            it = open(path)
            try: return it.read()
            finally: it.close()
      `,
      py`
        def f(path):
            it = open(path)
            return it
      `,
      py`
        def f(self, path):
            it = open(path)
            self.files.append(it)
      `,
      py`
        def f(path):
            it = open(path)
            with it: return it.read()
      `,
      py`
        def f(path):
            it = open(path)
            return lambda: it.read()
      `,
      py`it = open("a")`,
      py`
        import os, sys
        def detach():
            it = open("/dev/null")
            os.dup2(it.fileno(), sys.stdin.fileno())
      `,
      py`
        from zipfile import ZipFile
        def f(path):
            file = open(path)
            try: it = ZipFile(file); show(it.namelist())
            finally: file.close()
      `,
      py`
        from dialog import open
        def f(path):
            it = open(path)
            it.show()
      `,
      py`
        import atexit
        def f(path):
            it = open(path)
            atexit.register(it.close)
      `,
      js`import fs from 'fs'; function f(p) { const fd = fs.openSync(p); try { fs.writeSync(fd, 'a') } finally { fs.closeSync(fd) } }`,
      js`import fs from 'fs'; function f(p) { const fd = fs.openSync(p); return spawn('a', { stdio: [fd] }) }`,
      ts`import { open } from 'node:fs/promises'; async function f(p: string) { const it = await open(p); await it.close() }`,
      ts`async function f(db: Database) { const it = await db.open('a'); return it.read() }`,
    ],
  },
})

/** The variable that the call's result is put into: `it = open(…)`, `const it = await open(…)`. */
function targetOf(call: SyntaxNode): SyntaxNode | undefined {
  const value = call.parent?.kind === 'Await' ? call.parent : call
  const { parent } = value
  if (value.role !== 'value' || !parent?.is('Assignment', 'Declarator')) return undefined
  const target = parent.child('target')
  return target?.kind === 'Name' ? target : undefined
}

/** An answer that was read to its end has given its connection back. */
function isReadToItsEnd(call: SyntaxNode, target: SyntaxNode, home: SyntaxNode): boolean {
  if (!/\burlopen$/.test(call.child('callee')?.text ?? '')) return false
  return new RegExp(`\\b${target.name}\\.read\\(\\)`).test(home.text)
}

const OPENERS: ReadonlySet<string> = new Set(
  (
    'open io.open codecs.open gzip.open bz2.open lzma.open tarfile.open shelve.open zipfile.ZipFile socket.socket ' +
    'socket.create_connection sqlite3.connect tempfile.NamedTemporaryFile tempfile.TemporaryFile urllib.request.urlopen ' +
    'ftplib.FTP smtplib.SMTP smtplib.SMTP_SSL http.client.HTTPConnection http.client.HTTPSConnection mmap.mmap'
  ).split(' '),
)
const SCRIPT_OPENERS: ReadonlySet<string> = new Set(['fs.openSync', 'fs.promises.open', 'fs/promises.open'])

function opens(call: SyntaxNode, file: SourceFile): boolean {
  const callee = call.child('callee')
  if (!callee) return false
  const name = file.qualifiedName(callee)
  if (file.language !== 'python') return SCRIPT_OPENERS.has(name)
  if (OPENERS.has(name)) return name !== 'open' || file.isFree(callee)
  const object = callee.kind === 'Member' ? callee.child('object') : undefined
  const maker = object?.kind === 'Call' && calleeName(call) === 'open' ? object.child('callee') : undefined
  return maker !== undefined && file.qualifiedName(maker) === 'pathlib.Path'
}

/** `ZipFile(file)` around something that is open already, and that somebody else closes. */
function wrapsOpen(call: SyntaxNode, file: SourceFile): boolean {
  const first = call.child('argument')
  if (first?.kind !== 'Name') return false
  const value = file.value(first)
  return value.kind === 'Call' && value.row !== call.row && opens(value, file)
}

/** All that is ever done with it is to use it: nobody closes it, and nobody else gets hold of it. */
function staysOpen(binding: Binding, home: SyntaxNode, file: SourceFile): boolean {
  for (const it of binding.occurrences()) {
    if (it.function?.row !== home.row) return false
    if (it.role === 'target' && it.parent?.is('Assignment', 'Declarator')) continue
    if (!isMereUse(it, file)) return false
  }
  return true
}

const CLOSING = /^(close|__exit__|detach|release|shutdown|quit|terminate|end|destroy|dispose)|[cC]lose/
/** Functions that read from or write to what they are given, and keep nothing. */
const BORROWING: ReadonlySet<string> = new Set(
  'load safe_load dump safe_dump reader writer DictReader DictWriter print copyfileobj isinstance enumerate list sorted len'.split(
    ' ',
  ),
)

function isMereUse(it: SyntaxNode, file: SourceFile): boolean {
  const { parent, role } = it
  if (!parent) return false
  if (parent.kind === 'Member')
    return (
      role === 'object' && !CLOSING.test(parent.child('property')?.name ?? 'close') && !isDuplicated(parent)
    )
  if (role === 'iterable' || parent.is('Comparison', 'Not', 'Interpolation')) return true
  const call = parent.kind === 'KeywordArgument' ? parent.parent : parent
  if (call?.kind !== 'Call') return false
  const callee = call.child('callee')
  if (file.language === 'python') return BORROWING.has(calleeName(call))
  return callee !== undefined && /^fs\./.test(file.qualifiedName(callee)) && !CLOSING.test(calleeName(call))
}

/** `os.dup2(it.fileno(), 1)`: from here on it is the stream whose number it takes, for as long as the process lives. */
function isDuplicated(member: SyntaxNode): boolean {
  const call = member.parent
  return call?.kind === 'Call' && call.parent?.kind === 'Call' && calleeName(call.parent) === 'dup2'
}
