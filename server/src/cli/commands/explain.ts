// `codeant explain`: a rule, or what a line has to do with other files, for whoever asks.

import { existsSync } from 'node:fs'
import { AUDIENCES, type Audience, type Locale } from '@codeant/shared/locale.ts'
import { analyseFile } from '../../features/analyse-file.ts'
import { explainFinding } from '../../features/explain.ts'
import { sentenceMarkdown, unclearWords } from '../../features/sentence-hover.ts'
import { examplesOf } from '../../host/node/examples.ts'
import { type Example, isFixed } from '../../rules/example.ts'
import { slugOf } from '../../rules/natural/team-rule.ts'
import type { AnyRule } from '../../rules/rule.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { explainedPlace, placeNamed } from '../explain-place.ts'
import { markdownText } from '../output/markdown.ts'
import { TEXT } from '../output/words.ts'
import { paint, type Terminal } from '../terminal.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'

export const explain: Command = {
  name: 'explain',
  usage: { en: '<rule | sentence | file:line>', es: '<regla | frase | archivo:línea>' },
  summary: {
    en: 'Explain a rule, what is understood of one in words, or what a line has to do with other files and why nothing is said of it',
    es: 'Explica una regla, qué se entiende de una en palabras, o qué tiene que ver una línea con otros archivos y por qué no se dice nada de ella',
  },
  options: {
    audience: {
      type: 'string',
      choices: AUDIENCES,
      help: { en: 'who reads it (default: senior)', es: 'quién lo lee (por defecto, senior)' },
    },
  },
  examples: [
    'codeant explain correctness/self-assignment',
    'codeant explain self-assignment --audience junior --locale es',
    'codeant explain "Functions must not have more than 50 lines"',
    'codeant explain web/orders.ts:12',
  ],

  async run(given, terminal) {
    const { locale, out } = terminal
    const workspace = openWorkspace(terminal, { cache: false })
    const [name] = given.positionals
    const place = placeNamed(name, terminal)
    if (place) {
      try {
        if (!existsSync(place.file)) throw new UsageError(WORDS[locale].noFile(name!))
        const told = await explainedPlace(workspace, place, terminal)
        const text = told.length > 0 ? told.join('\n\n') : WORDS[locale].nothing(name!)
        out.write(`${markdownText(out, text)}\n`)
        return EXIT.ok
      } finally {
        await workspace.scanner.close()
      }
    }
    const sentence = sentenceNamed(name, workspace, terminal)
    if (sentence !== undefined) {
      const told = sentenceMarkdown(sentence, locale)
      if (told === undefined) throw new UsageError(unclearWords(sentence, locale))
      out.write(`${paint(out, ['bold', 'underline'], sentence)}\n\n${markdownText(out, told)}\n`)
      return EXIT.ok
    }
    const rule = findRule(workspace.rules.rules, name, locale)
    const example = firstExample(rule)
    const engine = await workspace.scanner.engine([
      { language: example.language as never, path: pathOf(example) },
    ])
    const { findings } = analyseFile(
      { ...engine, rules: new RuleSet([rule]) },
      pathOf(example),
      example.language,
      example.text,
    )
    const audience = (given.value('audience') ?? 'senior') as Audience
    out.write(
      `${paint(out, ['bold', 'underline'], rule.id)}  ${paint(out, 'gray', rule.languages.join(', '))}\n\n`,
    )
    out.write(exampleText(example, terminal))
    const finding = findings[0] ?? { rule: rule.id, start: 0, end: 0, data: sampleData(rule) }
    out.write(markdownText(out, explainFinding(rule, finding, { locale, audience })))
    out.write(facts(rule, terminal))
    return EXIT.ok
  },
}

/** A rule in words: as it is written, or by the name that it has in this project. */
function sentenceNamed(
  name: string | undefined,
  { projects }: Workspace,
  { cwd }: Terminal,
): string | undefined {
  if (name?.trim().includes(' ')) return name.trim()
  return projects.at(cwd).settings.sentences.find(it => name === `own/${slugOf(it)}` || name === slugOf(it))
}

/** By its id, or by the end of it. */
export function findRule(rules: readonly AnyRule[], name: string | undefined, locale: Locale): AnyRule {
  if (!name) throw new UsageError(WORDS[locale].which)
  const exact = rules.find(it => it.id === name) ?? rules.find(it => it.id.endsWith(`/${name}`))
  if (exact) return exact
  const near = rules.filter(it => it.id.includes(name)).map(it => it.id)
  throw new UsageError(WORDS[locale].unknown(name, near))
}

function firstExample(rule: AnyRule): Example {
  const first = examplesOf(rule).invalid[0]!
  return isFixed(first) ? first.before : first
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  rust: 'rs',
  text: 'txt',
}

function pathOf({ language, path }: Example): string {
  return path ?? `src/example.${EXTENSIONS[language] ?? language}`
}

/** Rules that look at more than one file's code find nothing in their example alone: their words get placeholders. */
function sampleData(rule: AnyRule): Record<string, string> {
  return new Proxy({}, { get: (_, key) => (typeof key === 'string' ? `‹${key}›` : undefined) }) as Record<
    string,
    string
  > &
    typeof rule
}

function exampleText({ text, marks }: Example, { out }: Terminal): string {
  const painted = [...text].map((character, i) =>
    marks.some(it => i >= it.start && i < it.end) && character !== '\n'
      ? paint(out, 'red', character)
      : character,
  )
  return `${painted
    .join('')
    .trimEnd()
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n')}\n\n`
}

function facts(rule: AnyRule, { out, locale }: Terminal): string {
  const say = WORDS[locale]
  const lines = [
    `${say.severity}: ${TEXT[locale].severity[rule.severity]}${rule.enabled === false ? ` (${say.off})` : ''}`,
  ]
  if (rule.limit) lines.push(`${say.limit}: ${rule.limit.default}`)
  if (rule.cwe?.length) lines.push(`CWE: ${rule.cwe.join(', ')}`)
  return `\n${paint(out, 'gray', lines.join(' · '))}\n`
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly which: string
      readonly noFile: (place: string) => string
      readonly nothing: (place: string) => string
      readonly unknown: (name: string, near: readonly string[]) => string
      readonly severity: string
      readonly off: string
      readonly limit: string
    }
  >
> = {
  en: {
    which: 'Which rule? `codeant rules` lists them',
    noFile: place => `there is no file for ${place}`,
    nothing: place => `${place} has nothing to do with other files, as far as CodeAnt can read.`,
    unknown: (name, near) =>
      `There is no rule "${name}"; ${near.length > 0 ? `there is ${near.join(', ')}` : '`codeant rules` lists them'}`,
    severity: 'Severity',
    off: 'off by default',
    limit: 'Limit',
  },
  es: {
    which: '¿Qué regla? `codeant rules` las enumera',
    noFile: place => `no existe ningún archivo para ${place}`,
    nothing: place => `${place} no tiene que ver con otros archivos, hasta donde CodeAnt puede leer.`,
    unknown: (name, near) =>
      `No existe la regla «${name}»; ${near.length > 0 ? `existe ${near.join(', ')}` : '`codeant rules` las enumera'}`,
    severity: 'Gravedad',
    off: 'desactivada por defecto',
    limit: 'Límite',
  },
}
