/** A pattern with `g` remembers where it stopped: asked about another text, it begins in the middle. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/sticky-regex',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [185],
  concept: 'regular-expressions',
  impact: { likelihood: 'high', cost: 'days' },
  callees: ['test'],

  check: {
    *Call(node, file) {
      const name = receiver(node)
      const binding = name?.kind === 'Name' ? file.binding(name) : undefined
      const pattern = binding?.onlyValue?.unwrapped
      if (!name || !binding || pattern?.kind !== 'Regex' || !/\/[a-z]*[gy][a-z]*$/.test(pattern.text)) return
      // Made anew each time that it is asked, it has nothing to remember.
      if (!isRepeated(node, binding.declaration)) return
      for (const it of binding.reads()) if (isDealtWith(it) || isSetBack(it, node, pattern)) return
      yield {
        at: node,
        data: { call: excerpt(node), name: name.name, pattern: excerpt(pattern) },
        related: [pattern],
      }
    },
  },

  explain: {
    en: ({ call, name, pattern }) => ({
      message: `\`${call}\` begins where \`${name}\` stopped the last time`,
      why: `\`${pattern}\` keeps the place of its last hit in \`lastIndex\`, also for the next text. So the same question about the same text is answered yes and no in turns.`,
      remedy: 'Leave out the `g` where it is only asked whether there is a hit.',
      places: ['The flag stands here'],
    }),
    es: ({ call, name, pattern }) => ({
      message: `\`${call}\` empieza donde \`${name}\` se quedó la última vez`,
      why: `\`${pattern}\` guarda en \`lastIndex\` el lugar de su último acierto, también para el texto siguiente. Así, la misma pregunta sobre el mismo texto recibe unas veces un sí y otras un no.`,
      remedy: 'Quita la `g` donde solo se pregunta si hay algún acierto.',
      places: ['El modificador está aquí'],
    }),
  },

  examples: {
    invalid: [
      js`const WORD = /\w+/g; function isWord(text) { return «WORD.test(text)» }`,
      js`const DIGIT = /\d/gi; const rows = lines.filter(line => «DIGIT.test(line)»)`,
      ts`const TAG = /<b>/g; export const hasTag = (text: string): boolean => «TAG.test(text)»`,
      // Where it is used to the end stands before the question, or somewhere else.
      js`const TAG = /<b>/g; const clean = text => text.replace(TAG, ''); const has = text => «TAG.test(text)»`,
      js`const TAB = /\t/y; function f(text) { if («TAB.test(text)») return text.replace(TAB, ' ') }`,
      ts`function f(lines: string[]) { const tag = /<b>/g; for (const line of lines) if («tag.test(line)») show(line) }`,
    ],
    valid: [
      js`const WORD = /\w+/; function isWord(text) { return WORD.test(text) }`,
      js`const WORD = /\w+/g; function isWord(text) { WORD.lastIndex = 0; return WORD.test(text) }`,
      js`const WORD = /\w+/g; function clean(text) { return text.replace(WORD, '') }`,
      js`const TAG = /<b>/g; function clean(text) { if (TAG.test(text)) text = text.replace(TAG, ''); return text }`,
      ts`function f(line: string) { const tag = /<b>/g; return tag.test(line) }`,
      ts`const TAG = /<b>/g; function f(text: string) { while (TAG.test(text)) count(TAG.lastIndex) }`,
    ],
  },
})

/** A loop, or a function called for each of many, lies between where it is made and where it is asked. */
function isRepeated(call: SyntaxNode, declaration: SyntaxNode): boolean {
  for (const it of call.ancestors()) {
    if (it.contains(declaration)) return false
    if (it.is('For', 'ForEach', 'While', 'DoWhile', 'Function')) return true
  }
  return false
}

/** Somebody sets it back, or goes from hit to hit. */
function isDealtWith(read: SyntaxNode): boolean {
  const member = read.parent
  if (member?.kind !== 'Member' || read.role !== 'object') return false
  const name = member.child('property')?.name
  if (name === 'lastIndex' || name === 'exec') return true
  return name === 'test' && member.parent?.role === 'condition' && member.parent.parent?.kind === 'While'
}

/** A hit is followed by a `replace` or a `match` with the same pattern, and with `g` these end where it began: at zero. */
function isSetBack(read: SyntaxNode, asked: SyntaxNode, pattern: SyntaxNode): boolean {
  const call = read.role === 'argument' ? read.parent : undefined
  return (
    call?.kind === 'Call' &&
    /^(replace|replaceAll|match)$/.test(calleeName(call)) &&
    /\/[a-z]*g[a-z]*$/.test(pattern.text) &&
    call.row > asked.row &&
    call.function?.row === asked.function?.row
  )
}
