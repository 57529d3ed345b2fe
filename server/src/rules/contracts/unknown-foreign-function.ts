/** A name is taken from code in another language that does not hand out anything of that name. */

import { at, beside, js, py, rs, toml, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly name: string; readonly isCommand: boolean; readonly meant: string }

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
      const { name, bridge, known } = use
      const meant = nearestName(
        name,
        known.map(it => it.name),
      )
      const other = known.find(it => it.name === meant)
      yield {
        at: use,
        data: { name, isCommand: bridge === 'tauri', meant: meant ?? '' },
        ...(other && { related: [other] }),
      }
    },
  },

  explain: {
    en: ({ name, isCommand, meant }) => ({
      message: `${isCommand ? `no Tauri command is called \`${name}\`` : `the Rust module has no \`${name}\``}${
        meant ? `; there is \`${meant}\`` : ''
      }`,
      why: isCommand
        ? 'Commands are found by their names at run time: the promise of this call is rejected.'
        : 'No compiler looks at both languages: the import fails with an error when the program starts.',
      remedy: meant
        ? `Use \`${meant}\`, or export the name from Rust.`
        : 'Correct the name, or export it from Rust.',
    }),
    es: ({ name, isCommand, meant }) => ({
      message: `${
        isCommand ? `ningún comando de Tauri se llama \`${name}\`` : `el módulo de Rust no tiene \`${name}\``
      }${meant ? `; sí existe \`${meant}\`` : ''}`,
      why: isCommand
        ? 'Los comandos se buscan por su nombre al ejecutarse: la promesa de esta llamada se rechazará.'
        : 'Ningún compilador ve los dos lenguajes: la importación fallará con un error al arrancar el programa.',
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
    ],
  },
})
