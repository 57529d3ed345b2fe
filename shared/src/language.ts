// The languages that CodeAnt speaks of, by one name everywhere.

/** Languages with a syntax tree and rules of their own. */
export const CODE_LANGUAGES = ['python', 'typescript', 'javascript', 'rust'] as const
export type CodeLanguage = (typeof CODE_LANGUAGES)[number]

/** Files that are checked as data (do they parse?) or as plain text. */
export const DATA_LANGUAGES = ['json', 'jsonc', 'yaml', 'toml', 'text'] as const
export type DataLanguage = (typeof DATA_LANGUAGES)[number]

export type LanguageId = CodeLanguage | DataLanguage
