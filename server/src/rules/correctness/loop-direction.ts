/** A counter that moves away from its limit makes a loop that runs never, or for ever. */

import { hasSpread, positional } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertAfter, replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isWrittenIn } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/loop-direction',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [835],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['range'],

  check: {
    *For(node, file) {
      const found = wrongWay(node, file)
      if (found) yield found
    },
    *Call(node, file) {
      if (file.language !== 'python' || !isIterated(node)) return
      const callee = node.child('callee')
      if (!callee || !file.isFree(callee) || hasSpread(node)) return
      const edits = emptyRange(node, file)
      if (edits)
        yield {
          at: node,
          data: { empty: true, code: node.text },
          fix: { safety: 'unsafe', edits: () => edits },
        }
    },
    *Range(node, file) {
      if (file.language !== 'rust') return
      const left = node.child('left')
      const right = node.child('right')
      const from = left && file.constant(left)
      const to = right && file.constant(right)
      if (!left || !right || from?.kind !== 'number' || to?.kind !== 'number' || from.value <= to.value)
        return
      const target = isIterated(node) ? node : node.parent
      if (!target || !isLoopOver(target)) return
      const isReversed = target.row !== node.row
      yield {
        at: node,
        data: { empty: true, code: node.text },
        fix: {
          safety: 'unsafe',
          edits: () => {
            const flipped = `${right.text}${node.operator}${left.text}`
            return [replace(node, isReversed ? flipped : `(${flipped}).rev()`)]
          },
        },
      }
    },
  },

  explain: {
    en: ({ code, empty }) => ({
      message: empty
        ? `\`${code}\` is empty, so this loop never runs`
        : `\`${code}\` moves away from where the loop should end`,
      why: empty
        ? 'It begins behind its own end and counts the other way.'
        : 'If the condition holds at first, it always holds; if it does not, the loop never runs.',
      remedy: 'Turn the direction round, or swap the two ends.',
      fix: empty ? 'Count down from the larger end' : 'Count the other way',
    }),
    es: ({ code, empty }) => ({
      message: empty
        ? `\`${code}\` está vacío, así que este bucle nunca se ejecuta`
        : `\`${code}\` se aleja de donde el bucle debería terminar`,
      why: empty
        ? 'Empieza más allá de su propio final y cuenta en sentido contrario.'
        : 'Si la condición se cumple al principio, se cumple siempre; si no, el bucle nunca se ejecuta.',
      remedy: 'Invierte el sentido o intercambia los dos extremos.',
      fix: empty ? 'Contar hacia atrás desde el extremo mayor' : 'Contar en el otro sentido',
    }),
  },

  examples: {
    invalid: [
      fixes(py`for i in «range(10, 0)»: show(i)`, py`for i in range(10, 0, -1): show(i)`),
      fixes(py`for i in «range(0, 10, -1)»: show(i)`, py`for i in reversed(range(0, 10)): show(i)`),
      py`for i in «range(len(items) - 1, -1)»: show(i)`,
      py`shown = [show(i) for i in «range(len(items), 0, 1)»]`,
      fixes(js`for (let i = 0; i < 10; «i--») show(i)`, js`for (let i = 0; i < 10; i++) show(i)`),
      fixes(js`for (let i = n; i >= 0; «i += 2») show(i)`, js`for (let i = n; i >= 0; i -= 2) show(i)`),
      js`for (let i = n; 0 < i; «++i») show(i)`,
      ts`for (let i = 0, n = f(); n > i; «i -= 1») show(i)`,
      fixes(rs`fn f() { for i in «10..0» { show(i); } }`, rs`fn f() { for i in (0..10).rev() { show(i); } }`),
      fixes(
        rs`fn f() { for i in («9..=0»).rev() { show(i); } }`,
        rs`fn f() { for i in (0..=9).rev() { show(i); } }`,
      ),
    ],
    valid: [
      py`for i in range(10, 0, -1): show(i)`,
      py`for i in range(0): show(i)`,
      py`for i in range(n, 0): show(i)`,
      py`assert list(range(10, 0)) == []`,
      py`
        def range(a, b): return [a, b]
        for i in range(10, 0): show(i)
      `,
      js`for (let i = 0; i < 10; i++) show(i)`,
      js`for (let i = 10; i--;) show(i)`,
      js`for (let i = 0; i < n; i--) { i += 2 }`,
      js`for (let i = 0; i < n; j--) show(i)`,
      js`for (let i = 0; i !== n; i--) show(i)`,
      js`for (let i = 0; i < n; i += step) show(i)`,
      ts`for (let i = n - 1; i >= 0; i--) show(i)`,
      ts`for (let it = first; it < last; it = it.next) show(it)`,
      rs`fn f() { for i in (0..10).rev() { show(i); } }`,
      rs`fn f() { let r = 10..0; for i in n..0 { show(i); } }`,
      rs`fn f() { assert!((10..0).is_empty()); }`,
    ],
  },
})

function wrongWay(node: SyntaxNode, file: SourceFile) {
  const condition = node.child('condition')
  const increment = node.child('increment')?.unwrapped
  const body = node.child('body')
  if (condition?.kind !== 'Comparison' || !increment || !body) return undefined
  const counter = increment.child('target')
  const step = stepOf(increment, file)
  if (counter?.kind !== 'Name' || step === 0) return undefined
  const binding = file.binding(counter)
  const left = condition.child('left')?.unwrapped
  const right = condition.child('right')?.unwrapped
  const isLeft = left?.kind === 'Name' && binding?.same(file.binding(left))
  const isRight = right?.kind === 'Name' && binding?.same(file.binding(right))
  if (!binding || isLeft === isRight) return undefined
  const upTo = isLeft ? /^<=?$/ : /^>=?$/
  const downTo = isLeft ? /^>=?$/ : /^<=?$/
  const { operator } = condition
  if (!(step > 0 ? downTo : upTo).test(operator) || isWrittenIn(binding, body)) return undefined
  const edits = () => turn(increment)
  return {
    at: increment,
    data: { empty: false, code: increment.text },
    fix: { safety: 'unsafe' as const, edits },
  }
}

/** How much a counter moves in each round; 0 when that is not known. */
function stepOf(increment: SyntaxNode, file: SourceFile): number {
  if (increment.kind === 'Update') return increment.operator === '++' ? 1 : -1
  const value = increment.kind === 'AugmentedAssignment' ? increment.child('value') : undefined
  const constant = value && file.constant(value)
  if (constant?.kind !== 'number') return 0
  return increment.operator === '+=' ? constant.value : increment.operator === '-=' ? -constant.value : 0
}

const TURNED: Readonly<Record<string, string>> = { '++': '--', '--': '++', '+=': '-=', '-=': '+=' }

function turn(increment: SyntaxNode): readonly TextEdit[] {
  const operator = increment.child('operator')
  const turned = operator && TURNED[operator.text]
  return turned ? [replace(operator, turned)] : []
}

/** What a loop or a comprehension goes through. */
function isIterated(node: SyntaxNode): boolean {
  return node.role === 'iterable'
}

/** `(10..0).rev()`, as it stands or in the head of a loop. */
function isLoopOver(node: SyntaxNode): boolean {
  if (isIterated(node)) return true
  const member = node.kind === 'Parenthesized' ? node.parent : undefined
  return (
    member?.kind === 'Member' &&
    member.child('property')?.name === 'rev' &&
    member.parent?.kind === 'Call' &&
    isIterated(member.parent)
  )
}

/** For a range that holds nothing: the edits that make it count the other way. */
function emptyRange(node: SyntaxNode, file: SourceFile): readonly TextEdit[] | undefined {
  const [start, stop, step] = positional(node)
  if (!start || !stop) return undefined
  const by = step ? file.constant(step) : ({ kind: 'number', value: 1 } as const)
  if (by?.kind !== 'number' || by.value === 0) return undefined
  const from = lowest(start, file)
  const to = lowest(stop, file)
  if (by.value > 0) {
    // From at least one number to at most another: a length is 0 or more.
    const limit = file.constant(stop)
    if (from === undefined || limit?.kind !== 'number' || from < limit.value) return undefined
    if (from === limit.value && file.constant(start)) return undefined
    return step ? [replace(step, `-${step.text}`)] : [insertAfter(stop, ', -1')]
  }
  const begin = file.constant(start)
  if (begin?.kind !== 'number' || to === undefined || begin.value > to) return undefined
  if (begin.value === to && file.constant(stop)) return undefined
  if (by.value !== -1 || !step) return []
  const { text } = node.tree
  const callee = node.child('callee')!
  const inside = text.slice(callee.end, step.start).replace(/,\s*$/, '')
  return [replace(node, `reversed(${callee.text}${inside}))`)]
}

/** The least that a number may be: a constant itself, 0 for `len(…)`, and a little less for `len(…) - 1`. */
function lowest(node: SyntaxNode, file: SourceFile): number | undefined {
  const it = node.unwrapped
  const constant = file.constant(it)
  if (constant) return constant.kind === 'number' ? constant.value : undefined
  if (it.kind === 'Call') {
    const callee = it.child('callee')
    return callee?.name === 'len' && file.isFree(callee) ? 0 : undefined
  }
  if (it.kind !== 'Binary' || it.operator !== '-') return undefined
  const left = it.child('left')
  const right = it.child('right')
  const low = left && lowest(left, file)
  const less = right && file.constant(right)
  return low !== undefined && less?.kind === 'number' ? low - less.value : undefined
}
