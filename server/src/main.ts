// Where the program begins: it gives the command line the real terminal, and the server when it is asked for.

import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { main, type OtherHosts } from './cli/cli.ts'
import { localeOf, type Output, type Terminal, wantsColour } from './cli/terminal.ts'

const { env, stdout, stderr, stdin } = process

const terminal: Terminal = {
  cwd: process.cwd(),
  env,
  locale: localeOf(env),
  out: output(stdout),
  err: output(stderr),
  ask,
  askSecret,
  isInteractive: stdin.isTTY === true,
}

// A reader that stops reading, such as `head`, is no failure of ours.
stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0)
  throw error
})

// Loaded only when an editor asks for it: the command line starts faster without it.
const serve = async () => (await import('./lsp/server.ts')).serve()

/** A program of its own beside this one; the extension's package leaves it out. */
const gateway: OtherHosts['gateway'] = async () => {
  const place = import.meta.url.endsWith('.ts') ? '../../deploy/gateway/src/run.ts' : '../gateway/run.mjs'
  const url = new URL(place, import.meta.url)
  return existsSync(fileURLToPath(url)) ? (await import(url.href)).runGateway : undefined
}

const stopped = () =>
  new Promise(resolve => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })

process.exitCode = await main(process.argv.slice(2), terminal, { serve, gateway, stopped })

function output(stream: NodeJS.WriteStream): Output {
  const isTerminal = stream.isTTY === true
  return {
    write: text => void stream.write(text),
    hasColour: wantsColour(env, isTerminal),
    isTerminal,
    get width() {
      return stream.columns || 100
    },
  }
}

let lines: AsyncIterator<string> | undefined

async function ask(question: string): Promise<string | undefined> {
  stdout.write(question)
  lines ??= createInterface({ input: stdin })[Symbol.asyncIterator]()
  const { value, done } = await lines.next()
  return done ? undefined : value
}

/** A line from a pipe as it is; from a keyboard without an echo. */
async function askSecret(question: string): Promise<string | undefined> {
  if (!stdin.isTTY) return ask('')
  stdout.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  let typed = ''
  try {
    for await (const chunk of stdin as AsyncIterable<string>)
      for (const it of chunk) {
        if (it === '\r' || it === '\n') return typed
        // Ctrl+C and Ctrl+D take the question back.
        if (it === '\u0003' || it === '\u0004') return undefined
        typed = it === '\u007f' || it === '\b' ? typed.slice(0, -1) : typed + it
      }
    return undefined
  } finally {
    stdin.setRawMode(false)
    stdout.write('\n')
  }
}
