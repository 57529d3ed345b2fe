// From a keystroke to published diagnostics, through real servers over standard input and output, on real files.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LspClient } from '../support/lsp-client.ts'
import { corpus } from './corpora.ts'
import type { Peers } from './peers.ts'
import { percentile } from './statistics.ts'

export type BenchLanguage = 'python' | 'typescript' | 'javascript' | 'rust'

/** Real files of about these many lines. Where no repository has one file that long, real files are put together. */
const FILES: Readonly<
  Record<
    BenchLanguage,
    Readonly<Record<1000 | 5000 | 20000, readonly (readonly [corpus: string, path: string])[]>>
  >
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

export const EDIT_KINDS = ['body', 'top', 'break'] as const
export type EditKind = (typeof EDIT_KINDS)[number]

export interface KeystrokeResult {
  readonly server: string
  readonly language: BenchLanguage
  readonly lines: number
  readonly samples: number
  /** Milliseconds by kind of edit, and over all of them. */
  readonly p50: Readonly<Record<EditKind | 'all', number>>
  readonly p95: Readonly<Record<EditKind | 'all', number>>
  readonly unanswered: number
}

export interface Server {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly languages: readonly BenchLanguage[]
  readonly initializationOptions?: object
}

/** Ours, and every peer that has a server and is here. */
export function servers(main: string, { bin }: Peers): Server[] {
  const list: Server[] = [
    {
      name: 'codeant',
      command: [process.execPath, main, 'lsp', '--stdio'],
      languages: ['python', 'typescript', 'javascript', 'rust'],
      initializationOptions: { publishUnchanged: true },
    },
  ]
  const oxlint = bin('oxlint')
  if (oxlint)
    list.push({ name: 'oxlint', command: [oxlint, '--lsp'], languages: ['typescript', 'javascript'] })
  const ruff = bin('ruff')
  if (ruff) list.push({ name: 'ruff', command: [ruff, 'server'], languages: ['python'] })
  const biome = bin('biome')
  if (biome)
    list.push({ name: 'biome', command: [biome, 'lsp-proxy'], languages: ['typescript', 'javascript'] })
  return list
}

const EXTENSION: Readonly<Record<BenchLanguage, string>> = {
  python: 'py',
  typescript: 'ts',
  javascript: 'js',
  rust: 'rs',
}
const TOP: Readonly<Record<BenchLanguage, string>> = {
  python: 'bench_value = 1\n',
  typescript: 'const benchValue = 1\n',
  javascript: 'const benchValue = 1;\n',
  rust: 'const BENCH_VALUE: u8 = 1;\n',
}

/** Longer than any answer that a person would still call immediate. */
const PATIENCE_MS = 2000
/** A fast typist's pause, so that no edit waits for the one before. */
const PAUSE_MS = 25

export async function measureKeystrokes(
  server: Server,
  language: BenchLanguage,
  size: 1000 | 5000 | 20000,
  rounds: number,
  folder: string,
): Promise<KeystrokeResult> {
  const text = FILES[language][size]
    .map(([name, path]) => readFileSync(join(corpus(name), path), 'utf8'))
    .join('\n')
  const uri = pathToFileURL(join(folder, `bench-${size}.${EXTENSION[language]}`)).href
  const client = await LspClient.start({
    command: server.command,
    folder,
    ...(server.initializationOptions && { initializationOptions: server.initializationOptions }),
  })
  const times: Record<EditKind, number[]> = { body: [], top: [], break: [] }
  let unanswered = 0
  try {
    await within(client.open(uri, language, text), 30_000)
    const lines = text.split('\n')
    const places = bodyPlaces(lines)
    const tops = topPlaces(lines, language)
    let version = 1
    const edit = async (kind: EditKind | undefined, start: Place, end: Place, inserted: string) => {
      const answered = client.next(uri, ++version)
      const began = performance.now()
      client.change(uri, version, start, end, inserted)
      const answer = await within(answered, PATIENCE_MS)
      if (!answer) unanswered++
      else if (kind) times[kind].push(performance.now() - began)
      await pause(PAUSE_MS)
    }
    for (let i = 0; i < rounds + WARM_UP; i++) {
      const counts = i >= WARM_UP
      const at = places[(i * 7919) % places.length]!
      const next = { line: at.line, character: at.character + 1 }
      await edit(counts ? 'body' : undefined, at, at, 'q')
      await edit(counts ? 'body' : undefined, at, next, '')
      const top = tops[(i * 104729) % tops.length]!
      await edit(counts ? 'top' : undefined, top, top, TOP[language])
      await edit(counts ? 'top' : undefined, top, { line: top.line + 1, character: 0 }, '')
      const broken = places[(i * 15485863) % places.length]!
      await edit(counts ? 'break' : undefined, broken, broken, '(')
      await edit(
        counts ? 'break' : undefined,
        broken,
        { line: broken.line, character: broken.character + 1 },
        '',
      )
    }
    await within(client.stop(), 3000)
    const all = [...times.body, ...times.top, ...times.break]
    const at = (part: number) => ({
      body: percentile(times.body, part),
      top: percentile(times.top, part),
      break: percentile(times.break, part),
      all: percentile(all, part),
    })
    return {
      server: server.name,
      language,
      lines: lines.length,
      samples: all.length,
      p50: at(0.5),
      p95: at(0.95),
      unanswered,
    }
  } finally {
    client.process.kill()
  }
}

/** Rounds that only warm the compilers up: nobody judges an editor by its first ten keys. */
const WARM_UP = 12

interface Place {
  readonly line: number
  readonly character: number
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

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}

export function filesPresent(language: BenchLanguage, size: 1000 | 5000 | 20000): boolean {
  return FILES[language][size].every(([name, path]) => existsSync(join(corpus(name), path)))
}
