/** A template engine that does not escape makes every value that a page shows a piece of the page. */

import { argument, isFalse, keywordArgument, property } from '../../semantics/calls.ts'
import { calledName, importsAny } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/autoescape-off',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [79, 116],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['setup', 'Environment', 'Jinja2Templates', 'setDefaults', 'configure', 'Swig'],

  check: {
    Call: found,
    New: found,
  },

  explain: {
    en: () => ({
      message: 'The templates of these pages do not escape what is put into them',
      why: 'Every name, comment or search that a page shows can then bring its own script, and one forgotten `escape` is enough.',
      remedy: 'Switch it on, and mark in the template the few values that are HTML already.',
    }),
    es: () => ({
      message: 'las plantillas de estas páginas no escapan lo que se inserta en ellas',
      why: 'Cualquier nombre, comentario o búsqueda que muestre una página puede entonces traer su propio script, y basta con olvidar un `escape`.',
      remedy: 'Actívalo y marca en la plantilla los pocos valores que ya son HTML.',
    }),
  },

  examples: {
    invalid: [
      py`
        import jinja2, aiohttp_jinja2
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader("pages"), autoescape=«False»)
      `,
      py`
        from flask import Flask
        from jinja2 import Environment
        pages = Environment(loader=loader, autoescape=«False»)
      `,
      js`
        const swig = require('swig')
        swig.setDefaults({ autoescape: «false» })
      `,
      ts`
        import nunjucks from 'nunjucks'
        nunjucks.configure('pages', { autoescape: «false», express: app })
      `,
    ],
    valid: [
      py`
        import jinja2, aiohttp_jinja2
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader("pages"))
      `,
      py`
        from jinja2 import Environment
        code = Environment(loader=loader, autoescape=False)
      `,
      js`
        const swig = require('swig')
        swig.setDefaults({ autoescape: true })
      `,
      ts`
        import nunjucks from 'nunjucks'
        nunjucks.configure('templates', { autoescape: false })
      `,
    ],
  },
})

const WEB =
  /\b(flask|quart|django|fastapi|starlette|aiohttp|aiohttp_jinja2|sanic|bottle|falcon|pyramid|tornado)\b/

function* found(node: SyntaxNode, file: SourceFile) {
  const value = file.isTest ? undefined : switchOf(file, node)
  if (value && isFalse(file, value)) yield { at: value, data: {} }
}

/** What is not HTML, such as code or settings, must not be escaped: a web framework has to be there. */
function switchOf(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (file.language === 'python') {
    const isPages =
      /^aiohttp_jinja2\.setup$|^(fastapi|starlette)\.templating\.Jinja2Templates$/.test(name) ||
      (/^jinja2\.(\w+\.)?Environment$/.test(name) && importsAny(file, WEB))
    return isPages ? keywordArgument(call, 'autoescape') : undefined
  }
  if (/^swig(\.default)?\.(setDefaults|Swig)$/.test(name)) return property(argument(call, 0), 'autoescape')
  if (!/^nunjucks(\.default)?\.configure$/.test(name)) return undefined
  const options = call.children('argument').find(it => it.kind === 'Dictionary')
  return property(options, 'express') ? property(options, 'autoescape') : undefined
}
