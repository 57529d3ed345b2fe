/** A value is used exactly where the code has just found out that there is none. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { branchesOf, isChainStart } from '../support/branches.ts'
import { type Connective, connective, operandsOf } from '../support/conditions.ts'
import { isExpectedToFail } from '../support/deliberate.ts'

export default defineRule({
  id: 'correctness/use-of-absent',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [476],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'days' },

  check: {
    *If(node, file) {
      if (!isChainStart(node)) return
      for (const { condition, body } of branchesOf(node)) {
        const absent = condition && absentIf(condition, file)
        if (absent?.kind === 'Name') yield* usesIn(body, absent, file, condition!)
      }
      const [first, second] = branchesOf(node)
      const present = first?.condition && presentIf(first.condition, file)
      if (present?.kind === 'Name' && second && !second.condition)
        yield* usesIn(second.body, present, file, first!.condition!)
    },
    *Logical(node, file) {
      const how = connective(node)
      if ((how !== '&&' && how !== '||') || isPartOfChain(node, how)) return
      const operands = operandsOf(node, how)
      for (let i = 0; i + 1 < operands.length; i++) {
        const subject = how === '&&' ? absentIf(operands[i]!, file) : presentIf(operands[i]!, file)
        if (!subject?.is('Name', 'Member')) continue
        const use = useIn(operands[i + 1]!, subject, file)
        if (use && !isExpectedToFail(node)) yield found(use, subject, operands[i]!)
      }
    },
  },

  explain: {
    en: ({ subject, condition, use }) => ({
      message: `\`${use}\` is reached only when there is no \`${subject}\``,
      why: `Control comes here only if \`${condition}\` says that there is nothing in \`${subject}\`. Using it then fails.`,
      remedy: 'Turn the condition around, or use what is there in this case.',
    }),
    es: ({ subject, condition, use }) => ({
      message: `A \`${use}\` solo se llega cuando no hay \`${subject}\``,
      why: `El control llega aquí solo si \`${condition}\` dice que en \`${subject}\` no hay nada. Usarla entonces falla.`,
      remedy: 'Dale la vuelta a la condición, o usa lo que haya en este caso.',
    }),
  },

  examples: {
    invalid: [
      py`
        def f(user):
            if user is None:
                log("no user " + «user.name»)
                return
      `,
      py`
        def f(user):
            if user is not None:
                return user.name
            else:
                return «user.id»
      `,
      py`ok = user is None and «user.active»`,
      py`if rows is not None or «rows[0]».ready: run()`,
      js`if (user === null) { show(«user.name») }`,
      js`if (typeof options === 'undefined') { run(«options.fast») }`,
      js`const ok = !user && «user.active»`,
      ts`function f(row?: Row) { if (row == null) return «row.id»; return 1 }`,
      ts`const empty = this.rows === undefined && «this.rows.length» === 0`,
      rs`fn f(a: Option<u8>) -> u8 { if a.is_none() { «a.unwrap()» } else { 0 } }`,
      rs`fn f(a: Result<u8, E>) -> u8 { if a.is_ok() { 0 } else { «a.unwrap()» } }`,
      rs`fn f(a: Option<u8>) -> bool { a.is_none() && «a.unwrap()» > 1 }`,
    ],
    valid: [
      py`
        def f(user):
            if user is None:
                user = load()
                return user.name
            return user.name
      `,
      py`
        def f(user):
            if user is not None and user.active: return user.name
            if user is None or user.active: return None
      `,
      py`
        def f(rows):
            if not rows: rows.append(1)
      `,
      js`if (user === null) { user = load(); show(user.name) }`,
      js`if (user == null || user.name === '') show(); if (!user || !user.name) show()`,
      js`if (user === null) { load(() => user.name); show(user?.name) }`,
      ts`function f(row?: Row) { if (row === undefined) { row ??= load(); return row.id } return row.id }`,
      ts`const ok = (!user && admin.active) || user.active`,
      rs`fn f(a: Option<u8>) -> u8 { if a.is_some() { a.unwrap() } else { 0 } }`,
      rs`fn f(mut a: Option<u8>) -> u8 { if a.is_none() { a = Some(1); } a.unwrap() }`,
      rs`fn f(a: Option<u8>) -> bool { a.is_none() || a.unwrap() > 1 }`,
    ],
  },
})

/** A chain is looked at as a whole. */
function isPartOfChain(node: SyntaxNode, how: Connective): boolean {
  let { parent } = node
  while (parent?.kind === 'Parenthesized') parent = parent.parent
  return parent !== undefined && connective(parent) === how
}

/** What there is none of when the condition holds. */
function absentIf(condition: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  return questioned(condition, file, true)
}

/** What there is something of when the condition holds, and none of otherwise. */
function presentIf(condition: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  return questioned(condition, file, false)
}

function questioned(condition: SyntaxNode, file: SourceFile, isAbsent: boolean): SyntaxNode | undefined {
  const it = condition.unwrapped
  if (file.language === 'rust') return questionedInRust(it, isAbsent)
  if (it.kind === 'Not' && file.language !== 'python') {
    const operand = it.child('operand')?.unwrapped
    return isAbsent && operand?.is('Name', 'Member') && !operand.text.includes('?.') ? operand : undefined
  }
  if (it.kind !== 'Comparison' || it.child('next')) return undefined
  const left = it.child('left')?.unwrapped
  const right = it.child('right')?.unwrapped
  if (
    !left ||
    !right ||
    !(isAbsent ? /^(is|={2,3})$/ : /^(is not|!==?)$/).test(it.operator.replace(/\s+/g, ' '))
  )
    return undefined
  if (right.is('Null', 'Undefined')) {
    // In JavaScript a strict comparison with one of the two leaves the other possible, which is no use either.
    if (!isAbsent && it.operator === '!==') return undefined
    return left.is('Name', 'Member') && !left.text.includes('?.') ? left : undefined
  }
  const isTypeof =
    left.kind === 'Unary' && left.operator === 'typeof' && /^['"]undefined['"]$/.test(right.text)
  const operand = isTypeof ? left.child('operand')?.unwrapped : undefined
  return operand?.kind === 'Name' ? operand : undefined
}

function questionedInRust(it: SyntaxNode, isAbsent: boolean): SyntaxNode | undefined {
  const object = it.kind === 'Call' ? receiver(it) : undefined
  return object && (isAbsent ? /^is_(none|err)$/ : /^is_(some|ok)$/).test(calleeName(it)) ? object : undefined
}

/** The first use in a body, unless something was given to it before, or it may have been. */
function* usesIn(body: SyntaxNode, subject: SyntaxNode, file: SourceFile, condition: SyntaxNode) {
  const use = useIn(body, subject, file)
  if (use && !isExpectedToFail(body)) yield found(use, subject, condition)
}

function useIn(place: SyntaxNode, subject: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  const binding = subject.kind === 'Name' ? file.binding(subject) : undefined
  const within = place.row + place.size
  if (binding) for (const it of binding.writes()) if (it.row >= place.row && it.row < within) return undefined
  const asked = [place, ...place.ownDescendants(subject.kind)].filter(it => it.kind === subject.kind)
  for (const it of asked) {
    const isSame = binding ? binding.same(file.binding(it)) : it.same(subject)
    if (!isSame || isAskedAgain(it, place)) continue
    const use = failingUse(it, file)
    if (use) return use
    if (!binding) return undefined
  }
  return undefined
}

/** Behind another question in the same place, or in a type. */
function isAskedAgain(node: SyntaxNode, place: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.row < place.row || it.row === place.parent?.row) return false
    if (it.is('Function', 'Class', 'Type', 'TypeArguments', 'Try')) return true
    if (it.is('Logical', 'Conditional', 'If', 'While', 'LetCondition', 'Switch')) return it.row >= place.row
  }
  return false
}

/** What of it fails when there is nothing: a member, an element, `unwrap`. */
function failingUse(node: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  const { parent, role } = node
  if (role !== 'object' || !parent?.is('Member', 'Index')) return undefined
  if (file.language === 'rust') {
    const call = parent.parent
    const isTaken = parent.role === 'callee' && /^(unwrap|expect)$/.test(parent.child('property')?.name ?? '')
    return isTaken && call?.kind === 'Call' ? call : undefined
  }
  if (
    parent.text
      .slice(node.end - parent.start)
      .trimStart()
      .startsWith('?.')
  )
    return undefined
  // Python's classes have methods that even `None` answers.
  if (/^__\w+__$/.test(parent.child('property')?.name ?? '')) return undefined
  return parent
}

function found(use: SyntaxNode, subject: SyntaxNode, condition: SyntaxNode) {
  return {
    at: use,
    data: { subject: excerpt(subject), condition: excerpt(condition), use: excerpt(use) },
    related: [condition],
  }
}
