// The extension's settings in `package.json` and their words in `package.nls*.json`, from one table.

import { AUDIENCES, LOCALES, type Locale } from '@codeant/shared/locale.ts'
import {
  DEFAULT_EDITOR_SETTINGS,
  type EditorModelSettings,
  type EditorSettings,
} from '@codeant/shared/protocol.ts'
import { MAX_MODEL_THREADS } from '@codeant/shared/settings.ts'

interface Setting {
  /** Of a whole number. */
  readonly range?: { readonly minimum: number; readonly maximum?: number }
  readonly values?: Readonly<Record<string, Readonly<Record<Locale, string>>>>
  readonly text: Readonly<Record<Locale, string>>
}

type Name = Exclude<keyof EditorSettings, 'models'> | `models.${keyof EditorModelSettings}`

const SETTINGS: Readonly<Record<Name, Setting>> = {
  audience: {
    text: { en: 'Whom explanations are written for.', es: 'Para quién se escriben las explicaciones.' },
    values: {
      junior: {
        en: 'Teaches the idea behind each finding.',
        es: 'Enseña la idea que hay detrás de cada hallazgo.',
      },
      senior: { en: 'What is wrong, why, and what to do.', es: 'Qué está mal, por qué y qué hacer.' },
      executive: {
        en: 'What it is expected to cost, with the formula.',
        es: 'Cuánto se espera que cueste, con la fórmula.',
      },
    },
  },
  locale: {
    text: {
      en: 'The language of messages and explanations.',
      es: 'El idioma de los mensajes y las explicaciones.',
    },
    values: {
      auto: { en: 'The editor’s language.', es: 'El idioma del editor.' },
      en: { en: 'English.', es: 'Inglés.' },
      es: { en: 'Spanish.', es: 'Español.' },
    },
  },
  codeLens: {
    text: {
      en: 'Show the number of findings above the first line of a file.',
      es: 'Muestra el número de hallazgos encima de la primera línea de un archivo.',
    },
  },
  scope: {
    text: { en: 'Which files are analysed.', es: 'Qué archivos se analizan.' },
    values: {
      open: {
        en: 'Open files; the others when you ask for it.',
        es: 'Los archivos abiertos; los demás, cuando lo pidas.',
      },
      workspace: {
        en: 'Every file of the workspace, in the background.',
        es: 'Todos los archivos del espacio de trabajo, en segundo plano.',
      },
    },
  },
  'models.enabled': {
    text: {
      en: 'Ask the models that come with CodeAnt. They run on this machine; nothing leaves it.',
      es: 'Consulta los modelos que vienen con CodeAnt. Se ejecutan en esta máquina; nada sale de ella.',
    },
  },
  'models.functions': {
    text: {
      en: 'Which functions the bug finder reads.',
      es: 'Qué funciones lee el buscador de errores.',
    },
    values: {
      changed: {
        en: 'Those that you changed since you opened the file.',
        es: 'Las que has cambiado desde que abriste el archivo.',
      },
      all: {
        en: 'All functions of open files. Takes seconds for a long file.',
        es: 'Todas las funciones de los archivos abiertos. Tarda segundos con un archivo largo.',
      },
    },
  },
  'models.threads': {
    range: { minimum: 1, maximum: MAX_MODEL_THREADS },
    text: {
      en: 'How many threads run models. Each holds its own copy of them.',
      es: 'Cuántos hilos ejecutan los modelos. Cada uno guarda su propia copia de ellos.',
    },
  },
  'models.memoryLimit': {
    range: { minimum: 64 },
    text: {
      en: 'How much memory the models may take, in MiB.',
      es: 'Cuánta memoria pueden ocupar los modelos, en MiB.',
    },
  },
  'models.timeBudget': {
    range: { minimum: 1 },
    text: {
      en: 'How many seconds of any ten minutes the models may compute in the background. What you are typing does not count.',
      es: 'Cuántos segundos de cada diez minutos pueden calcular los modelos en segundo plano. Lo que estás escribiendo no cuenta.',
    },
  },
}

/** `contributes.configuration` of the manifest. */
export function configuration(): object {
  const properties = Object.fromEntries(
    (Object.entries(SETTINGS) as [Name, Setting][]).map(([name, { values, range }], order) => [
      `codeant.${name}`,
      {
        type: values ? 'string' : range ? 'integer' : 'boolean',
        default: defaultOf(name),
        ...range,
        ...(values && {
          enum: Object.keys(values),
          markdownEnumDescriptions: Object.keys(values).map(it => `%settings.${name}.${it}%`),
        }),
        markdownDescription: `%settings.${name}%`,
        scope: 'window',
        order,
      },
    ]),
  )
  return { title: 'CodeAnt', properties }
}

/** The words of the settings for `package.nls.json` (en) or `package.nls.es.json` (es). */
export function settingsWords(locale: Locale): Record<string, string> {
  const words: Record<string, string> = {}
  for (const [name, { text, values }] of Object.entries(SETTINGS)) {
    words[`settings.${name}`] = text[locale]
    for (const [value, says] of Object.entries(values ?? {}))
      words[`settings.${name}.${value}`] = says[locale]
  }
  return words
}

function defaultOf(name: Name): unknown {
  let value: unknown = DEFAULT_EDITOR_SETTINGS
  for (const key of name.split('.')) value = (value as Readonly<Record<string, unknown>>)[key]
  return value
}

/** A setting cannot have a value that the code does not know, or miss one that it does. */
export function checkSettings(): void {
  const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join()
  if (!same(Object.keys(SETTINGS.audience.values!), AUDIENCES)) throw new Error('settings: audience')
  if (!same(Object.keys(SETTINGS.locale.values!), ['auto', ...LOCALES])) throw new Error('settings: locale')
}
