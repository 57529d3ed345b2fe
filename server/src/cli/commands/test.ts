// `codeant test`: does this installation work, and how fast is it?

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { analyseFile } from '../../features/analyse-file.ts'
import { examplesOf } from '../../host/node/examples.ts'
import { type Example, isFixed } from '../../rules/example.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import knownAdvisory from '../../rules/security/known-advisory.ts'
import { LANGUAGES } from '../../syntax/language.ts'
import { type Command, EXIT } from '../command.ts'
import { paint, type Terminal } from '../terminal.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'

export const test: Command = {
  name: 'test',
  usage: { en: '', es: '' },
  summary: { en: 'Check that the installation works', es: 'Comprueba que la instalación funciona' },
  options: {
    basic: {
      type: 'boolean',
      help: {
        en: 'grammars load and a file is analysed (default)',
        es: 'las gramáticas cargan y se analiza un archivo (por defecto)',
      },
    },
    comprehensive: {
      type: 'boolean',
      help: {
        en: 'also: every rule finds its own examples',
        es: 'además: cada regla encuentra sus propios ejemplos',
      },
    },
    performance: {
      type: 'boolean',
      help: {
        en: 'also: how fast this computer analyses',
        es: 'además: con qué rapidez analiza este equipo',
      },
    },
  },

  async run(given, terminal) {
    const workspace = openWorkspace(terminal, { cache: true })
    const report = new Report(terminal)
    await basic(workspace, report, terminal.locale)
    if (given.flag('comprehensive')) await comprehensive(workspace, report, terminal.locale)
    if (given.flag('performance')) await performanceCheck(workspace, report, terminal.locale)
    await workspace.scanner.close()
    return report.finish()
  },
}

class Report {
  readonly #terminal: Terminal
  #passed = 0
  #failed = 0
  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }
  add(ok: boolean, what: string): void {
    const { out } = this.#terminal
    if (ok) this.#passed++
    else this.#failed++
    out.write(`${ok ? paint(out, 'green', '✔') : paint(out, 'red', '✘')} ${what}\n`)
  }
  finish(): number {
    const { out, locale } = this.#terminal
    out.write(`\n${WORDS[locale].total(this.#passed, this.#failed)}\n`)
    return this.#failed > 0 ? EXIT.failure : EXIT.ok
  }
}

const ALL = LANGUAGES.map(grammar => ({
  language: grammar === 'tsx' ? ('typescript' as const) : grammar,
  path: `a.${grammar === 'tsx' ? 'tsx' : 'x'}`,
}))

async function basic({ scanner }: Workspace, report: Report, locale: Locale): Promise<void> {
  const say = WORDS[locale]
  const engine = await scanner.engine(ALL)
  for (const grammar of LANGUAGES) report.add(!engine.parser.distrusted.has(grammar), say.grammar(grammar))
  const { findings } = analyseFile(engine, 'a.py', 'python', 'width = width\n')
  report.add(
    findings.some(it => it.rule === 'correctness/self-assignment'),
    say.finds,
  )
  const folder = mkdtempSync(join(tmpdir(), 'codeant-test-'))
  try {
    const file = join(folder, 'a.py')
    writeFileSync(file, 'width = width\n')
    let seen = 0
    for await (const answer of scanner.scan(scanner.requests([folder], () => undefined)))
      seen += answer.result.findings.length
    report.add(seen > 0, say.scans)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function comprehensive({ scanner, rules }: Workspace, report: Report, locale: Locale): Promise<void> {
  const { parser } = await scanner.engine(ALL)
  const wrong: string[] = []
  let examples = 0
  // What holes are known is told by an archive, which need not be here.
  const alone = rules.rules.filter(it => it.id !== knownAdvisory.id && Object.keys(it.check).length > 0)
  for (const rule of alone) {
    const engine = { parser, rules: new RuleSet([rule]) }
    const found = (it: Example) =>
      analyseFile(engine, it.path ?? `src/a.${it.jsx ? 'tsx' : 'x'}`, it.language, it.text).findings.filter(
        finding => finding.measure === undefined || finding.measure > rule.limit!.default,
      ).length
    const { invalid, valid } = examplesOf(rule)
    for (const it of invalid) {
      examples++
      const example = isFixed(it) ? it.before : it
      if (found(example) !== example.marks.length) wrong.push(rule.id)
    }
    for (const it of valid) {
      examples++
      if (found(it) > 0) wrong.push(rule.id)
    }
  }
  report.add(wrong.length === 0, WORDS[locale].examples(alone.length, examples, [...new Set(wrong)]))
}

/** Lines of the sample that is analysed again and again; enough for the compilers to warm up. */
const SAMPLE_LINES = 4000

async function performanceCheck({ scanner }: Workspace, report: Report, locale: Locale): Promise<void> {
  const engine = await scanner.engine(ALL)
  const text = sample(SAMPLE_LINES)
  const lines = text.split('\n').length
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 12; i++) {
    const began = performance.now()
    analyseFile(engine, 'a.py', 'python', text)
    best = Math.min(best, performance.now() - began)
  }
  const rate = Math.round((lines / best) * 1000)
  report.add(rate > 10_000, WORDS[locale].rate(rate))
}

function sample(lines: number): string {
  const part = [
    'def area(shape, scale=1.0):',
    '    """The area of a shape."""',
    "    if shape.kind == 'circle':",
    '        return 3.14159 * shape.radius ** 2 * scale',
    '    total = 0',
    '    for part in shape.parts:',
    '        total += area(part, scale)',
    '    return total if total > 0 else None',
    '',
  ]
  return Array.from({ length: Math.ceil(lines / part.length) }, (_, i) =>
    part.join('\n').replaceAll('area', `area_${i}`),
  ).join('\n')
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly grammar: (name: string) => string
      readonly finds: string
      readonly scans: string
      readonly examples: (rules: number, examples: number, wrong: readonly string[]) => string
      readonly rate: (lines: number) => string
      readonly total: (passed: number, failed: number) => string
    }
  >
> = {
  en: {
    grammar: name => `the ${name} grammar loads and is read the fast way`,
    finds: 'a problem is found',
    scans: 'a folder is scanned',
    examples: (rules, examples, wrong) =>
      `${rules} rules agree with their ${examples} examples${wrong.length > 0 ? `, except ${wrong.join(', ')}` : ''}`,
    rate: lines => `${lines.toLocaleString('en')} lines of Python a second on one thread`,
    total: (passed, failed) => `${passed} passed, ${failed} failed`,
  },
  es: {
    grammar: name => `la gramática de ${name} carga y se lee por la vía rápida`,
    finds: 'se encuentra un problema',
    scans: 'se recorre una carpeta',
    examples: (rules, examples, wrong) =>
      `${rules} reglas coinciden con sus ${examples} ejemplos${wrong.length > 0 ? `, salvo ${wrong.join(', ')}` : ''}`,
    rate: lines => `${lines.toLocaleString('es')} líneas de Python por segundo en un hilo`,
    total: (passed, failed) => `${passed} correctas, ${failed} fallidas`,
  },
}
