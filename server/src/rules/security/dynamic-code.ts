/** Running text as code hands the program to whoever can shape the text. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/dynamic-code',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [95],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: ['eval', 'exec', 'Function'],

  check: {
    Call: dynamicCode,
    New: dynamicCode,
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` runs text that is put together at run time`,
      why: 'Whoever can influence a part of that text can make the program do anything it is able to do.',
      remedy: 'Parse the text as data, or choose among functions with a table.',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` ejecuta texto que se compone en tiempo de ejecución`,
      why: 'Quien pueda influir en una parte de ese texto puede hacer que el programa haga cualquier cosa que esté a su alcance.',
      remedy: 'Interpreta el texto como datos o elige entre funciones con una tabla.',
    }),
  },

  examples: {
    invalid: [
      py`eval(«"f(" + name + ")"»)`,
      js`eval(«"f(" + name + ")"»)`,
      ts`const f = new Function('x', «\`return \${body}\`»)`,
    ],
    valid: [
      py`eval("1 + 1")`,
      py`model.eval()`,
      js`const eval = parse; eval("a" + b)`,
      ts`new Function('return this')()`,
    ],
  },
})

function* dynamicCode(node: SyntaxNode, file: SourceFile) {
  const callee = node.child('callee')
  if (callee?.kind !== 'Name' || !file.isFree(callee)) return
  const code = callee.name === 'Function' ? node.children('argument').at(-1) : node.children('argument')[0]
  const source = code && file.value(code)
  if (!source || !isComposed(source) || file.constant(source)) return
  yield { at: code, data: { name: callee.name } }
}

/** Text that is glued from parts, one of which is not a literal. */
function isComposed(node: SyntaxNode): boolean {
  return (
    node.kind === 'Template' ||
    (node.kind === 'Binary' &&
      (node.operator === '+' || node.operator === '%') &&
      node.has('String', 'Template'))
  )
}
