// What several tools look for, each under names of its own: the checks on which they can be compared at all.
//
// Only checks that ask the same question are here. Rules that need the types of a whole program are not: the repositories'
// libraries are not installed. Nor are rules that speak of the same thing at another place, as pylint does of a duplicate key.

export const COMPARED_TOOLS = ['codeant', 'eslint', 'sonarjs', 'biome', 'oxlint', 'ruff', 'pylint'] as const
export type ComparedTool = (typeof COMPARED_TOOLS)[number]

/** Names of rules as each tool's output has them; Biome's with their group. A tool that is left out has no such check. */
export type Check = { readonly [Tool in ComparedTool]?: readonly string[] }

export const CHECKS = {
  'constant condition': {
    codeant: [
      'correctness/constant-condition',
      'correctness/contradictory-condition',
      'correctness/invalid-typeof',
      'correctness/nan-comparison',
      'correctness/tuple-assertion',
    ],
    eslint: ['no-constant-condition', 'no-constant-binary-expression', 'valid-typeof', 'use-isnan'],
    sonarjs: ['sonarjs/no-gratuitous-expressions'],
    biome: [
      'correctness/noConstantCondition',
      'suspicious/noConstantBinaryExpressions',
      'correctness/useValidTypeof',
      'correctness/useIsNan',
    ],
    oxlint: ['no-constant-condition', 'no-constant-binary-expression', 'valid-typeof', 'use-isnan'],
    ruff: ['PLR0133', 'PLW0177', 'F631', 'F634', 'SIM220', 'SIM221', 'SIM222', 'SIM223'],
    pylint: ['W0125', 'W0177', 'W0199', 'R0133', 'R1726', 'R1727'],
  },
  'the same on both sides': {
    codeant: ['correctness/self-comparison', 'correctness/repeated-operand'],
    eslint: ['no-self-compare'],
    sonarjs: ['sonarjs/no-identical-expressions'],
    biome: ['suspicious/noSelfCompare'],
    oxlint: ['no-self-compare'],
    ruff: ['PLR0124'],
    pylint: ['R0124'],
  },
  'self-assignment': {
    codeant: ['correctness/self-assignment'],
    eslint: ['no-self-assign'],
    biome: ['correctness/noSelfAssign'],
    oxlint: ['no-self-assign'],
    ruff: ['PLW0127'],
    pylint: ['W0127'],
  },
  'duplicate key or member': {
    codeant: ['correctness/duplicate-key', 'correctness/duplicate-member'],
    eslint: ['no-dupe-keys', 'no-dupe-class-members'],
    biome: ['suspicious/noDuplicateObjectKeys', 'suspicious/noDuplicateClassMembers'],
    oxlint: ['no-dupe-keys', 'no-dupe-class-members'],
    ruff: ['F601', 'F602', 'PIE794', 'F811'],
    pylint: ['E0102'],
  },
  'duplicate condition or branch': {
    codeant: ['correctness/duplicate-condition', 'correctness/identical-branches'],
    eslint: ['no-dupe-else-if', 'no-duplicate-case'],
    sonarjs: ['sonarjs/no-identical-conditions', 'sonarjs/no-all-duplicated-branches'],
    biome: ['suspicious/noDuplicateElseIf', 'suspicious/noDuplicateCase'],
    oxlint: ['no-dupe-else-if', 'no-duplicate-case'],
    ruff: ['RUF034'],
  },
  'unused variable or import': {
    codeant: ['correctness/unused-variable', 'correctness/unused-import'],
    eslint: ['@typescript-eslint/no-unused-vars'],
    biome: ['correctness/noUnusedVariables', 'correctness/noUnusedImports'],
    oxlint: ['no-unused-vars'],
    ruff: ['F401', 'F841'],
    pylint: ['W0611', 'W0612'],
  },
  'unreachable code': {
    codeant: ['correctness/unreachable-code'],
    eslint: ['no-unreachable'],
    biome: ['correctness/noUnreachable'],
    oxlint: ['no-unreachable'],
    pylint: ['W0101'],
  },
  'swallowed error': {
    codeant: ['correctness/swallowed-error'],
    sonarjs: ['sonarjs/no-ignored-exceptions'],
    ruff: ['S110', 'S112', 'E722'],
    pylint: ['W0702'],
  },
  'return in finally': {
    codeant: ['correctness/return-in-finally'],
    eslint: ['no-unsafe-finally'],
    biome: ['correctness/noUnsafeFinally'],
    oxlint: ['no-unsafe-finally'],
    ruff: ['B012'],
    pylint: ['W0150', 'W0134'],
  },
  'mistake in a regular expression': {
    codeant: ['correctness/regex-character-class', 'correctness/invalid-regex'],
    eslint: [
      'no-invalid-regexp',
      'no-empty-character-class',
      'no-misleading-character-class',
      'regexp/no-dupe-characters-character-class',
      'regexp/no-obscure-range',
      'regexp/no-useless-range',
    ],
    sonarjs: ['sonarjs/duplicates-in-character-class'],
    biome: ['correctness/noEmptyCharacterClassInRegex', 'suspicious/noMisleadingCharacterClass'],
    oxlint: ['no-invalid-regexp', 'no-empty-character-class', 'no-misleading-character-class'],
  },
  'slow regular expression': {
    codeant: ['security/catastrophic-regex'],
    eslint: ['regexp/no-super-linear-backtracking'],
    sonarjs: ['sonarjs/slow-regex', 'sonarjs/super-linear-regex'],
  },
  'missing await': {
    codeant: ['correctness/missing-await'],
    biome: ['nursery/noFloatingPromises'],
    ruff: ['RUF006'],
  },
  'loop variable captured': {
    codeant: ['correctness/loop-capture'],
    eslint: ['no-loop-func'],
    sonarjs: ['sonarjs/function-inside-loop'],
    biome: ['suspicious/noLoopFunc'],
    oxlint: ['no-loop-func'],
    ruff: ['B023'],
    pylint: ['W0640'],
  },
  'mutable default': {
    codeant: ['correctness/mutable-default'],
    ruff: ['B006'],
    pylint: ['W0102'],
  },
  'callback without a return': {
    codeant: ['correctness/callback-without-return'],
    eslint: ['array-callback-return'],
    biome: ['suspicious/useIterableCallbackReturn'],
    oxlint: ['array-callback-return'],
  },
  'thrown that is no error': {
    codeant: ['correctness/throw-literal'],
    eslint: ['no-throw-literal'],
    biome: ['style/useThrowOnlyError'],
    oxlint: ['no-throw-literal'],
  },
} as const satisfies Readonly<Record<string, Check>>

export type CheckName = keyof typeof CHECKS
export const CHECK_NAMES = Object.keys(CHECKS) as readonly CheckName[]

/** The rules of all checks that a tool has. */
export function rulesOf(tool: ComparedTool): readonly string[] {
  return CHECK_NAMES.flatMap(it => (CHECKS[it] as Check)[tool] ?? [])
}

/** The check that a rule of a tool belongs to. Biome's output names a rule without its group. */
export function checkOf(tool: ComparedTool, rule: string): CheckName | undefined {
  return CHECK_NAMES.find(it =>
    (CHECKS[it] as Check)[tool]?.some(
      name => name === rule || (tool === 'biome' && name.endsWith(`/${rule}`)),
    ),
  )
}
