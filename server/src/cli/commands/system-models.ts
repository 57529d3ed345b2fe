// `codeant system models`: how the models of the endpoint do for the team, before and after their weights were exchanged.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  EndpointModel,
  ModelChange,
  ModelHistory,
  ModelPeriod,
} from '@codeant/shared/endpoint-client.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { shipped } from '../../host/node/folders.ts'
import type { Arguments } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { openAccount, tellingRefusals } from '../endpoint-account.ts'
import { table } from '../output/table.ts'
import type { Terminal } from '../terminal.ts'

/** Of the endpoint, beside those of this installation. `other`: answers of the two are not to be compared. */
type Weights = 'same' | 'other' | 'unknown'

const DAYS = 30

export function systemModels(given: Arguments, terminal: Terminal): Promise<number> {
  const { out, locale, env } = terminal
  const say = WORDS[locale]
  return tellingRefusals(terminal, async () => {
    const { client, base } = await openAccount(given, terminal)
    const { models } = await client.models()
    const shown = await Promise.all(
      models.map(async model => ({
        model,
        weights: weightsOf(model, env),
        history: await client.modelHistory(model.name, DAYS),
      })),
    )
    if (given.value('format') === 'json') {
      const all = shown.map(({ model, weights, history }) => ({ ...model, weights, ...history }))
      out.write(`${JSON.stringify({ endpoint: base.href, days: DAYS, models: all }, null, 2)}\n`)
      return EXIT.ok
    }
    out.write(`${say.title(base.host, DAYS)}\n\n`)
    const rows = shown.flatMap(({ model, weights, history }) => rowsOf(model, weights, history, locale))
    out.write(table(out, say.head, rows))
    const changes = shown.flatMap(({ history }) =>
      history.changes.map(it => [it.on, history.model, ...differences(it, locale)]),
    )
    if (changes.length > 0) out.write(`\n${say.changed}\n${table(out, say.changeHead, changes)}`)
    return EXIT.ok
  })
}

function weightsOf({ name, sha256 }: EndpointModel, env: NodeJS.ProcessEnv): Weights {
  if (sha256 === null) return 'unknown'
  try {
    const folder = env.CODEANT_MODELS ?? fileURLToPath(shipped('models'))
    const own = JSON.parse(readFileSync(join(folder, name, 'model.json'), 'utf8')) as {
      readonly sha256?: unknown
    }
    return own.sha256 === sha256 ? 'same' : 'other'
  } catch {
    return 'unknown' // there is no such model here
  }
}

function rowsOf(
  { name, engine, sha256 }: EndpointModel,
  weights: Weights,
  { periods }: ModelHistory,
  locale: Locale,
): string[][] {
  const say = WORDS[locale]
  const now = say.weights[weights]
  if (periods.length === 0) return [[name, engine, now, '0', '', '', '', '', '', '']]
  return periods.map((it, i) => {
    const isNow = i === periods.length - 1 && it.engine === engine && it.weights === sha256
    return [name, it.engine, isNow ? now : say.until(it.to), ...figures(it, locale)]
  })
}

function figures(it: ModelPeriod, locale: Locale): string[] {
  const count = (number: number) => number.toLocaleString(locale)
  const ms = (number: number | null) => (number === null ? '' : `${count(number)} ms`)
  const tokens = it.promptTokens + it.completionTokens
  return [
    ...[it.requests, it.failures, it.cached].map(count),
    ms(it.p50Ms),
    ms(it.p95Ms),
    it.rowsPerRequest === null ? '' : count(it.rowsPerRequest),
    tokens === 0 ? '' : count(tokens),
  ]
}

function differences(
  { p50Percent, p95Percent, failurePoints, isEnough }: ModelChange,
  locale: Locale,
): string[] {
  const say = WORDS[locale]
  const signed = (number: number | null, unit: string) =>
    number === null
      ? ''
      : `${number.toLocaleString(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })} ${unit}`
  return [
    signed(p50Percent, '%'),
    signed(p95Percent, '%'),
    signed(failurePoints, say.points),
    isEnough ? '' : say.few,
  ]
}

interface Words {
  readonly title: (host: string, days: number) => string
  readonly head: readonly string[]
  readonly weights: Readonly<Record<Weights, string>>
  readonly until: (day: string) => string
  readonly changed: string
  readonly changeHead: readonly string[]
  readonly points: string
  readonly few: string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: (host, days) => `Models at ${host}, as your team asked them in the last ${days} days`,
    head: [
      'Model',
      'Engine',
      'Weights',
      'Asked',
      'Failed',
      'From memory',
      'Half in',
      '95 % in',
      'Rows',
      'Tokens',
    ],
    weights: { same: 'as here', other: 'not as here', unknown: '–' },
    until: day => `until ${day}`,
    changed: 'When weights or engine were exchanged (less is faster, or fails more rarely):',
    changeHead: ['On', 'Model', 'Half in', '95 % in', 'Failures', ''],
    points: 'points',
    few: 'too few answers to mean anything',
  },
  es: {
    title: (host, days) =>
      `Modelos en ${host}, tal como los ha consultado tu equipo en los últimos ${days} días`,
    head: [
      'Modelo',
      'Motor',
      'Pesos',
      'Consultas',
      'Fallos',
      'De memoria',
      'La mitad en',
      '95 % en',
      'Filas',
      'Tokens',
    ],
    weights: { same: 'como aquí', other: 'no como aquí', unknown: '–' },
    until: day => `hasta ${day}`,
    changed: 'Al cambiar los pesos o el motor (menos es más rápido, o falla menos):',
    changeHead: ['Día', 'Modelo', 'La mitad en', '95 % en', 'Fallos', ''],
    points: 'puntos',
    few: 'muy pocas respuestas para sacar conclusiones',
  },
}
