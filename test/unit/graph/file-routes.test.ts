// Routes by the path of their file: Next.js, SvelteKit, Nuxt, React Router.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFileRoutes } from '../../../server/src/graph/extract/javascript/file-routes.ts'
import { extractReactRouter } from '../../../server/src/graph/extract/javascript/react-router.ts'
import { rowsOf } from '../../support/facts.ts'

function check(path: string, text: string, ...expected: string[]): void {
  test(path, () => assert.deepEqual(rowsOf(extractFileRoutes, text, path), expected))
}

const GET = 'export async function GET(request: Request) {}'

check('app/api/users/route.ts', GET, 'route GET /api/users by GET')
check('app/route.js', GET, 'route GET / by GET')
check('src/app/(shop)/[locale]/@side/pets/[id]/route.ts', GET, 'route GET /{locale}/pets/{id} by GET')
check('apps/web/app/files/[...path]/route.ts', GET, 'route GET /files/{path*} by GET')
check('apps/web/src/app/files/[[...path]]/route.ts', GET, 'route GET /files/{path*} by GET')
check('packages/app/app/x/route.ts', GET, 'route GET /x by GET')
check('packages/app/src/app/app/route.ts', GET, 'route GET /app by GET')
check('app/_private/route.ts', GET)
check('app/%5Fhidden/route.ts', GET, 'route GET /_hidden by GET')
check('lib/route.ts', GET)
check('app/api/users/routes.ts', GET)

check(
  'app/api/all/route.ts',
  `
export const GET = withAuth(list)
export const { POST, PUT } = handlers
export { remove as DELETE, handler as HEAD } from './handlers'
export const dynamic = 'force-dynamic'
const PATCH = 1
function OPTIONS() {}
export { OPTIONS }
`,
  'route GET /api/all by GET',
  'route POST /api/all by POST',
  'route PUT /api/all by PUT',
  'route DELETE /api/all by DELETE',
  'route HEAD /api/all by HEAD',
  'route OPTIONS /api/all by OPTIONS',
)

check(
  'app/api/[[...route]]/route.ts',
  `
import { handle } from 'hono/vercel'
export const GET = handle(app)
`,
)

check(
  'pages/api/users/index.ts',
  `
export default async function users(req, res) {
  const user = await verify(req)
  if (!user) return
  if (req.method === 'GET') {
    return res.json(await list())
  } else if (req.method === 'POST') {
    return res.json(await create(req.body))
  }
}
`,
  'route GET|POST /api/users by users',
)

check(
  'apps/web/src/pages/api/users/[id].tsx',
  `
const handler = (req, res) => {
  if (req.method !== 'PUT') return res.status(405).end()
  save()
}
export default withAuth(handler)
`,
  'route PUT /api/users/{id}',
)

check(
  'pages/api/switch.js',
  `
module.exports = async (req, res) => {
  const { method } = req
  switch (method) {
    case 'GET': return show()
    case 'DELETE': return remove()
    default: res.setHeader('Allow', ['GET']); res.status(405).end(\`Method \${method} Not Allowed\`)
  }
}
`,
  'route GET|DELETE /api/switch',
)

check(
  'pages/api/rest.ts',
  `
export default function rest(req, res) {
  if (req.method === 'OPTIONS') return res.end()
  res.json({ all: 'others' })
}
`,
  'route * /api/rest by rest',
)

check(
  'pages/api/otherwise.ts',
  `
export default function otherwise(req, res) {
  if (req.method === 'POST') create()
  else list()
}
`,
  'route * /api/otherwise by otherwise',
)

check('pages/api/table.ts', 'export default (req, res) => table[req.method](req, res)', 'route * /api/table')
check(
  'pages/api/object.ts',
  'export default handler({ GET: list, POST: create })',
  'route GET|POST /api/object',
)
check('pages/api/auth/[...all].ts', 'export default NextAuth(options)', 'route * /api/auth/{all*}')
check('pages/api/index.ts', 'export default (req, res) => {}', 'route * /api')
check('pages/api/types.ts', 'export interface User {}')
check('pages/about.tsx', 'export default function About() {}')

check('src/routes/api/users/+server.ts', GET, 'route GET /api/users by GET')
check(
  'src/routes/+server.js',
  `${GET}\nexport const fallback = () => {}`,
  'route GET / by GET',
  'route * / by fallback',
)
check(
  'src/routes/(app)/[[lang]]/x/[id=integer].json/+server.ts',
  GET,
  'route GET /{lang}/x/{id}.json by GET',
  'route GET /x/{id}.json by GET',
)
check('src/routes/[...rest]/[x+2e]env/+server.ts', GET, 'route GET /{rest*}/.env by GET')
check('src/routes/users/+page.server.ts', GET)

const HANDLER = 'export default defineEventHandler(async event => {})'

check('server/api/users/index.get.ts', HANDLER, 'route GET /api/users')
check('server/api/users/[id].ts', HANDLER, 'route * /api/users/{id}')
check('server/routes/feed.xml.ts', HANDLER, 'route * /feed.xml')
check('apps/site/server/api/[...].post.ts', HANDLER, 'route POST /api/{path*}')
check(
  'server/api/posts.ts',
  "export default defineEventHandler(event => { assertMethod(event, ['POST', 'PUT']) })",
  'route POST|PUT /api/posts',
)
check('server/api/controllers/users.js', 'module.exports = { list(req, res) {} }')
check('server/api/helper.ts', 'export const help = defineEventHandler(() => {})')

test('broken code', () => {
  const text =
    "export default function x(req, res) {\n  if (req.method === 'GET') a()\n  else if (req.method === 'POST') b()\n  switch (req.method) { case 'PUT': c() }\n}\nexport const { GET } = y\nexport { z as POST }\n"
  for (const path of ['pages/api/x.ts', 'app/x/route.ts', 'server/api/x.ts', 'src/routes/+server.ts'])
    for (let length = 0; length < text.length; length += 3)
      rowsOf(extractFileRoutes, text.slice(0, length), path)
})

function checkReactRouter(path: string, text: string, ...expected: string[]): void {
  test(path, () => assert.deepEqual(rowsOf(extractReactRouter, text, path), expected))
}

const LOADER = 'export async function loader({ request }) { const action = 1; return action }'
const GETS = 'GET|HEAD'

checkReactRouter('app/routes/api+/limits.ts', LOADER, `route ${GETS} /api/limits by loader`)
checkReactRouter(
  'apps/web/app/routes/api+/v1+/pets.$id.ts',
  LOADER,
  `route ${GETS} /api/v1/pets/{id} by loader`,
)
checkReactRouter('app/routes/_shop+/files.$.ts', LOADER, `route ${GETS} /files/{path*} by loader`)
checkReactRouter(
  'app/routes/($lang).pets_.list.ts',
  LOADER,
  `route ${GETS} /pets/list by loader`,
  `route ${GETS} /{lang}/pets/list by loader`,
)
checkReactRouter('app/routes/sitemap[.]xml.ts', LOADER, `route ${GETS} /sitemap.xml by loader`)
checkReactRouter('app/routes/api.pets/route.ts', LOADER, `route ${GETS} /api/pets by loader`)
checkReactRouter(
  'app/routes/_index.tsx',
  `${LOADER}\nexport default function Page() {}`,
  'route * / by loader',
)
checkReactRouter(
  'app/routes/pets.save.ts',
  'export const action = async () => save()',
  'route POST|PUT|PATCH|DELETE /pets/save by action',
)
checkReactRouter('app/routes/pets.tsx', 'export default function Page() {}')
checkReactRouter('lib/routes/pets.ts', LOADER)

checkReactRouter(
  'app/routes.ts',
  `
import { index, layout, prefix, route, type RouteConfig } from '@react-router/dev/routes'
const more = [route('more', './more.tsx')]
export default [
  index('./home.tsx'),
  route('api/render', './render.tsx'),
  layout('./frame.tsx', [route('pets', './pets.tsx', [route(':id', './pet.tsx'), index('./list.tsx')])]),
  ...prefix('admin', [index('./admin.tsx'), route('*', './rest.tsx')]),
] satisfies RouteConfig
`,
  'route * /',
  'route * /api/render',
  'route * /pets',
  'route * /pets/{id}',
  'route * /pets',
  'route * /admin',
  'route * /admin/{path*}',
)
