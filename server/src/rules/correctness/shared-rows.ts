/** A list of lists whose rows are all the same list: a change of one is a change of all. */

import { calleeName, positional, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

const CHANGES =
  /^(append|extend|insert|pop|remove|add|update|discard|clear|sort|reverse|setdefault|push|unshift|shift|splice|set|delete|fill)$/

export default defineRule({
  id: 'correctness/shared-rows',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [665],
  concept: 'shared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['fill', 'fromkeys'],

  check: {
    *Binary(node, file) {
      if (file.language !== 'python' || node.operator !== '*') return
      const list = node.child('left')
      const count = node.child('right')
      const [row, ...others] = list?.kind === 'List' ? list.children('element') : []
      if (!row || !count || others.length > 0 || !isFresh(row) || !isChanged(node, file)) return
      if (file.constant(count)?.value === 1) return
      yield {
        at: node,
        data: { rows: excerpt(node), row: excerpt(row) },
        fix: {
          safety: 'safe' as const,
          edits: () => [replace(node, `[${row.text} for _ in range(${count.unwrapped.text})]`)],
        },
      }
    },
    *Call(node, file) {
      const row = sharedBy(node, file)
      if (!row || !isFresh(row) || !isChanged(node, file)) return
      const count = lengthOf(receiver(node))
      yield {
        at: node,
        data: { rows: excerpt(node), row: excerpt(row) },
        ...(count && {
          fix: {
            safety: 'safe' as const,
            edits: () => [
              replace(
                node,
                `Array.from({ length: ${count.text} }, () => ${row.kind === 'Dictionary' ? `(${row.text})` : row.text})`,
              ),
            ],
          },
        }),
      }
    },
  },

  explain: {
    en: ({ rows, row }) => ({
      message: `All elements of \`${rows}\` are one and the same \`${row}\``,
      why: `\`${row}\` is evaluated once, and every place refers to it. What is changed through one of them shows in all.`,
      remedy: 'Make a new one for each place, with a comprehension or with `Array.from`.',
      fix: 'Make a new one for each place',
    }),
    es: ({ rows, row }) => ({
      message: `Todos los elementos de \`${rows}\` son el mismo \`${row}\``,
      why: `\`${row}\` se evalúa una vez y todas las posiciones se refieren a él. Lo que se cambia en una se ve en todas.`,
      remedy: 'Crea uno nuevo para cada posición, con una lista por comprensión o con `Array.from`.',
      fix: 'Crear uno nuevo para cada posición',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        grid = «[[0] * width] * height»
        grid[y][x] = 1
      `,
        py`
        grid = [[0] * width for _ in range(height)]
        grid[y][x] = 1
      `,
      ),
      py`
        groups = dict()
        groups = «dict.fromkeys(names, [])»
        for it in items: groups[it.name].append(it)
      `,
      py`
        class Board:
            def __init__(self, n):
                self.rows = «[set()] * n»
            def mark(self, y, x):
                self.rows[y].add(x)
      `,
      fixes(
        js`const grid = «Array(3).fill([])»; grid[y].push(1)`,
        js`const grid = Array.from({ length: 3 }, () => []); grid[y].push(1)`,
      ),
      js`const counts = «new Array(n).fill({})»; for (const it of items) counts[it.i].total = 1`,
      fixes(
        ts`const dp: number[][] = «new Array(n + 1).fill(new Array(m).fill(0))»; dp[i][j] = dp[i - 1][j] + 1`,
        ts`const dp: number[][] = Array.from({ length: n + 1 }, () => new Array(m).fill(0)); dp[i][j] = dp[i - 1][j] + 1`,
      ),
      ts`const groups = «Array(4).fill([])»; groups[0].splice(1, 2)`,
    ],
    valid: [
      py`
        grid = [[0] * width for _ in range(height)]
        grid[y][x] = 1
      `,
      py`
        rows = [[0] * 3] * 3
        matrix = np.array(rows)
      `,
      py`
        rows = [[]] * 3
        rows[0] = [1]
        names = ["a"] * 3
        names[0] = "b"
      `,
      py`
        ages = dict.fromkeys(names, 0)
        ages["ann"] += 1
      `,
      js`const grid = Array.from({ length: 3 }, () => []); grid[y].push(1)`,
      js`const rows = Array(3).fill([]); rows[0] = [1]`,
      ts`const counts = new Array(3).fill(0); counts[1] += 1`,
      ts`const rows = Array(3).fill([]).map(() => []); rows[0].push(1)`,
    ],
  },
})

/** Something that can be changed, made right here. */
function isFresh(node: SyntaxNode): boolean {
  const it = node.unwrapped
  switch (it.kind) {
    case 'List':
    case 'Dictionary':
    case 'Set':
      return true
    case 'Comprehension':
      return it.type !== 'generator_expression'
    case 'Binary':
      return it.operator === '*' && it.child('left')?.kind === 'List'
    case 'New':
      return /^(Array|Map|Set|Object)$/.test(it.child('callee')?.text ?? '')
    case 'Call':
      if (calleeName(it) === 'fill') return lengthOf(receiver(it)) !== undefined
      return /^(list|dict|set|Array)$/.test(it.child('callee')?.text ?? '')
    default:
      return false
  }
}

/** `fill(row)` of a new array, and `dict.fromkeys(keys, row)`: the row. */
function sharedBy(call: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  const all = positional(call)
  if (file.language === 'python')
    return call.child('callee')?.text === 'dict.fromkeys' && all.length === 2 ? all[1] : undefined
  return calleeName(call) === 'fill' && all.length === 1 && lengthOf(receiver(call)) ? all[0] : undefined
}

/** `n` of `Array(n)` and `new Array(n)`. */
function lengthOf(array: SyntaxNode | undefined): SyntaxNode | undefined {
  const all =
    array?.is('Call', 'New') && array.child('callee')?.text === 'Array' ? array.children('argument') : []
  return all.length === 1 ? all[0] : undefined
}

/** What it is kept as has one of its elements changed, somewhere in the file. */
function isChanged(value: SyntaxNode, file: SourceFile): boolean {
  const holder = value.parent
  const target =
    value.role === 'value' && holder?.is('Assignment', 'Declarator', 'Field')
      ? (holder.child('target') ?? holder.child('name'))
      : undefined
  if (target?.kind === 'Name') {
    for (const it of file.binding(target)?.occurrences() ?? []) if (changesElement(it)) return true
    return false
  }
  const name = target?.kind === 'Member' ? target.child('property')?.name : target?.name
  if (!name) return false
  for (const it of file.root.named(name, 'any'))
    if (it.role === 'property' && it.parent && changesElement(it.parent)) return true
  return false
}

/** `rows[y][x] = …`, `rows[y].append(…)`, `rows[y].x = …` */
function changesElement(rows: SyntaxNode): boolean {
  const element = rows.parent
  if (element?.kind !== 'Index' || rows.role !== 'object') return false
  const part = element.parent
  if (!part?.is('Index', 'Member') || element.role !== 'object') return false
  const around = part.parent
  if (part.role === 'target') return around?.is('Assignment', 'AugmentedAssignment', 'Update') ?? false
  if (part.kind === 'Index') return changesElement(element)
  return part.role === 'callee' && CHANGES.test(part.child('property')?.name ?? '')
}
