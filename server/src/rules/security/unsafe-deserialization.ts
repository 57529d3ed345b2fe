/** Formats that rebuild any object run code while they are read, so what a stranger sends must not be read with them. */

import { argument, calleeName, hasSpread } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { calledName, fullName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { rebuiltData } from '../../semantics/taint/sinks/objects.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import { isWrittenHere } from '../../semantics/taint/written-here.ts'
import { isHole, piecesOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { at, fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'security/unsafe-deserialization',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [502],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...['load', 'loads', 'load_all', 'unsafe_load', 'unsafe_load_all', 'decode', 'read_pickle', 'Unpickler'],
    ...['unserialize', 'deserialize', 'eval'],
  ],

  check: {
    Call(node, file) {
      return file.language === 'python' ? pythonCall(node, file) : scriptCall(node, file)
    },
  },

  explain: {
    en: ({ name, value }) => ({
      message:
        value !== ''
          ? `\`${name}\` rebuilds objects from \`${value}\``
          : name === 'eval'
            ? 'JSON is read by running it as code'
            : `\`${name}\` builds whatever objects the text asks for`,
      why: 'Such data can name a function to call while it is read, so whoever writes it runs code in the program.',
      remedy:
        name === 'eval'
          ? 'Read it with `JSON.parse`.'
          : 'Use a format that holds only data, such as JSON, or the safe loader of the library.',
      fix: name === 'eval' ? 'Read it with `JSON.parse`' : 'Use the safe loader',
    }),
    es: ({ name, value }) => ({
      message:
        value !== ''
          ? `\`${name}\` reconstruye objetos a partir de \`${value}\``
          : name === 'eval'
            ? 'El JSON se lee ejecutándolo como código'
            : `\`${name}\` construye los objetos que el texto pida`,
      why: 'Esos datos pueden indicar una función que se llama al leerlos, así que quien los escribe ejecuta código en el programa.',
      remedy:
        name === 'eval'
          ? 'Léelo con `JSON.parse`.'
          : 'Usa un formato que solo contenga datos, como JSON, o el cargador seguro de la biblioteca.',
      fix: name === 'eval' ? 'Leerlo con `JSON.parse`' : 'Usar el cargador seguro',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        import yaml
        settings = «yaml.load»(file)
      `,
        py`
        import yaml
        settings = yaml.safe_load(file)
      `,
      ),
      fixes(
        py`
        import yaml
        def read(file):
            return yaml.load(file, Loader=«yaml.Loader»)
      `,
        py`
        import yaml
        def read(file):
            return yaml.load(file, Loader=yaml.SafeLoader)
      `,
      ),
      py`
        from yaml import load_all, UnsafeLoader
        pages = list(load_all(file, «UnsafeLoader»))
      `,
      fixes(py`import yaml; «yaml.unsafe_load»(file)`, py`import yaml; yaml.safe_load(file)`),
      py`
        import pickle
        from flask import request
        def restore():
            return pickle.loads(«request.data»)
      `,
      py`
        import base64, pickle
        def restore(request):
            token = request.COOKIES.get("token")
            return pickle.loads(«base64.b64decode(token)»)

        from django.http import HttpRequest
      `,
      py`
        import pickle
        def serve(connection):
            return pickle.loads(«connection.recv(4096)»)
      `,
      py`
        import io, requests, torch
        def weights(url):
            answer = requests.get(url)
            return torch.load(«io.BytesIO(answer.content)», weights_only=False)
      `,
      py`
        import jsonpickle
        from flask import request
        def restore():
            return jsonpickle.decode(«request.form["state"]»)
      `,
      js`
        const serialize = require('node-serialize')
        app.get('/', (req, res) => res.json(serialize.unserialize(«req.cookies.profile»)))
      `,
      fixes(js`const data = eval(«'(' + text + ')'»)`, js`const data = JSON.parse(text)`),
      ts`
        import v8 from 'node:v8'
        app.post('/', (req: Request) => { cache.set(v8.deserialize(«req.body»)) })
      `,
      ts`
        import { unserialize } from 'node-serialize'
        export const restore = (text: string) => unserialize(«text»)
      `,
    ],
    valid: [
      py`
        import yaml
        def settings(extra):
            known = {}
            known["own"] = "title: Shop"
            known["extra"] = extra
            words = []
            words.append(extra)
            words.append("title: Shop")
            words.pop(0)
            return yaml.load(known["own"], Loader=yaml.Loader), yaml.load(words[0], Loader=yaml.Loader)
      `,
      at(
        'docs/build.py',
        py`
        import yaml
        links = yaml.load(file, Loader=yaml.CLoader)
      `,
      ),
      py`
        import yaml
        settings = yaml.safe_load(file)
      `,
      py`
        import yaml
        settings = yaml.load(file, Loader=yaml.SafeLoader)
        others = yaml.load(file, yaml.CSafeLoader)
        mine = yaml.load(file, Loader=Loader)
      `,
      py`
        from ruamel.yaml import YAML
        yaml = YAML(typ="safe")
        settings = yaml.load(file)
      `,
      py`
        import pickle
        with open("cache.pickle", "rb") as file:
            cache = pickle.load(file)
      `,
      py`
        import pickle
        def copy(value):
            return pickle.loads(pickle.dumps(value))
      `,
      py`
        import json
        from flask import request
        def restore():
            return json.loads(request.data)
      `,
      py`
        import hmac, pickle
        from flask import request
        def restore():
            data = request.data
            if not hmac.compare_digest(sign(data), request.headers["X-Signature"]):
                abort(403)
            return pickle.loads(data)
      `,
      py`
        import io, requests, torch
        def weights(url):
            return torch.load(io.BytesIO(requests.get(url).content), weights_only=True)
      `,
      js`const data = JSON.parse(req.body)`,
      js`const run = eval('(' + 'x => x' + ')')`,
      js`const value = parser.unserialize(text)`,
      ts`
        import yaml from 'js-yaml'
        app.post('/', (req: Request) => yaml.load(req.body))
      `,
    ],
  },
})

// ---- Python -------------------------------------------------------------------------------------------------------

const UNSAFE_LOADERS = /^yaml\.(Loader|UnsafeLoader|CLoader|loader\.(Loader|UnsafeLoader))$/

function pythonCall(call: SyntaxNode, file: SourceFile) {
  const name = calledName(file, call)
  if (name.startsWith('yaml.')) return yaml(call, file, name)
  const data = rebuiltData(file, call)
  return data && pickle(data, file, name)
}

function* yaml(call: SyntaxNode, file: SourceFile, name: string) {
  const callee = call.child('callee')
  const text = argument(call, 0, 'stream')
  // What builds the documentation reads the project's own files.
  if (!callee || !text || isWrittenHere(file, text) || hasSpread(call) || isExamplePath(file.path)) return
  const data = { name: callee.text, value: '' }
  if (name === 'yaml.unsafe_load' || name === 'yaml.unsafe_load_all') {
    yield { at: callee, data, fix: { safety: 'unsafe' as const, edits: () => safeName(callee) } }
    return
  }
  if (name !== 'yaml.load' && name !== 'yaml.load_all') return
  const loader = argument(call, 1, 'Loader')
  if (!loader) yield { at: callee, data, fix: { safety: 'unsafe' as const, edits: () => safeName(callee) } }
  else if (UNSAFE_LOADERS.test(fullName(file, loader))) {
    const last = loader.kind === 'Member' ? loader.child('property') : undefined
    const safe = /^C/.test(last?.name ?? '') ? 'CSafeLoader' : 'SafeLoader'
    yield {
      at: loader,
      data,
      fix: { safety: 'unsafe' as const, edits: () => (last ? [replace(last, safe)] : []) },
    }
  }
}

/** `yaml.load` → `yaml.safe_load`; a name that was imported alone would need another import. */
function safeName(callee: SyntaxNode) {
  const last = callee.kind === 'Member' ? callee.child('property') : undefined
  return last ? [replace(last, `safe_${last.name.replace('unsafe_', '')}`)] : []
}

function* pickle(data: SyntaxNode, file: SourceFile, name: string) {
  const source = untrusted(file, data, { origins: ['request', 'remote'] })
  if (!source) return
  yield {
    at: data,
    data: { name, value: sourceText(source) },
    ...(data.contains(source.at) ? {} : { related: [source.at] }),
  }
}

// ---- JavaScript ---------------------------------------------------------------------------------------------------

function* scriptCall(call: SyntaxNode, file: SourceFile) {
  const name = calledName(file, call)
  const text = argument(call, 0)
  if (!text || file.constant(text)) return
  if (name === 'node-serialize.unserialize') {
    yield { at: text, data: { name: calleeName(call), value: excerpt(text, 60) } }
  } else if (name === 'v8.deserialize') {
    const source = untrusted(file, text, { origins: ['request'] })
    if (source) yield { at: text, data: { name, value: sourceText(source) } }
  } else if (name === 'eval') {
    const pieces = piecesOf(file, text)
    const [before, hole, after] = pieces
    if (
      pieces.length !== 3 ||
      before !== '(' ||
      after !== ')' ||
      !hole ||
      !isHole(hole) ||
      hole.node.kind === 'Function'
    )
      return
    if (!text.contains(hole.node) || !JSON_NAME.test(hole.node.text)) return
    yield {
      at: text,
      data: { name, value: '' },
      fix: {
        safety: 'unsafe' as const,
        edits: () => [replace(call, `JSON.parse(${hole.node.text})`)],
      },
    }
  }
}

/** What is called a function or an expression is meant to be run. */
const JSON_NAME = /json|text|data|response|result|body|answer|reply|payload|content|message/i
