// A key of a file of rules, as completion and hover tell of it.

import type { Locale } from '@codeant/shared/locale.ts'

export interface RuleKey {
  readonly name: string
  readonly says: Readonly<Record<Locale, string>>
  /** What its value may be, where there are few. */
  readonly values?: readonly string[]
}

export function key(name: string, en: string, es: string, values?: readonly string[]): RuleKey {
  return { name, says: { en, es }, ...(values && { values }) }
}
