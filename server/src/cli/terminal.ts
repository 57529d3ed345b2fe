// The world as a command sees it: arguments, streams, colours, language. Tests pass one made of memory.

import { styleText } from 'node:util'
import { type Locale, localeFor } from '@codeant/shared/locale.ts'

export interface Terminal {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly locale: Locale
  readonly out: Output
  readonly err: Output
  /** One line from the person at the keyboard; undefined at the end of input. */
  readonly ask: (question: string) => Promise<string | undefined>
  /** The same without showing what is typed. */
  readonly askSecret: (question: string) => Promise<string | undefined>
  /** Whether somebody pressed Enter; false at the end of input, or when the signal says that it no longer matters. */
  readonly untilEnter: (signal: AbortSignal) => Promise<boolean>
  /** Shows a page in the person's browser; false where there is none. */
  readonly browse: (page: URL) => Promise<boolean>
  readonly isInteractive: boolean
}

export interface Output {
  write(text: string): void
  /** Written text may carry colour. */
  readonly hasColour: boolean
  /** Somebody is watching: a line may be drawn again. */
  readonly isTerminal: boolean
  readonly width: number
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan' | 'green' | 'gray' | 'underline'

export function paint(output: Output, styles: Style | Style[], text: string): string {
  return output.hasColour ? styleText(styles, text, { validateStream: false } as never) : text
}

/** `NO_COLOR`, `FORCE_COLOR` and whether a person is watching decide, in this order. */
export function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return isTerminal && env.TERM !== 'dumb'
}

/** From `CODEANT_LOCALE` or the system's own settings. */
export function localeOf(env: NodeJS.ProcessEnv): Locale {
  return localeFor(env.CODEANT_LOCALE || env.LC_ALL || env.LC_MESSAGES || env.LANG)
}
