// Routes of Actix Web.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actixPath, extractActix } from '../../../server/src/graph/extract/rust/actix.ts'
import { rustPlaces, rustRows } from '../../support/rust-facts.ts'

function check(what: string, text: string, expected: readonly string[], path?: string): void {
  test(what, () => assert.deepEqual(rustRows(extractActix, text, path), expected))
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
    'router show',
    'router list',
    'router several',
    'router admin.remove below /admin',
    'GET /pets/{id} router=show handler=show',
    'GET|HEAD /pets router=list handler=list',
    'GET /a router=several handler=several',
    'POST /b router=several handler=several',
    'DELETE /users/{id} router=admin.remove handler=remove',
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
    'router main root',
    'main <- crate.api.users.extra below /extra',
    'main <- crate.api.users.list below /api',
    'main <- crate.api.config below /api',
    'main <- health below ',
    'main <- crate.api.pets.scope below ',
    'GET /api/ping router=main handler=ping',
    'GET /one router=main handler=read',
    'GET /two router=main handler=read',
    'PUT|PATCH /one router=main handler=write',
    'PUT|PATCH /two router=main handler=write',
    'POST /one router=main handler=create',
    'POST /two router=main handler=create',
    'GET /static/{path*} router=main handler=',
    '* /old router=main handler=',
    '* /{path*} router=main handler=index',
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
    'router config',
    'router app root',
    'router users',
    'router below',
    'router all',
    'config <- extra below ',
    'app <- config below /v1',
    'below <- users below ?',
    'all <- users_scope below ',
    'GET /pets router=config handler=list',
    'POST /pets/{id} router=config handler=change',
    'PUT /slow router=config handler=slow',
    'DELETE /v1/inline router=app handler=gone',
    'GET /users/{id} router=users handler=user',
    'GET {}/end router=- handler=end',
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
  ['router ok', 'GET /ok router=ok handler=ok'],
)

test('a route is shown at its path', () =>
  assert.deepEqual(
    rustPlaces(
      extractActix,
      'use actix_web::*; #[get("/a")] fn a() {} fn c(cfg: &mut ServiceConfig) { cfg.service(web::resource("/b").route(web::get().to(b))).service(a); }',
    ),
    ['router @ a', 'router @ c', 'mount @ a', 'route @ "/a"', 'route @ "/b"'],
  ))
