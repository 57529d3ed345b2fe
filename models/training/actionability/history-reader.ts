// Old states of the files of one repository, read from its history and analysed as the product would.

import { DEFAULT_SETTINGS, type ProjectSettings } from '@codeant/shared/settings.ts'
import { analyseFile, type Engine, type FileResult } from '../../../server/src/features/analyse-file.ts'
import { reportFile } from '../../../server/src/features/report.ts'
import { DiskGrammars } from '../../../server/src/host/node/grammars.ts'
import { RULES } from '../../../server/src/rules/registry.generated.ts'
import { RuleSet } from '../../../server/src/rules/rule-set.ts'
import { type Grammar, LANGUAGES } from '../../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import { codeText, grammarOfPath, languageOfGrammar } from '../code-files.ts'
import { Blobs } from '../git.ts'
import type { State } from './label.ts'

const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../../dist/grammars/', import.meta.url)))
for (const grammar of LANGUAGES) await parser.load(grammar)
/** Formatters repair these by the thousand; who asks for them wants all of them. */
const SPACING = /whitespace|newline|line-endings/
const wanted = RULES.filter(it => !SPACING.test(it.id))
export const engine: Engine = { parser, rules: new RuleSet(wanted) }
/** Comments that end are as good as those that do not: what counts is that somebody wanted silence. */
const TODAY = '2017-05-31'
const EVERYTHING: ProjectSettings = {
  ...DEFAULT_SETTINGS,
  rules: Object.fromEntries(wanted.filter(it => it.enabled === false).map(it => [it.id, { enabled: true }])),
}
/** A finding is taken on the first day that it is there, and followed from day to day until it is gone, or to the end. */
export const DAYS = ['2017-05-31', '2019-05-31', '2021-05-31', '2023-05-31', 'now'] as const
export type Day = (typeof DAYS)[number]

/** The code of one day: which files there are, and those that were asked for. */
export interface Snapshot {
  readonly day: Day
  /** By path: the digest of what is in it. */
  readonly blobs: ReadonlyMap<string, string>
}

/** A file as it was on one day. */
export interface Version {
  readonly path: string
  readonly blob: string
  readonly text: string
  readonly grammar: Grammar
  readonly result: FileResult
}

/** Reads and analyses files of one repository, each state once. */
export class Reader {
  readonly #blobs: Blobs
  readonly #known = new Map<string, Version | undefined>()

  constructor(mirror: string) {
    this.#blobs = new Blobs(mirror)
  }

  /** Undefined when there is no such file on that day, or none that would be analysed. */
  async version({ blobs }: Snapshot, path: string): Promise<Version | undefined> {
    const blob = blobs.get(path)
    if (!blob) return undefined
    const key = `${path} ${blob}`
    if (!this.#known.has(key)) this.#known.set(key, await this.#read(path, blob))
    return this.#known.get(key)
  }

  close(): void {
    this.#blobs.close()
  }

  async #read(path: string, blob: string): Promise<Version | undefined> {
    const grammar = grammarOfPath(path)!
    const bytes = await this.#blobs.read(blob)
    const text = bytes && codeText(bytes, grammar)
    if (text === undefined) return undefined
    const result = analyseFile(engine, path, languageOfGrammar(grammar), text, deadline())
    return result.skipped ? undefined : { path, blob, text, grammar, result }
  }
}

/** A file that takes many times as long as the product would give it is left out; how busy this machine is shall not matter. */
function deadline(): () => boolean {
  const until = Date.now() + 20 * DEFAULT_SETTINGS.maxFileTime
  let asked = 0
  return () => (++asked & 255) === 0 && Date.now() > until
}

export function stateOf({ text, grammar, result }: Version): State {
  return { text, tree: parser.parseOnce(text, grammar)!, ...result }
}

/** The numbers of the findings that a reader sees who switched every rule on but those about spacing. */
export function shownOf({ path, result }: Version): number[] {
  if (result.findings.length === 0) return []
  const { shown } = reportFile(path, result, { rules: engine.rules, settings: EVERYTHING, today: TODAY })
  const visible = new Set(shown.map(it => it.finding))
  const numbers: number[] = []
  result.findings.forEach((it, index) => {
    if (visible.has(it)) numbers.push(index)
  })
  return numbers
}
