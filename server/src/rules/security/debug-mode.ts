/** A web framework in debug mode shows its insides, and often a console, to whoever causes an error. */

import { isTrue, keyText, keywordArgument, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { at, fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { importsAny, pathOf } from '../support/imports.ts'
import { isAskedFor } from '../support/opt-in.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'security/debug-mode',
  severity: 'warning',
  languages: ['python'],
  cwe: [489, 215],
  concept: 'permissions',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: ['run', 'Flask', 'FastAPI', 'Starlette', 'Sanic', 'Litestar'],

  check: {
    *Call(node, file) {
      const value = keywordArgument(node, 'debug')
      if (!value || !isTrue(file, value) || isExcused(node, file)) return
      const app = receiver(node)
      const framework = app ? frameworkOf(app, file) : frameworkMadeBy(node, file)
      if (framework) yield match(value.parent!, value, framework)
    },
    *Assignment(node, file) {
      const target = node.child('target')
      const value = node.child('value')
      if (!target || value?.kind !== 'Boolean' || !isTrue(file, value)) return
      if (target.kind === 'Name') {
        if (target.name === 'DEBUG' && isDjangoSetting(node, target, file)) yield match(node, value, 'Django')
        return
      }
      const object = target.child('object')
      const app =
        target.kind === 'Member' && target.child('property')?.name === 'debug'
          ? object
          : target.kind === 'Index' && keyText(target.child('index')) === 'DEBUG' && object?.kind === 'Member'
            ? object.child('object')
            : undefined
      const framework = app && !isExcused(node, file) ? frameworkOf(app, file) : undefined
      if (framework) yield match(node, value, framework)
    },
  },

  explain: {
    en: ({ code, framework }) => ({
      message: `\`${code}\` runs ${framework} in debug mode`,
      why: 'An error then shows its source code and its variables to whoever caused it. With Werkzeug, the debugger of Flask, it even opens a console that runs any code on the server.',
      remedy: 'Turn it off here, and on by a setting of the machine on which you develop.',
      fix: 'Turn debug mode off',
    }),
    es: ({ code, framework }) => ({
      message: `\`${code}\` ejecuta ${framework} en modo de depuración`,
      why: 'Un error muestra entonces el código fuente y las variables a quien lo provocó. Con Werkzeug, el depurador de Flask, abre incluso una consola que ejecuta cualquier código en el servidor.',
      remedy: 'Desactívalo aquí y actívalo con un ajuste de la máquina en la que desarrollas.',
      fix: 'Desactivar el modo de depuración',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
          from flask import Flask
          app = Flask(__name__)
          app.run(host="0.0.0.0", «debug=True»)
        `,
        py`
          from flask import Flask
          app = Flask(__name__)
          app.run(host="0.0.0.0", debug=False)
        `,
      ),
      py`
        from flask import Flask, request
        from .web import app
        if __name__ == "__main__":
            app.run(«debug=True»)
      `,
      py`
        import flask
        app = flask.Flask(__name__)
        «app.debug = True»
        «app.config["DEBUG"] = True»
      `,
      py`
        from fastapi import FastAPI
        app = FastAPI(title="Shop", «debug=True»)
      `,
      at(
        'shop/settings.py',
        py`
          INSTALLED_APPS = ["django.contrib.admin"]
          «DEBUG = True»
        `,
      ),
    ],
    valid: [
      py`
        from flask import Flask
        app = Flask(__name__)
        app.run(debug=settings.debug)
      `,
      py`pipeline.run(debug=True)`,
      py`
        from flask import Flask
        pipeline.run(debug=True)
        logger.debug = True
      `,
      py`
        from flask import Flask
        app = Flask(__name__)
        if arguments.debug: app.run(debug=True)
      `,
      at(
        'examples/hello.py',
        py`
          from flask import Flask
          app = Flask(__name__)
          app.run(debug=True)
        `,
      ),
      at(
        'shop/settings/local.py',
        py`
          INSTALLED_APPS = ["debug_toolbar"]
          DEBUG = True
        `,
      ),
      at('tool/settings.py', py`DEBUG = True`),
      at(
        'shop/settings.py',
        py`
          INSTALLED_APPS = ["django.contrib.admin"]
          DEBUG = os.environ.get("DEBUG") == "1"
        `,
      ),
      at(
        'shop/settings.py',
        py`
          INSTALLED_APPS = ["django.contrib.admin"]
          DEBUG = True
          if "PORT" in os.environ: DEBUG = False
        `,
      ),
    ],
  },
})

const FRAMEWORKS: readonly (readonly [RegExp, string])[] = [
  [/^flask\.(?:\w+\.)?Flask$/, 'Flask'],
  [/^quart\.Quart$/, 'Quart'],
  [/^fastapi\.(?:\w+\.)?FastAPI$/, 'FastAPI'],
  [/^starlette\.applications\.Starlette$/, 'Starlette'],
  [/^sanic\.(?:\w+\.)?Sanic$/, 'Sanic'],
  [/^litestar\.(?:\w+\.)?Litestar$/, 'Litestar'],
]

function frameworkMadeBy(call: SyntaxNode, file: SourceFile): string | undefined {
  const path = pathOf(file, call.child('callee'))
  return path ? FRAMEWORKS.find(([pattern]) => pattern.test(path))?.[1] : undefined
}

/** What an application is an application of, by how it was made, or by its name next to an import of Flask. */
function frameworkOf(app: SyntaxNode, file: SourceFile): string | undefined {
  const made = file.value(app)
  if (made.kind === 'Call') return frameworkMadeBy(made, file)
  const isApp = app.kind === 'Name' && /^(?:app|application|server)$/.test(app.name)
  return isApp && importsAny(file, /^(?:from|import)\s+flask\b/) ? 'Flask' : undefined
}

/** In the settings that all machines share, set once and for all. */
function isDjangoSetting(node: SyntaxNode, target: SyntaxNode, file: SourceFile): boolean {
  if (!/(?:^|\/)settings(?:\/(?:base|common|defaults?|prod\w*|live|staging|__init__))?\.py$/.test(file.path))
    return false
  if (node.parent?.parent?.kind !== 'Module' || isExcused(node, file)) return false
  const binding = file.binding(target)
  if (binding?.writeCount !== 1) return false
  for (const it of file.root.children('statement')) {
    const name = it.child('value')?.child('target')
    if (name?.kind === 'Name' && (name.name === 'INSTALLED_APPS' || name.name === 'ROOT_URLCONF')) return true
    // What another file says may take it back.
    if (it.kind === 'Import' && it.has('Wildcard') && it.start > node.start) return false
  }
  return false
}

function isExcused(node: SyntaxNode, file: SourceFile): boolean {
  return file.isTest || isExamplePath(file.path) || isAskedFor(node, /debug|\bdev|local/i)
}

function match(place: SyntaxNode, value: SyntaxNode, framework: string) {
  return {
    at: place,
    data: { code: place.text, framework },
    fix: { safety: 'unsafe', edits: () => [replace(value, 'False')] },
  } as const
}
