// Routes of NestJS: controllers, modules that hold them, the application's prefix.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractNestJs } from '../../../server/src/graph/extract/javascript/nestjs.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/server.ts'

function check(what: string, text: string, ...expected: string[]): void {
  test(what, () => assert.deepEqual(rowsOf(extractNestJs, text, PATH), expected))
}

check(
  'a controller',
  `
import { All, Controller, Get, Post, Sse } from '@nestjs/common'
@UseGuards(Guard)
@Controller('users')
export class UsersController {
  constructor(private users: Users) {}
  @Get() list() {}
  @Get(':id')
  @UseGuards(Guard)
  async show(@Param('id') id: string) {}
  @HttpCode(204) @Post(['a', 'b/:c']) create() {}
  @All('*') rest() {}
  @Sse('events') events() {}
  @Get(PATH) unknown() {}
  helper() {}
}
`,
  'router nestjs UsersController /users',
  'route GET  of UsersController by list',
  'route GET /{id} of UsersController by show',
  'route POST /a of UsersController by create',
  'route POST /b/{c} of UsersController by create',
  'route * /{path*} of UsersController by rest',
  'route GET /events of UsersController by events',
  'route GET ? of UsersController by unknown',
)

check(
  'versions and several paths',
  `
import { Controller, Delete, Get, Version, VERSION_NEUTRAL } from '@nestjs/common'
const PATH = 'pets'
@Controller({ path: PATH, version: '1' })
class Pets { @Get('all') all() {} }
@Controller({ path: 'neutral', version: VERSION_NEUTRAL })
class Neutral { @Version('2') @Get('x') x() {} }
@Controller(['cats', 'dogs'])
class Both { @Delete(':id') remove() {} }
@Controller()
class Bare { @Get('ping') ping() {} }
`,
  'router nestjs Pets /v1/pets',
  'router nestjs Neutral /neutral',
  'router nestjs Both',
  'router nestjs Bare',
  'route GET /all of Pets by all',
  'route GET /v2/x of Neutral by x',
  'route DELETE /cats/{id} of Both by remove',
  'route DELETE /dogs/{id} of Both by remove',
  'route GET /ping of Bare by ping',
)

check(
  'modules',
  `
import { Module, forwardRef } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import { RouterModule } from '@nestjs/core'
import { AdminModule } from './admin/admin.module'
import { CatsModule } from './cats.module'
import { UsersModule } from './users/users.module'
import { HealthController } from './health.controller'
const routes = [{ path: 'admin', module: AdminModule, children: [{ path: 'users', module: UsersModule }] }]
@Module({
  imports: [ConfigModule.forRoot(), forwardRef(() => CatsModule), AdminModule, RouterModule.register(routes)],
  controllers: [HealthController],
})
export class AppModule {}
@Module({ providers: [] })
export class EmptyModule {}
`,
  'router nestjs AppModule',
  'router nestjs AppModule.controllers',
  'router nestjs EmptyModule',
  'mount AppModule <- ./admin/admin.module:AdminModule.controllers /admin',
  'mount AppModule <- ./users/users.module:UsersModule.controllers /admin/users',
  'mount AppModule <- ./cats.module:CatsModule',
  'mount AppModule <- ./cats.module:CatsModule.controllers',
  'mount AppModule <- ./admin/admin.module:AdminModule',
  'mount AppModule.controllers <- ./health.controller:HealthController',
)

check(
  'an application',
  `
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
import { setup } from './setup'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.setGlobalPrefix('api', { exclude: ['health', { path: 'metrics/:x', method: RequestMethod.GET }] })
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })
  setup(app)
  app.get(Config)
}
`,
  'router nestjs bootstrap.app! /api/v1',
  'mount bootstrap.app <- ./setup:setup',
  'mount ./setup:setup <- ./app.module:AppModule',
  'mount ./setup:setup <- ./app.module:AppModule.controllers',
  'route * /health',
  'route GET /metrics/{x}',
)

check(
  'what sets up an application for others',
  `
import type { INestApplication } from '@nestjs/common'
export function setup(app: INestApplication): void { app.setGlobalPrefix(process.env.PREFIX) }
export const plain = (app: NestExpressApplication) => {}
`,
  'router nestjs setup ?',
  'router nestjs plain',
)

check(
  'controllers of others, and routes that are inherited',
  `
import { Get, JsonController } from 'routing-controllers'
import { Post } from '@nestjs/common'
@JsonController('/things')
class Things { @Get('/:id') show() {} }
abstract class Base { @Post('shared') shared() {} }
`,
  'router express Things /things',
  'router nestjs Base',
  'route GET /{id} of Things by show',
  'route POST /shared of Base by shared',
)

check(
  'what only looks like it',
  `
import { Get, Module } from './decorators'
@Component({ selector: 'x' })
class View { @Input() name = ''; @Get('x') get() {} }
class Lazy { @Get() value() {} }
`,
)

test('the path is underlined, or else the decorator', () => {
  const at = (text: string) =>
    placesOf(extractNestJs, `@Controller('a')\nclass A { ${text} x() {} }`, PATH).at(-1)
  assert.equal(at("@Get('b')"), "route @ 'b'")
  assert.equal(at('@Get()'), 'route @ Get()')
})

test('broken code', () => {
  const text =
    "@Controller({ path: 'a', version: '1' })\nexport class A {\n  @Get('x') x() {}\n}\n@Module({ imports: [B], controllers: [A] })\nclass C {}\nNestFactory.create(C) // @nestjs/core\n"
  for (let length = 0; length < text.length; length += 3) rowsOf(extractNestJs, text.slice(0, length), PATH)
})
