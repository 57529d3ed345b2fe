/** A name is taken from code in another language that does not hand out anything of that name. */

import type { Locale } from '@codeant/shared/locale.ts'
import type { Bridge } from '../../graph/rows/foreign.ts'
import { at, beside, js, json, py, rs, toml, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `of` is the class that a member is looked for in; it and `meant` are empty where there is none, or nobody can tell. */
type Data = { readonly name: string; readonly of: string; readonly bridge: Bridge; readonly meant: string }

export default defineRule<Data>({
  id: 'contracts/unknown-foreign-function',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *foreignUse(use) {
      if (!use.isMissing) return
      const { bridge, known } = use
      const [, of = '', name = use.name] = /^(\w+)\.(\w+)$/.exec(use.name) ?? []
      const meant = nearestName(
        name,
        known.map(it => it.name),
      )
      const other = known.find(it => it.name === meant)
      yield {
        at: use,
        data: { name, of, bridge, meant: meant ?? '' },
        ...(other && { related: [other] }),
      }
    },
  },

  explain: {
    en: ({ name, of, bridge, meant }) => ({
      message: `${
        bridge === 'tauri'
          ? `no Tauri command is called \`${name}\``
          : of
            ? `\`${of}\` has no \`${name}\` in Rust`
            : `the Rust ${bridge === 'c' ? 'library exports' : 'module has'} no \`${name}\``
      }${meant ? `; there is \`${meant}\`` : ''}`,
      why: WHY.en[bridge],
      remedy: meant
        ? `Use \`${meant}\`, or export the name from Rust.`
        : 'Correct the name, or export it from Rust.',
    }),
    es: ({ name, of, bridge, meant }) => ({
      message: `${
        bridge === 'tauri'
          ? `ningún comando de Tauri se llama \`${name}\``
          : of
            ? `\`${of}\` no tiene \`${name}\` en Rust`
            : bridge === 'c'
              ? `la biblioteca de Rust no exporta \`${name}\``
              : `el módulo de Rust no tiene \`${name}\``
      }${meant ? `; sí existe \`${meant}\`` : ''}`,
      why: WHY.es[bridge],
      remedy: meant
        ? `Usa \`${meant}\` o exporta ese nombre desde Rust.`
        : 'Corrige el nombre o expórtalo desde Rust.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'src-tauri/src/lib.rs',
            rs`
#[tauri::command]
pub async fn open_folder(path: String) {}

pub fn run() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![open_folder]).run();
}
`,
          ),
        ],
        at(
          'src/folders.js',
          js`
import { invoke } from '@tauri-apps/api/tauri'

const call = (name, given) => invoke(name, given)
export const open = path => invoke(«'open_folders'», { path })
export const close = path => invoke(«'close'», { path })
`,
        ),
      ),
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
fn read_note(id: u32) -> String { todo!() }

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![read_note]).run();
}
`,
          ),
        ],
        at(
          'src/notes.ts',
          ts`
import { invoke } from '@tauri-apps/api/core'

export const read = (id: number) => invoke<string>(«'readNote'», { id })
`,
        ),
      ),
      beside(
        [
          at(
            'Cargo.toml',
            toml`[lib]
name = "fastgeo"`,
          ),
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pyfunction]
fn distance(a: f64, b: f64) -> f64 { (a - b).abs() }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(distance, m)?)
}
`,
          ),
        ],
        at('tools/report.py', py`from fastgeo import «distances»`),
      ),
      // wasm-bindgen leaves names as they are.
      beside(
        [
          at(
            'geo/Cargo.toml',
            toml`[package]
name = "fast-geo"`,
          ),
          at(
            'geo/src/lib.rs',
            rs`
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub fn path_length(points: &[f64]) -> f64 { 0.0 }

#[wasm_bindgen]
pub struct Route { points: Vec<f64> }

#[wasm_bindgen]
impl Route {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Route { Route { points: vec![] } }
    #[wasm_bindgen(js_name = addPoint)]
    pub fn add_point(&mut self, x: f64, y: f64) {}
}
`,
          ),
        ],
        at(
          'web/map.js',
          js`
import init, { «pathLength», Route } from '../geo/pkg/fast_geo.js'

await init()
const route = new Route()
route.addPoint(1, 2)
route.«add_point»(3, 4)
console.log(pathLength([1, 2]))
`,
        ),
      ),
      // napi-rs writes them in camel case.
      beside(
        [
          at(
            'geo/package.json',
            json`{ "name": "@shop/geo", "main": "index.js", "napi": { "binaryName": "geo" } }`,
          ),
          at(
            'geo/Cargo.toml',
            toml`[package]
name = "geo"`,
          ),
          at(
            'geo/src/lib.rs',
            rs`
#[napi]
pub fn path_length(points: Vec<f64>) -> f64 { 0.0 }
`,
          ),
        ],
        at(
          'api/routes.ts',
          ts`
import { «path_length» } from '@shop/geo'

export const total = (points: number[]) => path_length(points)
`,
        ),
      ),
      beside(
        [
          at(
            'geo/Cargo.toml',
            toml`[package]
name = "geo"`,
          ),
          at(
            'geo/src/lib.rs',
            rs`
#[no_mangle]
pub extern "C" fn geo_scale(by: f64) {}

#[no_mangle]
pub extern "C" fn geo_free() {}
`,
          ),
        ],
        at(
          'tools/report.py',
          py`
from ctypes import cdll

geo = cdll.LoadLibrary("geo/target/release/libgeo.so")
geo.«geo_scales»(2.0)
geo.geo_free()
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
fn read_note(id: u32) -> String { todo!() }

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![read_note]).run();
}
`,
          ),
        ],
        at(
          'src/notes.ts',
          ts`
import { invoke } from '@tauri-apps/api/core'

export const read = (id: number) => invoke<string>('read_note', { id })
`,
        ),
      ),
      // A plugin answers this one.
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
fn read_note(id: u32) -> String { todo!() }

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![read_note]).run();
}
`,
          ),
        ],
        at(
          'src/notes.js',
          js`
import { invoke } from '@tauri-apps/api/core'

export const ask = () => invoke('plugin:dialog|ask', { message: 'Sure?' })
`,
        ),
      ),
      // Whatever else is put into the module is not written here.
      beside(
        [
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    geometry::fill(m)
}
`,
          ),
        ],
        at('tools/report.py', py`from fastgeo import distances`),
      ),
      // A crate of somebody else may hand out more, and so may what JavaScript adds to a class.
      beside(
        [
          at(
            'geo/Cargo.toml',
            toml`[package]
name = "geo"
[dependencies]
wasm-bindgen-rayon = "1"`,
          ),
          at(
            'geo/src/lib.rs',
            rs`
#[wasm_bindgen]
pub fn scale(by: f64) {}
`,
          ),
        ],
        at(
          'web/map.js',
          js`
import init, { initThreadPool } from '../geo/pkg/geo.js'

await init()
await initThreadPool(4)
`,
        ),
      ),
      beside(
        [
          at('geo/package.json', json`{ "name": "geo", "napi": {} }`),
          at(
            'geo/src/lib.rs',
            rs`
#[napi]
pub struct Route {}

#[napi]
impl Route {
    #[napi(constructor)]
    pub fn new() -> Self { Route {} }
}

#[napi(object)]
pub struct Options { pub exact: bool }
`,
          ),
        ],
        at(
          'api/routes.ts',
          ts`
import { Route, type Options } from 'geo'

Route.prototype.draw = function () {}
const route = new Route()
route.draw()
export const options: Options = { exact: true }
`,
        ),
      ),
    ],
  },
})

/** What happens when the program runs. */
const WHY: Readonly<Record<Locale, Readonly<Record<Bridge, string>>>> = {
  en: {
    tauri: 'Commands are found by their names at run time: the promise of this call is rejected.',
    pyo3: 'No compiler looks at both languages: the import fails with an error when the program starts.',
    'wasm-bindgen':
      'The package is built from Rust, whose names stay as they are unless `js_name` says otherwise: there is nothing behind this one when the program runs.',
    napi: 'The addon is built from Rust, whose names napi-rs turns into camel case: this one is `undefined` when the program runs.',
    c: 'Python looks for the name in the shared library when it runs, and raises an `AttributeError`.',
  },
  es: {
    tauri: 'Los comandos se buscan por su nombre al ejecutarse: la promesa de esta llamada se rechazará.',
    pyo3: 'Ningún compilador ve los dos lenguajes: la importación fallará con un error al arrancar el programa.',
    'wasm-bindgen':
      'El paquete se genera a partir de Rust, cuyos nombres no cambian salvo que `js_name` diga otra cosa: al ejecutarse, detrás de este no hay nada.',
    napi: 'El módulo se genera a partir de Rust, y napi-rs pasa los nombres a camel case: al ejecutarse, este vale `undefined`.',
    c: 'Python busca el nombre en la biblioteca compartida al ejecutarse y lanza un `AttributeError`.',
  },
}
