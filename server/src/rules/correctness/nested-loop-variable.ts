/** An inner loop that uses the variable of the loop around it takes the outer loop's place away. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { endsLoop } from '../support/jumps.ts'
import { runsWith } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/nested-loop-variable',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'names-and-scope',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    ForEach: nestedLoop,
    For: nestedLoop,
  },

  explain: {
    en: ({ name }) => ({
      message: `This loop uses \`${name}\`, which the loop around it is still using`,
      why: `When it is done, the outer loop goes on with what is left in \`${name}\`: it skips rounds, repeats them, or works on the wrong element.`,
      remedy: 'Give the inner loop a variable of its own.',
    }),
    es: ({ name }) => ({
      message: `Este bucle usa \`${name}\`, que el bucle de fuera todavía está usando`,
      why: `Al terminar, el de fuera sigue con lo que haya quedado en \`${name}\`: se salta vueltas, las repite o trabaja con el elemento equivocado.`,
      remedy: 'Dale al bucle interior su propia variable.',
    }),
  },

  examples: {
    invalid: [
      py`
        for i in rows:
            for «i» in columns: show(i)
            done(i)
      `,
      py`
        for k, v in table.items():
            for i, «v» in enumerate(v): show(i)
            done(v)
      `,
      js`for (var i = 0; i < 3; i++) { for (var «i» = 0; i < 3; i++) show(i) }`,
      js`let i; for (i = 0; i < 3; i++) { for («i» = 0; i < 3; i++) show(i) }`,
      js`for (var k in a) { for (var «k» in b) show(k); done(k) }`,
      ts`for (var i = 0; i < 3; i++) { if (rows[i]) for (const j of rows) { for («i» of j) show(i) } }`,
    ],
    valid: [
      py`
        for i in rows:
            for j in columns: show(i, j)
      `,
      py`
        for it in rows:
            show(it)
            for it in it.children: show(it)
      `,
      py`
        for _ in rows:
            for _ in columns: show()
            done(_)
      `,
      py`
        for i in rows:
            shown = [i for i in columns]
            done(i)
      `,
      py`
        for i in rows:
            for i in columns: show(i)
            i = 1
            done(i)
      `,
      py`
        for it in rows:
            if it.many:
                for it in it.all: show(it)
            else:
                show(it)
      `,
      py`
        for i in range(100):
            try:
                for i in range(8): check(i)
            except AssertionError:
                print(i)
      `,
      js`for (let i = 0; i < 3; i++) { for (let i = 0; i < 3; i++) show(i) }`,
      js`for (var i = 0; i < 3; i++) { if (rows[i]) { for (var i = 0; i < 3; i++) show(i); break } }`,
      js`for (var i = 0; i < 3; i++) { run(function () { for (var i = 0; i < 3; i++) show(i) }) }`,
      js`for (var i = 0; i < 3; i++) show(i); for (var i = 0; i < 3; i++) show(i)`,
      js`for (let it = first; ; ) { for (it = it.next; it; it = it.next) show(it); if (!it) break }`,
      ts`for (var k in a) { for (var k in b) show(k) }`,
      ts`for (; i < 3; i++) { for (; i < 2; i++) show(i) }`,
    ],
  },
})

function* nestedLoop(node: SyntaxNode, file: SourceFile) {
  if (file.language === 'rust') return
  const outers = loopsAround(node)
  if (outers.length === 0) return
  for (const name of variablesOf(node)) {
    const binding = /^_+$|^dummy$/.test(name.name) ? undefined : file.binding(name)
    if (!binding) continue
    const outer = outers.find(loop => variablesOf(loop).some(it => binding.same(file.binding(it))))
    if (!outer || endsLoop(file, node, outer)) continue
    // A counter is read again by the outer head; an element only by what follows in the body.
    if (outer.kind === 'For' ? !counts(outer, binding) : !isReadAfter(binding, node, outer)) continue
    yield {
      at: name,
      data: { name: name.name },
      related: variablesOf(outer).filter(it => it.name === name.name),
    }
  }
}

function loopsAround(node: SyntaxNode): SyntaxNode[] {
  const loops: SyntaxNode[] = []
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class', 'Module')) break
    if (it.is('For', 'ForEach') && child.role === 'body') loops.push(it)
    child = it
  }
  return loops
}

/** The names that a loop gives a value in its head. */
function variablesOf(loop: SyntaxNode): SyntaxNode[] {
  const head = loop.child(loop.kind === 'For' ? 'initializer' : 'target')
  if (!head) return []
  if (loop.kind === 'ForEach') return namesIn(head)
  if (head.kind !== 'Declaration') {
    const parts = head.kind === 'Sequence' ? head.children('element') : [head]
    return parts.flatMap(it => (it.kind === 'Assignment' ? namesIn(it.child('target')) : []))
  }
  return head.children('definition').flatMap(it => namesIn(it.child('target')))
}

function namesIn(target: SyntaxNode | undefined): SyntaxNode[] {
  if (!target) return []
  if (target.kind === 'Name') return [target]
  return target.is('Member', 'Index')
    ? []
    : [...target.descendants('Name')].filter(it => it.role !== 'object' && it.role !== 'index')
}

function counts(loop: SyntaxNode, binding: Binding): boolean {
  const increment = loop.child('increment')
  for (const it of binding.writes()) if (increment?.contains(it)) return true
  return false
}

/** Before it is given another value, the rest of the outer body looks at it. */
function isReadAfter(binding: Binding, inner: SyntaxNode, outer: SyntaxNode): boolean {
  const body = inner.child('body')
  const from = inner.row + inner.size
  const writes = new Set([...binding.writes()].map(it => it.row))
  // What the inner body itself puts into the variable is meant for those behind it.
  for (const it of writes) if (body && it >= body.row && it < from) return false
  for (const it of binding.occurrences()) {
    if (it.row < from || !outer.contains(it) || isElsewhere(it, inner)) continue
    if (!writes.has(it.row)) return true
    if (it.parent?.kind === 'AugmentedAssignment' && runsWith(it, outer)) return true
    return false
  }
  return false
}

/** In another branch than the inner loop: one of the two runs, or a handler that tells how far the loop came. */
function isElsewhere(read: SyntaxNode, inner: SyntaxNode): boolean {
  let child = read
  for (const it of read.ancestors()) {
    if (it.contains(inner))
      return it.is('If', 'ElseIf', 'Switch') || (it.kind === 'Try' && child.role === 'handler')
    child = it
  }
  return false
}
