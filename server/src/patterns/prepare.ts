// A pattern's text as text that its language's own parser understands: metavariables and ellipses become names.

/** Stand-ins; long enough that nobody's code has them. */
export const HOLE = '__hole_'
export const GAP = '__gap_'
export const DEEP = '__deep_'

export type Family = 'python' | 'javascript' | 'rust'

/** What the text becomes, and the types of typed metavariables by their stand-ins. */
export interface Prepared {
  readonly text: string
  readonly types: ReadonlyMap<string, string>
}

const METAVARIABLE = /^\$(?:[A-Z_][A-Z_0-9]*|[0-9]+)(?![a-z])/
const NAMED_GAP = /^\$\.\.\.([A-Z_][A-Z_0-9]*)?/
const TYPED = /^\(\s*\$([A-Z_][A-Z_0-9]*)\s*:\s*([^(){}=;,]+?)\s*\)(?!\s*(?:=>|\{|:))/

export function prepare(source: string, family: Family, isInner = false): Prepared {
  const types = new Map<string, string>()
  const open: string[] = isInner ? ['('] : []
  let text = ''
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at)
    const literal = literalAt(rest, family)
    if (literal) {
      text += holesIn(literal, family)
      at += literal.length
      continue
    }
    const typed = family === 'rust' ? null : TYPED.exec(rest)
    if (typed && mayBeTyped(text, family)) {
      const name = `${HOLE}${typed[1]}`
      types.set(name, typed[2]!)
      text += `(${name})`
      at += typed[0].length
      continue
    }
    const character = source[at]!
    if (rest.startsWith('<...') && !/^<\.\.\.\s*>/.test(rest)) {
      text += `${DEEP}(`
      at += 4
      continue
    }
    if (rest.startsWith('...>')) {
      text += ')'
      at += 4
      continue
    }
    const namedGap = NAMED_GAP.exec(rest)
    if (namedGap) {
      text += gap(source, at, namedGap[0].length, open, family, namedGap[1] ?? '')
      at += namedGap[0].length
      continue
    }
    const hole = METAVARIABLE.exec(rest)
    if (hole) {
      const name = `${HOLE}${hole[0].slice(1)}`
      text += family === 'javascript' && ATTRIBUTE.test(text) ? `{${name}}` : name
      at += hole[0].length
      continue
    }
    if (rest.startsWith('...') && !isSpread(rest, text, family)) {
      text += gap(source, at, 3, open, family, '')
      at += 3
      continue
    }
    if (character === '(' || character === '[' || character === '{') open.push(character)
    else if (character === ')' || character === ']' || character === '}') open.pop()
    text += character
    at++
  }
  return { text, types }
}

/** `<Tag attribute=` */
const ATTRIBUTE = /<[\w.$]+(?:\s[^<>]*)?\s[\w$-]+=$/

const ENDS = /[\w)\]"'`]$/
const KEYWORD =
  /\b(?:return|yield|case|throw|function|class|new|await|in|of|typeof|extends|async|import|export|from|default|catch|else|do|try|finally)$/

/** Among the attributes of a tag. */
const IN_TAG = /<[\w.$]+\s(?:[^<>;]|=>)*$/

/** The stand-in for `...`, shaped for where it stands. */
function gap(
  source: string,
  at: number,
  length: number,
  open: readonly string[],
  family: Family,
  name: string,
): string {
  const inside = open.at(-1)
  const before = source.slice(0, at).trimEnd()
  const behind = source.slice(at + length)
  const next = behind.trimStart()[0] ?? ''
  const stand = `${GAP}${name}`
  if (family === 'python') {
    if (/\b(?:for|in)$/.test(before) || /^\s*for\b/.test(behind)) return stand
    if (inside === '{')
      return behind.trimStart().startsWith(':') || before.endsWith(':') ? stand : `**${stand}`
    return stand
  }
  if (ATTRIBUTE.test(source.slice(0, at))) return `{${stand}}`
  if (IN_TAG.test(source.slice(0, at))) return stand
  if (/\bfor\s*\($/.test(before) && next === ')') return `${stand}; ${stand}; ${stand}`
  // `foo() ... }` on one line: the statements before and behind end there.
  if (
    family === 'javascript' &&
    inside !== '(' &&
    inside !== '[' &&
    ENDS.test(before) &&
    !KEYWORD.test(before) &&
    !/^[,.)\]:=(]/.test(next)
  )
    return `; ${stand};`
  const isStatement =
    (inside === undefined || inside === '{') &&
    (before === '' || /[{};]$/.test(before) || /\n\s*$/.test(source.slice(0, at)))
  const endsLine = /^[ \t]*(\n|$)/.test(behind)
  if (!isStatement || next === ',' || before.endsWith(',') || next === '.') return stand
  if (family === 'rust') return next === '}' && !endsLine ? stand : `${stand};`
  if (next === '}' && !/[;}]$/.test(before)) return stand
  return `${stand};`
}

/** JavaScript's `...x`: nothing between the dots and what is spread. */
function isSpread(rest: string, before: string, family: Family): boolean {
  return family === 'javascript' && /^\.\.\.[\w$[{(]/.test(rest) && !/\bfunction\s*$/.test(before)
}

const LITERALS: Readonly<Record<Family, RegExp>> = {
  python:
    /^(?:[rRbBuUfF]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#[^\n]*)/,
  javascript: /^(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
  rust: /^(?:b?"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
}

/** A string or a comment that begins here. Strings that interpolate are read further: holes may stand in them. */
function literalAt(rest: string, family: Family): string | undefined {
  return LITERALS[family].exec(rest)?.[0]
}

function holesIn(literal: string, family: Family): string {
  if (literal.startsWith('`'))
    return literal.replace(
      /\$\{([^{}]*)\}/g,
      (_, inner: string) => `\${${prepare(inner, family, true).text}}`,
    )
  if (family === 'python' && /^[rRbB]?[fF]/.test(literal))
    return literal.replace(
      /\{(?!\{)([^{}]*)\}/g,
      (_, inner: string) => `{${prepare(inner, family, true).text}}`,
    )
  return literal
}

/** Parentheses of a call hold arguments; those of a function's head hold parameters, whose types are their own. */
function mayBeTyped(before: string, family: Family): boolean {
  if (!/[\w$\])]$/.test(before.trimEnd())) return true
  return family === 'python' && !/\b(?:def\s+\w+|lambda)\s*$/.test(before)
}
