// The languages of this format, by the names that its rules give them.

import type { Grammar, WasmGrammar } from '../../syntax/language.ts'
import type { PackLanguage } from '../rule.ts'

export interface TreeLanguage {
  /** As it is written in the documentation. */
  readonly name: string
  readonly grammar: WasmGrammar
  /** Under which its files are looked up. */
  readonly language: PackLanguage
  /** What stands for `$` in patterns, because the language knows no such letter. */
  readonly sigil: string
}

const LANGUAGES: readonly (TreeLanguage & { readonly aliases: readonly string[] })[] = [
  { name: 'Python', grammar: 'python', language: 'python', sigil: 'µ', aliases: ['py', 'python'] },
  {
    name: 'JavaScript',
    grammar: 'javascript',
    language: 'javascript',
    sigil: '$',
    aliases: ['javascript', 'js', 'jsx'],
  },
  {
    name: 'TypeScript',
    grammar: 'typescript',
    language: 'typescript',
    sigil: '$',
    aliases: ['ts', 'typescript'],
  },
  { name: 'Tsx', grammar: 'tsx', language: 'typescript', sigil: '$', aliases: ['tsx'] },
  { name: 'Go', grammar: 'go', language: 'go', sigil: 'µ', aliases: ['go', 'golang'] },
  { name: 'Java', grammar: 'java', language: 'java', sigil: '$', aliases: ['java'] },
  { name: 'Rust', grammar: 'rust', language: 'rust', sigil: 'µ', aliases: ['rs', 'rust'] },
  { name: 'Json', grammar: 'json', language: 'json', sigil: '$', aliases: ['json'] },
  { name: 'Yaml', grammar: 'yaml', language: 'yaml', sigil: '$', aliases: ['yaml', 'yml'] },
  { name: 'Html', grammar: 'html', language: 'html', sigil: 'z', aliases: ['html'] },
  { name: 'Hcl', grammar: 'hcl', language: 'hcl', sigil: 'µ', aliases: ['hcl', 'terraform'] },
]

/** As they are written in the documentation. */
export const LANGUAGE_NAMES: readonly string[] = LANGUAGES.map(it => it.name)

/** The grammar that a file is read with: JSX is part of every `.js` file's, but of TypeScript's only in `.tsx`. */
export function grammarOfFile(language: string, path: string): Grammar | undefined {
  if (language === 'typescript' && /\.tsx$/i.test(path)) return 'tsx'
  return LANGUAGES.find(it => it.grammar === language)?.grammar
}

/** Undefined for a language that has no grammar here. */
export function treeLanguage(name: string): TreeLanguage | undefined {
  const wanted = name.toLowerCase()
  return LANGUAGES.find(it => it.aliases.includes(wanted))
}

/** The grammars that the rules of a file need, as far as they can be told before it is read. */
export function treeGrammarsOf(text: string): Grammar[] {
  const written = text.matchAll(/^language\s*:\s*['"]?(\w+)/gm)
  return [...new Set([...written].flatMap(([, it]) => treeLanguage(it!)?.grammar ?? []))]
}
