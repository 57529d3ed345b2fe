// Calls of Rust that ask a server for something.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractNamesRust } from '../../../server/src/graph/extract/rust/names.ts'
import { extractRequestsRust } from '../../../server/src/graph/extract/rust/requests.ts'
import { placesOf, rowsOf } from '../../support/facts.ts'

const PATH = 'src/routes.rs'

function check(what: string, text: string, expected: readonly string[], path = PATH): void {
  test(what, () => assert.deepEqual(rowsOf(extractRequestsRust, text, path), expected))
}

check(
  'clients by their type, with addresses that are put together',
  `
use reqwest::{Client, Method};
const PETS: &str = "/api/pets";
async fn all(client: &Client, base: &str, id: u32) -> Result<()> {
    reqwest::get("http://localhost:8000/health").await?;
    client.get(format!("{base}/api/pets/{id}")).send().await?;
    client.post(format!("{}{}", base, PETS)).json(&pet).send().await?;
    client.request(Method::PUT, &(base.to_string() + "/api/pets/1")).send().await?;
    let url = Url::parse(base)?.join("api/owners")?;
    client.delete(url.clone()).send().await?;
    let other = reqwest::Client::builder().build()?;
    other.patch(server.url("/api/late")).send().await?;
    other.head(&crate::routes::HEALTH).send().await?;
    ureq::put(&format!("{}/x/{}", config.base, pet.id)).call()?;
}
`,
  [
    'request GET http://localhost:8000/health',
    'request GET {base}/api/pets/{id}',
    'request POST {base}/api/pets',
    'request PUT {base}/api/pets/1',
    'request DELETE {base}/api/owners',
    'request PATCH {url}/api/late',
    'request PUT {base}/x/{id}',
  ],
)

check(
  'a client that is kept, and an address that another function builds',
  `
struct Api { http: reqwest::Client, base: String, cache: HashMap<String, Pet> }
impl Api {
    fn url(&self, path: &str) -> String { format!("{}/api{}", self.base, path) }
    async fn pets(&self) { self.http.get(self.url("/pets")).bearer_auth(&self.token).send().await; }
    async fn pet(&self, id: Id) {
        let url = self.url(&format!("/pets/{}", id));
        self.http.get(url).send().await;
        self.cache.get("/pets/1");
    }
}
`,
  ['request GET {base}/api/pets', 'request GET {base}/api/pets/{id}'],
)

check(
  'functions that pass on a path, and those that call them',
  `
use reqwest::{Client, Method};
impl Api {
    async fn request(&self, method: Method, path: &str) -> Response {
        self.client.request(method, format!("{}/{}", self.base, path)).send().await
    }
    async fn get<T>(&self, path: &str) -> T { self.request(Method::GET, path).await.json().await }
    pub async fn pets(&self) { self.get::<Vec<Pet>>("/pets").await; }
    pub async fn rename(&self, id: &str) { self.request(Method::PATCH, &format!("/pets/{id}/name")).await; }
}
async fn other(api: &crate::Api, title: &str) {
    api.post("/titles", title).await;
    api.upload("/titles/photo", title).await;
    crate::send(Method::POST, "/sent", title);
}
`,
  [
    'request GET /pets perhaps through Api.get(/pets)',
    'request PATCH /pets/{id}/name perhaps through Api.request(PATCH, /pets/{id}/name)',
    'request POST /titles perhaps through crate.Api.post(/titles, {title})',
    'wrapper Api.request <0> {base}/<1>',
    'wrapper Api.get GET  through Api.request(GET, <0>)',
    'forward crate.send(POST, /sent, {title})',
  ],
)

check(
  'in the browser',
  `
use gloo_net::http::{Request, RequestBuilder, Method};
async fn call(url: &str, body: Kind) {
    let builder = RequestBuilder::new(url).header("A", "b");
    let request = if body.any() { builder.method(Method::POST).body(body) } else { builder.build() };
}
async fn all() {
    Request::get("/api/pets").send().await;
    Request::post(&format!("/api/pets/{}", id)).json(&pet).unwrap().send().await;
    call(&(base_url() + "/api/kind"), Kind::Get).await;
}
`,
  [
    'request GET /api/pets',
    'request POST /api/pets/{id}',
    'wrapper call * <0>',
    'forward call({base_url}/api/kind, {Get})',
  ],
)

check(
  'in tests: what applications are asked with',
  `
use axum::{body::Body, http::Request};
use actix_web::test;
#[tokio::test]
async fn works() {
    app().oneshot(Request::builder().method("POST").uri("/pets").body(Body::empty()).unwrap()).await;
    app().oneshot(Request::get("/pets/1").body(Body::empty()).unwrap()).await;
    test::call_service(&app, test::TestRequest::delete().uri("/pets/2").to_request()).await;
    test::TestRequest::with_uri("/pets/3").method(Method::PUT).to_request();
    let server = TestServer::new(app()).unwrap();
    server.get("/server").await.assert_status_ok();
    let client = Client::tracked(rocket()).unwrap();
    client.patch("/client").dispatch();
    let (app, user) = TestApp::start().await;
    user.get::<()>("/user").await;
    values.get("/pointer");
}
`,
  [
    'request POST /pets',
    'request GET /pets/1',
    'request DELETE /pets/2',
    'request PUT /pets/3',
    'request GET /server',
    'request PATCH /client',
    'request GET /user perhaps',
  ],
  'tests/pets.rs',
)

check(
  'what a trait asks for, its types ask for',
  `
use http::Method;
trait Requests {
    fn build(&self, method: Method, path: &str) -> Request<()>;
    async fn get(&self, path: &str) { self.run(self.build(Method::GET, path)).await }
    async fn pets(&self) { self.get("/pets").await }
}
struct User;
impl Requests for User { fn build(&self, method: Method, path: &str) -> Request<()> { Request::builder().method(method).uri(path).body(()) } }
`,
  [
    'request GET /pets perhaps through Requests.get(/pets)',
    'wrapper User.build <0> <1>',
    'wrapper Requests.build <0> <1>',
    'class User of Requests',
  ],
)

check(
  'servers that pretend',
  `
use wiremock::MockServer;
async fn real(client: &reqwest::Client) { client.get("/real").send().await; }
mod tests { async fn t(client: &reqwest::Client) { client.get(format!("{}/not", server.uri())).send().await; } }
`,
  ['request GET /real'],
)
check(
  'near misses',
  `
use reqwest::header;
fn all(map: HashMap<String, u8>, value: &Value, headers: HeaderMap) {
    map.get("/pets");
    value.get("/a/b").and_then(it).await;
    headers.get("/x");
    std::fs::read_to_string("/etc/hosts");
    Path::new("/tmp").join("/x");
    request.uri();
    Some("/x");
    get_file("/etc/passwd");
    client.get("plain").send();
    client.post("two words/x y").send();
}
`,
  [],
)
check(
  'broken code',
  `
use reqwest::Client;
fn a(c: &Client) { c.get().send(); c.get(format!()).send(); Request::builder().uri().body( }
fn b(c: &Client) { c.get("/ok").send(); reqwest::get( }
fn loops(u: &str) -> String { let a = b; let b = a; loops(&loops(u)) }
`,
  ['request GET /ok'],
)

test('a request is shown at its address', () =>
  assert.deepEqual(
    placesOf(extractRequestsRust, 'fn a(c: &reqwest::Client) { c.get(format!("/a/{}", 1)).send(); }', PATH),
    ['request @ format!("/a/{}", 1)'],
  ))

test('what files re-export, and constants that are addresses', () =>
  assert.deepEqual(
    rowsOf(
      extractNamesRust,
      `
pub use crate::api::{self, users::{list as users, *}, pets};
pub(crate) use self::inner::routes;
pub use std::io::Result;
use crate::own::only;
pub const USERS: &str = "/api/users";
pub const BOTH: &str = concat!("/api", "/both");
const WORD: &str = "word";
static N: u32 = 1;
`,
      PATH,
    ),
    [
      'alias users = crate.api.users.list',
      'alias * = crate.api.users',
      'alias pets = crate.api.pets',
      'alias routes = self.inner.routes',
      'constant USERS = /api/users',
      'constant BOTH = /api/both',
    ],
  ))
