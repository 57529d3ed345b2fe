/** One equals sign in a condition assigns instead of comparing. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { between } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/assignment-in-condition',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [481],
  concept: 'equality',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    If: assigns,
    While: assigns,
    DoWhile: assigns,
    For: assigns,
    Conditional: assigns,
  },

  explain: {
    en: ({ target, constant }) => ({
      message: `This condition assigns to \`${target}\` instead of comparing it`,
      why: constant
        ? `What is asked is the value that \`${target}\` has just been given, so the answer is always the same.`
        : 'One `=` assigns, three compare; here it looks as if two were forgotten.',
      remedy:
        'Compare with `===`. If the assignment is meant, put it before the condition, or in parentheses of its own.',
      fix: 'Compare with `===`',
    }),
    es: ({ target, constant }) => ({
      message: `Esta condición asigna un valor a \`${target}\` en lugar de compararla`,
      why: constant
        ? `Lo que se pregunta es el valor que \`${target}\` acaba de recibir, así que la respuesta es siempre la misma.`
        : 'Un solo `=` asigna, tres comparan; aquí parece que se olvidaron dos.',
      remedy:
        'Compara con `===`. Si querías asignar, hazlo antes de la condición o entre paréntesis propios.',
      fix: 'Comparar con `===`',
    }),
  },

  examples: {
    invalid: [
      fixes(js`if («a = 5») f()`, js`if (a === 5) f()`),
      fixes(js`if («a = b») f()`, js`if (a === b) f()`),
      js`while («a.b = true») f()`,
      js`if ((«a = null»)) f()`,
      js`do f(); while («a = 'b'»)`,
      js`for (let i = 0; «i = 10»; i++) f()`,
      ts`if (a) f(); else if («b.c = d») g()`,
      ts`const a = («b = 1») ? c : d`,
    ],
    valid: [
      js`if (a === 5) f()`,
      js`if ((a = b())) f(a)`,
      js`if (a = re.exec(b)) f(a)`,
      js`let a; if (a = b.next) f(a)`,
      js`while (a = re.exec(b)) f(a)`,
      js`while ((a = b.next) !== null) f(a)`,
      js`if (a && (b = c)) f(b)`,
      js`if (a += 1) f()`,
      js`for (a = b; a; a = a.next) f(a)`,
      ts`const a = (b = c()) ? d : e`,
      ts`let a: number; if (f(a = 1)) g(a)`,
    ],
  },
})

function assigns(node: SyntaxNode, file: SourceFile) {
  const condition = node.child('condition')
  if (!condition?.is('Assignment', 'Parenthesized')) return undefined
  return file.language === 'python' || file.language === 'rust' ? undefined : assigned(node, condition, file)
}

function* assigned(node: SyntaxNode, condition: SyntaxNode, file: SourceFile) {
  const assignment = condition.unwrapped
  const target = assignment.kind === 'Assignment' ? assignment.child('target') : undefined
  const value = assignment.child('value')
  if (!target || !value) return
  const constant = isLiteral(value, file)
  // In an `if`, parentheses of its own say that the assignment is meant; loops read on like this.
  if (
    !constant &&
    (node.kind !== 'If' || condition.kind === 'Parenthesized' || isMeant(node, target, value, file))
  )
    return
  yield {
    at: assignment,
    data: { target: target.text, constant },
    fix: { safety: 'unsafe' as const, edits: () => [between(target, value, ' === ')] },
  }
}

/** What is called for its result, or used in the branch, was fetched for that. */
function isMeant(node: SyntaxNode, target: SyntaxNode, value: SyntaxNode, file: SourceFile): boolean {
  if (!value.is('Name', 'Member')) return true
  const branch = node.child('consequence')
  const binding = target.kind === 'Name' ? file.binding(target) : undefined
  if (!branch || !binding) return false
  for (const it of binding.reads()) if (branch.contains(it)) return true
  return false
}

function isLiteral(value: SyntaxNode, file: SourceFile): boolean {
  const it = value.unwrapped
  return (
    it.is('String', 'Number', 'Boolean', 'Null', 'Undefined', 'List', 'Dictionary', 'Function') ||
    (it.kind === 'Unary' && file.constant(it) !== undefined)
  )
}
