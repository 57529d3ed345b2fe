/** A loop whose condition nothing in it can change goes on for ever once it has begun. */

import { calleeName } from '../../semantics/calls.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { jumpsOutOf } from '../support/jumps.ts'
import { rootOf } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/endless-loop',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [835],
  concept: 'control-flow',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    While: endlessLoop,
    DoWhile: endlessLoop,
    For: endlessLoop,
  },

  explain: {
    en: ({ names, several }) => ({
      message: `Nothing in this loop changes ${names}, so it never ends`,
      why: `The condition asks the same ${several ? 'values' : 'value'} every time round: if the loop runs once, it runs for ever.`,
      remedy: 'Change the variable in the loop, ask for the one that does change, or leave with `break`.',
    }),
    es: ({ names, several }) => ({
      message: `Nada en este bucle cambia ${names}, así que nunca termina`,
      why: `La condición pregunta en cada vuelta por ${several ? 'los mismos valores' : 'el mismo valor'}: si el bucle se ejecuta una vez, se ejecuta para siempre.`,
      remedy: 'Cambia la variable dentro del bucle, pregunta por la que sí cambia o sal con `break`.',
    }),
  },

  examples: {
    invalid: [
      py`
        def f(n):
            i = 0
            while «i < n»:
                print(i)
      `,
      py`
        def f(items):
            i = j = 0
            while «i < len(items)»:
                show(items[i])
                j += 1
      `,
      js`function f() { let i = 0; while («i < 10») { show(i) } }`,
      js`function f(n) { let j = 0; for (let i = 0; «i < n»; j++) show(i, j) }`,
      js`function f(a) { let i = 0; do { show(a[i]) } while («i < a.length») }`,
      ts`function f(n: number): void { let done = n > 3; done = false; while («!done») { for (;;) { break } } }`,
      rs`fn f(n: u32) { let mut i = 0; let mut j = 0; while «i < n» { println!("{}", i); j += 1; } }`,
      rs`fn f(v: &[u8]) { let i = 0; while «i < v.len()» { show(v[i]); } }`,
    ],
    valid: [
      py`
        def f(n):
            i = 0
            while i < n:
                i += 1
      `,
      py`
        def f(n):
            i = 0
            while i < n:
                if ready(): break
      `,
      py`
        def f(items):
            while items:
                items.pop()
      `,
      py`
        def f(node):
            while node is not None:
                node = node.next
      `,
      py`
        def f(self):
            while not self.done:
                self.step()
      `,
      py`
        def f():
            running = True
            while running: step()
      `,
      py`
        def f(n):
            i = 0
            def step():
                nonlocal i
                i += 1
            while i < n: step()
      `,
      py`
        def f(it, n):
            try:
                while n > 0: show(next(it))
            except StopIteration: pass
      `,
      js`function f() { let i = 0; const step = () => { i++ }; while (i < 10) step() }`,
      js`async function f() { let i = 0; while (i < 10) await step() }`,
      js`while (Date.now() < end) {}`,
      js`function f(list, i) { while (i < list.length) list.pop() }`,
      js`function f(i) { while (i < 3) { if (done()) process.exit(1) } }`,
      js`outer: for (const a of b) { let i = 0; while (i < 3) { continue outer } }`,
      js`const open = []; const pop = () => { open.pop() }; function f() { while (open.length > 1) pop() }`,
      js`function f(queue) { while (queue.size > 0) step(queue) }`,
      ts`function f(it: Node | null) { while (it) { it = it.parent } }`,
      ts`function f(flag: Int32Array) { while (flag[0] === 0) spin() }`,
      rs`fn f(n: u32) { let mut i = 0; let p = &mut i; while i < n { *p += 1; } }`,
      rs`fn f(n: u32) { let mut i = 0; while i < n { advance!(i); } }`,
      rs`fn f(n: u32) -> Option<u32> { let i = 0; while i < n { step()?; } None }`,
      rs`fn f(it: &mut Iter) { while let Some(a) = it.next() { show(a); } }`,
    ],
  },
})

function* endlessLoop(node: SyntaxNode, file: SourceFile) {
  const condition = node.child('condition')
  const body = node.child('body')
  if (!condition || !body || condition.kind === 'EmptyStatement') return
  const variables = variablesOf(condition, file)
  if (!variables || variables.size === 0) return
  const home = node.function
  for (const { binding, use } of variables.values()) if (mayChange(binding, use, node, home, file)) return
  if (isDeliberate(condition, file) || canLeave(node, file)) return
  const names = [...variables.values()].map(it => `\`${it.binding.name}\``)
  yield { at: condition, data: { names: names.join(', '), several: names.length > 1 } }
}

/** How the condition looks at a variable. */
type Use = 'value' | 'length'

const PLAIN_PARTS: ReadonlySet<Kind> = new Set<Kind>([
  'Comparison',
  'Logical',
  'Not',
  'Binary',
  'Unary',
  'Parenthesized',
  'Operator',
  'Number',
  'String',
  'Boolean',
  'Null',
  'Undefined',
])

/** The variables that a condition depends on; undefined when it depends on anything else. */
function variablesOf(
  condition: SyntaxNode,
  file: SourceFile,
): Map<number, { readonly binding: Binding; readonly use: Use }> | undefined {
  const found = new Map<number, { readonly binding: Binding; readonly use: Use }>()
  const visit = (it: SyntaxNode): boolean => {
    const measured = measuredBy(it, file)
    const name = measured ?? it
    if (name.kind === 'Name') {
      const binding = file.binding(name)
      if (
        !binding ||
        (binding.kind !== 'variable' &&
          binding.kind !== 'parameter' &&
          binding.kind !== 'constant' &&
          binding.kind !== 'loop')
      )
        return false
      found.set(binding.id, { binding, use: measured ? 'length' : 'value' })
      return true
    }
    return PLAIN_PARTS.has(it.kind) && it.children().every(visit)
  }
  return visit(condition) ? found : undefined
}

/** The name in `a.length`, `len(a)` and `a.len()`. */
function measuredBy(it: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  if (it.kind === 'Member' && file.language !== 'python' && file.language !== 'rust')
    return it.child('property')?.name === 'length' ? nameIn(it.child('object')) : undefined
  if (it.kind !== 'Call' || calleeName(it) !== 'len') return undefined
  const callee = it.child('callee')!
  if (file.language === 'rust') return it.child('argument') ? undefined : nameIn(callee.child('object'))
  return file.language === 'python' && file.isFree(callee) ? nameIn(it.child('argument')) : undefined
}

function nameIn(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.kind === 'Name' ? node : undefined
}

/** The loop, a function that it may call, or somebody who holds the same object could change the variable. */
function mayChange(
  binding: Binding,
  use: Use,
  loop: SyntaxNode,
  home: SyntaxNode | undefined,
  file: SourceFile,
): boolean {
  const initializer = loop.child('initializer')
  for (const it of binding.writes()) {
    if (it.function?.row !== home?.row && it.row !== binding.declaration.row) return true
    if (loop.contains(it) && !initializer?.contains(it)) return true
  }
  const isPlain = use === 'value' && isPlainValue(binding, file)
  if (!isPlain && callsOwnCode(loop, file)) return true
  for (const it of binding.occurrences()) {
    if (it.parent?.kind === 'Borrow' && it.parent.children().some(part => part.type === 'mutable_specifier'))
      return true
    if (loop.contains(it) && !isPlain && !isHarmless(it, use)) return true
  }
  return false
}

/** A function of the program may hold the same object under another name. */
function callsOwnCode(loop: SyntaxNode, file: SourceFile): boolean {
  for (const it of loop.ownDescendants('Call', 'New')) {
    const callee = it.child('callee')
    if (callee && measuredBy(it, file)) continue
    const root = callee && rootOf(callee)
    if (!root || !file.isFree(root)) return true
  }
  return false
}

/** A number, a text or a truth value: nobody can change it from outside. */
function isPlainValue(binding: Binding, file: SourceFile): boolean {
  let count = 0
  for (const it of binding.writes()) {
    if (it.parent?.is('Update', 'AugmentedAssignment')) continue
    const { parent } = it
    const value =
      parent?.is('Assignment', 'Declarator') && it.role === 'target' ? parent.child('value') : undefined
    if (!value) return false
    const source = value.kind === 'Assignment' ? value.child('value')! : value
    const guess = guessType(file, source)
    if (guess !== 'number' && guess !== 'boolean' && guess !== 'string') return false
    count++
  }
  return count > 0
}

/** Only looks: compares it, counts with it, reads an element. */
function isHarmless(it: SyntaxNode, use: Use): boolean {
  const { parent } = it
  if (!parent) return false
  if (use === 'length') {
    if (parent.kind === 'Member')
      return (
        parent.child('property')?.name === 'length' ||
        parent.parent?.child('callee')?.child('property')?.name === 'len'
      )
    if (parent.kind === 'Call') return calleeName(parent) === 'len'
    return (
      parent.kind === 'Index' && it.role === 'object' && parent.role !== 'target' && parent.role !== 'object'
    )
  }
  return (
    parent.is('Comparison', 'Logical', 'Not', 'Binary', 'Unary', 'While', 'DoWhile', 'For') ||
    (parent.kind === 'Index' && it.role === 'index')
  )
}

/** A flag that is set once says "for ever" in its own words, and so does a constant. */
function isDeliberate(condition: SyntaxNode, file: SourceFile): boolean {
  let it = condition.unwrapped
  while (it.kind === 'Not') it = it.child('operand')?.unwrapped ?? it
  return it.kind === 'Name' && (file.constant(it) !== undefined || file.binding(it)?.kind === 'constant')
}

const EXITS: ReadonlySet<string> = new Set(
  'exit _exit quit abort fail die panic kill raise next input throwError assertNever longjmp'.split(' '),
)
const QUIET_MACROS: ReadonlySet<string> = new Set(
  'println print eprintln eprint format write writeln vec dbg trace debug info warn error log'.split(' '),
)

function canLeave(loop: SyntaxNode, file: SourceFile): boolean {
  for (const it of loop.ownDescendants(
    'Break',
    'Continue',
    'Return',
    'Throw',
    'Await',
    'Yield',
    'Assert',
    'Propagate',
    'Call',
    'MacroCall',
    'Error',
  )) {
    if (it.kind === 'Break') {
      if (jumpsOutOf(loop, it)) return true
    } else if (it.kind === 'Continue') {
      if (it.child('label')) return true
    } else if (it.kind === 'Call') {
      if (EXITS.has(calleeName(it))) return true
    } else if (it.kind === 'MacroCall') {
      if (!QUIET_MACROS.has(calleeName(it))) return true
    } else return true
  }
  // What is thrown in here may be what ends it.
  let child = loop
  for (const it of loop.ancestors()) {
    if (it.kind === 'Function') return false
    if (it.kind === 'Try' && child.role === 'body' && it.child('handler')) return true
    if (it.kind === 'With' && file.language === 'python') return true
    child = it
  }
  return false
}
