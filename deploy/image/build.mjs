// Builds an image without a Docker daemon, the same bytes for the same sources: that of the gateway, or, with `--for operations`, that of
// the programs that copy its database.
//
//   npm run build && node deploy/image/build.mjs [--tag codeant-gateway:0.1.0] [--output image.tar] [--architecture amd64|arm64]
//                                                [--sbom sbom.json] [--for gateway|operations] [--source URL]
//
// --source names the repository in a label, so that a registry can show where the image comes from.
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
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeBill } from './bill.mjs'
import { IMAGES, NODE, NODES } from './images.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Nobody of any machine: see `runAsUser` in the manifests. */
const USER = 10001

const WORDS = {
  en: {
    missing: tool => `${tool} is needed to build the image (Debian and Ubuntu have it: apt install ${tool})`,
    unbuilt: 'there is nothing to put into the image yet: npm run build',
    architecture: given => `there is no architecture ${given}: amd64 or arm64`,
    image: given => `there is no image for ${given}: ${Object.keys(IMAGES).join(', ')}`,
    damaged: name => `${name} is not the package that was expected`,
  },
  es: {
    missing: tool =>
      `hace falta ${tool} para construir la imagen (está en Debian y Ubuntu: apt install ${tool})`,
    unbuilt: 'todavía no hay nada que poner en la imagen: npm run build',
    architecture: given => `no hay arquitectura ${given}: amd64 o arm64`,
    image: given => `no hay imagen para ${given}: ${Object.keys(IMAGES).join(', ')}`,
    damaged: name => `${name} no es el paquete que se esperaba`,
  },
}
const say =
  WORDS[/^es/.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'es' : 'en']

const { values } = parseArgs({
  options: {
    tag: { type: 'string' },
    output: { type: 'string' },
    sbom: { type: 'string' },
    source: { type: 'string', default: '' },
    for: { type: 'string', default: 'gateway' },
    architecture: { type: 'string', default: process.arch === 'arm64' ? 'arm64' : 'amd64' },
  },
})
const image = IMAGES[values.for] ?? fail(say.image(values.for))
const tag = values.tag ?? `codeant-${values.for}:${version}`
const node = NODES[values.architecture] ?? fail(say.architecture(values.architecture))
for (const tool of ['buildah', 'mmdebstrap', 'npm'])
  if (spawnSync(tool, ['--version'], { stdio: 'ignore' }).error) fail(say.missing(tool))
if (!image.parts.every(it => existsSync(join(root, 'dist', it)))) fail(say.unbuilt)

const folder = mkdtempSync(join(tmpdir(), 'codeant-image-'))
try {
  makeBase(join(folder, 'base'))
  fetchNode(join(folder, 'node'))
  copyApp(join(folder, 'app'))
  writeBill({
    ...{ base: join(folder, 'base'), app: join(folder, 'app'), architecture: values.architecture },
    ...{ node: { ...node, version: NODE }, name: values.for, shipped: image.shipped },
  })
  if (values.sbom) cpSync(join(folder, 'app/sbom.json'), values.sbom)
  const id = build()
  process.stdout.write(`${tag} ${id}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** What Node is linked against, and who it runs as. */
function makeBase(target) {
  run('mmdebstrap', [
    ...[
      '--variant=extract',
      `--include=${image.packages}`,
      `--architectures=${values.architecture}`,
      '--quiet',
    ],
    ...[image.debian, target],
  ])
  for (const it of image.without) rmSync(join(target, it), { recursive: true, force: true })
  if (image.programs) {
    mkdirSync(join(target, 'usr/bin'), { recursive: true })
    const { from, names } = image.programs
    for (const it of names) symlinkSync(join(from, it), join(target, 'usr/bin', it))
  }
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
  for (const part of image.parts)
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
    ...[
      '--build-arg',
      `NAME=${values.for}`,
      '--build-arg',
      `VERSION=${version}`,
      '--build-arg',
      `REVISION=${revision}`,
      '--build-arg',
      `SOURCE=${values.source}`,
      '--quiet',
    ],
    ...['--file', join(root, 'deploy/image/Containerfile'), '--tag', tag, folder],
  ])
  if (values.output)
    run('buildah', ['push', '--quiet', tag, `oci-archive:${values.output}:${tag.split('/').at(-1)}`])
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
