/** A call into another language gives what the function there does not take, or leaves out what it needs. */

import type { ForeignParameter, GivenArguments } from '../../graph/rows/foreign.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

type Trouble = 'unknown' | 'missing' | 'tooMany'
/** `other` is what was meant by `argument`, or empty. */
type Data = {
  readonly name: string
  readonly trouble: Trouble
  readonly argument: string
  readonly other: string
  readonly isCommand: boolean
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
      if (trouble)
        yield { at: use, data: { name, isCommand: use.bridge === 'tauri', ...trouble }, related: [found] }
    },
  },

  explain: {
    en: ({ name, trouble, argument, other, isCommand }) => ({
      message:
        trouble === 'unknown'
          ? `\`${name}\` takes no \`${argument}\`${other ? `; it takes \`${other}\`` : ''}`
          : trouble === 'missing'
            ? `\`${name}\` needs \`${argument}\``
            : `\`${name}\` takes ${argument} by position, and is given ${other}`,
      why: isCommand
        ? trouble === 'unknown'
          ? 'Tauri looks for arguments by their names, in camel case unless the command says otherwise: this value never arrives.'
          : 'The function in Rust takes this argument, and Tauri rejects a call that leaves it out.'
        : 'The function is written in Rust, and no compiler looks at both sides: the call raises a `TypeError`.',
      remedy:
        trouble === 'unknown'
          ? other
            ? `Write \`${other}\`.`
            : `Leave \`${argument}\` out, or add it to the function in Rust.`
          : trouble === 'missing'
            ? `Give \`${argument}\`, or make it optional in Rust.`
            : 'Leave out what is too much.',
    }),
    es: ({ name, trouble, argument, other, isCommand }) => ({
      message:
        trouble === 'unknown'
          ? `\`${name}\` no recibe \`${argument}\`${other ? `; recibe \`${other}\`` : ''}`
          : trouble === 'missing'
            ? `a la llamada a \`${name}\` le falta \`${argument}\``
            : `\`${name}\` recibe ${argument} por posición y se le pasan ${other}`,
      why: isCommand
        ? trouble === 'unknown'
          ? 'Tauri busca los argumentos por su nombre, en camel case salvo que el comando diga otra cosa: este valor nunca llega.'
          : 'La función de Rust recibe este argumento, y Tauri rechaza una llamada que no lo trae.'
        : 'La función está escrita en Rust y ningún compilador ve los dos lados: la llamada lanzará un `TypeError`.',
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
    ],
  },
})

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
