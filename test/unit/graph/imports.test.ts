// Workspaces of a few files: which file imports which, and when.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphOf } from '../../support/graph.ts'

/** `web/a.ts → web/b.ts load, default` */
function check(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () =>
    assert.deepEqual(
      graphOf(files).relations.imports.all.map(
        ({ file, to, kind, taken }) => `${file} → ${to} ${[kind, ...taken].join(' ')}`,
      ),
      expected,
    ),
  )
}

function checkCycles(
  what: string,
  files: Readonly<Record<string, string>>,
  expected: readonly string[],
): void {
  test(what, () =>
    assert.deepEqual(
      graphOf(files).relations.importCycles.map(({ imports, size }) =>
        [...imports.map(it => it.file), `${imports[0]!.file} of ${size}`].join(' → '),
      ),
      expected,
    ),
  )
}

check(
  'what a TypeScript file takes of others: values, types, everything, nothing by name',
  {
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    'src/a.ts': `
import main, { one as first, type Two } from './b'
import * as all from '@/c'
import './d.js'
import type { Three } from './e'
import { Four } from './f'
export { five } from './g'
export * from './h'
import react from 'react'
export const x: Four = main(first, all)
`,
    'src/b.ts': '',
    'src/c.ts': '',
    'src/d.ts': '',
    'src/e.ts': '',
    'src/f.ts': '',
    'src/g.ts': '',
    'src/h/index.ts': '',
  },
  [
    'src/a.ts → src/b.ts load default one Two',
    'src/a.ts → src/c.ts load *',
    'src/a.ts → src/d.ts load',
    'src/a.ts → src/e.ts type Three',
    // Nothing but a type is made of it: compilers leave it out.
    'src/a.ts → src/f.ts type Four',
    'src/a.ts → src/g.ts load five',
    'src/a.ts → src/h/index.ts load *',
  ],
)

check(
  'what a framework asks for later, as both sides say',
  {
    'a.ts': `
import { B } from './b'
import { C } from './c'
@Module({ imports: [forwardRef(() => B), C, forwardRef(() => C)] })
export class A { constructor(readonly b: B) {} }
`,
    'b.ts': '',
    'c.ts': '',
  },
  ['a.ts → b.ts deferred B', 'a.ts → c.ts load C'],
)

check(
  'what is asked for when it is needed: import(), require in a function, and types that are written so',
  {
    'a.ts': `
const b = require('./b')
function later() { return require('./c') }
const page = () => import('./d')
let type: import('./e').E
`,
    'b.js': '',
    'c.js': '',
    'd.vue': '',
    'e.ts': '',
  },
  ['a.ts → b.js load', 'a.ts → c.js deferred', 'a.ts → d.vue deferred', 'a.ts → e.ts type'],
)

check(
  'what a component uses in its template is no type for that',
  { 'a.vue': `<script setup lang="ts">\nimport { B } from './b'\n</script>\n<B/>`, 'b.ts': '' },
  ['a.vue → b.ts load B'],
)

check(
  'Python: modules and names of them, from packages above, for checkers of types, in functions',
  {
    'app/__init__.py': '',
    'app/main.py': `
import app.users
from . import orders, VERSION
from .users import load as find, store
from app.orders import *
import logging
if TYPE_CHECKING:
    from app import types
def run():
    from app import late
if __name__ == "__main__":
    import app.script
`,
    'app/users.py': '',
    'app/orders.py': '',
    'app/logging.py': '',
    'app/types.py': '',
    'app/late.py': '',
    'app/script.py': '',
  },
  [
    'app/main.py → app/users.py load',
    'app/main.py → app/orders.py load',
    'app/main.py → app/__init__.py load VERSION',
    'app/main.py → app/users.py load load store',
    'app/main.py → app/orders.py load *',
    'app/main.py → app/types.py type',
    'app/main.py → app/late.py deferred',
    'app/main.py → app/script.py deferred',
  ],
)

check(
  'Python: a package is looked into from outside, whatever lies in it has the same name',
  {
    'server/app/__init__.py': '',
    'server/app/models/__init__.py': '',
    'server/app/models/app.py': '',
    'server/app/models/user.py': 'from app import db',
    'server/app/db.py': '',
  },
  ['server/app/models/user.py → server/app/db.py load'],
)

check(
  'Rust: the parts of a crate, what they use of each other, and of other crates of the workspace',
  {
    'api/src/main.rs': `
mod users;
mod inner { use super::users::load; }
use users::{self, load as find};
use crate::orders::*;
use core_logic::price;
use std::io;
fn run() { use crate::orders::total; }
`,
    'api/src/users.rs': 'use super::orders::Order;',
    'api/src/orders.rs': '',
    'core-logic/src/lib.rs': '',
  },
  [
    'api/src/main.rs → api/src/users.rs part',
    'api/src/main.rs → api/src/users.rs load load',
    'api/src/main.rs → api/src/orders.rs load *',
    'api/src/main.rs → core-logic/src/lib.rs load price',
    'api/src/main.rs → api/src/orders.rs deferred total',
    'api/src/users.rs → api/src/orders.rs load Order',
  ],
)

checkCycles(
  'a circle is shown once, from the import that takes the least',
  {
    'a.ts': `import { one, two } from './b'\none(two)`,
    'b.ts': `import { three } from './c'\nexport const one = three`,
    'c.ts': `import { four, five } from './a'\nexport const three = four + five`,
    'd.ts': `import { three } from './c'\nthree()`,
  },
  ['b.ts → c.ts → a.ts → b.ts of 3'],
)

checkCycles(
  'of a knot the shortest circle',
  {
    'a.py': 'import b',
    'b.py': 'import c',
    'c.py': 'import a, d',
    'd.py': 'from c import x',
  },
  ['d.py → c.py → d.py of 4'],
)

checkCycles(
  'types, functions and modules of Rust may look back',
  {
    'a.ts': `import type { B } from './b'\nexport const a = 1`,
    'b.ts': `import { a } from './a'\nexport type B = number\na()`,
    'a.py': 'import b',
    'b.py': 'def f():\n    import a',
    'src/lib.rs': 'mod x;\nuse x::Y;\npub struct Z;',
    'src/x.rs': 'use crate::Z;\npub struct Y;',
  },
  [],
)

/** `from → to: file` */
function checkLayers(
  what: string,
  files: Readonly<Record<string, string>>,
  expected: readonly string[],
): void {
  test(what, () =>
    assert.deepEqual(
      graphOf(files).relations.layerBreaches.map(
        ({ import: it, from, to }) => `${from.row.name} → ${to.row.name}: ${it.file} → ${it.to}`,
      ),
      expected,
    ),
  )
}

const ARCHITECTURE = `
[architecture]
layers = [{ name = "top", files = ["top/"] }, { name = "middle", files = ["middle/", "**/any.*"] }, { name = "base", files = ["base/"] }]
may = { base = ["middle"] }
`

checkLayers(
  'imports that point up in the declared layers, those of types too',
  {
    'web/.codeant.toml': ARCHITECTURE,
    'web/top/a.ts': `import '../middle/b'`,
    'web/middle/b.ts': `import type { A } from '../top/a'`,
    'web/base/c.ts': `import '../middle/b'\nimport '../any'\nexport const page = () => import('../top/a')`,
    'web/any.ts': `import './top/a'`,
    'web/else.ts': `import './top/a'`,
    'top/a.ts': '',
  },
  [
    'middle → top: web/any.ts → web/top/a.ts',
    'base → top: web/base/c.ts → web/top/a.ts',
    'middle → top: web/middle/b.ts → web/top/a.ts',
  ],
)

checkLayers(
  'settings that cannot be read declare nothing',
  { '.codeant.toml': '[architecture]\nlayers = [', 'a.ts': `import './b'`, 'b.ts': '' },
  [],
)
