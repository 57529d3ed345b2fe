/** Text that is compiled as a template is code: what a stranger puts into it runs on the server. */

import { isCheckedHere } from '../../semantics/checks.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { templateText } from '../../semantics/taint/sinks/templates.ts'
import { type Source, sourceText, untrusted, untrustedHole } from '../../semantics/taint/untrusted.ts'
import { isHole, isPutTogether, textsOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/template-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [1336, 94],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...['Template', 'from_string', 'render_template_string', 'render', 'compile', 'precompile', 'template'],
    ...['renderString', 'renderFile'],
  ],

  check: {
    Call: check,
    New: check,
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` is compiled as part of a template`,
      why: 'A template is a program: an expression in the value is evaluated, and most engines let it reach the files and the commands of the server.',
      remedy: 'Keep the template constant and pass the value to it as data.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se compila como parte de una plantilla`,
      why: 'Una plantilla es un programa: si el valor contiene una expresión, se evalúa, y la mayoría de los motores le dan acceso a los archivos y comandos del servidor.',
      remedy: 'Deja la plantilla constante y pásale el valor como dato.',
    }),
  },

  examples: {
    invalid: [
      py`
        from flask import render_template_string, request
        def hello():
            return render_template_string(«f"<h1>Hello {request.args['name']}</h1>"»)
      `,
      py`
        from jinja2 import Template
        def greeting(name):
            return Template(«"Hello %s" % name»).render()
      `,
      py`
        from jinja2 import Environment
        from flask import request
        def preview():
            return Environment().from_string(«request.form["template"]»).render()
      `,
      py`
        from django.template import Template, Context
        def page(request):
            return Template(«request.POST["body"]»).render(Context())
      `,
      js`
        const ejs = require('ejs')
        app.post('/preview', (req, res) => res.send(ejs.render(«req.body.template», { user })))
      `,
      js`
        const pug = require('pug')
        exports.title = title => pug.compile(«\`h1 \${title}\`»)
      `,
      ts`
        import Handlebars from 'handlebars'
        app.post('/mail', (req, res) => { const source: string = req.body.text; Handlebars.compile(«source») })
      `,
      ts`
        import _ from 'lodash'
        app.get('/', (req, res) => res.send(_.template(«'<b>' + req.query.name + '</b>'»)()))
      `,
    ],
    valid: [
      py`
        from django.http import HttpResponse
        def page(request):
            return HttpResponse(Cursor.from_string(request.GET.get("cursor")))
      `,
      py`
        from flask import render_template_string, request
        def hello():
            return render_template_string("<h1>Hello {{ name }}</h1>", name=request.args["name"])
      `,
      py`
        from jinja2 import Template
        def load(path):
            return Template(path.read_text())
      `,
      py`
        from jinja2 import Template
        def render(source):
            return Template(source)
      `,
      py`
        from string import Template
        def greeting(name):
            return Template(f"Hello {name}")
      `,
      py`
        from jinja2 import Template
        def column(width: int):
            return Template(f"{{{{ text|truncate({width}) }}}}")
      `,
      js`
        const ejs = require('ejs')
        app.get('/', (req, res) => res.send(ejs.render('<b><%= name %></b>', { name: req.query.name })))
      `,
      js`
        app.get('/', (req, res) => res.render('page', { name: req.query.name }))
      `,
      ts`
        import Handlebars from 'handlebars'
        export const compile = (source: string) => Handlebars.compile(source)
      `,
      ts`const html = tool.compile(\`x \${name}\`)`,
    ],
  },
})

function* check(node: SyntaxNode, file: SourceFile) {
  const template = templateText(file, node)
  if (!template || file.constant(template)) return
  const source = templateSource(file, template)
  if (!source) return
  yield {
    at: template,
    data: { value: sourceText(source) },
    ...(template.contains(source.at) ? {} : { related: [source.at] }),
  }
}

/** All of a template from a stranger, or one that is put together with what somebody passes. */
function templateSource(file: SourceFile, template: SyntaxNode): Source | undefined {
  const stranger = untrusted(file, template, { origins: ['request'] })
  if (stranger || file.isTest || isCheckedHere(file, template)) return stranger
  for (const pieces of textsOf(file, template)) {
    if (!isPutTogether(pieces)) continue
    for (const piece of pieces) {
      const source = isHole(piece) ? untrustedHole(file, piece, template, { origins: ['caller'] }) : undefined
      if (source) return source
    }
  }
  return undefined
}
