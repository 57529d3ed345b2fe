/** Assigning a name to itself does nothing; another name was almost certainly meant. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { deleteStatement, replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isCommented } from '../support/deliberate.ts'

export default defineRule({
  id: 'correctness/self-assignment',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [1164],
  concept: 'dead-code',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Assignment(node, file) {
      const target = node.child('target')
      const value = node.child('value')?.unwrapped
      if (!target || !value || !target.is('Name', 'Member') || !target.same(value)) return
      const statement = node.parent
      // `it: Item = it` is for the type checker.
      if (isCommented(node, MEANT) || node.child('type')) return
      if (target.kind === 'Name' ? isFromOutside(target, file) || isBranch(node) : isProbe(target, file))
        return
      const member = memberToKeep(target, file)
      yield {
        at: node,
        data: { name: target.text, member },
        fix: {
          safety: 'unsafe',
          edits: () => {
            if (statement?.kind !== 'ExpressionStatement') return []
            return member ? [replace(target, member)] : deleteStatement(statement)
          },
        },
      }
    },
  },

  explain: {
    en: ({ name, member }) => ({
      message: `\`${name}\` is assigned to itself`,
      why: 'The statement changes nothing, so one of its sides probably names the wrong variable.',
      remedy: member
        ? `Keep it as \`${member}\`, or delete the statement.`
        : 'Name the value that was meant, or delete the statement.',
      fix: member ? `Keep it as \`${member}\`` : 'Delete the statement',
    }),
    es: ({ name, member }) => ({
      message: `\`${name}\` se asigna a sí misma`,
      why: 'La instrucción no cambia nada, así que uno de sus lados probablemente nombra la variable equivocada.',
      remedy: member
        ? `Guárdalo como \`${member}\` o elimina la instrucción.`
        : 'Nombra el valor que querías asignar o elimina la instrucción.',
      fix: member ? `Guardarlo como \`${member}\`` : 'Eliminar la instrucción',
    }),
  },

  examples: {
    invalid: [
      fixes(py`«width = width»`, py``),
      fixes(ts`«total = total»; send(total)`, ts`send(total)`),
      fixes(
        py`
        def f(a, b):
            if a:
                «b = b»
            return b
      `,
        py`
        def f(a, b):
            if a:
                pass
            return b
      `,
      ),
      // The next statement would take its place.
      fixes(js`if (a) «b.c = b.c»; send(b)`, js`if (a) b.c = b.c; send(b)`),
      // A constructor has nothing else to do with what it is given.
      fixes(
        py`
        class Client:
            def __init__(self, key): «key = key»
      `,
        py`
        class Client:
            def __init__(self, key): self.key = key
      `,
      ),
      fixes(
        js`class Client { constructor(key) { «key = key» } }`,
        js`class Client { constructor(key) { this.key = key } }`,
      ),
      fixes(
        py`
        class Client:
            def __init__(self, key):
                «key = key»
                self.secret = Secret(key)
      `,
        py`
        class Client:
            def __init__(self, key):
                self.secret = Secret(key)
      `,
      ),
      fixes(
        py`
        class Client:
            def send(self, key): «key = key»
      `,
        py`
        class Client:
            def send(self, key): pass
      `,
      ),
      js`«a.b = a.b»`,
      rs`fn f() { «x = x»; }`,
    ],
    valid: [
      py`
        def f(items):
            for it in items:
                it: Item = it
                it.run()
      `,
      py`
        from .base import Format
        # hack: the docstring where the tool finds it.
        Format = Format
        """The formats that there are."""
      `,
      py`
        def keep(order):
            order.save()
            # refresh the key, which is only known now
            order.address = order.address
      `,
      py`self.width = width`,
      py`
        class A:
            columns = columns
      `,
      py`float = float`,
      py`
        # The next line keeps pyflakes quiet.
        names = names
      `,
      py`
        try:
            from importlib import reload
        except ImportError:
            reload = reload
      `,
      py`
        from shop.cache import CACHES
        CACHES = CACHES
      `,
      py`
        from shop.settings.base import *
        CURRENCIES = CURRENCIES
      `,
      py`
        def f(a):
            if a is None: b = 1
            elif a: b = b
            else: b = 2
      `,
      at('tests/test_orm.py', py`user.name = user.name`),
      ts`total = subtotal`,
      ts`if (isCall) { result = result(a) } else if (isCall === false) { result = result } else { result = guess() }`,
      js`a.b = a.c`,
      at('test/setters.test.js', js`element.value = element.value`),
      rs`fn f() { x = y; }`,
    ],
  },
})

/** `key = key` in a constructor that does nothing else with its `key`: the object was to remember it. */
function memberToKeep(target: SyntaxNode, file: SourceFile): string {
  const home = target.function
  const binding = target.kind === 'Name' ? file.binding(target) : undefined
  if (!home || binding?.kind !== 'parameter' || binding.scope.row !== home.row) return ''
  if ([...binding.reads()].length > 1) return ''
  if (!/^(__init__|constructor)$/.test(home.child('name')?.name ?? '')) return ''
  const self = file.language === 'python' ? home.child('parameters')?.firstChild?.name : 'this'
  return self ? `${self}.${target.name}` : ''
}

/** What a comment says where a setter is there to be called, or a tool to be helped: `# refresh the key after saving`. */
const MEANT =
  /refresh|trigger|force|invalidate|setter|reload|touch|hack|docstring|pdoc|mypy|\b(?:pyflakes|flake8|pylint|ruff|lint\w*)\b(?!:)|re-?export|deliberate|intentional|on purpose/i

/** In the body of a class or a module, Python looks up the value outside as long as the name is not bound inside. */
function isFromOutside(target: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'python') return false
  const binding = file.binding(target)
  if (!binding) return false
  if (binding.isModuleLevel && (isFallback(target) || isPassedOn(binding, target))) return true
  if (binding.writeCount !== 1) return false
  return binding.scope.kind === 'Class' || (binding.isModuleLevel && BUILT_IN.test(target.name))
}

/** `except ImportError: reload = reload`: where the module is missing, the language brings the name. */
function isFallback(target: SyntaxNode): boolean {
  return /^except\b[^:]*\b(?:ImportError|ModuleNotFoundError|NameError)\b/.test(
    target.closest('Catch')?.text ?? '',
  )
}

/** `from .cache import CACHES`, `CACHES = CACHES`: said again as this module's own, as settings and re-exports are. */
function isPassedOn(binding: Binding, target: SyntaxNode): boolean {
  for (const it of binding.writes()) if (it.closest('Import')) return true
  const home = target.closest('Module')
  return home?.children('statement').some(it => it.kind === 'Import' && /\*\s*$/.test(it.text)) ?? false
}

/** Types that modules pass on under their own name. */
const BUILT_IN = /^(bool|bytes|complex|dict|float|frozenset|int|list|object|set|str|tuple|type)$/

/** One branch of several that says: here it stays as it is. */
function isBranch(node: SyntaxNode): boolean {
  const statement = node.parent
  const block = statement?.parent
  const choice = block?.kind === 'Block' ? block.parent : block
  if (!statement || !choice?.is('If', 'ElseIf')) return false
  if (block?.kind === 'Block' && block.children('statement').length !== 1) return false
  return choice.kind === 'ElseIf' || choice.child('alternative') !== undefined
}

/** A test sees what a setter does. */
function isProbe(target: SyntaxNode, file: SourceFile): boolean {
  return target.kind === 'Member' && file.isTest
}
