/** Taking from the front of a list, or putting something there, moves all the others; in a loop that is quadratic. */

import { calleeName, positional, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { leavesLoop, loopAround } from '../support/loops.ts'
import { isTestCode } from '../support/test-code.ts'
import { typeHere } from '../support/type-here.ts'

export default defineRule({
  id: 'performance/front-of-list',
  severity: 'hint',
  languages: ['python', 'rust'],
  cwe: [407],
  concept: 'data-structures',
  // Wrong too often where nobody had looked before: a handful of things, or work that is much dearer.
  enabled: false,
  impact: { likelihood: 'low', cost: 'hours' },
  callees: ['pop', 'insert', 'remove'],

  check: {
    *Call(node, file) {
      const object = receiver(node)
      const name = calleeName(node)
      if (object?.kind !== 'Name' || !isAtFront(node, name, file) || isTestCode(node, file)) return
      const loop = loopAround(node)
      if (!loop || leavesLoop(node, loop) || !isListOf(object, file) || !outlives(object, loop, file)) return
      // A loop over a few things.
      if (loop.kind === 'ForEach' && loop.child('iterable')?.is('List', 'Tuple')) return
      yield {
        at: node,
        data: {
          call: excerpt(node),
          list: object.name,
          instead: file.language === 'rust' ? 'VecDeque' : 'collections.deque',
        },
      }
    },
  },

  explain: {
    en: ({ call, list, instead }) => ({
      message: `\`${call}\` moves every other element of \`${list}\`, in each round`,
      why: 'A list has its elements side by side. When the first goes or another comes in front, all move by one place: with ten times as many elements, the loop takes a hundred times as long.',
      remedy: `Use \`${instead}\`, which is quick at both ends, or work from the end of the list.`,
    }),
    es: ({ call, list, instead }) => ({
      message: `\`${call}\` mueve todos los demás elementos de \`${list}\`, en cada vuelta`,
      why: 'Una lista tiene sus elementos uno junto a otro. Cuando se va el primero o llega otro delante, todos se mueven un puesto: con diez veces más elementos, el bucle tarda cien veces más.',
      remedy: `Usa \`${instead}\`, que es rápido por ambos extremos, o trabaja desde el final de la lista.`,
    }),
  },

  examples: {
    invalid: [
      py`
        def visit(root):
            queue = [root]
            while queue:
                node = «queue.pop(0)»
                queue.extend(node.children)
      `,
      py`
        def turned(rows):
            result = []
            for row in rows:
                «result.insert(0, row)»
            return result
      `,
      rs`
        fn visit(root: Node) {
            let mut queue = vec![root];
            while !queue.is_empty() {
                let node = «queue.remove(0)»;
                queue.extend(node.children);
            }
        }
      `,
      rs`
        fn turned(rows: &[u32]) -> Vec<u32> {
            let mut result = Vec::new();
            for row in rows { «result.insert(0, *row)»; }
            result
        }
      `,
    ],
    valid: [
      py`
        from collections import deque
        def visit(root):
            queue = deque([root])
            while queue: queue.popleft()
            stack = [root]
            while stack: stack.pop()
      `,
      py`
        def f(ready):
            queue = [ready]
            while queue:
                queue.sort()
                show(queue.pop(0))
      `,
      py`
        def f(rows):
            for row in rows:
                parts = row.split(",")
                parts.pop(0)
                row.insert(0, 1)
      `,
      at(
        'tests/test_a.py',
        py`
        def test():
            queue = [1]
            while queue: queue.pop(0)
      `,
      ),
      rs`fn f(mut rows: Vec<u32>) { rows.remove(0); rows.insert(0, 1); }`,
      rs`
        fn f(maps: &mut Map) {
            let mut map = HashMap::new();
            for i in 0..3 { map.insert(0, i); map.remove(0); }
        }
      `,
    ],
  },
})

function isAtFront(call: SyntaxNode, name: string, file: SourceFile): boolean {
  const all = positional(call)
  const isPython = file.language === 'python'
  const wanted = name === 'insert' ? 2 : name === (isPython ? 'pop' : 'remove') ? 1 : 0
  return wanted > 0 && all.length === wanted && all[0]!.text === '0'
}

function isListOf(object: SyntaxNode, file: SourceFile): boolean {
  if (file.language === 'python') return typeHere(file, object) === 'list'
  const declared = file.binding(object)?.declaration
  const declarator = declared?.parent?.kind === 'Pattern' ? declared.parent.parent : declared?.parent
  const type = declarator?.child('type')?.text ?? ''
  if (type) return /^(&mut )?Vec</.test(type)
  return /^(vec!|Vec::(new|with_capacity|from)\b)/.test(declarator?.child('value')?.text ?? '')
}

/** It is not made anew in each round, nor put in order, which takes as long and which a queue cannot do. */
function outlives(object: SyntaxNode, loop: SyntaxNode, file: SourceFile): boolean {
  const binding = file.binding(object)
  for (const it of binding?.writes() ?? []) if (loop.contains(it)) return false
  for (const it of binding?.reads() ?? []) {
    if (it.role === 'object' && /^sort/.test(it.parent?.child('property')?.name ?? '') && loop.contains(it))
      return false
  }
  return true
}
