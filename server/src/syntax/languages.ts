// The table of every language that has a syntax tree.

import type { Grammar, LanguageTable } from './language.ts'
import { go } from './languages/go.ts'
import { java } from './languages/java.ts'
import { javascript } from './languages/javascript.ts'
import { python } from './languages/python.ts'
import { rust } from './languages/rust.ts'
import { tsx, typescript } from './languages/typescript.ts'

const TABLES: Readonly<Record<Grammar, LanguageTable>> = {
  python,
  javascript,
  typescript,
  tsx,
  rust,
  go,
  java,
}

export function tableFor(grammar: Grammar): LanguageTable {
  return TABLES[grammar]
}
