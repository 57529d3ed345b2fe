// Builds everything that runs: the grammars, the flattener and the bundles, into `dist/`.

import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { type BuildOptions, build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'dist')

interface LockedGrammar {
  readonly package: string
  readonly version: string
  readonly file: string
  readonly sha256: string
}

/** Copies each grammar of the lock, and refuses one that is not, byte for byte, the one that was locked. */
function copyGrammars(): void {
  const lock = JSON.parse(readFileSync(join(root, 'server/grammars/grammars.lock.json'), 'utf8')) as Record<
    string,
    LockedGrammar
  >
  mkdirSync(join(dist, 'grammars'), { recursive: true })
  for (const [name, { package: module, version, file, sha256 }] of Object.entries(lock)) {
    const source = join(root, 'node_modules', module, file)
    const actual = createHash('sha256').update(readFileSync(source)).digest('hex')
    if (actual !== sha256)
      throw new Error(`${name}: ${module}@${version} has sha256 ${actual}, locked is ${sha256}`)
    copyFileSync(source, join(dist, 'grammars', name))
  }
}

async function buildFlattener(): Promise<void> {
  const source = 'server/src/syntax/assembly/flatten.ts'
  const target = 'dist/grammars/flatten.wasm'
  const options = [
    '--runtime',
    'stub',
    '--importMemory',
    '--noAssert',
    '-O3',
    '--converge',
    '--enable',
    'bulk-memory',
  ]
  const { error, stderr } = await asc.main([source, '--outFile', target, '--baseDir', root, ...options])
  if (error) throw new Error(`${source}: ${stderr.toString()}`)
}

const shared: BuildOptions = {
  bundle: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  absWorkingDir: root,
  legalComments: 'eof',
  minifySyntax: true,
}

/** Some dependencies are CommonJS and call `require`; an ES module has none of its own. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

async function buildServer(): Promise<void> {
  await build({
    ...shared,
    entryPoints: { main: 'server/src/main.ts', worker: 'server/src/host/node/worker.ts' },
    outdir: 'dist/server',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    banner: { js: requireBanner },
    conditions: ['import'],
  })
}

async function buildClient(): Promise<void> {
  if (!existsSync(join(root, 'client/src/extension.ts'))) return
  await build({
    ...shared,
    entryPoints: { extension: 'client/src/extension.ts' },
    outdir: 'dist/client',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['vscode'],
  })
}

export async function buildAll(): Promise<void> {
  mkdirSync(dirname(join(dist, 'x')), { recursive: true })
  copyGrammars()
  await Promise.all([buildFlattener(), buildServer(), buildClient()])
  writeFileSync(join(dist, 'built'), `${new Date().toISOString()}\n`)
}

if (process.argv.includes('--grammars')) {
  mkdirSync(dist, { recursive: true })
  copyGrammars()
  await buildFlattener()
} else await buildAll()
