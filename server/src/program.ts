// Where the program begins: it gives the command line the real terminal, and the server when it is asked for.

import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { main, type OtherHosts } from './cli/cli.ts'
import { localeOf, type Output, type Terminal, wantsColour } from './cli/terminal.ts'
import { openInBrowser } from './host/node/browser.ts'

const { env, stdout, stderr, stdin } = process

const terminal: Terminal = {
  cwd: process.cwd(),
  env,
  locale: localeOf(env),
  out: output(stdout),
  err: output(stderr),
  ask,
  askSecret,
  untilEnter,
  browse: page => openInBrowser(page, env),
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
  const [folder, end] = import.meta.url.endsWith('.ts')
    ? ['../../deploy/gateway/src/', '.ts']
    : ['../gateway/', '.mjs']
  const of = (name: string) => new URL(`${folder}${name}${end}`, import.meta.url)
  if (!existsSync(fileURLToPath(of('run')))) return undefined
  const [{ runGateway }, { runTenants }] = await Promise.all([
    import(of('run').href),
    import(of('operator').href),
  ])
  return { runGateway, runTenants }
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

/** Lets go of the keyboard in any case, so that the program can end. */
function untilEnter(signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    const done = (isPressed: boolean) => {
      stdin.off('data', heard).off('end', ended)
      signal.removeEventListener('abort', ended)
      stdin.pause()
      resolve(isPressed)
    }
    const heard = (typed: Buffer | string) => {
      if (String(typed).includes('\n')) done(true)
    }
    const ended = () => done(false)
    if (signal.aborted) return resolve(false)
    signal.addEventListener('abort', ended)
    stdin.on('data', heard).on('end', ended).resume()
  })
}
