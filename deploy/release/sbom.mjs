// What is inside of what people install, as a bill of materials (CycloneDX 1.6): every package with its licence and its digest.
//
//   npm run build && node deploy/release/sbom.mjs [--output codeant.sbom.json]
//
// It holds no time and no chance, so the same sources give the same bytes. `deploy/image/build.mjs` makes the one of the image.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The packages of a part, as `npm run build` saw them in the bundles; those of the extension are in the image, too. */
export function shippedIn(...parts) {
  const all = JSON.parse(readFileSync(join(root, 'dist/third-party.json'), 'utf8'))
  return all
    .filter(it => it.parts.some(part => parts.includes(part)))
    .map(it => ({
      ...component('library', it.name, it.version, `pkg:npm/${it.name.replace('@', '%40')}@${it.version}`),
      licenses: licences(it.licence),
      ...(it.integrity && { hashes: [digestOf(it.integrity)] }),
    }))
}

/** The models that come along: what they are made of is told in `models/<name>/card.md`. */
export function shippedModels() {
  const folder = join(root, 'dist/models')
  return readdirSync(folder)
    .sort()
    .map(name => {
      const { sha256, licence } = JSON.parse(readFileSync(join(folder, name, 'model.json'), 'utf8'))
      return {
        ...component('machine-learning-model', name, version),
        licenses: licences(licence ?? 'MIT'),
        ...(sha256 && { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
      }
    })
}

export function component(type, name, version, purl) {
  return { 'bom-ref': purl ?? `${type}:${name}`, type, name, version, ...(purl && { purl }) }
}

/** What npm calls an integrity, as CycloneDX writes a digest. */
export function digestOf(integrity) {
  const [kind, content] = integrity.split(/-(.*)/)
  return {
    alg: { sha512: 'SHA-512', sha1: 'SHA-1' }[kind],
    content: Buffer.from(content, 'base64').toString('hex'),
  }
}

export function licences(spdx) {
  return / (OR|AND|WITH) /.test(spdx) ? [{ expression: spdx }] : [{ license: { id: spdx } }]
}

export function bill(type, name, components) {
  const sorted = [...new Map(components.map(it => [it['bom-ref'], it])).values()].sort((a, b) =>
    a['bom-ref'] < b['bom-ref'] ? -1 : 1,
  )
  const own = `pkg:npm/${name}@${version}`
  const digest = createHash('sha256')
    .update(JSON.stringify([type, name, version, sorted]))
    .digest('hex')
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    // Of its content, in the form of a UUID that is made of a name (RFC 9562, version 8).
    serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
    version: 1,
    metadata: { component: { ...component(type, name, version, own), licenses: licences('MIT') } },
    components: sorted,
    dependencies: [{ ref: own, dependsOn: sorted.map(it => it['bom-ref']) }],
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { output: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) {
    process.stdout.write(
      'node deploy/release/sbom.mjs [--output FILE]\nThe bill of materials of the extension.\n',
    )
  } else if (!existsSync(join(root, 'dist/third-party.json'))) {
    process.stderr.write('sbom: there is nothing to tell of yet: npm run build\n')
    process.exitCode = 1
  } else {
    const components = [...shippedIn('extension'), ...shippedModels()]
    const text = `${JSON.stringify(bill('application', 'codeant', components), null, 1)}\n`
    if (values.output) writeFileSync(values.output, text)
    process.stdout.write(values.output ? `${values.output}: ${components.length} parts\n` : text)
  }
}
