// `codeant analyze`: finds, shows, and, when asked, repairs.

import { SEVERITIES, type Severity } from '@codeant/shared/finding.ts'
import { AUDIENCES, type Audience, type Locale } from '@codeant/shared/locale.ts'
import { byPriority } from '@codeant/shared/priority.ts'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { isEnabled } from '../../features/report.ts'
import type { ScanAnswer } from '../../features/scan/scan-file.ts'
import { VERSION } from '../../host/node/folders.ts'
import { CONCEPTS } from '../../rules/concepts.generated.ts'
import type { AnyRule } from '../../rules/rule.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import type { Analysis } from '../analysis.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Changes, changedSince } from '../changed-since.ts'
import { collect, place } from '../collect.ts'
import { type Command, EXIT } from '../command.ts'
import { LEARNED_SCOPES, LearnedAnalysis, type LearnedScope } from '../learned.ts'
import { githubReport, gitlabReport, jsonReport, junitReport } from '../output/formats.ts'
import { folderUri, sarifReport } from '../output/sarif.ts'
import { conceptText, costText, findingText, skippedText, summaryText } from '../output/text.ts'
import { openPack, packsOf } from '../packs.ts'
import { repair, repairInteractively } from '../repair.ts'
import { AUDIT_WORDS } from '../rules/audit-words.ts'
import { mutedIn } from '../rules/muted.ts'
import { paint, type Terminal } from '../terminal.ts'
import { absolute, announceSettings, openWorkspace, Reporter, type Workspace } from '../workspace.ts'

const FORMATS = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const
type Format = (typeof FORMATS)[number]
const ORDERS = ['priority', 'place'] as const

export const analyze: Command = {
  name: 'analyze',
  usage: { en: '[paths…]', es: '[rutas…]' },
  summary: { en: 'Find problems in files and folders', es: 'Busca problemas en archivos y carpetas' },
  options: {
    format: {
      type: 'string',
      choices: FORMATS,
      help: {
        en: 'how to write the findings (default: text)',
        es: 'cómo escribir los hallazgos (por defecto, text)',
      },
    },
    'auto-fix': {
      type: 'boolean',
      help: { en: 'repair what can be repaired safely', es: 'corrige lo que se puede corregir sin riesgo' },
    },
    unsafe: {
      type: 'boolean',
      help: {
        en: 'with --auto-fix: also fixes that need a look',
        es: 'con --auto-fix: también las correcciones que conviene revisar',
      },
    },
    interactive: {
      type: 'boolean',
      short: 'i',
      help: { en: 'show each fix and ask', es: 'muestra cada corrección y pregunta' },
    },
    'changed-since': {
      type: 'string',
      value: 'REF',
      help: {
        en: 'only findings that are new since this git revision',
        es: 'solo los hallazgos nuevos desde esta revisión de git',
      },
    },
    baseline: {
      type: 'boolean',
      help: {
        en: 'leave out findings recorded by `codeant baseline`',
        es: 'omite los hallazgos registrados con `codeant baseline`',
      },
    },
    'fail-on': {
      type: 'string',
      value: 'LEVEL',
      choices: [...SEVERITIES, 'never'],
      help: {
        en: 'exit with 1 from this severity on (default: warning)',
        es: 'termina con 1 a partir de esta gravedad (por defecto, warning)',
      },
    },
    show: {
      type: 'string',
      value: 'LEVEL',
      choices: SEVERITIES,
      help: {
        en: 'print findings from this severity on (default: info)',
        es: 'imprime hallazgos a partir de esta gravedad (por defecto, info)',
      },
    },
    'show-all': {
      type: 'boolean',
      help: {
        en: 'also print findings that people hardly ever act on',
        es: 'imprime también los hallazgos sobre los que casi nadie actúa',
      },
    },
    sort: {
      type: 'string',
      value: 'HOW',
      choices: ORDERS,
      help: {
        en: 'what comes first: priority (the gravest, of those the likeliest acted on) or place (file by file); default: priority',
        es: 'qué va primero: priority (lo más grave y, de eso, lo que más probablemente se corrige) o place (archivo por archivo); por defecto, priority',
      },
    },
    audience: {
      type: 'string',
      choices: AUDIENCES,
      help: {
        en: 'who reads the findings (default: senior)',
        es: 'quién lee los hallazgos (por defecto, senior)',
      },
    },
    only: {
      type: 'string',
      value: 'RULES',
      help: {
        en: 'look for these rules or categories only, separated by commas',
        es: 'busca solo estas reglas o categorías, separadas por comas',
      },
    },
    rules: {
      type: 'string',
      value: 'PLACE',
      help: {
        en: 'also run the rules of this YAML file or folder; several are separated by commas',
        es: 'ejecuta también las reglas de este archivo YAML o carpeta; si son varios, separados por comas',
      },
    },
    models: {
      type: 'string',
      value: 'WHICH',
      choices: LEARNED_SCOPES,
      help: {
        en: 'functions that the on-device models read: off, changed or all (default: changed with --changed-since, else off)',
        es: 'funciones que leen los modelos locales: off, changed o all (por defecto, changed con --changed-since; si no, off)',
      },
    },
    'no-cache': { type: 'boolean', help: { en: 'analyse everything again', es: 'analiza todo de nuevo' } },
    threads: {
      type: 'string',
      value: 'N',
      help: {
        en: 'how many threads to use (default: one for each core)',
        es: 'cuántos hilos usar (por defecto, uno por núcleo)',
      },
    },
  },
  examples: [
    'codeant analyze',
    'codeant analyze src --auto-fix',
    'codeant analyze --changed-since origin/main --format github',
    'codeant analyze --format sarif > codeant.sarif',
    'codeant analyze --rules our-rules.yaml src',
  ],

  async run(given, terminal) {
    const threads = readThreads(given.value('threads'), terminal.locale)
    const only = given
      .value('only')
      ?.split(',')
      .map(it => it.trim())
    packsOf(terminal.cwd, terminal)
    const pack = await openPack(given.value('rules'), terminal)
    const workspace = openWorkspace(terminal, {
      cache: !given.flag('no-cache'),
      ...(pack && { pack }),
      ...(threads && { threads }),
      ...(only && { only }),
    })
    for (const it of only ?? []) {
      if (!workspace.isKnown(it)) throw new UsageError(WORDS[terminal.locale].noRule(it))
    }
    try {
      return await analyse(given, workspace, terminal)
    } finally {
      await workspace.scanner.close()
    }
  },
}

async function analyse(given: Arguments, workspace: Workspace, terminal: Terminal): Promise<number> {
  const { out, err, locale } = terminal
  const places =
    given.positionals.length > 0 ? given.positionals.map(it => absolute(terminal, it)) : [terminal.cwd]
  const reporter = new Reporter(workspace, given.flag('baseline'))
  await reporter.prepare()
  const since = given.value('changed-since')
  const changes = since === undefined ? undefined : await changedSince(workspace, since, terminal)

  const unreadable: string[] = []
  const requests = () => {
    const all = workspace.scanner.requests(places, it => unreadable.push(it))
    return changes ? changes.only(all) : all
  }
  const onlyNew = changes?.onlyNew.bind(changes)
  const scope = learnedScope(given, terminal, changes)
  const known = scope === 'changed' ? changes?.functionsThen.bind(changes) : undefined
  const learned = new LearnedAnalysis(workspace, terminal, !given.flag('no-cache'), known)
  const isAskedFor = given.value('models') !== undefined && scope !== 'off'
  if (isAskedFor && !learned.maySpeak) err.write(`${WORDS[locale].noKind}\n`)
  const more = async (it: ScanAnswer) => {
    const judged = await learned.judge(it)
    return scope === 'off' ? judged : learned.add(judged)
  }
  let collected = await collect(workspace, reporter, requests(), terminal, onlyNew, more)
  for (const it of unreadable) err.write(`${WORDS[locale].unreadable(it)}\n`)
  const badSettings = announceSettings(workspace, terminal)
  if (given.value('only') === undefined) announceMuted(workspace, terminal)

  const format = (given.value('format') ?? 'text') as Format
  const asked = scope === 'off' ? undefined : learned
  if (given.flag('interactive') || given.flag('auto-fix')) {
    const repaired = given.flag('interactive')
      ? await repairInteractively(workspace, collected.outcomes, terminal, asked)
      : await repair(workspace, collected, given.flag('unsafe'), terminal, asked)
    if (format === 'text') out.write(`${WORDS[locale].repaired(repaired.findings, repaired.files)}\n\n`)
    if (repaired.files > 0)
      collected = await collect(workspace, reporter, requests(), terminal, onlyNew, more)
  }
  await learned.close()
  const { findings, lines } = place(collected, workspace, terminal)
  const analysis: Analysis = { findings, skipped: collected.skipped, summary: collected.summary }
  write(format, analysis, lines, given, workspace, terminal)
  if (unreadable.length + badSettings > 0) return EXIT.usage
  return fails(analysis, given) ? EXIT.findings : EXIT.ok
}

/** What is not said because people said that it is wrong is no secret. */
function announceMuted({ projects }: Workspace, { cwd, err, locale }: Terminal): void {
  const { root, settings } = projects.at(cwd)
  const muted = mutedIn(root, settings)
  if (muted.length > 0)
    err.write(`${paint(err, 'yellow', 'codeant:')} ${AUDIT_WORDS[locale].mutedHere(muted)}\n`)
}

/** Asking about every function of a project takes minutes: that is done only for those who say so. */
function learnedScope(given: Arguments, terminal: Terminal, changes: Changes | undefined): LearnedScope {
  const scope = (given.value('models') ?? (changes ? 'changed' : 'off')) as LearnedScope
  if (scope === 'changed' && !changes) throw new UsageError(WORDS[terminal.locale].changedSinceWhat)
  return scope
}

function write(
  format: Format,
  analysis: Analysis,
  lines: ReadonlyMap<string, readonly string[]>,
  given: Arguments,
  workspace: Workspace,
  terminal: Terminal,
): void {
  const { out, locale, cwd } = terminal
  switch (format) {
    case 'json':
      return out.write(jsonReport(analysis, VERSION))
    case 'sarif':
      for (const it of sarifOf(analysis, workspace, locale, folderUri(cwd))) out.write(it)
      return
    case 'github':
      return out.write(githubReport(analysis))
    case 'gitlab':
      return out.write(gitlabReport(analysis))
    case 'junit':
      return out.write(junitReport(analysis))
    case 'text': {
      const least = rank((given.value('show') ?? 'info') as Severity)
      const severe = analysis.findings.filter(it => rank(it.severity) <= least)
      const wanted = given.flag('show-all') ? severe : severe.filter(it => !it.heldBack)
      const shown = given.value('sort') === 'place' ? wanted : byPriority(wanted)
      const audience = (given.value('audience') ?? 'senior') as Audience
      if (audience === 'executive')
        out.write(costText(out, { ...analysis, findings: shown }, workspace.rules, locale))
      else {
        // Each idea is taught once: a second finding of its kind would only repeat the page.
        const untaught = new Map(CONCEPTS.map(it => [it.id, it]))
        for (const it of shown) {
          out.write(findingText(out, it, lines.get(it.path) ?? [], locale))
          const { concept } = workspace.rules.get(it.rule)!
          const page = audience === 'junior' && untaught.get(concept)
          if (page) out.write(conceptText(out, page, locale))
          untaught.delete(concept)
        }
      }
      out.write(skippedText(out, analysis.skipped, locale))
      const hidden = {
        bySeverity: analysis.findings.length - severe.length,
        heldBack: severe.length - shown.length,
      }
      out.write(summaryText(out, analysis, hidden, locale))
    }
  }
}

/** `root` is the address of the folder that paths are relative to. */
export function sarifOf(
  analysis: Analysis,
  { rules }: Pick<Workspace, 'rules'>,
  locale: Locale,
  root: string | undefined,
): Iterable<string> {
  const spoke = new Set(analysis.findings.map(it => it.rule))
  return sarifReport(analysis, { version: VERSION, root, locale, rules: mayHaveSpoken(rules, spoke) })
}

/** Every rule that is on by default, and those that did. */
export function mayHaveSpoken(
  { rules }: Pick<RuleSet, 'rules'>,
  spoke: ReadonlySet<string>,
): readonly AnyRule[] {
  return rules.filter(it => isEnabled(it, DEFAULT_SETTINGS) || spoke.has(it.id))
}

/** 0 is the gravest. */
function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

/** What is held back fails nothing, unless somebody wants to see it. */
function fails({ findings }: Analysis, given: Arguments): boolean {
  const level = given.value('fail-on') ?? 'warning'
  const counted = given.flag('show-all') ? findings : findings.filter(it => !it.heldBack)
  return level !== 'never' && counted.some(it => rank(it.severity) <= rank(level as Severity))
}

function readThreads(value: string | undefined, locale: Locale): number | undefined {
  if (value === undefined) return undefined
  const threads = Number(value)
  if (!Number.isInteger(threads) || threads < 1) throw new UsageError(WORDS[locale].threads(value))
  return threads
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly unreadable: (place: string) => string
      readonly repaired: (findings: number, files: number) => string
      readonly threads: (value: string) => string
      readonly noRule: (id: string) => string
      readonly changedSinceWhat: string
      readonly noKind: string
    }
  >
> = {
  en: {
    unreadable: place => `codeant: cannot read ${place}`,
    repaired: (findings, files) =>
      findings === 0
        ? 'Nothing was repaired.'
        : `Repaired ${findings} ${findings === 1 ? 'finding' : 'findings'} in ${files} ${files === 1 ? 'file' : 'files'}.`,
    threads: value => `--threads cannot be "${value}"; it is a number from 1 on`,
    noKind:
      'codeant: no kind of finding of the bug finder is on here, so it is not asked; docs/en/models.md tells why; a rule such as learned/wrong-variable is switched on in .codeant.toml',
    changedSinceWhat: '--models changed needs --changed-since, which says what it changed from',
    noRule: id => `there is no rule or category "${id}"; \`codeant rules\` lists them`,
  },
  es: {
    unreadable: place => `codeant: no se puede leer ${place}`,
    repaired: (findings, files) =>
      findings === 0
        ? 'No se ha corregido nada.'
        : `${findings === 1 ? 'Corregido 1 hallazgo' : `Corregidos ${findings} hallazgos`} en ${files} ${files === 1 ? 'archivo' : 'archivos'}.`,
    threads: value => `--threads no puede ser «${value}»; es un número a partir de 1`,
    noKind:
      'codeant: aquí no hay activado ningún tipo de aviso del buscador de errores, así que no se le pregunta; docs/es/models.md dice por qué; una regla como learned/wrong-variable se activa en .codeant.toml',
    changedSinceWhat: '--models changed necesita --changed-since, que indica desde cuándo ha cambiado',
    noRule: id => `no existe la regla o categoría «${id}»; \`codeant rules\` las enumera`,
  },
}
