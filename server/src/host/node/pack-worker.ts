// What runs in the thread of `pack-thread.ts`. Everything that crosses is plain data.

import type { Finding } from '@codeant/shared/finding.ts'
import { isCode } from '../../features/analyse-file.ts'
import { type ProposedFix, proposeFixes } from '../../features/fixes.ts'
import { grammarOf } from '../../features/languages.ts'
import { packFindings, packFindingsInText, refusedFindings, summaryOf } from '../../features/pack-rules.ts'
import { isPatternFile } from '../../features/rule-file-help.ts'
import { refusalWords } from '../../patterns/refusal.ts'
import { sortFindings } from '../../rules/engine.ts'
import { RULES } from '../../rules/registry.generated.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { analyse, FileReader, SourceFile } from '../../semantics/source-file.ts'
import { SyntaxParser, TooDeep } from '../../syntax/parser.ts'
import { shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'
import { LoadedPacks } from './loaded-packs.ts'
import type { PackCheck, PackFixes, PackSummary } from './pack-thread.ts'
import type { PackOrigin } from './packs.ts'
import { RuleReader, ruleShelf } from './rule-reader.ts'

const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
/** Of what is being written nothing is kept. */
const reader = new RuleReader(parser, undefined)
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
  path,
  language,
  text,
  maxFileTime,
}: PackCheck): Promise<readonly Finding[]> {
  const { pack } = await packs.ready(origin)
  const until = performance.now() + maxFileTime
  const stop = () => performance.now() > until
  const grammar = grammarOf(language, path)
  if (!grammar || !isCode(language)) {
    const refused = isPatternFile(path, text) ? ((await reader.read(text))?.refused ?? []) : []
    return sortFindings([
      ...packFindingsInText(pack, path, language, text, parser, stop),
      ...refusedFindings(text, refused),
    ])
  }
  await parser.load(grammar)
  try {
    const tree = parser.parseOnce(text, grammar, stop)
    if (!tree) return []
    const file = new SourceFile(path, language, analyse(tree), new FileReader(tree))
    return sortFindings(packFindings(pack, path, language, file, parser))
  } catch (error) {
    if (error instanceof TooDeep) return []
    throw error
  }
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
