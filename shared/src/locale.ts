// The languages and the readers that every sentence is written for.

export const LOCALES = ['en', 'es'] as const
export type Locale = (typeof LOCALES)[number]

export const AUDIENCES = ['junior', 'senior', 'executive'] as const
export type Audience = (typeof AUDIENCES)[number]

/** The locale for a tag such as `es-MX` or `en_GB.UTF-8`; English when it is neither. */
export function localeFor(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('es') ? 'es' : 'en'
}
