// How Python says it.

import { type Expression, isNumber, type Type } from './plan.ts'
import { held, numberText, type Target, type Write, words } from './writer.ts'

export const PYTHON: Target = {
  type,
  head: ({ name, parameters, returns }) =>
    `def ${name}(${parameters.map(it => `${it.name}: ${type(it.type)}`).join(', ')}) -> ${type(returns)}:`,
  end: undefined,
  indent: '    ',
  nothing: 'pass',
  reserved:
    words(`False None True and as assert async await break class continue def del elif else except finally for from
    global if import in is lambda nonlocal not or pass raise return try while with yield match case len range enumerate str abs
    min max float int bool list`),
  statement(it, write) {
    switch (it.kind) {
      case 'declare':
        // An empty list does not say what it is for.
        return `${it.name}${it.value.kind === 'list' ? `: ${type(it.type)}` : ''} = ${write(it.value)}`
      case 'assign':
        return `${it.name} = ${write(it.value)}`
      case 'append':
        return `${it.to}.append(${write(it.value)})`
      case 'return':
        return `return ${write(it.value)}`
      default:
        return it.kind
    }
  },
  if: condition => `if ${condition}:`,
  elseIf: condition => `elif ${condition}:`,
  else: 'else:',
  while: condition => `while ${condition}:`,
  each: ({ name, index }, list) => [
    index === undefined ? `for ${name} in ${list}:` : `for ${index}, ${name} in enumerate(${list}):`,
  ],
  count: ({ name }, from, to) => `for ${name} in range(${from === '0' ? to : `${from}, ${to}`}):`,
  expression,
}

function type(it: Type): string {
  if (typeof it !== 'string') return `list[${type(it.list)}]`
  return { float: 'float', integer: 'int', count: 'int', text: 'str', truth: 'bool' }[it]
}

function expression(it: Expression, write: Write): string {
  const inner = (of: Expression) => held(of, write(of))
  switch (it.kind) {
    case 'number':
      return numberText(it.value, it.type === 'float')
    case 'text':
      return JSON.stringify(it.value)
    case 'truth':
      return it.value ? 'True' : 'False'
    case 'name':
      return it.name
    case 'arithmetic': {
      const operator = it.operator === 'halves' ? '//' : it.operator === 'rest' ? '%' : it.operator
      return `${inner(it.left)} ${operator} ${inner(it.right)}`
    }
    case 'widened':
      return inner(it.of)
    case 'negative':
      return `-${inner(it.of)}`
    case 'comparison':
      return `${inner(it.left)} ${it.operator} ${inner(it.right)}`
    case 'logical':
      return `${inner(it.left)} ${it.operator} ${inner(it.right)}`
    case 'not':
      return `not ${inner(it.of)}`
    case 'choice':
      return `${inner(it.yes)} if ${inner(it.condition)} else ${inner(it.no)}`
    case 'joined':
      return it.parts.length === 0
        ? '""'
        : it.parts.map(of => (isNumber(of.type) ? `str(${write(of)})` : inner(of))).join(' + ')
    case 'length':
      return `len(${write(it.of)})`
    case 'element':
      return `${inner(it.of)}[${write(it.at)}]`
    case 'list':
      return `[${it.items.map(of => write(of)).join(', ')}]`
    case 'library': {
      const [one, other, third] = it.given.map(inner)
      switch (it.name) {
        case 'startsWith':
          return `${one}.startswith(${other})`
        case 'endsWith':
          return `${one}.endswith(${other})`
        case 'includes':
          return `(${other} in ${one})`
        case 'split':
          return `${one}.split(${other})`
        case 'join':
          return `${other}.join(${one})`
        case 'replaceAll':
          return `${one}.replace(${other}, ${third})`
        default:
          return `${{ absolute: 'abs', least: 'min', most: 'max' }[it.name]}(${it.given.map(of => write(of)).join(', ')})`
      }
    }
  }
}
