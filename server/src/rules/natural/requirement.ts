// What a sentence of a team's rules means, as plain data: what is looked at, where, and what has to be true of it.
//
// It is what a reader is shown beside the sentence, and all that the check knows of it.

import type { CodeLanguage } from '@codeant/shared/language.ts'

/** What a sentence can speak of. */
export const SUBJECTS = [
  'function',
  'method',
  'constructor',
  'test',
  'class',
  'interface',
  'type',
  'enum',
  'enumMember',
  'variable',
  'constant',
  'parameter',
  'file',
  'line',
  'import',
  'call',
  'switch',
  'loop',
  'catch',
  'comment',
  'string',
  'todo',
] as const
export type SubjectKind = (typeof SUBJECTS)[number]

/** Of functions, methods and classes. */
export type Quality =
  | 'exception'
  | 'test'
  | 'public'
  | 'private'
  | 'async'
  | 'exported'
  | 'boolean'
  | 'handler'

export interface Subject {
  readonly kind: SubjectKind
  readonly qualities: readonly Quality[]
  /** Only those called so; `*` stands for anything. */
  readonly named?: readonly string[]
  /** Only calls of these. */
  readonly callees?: readonly string[]
}

/** Where code is: in a folder or a file of that name, in tests, or in something that stands around it. */
export type Place =
  | { readonly kind: 'path'; readonly path: string }
  /** Of an architecture, by the names that its folder usually has. */
  | { readonly kind: 'layer'; readonly layer: string }
  | { readonly kind: 'tests' }
  | { readonly kind: 'within'; readonly what: Surrounding }

export type Surrounding =
  | 'with'
  | 'loop'
  | 'try'
  | 'catch'
  | 'function'
  | 'constructor'
  | 'condition'
  | 'class'
  | 'async'

/** All of these have to hold for the sentence to speak of a place. */
export interface Scope {
  readonly languages?: readonly CodeLanguage[]
  readonly inside: readonly Place[]
  readonly outside: readonly Place[]
}

export const MEASURES = [
  'lines',
  /** Without blank ones and those that hold nothing but comments. */
  'codeLines',
  'characters',
  'parameters',
  'arguments',
  'methods',
  'publicMethods',
  /** What a class inherits from. */
  'bases',
  'assertions',
  'fields',
  'functions',
  'classes',
  'imports',
  'returns',
  'cases',
  'complexity',
  'nesting',
] as const
export type Measure = (typeof MEASURES)[number]

export const CASES = ['camelCase', 'PascalCase', 'snake_case', 'UPPER_CASE', 'kebab-case'] as const
export type CaseStyle = (typeof CASES)[number]

/** What has a word of its own and no name in code. */
export const CONSTRUCTS = [
  'var',
  'let',
  'unchangedLet',
  'any',
  'ternary',
  'nestedTernary',
  'emptyCatch',
  'bareExcept',
  'globalVariable',
  'magicNumber',
  'defaultExport',
  'commentedCode',
  'elseAfterReturn',
  'nestedFunction',
  'nestedLoop',
  'lambda',
  'unsafe',
  'debugger',
  'endlessLoop',
  'assignmentInCondition',
  'looseEquality',
  'mutableDefault',
  'reassignedParameter',
  'wildcardImport',
  'relativeImport',
] as const
export type Construct = (typeof CONSTRUCTS)[number]

export type Demand =
  /** At most `most`, at least `least`. `ofName`: of what it is called, and not of what it holds. */
  | {
      readonly kind: 'limit'
      readonly measure: Measure
      readonly ofName?: true
      readonly most?: number
      readonly least?: number
    }
  | { readonly kind: 'case'; readonly style: CaseStyle }
  | {
      readonly kind: 'affix'
      readonly at: 'start' | 'end' | 'anywhere'
      readonly any: readonly string[]
      readonly isForbidden: boolean
    }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'notCalled'; readonly names: readonly string[] }
  /** The subject may not be there at all. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'noConstruct'; readonly construct: Construct; readonly instead?: readonly string[] }
  /** Names that may not be used: called, or read. */
  | { readonly kind: 'noUse'; readonly names: readonly string[]; readonly instead?: readonly string[] }
  /** Exceptions that may not be caught. */
  | { readonly kind: 'noCatch'; readonly names: readonly string[] }
  /** A file has to import one of these. */
  | { readonly kind: 'imports'; readonly modules: readonly string[] }
  | { readonly kind: 'noImport'; readonly modules: readonly string[]; readonly instead?: readonly string[] }
  /** Nothing may be imported from these folders; `tests`: from other tests. */
  | { readonly kind: 'noImportFrom'; readonly from: readonly Place[] }
  | { readonly kind: 'inside'; readonly what: Surrounding }
  | { readonly kind: 'awaited' }
  | {
      readonly kind: 'argument'
      readonly name: string
      readonly value?: string
      readonly isForbidden: boolean
    }
  | { readonly kind: 'calls'; readonly names: readonly string[]; readonly isForbidden: boolean }
  | { readonly kind: 'extends'; readonly names: readonly string[]; readonly isForbidden: boolean }
  | { readonly kind: 'decorated'; readonly names: readonly string[] }
  | {
      readonly kind: 'declares'
      readonly what:
        | 'docstring'
        | 'comment'
        | 'returnType'
        | 'type'
        | 'defaultCase'
        | 'assertion'
        | 'await'
        | 'value'
        | 'issueNumber'
        | 'const'
    }
  | { readonly kind: 'contains'; readonly text: readonly string[]; readonly isForbidden: boolean }
  | { readonly kind: 'starts'; readonly with: 'comment' | 'license' }
  | { readonly kind: 'ends'; readonly with: 'newline' }
  | { readonly kind: 'extension'; readonly extension: string; readonly ifImports: string }
  | { readonly kind: 'quotes'; readonly style: 'single' | 'double' }
  | { readonly kind: 'order'; readonly order: Order }

export type Order =
  | {
      readonly kind: 'importsFirst' | 'importsSorted' | 'constructorFirst' | 'publicFirst' | 'constantsFirst'
    }
  | { readonly kind: 'callBefore'; readonly first: string; readonly then: string }

export interface Requirement {
  readonly subject: Subject
  readonly scope: Scope
  readonly demand: Demand
}
