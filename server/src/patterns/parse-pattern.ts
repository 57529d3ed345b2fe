// The text of a pattern → a program. The language's own parser reads it, in the first wrapper that it takes without an error.

import { numberValue, stringValue } from '../semantics/constants.ts'
import { KIND_CODE, type Kind, ROLE_CODE } from '../syntax/kinds.ts'
import { type DataGrammar, type Grammar, isData } from '../syntax/language.ts'
import { Reader, SyntaxNode } from '../syntax/node.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import { FLAG_ERROR, type SyntaxTree } from '../syntax/tree.ts'
import { contentText } from './literals.ts'
import type { Pattern, Program, Template, Text, TextContent } from './pattern.ts'
import { DEEP, type Family, GAP, HOLE, prepare } from './prepare.ts'
import { prepareData } from './prepare-data.ts'
import { regexOf } from './regex.ts'
import { EXPRESSIONS, held, SPELLED, shapesOf, unwrapped } from './shapes.ts'
import { stringPieces } from './string-pieces.ts'

export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** What stands around a pattern so that it parses. The pattern itself is what lies between. */
const WRAPPERS: Readonly<
  Record<Family | DataGrammar, readonly (readonly [before: string, behind: string])[]>
> = {
  python: [
    ['', ''],
    ['', `\n    ${GAP}`],
    ['', `\ndef ${HOLE}_(): ${GAP}`],
    ['try:\n    pass\n', ''],
    ['try:\n    pass\n', `\n    ${GAP}`],
    ['if _:\n    pass\n', ''],
    ['_(', ')'],
    ['{', '}'],
  ],
  javascript: [
    ['', ''],
    ['(', ')'],
    ['class _ { ', ' }'],
    ['({ ', ' })'],
    ['', ` { ${GAP} }`],
    ['class _ { ', ` { ${GAP} } }`],
    ['', ' class _ {}'],
    ['try {} ', ''],
    ['switch (_) { ', ' }'],
    ['type _ = ', ''],
    ['<_ ', ' />'],
  ],
  rust: [
    ['fn _f() { ', ' }'],
    ['fn _f() { ', '; }'],
    ['fn _f() { ', ' {} }'],
    ['', ''],
    ['impl _T { ', ' }'],
    ['struct _T { ', ' }'],
    ['', ' struct _T;'],
    ['type _T = ', ';'],
    ['fn _f() { match _x { ', ' } }'],
  ],
  go: [
    ['', '\n'],
    ['func _f() { ', '\n}'],
    ['', ' {}\n'],
    ['func _f() { ', ' {} }'],
    ['type _ struct { ', ' }'],
    ['type _ interface { ', ' }'],
    ['var _ = ', '\n'],
    ['var _ ', '\n'],
    ['_(', ')'],
    ['_T{', '}\n'],
    ['switch _ { ', ' }'],
    ['import (\n', '\n)'],
  ],
  java: [
    // A class takes `new X() {}` for a method, so it comes after what stands alone.
    ['', ''],
    ['', ';'],
    ['class _ { ', ' }'],
    ['class _ { void _f() { ', ' } }'],
    ['class _ { ', ' {} }'],
    ['', ' {}'],
    ['class _ { ', ' void _f() {} }'],
    ['try {} ', ''],
    ['switch (_) { ', ' }'],
    ['', ' _;'],
    ['_(', ');'],
  ],
  json: [
    ['', ''],
    ['{', '}'],
    ['[', ']'],
  ],
  yaml: [['', '']],
  dockerfile: [['', '']],
  hcl: [
    ['', ''],
    ['_ = ', ''],
    ['_ = {\n', '\n}'],
  ],
  html: [
    ['', ''],
    ['<_ ', '>'],
  ],
}

/** `{ a: 1 }` would be a block, `a: 1` a label. */
const IN_PARENTHESES = ['(', ')'] as const
const IN_LITERAL = ['_T{', '}\n'] as const
const IN_OBJECT = ['({ ', ' })'] as const

export function familyOf(grammar: Grammar): Family | DataGrammar {
  return grammar === 'typescript' || grammar === 'tsx' ? 'javascript' : grammar
}

/** How each part of a pattern is written: for who has to tell of it. */
export type PatternTexts = Map<Pattern, string>

/**
 * Throws `PatternError` for what is no code of this language. The grammar must have been loaded. What is put into `texts`
 * costs memory, so that it is asked for only where it is read.
 */
export function parsePattern(
  parser: SyntaxParser,
  source: string,
  grammar: Grammar,
  texts?: PatternTexts,
): Program {
  const family = familyOf(grammar)
  const plain = dedent(source)
  const { text, types } = isData(grammar) ? prepareData(plain, grammar) : prepare(plain, family as Family)
  let wrappers = WRAPPERS[family]
  if (family === 'javascript' && text.startsWith('{')) wrappers = [IN_PARENTHESES, ...wrappers]
  else if (family === 'javascript' && /^(?:[\w$]+|"[^"]*"|'[^']*')\s*:(?!:)/.test(text))
    wrappers = [IN_OBJECT, ...wrappers]
  else if (family === 'go' && /^\w+\s*:(?!=)/.test(text)) wrappers = [IN_LITERAL, ...wrappers]
  for (const [before, behind] of wrappers) {
    for (const inner of spellings(text, family)) {
      const tree = parser.parseOnce(before + inner + behind, grammar)
      if (!tree || tree.flags[0]! & FLAG_ERROR) continue
      const rows = outermost(tree, before.length, before.length + inner.length)
      if (rows.length > 0) return programOf(new Compiler(tree, types, texts), tree, rows)
    }
  }
  throw new PatternError(`is no ${grammar} code`)
}

/** A gap among Rust's items, fields or arms needs another form than one among statements. */
function spellings(text: string, family: Family | DataGrammar): readonly string[] {
  if (!text.includes(GAP) || family === 'python' || isData(family)) return [text]
  if (family === 'go') return [text, ...GO_GAPS.map(([from, to]) => text.replace(from, to))]
  if (family === 'java') return [text, text.replace(/\{\s*__gap_ __gap_;\s*\}/g, `{ case ${GAP}: }`)]
  if (family === 'javascript')
    return text.includes('switch') ? [text, text.replace(/\{\s*__gap_;?\s*\}/g, `{ case ${GAP}: }`)] : [text]
  return [text, ...RUST_GAPS.map(it => text.replace(STATEMENT_GAP, it))]
}

/** What a gap may be where Rust wants no statement: a macro, a field, an arm. */
const RUST_GAPS = [`${GAP}!{}`, `${GAP}: ${GAP}`, `${GAP} => {}`]
/** Entries of a literal want commas, cases want to be cases. */
const GO_GAPS: readonly (readonly [RegExp, string])[] = [
  [/__gap_(?=\s*(?:\}|\n))/g, `${GAP},`],
  [/(?<=\{\s*)__gap_;?(?=\s*(?:\}|case\b|default\b))/g, `case ${GAP}:`],
]
/** `/$X/` and `/.../`. */
const REGEX_HOLE = new RegExp(`^/(?:${HOLE}([A-Z_0-9]+)|${GAP})/\\w*$`)
/** Names of tags have no underscores. */
const TAG_HOLE = /^hole--([A-Z0-9-]+)$/
const STAND_IN_HOLE = new RegExp(`^${HOLE}\\w+$`)
const STAND_IN_GAP = new RegExp(`^${GAP}\\w*$`)
/** `__gap_: __gap_`, `__gap_ = __gap_`, `__gap_ {}` and the like. */
const AROUND_GAP = new RegExp(`^"?${GAP}([A-Z_0-9]*)"?(?:\\s*[:=]\\s*"?${GAP}\\w*"?|\\s*\\{\\})?$`)
const STATEMENT_GAP = new RegExp(`(?<=[{}\\n;]\\s*)${GAP};?(?=\\s*(?:[}\\n\\w#]|$))`, 'g')

function dedent(source: string): string {
  const lines = source
    .replace(/\s+$/, '')
    .replace(/^(\s*\n)+/, '')
    .split('\n')
  const indent = Math.min(
    ...lines.filter(it => it.trim() !== '').map(it => it.length - it.trimStart().length),
  )
  const text = lines.map(it => it.slice(Number.isFinite(indent) ? indent : 0)).join('\n')
  // `  a` on the first line of a flow scalar, less indented ones behind it.
  return text.trim()
}

function outermost(tree: SyntaxTree, from: number, to: number): number[] {
  const rows: number[] = []
  for (let row = 1; row < tree.rows; ) {
    if (tree.start[row]! >= from && tree.end[row]! <= to) {
      if (tree.kind[row] !== COMMENT && tree.kind[row] !== EMPTY) rows.push(row)
      row = tree.after[row]!
    } else row++
  }
  return rows
}

function programOf(compiler: Compiler, tree: SyntaxTree, rows: readonly number[]): Program {
  const list = rows.map(row => compiler.compile(compiler.meant(row)))
  if (list.length > 1) return { what: 'statements', list }
  const root = list[0]!
  if (root.what === 'gap') return { what: 'statements', list }
  const isExpression =
    root.what !== 'tree' ||
    (EXPRESSIONS.has(root.kind) && !(root.kind === FUNCTION && tree.role[rows[0]!] === STATEMENT))
  return { what: isExpression ? 'expression' : 'statement', root }
}

class Compiler {
  readonly #tree: SyntaxTree
  readonly #types: ReadonlyMap<string, string>
  readonly #shapes: Uint16Array
  readonly #reader: Reader
  readonly #texts: PatternTexts | undefined

  constructor(tree: SyntaxTree, types: ReadonlyMap<string, string>, texts: PatternTexts | undefined) {
    this.#tree = tree
    this.#types = types
    this.#texts = texts
    this.#shapes = shapesOf(tree)
    this.#reader = new Reader(tree)
  }

  /** An entry of YAML is written as an object, an item as a list of which it is all that there is. */
  meant(row: number): number {
    const { kind, grammar, after, types, symbol } = this.#tree
    // One word is a word wherever it stands, and a line of its own when it stands for a line.
    if (grammar === 'dockerfile' && types[symbol[row]!] === 'command') {
      const [word, ...more] = this.#children(row)
      return word !== undefined && more.length === 0 ? word : row
    }
    if (grammar !== 'yaml') return row
    if (kind[row] === LIST) {
      const [item, ...more] = this.#children(row)
      return item !== undefined && more.length === 0 && kind[item] === DICTIONARY ? item : row
    }
    if (kind[row] !== DICTIONARY) return row
    const [only, ...others] = this.#children(row)
    const isEntry = only !== undefined && others.length === 0 && after[only]! > only + 1
    return isEntry && !this.#own(only).startsWith(GAP) ? only : row
  }

  compile(given: number): Pattern {
    const pattern = this.#compiled(given)
    this.#texts?.set(pattern, written(this.#own(given)))
    return pattern
  }

  #compiled(given: number): Pattern {
    const { kind, role: roles, types, symbol } = this.#tree
    let row = given
    const role = roles[given]!
    if (kind[row] === EXPRESSION_STATEMENT) row = this.#children(row)[0] ?? row
    row = unwrapped(this.#tree, row)
    const code = kind[row]!
    const stand = this.#standIn(row, role)
    if (stand) return stand
    if (code === STRING) return this.#text(row, role)
    if (code === TEMPLATE) return this.#template(row, role)
    const regex = code === REGEX ? REGEX_HOLE.exec(this.#own(row)) : null
    if (regex) {
      const content: TextContent = regex[1] ? { what: 'hole', name: regex[1] } : { what: 'any' }
      return { what: 'text', role, content, interpolates: false, isRegex: true }
    }
    // Its own text says it all; the slashes around it are no parts.
    const children = code === REGEX ? [] : this.#children(row)
    if (code === CALL && this.#own(children[0]!) === DEEP && children[1] !== undefined)
      return { what: 'deep', role, inner: this.compile(children[1]) }
    if (kind[given] === JSX_EXPRESSION && children.length === 1) {
      const inner = this.compile(children[0]!)
      if (inner.what === 'gap') return { ...inner, role }
    }
    const compiled = children
      .filter(it => types[symbol[it]!] !== 'optional_chain')
      .map(it => this.compile(it))
      .filter(it => !(it.what === 'tree' && it.kind === EMPTY))
    return {
      what: 'tree',
      role,
      shape: this.#shapes[symbol[row]!]!,
      kind: code,
      text: compiled.length === 0 && SPELLED.has(code) ? this.#spelling(row) : undefined,
      children: compiled,
      roles: new Set(compiled.map(it => it.role)),
      dotted: this.#dotted(row),
    }
  }

  /** Holes and gaps: names, and what had to be put around a name for the parser's sake. */
  #standIn(row: number, role: number): Pattern | undefined {
    const { kind } = this.#tree
    const text = this.#own(row).trim().replace(/;$/, '')
    const code = kind[row]!
    const name = LEAVES.has(code) || AROUND.has(code) ? text : ''
    if (name.startsWith(HOLE) && /^\w+$/.test(name) && LEAVES.has(code)) {
      const plain = name.slice(HOLE.length)
      const type = this.#types.get(name)
      return { what: 'hole', role, name: plain === '_' ? '' : plain, ...(type !== undefined && { type }) }
    }
    if (isData(this.#tree.grammar)) return this.#dataStandIn(text, code, role)
    const bare = name.replace(/^\*\*/, '')
    if (code === MACRO_CALL && text.startsWith(`${GAP}!`)) return { what: 'gap', role, name: '' }
    if (
      (code === FIELD && text.startsWith(`${GAP}:`)) ||
      (code === CASE && (text.startsWith(`${GAP} =>`) || text.startsWith(`case ${GAP}:`)))
    )
      return { what: 'gap', role, name: '' }
    if (DOUBLED.has(code)) {
      const doubled = DOUBLED_GAP.exec(text)
      if (doubled) return { what: 'gap', role, name: doubled[1] ?? doubled[2] ?? '' }
    }
    if (bare.startsWith(GAP) && /^\w+$/.test(bare)) return { what: 'gap', role, name: bare.slice(GAP.length) }
    return undefined
  }

  /** Stand-ins that had to be written as strings, as entries or as blocks. */
  #dataStandIn(text: string, code: number, role: number): Pattern | undefined {
    const bare =
      code === STRING || code === JSX_TEXT
        ? text
            .trim()
            .replace(/^"(.*)"$/, '$1')
            .replace(/^[|>][-+]?\s*\n\s*/, '')
        : text
    if (LEAVES.has(code) || code === STRING || code === JSX_TEXT) {
      const tag = TAG_HOLE.exec(bare)
      if (tag) return { what: 'hole', role, name: tag[1]!.replaceAll('-', '_') }
      if (STAND_IN_HOLE.test(bare)) {
        const name = bare.slice(HOLE.length)
        return { what: 'hole', role, name: name === '_' ? '' : name }
      }
      return STAND_IN_GAP.test(bare) ? { what: 'gap', role, name: bare.slice(GAP.length) } : undefined
    }
    const gap = AROUND.has(code) || code === SECTION ? AROUND_GAP.exec(text) : null
    return gap ? { what: 'gap', role, name: gap[1]! } : undefined
  }

  #children(row: number): number[] {
    const { after, kind } = this.#tree
    const rows: number[] = []
    for (let it = row + 1; it < after[row]!; it = after[it]!)
      if (kind[it] !== COMMENT && !(kind[it] === JSX_TEXT && this.#own(it).trim() === '')) rows.push(it)
    return rows
  }

  #own(row: number): string {
    return this.#tree.text.slice(this.#tree.start[row], this.#tree.end[row])
  }

  #spelling(row: number): string {
    const text = this.#own(row).trim()
    return this.#tree.kind[row] === NUMBER ? String(numberValue(text, this.#tree.grammar) ?? text) : text
  }

  #text(row: number, role: number): Text {
    const source = this.#own(row)
    const value = isData(this.#tree.grammar)
      ? contentText(this.#tree, row).replace(/\n$/, '')
      : (stringValue(new SyntaxNode(this.#reader, row)) ?? source.replace(/^\w*["'`]+|["'`]+$/g, ''))
    return {
      what: 'text',
      role,
      content: contentOf(value),
      interpolates: INTERPOLATING.has(this.#tree.grammar) && /^([rRbB]?[fF]|`)/.test(source),
      isRegex: false,
    }
  }

  #template(row: number, role: number): Template {
    const pieces = stringPieces(this.#tree, row).flatMap<Template['pieces'][number]>(it => {
      if (typeof it === 'number') {
        // `{...}` is one value, whichever; a text without any is another thing.
        const value = this.compile(held(this.#tree, it))
        return [value.what === 'gap' ? { what: 'hole', role, name: '' } : value]
      }
      return it
        .split(/(\.\.\.)/)
        .filter(part => part !== '')
        .map(part =>
          part === '...'
            ? ({ what: 'gap', role, name: '' } as const)
            : ({ what: 'piece', content: contentOf(part) } as const),
        )
    })
    return { what: 'template', role, pieces }
  }

  /** `a.b.c` for nothing but names. */
  #dotted(row: number): string | undefined {
    const { kind } = this.#tree
    const code = kind[row]!
    if (code === NAME) return this.#own(row)
    if (code !== MEMBER && code !== PATH) return undefined
    const text = this.#own(row).replaceAll('::', '.').replaceAll(/\s/g, '')
    return /^[\w.]+$/.test(text) && !text.includes(HOLE) && !text.includes(GAP) ? text : undefined
  }
}

/** With holes and gaps as people write them. */
function written(text: string): string {
  return text
    .replace(new RegExp(`${DEEP}\\((.*)\\)`, 'gs'), '<... $1 ...>')
    .replace(new RegExp(`"?${GAP}([A-Z_0-9]*)"?(?:\\s*[:=]\\s*"?${GAP}"?)?`, 'g'), (_, name: string) =>
      name ? `$...${name}` : '...',
    )
    .replace(new RegExp(`${HOLE}(\\w+)`, 'g'), '$$$1')
    .replace(/hole--([A-Z0-9-]+)/g, (_, name: string) => `$${name.replaceAll('-', '_')}`)
}

function contentOf(value: string): TextContent {
  if (value === '...') return { what: 'any' }
  const regex = /^=~\/(.*)\/([a-z]*)$/s.exec(value)
  if (regex) return { what: 'regex', regex: regexOf(regex[2] ? `(?${regex[2]})${regex[1]}` : regex[1]!) }
  if (/^\$[A-Z_][A-Z_0-9]*$/.test(value)) return { what: 'hole', name: value === '$_' ? '' : value.slice(1) }
  return { what: 'exactly', value }
}

const COMMENT = KIND_CODE.Comment
const EMPTY = KIND_CODE.EmptyStatement
const EXPRESSION_STATEMENT = KIND_CODE.ExpressionStatement
const FUNCTION = KIND_CODE.Function
const STRING = KIND_CODE.String
const DICTIONARY = KIND_CODE.Dictionary
const LIST = KIND_CODE.List
const SECTION = KIND_CODE.Section
const TEMPLATE = KIND_CODE.Template
const CALL = KIND_CODE.Call
const NAME = KIND_CODE.Name
const MEMBER = KIND_CODE.Member
const PATH = KIND_CODE.Path
const NUMBER = KIND_CODE.Number
const REGEX = KIND_CODE.Regex
const MACRO_CALL = KIND_CODE.MacroCall
const FIELD = KIND_CODE.Field
const CASE = KIND_CODE.Case
const JSX_TEXT = KIND_CODE.JsxText
const JSX_EXPRESSION = KIND_CODE.JsxExpression
const STATEMENT = ROLE_CODE.statement

function kinds(...names: readonly Kind[]): ReadonlySet<number> {
  return new Set(names.map(it => KIND_CODE[it]))
}

/** Where a back-quote or an `f` before a quote lets values in. */
const INTERPOLATING: ReadonlySet<Grammar> = new Set(['python', 'javascript', 'typescript', 'tsx', 'rust'])
/** `__gap_ __gap_;` where a gap had to look like a declaration, `"__gap_"` where like an import. */
const DOUBLED_GAP = new RegExp(`^(?:${GAP}([A-Z_0-9]*)(?: =)? ${GAP}|"${GAP}([A-Z_0-9]*)")$`)
const DOUBLED = kinds('Parameter', 'Declaration', 'ImportName', 'KeywordArgument')
const LEAVES = kinds('Name', 'PropertyName', 'TypeName', 'Path', 'Type', 'Other')
/** What may stand around a gap alone. */
const AROUND = kinds(
  'Spread',
  'Field',
  'ImportName',
  'JsxText',
  'JsxAttribute',
  'Pair',
  'ExpressionStatement',
  'Parameter',
  'RestPattern',
  'EnumMember',
)
