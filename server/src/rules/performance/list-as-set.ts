/** A list that is asked, for each new element, whether it is in there already, is searched from end to end each time. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { repetitionAround } from '../support/loops.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'performance/list-as-set',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [407],
  concept: 'data-structures',
  impact: { likelihood: 'low', cost: 'hours' },
  // Most lists that are built so stay short.
  enabled: false,

  check: {
    *If(node, file) {
      const condition = node.child('condition')?.unwrapped
      const asked = condition && askedAbout(condition, file)
      const binding = asked?.list.kind === 'Name' ? file.binding(asked.list) : undefined
      if (!asked || !binding || !isNewList(binding) || isTestCode(node, file)) return
      const loop = repetitionAround(node)
      if (!loop || loop.contains(binding.declaration)) return
      const body = node.child('consequence')
      if (!body || !isAddedIn(body, asked.element, binding, file)) return
      yield {
        at: asked.question,
        data: {
          question: excerpt(asked.question),
          list: binding.name,
          instead: file.language === 'rust' ? 'HashSet' : file.language === 'python' ? 'set' : 'Set',
        },
      }
    },
  },

  explain: {
    en: ({ question, list, instead }) => ({
      message: `\`${question}\` searches all of \`${list}\` in each round`,
      why: 'A list has no other way to find out than to look at its elements one by one. With ten times as many elements, the loop takes a hundred times as long.',
      remedy: `Keep what was seen in a \`${instead}\`, beside the list if the order matters.`,
    }),
    es: ({ question, list, instead }) => ({
      message: `\`${question}\` busca por toda \`${list}\` en cada vuelta`,
      why: 'Una lista no tiene otra forma de saberlo que mirar sus elementos uno a uno. Con diez veces más elementos, el bucle tarda cien veces más.',
      remedy: `Guarda lo ya visto en un \`${instead}\`, junto a la lista si importa el orden.`,
    }),
  },

  examples: {
    invalid: [
      py`
        def unique(rows):
            seen = []
            for row in rows:
                if «row.id not in seen»:
                    seen.append(row.id)
            return seen
      `,
      py`
        def f(rows):
            names = list()
            while rows:
                name = rows.pop()
                if «name not in names»: names.append(name)
      `,
      js`const seen = []; for (const row of rows) { if («!seen.includes(row.id)») { seen.push(row.id) } }`,
      js`const seen = []; rows.forEach(row => { if («seen.indexOf(row) === -1») seen.push(row) })`,
      ts`function f(rows: Row[]) { const names: string[] = []; for (const row of rows) if («!names.includes(row.name)») names.push(row.name); return names }`,
      ts`const ids: number[] = []; rows.map(row => { if («!ids.includes(row.id)») ids.push(row.id); return row })`,
      rs`fn f(rows: &[u32]) { let mut seen = Vec::new(); for row in rows { if «!seen.contains(row)» { seen.push(row); } } }`,
      rs`fn f(rows: &[Row]) { let mut ids = vec![]; for row in rows { if «!ids.contains(&row.id)» { ids.push(row.id); } } }`,
    ],
    valid: [
      py`
        def unique(rows):
            seen = set()
            for row in rows:
                if row.id not in seen: seen.add(row.id)
      `,
      py`
        def f(rows, names):
            for row in rows:
                found = []
                if row not in found: found.append(row)
                if row not in names: names.append(row)
      `,
      js`const seen = new Set(); for (const row of rows) if (!seen.has(row)) seen.add(row)`,
      js`const seen = []; if (!seen.includes(row)) seen.push(row)`,
      ts`const names: string[] = []; for (const row of rows) if (!row.names.includes('a')) names.push(row.name)`,
      ts`const names: string[] = []; for (const row of rows) if (!names.includes('a')) names.push(row.name)`,
      rs`fn f(rows: &[u32]) { let mut seen = HashSet::new(); for row in rows { if !seen.contains(row) { seen.insert(row); } } }`,
      rs`fn f(row: u32) { let mut seen = Vec::new(); if !seen.contains(&row) { seen.push(row); } }`,
    ],
  },
})

interface Question {
  readonly question: SyntaxNode
  readonly list: SyntaxNode
  readonly element: SyntaxNode
}

/** `x not in list`, `!list.includes(x)`, `list.indexOf(x) === -1`, `!list.contains(&x)` */
function askedAbout(condition: SyntaxNode, file: SourceFile): Question | undefined {
  if (file.language === 'python') {
    const element = condition.child('left')
    const list = condition.child('right')
    return condition.kind === 'Comparison' && /^not\s+in$/.test(condition.operator) && element && list
      ? { question: condition, list, element }
      : undefined
  }
  const call =
    condition.kind === 'Not'
      ? condition.child('operand')
      : condition.kind === 'Comparison' &&
          /^(===? ?-1|< ?0)$/.test(condition.text.slice(condition.child('operator')!.start - condition.start))
        ? condition.child('left')
        : undefined
  const list = call?.kind === 'Call' ? receiver(call) : undefined
  const [given, ...others] = call?.children('argument') ?? []
  if (!call || !list || !given || others.length > 0) return undefined
  const wanted = file.language === 'rust' ? 'contains' : condition.kind === 'Not' ? 'includes' : 'indexOf'
  if (calleeName(call) !== wanted) return undefined
  return {
    question: condition,
    list,
    element: given.kind === 'Borrow' ? (given.child('value') ?? given) : given,
  }
}

/** Empty where it is made. */
function isNewList(binding: Binding): boolean {
  if (binding.writeCount !== 1) return false
  const { declaration } = binding
  const holder = declaration.parent?.kind === 'Pattern' ? declaration.parent.parent : declaration.parent
  const value = holder?.is('Assignment', 'Declarator') ? holder.child('value')?.unwrapped : undefined
  if (!value) return false
  if (value.kind === 'List') return value.child('element') === undefined
  return /^(list\(\)|vec!\[\]|Vec::new\(\)|Vec::with_capacity\(.*\)|new Array\(\))$/s.test(value.text)
}

/** What was asked about is put in, at once. */
function isAddedIn(body: SyntaxNode, element: SyntaxNode, binding: Binding, file: SourceFile): boolean {
  for (const it of [body, ...body.ownDescendants('Call')]) {
    const call = it.kind === 'ExpressionStatement' ? it.child('value') : it
    if (call?.kind !== 'Call' || !/^(append|push)$/.test(calleeName(call))) continue
    const object = receiver(call)
    const [given] = call.children('argument')
    const added =
      given?.kind === 'Call' && /^(clone|to_string|to_owned)$/.test(calleeName(given))
        ? receiver(given)
        : given
    if (object?.kind === 'Name' && binding.same(file.binding(object)) && added?.same(element)) return true
  }
  return false
}
