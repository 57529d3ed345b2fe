// Routes of axum, and of utoipa on top of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractAxum } from '../../../server/src/graph/extract/rust/axum.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/routes.rs'

function check(what: string, text: string, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(rowsOf(extractAxum, text, PATH), expected))
}

check(
  'a function hands out what its chain holds, in both notations of parameters',
  `
use axum::{routing::{get, post as create, any, on, MethodFilter}, Router};
use crate::pets;
const FILES: &str = "/files";
pub fn app(state: State) -> Router {
    Router::new()
        .route("/pets", get(pets::list::<Db>).post(pets::create).layer(limit()))
        .route("/pets/:id", axum::routing::delete(remove).with_state(state))
        .route("/pets/{id}/photo", create(|body: Bytes| async move { 1 }))
        .route(FILES, any(files))
        .route(concat!("/raw", "/{*path}"), on(MethodFilter::GET.or(MethodFilter::HEAD), raw))
        .route("/old/*rest", get(old))
        .layer(trace())
}
`,
  [
    'router axum app',
    'route GET /pets of app by list',
    'route POST /pets of app by create',
    'route DELETE /pets/{id} of app by remove',
    'route POST /pets/{id}/photo of app',
    'route * /files of app by files',
    'route GET /raw/{path*} of app by raw',
    'route HEAD /raw/{path*} of app by raw',
    'route GET /old/{rest*} of app by old',
  ],
)

check(
  'routers in variables are written as paths of the function',
  `
use axum::{routing::get, Router};
async fn main() {
    let pets = Router::new().route("/", get(list)).route("/{id}", get(show));
    let pets = pets.layer(auth());
    let mut app = Router::new().nest("/api", Router::new().nest("/pets", pets.clone()).nest("/animals", pets));
    if cfg!(debug_assertions) {
        app = app.route("/debug", get(debug));
    }
    tracing::info!("{:?}", app);
    axum::serve(listener, app).await.unwrap();
}
`,
  [
    'router axum main!',
    'route GET /api/pets of main by list',
    'route GET /api/animals of main by list',
    'route GET /api/pets/{id} of main by show',
    'route GET /api/animals/{id} of main by show',
    'route GET /debug of main by debug',
  ],
)

check(
  'routers of other functions and files, of types, and of whatever is passed through',
  `
use axum::Router;
use crate::{api::{self, v1}, admin as backstage};
mod web;
mod inner { pub fn routes() -> axum::Router { super::web::routes() } }
fn app(state: S) -> Router {
    let api = api::router(&state);
    let app = base_routes().nest("/v1", v1::mount(state.clone())).merge(web::routes());
    let app = app.merge(inner::routes()).nest("/admin", backstage::Panel::router());
    with_layers(state, app.nest("/api", api))
}
impl Server {
    fn router(&self) -> Router { Router::new().merge(self.extra()).merge(Self::more()) }
    fn run(self) { let service = self.router().into_make_service(); }
}
`,
  [
    'router axum app',
    'router axum Server.router',
    'router axum Server.run!',
    'router axum inner.routes',
    'mount app <- base_routes',
    'mount app <- crate.api.v1.mount /v1',
    'mount app <- web.routes',
    'mount app <- inner.routes',
    'mount app <- crate.admin.Panel.router /admin',
    'mount app <- crate.api.router /api',
    'mount Server.router <- Server.extra',
    'mount Server.router <- Server.more',
    'mount Server.run <- Server.router',
    'mount inner.routes <- web.routes',
  ],
)

check(
  'a function adds to the router that it is given',
  `
use axum::{routing::get, Router};
fn with_health(router: Router) -> Router { router.route("/health", get(health)) }
fn app() -> Router {
    let router = Router::new().route("/", get(index));
    let router = mount_health(router);
    router
}
`,
  [
    'router axum with_health',
    'router axum app',
    'mount app <- mount_health',
    'route GET /health of with_health by health',
    'route GET / of app by index',
  ],
)

check(
  'a prefix that only running tells leaves the end of the path',
  `
use axum::{routing::get, Router};
fn app(prefix: &str, settings: &Settings) -> Router {
    let routes = Router::new().route("/pets", get(list)).merge(crate::owners::router());
    let routes = routes.route(&settings.path, get(other));
    Router::new().nest(&format!("{prefix}/api"), routes)
}
`,
  [
    'router axum app',
    'mount app <- crate.owners.router {}/api',
    'route GET {}/api/pets by list',
    'route GET ? of app by other',
  ],
)

check(
  'services, folders and fallbacks, but not those that say that there is nothing',
  `
use axum::{routing::get, Router};
fn app() -> Router {
    let pages = ServeDir::new("pages");
    Router::new()
        .nest_service("/assets", ServeDir::new("dist").precompressed_gzip())
        .nest_service("/pages", pages)
        .route_service("/ws", socket)
        .fallback(get(index))
}
fn other() -> Router { Router::new().fallback(handler_404) }
fn third() -> Router { Router::new().fallback(|| async { StatusCode::NOT_FOUND }) }
fn fourth() -> Router { Router::new().fallback_service(app()) }
`,
  [
    'router axum app',
    'router axum fourth',
    'mount fourth <- app',
    'route GET /assets/{path*} of app',
    'route GET /pages/{path*} of app',
    'route * /ws of app',
    'route GET /{path*} of app by index',
  ],
)

check(
  'handlers that a document describes, where a router takes the path from there',
  `
use utoipa_axum::{router::OpenApiRouter, routes};
use crate::controllers::{pets, owners::*};
/// Lists them.
#[utoipa::path(get, path = "/api/pets/{id}", tag = "pets", responses((status = 200, description = "ok")))]
pub async fn show() {}
#[utoipa::path(method(put, patch), context_path = "/api", path = "/pets/{id}")]
#[axum::debug_handler]
async fn change() {}
fn build() -> Router {
    let (router, docs) = OpenApiRouter::with_openapi(Docs::openapi())
        .routes(routes!(show, pets::list, crate::x::y))
        .routes(routes!(change))
        .split_for_parts();
    router.route("/docs.json", axum::routing::get(docs))
}
`,
  [
    'router axum show',
    'router axum change',
    'router axum build',
    'mount build <- show',
    'mount build <- crate.controllers.pets.list',
    'mount build <- crate.x.y',
    'mount build <- change',
    'route GET /api/pets/{id} of show by show',
    'route PUT|PATCH /api/pets/{id} of change by change',
    'route GET /docs.json of build by docs',
  ],
)

check(
  'a description does not count where the route is written, nor for another framework',
  `
use axum::{routing::get, Router};
#[utoipa::path(get, path = "/wrong")]
async fn show() {}
fn app() -> Router { Router::new().route("/right", get(show)) }
mod tests { use super::*; fn app() -> Router { Router::new().route("/t", get(show)) } }
`,
  [
    'router axum app',
    'router axum tests.app',
    'route GET /right of app by show',
    'route GET /t of tests.app by show',
  ],
)
check(
  'actix documents its handlers too',
  `
use actix_web::get;
#[utoipa::path(get, path = "/pets")]
#[get("/pets")]
async fn list() {}
`,
  [],
)

check(
  'methods from a variable, from a function, and none that anybody can tell',
  `
use axum::{routing::{get, MethodRouter}, Router};
fn both() -> MethodRouter { get(read).post(write) }
fn app(given: MethodRouter) -> Router {
    let ok = get(fine);
    Router::new().route("/a", ok.clone()).route("/b", both()).route("/c", given).route("/d", ok.delete(gone))
}
`,
  [
    'router axum app',
    'route GET /a of app by fine',
    'route GET /b of app by read',
    'route POST /b of app by write',
    'route * /c of app',
    'route GET /d of app by fine',
    'route DELETE /d of app by gone',
  ],
)

check(
  'served among the tokens of a macro',
  `
async fn run() {
    let app = routes::create_router(state);
    tokio::select! { result = axum::serve(listener, app) => {} }
}
`,
  ['router axum run!', 'mount run <- routes.create_router'],
)

check(
  'near misses',
  `
use axum::Router;
fn other(graph: Graph, map: Map) {
    graph.route("/x", from(to));
    map.merge(other());
    let config = Figment::new().merge(Toml::file("a.toml"));
    serve(directory, request);
    let _ = cache.get("/x");
}
`,
  [],
)

check(
  'broken code',
  `
use axum::{routing::get, Router};
fn app() -> Router { Router::new().route("/a", get(list)).route().route("/b", get()).nest("/c").merge().serve() }
fn other() -> Router { Router::new().route(, get(x)).route("/d"
    .nest("/c", ).merge().route("/d", get(
`,
  ['router axum app', 'route GET /a of app by list', 'route * /b of app'],
)
check(
  'a chain without end',
  'use axum::Router; fn a() -> Router { let x = y; let y = x; x.merge(y) } let r = r.route',
  [],
)

test('a route is shown at its path, a mounted router where it is named', () =>
  assert.deepEqual(
    placesOf(
      extractAxum,
      'use axum::Router; fn app() -> Router { Router::new().route("/a", get(a)).merge(b::c()).routes(routes!(d::e)) }',
      PATH,
    ),
    ['router @ app', 'mount @ b::c()', 'mount @ d::e', 'route @ "/a"'],
  ))
