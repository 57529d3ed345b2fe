// What is typed into: real files of about 1,000, 5,000 and 20,000 lines, and the edits that are made in them.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusIfAny } from './corpora.ts'

export const BENCH_LANGUAGES = ['python', 'typescript', 'javascript', 'rust'] as const
export type BenchLanguage = (typeof BENCH_LANGUAGES)[number]

export const SIZES = [1000, 5000, 20000] as const
export type Size = (typeof SIZES)[number]

export const EXTENSION: Readonly<Record<BenchLanguage, string>> = {
  python: 'py',
  typescript: 'ts',
  javascript: 'js',
  rust: 'rs',
}

/** Where no repository has a file that long, real files are put together. */
const FILES: Readonly<
  Record<BenchLanguage, Readonly<Record<Size, readonly (readonly [corpus: string, path: string])[]>>>
> = {
  python: {
    1000: [['sympy', 'sympy/core/add.py']],
    5000: [['sympy', 'sympy/matrices/matrixbase.py']],
    20000: [
      ['sqlalchemy', 'lib/sqlalchemy/sql/compiler.py'],
      ['sqlalchemy', 'lib/sqlalchemy/sql/selectable.py'],
      ['sqlalchemy', 'lib/sqlalchemy/sql/schema.py'],
    ],
  },
  typescript: {
    1000: [['typeorm', 'src/query-builder/QueryBuilder.ts']],
    5000: [['typeorm', 'src/driver/postgres/PostgresQueryRunner.ts']],
    20000: [
      ['typeorm', 'src/driver/postgres/PostgresQueryRunner.ts'],
      ['typeorm', 'src/driver/cockroachdb/CockroachQueryRunner.ts'],
      ['typeorm', 'src/driver/sqlserver/SqlServerQueryRunner.ts'],
      ['typeorm', 'src/driver/oracle/OracleQueryRunner.ts'],
      ['typeorm', 'src/driver/mysql/MysqlQueryRunner.ts'],
    ],
  },
  javascript: {
    1000: [['webpack', 'lib/Module.js']],
    5000: [['webpack', 'lib/css/CssParser.js']],
    20000: [['eslint', 'tests/bench/large.js']],
  },
  rust: {
    1000: [['tokio', 'tokio/src/runtime/builder.rs']],
    5000: [['rust-analyzer', 'crates/rust-analyzer/src/config.rs']],
    20000: [['rust-analyzer', 'crates/ide-db/src/generated/lints.rs']],
  },
}

/** Undefined when a repository is not to be had here. */
export function typedText(language: BenchLanguage, size: Size): string | undefined {
  const files = FILES[language][size].map(([name, path]) => {
    const folder = corpusIfAny(name)
    return folder && join(folder, path)
  })
  const present = files.filter(it => it !== undefined && existsSync(it)) as string[]
  return present.length === files.length ? present.map(it => readFileSync(it, 'utf8')).join('\n') : undefined
}

export const EDIT_KINDS = ['body', 'top', 'break'] as const
export type EditKind = (typeof EDIT_KINDS)[number]

export interface Place {
  readonly line: number
  readonly character: number
}

export interface Edit {
  readonly kind: EditKind
  readonly start: Place
  readonly end: Place
  readonly inserted: string
  /** The whole document afterwards, for servers that want all of it every time. */
  readonly text: string
}

const TOP: Readonly<Record<BenchLanguage, string>> = {
  python: 'bench_value = 1\n',
  typescript: 'const benchValue = 1\n',
  javascript: 'const benchValue = 1;\n',
  rust: 'const BENCH_VALUE: u8 = 1;\n',
}

/**
 * A round of six edits, which leave the text as it was: a letter in a name, typed and deleted; a statement between two others
 * at the top, typed and deleted; a parenthesis that breaks the syntax, typed and deleted.
 */
export function editsOf(text: string, language: BenchLanguage): (round: number) => readonly Edit[] {
  const lines = text.split('\n')
  const starts = [0]
  for (const it of lines) starts.push(starts.at(-1)! + it.length + 1)
  const bodies = bodyPlaces(lines)
  const tops = topPlaces(lines, language)
  const pair = (kind: EditKind, start: Place, inserted: string): Edit[] => {
    const offset = starts[start.line]! + start.character
    const end = inserted.endsWith('\n')
      ? { line: start.line + 1, character: 0 }
      : { line: start.line, character: start.character + inserted.length }
    return [
      { kind, start, end: start, inserted, text: text.slice(0, offset) + inserted + text.slice(offset) },
      { kind, start, end, inserted: '', text },
    ]
  }
  // Steps by primes, so that the places are all over the file and the same in every run.
  return round => [
    ...pair('body', bodies[(round * 7919) % bodies.length]!, 'q'),
    ...pair('top', tops[(round * 104729) % tops.length]!, TOP[language]),
    ...pair('break', bodies[(round * 15485863) % bodies.length]!, '('),
  ]
}

/** Inside identifiers on indented lines that are no comments. */
function bodyPlaces(lines: readonly string[]): Place[] {
  return lines.flatMap((line, i) => {
    if (!/^\s{2,}\S/.test(line) || /^\s*(#|\/\/|\/?\*|"""|')/.test(line)) return []
    const word = line.search(/[a-z]{4,}/)
    return word === -1 ? [] : [{ line: i, character: word + 2 }]
  })
}

/** Starts of lines at which a statement of the top level begins. */
function topPlaces(lines: readonly string[], language: BenchLanguage): Place[] {
  const opens =
    language === 'python'
      ? /^(def|class|import|from|@)\b|^@/
      : language === 'rust'
        ? /^(pub |fn |impl|use |struct |mod |const )/
        : /^(export|import|const|function|class|let|var)\b/
  const found = lines.flatMap((line, i) =>
    opens.test(line) && (lines[i - 1] ?? '').trim() === '' ? [{ line: i, character: 0 }] : [],
  )
  return found.length > 0 ? found : [{ line: 0, character: 0 }]
}
