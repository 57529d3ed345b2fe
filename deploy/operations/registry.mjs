// What a registry of images says of a tag: the digest of what it stands for now.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Thrown with what the registry said. */
export class RegistryError extends Error {}

/** An index of several architectures before one of them: a digest that holds on every machine. */
const KINDS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')
const DIGEST = /^sha256:[0-9a-f]{64}$/
const LATE_MS = 30_000

/**
 * `registry.example.com/team/image:tag@sha256:…`, as container runtimes read it.
 *
 * @returns {{host: string, path: string, tag: string | undefined, digest: string | undefined}}
 */
export function referenceOf(image) {
  const [rest, digest] = image.split('@')
  const [, name, tag] = /^(.+?)(?::([\w][\w.-]*))?$/.exec(rest)
  const [first, ...more] = name.split('/')
  const isHost = more.length > 0 && /[.:]|^localhost$/.test(first)
  if (isHost) return { host: first, path: more.join('/'), tag, digest }
  return { host: 'docker.io', path: more.length > 0 ? name : `library/${name}`, tag, digest }
}

/** `through`: a mirror that is asked in the place of all registries, which it is told with `ns`, as containerd does. */
export async function digestOfTag({ host, path, tag }, through) {
  const base = through ?? (host === 'docker.io' ? 'https://registry-1.docker.io' : `https://${host}`)
  const url = new URL(`/v2/${path}/manifests/${tag}`, base)
  if (through) url.searchParams.set('ns', host)
  const ask = (method, authorization) =>
    fetch(url, {
      ...{ method, signal: AbortSignal.timeout(LATE_MS) },
      headers: { accept: KINDS, ...(authorization && { authorization }) },
    }).catch(error => {
      throw new RegistryError(`${url.host}: ${error.cause?.message ?? error.message}`)
    })
  let response = await ask('HEAD', basicFor(host))
  let token
  if (response.status === 401) {
    token = await tokenFor(response.headers.get('www-authenticate') ?? '', host)
    response = await ask('HEAD', token)
  }
  if (!response.ok) throw new RegistryError(`${url.host}: ${path}:${tag}: ${response.status}`)
  const told = response.headers.get('docker-content-digest')
  if (told) {
    if (!DIGEST.test(told)) throw new RegistryError(`${url.host}: ${path}:${tag}: ${told}`)
    return told
  }
  // A digest is what the bytes are, whoever says so.
  const whole = await ask('GET', token ?? basicFor(host))
  if (!whole.ok) throw new RegistryError(`${url.host}: ${path}:${tag}: ${whole.status}`)
  return `sha256:${createHash('sha256')
    .update(Buffer.from(await whole.arrayBuffer()))
    .digest('hex')}`
}

/** A registry sends whoever has no token to where they get one. */
async function tokenFor(challenge, host) {
  const given = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
  if (!/^Bearer /i.test(challenge) || !given.realm) throw new RegistryError(`${host}: ${challenge || 401}`)
  const url = new URL(given.realm)
  for (const name of ['service', 'scope']) if (given[name]) url.searchParams.set(name, given[name])
  const authorization = basicFor(host)
  const response = await fetch(url, {
    signal: AbortSignal.timeout(LATE_MS),
    headers: authorization ? { authorization } : {},
  }).catch(error => {
    throw new RegistryError(`${url.host}: ${error.cause?.message ?? error.message}`)
  })
  if (!response.ok) throw new RegistryError(`${url.host}: ${response.status}`)
  const { token, access_token } = await response.json()
  return `Bearer ${token ?? access_token}`
}

/** As `docker login` and `buildah login` leave it; undefined where nobody logged in. */
function basicFor(host, env = process.env) {
  const file = env.REGISTRY_AUTH_FILE || join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json')
  try {
    const { auths = {} } = JSON.parse(readFileSync(file, 'utf8'))
    const { auth } =
      auths[host] ?? (host === 'docker.io' ? auths['https://index.docker.io/v1/'] : undefined) ?? {}
    return auth && `Basic ${auth}`
  } catch {
    return undefined
  }
}
