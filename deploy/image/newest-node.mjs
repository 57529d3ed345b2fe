// Whether the image's Node is the newest of its line: it is named in build.mjs by version and digest, where no other tool looks.
//
//   node deploy/image/newest-node.mjs
//
// 0: it is. 1: there is a newer one, with what to write into build.mjs.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const source = readFileSync(new URL('build.mjs', import.meta.url), 'utf8')
const [, now, line] = /const NODE = '((\d+)\.[\d.]+)'/.exec(source) ?? []
const names = [...source.matchAll(/name: '(node-linux-\w+)'/g)].map(it => it[1])
if (!now || names.length !== 2) throw new Error('build.mjs does not name its Node where it did')

const versions = [JSON.parse(npm(`${names[0]}@${line}`, 'version'))].flat().sort(byVersion)
const newest = versions.at(-1)
if (newest === now) process.stdout.write(`newest-node: ${now} is the newest of ${line}\n`)
else {
  process.stdout.write(`newest-node: ${now} is in the image, ${newest} is there\n`)
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
