// Calls that compile a text as a template.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, receiver } from '../../calls.ts'
import { calledName, importsAny } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

const PYTHON_ENGINES =
  /^(jinja2\.(Template|environment\.Template)|flask\.render_template_string|quart\.render_template_string|django\.template\.(base\.)?Template|mako\.template\.Template|tornado\.template\.Template|bottle\.(template|SimpleTemplate))$/

const SCRIPT_ENGINES =
  /^(ejs\.(render|compile)|handlebars\.(compile|precompile)|Handlebars\.(compile|precompile)|pug\.(render|compile)|jade\.(render|compile)|(lodash|underscore|_)\.template|lodash\/template|nunjucks\.(renderString|compile)|(dot|doT)\.(template|compile)|eta\.(renderString|compile)|swig\.(render|compile))$/

export function templateText(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (file.language === 'python') {
    const isEngine =
      PYTHON_ENGINES.test(name) ||
      (calleeName(call) === 'from_string' &&
        /env|engine|jinja|template/i.test(receiver(call)?.text ?? '') &&
        importsAny(file, /\b(jinja2|django)\b/))
    return isEngine ? argument(call, 0, 'source') : undefined
  }
  return SCRIPT_ENGINES.test(name) ? argument(call, 0) : undefined
}
