// Whether the images' Node is the newest of its line: it is named in images.mjs by version and digest, where no other tool looks.
//
//   node deploy/image/newest-node.mjs
//
// 0: it is. 1: there is a newer one, with what to write into images.mjs.

import { execFileSync } from 'node:child_process'
import { NODE, NODES } from './images.mjs'

const [line] = NODE.split('.')
const names = Object.values(NODES).map(it => it.name)
const versions = [JSON.parse(npm(`${names[0]}@${line}`, 'version'))].flat().sort(byVersion)
const newest = versions.at(-1)
if (newest === NODE) process.stdout.write(`newest-node: ${NODE} is the newest of ${line}\n`)
else {
  process.stdout.write(`newest-node: ${NODE} is in the image, ${newest} is there\n`)
  for (const it of names)
    process.stdout.write(`${it}: ${JSON.parse(npm(`${it}@${newest}`, 'dist.integrity'))}\n`)
  process.exitCode = 1
}

function npm(name, field) {
  return execFileSync('npm', ['view', name, field, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function byVersion(one, other) {
  const [a, b] = [one, other].map(it => it.split('.').map(Number))
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
