// Functions of shared libraries that Python asks for by name: those of Rust that they are, and libraries that are somebody else's.

import { foreignUses } from '../../support/foreign-uses.ts'

const { check } = await foreignUses()

const GEO = `
#[no_mangle]
pub extern "C" fn scale(points: *const f64, count: usize, by: f64) {}
#[unsafe(no_mangle)]
pub unsafe extern "C" fn area(points: *const f64) -> f64 { 0.0 }
#[export_name = "geo_free"]
pub extern "C" fn free(points: *mut f64) {}
#[no_mangle]
pub extern "C" fn report(format: *const c_char, ...) {}
pub extern "C" fn hidden() {}
`
const CRATE = { 'Cargo.toml': '[package]\nname = "geo"\n[lib]\ncrate-type = ["cdylib"]\n', 'src/lib.rs': GEO }

check(
  'a library that is called like its crate, with what Python gives and says',
  {
    ...CRATE,
    'tools/a.py': `
import ctypes
suffix = ".so"
lib = ctypes.CDLL("target/release/libgeo" + suffix)
lib.scale.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
lib.scale.restype = None
lib.scale(points, 2, 1.0)
area = lib.area
area.argtypes = (ctypes.c_void_p,)
area(points, 1)
lib.geo_free(points)
lib.report(b"x", 1, 2)
lib.hidden()
lib.free(*points)
libc = ctypes.CDLL("libc.so.6")
libc.printf(b"x")
`,
  },
  [
    'scale: function (/points, /count, /by) ← 2',
    'scale: function (/points, /count, /by)',
    'scale: function (/points, /count, /by) ← 3',
    'area: function (/points)',
    'area: function (/points) ← 1',
    'area: function (/points) ← 2',
    'geo_free: function (/points) ← 1',
    'report: function (/format, *?) ← 3',
    'hidden: missing ← 0',
    'free: missing ← 0, …',
  ],
)
check(
  'a library that another module loads, known by what is asked of it, and one that only shares a name',
  {
    ...CRATE,
    'tools/a.py': `
from .loader import lib
lib.scale(points, 2, 1.0)
lib.area(points)
lib.geo_free(points)
`,
    'tools/b.py': 'from other import lib\nlib.scale()\nlib.turn()\nlib.move()\n',
    'tools/build.py':
      'from cffi import FFI\nffi = FFI()\nffi.cdef("""\n  void scale(double *points, size_t count);\n  double area(double *points);\n  void geo_free(double *points);\n""")\n',
  },
  [
    'scale: function (/points, /count, /by) ← 3',
    'area: function (/points) ← 1',
    'geo_free: function (/points) ← 1',
    'scale: function (/points, /count, /by) ← 2',
    'area: function (/points) ← 1',
    'geo_free: function (/points) ← 1',
  ],
)
