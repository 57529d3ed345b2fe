// What every answer says of itself: its name, that it is what its type says, and that nobody on the way keeps it.

import type { App } from '../app.ts'

export function addHeaders(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      // A route whose answers may be kept says so itself.
      'cache-control': 'no-store',
    })
    done()
  })
}
