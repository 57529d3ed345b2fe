// The extension's settings in `package.json` and their words in `package.nls*.json`, from one table.

import { AUDIENCES, LOCALES, type Locale } from '@codeant/shared/locale.ts'
import { DEFAULT_EDITOR_SETTINGS, type EditorSettings } from '@codeant/shared/protocol.ts'

interface Setting {
  readonly values?: Readonly<Record<string, Readonly<Record<Locale, string>>>>
  readonly text: Readonly<Record<Locale, string>>
}

const SETTINGS: Readonly<Record<keyof EditorSettings, Setting>> = {
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
}

/** `contributes.configuration` of the manifest. */
export function configuration(): object {
  const properties = Object.fromEntries(
    (Object.entries(SETTINGS) as [keyof EditorSettings, Setting][]).map(([name, { values }], order) => [
      `codeant.${name}`,
      {
        type: values ? 'string' : 'boolean',
        default: DEFAULT_EDITOR_SETTINGS[name],
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

/** A setting cannot have a value that the code does not know, or miss one that it does. */
export function checkSettings(): void {
  const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join()
  if (!same(Object.keys(SETTINGS.audience.values!), AUDIENCES)) throw new Error('settings: audience')
  if (!same(Object.keys(SETTINGS.locale.values!), ['auto', ...LOCALES])) throw new Error('settings: locale')
}
