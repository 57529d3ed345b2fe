/** A call into another language gives what the function there does not take, or leaves out what it needs. */

import type { Locale } from '@codeant/shared/locale.ts'
import type { Bridge, ForeignParameter, GivenArguments } from '../../graph/rows/foreign.ts'
import { at, beside, js, json, py, rs, toml, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

type Trouble = 'unknown' | 'missing' | 'tooMany'
/** `other` is what was meant by `argument`, or empty. */
type Data = {
  readonly name: string
  readonly trouble: Trouble
  readonly argument: string
  readonly other: string
  readonly bridge: Bridge
}

export default defineRule<Data>({
  id: 'contracts/foreign-arguments',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *foreignUse(use) {
      const { found, name, arguments: given } = use
      if (!found?.parameters || !given) return
      const trouble = troubleWith(found.parameters, given)
      if (trouble) yield { at: use, data: { name, bridge: use.bridge, ...trouble }, related: [found] }
    },
  },

  explain: {
    en: ({ name, trouble, argument, other, bridge }) => ({
      message:
        trouble === 'unknown'
          ? `\`${name}\` takes no \`${argument}\`${other ? `; it takes \`${other}\`` : ''}`
          : trouble === 'missing'
            ? `\`${name}\` needs \`${argument}\``
            : bridge === 'pyo3'
              ? `\`${name}\` takes ${argument} by position, and is given ${other}`
              : `\`${name}\` takes ${argument === '1' ? 'one argument' : `${argument} arguments`}, and is given ${other}`,
      why: WHY.en[bridge](trouble),
      remedy:
        trouble === 'unknown'
          ? other
            ? `Write \`${other}\`.`
            : `Leave \`${argument}\` out, or add it to the function in Rust.`
          : trouble === 'missing'
            ? `Give \`${argument}\`, or make it optional in Rust.`
            : 'Leave out what is too much.',
    }),
    es: ({ name, trouble, argument, other, bridge }) => ({
      message:
        trouble === 'unknown'
          ? `\`${name}\` no recibe \`${argument}\`${other ? `; recibe \`${other}\`` : ''}`
          : trouble === 'missing'
            ? `a la llamada a \`${name}\` le falta \`${argument}\``
            : bridge === 'pyo3'
              ? `\`${name}\` recibe ${argument} por posición y se le pasan ${other}`
              : `\`${name}\` recibe ${argument === '1' ? 'un argumento' : `${argument} argumentos`} y se le pasan ${other}`,
      why: WHY.es[bridge](trouble),
      remedy:
        trouble === 'unknown'
          ? other
            ? `Escribe \`${other}\`.`
            : `Quita \`${argument}\` o añádelo a la función de Rust.`
          : trouble === 'missing'
            ? `Pasa \`${argument}\` o hazlo opcional en Rust.`
            : 'Quita lo que sobra.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
async fn read_note(app: tauri::AppHandle, note_id: u32) -> String { todo!() }

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

export const read = (note_id: number) => invoke<string>(«'read_note'», { note_id })
`,
        ),
      ),
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
fn save_note(state: tauri::State<'_, Notes>, id: u32, text: String, tag: Option<String>) {}

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![save_note]).run();
}
`,
          ),
        ],
        at(
          'src/notes.js',
          js`
import { invoke } from '@tauri-apps/api/core'

export const save = id => invoke(«'save_note'», { id })
`,
        ),
      ),
      beside(
        [
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pyfunction]
#[pyo3(signature = (points, *, precise = false))]
fn area(py: Python<'_>, points: Vec<f64>, precise: bool) -> f64 { 0.0 }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(area, m)?)
}
`,
          ),
        ],
        at(
          'tools/report.py',
          py`
import fastgeo

fastgeo.area([1.0, 2.0], precise=True)
fastgeo.«area»([1.0, 2.0], exact=True)
fastgeo.«area»([1.0, 2.0], True)
fastgeo.«area»()
`,
        ),
      ),
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
#[wasm_bindgen]
pub fn scale(points: Vec<f64>, by: f64, origin: Option<f64>) -> Vec<f64> { points }
`,
          ),
        ],
        at(
          'web/map.js',
          js`
import * as geo from '../geo/pkg/fast_geo'

geo.scale([1, 2], 2)
geo.«scale»([1, 2])
geo.«scale»([1, 2], 2, 0, true)
`,
        ),
      ),
      beside(
        [
          at(
            'geo/package.json',
            json`{ "name": "geo", "scripts": { "build": "napi build --js binding.js" } }`,
          ),
          at('geo/index.js', js`module.exports.Route = require('./binding').Route`),
          at(
            'geo/src/lib.rs',
            rs`
#[napi]
pub struct Route {}

#[napi]
impl Route {
    #[napi(constructor)]
    pub fn new(env: Env, name: String) -> Self { Route {} }
    #[napi]
    pub fn add_point(&mut self, x: f64, y: f64) {}
}
`,
          ),
        ],
        at(
          'api/routes.ts',
          ts`
import { Route } from 'geo'

const route = new Route('north')
route.addPoint(1, 2)
route.«addPoint»(1)
export const south = new «Route»()
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
pub extern "C" fn scale(points: *mut f64, count: usize, by: f64) {}
`,
          ),
        ],
        at(
          'tools/report.py',
          py`
import ctypes

geo = ctypes.CDLL("geo/target/release/libgeo.so")
geo.«scale».argtypes = [ctypes.c_void_p, ctypes.c_double]
geo.scale(points, 2, 1.5)
geo.«scale»(points, 1.5)
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
#[tauri::command(rename_all = "snake_case")]
fn save_note(window: tauri::Window, note_id: u32, tag: Option<String>) {}

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![save_note]).run();
}
`,
          ),
        ],
        at(
          'src/notes.ts',
          ts`
import { invoke } from '@tauri-apps/api/core'

export const save = (note_id: number) => invoke('save_note', { note_id })
export const all = (given: Note) => invoke('save_note', { ...given })
`,
        ),
      ),
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
fn quit() {}

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![quit]).run();
}
`,
          ),
        ],
        at('src/menu.js', js`export const quit = () => window.__TAURI__.core.invoke('quit')`),
      ),
      beside(
        [
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pyfunction]
#[pyo3(signature = (*points, **options))]
fn area(points: &Bound<'_, PyTuple>, options: Option<&Bound<'_, PyDict>>) -> f64 { 0.0 }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(area, m)?)
}
`,
          ),
        ],
        at(
          'tools/report.py',
          py`
from fastgeo import area

area(1.0, 2.0, exact=True)
`,
        ),
      ),
      // Another library has a function of the same name.
      beside(
        [
          at(
            'geo/src/lib.rs',
            rs`
#[no_mangle]
pub extern "C" fn scale(points: *mut f64, count: usize, by: f64) {}
`,
          ),
        ],
        at(
          'tools/report.py',
          py`
import ctypes

images = ctypes.CDLL("libimages.so.3")
images.scale(picture, 2)
images.save(picture)
`,
        ),
      ),
      // Many types of Rust are good for what JavaScript leaves out.
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
#[wasm_bindgen]
pub fn draw(target: JsValue, options: Settings, wide: bool) {}
`,
          ),
        ],
        at(
          'web/map.js',
          js`
import { draw } from '../geo/pkg/fast_geo'

draw()
draw(...given)
`,
        ),
      ),
    ],
  },
})

const DROPPED = {
  en: 'JavaScript drops what a function does not take without a word: this value never arrives.',
  es: 'JavaScript descarta sin avisar lo que una función no recibe: este valor nunca llega.',
}

/** What happens when the program runs. */
const WHY: Readonly<Record<Locale, Readonly<Record<Bridge, (trouble: Trouble) => string>>>> = {
  en: {
    tauri: trouble =>
      trouble === 'unknown'
        ? 'Tauri looks for arguments by their names, in camel case unless the command says otherwise: this value never arrives.'
        : 'The function in Rust takes this argument, and Tauri rejects a call that leaves it out.',
    pyo3: () =>
      'The function is written in Rust, and no compiler looks at both sides: the call raises a `TypeError`.',
    'wasm-bindgen': trouble =>
      trouble === 'tooMany'
        ? DROPPED.en
        : 'What is left out arrives in Rust as `undefined`: a text or a list makes the call throw, and a number becomes 0 without a word.',
    napi: trouble =>
      trouble === 'tooMany'
        ? DROPPED.en
        : 'What is left out arrives as `undefined`, which is not what the function in Rust takes: the call throws.',
    c: () =>
      'A function of C checks nothing: with too few arguments it reads whatever lies in memory, and the program may crash or go on with rubbish.',
  },
  es: {
    tauri: trouble =>
      trouble === 'unknown'
        ? 'Tauri busca los argumentos por su nombre, en camel case salvo que el comando diga otra cosa: este valor nunca llega.'
        : 'La función de Rust recibe este argumento, y Tauri rechaza una llamada que no lo trae.',
    pyo3: () =>
      'La función está escrita en Rust y ningún compilador ve los dos lados: la llamada lanzará un `TypeError`.',
    'wasm-bindgen': trouble =>
      trouble === 'tooMany'
        ? DROPPED.es
        : 'Lo que falta llega a Rust como `undefined`: con un texto o una lista la llamada lanza un error, y un número se convierte en 0 sin avisar.',
    napi: trouble =>
      trouble === 'tooMany'
        ? DROPPED.es
        : 'Lo que falta llega como `undefined`, que no es lo que la función de Rust recibe: la llamada lanza un error.',
    c: () =>
      'Una función de C no comprueba nada: si faltan argumentos lee lo que haya en memoria, y el programa puede caerse o seguir con basura.',
  },
}

function troubleWith(
  parameters: readonly ForeignParameter[],
  given: GivenArguments,
): { readonly trouble: Trouble; readonly argument: string; readonly other: string } | undefined {
  const named = parameters.filter(it => it.kind === 'any' || it.kind === 'keyword')
  const unknown = parameters.some(it => it.kind === 'keywords')
    ? undefined
    : given.names.find(it => !named.some(parameter => parameter.name === it))
  if (unknown !== undefined) {
    const left = named.filter(it => !given.names.includes(it.name)).map(it => it.name)
    return { trouble: 'unknown', argument: unknown, other: nearestName(unknown, left) ?? '' }
  }
  const places = parameters.filter(it => it.kind === 'any' || it.kind === 'positional')
  if (given.positional > places.length && !parameters.some(it => it.kind === 'rest'))
    return { trouble: 'tooMany', argument: String(places.length), other: String(given.positional) }
  if (given.isOpen) return undefined
  const missing = parameters.find(it => {
    const place = places.indexOf(it)
    const isGiven = (place !== -1 && place < given.positional) || given.names.includes(it.name)
    return !it.isOptional && !isGiven
  })
  return missing && { trouble: 'missing', argument: missing.name, other: '' }
}
