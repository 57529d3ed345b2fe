// Where an edge has no word for it (Gateway API, a load balancer of AWS), a body ends at the gateway, with the settings that ship: it is
// refused before it is read where its length is told, and while it comes where it is not.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { startGateway } from '../endpoint/support/gateway.ts'
import { KUBERNETES } from './support/render.ts'

test('a body larger than the settings allow is refused, told or not told how long it is', async () => {
  const { http } = parse(readFileSync(join(KUBERNETES, 'base/gateway.toml'), 'utf8')) as {
    http: { bodyLimit: number }
  }
  const gateway = await startGateway({ 'http.bodyLimit': String(http.bodyLimit) })
  try {
    const { hostname, port } = new URL(gateway.url)
    const ask = (head: readonly string[], pieces: number) =>
      new Promise<{ answer: string; sent: number }>((resolve, reject) => {
        const socket = connect(Number(port), hostname)
        const piece = Buffer.alloc(1 << 20, ' ')
        let answer = ''
        let sent = 0
        const send = () => {
          while (sent < pieces && answer === '' && !socket.destroyed) {
            sent++
            if (!socket.write(Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')]))) return
          }
        }
        socket.on('data', it => {
          answer += String(it)
          socket.end()
        })
        socket.on('drain', send)
        // It need not listen to the rest.
        socket.on('error', error => (answer ? undefined : reject(error)))
        socket.on('close', () => resolve({ answer, sent }))
        const told = [
          `Host: ${hostname}`,
          `X-Api-Key: ${gateway.key}`,
          'Content-Type: application/json',
          ...head,
        ]
        socket.write(`POST /api/v1/keys HTTP/1.1\r\n${told.join('\r\n')}\r\n\r\n`)
        send()
      })
    const told = await ask([`Content-Length: ${http.bodyLimit + 1}`], 0)
    assert.match(told.answer, /^HTTP\/1\.1 413 /)
    const untold = await ask(['Transfer-Encoding: chunked'], 64)
    assert.match(untold.answer, /^HTTP\/1\.1 413 /)
    assert.ok(untold.sent < 64, `${untold.sent} MiB were taken`)
  } finally {
    await gateway.stop()
  }
})
