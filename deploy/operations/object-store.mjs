// A store that speaks S3 (AWS, and whatever is compatible with it): what is there, and putting a file into it, each request signed.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

import { createHash, createHmac } from 'node:crypto'
import { open, stat } from 'node:fs/promises'

/** Thrown with what the store said. */
export class StoreError extends Error {}

/** In memory at once, and the least that a part of S3 may be is 5 MiB. */
const PART_BYTES = 64 * 1024 * 1024

/**
 * `endpoint`: https://s3.eu-west-1.amazonaws.com or any other; the bucket stands in the path, which all of them know.
 *
 * @param {{endpoint: string, region: string, bucket: string, id: string, secret: string, token?: string}} place
 */
export function objectStore(place) {
  const send = (method, key, { query = {}, headers = {}, body = Buffer.alloc(0) } = {}) => {
    const url = new URL(place.endpoint)
    url.pathname = [url.pathname.replace(/\/$/, ''), place.bucket, ...key.split('/').map(encoded)].join('/')
    url.search = canonicalQuery(query)
    const given = { ...headers, ...(place.token && { 'x-amz-security-token': place.token }) }
    const signed = signedHeaders({ method, url, headers: given, body, at: new Date(), ...place })
    const request = { method, headers: signed, ...(body.length > 0 && { body }), redirect: 'error' }
    return fetch(url, request).catch(error => {
      throw new StoreError(`${url.host}: ${error.cause?.message ?? error.message}`)
    })
  }
  const sent = async (...request) => {
    const response = await send(...request)
    const text = await response.text()
    if (!response.ok)
      throw new StoreError(`${request[0]} ${request[1]}: ${response.status} ${reasonIn(text)}`)
    return { headers: response.headers, text }
  }

  return {
    /** Undefined where there is nothing. */
    async bytesOf(key) {
      const response = await send('HEAD', key)
      if (response.status === 404) return undefined
      if (!response.ok) throw new StoreError(`HEAD ${key}: ${response.status}`)
      return Number(response.headers.get('content-length'))
    },

    /** All of it or nothing: an object is seen when its last part was put together. */
    async put(key, path) {
      const { size } = await stat(path)
      const file = await open(path)
      try {
        const parts = Math.ceil(size / PART_BYTES)
        if (parts <= 1) return void (await sent('PUT', key, { body: await read(file, 0, size) }))
        const { text } = await sent('POST', key, { query: { uploads: '' } })
        const uploadId = /<UploadId>([^<]+)</.exec(text)?.[1]
        if (!uploadId) throw new StoreError(`POST ${key}: no upload was begun`)
        try {
          const tags = []
          for (let part = 0; part < parts; part++) {
            const body = await read(file, part * PART_BYTES, Math.min(PART_BYTES, size - part * PART_BYTES))
            const { headers } = await sent('PUT', key, { query: { partNumber: part + 1, uploadId }, body })
            tags.push(headers.get('etag'))
          }
          const list = tags.map(
            (tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`,
          )
          const body = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`)
          const done = await sent('POST', key, { query: { uploadId }, body })
          // It may say 200 and mean otherwise.
          if (/<Error>/.test(done.text)) throw new StoreError(`POST ${key}: ${reasonIn(done.text)}`)
        } catch (error) {
          await sent('DELETE', key, { query: { uploadId } }).catch(() => undefined)
          throw error
        }
      } finally {
        await file.close()
      }
    },
  }
}

/** What the token of a pod is worth on AWS, for an hour. */
export async function roleOfPod(endpoint, role, token) {
  const url = new URL(endpoint)
  const asked = { RoleArn: role, WebIdentityToken: token.trim(), RoleSessionName: 'codeant-offsite' }
  // In the body: addresses are written into logs.
  const body = new URLSearchParams({
    ...{ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15' },
    ...asked,
  })
  const response = await fetch(url, { method: 'POST', body, redirect: 'error' }).catch(error => {
    throw new StoreError(`${url.host}: ${error.cause?.message ?? error.message}`)
  })
  const text = await response.text()
  const part = name => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1]
  const who = { id: part('AccessKeyId'), secret: part('SecretAccessKey'), token: part('SessionToken') }
  if (!response.ok || !who.id || !who.secret)
    throw new StoreError(`${url.host}: ${response.status} ${reasonIn(text)}`)
  return who
}

/** `host`, `x-amz-…` and whatever else is given, with `authorization` over all of them. */
export function signedHeaders({ method, url, headers, body, at, region, id, secret }) {
  const time = at.toISOString().replace(/\.\d+|[-:]/g, '')
  const day = time.slice(0, 8)
  const digest = sha256(body)
  const all = Object.fromEntries(
    Object.entries({ ...headers, host: url.host, 'x-amz-content-sha256': digest, 'x-amz-date': time })
      .map(([name, value]) => [name.toLowerCase(), String(value).trim()])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const names = Object.keys(all).join(';')
  const lines = Object.entries(all).map(([name, value]) => `${name}:${value}\n`)
  const request = [method, url.pathname, url.search.slice(1), lines.join(''), names, digest].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce(hmac, `AWS4${secret}`)
  const signature = createHmac('sha256', key).update(text).digest('hex')
  const { host, ...rest } = all
  return {
    ...rest,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope},SignedHeaders=${names},Signature=${signature}`,
  }
}

async function read(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead !== length) throw new StoreError('a file became shorter while it was read')
  return buffer
}

function canonicalQuery(query) {
  return Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`)
    .sort()
    .join('&')
}

/** As S3 wants it: more than `encodeURIComponent` does. */
function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, it => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
}

const reasonIn = text => /<Message>([^<]*)</.exec(text)?.[1] ?? /<Code>([^<]*)</.exec(text)?.[1] ?? ''
const sha256 = data => createHash('sha256').update(data).digest('hex')
const hmac = (key, text) => createHmac('sha256', key).update(text).digest()
