// Routes of Express, Koa and Hono: what is a router and what only looks like one, paths, mounting, routers that are handed on.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { colonPaths } from '../../../server/src/graph/extract/javascript/colon-path.ts'
import { extractExpress } from '../../../server/src/graph/extract/javascript/express.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/server.ts'

function check(what: string, text: string, ...expected: string[]): void {
  test(what, () => assert.deepEqual(rowsOf(extractExpress, text, PATH), expected))
}

test('paths', () => {
  const paths = (text: string, ...expected: string[]) => assert.deepEqual(colonPaths(text), expected, text)
  paths('/', '/')
  paths('', '')
  paths('/users/:id', '/users/{id}')
  paths('users/:id(\\d+)', '/users/{id}')
  paths('/users/:id?', '/users/{id}', '/users')
  paths('/users/?', '/users')
  paths('/:from-:to.:ext', '/{from}-{to}.{ext}')
  paths('/files/*', '/files/{path*}')
  paths('/files/*path', '/files/{path*}')
  paths('/files/:path*', '/files/{path*}')
  paths('/files/:path(.*)', '/files/{path*}')
  paths('/a/*/b', '/a/{path}/b')
  paths('*', '/{path*}')
  paths('(.*)', '/{path*}')
  paths('/notes/:note{/:rev}/export', '/notes/{note}/{rev}/export', '/notes/{note}/export')
  paths('/days/:day{[0-9]+}', '/days/{day}')
  paths('/images/:name{.+\\.png}', '/images/{name*}')
  paths('/a::b', '/a:b')
  for (const it of ['/(a|b)', '/a(?!b)', '/a+', '/:a(', '/[ab]']) assert.equal(colonPaths(it), undefined, it)
  assert.equal(colonPaths('/:a?/:b?/:c?/:d?/:e?'), undefined)
})

check(
  'an application, its routers, and what stands where',
  `
import express, { Router } from 'express'
import users from './users'
import { auth } from './auth'
const app = express()
const api = Router()
api.get('/health', (req, res) => res.send('ok'))
api.route('/pets/:id').get(auth, pets.show).put(wrap(pets.save)).delete([auth, pets.remove])
app.use(express.json())
app.use('/api', auth, api)
app.use(['/users', '/people'], users)
app.use('/static', express.static('public'))
app.use('/api-docs', swaggerUi.serve, swaggerUi.setup(document))
app.all('/any', any)
app.get('env')
app.listen(3000)
`,
  'router express app!',
  'router express api',
  'mount app <- ./auth:auth /api',
  'mount app <- api /api',
  'mount app <- ./users:default /users',
  'mount app <- ./users:default /people',
  'route * /any of app by any',
  'route GET /health of api',
  'route GET /pets/{id} of api by show',
  'route PUT /pets/{id} of api by save',
  'route DELETE /pets/{id} of api by remove',
  'route GET /static/{path*} of app',
  'route * /api-docs/{path*} of app',
)

check(
  'paths that are put together, and those that nobody can read',
  `
const express = require('express')
const { PREFIX } = require('./settings')
const router = express.Router()
const BASE = '/v1'
const both = ['/a', '/b']
router.get(BASE + '/users', list)
router.get(\`\${BASE}/users/:id\`, show)
router.get(both, list)
router.get(PREFIX + '/pets', list)
router.get(/^\\/files/, list)
for (const verb of ['get', 'post']) router[verb]('/echo', echo)
module.exports = router
`,
  'router express router',
  'route GET /v1/users of router by list',
  'route GET /v1/users/{id} of router by show',
  'route GET /a of router by list',
  'route GET /b of router by list',
  'route GET ? of router by list',
  'route GET ? of router by list',
  'route GET /echo of router by echo',
  'route POST /echo of router by echo',
)

check(
  'routers that functions take, build or give back',
  `
const express = require('express')
const shared = express.Router()
module.exports = function (app, db) {
  app.get('/login', session.login)
  require('./users')(app)
  require('./pets').init({ app, db })
}
exports.build = () => {
  const router = express.Router()
  router.post('/', create)
  return router
}
exports.shared = () => shared
function local(app) { app.get('/local', (req, res) => {}) }
const main = express()
local(main)
main.use('/built', exports.build())
main.use('/made', require('./made')(db))
main.use('/more', createMore())
`,
  'router express shared',
  'router express default',
  'router express build',
  'router express local',
  'router express main!',
  'mount default <- ./users:default',
  'mount default <- ./pets:init',
  'mount main <- build /built',
  'mount main <- ./made:default /made',
  'mount main <- local',
  'route GET /login of default by login',
  'route POST / of build by create',
  'route GET /local of local',
)

check(
  'nothing is called on a router but to hand it on',
  `
module.exports = (app) => {
  require('./routes/users')(app)
  setupRoute(app, 'get', '/about', pages.about)
}
`,
  'router express default',
  'mount default <- ./routes/users:default',
  'route GET /about of default by about',
)

check(
  'routers of classes, in the path of a field',
  `
import { Router, type Express } from 'express'
import { OtherRoutes } from './other'
export class UserRoutes {
  readonly path = '/users'
  readonly router = Router()
  constructor() {
    this.router.get(this.path, this.list.bind(this))
    this.router.get(\`\${this.path}/:id\`, this.show)
  }
  register(app: Express) { app.get('/ping', ping) }
  getRouter() { return this.router }
}
const routes = new UserRoutes()
export class Server {
  app = express()
  start() {
    this.app.use('/api', routes.router)
    this.app.use('/too', new OtherRoutes().router)
    routes.register(this.app)
  }
}
`,
  'router express UserRoutes.router',
  'router express UserRoutes.register',
  'router express Server.app!',
  'alias UserRoutes.getRouter = UserRoutes.router',
  'mount Server.app <- UserRoutes.router /api',
  'mount Server.app <- ./other:OtherRoutes.router /too',
  'mount Server.app <- UserRoutes.register',
  'route GET /users of UserRoutes.router by list',
  'route GET /users/{id} of UserRoutes.router by show',
  'route GET /ping of UserRoutes.register by ping',
)

check(
  'loops over lists that are written out',
  `
import express from 'express'
import users from './users'
import pets from './pets'
const router = express.Router()
const all = [{ path: '/users', route: users }, { path: '/pets', route: pets }]
all.forEach(it => { router.use(it.path, it.route) })
for (const { path, route } of all) router.use('/v2' + path, route)
for (const it of [users, pets]) router.use(it)
`,
  'router express router',
  'mount router <- ./users:default /users',
  'mount router <- ./pets:default /pets',
  'mount router <- ./users:default ?',
  'mount router <- ./pets:default ?',
  'mount router <- ./users:default',
  'mount router <- ./pets:default',
)

check(
  'helpers of the project',
  `
const router = require('express').Router()
const GET = 'get'
function apiRoute(verb, path, handler) { route(verb, '/api' + path, [auth], handler) }
function route(verb, path, middleware, handler) { router[verb](path, ...middleware, wrap(handler)) }
function page(path, handler) { router.get(path, handler) }
apiRoute(GET, '/users', users.list)
route('post', '/login', [], login)
page('/about', about)
`,
  'router express router',
  'route GET ? of router by handler',
  'route GET /about of router by about',
  'route GET /api/users of router by list',
  'route POST /login of router by login',
)

check(
  'Koa',
  `
import Koa from 'koa'
import Router from '@koa/router'
import mount from 'koa-mount'
import pets from './pets'
import api from './api'
const app = new Koa()
const router = new Router({ prefix: '/users' })
const plain = new Router()
plain.prefix('/plain')
router.get('user', '/:id', async ctx => {})
router.post('documents.list', auth(), async (ctx, next) => {})
router.use('/pets', pets.routes(), pets.allowedMethods())
app.use(router.routes()).use(router.allowedMethods())
app.use(mount('/api', api))
app.listen(80)
`,
  'router koa app!',
  'router koa router /users',
  'router koa plain /plain',
  'mount app <- router',
  'mount app <- ./api:default /api',
  'mount router <- ./pets:default /pets',
  'route GET /{id} of router',
  'route POST /documents.list of router',
)

check(
  'Hono, in chains',
  `
import { Hono } from 'hono'
import { OpenAPIHono, createRoute } from '@hono/zod-openapi'
import books from './books'
const app = new Hono<{ Bindings: Env }>().basePath('/api').use(logger())
const v1 = app.basePath('/v1')
const documented = new OpenAPIHono()
const show = createRoute({ method: 'get', path: '/pets/{id}', responses: {} })
app.get('/', c => c.text('hi')).on(['PUT', 'DELETE'], '/posts/:id', c => {}).route('/books', books)
v1.get('/late', (c) => c.json({}))
documented.openapi(show, (c) => c.json({}))
export default new Hono().get('/own', (c) => c.text('')).route('/app', app)
serve({ fetch: documented.fetch })
`,
  'router hono app /api',
  'router hono v1',
  'router hono documented!',
  'router hono default',
  'mount app <- ./books:default /books',
  'mount app <- v1 /v1',
  'mount default <- app /app',
  'route GET / of app',
  'route PUT|DELETE /posts/{id} of app',
  'route GET /late of v1',
  'route GET /pets/{id} of documented',
  'route GET /own of default',
)

check(
  'a described route that a function adds to what it is given',
  `
import { createRoute } from '@hono/zod-openapi'
import type { petsApi } from './index'
const route = createRoute({ method: 'delete', path: '/{id}', responses: {} })
export function registerRemove(api: typeof petsApi) { return api.openapi(route, async c => c.body(null)) }
`,
  'router hono registerRemove',
  'route DELETE /{id} of registerRemove',
)

check(
  'what only looks like a router',
  `
import axios from 'axios'
import { http, rest } from 'msw'
import { createApp } from 'vue'
import request from 'supertest'
const api = axios.create({ baseURL: '/api' })
const app = createApp(App)
app.use(router).use('/x', plugin)
api.get('/users', options)
api.post('/users', user)
axios.get('/users', { params })
rest.get('/users', (req, res, ctx) => res(ctx.json([])))
http.get('/users', ({ request }) => new Response())
request(server).get('/users').expect(200)
client.get('/users', (error, response) => {})
$.get('/users', function (data) {})
map.get('/users', fallback)
cache.get('/users')
page.route('/users', route => route.abort())
export function load(api) { return api.get('/users', mapper) }
nock('http://x').get('/users').reply(200)
this.get('/users', (schema, request) => schema.users.all())
`,
)

check(
  'what its use gives away',
  `
import { server } from './server'
server.get('/health', (req, res) => res.end())
export const routes = (http) => { http.post('/users', wrap(async (request, response) => {})) }
export function init({ router }) { router.get('/init', handlers.init) }
args.app.get('/not/known/whose', (req, res) => {})
`,
  'router express routes',
  'router express init',
  'route GET /health of ./server:server',
  'route POST /users of routes',
  'route GET /init of init by init',
)

check(
  'what is exported and nobody is seen to start may stand below something',
  `
const express = require('express')
const app = module.exports = express()
app.get('/', home)
`,
  'router express app',
  'alias default = app',
  'route GET / of app by home',
)

test('the path is underlined', () => {
  const at = (text: string) =>
    placesOf(extractExpress, `const router = require('express').Router()\n${text}`, PATH).at(-1)
  assert.equal(at("router.get('/users', list)"), "route @ '/users'")
  assert.equal(at("router.route('/users').get(list)"), "route @ '/users'")
})

test('broken code', () => {
  const text =
    "import express from 'express'\nconst app = express()\napp.get('/a', (req, res) => {})\napp.use('/x', sub)\n"
  for (let length = 0; length < text.length; length += 3) rowsOf(extractExpress, text.slice(0, length), PATH)
  for (const it of [
    'app.get(',
    'app.get()',
    'app.use(,)',
    "app.route('/x').get(",
    "app.get('/x', )",
    'app[',
    'const { app } =',
  ])
    rowsOf(extractExpress, `const app = require('express')()\n${it}\nfunction f(app) { ${it}`, PATH)
})
