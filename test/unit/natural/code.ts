// Code for sentences: a language, a path and a text, written short.

import type { CodeLanguage } from '@codeant/shared/language.ts'

export interface Code {
  readonly language: CodeLanguage
  readonly path: string
  readonly text: string
}

/** What a sentence means, as its reader sees it: code that breaks it, and code that looks alike and does not. */
export type Meant = readonly [sentence: string, breaks: Code, keeps: Code]

type Write = (text: string, path?: string) => Code

export const py: Write = (text, path = 'src/main.py') => ({ language: 'python', path, text: `${text}\n` })
export const ts: Write = (text, path = 'src/main.ts') => ({ language: 'typescript', path, text: `${text}\n` })
export const js: Write = (text, path = 'src/main.js') => ({ language: 'javascript', path, text: `${text}\n` })
export const rs: Write = (text, path = 'src/main.rs') => ({ language: 'rust', path, text: `${text}\n` })

/** So many lines of it, each with its number for `#`. */
export function times(count: number, line: string): string {
  return Array.from({ length: count }, (_, i) => line.replaceAll('#', String(i))).join('\n')
}
