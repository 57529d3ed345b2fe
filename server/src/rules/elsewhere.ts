// What other checkers were told about a place: `# noqa: F841`, `// eslint-disable-next-line no-self-assign`, `#[allow(…)]`.
// Somebody has looked there and decided; saying the same under another name would be a false alarm.

import { KIND_CODE } from '../syntax/kinds.ts'
import type { Grammar } from '../syntax/language.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { treeComments } from './comments.ts'
import { lintsOf, rulesCalled } from './foreign-names.ts'
import { Needles } from './needles.ts'

/** Rules, and the stretch of the text on which they have nothing to say. */
export interface Dismissal {
  readonly rules: readonly string[]
  readonly from: number
  readonly to: number
}

/** Everything that a checker of correctness could say. */
const ALL: readonly string[] = ['correctness/*']

const NONE: readonly Dismissal[] = []

/** What a file holds that says anything to other checkers. */
export function dismissalMarks(grammar: Grammar): readonly string[] {
  return grammar === 'rust' ? RUST_MARKS : grammar === 'python' ? PYTHON_MARKS : SCRIPT_MARKS
}

/** `noqa` is read in any case. */
const PYTHON_MARKS = ['noqa', 'NOQA', 'NoQA', 'pylint']
const SCRIPT_MARKS = ['-disable', 'biome-ignore']
const RUST_MARKS = ['allow(', '[expect(', ', expect(']
const PYTHON_MARK = /noqa|pylint/i
/** Where something is disabled, it may be enabled again. */
const SCRIPT_MARK = /lint-(?:dis|en)able|biome-ignore/

/** What comments to other checkers dismiss, and in Rust attributes. `marks` are those of the text, where they are known. */
export function dismissalsIn(
  tree: SyntaxTree,
  marks = Needles.in(tree.text, dismissalMarks(tree.grammar)),
): readonly Dismissal[] {
  if (marks.isEmpty) return NONE
  const { text, grammar } = tree
  if (grammar === 'rust') return [...attributes(tree)]
  const found: Dismissal[] = []
  /** `eslint-disable` without an end yet. */
  const open: { readonly rules: readonly string[]; readonly from: number }[] = []
  for (const { start, end } of treeComments(tree)) {
    const body = text.slice(start, end)
    if (!(grammar === 'python' ? PYTHON_MARK : SCRIPT_MARK).test(body)) continue
    const script = SCRIPT.exec(body)
    if (script) {
      const [, what, scope = '', names = ''] = script
      const rules = oursFor(names)
      if (what === 'enable') {
        for (const it of open.splice(0)) found.push({ ...it, to: start })
      } else if (scope === '-next-line') found.push({ rules, ...lineAt(text, lineEnd(text, end) + 1) })
      else if (scope === '-line') found.push({ rules, ...lineAt(text, start) })
      else open.push({ rules, from: start })
      continue
    }
    const biome = BIOME.exec(body)
    if (biome) {
      const rules = oursFor(biome[2]!)
      if (biome[1] === '-all') found.push({ rules, from: 0, to: text.length + 1 })
      else found.push({ rules, ...lineAt(text, lineEnd(text, end) + 1) })
      continue
    }
    const python = PYTHON.exec(body)
    if (python) {
      const [, wholeFile, codes, next, names] = python
      const rules = oursFor(codes ?? names ?? '')
      const isAlone = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === ''
      if (wholeFile || (names && !next && isAlone)) found.push({ rules, from: 0, to: text.length + 1 })
      else found.push({ rules, ...lineAt(text, next ? lineEnd(text, end) + 1 : start) })
    }
  }
  for (const it of open) found.push({ ...it, to: text.length + 1 })
  return found.filter(it => it.rules.length > 0)
}

const SCRIPT =
  /^\/[/*]\s*(?:eslint|oxlint)-(disable|enable)(-next-line|-line)?(?![\w-])([^*]*?)(?:\s--\s[\s\S]*)?(?:\*\/)?\s*$/
const BIOME = /\bbiome-ignore(-all|-start)?\s+(lint[\w/]*(?:[\s,]+lint[\w/]*)*)/
const PYTHON =
  /#\s*(flake8\s*:\s*|ruff\s*:\s*)?noqa\b(?:\s*:\s*([A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*))?|#\s*pylint\s*:\s*disable(-next)?\s*=\s*([\w\-, ]+)/i

/** Our rules for a list of foreign names; all of them when none is named. */
function oursFor(names: string): readonly string[] {
  const words = names.split(/[\s,]+/).filter(Boolean)
  if (words.length === 0) return ALL
  return words.flatMap(it => {
    const last = it.includes('::') ? it : it.replace(/^.*\//, '')
    if (last === 'lint' || last === 'all' || last === 'warnings') return ALL
    return lintsOf(last).flatMap(rulesCalled)
  })
}

/** `#[allow(…)]` speaks of the item or statement behind it, `#![allow(…)]` of all around it. */
function* attributes(tree: SyntaxTree): Generator<Dismissal> {
  const { kind, start, end, after, parent, text, rows } = tree
  for (let row = kind.indexOf(DECORATOR); row !== -1 && row < rows; row = kind.indexOf(DECORATOR, row + 1)) {
    const attribute = text.slice(start[row], end[row])
    const names = /\b(?:allow|expect)\s*\(([^)]*)\)/.exec(attribute)?.[1]
    const rules = names ? oursFor(names) : []
    if (rules.length === 0) continue
    const around = parent[row]!
    if (attribute.startsWith('#!')) yield { rules, from: start[around]!, to: end[around]! + 1 }
    else {
      let next = after[row]!
      while (next < after[around]! && (kind[next] === DECORATOR || kind[next] === COMMENT))
        next = after[next]!
      if (next < after[around]!) yield { rules, from: start[row]!, to: end[next]! }
    }
  }
}

const DECORATOR = KIND_CODE.Decorator
const COMMENT = KIND_CODE.Comment

function lineAt(text: string, offset: number): { from: number; to: number } {
  return { from: text.lastIndexOf('\n', offset - 1) + 1, to: lineEnd(text, offset) + 1 }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
