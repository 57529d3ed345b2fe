// A page of the web in the person's browser. What opens it is a program of the system, by its full path: never one of a project.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir, platform } from 'node:os'
import { join } from 'node:path'

/** False: nothing on this computer opens pages. Never throws. */
export function openInBrowser(page: URL, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (page.protocol !== 'https:' && page.protocol !== 'http:') return Promise.resolve(false)
  const opener = openers(env).find(([program]) => existsSync(program))
  if (!opener) return Promise.resolve(false)
  const [program, ...args] = opener
  return new Promise(resolve => {
    // The folder in which a command was started may be anybody's: nothing is looked for there.
    const child = spawn(program, [...args, page.href], { cwd: homedir(), stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
    child.unref()
  })
}

function openers(env: NodeJS.ProcessEnv): readonly (readonly [program: string, ...args: string[]])[] {
  switch (platform()) {
    case 'win32':
      return [
        [join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'rundll32.exe'), 'url.dll,FileProtocolHandler'],
      ]
    case 'darwin':
      return [['/usr/bin/open']]
    default:
      // Where no screen is, `xdg-open` would open the page in a browser made of text, over what stands in the terminal.
      return env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME
        ? [
            ['/usr/bin/wslview'],
            ['/usr/bin/xdg-open'],
            ['/usr/local/bin/xdg-open'],
            ['/run/current-system/sw/bin/xdg-open'],
          ]
        : []
  }
}
