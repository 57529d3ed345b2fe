// What is wrong with a settings file, in words.

import type { Locale } from '@codeant/shared/locale.ts'
import type { SettingsProblem } from '@codeant/shared/settings.ts'

type Say = (key: string, expected: string) => string

export const SETTINGS_WORDS: Readonly<Record<Locale, Readonly<Record<SettingsProblem['code'], Say>>>> = {
  en: {
    'unknown-key': (key, expected) => `there is no setting "${key}"; there are: ${expected}`,
    'wrong-type': (key, expected) => `"${key}" must be: ${expected}`,
    'unknown-rule': (key, expected) => `${key} is no rule; \`${expected}\` lists them`,
    'unknown-value': (key, expected) => `${key} must be one of: ${expected}`,
    'too-many-files': (key, expected) =>
      `is not read, nor are those after it: a folder may have ${expected} files ${key}`,
    syntax: (_, expected) => `cannot be read, the error is at ${expected}; the defaults hold`,
  },
  es: {
    'unknown-key': (key, expected) => `no existe el ajuste «${key}»; existen: ${expected}`,
    'wrong-type': (key, expected) => `«${key}» debe ser: ${expected}`,
    'unknown-rule': (key, expected) => `${key} no es una regla; \`${expected}\` las enumera`,
    'unknown-value': (key, expected) => `${key} debe ser uno de: ${expected}`,
    'too-many-files': (key, expected) =>
      `no se lee, ni los que le siguen: una carpeta puede tener ${expected} archivos ${key}`,
    syntax: (_, expected) => `no se puede leer, el error está en ${expected}; valen los valores por defecto`,
  },
}
