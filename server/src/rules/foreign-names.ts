// What ESLint, oxlint, Biome, Ruff, Flake8, Pylint, rustc and clippy call the problems that our rules find.
//
// A name with `~` behind it says more than our rule, or something that lies near it: a comment that dismisses it was written
// where ours speaks, a setting that switches it off has other things in mind.
//
// Rules about security are not among them: they say what they see all the same.

const NAMES: Readonly<Record<string, string>> = {
  'correctness/absolute-join': 'clippy::join_absolute_paths',
  'correctness/assignment-in-condition': 'no-cond-assign noAssignInExpressions',
  'correctness/async-callback': 'no-misused-promises',
  'correctness/async-executor': 'no-async-promise-executor noAsyncPromiseExecutor',
  'correctness/awaited-list': 'await-thenable~',
  'correctness/bitwise-precedence': 'clippy::precedence',
  'correctness/cached-method': 'B019 W1518 method-cache-max-size-none',
  'correctness/callback-without-return': 'array-callback-return useIterableCallbackReturn',
  'correctness/coercing-comparison': 'eqeqeq noDoubleEquals',
  'correctness/comparison-as-statement':
    'no-unused-expressions~ B015~ B018~ W0104 pointless-statement clippy::no_effect~ unused_must_use~',
  'correctness/conditional-hook': 'rules-of-hooks useHookAtTopLevel',
  'correctness/constant-condition':
    'no-constant-condition no-constant-binary-expression noConstantCondition W0125 using-constant-test',
  'correctness/constructor-value':
    'no-constructor-return no-setter-return noConstructorReturn noSetterReturn PLE0101 E0101 return-in-init',
  'correctness/dead-store': 'no-useless-assignment F841 unused_assignments',
  'correctness/default-computed-once': 'B008',
  'correctness/duplicate-condition':
    'no-dupe-else-if no-duplicate-case noDuplicateElseIf noDuplicateCase clippy::ifs_same_cond unreachable_patterns',
  'correctness/duplicate-enum-value': 'no-duplicate-enum-values PIE796',
  'correctness/duplicate-key': 'no-dupe-keys noDuplicateObjectKeys F601 F602 W0109 duplicate-key',
  'correctness/duplicate-member':
    'no-dupe-class-members noDuplicateClassMembers F811 PIE794 E0102 function-redefined',
  'correctness/either-of-constants': 'B030 W0711 PLW0711 binary-op-exception',
  'correctness/endless-lines': 'clippy::lines_filter_map_ok',
  'correctness/endless-loop': 'no-unmodified-loop-condition no-constant-condition for-direction',
  'correctness/equality-without-hash':
    'PLW1641 W1641 eq-without-hash clippy::derived_hash_with_manual_eq clippy::derive_hash_xor_eq',
  'correctness/file-mode': 'PLW1501 W1501 bad-open-mode',
  'correctness/for-in-list': 'no-for-in-array guard-for-in',
  'correctness/guard-across-await': 'clippy::await_holding_lock',
  'correctness/identical-branches': 'RUF034 clippy::if_same_then_else clippy::match_same_arms~',
  'correctness/identity-of-literal': 'F632 R0123 literal-comparison',
  'correctness/inexact-number': 'no-loss-of-precision noPrecisionLoss',
  'correctness/infinite-recursion': 'unconditional_recursion',
  'correctness/invalid-regex': 'no-invalid-regexp',
  'correctness/invalid-typeof': 'valid-typeof useValidTypeof',
  'correctness/line-with-newline': 'clippy::read_line_without_trim',
  'correctness/lock-without-effect':
    'let_underscore_lock clippy::let_underscore_lock PLW2101 W2101 useless-with-lock',
  'correctness/loop-capture': 'no-loop-func B023 W0640 cell-var-from-loop',
  'correctness/loop-direction': 'for-direction useValidForDirection',
  'correctness/lost-exception': 'no-new~ PLW0133 W0133 pointless-exception-statement',
  'correctness/missing-await':
    'no-floating-promises no-misused-promises~ noFloatingPromises RUF006~ unused_must_use~',
  'correctness/missing-comma': 'ISC001~ ISC004 W1404 implicit-str-concat',
  'correctness/missing-key': 'jsx-key useJsxKeyInIterable',
  'correctness/modified-while-iterated':
    'B909 PLE4703 modified-iterating-list modified-iterating-dict modified-iterating-set',
  'correctness/mutable-default': 'B006 W0102 dangerous-default-value',
  'correctness/naive-utc': 'DTZ003 DTZ004',
  'correctness/nan-comparison': 'use-isnan useIsNan PLW0177 clippy::cmp_nan invalid_nan_comparisons',
  'correctness/nested-loop-variable': 'B020 PLW2901~ W2901~ redefined-loop-name~',
  'correctness/nothing-returned': 'E1111 E1128 assignment-from-no-return assignment-from-none',
  'correctness/numeric-sort': 'require-array-sort-compare',
  'correctness/partial-write': 'clippy::unused_io_amount',
  'correctness/regex-character-class': 'no-misleading-character-class noMisleadingCharacterClass',
  'correctness/repeated-operand': 'clippy::eq_op',
  'correctness/return-in-finally': 'no-unsafe-finally noUnsafeFinally B012 SIM107 W0150 lost-exception',
  'correctness/self-assignment':
    'no-self-assign noSelfAssign PLW0127 W0127 self-assigning-variable clippy::self_assignment',
  'correctness/self-comparison':
    'no-self-compare noSelfCompare PLR0124 R0124 comparison-with-itself clippy::eq_op',
  'correctness/shadowed-builtin':
    'no-shadow-restricted-names no-global-assign noShadowRestrictedNames noGlobalAssign A001 A002 A003~ W0622 redefined-builtin',
  'correctness/shared-class-attribute': 'RUF012',
  'correctness/strip-characters': 'B005 E1310 bad-str-strip-call PLE1310',
  'correctness/swallowed-error':
    'no-empty noEmptyBlockStatements E722~ S110 S112 BLE001~ W0702~ W0703~ W0718~ bare-except~ broad-except~ broad-exception-caught~',
  'correctness/switch-fallthrough': 'no-fallthrough noFallthroughSwitchClause',
  'correctness/throw-literal': 'no-throw-literal only-throw-error useThrowOnlyError',
  'correctness/tuple-assertion': 'F631 W0199 assert-on-tuple',
  'correctness/unclosed-resource': 'SIM115 R1732 consider-using-with',
  'correctness/unexported-name': 'F822 E0603 undefined-all-variable',
  'correctness/unformatted-placeholder': 'no-template-curly-in-string noTemplateCurlyInString RUF027',
  'correctness/unreachable-code': 'no-unreachable noUnreachable W0101 unreachable unreachable_code',
  'correctness/unreachable-handler': 'B014 B025 E0701 bad-except-order unreachable_patterns',
  'correctness/unused-import':
    'no-unused-vars no-unused-imports noUnusedImports noUnusedVariables F401 W0611 unused-import unused_imports',
  'correctness/unused-result':
    'no-unused-expressions~ B015~ B018~ W0106 expression-not-assigned unused_must_use~',
  'correctness/unused-variable':
    'no-unused-vars noUnusedVariables F841 F842 W0612 unused-variable unused_variables',
  'correctness/use-before-definition':
    'no-use-before-define~ noInvalidUseBeforeDeclaration F821 F823 E0601 E0602 used-before-assignment undefined-variable',
  'correctness/use-of-absent': 'clippy::panicking_unwrap clippy::unnecessary_unwrap',
  'correctness/wrong-receiver':
    'N805 E0211 E0213 no-method-argument no-self-argument PLW0211 W0211 bad-staticmethod-argument',
  'correctness/wrong-super': 'E1003 bad-super-call',
  'correctness/zero-step': 'clippy::iterator_step_by_zero',

  'design/cognitive-complexity':
    'complexity cognitive-complexity noExcessiveCognitiveComplexity C901 PLR0912 R0912 R1260 too-many-branches too-complex clippy::cognitive_complexity',
  'design/deep-nesting': 'max-depth PLR1702 R1702 too-many-nested-blocks clippy::excessive_nesting',
  'design/duplicated-block': 'R0801 duplicate-code',
  'design/import-cycle': 'no-cycle noImportCycles R0401 cyclic-import',
  'design/large-class': 'PLR0904 R0904 too-many-public-methods',
  'design/large-file': 'max-lines C0302 too-many-lines',
  'design/long-function':
    'max-lines-per-function noExcessiveLinesPerFunction PLR0915 R0915 too-many-statements clippy::too_many_lines',
  'design/nested-conditional': 'no-nested-ternary noNestedTernary',
  'design/too-many-parameters':
    'max-params useMaxParams PLR0913 R0913 PLR0917 R0917 too-many-arguments too-many-positional-arguments clippy::too_many_arguments',
  'performance/await-in-loop': 'no-await-in-loop noAwaitInLoops',
  'performance/blocking-in-async': 'ASYNC210 ASYNC220 ASYNC221 ASYNC222 ASYNC230 ASYNC251',
  'performance/collected-to-count': 'clippy::needless_collect',
  'performance/regex-in-loop': 'clippy::regex_creation_in_loops',
  'performance/spread-in-reduce': 'noAccumulatingSpread',
  'style/debugger-left': 'no-debugger noDebugger T100',
  'style/focused-test': 'no-focused-tests no-only-tests noFocusedTests',
}

/** By what others call it. */
const BY_NAME = new Map<string, string[]>()
/** By our rule: the names by which settings speak of it. */
const IN_SETTINGS = new Map<string, string[]>()

for (const [rule, names] of Object.entries(NAMES))
  for (const marked of names.split(' ')) {
    const name = marked.replace('~', '')
    add(BY_NAME, name, rule)
    if (name === marked) add(IN_SETTINGS, rule, name)
  }

/** Our rules for what a comment dismisses under this name. */
export function rulesCalled(name: string): readonly string[] {
  return BY_NAME.get(name) ?? []
}

/** The lints of a group of rustc's, as `#[allow(unused)]` names it; the name itself where it is no group. */
export function lintsOf(name: string): readonly string[] {
  return name === 'unused' ? UNUSED : [name]
}

const UNUSED =
  'unused_variables unused_imports unused_assignments unused_must_use unreachable_code unreachable_patterns'.split(
    ' ',
  )

/** Our rules, each with the names by which settings of other checkers speak of it. */
export function namesInSettings(): ReadonlyMap<string, readonly string[]> {
  return IN_SETTINGS
}

/** By what names settings of other checkers speak of a rule of ours. */
export function foreignNames(rule: string): readonly string[] {
  return IN_SETTINGS.get(rule) ?? []
}

/** Whether settings may say something of it that means something to us. */
export function isNamed(name: string): boolean {
  return NAMED.has(name)
}

/** The names that a setting means which gives a code or its beginning: `PLR09` are all those of `PLR` that go on so. */
export function namesBeginning(code: string): readonly string[] {
  if (code === 'ALL') return PYTHON_CODES
  const letters = code.replace(/[0-9]+$/, '')
  // `S` is Bandit's, and `SIM` is not; what Ruff took over from Pylint has four sets of its own.
  const isSet = (it: string) => it === letters || (letters === 'PL' && /^PL[CERW]$/.test(it))
  return PYTHON_CODES.filter(it => it.startsWith(code) && isSet(it.replace(/[0-9]+$/, '')))
}

const NAMED: ReadonlySet<string> = new Set([...IN_SETTINGS.values()].flat())
const PYTHON_CODES = [...NAMED].filter(it => /^[A-Z]+[0-9]+$/.test(it))

function add(to: Map<string, string[]>, key: string, value: string): void {
  to.set(key, [...(to.get(key) ?? []), value])
}
