// What other checkers were told about a place: `# noqa: F841`, `// eslint-disable-next-line no-self-assign`, `#[allow(…)]`.
// Somebody has looked there and decided; saying the same under another name would be a false alarm.

import { KIND_CODE } from '../syntax/kinds.ts'
import type { Grammar } from '../syntax/language.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { treeComments } from './comments.ts'
import { Needles } from './needles.ts'

/** Rules, and the stretch of the text on which they have nothing to say. */
export interface Dismissal {
  readonly rules: readonly string[]
  readonly from: number
  readonly to: number
}

/** By our rule: what ESLint, oxlint, Biome, Ruff, Flake8, Pylint, rustc and clippy call the same problem. */
const NAMES: Readonly<Record<string, string>> = {
  'absolute-join': 'clippy::join_absolute_paths',
  'assignment-in-condition': 'no-cond-assign noAssignInExpressions',
  'async-callback': 'no-misused-promises',
  'async-executor': 'no-async-promise-executor noAsyncPromiseExecutor',
  'awaited-list': 'await-thenable',
  'bitwise-precedence': 'clippy::precedence',
  'cached-method': 'B019 W1518 method-cache-max-size-none',
  'callback-without-return': 'array-callback-return useIterableCallbackReturn',
  'coercing-comparison': 'eqeqeq noDoubleEquals',
  'comparison-as-statement':
    'no-unused-expressions B015 B018 W0104 pointless-statement clippy::no_effect unused_must_use',
  'conditional-hook': 'rules-of-hooks useHookAtTopLevel',
  'constant-condition':
    'no-constant-condition no-constant-binary-expression noConstantCondition W0125 using-constant-test',
  'constructor-value':
    'no-constructor-return no-setter-return noConstructorReturn noSetterReturn PLE0101 E0101 return-in-init',
  'dead-store': 'no-useless-assignment F841 unused_assignments',
  'default-computed-once': 'B008',
  'duplicate-condition':
    'no-dupe-else-if no-duplicate-case noDuplicateElseIf noDuplicateCase clippy::ifs_same_cond unreachable_patterns',
  'duplicate-enum-value': 'no-duplicate-enum-values PIE796',
  'duplicate-key': 'no-dupe-keys noDuplicateObjectKeys F601 F602 W0109 duplicate-key',
  'duplicate-member': 'no-dupe-class-members noDuplicateClassMembers F811 PIE794 E0102 function-redefined',
  'either-of-constants': 'B030 W0711 PLW0711 binary-op-exception',
  'endless-lines': 'clippy::lines_filter_map_ok',
  'endless-loop': 'no-unmodified-loop-condition no-constant-condition for-direction',
  'equality-without-hash':
    'PLW1641 W1641 eq-without-hash clippy::derived_hash_with_manual_eq clippy::derive_hash_xor_eq',
  'file-mode': 'PLW1501 W1501 bad-open-mode',
  'for-in-list': 'no-for-in-array guard-for-in',
  'guard-across-await': 'clippy::await_holding_lock',
  'identical-branches': 'RUF034 clippy::if_same_then_else clippy::match_same_arms',
  'identity-of-literal': 'F632 R0123 literal-comparison',
  'inexact-number': 'no-loss-of-precision noPrecisionLoss',
  'infinite-recursion': 'unconditional_recursion',
  'invalid-regex': 'no-invalid-regexp',
  'invalid-typeof': 'valid-typeof useValidTypeof',
  'line-with-newline': 'clippy::read_line_without_trim',
  'lock-without-effect': 'let_underscore_lock clippy::let_underscore_lock PLW2101 W2101 useless-with-lock',
  'loop-capture': 'no-loop-func B023 W0640 cell-var-from-loop',
  'loop-direction': 'for-direction useValidForDirection',
  'lost-exception': 'no-new PLW0133 W0133 pointless-exception-statement',
  'missing-await': 'no-floating-promises no-misused-promises noFloatingPromises RUF006 unused_must_use',
  'missing-comma': 'ISC001 ISC004 W1404 implicit-str-concat',
  'missing-key': 'jsx-key useJsxKeyInIterable',
  'modified-while-iterated':
    'B909 PLE4703 modified-iterating-list modified-iterating-dict modified-iterating-set',
  'mutable-default': 'B006 W0102 dangerous-default-value',
  'naive-utc': 'DTZ003 DTZ004',
  'nan-comparison': 'use-isnan useIsNan PLW0177 clippy::cmp_nan invalid_nan_comparisons',
  'nested-loop-variable': 'B020 PLW2901 W2901 redefined-loop-name',
  'nothing-returned': 'E1111 E1128 assignment-from-no-return assignment-from-none',
  'numeric-sort': 'require-array-sort-compare',
  'partial-write': 'clippy::unused_io_amount',
  'regex-character-class': 'no-misleading-character-class noMisleadingCharacterClass',
  'repeated-operand': 'clippy::eq_op',
  'return-in-finally': 'no-unsafe-finally noUnsafeFinally B012 SIM107 W0150 lost-exception',
  'self-assignment':
    'no-self-assign noSelfAssign PLW0127 W0127 self-assigning-variable clippy::self_assignment',
  'self-comparison': 'no-self-compare noSelfCompare PLR0124 R0124 comparison-with-itself clippy::eq_op',
  'shadowed-builtin':
    'no-shadow-restricted-names no-global-assign noShadowRestrictedNames noGlobalAssign A001 A002 A003 W0622 redefined-builtin',
  'shared-class-attribute': 'RUF012',
  'strip-characters': 'B005 E1310 bad-str-strip-call PLE1310',
  'swallowed-error':
    'no-empty noEmptyBlockStatements E722 S110 S112 BLE001 W0702 W0703 W0718 bare-except broad-except broad-exception-caught',
  'switch-fallthrough': 'no-fallthrough noFallthroughSwitchClause',
  'throw-literal': 'no-throw-literal only-throw-error useThrowOnlyError',
  'tuple-assertion': 'F631 W0199 assert-on-tuple',
  'unclosed-resource': 'SIM115 R1732 consider-using-with',
  'unexported-name': 'F822 E0603 undefined-all-variable',
  'unformatted-placeholder': 'no-template-curly-in-string noTemplateCurlyInString RUF027',
  'unreachable-code': 'no-unreachable noUnreachable W0101 unreachable unreachable_code',
  'unreachable-handler': 'B014 B025 E0701 bad-except-order unreachable_patterns',
  'unused-import':
    'no-unused-vars no-unused-imports noUnusedImports noUnusedVariables F401 W0611 unused-import unused_imports',
  'unused-result': 'no-unused-expressions B015 B018 W0106 expression-not-assigned unused_must_use',
  'unused-variable': 'no-unused-vars noUnusedVariables F841 F842 W0612 unused-variable unused_variables',
  'use-before-definition':
    'no-use-before-define noInvalidUseBeforeDeclaration F821 F823 E0601 E0602 used-before-assignment undefined-variable',
  'use-of-absent': 'clippy::panicking_unwrap clippy::unnecessary_unwrap',
  'wrong-receiver':
    'N805 E0211 E0213 no-method-argument no-self-argument PLW0211 W0211 bad-staticmethod-argument',
  'wrong-super': 'E1003 bad-super-call',
  'zero-step': 'clippy::iterator_step_by_zero',
}

/** What other checkers call the problem that a rule of ours finds. */
export function foreignNames(rule: string): readonly string[] {
  return THEIRS.get(rule) ?? NOTHING
}

const THEIRS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NAMES).map(([rule, names]) => [`correctness/${rule}`, names.split(' ')]),
)

const NOTHING: readonly string[] = []

const OURS: ReadonlyMap<string, readonly string[]> = byForeignName()

function byForeignName(): Map<string, string[]> {
  const ours = new Map<string, string[]>()
  for (const [rule, names] of Object.entries(NAMES))
    for (const name of names.split(' ')) ours.set(name, [...(ours.get(name) ?? []), `correctness/${rule}`])
  return ours
}

/** Everything that a checker of correctness could say. */
const ALL: readonly string[] = ['correctness/*']

const NONE: readonly Dismissal[] = []

/** Groups of rustc's, as `#[allow(…)]` names them. */
const GROUPS: Readonly<Record<string, string>> = {
  unused:
    'unused_variables unused_imports unused_assignments unused_must_use unreachable_code unreachable_patterns',
}

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
    return (GROUPS[last]?.split(' ') ?? [last]).flatMap(name => OURS.get(name) ?? [])
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
