// How TypeScript says it, and JavaScript, which leaves the types out.

import { type Expression, isNumber, type Type } from './plan.ts'
import { held, numberText, type Target, type Write, words } from './writer.ts'

export const TYPESCRIPT: Target = script(type)
export const JAVASCRIPT: Target = script(undefined)

function script(types: ((it: Type) => string) | undefined): Target {
  const of = (it: Type) => (types ? `: ${types(it)}` : '')
  return {
    type,
    head: ({ name, parameters, returns }) =>
      `function ${name}(${parameters.map(it => it.name + of(it.type)).join(', ')})${of(returns)} {`,
    end: '}',
    indent: '  ',
    nothing: undefined,
    reserved:
      words(`arguments await break case catch class const continue debugger default delete do else enum eval export extends
      false finally for function if implements import in instanceof interface let new null package private protected public return
      static super switch this throw true try typeof undefined var void while with yield Math String NaN Infinity`),
    statement(it, write) {
      switch (it.kind) {
        case 'declare': {
          return `${it.isOnly ? 'const' : 'let'} ${it.name}${it.value.kind === 'list' ? of(it.type) : ''} = ${write(it.value)}`
        }
        case 'assign':
          return `${it.name} = ${write(it.value)}`
        case 'append':
          return `${it.to}.push(${write(it.value)})`
        case 'return':
          return `return ${write(it.value)}`
        default:
          return it.kind
      }
    },
    if: condition => `if (${condition}) {`,
    elseIf: condition => `} else if (${condition}) {`,
    else: '} else {',
    while: condition => `while (${condition}) {`,
    each: ({ name, index }, list) => [
      index === undefined
        ? `for (const ${name} of ${list}) {`
        : `for (const [${index}, ${name}] of ${list}.entries()) {`,
    ],
    count: ({ name }, from, to) => `for (let ${name} = ${from}; ${name} < ${to}; ${name}++) {`,
    expression,
  }
}

function type(it: Type): string {
  if (typeof it !== 'string') return `${type(it.list)}[]`
  return { float: 'number', integer: 'number', count: 'number', text: 'string', truth: 'boolean' }[it]
}

function expression(it: Expression, write: Write): string {
  const inner = (of: Expression) => held(of, write(of))
  switch (it.kind) {
    case 'number':
      return numberText(it.value, false)
    case 'text':
      return JSON.stringify(it.value)
    case 'truth':
      return String(it.value)
    case 'name':
      return it.name
    case 'arithmetic':
      if (it.operator === 'halves') return `Math.floor(${inner(it.left)} / ${inner(it.right)})`
      return `${inner(it.left)} ${it.operator === 'rest' ? '%' : it.operator} ${inner(it.right)}`
    case 'widened':
      return inner(it.of)
    case 'negative':
      return `-${inner(it.of)}`
    case 'comparison': {
      const operator = it.operator === '==' ? '===' : it.operator === '!=' ? '!==' : it.operator
      return `${inner(it.left)} ${operator} ${inner(it.right)}`
    }
    case 'logical':
      return `${inner(it.left)} ${it.operator === 'and' ? '&&' : '||'} ${inner(it.right)}`
    case 'not':
      return `!${inner(it.of)}`
    case 'choice':
      return `${inner(it.condition)} ? ${inner(it.yes)} : ${inner(it.no)}`
    case 'joined':
      return it.parts.length === 0
        ? '""'
        : it.parts.map(of => (isNumber(of.type) ? `String(${write(of)})` : inner(of))).join(' + ')
    case 'length':
      return `${inner(it.of)}.length`
    case 'element':
      return `${inner(it.of)}[${write(it.at)}]`
    case 'list':
      return `[${it.items.map(of => write(of)).join(', ')}]`
    case 'library': {
      const [one, other, third] = it.given.map(inner)
      switch (it.name) {
        case 'startsWith':
        case 'endsWith':
        case 'includes':
        case 'split':
        case 'join':
          return `${one}.${it.name}(${other})`
        case 'replaceAll':
          // A dollar sign stands for itself here, which it does not in a replacement.
          return `${one}.split(${other}).join(${third})`
        default:
          return `Math.${{ absolute: 'abs', least: 'min', most: 'max' }[it.name]}(${it.given.map(of => write(of)).join(', ')})`
      }
    }
  }
}
