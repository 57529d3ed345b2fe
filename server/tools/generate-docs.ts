// The pages about rules and concepts, in both languages, from the rules themselves: what they say of their own first example.

import { LOCALES, type Locale } from '@codeant/shared/locale.ts'
import { expectation } from '../src/features/impact.ts'
import { DiskGrammars } from '../src/host/node/grammars.ts'
import type { Concept } from '../src/rules/concepts.ts'
import { type Example, isFixed } from '../src/rules/example.ts'
import { type AnyRule, checksOf, type Words } from '../src/rules/rule.ts'
import { RuleSet } from '../src/rules/rule-set.ts'
import { LANGUAGES } from '../src/syntax/language.ts'
import { SyntaxParser } from '../src/syntax/parser.ts'
import { findingsInExample, pathOfExample } from './example-workspace.ts'
import { conceptPages } from './generate-concepts.ts'
import { exampleData, hasPassed, measured } from './learned-pages.ts'
import { precisionOf } from './rule-precision.ts'

/** Path from the root → page: for every rule, every concept, and the lists of them. Needs the grammars of a build. */
export async function referencePages(
  rules: readonly AnyRule[],
  concepts: readonly Concept[],
  grammars: URL,
): Promise<Map<string, string>> {
  const parser = await SyntaxParser.start(new DiskGrammars(grammars))
  for (const grammar of LANGUAGES) await parser.load(grammar)
  const pages = conceptPages(concepts, rules, (rule, locale) => firstWords(rule, parser, locale))
  for (const locale of LOCALES) {
    for (const rule of rules)
      pages.set(`docs/${locale}/rules/${rule.id}.md`, page(rule, concepts, parser, locale))
    pages.set(`docs/${locale}/rules/README.md`, index(rules, concepts, parser, locale))
  }
  return pages
}

function page(rule: AnyRule, concepts: readonly Concept[], parser: SyntaxParser, locale: Locale): string {
  const say = TEXT[locale]
  const words = firstWords(rule, parser, locale)
  const { likelihood, hours, expectedHours } = expectation(rule.impact)
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const invalid = rule.examples.invalid
    .filter(it => (isFixed(it) ? it.before : it).text !== '')
    .slice(0, 6)
    .map(it => {
      const [before, after] = isFixed(it) ? [it.before, it.after] : [it, undefined]
      // An example may say that there is nothing to be repaired without a person.
      const repaired =
        after && isOther(before, after)
          ? `\n${say.becomes}\n\n${workspaceBlocks(after, file => file.text || say.nothing)}`
          : ''
      return `${workspaceBlocks(before, underlined)}${repaired}`
    })
  const valid = rule.examples.valid
    .filter(() => invalid.length > 0)
    .slice(0, 6)
    .map(it => workspaceBlocks(it, example => example.text))
  const concept = concepts.find(it => it.id === rule.concept)?.[locale]
  const cwe = (rule.cwe ?? []).map(
    (it: number) => `[CWE-${it}](https://cwe.mitre.org/data/definitions/${it}.html)`,
  )
  const facts = [
    `${say.severity}: ${rule.severity}${isOff(rule) ? `, ${say.off}` : ''}`,
    `${say.languages}: ${rule.languages.join(', ')}`,
    ...(fixable(rule) ? [say.fixes] : []),
    ...(cwe.length > 0 ? [cwe.join(', ')] : []),
    ...(rule.limit ? [`${say.limit}: ${rule.limit.default} (${say.floor} ${rule.limit.floor})`] : []),
  ]
  return (
    [
      GENERATED,
      `# ${rule.id}`,
      facts.join(' · '),
      `> ${words.message}`,
      words.why,
      `**${say.remedy}** ${words.remedy}`,
      ...(concept ? [`**${say.idea}** [${concept.title}](../../concepts/${rule.concept}.md)`] : []),
      ...(rule.learned || rule.id.startsWith('suppressions/') ? [] : [precisionOf(rule.id, locale)]),
      `## ${say.found}`,
      ...invalid,
      `## ${say.notFound}`,
      ...valid,
      ...(rule.learned ? [measured(rule, locale)] : []),
      ...(rule.entries ? [`## ${say.entries(rule.entries.length)}`, entriesTable(rule, locale)] : []),
      `## ${say.cost}`,
      `${say.formula}: ${number.format(likelihood * 100)} % × ${number.format(hours)} h = **${number.format(expectedHours)} h**`,
      `## ${say.settings}`,
      block(
        'toml',
        `[rules]\n"${rule.id}" = "${isOff(rule) ? rule.severity : 'off'}"${rule.limit ? `\n# "${rule.id}" = { severity = "warning", limit = ${rule.limit.default} }` : ''}`,
      ),
      ...(rule.id.startsWith('suppressions/')
        ? []
        : [
            say.suppress,
            block('python', `# codeant-ignore ${rule.id}: ${say.reason} (@ana, until 2027-01-31)`),
          ]),
      '',
    ]
      .join('\n\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd() + '\n'
  )
}

/** Every line of a rule that is a table. */
function entriesTable(rule: AnyRule, locale: Locale): string {
  const rows = [...rule.entries!].sort().map(entry => {
    const { message, remedy } = rule.explain[locale]({ entry })
    const family = entry.slice(0, entry.indexOf('/'))
    return `| ${family} | ${message.replaceAll('|', '\\|')} | ${remedy.replaceAll('|', '\\|')} |`
  })
  const [language, says, remedy] = TEXT[locale].entryColumns
  return [`| ${language} | ${says} | ${remedy} |`, '|---|---|---|', ...rows].join('\n')
}

function index(
  rules: readonly AnyRule[],
  concepts: readonly Concept[],
  parser: SyntaxParser,
  locale: Locale,
): string {
  const say = TEXT[locale]
  const categories = [...new Set(rules.map(it => it.id.slice(0, it.id.indexOf('/'))))]
  const short = (language: string) =>
    ({ python: 'py', typescript: 'ts', javascript: 'js', rust: 'rs' })[language] ?? language
  const sections = categories.map(category => {
    const rows = rules
      .filter(it => it.id.startsWith(`${category}/`))
      .map(it => {
        const { message } = firstWords(it, parser, locale)
        const name = it.id.slice(category.length + 1)
        return `| [${name}](${it.id}.md) | ${message.replaceAll('|', '\\|')} | ${it.languages.map(short).join(' ')} | ${it.severity}${isOff(it) ? ` (${say.off})` : ''} | ${fixable(it) ? '✓' : ''} |`
      })
    return `## ${say.categories[category] ?? category}\n\n| ${say.columns.join(' | ')} |\n|---|---|---|---|---|\n${rows.join('\n')}`
  })
  const count = say.count(
    rules.length,
    checksOf(rules),
    rules.filter(it => it.languages.length >= 3).length,
    rules.filter(fixable).length,
    concepts.length,
  )
  return `${[GENERATED, `# ${say.title}`, count, ...sections].join('\n\n')}\n`
}

function isOther(before: Example, after: Example): boolean {
  return (
    before.text !== after.text || (before.others ?? []).some((it, i) => it.text !== after.others?.[i]?.text)
  )
}

/** An example, and before it the files beside it, each under its path. */
function workspaceBlocks(example: Example, show: (file: Example) => string): string {
  const files = [...(example.others ?? []), example]
  if (files.length === 1) return block(example.language, show(example))
  return files.map(it => `\`${pathOfExample(it)}\`\n\n${block(it.language, show(it))}`).join('\n\n')
}

/** What the rule says of its own first example. */
function firstWords(rule: AnyRule, parser: SyntaxParser, locale: Locale): Words {
  for (const it of rule.examples.invalid) {
    const example = isFixed(it) ? it.before : it
    const findings = findingsInExample({ parser, rules: new RuleSet([rule]) }, example).flatMap(
      found => found.findings,
    )
    const [first] = findings
    if (first) return rule.explain[locale](first.data)
  }
  if (rule.learned) return rule.explain[locale](exampleData(rule))
  // Rules that look at more than code: their words get the data of an example.
  return rule.explain[locale]({
    rules: 'correctness/self-assignment',
    until: '2026-01-31',
    owner: '@ana',
    kilobytes: 1200,
    ...{ name: 'left-shop', version: '1.2.0', fixed: '1.2.4', ids: ['CVE-2024-0001'], summary: '' },
  })
}

/** A rule that a model speaks for is off until it has passed in some language. */
function isOff(rule: AnyRule): boolean {
  return rule.learned ? !hasPassed(rule) : rule.enabled === false
}

function fixable(rule: AnyRule): boolean {
  return rule.examples.invalid.some(isFixed)
}

const FENCES: Readonly<Record<string, string>> = {
  python: 'py',
  typescript: 'ts',
  javascript: 'js',
  rust: 'rs',
  text: 'txt',
}

function block(language: string, text: string): string {
  const fence = text.includes('```') ? '````' : '```'
  return `${fence}${FENCES[language] ?? language}\n${shortened(text.replace(/\n+$/, ''))}\n${fence}`
}

/** Lines of an example that a page shows; measures need long ones, of which the first lines tell enough. */
const MOST_LINES = 40

function shortened(text: string): string {
  const lines = text.split('\n')
  return lines.length <= MOST_LINES ? text : [...lines.slice(0, MOST_LINES - 4), '…'].join('\n')
}

/** The example with a line of `^` below each marked one. */
function underlined({ text, marks }: Example): string {
  let offset = 0
  const lines = text
    .replace(/\n+$/, '')
    .split('\n')
    .flatMap(line => {
      const start = offset
      offset += line.length + 1
      const sign = [...line].map((_, i) =>
        marks.some(it => start + i >= it.start && start + i < Math.max(it.end, it.start + 1)) &&
        line.slice(0, i + 1).trim() !== ''
          ? '^'
          : ' ',
      )
      const under = sign.join('').trimEnd()
      return under ? [line, under] : [line]
    })
  return lines.join('\n')
}

const GENERATED = '<!-- Generated by `npm run generate` from the rules. Do not edit. -->'

const TEXT = {
  en: {
    title: 'The rules',
    severity: 'Severity',
    off: 'off by default',
    languages: 'Languages',
    fixes: 'Can repair it',
    limit: 'Limit',
    floor: 'at least',
    remedy: 'What to do.',
    idea: 'The idea behind it.',
    found: 'Found',
    becomes: 'becomes',
    nothing: '(nothing)',
    notFound: 'Not found',
    cost: 'What it costs',
    formula: 'Likelihood × cost of one incident',
    settings: 'Settings',
    suppress: 'In one place, with a reason, and if you like an owner and a last day:',
    reason: 'why it is right here',
    columns: ['Rule', 'Says', 'Languages', 'Severity', 'Repairs'],
    categories: {
      correctness: 'Correctness',
      security: 'Security',
      infrastructure: 'Infrastructure',
      performance: 'Performance',
      design: 'Design',
      style: 'Hygiene',
      contracts: 'Contracts',
      learned: 'Found by a model',
      suppressions: 'Suppressions',
    } as Record<string, string>,
    entries: (count: number) => `All ${count} that it knows`,
    entryColumns: ['Language', 'Says', 'What to do'],
    count: (all: number, checks: number, many: number, fix: number, concepts: number) =>
      `${all} rules with ${checks} checks (a rule that is a table counts one for each line, every one with its own examples), ${many} of them for three languages or more, ${fix} with verified fixes; [${concepts} concept pages](../concepts/README.md).`,
  },
  es: {
    title: 'Las reglas',
    severity: 'Gravedad',
    off: 'desactivada por defecto',
    languages: 'Lenguajes',
    fixes: 'Sabe corregirlo',
    limit: 'Límite',
    floor: 'como mínimo',
    remedy: 'Qué hacer.',
    idea: 'La idea que hay detrás.',
    found: 'Lo encuentra',
    becomes: 'se convierte en',
    nothing: '(nada)',
    notFound: 'No lo señala',
    cost: 'Lo que cuesta',
    formula: 'Probabilidad × coste de un incidente',
    settings: 'Ajustes',
    suppress: 'En un solo sitio, con un motivo y, si quieres, un responsable y un último día:',
    reason: 'por qué aquí es correcto',
    columns: ['Regla', 'Dice', 'Lenguajes', 'Gravedad', 'Corrige'],
    categories: {
      correctness: 'Corrección',
      security: 'Seguridad',
      infrastructure: 'Infraestructura',
      performance: 'Rendimiento',
      design: 'Diseño',
      style: 'Higiene',
      contracts: 'Contratos',
      learned: 'Lo que encuentra un modelo',
      suppressions: 'Supresiones',
    } as Record<string, string>,
    entries: (count: number) => `Los ${count} casos que conoce`,
    entryColumns: ['Lenguaje', 'Dice', 'Qué hacer'],
    count: (all: number, checks: number, many: number, fix: number, concepts: number) =>
      `${all} reglas con ${checks} comprobaciones (una regla que es una tabla cuenta una por línea, cada una con sus propios ejemplos), ${many} de ellas para tres lenguajes o más, ${fix} con correcciones verificadas; [${concepts} páginas de conceptos](../concepts/README.md).`,
  },
} as const
