// Looks at what a release would publish before it is: everything is there, none is half of a file, none has grown by accident. Writes
// down the digests that people compare with.
//
//   node deploy/release/verify.mjs FOLDER [--only extension,image-amd64,image-arm64] [--write]

import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const USAGE =
  'node deploy/release/verify.mjs FOLDER [--only LIST] [--write]\n--write puts the digests into SHA256SUMS.'
const MB = 1e6

/** What each part publishes, and between which sizes it is what it should be. Limits are loose: half, and half as much again. */
export function expected(version) {
  const image = architecture =>
    ['gateway', 'operations'].flatMap(it => [
      { name: `codeant-${it}-${version}-${architecture}.tar`, from: 35 * MB, to: 150 * MB },
      { name: `codeant-${it}-${version}-${architecture}.sbom.json`, from: 5_000, to: 2 * MB, json: true },
    ])
  return {
    extension: [
      // 22 MB is what `test/package.test.ts` allows.
      { name: `codeant-${version}.vsix`, from: 5 * MB, to: 22 * MB },
      { name: `codeant-${version}.sbom.json`, from: 5_000, to: 2 * MB, json: true },
      { name: 'THIRD-PARTY-LICENSES.txt', from: 50_000, to: MB },
    ],
    'image-amd64': image('amd64'),
    'image-arm64': image('arm64'),
  }
}

/** What is wrong, a sentence each; empty where all is well. */
export function problemsIn(folder, parts, version) {
  const files = parts.flatMap(it => expected(version)[it])
  const wrong = files.flatMap(({ name, from, to, json }) => {
    const path = join(folder, name)
    if (!existsSync(path)) return [`${name} is not there`]
    const { size } = statSync(path)
    if (size < from) return [`${name} has ${size} bytes, fewer than ${from}: it is not whole`]
    if (size > to) return [`${name} has ${size} bytes, more than ${to}: what came into it?`]
    if (json && !isJson(path)) return [`${name} cannot be read`]
    return []
  })
  const names = new Set([...files.map(it => it.name), 'SHA256SUMS'])
  const strangers = existsSync(folder) ? readdirSync(folder).filter(it => !names.has(it)) : []
  return [...wrong, ...strangers.map(it => `${it} is nothing that is published`)]
}

function isJson(path) {
  try {
    JSON.parse(readFileSync(path, 'utf8'))
    return true
  } catch {
    return false
  }
}

async function digestOf(path) {
  const hash = createHash('sha256')
  for await (const it of createReadStream(path)) hash.update(it)
  return hash.digest('hex')
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string' }, write: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) return void process.stdout.write(`${USAGE}\n`)
  const [folder] = positionals
  if (!folder) return fail(USAGE)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const known = expected(version)
  const parts = values.only?.split(',') ?? Object.keys(known)
  const stranger = parts.find(it => !known[it])
  if (stranger) return fail(`there is no part "${stranger}"; there are: ${Object.keys(known).join(', ')}`)
  const wrong = problemsIn(folder, parts, version)
  for (const it of wrong) fail(it)
  if (wrong.length > 0) return
  const lines = []
  for (const { name } of parts.flatMap(it => known[it])) {
    const digest = await digestOf(join(folder, name))
    lines.push(`${digest}  ${name}\n`)
    process.stdout.write(`${digest}  ${(statSync(join(folder, name)).size / MB).toFixed(1)} MB  ${name}\n`)
  }
  if (values.write) writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''))
}

function fail(text) {
  process.stderr.write(`verify: ${text}\n`)
  process.exitCode = 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
