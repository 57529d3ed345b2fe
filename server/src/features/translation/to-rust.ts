// How Rust says it: lists and texts are borrowed from the caller, and numbers of two types meet as floats.

import { assignedIn, type Expression, isNumber, type Plan, type Type, widened } from './plan.ts'
import { held, numberText, type Target, type Write, words } from './writer.ts'

export const RUST: Target = {
  type,
  head({ name, parameters, returns, body }: Plan) {
    const assigned = assignedIn(body)
    const taken = parameters.map(
      it => `${assigned.has(it.name) ? 'mut ' : ''}${it.name}: ${borrowed(it.type)}`,
    )
    return `fn ${name}(${taken.join(', ')}) -> ${type(returns)} {`
  },
  end: '}',
  indent: '    ',
  nothing: undefined,
  reserved:
    words(`as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut
    pub ref return self Self static struct super trait true type unsafe use where while abstract become box do final macro
    override priv typeof unsized virtual yield try gen format vec String Vec`),
  statement(it, write) {
    switch (it.kind) {
      case 'declare': {
        const isConstant = it.isOnly && typeof it.type === 'string'
        return `let ${isConstant ? '' : 'mut '}${it.name}: ${type(it.type)} = ${write(it.value)};`
      }
      case 'assign':
        return `${it.name} = ${write(it.value)};`
      case 'append':
        return `${it.to}.push(${write(it.value)});`
      case 'return':
        return `return ${write(it.value)};`
      default:
        return `${it.kind};`
    }
  },
  if: condition => `if ${condition} {`,
  elseIf: condition => `} else if ${condition} {`,
  else: '} else {',
  while: condition => `while ${condition} {`,
  each({ name, index, list }, written) {
    const isText = typeof list.type !== 'string' && list.type.list === 'text'
    const item = isText ? name : `&${name}`
    if (index === undefined) return [`for ${item} in ${written}.iter() {`]
    return [`for (${index}, ${item}) in ${written}.iter().enumerate() {`, `let ${index} = ${index} as i64;`]
  },
  count: ({ name }, from, to) => `for ${name} in ${from}..${to} {`,
  expression,
}

function type(it: Type): string {
  if (typeof it !== 'string') return `Vec<${type(it.list)}>`
  return { float: 'f64', integer: 'i64', count: 'i64', text: 'String', truth: 'bool' }[it]
}

function borrowed(it: Type): string {
  if (typeof it !== 'string') return `&[${type(it.list)}]`
  return it === 'text' ? '&str' : type(it)
}

/** A text that is only looked at. */
function looked(it: Expression, write: Write): string {
  if (it.kind === 'text') return JSON.stringify(it.value)
  return it.kind === 'name' ? `&${it.name}[..]` : `&${held(it, write(it))}[..]`
}

function expression(it: Expression, write: Write): string {
  const both = (left: Expression, right: Expression) => {
    const wanted = left.type === 'float' || right.type === 'float' ? 'float' : left.type
    return [left, right].map(of => held(of, write(widened(of, wanted))))
  }
  const truth = (of: Expression) => held(of, write(of))
  switch (it.kind) {
    case 'number':
      return numberText(it.value, it.type === 'float')
    case 'text':
      return `${JSON.stringify(it.value)}.to_string()`
    case 'truth':
      return String(it.value)
    case 'name':
      return it.type === 'text' ? `${it.name}.to_string()` : it.name
    case 'arithmetic': {
      const [left, right] = both(it.left, it.right)
      return `${left} ${it.operator === 'halves' ? '/' : it.operator === 'rest' ? '%' : it.operator} ${right}`
    }
    case 'widened':
      return `(${held(it.of, write(it.of))} as f64)`
    case 'negative':
      return `-${held(it.of, write(it.of))}`
    case 'comparison': {
      const [left, right] =
        it.left.type === 'text'
          ? [looked(it.left, write), looked(it.right, write)].map(of => `(${of})`)
          : both(it.left, it.right)
      return `${left} ${it.operator} ${right}`
    }
    case 'logical':
      return `${truth(it.left)} ${it.operator === 'and' ? '&&' : '||'} ${truth(it.right)}`
    case 'not':
      return `!${truth(it.of)}`
    case 'choice':
      return `if ${write(it.condition)} { ${write(widened(it.yes, it.type))} } else { ${write(widened(it.no, it.type))} }`
    case 'joined': {
      const parts = it.parts.map(of => (isNumber(of.type) ? write(of) : looked(of, write)))
      return parts.length === 0
        ? 'String::new()'
        : `format!("${'{}'.repeat(parts.length)}", ${parts.join(', ')})`
    }
    case 'length':
      return `(${write(it.of)}.len() as i64)`
    case 'element': {
      const element = `${write(it.of)}[${write(it.at)} as usize]`
      return it.type === 'text' ? `${element}.to_string()` : element
    }
    case 'list':
      return `vec![${it.items.map(of => write(widened(of, it.type.list))).join(', ')}]`
    case 'library':
      return library(it, write)
  }
}

function library({ name, given }: Extract<Expression, { kind: 'library' }>, write: Write): string {
  const [one, other, third] = given as [Expression, Expression, Expression]
  switch (name) {
    case 'startsWith':
      return `(${looked(one, write)}).starts_with(${looked(other, write)})`
    case 'endsWith':
      return `(${looked(one, write)}).ends_with(${looked(other, write)})`
    case 'includes':
      return `(${looked(one, write)}).contains(${looked(other, write)})`
    case 'split':
      return `(${looked(one, write)}).split(${looked(other, write)}).map(|it| it.to_string()).collect::<Vec<String>>()`
    case 'join':
      return `${held(one, write(one))}.join(${looked(other, write)})`
    case 'replaceAll':
      return `(${looked(one, write)}).replace(${looked(other, write)}, ${looked(third, write)})`
    case 'absolute':
      return `(${write(one)}).abs()`
    case 'least':
      return `(${write(one)}).min(${write(other)})`
    case 'most':
      return `(${write(one)}).max(${write(other)})`
  }
}
