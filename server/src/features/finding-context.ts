// What a file says about its findings, for the model that tells how likely each is to be acted on: one pass a file.

import type { Finding } from '@codeant/shared/finding.ts'
import { type FindingContext, MEASURES, TRAITS, WORDS } from '../inference/tasks/rank-finding.ts'
import { treeComments } from '../rules/comments.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { isAsync } from '../rules/support/async.ts'
import { isExamplePath, isTestCode } from '../rules/support/test-code.ts'
import { wordsOf } from '../rules/support/words.ts'
import { parametersOf } from '../semantics/definitions.ts'
import { isPublicFunction } from '../semantics/public-functions.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import { KIND_CODE, type Kind } from '../syntax/kinds.ts'
import type { SyntaxNode } from '../syntax/node.ts'
import { rowAt } from './meaning.ts'

/**
 * The contexts of all findings of a file, in their order: a function of the file's path and text alone. Settings have no
 * part in it, so that it can be remembered with the findings.
 */
export function findingContexts(
  file: SourceFile,
  findings: readonly Finding[],
  rules: Pick<RuleSet, 'get'>,
): FindingContext[] {
  if (findings.length === 0) return []
  const whole = new Surroundings(file, findings, rules)
  return findings.map((it, index) => contextOf(it, index, whole, rules))
}

/** What the findings of a file have in common. */
class Surroundings {
  readonly file: SourceFile
  readonly lineStarts: readonly number[]
  /** By line: whether it holds nothing but comment. */
  readonly isComment: Uint8Array
  readonly comments: number
  readonly functions: number
  readonly classes: number
  readonly imports: number
  readonly path: readonly string[]
  /** How many findings there are, as anybody sees them who set nothing: in all, by rule, by line, and by function. */
  readonly counted: number
  readonly byRule = new Map<string, number>()
  readonly byLine: Uint16Array
  readonly byHome = new Map<number, number>()
  /** By finding: the line it begins on, the node it underlines, and the function around that. */
  readonly lineOf: readonly number[]
  readonly nodeOf: readonly SyntaxNode[]
  readonly homeOf: readonly (SyntaxNode | undefined)[]

  constructor(file: SourceFile, findings: readonly Finding[], rules: Pick<RuleSet, 'get'>) {
    const { tree } = file
    this.file = file
    this.lineStarts = lineStartsOf(tree.text)
    this.isComment = new Uint8Array(this.lineStarts.length)
    let comments = 0
    for (const { start, end } of treeComments(tree)) {
      comments++
      const first = this.lineAt(start)
      if (tree.text.slice(this.lineStarts[first], start).trim() !== '') continue
      for (let line = first; line <= this.lineAt(Math.max(start, end - 1)); line++) this.isComment[line] = 1
    }
    this.comments = comments
    const counts = new Uint32Array(256)
    for (let row = 0; row < tree.rows; row++) counts[tree.kind[row]!]!++
    this.functions = counts[KIND_CODE.Function]!
    this.classes = counts[KIND_CODE.Class]! + counts[KIND_CODE.Struct]! + counts[KIND_CODE.Interface]!
    this.imports = counts[KIND_CODE.Import]!
    this.path = file.path
      .replace(/\.\w+$/, '')
      .split('/')
      .slice(-4)
      .flatMap(wordsOf)
      .slice(-8)
    this.lineOf = findings.map(it => this.lineAt(it.start))
    this.nodeOf = findings.map(it => file.reader.node(rowAt(tree, it.start, it.end)))
    this.homeOf = this.nodeOf.map(homeOf)
    this.byLine = new Uint16Array(this.lineStarts.length)
    let counted = 0
    findings.forEach((it, index) => {
      if (!isShownByDefault(it, rules)) return
      counted++
      this.byLine[this.lineOf[index]!]!++
      const home = this.homeOf[index]?.row ?? -1
      this.byRule.set(it.rule, (this.byRule.get(it.rule) ?? 0) + 1)
      this.byHome.set(home, (this.byHome.get(home) ?? 0) + 1)
    })
    this.counted = counted
  }

  lineAt(offset: number): number {
    let low = 0
    let high = this.lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  linesOf(node: SyntaxNode): number {
    return this.lineAt(Math.max(node.start, node.end - 1)) - this.lineAt(node.start) + 1
  }
}

function isShownByDefault({ rule: id, measure }: Finding, rules: Pick<RuleSet, 'get'>): boolean {
  const rule = rules.get(id)
  return rule?.enabled !== false && (measure === undefined || !rule?.limit || measure > rule.limit.default)
}

function contextOf(
  finding: Finding,
  index: number,
  whole: Surroundings,
  rules: Pick<RuleSet, 'get'>,
): FindingContext {
  const { file } = whole
  const node = whole.nodeOf[index]!
  const home = whole.homeOf[index]
  const rule = rules.get(finding.rule)
  return {
    rule: finding.rule,
    severity: rule?.severity ?? 'warning',
    language: file.language,
    traits: traitsOf(finding, node, home, file).slice(0, TRAITS - FIXED_TRAITS),
    words: wordsAround(finding, node, home, whole),
    measures: measuresOf(finding, index, node, home, whole, rule?.limit?.default),
  }
}

/** Severity, language and category, which the task itself puts first. */
const FIXED_TRAITS = 3

/** Kinds of which it matters that they are around a place. */
const AROUND: readonly Kind[] = [
  'Catch',
  'Class',
  'Comprehension',
  'Finally',
  'For',
  'ForEach',
  'If',
  'Implementation',
  'JsxElement',
  'Loop',
  'MacroCall',
  'Switch',
  'Try',
  'UnsafeBlock',
  'While',
  'With',
]

function traitsOf(
  finding: Finding,
  node: SyntaxNode,
  home: SyntaxNode | undefined,
  file: SourceFile,
): string[] {
  const traits = [`node:${node.kind}`, `role:${node.role}`, `parent:${node.parent?.kind ?? 'none'}`]
  traits.push(`fix:${finding.fix ?? 'none'}`)
  if (isTestCode(node, file)) traits.push('test')
  if (isExamplePath(file.path)) traits.push('example')
  if (/(^|\/)(scripts?|tools?|bin|hack|ci|build|dev|utils?|contrib)\//.test(file.path)) traits.push('tool')
  if (/(^|\/)(migrations?|legacy|deprecated|compat|old)(\/|_|\.)/.test(file.path)) traits.push('past')
  if (file.isUntended) traits.push('untended')
  if (file.hasErrors) traits.push('errors')
  if (/(^|\/)(index|main|__init__|mod|lib|app|cli|setup|conftest)\.\w+$/.test(file.path))
    traits.push('entrance')
  const around = new Set<Kind>()
  for (const it of node.ancestors()) if (AROUND.includes(it.kind)) around.add(it.kind)
  for (const it of around) traits.push(`in:${it}`)
  if (!home) return [...traits, 'home:none']
  const owner = home.parent?.kind === 'Decorated' ? home.parent.parent : home.parent
  traits.push(`home:${owner?.kind ?? 'none'}`, `home-role:${home.role}`)
  if (home.parent?.kind === 'Decorated' || home.previous?.kind === 'Decorator') traits.push('decorated')
  if (isAsync(home)) traits.push('async')
  if (isPublicFunction(file, home)) traits.push('exported')
  if (home.child('returnType')) traits.push('typed')
  const name = home.child('name')?.name ?? ''
  if (name === '') traits.push('nameless')
  else if (/^__\w+__$|^constructor$/.test(name)) traits.push('special')
  else if (/^[_#]/.test(name)) traits.push('private')
  return traits
}

function wordsAround(
  finding: Finding,
  node: SyntaxNode,
  home: SyntaxNode | undefined,
  { file, path }: Surroundings,
): string[] {
  const underlined = file.tree.text.slice(finding.start, Math.min(finding.end, finding.start + 200))
  const statement = node.parent?.text.slice(0, 120) ?? ''
  const words: string[] = []
  const add = (where: string, all: readonly string[], most: number) => {
    const fresh = new Set(all.filter(it => !/^\d+$/.test(it)).map(it => `${where}:${it}`))
    words.push(...[...fresh].slice(0, most))
  }
  add('text', wordsOf(underlined), 10)
  add('name', wordsOf(home?.child('name')?.name ?? ''), 4)
  add('class', wordsOf(home?.closest('Class', 'Implementation')?.child('name')?.name ?? ''), 3)
  add('path', path, 8)
  add('near', wordsOf(statement), WORDS)
  return words.slice(0, WORDS)
}

function measuresOf(
  finding: Finding,
  index: number,
  node: SyntaxNode,
  home: SyntaxNode | undefined,
  whole: Surroundings,
  limit: number | undefined,
): number[] {
  const { file, lineStarts, lineOf, counted } = whole
  const lines = lineStarts.length
  const line = lineOf[index]!
  const name = home?.child('name')?.name ?? ''
  let above = 0
  while (line - above > 0 && whole.isComment[line - above - 1]) above++
  const measures: Record<(typeof MEASURES)[number], number> = {
    'lines of the file': lines,
    'lines of the function': home ? whole.linesOf(home) : 0,
    'nodes of the function': home?.size ?? 0,
    'parameters of the function': home ? parametersOf(home).length : 0,
    'how often the function is named': name === '' ? 0 : count(file.root.named(name, 'any')),
    'blocks around it': depth(node, BLOCKS),
    'functions around it': depth(node, FUNCTIONS),
    'characters underlined': finding.end - finding.start,
    'lines underlined': whole.lineAt(Math.max(finding.start, finding.end - 1)) - line + 1,
    'how far past the limit': finding.measure !== undefined && limit ? (10 * finding.measure) / limit : 0,
    'where in the file': (10 * line) / lines,
    'findings in the file': counted,
    'findings of its rule in the file': whole.byRule.get(finding.rule) ?? 0,
    'findings in the function': home ? (whole.byHome.get(home.row) ?? 0) : 0,
    'findings within five lines': sum(whole.byLine, line - 5, line + 5),
    'findings per hundred lines': (100 * counted) / lines,
    'comments in the file, per hundred lines': (100 * whole.comments) / lines,
    'lines of comment right above': above,
    'functions in the file': whole.functions,
    'classes in the file': whole.classes,
    'imports in the file': whole.imports,
    'length of its line': (lineStarts[line + 1] ?? file.tree.text.length) - lineStarts[line]!,
    'how often what it names is named': node.name === '' ? 0 : count(file.root.named(node.name, 'any')),
    'related places': finding.related?.length ?? 0,
  }
  return MEASURES.map(it => measures[it])
}

const BLOCKS: ReadonlySet<Kind> = new Set(['Block', 'Switch', 'Case', 'DefaultCase'])
const FUNCTIONS: ReadonlySet<Kind> = new Set(['Function'])

function depth(node: SyntaxNode, kinds: ReadonlySet<Kind>): number {
  let found = 0
  for (const it of node.ancestors()) if (kinds.has(it.kind)) found++
  return found
}

function sum(column: Uint16Array, first: number, last: number): number {
  let total = 0
  for (let i = Math.max(0, first); i <= last && i < column.length; i++) total += column[i]!
  return total
}

/** What is named everywhere is not counted to the end. */
function count(all: Iterable<SyntaxNode>): number {
  let found = 0
  for (const _ of all) if (++found === 100) break
  return found
}

/** The function that a finding is about: the one it names, or the nearest around it. */
function homeOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.kind === 'Function' ? node : node.function
}

function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
