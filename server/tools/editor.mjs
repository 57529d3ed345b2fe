#!/usr/bin/env node
// `npm run editor`: VS Code in the browser with the extension of this repository, on a copy of the example or on a folder of yours.
//
// Plain JavaScript, because it runs before anything is installed.

import { cpSync, existsSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root, setUp } from './setup.mjs'

const home = join(root, '.cache/editor')
const [given] = process.argv.slice(2)
// npm runs scripts in the package's folder; paths were meant from where the user stands.
const wanted = given && resolve(process.env.INIT_CWD ?? process.cwd(), given)
if (wanted && !(existsSync(wanted) && statSync(wanted).isDirectory())) end(`${wanted} is not a folder`, 64)

setUp()
// Only now is there anything that reads TypeScript.
const { register } = await import('tsx/esm/api')
register()
const { packageExtension } = await import('./package.ts')
const { Unavailable } = await import('../../test/editors/install.mjs')
const { installExtension, startCodeServer } = await import('../../test/editors/support/code-server.ts')

const vsix = packageExtension()
try {
  installExtension(home, vsix)
  const server = await startCodeServer({ home })
  const folder = wanted ?? copyOfExample()
  const wishes = wanted ? [] : [['openFile', server.remote(join(folder, 'api/orders.py'))]]
  process.stdout.write(
    `\nCodeAnt in VS Code, on ${folder}:\n\n  ${server.page(folder, wishes)}\n\nCtrl+C ends it.\n`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void server.stop().then(() => process.exit(0)))
} catch (error) {
  if (!(error instanceof Unavailable)) throw error
  end(`${error.message}\nIn a VS Code of your own: code --install-extension ${vsix}`, 1)
}

/** Made anew each time: what was repaired yesterday is to be found again. */
function copyOfExample() {
  const folder = join(home, 'example')
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(root, 'test/workspaces/example'), folder, { recursive: true })
  return folder
}

function end(text, code) {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}
