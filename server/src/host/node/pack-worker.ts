// What runs in the thread of `pack-thread.ts`. Everything that crosses is plain data.

import type { Finding } from '@codeant/shared/finding.ts'
import {
  MOST_PLAYGROUND_TEXT,
  type PlaygroundParams,
  type PlaygroundResult,
} from '@codeant/shared/playground.ts'
import { analyseFile } from '../../features/analyse-file.ts'
import { type ProposedFix, proposeFixes } from '../../features/fixes.ts'
import { grammarOf } from '../../features/languages.ts'
import { refusedFindings, summaryOf } from '../../features/pack-rules.ts'
import { isPatternFile } from '../../features/rule-file-help.ts'
import { grammarFor, played, tooLong } from '../../features/rule-playground.ts'
import { refusalWords } from '../../patterns/refusal.ts'
import type { Refused } from '../../patterns/rule.ts'
import { sortFindings } from '../../rules/engine.ts'
import { RULES } from '../../rules/registry.generated.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { UtilityShelf } from './ast-grep-utilities.ts'
import { shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'
import { LoadedPacks } from './loaded-packs.ts'
import type { PackCheck, PackFixes, PackSummary } from './pack-thread.ts'
import { type PackOrigin, ruleFiles } from './packs.ts'
import { RuleReader, ruleShelf } from './rule-reader.ts'

const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
/** Of what is being written nothing is kept. */
const reader = new RuleReader(parser, undefined)
/** Those of our own run where the document is. */
const NO_RULES = new RuleSet([])
const packs = new LoadedPacks(parser, ruleShelf(process.env))

export async function summary(origin: PackOrigin): Promise<PackSummary> {
  const { pack, refused } = await packs.ready(origin)
  return {
    rules: pack.rules.map(summaryOf),
    refused: refused.map(({ file, id, refusal }) => ({
      ...{ file, id },
      why: { en: refusalWords(refusal, 'en'), es: refusalWords(refusal, 'es') },
    })),
  }
}

export async function check({
  pack: origin,
  file,
  path,
  language,
  text,
  maxFileTime,
}: PackCheck): Promise<readonly Finding[]> {
  const { pack } = await packs.ready(origin)
  const grammar = grammarOf(language, path)
  if (grammar) await parser.load(grammar)
  const until = performance.now() + maxFileTime
  const stop = () => performance.now() > until
  const engine = { parser, pack, rules: NO_RULES, patternsOnly: true }
  const { findings } = analyseFile(engine, path, language, text, stop)
  const refused = isPatternFile(path, text) ? await refusedIn(file, text) : []
  return sortFindings([...findings, ...refusedFindings(text, refused)])
}

/** Rules of a file, as it is being written, that are not run. */
async function refusedIn(file: string, text: string): Promise<readonly Refused[]> {
  const shelf = new UtilityShelf(parser, ruleFiles, [file])
  if (shelf.projects.isUtility(file)) return []
  return (await reader.read(text, await shelf.around(file)))?.refused ?? []
}

let rules: RuleSet | undefined

export async function fixes({
  pack: origin,
  path,
  language,
  text,
  optIns,
  wanted,
}: PackFixes): Promise<readonly ProposedFix[]> {
  const { pack } = await packs.ready(origin)
  const grammar = grammarOf(language, path)
  if (grammar) await parser.load(grammar)
  rules ??= RuleSet.standard(RULES)
  const engine = { parser, pack, rules: rules.with(optIns) }
  const isWanted = (it: Finding) =>
    wanted.some(({ rule, start, end }) => it.rule === rule && it.start === start && it.end === end)
  return proposeFixes(engine, { path, language, text }, isWanted)
}

export async function play(asked: PlaygroundParams): Promise<PlaygroundResult> {
  const { rules, code, path, locale } = asked
  if (Math.max(rules.length, code.length) > MOST_PLAYGROUND_TEXT) return tooLong(locale)
  const file = await reader.read(rules)
  const grammar = grammarFor(path)
  if (grammar) await parser.load(grammar)
  return played(parser, file, asked)
}
