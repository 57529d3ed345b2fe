// A terminal made of memory: what a command writes is a string, what a person types is a list.

import type { Locale } from '@codeant/shared/locale.ts'
import { main, type OtherHosts } from '../../server/src/cli/cli.ts'
import type { Terminal } from '../../server/src/cli/terminal.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly cwd: string
  readonly locale?: Locale
  readonly typed?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a command of the command line in this process. */
export async function codeant(
  args: readonly string[],
  { cwd, locale = 'en', typed = [], env = {} }: RunOptions,
): Promise<Ran> {
  const written = { out: '', err: '' }
  const answers = [...typed]
  const output = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text
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
    isInteractive: typed.length > 0,
    ask: async question => {
      written.out += question
      return answers.shift()
    },
    askSecret: async question => {
      written.out += question
      return answers.shift()
    },
  }
  const code = await main(args, terminal, NO_HOSTS)
  return { code, ...written }
}

/** For tests of what the command line does by itself. */
export const NO_HOSTS: OtherHosts = {
  serve: async () => undefined,
  gateway: async () => undefined,
  stopped: async () => undefined,
}
