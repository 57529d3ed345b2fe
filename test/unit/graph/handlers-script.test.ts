// What handlers of servers in TypeScript and JavaScript take and answer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFacts } from '../../support/facts.ts'
import { shownHandlers } from '../../support/shown-data.ts'

function check(path: string, text: string, ...expected: string[]): void {
  const facts = allFacts(text, path)
  test(path, () => assert.deepEqual(shownHandlers(facts), expected))
}

check(
  'src/users.controller.ts',
  `
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query, Req, Res } from '@nestjs/common'
import { CreateUser, User } from './user.dto'
@Controller('users')
export class UsersController {
  constructor(private users: Users) {}
  @Get() list(@Query('page') page = 1, @Query('q') q?: string): Promise<User[]> { return this.users.list(page) }
  @Get('all') all(@Query() query: Filter): Observable<User[]> {}
  @HttpCode(201) @Post() create(@Body() dto: CreateUser): Promise<User> {}
  @Post(':id') rename(@Param('id', ParseIntPipe) id: number, @Body('name') name: string) {}
  @Get('raw') raw(@Req() request: Request, @Res() response: Response): void {}
}
`,
  'UsersController.list(no body, query page?: ?, query q?: string) → ./user.dto:User[]',
  'UsersController.all(no body, …) → ./user.dto:User[]',
  'UsersController.create(body: ./user.dto:CreateUser) → ./user.dto:User 201',
  'UsersController.rename(body: { name?: string, … }, path id: number)',
  'UsersController.raw(…)',
)

check(
  'src/app/api/users/[id]/route.ts',
  `
import { z } from 'zod'
const schema = z.object({ name: z.string(), age: z.number().optional() })
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { searchParams } = new URL(request.url)
  const page = searchParams.get('page')
  const size = request.nextUrl.searchParams.get('size')
  if (!id) return NextResponse.json({ error: 'no id' }, { status: 404 })
  return NextResponse.json({ id, total: 5, page })
}
export async function POST(request: Request) {
  const body = schema.parse(await request.json())
  return Response.json({ ok: true }, { status: 201 })
}
export async function PUT(request: Request) {
  const { name, ...rest } = await request.json()
  return json(await save(name))
}
export const PATCH = withAuth(async (request) => {
  const body: User = await request.json()
  await save(request)
  return new Response(null, { status: 204 })
})
export async function DELETE(request: Request) {
  const { body } = await check(request, schema)
  return unauthorized()
}
export async function HEAD(request: Request) { return NextResponse.redirect('/') }
`,
  'GET(no body, query page?: ?, query size?: ?, path id: string) → { id: ?, total: integer, page: ? } 404',
  'POST(body: schema) → { ok: boolean } 201',
  'PUT(body: { name?: ?, … })',
  'PATCH(…) 204',
  'DELETE(body: schema)',
  'HEAD(no body) 302',
)

check(
  'src/pages/api/users.ts',
  `
export default async function users(req: NextApiRequest, res: NextApiResponse) {
  const session = await getServerSession(req, res)
  if (!session) return res.status(401).json({ message: 'who?' })
  const { name, email = '' } = req.body
  const id = Number(req.query.id)
  res.status(200).json({ id, name, tags: ['a'] })
}
`,
  "users(body: { name?: ?, email?: ? }, query id?: ?) → { id: number, name: ?, tags: ('a')[] } 200, 401",
)

check(
  'src/express.ts',
  `
import express from 'express'
import { show } from './show'
const app = express()
app.get('/users', (req, res) => {
  const { page, size } = req.query
  res.json({ total: 1, items: [] })
})
app.post('/users', auth, async (req, res, next) => {
  const body = req.body
  await add(body.name, body['email'])
  res.sendStatus(201)
})
app.put('/users/:id', wrap(async (req, res) => {
  await save(req.params.id, req.body)
  res.json(await load(req.params.id))
}))
app.delete('/users/:id', remove)
app.get('/users/:id', show)
function remove({ params: { id } }, res) { res.status(204).end() }
export const list = asyncHandler(async (request: Request, response: Response) => {
  log(request)
  handle(request)
  response.status(code).json({ a: 1 })
})
`,
  'GET /users(no body, query page?: ?, query size?: ?) → { total: integer, items: ?[] }',
  'POST /users(body: { name?: ?, email?: ? }) 201',
  'PUT /users/{id}(path id: string)',
  'remove(no body, path id: string) 204',
  'list(…)',
)

check(
  'src/hono.ts',
  `
import { Hono } from 'hono'
import { zValidator } from '@hono/zod-validator'
import { z } from 'zod'
const schema = z.object({ title: z.string() })
const app = new Hono()
app.post('/posts', zValidator('json', schema), zValidator('query', z.object({ draft: z.string().optional() })), c => {
  const data = c.req.valid('json')
  return c.json({ title: data.title }, 201)
})
app.get('/posts/:id', async c => {
  const id = c.req.param('id')
  const page = c.req.query('page')
  if (!id) return c.json({ error: 'none' }, 404)
  return c.json({ id, count: 3 })
})
`,
  'POST /posts(body: schema, query draft?: string) → { title: ? } 201',
  'GET /posts/{id}(no body, query page?: ?, path id: string) → { id: ?, count: integer } 404',
)

check(
  'src/koa.ts',
  `
import Router from '@koa/router'
const router = new Router()
router.post('/posts', async ctx => {
  const { title } = ctx.request.body
  const { page } = ctx.query
  ctx.status = 201
  ctx.body = { title, done: false }
})
`,
  'POST /posts(body: { title?: ? }, query page?: ?) → { title: ?, done: boolean } 201',
)

check(
  'src/fastify.ts',
  `
import Fastify from 'fastify'
const app = Fastify()
app.get('/posts/:id', async (request, reply) => {
  const { id } = request.params as { id: string }
  if (!id) return reply.code(404).send({ error: 'none' })
  return { id, title: 'x' + id }
})
app.post('/posts', async request => { const { title } = request.body as Draft; return { title } })
`,
  'GET /posts/{id}(no body, path id: string) → { id: ?, title: string } 404',
  'POST /posts(body: { title?: ? }) → { title: ? }',
)

check(
  'src/routes/api/posts/+server.ts',
  `
import { json, error } from '@sveltejs/kit'
export const GET: RequestHandler = async ({ url, params }) => {
  const page = url.searchParams.get('page')
  return json({ slug: params.slug, page })
}
export async function POST(event) {
  const { title } = await event.request.json()
  throw error(400, 'no')
}
`,
  'GET(no body, query page?: ?, path slug: string) → { slug: ?, page: ? }',
  'POST(body: { title?: ? })',
)

check(
  'server/api/posts/[id].ts',
  `
export default defineEventHandler(async event => {
  const id = getRouterParam(event, 'id')
  const { page } = getQuery(event)
  const body = await readBody<Draft>(event)
  if (!body.title) throw createError({ statusCode: 422 })
  return { id, done: true }
})
`,
  'default(body: { title?: ? }, query page?: ?, path id: string) → { id: ?, done: boolean } 422',
)
