// What each tool says on real repositories where several look for the same: the same files for all, none with its settings.

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'
import {
  CHECK_NAMES,
  type CheckName,
  COMPARED_TOOLS,
  type ComparedTool,
  checkOf,
  rulesOf,
} from './comparable-checks.ts'
import { CORPORA, corpusIfAny } from './corpora.ts'
import type { BenchLanguage } from './keystroke-files.ts'
import {
  fromBiome,
  fromCodeant,
  fromEslint,
  fromOxlint,
  fromPylint,
  fromRuff,
  type ReadOutput,
} from './peer-output.ts'
import type { Peers } from './peers.ts'
import { MAIN } from './servers.ts'
import { copySources } from './source-tree.ts'

/** A place, and who tells the same of it. */
export interface ComparedPlace {
  readonly repository: string
  readonly path: string
  readonly line: number
  readonly check: CheckName
  readonly tools: readonly ComparedTool[]
  /** What the first of them says. */
  readonly message: string
}

export interface ComparisonResult {
  readonly repositories: readonly string[]
  readonly counts: readonly ComparedCount[]
  /** What had not come to its end in MOST_MS. */
  readonly unfinished: readonly { readonly tool: ComparedTool; readonly repository: string }[]
}

export interface ComparedCount {
  readonly check: CheckName
  /** Findings of each tool that has the check and ran. */
  readonly findings: { readonly [Tool in ComparedTool]?: number }
  readonly shared: number
  readonly onlyOurs: number
  readonly onlyPeers: number
}

interface ComparedCommand {
  readonly languages: readonly BenchLanguage[]
  readonly command: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly read: ReadOutput
  /** One run may answer for several. */
  readonly tools: readonly ComparedTool[]
}

const PYTHON = ['python'] as const
const WEB = ['typescript', 'javascript'] as const
const LANGUAGES: readonly BenchLanguage[] = [...PYTHON, ...WEB]

/** Where the places are written down, for `test/precision/compared.ts` to draw from. */
export const PLACES = '.cache/bench/compared-places.json'

/** A statement may begin on another line than the part of it that is wrong. */
const SAME_PLACE = 2

/** Nobody waits longer for a linter; on a quiet machine, most take seconds. */
const MOST_MS = 600_000

/** Of two that are the same, one tool names the first and another the second. */
const SAME_PAIR = 20

export function measureComparison(peers: Peers, only?: readonly string[]): ComparisonResult {
  const all = comparedPlaces(peers, only)
  const places = all.flatMap(it => it.places)
  const file = join(process.cwd(), PLACES)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(places))
  const tools = COMPARED_TOOLS.filter(it => it === 'codeant' || it === 'sonarjs' || peers.bin(it))
  return {
    repositories: all.map(it => it.repository),
    counts: counted(places, tools),
    unfinished: all.flatMap(({ repository, unfinished }) => unfinished.map(tool => ({ tool, repository }))),
  }
}

interface ComparedRepository {
  readonly repository: string
  readonly places: readonly ComparedPlace[]
  readonly unfinished: readonly ComparedTool[]
}

/** Of each repository that is here. */
export function comparedPlaces(peers: Peers, only?: readonly string[]): ComparedRepository[] {
  return Object.keys(CORPORA)
    .filter(it => !only || only.includes(it))
    .flatMap(repository => {
      const root = corpusIfAny(repository)
      return root ? [placesIn(peers, repository, root)] : []
    })
}

export function counted(places: readonly ComparedPlace[], tools: readonly ComparedTool[]): ComparedCount[] {
  return CHECK_NAMES.map(check => {
    const own = places.filter(it => it.check === check)
    const isOurs = (it: ComparedPlace) => it.tools.includes('codeant')
    return {
      check,
      findings: Object.fromEntries(
        tools
          .filter(tool => rulesOf(tool).some(rule => checkOf(tool, rule) === check))
          .map(tool => [tool, own.filter(it => it.tools.includes(tool)).length]),
      ),
      shared: own.filter(it => isOurs(it) && it.tools.length > 1).length,
      onlyOurs: own.filter(it => isOurs(it) && it.tools.length === 1).length,
      onlyPeers: own.filter(it => !isOurs(it)).length,
    }
  })
}

/** One place for all findings of the same check in the same few lines. */
export function merged(
  repository: string,
  found: readonly {
    readonly tool: ComparedTool
    readonly check: CheckName
    readonly path: string
    readonly line: number
    readonly message: string
  }[],
): ComparedPlace[] {
  const order = (it: ComparedTool) => COMPARED_TOOLS.indexOf(it)
  const sorted = [...found].sort((a, b) =>
    a.path !== b.path
      ? a.path < b.path
        ? -1
        : 1
      : a.check !== b.check
        ? a.check < b.check
          ? -1
          : 1
        : a.line - b.line || order(a.tool) - order(b.tool),
  )
  const places: {
    repository: string
    path: string
    line: number
    check: CheckName
    tools: ComparedTool[]
    message: string
  }[] = []
  for (const { tool, check, path, line, message } of sorted) {
    const same = places.findLast(
      it =>
        it.path === path &&
        it.check === check &&
        (line === it.line || (line - it.line <= reach(check) && !it.tools.includes(tool))),
    )
    if (!same) places.push({ repository, path, line, check, tools: [tool], message })
    else if (!same.tools.includes(tool)) {
      same.tools.push(tool)
      same.tools.sort((a, b) => order(a) - order(b))
    }
  }
  return places
}

function reach(check: CheckName): number {
  return check === 'duplicate key or member' ? SAME_PAIR : SAME_PLACE
}

function placesIn(peers: Peers, repository: string, root: string): ComparedRepository {
  const folder = temporaryFolder()
  try {
    const found: Parameters<typeof merged>[1][number][] = []
    const unfinished: ComparedTool[] = []
    for (const [name, languages] of [
      ['python', PYTHON],
      ['web', WEB],
    ] as const) {
      const project = join(folder.path, name)
      const scratch = join(folder.path, 'scratch')
      mkdirSync(scratch, { recursive: true })
      if (copySources(root, languages, project).files === 0) continue
      for (const { command, env, read, tools } of commands(peers, project, scratch).filter(it =>
        languages.some(language => it.languages.includes(language)),
      )) {
        console.error(`${repository}: ${tools.join(', ')}`)
        const [program, ...options] = command
        const { stdout, stderr, error } = spawnSync(program!, options, {
          timeout: MOST_MS,
          cwd: project,
          encoding: 'utf8',
          maxBuffer: 1 << 30,
          env: { ...process.env, ...env },
        })
        if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
          unfinished.push(...tools)
          continue
        }
        if (stdout === '' && /rror/.test(stderr)) throw new Error(`${tools}: ${stderr.slice(0, 2000)}`)
        for (const { path, line, rule, message } of read(stdout, project)) {
          const tool = rule.startsWith('sonarjs/') ? 'sonarjs' : tools[0]!
          const check = checkOf(tool, rule)
          if (check) found.push({ tool, check, path, line, message })
        }
      }
    }
    return { repository, places: merged(repository, found), unfinished }
  } finally {
    folder.remove()
  }
}

function commands({ bin, folder }: Peers, project: string, scratch: string): ComparedCommand[] {
  const analyze = [process.execPath, MAIN, 'analyze', '--format', 'json', '--show', 'hint', '--no-cache']
  const all: ComparedCommand[] = [
    {
      tools: ['codeant'],
      languages: LANGUAGES,
      command: [
        ...analyze,
        ...['--locale', 'en', '--fail-on', 'never', '--only', rulesOf('codeant').join(','), '.'],
      ],
      read: fromCodeant,
    },
  ]
  const eslint = bin('eslint')
  if (eslint)
    all.push({
      tools: ['eslint', 'sonarjs'],
      languages: WEB,
      command: [eslint, '--config', eslintConfig(folder, scratch), '--format', 'json', '.'],
      read: fromEslint,
    })
  const biome = bin('biome')
  if (biome)
    all.push({
      tools: ['biome'],
      languages: WEB,
      command: [
        ...[biome, 'lint', '--max-diagnostics=none', '--reporter=github'],
        ...['--config-path', biomeConfig(project), '.'],
      ],
      env: { XDG_CACHE_HOME: scratch },
      read: fromBiome,
    })
  const oxlint = bin('oxlint')
  if (oxlint)
    all.push({
      tools: ['oxlint'],
      languages: WEB,
      command: [oxlint, '--config', oxlintConfig(scratch), '--format', 'json', '.'],
      read: fromOxlint,
    })
  const ruff = bin('ruff')
  if (ruff)
    all.push({
      tools: ['ruff'],
      languages: PYTHON,
      command: [
        ...[ruff, 'check', '--isolated', '--no-cache', '--output-format', 'json'],
        ...['--select', rulesOf('ruff').join(','), '.'],
      ],
      read: fromRuff,
    })
  const pylint = bin('pylint')
  if (pylint)
    all.push({
      tools: ['pylint'],
      languages: PYTHON,
      command: [
        ...[pylint, '--rcfile=', '--persistent=n', '--recursive=y', '--jobs=1', '--output-format=json2'],
        ...['--disable=all', `--enable=${rulesOf('pylint').join(',')}`, '.'],
      ],
      read: fromPylint,
    })
  return all
}

/** Parameters and caught errors are left alone, as we leave them. */
const UNUSED = { args: 'none', caughtErrors: 'none' } as const

function eslintConfig(peers: string, scratch: string): string {
  const file = join(scratch, 'eslint.compared.config.mjs')
  const rules = Object.fromEntries([...rulesOf('eslint'), ...rulesOf('sonarjs')].map(it => [it, 'error']))
  const settings = { ...rules, '@typescript-eslint/no-unused-vars': ['error', UNUSED] }
  writeFileSync(
    file,
    `import { createRequire } from 'node:module'
const require = createRequire(${JSON.stringify(join(peers, 'package.json'))})
const typescript = require('typescript-eslint')
const sonarjs = require('eslint-plugin-sonarjs')
const regexp = require('eslint-plugin-regexp')
export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins: { sonarjs, regexp, '@typescript-eslint': typescript.plugin },
    languageOptions: { parser: typescript.parser },
    rules: ${JSON.stringify(settings)},
  },
]
`,
  )
  return file
}

/** In the project: Biome learns what is async from the files beside its settings. */
function biomeConfig(project: string): string {
  const file = join(project, 'biome.json')
  const rules: Record<string, Record<string, unknown>> = {}
  for (const name of rulesOf('biome')) {
    const [group, rule] = name.split('/') as [string, string]
    rules[group] ??= {}
    rules[group][rule] = 'error'
  }
  // A `forEach` that is given a value loses nothing by it.
  rules.suspicious!.useIterableCallbackReturn = { level: 'error', options: { checkForEach: false } }
  writeFileSync(file, JSON.stringify({ linter: { rules: { recommended: false, ...rules } } }))
  return file
}

function oxlintConfig(scratch: string): string {
  const file = join(scratch, 'oxlintrc.json')
  const rules = Object.fromEntries(rulesOf('oxlint').map(it => [it, 'error']))
  writeFileSync(
    file,
    JSON.stringify({
      categories: { correctness: 'off' },
      rules: { ...rules, 'no-unused-vars': ['error', UNUSED] },
    }),
  )
  return file
}
