/** A position taken for yes or no: at the very beginning it is 0 and false, and not there is -1 and true. */

import { positional, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isKnownList, isKnownString } from '../support/known-type.ts'
import { isTested } from '../support/truth.ts'

const INSTEAD: Readonly<Record<string, string>> = {
  indexOf: 'includes',
  lastIndexOf: 'includes',
  findIndex: 'some',
  findLastIndex: 'some',
  search: '',
  find: 'in',
  rfind: 'in',
}

export default defineRule({
  id: 'correctness/find-as-boolean',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [253],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: Object.keys(INSTEAD),

  check: {
    Call(node, file) {
      const { parent } = node
      if (parent?.kind === 'Comparison') return skipsFirst(node, parent, file)
      return isTested(file, node) && givesPosition(node, file) ? tested(node, file) : undefined
    },
  },

  explain: {
    en: ({ call, method, instead, compared }) => ({
      message: compared
        ? `\`${call}\` leaves out the first element`
        : `\`${call}\` is a position, not a yes or no`,
      why: compared
        ? `\`${method}\` gives 0 for the first element, which \`> 0\` refuses like one that is not there.`
        : `\`${method}\` gives 0, which counts as false, for a match at the very beginning, and -1, which counts as true, for no match at all.`,
      remedy: instead ? `Ask with \`${instead}\`, or compare with -1.` : 'Compare with -1.',
      fix: `Ask with \`${instead}\``,
    }),
    es: ({ call, method, instead, compared }) => ({
      message: compared
        ? `\`${call}\` deja fuera el primer elemento`
        : `\`${call}\` es una posición, no un sí o un no`,
      why: compared
        ? `\`${method}\` da 0 para el primer elemento, y \`> 0\` lo rechaza igual que a uno que no está.`
        : `\`${method}\` da 0, que cuenta como falso, cuando la coincidencia está justo al principio, y -1, que cuenta como verdadero, cuando no hay ninguna.`,
      remedy: instead ? `Pregunta con \`${instead}\` o compara con -1.` : 'Compara con -1.',
      fix: `Preguntar con \`${instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(js`if («name.indexOf('x')») f()`, js`if (name.includes('x')) f()`),
      fixes(js`if (!«names.indexOf(x)» && y) f()`, js`if (!names.includes(x) && y) f()`),
      fixes(ts`const a = «names.lastIndexOf(x)» ? 1 : 2`, ts`const a = names.includes(x) ? 1 : 2`),
      fixes(
        js`while (a || «rows.findIndex(row => row.ok)») f()`,
        js`while (a || rows.some(row => row.ok)) f()`,
      ),
      fixes(js`Boolean(«name?.indexOf(x)»)`, js`Boolean(name?.includes(x))`),
      fixes(
        ts`const left = rows.filter(row => !«done.indexOf(row)»)`,
        ts`const left = rows.filter(row => !done.includes(row))`,
      ),
      js`if («text.search(/x/)») f()`,
      fixes(js`if («['png', 'jpg'].indexOf(type) > 0») f()`, js`if (['png', 'jpg'].includes(type)) f()`),
      fixes(
        py`
        def f(name: str):
            if «name.find("x")»:
                return 1
      `,
        py`
        def f(name: str):
            if "x" in name:
                return 1
      `,
      ),
      fixes(
        py`ok = [a for a in b if not «a.strip().rfind("x" or y)»]`,
        py`ok = [a for a in b if ("x" or y) not in a.strip()]`,
      ),
      fixes(py`if «"a,b".find(x)» and y: pass`, py`if x in "a,b" and y: pass`),
      py`assert «str(x).find("a", 1)»`,
    ],
    valid: [
      js`if (name.indexOf('x') !== -1) f()`,
      js`if (~name.indexOf('x')) f()`,
      js`const at = name.indexOf('x')`,
      js`const at = (name && name.indexOf('x')) || 0`,
      js`f(name.indexOf('x'))`,
      js`if (name.indexOf('@') > 0) f()`,
      js`if (name.indexOf('x') >= 0) f()`,
      js`if (names.indexOf(x) > 0) f(names[names.indexOf(x) - 1])`,
      js`if (rows.find(row => row.ok)) f()`,
      js`if (index.search('x')) f()`,
      ts`const first = rows.filter(row => row.indexOf('x') === 0)`,
      py`
        if soup.find("div"): pass
        if element.find("title"): pass
      `,
      py`if "abc".find(x) >= 0: pass`,
      py`position = "abc".find(x)`,
      py`if match.find("x"): pass`,
    ],
  },
})

function* tested(call: SyntaxNode, file: SourceFile) {
  const method = call.child('callee')!.child('property')!
  const instead = INSTEAD[method.name] ?? ''
  yield {
    at: call,
    data: { call: excerpt(call), method: method.name, instead, compared: false as boolean },
    ...(instead && {
      fix: {
        safety: 'unsafe' as const,
        edits: () => (file.language === 'python' ? pythonEdits(call) : replaceMethod(call, method, instead)),
      },
    }),
  }
}

/** `['a', 'b'].indexOf(x) > 0`: nobody lists a first element to leave it out. */
function* skipsFirst(call: SyntaxNode, comparison: SyntaxNode, file: SourceFile) {
  if (file.language === 'python' || call.role !== 'left' || comparison.operator !== '>') return
  const object = receiver(call)
  const method = call.child('callee')?.child('property')
  if (method?.name !== 'indexOf' || !object || comparison.child('right')?.text !== '0') return
  if (object.unwrapped.kind !== 'List' || !isTested(file, comparison)) return
  yield {
    at: comparison,
    data: { call: excerpt(comparison), method: 'indexOf', instead: 'includes', compared: true as boolean },
    fix: {
      safety: 'unsafe' as const,
      edits: () => [replace(method, 'includes'), { start: call.end, end: comparison.end, newText: '' }],
    },
  }
}

/** `find` and `search` are also what other things call their ways of finding. */
function givesPosition(call: SyntaxNode, file: SourceFile): boolean {
  const object = receiver(call)
  const argument = positional(call)[0]
  if (!object || !argument) return false
  switch (call.child('callee')?.child('property')?.name) {
    case 'indexOf':
    case 'lastIndexOf':
      return file.language !== 'python'
    case 'findIndex':
    case 'findLastIndex':
      return file.language !== 'python' && (argument.kind === 'Function' || isKnownList(file, object))
    case 'search':
      return file.language !== 'python' && (argument.kind === 'Regex' || isKnownString(file, object))
    default:
      return file.language === 'python' && isKnownString(file, object)
  }
}

function replaceMethod(call: SyntaxNode, method: SyntaxNode, instead: string) {
  // The second argument of `lastIndexOf` counts from elsewhere.
  return method.name.startsWith('last') && call.children('argument').length > 1
    ? []
    : [replace(method, instead)]
}

/** `s.find(x)` → `x in s`, and `not s.find(x)` → `x not in s`. */
function pythonEdits(call: SyntaxNode) {
  const object = receiver(call)
  const all = call.children('argument')
  const text = positional(call)[0]
  if (!object || !text || all.length !== 1 || call.has('Comment')) return []
  const part = isTight(text) ? text.text : `(${text.text})`
  const { parent } = call
  const isNegated = parent?.kind === 'Not'
  const whole = isNegated ? parent : call
  return [replace(whole, `${part} ${isNegated ? 'not in' : 'in'} ${object.text}`)]
}

/** Binds tighter than `in`. */
function isTight(node: SyntaxNode): boolean {
  return !node.is('Logical', 'Not', 'Comparison', 'Conditional', 'Function', 'NamedExpression')
}
