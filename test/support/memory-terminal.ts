// A terminal made of memory: what a command writes is a string, what a person types is a list.

import type { Locale } from '@codeant/shared/locale.ts'
import { main, type OtherHosts } from '../../server/src/cli/cli.ts'
import type { Terminal } from '../../server/src/cli/terminal.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Pages that a browser was to show. */
  readonly browsed: readonly string[]
}

export interface RunOptions {
  readonly cwd: string
  readonly locale?: Locale
  readonly typed?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Somebody sits there, though they type nothing. */
  readonly isInteractive?: boolean
  /** Told of all that was written to the standard output so far, whenever something was. */
  readonly watch?: (out: string) => void
}

/** Runs a command of the command line in this process. */
export async function codeant(
  args: readonly string[],
  { cwd, locale = 'en', typed = [], env = {}, isInteractive = typed.length > 0, watch }: RunOptions,
): Promise<Ran> {
  const written = { out: '', err: '' }
  const answers = [...typed]
  const browsed: string[] = []
  const output = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text
      if (name === 'out') watch?.(written.out)
    },
    hasColour: false,
    isTerminal: false,
    width: 100,
  })
  const terminal: Terminal = {
    cwd,
    env: { CODEANT_CACHE: `${cwd}/.cache`, ...env },
    locale,
    out: output('out'),
    err: output('err'),
    isInteractive,
    ask: async question => {
      written.out += question
      return answers.shift()
    },
    askSecret: async question => {
      written.out += question
      return answers.shift()
    },
    untilEnter: signal =>
      new Promise(resolve => {
        if (answers[0] === '') resolve(answers.shift() === '')
        else signal.addEventListener('abort', () => resolve(false))
      }),
    browse: async page => {
      browsed.push(page.href)
      return true
    },
  }
  const code = await main(args, terminal, NO_HOSTS)
  return { code, ...written, browsed }
}

/** For tests of what the command line does by itself. */
export const NO_HOSTS: OtherHosts = {
  serve: async () => undefined,
  gateway: async () => undefined,
  stopped: async () => undefined,
}
