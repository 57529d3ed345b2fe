import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** A port of this computer that nobody has at the moment, for a program that has to be told one. */
export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
