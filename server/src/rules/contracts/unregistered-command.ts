/** A function is written for the other language and used there, and nobody puts it where that language looks for it. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

type Data = { readonly name: string; readonly isCommand: boolean }

export default defineRule<Data>({
  id: 'contracts/unregistered-command',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *foreignUse(use, relations) {
      if (!use.isUnregistered) return
      const declared = use.found ?? relations.foreignNamed(use.bridge, use.name)
      yield {
        at: use,
        data: { name: use.name, isCommand: use.bridge === 'tauri' },
        ...(declared && { related: [declared] }),
      }
    },
  },

  explain: {
    en: ({ name, isCommand }) => ({
      message: isCommand
        ? `the command \`${name}\` is not in any \`generate_handler!\``
        : `\`${name}\` is never added to its Rust module`,
      why: isCommand
        ? 'The function has the attribute, so Rust compiles, but the application does not know it: the promise of this call is rejected.'
        : 'The function has the attribute, so Rust compiles, but Python does not see it: the import fails when the program starts.',
      remedy: isCommand
        ? `Add \`${name}\` to the list in \`generate_handler!\`.`
        : `Add \`${name}\` in the function with \`#[pymodule]\`.`,
    }),
    es: ({ name, isCommand }) => ({
      message: isCommand
        ? `el comando \`${name}\` no está en ningún \`generate_handler!\``
        : `\`${name}\` nunca se añade a su módulo de Rust`,
      why: isCommand
        ? 'La función lleva el atributo, así que Rust compila, pero la aplicación no la conoce: la promesa de esta llamada se rechazará.'
        : 'La función lleva el atributo, así que Rust compila, pero Python no la ve: la importación fallará al arrancar el programa.',
      remedy: isCommand
        ? `Añade \`${name}\` a la lista de \`generate_handler!\`.`
        : `Añade \`${name}\` en la función con \`#[pymodule]\`.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'src-tauri/src/files.rs',
            rs`
#[tauri::command]
pub fn open(path: String) {}

#[tauri::command]
pub fn close(path: String) {}
`,
          ),
          at(
            'src-tauri/src/main.rs',
            rs`
mod files;

fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![files::open]).run();
}
`,
          ),
        ],
        at(
          'src/files.js',
          js`export const close = path => window.__TAURI__.core.invoke(«'close'», { path })`,
        ),
      ),
      beside(
        [
          at(
            'src-tauri/src/main.rs',
            rs`
#[tauri::command]
fn read_note(id: u32) -> String { todo!() }

#[tauri::command]
fn save_note(id: u32, text: String) {}

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

export const save = (id: number, text: string) => invoke(«'save_note'», { id, text })
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
fn distance(a: f64, b: f64) -> f64 { (a - b).abs() }

#[pyfunction]
fn area(a: f64, b: f64) -> f64 { a * b }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(distance, m)?)
}
`,
          ),
        ],
        at('tools/report.py', py`from fastgeo import distance, «area»`),
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
          'src/notes.js',
          js`
import { invoke } from '@tauri-apps/api/core'

export const read = id => invoke('read_note', { id })
`,
        ),
      ),
      // Nobody lists any command here: whoever does is somewhere else.
      beside(
        [
          at(
            'src/commands.rs',
            rs`
#[tauri::command]
fn read_note(id: u32) -> String { todo!() }
`,
          ),
        ],
        at(
          'src/notes.ts',
          ts`
import { invoke } from '@tauri-apps/api/core'

export const read = (id: number) => invoke('read_note', { id })
`,
        ),
      ),
      beside(
        [
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pymodule]
mod fastgeo {
    use super::*;

    #[pyfunction]
    fn area(a: f64, b: f64) -> f64 { a * b }
}
`,
          ),
        ],
        at('tools/report.py', py`from fastgeo import area`),
      ),
    ],
  },
})
