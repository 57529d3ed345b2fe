// Runs the tests of an extension where extensions run: in the extension host of VS Code.

import { format } from 'node:util'
import { openBrowser } from './browser.ts'
import { startCodeServer } from './code-server.ts'

export interface HostRun {
  readonly folder: string
  /** The profile: settings are read from it. */
  readonly home: string
  /** The folder of the extension, as it is built. */
  readonly extension: string
  /** A module that exports `run`. */
  readonly tests: string
  readonly workspaceTrust: boolean
}

/** The tests end by themselves; this is for a host that never starts them. */
const LIMIT_MS = 180_000

/** 0 when `run` resolved, 1 when it rejected. */
export async function runInCodeServer({
  folder,
  home,
  extension,
  tests,
  workspaceTrust,
}: HostRun): Promise<number> {
  const server = await startCodeServer({ home, workspaceTrust, runsTests: true })
  const { page, close } = await openBrowser()
  let timer: NodeJS.Timeout | undefined
  try {
    const ended = new Promise<number>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`VS Code did not end the tests within ${LIMIT_MS / 1000} s`)),
        LIMIT_MS,
      )
      void page.exposeFunction('codeAutomationExit', resolve)
    })
    // Both functions are VS Code's own names for who drives it.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args).trimEnd()
      if (process.env.VERBOSE) console.log(line)
    })
    await page.goto(
      server.page(folder, [
        ['extensionDevelopmentPath', server.remote(extension)],
        ['extensionTestsPath', server.remote(tests)],
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
      ]),
    )
    return await ended
  } finally {
    clearTimeout(timer)
    await close()
    await server.stop()
  }
}
