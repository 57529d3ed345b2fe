/** Running text as code hands the program to whoever can shape the text. */

import { calleeName, keyText } from '../../semantics/calls.ts'
import { isCheckedHere } from '../../semantics/checks.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { codeRun, RUNNER_CALLEES } from '../../semantics/taint/sinks/code.ts'
import { isHarmlessInSql } from '../../semantics/taint/sql.ts'
import { type Source, sourceText, untrusted, untrustedHole } from '../../semantics/taint/untrusted.ts'
import { isHole, isPutTogether, type Piece, textsOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/dynamic-code',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [94, 95],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...[
      'eval',
      'exec',
      'compile',
      'import_module',
      '__import__',
      'Function',
      'setTimeout',
      'setInterval',
      'require',
    ],
    ...['runInNewContext', 'runInThisContext', 'runInContext', 'Script', 'compileFunction'],
    ...RUNNER_CALLEES,
  ],

  check: {
    Call: dynamicCode,
    New: dynamicCode,
    Pair: whereCode,
  },

  explain: {
    en: ({ name, value, isStranger, isLoader }) => ({
      message: isLoader
        ? `\`${value}\` decides which module \`${name}\` loads`
        : `\`${name}\` runs \`${value}\` as code`,
      why: isStranger
        ? 'Whoever sends that text can make the program do anything it is able to do.'
        : 'Whoever can influence a part of that text can make the program do anything it is able to do.',
      remedy: 'Read the text as data, or choose among functions with a table.',
    }),
    es: ({ name, value, isStranger, isLoader }) => ({
      message: isLoader
        ? `\`${value}\` decide qué módulo carga \`${name}\``
        : `\`${name}\` ejecuta \`${value}\` como código`,
      why: isStranger
        ? 'Quien envíe ese texto puede hacer que el programa haga cualquier cosa que esté a su alcance.'
        : 'Quien pueda influir en una parte de ese texto puede hacer que el programa haga cualquier cosa que esté a su alcance.',
      remedy: 'Lee el texto como datos o elige entre funciones con una tabla.',
    }),
  },

  examples: {
    invalid: [
      ts`orders.find({ $where: «\`this.id === '\${utils.trunc(req.params.id, 40)}'\`» })`,
      js`
        function reviews(req) {
          const id = strict ? Number(req.params.id) : utils.trunc(req.params.id, 40)
          return db.reviews.find({ $where: «'this.product == ' + id» })
        }
      `,
      py`
        def call(name):
            return eval(«"f(" + name + ")"»)
      `,
      py`
        def setter(attribute):
            exec(«f"def set(it, value): it.{attribute} = value"»)
      `,
      py`
        from flask import request
        def calculate():
            return str(eval(«request.args["formula"]»))
      `,
      py`
        import importlib
        def load(request):
            return importlib.import_module(«"plugins." + request.GET["plugin"]»)

        from django.http import HttpRequest
      `,
      py`
        import requests
        exec(«requests.get("https://example.com/setup.py").text»)
      `,
      js`export function call(name) { return eval(«"f(" + name + ")"») }`,
      js`app.post('/tax', (req, res) => res.json(eval(«req.body.preTax»)))`,
      js`setTimeout(«'show("' + location.hash.slice(1) + '")'», 100)`,
      js`
        const vm = require('vm')
        app.post('/run', (req, res) => res.json(vm.runInNewContext(«req.body.code», {})))
      `,
      js`
        const { VM } = require('vm2')
        app.post('/run', (req, res) => { res.json(new VM({ timeout: 100 }).run(«req.body.code»)) })
      `,
      py`
        import asyncio
        from flask import request
        async def compute():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, eval, «request.form["formula"]»)
      `,
      py`
        import code
        from flask import request
        def console():
            terminal = code.InteractiveConsole()
            terminal.runsource(«request.form["line"]»)
      `,
      js`app.get('/plugin', (req, res) => require(«'./plugins/' + req.query.name»).run(res))`,
      ts`export const getter = (path: string) => new Function('x', «\`return x.\${path}\`»)`,
    ],
    valid: [
      js`app.post('/run', (req, res) => { queue.push(req.body.code); task.run(req.body.code) })`,
      py`
        import asyncio
        from flask import request
        async def compute():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, render, request.form["formula"])
      `,
      js`
        function reviews(req) {
          const id = Number(req.params.id)
          return db.reviews.find({ $where: 'this.product == ' + id })
        }
      `,
      js`db.reviews.find({ $where: 'this.likes > this.dislikes' })`,
      // A program that writes functions for itself, with a namespace of its own.
      py`
        def setter(name):
            env = {}
            exec("def set(obj, value): obj.%s = value" % name, env)
            return env["set"]
      `,
      py`eval("1 + 1")`,
      py`model.eval()`,
      py`
        def run(code):
            exec(code)
      `,
      py`
        def run(op, x, y):
            if op not in ("+", "-"):
                raise ValueError(op)
            return eval("x" + op + "y")
      `,
      py`
        import re
        def words(text, first: int):
            exec(f"x = {first}")
            return re.compile("a" + text)
      `,
      py`
        import importlib
        def load(name):
            return importlib.import_module("plugins." + name)
      `,
      js`const eval = parse; export const f = b => eval("a" + b)`,
      js`export const load = name => eval(\`import(\${JSON.stringify(name)})\`)`,
      js`export const value = text => eval(\`(\${text})\`)`,
      js`setTimeout(() => show(location.hash), 100)`,
      js`export const load = name => require('./plugins/' + name)`,
      ts`new Function('return this')()`,
      ts`
        type Operator = '+' | '-'
        export const operate = (operator: Operator) => new Function('a', 'b', \`return a \${operator} b\`)
      `,
    ],
  },
})

function* dynamicCode(node: SyntaxNode, file: SourceFile) {
  const run = codeRun(file, node)
  if (!run) return
  const { code, isLoader } = run
  const source = codeSource(file, code, isLoader)
  if (!source) return
  yield {
    at: code,
    data: {
      name: calleeName(node),
      value: sourceText(source),
      isLoader,
      isStranger: source.origin !== 'caller' && source.origin !== 'user',
    },
    ...(code.contains(source.at) ? {} : { related: [source.at] }),
  }
}

/** `{ $where: 'this.id == ' + id }`: MongoDB runs that as JavaScript. */
function* whereCode(node: SyntaxNode, file: SourceFile) {
  const code = node.child('value')
  if (!code || code.kind === 'Function' || keyText(node.child('key')) !== '$where' || file.isTest) return
  for (const pieces of textsOf(file, code)) {
    if (!isPutTogether(pieces)) continue
    const hole = pieces.filter(isHole).find(it => !isHarmlessInSql(file, it))
    if (!hole) continue
    const value = hole.binding?.name ?? excerpt(hole.node, 60)
    yield { at: code, data: { name: '$where', value, isLoader: false, isStranger: false } }
    return
  }
}

/** All of it from a stranger; or put together with what somebody passes, and meant to be more than that. */
function codeSource(file: SourceFile, code: SyntaxNode, isLoader: boolean): Source | undefined {
  const stranger = untrusted(file, code, { origins: isLoader ? ['request'] : ['request', 'page', 'remote'] })
  if (stranger || isLoader || file.isTest || isCheckedHere(file, code)) return stranger
  for (const pieces of textsOf(file, code)) {
    if (!isPutTogether(pieces) || isWrapper(pieces)) continue
    for (const piece of pieces) {
      const source = isHole(piece)
        ? untrustedHole(file, piece, code, { origins: ['user', 'caller'] })
        : undefined
      if (source && !(source.origin === 'caller' && hasNamespace(file, code))) return source
    }
  }
  return undefined
}

/** `exec(code, namespace)`: how a Python program writes functions for itself, from names that its own code passes. */
function hasNamespace(file: SourceFile, code: SyntaxNode): boolean {
  const call = code.parent
  return (
    file.language === 'python' &&
    call?.kind === 'Call' &&
    calleeName(call) === 'exec' &&
    call.children('argument').length > 1
  )
}

/** `(${text})` and `return ${text}`: a function that is there to evaluate what it is given. */
function isWrapper(pieces: readonly Piece[]): boolean {
  return (
    pieces.filter(isHole).length === 1 &&
    pieces.every(it => typeof it !== 'string' || /^[\s();{}]*(return)?[\s();{}]*$/.test(it))
  )
}
