// Routes of Flask and of the extensions that bring routers of their own.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFlask } from '../../../server/src/graph/extract/python/flask.ts'
import { rowsWithPlaces } from '../../support/facts.ts'

function check(what: string, text: string, expected: readonly string[], path = 'shop/views.py'): void {
  test(what, () => assert.deepEqual(rowsWithPlaces(extractFlask, text, path), expected))
}

check(
  'decorators, converters and methods',
  `
from flask import Flask
app = Flask(__name__, static_folder=None)
@app.route("/")
@app.route("/users/<int:id>", methods=["GET", "POST"])
def users(id=None): ...
@app.post("/files/<path:name>")
def put(name): ...
@app.route("/<any(en, es):language>/<string(length=2):code>", methods=METHODS)
def page(language, code): ...
@app.errorhandler(404)
def lost(error): ...
`,
  [
    'router flask app! @ Flask(__name__, static_folder=None)',
    'route GET / of app by users @ "/"',
    'route GET|POST /users/{id} of app by users @ "/users/<int:id>"',
    'route POST /files/{name*} of app by put @ "/files/<path:name>"',
    'route * /{language}/{code} of app by page @ "/<any(en, es):language>/<string(length=2):code>"',
  ],
)

check(
  'blueprints, in a factory; what is said where one is registered takes the place of its own prefix',
  `
from flask import Blueprint, Flask
from . import users
from .shop import shop
own = Blueprint("own", __name__, url_prefix="/own")
moved = Blueprint("moved", __name__, url_prefix="/from")
def create_app(config):
    app = Flask(__name__, static_url_path="/assets")
    app.register_blueprint(users.bp, url_prefix="/users")
    app.register_blueprint(own)
    app.register_blueprint(moved, url_prefix=f"/to/<lang>")
    for it in [shop, users.admin]:
        app.register_blueprint(it)
    db.init_app(app)
    init_routes(app)
    return app
def init_routes(app):
    @app.get("/ping")
    def ping(): ...
`,
  [
    'router flask own /own @ Blueprint("own", __name__, url_prefix="/own")',
    'router flask moved @ Blueprint("moved", __name__, url_prefix="/from")',
    'router flask create_app! @ Flask(__name__, static_url_path="/assets")',
    'router flask init_routes @ "/ping"',
    'mount create_app <- .:users.bp /users @ "/users"',
    'mount create_app <- own @ own',
    'mount create_app <- moved /to/{lang} @ f"/to/<lang>"',
    'mount create_app <- .shop:shop @ it',
    'mount create_app <- .:users.admin @ it',
    'mount create_app <- init_routes @ init_routes(app)',
    'route GET /assets/{filename*} of create_app by static @ Flask(__name__, static_url_path="/assets")',
    'route GET /ping of init_routes by ping @ "/ping"',
  ],
)

check(
  'an application that a function gives back',
  `
from flask import Flask
app = Flask(__name__, static_folder=None)
def create_app():
    return app
`,
  [
    'router flask app! @ Flask(__name__, static_folder=None)',
    'router flask create_app @ return app',
    'mount app <- create_app @ return app',
  ],
)

check(
  'functions of the project around a path, on a blueprint of another file',
  `
from flask import request
from .base import routes, scoped
@routes.route(scoped("/login"), methods=["POST"])
def login(): ...
@routes.route(prefix + "/x")
def hidden(): ...
`,
  [
    'route POST /login of .base:routes by login @ "/login"',
    'route GET ? of .base:routes by hidden @ prefix + "/x"',
  ],
)

check(
  'views by rule, on an application',
  `
from flask.views import MethodView
from .app import app
class Base(MethodView):
    def get(self): ...
class Users(Base):
    def post(self): ...
app.add_url_rule("/users", view_func=Users.as_view("users"))
app.add_url_rule("/pets", "pets", login_required(Pets.as_view("pets")))
app.add_url_rule("/ping", view_func=ping)
app.add_url_rule("/put", view_func=ping, methods=["PUT"])
`,
  [
    'router flask Base @ Base',
    'route POST|GET /users of .app:app by Users @ "/users"',
    'route * /pets of .app:app by Pets @ "/pets"',
    'route GET /ping of .app:app by ping @ "/ping"',
    'route PUT /put of .app:app by ping @ "/put"',
    'route GET  of Base by Base.get @ get',
  ],
)

check(
  'flask-restful: resources of this file and of others',
  `
from flask_restful import Api, Resource
from .pets import Pet
class Scoped(Api):
    def add_org_resource(self, resource, *urls):
        return self.add_resource(resource, *[scoped(it) for it in urls])
class User(Resource):
    def get(self, id): ...
    def delete(self, id): ...
api = Scoped(app, prefix="/v1")
api.add_resource(User, "/users/<id>", "/people/<id>", endpoint="user")
api.add_org_resource(Pet, "/pets/<uuid:id>")
`,
  [
    'router flask api /v1 @ Scoped(app, prefix="/v1")',
    'mount api <- .pets:Pet /pets/{id} @ "/pets/<uuid:id>"',
    'route GET|DELETE /users/{id} of api by User @ "/users/<id>"',
    'route GET|DELETE /people/{id} of api by User @ "/people/<id>"',
  ],
)

check(
  'flask-restful: the file of a resource that another file gives its paths',
  `
from shop.base import BaseResource
class Pet(BaseResource):
    decorators = [login]
    @cached
    def get(self, id): ...
    def helper(self): ...
`,
  [
    'router flask Pet @ Pet',
    'mount Pet <- shop.base:BaseResource @ BaseResource',
    'route GET  of Pet by Pet.get @ get',
  ],
)

check(
  'flask-restx: namespaces by their own path, by that of whoever adds them, and by their name',
  `
from flask import Blueprint
from flask_restx import Api, Namespace, Resource
from .tags import tags
bp = Blueprint("api", __name__, url_prefix="/api")
api = Api(bp, version="1")
users = Namespace("users")
pets = Namespace("pets", path="/animals")
shops = Namespace("shops", path="/unused")
@users.route("", "/<int:id>")
class User(Resource):
    def get(self, id=None): ...
@pets.route("/")
class Pet(Resource):
    def put(self): ...
api.add_namespace(users)
api.add_namespace(pets)
api.add_namespace(shops, path="/shops")
api.add_namespace(tags, "/tags")
`,
  [
    'router flask bp /api @ Blueprint("api", __name__, url_prefix="/api")',
    'router flask api @ Api(bp, version="1")',
    'router flask users @ Namespace("users")',
    'router flask pets /animals @ Namespace("pets", path="/animals")',
    'mount bp <- api @ Api(bp, version="1")',
    'mount api <- users /users @ users',
    'mount api <- pets @ pets',
    'mount api <- shops /shops @ "/shops"',
    'mount api <- .tags:tags /tags @ "/tags"',
    'route GET  of users by User @ ""',
    'route GET /{id} of users by User @ "/<int:id>"',
    'route PUT / of pets by Pet @ "/"',
  ],
)

check(
  'near misses: other frameworks, other resources, decorators that are no routes',
  `
from bottle import Bottle
from fastapi import FastAPI
from import_export.resources import ModelResource
app = FastAPI()
@app.get("/fastapi")
def fast(): ...
class UserResource(ModelResource):
    def get(self): ...
@flask_caching.route
def x(): ...
@handlers.get(handlers.HTML)
def y(): ...
`,
  [],
)

check(
  'what is imported with everything else of its module',
  `
from flask import request
from .app import *
@app.route("/star")
def star(): ...
`,
  ['route GET /star of .app:app by star @ "/star"'],
)

check(
  'broken code',
  `
from flask import Flask
app = Flask(__name__, static_folder=None
@app.route(
def x(:
app.register_blueprint()
app.add_url_rule()
api.add_resource()
@app.route("/y")
def y(): ...
`,
  [],
)
