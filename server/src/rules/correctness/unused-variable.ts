/** A local variable that is given a value and never read. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isConditional } from '../support/attributes.ts'
import { isExpectedToFail } from '../support/deliberate.ts'
import { discarding } from '../support/discarding.ts'
import { isPure } from '../support/purity.ts'
import { isExamplePath, isPieceOfModule, isTypeTest } from '../support/test-code.ts'

export default defineRule({
  id: 'correctness/unused-variable',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [563],
  concept: 'dead-code',
  impact: { likelihood: 'low', cost: 'hours' },

  check: {
    *Declarator(node, file) {
      const name = node.child('target')
      if (name?.kind !== 'Name' || UNUSED.test(name.name) || node.parent?.parent?.kind === 'Export') return
      const binding = file.binding(name)
      if (!binding || binding.isRead || binding.declaration.row !== name.row || !isLocal(binding, file))
        return
      if (isCheckOfTypes(node, file) || isConditional(node) || isTried(node, file) || isOfLoop(binding))
        return
      if (file.language === 'rust' && isInTokens(binding)) return
      yield finding(name, binding, file)
    },
    *Assignment(node, file) {
      if (file.language !== 'python') return
      const name = node.child('target')
      if (name?.kind !== 'Name' || UNUSED.test(name.name) || node.parent?.kind !== 'ExpressionStatement')
        return
      const binding = file.binding(name)
      if (!binding || binding.isRead || binding.declaration.row !== name.row || !isLocal(binding, file))
        return
      if (isTried(node, file) || isHeld(binding)) return
      yield finding(name, binding, file)
    },
  },

  explain: {
    en: ({ name, repair }) => ({
      message: `\`${name}\` is never read`,
      why: 'A value is computed and then thrown away: either this line is left over, or another line should have used it.',
      remedy:
        'Use the variable where it was meant, or delete it. A leading underscore says that it is unused on purpose.',
      fix:
        repair === 'rename'
          ? 'Begin its name with an underscore'
          : repair === 'keep'
            ? 'Delete the variable and keep what is called'
            : 'Delete the variable',
    }),
    es: ({ name, repair }) => ({
      message: `\`${name}\` nunca se lee`,
      why: 'Se calcula un valor y luego se descarta: o sobra esta línea, o en otra debería usarse.',
      remedy:
        'Usa la variable donde hacía falta o elimínala. Un guion bajo inicial indica que no se usa a propósito.',
      fix:
        repair === 'rename'
          ? 'Poner un guion bajo delante del nombre'
          : repair === 'keep'
            ? 'Eliminar la variable y dejar la llamada'
            : 'Eliminar la variable',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f():
            «total» = 1
            return 2
      `,
        py`
        def f():
            return 2
      `,
      ),
      fixes(
        py`
        def f(a):
            if a:
                «total» = 1
            return 2
      `,
        py`
        def f(a):
            if a:
                pass
            return 2
      `,
      ),
      fixes(
        py`
        def f(a):
            «saved»: bool = a.save(1,
                                 2)  # all of it
            return 2
      `,
        py`
        def f(a):
            a.save(1,
                   2)  # all of it
            return 2
      `,
      ),
      fixes(
        py`
        async def f(a):
            «total» = len(a)
            total = 2
            total = a.total = await g(a)
            return 2
      `,
        py`
        async def f(a):
            a.total = await g(a)
            return 2
      `,
      ),
      // Without it, the next variable would be unused.
      fixes(
        py`
        def f(a):
            b = a.b
            «c» = b + 1
            return 2
      `,
        py`
        def f(a):
            b = a.b
            c = b + 1
            return 2
      `,
      ),
      fixes(
        py`
        def f(a):
            if a:
                «b» = 1
                b = 2
            return 2
      `,
        py`
        def f(a):
            if a:
                b = 1
                b = 2
            return 2
      `,
      ),
      fixes(js`function f() { const «a» = g(); return 2 }`, js`function f() { g(); return 2 }`),
      fixes(js`function f() { const «seen» = new Map(); return 2 }`, js`function f() { return 2 }`),
      fixes(
        js`
        async function f() {
          const «a» = (await g())
          ;[1].map(h)
        }
      `,
        js`
        async function f() {
          await g()
          ;[1].map(h)
        }
      `,
      ),
      fixes(js`function f() { const «a» = x => g(x); return 2 }`, js`function f() { return 2 }`),
      fixes(js`function f() { let «a»; h(() => { a = g() }) }`, js`function f() { h(() => { g() }) }`),
      js`function f() { const «a» = (function () { g() })(); return 2 }`,
      js`function f() { const «a» = /* why */ g(); return 2 }`,
      js`function f() { const «a» = g() || h(); return 2 }`,
      fixes(
        js`function f(b) { let «a»; if (b) a = g(); return 2 }`,
        js`function f(b) { let a; if (b) a = g(); return 2 }`,
      ),
      fixes(
        js`function f(b) { let «a»; ({ a } = b); return 2 }`,
        js`function f(b) { let a; ({ a } = b); return 2 }`,
      ),
      js`function f(b) { for (let «a» = g(), c = 1; c < b; c++) h(c) }`,
      fixes(ts`function f() { let «a»: number; a = 1; return 2 }`, ts`function f() { return 2 }`),
      ts`import { db } from './db'; export function f() { const «user» = db.find(1) }`,
      js`export function f() { const «now» = Date.now(); console.log(1) }`,
      js`const db = require('./db'); export function f() { const «user» = db.find(1) }`,
      js`function f() { const «user» = db.find(1) }`,
      fixes(rs`fn f() -> i32 { let «a» = 1; 2 }`, rs`fn f() -> i32 { 2 }`),
      fixes(
        rs`fn f() -> i32 { let mut «a» = g(); a = h()?; 2 }`,
        rs`fn f() -> i32 { let mut _a = g(); _a = h()?; 2 }`,
      ),
    ],
    valid: [
      ts`
        export function f() {
          // @ts-expect-error - there is no such key
          const wrong = keyOf('b')
          const other = keyOf(
            // @ts-expect-error - nor this one
            'c',
          )
        }
      `,
      py`total = 1`,
      py`
        def f(n):
            try:
                number = round(n)
            except TypeError:
                return False
            return True
      `,
      py`
        def f():
            dummy = read(8)
      `,
      py`
        def f():
            a = 1
            def g():
                nonlocal a
            return g.__closure__
      `,
      py`
        def f():
            mapping = map_tables()
            work()
            del mapping
      `,
      js`function f(a) { try { const url = new URL(a) } catch { return false } return true }`,
      py`
        def f():
            total = 1
            return locals()
      `,
      py`
        def f():
            global total
            total = 1
      `,
      // A loop needs a variable, wherever it is declared.
      js`function f(a) { var b; for (b in a) { return false } return true }`,
      js`export const a = 1`,
      js`const a = 1; export { a }`,
      ts`function f() { const a = 1; return () => a }`,
      rs`fn f() { let a = 1; println!("{a}"); }`,
      rs`fn f() { let _guard = lock(); }`,
      rs`fn f() { let mut guard = lock(); *guard = 1; }`,
      rs`fn f() { #[cfg(unix)] let a = 1; g() }`,
      // Read through the trait.
      rs`fn f() { struct Task; impl Job for Task { const NAME: &'static str = "a"; } queue::<Task>() }`,
      rs`fn f(w: W) { let n = 3; write!(w, r#"{0:#<n$}"#, ""); }`,
      py`
        def f():
            users = pl.DataFrame(rows)
            return pl.sql("SELECT name FROM users")
      `,
      ts`function f(a: string) { const same: Equal<string, typeof a> = true }`,
      at('tests/types.test.ts', ts`function f() { const a: string = g() }`),
      rs`fn f() { let default = g(); h(vec![A { ..default }]); }`,
      at(
        'tests/test_a.py',
        py`
        def test_f():
            with pytest.raises(TypeError):
                result = f(1)
      `,
      ),
      at('test/types.test.ts', ts`async function f() { const a = await page.find('b') as AssertType<B> }`),
      at('examples/start.js', js`function f() { const a = g() }`),
      // What a linter's rule is tried on.
      at(
        '.semgrep/logger.py',
        py`
        def f():
            # ruleid: logger
            logger = get_logger()
      `,
      ),
      // Shown somewhere without its beginning, and perhaps without more: nothing gives `security` and `db`.
      ts`export function f() { return () => { const user = security.from(1); db.update(2) } }`,
    ],
  },
})

function finding(name: SyntaxNode, binding: Binding, file: SourceFile) {
  const way = discarding(binding, file)
  return {
    at: name,
    data: { name: name.name, repair: way?.how ?? '' },
    ...(way && { fix: { safety: 'unsafe' as const, edits: way.edits } }),
  }
}

/** Module-level names may be read by other files; a function's own cannot. */
function isLocal(binding: Binding, file: SourceFile): boolean {
  if (binding.kind !== 'variable' && binding.kind !== 'constant') return false
  const { scope } = binding
  const home = scope.kind === 'Function' ? scope : scope.function
  if (!home || scope.kind === 'Class' || scope.parent?.is('Implementation', 'Interface')) return false
  if (home.hasError || isExamplePath(file.path) || file.isUntended || isPieceOfModule(file, home))
    return false
  return file.language !== 'python' || !readsVariablesByName(home)
}

/** `locals()`, `eval` and `exec` do, and queries over the tables that lie in variables: `pl.sql("SELECT a FROM table")`. */
function readsVariablesByName(home: SyntaxNode): boolean {
  if (home.mentions('locals', 'eval', 'exec', 'vars', 'sql', 'SQLContext', 'duckdb')) return true
  for (const _ of home.named('sql', 'any')) return true
  for (const _ of home.named('SQLContext', 'any')) return true
  return false
}

/** Names that say it. */
const UNUSED = /^_|^(dummy|ignored?|junk|unused)/i

/** What matters is whether the value can be had at all: in a test that expects not, or in a `try` that asks it. */
function isTried(node: SyntaxNode, file: SourceFile): boolean {
  if (file.isTest && isExpectedToFail(node)) return true
  const value = node.child('value')
  const statement = node.parent?.is('ExpressionStatement', 'Declaration') ? node.parent : node
  const body = statement.parent
  const home = body?.role === 'body' ? body.parent : undefined
  if (home?.kind !== 'Try' || !value || isPure(value)) return false
  return home.children().some(it => it.kind === 'Catch')
}

/** `let key; for (key in options) return false`: the loop does not go without one. */
function isOfLoop(binding: Binding): boolean {
  for (const it of binding.writes()) if (it.role === 'target' && it.parent?.kind === 'ForEach') return true
  return false
}

/** An inner function says that it shares it, `nonlocal total`, or the value is held until it is let go: `del total`. */
function isHeld(binding: Binding): boolean {
  for (const it of binding.occurrences()) if (it.closest('Nonlocal', 'Delete')) return true
  return false
}

/** A macro is given it under a name that could also be a keyword, as `default` could, or inside a string. */
function isInTokens(binding: Binding): boolean {
  const word = new RegExp(`\\b${binding.name}\\b`)
  for (const it of binding.scope.descendants('TokenTree')) if (word.test(it.text)) return true
  return false
}

/** A comment above the statement, or in it, says that the compiler must refuse it. */
function isExpectedError(node: SyntaxNode): boolean {
  const statement = node.parent
  for (const it of statement?.descendants('Comment') ?? []) if (it.text.includes(EXPECTED)) return true
  for (const it of statement?.parent?.parts() ?? [])
    if (it.row + it.size === statement!.row) return it.kind === 'Comment' && it.text.includes(EXPECTED)
  return false
}

const EXPECTED = '@ts-expect-error'

/** `const same: Equal<A, B> = true`, and whatever a test of types annotates: the compiler is who reads it. */
function isCheckOfTypes(node: SyntaxNode, file: SourceFile): boolean {
  const type = file.language === 'typescript' ? node.child('type') : undefined
  if (isTypeTest(file) || (file.language === 'typescript' && isExpectedError(node))) return true
  if (!type) return false
  return file.isTest || (node.child('value')?.kind === 'Boolean' && type.text.includes('<'))
}
