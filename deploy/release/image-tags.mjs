// Under which names an image is published, one a line: a branch's name and the commit, or a version and its line of versions.
//
//   node deploy/release/image-tags.mjs --image ghcr.io/owner/codeant-gateway --ref refs/heads/main --sha COMMIT
//
// There is no `latest`: what runs somewhere has to be known by the name it was started with.

import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const USAGE = 'node deploy/release/image-tags.mjs --image NAME --ref REF --sha COMMIT'

export function tagsFor(ref, sha) {
  const short = sha.slice(0, 12)
  const version = /^refs\/tags\/v((\d+\.\d+)\.\d+(-[0-9A-Za-z.-]+)?)$/.exec(ref)
  // A version that is tried out moves nobody who asked for a line of versions.
  if (version) return version[3] ? [version[1]] : [version[1], version[2]]
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  if (!branch)
    throw new Error(`${ref} is neither a branch nor the tag of a version: nothing is published for it`)
  // What a registry allows in a tag, and short enough for the commit beside it.
  const name = branch
    .replace(/[^0-9A-Za-z_.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 100)
  return [name, `${name}-${short}`]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = { type: 'string' }
  const { values } = parseArgs({ options: { image: text, ref: text, sha: text, help: { type: 'boolean' } } })
  if (values.help) process.stdout.write(`${USAGE}\n`)
  else if (!values.image || !values.ref || !/^[0-9a-f]{40}$/.test(values.sha ?? '')) fail(USAGE)
  else
    try {
      // Registries know names in lower case only; those of owners may have others.
      for (const it of tagsFor(values.ref, values.sha))
        process.stdout.write(`${values.image.toLowerCase()}:${it}\n`)
    } catch (error) {
      fail(error.message)
    }
}

function fail(text) {
  process.stderr.write(`image-tags: ${text}\n`)
  process.exitCode = 1
}
