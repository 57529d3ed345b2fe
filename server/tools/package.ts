// `npm run package`: makes `codeant-<version>.vsix`, the extension as people install it.
//
// One package for every platform: grammars are WebAssembly, and nothing in it is compiled for a machine.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The newest that runs on Node 20. It brings some two hundred packages, so only who packs has it, in `.cache/`. */
const VSCE = '3.9.2'
const vsceFolder = join(root, `.cache/vsce-${VSCE}`)
const vsce = join(vsceFolder, 'node_modules/@vscode/vsce/vsce')

/** Packs what is built now. Returns the path of the package. */
export function packageExtension(target = join(root, `codeant-${manifest().version}.vsix`)): string {
  provideVsce()
  const args = [
    'package',
    // What runs is bundled.
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    // The rules about secrets carry made-up ones as their examples.
    '--allow-package-all-secrets',
    '--out',
    target,
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`vsce could not pack the extension:\n${stdout}${stderr}`)
  return target
}

/** The files inside a package, and what each takes when unpacked. */
export function contents(path: string): ReadonlyMap<string, number> {
  const archive = readFileSync(path)
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const files = new Map<string, number>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    files.set(name, archive.readUInt32LE(at + 24))
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return files
}

function provideVsce(): void {
  if (existsSync(vsce)) return
  // Beside its place, then moved: two tests may want it in the same moment.
  const folder = `${vsceFolder}-${process.pid}`
  mkdirSync(folder, { recursive: true })
  // A package of its own: without it npm would install into the repository around it.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const args = [
    'install',
    '--ignore-scripts',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { status, stderr } = spawnSync('npm', [...args, `@vscode/vsce@${VSCE}`], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm could not install @vscode/vsce@${VSCE}: ${stderr}`)
  if (existsSync(vsce)) rmSync(folder, { recursive: true })
  else renameSync(folder, vsceFolder)
}

function manifest(): { readonly version: string } {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = spawnSync(process.execPath, ['--import', 'tsx', 'server/tools/build.ts'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (built.status !== 0) process.exit(built.status ?? 1)
  const path = packageExtension()
  const megabytes = (statSync(path).size / 1e6).toFixed(1)
  process.stdout.write(`${path}: ${megabytes} MB, ${contents(path).size} files\n`)
}
