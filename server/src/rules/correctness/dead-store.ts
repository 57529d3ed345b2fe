/** A value that is overwritten before anybody reads it was computed for nothing, or lost by mistake. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { deleteStatement } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isLastUse } from '../support/leftovers.ts'
import { isPure } from '../support/purity.ts'
import { homeOf, isCaptured, readsByName } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/dead-store',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [563],
  concept: 'dead-code',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    Assignment: deadStore,
    Declarator: deadStore,
  },

  explain: {
    en: ({ name }) => ({
      message: `The value given to \`${name}\` is overwritten before anybody reads it`,
      why: 'Either this line is left over, or the next one was meant to use its value, or another variable was meant.',
      remedy: 'Delete the line, or use the value before it is replaced.',
      fix: 'Delete the value that nobody reads',
    }),
    es: ({ name }) => ({
      message: `El valor que recibe \`${name}\` se sobrescribe antes de que nadie lo lea`,
      why: 'O sobra esta línea, o la siguiente debía usar su valor, o se quería otra variable.',
      remedy: 'Elimina la línea o usa el valor antes de reemplazarlo.',
      fix: 'Eliminar el valor que nadie lee',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f(a):
            «total» = a * 2
            total = a * 3
            return total
      `,
        py`
        def f(a):
            total = a * 3
            return total
      `,
      ),
      py`
        def f(a):
            «it» = load(a)
            show(a)
            it = save(a)
            return it
      `,
      fixes(
        js`function f(a) { let «b» = a + 1; b = a + 2; return b }`,
        js`function f(a) { let b; b = a + 2; return b }`,
      ),
      js`function f(a) { let b; «b» = load(a); b = save(a); return b }`,
      fixes(
        ts`function f(a: number) { let «b»: number = a + 1; b = 2; return b }`,
        ts`function f(a: number) { let b: number; b = 2; return b }`,
      ),
      fixes(
        rs`fn f(a: u32) -> u32 { let mut b = 1; show(b); «b» = a + 1; b = a + 2; b }`,
        rs`fn f(a: u32) -> u32 { let mut b = 1; show(b); b = a + 2; b }`,
      ),
    ],
    valid: [
      py`
        def f(a):
            total = 0
            total = a * 3
            return total
      `,
      py`
        def f(a):
            total = a * 2
            total = total + 1
            return total
      `,
      py`
        def f(a):
            total = a * 2
            if a: total = 1
            return total
      `,
      py`
        def f(a):
            total = a * 2
            def g(): return total
            total = a * 3
            return g
      `,
      py`
        def f(a):
            try:
                step = a + 1
                load()
                step = a + 2
                save()
            except OSError:
                show(step)
      `,
      py`
        def f(a):
            _ = load(a)
            _ = save(a)
      `,
      py`
        total = load()
        total = save()
      `,
      at(
        'tests/test_a.py',
        py`
        def test():
            a = make(1)
            a = make(2)
      `,
      ),
      js`function f(a) { let b; if (a) b = g(a); else b = h(a); return b }`,
      js`function f(a) { let b = null; b = a; return b }`,
      js`function f(a) { let b = a.c = 1 + a.d; b = g(a); return b }`,
      js`function f(a) { let b = a; b = b.c; return b }`,
      js`function f(a) { let b = a + 1; [b, a] = [a, b]; return b }`,
      js`function f(a) { let b = a + 1; for (const c of a) { b = c } return b }`,
      ts`function f(a: string) { let b = ''; b = a.trim(); return b }`,
      rs`fn f(a: u32) -> u32 { let b = 1; let b = a + 2; b }`,
      rs`fn f() { let mut guard = lock(); guard = other(); use_it(guard); }`,
      rs`fn f(a: &mut u32) { let mut b = Vec::new(); b = vec![1]; show(b); }`,
    ],
  },
})

function deadStore(node: SyntaxNode, file: SourceFile) {
  const name = node.child('target')
  // Tests compute things only to see that it works.
  if (name?.kind !== 'Name' || name.name.startsWith('_') || file.isTest) return undefined
  const value = node.child('value')
  const statement = statementOf(node)
  if (!value || !statement || value.kind === 'Assignment' || isInitial(value, file)) return undefined
  return overwritten(node, name, value, statement, file)
}

/** The statement that does nothing else than give this value, and has statements behind it. */
function statementOf(node: SyntaxNode): SyntaxNode | undefined {
  let { parent } = node
  let statement = node
  if (node.kind === 'Assignment') {
    if (parent?.kind !== 'ExpressionStatement') return undefined
    statement = parent
  } else if (node.type !== 'let_declaration') {
    if (parent?.kind !== 'Declaration' || parent.children('definition').length > 1) return undefined
    statement = parent
  }
  ;({ parent } = statement)
  return parent?.is('Block', 'Case', 'DefaultCase') ? statement : undefined
}

/** What people write to have the variable begin with something. */
function isInitial(value: SyntaxNode, file: SourceFile): boolean {
  const it = value.unwrapped
  if (it.is('Null', 'Undefined', 'Boolean', 'Ellipsis')) return true
  if (it.is('List', 'Dictionary', 'Set', 'Tuple', 'String', 'Concatenation')) return !it.has('Name', 'Call')
  if (it.kind === 'New' || (it.kind === 'Call' && !it.child('argument'))) return !it.child('argument')
  if (it.is('Number', 'Unary')) return file.constant(it) !== undefined
  return (
    it.kind === 'Name' && (/^(NaN|None|undefined|Infinity)$/.test(it.name) || /^[A-Z0-9_]+$/.test(it.name))
  )
}

function* overwritten(
  node: SyntaxNode,
  name: SyntaxNode,
  value: SyntaxNode,
  statement: SyntaxNode,
  file: SourceFile,
) {
  const next = nextStore(statement, name, file)
  const binding = next && file.binding(name)
  const home = binding && homeOf(binding)
  if (!home || home.hasError || statement.closest('Try', 'With', 'Function')?.kind !== 'Function') return
  // Letting go of a value has effects of its own in Rust.
  if (file.language === 'rust' && !isPure(value)) return
  if (binding.kind !== 'variable' && binding.kind !== 'parameter') return
  if (isCaptured(binding, home) || readsByName(file, home)) return
  yield {
    at: name,
    data: { name: name.name },
    related: [next],
    fix: {
      safety: 'unsafe' as const,
      edits: () =>
        isPure(value) && !isLastUse(file, [value]) ? removeStore(node, statement, value, binding) : [],
    },
  }
}

/** The assignment behind it in the same block that replaces the value, with nothing in between that could read it. */
function nextStore(statement: SyntaxNode, name: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  // Whatever comes next in the text must be the store: only then is it worth looking at what stands between.
  const binding = file.binding(name)
  const next = binding && occurrenceAfter(binding, name)
  if (next?.role !== 'target' || next.parent?.kind !== 'Assignment') return undefined
  for (let it = statement.next; it; it = it.next) {
    const store = it.kind === 'ExpressionStatement' ? it.child('value') : undefined
    if (store?.kind === 'Assignment' && store.child('target')?.row === next.row) {
      const value = store.child('value')
      return value && !mentions(value, name.name) ? next : undefined
    }
    if (mentions(it, name.name)) return undefined
  }
  return undefined
}

function occurrenceAfter(binding: Binding, name: SyntaxNode): SyntaxNode | undefined {
  for (const it of binding.occurrences()) if (it.row > name.row) return it
  return undefined
}

function mentions(node: SyntaxNode, name: string): boolean {
  return node.mentions(name) || (node.tree.grammar === 'rust' && node.has('String', 'MacroCall'))
}

function removeStore(
  node: SyntaxNode,
  statement: SyntaxNode,
  value: SyntaxNode,
  binding: Binding,
): readonly TextEdit[] {
  if (node.kind === 'Assignment' && binding.declaration.row !== node.child('target')?.row)
    return deleteStatement(statement)
  if (node.tree.grammar === 'python') return deleteStatement(statement)
  if (node.kind !== 'Declarator' || statement.text.startsWith('const')) return []
  const before = node.child('type') ?? node.child('target')!
  return [{ start: before.end, end: value.end, newText: '' }]
}
