/** A stub promises of a module that is written in Rust what Rust does not keep. */

import type { ForeignParameter } from '../../graph/rows/foreign.ts'
import { at, beside, py, rs, toml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

type Trouble = 'unknown' | 'parameter' | 'required' | 'optional'
/** `parameter` is the one in question, `meant` what Rust has in its place; both empty where there is none. */
type Data = {
  readonly name: string
  readonly trouble: Trouble
  readonly parameter: string
  readonly meant: string
}

export default defineRule<Data>({
  id: 'contracts/stale-stub',
  severity: 'info',
  languages: ['python'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *stub({ file, place, name, parameters, found, isMissing, known }) {
      const stub = { file, place }
      if (isMissing) {
        const meant = nearestName(
          name,
          known.map(it => it.name),
        )
        const other = known.find(it => it.name === meant)
        yield {
          at: stub,
          data: { name, trouble: 'unknown', parameter: '', meant: meant ?? '' },
          ...(other && { related: [other] }),
        }
      }
      if (!parameters || !found?.parameters) return
      const trouble = troubleBetween(parameters, found.parameters)
      if (trouble) yield { at: stub, data: { name, ...trouble }, related: [found] }
    },
  },

  explain: {
    en: ({ name, trouble, parameter, meant }) => ({
      message: {
        unknown: `the Rust module has no \`${name}\`${meant ? `; there is \`${meant}\`` : ''}`,
        parameter: `\`${name}\` takes no \`${parameter}\` in Rust${meant ? `; it takes \`${meant}\`` : ''}`,
        required: `\`${name}\` needs \`${parameter}\` in Rust`,
        optional: `\`${parameter}\` of \`${name}\` may not be left out in Rust`,
      }[trouble],
      why: 'Editors and type checkers believe the stub: they accept a call that fails when the program runs.',
      remedy: 'Write in the stub what the function in Rust takes.',
    }),
    es: ({ name, trouble, parameter, meant }) => ({
      message: {
        unknown: `el módulo de Rust no tiene \`${name}\`${meant ? `; sí existe \`${meant}\`` : ''}`,
        parameter: `\`${name}\` no recibe \`${parameter}\` en Rust${meant ? `; recibe \`${meant}\`` : ''}`,
        required: `\`${name}\` exige \`${parameter}\` en Rust`,
        optional: `\`${parameter}\` de \`${name}\` no se puede omitir en Rust`,
      }[trouble],
      why: 'Los editores y los comprobadores de tipos se fían del stub: aceptan una llamada que fallará al ejecutarse.',
      remedy: 'Escribe en el stub lo que recibe la función de Rust.',
    }),
  },

  examples: {
    invalid: [
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
#[pyo3(signature = (points, *, precise = false))]
fn area(points: Vec<f64>, precise: bool) -> f64 { 0.0 }

#[pyfunction]
fn scale(points: Vec<f64>, by: f64) -> f64 { 0.0 }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(area, m)?)?;
    m.add_function(wrap_pyfunction!(scale, m)?)
}
`,
          ),
        ],
        at(
          'fastgeo.pyi',
          py`
def «area»(points: list[float], *, exact: bool = False) -> float: ...
def «scale»(points: list[float]) -> float: ...
def «scaled»(points: list[float], by: float) -> float: ...
`,
        ),
      ),
      beside(
        [
          at(
            'pyproject.toml',
            toml`[tool.maturin]
module-name = "shop._geo"`,
          ),
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pyclass]
struct Route { points: Vec<f64> }

#[pymethods]
impl Route {
    #[new]
    fn new(name: &str) -> Self { todo!() }
    fn add(&mut self, x: f64, y: f64) {}
}

#[pymodule]
mod _geo {
    #[pymodule_export]
    use super::Route;
}
`,
          ),
        ],
        at(
          'python/shop/_geo.pyi',
          py`
class Route:
    def «__init__»(self, name: str = "") -> None: ...
    def «add»(self, point: tuple[float, float]) -> None: ...
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pyfunction]
#[pyo3(signature = (points, *others, precise = false, **options))]
fn area(points: Vec<f64>, others: &Bound<'_, PyTuple>, precise: bool, options: Option<&Bound<'_, PyDict>>) -> f64 { 0.0 }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(area, m)?)
}
`,
          ),
        ],
        at(
          'fastgeo.pyi',
          py`
from typing import Protocol

class Shape(Protocol):
    def area(self) -> float: ...

def area(points: list[float], *others: float, precise: bool = False, exact: bool = True) -> float: ...
`,
        ),
      ),
      // A stub of something else, and one that tells a function in several ways.
      beside(
        [
          at(
            'src/lib.rs',
            rs`
use pyo3::prelude::*;

#[pyfunction]
fn scale(points: Vec<f64>, by: f64) -> f64 { 0.0 }

#[pymodule]
fn fastgeo(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(scale, m)?)
}
`,
          ),
          at('other.pyi', py`def turn() -> None: ...`),
        ],
        at(
          'fastgeo.pyi',
          py`
from typing import overload

@overload
def scale(points: list[float], by: float) -> float: ...
@overload
def scale(points: str) -> float: ...
`,
        ),
      ),
    ],
  },
})

/** Rust marks what it does not use by `_`. */
function plain({ name }: ForeignParameter): string {
  return name.replace(/^_+/, '')
}

function troubleBetween(
  promised: readonly ForeignParameter[],
  taken: readonly ForeignParameter[],
): Omit<Data, 'name'> | undefined {
  const isPlain = ({ kind }: ForeignParameter) => kind !== 'rest' && kind !== 'keywords'
  const named = taken.filter(it => it.kind === 'any' || it.kind === 'keyword')
  const takesAny = taken.some(it => it.kind === 'keywords')
  const places = taken.filter(it => it.kind === 'any' || it.kind === 'positional')
  const hasRest = taken.some(it => it.kind === 'rest')
  const promisesAny = promised.some(it => !isPlain(it))
  const matched = new Set<ForeignParameter>()
  const left: ForeignParameter[] = []
  for (const [i, it] of promised.filter(isPlain).entries()) {
    const own = it.kind === 'positional' ? places[i] : named.find(other => plain(other) === plain(it))
    const same = own ?? (it.kind === 'any' && places[i]?.kind === 'positional' ? places[i] : undefined)
    if (same) {
      matched.add(same)
      if (it.isOptional && !same.isOptional) return { trouble: 'optional', parameter: same.name, meant: '' }
    } else left.push(it)
  }
  const free = taken.filter(it => isPlain(it) && !matched.has(it))
  const odd = left.find(it => (it.kind === 'keyword' ? !takesAny : !hasRest && !takesAny))
  if (odd) return { trouble: 'parameter', parameter: odd.name, meant: free[0]?.name ?? '' }
  const needed = free.find(it => !it.isOptional)
  return needed && !promisesAny ? { trouble: 'required', parameter: needed.name, meant: '' } : undefined
}
