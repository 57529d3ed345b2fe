// What a package.json says of code that is built from Rust: whether napi-rs is set up, where its scripts put what they build, and
// which packages are folders of the workspace instead of releases.

import type { FactWriter } from '../facts.ts'
import { normal } from '../modules.ts'
import type { NativeBuild } from '../rows/foreign.ts'

type Manifest = Readonly<Record<string, unknown>>

export function extractNativePackage(manifest: Manifest, facts: FactWriter): void {
  const scripts = Object.values(recordOf(manifest.scripts)).filter(it => typeof it === 'string')
  const builds = scripts.flatMap(buildsOf)
  const local = localPackages(manifest)
  const isNapi = 'napi' in manifest || builds.some(it => it.bridge === 'napi')
  if (!isNapi && builds.length === 0 && local.length === 0) return
  const name = typeof manifest.name === 'string' ? manifest.name : ''
  const main = normal(typeof manifest.main === 'string' ? manifest.main : 'index.js')
  facts.add('nativePackage', { name, main, isNapi, builds, local }, { start: 0, end: 0 })
}

/** `napi build --js binding.js`, `wasm-pack build ../geo --out-dir pkg`, `wasm-bindgen --out-dir pkg target/…/geo.wasm` */
function buildsOf(script: string): NativeBuild[] {
  return script.split(/&&|\|\||;/).flatMap((command): readonly NativeBuild[] => {
    const napi = /\bnapi\s+build\b(.*)/s.exec(command)
    if (napi) return [napiBuild(wordsOf(napi[1]!))]
    const pack = /\bwasm-pack\s+build\b(.*)/s.exec(command)
    if (pack) return [packBuild(wordsOf(pack[1]!))]
    const bindgen = /\bwasm-bindgen\b(.*)/s.exec(command)
    return bindgen ? bindgenBuild(wordsOf(bindgen[1]!)) : []
  })
}

function napiBuild(words: Words): NativeBuild {
  const folder = words.option('--output-dir', '-o') ?? words.plain[0] ?? '.'
  const file = words.option('--js') ?? 'index.js'
  const manifest = words.option('--manifest-path')?.replace(/\/?Cargo\.toml$/, '')
  const crate = manifest ?? words.option('--cargo-cwd', '--cwd')
  return { bridge: 'napi', into: `${folder}/${withoutExtension(file)}`, crate: crate === '' ? '.' : crate }
}

function packBuild(words: Words): NativeBuild {
  const crate = words.plain[0] ?? '.'
  const folder = `${crate}/${words.option('--out-dir', '-d') ?? 'pkg'}`
  const file = words.option('--out-name')
  return { bridge: 'wasm-bindgen', into: `${folder}/${file ?? ''}`, crate }
}

/** The crate is known by the name of what it is built to. */
function bindgenBuild(words: Words): NativeBuild[] {
  const folder = words.option('--out-dir')
  const file = words.option('--out-name') ?? /([^/]+)\.wasm$/.exec(words.plain[0] ?? '')?.[1]
  return folder && file ? [{ bridge: 'wasm-bindgen', into: `${folder}/${file}`, crate: undefined }] : []
}

interface Words {
  /** What follows one of these, or is glued to it. */
  readonly option: (...names: readonly string[]) => string | undefined
  readonly plain: readonly string[]
}

/** Options that stand alone. */
const FLAGS =
  /^(--(platform|release|esm|strip|no-const-enum|no-js|dev|debug|profiling|no-typescript|no-pack|no-opt|verbose|pipe|use-napi-cross|cross-compile|watch|typescript|weak-refs|reference-types|omit-default-module-path|keep-debug|remove-name-section|remove-producers-section|nodejs|web|browser|all-features|no-default-features|no-dts-header|no-dts-cache|locked|zig)|-[rsvwx])$/

function wordsOf(command: string): Words {
  // What stands behind `--` is for cargo.
  const all = (command.split(/\s--\s/)[0] ?? '').trim().split(/\s+/)
  const plain: string[] = []
  const options = new Map<string, string>()
  for (let i = 0; i < all.length; i++) {
    const word = all[i]!.replace(/^["']|["']$/g, '')
    const [name, value] = word.split('=', 2)
    if (!word.startsWith('-')) {
      if (word !== '' && !/[$*`]/.test(word)) plain.push(word)
    } else if (value !== undefined) options.set(name!, value)
    else if (!FLAGS.test(word)) options.set(word, all[++i]?.replace(/^["']|["']$/g, '') ?? '')
  }
  return {
    plain,
    option: (...names) => names.map(it => options.get(it)).find(it => it !== undefined && !/[$`]/.test(it)),
  }
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

function localPackages(manifest: Manifest): (readonly [string, string])[] {
  return DEPENDENCIES.flatMap(kind =>
    Object.entries(recordOf(manifest[kind])).flatMap(([name, version]): [string, string][] => {
      const [, way, folder] = /^(file|link|portal|workspace):(.*)$/.exec(String(version)) ?? []
      if (!way || /\.tgz$/.test(folder!)) return []
      return [[name, way === 'workspace' ? '' : normalFrom(folder!)]]
    }),
  )
}

/** Keeps what leads upwards, which `normal` cannot. */
function normalFrom(folder: string): string {
  return folder.replace(/^\.\//, '').replace(/\/$/, '') || '.'
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]s$/, '')
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
