// Structs and enums that serde writes and reads, and what handlers of axum, actix and Rocket take and give.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphOf } from '../../support/graph.ts'
import { handlerLines, shapeLines } from '../../support/resolved-data.ts'

function shapes(what: string, text: string, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(shapeLines(graphOf({ 'src/main.rs': text }), 'src/main.rs'), expected))
}

function handlers(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(handlerLines(graphOf(files)), expected))
}

shapes(
  'names, defaults and what may be missing',
  `
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User<T> {
    pub user_id: i32,
    #[serde(rename = "mail", alias = "e-mail")]
    pub email: String,
    /// Said twice.
    #[serde(default)]
    pub is_admin: bool,
    pub nick_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Box<User<T>>>,
    #[serde(skip_serializing)]
    pub password: String,
    #[serde(skip)]
    pub cache: Cache,
    #[serde(with = "ts_seconds")]
    pub born: DateTime<Utc>,
    pub scores: HashMap<String, f64>,
    pub tags: Vec<&'static str>,
    pub more: T,
    pub raw: serde_json::Value,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    pub way: (i32, i32),
}
pub struct NotOnTheWire { x: i32 }
`,
  [
    'User! { userId: integer, mail/e-mail: string, isAdmin=: boolean, nickName=: string | null, parent?: User | null, <password: string, born: ?, scores: {*: number}, tags: [string], more: ?, raw: ?, out/in: [?] }',
  ],
)

shapes(
  'what is flattened, wrapped, aliased and made otherwise',
  `
#[derive(Serialize)] struct Page { page: u32 }
#[derive(Serialize)] struct Users { users: Vec<Id>, #[serde(flatten)] page: Page }
#[derive(Serialize)] struct Loose { a: i32, #[serde(flatten)] rest: HashMap<String, String> }
#[derive(Serialize)] struct Id(Uuid);
#[derive(Serialize)] struct Listed<'a, T> { data: Vec<T>, of: &'a str }
#[derive(Serialize)] struct Holder { ids: Listed<'static, Id>, }
#[skip_serializing_none]
#[derive(Serialize)] struct Sparse { a: Option<i32>, b: i32 }
#[derive(Serialize)] struct Nothing;
#[derive(Serialize)] struct Empty {}
#[derive(Deserialize)] #[serde(default)] struct Settings { dark: bool }
#[derive(Serialize)] #[serde(into = "String")] struct Version { major: u8 }
type Ids = Vec<Id>;
mod json { #[derive(Serialize)] pub struct Inner { x: i32 } }
`,
  [
    'Page { page: integer }',
    'Users { page: integer, users: [Id] }',
    'Loose { a: integer, … }',
    'Id: string',
    'Listed { data: [?], of: string }',
    'Holder { ids: Listed }',
    'Sparse { a?: integer | null, b: integer }',
    'Nothing: null',
    'Empty {}',
    'Settings { dark=: boolean }',
    'Version: ?',
    'Ids: [Id]',
    'json.Inner { x: integer }',
  ],
)

shapes(
  'enums',
  `
#[derive(Serialize)] #[serde(rename_all = "kebab-case")] enum Role { SuperAdmin, #[serde(rename = "guest")] Visitor }
#[derive(Serialize)] #[serde(tag = "type", rename_all = "snake_case")] enum Event { Created { id: i32 }, Gone }
#[derive(Serialize)] #[serde(untagged)] enum Key { Number(i32), Text(String) }
#[derive(Serialize)] enum Outer { A(i32), B }
`,
  ['Role: super-admin|guest', 'Event { type: created|gone, … }', 'Key: integer | string', 'Outer: ?'],
)

handlers(
  'axum: extractors, results in tuples, and what is written in place',
  {
    'src/main.rs': `
use axum::{routing::get, extract::{Json, Path, Query, State}, Router};
mod users;
fn app() -> Router {
    Router::new()
        .route("/users", get(users::list).post(users::add))
        .route("/users/{id}", get(user).delete(users::Users::remove))
        .route("/raw", get(raw))
}
async fn user(State(db): State<Db>, Path(id): Path<i32>) -> Result<Json<users::User>, Error> { todo!() }
async fn raw(request: Request) -> impl IntoResponse {
    if bad { return (StatusCode::NOT_FOUND, Json(json!({ "error": "gone" }))).into_response(); }
    (StatusCode::OK, Json(json!({ "ok": true, "page": { "size": size }, "items": [] }))).into_response()
}
#[tokio::main] async fn main() { axum::serve(listener, app()).await }
`,
    'src/users.rs': `
use axum::{extract::{Json, Query}, http::StatusCode};
#[derive(Deserialize)] pub struct Filter { name: Option<String>, #[serde(default)] page: u32, kind: Kind }
#[derive(Deserialize)] pub enum Kind { A, B }
#[derive(Serialize, Deserialize)] pub struct User { id: i32 }
pub async fn list(Query(filter): Query<Filter>) -> AppResult<(StatusCode, Json<Vec<User>>)> { Ok((StatusCode::OK, Json(vec![]))) }
pub async fn add(locale: Strange, Json(user): Json<User>) -> StatusCode { StatusCode::CREATED }
pub struct Users;
impl Users { pub async fn remove(Path((id,)): Path<(i32,)>) -> Json<Missing> { todo!() } }
`,
  },
  [
    'GET /users list(query name?: string | null, query page?: integer, query kind: Kind) → [User] 200',
    'POST /users add(body User, …) 201',
    'GET /users/{id} user(path id: integer) → users.User',
    'DELETE /users/{id} Users.remove(path id: integer) → Missing',
    'GET /raw raw(body ?, …) → { ok: boolean, page: { size: ? }, items: [?] } 404 200',
  ],
)

handlers(
  'axum: a response without a type is what its documentation says',
  {
    'src/main.rs': `
#[derive(Serialize, ToSchema)] struct Listed { users: Vec<String> }
#[utoipa::path(get, path = "/users", responses((status = 404, body = Problem), (status = 200, description = "All", body = inline(Listed))))]
pub async fn list() -> AppResult<ErasedJson> { Ok(json!({ "users": users })) }
#[utoipa::path(get, path = "/ping", responses((status = 200, body = String)))]
pub async fn ping() -> AppResult<ErasedJson> { Ok(json!({ "pong": true })) }
`,
  },
  ['GET {}/users list() → Listed', 'GET {}/ping ping() → { pong: boolean }'],
)

handlers(
  'actix',
  {
    'src/main.rs': `
use actix_web::{get, post, web, App, HttpResponse, HttpServer, Responder};
#[derive(Deserialize)] struct NewUser { name: String }
#[derive(Serialize)] struct User { id: i32 }
#[derive(Deserialize)] struct Page { page: u32 }
#[get("/users/{id}")]
async fn user(path: web::Path<i32>, db: web::Data<Pool>) -> impl Responder { HttpResponse::Ok().json(User { id: 1 }) }
#[post("/users")]
async fn add(user: web::Json<NewUser>, page: web::Query<Page>) -> Result<web::Json<User>, Error> { todo!() }
async fn form(user: web::Form<NewUser>) -> HttpResponse { HttpResponse::NotFound().json(Problem {}) }
fn main() { HttpServer::new(|| App::new().service(user).service(add).route("/form", web::post().to(form))); }
`,
  },
  [
    'GET /users/{id} user() → User 200',
    'POST /users add(query page: integer, body NewUser) → User',
    'POST /form form(body ?) 404',
  ],
)

handlers(
  'Rocket',
  {
    'src/main.rs': `
use rocket::{get, post, routes, serde::json::Json};
#[derive(Deserialize)] struct NewUser { name: String }
#[derive(FromForm, Deserialize)] struct Page { page: u32 }
#[get("/users/<id>?<full>&<page..>")]
fn user(id: i32, full: Option<bool>, page: Page, db: Db) -> Option<Json<NewUser>> { None }
#[post("/users", data = "<user>")]
fn add(user: Json<NewUser>) -> Json<Vec<String>> { todo!() }
#[launch] fn rocket() -> _ { rocket::build().mount("/api", routes![user, add]) }
`,
  },
  [
    'GET /api/users/{id} user(path id: integer, query full?: boolean | null, query page: integer) → NewUser',
    'POST /api/users add(body NewUser) → [string]',
  ],
)
