// Calls from JavaScript into Rust: packages of wasm-bindgen and addons of napi-rs, wherever they are built to.

import { foreignUses } from '../../support/foreign-uses.ts'

const { check } = await foreignUses()

const GEO = `
use wasm_bindgen::prelude::*;
#[wasm_bindgen(js_name = "scaleBy")]
pub fn scale(points: &[f64], by: f64, origin: Option<f64>) {}
#[wasm_bindgen]
pub fn path_length(points: JsValue) -> f64 { 0.0 }
#[wasm_bindgen]
extern "C" { fn alert(text: &str); }
#[wasm_bindgen]
pub struct Route { pub name: String, #[wasm_bindgen(skip)] pub points: Vec<f64>, id: u32 }
#[wasm_bindgen(js_class = Route)]
impl Route {
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Route { todo!() }
    pub fn add(&mut self, x: f64, y: f64) {}
    #[wasm_bindgen(getter, js_name = pointCount)]
    pub fn point_count(&self) -> u32 { 0 }
    pub fn merge(a: &Route, b: &Route) -> Route { todo!() }
    fn hidden(&self) {}
}
#[wasm_bindgen]
pub enum Kind { Road, Rail }
#[cfg_attr(feature = "tools", wasm_bindgen(variadic))]
pub fn join(first: u32, others: Box<[u32]>) {}
`

check(
  'a package of wasm-bindgen beside its crate, with names as Rust has them',
  {
    'geo/Cargo.toml': '[package]\nname = "fast-geo"\n[dependencies]\nwasm-bindgen = "0.2"\n',
    'geo/src/lib.rs': GEO,
    'web/a.ts': `
import init, { scaleBy, path_length, Route, Kind as Kinds, join, alert, pathLength, type Options } from '../geo/pkg/fast_geo.js'
await init()
scaleBy([1], 2)
join(1, ...rest)
const route = new Route('north')
route.add(1)
route.name
route.hidden()
route.free()
route.add?.(1)
Route.merge(route, route)
alert()
pathLength(Kinds.Road)
`,
    'web/b.js': `
import * as geo from '../geo/pkg'
geo.path_length()
const { Route } = await import('../geo/pkg/fast_geo')
`,
    'web/fast_geo.js': 'export const own = 1',
    'web/c.js':
      "import { absent } from './fast_geo.js'\nimport { other } from './elsewhere_bg.js'\nabsent(); other()",
  },
  [
    'scaleBy: function (/points, /by, /origin?)',
    'scaleBy: function (/points, /by, /origin?) ← 2',
    'path_length: function (/points?)',
    'Route: class (/name)',
    'Route: class (/name) ← 1',
    'Route.add: method (/x, /y) ← 1',
    'Route.name: property (?)',
    'Route.hidden: missing ← 0',
    'Route.free: ? ← 0',
    'Route.merge: static (/a?, /b?) ← 2',
    'Kind: value (?)',
    'Kind.Road: ?',
    'join: function (/first, *others?)',
    'join: function (/first, *others?) ← 1, …',
    'alert: missing',
    'alert: ? ← 0',
    'pathLength: missing',
    'pathLength: ? ← 1',
    'Options: ?',
    'path_length: function (/points?) ← 0',
    'Route: class (/name)',
  ],
)
check(
  'packages of wasm-bindgen by their names, and where scripts put them',
  {
    'geo/Cargo.toml': '[package]\nname = "geo"\n',
    'geo/src/lib.rs': '#[wasm_bindgen]\npub fn scale(by: f64) {}\n',
    'web/package.json':
      '{ "dependencies": { "geo": "file:../geo/pkg" }, "scripts": { "wasm": "wasm-pack build ../geo --target web --out-dir ../web/src/built --out-name core" } }',
    'web/src/a.ts': "import { absent, scale } from 'geo'\nabsent(); scale()",
    'web/src/b.ts': "import { scale } from './built/core'\nscale(1)",
    // A release of some time ago may have had more.
    'old/package.json': '{ "dependencies": { "geo": "^0.1.0" } }',
    'old/a.js': "import { absent, scale } from 'geo'\nabsent(); scale(1)",
  },
  [
    'absent: ?',
    'absent: ? ← 0',
    'scale: function (/by)',
    'scale: function (/by) ← 1',
    'absent: missing',
    'absent: ? ← 0',
    'scale: function (/by)',
    'scale: function (/by) ← 0',
    'scale: function (/by)',
    'scale: function (/by) ← 1',
  ],
)

const ADDON = `
use napi_derive::napi;
#[napi]
pub fn path_length(env: Env, points: Vec<f64>, exact: bool) -> f64 { 0.0 }
#[napi(js_name = "sum_all", ts_args_type = "values: number[]")]
fn sum(values: Vec<f64>) -> f64 { 0.0 }
#[napi]
pub const MOST_POINTS: u32 = 8;
#[napi(string_enum)]
pub enum Kind { Road }
#[napi(object)]
pub struct Options { pub exact: bool }
#[napi(constructor)]
pub struct Point { pub x: f64, pub y_axis: Option<f64>, #[napi(skip)] pub id: u32 }
#[napi]
pub struct Route {}
#[napi]
impl Route {
  #[napi(factory)]
  pub fn from_text(text: String) -> Self { todo!() }
  #[napi(getter)]
  pub fn get_name(&self) -> String { todo!() }
  #[napi]
  pub async fn load(&self, file_name: String, options: Option<Options>) {}
  pub fn inner(&self) {}
}
#[napi(namespace = "tools")]
pub fn draw(route: &Route) {}
`

check(
  'an addon of napi-rs, by the name of its package and through what the package adds',
  {
    'addon/package.json':
      '{ "name": "@shop/geo", "main": "index.js", "scripts": { "build": "napi build --platform --js binding.js" } }',
    'addon/Cargo.toml': '[package]\nname = "geo-addon"\n',
    'addon/src/lib.rs': ADDON,
    'addon/index.js': `
const { pathLength, Point, Route } = require('./binding')
module.exports = { pathLength, Route, Point, extra() {} }
module.exports.Kind = require('./binding').Kind
`,
    'api/a.ts': `
import { pathLength, Route, Point, extra } from '@shop/geo'
pathLength([1])
new Point(1).yAxis
extra()
const route = Route.fromText('a')
`,
    'addon/bench.js': `
const binding = require('./binding.js')
binding.sum_all([1])
binding.path_length([1], true)
binding.MOST_POINTS
binding.tools.draw()
new binding.Options()
`,
  },
  [
    'sum_all: function (/values) ← 1',
    'path_length: missing ← 2',
    'MOST_POINTS: value (?)',
    'tools.draw: function (/route?) ← 0',
    'Options: type (?) ← 0',
    'pathLength: function (/points, /exact)',
    'Point: class (/x, /yAxis?)',
    'Route: class (?)',
    'pathLength: function (/points, /exact)',
    'pathLength: function (/points, /exact) ← 1',
    'Route: class (?)',
    'Route.fromText: static (/text) ← 1',
    'Point: class (/x, /yAxis?)',
    'Point: class (/x, /yAxis?) ← 1',
  ],
)
check(
  'files that napi-rs has written, and macros that hand out more than anybody reads',
  {
    'crates/node/Cargo.toml': '[package]\nname = "node"\n[dependencies]\ncommon = { path = "../common" }\n',
    'crates/node/src/lib.rs': '#[napi]\npub fn one() {}\n',
    'crates/common/Cargo.toml': '[package]\nname = "common"\n',
    'crates/common/src/lib.rs': '#[napi]\npub fn two(a: u32) {}\n',
    'packages/core/package.json':
      '{ "name": "core", "napi": {}, "scripts": { "build": "napi build --manifest-path ../../crates/node/Cargo.toml --js native.cjs -o src" } }',
    'packages/core/src/native.cjs': '/* auto-generated by NAPI-RS */\nmodule.exports.one = nativeBinding.one',
    'packages/core/src/index.ts': "import { one, two, three } from './native.cjs'\none(); two(1); three()",
    'other/Cargo.toml': '[package]\nname = "other"\n',
    'other/package.json': '{ "name": "other", "napi": {} }',
    'other/src/lib.rs':
      'macro_rules! make { ($name:ident) => { #[napi] pub fn $name() {} } }\n#[napi]\npub fn four() {}',
    'a.js': "const { four, five } = require('other')\nfour(); five()",
  },
  [
    'four: function ()',
    'four: function () ← 0',
    'five: ?',
    'five: ? ← 0',
    'one: function ()',
    'one: function () ← 0',
    'two: function (/a)',
    'two: function (/a) ← 1',
    'three: missing',
    'three: ? ← 0',
  ],
)
