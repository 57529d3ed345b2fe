// Builds everything that runs: the grammars, the flattener and the bundles, into `dist/`.

import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { type BuildOptions, build as buildWithEsbuild } from 'esbuild'
import { commonBundle, gatewayBundle, requireBanner } from './bundles.ts'
import { Shipped } from './third-party.ts'
import { withoutExamples } from './without-examples.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string
}

interface LockedGrammar {
  readonly package: string
  readonly version: string
  readonly file: string
  readonly sha256: string
}

/** Whose code goes into what people install: learned from the bundles themselves, so that none is forgotten. */
const shipped = new Shipped(root)

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
    shipped.copied('extension', module)
  }
}

/** The one file that ONNX Runtime needs beside our bundle, of the 130 MB of its package. */
function copyRuntime(): void {
  const name = 'ort-wasm-simd-threaded.wasm'
  mkdirSync(join(dist, 'runtime'), { recursive: true })
  copyFileSync(join(root, 'node_modules/onnxruntime-web/dist', name), join(dist, 'runtime', name))
  shipped.copied('extension', 'onnxruntime-web')
}

/** What a model needs to run; its card and its golden answers stay in the repository. */
function copyModels(): void {
  const target = join(dist, 'models')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  for (const it of readdirSync(join(root, 'models'), { withFileTypes: true })) {
    const source = join(root, 'models', it.name)
    if (!it.isDirectory() || !existsSync(join(source, 'model.json'))) continue
    mkdirSync(join(target, it.name), { recursive: true })
    for (const file of readdirSync(source, { withFileTypes: true }))
      if (file.isFile() && !/^golden\.|\.md$/.test(file.name))
        copyFileSync(join(source, file.name), join(target, it.name, file.name))
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

/** Digest of all that decides what is found: results remembered by another analysis are not looked at. */
function analysisDigest(): string {
  const hash = createHash('sha256')
  const visit = (folder: string): void => {
    for (const it of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, it.name)
      if (it.isDirectory()) visit(path)
      else hash.update(it.name).update(readFileSync(path))
    }
  }
  const folders = [
    'base',
    'text',
    'syntax',
    'semantics',
    'graph',
    'patterns',
    'inference',
    'rules',
    'features',
  ]
  for (const folder of folders) visit(join(root, 'server/src', folder))
  hash.update(readFileSync(join(root, 'server/grammars/grammars.lock.json')))
  return hash.digest('hex').slice(0, 16)
}

async function build(part: 'extension' | 'gateway', options: BuildOptions): Promise<void> {
  shipped.bundled(part, (await buildWithEsbuild({ ...options, metafile: true })).metafile)
}

async function buildServer(): Promise<void> {
  rmSync(join(dist, 'server'), { recursive: true, force: true })
  await build('extension', {
    ...commonBundle(root),
    entryPoints: {
      main: 'server/src/main.ts',
      'index-worker': 'server/src/host/node/index-worker.ts',
      'pack-worker': 'server/src/host/node/pack-worker.ts',
      'model-worker': 'server/src/host/node/model-worker.ts',
      'api-models': 'server/src/api/models.ts',
      'api-questions': 'server/src/api/questions.ts',
      'api-analysis': 'server/src/api/analysis.ts',
      'api-functions': 'server/src/api/functions.ts',
    },
    outdir: 'dist/server',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    banner: { js: requireBanner },
    conditions: ['import'],
    // What a package offers beside CommonJS can be bundled whole.
    mainFields: ['module', 'main'],
    external: ['@napi-rs/nice'],
    plugins: [withoutExamples(join(dist, 'grammars'))],
    define: { CODEANT_VERSION: JSON.stringify(version), CODEANT_ANALYSIS: JSON.stringify(analysisDigest()) },
  })
}

/**
 * V8 keeps a text with a single letter outside of ASCII at two bytes each. The letters that esbuild leaves stand in regular
 * expressions and in comments, where an escape means the same; in a tagged template it would not.
 */
function escapeTheRest(folder: string): void {
  for (const name of readdirSync(folder).filter(it => it.endsWith('.mjs'))) {
    const text = readFileSync(join(folder, name), 'utf8')
    const tagged = /(?<![\w`])(?:[jt]sx?|py|rs|json|jsonc|yaml|toml|text|raw)`[^`]*[\u0080-\uffff]/.exec(text)
    if (tagged) throw new Error(`${name}: a letter outside of ASCII in a tagged template: ${tagged[0]}`)
    const escaped = text.replace(
      /[\u0080-\uffff]/g,
      it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    if (escaped !== text) writeFileSync(join(folder, name), escaped)
  }
}

/** See `without-examples.ts`. */
async function writeExamples(): Promise<void> {
  const { RULES } = await import('../src/rules/registry.generated.ts')
  const examples = Object.fromEntries(RULES.map(it => [it.id, it.examples]))
  writeFileSync(join(dist, 'server/examples.json'), JSON.stringify(examples))
}

/** The gateway, with its libraries. */
async function buildGateway(): Promise<void> {
  const target = join(dist, 'gateway')
  rmSync(target, { recursive: true, force: true })
  await build('gateway', {
    ...gatewayBundle(root),
    entryPoints: {
      main: 'deploy/gateway/src/main.ts',
      run: 'deploy/gateway/src/run.ts',
      operator: 'deploy/gateway/src/operator.ts',
      'analysis-worker': 'deploy/gateway/src/analysis/analysis-worker.ts',
      'embedding-worker': 'deploy/gateway/src/functions/embedding-worker.ts',
    },
    outdir: 'dist/gateway',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    define: { CODEANT_VERSION: JSON.stringify(version) },
  })
  cpSync(join(root, 'deploy/gateway/src/store/migrations'), join(target, 'migrations'), { recursive: true })
  cpSync(join(root, 'deploy/gateway/src/docs-page/page'), join(target, 'page'), { recursive: true })
  // The embedded database reads these from beside its own code.
  const database = join(root, 'node_modules/@electric-sql/pglite/dist')
  for (const it of ['pglite.wasm', 'pglite.data', 'initdb.wasm'])
    copyFileSync(join(database, it), join(target, it))
  copyFileSync(
    join(root, 'node_modules/@electric-sql/pglite-pgvector/dist/vector.tar.gz'),
    join(target, 'vector.tar.gz'),
  )
  shipped.copied('gateway', '@electric-sql/pglite', '@electric-sql/pglite-pgvector')
}

/** Piscina starts its threads from a file beside its own code, so that file has to lie beside the bundle. */
async function buildPoolWorker(part: 'extension' | 'gateway', folder: string): Promise<void> {
  await build(part, {
    ...commonBundle(root),
    entryPoints: { worker: 'node_modules/piscina/dist/worker.js' },
    outdir: folder,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['@napi-rs/nice'],
  })
  writeFileSync(join(root, folder, 'package.json'), '{ "type": "commonjs" }\n')
}

/** The pages of the graph, which `codeant graph --format html` writes, too, and of the playground. They are read only when shown. */
async function buildPage(): Promise<void> {
  await build('extension', {
    ...commonBundle(root),
    entryPoints: ['graph.ts', 'graph.css', 'playground.ts', 'playground.css'].map(it => `server/page/${it}`),
    outdir: 'dist/page',
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
    minify: true,
    sourcemap: false,
  })
}

/** Programs that run in a cluster, where no packages are installed. */
async function buildOperations(): Promise<void> {
  const source = 'deploy/operations'
  rmSync(join(dist, 'operations'), { recursive: true, force: true })
  await build('gateway', {
    ...commonBundle(root),
    entryPoints: readdirSync(join(root, source))
      .filter(it => it.endsWith('.mjs'))
      .map(it => `${source}/${it}`),
    outdir: 'dist/operations',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    banner: { js: requireBanner },
    external: ['pg-native'],
  })
}

async function buildClient(): Promise<void> {
  await build('extension', {
    ...commonBundle(root),
    entryPoints: { extension: 'client/src/extension.ts' },
    outdir: 'dist/client',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['vscode'],
  })
}

const onlyGrammars = process.argv.includes('--grammars')
mkdirSync(dist, { recursive: true })
copyGrammars()
copyRuntime()
await buildFlattener()
if (!onlyGrammars) {
  copyModels()
  await buildServer()
  escapeTheRest(join(dist, 'server'))
  await writeExamples()
  await buildGateway()
  await Promise.all([
    buildPoolWorker('extension', 'dist/server'),
    buildPoolWorker('gateway', 'dist/gateway'),
    buildPage(),
    buildClient(),
    buildOperations(),
  ])
  shipped.write(dist)
}
