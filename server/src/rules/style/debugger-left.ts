/** A debugging aid that was left behind stops the program, or prints, where nobody watches. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { deleteStatement, removeStatement, replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule, type Match } from '../rule.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'style/debugger-left',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [489],
  concept: 'hygiene',
  impact: { likelihood: 'medium', cost: 'hours' },
  callees: ['breakpoint', 'set_trace', 'dbg'],

  check: {
    *Debugger(node) {
      if (!isOnPurpose(node) && !isExplained(node))
        yield finding(node, 'debugger', () => deleteStatement(node))
    },
    *Call(node, file) {
      const callee = node.child('callee')
      // Whoever passes something knows what they are doing.
      if (file.language !== 'python' || !callee || node.child('argument')) return
      const name =
        callee.name === 'breakpoint' ? file.isFree(callee) && callee.name : file.qualifiedName(callee)
      if (!name || !(name === 'breakpoint' || TRACERS.has(name)) || isOnPurpose(node)) return
      yield finding(node, `${name}()`, () => withoutCall(node, file))
    },
    *MacroCall(node, file) {
      // A number or a text is no value that somebody wanted to see.
      if (
        /^(std::)?dbg!/.test(node.text) &&
        !/^[^([{]*.\s*(\d+|"[^"]*")?\s*.$/.test(node.text) &&
        !isOutput(node, file) &&
        !isOnPurpose(node)
      )
        yield finding(node, 'dbg!', () => withoutMacro(node))
    },
  },

  explain: {
    en: ({ aid }) => ({
      message: `\`${aid}\` is a debugging aid that was left behind`,
      why: stops(aid)
        ? 'It stops the program and waits for somebody at a keyboard; on a server nobody comes.'
        : 'It prints to the error output on every run, in released programs too.',
      remedy: 'Delete it. To look at values again and again, write a log line that can be switched off.',
      fix: `Delete \`${aid}\``,
    }),
    es: ({ aid }) => ({
      message: `\`${aid}\` es una ayuda para depurar que se quedó olvidada`,
      why: stops(aid)
        ? 'Detiene el programa y espera a que alguien teclee; en un servidor nadie lo hará.'
        : 'Escribe en la salida de errores en cada ejecución, también en los programas publicados.',
      remedy:
        'Elimínala. Si necesitas ver valores una y otra vez, escribe un mensaje de registro que se pueda apagar.',
      fix: `Eliminar \`${aid}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`
        function f() {
          «debugger;»
          return 1
        }
      `,
        js`
        function f() {
          return 1
        }
      `,
      ),
      ts`if (a) «debugger»`,
      fixes(
        py`
        def f(a):
            «breakpoint()»
            return a
      `,
        py`
        def f(a):
            return a
      `,
      ),
      fixes(
        py`
        import os
        def f(a):
            import pdb; «pdb.set_trace()»
            return os
      `,
        py`
        import os
        def f(a):
            return os
      `,
      ),
      fixes(
        py`
        import ipdb
        def f(a):
            if a:
                «ipdb.set_trace()»
      `,
        py`
        def f(a):
            if a:
                pass
      `,
      ),
      py`
        from pdb import set_trace
        «set_trace()»
      `,
      at('src/pass/result.rs', rs`fn f(a: u8) -> u8 { «dbg!(a + 1)» }`),
      fixes(rs`fn f(a: u8) -> u8 { let b = «dbg!(a + 1)»; b }`, rs`fn f(a: u8) -> u8 { let b = a + 1; b }`),
      fixes(rs`fn f(a: A) -> u8 { «dbg!(a + b)».c() }`, rs`fn f(a: A) -> u8 { (a + b).c() }`),
      fixes(
        rs`
        fn f(a: u8) -> u8 {
            «dbg!(&a)»;
            a
        }
      `,
        rs`
        fn f(a: u8) -> u8 {
            a
        }
      `,
      ),
      fixes(rs`fn f() { «std::dbg!(g(1, "a, b"))»; }`, rs`fn f() { g(1, "a, b"); }`),
      fixes(rs`fn f() -> (u8, u8) { «dbg!(a, b)» }`, rs`fn f() -> (u8, u8) { (a, b) }`),
    ],
    valid: [
      rs`fn f(a: u8) { if debugging { dbg!(a); } }`,
      rs`fn main() { let info = Info::new(); dbg!(info); }`,
      at(
        'tests/common.rs',
        rs`fn wait(n: u8, answer: Answer) { if n == 9 { dbg!(answer); } panic!("too late") }`,
      ),
      // Tests only compile these, or see that they do not compile.
      at('macros/tests/handler/pass/result.rs', rs`fn f(a: u8) -> u8 { dbg!(a + 1) }`),
      at('macros/tests/page_lints/fail.rs', rs`fn f(a: u8) -> u8 { dbg!(a + 1) }`),
      js`console.log(a)`,
      ts`const debug = 1`,
      py`
        def breakpoint(a): pass
        breakpoint(1)
      `,
      py`tracer.set_trace(1)`,
      py`import pdb`,
      // Here, stopping is the feature.
      py`
        if config.on_error == 'pdb':
            pdb.set_trace()
      `,
      py`
        import pdb
        def f(frame): pdb.set_trace(frame)
      `,
      js`const imports = { debugger() { debugger } }`,
      ts`if (options.breakpoint) debugger`,
      py`sys.breakpointhook()`,
      rs`fn f() { println!("{a}"); eprintln!("{b}"); }`,
      js`
        debugger // eslint-disable-line no-debugger
      `,
      ts`
        // biome-ignore lint/suspicious/noDebugger: to see what the browser does
        debugger
      `,
      rs`fn f() { dbg!(0); dbg!("here"); dbg!(); }`,
      rs`macro_rules! my_dbg { () => {} }`,
    ],
  },
})

/** All that a small program does, or what a test tells before it fails: here, `dbg!` is how to print. */
function isOutput(macro: SyntaxNode, file: SourceFile): boolean {
  const fn = macro.function
  if (isExamplePath(file.path)) return true
  if (!fn) return false
  if (fn.child('name')?.name === 'main') return (fn.child('body')?.children('statement').length ?? 0) <= 3
  return file.isTest && macro.closest('If', 'Function')?.kind === 'If'
}

function finding(
  at: SyntaxNode,
  aid: string,
  edits: () => readonly TextEdit[],
): Match<{ readonly aid: string }> {
  return { at, data: { aid }, fix: { safety: 'unsafe', edits } }
}

/** `if (config.onError === 'pdb')`, `def debug():`, `debugger() {}`: here, stopping is the feature. */
function isOnPurpose(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.is('If', 'ElseIf') && MEANS_DEBUGGING.test(it.child('condition')?.text ?? '')) return true
    if (it.kind === 'Function') return MEANS_DEBUGGING.test(it.child('name')?.text ?? '')
  }
  return false
}

/** `debugger // eslint-disable-line no-debugger`: whoever wrote that wanted it. */
function isExplained(node: SyntaxNode): boolean {
  for (const it of node.parent?.descendants('Comment') ?? []) {
    const isNear = it.start >= node.start - 200 && it.start <= node.end + 40
    if (isNear && /no-debugger|noDebugger/.test(it.text)) return true
  }
  return false
}

const MEANS_DEBUGGING = /debug|pdb|break_?point|trace|interactive/i

const TRACERS: ReadonlySet<string> = new Set([
  'pdb.set_trace',
  'ipdb.set_trace',
  'pudb.set_trace',
  'wdb.set_trace',
  'celery.contrib.rdb.set_trace',
])

function stops(aid: string): boolean {
  return aid !== 'dbg!'
}

/** The import goes along when nothing else needs it. */
function withoutCall(call: SyntaxNode, file: SourceFile): readonly TextEdit[] {
  const statement = call.parent
  if (statement?.kind !== 'ExpressionStatement') return []
  let head = call.child('callee')
  while (head?.kind === 'Member') head = head.child('object')
  const binding = head && file.binding(head)
  const imported = binding?.declaration.closest('Import')
  if (!binding || !imported || [...binding.reads()].length > 1 || imported.children('name').length > 1)
    return deleteStatement(statement)
  const { previous } = statement
  if (previous?.row !== imported.row) return [...deleteStatement(imported), ...deleteStatement(statement)]
  return [removeStatement({ tree: call.tree, start: imported.start, end: statement.end })]
}

function withoutMacro(macro: SyntaxNode): readonly TextEdit[] {
  const args = argumentTexts(macro)
  const { parent } = macro
  const doesSomething = args.some(it => /[(!]|\.await|\?/.test(it))
  if (parent?.kind === 'ExpressionStatement' && !doesSomething) return deleteStatement(parent)
  const [only, ...others] = args
  if (only === undefined) return []
  if (others.length > 0) return [replace(macro, `(${args.join(', ')})`)]
  const standsAlone = /^[\w.:]+(\([^()]*\))?$/.test(only)
  const needsNone = parent?.is(
    'Declarator',
    'ExpressionStatement',
    'Return',
    'Block',
    'Parenthesized',
    'Pair',
  )
  return [replace(macro, standsAlone || needsNone || macro.role === 'argument' ? only : `(${only})`)]
}

/** The texts between the commas of `dbg!(a, b)`. */
function argumentTexts(macro: SyntaxNode): string[] {
  const source = macro.child('argument')?.text.slice(1, -1) ?? ''
  const texts: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: sign, index } of source.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|[()[\]{},]/gs)) {
    if (sign === '(' || sign === '[' || sign === '{') depth++
    else if (sign === ')' || sign === ']' || sign === '}') depth--
    else if (sign === ',' && depth === 0) {
      texts.push(source.slice(from, index).trim())
      from = index + 1
    }
  }
  const last = source.slice(from).trim()
  return last === '' ? texts : [...texts, last]
}
