/** A condition that has the same answer whenever it is asked, although it was written to decide something. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertBefore, replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { comparisonsIn, connective } from '../support/conditions.ts'
import { isRepeatable } from '../support/effects.ts'

export default defineRule({
  id: 'correctness/constant-condition',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [570, 571],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    If: constantCondition,
    ElseIf: constantCondition,
    While: constantCondition,
    DoWhile: constantCondition,
    Conditional: constantCondition,
    ComprehensionIf: constantCondition,
    Comparison: freshObject,
    Logical: neverNullish,
  },

  explain: {
    en: ({ reason, code, truth }) => {
      switch (reason) {
        case 'equality':
          return {
            message: `\`${code}\` is not compared with anything here: by itself it is always ${truth}`,
            why: '`or` joins whole conditions, not values. As soon as one side is always true, so is the condition, and the comparison before it no longer matters.',
            remedy: 'Repeat the comparison for each value, or ask whether the value is in a list.',
            fix: 'Repeat the comparison',
          }
        case 'identity':
          return {
            message: `\`${code}\` makes a new object, which equals nothing but itself, so this is always ${truth}`,
            why: 'Objects and arrays are compared by identity, not by what they hold. Two empty arrays are two different arrays.',
            remedy: 'Compare what is inside: the length, the keys or the fields that matter.',
            fix: 'Ask for the length',
          }
        case 'nullish':
          return {
            message: `\`${code}\` is never null or undefined, so the right side of \`??\` is never used`,
            why: '`??` binds more loosely than arithmetic and comparison: the default that was meant for the last operand waits for the whole expression, which always has a value.',
            remedy: 'Put parentheses around the operand that may be missing and its default.',
            fix: 'Give the default to the last operand',
          }
        case 'pattern':
          return {
            message: `The pattern \`${code}\` matches everything, so this condition is always true`,
            why: 'A plain name takes any value. The branch looks as if it were conditional, and it always runs.',
            remedy: 'Write the variant that was meant, such as `Some(x)`, or use a plain `let`.',
          }
        default:
          return {
            message: `\`${code}\` is always ${truth} as a condition`,
            why: 'It has the same answer whatever the program does, so one of the two ways is never taken.',
            remedy: 'Write the test that was meant, or delete the condition.',
          }
      }
    },
    es: ({ reason, code, truth }) => {
      const always = truth ? 'verdadero' : 'falso'
      switch (reason) {
        case 'equality':
          return {
            message: `\`${code}\` no se compara con nada: por sí solo siempre es ${always}`,
            why: '`or` une condiciones completas, no valores. En cuanto un lado es siempre verdadero, también lo es toda la condición, y la comparación anterior deja de importar.',
            remedy: 'Repite la comparación con cada valor o pregunta si el valor está en una lista.',
            fix: 'Repetir la comparación',
          }
        case 'identity':
          return {
            message: `\`${code}\` crea un objeto nuevo, que solo es igual a sí mismo: esto siempre es ${always}`,
            why: 'Los objetos y los arrays se comparan por identidad, no por su contenido. Dos arrays vacíos son dos arrays distintos.',
            remedy: 'Compara lo que hay dentro: la longitud, las claves o los campos que importen.',
            fix: 'Preguntar por la longitud',
          }
        case 'nullish':
          return {
            message: `\`${code}\` nunca es nulo ni indefinido, así que el lado derecho de \`??\` no se usa nunca`,
            why: '`??` tiene menos prioridad que la aritmética y las comparaciones: el valor por defecto pensado para el último operando espera a la expresión entera, que siempre tiene valor.',
            remedy: 'Encierra entre paréntesis el operando que puede faltar junto con su valor por defecto.',
            fix: 'Dar el valor por defecto al último operando',
          }
        case 'pattern':
          return {
            message: `El patrón \`${code}\` acepta cualquier cosa, así que esta condición siempre se cumple`,
            why: 'Un nombre a secas admite cualquier valor. La rama parece condicional, pero se ejecuta siempre.',
            remedy: 'Escribe la variante que querías, por ejemplo `Some(x)`, o usa un simple `let`.',
          }
        default:
          return {
            message: `\`${code}\` siempre es ${always} como condición`,
            why: 'Responde lo mismo haga lo que haga el programa, así que uno de los dos caminos no se toma nunca.',
            remedy: 'Escribe la comprobación que querías hacer o elimina la condición.',
          }
      }
    },
  },

  examples: {
    invalid: [
      fixes(
        py`
        if kind == "a" or «"b"»:
            run()
      `,
        py`
        if kind == "a" or kind == "b":
            run()
      `,
      ),
      fixes(
        py`
        while n == 1 or «2»:
            n = read()
      `,
        py`
        while n == 1 or n == 2:
            n = read()
      `,
      ),
      py`if «(a, b)»: pass`,
      py`if not «[]»: pass`,
      py`
        if ready and «(x for x in xs if x)»:
            run()
        elif «lambda: x»:
            stop()
      `,
      py`xs = [x for x in ys if x != 1 or «"none"»]`,
      js`if («[]») run()`,
      js`while («{}») run()`,
      js`if (ready && !«/x/») run()`,
      js`const text = «'Hello ' + name» ? name : 'you'`,
      js`if («typeof x») run()`,
      fixes(js`if (n === 1 || «2») run()`, js`if (n === 1 || n === 2) run()`),
      fixes(js`const empty = items === «[]»`, js`const empty = items.length === 0`),
      js`if («{}» !== value) run()`,
      fixes(ts`const total = «price + tax» ?? 0`, ts`const total = price + (tax ?? 0)`),
      ts`const text = «\`\${a}\`» ?? b`,
      ts`if («() => ready») run()`,
      rs`fn f(a: Option<u8>) { if let «x» = a { g(x) } }`,
    ],
    valid: [
      py`
        while True:
            run()
      `,
      py`
        if False:
            import typing
        if 0:
            old()
        if TYPE_CHECKING:
            import typing
      `,
      py`
        DEBUG = False
        if DEBUG:
            log()
      `,
      py`name = given or "unknown"`,
      py`if x or 1: pass`,
      py`ids = {row["id"] for row in rows if row.get("id") or []}`,
      js`if (name || '') run()`,
      py`if [*xs]: pass`,
      py`if [x for x in xs]: pass`,
      py`if kind in ("a", "b"): pass`,
      py`if (yield): pass`,
      js`for (;;) run()`,
      js`do { run() } while (0)`,
      js`if (true) run()`,
      js`if (x || true) run()`,
      js`const name = given || 'unknown'`,
      js`if (n === (m || 2)) run()`,
      js`const label = (count && 's') || ''`,
      js`if (items == []) run()`,
      js`const odd = [] === []`,
      js`const text = '' ?? fallback`,
      js`const same = a === b`,
      ts`const total = price + (tax ?? 0)`,
      ts`const first = a?.b ?? c`,
      ts`if (process.env.NODE_ENV !== 'production') run()`,
      rs`fn f() { while true { run(); } }`,
      rs`fn f(a: Option<u8>) { if let Some(x) = a { g(x) } }`,
      rs`fn f(a: K) { if let A = a { g() } }`,
    ],
  },
})

type Reason = 'value' | 'equality' | 'identity' | 'nullish' | 'pattern'

interface Constant {
  readonly truth: boolean
  /** The part that makes it so. */
  readonly at: SyntaxNode
  readonly reason: Reason
  readonly edits?: () => readonly TextEdit[]
}

function constantCondition(node: SyntaxNode, file: SourceFile) {
  const condition = node.child('condition')
  if (!condition) return undefined
  const found = constantIn(condition, file)
  return found && report(found)
}

function* report({ at, reason, truth, edits }: Constant) {
  yield {
    at,
    data: { code: excerpt(at), reason, truth },
    ...(edits && { fix: { safety: 'unsafe' as const, edits } }),
  }
}

/** Why a condition is constant. Bare `true`, `0` and `None` are switches that people set by hand, and so not asked about. */
function constantIn(condition: SyntaxNode, file: SourceFile): Constant | undefined {
  const node = condition.unwrapped
  switch (node.kind) {
    case 'Not': {
      const operand = node.child('operand')
      const inner = operand && constantIn(operand, file)
      return inner
    }
    case 'Logical':
      return constantOperand(node, file)
    case 'LetCondition':
      return irrefutable(node)
    default: {
      const truth = truthOf(node, file)
      return truth === undefined ? undefined : { truth, at: node, reason: 'value' }
    }
  }
}

/**
 * `a or [1]` is as constant as `[1]`; in `a and "b"` it is the string that says nothing. The default of `a or []` says
 * nothing either, but people are used to it from where the value counts, and the condition is still what `a` is.
 */
function constantOperand(node: SyntaxNode, file: SourceFile): Constant | undefined {
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right) return undefined
  const found = constantIn(left, file)
  if (found) return found
  if (connective(node) !== '||') return constantIn(right, file)
  const isDefault = truthOf(right.unwrapped, file) === false
  return forgottenComparison(left, right) ?? (isDefault ? undefined : constantIn(right, file))
}

/** `x == 'a' or 'b'`: the comparison was meant for both. */
function forgottenComparison(left: SyntaxNode, right: SyntaxNode): Constant | undefined {
  if (!right.is('String', 'Number') || /^(0|''|"")$/.test(right.text)) return undefined
  let last = left.unwrapped
  while (last.kind === 'Logical') last = last.child('right')?.unwrapped ?? last
  if (last.kind !== 'Comparison') return undefined
  const { left: subject, operator, right: other } = comparisonsIn(last).at(-1) ?? {}
  if (!subject || !other?.is('String', 'Number') || !/^[=!]==?$/.test(operator ?? '')) return undefined
  return {
    truth: true,
    at: right,
    reason: 'equality',
    edits: () => (operator?.startsWith('=') ? [insertBefore(right, `${subject.text} ${operator} `)] : []),
  }
}

/** Whether a value counts as true; undefined when that depends on it, or when somebody surely meant it so. */
function truthOf(node: SyntaxNode, file: SourceFile): boolean | undefined {
  switch (node.kind) {
    case 'String':
    case 'Concatenation': {
      const value = file.constant(node)
      return value?.kind === 'string' ? value.value !== '' : undefined
    }
    case 'Function':
    case 'Class':
    case 'Regex':
      return true
    case 'New':
      return /^(Boolean|Number|String|Proxy)?$/.test(node.child('callee')?.name ?? '') ? undefined : true
    case 'Comprehension':
      return node.type === 'generator_expression' ? true : undefined
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Dictionary':
      return holdsSomething(node, file)
    case 'Unary':
      return node.operator === 'typeof' ? true : node.operator === 'void' ? false : undefined
    case 'Binary':
      return node.operator === '+' && isNonEmptyText(node) ? true : undefined
    default:
      return undefined
  }
}

function holdsSomething(node: SyntaxNode, file: SourceFile): boolean | undefined {
  if (file.language !== 'python') return file.language === 'rust' ? undefined : true
  const elements = node.children()
  if (elements.length === 0) return false
  return elements.some(it => it.kind !== 'Spread') ? true : undefined
}

/** Text put together, one piece of which is surely not empty. */
function isNonEmptyText(node: SyntaxNode): boolean {
  for (let it: SyntaxNode | undefined = node; it?.kind === 'Binary'; it = it.child('left')) {
    if (it.operator !== '+') return false
    for (const side of [it.child('left'), it.child('right')])
      if (side?.kind === 'String' && side.text.length > 2) return true
  }
  return false
}

/** `if let x = y`: a lower-case name binds whatever comes. */
function irrefutable(node: SyntaxNode): Constant | undefined {
  const pattern = node.child('target')
  if (!pattern) return undefined
  const takesAll = pattern.kind === 'Name' && /^[a-z]/.test(pattern.name)
  return takesAll ? { truth: true, at: pattern, reason: 'pattern' } : undefined
}

/** `x === []`: never true, whatever x is. */
function freshObject(node: SyntaxNode, file: SourceFile) {
  const { operator } = node
  if (operator !== '===' && operator !== '!==') return undefined
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right) return undefined
  const [fresh, ...others] = [right, left].filter(isFresh)
  // Two of them: somebody shows what comes of it.
  if (!fresh || others.length > 0) return undefined
  const isEmptyList = fresh.row === right.row && fresh.kind === 'List' && !fresh.firstChild
  const edits = () => [replace(right, '0'), { start: left.end, end: left.end, newText: '.length' }]
  return report({
    truth: operator === '!==',
    at: fresh,
    reason: 'identity',
    ...(isEmptyList && isRepeatable(file, left) && left.is('Name', 'Member', 'Index', 'Call') && { edits }),
  })
}

function isFresh(node: SyntaxNode): boolean {
  return node.unwrapped.is('List', 'Dictionary', 'Function', 'Regex', 'New')
}

/** `a + b ?? c`: a sum is never null. */
function neverNullish(node: SyntaxNode) {
  if (node.operator !== '??') return undefined
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right || !isNeverNullish(left.unwrapped)) return undefined
  const operand = left.is('Binary', 'Comparison') ? left.child('right') : undefined
  const edits = () =>
    operand ? [insertBefore(operand, '('), { start: right.end, end: right.end, newText: ')' }] : []
  return report({ truth: true, at: left, reason: 'nullish', edits })
}

function isNeverNullish(node: SyntaxNode): boolean {
  if (node.kind === 'Unary') return node.operator !== 'void'
  return node.is('Binary', 'Comparison', 'Not', 'Template', 'List', 'Dictionary', 'Function', 'New', 'Regex')
}
