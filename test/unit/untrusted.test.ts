// Where a value may come from: each case says whether what a request brings reaches the marked expression.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { untrusted } from '../../server/src/semantics/taint/untrusted.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

function check(grammar: Grammar, marked: string, expected: boolean): void {
  test(`${grammar}: ${marked.replaceAll('\n', '⏎')}`, () => {
    const start = marked.indexOf('«')
    const end = marked.indexOf('»') - 1
    const tree = parser.parseOnce(marked.replace('«', '').replace('»', ''), grammar)!
    const language = grammar as SourceFile['language']
    const file = new SourceFile('app.py', language, analyse(tree), new FileReader(tree))
    const node = [...file.root.descendants('Name', 'Call', 'Index', 'Member', 'Conditional')].find(
      it => it.start === start && it.end === end,
    )
    assert.ok(node, 'the marks enclose no expression')
    assert.equal(untrusted(file, node, { origins: ['request'] }) !== undefined, expected)
  })
}

function checkPython(body: string, expected: boolean): void {
  const lines = body.split('\n').map(it => `    ${it}`)
  check(
    'python',
    `from flask import request\ndef f():\n    p = request.args["p"]\n${lines.join('\n')}`,
    expected,
  )
}

// What is put into a list or a dictionary comes out again where it was put.
checkPython('names = []\nnames.append(p)\nuse(«names[0]»)', true)
checkPython('names = []\nnames.append("a")\nnames.append(p)\nuse(«names[0]»)', false)
checkPython('names = ["a"]\nnames.append(p)\nnames.pop(0)\nuse(«names[0]»)', true)
checkPython('names = []\nfor it in all: names.append(p)\nuse(«names[0]»)', true)
checkPython('row = {}\nrow["a"] = p\nuse(«row["a"]»)', true)
checkPython('row = {}\nrow["a"] = p\nrow["b"] = "b"\nuse(«row["b"]»)', false)
checkPython('row = {"a": p}\nrow["a"] = "b"\nuse(«row["a"]»)', false)
checkPython('row = {}\nrow["a"] = p\nif ready: row["a"] = "b"\nuse(«row["a"]»)', true)
checkPython(
  'import configparser\nc = configparser.ConfigParser()\nc.set("s", "a", p)\nc.set("s", "b", "x")\nuse(«c.get("s", "a")»)',
  true,
)
checkPython(
  'import configparser\nc = configparser.ConfigParser()\nc.set("s", "a", p)\nc.set("s", "b", "x")\nuse(«c.get("s", "b")»)',
  false,
)
check(
  'javascript',
  "app.get('/', (req, res) => { const names = []; names.push(req.query.name); use(«names[0]») })",
  true,
)
check(
  'javascript',
  "app.get('/', (req, res) => { const row = new Map(); row.set('a', req.query.a); use(«row.get('a')») })",
  true,
)

// A branch that never runs gives nothing.
checkPython('n = 106\nuse(«"a" if 7 * 18 + n > 200 else p»)', false)
checkPython('n = 106\nuse(«"a" if 7 * 42 - n > 200 else p»)', true)
checkPython('n = 1\nif n > 2: q = p\nelse: q = "a"\nuse(«q»)', false)
checkPython('n = int(x)\nif n > 2: q = p\nelse: q = "a"\nuse(«q»)', true)
checkPython('q = "abc"\nif "b" in q: q = p\nuse(«q»)', true)
checkPython(
  'w = "ABC"[1]\nmatch w:\n    case "A":\n        q = p\n    case "B":\n        q = "b"\n    case _:\n        q = p\nuse(«q»)',
  false,
)
checkPython(
  'w = "ABC"[0]\nmatch w:\n    case "A":\n        q = p\n    case _:\n        q = "b"\nuse(«q»)',
  true,
)

// What was encoded here comes out as it was; what one list holds says nothing of what another one leaves out.
checkPython('import base64\nt = base64.b64encode(p.encode())\nuse(«base64.b64decode(t)»)', true)
checkPython('if p in RESERVED: return None\nuse(«p»)', true)
checkPython('if p not in ALLOWED: return None\nuse(«p»)', false)
