// What is new since a revision: each changed file is analysed as it was then, and its old findings are left out by meaning.

import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { decode } from '../features/admission.ts'
import { analyseFile } from '../features/analyse-file.ts'
import { type BaselineEntry, matchBaseline } from '../features/baseline.ts'
import { grammarOf, languageOf } from '../features/languages.ts'
import { functionsIn, type KnownFunctions } from '../features/learned/changed-functions.ts'
import type { Reported } from '../features/report.ts'
import type { ScanRequest } from '../features/scan/scan-file.ts'
import { runGit } from '../host/node/git.ts'
import { UsageError } from './arguments.ts'
import type { Terminal } from './terminal.ts'
import type { Workspace } from './workspace.ts'

/** What a file was like at the revision. */
interface Before {
  readonly findings: readonly BaselineEntry[]
  readonly functions: KnownFunctions
}

export class Changes {
  readonly #before: ReadonlyMap<string, Before>

  constructor(before: ReadonlyMap<string, Before>) {
    this.#before = before
  }

  *only(requests: Iterable<ScanRequest>): Generator<ScanRequest> {
    for (const request of requests) if (this.#before.has(request.file)) yield request
  }

  onlyNew(file: string, shown: readonly Reported[]): readonly Reported[] {
    const entries = this.#before.get(file)?.findings ?? []
    return matchBaseline({ entries, today: () => undefined }, entries[0]?.path ?? '', shown)
  }

  functionsThen(file: string): KnownFunctions | undefined {
    return this.#before.get(file)?.functions
  }
}

export async function changedSince(
  workspace: Workspace,
  revision: string,
  terminal: Terminal,
): Promise<Changes> {
  const { cwd, locale } = terminal
  if (revision.startsWith('-')) throw new UsageError(WORDS[locale].revision(revision))
  const root = (await git(cwd, ['rev-parse', '--show-toplevel'], terminal)).toString().trim()
  await git(root, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], terminal, () =>
    WORDS[locale].revision(revision),
  )
  // From the common ancestor on: what others did on the branch since then is not ours.
  const base = (
    await git(root, ['merge-base', revision, 'HEAD'], terminal, () => WORDS[locale].revision(revision))
  )
    .toString()
    .trim()
  const listed = (
    await git(root, ['diff', '--no-ext-diff', '--no-textconv', '--name-status', '-z', '-M', base], terminal)
  ).toString()
  const untracked = (
    await git(root, ['ls-files', '-z', '--others', '--exclude-standard'], terminal)
  ).toString()

  const before = new Map<string, Before>()
  for (const { was, now } of renamed(listed))
    before.set(join(root, now), was ? await stateThen(workspace, root, base, was, now, terminal) : NOTHING)
  for (const path of untracked.split('\0').filter(Boolean)) before.set(join(root, path), NOTHING)
  return new Changes(before)
}

const NOTHING: Before = { findings: [], functions: new Set() }

async function stateThen(
  workspace: Workspace,
  root: string,
  base: string,
  was: string,
  now: string,
  terminal: Terminal,
): Promise<Before> {
  const language = languageOf(was)
  if (!language) return NOTHING
  const text = decode(await git(root, ['cat-file', 'blob', `${base}:${was}`], terminal))?.text
  if (text === undefined) return NOTHING
  const path = workspace.projects.pathOf(join(root, now))
  const { optIns, pack } = workspace.scanner.request(join(root, now)) ?? { optIns: [] }
  const engine = await workspace.scanner.engineFor({ language, path, optIns, ...(pack && { pack }) })
  const { findings, meanings } = analyseFile(engine, path, language, text)
  const grammar = grammarOf(language, path)
  const tree = grammar && engine.parser.parseOnce(text, grammar)
  return {
    findings: findings.map(({ rule }, i) => ({ rule, path, meaning: meanings[i]! })),
    functions: tree ? functionsIn(tree) : NOTHING.functions,
  }
}

/** Reads `git diff --name-status -z -M`: deleted files are left out. */
function* renamed(listed: string): Generator<{ readonly was?: string; readonly now: string }> {
  const fields = listed.split('\0')
  for (let i = 0; i + 1 < fields.length; ) {
    const status = fields[i++]!
    if (/^[RC]/.test(status)) yield { was: fields[i++]!, now: fields[i++]! }
    else {
      const now = fields[i++]!
      if (status === 'A') yield { now }
      else if (status !== 'D') yield { was: now, now }
    }
  }
}

async function git(
  cwd: string,
  args: readonly string[],
  { locale }: Terminal,
  sorry?: () => string,
): Promise<Buffer> {
  try {
    return await runGit(cwd, args)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(WORDS[locale].noGit)
    throw new UsageError(sorry?.() ?? WORDS[locale].noRepository(cwd))
  }
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly noGit: string
      readonly noRepository: (folder: string) => string
      readonly revision: (revision: string) => string
    }
  >
> = {
  en: {
    noGit: '--changed-since needs git, which is not installed',
    noRepository: folder => `--changed-since needs a git repository, and ${folder} is in none`,
    revision: revision => `git knows no revision "${revision}"`,
  },
  es: {
    noGit: '--changed-since necesita git, que no está instalado',
    noRepository: folder => `--changed-since necesita un repositorio de git y ${folder} no está en ninguno`,
    revision: revision => `git no conoce la revisión «${revision}»`,
  },
}
