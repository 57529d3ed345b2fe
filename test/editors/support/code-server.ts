// Real VS Code without a desktop: code-server, on a port of this machine only, with a profile of its own.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeServerNode, provide } from '../install.mjs'
import { waitFor } from './wait-for.ts'

export interface CodeServerOptions {
  /** Everything that it writes goes here. Short, because sockets lie in it, too. */
  readonly home: string
  /** 0: whichever is free. */
  readonly port?: number
  /** Settings of the user. Those of an existing profile are kept when nothing is said. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Folders are trusted unless VS Code is to ask. */
  readonly workspaceTrust?: boolean
  /** Without it, a built VS Code does not run the tests of an extension. */
  readonly runsTests?: boolean
}

export interface CodeServer {
  readonly origin: string
  /** The page that shows this folder; each pair is a wish that VS Code reads when the page opens. */
  page(folder: string | undefined, wishes?: readonly (readonly [string, string])[]): string
  /** A file or a folder as VS Code names it. */
  remote(path: string): string
  /** What the server said, for a test that fails. */
  log(): string
  stop(): Promise<void>
}

/** Quiet: nothing that pops up, updates itself, or asks the network. */
export const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.restoreWindows': 'none',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'git.enabled': false,
  'files.autoSave': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
}

export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const { home, port = 0, workspaceTrust = false, runsTests = false } = options
  const entry = provide('vscode')
  prepareProfile(options)
  const child = spawn(
    codeServerNode(),
    [
      entry,
      ...profileArguments(home),
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      '--disable-proxy',
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(runsTests ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env: environment(home), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  const hear = (data: Buffer): void => {
    said += data.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  // A server must not outlive whoever started it, however that one ends.
  const kill = (): void => void child.kill()
  process.once('exit', kill)
  const origin = await waitFor('code-server on its port', () => {
    if (child.exitCode !== null) throw new Error(`code-server ended with ${child.exitCode}:\n${said}`)
    return /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1]
  })
  const { host } = new URL(origin)
  const remote = (path: string) => `vscode-remote://${host}${path}`
  return {
    origin,
    remote,
    page: (folder, wishes = []) => {
      const query = new URLSearchParams(folder ? { folder } : { ew: 'true' })
      if (wishes.length > 0) query.set('payload', JSON.stringify(wishes))
      return `${origin}/?${query}`
    },
    log: () => said,
    stop: async () => {
      process.off('exit', kill)
      await end(child)
    },
  }
}

/** Installs a packaged extension into a profile; a running server sees it when its page is opened next. */
export function installExtension(home: string, vsix: string): void {
  prepareProfile({ home })
  const { status, stdout, stderr } = spawnSync(
    codeServerNode(),
    [provide('vscode'), ...profileArguments(home), '--install-extension', vsix, '--force'],
    { env: environment(home), encoding: 'utf8', timeout: 60_000 },
  )
  if (status !== 0) throw new Error(`code-server could not install ${vsix}:\n${stdout}${stderr}`)
}

function prepareProfile({ home, settings }: Pick<CodeServerOptions, 'home' | 'settings'>): void {
  for (const it of ['data/User', 'extensions', 'home', 'config'])
    mkdirSync(join(home, it), { recursive: true })
  // Without a configuration of its own, code-server would write one into the user's home.
  writeFileSync(join(home, 'config/config.yaml'), 'auth: none\n')
  const file = join(home, 'data/User/settings.json')
  if (settings || !existsSync(file))
    writeFileSync(file, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2))
}

function profileArguments(home: string): string[] {
  return [
    '--config',
    join(home, 'config/config.yaml'),
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    join(home, 'extensions'),
  ]
}

function environment(home: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, ELECTRON_RUN_AS_NODE, NODE_TEST_CONTEXT, ...env } = process.env
  return {
    ...env,
    HOME: join(home, 'home'),
    TMPDIR: join(home, 'home'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'home/share'),
    XDG_CACHE_HOME: join(home, 'home/cache'),
    // The one request that would leave the machine: the marketplace.
    EXTENSIONS_GALLERY: '{}',
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill()
  await gone
}

/** The settings that a profile has now. */
export function readSettings(home: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(home, 'data/User/settings.json'), 'utf8')) as Record<string, unknown>
}
