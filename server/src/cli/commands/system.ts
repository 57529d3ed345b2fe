// `codeant system status`: what runs, on what, and what left the machine.

import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { modelSettings } from '@codeant/shared/settings.ts'
import type { Log } from '../../base/log.ts'
import { modelNotice } from '../../features/model-words.ts'
import { ANALYSIS, VERSION } from '../../host/node/folders.ts'
import { Models } from '../../host/node/models.ts'
import type { Projects } from '../../host/node/projects.ts'
import type { ModelReport } from '../../inference/local/pool.ts'
import type { EngineKind } from '../../inference/local/session.ts'
import type { ModelCounts } from '../../inference/local/tally.ts'
import { LANGUAGES } from '../../syntax/language.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { ACCOUNT_OPTIONS } from '../endpoint-account.ts'
import { endpointRows, endpointSummary } from '../output/endpoint.ts'
import { paint, type Terminal } from '../terminal.ts'
import { openWorkspace } from '../workspace.ts'
import { systemModels } from './system-models.ts'

export const system: Command = {
  name: 'system',
  usage: { en: 'status|models', es: 'status|models' },
  summary: {
    en: 'Show the state of the installation, or how the models of your endpoint do',
    es: 'Muestra el estado de la instalación, o cómo les va a los modelos de tu servidor',
  },
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json'],
      help: { en: 'how to write it (default: text)', es: 'cómo escribirlo (por defecto, text)' },
    },
    ...ACCOUNT_OPTIONS,
  },

  async run(given, terminal) {
    const { out, locale } = terminal
    if (given.positionals[0] === 'models') return systemModels(given, terminal)
    if (given.positionals[0] !== 'status') throw new UsageError(WORDS[locale].which)
    const { scanner, rules, projects, log } = openWorkspace(terminal, { cache: true })
    const { parser } = await scanner.engine(
      LANGUAGES.map(grammar => ({
        language: grammar === 'tsx' ? ('typescript' as const) : grammar,
        path: `a.${grammar}`,
      })),
    )
    const slow = [...parser.distrusted]
    const models = await modelStatus(terminal, projects, log)
    const endpoint = endpointSummary(terminal, log)
    const status = {
      version: VERSION,
      analysis: ANALYSIS || 'source',
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cores: availableParallelism(),
      memory: totalmem(),
      rules: rules.rules.length,
      grammars: LANGUAGES.map(grammar => ({ grammar, fast: !slow.includes(grammar) })),
      cacheFolder: scanner.cacheFolder,
      cacheBytes: scanner.cacheSize,
      models,
      endpoint,
      // As far back as the log of what was sent goes.
      bytesSent: endpoint.bytes,
    }
    if (given.value('format') === 'json') out.write(`${JSON.stringify(status, null, 2)}\n`)
    else {
      const say = WORDS[locale]
      const mib = (bytes: number) =>
        `${(bytes / 1024 / 1024).toLocaleString(locale, { maximumFractionDigits: 1 })} MiB`
      const rows: [string, string][] = [
        ['CodeAnt', `${VERSION} (${status.analysis})`],
        ['Node', `${status.node}, ${status.platform}, ${say.cores(status.cores)}, ${mib(status.memory)}`],
        [say.rules, String(status.rules)],
        [
          say.grammars,
          status.grammars.map(it => `${it.grammar}${it.fast ? '' : ` (${say.slow})`}`).join(', '),
        ],
        [say.models, modelLine(models, locale)],
        ...models.models.map((it): [string, string] => [`  ${it.name}`, modelRow(it, locale)]),
        [say.cache, `${mib(status.cacheBytes)}, ${status.cacheFolder}`],
        ...endpointRows(endpoint, locale),
      ]
      for (const [label, value] of rows) out.write(`${paint(out, 'bold', label.padEnd(14))} ${value}\n`)
    }
    return EXIT.ok
  },
}

interface ModelLine extends ModelReport {
  readonly name: string
  readonly lastRun: ModelCounts | undefined
}

/** Every model loaded once: what cannot be loaded says why. */
async function modelStatus(terminal: Terminal, projects: Projects, log: Log) {
  const settings = modelSettings(projects.of(join(terminal.cwd, 'x')).settings.models)
  const models = new Models({ settings, env: terminal.env, log, cache: true, notify: () => {} })
  try {
    const { engine, memory, models: reports } = await models.checked()
    const last = models.lastRun
    const lines = Object.entries(reports).map(
      ([name, it]): ModelLine => ({ name, ...it, lastRun: last?.models[name] }),
    )
    return { settings, engine, memory, lastRun: last?.on, cacheBytes: models.cacheSize, models: lines }
  } finally {
    await models.close()
  }
}

type ModelStatus = Awaited<ReturnType<typeof modelStatus>>

function modelLine({ settings, engine, memory, models, cacheBytes }: ModelStatus, locale: Locale): string {
  const say = WORDS[locale]
  if (!settings.enabled) return say.modelsOff
  if (models.length === 0) return say.noModels
  const mib = (bytes: number) =>
    `${(bytes / 1024 / 1024).toLocaleString(locale, { maximumFractionDigits: 1 })} MiB`
  return [
    engine ? say.engines[engine] : say.noEngine,
    ...(memory > 0 ? [say.takes(mib(memory), settings.memoryLimit.toLocaleString(locale))] : []),
    say.answersOnDisk(mib(cacheBytes)),
  ].join(', ')
}

function modelRow({ state, sha256, notice, loadMs, lastRun }: ModelLine, locale: Locale): string {
  const say = WORDS[locale]
  if (notice) return modelNotice(notice, locale)
  return [
    `${sha256?.slice(0, 12)}, ${say.states[state]}`,
    ...(loadMs !== undefined ? [say.loaded(Math.round(loadMs))] : []),
    ...(lastRun ? [say.lastRun(lastRun)] : []),
  ].join(', ')
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly which: string
      readonly cores: (count: number) => string
      readonly rules: string
      readonly grammars: string
      readonly slow: string
      readonly models: string
      readonly modelsOff: string
      readonly noModels: string
      readonly noEngine: string
      readonly engines: Readonly<Record<EngineKind, string>>
      readonly states: Readonly<Record<ModelReport['state'], string>>
      readonly takes: (taken: string, limit: string) => string
      readonly answersOnDisk: (size: string) => string
      readonly loaded: (ms: number) => string
      readonly lastRun: (counts: ModelCounts) => string
      readonly cache: string
    }
  >
> = {
  en: {
    which: 'Usage: codeant system status',
    cores: count => `${count} cores`,
    rules: 'Rules',
    grammars: 'Grammars',
    slow: 'slow fallback',
    models: 'Models',
    modelsOff: 'switched off by the settings',
    noModels: 'none are installed',
    noEngine: 'no engine',
    engines: { web: 'onnxruntime-web (WebAssembly)', native: 'onnxruntime-node (native)' },
    states: { cold: 'not loaded', ready: 'ready', off: 'switched off' },
    takes: (taken, limit) => `${taken} of ${limit} MiB taken`,
    answersOnDisk: size => `${size} of answers remembered`,
    loaded: ms => `loaded in ${ms.toLocaleString('en')} ms`,
    lastRun: it =>
      `last run: ${it.asked} asked, ${it.answered} answered, ${it.remembered} remembered${it.p50Ms === undefined ? '' : `, ${it.p50Ms.toLocaleString('en', { maximumFractionDigits: 1 })} ms each (median)`}`,
    cache: 'Cache',
  },
  es: {
    which: 'Uso: codeant system status',
    cores: count => `${count} núcleos`,
    rules: 'Reglas',
    grammars: 'Gramáticas',
    slow: 'modo lento',
    models: 'Modelos',
    modelsOff: 'desactivados en los ajustes',
    noModels: 'no hay ninguno instalado',
    noEngine: 'ningún motor',
    engines: { web: 'onnxruntime-web (WebAssembly)', native: 'onnxruntime-node (nativo)' },
    states: { cold: 'sin cargar', ready: 'listo', off: 'desactivado' },
    takes: (taken, limit) => `ocupan ${taken} de ${limit} MiB`,
    answersOnDisk: size => `${size} de respuestas recordadas`,
    loaded: ms => `cargado en ${ms.toLocaleString('es')} ms`,
    lastRun: it =>
      `última ejecución: ${it.asked} preguntas, ${it.answered} respuestas, ${it.remembered} recordadas${it.p50Ms === undefined ? '' : `, ${it.p50Ms.toLocaleString('es', { maximumFractionDigits: 1 })} ms por respuesta (mediana)`}`,
    cache: 'Caché',
  },
}
