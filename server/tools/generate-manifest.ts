// The extension's settings in `package.json` and their words in `package.nls*.json`, from one table.

import { ENDPOINT_USES, type RemoteSettings } from '@codeant/shared/endpoint.ts'
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
  /** Any of the values, or none. */
  readonly isList?: boolean
  /** Only the person's own settings count, never those of a folder. */
  readonly isPersonal?: boolean
  readonly text: Readonly<Record<Locale, string>>
}

type Name =
  | Exclude<keyof EditorSettings, 'models' | 'remote'>
  | `models.${keyof EditorModelSettings}`
  | `remote.${keyof RemoteSettings}`

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
  'remote.enabled': {
    isPersonal: true,
    text: {
      en: 'Ask your team’s own inference endpoint what the models on this machine cannot answer. You are shown what would be sent before the first request of a workspace, and asked.',
      es: 'Consulta el servidor de inferencia de tu propio equipo cuando los modelos de esta máquina no pueden responder. Antes de la primera petición de un espacio de trabajo se te muestra lo que se enviaría y se te pregunta.',
    },
  },
  'remote.endpoint': {
    isPersonal: true,
    text: {
      en: 'The address of the endpoint, such as `https://codeant.example.com`. Its key is kept with *CodeAnt: Set Endpoint Key*, never here.',
      es: 'La dirección del servidor, por ejemplo `https://codeant.example.com`. Su clave se guarda con *CodeAnt: Guardar la clave del servidor de inferencia*, nunca aquí.',
    },
  },
  'remote.generationEndpoint': {
    isPersonal: true,
    text: {
      en: 'Where text is generated, when that is another server. Empty: the same address.',
      es: 'Dónde se genera texto, si es otro servidor. Vacío: la misma dirección.',
    },
  },
  'remote.model': {
    isPersonal: true,
    text: {
      en: 'The model that generates text. Empty: the first one that the endpoint lists.',
      es: 'El modelo que genera texto. Vacío: el primero que enumere el servidor.',
    },
  },
  'remote.uses': {
    isPersonal: true,
    isList: true,
    text: { en: 'What the endpoint may be asked for.', es: 'Para qué se puede consultar el servidor.' },
    values: {
      'second-opinion': {
        en: 'A second opinion where a model on this machine is not sure: sends numbers that stand for the tokens of a function.',
        es: 'Una segunda opinión cuando un modelo de esta máquina duda: envía números que representan los tokens de una función.',
      },
      fix: {
        en: 'A fix for a finding, when you ask for one: sends the code around the finding.',
        es: 'Una corrección para un hallazgo, cuando la pides: envía el código que rodea al hallazgo.',
      },
      explanation: {
        en: 'A longer explanation of a finding, when you ask for one: sends the code around the finding.',
        es: 'Una explicación más larga de un hallazgo, cuando la pides: envía el código que rodea al hallazgo.',
      },
    },
  },
  'remote.timeout': {
    isPersonal: true,
    range: { minimum: 1, maximum: 600 },
    text: {
      en: 'After how many seconds an answer is no longer waited for.',
      es: 'Tras cuántos segundos se deja de esperar una respuesta.',
    },
  },
  'remote.tokensPerDay': {
    isPersonal: true,
    range: { minimum: 0 },
    text: {
      en: 'How many tokens may be sent and generated in a day, in all workspaces together.',
      es: 'Cuántos tokens se pueden enviar y generar en un día, entre todos los espacios de trabajo.',
    },
  },
  'remote.tokensPerRequest': {
    isPersonal: true,
    range: { minimum: 0 },
    text: {
      en: 'How many tokens may be sent and generated in one request.',
      es: 'Cuántos tokens se pueden enviar y generar en una petición.',
    },
  },
  'remote.allowHttp': {
    isPersonal: true,
    text: {
      en: 'Allow an address without encryption on another machine than this one. Code and key can then be read on the way.',
      es: 'Permite una dirección sin cifrado en otra máquina. El código y la clave se pueden leer por el camino.',
    },
  },
}

/** `contributes.configuration` of the manifest. */
export function configuration(): object {
  const properties = Object.fromEntries(
    (Object.entries(SETTINGS) as [Name, Setting][]).map(([name, setting], order) => {
      const { type, ...form } = formOf(name, setting)
      const { range, isPersonal } = setting
      const markdownDescription = `%settings.${name}%`
      const scope = isPersonal ? 'machine' : 'window'
      const own = { type, default: defaultOf(name), ...range, ...form, markdownDescription, scope, order }
      return [`codeant.${name}`, own]
    }),
  )
  return { title: 'CodeAnt', properties }
}

/** What a workspace cannot say, whether it is trusted or not. */
export function personalSettings(): readonly string[] {
  return (Object.entries(SETTINGS) as [Name, Setting][])
    .filter(([, it]) => it.isPersonal)
    .map(([name]) => `codeant.${name}`)
}

function formOf(name: Name, { values, isList }: Setting): Record<string, unknown> {
  if (!values) {
    const value = defaultOf(name)
    return { type: typeof value === 'number' ? 'integer' : typeof value }
  }
  const choice = {
    enum: Object.keys(values),
    markdownEnumDescriptions: Object.keys(values).map(it => `%settings.${name}.${it}%`),
  }
  return isList
    ? { type: 'array', items: { type: 'string', ...choice }, uniqueItems: true }
    : { type: 'string', ...choice }
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
  if (!same(Object.keys(SETTINGS['remote.uses'].values!), ENDPOINT_USES))
    throw new Error('settings: remote.uses')
  if (!same(Object.keys(SETTINGS.locale.values!), ['auto', ...LOCALES])) throw new Error('settings: locale')
}
