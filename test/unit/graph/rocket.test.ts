// Routes of Rocket.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractRocket, rocketPath } from '../../../server/src/graph/extract/rust/rocket.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/routes.rs'

function check(what: string, text: string, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(rowsOf(extractRocket, text, PATH), expected))
}

check(
  'handlers that name their routes',
  `
#[macro_use] extern crate rocket;
#[get("/pets/<id>?<full>&<rest..>", rank = 2)]
fn show(id: u32) -> Json<Pet> {}
#[rocket::post("/pets", format = "json", data = "<pet>")]
async fn create(pet: Json<Pet>) {}
#[route(PUT, uri = "/pets/<id>", data = "<pet>")]
fn change() {}
#[route("/raw/<_>/<path..>", method = PATCH)]
fn raw() {}
#[catch(404)]
fn missing() {}
`,
  [
    'router rocket show',
    'router rocket create',
    'router rocket change',
    'router rocket raw',
    'route GET /pets/{id} of show by show',
    'route POST /pets of create by create',
    'route PUT /pets/{id} of change by change',
    'route PATCH /raw/{_}/{path*} of raw by raw',
  ],
)

check(
  'mounted where the application is built, by stages, and in lists that grow',
  `
use rocket::{routes, Route, fairing::AdHoc};
mod users;
#[launch]
fn rocket() -> _ {
    let api = routes![index, users::list, crate::pets::show];
    rocket::build()
        .mount("/", routes![index])
        .mount("/api", api)
        .mount("/users", users::routes())
        .mount("/public", FileServer::from(relative!("static")))
        .mount([base(), "/late"].concat(), users::late_routes())
        .attach(users::stage())
        .attach(Template::fairing())
        .register("/", catchers![missing])
}
pub fn routes() -> Vec<Route> {
    let mut more = routes![b];
    let mut routes = routes![a];
    routes.append(&mut users::routes());
    routes.append(&mut more);
    if enabled() { routes.extend(crate::extra::routes()); }
    routes
}
fn stage() -> AdHoc {
    AdHoc::on_ignite("Pets", |rocket| async { rocket.mount("/staged", routes![c]) })
}
fn both() -> Vec<Route> { if slow() { routes![a] } else { users::routes() } }
`,
  [
    'router rocket rocket!',
    'router rocket routes',
    'router rocket stage',
    'router rocket both',
    'mount rocket <- index /api',
    'mount rocket <- users.list /api',
    'mount rocket <- crate.pets.show /api',
    'mount rocket <- index',
    'mount routes <- b',
    'mount routes <- a',
    'mount stage <- c /staged',
    'mount both <- a',
    'mount rocket <- users.routes /users',
    'mount rocket <- users.late_routes {}/late',
    'mount rocket <- users.stage',
    'mount routes <- users.routes',
    'mount routes <- crate.extra.routes',
    'mount both <- users.routes',
    'route GET /public/{path*} of rocket',
  ],
)

check(
  'routes made by hand',
  `
use rocket::{Rocket, Route, http::Method::*};
fn rocket() -> Rocket<Build> {
    let late = Route::ranked(2, Post, "/late/<id>", late);
    let routes: Vec<Route> = vec![late];
    rocket::custom(config()).mount("/hand", routes).mount("/one", [Route::new(Get, "/x", x)])
}
`,
  [
    'router rocket rocket!',
    'route POST /hand/late/{id} of rocket by late',
    'route GET /one/x of rocket by x',
  ],
)

for (const [path, expected] of [
  ['/', '/'],
  ['/<a>/b/<c..>?<d>', '/{a}/b/{c*}'],
  ['/<_..>', '/{_*}'],
] as const)
  test(`path ${path}`, () => assert.equal(rocketPath(path), expected))

check(
  'near misses',
  `
use rocket::Config;
fn other(disk: Disk, list: Vec<u8>) {
    disk.mount("/mnt", device());
    list.append(&mut rest());
    launch.rocket();
}
`,
  [],
)
check(
  'the same macro of another crate',
  'use utoipa_axum::routes; fn a() { OpenApiRouter::new().routes(routes!(a)) }',
  [],
)
check(
  'broken code',
  `
use rocket::*;
#[get] fn a() {}
#[get("/ok")] fn ok() {}
#[route()] fn c() {}
fn rocket() { rocket::build().mount().mount("/x").mount("/y", routes![,]).attach() }
`,
  ['router rocket ok', 'router rocket rocket!', 'route GET /ok of ok by ok'],
)

test('a route is shown at its path, a mounted one where it is named', () =>
  assert.deepEqual(
    placesOf(
      extractRocket,
      'use rocket::*; #[get("/a")] fn a() {} fn r() { rocket::build().mount("/", routes![a, b::c]) }',
      PATH,
    ),
    ['router @ a', 'router @ r', 'mount @ a', 'mount @ b::c', 'route @ "/a"'],
  ))
