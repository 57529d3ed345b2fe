/** Reading a local name before it has a value fails every time the line runs. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { LOOPS } from '../support/loops.ts'
import { homeOf } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/use-before-definition',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [457],
  concept: 'names-and-scope',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Declarator(node, file) {
      if (node.parent?.type === 'lexical_declaration' && file.language !== 'rust')
        yield* declaredBy(node, file)
    },
    *Class(node, file) {
      if (file.language === 'python') yield* unassigned(node.child('name'), file)
      else if (node.role !== 'value') yield* declaredBy(node, file)
    },
    Assignment: (node, file) => (file.language === 'python' ? assignedBy(node, file) : undefined),
    AugmentedAssignment: (node, file) => (file.language === 'python' ? assignedBy(node, file) : undefined),
    ForEach: (node, file) => (file.language === 'python' ? assignedBy(node, file) : undefined),
    Function: (node, file) => (file.language === 'python' ? unassigned(node.child('name'), file) : undefined),
    *Import(node, file) {
      if (file.language !== 'python' || !node.function) return
      for (const name of node.descendants('Name', 'PropertyName')) yield* unassigned(name, file)
    },
  },

  explain: {
    en: ({ name, language }) => ({
      message: `\`${name}\` is read here before it has a value`,
      why:
        language === 'python'
          ? `It is given a value further down, which makes it a variable of this function: whatever \`${name}\` means outside, this line raises an \`UnboundLocalError\`.`
          : 'The declaration further down already owns the name in this whole block, so this line throws a `ReferenceError`.',
      remedy:
        language === 'python'
          ? `Give it a value first. If the \`${name}\` outside is meant, say so with \`global\` or \`nonlocal\`, or choose another name here.`
          : 'Move the declaration above, or choose another name if something else was meant.',
    }),
    es: ({ name, language }) => ({
      message: `\`${name}\` se lee aquí antes de tener un valor`,
      why:
        language === 'python'
          ? `Más abajo recibe un valor, y eso la convierte en variable de esta función: signifique lo que signifique \`${name}\` fuera, esta línea lanza un \`UnboundLocalError\`.`
          : 'La declaración de más abajo ya es dueña del nombre en todo el bloque, así que esta línea lanza un `ReferenceError`.',
      remedy:
        language === 'python'
          ? `Dale antes un valor. Si querías la \`${name}\` de fuera, dilo con \`global\` o \`nonlocal\`, o elige aquí otro nombre.`
          : 'Sube la declaración o elige otro nombre si querías decir otra cosa.',
    }),
  },

  examples: {
    invalid: [
      py`
        total = 0
        def add(n):
            «total» += n
      `,
      py`
        total = 0
        def add(n):
            total = «total» + n
            return total
      `,
      py`
        def f():
            print(«os».name)
            import os
      `,
      py`
        def f(items):
            str = «str»(items)
            return str
      `,
      py`
        def f(items):
            show(«it»)
            for it in items: show(it)
      `,
      py`
        count = 0
        def f(items):
            for it in items:
                if it: «count» += 1
      `,
      py`
        def f():
            «g»()
            def g(): return 1
      `,
      js`show(«a»); const a = 1`,
      js`function f() { const user = «user» || {}; return user }`,
      js`class A extends «B» {} class B {}`,
      js`function f() { { show(«a») } let a = 1 }`,
      ts`function f(): void { useEffect(() => {}, [«load»]); const load = () => {} }`,
      ts`class A { static b = «B».c } class B { static c = 1 }`,
    ],
    valid: [
      tsx`export const Panel = () => { const button = <button>ok</button>; return button }`,
      py`
        def f():
            total = 1
            return total
      `,
      py`
        total = 0
        def add(n):
            global total
            total += n
      `,
      py`
        def f(items):
            for it in items:
                if it.old: show(last)
                last = it
      `,
      py`
        def f():
            def g(): return a
            a = 1
            return g()
      `,
      py`
        def f(m):
            return it if (it := m.get()) else None
      `,
      py`
        def f():
            try: size
            except NameError: size = 1
            return size
      `,
      py`
        def f(items):
            return [it for it in items]
      `,
      py`
        y = 2
        class A:
            y = y
      `,
      js`function f() { return a } const a = 1`,
      js`show(a); var a = 1`,
      js`f(); function f() {}`,
      js`const a = () => b; const b = 1`,
      js`class A { b = new B() } class B {}`,
      js`export { a }; const a = 1`,
      js`function f(a) { { show(a) } { const a = 1; show(a) } }`,
      ts`let a: typeof b; const b = 1`,
      ts`function f(a: B): B { return a } class B {}`,
      ts`import type * as a from 'a'; function f() { const a = load() as a.B; return a }`,
      ts`declare const a: B; declare class B {}`,
    ],
  },
})

// JavaScript: `let`, `const` and `class` own their name from the beginning of the block, and have no value until they run.

const DEFERRED: readonly Kind[] = [
  'Function',
  'Type',
  'TypeArguments',
  'Interface',
  'TypeAlias',
  'Signature',
  'GenericType',
  'Path', // only types have one: `a.B`
  'ExportName',
]

function* declaredBy(node: SyntaxNode, file: SourceFile) {
  const target = node.child(node.kind === 'Class' ? 'name' : 'target')
  if (!target || isAmbient(node)) return
  for (const name of target.is('Name', 'TypeName') ? [target] : target.descendants('Name')) {
    const binding = file.binding(name)
    if (!binding || binding.declaration.row !== name.row || binding.kind === 'type') continue
    for (const it of binding.occurrences()) {
      if (it.row >= name.row && !(node.kind === 'Declarator' && isInValue(it, node))) {
        if (it.row > node.row + node.size) break
        continue
      }
      if (it.kind !== 'Name' || isDeferred(it, binding)) continue
      yield { at: it, data: { name: name.name, language: 'script' }, related: [name] }
      break
    }
  }
}

function isInValue(it: SyntaxNode, declarator: SyntaxNode): boolean {
  return declarator.child('value')?.contains(it) ?? false
}

/** Runs later than its place in the block says, or not at all. */
function isDeferred(it: SyntaxNode, binding: Binding): boolean {
  const scope = binding.scope.row
  for (const around of it.ancestors()) {
    if (around.row === scope) return false
    if (around.is(...DEFERRED)) return true
    if (around.kind === 'Field' && !around.children().some(part => part.type === 'static')) return true
  }
  return false
}

function isAmbient(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) if (it.type === 'ambient_declaration') return true
  return false
}

// Python: a name that is assigned anywhere in a function is the function's own in all of it.

function* assignedBy(node: SyntaxNode, file: SourceFile) {
  const target = node.child('target')
  if (!target) return
  for (const name of target.kind === 'Name' ? [target] : target.descendants('Name'))
    if (name.role !== 'object') yield* unassigned(name, file)
}

function* unassigned(name: SyntaxNode | undefined, file: SourceFile) {
  const binding = name && file.binding(name)
  if (!binding || binding.kind === 'parameter' || binding.declaration.row !== name.row) return
  const home = homeOf(binding)
  if (!home || binding.scope.row !== home.row) return
  const writes: SyntaxNode[] = []
  for (const it of binding.writes()) {
    if (it.function?.row !== home.row && !isNameOfFunction(it)) return
    writes.push(it)
  }
  const from = Math.min(...writes.map(valueRow))
  for (const it of binding.reads()) {
    if (it.row >= from) return
    if (it.function?.row !== home.row || isNameOfFunction(it) || isUncertain(it, home, writes)) continue
    yield { at: it, data: { name: binding.name, language: 'python' }, related: [writes[0]!] }
    return
  }
}

/** The name of a nested function stands inside the function's node, and belongs to the one around. */
function isNameOfFunction(it: SyntaxNode): boolean {
  return it.role === 'name' && it.parent?.kind === 'Function'
}

/** The row from which on the name has the value that is written here: behind the expression that makes it. */
function valueRow(write: SyntaxNode): number {
  for (let it: SyntaxNode | undefined = write; it && !it.is('Block'); it = it.parent) {
    if (it.is('Assignment', 'AugmentedAssignment', 'NamedExpression')) return it.row + it.size
    if (it.kind === 'ForEach') return it.child('body')?.row ?? it.row
  }
  return write.row
}

/** Another round of a loop, a handler, or an order of evaluation that is not that of the text may save it. */
function isUncertain(read: SyntaxNode, home: SyntaxNode, writes: readonly SyntaxNode[]): boolean {
  const onlyAugments = writes.every(it => it.parent?.kind === 'AugmentedAssignment')
  let child = read
  for (const it of read.ancestors()) {
    if (it.row === home.row) return false
    if (it.is('Type', 'Conditional', 'Comprehension', 'Class')) return true
    if (
      !onlyAugments &&
      it.is(...LOOPS) &&
      child.role !== 'iterable' &&
      writes.some(write => it.contains(write))
    )
      return true
    if (it.kind === 'Try' && child.role === 'body' && catchesNameErrors(it)) return true
    child = it
  }
  return false
}

function catchesNameErrors(statement: SyntaxNode): boolean {
  return statement.children('handler').some(it => {
    const type = it.child('type')
    return !type || /\b(NameError|UnboundLocalError|Exception|BaseException)\b/.test(type.text)
  })
}
