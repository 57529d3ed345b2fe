/** A regular expression from a request can be one that takes for ever. */

import { argument } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/regex-injection',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [1333, 400, 730],
  concept: 'regular-expressions',
  impact: { likelihood: 'low', cost: 'days' },
  callees: [
    'RegExp',
    'compile',
    'match',
    'search',
    'fullmatch',
    'findall',
    'finditer',
    'sub',
    'subn',
    'split',
  ],

  check: {
    Call: found,
    New: found,
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` becomes a regular expression`,
      why: 'Whoever sends it can choose an expression like `(a+)+$` that takes years on a short text, and the program answers nobody meanwhile. Other signs only make it find something else than was meant.',
      remedy:
        'Search for the text itself, or escape it first: `re.escape` in Python, `RegExp.escape` or a library in JavaScript.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se convierte en una expresión regular`,
      why: 'Quien lo envía puede elegir una expresión como `(a+)+$`, que tarda años con un texto corto, y mientras tanto el programa no responde a nadie. Otros signos solo hacen que encuentre algo distinto de lo previsto.',
      remedy:
        'Busca el texto tal cual o escápalo antes: `re.escape` en Python, `RegExp.escape` o una biblioteca en JavaScript.',
    }),
  },

  examples: {
    invalid: [
      py`
        import re
        from flask import request
        def find(): return re.search(«request.args["q"]», text)
      `,
      py`
        import re
        from django.http import HttpResponse
        def find(request):
            pattern = re.compile(«"^" + request.GET["q"]»)
      `,
      js`app.get('/find', (req, res) => res.json(names.filter(it => new RegExp(«req.query.q»).test(it))))`,
      ts`app.get('/find', (req: Request, res: Response) => { const q = req.query.q as string; const expression = RegExp(«q», 'i') })`,
    ],
    valid: [
      py`
        import re
        from flask import request
        def find(): return re.search(re.escape(request.args["q"]), text) or re.search("name", request.args["q"])
      `,
      js`app.get('/find', (req, res) => res.json(names.filter(it => new RegExp(escapeRegExp(req.query.q)).test(it))))`,
      js`const find = pattern => new RegExp(pattern)`,
      ts`app.get('/find', (req: Request, res: Response) => { const found = /^a/.test(String(req.query.q)) })`,
    ],
  },
})

function* found(node: SyntaxNode, file: SourceFile) {
  const name = calledName(file, node)
  const isRegex =
    file.language === 'python'
      ? /^re\.(compile|match|search|fullmatch|findall|finditer|subn?|split)$/.test(name)
      : name === 'RegExp'
  const pattern = isRegex && !file.isTest ? argument(node, 0, 'pattern') : undefined
  const source = pattern && untrusted(file, pattern, { origins: ['request'], except: ['headers'] })
  if (!source) return
  yield {
    at: pattern,
    data: { value: sourceText(source) },
    ...(pattern.contains(source.at) ? {} : { related: [source.at] }),
  }
}
