// The table of every language that has a syntax tree.

import type { LanguageTable, WasmGrammar } from './language.ts'
import { go } from './languages/go.ts'
import { hcl } from './languages/hcl.ts'
import { html } from './languages/html.ts'
import { java } from './languages/java.ts'
import { javascript } from './languages/javascript.ts'
import { json } from './languages/json.ts'
import { python } from './languages/python.ts'
import { rust } from './languages/rust.ts'
import { tsx, typescript } from './languages/typescript.ts'
import { yaml } from './languages/yaml.ts'

const TABLES: Readonly<Record<WasmGrammar, LanguageTable>> = {
  python,
  javascript,
  typescript,
  tsx,
  rust,
  go,
  java,
  json,
  yaml,
  hcl,
  html,
}

export function tableFor(grammar: WasmGrammar): LanguageTable {
  return TABLES[grammar]
}
