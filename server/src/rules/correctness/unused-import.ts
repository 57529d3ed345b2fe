/** An import that nothing in the file uses: a leftover, or a sign that something else was meant. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { deleteStatement, removeElement } from '../edit.ts'
import { at, fixes, js, jsx, py, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExamplePath, isTypeTest } from '../support/test-code.ts'
import { readsByName } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/unused-import',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [1164],
  concept: 'dead-code',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {
    *Import(node, file) {
      for (const name of importedNames(node)) {
        if (!isUnused(name, file) || isDeliberate(node, name, file)) continue
        yield {
          at: name.kind === 'PropertyName' ? name.parent! : name,
          data: { name: name.kind === 'PropertyName' ? name.parent!.text : name.name },
          fix: { safety: 'safe', edits: () => removeName(node, name) },
        }
      }
    },
    *Declarator(node, file) {
      if (!isRequire(node, file) || preparesWorld(node)) return
      for (const name of node.child('target')?.is('Name') ? [node.child('target')!] : elementsOf(node)) {
        if (!isUnused(name, file) || isDeliberate(node.parent!, name, file)) continue
        const isOnly = node.child('target')?.kind === 'Name' || elementsOf(node).length === 1
        yield {
          at: name,
          data: { name: name.name },
          // Without the call, what the module does when it is loaded would not happen any more.
          fix: {
            safety: 'unsafe',
            edits: () => (isOnly ? deleteStatement(node.parent!) : [removeElement(itemOf(name))]),
          },
        }
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` is imported and never used`,
      why: 'It costs loading time, ties the file to code that it does not need, and makes readers look for where it is used.',
      remedy: 'Delete it, or use it where it was meant.',
      fix: `Delete the import of \`${name}\``,
    }),
    es: ({ name }) => ({
      message: `\`${name}\` se importa y no se usa`,
      why: 'Cuesta tiempo de carga, ata el archivo a código que no necesita y hace que quien lee busque dónde se usa.',
      remedy: 'Elimínalo o úsalo donde hacía falta.',
      fix: `Eliminar la importación de \`${name}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        import «os»
        import sys
        print(sys.path)
      `,
        py`
        import sys
        print(sys.path)
      `,
      ),
      fixes(
        py`
        from a import (
            «b»,
            c,
            d as «e»,
        )
        c()
      `,
        py`
        from a import (
            c,
        )
        c()
      `,
      ),
      fixes(
        py`
        import os.path as «p», sys
        sys.exit()
      `,
        py`
        import sys
        sys.exit()
      `,
      ),
      fixes(
        py`
        def f():
            from a import «b»
      `,
        py`
        def f():
            pass
      `,
      ),
      at(
        'migrations/versions/2_b.py',
        py`
        from alembic import op
        from shop.models import «Order»
        down_revision = "1"
        op.drop()
      `,
      ),
      fixes(js`import «a», { b } from 'x'; b()`, js`import { b } from 'x'; b()`),
      fixes(js`import a, { «b» } from 'x'; a()`, js`import a from 'x'; a()`),
      fixes(js`import a, * as «b» from 'x'; a()`, js`import a from 'x'; a()`),
      fixes(js`import { a, b as «c», d } from 'x'; a(d)`, js`import { a, d } from 'x'; a(d)`),
      fixes(
        js`
        import «a» from 'x'
        run()
      `,
        js`
        run()
      `,
      ),
      fixes(js`const { a, «b» } = require('x'); a()`, js`const { a } = require('x'); a()`),
      js`const «fs» = require('fs'); run()`,
      fixes(
        ts`
        import type { «A», B } from 'x'
        let b: B = 1
        run(b)
      `,
        ts`
        import type { B } from 'x'
        let b: B = 1
        run(b)
      `,
      ),
      ts`import { «a» } from 'x'; function f(a: number) { return a }`,
    ],
    valid: [
      py`
        from __future__ import annotations
        run()
      `,
      at('src/pkg/__init__.py', py`from .a import b`),
      py`
        from .a import b
        from .c import d as e
      `,
      py`
        from a import b, c
        __all__ = ["b"]
        __all__ += ["c"]
      `,
      py`
        from a import b as b
        run()
      `,
      py`
        from _fast import b, c
        b()
      `,
      py`
        # For backward compatibility
        from a import b
        run()
      `,
      py`
        """Only for others."""
        from a import b, c
        d = c
      `,
      at(
        'src/compat.py',
        py`
        from a import b
        run()
      `,
      ),
      py`
        try:
            import fast
        except ImportError:
            run()
      `,
      py`
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from a import B
        def f(b: "list[B]"): return b
      `,
      py`
        import a as b
        import a.c
        b.run()
      `,
      py`
        if TYPE_CHECKING:
            from a import B
        def f():
            target: str | B = ""
            from a import B
            return B(target)
      `,
      py`
        from a import b
        x = []  # type: list[b]
      `,
      py`
        from fixtures import client
        def test_get(client): client.get()
      `,
      py`
        from util import picklers
        class A:
            @fixture(params=picklers())
            def picklers(self): pass
      `,
      py`
        from a import B
        table = {B: 1}
      `,
      at(
        'migrations/versions/1_a.py',
        py`
        from alembic import op
        import sqlalchemy as sa
        import shop.database.types
        down_revision = "0"
        op.drop()
      `,
      ),
      js`const db = require('./mocks/database'); run()`,
      at('test/a.js', js`const should = require('should'); run().should.equal(1)`),
      at(
        'shop/project_template/home/models.py',
        py`
        from framework import models
        page = Page()
      `,
      ),
      at('examples/start.js', js`import a from 'x'; run()`),
      js`import 'x'`,
      js`import { a } from 'x'; export { a }`,
      js`
        import { A } from 'x'
        /** @param {A} a */
        export function f(a) {}
      `,
      js`
        // eslint-disable-next-line no-unused-vars
        import a from 'x'
        run()
      `,
      jsx`import React from 'react'; export const a = <b />`,
      jsx`import A from 'x'; export const a = <A.B />`,
      ts`import { A } from 'x'; export function f(a: A.B) {}`,
      ts`import a from 'x'; export type A = typeof a`,
      tsx`import { A } from 'x'; export const b = <A c="d" />`,
      ts`import type a from 'x'; function f(a: a.B) { return a }`,
      ts`import { a } from 'x'; function f(b: (a: number) => void) { a(b) }`,
      ts`import _a from 'x'; run()`,
    ],
  },
})

/** The identifiers that an import binds; for Python's `import a.b` the first of the path. */
function importedNames(node: SyntaxNode): SyntaxNode[] {
  const { grammar } = node.tree
  if (grammar === 'rust') return []
  return node.children('name').flatMap(it => {
    if (it.kind === 'Name') return [it]
    if (it.kind === 'Path') return it.children().slice(0, 1)
    const alias = it.child('alias')
    const name = it.child('name')
    // `import a as a` says that others import it from here.
    if (alias && grammar === 'python' && alias.name === name?.text) return []
    return alias ? [alias] : name ? [name] : []
  })
}

function isUnused(name: SyntaxNode, file: SourceFile): boolean {
  const binding = file.binding(name)
  return binding !== undefined && !binding.name.startsWith('_') && binding.writeCount === 1 && !binding.isRead
}

function isDeliberate(statement: SyntaxNode, name: SyntaxNode, file: SourceFile): boolean {
  if (file.hasErrors || isExamplePath(file.path)) return true
  return file.language === 'python'
    ? isDeliberateInPython(statement, name.name, file)
    : isDeliberateInScript(statement, name, file)
}

function isDeliberateInPython(statement: SyntaxNode, name: string, file: SourceFile): boolean {
  if (/(^|\/)(__init__|conftest)\.py$|\.pyi$/.test(file.path)) return true
  if (statement.type === 'future_import_statement' || statement.closest('Try', 'With', 'Class')) return true
  if (isMigration(statement, file)) return true
  if (loadsModule(statement) || comesFromInnerModule(statement, file.path)) return true
  const { root } = file
  const { text } = root
  if (/#\s*(?:flake8|ruff):\s*noqa|#\s*pylint:\s*disable=[\w, -]*(?:unused-import|W0611)/i.test(text))
    return true
  if (/#\s*noqa(?!\s*:(?!.*F401))/i.test(linesOf(statement, text))) return true
  if (isMeantForOthers(statement, text)) return true
  const word = new RegExp(`\\b${name}\\b`)
  return (
    isFacade(root, file) ||
    isNamedInText(root, word) ||
    isNamedInClass(root, name, file) ||
    isParameterName(root, name) ||
    isNamedInAnnotation(root, name) ||
    isPartOfPackage(statement, name, root, file) ||
    readsByName(file, root)
  )
}

/** The template of a migration imports what most migrations need: Alembic, and modules of types, by their whole path. */
function isMigration(statement: SyntaxNode, file: SourceFile): boolean {
  const isOfAlembic = file.root.mentions('down_revision')
  if (isOfAlembic && /^import [\w.]+\.\w+$/.test(statement.text)) return true
  if (!/\b(alembic|sqlalchemy|django|migrations)\b/.test(statement.text)) return false
  return isOfAlembic || /(^|\/)migrations\/\w+\.py$/.test(file.path)
}

/** Inside a function, what a module does when it is loaded is the likely reason for loading it there. */
function loadsModule(statement: SyntaxNode): boolean {
  if (!statement.function) return false
  const source = statement.child('source')
  return !source || /^\.+$/.test(source.text)
}

/** The file only gathers what others import from it. */
function isFacade(root: SyntaxNode, file: SourceFile): boolean {
  if (/(^|[/_])compat(ibility)?\.py$/.test(file.path)) return true
  return root.children().every(it => {
    if (it.is('Import', 'Pass')) return true
    if (it.is('If', 'Try')) return !it.has('Function', 'Class')
    const value = it.kind === 'ExpressionStatement' ? it.child('value') : undefined
    return value?.is('String') || (value?.kind === 'Assignment' && !value.has('Call', 'Function'))
  })
}

/** What a private module makes, or one of this module's own name, is often meant for those who import this one. */
function comesFromInnerModule(statement: SyntaxNode, path: string): boolean {
  const module = /[^.]*$/.exec(statement.child('source')?.text ?? '')![0]
  return module.startsWith('_') || path.endsWith(`/${module}.py`)
}

/** Somebody says in a comment, above or on the line, whom the import is for. */
function isMeantForOthers(statement: SyntaxNode, text: string): boolean {
  const above = /(?:^|\n)((?:[ \t]*#.*\n)*)[^\n]*$/.exec(text.slice(0, statement.start))?.[1] ?? ''
  const comments = `${above}${linesOf(statement, text).match(/#.*/g)?.join('') ?? ''}`
  return /compat|export|public|\bapi\b|backward|legacy|side.?effect|register/i.test(comments)
}

/** In an annotation between quotes, in `__all__`, in a type comment, or in an example of a docstring. */
function isNamedInText(root: SyntaxNode, word: RegExp): boolean {
  for (const it of root.descendants('String', 'Comment')) {
    const { text } = it
    if (!word.test(text)) continue
    if (
      it.kind === 'Comment'
        ? /#\s*type:/.test(text)
        : /^\w{0,2}["'][\w\s[\],.|'"]*$/.test(text) || text.includes('>>>')
    )
      return true
  }
  return false
}

/** Before a class body gives the name a value of its own, it still means the import. */
function isNamedInClass(root: SyntaxNode, name: string, file: SourceFile): boolean {
  for (const it of root.descendants('Name'))
    if (it.name === name && file.binding(it)?.scope.kind === 'Class') return true
  return false
}

/** Test frameworks pass what is imported under this name: `def test_get(client)`. */
function isParameterName(root: SyntaxNode, name: string): boolean {
  for (const it of root.descendants('Parameters'))
    if (it.children('parameter').some(parameter => parameter.name === name)) return true
  return false
}

/** Where a function imports the same again, an annotation in it may still mean the one of the module. */
function isNamedInAnnotation(root: SyntaxNode, name: string): boolean {
  for (const it of root.named(name, 'any')) if (it.closest('Type')) return true
  return false
}

/** `import a.b` beside `import a as c`: it loads a part of what is used under the other name. */
function isPartOfPackage(statement: SyntaxNode, name: string, root: SyntaxNode, file: SourceFile): boolean {
  const isPart = statement.children('name').some(it => it.kind === 'Path' && it.firstChild?.name === name)
  if (!isPart) return false
  for (const it of root.descendants('ImportName'))
    if (it.child('name')?.text === name && file.binding(it.child('alias') ?? it)?.isRead) return true
  return false
}

const JSX_FACTORIES: ReadonlySet<string> = new Set([
  'React',
  'h',
  'jsx',
  'Fragment',
  'createElement',
  'preact',
])

function isDeliberateInScript(statement: SyntaxNode, imported: SyntaxNode, file: SourceFile): boolean {
  if (file.path.endsWith('.d.ts') || isTypeTest(file)) return true
  const { root } = file
  const { name } = imported
  if (JSX_FACTORIES.has(name) && root.has('JsxElement')) return true
  if (file.language === 'typescript' && isNamedInType(root, imported)) return true
  const word = new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`)
  for (const it of root.descendants('Comment')) {
    const { text } = it
    if (text.startsWith('/**') && word.test(text)) return true
    if (!/unused-(vars|imports)|noUnused/.test(text)) continue
    if (/eslint-disable(?!-)/.test(text) || Math.abs(it.start - statement.start) < 200) return true
  }
  return false
}

/** Where a type is meant, a variable of the same name does not hide an import. */
function isNamedInType(root: SyntaxNode, imported: SyntaxNode): boolean {
  for (const it of root.descendants('Name', 'TypeName'))
    if (
      it.name === imported.name &&
      it.row !== imported.row &&
      it.closest('Type', 'TypeArguments', 'TypeAlias', 'Interface')
    )
      return true
  return false
}

/** The text of the lines that a statement stands on. */
function linesOf(statement: SyntaxNode, text: string): string {
  const end = text.indexOf('\n', statement.end)
  return text.slice(statement.start, end === -1 ? text.length : end)
}

/** `const a = require('b')` at the top of a file. */
function isRequire(node: SyntaxNode, file: SourceFile): boolean {
  const value = node.child('value')
  if (value?.kind !== 'Call' || file.language === 'rust' || file.language === 'python') return false
  const callee = value.child('callee')
  const statement = node.parent
  return (
    callee?.name === 'require' &&
    file.isFree(callee) &&
    statement?.kind === 'Declaration' &&
    statement.children('definition').length === 1 &&
    statement.parent?.kind === 'Module' &&
    (node.child('target')?.is('Name', 'ObjectPattern') ?? false)
  )
}

/** Loading it is the point: it sets up what the rest of the file lives in. */
function preparesWorld(node: SyntaxNode): boolean {
  const module = node.child('value')?.child('argument')?.text ?? ''
  return /mock|stub|setup|bootstrap|polyfill|shim|register|prerequisite|init|globals?\b|env\b|^.should\b/i.test(
    module,
  )
}

/** The names that `const { a, b: c } = …` binds. */
function elementsOf(node: SyntaxNode): SyntaxNode[] {
  const elements = node.child('target')?.children('element') ?? []
  if (elements.some(it => it.kind === 'RestPattern')) return []
  return elements.flatMap(it => {
    const name = it.kind === 'Pair' ? it.child('value') : it
    return name?.kind === 'Name' ? [name] : []
  })
}

function itemOf(name: SyntaxNode): SyntaxNode {
  return name.parent?.is('Pair', 'ImportName', 'Path') ? name.parent : name
}

function removeName(node: SyntaxNode, name: SyntaxNode): readonly TextEdit[] {
  const items = node.children('name')
  const item = itemOf(name)
  if (items.length === 1) return deleteStatement(node)
  if (node.tree.grammar === 'python') return [removeElement(item)]
  const { text } = node.tree
  const first = items[0]!
  if (item.kind === 'Name') {
    const comma = /^\s*,\s*/.exec(text.slice(item.end))
    return comma ? [{ start: item.start, end: item.end + comma[0].length, newText: '' }] : []
  }
  if (first.kind === 'Name' && items.length === 2) {
    const end = item.type === 'namespace_import' ? item.end : text.indexOf('}', item.end) + 1
    return end > item.start ? [{ start: first.end, end, newText: '' }] : []
  }
  return [removeElement(item)]
}
