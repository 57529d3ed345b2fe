// Routes of Actix Web.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actixPath, extractActix } from '../../../server/src/graph/extract/rust/actix.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/routes.rs'

function check(what: string, text: string, expected: readonly string[], path = PATH): void {
  test(what, () => assert.deepEqual(rowsOf(extractActix, text, path), expected))
}

check(
  'handlers that name their routes',
  `
use actix_web::{get, web, HttpResponse};
#[get("/pets/{id:\\\\d+}")]
pub async fn show(id: web::Path<u32>) -> HttpResponse { todo!() }
/// Both.
#[actix_web::route("/pets", method = "GET", method = "HEAD")]
async fn list() {}
#[routes]
#[get("/a")]
#[post("/b", guard = "allowed")]
async fn several() {}
#[scope("/admin")]
mod admin { #[actix_web::delete("/users/{id}")] pub async fn remove() {} }
#[derive(Debug)] #[get = "x"] struct Other;
`,
  [
    'router actix show',
    'router actix list',
    'router actix several',
    'router actix admin.remove /admin',
    'route GET /pets/{id} of show by show',
    'route GET|HEAD /pets of list by list',
    'route GET /a of several by several',
    'route POST /b of several by several',
    'route DELETE /users/{id} of admin.remove by remove',
  ],
)

check(
  'applications, scopes and resources, with services of other files',
  `
use actix_web::{web, App, HttpServer, guard};
use crate::api::{self, users};
async fn main() -> std::io::Result<()> {
    HttpServer::new(move || {
        let extra = web::scope("/extra").service(users::extra);
        App::new()
            .wrap(Logger::default())
            .service(web::scope("/api").service(users::list).configure(api::config).route("/ping", web::get().to(ping)))
            .service((health, api::pets::scope(&state)))
            .service(
                web::resource(["/one", "/two"])
                    .route(web::get().guard(guard::Header("a", "b")).to(read::<Db>))
                    .route(web::route().guard(guard::Any(guard::Put()).or(guard::Patch())).to(write))
                    .post(SeqHandler(create)),
            )
            .service(extra)
            .service(Files::new("/static", "dist").index_file("index.html"))
            .service(web::redirect("/old", "/new"))
            .default_service(web::to(index))
    }).bind(("0.0.0.0", 80))?.run().await
}
`,
  [
    'router actix main!',
    'mount main <- crate.api.users.extra /extra',
    'mount main <- crate.api.users.list /api',
    'mount main <- crate.api.config /api',
    'mount main <- health',
    'mount main <- crate.api.pets.scope',
    'route GET /api/ping of main by ping',
    'route GET /one of main by read',
    'route GET /two of main by read',
    'route PUT|PATCH /one of main by write',
    'route PUT|PATCH /two of main by write',
    'route POST /one of main by create',
    'route POST /two of main by create',
    'route GET /static/{path*} of main',
    'route * /old of main',
    'route * /{path*} of main by index',
  ],
)

check(
  'functions that configure, closures that hand on, and functions that give scopes back',
  `
use actix_web::{web::{self, get, post, ServiceConfig}, Scope, Resource};
pub fn config(cfg: &mut ServiceConfig, limits: &Limits) {
    cfg.service(web::scope("/pets").route("", get().to(list)).route("/{id}", post().to(change)));
    if limits.any {
        cfg.service(web::resource("slow").route(web::method(Method::PUT).to(slow)));
    }
    extra(cfg, limits);
}
fn app() -> App<()> {
    App::new().service(web::scope("/v1").configure(|it| config(it, &limits)).configure(|it| {
        it.route("/inline", web::delete().to(gone));
    }))
}
fn users() -> Scope { web::scope("/users").service(Resource::new("/{id}").route(get().to(user))) }
fn all(version: &str) -> Scope { users_scope(version) }
fn below(base: &str) -> Scope { web::scope(base).route("/end", get().to(end)).service(users()) }
`,
  [
    'router actix config',
    'router actix app!',
    'router actix users',
    'router actix below',
    'router actix all',
    'mount config <- extra',
    'mount app <- config /v1',
    'mount below <- users ?',
    'mount all <- users_scope',
    'route GET /pets of config by list',
    'route POST /pets/{id} of config by change',
    'route PUT /slow of config by slow',
    'route DELETE /v1/inline of app by gone',
    'route GET /users/{id} of users by user',
    'route GET {}/end by end',
  ],
)

for (const [path, expected] of [
  ['/a/{id}', '/a/{id}'],
  ['/a/{id:[0-9]{4}}/b', '/a/{id}/b'],
  ['/{tail:.*}', '/{tail*}'],
  ['{name}', '/{name}'],
  ['/{tail}*', '/{tail*}'],
  ['', ''],
] as const)
  test(`path ${path}`, () => assert.equal(actixPath(path), expected))

check(
  'near misses',
  `
use actix_web::web;
fn other(map: Map, config: &ServiceConfig) {
    map.service("x");
    parse(config);
    router.route("/x", handler);
    client.get("/x");
    let scope = sentry::scope("/not");
}
`,
  [],
)
check(
  'the same attributes of another framework',
  `
use rocket::get;
#[get("/pets/<id>")]
fn show() -> HttpResponse {}
`,
  [],
)
check(
  'broken code',
  `
use actix_web::{get, web, App};
#[get()] async fn a() {}
#[get("/ok")] async fn ok() {}
#[get("/half
fn app() { App::new().service().route("/x").service(web::scope().service(web::resource())) }
`,
  ['router actix ok', 'route GET /ok of ok by ok'],
)

test('a route is shown at its path', () =>
  assert.deepEqual(
    placesOf(
      extractActix,
      'use actix_web::*; #[get("/a")] fn a() {} fn c(cfg: &mut ServiceConfig) { cfg.service(web::resource("/b").route(web::get().to(b))).service(a); }',
      PATH,
    ),
    ['router @ a', 'router @ c', 'mount @ a', 'route @ "/a"', 'route @ "/b"'],
  ))
