// Makes the real editors that the tests drive: VS Code as code-server, a browser to look at it, Neovim and Emacs.
//
// Plain JavaScript, because the test command and `npm run editor` call it before anything else runs. What is there already is
// used as it is; the rest comes from apt (as root, on Debian) and from npm, into `.cache/editors`, once.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** @typedef {'vscode' | 'chromium' | 'neovim' | 'emacs' | 'fonts'} Editor */

/** VS Code 1.139.1. It brings a lock of its own, so what it installs is pinned, too. */
const CODE_SERVER = '4.139.1'
/** What that version of code-server runs on; the repository itself still runs on Node 20. */
const NODE = '24.21.0'

const cache = fileURLToPath(new URL('../../.cache/editors', import.meta.url))
const nodeFolder = join(cache, `node-${NODE}`)
const nodePackage = join(nodeFolder, 'node_modules', `node-linux-${process.arch}`)
const serverFolder = join(cache, `code-server-${CODE_SERVER}`)
/** Written last: a folder without it was interrupted and is made again. */
const serverIsComplete = join(serverFolder, 'complete')

/** Why an editor is not there and cannot be made here: a sentence for a person. */
export class Unavailable extends Error {}

/** What each editor needs from apt, and how it is found. */
const EDITORS = {
  vscode: {
    // Three of its modules are compiled on the spot.
    packages: ['build-essential', 'python3', 'pkg-config', 'libkrb5-dev'],
    find: () => (existsSync(serverIsComplete) ? codeServerEntry() : undefined),
    build: buildCodeServer,
  },
  chromium: {
    packages: ['chromium', 'fonts-dejavu-core'],
    find: () => process.env.CHROMIUM ?? which('chromium', 'chromium-browser', 'google-chrome'),
  },
  neovim: { packages: ['neovim'], find: () => which('nvim') },
  emacs: { packages: ['emacs-nox', 'elpa-eglot'], find: () => (hasEglot() ? which('emacs') : undefined) },
  // Only for pictures that people will look at.
  fonts: {
    packages: ['fonts-inter', 'fonts-jetbrains-mono'],
    find: () => {
      const { stdout } = spawnSync('fc-list', { encoding: 'utf8' })
      return stdout?.includes('Inter') && stdout.includes('JetBrains') ? 'fonts' : undefined
    },
  },
}

/** What tests need; the rest is asked for by name. */
const NEEDED = ['vscode', 'chromium', 'neovim', 'emacs']

/**
 * The path of what starts this editor: an executable, or code-server's entry for `codeServerNode()`. Throws `Unavailable`.
 *
 * @param {Editor} editor
 */
export function provide(editor) {
  const { packages, find, build } = EDITORS[editor]
  const there = find()
  if (there) return there
  if (process.env.CODEANT_NO_INSTALL) throw new Unavailable(`${editor} is not installed`)
  const release = lock()
  try {
    // Another process may have made it while this one waited.
    const made = find()
    if (made) return made
    installPackages(editor, packages)
    build?.()
  } finally {
    release()
  }
  const found = find()
  if (!found) throw new Unavailable(`${editor} was installed but does not start`)
  return found
}

/** The Node that runs code-server. */
export function codeServerNode() {
  return join(nodePackage, 'bin/node')
}

/**
 * Makes every editor that can be made. Returns why the others cannot.
 *
 * @returns {Partial<Record<Editor, string>>}
 */
export function installAll() {
  const reasons = {}
  for (const editor of NEEDED) {
    try {
      provide(editor)
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      reasons[editor] = error.message
    }
  }
  return reasons
}

function codeServerEntry() {
  return join(serverFolder, 'node_modules/code-server/out/node/entry.js')
}

function buildCodeServer() {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new Unavailable(`code-server is made here for Linux on x64 and arm64 only`)
  }
  say(`Installing code-server ${CODE_SERVER} (some two minutes, once) …`)
  if (!existsSync(codeServerNode())) npmInstall(nodeFolder, `node-linux-${process.arch}@${NODE}`)
  rmSync(serverFolder, { recursive: true, force: true })
  npmInstall(serverFolder, `code-server@${CODE_SERVER}`, {
    PATH: `${join(nodePackage, 'bin')}${delimiter}${process.env.PATH}`,
    // The package brings the headers that its modules are compiled against, so none are fetched.
    npm_config_nodedir: nodePackage,
    npm_config_ignore_scripts: 'false',
    // Its install script reads the version of Node here; below `npm test`, this would be the outer npm's Node.
    npm_config_user_agent: `npm node/v${NODE} ${process.platform} ${process.arch}`,
  })
  const { status } = spawnSync(codeServerNode(), [codeServerEntry(), '--version'], { stdio: 'ignore' })
  if (status !== 0) throw new Unavailable(`code-server ${CODE_SERVER} does not start`)
  writeFileSync(serverIsComplete, '')
}

function npmInstall(folder, spec, env = {}) {
  mkdirSync(folder, { recursive: true })
  // A package of its own: without it npm would install into the repository around it.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const args = ['install', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', spec]
  const { status, stderr } = spawnSync('npm', args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 15 * 60_000,
  })
  if (status !== 0) throw new Unavailable(`npm could not install ${spec}: ${lastLines(stderr)}`)
}

function installPackages(editor, packages) {
  if (!which('dpkg-query')) {
    throw new Unavailable(`${editor} is missing. Install what your system calls ${packages.join(', ')}`)
  }
  const missing = packages.filter(it => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Status}', it], { encoding: 'utf8' })
    return !stdout.includes('install ok installed')
  })
  if (missing.length === 0) return
  const command = `apt-get install ${missing.join(' ')}`
  if (process.getuid?.() !== 0) throw new Unavailable(`${editor} is missing. Run as root: ${command}`)
  say(`Installing ${missing.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, encoding: 'utf8', timeout: 10 * 60_000 }
  spawnSync('apt-get', ['update', '-qq'], options)
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...missing]
  const { status, stderr } = spawnSync('apt-get', args, options)
  if (status !== 0) throw new Unavailable(`"${command}" failed: ${lastLines(stderr)}`)
}

/** Emacs has it built in since 29; before, it is a package. */
function hasEglot() {
  if (!which('emacs')) return false
  const program = "(progn (require 'package) (package-initialize) (require 'eglot))"
  return spawnSync('emacs', ['--batch', '--eval', program], { stdio: 'ignore' }).status === 0
}

function which(...names) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const found = names.map(it => join(folder, it)).find(it => existsSync(it))
    if (found) return found
  }
  return undefined
}

/** One installation at a time: test files run side by side. */
function lock() {
  mkdirSync(cache, { recursive: true })
  const path = join(cache, 'lock')
  const wait = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isRunning(ownerOf(path))) rmSync(path, { force: true })
    else Atomics.wait(wait, 0, 0, 200)
  }
}

function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0 // released in this very moment
  }
}

function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

function lastLines(text) {
  return (text ?? '').trim().split('\n').slice(-3).join(' ')
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const reasons = Object.entries(installAll())
  for (const [editor, reason] of reasons) say(`${editor}: ${reason}`)
  if (reasons.length === 0) say('Every editor is there.')
  process.exit(reasons.length > 0 ? 1 : 0)
}
