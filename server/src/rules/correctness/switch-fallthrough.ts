/** A case that runs on into the next one without saying so usually lacks its `break`. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { indentation } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/switch-fallthrough',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [484],
  concept: 'control-flow',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Switch(node, file) {
      if (node.type !== 'switch_statement' || isStateMachine(node)) return
      const cases = node.children('case')
      for (const [i, it] of cases.entries()) {
        const next = cases[i + 1]
        const last = it.children('statement').findLast(statement => statement.kind !== 'EmptyStatement')
        if (!next || !last || !runsOn(it, last, file) || isHarmless(next)) continue
        if (isAnnounced(node, last, next)) continue
        yield {
          at: headOf(it),
          data: { name: labelOf(it), next: labelOf(next) },
          related: [headOf(next)],
          fix: { safety: 'unsafe', edits: () => [insertBreak(last)] },
        }
      }
    },
  },

  explain: {
    en: ({ name, next }) => ({
      message: `\`${name}\` runs on into \`${next}\``,
      why: 'Without a `break`, the statements of the next case run as well, which is almost never what a reader expects.',
      remedy: 'End the case with `break` or `return`, or say in a comment that it falls through.',
      fix: 'Add `break`',
    }),
    es: ({ name, next }) => ({
      message: `\`${name}\` continúa en \`${next}\``,
      why: 'Sin un `break` se ejecutan también las instrucciones del caso siguiente, que casi nunca es lo que espera quien lee.',
      remedy: 'Termina el caso con `break` o `return`, o di en un comentario que continúa a propósito.',
      fix: 'Añadir `break`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`
        switch (a) {
          «case 1»:
            one()
          case 2:
            two()
        }
      `,
        js`
        switch (a) {
          case 1:
            one()
            break
          case 2:
            two()
        }
      `,
      ),
      fixes(
        ts`
        switch (a) {
          «case 'a'»: {
            one()
          }
          default:
            two()
        }
      `,
        ts`
        switch (a) {
          case 'a': {
            one()
            break
          }
          default:
            two()
        }
      `,
      ),
      js`switch (a) { «case 1»: if (b) break; case 2: two() }`,
      js`switch (a) { «default»: one(); case 2: two() }`,
      js`switch (a) { «case 1»: for (;;) { break } case 2: two() }`,
    ],
    valid: [
      js`switch (a) { case 1: case 2: two(); break; default: three() }`,
      js`switch (a) { case 1: one(); return; case 2: throw two(); case 3: three() }`,
      js`for (const a of b) switch (a) { case 1: one(); continue; case 2: two() }`,
      js`
        switch (a) {
          case 1:
            one()
          // falls through
          case 2: two()
        }
      `,
      js`switch (a) { case 1: { one() } /* fallthrough */ case 2: two() }`,
      js`switch (a) { case 1: { one() /* no break */ } case 2: two() }`,
      js`switch (a) { case 1: one(); case 2: break; case 3: three() }`,
      js`switch (a) { case 1: if (b) return 1; else return 2; case 2: two() }`,
      js`switch (a) { case 1: process.exit(1); case 2: two() }`,
      js`switch (a) { case 1: ; case 2: two() }`,
      js`switch (_a.label) { case 0: one(); _a.label = 1; case 1: return two() }`,
      js`switch (a) { case 1: this.unexpectedToken(); default: two() }`,
      ts`switch (a) { case 1: return assertNever(b); case 2: fail('no'); default: two() }`,
      ts`switch (a) { case 1: switch (b) { case 1: return 1; case 2: return 2 } case 2: two() }`,
    ],
  },
})

/** What a compiler makes of a generator: `switch (_a.label)`, `switch (_context.prev = _context.next)`. */
function isStateMachine(node: SyntaxNode): boolean {
  const subject = node.child('subject')
  return subject?.kind === 'Assignment' || /^_\w+\.(label|next|prev)$/.test(subject?.text ?? '')
}

/** Control can leave the end of the case. A switch in there may cover every case that exists. */
function runsOn(it: SyntaxNode, last: SyntaxNode, file: SourceFile): boolean {
  if (!it.children('statement').every(statement => file.completes(statement))) return false
  const end = deepest(last)
  return end.kind !== 'Switch' && !neverReturns(end)
}

/** The last statement inside a block. */
function deepest(statement: SyntaxNode): SyntaxNode {
  let it = statement
  while (it.kind === 'Block') {
    const inner = it.children('statement').at(-1)
    if (!inner) return it
    it = inner
  }
  return it
}

const NEVER_RETURNS =
  /^(exit|abort|fail\w*|assertNever|assertUnreachable|unreachable\w*|never|panic|raise|throw\w*|unexpected\w*|missing\w*|\w*error|die)$/i

function neverReturns(statement: SyntaxNode): boolean {
  const value = statement.kind === 'ExpressionStatement' ? statement.child('value') : undefined
  return value?.kind === 'Call' && NEVER_RETURNS.test(calleeName(value))
}

/** All that it runs into is the end. */
function isHarmless(next: SyntaxNode): boolean {
  const first = next.child('statement')
  return first !== undefined && first.kind === 'Break'
}

/** A comment between the two that speaks of it. */
function isAnnounced(node: SyntaxNode, last: SyntaxNode, next: SyntaxNode): boolean {
  const between = node.text.slice(deepest(last).start - node.start, next.start - node.start)
  const comments = between.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? []
  return comments.some(it => /fall|through|no.?break|intention|deliberate|on purpose|continue/i.test(it))
}

function headOf(it: SyntaxNode): SyntaxNode | { start: number; end: number } {
  const pattern = it.child('pattern')
  return { start: it.start, end: pattern ? pattern.end : it.start + 'default'.length }
}

function labelOf(it: SyntaxNode): string {
  const pattern = it.child('pattern')
  return pattern ? `case ${excerpt(pattern)}` : 'default'
}

function insertBreak(last: SyntaxNode) {
  const inner = last.kind === 'Block' ? (last.children('statement').at(-1) ?? last) : last
  const { text } = last.tree
  const isOnOwnLine = text.slice(text.lastIndexOf('\n', inner.start - 1) + 1, inner.start).trim() === ''
  const semicolon = text[inner.end - 1] === ';' ? ';' : ''
  const newText = isOnOwnLine ? `\n${indentation(inner)}break${semicolon}` : `; break`
  return { start: inner.end, end: inner.end, newText }
}
