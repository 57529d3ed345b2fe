// A pattern's text as text that its language's own parser understands: metavariables and ellipses become names.

/** Stand-ins; long enough that nobody's code has them. */
export const HOLE = '__hole_'
export const GAP = '__gap_'
export const DEEP = '__deep_'

export type Family = 'python' | 'javascript' | 'rust' | 'go' | 'java'

/** What the text becomes, and the types of typed metavariables by their stand-ins. */
export interface Prepared {
  readonly text: string
  readonly types: ReadonlyMap<string, string>
}

const METAVARIABLE = /^\$(?:[A-Z_][A-Z_0-9]*|[0-9]+)(?![a-z])/
const NAMED_GAP = /^\$\.\.\.([A-Z_][A-Z_0-9]*)?/
/** `(Type $X)`, as Java writes it. */
const JAVA_TYPED =
  /^\(\s*([A-Za-z_$][\w.]*(?:<[^()]*>)?(?:\[\])*)\s+\$([A-Z_][A-Z_0-9]*)\s*\)(?!\s*(?:->|\{))/
const TYPED = /^\(\s*\$([A-Z_][A-Z_0-9]*)\s*:\s*([^(){}=;,]+?)\s*\)(?!\s*(?:=>|\{|:))/

export function prepare(source: string, family: Family, isInner = false): Prepared {
  const types = new Map<string, string>()
  const open: string[] = isInner ? ['('] : []
  const heads = headsOf(source, family)
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
    const typed = typedAt(rest, family)
    if (typed && mayBeTyped(text, family)) {
      const name = `${HOLE}${typed.name}`
      types.set(name, typed.type)
      // Java has no parentheses around what is assigned to.
      text += family === 'java' && /^\s*=(?!=)/.test(rest.slice(typed.length)) ? name : `(${name})`
      at += typed.length
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
      const stand = `${HOLE}${hole[0].slice(1)}`
      // A parameter without its type.
      const isBare =
        family === 'java' &&
        open.at(-1) === HEAD &&
        /[(,]\s*$/.test(text) &&
        /^\s*[,)]/.test(rest.slice(hole[0].length))
      const name = isBare ? `${HOLE}_ ${stand}` : stand
      text += family === 'javascript' && ATTRIBUTE.test(text) ? `{${name}}` : name
      at += hole[0].length
      continue
    }
    if (rest.startsWith('...') && !isSpread(rest, text, family)) {
      text += gap(source, at, 3, open, family, '')
      at += 3
      continue
    }
    if (heads.has(at)) open.push(HEAD)
    else if (character === '(' && family === 'java' && /@[\w.]+\s*$/.test(text)) open.push(ANNOTATION)
    else if (character === '(' || character === '[' || character === '{') open.push(character)
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
  if (family === 'go') return goGap(stand, inside, source.slice(0, at), behind)
  if (family === 'java' && inside === ANNOTATION) return `${stand} = ${GAP}`
  if (family === 'java' && inside === HEAD) return `${stand} ${GAP}`
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
  if (family === 'java') return /[\]=]\s*\{$/.test(before) ? stand : `${stand} ${GAP};`
  if (family === 'rust') return next === '}' && !endsLine ? stand : `${stand};`
  if (next === '}' && !/[;}]$/.test(before)) return stand
  return `${stand};`
}

function goGap(stand: string, inside: string | undefined, source: string, behind: string): string {
  if (inside === HEAD) return `${stand} ${GAP}`
  if (inside === '(' && /\bimport\s*\([^)]*$/.test(source)) return `"${stand}"`
  // `case ...` without its colon.
  if (/\bcase\s*$/.test(source) && /^[ \t]*\n/.test(behind)) return `${stand}:`
  const isStatement = inside === undefined || inside === '{'
  return isStatement &&
    /^[ \t]*(?:[\w$*&(]|<\.\.\.)/.test(behind) &&
    !/\b(?:if|for|switch|range|return|case)\s*$/.test(source)
    ? `${stand};`
    : stand
}

/** JavaScript's `...x`: nothing between the dots and what is spread. Go's and Java's `x...`, `...int`, `int... x`. */
function isSpread(rest: string, before: string, family: Family): boolean {
  if (family === 'go')
    return /[\w)\]}]$/.test(before) || (/\w\s+$/.test(before) && /^\.\.\.[\w$*[]/.test(rest))
  if (family === 'java') return /[\w>\]]$/.test(before) && /^\.\.\.\s+[\w$]/.test(rest)
  return family === 'javascript' && /^\.\.\.[\w$[{(]/.test(rest) && !/\bfunction\s*$/.test(before)
}

const LITERALS: Readonly<Record<Family, RegExp>> = {
  python:
    /^(?:[rRbBuUfF]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#[^\n]*)/,
  javascript: /^(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
  go: /^(?:"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
  java: /^(?:"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
  rust: /^(?:b?"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
}

/** A string or a comment that begins here. Strings that interpolate are read further: holes may stand in them. */
function literalAt(rest: string, family: Family): string | undefined {
  return LITERALS[family].exec(rest)?.[0]
}

function holesIn(literal: string, family: Family): string {
  if (literal.startsWith('`') && family === 'javascript')
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

interface Typed {
  readonly name: string
  readonly type: string
  readonly length: number
}

function typedAt(rest: string, family: Family): Typed | undefined {
  if (family === 'rust') return undefined
  const match = (family === 'java' ? JAVA_TYPED : TYPED).exec(rest)
  if (!match) return undefined
  const [all, first, second] = match as unknown as [string, string, string]
  return family === 'java'
    ? { name: second, type: first, length: all.length }
    : { name: first, type: second, length: all.length }
}

/** Stands for the parenthesis that opens a list of parameters. */
const HEAD = 'head'
/** The one that opens what an annotation says. */
const ANNOTATION = 'annotation'
const GO_HEAD = /\bfunc\b(?:\s*(\()[^()]*\))?\s*[\w$]*\s*(?:\[[^\]]*\]\s*)?(\()/dg
const JAVA_HEAD = /(?<![\w$.])(\$?\w+)\s*\((?=[^;{}]*\)\s*(?:throws\b[^;{]*)?[{;])/g
const NO_METHODS = /^(?:if|for|while|switch|catch|try|synchronized|return|new|throw|assert|super|this)$/

/** Where parentheses stand that hold parameters: what may be left out there has another form than an argument. */
function headsOf(source: string, family: Family): ReadonlySet<number> {
  const heads = new Set<number>()
  if (family === 'go')
    for (const { indices } of source.matchAll(GO_HEAD))
      for (const it of indices!.slice(1)) if (it) heads.add(it[0])
  if (family === 'java')
    for (const match of source.matchAll(JAVA_HEAD)) {
      const open = match.index + match[0].length - 1
      const behind = source.slice(closing(source, open) + 1).trimStart()
      const before = source.slice(0, match.index).trimEnd()
      const isTyped = /[\w>\]]$/.test(before) && !/\b(?:return|new|throw|else|do)$/.test(before)
      if (NO_METHODS.test(match[1]!) || /\bnew\s*$/.test(before) || /\bnew\s+[\w.<>$]*$/.test(before))
        continue
      if (/^(?:\{|throws\b)/.test(behind) || (behind.startsWith(';') && isTyped)) heads.add(open)
    }
  return heads
}

/** The parenthesis that closes the one at `open`, or the end. */
function closing(source: string, open: number): number {
  let depth = 0
  for (let at = open; at < source.length; at++) {
    if (source[at] === '(') depth++
    else if (source[at] === ')' && --depth === 0) return at
  }
  return source.length
}

/** Parentheses of a call hold arguments; those of a function's head hold parameters, whose types are their own. */
function mayBeTyped(before: string, family: Family): boolean {
  if (!/[\w$\])]$/.test(before.trimEnd())) return true
  if (family === 'java' || family === 'go') return /\b(?:return|case)$/.test(before.trimEnd())
  return family === 'python' && !/\b(?:def\s+\w+|lambda)\s*$/.test(before)
}
