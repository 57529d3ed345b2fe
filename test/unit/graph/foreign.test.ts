// Calls from one language into another: which function of Rust they lead to, and with what.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foreignUses } from '../../support/foreign-uses.ts'

const { graphOf, check } = await foreignUses()

const COMMANDS = `
use tauri::{command, State};
use crate::files;
#[tauri::command]
fn save(app: tauri::AppHandle, state: State<'_, Db>, db: Database<'_>, file_name: String, size: Option<u32>, on_event: Channel<u8>) {}
#[command(rename_all = "snake_case")]
async fn load(window: Window, file_name: &str) -> Result<(), String> { Ok(()) }
#[tauri::command]
fn forgotten() {}
fn main() {
    tauri::Builder::default().invoke_handler(tauri::generate_handler![
        save, // first
        #[cfg(desktop)]
        load,
        files::open,
    ]).run();
}
`

check(
  'commands of Tauri, by their names and keys',
  {
    'src-tauri/src/main.rs': COMMANDS,
    'src-tauri/src/files.rs': '#[tauri::command]\npub fn open(path: String) {}\n',
    'src/a.ts': `
import { invoke } from '@tauri-apps/api/core'
invoke('save', { fileName, size: 3, onEvent })
invoke<string>('load', { file_name: name, ...rest })
await invoke('open', { 'path': p })
invoke('forgotten')
invoke('absent', given)
invoke('plugin:dialog|ask', {})
invoke(name)
`,
  },
  [
    'save: function (=fileName, =size?, =onEvent) ← 0, fileName, size, onEvent',
    'load: function (=file_name) ← 0, file_name, …',
    'open: function (=path) ← 0, path',
    'forgotten: unregistered ← 0',
    'absent: missing ← 0, …',
  ],
)
check(
  'functions that hand the name of a command on, and functions that only look so',
  {
    'src-tauri/src/main.rs': COMMANDS,
    'src/ipc.ts': `
import { invoke } from '@tauri-apps/api/tauri'
export function invokeSafely(command: string, given?: object) { return invoke(command, given) }
`,
    'src/a.ts': `
import { invokeSafely } from './ipc'
import { invoke } from './lambda'
invokeSafely('forgotten')
invoke('absent')
window.__TAURI__.core.invoke('load', { file_name: 'a' })
`,
  },
  ['forgotten: unregistered ← 0', 'load: function (=file_name) ← 0, file_name'],
)

const LIBRARY = `
use pyo3::prelude::*;
mod shapes;
#[pyfunction]
#[pyo3(name = "scale", signature = (points, /, by = 1.0, *others, exact = f(1, 2), **options))]
fn scale_(py: Python<'_>, points: Vec<f64>, by: f64) -> f64 { 0.0 }
#[pyfunction]
fn plain(a: u8, b: Option<u8>) {}
#[pyfunction]
fn forgotten() {}
#[pymodule]
fn _geo(py: Python<'_>, m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(scale_, m)?)?;
    m.add_wrapped(wrap_pyfunction!(plain))?;
    m.add_class::<shapes::PyCounter>()?;
    m.add("VERSION", 1)?;
    let inner = PyModule::new(py, "inner")?;
    m.add_submodule(&inner)?;
    shapes::fill(m)
}
`
const SHAPES = `
use pyo3::prelude::*;
#[pyclass(name = "Counter")]
pub struct PyCounter { n: u32 }
#[pymethods]
impl PyCounter {
    #[new]
    fn new(start: u32) -> Self { todo!() }
    fn add(&mut self, by: u32) {}
    fn merge(slf: PyRef<'_, Self>, other: &PyCounter) {}
    #[staticmethod]
    fn zero() -> Self { todo!() }
    #[classmethod]
    fn of(cls: &Bound<'_, PyType>, text: &str) -> Self { todo!() }
    #[getter]
    fn total(&self) -> u32 { 0 }
}
#[pyfunction]
fn area() {}
pub fn fill(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_function(wrap_pyfunction!(area, m)?) }
`

check(
  'a module written in Rust, with functions, classes and what others fill in',
  {
    'pyproject.toml': '[tool.maturin]\nmodule-name = "geo._geo"\n',
    'Cargo.toml': '[package]\nname = "geo"\n',
    'src/lib.rs': LIBRARY,
    'src/shapes.rs': SHAPES,
    'geo/__init__.py': `
from ._geo import scale, Counter, area, VERSION, inner, forgotten, absent
`,
    'tools/a.py': `
from geo import Counter, scale
import geo._geo
scale([1], 2, exact=True)
counter = Counter(1)
counter.add(2)
counter.merge(counter, *more)
Counter.zero()
Counter.of(text="a")
geo._geo.plain(1)
`,
  },
  [
    'scale: function (/points, by?, *others?, =exact?, **options?)',
    'Counter: class (start)',
    'area: function ()',
    'VERSION: ?',
    'inner: ?',
    'forgotten: unregistered',
    'absent: missing',
    'Counter: class (start)',
    'Counter: class (start) ← 1',
    'Counter.add: method (by) ← 1',
    'Counter.merge: method (other) ← 1, …',
    'Counter.zero: static () ← 0',
    'Counter.of: static (text) ← 0, text',
    'scale: function (/points, by?, *others?, =exact?, **options?)',
    'scale: function (/points, by?, *others?, =exact?, **options?) ← 2, exact',
    'plain: function (a, b?) ← 1',
  ],
)
check(
  'a module that says what it exports, in Python of the same name, and one that nobody knows whole',
  {
    'fast/src/lib.rs': `
use pyo3::prelude::*;
#[pymodule]
mod fast {
    #[pymodule_export]
    use super::area;
    #[pymodule_export]
    const VERSION: u32 = 1;
    #[pyfunction]
    fn twice(n: u32) -> u32 { n }
}
#[pyfunction]
fn area(width: u32) {}
`,
    'open/src/lib.rs':
      '#[pymodule]\nfn open(m: &Bound<PyModule>) { register!(m); for it in ALL { m.add(it, 1); } }\n',
    'a.py': 'from fast import area, VERSION, twice, absent\nfrom open import other\n',
    // A package of Python around a module of Rust has more.
    'mixed/Cargo.toml': '[lib]\nname = "mixed"\n',
    'mixed/src/lib.rs': '#[pymodule]\nfn mixed(m: &Bound<PyModule>) {}\n',
    'mixed/python/mixed/__init__.py': 'from .mixed import absent\n',
    'b.py': 'from mixed import more\n',
    'guarded.py': 'try:\n    from fast import absent\nexcept ImportError:\n    absent = None\n',
    'tests/test_a.py': 'from fast import absent\n',
  },
  [
    'area: function (width)',
    'VERSION: ?',
    'twice: function (n)',
    'absent: missing',
    'other: ?',
    'absent: missing',
  ],
)

check(
  'what only checkers of types import, and a class that each system has for itself',
  {
    'src/lib.rs': `
use pyo3::prelude::*;
#[pyclass]
struct Holder {}
#[cfg(unix)]
#[pymethods]
impl Holder {
    #[new]
    fn new(descriptor: i32, path: String) -> Self { todo!() }
}
#[cfg(windows)]
#[pymethods]
impl Holder {
    #[new]
    fn new(descriptor: i32) -> Self { todo!() }
}
#[pymodule]
fn geo(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_class::<Holder>() }
`,
    'a.py': `
from typing import TYPE_CHECKING
from geo import Holder
if TYPE_CHECKING:
    from geo import Absent
Holder(3)
`,
  },
  ['Holder: class (?)', 'Holder: class (?) ← 1', 'Absent: ?'],
)

test('names of crates are those that Cargo.toml gives', () => {
  const { relations } = graphOf({
    'crates/one/Cargo.toml': '[package]\nname = "my-core"\nversion = "1.0.0"\n',
    'crates/one/src/lib.rs': '',
    'crates/two/Cargo.toml': '[package]\nname = "two"\n[lib]\nname = "second"\npath = "lib/root.rs"\n',
    'crates/two/lib/root.rs': '',
    'src/main.rs': '',
  })
  const root = (name: string) =>
    relations.modules.targets('src/main.rs', { module: '', names: [name, 'x'] }).at(-1)?.path
  assert.equal(root('my_core'), 'crates/one/src/lib.rs')
  assert.equal(root('second'), 'crates/two/lib/root.rs')
})
