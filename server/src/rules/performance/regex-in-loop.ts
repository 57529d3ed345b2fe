/** The same regular expression, compiled anew in each round of a loop. */

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { indentation, removeStatement } from '../edit.ts'
import { fixes, js, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { LOOPS, leavesLoop, repetitionAround, variesIn } from '../support/loops.ts'

export default defineRule({
  id: 'performance/regex-in-loop',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'rust'],
  concept: 'work-in-loops',
  impact: { likelihood: 'medium', cost: 'hours' },
  callees: ['RegExp', 'new'],

  check: {
    New: regexInLoop,
    Call: regexInLoop,
  },

  explain: {
    en: () => ({
      message: 'The same regular expression is compiled in each round of the loop',
      why: 'Compiling takes far longer than most matches do, so the loop mostly does work that it has already done.',
      remedy: 'Compile it once before the loop, or in a constant at the top of the file.',
      fix: 'Compile it before the loop',
    }),
    es: () => ({
      message: 'La misma expresión regular se compila en cada vuelta del bucle',
      why: 'Compilar cuesta mucho más que la mayoría de las búsquedas, así que el bucle repite sobre todo trabajo ya hecho.',
      remedy: 'Compílala una vez antes del bucle o en una constante al principio del archivo.',
      fix: 'Compilarla antes del bucle',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`
        for (const a of b) {
          const re = «new RegExp('^a+$')»
          if (re.test(a)) f(a)
        }
      `,
        js`
        const re = new RegExp('^a+$')
        for (const a of b) {
          if (re.test(a)) f(a)
        }
      `,
      ),
      js`for (const a of b) if («RegExp('a|b', 'i')».test(a)) f(a)`,
      ts`function f(a: string[], b: string) { return a.filter(c => «new RegExp(b)».test(c)) }`,
      ts`
        const word = '\\w+'
        while (next()) use(«new RegExp(\`^\${word}$\`)»)
      `,
      fixes(
        rs`
        fn f(a: &[String]) {
            for b in a {
                let re = «Regex::new(r"^a+$")».unwrap();
                if re.is_match(b) { g(b); }
            }
        }
      `,
        rs`
        fn f(a: &[String]) {
            let re = Regex::new(r"^a+$").unwrap();
            for b in a {
                if re.is_match(b) { g(b); }
            }
        }
      `,
      ),
      rs`
        use regex::bytes::Regex as R;
        fn f(a: &[String]) -> Vec<bool> { a.iter().map(|b| «R::new("a")».unwrap().is_match(b)).collect() }
      `,
    ],
    valid: [
      // Another one each time.
      js`for (const a of b) f(new RegExp(a))`,
      ts`for (const a of b) { const c = g(a); f(new RegExp(c)) }`,
      ts`let a = ''; while (next()) { a += 'x'; f(new RegExp(a)) }`,
      rs`fn f(a: &[String]) { for b in a { Regex::new(b); Regex::new(&format!("{b}+")); } }`,
      js`async function f(a, b) { while (a) { const c = await fetch(a); a = c.match(new RegExp(b)) } }`,
      // Literals are compiled once by the engine.
      js`for (const a of b) if (/a/.test(a)) f(a)`,
      js`const re = new RegExp('a'); for (const a of b) if (re.test(a)) f(a)`,
      // At most once.
      js`for (const a of b) { if (a) return new RegExp('a') }`,
      js`for (const a of b) { if (a) { c = new RegExp('a'); break } }`,
      js`let re; for (const a of b) { re ??= new RegExp('a'); if (!re) re = new RegExp('b') }`,
      js`const a = b.map(c => () => new RegExp('a'))`,
      // What it gives may change.
      ts`for (const a of b) f(new RegExp(next()))`,
      ts`for (const a of b) f(new RegExp(this.pattern))`,
      rs`fn f() { loop { let a = Other::new("a"); } }`,
      rs`fn f() { for a in b { static R: Lazy<Regex> = Lazy::new(|| Regex::new("a").unwrap()); } }`,
    ],
  },
})

function* regexInLoop(node: SyntaxNode, file: SourceFile) {
  if (!compiles(node, file)) return
  const args = node.children('argument')
  if (
    args.length === 0 ||
    args.some(it => it.has('Member', 'Index', 'Await') || it.is('Member', 'Index', 'Spread', 'Await'))
  )
    return
  const loop = repetitionAround(node)
  if (!loop || args.some(it => !isFixed(it) || variesIn(file, it, loop))) return
  if (isKept(node, loop) || leavesLoop(node, loop)) return
  // Next to waiting in each round, compiling takes no time.
  for (const it of loop.ownDescendants('Await')) if (loop.child('body')?.contains(it)) return
  yield { at: node, data: {}, fix: { safety: 'unsafe' as const, edits: () => moved(node, loop) } }
}

function compiles(node: SyntaxNode, file: SourceFile): boolean {
  const callee = node.child('callee')
  if (!callee) return false
  if (file.language !== 'rust') return callee.name === 'RegExp' && file.isFree(callee)
  return (
    callee.kind === 'Path' &&
    /^((regex|fancy_regex)\.)?(bytes\.)?Regex\.new$/.test(file.qualifiedName(callee))
  )
}

/** Nothing is called in it, except to put text together. */
function isFixed(argument: SyntaxNode): boolean {
  if (argument.is('Call', 'New')) return false
  for (const it of argument.descendants('Call', 'New', 'MacroCall', 'TaggedTemplate', 'Update')) {
    if (it.kind !== 'MacroCall' || calleeName(it) !== 'format') return false
  }
  // What a macro's tokens mean is not known to the last.
  return argument.kind !== 'MacroCall' && !argument.has('MacroCall')
}

/** It is compiled when it is first needed: `re ??= …`, `if (!re) re = …`. */
function isKept(node: SyntaxNode, loop: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.row === loop.row) return false
    if (it.kind === 'AugmentedAssignment' || it.kind === 'Function') return true
    if (it.kind === 'Declarator' && it.type === 'static_item') return true
    if (it.kind === 'Assignment' && it.closest('If', ...LOOPS)?.kind === 'If') return true
  }
  return false
}

/** `const re = new RegExp('a')` moves in front of the loop as it is. */
function moved(node: SyntaxNode, loop: SyntaxNode): TextEdit[] {
  const declarator = node.closest('Declarator', ...LOOPS)
  if (declarator?.kind !== 'Declarator' || declarator.child('target')?.kind !== 'Name') return []
  const statement = declarator.parent?.kind === 'Declaration' ? declarator.parent : declarator
  if (statement.parent?.row !== loop.child('body')?.row || statement.children('definition').length > 1)
    return []
  // With these flags, a regular expression remembers where it stopped.
  if (/['"`][a-z]*[gy][a-z]*['"`]$/.test(node.children('argument')[1]?.text ?? '')) return []
  const place = loop.parent?.is('ExpressionStatement', 'Labeled') ? loop.parent : loop
  if (!place.parent?.is('Block', 'Module')) return []
  return [
    { start: place.start, end: place.start, newText: `${statement.text}\n${indentation(place)}` },
    removeStatement(statement),
  ]
}
