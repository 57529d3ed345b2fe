// Fixes of what two files disagree about: found in every file that they touch, made in memory, and offered only when the
// finding is gone, no file says anything new by itself, and neither does the workspace.

import type { Finding, FixSafety } from '@codeant/shared/finding.ts'
import type { FileFacts } from '../graph/facts.ts'
import type { Graph } from '../graph/graph.ts'
import type { At } from '../graph/routes.ts'
import { checkRelations, relationMatches } from '../rules/relate.ts'
import type { AnyRule, RelationEdit } from '../rules/rule.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { analyse } from '../semantics/source-file.ts'
import { applyEdits, type TextEdit } from '../text/document.ts'
import { type Engine, isCode } from './analyse-file.ts'
import { codeFacts, textFacts } from './file-facts.ts'
import { type Evidence, type Source, verifyEdits } from './fixes.ts'
import { grammarOf } from './languages.ts'
import { onlyPlace, placeOfSegment, placeOfWord, withCaseOf } from './path-literals.ts'

/** The files of a project, as its graph knows them. */
export interface Sources {
  readonly graph: Graph
  /** Undefined when the file is gone. */
  source(path: string): Source | undefined
}

export interface WorkspaceFix {
  readonly rule: AnyRule
  /** Which of the rule's sentences names it. */
  readonly name: 'fix' | 'otherFix'
  readonly safety: FixSafety
  readonly edits: FileEdits
  /** What the files say afterwards. */
  readonly changes: ReadonlyMap<string, FileFacts>
}

/** By file. */
export type FileEdits = ReadonlyMap<string, readonly TextEdit[]>

/** The fixes of a finding of the file at `path` that hold, the likelier one first. */
export function workspaceFixes(
  engine: Engine,
  sources: Sources,
  path: string,
  finding: Finding,
): WorkspaceFix[] {
  const found = matchOf(engine.rules, sources, path, finding)
  if (!found) return []
  const { rule, match } = found
  return (['fix', 'otherFix'] as const).flatMap(name => {
    const fix = match[name]
    const edits = fix && placed(sources, fix.edits())
    const changes = edits && factsAfter(engine, sources, edits)
    if (!changes || !holds(engine, sources.graph, changes, rule, match.at)) return []
    return [{ rule, name, safety: fix.safety, edits, changes }]
  })
}

/** The files that fixes of a finding may touch: their grammars have to be loaded before `workspaceFixes` is asked. */
export function filesToEdit(
  rules: RuleSet,
  sources: Sources,
  path: string,
  finding: Finding,
): ReadonlySet<string> {
  const { match } = matchOf(rules, sources, path, finding) ?? {}
  const edits = [...(match?.fix?.edits() ?? []), ...(match?.otherFix?.edits() ?? [])]
  return new Set(edits.flatMap(it => [it.at, ...(it.orAt ?? [])].map(at => at.file)))
}

function matchOf(rules: RuleSet, { graph }: Sources, path: string, { rule: id, start, end }: Finding) {
  const rule = rules.get(id)
  const match =
    rule?.relate &&
    relationMatches(rule, graph.relations).find(
      ({ at: { file, place } }) => file === path && place[0] === start && place[1] === end,
    )
  return rule && match ? { rule, match } : undefined
}

/** Undefined where something that has to be replaced is not written where it should be. */
function placed(sources: Sources, wanted: readonly RelationEdit[]): FileEdits | undefined {
  const edits = new Map<string, TextEdit[]>()
  for (const it of wanted) {
    const found = editFor(sources, it)
    if (!found) {
      if (it.isOptional) continue
      return undefined
    }
    const { file, edit } = found
    const own = edits.get(file)
    if (!own) edits.set(file, [edit])
    else if (!own.some(other => other.start === edit.start)) own.push(edit)
  }
  return edits.size > 0 ? edits : undefined
}

function editFor(sources: Sources, { at, orAt = [], as, text, put }: RelationEdit) {
  const textOf = (path: string) => sources.source(path)?.text
  const find = as === 'segment' ? placeOfSegment : placeOfWord
  const found = onlyPlace(textOf, [at, ...orAt], (written, place) => find(written, place, text))
  if (!found) return undefined
  const { file, place } = found.at
  const [start, end] = place
  const before = textOf(file)!
  if (as === 'field' && before.slice(start, end) !== text) return undefined
  const newText =
    as === 'word'
      ? withCaseOf(before.slice(start, end), put)
      : as === 'field' && isShorthand(file, before, start, end)
        ? `${put}: ${text}`
        : put
  return { file, edit: { start, end, newText } }
}

/** `{ name }` and `{ name = '' }` of JavaScript: the field and a variable in one word. */
function isShorthand(path: string, text: string, start: number, end: number): boolean {
  if (!/\.[cm]?[jt]sx?$|\.(?:vue|svelte)$/.test(path)) return false
  return (
    /[{,]\s*$/.test(text.slice(Math.max(0, start - 200), start)) &&
    /^\s*[,}=]/.test(text.slice(end, end + 200))
  )
}

/** What the edited files say then; undefined when one of them would not be well by itself. */
function factsAfter(
  engine: Engine,
  sources: Sources,
  edits: FileEdits,
): ReadonlyMap<string, FileFacts> | undefined {
  const changes = new Map<string, FileFacts>()
  for (const [path, own] of edits) {
    const source = sources.source(path)!
    if (!isWell(verifyEdits(engine, source, own))) return undefined
    const facts = factsOf(engine, { ...source, text: applyEdits(source.text, own) })
    if (!facts) return undefined
    changes.set(path, facts)
  }
  return changes
}

function holds(
  engine: Engine,
  before: Graph,
  changes: ReadonlyMap<string, FileFacts>,
  rule: AnyRule,
  at: At,
): boolean {
  const after = before.supposing(changes)
  return saysLess(engine, before, after, rule, at) && asksAsMuch(before, after)
}

function isWell({ parses, added }: Evidence): boolean {
  return parses && added.length === 0
}

/** The finding is gone from the workspace, and no other has come. */
function saysLess({ rules }: Engine, before: Graph, after: Graph, rule: AnyRule, at: At): boolean {
  const [then, now] = [before, after].map(it => countFindings(checkRelations(rules, it.relations)))
  for (const [key, count] of now!) if (count > (then!.get(key) ?? 0)) return false
  const total = (counts: ReadonlyMap<string, number>) =>
    [...counts].reduce(
      (sum, [key, count]) => (key.startsWith(`${rule.id} ${at.file} `) ? sum + count : sum),
      0,
    )
  return total(now!) < total(then!)
}

function countFindings(found: ReturnType<typeof checkRelations>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [path, findings] of found)
    for (const { rule, data } of findings) {
      const key = `${rule} ${path} ${JSON.stringify(data)}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return counts
}

/** A call that is not understood any more would be silent, too. */
function asksAsMuch(before: Graph, after: Graph): boolean {
  const answered = ({ relations: { links } }: Graph) => links.filter(it => it.route).length
  return after.relations.calls.length >= before.relations.calls.length && answered(after) >= answered(before)
}

const NO_FACTS: FileFacts = { rows: {}, places: {} }

function factsOf({ parser, rules }: Engine, { path, language, text }: Source): FileFacts | undefined {
  const grammar = grammarOf(language, path)
  if (!grammar || !isCode(language)) return textFacts(parser, path, text, rules) ?? NO_FACTS
  const tree = parser.parseOnce(text, grammar)
  return tree && codeFacts(path, language, analyse(tree), rules)
}
