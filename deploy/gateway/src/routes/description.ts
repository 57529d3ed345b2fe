// What a browser sees of the endpoint: its description as OpenAPI, a page to read it and to try it with, and the page on which a device is
// let in. Nothing of it is fetched elsewhere.

import type { App } from '../app.ts'
import { PAGE_FILES, readPage } from '../docs-page/docs-page.ts'
import { openApiDocument } from '../openapi/document.ts'
import type { Parts } from '../parts.ts'
import { PUBLIC } from '../plugins/keeping.ts'

/** The page may run and show what comes from here, ask here, and nothing else; nobody may put it into a frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';" +
  " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function addDescriptionRoutes(app: App, { version }: Pick<Parts, 'version'>): void {
  const tags = ['description']
  let document: string | undefined

  app.get(
    '/api/v1/openapi.json',
    {
      config: { access: 'open', compressible: true, keeping: PUBLIC },
      schema: { tags, summary: 'This description, as OpenAPI 3.1' },
    },
    async (_, reply) => {
      // All routes are there when the first request is.
      document ??= JSON.stringify(openApiDocument(app.describedRoutes, version))
      return reply.type('application/json; charset=utf-8').send(document)
    },
  )

  for (const { path, type, file, shows } of PAGE_FILES)
    app.get(
      path,
      {
        config: { access: 'open', compressible: true, keeping: PUBLIC },
        schema: { tags, summary: `The page that shows ${shows}: ${file}`, produces: [type] },
      },
      async (_, reply) =>
        reply
          .type(`${type}; charset=utf-8`)
          .headers({ 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer' })
          .send(readPage(file)),
    )
}
