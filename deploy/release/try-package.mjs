// Unpacks the package that people install and lets what is inside find a mistake, on whatever machine this runs: there is one package
// for all of them, so each kind of machine has to take it.
//
//   node deploy/release/try-package.mjs codeant-0.1.0.vsix

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { inflateRawSync } from 'node:zlib'

const [file] = process.argv.slice(2)
if (file === '--help') process.stdout.write('node deploy/release/try-package.mjs FILE.vsix\n')
else if (!file || !existsSync(file)) fail(file ? `${file} is not there` : 'which package? FILE.vsix')
else
  try {
    tryPackage(file)
  } catch (error) {
    fail(error.message)
  }

function tryPackage(path) {
  const folder = mkdtempSync(join(tmpdir(), 'codeant-package-'))
  try {
    const files = unpack(readFileSync(path), join(folder, 'package'))
    const program = join(folder, 'package/extension/dist/server/main.mjs')
    mkdirSync(join(folder, 'project'))
    writeFileSync(join(folder, 'project/shop.py'), 'def same(total):\n    return total == total\n')
    const began = Date.now()
    const version = run(program, '--version')
    const report = run(program, 'analyze', '.', '--format', 'json', '--fail-on', 'never')
    if (JSON.parse(report).findings.length === 0) return fail('it found nothing in a file that has a mistake')
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `${path}: ${files} files, version ${version.trim()}, a mistake found in ${seconds} s (${process.platform} ${process.arch}, Node ${process.version})\n`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }

  function run(program, ...given) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], {
      cwd: join(folder, 'project'),
      encoding: 'utf8',
      env: { ...process.env, CODEANT_CACHE: join(folder, 'cache') },
    })
    if (status !== 0) throw new Error(`${given.join(' ')} ended with ${status}: ${stderr}`)
    return stdout
  }
}

/** The files of a ZIP archive. Nothing but Node is needed, and a path that leads out of the folder is refused. */
function unpack(archive, target) {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  for (let left = count; left > 0; left--) {
    const [method, packed, nameLength] = [10, 20, 28].map((it, i) =>
      i === 1 ? archive.readUInt32LE(at + it) : archive.readUInt16LE(at + it),
    )
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const local = archive.readUInt32LE(at + 42)
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
    const place = resolve(target, name)
    if (!place.startsWith(resolve(target))) throw new Error(`${name} leads out of the package`)
    if (name.endsWith('/')) continue
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const bytes = archive.subarray(start, start + packed)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, method === 0 ? bytes : inflateRawSync(bytes))
  }
  return count
}

function fail(text) {
  process.stderr.write(`try-package: ${text}\n`)
  process.exitCode = 1
}
