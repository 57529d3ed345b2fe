// Routes of FastAPI and Starlette.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFastApi } from '../../../server/src/graph/extract/python/fastapi.ts'
import { rowsWithPlaces } from '../../support/facts.ts'

function check(what: string, text: string, expected: readonly string[], path = 'app/api/users.py'): void {
  test(what, () => assert.deepEqual(rowsWithPlaces(extractFastApi, text, path), expected))
}

check(
  'decorators on an application',
  `
from fastapi import FastAPI
app = FastAPI()
@app.get("/users/{user_id:int}")
async def user(user_id: int): ...
@app.delete(path="/files/{name:path}", tags=["files"])
def drop(name): ...
@app.api_route("/both", methods=["get", "POST"])
def both(): ...
@app.on_event("startup")
def start(): ...
`,
  [
    'router fastapi app! @ FastAPI()',
    'route GET /users/{user_id} of app by user @ "/users/{user_id:int}"',
    'route DELETE /files/{name*} of app by drop @ "/files/{name:path}"',
    'route GET|POST /both of app by both @ "/both"',
  ],
)

check(
  'prefixes that are written, that a constant says, and that nobody knows here',
  `
from fastapi import APIRouter
from .settings import settings
V1 = "/v1"
a = APIRouter(prefix="/a")
b: APIRouter = APIRouter(prefix=V1 + "/b")
e = APIRouter(prefix=settings.PREFIX)
f = UserAPIRouter(prefix="/f")
`,
  [
    'router fastapi a /a @ APIRouter(prefix="/a")',
    'router fastapi b /v1/b @ APIRouter(prefix=V1 + "/b")',
    'router fastapi e ? @ APIRouter(prefix=settings.PREFIX)',
    'router fastapi f /f @ UserAPIRouter(prefix="/f")',
  ],
)

check(
  'a subclass is a router when something is put on it, with a prefix of its own',
  `
from fastapi import APIRouter
class Routes(APIRouter):
    def __init__(self, prefix="/admin", **options):
        super().__init__(prefix=prefix, **options)
class SafeRouter(Routes): ...
first = SafeRouter()
second = SafeRouter()
@second.get("")
def all(): ...
`,
  ['router fastapi second /admin @ SafeRouter()', 'route GET  of second by all @ ""'],
)

check(
  'routers of other files, in a list too',
  `
from fastapi import FastAPI
from app import users
from .pets import router as pets, owners
import core.shops
app = FastAPI()
app.include_router(users.router, prefix="/users")
app.include_router(router=pets)
for it in (owners, core.shops.router):
    app.include_router(it, prefix=settings.PREFIX)
`,
  [
    'router fastapi app! @ FastAPI()',
    'mount app <- app:users.router /users @ "/users"',
    'mount app <- .pets:router @ pets',
    'mount app <- .pets:owners ? @ settings.PREFIX',
    'mount app <- core:shops.router ? @ settings.PREFIX',
  ],
)

check(
  'functions that make routers go by their names, a second router by both',
  `
from fastapi import APIRouter, FastAPI
def users_router(store):
    router = APIRouter(prefix="/users")
    @router.get("/")
    def users(): ...
    return router
def create_app():
    inner = APIRouter()
    app = FastAPI()
    app.include_router(inner)
    app.include_router(users_router(store), prefix="/api")
    register_pages(app)
    setup_logging(app)
    return app
def register_pages(app):
    app.add_api_route("/page", page, methods=["GET"])
def setup_logging(app): ...
`,
  [
    'router fastapi users_router /users @ APIRouter(prefix="/users")',
    'router fastapi create_app.inner @ APIRouter()',
    'router fastapi create_app! @ FastAPI()',
    'router fastapi register_pages @ "/page"',
    'mount create_app <- create_app.inner @ inner',
    'mount create_app <- users_router /api @ "/api"',
    'mount create_app <- register_pages @ register_pages(app)',
    'route GET / of users_router by users @ "/"',
    'route GET /page of register_pages by page @ "/page"',
  ],
)

check(
  'objects that keep a router',
  `
from fastapi import APIRouter, FastAPI
class Users:
    def __init__(self):
        self.router = APIRouter(prefix="/users")
        self.router.add_api_route("/{id}", self.user, methods=["PUT"])
app = FastAPI()
users = Users()
app.include_router(users.router)
app.router.add_api_route("/health", health)
`,
  [
    'router fastapi Users.router /users @ APIRouter(prefix="/users")',
    'router fastapi app! @ FastAPI()',
    'mount app <- Users.router @ users.router',
    'route PUT /{id} of Users.router by user @ "/{id}"',
    'route GET /health of app by health @ "/health"',
  ],
)

check(
  'methods of classes, on a router of another file',
  `
from fastapi_utils.cbv import cbv
from .core import router
@cbv(router)
class Users:
    @router.get("/users")
    def users(self): ...
`,
  ['route GET /users of .core:router by users @ "/users"'],
)

check(
  'mounted applications',
  `
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from .legacy import flask_app
app = FastAPI()
v2 = FastAPI()
app.mount("/v2", v2)
app.mount("/static", StaticFiles(directory="static"))
app.mount("/old", WSGIMiddleware(flask_app))
app.mount("/mcp", Server().app())
session.mount("https://", adapter)
`,
  [
    'router fastapi app! @ FastAPI()',
    'router fastapi v2 @ FastAPI()',
    'mount app <- v2 /v2 @ "/v2"',
    'mount app <- .legacy:flask_app /old @ "/old"',
    'route GET /static/{path*} of app by StaticFiles @ "/static"',
    'route * /mcp/{path*} of app by app @ "/mcp"',
  ],
)

check(
  'lists of Starlette',
  `
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Mount, Route, WebSocketRoute
from . import pets
class User(HTTPEndpoint):
    async def get(self, request): ...
    async def delete(self, request): ...
routes = [
    Route("/", home),
    Route("/users/{name:path}", User),
    WebSocketRoute("/ws", socket),
    Mount("/api", routes=[Route("/items", items, methods=["POST"])]),
    Mount("/pets", routes=pets.routes),
]
app = Starlette(routes=routes)
`,
  [
    'router fastapi routes @ routes',
    'router fastapi app! @ Starlette(routes=routes)',
    'mount routes <- .:pets.routes /pets @ pets.routes',
    'mount app <- routes @ routes',
    'route GET / of routes by home @ "/"',
    'route GET|DELETE /users/{name*} of routes by User @ "/users/{name:path}"',
    'route POST /api/items of routes by items @ "/items"',
  ],
)

check(
  'near misses: other decorators, other frameworks, paths that are none',
  `
from fastapi import FastAPI
from unittest import mock
from sanic import Sanic
server = Sanic("x")
@mock.patch("app.users.load")
def test(load): ...
@server.get("/sanic")
def page(): ...
@lru_cache.get("/x")
@responses.get(URL)
def other(): ...
value = cache.get("/key")
`,
  [],
)

check(
  'a Flask application is not ours',
  'from flask import Flask\napp = Flask(__name__)\n@app.get("/x")\ndef x(): ...\n',
  [],
)

check(
  'what cannot be read, and broken code',
  `
from fastapi import APIRouter
router = APIRouter(prefix=
@router.get(f"/{settings.NAME}/x")
def x(): ...
@router.get(
def y(:
router.include_router()
`,
  [],
)
