// Routes of Rocket.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractRocket, rocketPath } from '../../../server/src/graph/extract/rust/rocket.ts'
import { rustPlaces, rustRows } from '../../support/rust-facts.ts'

function check(what: string, text: string, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(rustRows(extractRocket, text), expected))
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
    'router show',
    'router create',
    'router change',
    'router raw',
    'GET /pets/{id} router=show handler=show',
    'POST /pets router=create handler=create',
    'PUT /pets/{id} router=change handler=change',
    'PATCH /raw/{_}/{path*} router=raw handler=raw',
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
    'router rocket root',
    'router routes',
    'router stage',
    'router both',
    'rocket <- index below /api',
    'rocket <- users.list below /api',
    'rocket <- crate.pets.show below /api',
    'rocket <- index below ',
    'routes <- b below ',
    'routes <- a below ',
    'stage <- c below /staged',
    'both <- a below ',
    'rocket <- users.routes below /users',
    'rocket <- users.late_routes below {}/late',
    'rocket <- users.stage below ',
    'routes <- users.routes below ',
    'routes <- crate.extra.routes below ',
    'both <- users.routes below ',
    'GET /public/{path*} router=rocket handler=',
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
    'router rocket root',
    'POST /hand/late/{id} router=rocket handler=late',
    'GET /one/x router=rocket handler=x',
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
  ['router ok', 'router rocket root', 'GET /ok router=ok handler=ok'],
)

test('a route is shown at its path, a mounted one where it is named', () =>
  assert.deepEqual(
    rustPlaces(
      extractRocket,
      'use rocket::*; #[get("/a")] fn a() {} fn r() { rocket::build().mount("/", routes![a, b::c]) }',
    ),
    ['router @ a', 'router @ r', 'mount @ a', 'mount @ b::c', 'route @ "/a"'],
  ))
