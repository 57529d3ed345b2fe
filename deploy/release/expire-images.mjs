// Removes images that nobody needs any more: those of a version stay for ever, those of main and develop for 90 days, those of other
// branches for a week. An architecture and a signature stay as long as what they belong to.
//
//   GITHUB_TOKEN=… node deploy/release/expire-images.mjs --owner OWNER --package codeant-gateway [--execute]
//
// Without --execute it only says what it would remove. When one thing cannot be looked at, nothing is removed.

import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const USAGE = 'GITHUB_TOKEN=… node deploy/release/expire-images.mjs --owner OWNER --package NAME [--execute]'
const DAY_MS = 86_400_000
const DAYS = { main: 90, other: 7, untagged: 1 }
const SIGNATURE = /^sha256-([0-9a-f]{64})/

/** How many days something with such a tag stays; `Infinity` for ever. */
export function daysFor(tag) {
  if (/^\d+\.\d+(\.\d+(-[\w.-]+)?)?$/.test(tag)) return Number.POSITIVE_INFINITY
  // What a branch points to now is what people who follow it run.
  if (tag === 'main' || tag === 'develop') return Number.POSITIVE_INFINITY
  return /^(main|develop)-[0-9a-f]{12}$/.test(tag) ? DAYS.main : DAYS.other
}

/**
 * Which versions may go. `versions` are `{ id, digest, tags, at }`; `manifestOf(digest)` tells of what an image is made (`children`) and
 * to what it belongs (`subject`).
 */
export async function expired(versions, manifestOf, now) {
  const ageOf = it => (now - it.at) / DAY_MS
  const own = versions.map(it => ({ ...it, names: it.tags.filter(tag => !SIGNATURE.test(tag)) }))
  const kept = new Set(own.filter(it => it.names.some(tag => ageOf(it) < daysFor(tag))).map(it => it.digest))
  const children = new Set()
  for (const digest of kept) for (const it of (await manifestOf(digest)).children) children.add(it)
  const gone = []
  for (const it of own) {
    if (kept.has(it.digest) || children.has(it.digest)) continue
    const signed = it.tags.map(tag => SIGNATURE.exec(tag)?.[1]).filter(Boolean)
    if (signed.some(digest => kept.has(`sha256:${digest}`) || children.has(`sha256:${digest}`))) continue
    if (it.names.length === 0) {
      // Somebody may be about to name it.
      if (ageOf(it) < DAYS.untagged) continue
      const { subject } = await manifestOf(it.digest)
      if (subject && (kept.has(subject) || children.has(subject))) continue
    }
    gone.push(it)
  }
  return gone
}

async function main() {
  const text = { type: 'string' }
  const { values } = parseArgs({
    options: {
      ...{ owner: text, package: text, registry: { type: 'string', default: 'https://ghcr.io' } },
      ...{ execute: { type: 'boolean' }, help: { type: 'boolean' } },
    },
  })
  if (values.help) return void process.stdout.write(`${USAGE}\n`)
  const token = process.env.GITHUB_TOKEN
  if (!values.owner || !values.package || !token) throw new Error(USAGE)
  const api = process.env.GITHUB_API_URL ?? 'https://api.github.com'
  const place = await placeOf(api, values, token)
  const versions = await versionsAt(place, token)
  const registry = `${values.registry}/v2/${values.owner.toLowerCase()}/${values.package}/manifests`
  const gone = await expired(versions, digest => manifestAt(`${registry}/${digest}`, token), Date.now())
  for (const it of gone) {
    if (values.execute) await ask(`${place}/${it.id}`, token, { method: 'DELETE' })
    process.stdout.write(
      `${values.execute ? 'removed' : 'would remove'} ${it.digest} ${it.tags.join(' ') || '(no name)'}\n`,
    )
  }
  process.stdout.write(
    `${versions.length} images, ${gone.length} too old${values.execute ? '' : '; --execute removes them'}\n`,
  )
}

/** An owner is an organisation or a person, and GitHub keeps their packages in different places. */
async function placeOf(api, { owner, package: name }, token) {
  for (const kind of ['orgs', 'users']) {
    const place = `${api}/${kind}/${owner}/packages/container/${name}/versions`
    const answer = await fetch(`${place}?per_page=1`, { headers: { authorization: `Bearer ${token}` } })
    if (answer.ok) return place
    if (answer.status !== 404) throw new Error(`${place}: ${answer.status}`)
  }
  throw new Error(`${owner} has no package ${name}`)
}

async function versionsAt(place, token) {
  const all = []
  for (let page = 1; ; page++) {
    const some = await (await ask(`${place}?per_page=100&page=${page}`, token)).json()
    all.push(...some)
    if (some.length < 100) break
  }
  return all.map(it => ({
    id: it.id,
    digest: it.name,
    tags: it.metadata?.container?.tags ?? [],
    at: Date.parse(it.updated_at ?? it.created_at),
  }))
}

async function manifestAt(url, token) {
  const accept = ['application/vnd.oci.image.index.v1+json', 'application/vnd.oci.image.manifest.v1+json']
  const encoded = Buffer.from(token).toString('base64')
  const answer = await ask(url, encoded, { headers: { accept: accept.join(', ') } })
  const { manifests = [], subject } = await answer.json()
  return { children: manifests.map(it => it.digest), subject: subject?.digest }
}

async function ask(url, token, { method = 'GET', headers = {} } = {}) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: AbortSignal.timeout(30_000),
  })
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`)
  return answer
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main().catch(error => {
    process.stderr.write(`expire-images: ${error.message}\n`)
    process.exitCode = 1
  })
