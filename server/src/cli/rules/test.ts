// `codeant rules test`: rules against the annotated files beside them, or against ast-grep's tests of them.

import { readdirSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { analyseFile } from '../../features/analyse-file.ts'
import { grammarOf, languageOf, patternLanguageOf } from '../../features/languages.ts'
import { isOwn } from '../../features/pack-rules.ts'
import { shipped } from '../../host/node/folders.ts'
import { DiskGrammars } from '../../host/node/grammars.ts'
import { loadPack, ruleFiles } from '../../host/node/packs.ts'
import { annotationsFor } from '../../patterns/annotations.ts'
import { Pack } from '../../patterns/pack.ts'
import { refusalWords } from '../../patterns/refusal.ts'
import type { PackRule } from '../../patterns/rule.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { UsageError } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { LineStarts } from '../line-starts.ts'
import { paint, type Terminal } from '../terminal.ts'
import { absolute, readText } from '../workspace.ts'
import { type TestProblem, TreeTests } from './tree-tests.ts'

/** Runs the rules of these places on the files named like theirs: `eval.yaml` on `eval.py`, `eval.test.js`. */
export async function testRules(places: readonly string[], terminal: Terminal): Promise<number> {
  const { out, cwd, locale } = terminal
  const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
  const count = { passed: 0, failed: 0, untested: 0, refused: 0 }
  const tell = (colour: 'red' | 'yellow', file: string, id: string, what: string) =>
    out.write(`${paint(out, colour, relative(cwd, file).split(sep).join('/'))} ${id}: ${what}\n`)
  const roots = places.map(it => absolute(terminal, it))
  const treeTests = new TreeTests(roots)
  const told = new Set<string>()
  for (const file of roots.flatMap(ruleFiles)) {
    const { pack, refused } = await loadPack(parser, [file])
    for (const it of refused) {
      // A utility that cannot be read is refused with every file of its project.
      const key = `${it.file}\0${it.id}`
      if (told.has(key)) continue
      told.add(key)
      tell('yellow', it.file, it.id, refusalWords(it.refusal, locale))
      count.refused++
    }
    for (const rule of pack.rules) {
      const problems =
        rule.search.what === 'tree'
          ? treeTests.problemsOf(parser, rule)?.map(it => WORDS[locale].code[it.what](it.file, it.code))
          : problemsOf(parser, rule, testsBeside(file), locale)
      if (!problems) count.untested++
      else if (problems.length === 0) count.passed++
      else {
        count.failed++
        tell('red', file, rule.id, problems.join(', '))
      }
    }
  }
  const all = count.passed + count.failed + count.untested + count.refused
  if (all === 0) throw new UsageError(WORDS[locale].none)
  out.write(`${WORDS[locale].sum(count.passed, count.failed, count.untested, count.refused)}\n`)
  return count.failed + count.refused > 0 ? EXIT.findings : EXIT.ok
}

/** Undefined where no comment of a test speaks of the rule. */
function problemsOf(
  parser: SyntaxParser,
  rule: PackRule,
  tests: readonly string[],
  locale: Locale,
): string[] | undefined {
  const engine = {
    parser,
    rules: new RuleSet([]),
    // A test lies where it lies: what the rule says of paths is no matter here.
    pack: new Pack([{ ...rule, paths: { include: [], exclude: [] } }]),
  }
  let problems: string[] | undefined
  for (const test of tests) {
    const text = readText(test)
    const asked = text === undefined ? undefined : annotationsFor(text, rule.id)
    if (text === undefined || !asked) continue
    const language = languageOf(test) ?? 'text'
    const its = patternLanguageOf(test) ?? (grammarOf(language, test) && language)
    if (!rule.languages.includes('text') && !(its && speaks(rule, its))) continue
    problems ??= []
    const starts = new LineStarts(() => text)
    const { findings } = analyseFile(engine, basename(test), language, text)
    const found = new Set(findings.filter(isOwn).map(it => starts.lineOf(test, it.start)))
    for (const line of asked.expected)
      if (!found.has(line)) problems.push(WORDS[locale].missed(basename(test), line))
    for (const line of found)
      if (!asked.expected.has(line) && !asked.ignored.has(line))
        problems.push(WORDS[locale].tooMuch(basename(test), line))
  }
  return problems
}

function speaks({ languages }: PackRule, language: string): boolean {
  return (languages as readonly string[]).includes(language)
}

function testsBeside(file: string): string[] {
  const stem = basename(file).replace(/\.ya?ml$/, '')
  return readdirSync(dirname(file))
    .filter(it => it.startsWith(`${stem}.`) && !/\.fixed\./.test(it) && !/(?<!\.test)\.ya?ml$/.test(it))
    .map(it => join(dirname(file), it))
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly missed: (file: string, line: number) => string
      readonly tooMuch: (file: string, line: number) => string
      /** Of a code in a file of ast-grep's tests. */
      readonly code: Readonly<Record<TestProblem['what'], (file: string, code: number) => string>>
      readonly none: string
      readonly sum: (passed: number, failed: number, untested: number, refused: number) => string
    }
  >
> = {
  en: {
    missed: (file, line) => `finds nothing at ${file}:${line}`,
    tooMuch: (file, line) => `finds something at ${file}:${line}`,
    code: {
      missed: (file, code) => `finds nothing in invalid code ${code} of ${file}`,
      'too-much': (file, code) => `finds something in valid code ${code} of ${file}`,
    },
    none: 'there are no rules in these places',
    sum: (passed, failed, untested, refused) =>
      `${passed} passed, ${failed} failed, ${untested} without a test, ${refused} not run`,
  },
  es: {
    missed: (file, line) => `no encuentra nada en ${file}:${line}`,
    tooMuch: (file, line) => `encuentra algo en ${file}:${line}`,
    code: {
      missed: (file, code) => `no encuentra nada en el código ${code} de invalid, en ${file}`,
      'too-much': (file, code) => `encuentra algo en el código ${code} de valid, en ${file}`,
    },
    none: 'no hay reglas en estos lugares',
    sum: (passed, failed, untested, refused) =>
      `${passed} correctas, ${failed} fallidas, ${untested} sin prueba, ${refused} no ejecutadas`,
  },
}
