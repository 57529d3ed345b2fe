/** `==` converts its operands before it compares them, and here the conversion gives an answer nobody expects. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { Guess } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { knownType } from '../support/known-type.ts'

/** Pairs that nobody expects to be equal, or not to be. */
const SURPRISE: Readonly<Record<string, string>> = {
  list: "`[] == []` does not hold, while `'' == []` and `0 == []` do",
  dictionary: '`{} == {}` does not hold, nor does any other object equal a new one',
  types: "`'1' == 1`, `'' == 0` and `'1,2' == [1, 2]` all hold",
}
const SORPRESA: Readonly<Record<string, string>> = {
  list: "`[] == []` no se cumple, mientras que `'' == []` y `0 == []` sí",
  dictionary: '`{} == {}` no se cumple, y ningún otro objeto es igual a uno nuevo',
  types: "`'1' == 1`, `'' == 0` y `'1,2' == [1, 2]` se cumplen",
}

export default defineRule({
  id: 'correctness/coercing-comparison',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [1024],
  concept: 'equality',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    Comparison(node, file) {
      const { operator } = node
      return operator === '==' || operator === '!=' ? coercing(node, operator, file) : undefined
    },
  },

  explain: {
    en: ({ comparison, strict, loose, surprise }) => ({
      message: `\`${comparison}\` converts its operands before it compares them`,
      why: `\`${loose}\` makes numbers or texts of both sides first, so that ${SURPRISE[surprise]}.`,
      remedy: `Compare with \`${strict}\`, and convert a side yourself where that is meant.`,
      fix: `Write the literal in the type of the other side and compare with \`${strict}\``,
    }),
    es: ({ comparison, strict, loose, surprise }) => ({
      message: `\`${comparison}\` convierte sus operandos antes de compararlos`,
      why: `\`${loose}\` convierte primero ambos lados en números o textos, de modo que ${SORPRESA[surprise]}.`,
      remedy: `Compara con \`${strict}\` y convierte tú un lado donde haga falta.`,
      fix: `Escribir el literal en el tipo del otro lado y comparar con \`${strict}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(js`«'5' == a.length»`, js`5 === a.length`),
      fixes(js`if («process.env.DEBUG == true») f()`, js`if (process.env.DEBUG === 'true') f()`),
      fixes(ts`function f(a: string) { return «0 != a» }`, ts`function f(a: string) { return '0' !== a }`),
      fixes(
        js`let n = 0; for (; n < 3; n++) if («n == '1'») f()`,
        js`let n = 0; for (; n < 3; n++) if (n === 1) f()`,
      ),
      js`const n = a.length; if («n == true») f()`,
      js`const b = «false != a % 2»`,
      js`if («a == []») f()`,
      ts`if («a != {}») f()`,
      ts`function f(a: string, b: number) { return «a == b» }`,
      js`const a = [1]; if («a == '1'») f()`,
      js`let a = 1; a++; b = «a == ''»`,
    ],
    valid: [
      js`if (a == null || a != undefined || a == void 0) f()`,
      js`if (typeof a == 'string') f()`,
      js`if (a === true || b !== '' || c === 0) f()`,
      js`if (a == b || a.b == c()) f()`,
      js`if (a == 'x' || b == 1) f()`,
      js`if (a.length == 0 || i % 2 == 0 || (a & 1) != 0 || s.indexOf('x') == 0) f()`,
      js`if (s.trim() == '') f()`,
      // Most often the other side is of the same type as the literal.
      js`function f(a) { return a == '' || a.b == 0 || a.c == true }`,
      js`let a = ''; a += 'x'; if (a == '') f()`,
      js`for (let i = 0; i < 3; i++) if (i == 0) f()`,
      js`const ok = a > b; if (ok == true) f()`,
      // The compiler sees to it that only one type comes here.
      ts`function f(a: Row) { return a.name == '' || a.size == 0 || a.open == true }`,
      ts`function f(a?: number) { return a == 0 }`,
      js`if (a.trim() == +a || a.toString() == Number(a)) f()`,
    ],
  },
})

function* coercing(node: SyntaxNode, loose: '==' | '!=', file: SourceFile) {
  const left = node.child('left')?.unwrapped
  const right = node.child('right')?.unwrapped
  if (!left || !right || isNothing(left) || isNothing(right)) return
  const surprise = surpriseOf(left) ?? surpriseOf(right) ?? differing(left, right, file)
  if (!surprise) return
  const strict = `${loose}=`
  yield {
    at: node,
    data: { comparison: excerpt(node), strict, loose: loose as string, surprise },
    fix: {
      safety: 'unsafe' as const,
      edits: () => {
        const literal = rewritten(left, typeOf(right, file)) ?? rewritten(right, typeOf(left, file))
        return literal ? [literal, replace(node.child('operator')!, strict)] : []
      },
    },
  }
}

/** The literal as the other side would write it: `5` for `'5'` next to a number, `'true'` for `true` next to a text. */
function rewritten(literal: SyntaxNode, type: Guess | undefined) {
  const { kind, text } = literal
  if (type === 'string' && (kind === 'Boolean' || (kind === 'Number' && /^\d+$/.test(text))))
    return replace(literal, `'${text}'`)
  if (type !== 'number' || kind !== 'String') return undefined
  const digits = /^(['"])(\d{1,15})\1$/.exec(text)?.[2]
  return digits === undefined ? undefined : replace(literal, String(Number(digits)))
}

function isNothing(node: SyntaxNode): boolean {
  return node.is('Null', 'Undefined') || (node.kind === 'Unary' && /^(typeof|void)$/.test(node.operator))
}

/** Nothing is equal to a new object, and only the empty text, 0 and the like to a new empty array. */
function surpriseOf(literal: SyntaxNode): string | undefined {
  if (literal.kind === 'List') return literal.child('element') ? undefined : 'list'
  if (literal.kind === 'Dictionary') return 'dictionary'
  return undefined
}

/** Both types are known, and are not the same. */
function differing(left: SyntaxNode, right: SyntaxNode, file: SourceFile): string | undefined {
  // `text == +text` asks whether the text is a number, and means the conversion.
  if (!isLiteral(left) && !isLiteral(right) && [left, right].some(it => it.is('Call', 'Unary')))
    return undefined
  const a = typeOf(left, file)
  if (!a || a === 'null') return undefined
  const b = typeOf(right, file)
  return !b || b === 'null' || a === b ? undefined : 'types'
}

function isLiteral(node: SyntaxNode): boolean {
  return node.is('String', 'Number', 'Boolean', 'List', 'Dictionary')
}

const NUMBERS =
  /^(length|size|byteLength|byteOffset|childElementCount|selectedIndex|nodeType|keyCode|which|button)$/
const COUNTS =
  /^(indexOf|lastIndexOf|findIndex|findLastIndex|charCodeAt|codePointAt|search|localeCompare|parseInt|parseFloat|Number|getTime|now|floor|ceil|round|abs|max|min|trunc|getDay|getMonth|getHours|getMinutes|getSeconds|getDate|getFullYear)$/
const TESTS =
  /^(includes|has|test|some|every|isArray|hasOwnProperty|hasOwn|isNaN|isInteger|startsWith|endsWith|Boolean|contains|matches)$/
const TEXTS = /^(String|charAt|substring|substr|join|getAttribute|toFixed|fromCharCode|stringify)$/

/** What the operand surely is, from its shape or from everything that its name is given. */
function typeOf(node: SyntaxNode, file: SourceFile, depth = 0): Guess | undefined {
  const it = node.unwrapped
  switch (it.kind) {
    case 'Member': {
      const name = it.child('property')?.name ?? ''
      if (NUMBERS.test(name)) return 'number'
      // What stands in the environment is text, however much it looks like something else.
      return it.child('object')?.text === 'process.env' ? 'string' : knownType(file, it)
    }
    case 'Binary':
      return it.operator === '+' ? knownType(file, it) : 'number'
    case 'Unary':
      return /^[-+~]$/.test(it.operator) ? 'number' : it.operator === 'typeof' ? 'string' : undefined
    case 'Update':
      return 'number'
    case 'Comparison':
    case 'Not':
      return 'boolean'
    case 'Call': {
      const name = calleeName(it)
      if (COUNTS.test(name)) return 'number'
      if (TESTS.test(name)) return 'boolean'
      return TEXTS.test(name) ? 'string' : knownType(file, it)
    }
    case 'Name':
      return knownType(file, it) ?? (depth < 4 ? typeOfWrites(it, file, depth) : undefined)
    default:
      return knownType(file, it)
  }
}

/** The one type of everything that is ever given to a name. */
function typeOfWrites(name: SyntaxNode, file: SourceFile, depth: number): Guess | undefined {
  const binding = file.binding(name)
  if (binding?.kind !== 'variable' && binding?.kind !== 'constant') return undefined
  let only: Guess | undefined
  for (const write of binding.writes()) {
    const { parent } = write
    const value = parent?.child('value')
    let type: Guess | undefined
    if (parent?.kind === 'Update') type = 'number'
    else if (parent?.kind === 'AugmentedAssignment' && parent.operator !== '+=') type = 'number'
    else if (
      value &&
      write.role === 'target' &&
      parent?.is('Declarator', 'Assignment', 'AugmentedAssignment')
    )
      type = typeOf(value, file, depth + 1)
    if (!type || (only && only !== type)) return undefined
    only = type
  }
  return only
}
