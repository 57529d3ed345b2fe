// The benchmark that we publish from: `npm run bench -- --help`.

import { parseArgs } from 'node:util'
import { measureComparison } from './compared-findings.ts'
import { measureGraph } from './graph.ts'
import { measureIdle } from './idle.ts'
import { type KeystrokeResult, measureKeystrokes } from './keystroke.ts'
import { BENCH_LANGUAGES, type BenchLanguage, SIZES, type Size } from './keystroke-files.ts'
import { measureLearned } from './learned.ts'
import { load, machine, versions } from './machine.ts'
import { measureModels, printedModels } from './models.ts'
import { writePage } from './page.ts'
import { measurePatternScans } from './pattern-scans.ts'
import { measurePatterns } from './patterns.ts'
import { peers } from './peers.ts'
import { machineTables, partTables, printed } from './report.ts'
import { measureRepositories } from './repositories.ts'
import { keepResult, PARTS, type PartName, type Parts, type Result, readResult } from './result.ts'
import { measureScans } from './scans.ts'
import { measureSecurity } from './security-recall.ts'
import { MAIN, servers } from './servers.ts'
import { measureTorture } from './torture.ts'

const HELP = `npm run bench -- [part…] [option…]

Parts, all of them without any:
  keystrokes     from a key to published diagnostics, beside the servers of other tools
  scans          whole projects from the command line, beside other tools
  pattern-scans  the same rules on the same repository, by us and by ast-grep, for more and more of them
  idle           what the server costs at rest in a workspace of 2,000 files
  graph          what files of several languages tell each other, in workspaces of 1,000 and 10,000 files
  torture        what the worst files do to everything else
  repositories   every repository of corpora.json as it is: no crash, nothing skipped without a reason
  security       what security rules find in public vulnerable programs, and where they speak of safe ones, beside other tools
  comparison     what each tool tells on the repositories where several look for the same
                 (what only one of them tells is judged by reading: test/precision/compared.ts)

By itself, and on no page:
  learned        how long the bug finder takes for a file that is opened, and for a function that is edited
  patterns       the same keystrokes with and without rules in patterns, --rules of them from the folders of --places
  models         what each model costs: cold start, memory, and the middle of its answers by length in tokens

Options:
  --rounds N         rounds of six edits for each file (keystrokes; default 40)
  --runs N           runs of each scan, of which the median counts (default 3)
  --languages LIST   of ${BENCH_LANGUAGES.join(',')}
  --sizes LIST       of ${SIZES.join(',')} lines (keystrokes)
  --servers LIST     of codeant,oxlint,biome,ruff,eslint,ast-grep (keystrokes, scans)
  --only LIST        of the repositories (scans, pattern-scans, repositories, security, comparison)
  --places LIST      folders of rules (patterns)
  --rules N          how many of their rules run (patterns; default 3000)
  --folder DIR       holds the models (models; default models/); CODEANT_ONNXRUNTIME names a native engine to compare with
  --quick            little of everything, to see that it works; nothing to publish
  --out FILE         where the figures are written (default .cache/bench/results.json); parts measured earlier stay
  --markdown LIST    of en,es: measures nothing, writes docs/<language>/benchmarks.md from the figures
  --help

CODEANT_CORPORA names a folder that holds the repositories, CODEANT_PEERS one in which the other tools are installed;
what is not there is fetched, with npm, pip and git, into .cache/. What cannot be had is left out.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    runs: { type: 'string' },
    languages: { type: 'string' },
    sizes: { type: 'string' },
    servers: { type: 'string' },
    only: { type: 'string' },
    places: { type: 'string' },
    rules: { type: 'string', default: '3000' },
    quick: { type: 'boolean', default: false },
    folder: { type: 'string', default: 'models' },
    out: { type: 'string', default: '.cache/bench/results.json' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(HELP)
else if (positionals.includes('models')) measureTheModels()
else if (positionals.includes('learned')) console.log(await measureLearned())
else if (positionals.includes('patterns')) console.log(await patterns())
else if (values.markdown) for (const locale of chosen(values.markdown, ['en', 'es'])) write(locale)
else await measure(positionals.length > 0 ? chosen(positionals.join(','), PARTS) : PARTS)

function write(locale: 'en' | 'es'): void {
  const result = readResult(values.out) ?? { machine: machine(), versions: {}, parts: {} }
  console.error(`wrote ${writePage(result, locale)}`)
}

function patterns(): Promise<string> {
  return measurePatterns(MAIN, {
    places: (values.places ?? '').split(','),
    rules: Number(values.rules),
    rounds: Number(values.rounds ?? (values.quick ? 3 : 20)),
    languages: chosen(values.languages, BENCH_LANGUAGES),
    sizes: SIZES.filter(it => (values.sizes ?? '5000').split(',').includes(String(it))),
  })
}

function measureTheModels(): void {
  const runs = Number(values.runs ?? (values.quick ? 5 : 40))
  const only = values.only?.split(',')
  const { cpu, cores, memoryGb, system } = machine()
  console.log(`${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${process.versions.node}\n`)
  console.log(printedModels(measureModels(values.folder, runs, only)))
}

async function measure(wanted: readonly PartName[]): Promise<void> {
  const { quick } = values
  const here = peers()
  const base = { machine: machine(), versions: versions(here) }
  console.log(printed(machineTables(base, load(), 'en')))
  const rounds = Number(values.rounds ?? (quick ? 3 : 40))
  const runs = Number(values.runs ?? (quick ? 1 : 3))
  const languages = chosen(values.languages, BENCH_LANGUAGES)
  const sizes: readonly Size[] = values.sizes
    ? SIZES.filter(it => values.sizes!.split(',').includes(String(it)))
    : quick
      ? [5000]
      : SIZES
  const names = values.servers?.split(',')
  const only = values.only?.split(',')

  const measures: { readonly [Name in PartName]: () => Promise<Parts[Name]> } = {
    keystrokes: () => keystrokes(languages, sizes),
    scans: () =>
      measureScans(here, {
        runs,
        languages,
        ...(names && { tools: names }),
        ...((only || quick) && { repositories: only ?? ['typeorm'] }),
      }),
    'pattern-scans': () =>
      measurePatternScans(MAIN, here, {
        repository: only?.[0] ?? 'sympy',
        counts: quick ? [10, 100] : [10, 100, 300, 1000, 10_000, 30_000],
        mostForPeer: 1000,
      }),
    async idle() {
      const seconds = quick ? 5 : 30
      const results = [
        await measureIdle(MAIN, 'open', seconds),
        await measureIdle(MAIN, 'workspace', seconds),
      ]
      return results.filter(it => it !== undefined)
    },
    graph: () => measureGraph(MAIN, quick ? [200] : [1000, 10_000], quick ? 2 : 10),
    torture: () => measureTorture(MAIN, quick ? 2 : 10),
    repositories: () => measureRepositories(MAIN, only ?? (quick ? ['juice-shop', 'redash'] : undefined)),
    security: async () => measureSecurity(here, only ?? (quick ? ['NodeGoat', 'dvpwa'] : undefined)),
    comparison: async () => measureComparison(here, only ?? (quick ? ['redash'] : undefined)),
  }
  for (const name of wanted) {
    const began = { on: new Date().toISOString().slice(0, 10), load: load(), quick }
    console.error(`${name} …`)
    const result: Result = { ...base, parts: { [name]: { ...began, figures: await measures[name]() } } }
    keepResult(values.out, result)
    console.log(`\n${printed(partTables(result, name, 'en'))}`)
  }
  console.error(`\nthe figures are in ${values.out}`)

  async function keystrokes(languages: readonly BenchLanguage[], sizes: readonly Size[]) {
    const taking = servers(here).filter(it => !names || names.includes(it.name))
    const results: KeystrokeResult[] = []
    for (const size of sizes) {
      for (const language of languages) {
        console.error(`${language}, ${size} lines`)
        results.push(
          ...(await measureKeystrokes(taking, language, size, rounds, ...(quick ? ([2] as const) : []))),
        )
      }
    }
    return results
  }
}

function chosen<T extends string>(list: string | undefined, from: readonly T[]): readonly T[] {
  if (list === undefined) return from
  const names = list.split(',')
  const unknown = names.filter(it => !(from as readonly string[]).includes(it))
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there is ${from.join(', ')}`)
  return from.filter(it => names.includes(it))
}
