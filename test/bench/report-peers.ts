// The tables in which tools are compared by what they find, in both languages.

import type { Locale } from '@codeant/shared/locale.ts'
import { CHECK_NAMES, type CheckName, COMPARED_TOOLS } from './comparable-checks.ts'
import type { ComparisonResult } from './compared-findings.ts'
import { numbers, shares } from './numbers.ts'
import type { PatternScanResult } from './pattern-scans.ts'
import type { Table } from './report.ts'
import type { Measured } from './result.ts'
import { CASE_LANGUAGES, type CaseLanguage, type Rates, type SecurityResult } from './security-recall.ts'

export function patternScanTable(results: readonly PatternScanResult[], locale: Locale): Table {
  const words = WORDS[locale]
  const show = numbers(locale)
  const [{ repository, files, lines } = { repository: '', files: 0, lines: 0 }] = results
  return {
    title: words.patternScans(repository, show(files), show(lines)),
    head: [
      words.rules,
      words.speaking,
      words.tool,
      words.firstTime,
      's',
      'CPU s',
      words.peakMemory,
      words.findings,
    ],
    rows: results.map(it => [
      show(it.rules),
      show(it.speaking),
      it.tool,
      show(it.firstSeconds, 1),
      show(it.seconds, 1),
      show(it.cpuSeconds, 1),
      show(it.peakMemory && it.peakMemory / 1e6),
      show(it.findings),
    ]),
  }
}

/** All suites of a language together, then suite by suite. */
export function securityTables(results: readonly SecurityResult[], locale: Locale): Table[] {
  const words = WORDS[locale]
  const show = numbers(locale)
  const share = shares(show)
  const rates = (it: Rates) => [
    `${show(it.found)} / ${show(it.vulnerable)}`,
    share(it.found, it.vulnerable),
    `${show(it.told)} / ${show(it.safe)}`,
    share(it.told, it.safe),
    youden(it.found, it.told, it),
    youden(it.foundByAny, it.toldByAny, it),
  ]
  const youden = (found: number, told: number, { vulnerable, safe }: Rates) =>
    vulnerable === 0 || safe === 0 ? '–' : show(found / vulnerable - told / safe, 2)
  const tools = [...new Set(results.map(it => it.tool))]
  const together = CASE_LANGUAGES.flatMap(language =>
    tools.flatMap(tool => {
      const own = results.filter(it => it.language === language && it.tool === tool)
      return own.length === 0 ? [] : [[words.languages[language], tool, ...rates(sum(own))]]
    }),
  )
  const bySuite = CASE_LANGUAGES.flatMap(language =>
    results
      .filter(it => it.language === language)
      .map(it => [it.suite, words.languages[language], it.tool, ...rates(it)]),
  )
  const figures = [words.found, words.foundRate, words.told, words.toldRate, 'Youden', words.anyYouden]
  return [
    { title: words.together, head: [words.language, words.tool, ...figures], rows: together },
    { title: words.bySuite, head: [words.suite, words.language, words.tool, ...figures], rows: bySuite },
  ]
}

export function comparisonTable({ counts, repositories }: ComparisonResult, locale: Locale): Table {
  const words = WORDS[locale]
  const show = numbers(locale)
  return {
    title: words.compared(repositories.join(', ')),
    head: [words.check, ...COMPARED_TOOLS, words.shared, words.onlyOurs, words.onlyPeers],
    rows: counts.map(it => [
      words.checks[it.check],
      ...COMPARED_TOOLS.map(tool => show(it.findings[tool])),
      show(it.shared),
      show(it.onlyOurs),
      show(it.onlyPeers),
    ]),
  }
}

/** What did not come to its end is missing from the table, and that is said. */
export function unfinishedSentence(
  { figures: { unfinished }, load }: Measured<ComparisonResult>,
  locale: Locale,
): string[] {
  if (unfinished.length === 0) return []
  const list = unfinished.map(it => `${it.tool} (${it.repository})`).join(', ')
  return [WORDS[locale].unfinished(list, numbers(locale)(load, 0))]
}

/** What a check is called in the reader's language. */
export function checkNames(locale: Locale): Readonly<Record<CheckName, string>> {
  return WORDS[locale].checks
}

function sum(results: readonly Rates[]): Rates {
  const of = (count: (it: Rates) => number) => results.reduce((total, it) => total + count(it), 0)
  return {
    vulnerable: of(it => it.vulnerable),
    found: of(it => it.found),
    safe: of(it => it.safe),
    told: of(it => it.told),
    foundByAny: of(it => it.foundByAny),
    toldByAny: of(it => it.toldByAny),
  }
}

interface Words {
  readonly patternScans: (repository: string, files: string, lines: string) => string
  readonly rules: string
  readonly speaking: string
  readonly firstTime: string
  readonly tool: string
  readonly peakMemory: string
  readonly findings: string
  readonly language: string
  readonly languages: Readonly<Record<CaseLanguage, string>>
  readonly suite: string
  readonly together: string
  readonly bySuite: string
  readonly found: string
  readonly foundRate: string
  readonly told: string
  readonly toldRate: string
  readonly anyYouden: string
  readonly compared: (repositories: string) => string
  readonly unfinished: (list: string, load: string) => string
  readonly check: string
  readonly checks: Readonly<Record<CheckName, string>>
  readonly shared: string
  readonly onlyOurs: string
  readonly onlyPeers: string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    patternScans: (repository, files, lines) => `${repository}: ${files} files, ${lines} lines of Python`,
    rules: 'Rules',
    speaking: 'Of something called',
    firstTime: 'First time, s',
    tool: 'Tool',
    peakMemory: 'Peak memory, MB',
    findings: 'Findings',
    language: 'Language',
    languages: { python: 'Python', web: 'JavaScript, TypeScript', rust: 'Rust' },
    suite: 'Programs',
    together: 'All programs together',
    bySuite: 'Program by program',
    found: 'Found',
    foundRate: 'True positive rate',
    told: 'Told though safe',
    toldRate: 'False positive rate',
    anyYouden: 'Youden, any finding',
    compared: repositories => `Findings in ${repositories}`,
    unfinished: (list, load) =>
      `Not in the table, since it had not finished after ten minutes, at a load average of ${load}: ${list}.`,
    check: 'Check',
    checks: Object.fromEntries(CHECK_NAMES.map(it => [it, it])) as Record<CheckName, string>,
    shared: 'CodeAnt and a peer',
    onlyOurs: 'only CodeAnt',
    onlyPeers: 'only peers',
  },
  es: {
    patternScans: (repository, files, lines) => `${repository}: ${files} archivos, ${lines} líneas de Python`,
    rules: 'Reglas',
    speaking: 'De algo que se llama',
    firstTime: 'Primera vez, s',
    tool: 'Herramienta',
    peakMemory: 'Memoria máxima, MB',
    findings: 'Hallazgos',
    language: 'Lenguaje',
    languages: { python: 'Python', web: 'JavaScript, TypeScript', rust: 'Rust' },
    suite: 'Programas',
    together: 'Todos los programas juntos',
    bySuite: 'Programa por programa',
    found: 'Encontrados',
    foundRate: 'Verdaderos positivos',
    told: 'Señalados sin peligro',
    toldRate: 'Falsos positivos',
    anyYouden: 'Youden, cualquier hallazgo',
    compared: repositories => `Hallazgos en ${repositories}`,
    unfinished: (list, load) =>
      `No está en la tabla, porque no había terminado a los diez minutos, con una carga media de ${load}: ${list}.`,
    check: 'Comprobación',
    checks: {
      'constant condition': 'condición constante',
      'the same on both sides': 'lo mismo en los dos lados',
      'self-assignment': 'asignación a sí misma',
      'duplicate key or member': 'clave o miembro repetido',
      'duplicate condition or branch': 'condición o rama repetida',
      'unused variable or import': 'variable o importación sin uso',
      'unreachable code': 'código inalcanzable',
      'swallowed error': 'error silenciado',
      'return in finally': '`return` en `finally`',
      'mistake in a regular expression': 'descuido en una expresión regular',
      'slow regular expression': 'expresión regular lenta',
      'missing await': 'falta un `await`',
      'loop variable captured': 'variable de bucle capturada',
      'mutable default': 'valor por defecto mutable',
      'callback without a return': 'callback que no devuelve nada',
      'thrown that is no error': 'lanzado sin ser un error',
    },
    shared: 'CodeAnt y otra',
    onlyOurs: 'solo CodeAnt',
    onlyPeers: 'solo otras',
  },
}
