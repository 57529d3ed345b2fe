// Routes of Express, Koa and Hono: what is a router and what only looks like one, paths, mounting, routers that are handed on.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { colonPaths } from '../../../server/src/graph/extract/javascript/colon-path.ts'
import { extractExpress } from '../../../server/src/graph/extract/javascript/express.ts'
import { placeOf, rowsOf } from '../../support/script-facts.ts'

function check(what: string, text: string, ...expected: string[]): void {
  test(what, () => assert.deepEqual(rowsOf(extractExpress, text), expected))
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
  'express app!',
  'express api',
  'app <- ./auth:auth at /api',
  'app <- api at /api',
  'app <- ./users:default at /users',
  'app <- ./users:default at /people',
  '* /any of app by any',
  'GET /health of api',
  'GET /pets/{id} of api by show',
  'PUT /pets/{id} of api by save',
  'DELETE /pets/{id} of api by remove',
  'GET /static/{path*} of app',
  '* /api-docs/{path*} of app',
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
  'express router',
  'GET /v1/users of router by list',
  'GET /v1/users/{id} of router by show',
  'GET /a of router by list',
  'GET /b of router by list',
  'GET ? of router by list',
  'GET ? of router by list',
  'GET /echo of router by echo',
  'POST /echo of router by echo',
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
  'express shared',
  'express default',
  'express build',
  'express local',
  'express main!',
  'default <- ./users:default at',
  'default <- ./pets:init at',
  'main <- build at /built',
  'main <- ./made:default at /made',
  'main <- local at',
  'GET /login of default by login',
  'POST / of build by create',
  'GET /local of local',
)

check(
  'nothing is called on a router but to hand it on',
  `
module.exports = (app) => {
  require('./routes/users')(app)
  setupRoute(app, 'get', '/about', pages.about)
}
`,
  'express default',
  'default <- ./routes/users:default at',
  'GET /about of default by about',
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
  'express UserRoutes.router',
  'express UserRoutes.register',
  'express Server.app!',
  'alias UserRoutes.getRouter = UserRoutes.router',
  'Server.app <- UserRoutes.router at /api',
  'Server.app <- ./other:OtherRoutes.router at /too',
  'Server.app <- UserRoutes.register at',
  'GET /users of UserRoutes.router by list',
  'GET /users/{id} of UserRoutes.router by show',
  'GET /ping of UserRoutes.register by ping',
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
  'express router',
  'router <- ./users:default at /users',
  'router <- ./pets:default at /pets',
  'router <- ./users:default at ?',
  'router <- ./pets:default at ?',
  'router <- ./users:default at',
  'router <- ./pets:default at',
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
  'express router',
  'GET ? of router by handler',
  'GET /about of router by about',
  'GET /api/users of router by list',
  'POST /login of router by login',
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
  'koa app!',
  'koa router /users',
  'koa plain /plain',
  'app <- router at',
  'app <- ./api:default at /api',
  'router <- ./pets:default at /pets',
  'GET /{id} of router',
  'POST /documents.list of router',
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
  'hono app /api',
  'hono v1',
  'hono documented!',
  'hono default',
  'app <- ./books:default at /books',
  'app <- v1 at /v1',
  'default <- app at /app',
  'GET / of app',
  'PUT|DELETE /posts/{id} of app',
  'GET /late of v1',
  'GET /pets/{id} of documented',
  'GET /own of default',
)

check(
  'a described route that a function adds to what it is given',
  `
import { createRoute } from '@hono/zod-openapi'
import type { petsApi } from './index'
const route = createRoute({ method: 'delete', path: '/{id}', responses: {} })
export function registerRemove(api: typeof petsApi) { return api.openapi(route, async c => c.body(null)) }
`,
  'hono registerRemove',
  'DELETE /{id} of registerRemove',
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
  'express routes',
  'express init',
  'GET /health of ./server:server',
  'POST /users of routes',
  'GET /init of init by init',
)

check(
  'what is exported and nobody is seen to start may stand below something',
  `
const express = require('express')
const app = module.exports = express()
app.get('/', home)
`,
  'express app',
  'alias default = app',
  'GET / of app by home',
)

test('the path is underlined', () => {
  const at = (text: string) => placeOf(extractExpress, `const router = require('express').Router()\n${text}`)
  assert.equal(at("router.get('/users', list)"), "'/users'")
  assert.equal(at("router.route('/users').get(list)"), "'/users'")
})

test('broken code', () => {
  const text =
    "import express from 'express'\nconst app = express()\napp.get('/a', (req, res) => {})\napp.use('/x', sub)\n"
  for (let length = 0; length < text.length; length += 3) rowsOf(extractExpress, text.slice(0, length))
  for (const it of [
    'app.get(',
    'app.get()',
    'app.use(,)',
    "app.route('/x').get(",
    "app.get('/x', )",
    'app[',
    'const { app } =',
  ])
    rowsOf(extractExpress, `const app = require('express')()\n${it}\nfunction f(app) { ${it}`)
})
