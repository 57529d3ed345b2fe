// Routes of Fastify: short and long declarations, plugins and their prefixes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFastify } from '../../../server/src/graph/extract/javascript/fastify.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/server.ts'

function check(what: string, text: string, ...expected: string[]): void {
  test(what, () => assert.deepEqual(rowsOf(extractFastify, text, PATH), expected))
}

check(
  'an instance, its routes and its plugins',
  `
import Fastify from 'fastify'
import cors from '@fastify/cors'
import users from './users'
import fp from 'fastify-plugin'
const app = Fastify({ logger: true })
app.register(cors)
app.register(users, { prefix: '/users' })
app.register(fp(users))
app.register(require('./pets'), { prefix: BASE })
app.register(import('./more'), { ...options })
app.get('/', async () => ({}))
app.get('/short', { schema }, show)
app.post('/inner', { schema, handler: create })
app.put('/method', { handler(request, reply) {} })
app.route({ method: ['GET', 'HEAD'], url: '/users/:id', handler: users.show })
app.route({ method: 'delete', path: '/users/:id', handler: async () => {} })
app.withTypeProvider<Provider>().get('/typed', {}, typed)
app.listen({ port: 80 })
`,
  'router fastify app!',
  'mount app <- ./users:default /users',
  'mount app <- ./users:default',
  'mount app <- ./pets:default ?',
  'mount app <- ./more:default ?',
  'route GET / of app',
  'route GET /short of app by show',
  'route POST /inner of app by create',
  'route PUT /method of app',
  'route GET|HEAD /users/{id} of app by show',
  'route DELETE /users/{id} of app',
  'route GET /typed of app by typed',
)

check(
  'plugins are functions that take the instance',
  `
import fp from 'fastify-plugin'
export default async function users(fastify, options) {
  fastify.get('/:id', show)
  fastify.register(inner, { prefix: '/inner' })
  fastify.register(async instance => {
    instance.post('/nested', async (request, reply) => {})
  }, { prefix: '/n' })
}
async function inner(app, opts) { app.get('/', async (request, reply) => {}) }
`,
  'router fastify users',
  'router fastify users.()',
  'router fastify inner',
  'mount users <- inner /inner',
  'mount users <- users.() /n',
  'route GET /{id} of users by show',
  'route POST /nested of users.()',
  'route GET / of inner',
)

check(
  'plugins by their type, in a wrapping, or built by a function',
  `
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
export const pets: FastifyPluginAsync = async server => { server.get('/pets', list) }
export const build = (db: Db) => async (instance: FastifyInstance) => { instance.get('/built', list) }
export default fp(async (it: FastifyInstance) => { it.get('/wrapped', list) })
export const autoPrefix = '/auto'
`,
  'router fastify pets /auto',
  'router fastify build /auto',
  'router fastify default /auto',
  'route GET /pets of pets by list',
  'route GET /built of build by list',
  'route GET /wrapped of default by list',
)

check(
  'routes in a list',
  `
import fastify from 'fastify'
const app = fastify()
const routes = [
  { method: 'GET', url: '/a', handler: a },
  { method: 'POST', url: '/b', handler: b },
]
routes.forEach(it => app.route(it))
`,
  'router fastify app!',
  'route GET /a of app by a',
  'route POST /b of app by b',
)

check(
  'what only looks like it',
  `
// fastify
import express from 'express'
const app = express()
app.get('/x', (req, res) => {})
registry.register(plugin, { prefix: '/x' })
cache.get('/y', { ttl: 5 })
`,
)

test('the path is underlined', () => {
  const at = (text: string) =>
    placesOf(extractFastify, `const app = require('fastify')()\n${text}`, PATH).at(-1)
  assert.equal(at("app.get('/users', list)"), "route @ '/users'")
  assert.equal(at("app.route({ method: 'GET', url: '/users', handler })"), "route @ '/users'")
})

test('broken code', () => {
  const text =
    "const app = require('fastify')()\napp.register(users, { prefix: '/x' })\napp.route({ method: 'GET', url: '/a' })\n"
  for (let length = 0; length < text.length; length += 3) rowsOf(extractFastify, text.slice(0, length), PATH)
  for (const it of ['app.route(', 'app.route({', 'app.register()', "app.get('/x', {", 'app.register(async'])
    rowsOf(extractFastify, `const app = require('fastify')()\n${it}`, PATH)
})
