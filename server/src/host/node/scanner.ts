// Scanning files of this computer: which ones, under which settings, in this thread or on the pool.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../../base/log.ts'
import type { Engine } from '../../features/analyse-file.ts'
import { COMPONENT } from '../../features/file-facts.ts'
import { grammarOf, languageOf } from '../../features/languages.ts'
import { optIns } from '../../features/report.ts'
import type { ScanAnswer, ScanContext, ScanRequest } from '../../features/scan/scan-file.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { advisoryState } from './advisory-index.ts'
import { DiskShelf } from './disk-shelf.ts'
import { installedRanker } from './finding-ranker.ts'
import { ANALYSIS, cacheFolder, digest, shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'
import { IndexPool } from './index-pool.ts'
import { LoadedPacks } from './loaded-packs.ts'
import type { LoadedPack, PackOrigin } from './packs.ts'
import { bothOf } from './project-rules.ts'
import type { Projects } from './projects.ts'
import { readAndRecall, readAndScan } from './read-and-scan.ts'
import { ruleShelf } from './rule-reader.ts'
import { walk } from './walk.ts'

/** Up to this many files are analysed before a pool of threads would have started. */
const FEW_FILES = 40

export interface ScannerOptions {
  readonly projects: Projects
  readonly rules: RuleSet
  readonly log: Log
  readonly env: NodeJS.ProcessEnv
  /** Whether results are remembered between runs. */
  readonly cache: boolean
  readonly threads?: number
  /** Rules that people brought, besides those that projects bring along. */
  readonly pack?: LoadedPack
  /** Nothing but rules in patterns is asked for. */
  readonly patternsOnly?: boolean
  /** Reads the rules of patterns, in another thread or in this one, so that findings of theirs can be told. Called once for each. */
  readonly know?: (pack: PackOrigin) => Promise<void>
  /** This thread has other things to do than to read rules in patterns. */
  readonly neverHere?: true
}

export class Scanner {
  readonly #options: ScannerOptions
  readonly #folder: string
  readonly #shelf: DiskShelf | undefined
  #parser: Promise<SyntaxParser> | undefined
  #pool: IndexPool | undefined
  #packs: LoadedPacks | undefined
  readonly #known = new Map<string, Promise<void>>()

  constructor(options: ScannerOptions) {
    this.#options = options
    const ranked = installedRanker(options.env)?.digest.slice(0, 8) ?? 'unranked'
    const advised = advisoryState(options.env)?.digest.slice(0, 8) ?? 'unadvised'
    this.#folder = join(cacheFolder(options.env), ANALYSIS && `${ANALYSIS}-${ranked}-${advised}`)
    // Run from source there is no telling which analysis made an entry, so nothing is remembered.
    this.#shelf =
      options.cache && ANALYSIS ? new DiskShelf(this.#folder, options.log, process.pid) : undefined
  }

  /** What files and folders come down to. A file that was named is wanted even where git ignores it. */
  *requests(places: readonly string[], unreadable: (place: string) => void): Generator<ScanRequest> {
    const { projects } = this.#options
    const seen = new Set<string>()
    for (const place of places) {
      const files = filesOf(place, projects, unreadable)
      for (const file of files) {
        if (seen.has(file)) continue
        seen.add(file)
        const request = this.request(file)
        if (request && !projects.isIgnored(file)) yield request
      }
    }
  }

  request(file: string): ScanRequest | undefined {
    const { projects } = this.#options
    const path = projects.pathOf(file)
    const language = languageOf(path)
    if (!language) return undefined
    const { settings } = projects.of(file)
    const { maxFileSize, maxFileTime } = settings
    const pack = bothOf(this.#options.pack?.origin, projects.patternsOf(file))
    return {
      ...{ file, path, language, maxFileSize, maxFileTime },
      optIns: optIns(this.#options.rules, settings),
      ...(pack && { pack }),
      // A sentence is a rule of our engine.
      ...(this.#options.patternsOnly && settings.sentences.length === 0 && { patternsOnly: true }),
    }
  }

  async *scan(requests: Iterable<ScanRequest>, signal?: AbortSignal): AsyncGenerator<ScanAnswer> {
    const iterator = requests[Symbol.iterator]()
    const few: ScanRequest[] = []
    let next = iterator.next()
    while (!next.done && few.length < FEW_FILES) {
      few.push(next.value)
      next = iterator.next()
    }
    if (!next.done || (this.#options.neverHere && few.some(it => it.pack))) {
      const all = next.done ? few : rejoin(few, next.value, iterator)
      const packs = new Map<string, PackOrigin>()
      const noted = function* () {
        for (const it of all) {
          if (it.pack) packs.set(it.pack.digest, it.pack)
          yield it
        }
      }
      for await (const answer of this.#poolOf().scan(noted(), signal)) {
        for (const it of packs.values()) await this.know(it)
        packs.clear()
        yield answer
      }
      return
    }
    const shelf = this.#shelf
    let context: ScanContext | undefined
    try {
      for (const request of few) {
        signal?.throwIfAborted()
        const known = shelf && readAndRecall({ shelf, digest }, request)
        if (request.pack) await this.know(request.pack)
        if (!known) context ??= { engine: await this.engine(few), digest, now: () => performance.now() }
        const answer = known ?? readAndScan(await this.#withPack(context!, request), request)
        if (answer.fresh) shelf?.set(answer.fresh.key, answer.fresh.value)
        yield answer
      }
    } finally {
      shelf?.flush()
      shelf?.forget()
    }
  }

  /** The engine of this thread, with every grammar that these files need. */
  async engine(
    requests: readonly { readonly language: ScanRequest['language']; readonly path: string }[],
  ): Promise<Engine> {
    this.#parser ??= SyntaxParser.start(new DiskGrammars(shipped('grammars')))
    const parser = await this.#parser
    for (const { language, path } of requests) {
      const grammar = COMPONENT.test(path) ? 'typescript' : grammarOf(language, path)
      if (grammar) await parser.load(grammar)
    }
    const { rules, env } = this.#options
    const ranker = installedRanker(env)?.ranker
    return { parser, rules, ...(ranker && { ranker }) }
  }

  /** The same for one file, with the rules that its project brings along. */
  async engineFor(request: Pick<ScanRequest, 'language' | 'path' | 'optIns' | 'pack'>): Promise<Engine> {
    const engine = await this.engine([request])
    const pack = request.pack && (await this.loaded(request.pack)).pack
    return { ...engine, rules: engine.rules.with(request.optIns), ...(pack && { pack }) }
  }

  /** Rules in patterns, read in this thread. */
  async loaded(pack: PackOrigin): Promise<LoadedPack> {
    const { parser } = await this.engine([])
    if (!this.#packs) {
      this.#packs = new LoadedPacks(parser, this.#shelf && ruleShelf(this.#options.env))
      if (this.#options.pack) this.#packs.adopt(this.#options.pack)
    }
    return this.#packs.ready(pack)
  }

  /** The same where they have been read already. */
  loadedAlready(pack: PackOrigin): LoadedPack | undefined {
    return this.#packs?.get(pack)
  }

  async #withPack(context: ScanContext, { pack }: ScanRequest): Promise<ScanContext> {
    if (!pack) return context
    const loaded = await this.loaded(pack)
    return { ...context, engine: { ...context.engine, pack: loaded.pack } }
  }

  /** Findings of a pack are told by its rules. */
  know(pack: PackOrigin): Promise<void> {
    let known = this.#known.get(pack.digest)
    if (!known) {
      known = this.#options.know?.(pack) ?? Promise.resolve()
      this.#known.set(pack.digest, known)
    }
    return known
  }

  get cacheFolder(): string {
    return this.#folder
  }
  get cacheSize(): number {
    return this.#shelf?.size ?? 0
  }

  async close(): Promise<void> {
    await this.#pool?.close()
    this.#pool = undefined
  }

  #poolOf(): IndexPool {
    const { log, threads } = this.#options
    this.#pool ??= new IndexPool({
      log,
      worker: new URL(
        import.meta.url.endsWith('.ts') ? './index-worker.ts' : './index-worker.mjs',
        import.meta.url,
      ),
      ...(threads && { threads }),
      ...(this.#shelf && { shelf: this.#shelf }),
    })
    return this.#pool
  }
}

function filesOf(place: string, projects: Projects, unreadable: (place: string) => void): Iterable<string> {
  try {
    if (!statSync(place).isDirectory()) return [place]
  } catch {
    unreadable(place)
    return []
  }
  projects.open(place)
  return walk(place, it => languageOf(it) !== undefined, unreadable)
}

function* rejoin(
  first: readonly ScanRequest[],
  next: ScanRequest,
  rest: Iterator<ScanRequest>,
): Generator<ScanRequest> {
  yield* first
  yield next
  for (let it = rest.next(); !it.done; it = rest.next()) yield it.value
}
