// A hundred sentences as people write them in a team's rules, in English, each with code that breaks it and code that keeps it.
// They were written before the grammar that reads them.

import { js, type Meant, py, rs, times, ts } from './code.ts'

export const ENGLISH: readonly Meant[] = [
  // Sizes and counts
  [
    'Functions must not have more than 50 lines',
    py(`def f():\n${times(60, '    a# = 1')}`),
    py(`def f():\n${times(40, '    a# = 1')}`),
  ],
  [
    'Functions should be at most 20 lines long',
    ts(`function f() {\n${times(25, '  g(#)')}\n}`),
    ts(`function f() {\n${times(10, '  g(#)')}\n}`),
  ],
  [
    'No function may take more than 4 parameters',
    ts('function f(a, b, c, d, e) {}'),
    ts('function f(a, b, c, d) {}'),
  ],
  [
    'Methods must have fewer than 6 parameters',
    py('class A:\n    def f(self, a, b, c, d, e, g): pass'),
    py('class A:\n    def f(self, a, b, c, d): pass'),
  ],
  ['Files must not exceed 300 lines', js(times(310, 'g(#)')), js(times(290, 'g(#)'))],
  [
    'Lines must be at most 120 characters long',
    py(`a = '${'x'.repeat(130)}'`),
    py(`a = '${'x'.repeat(90)}'`),
  ],
  [
    'A class must not have more than 10 methods',
    ts(`class A {\n${times(11, '  m#() {}')}\n}`),
    ts(`class A {\n${times(9, '  m#() {}')}\n}`),
  ],
  [
    'Classes should not be longer than 200 lines',
    py(`class A:\n${times(210, '    a# = 1')}`),
    py(`class A:\n${times(150, '    a# = 1')}`),
  ],
  [
    'Keep the cyclomatic complexity of functions below 5',
    py(
      'def f(a):\n    if a == 1: g()\n    if a == 2: g()\n    if a == 3: g()\n    if a == 4: g()\n    if a == 5: g()',
    ),
    py('def f(a):\n    if a == 1: g()\n    if a == 2: g()'),
  ],
  [
    'Nesting must not be deeper than 3 levels',
    js('function f() { if (a) { if (b) { if (c) { if (d) { g() } } } } }'),
    js('function f() { if (a) { if (b) { if (c) { g() } } } }'),
  ],
  [
    'A function may have at most 3 return statements',
    js('function f(a) { if (a == 1) return 1; if (a == 2) return 2; if (a == 3) return 3; return 4 }'),
    js('function f(a) { if (a == 1) return 1; if (a == 2) return 2; return 4 }'),
  ],
  ['A file must contain only one class', py('class A: pass\n\nclass B: pass'), py('class A: pass')],
  ['At most 15 imports per file', ts(times(16, "import a# from 'a#'")), ts(times(14, "import a# from 'a#'"))],
  ['Calls must not have more than 5 arguments', py('f(1, 2, 3, 4, 5, 6)'), py('f(1, 2, 3, 4, 5)')],
  [
    'A switch must not have more than 4 cases',
    ts(
      'switch (a) { case 1: f(); break; case 2: f(); break; case 3: f(); break; case 4: f(); break; case 5: f(); break }',
    ),
    ts('switch (a) { case 1: f(); break; case 2: f(); break; case 3: f(); break }'),
  ],
  // Names
  ['Class names must be in PascalCase', py('class my_thing: pass'), py('class MyThing: pass')],
  ['Function names must be snake_case in Python', py('def doThing(): pass'), py('def do_thing(): pass')],
  ['Functions are named in camelCase', ts('function do_thing() {}'), ts('function doThing() {}')],
  ['Constants must be written in UPPER_CASE', ts('const maxRetries = 3'), ts('const MAX_RETRIES = 3')],
  ['Variable names must have at least 3 characters', py('ab = 1'), py('total = 1')],
  [
    'Variable names must not be longer than 30 characters',
    js(`const ${'a'.repeat(31)} = 1`),
    js('const total = 1'),
  ],
  [
    'Interface names must not start with `I`',
    ts('interface IShape { a: number }'),
    ts('interface Shape { a: number }'),
  ],
  [
    'Names of classes in `controllers/` must end with `Controller`',
    ts('class Users {}', 'src/controllers/users.ts'),
    ts('class UsersController {}', 'src/controllers/users.ts'),
  ],
  [
    'Functions that return a boolean must start with `is` or `has`',
    ts('function open(): boolean { return true }'),
    ts('function isOpen(): boolean { return true }'),
  ],
  ['Do not name a variable `data`', js('const data = 1'), js('const rows = 1')],
  [
    'Test functions must start with `test_`',
    py('def checks_login():\n    assert login()', 'tests/test_login.py'),
    py('def test_login():\n    assert login()', 'tests/test_login.py'),
  ],
  [
    'File names must be in kebab-case',
    ts('export const a = 1', 'src/myFile.ts'),
    ts('export const a = 1', 'src/my-file.ts'),
  ],
  [
    'Private methods must start with an underscore',
    ts('class A { private load() {} }'),
    ts('class A { private _load() {} }'),
  ],
  ['Enum members must be in PascalCase', ts('enum Color { red }'), ts('enum Color { Red }')],
  ['Type names must match `^[A-Z][a-z]+$`', ts('type userId2 = string'), ts('type User = string')],
  // Calls that are forbidden
  ['No `console.log` outside tests', ts('console.log(1)'), ts('console.log(1)', 'test/a.test.ts')],
  ['Do not use `eval`', js('eval(a)'), js('evaluate(a)')],
  ["Don't call `print` in `src/`", py('print(1)', 'src/a.py'), py('print(1)', 'tools/a.py')],
  ['Never use `unwrap` in Rust', rs('fn f() { a.unwrap(); }'), rs('fn f() { a.unwrap_or(1); }')],
  ['`os.system` is forbidden', py('import os\nos.system(a)'), py('import os\nos.getcwd()')],
  [
    'Avoid `setTimeout` in tests',
    ts('setTimeout(f, 1)', 'test/a.test.ts'),
    ts('setTimeout(f, 1)', 'src/a.ts'),
  ],
  ['`dbg!` and `todo!` are not allowed', rs('fn f() { todo!() }'), rs('fn f() { format!("a") }')],
  ['Use `logger.info` instead of `print`', py('print(1)'), py('logger.info(1)')],
  ['Do not call `fetch` inside loops', js('for (const a of b) { fetch(a) }'), js('fetch(a)')],
  [
    '`process.exit` may only be called in `src/cli/`',
    ts('process.exit(1)', 'src/server/a.ts'),
    ts('process.exit(1)', 'src/cli/a.ts'),
  ],
  [
    'Prefer `pathlib.Path` over `os.path.join`',
    py('import os\nos.path.join(a, b)'),
    py('from pathlib import Path\nPath(a)'),
  ],
  [
    'No calls to `Math.random` in `security/`',
    js('Math.random()', 'src/security/token.js'),
    js('Math.random()', 'src/game/dice.js'),
  ],
  // Imports and layers
  [
    'Components in `ui/` must not import from `db/`',
    ts("import { a } from '../db/client'", 'src/ui/button.ts'),
    ts("import { a } from '../lib/client'", 'src/ui/button.ts'),
  ],
  ['Do not import `lodash`', js("import _ from 'lodash'"), js("import _ from 'lodash-es'")],
  [
    'Never import from `internal/` outside of `internal/`',
    ts("import { a } from '../internal/a'", 'src/app/b.ts'),
    ts("import { a } from './a'", 'src/internal/b.ts'),
  ],
  [
    'Only files in `data/` may import `sqlalchemy`',
    py('import sqlalchemy', 'app/web/a.py'),
    py('import sqlalchemy', 'app/data/a.py'),
  ],
  ['Wildcard imports are forbidden', py('from a import *'), py('from a import b')],
  ['Relative imports are not allowed', py('from . import a'), py('from app import a')],
  [
    'Do not import `moment`, use `date-fns`',
    ts("import moment from 'moment'"),
    ts("import { format } from 'date-fns'"),
  ],
  [
    'The domain must not import from the infrastructure',
    ts("import { a } from '../infrastructure/a'", 'src/domain/b.ts'),
    ts("import { a } from './a'", 'src/domain/b.ts'),
  ],
  [
    'Every file that imports `react` must have the extension `.tsx`',
    ts("import React from 'react'", 'src/a.ts'),
    { ...ts("import React from 'react'", 'src/a.tsx') },
  ],
  ['Imports must be at the top of the file', py('a = 1\nimport os'), py('import os\na = 1')],
  [
    'Imports must be sorted alphabetically',
    ts("import b from 'b'\nimport a from 'a'"),
    ts("import a from 'a'\nimport b from 'b'"),
  ],
  [
    'Tests must not import from other tests',
    ts("import { a } from './b.test'", 'test/a.test.ts'),
    ts("import { a } from '../src/b'", 'test/a.test.ts'),
  ],
  // Constructs that are forbidden
  ['Do not use `var`', js('var a = 1'), js('let a = 1')],
  ['The type `any` is forbidden', ts('let a: any = 1'), ts('let a: unknown = 1')],
  ['No nested ternaries', js('const a = b ? 1 : c ? 2 : 3'), js('const a = b ? 1 : 2')],
  [
    'Empty catch blocks are not allowed',
    ts('try { f() } catch (e) {}'),
    ts('try { f() } catch (e) { g(e) }'),
  ],
  [
    'No bare `except`',
    py('try:\n    f()\nexcept:\n    g()'),
    py('try:\n    f()\nexcept ValueError:\n    g()'),
  ],
  ['Global variables are forbidden', js('let counter = 0'), js('function f() { let counter = 0 }')],
  [
    'Do not use magic numbers',
    py('def f(a):\n    return a * 37'),
    py('RATE = 37\n\ndef f(a):\n    return a * RATE'),
  ],
  ['No default exports', ts('export default function f() {}'), ts('export function f() {}')],
  ['Do not use `==`, use `===`', js('if (a == b) f()'), js('if (a === b) f()')],
  ['No commented-out code', py('# a = f(1)\nb = 2'), py('# The first one wins.\nb = 2')],
  [
    'No `else` after `return`',
    js('function f() { if (a) { return 1 } else { g() } }'),
    js('function f() { if (a) { g() } else { return 1 } }'),
  ],
  [
    'No nested functions in Python',
    py('def f():\n    def g():\n        pass'),
    py('def f():\n    pass\n\ndef g():\n    pass'),
  ],
  ['Do not use `unsafe` blocks', rs('fn f() { unsafe { g() } }'), rs('fn f() { g() }')],
  [
    'Nested loops are forbidden',
    py('for a in b:\n    for c in d:\n        f()'),
    py('for a in b:\n    f()\nfor c in d:\n    f()'),
  ],
  ['Do not use `while true`', ts('while (true) { f() }'), ts('while (a) { f() }')],
  ['No assignments in conditions', js('if (a = f()) g()'), js('if (a === f()) g()')],
  ['Classes must not inherit from `BaseModel`', py('class A(BaseModel): pass'), py('class A(Model): pass')],
  ['No `TODO` comments', ts('// TODO: do it\nf()'), ts('// Done.\nf()')],
  ['Strings must not contain `http://`', py("a = 'http://example.com'"), py("a = 'https://example.com'")],
  // Demands
  [
    'Every public function must have a docstring',
    py('def f():\n    pass'),
    py('def _f():\n    pass\n\ndef g():\n    """Does it."""'),
  ],
  [
    'All functions must declare their return type',
    ts('function f() { return 1 }'),
    ts('function f(): number { return 1 }'),
  ],
  ['Parameters must have types', py('def f(a):\n    pass'), py('def f(a: int):\n    pass')],
  [
    'Every `switch` must have a default case',
    ts('switch (a) { case 1: f() }'),
    ts('switch (a) { case 1: f(); break; default: g() }'),
  ],
  [
    'Calls to `fetch` must be awaited',
    ts('async function f() { fetch(a) }'),
    ts('async function f() { await fetch(a) }'),
  ],
  [
    'Calls to `JSON.parse` must be inside a `try`',
    js('JSON.parse(a)'),
    js('try { JSON.parse(a) } catch (e) { f(e) }'),
  ],
  [
    'Every test must have at least one assertion',
    py('def test_a():\n    f()', 'tests/test_a.py'),
    py('def test_a():\n    assert f()', 'tests/test_a.py'),
  ],
  ['Every file must start with a comment', ts('f()'), ts('// What it is for.\nf()')],
  ['Files must end with a newline', { ...js('f()'), text: 'f()' }, js('f()')],
  [
    'Async functions must contain an `await`',
    ts('async function f() { g() }'),
    ts('async function f() { await g() }'),
  ],
  [
    'Every `catch` must call `logger.error`',
    ts('try { f() } catch (e) { g(e) }'),
    ts('try { f() } catch (e) { logger.error(e) }'),
  ],
  ['Calls to `open` must pass `encoding`', py("open('a')"), py("open('a', encoding='utf-8')")],
  ['`requests.get` must be called with a `timeout`', py('requests.get(a)'), py('requests.get(a, timeout=3)')],
  [
    'Classes in `models/` must extend `Model`',
    py('class A: pass', 'app/models/a.py'),
    py('class A(Model): pass', 'app/models/a.py'),
  ],
  [
    'Route handlers must have the decorator `login_required`',
    py('@app.get("/a")\ndef a():\n    pass'),
    py('@app.get("/a")\n@login_required\ndef a():\n    pass'),
  ],
  [
    'Every exported function must have a comment',
    ts('export function f() {}'),
    ts('/** Does it. */\nexport function f() {}'),
  ],
  [
    '`subprocess.run` must not be called with `shell=True`',
    py('subprocess.run(a, shell=True)'),
    py('subprocess.run(a)'),
  ],
  ['Each `TODO` must mention an issue number', py('# TODO: later\na = 1'), py('# TODO(#123): later\na = 1')],
  [
    'Functions named `get*` must return a value',
    js('function getName() { f() }'),
    js('function getName() { return f() }'),
  ],
  [
    'Constructors must not call `fetch`',
    ts('class A { constructor() { fetch(a) } }'),
    ts('class A { load() { fetch(a) } }'),
  ],
  ['Every `for` loop must use `const`', js('for (let a of b) f(a)'), js('for (const a of b) f(a)')],
  // Order
  [
    'The constructor must be the first method of a class',
    ts('class A { f() {} constructor() {} }'),
    ts('class A { constructor() {} f() {} }'),
  ],
  [
    'Public methods must come before private ones',
    ts('class A { private a() {} b() {} }'),
    ts('class A { b() {} private a() {} }'),
  ],
  [
    '`lock` must be called before `write`',
    py('def f():\n    write(a)\n    lock()'),
    py('def f():\n    lock()\n    write(a)'),
  ],
  [
    'Constants must be declared before functions',
    js('function f() {}\nconst A = 1'),
    js('const A = 1\nfunction f() {}'),
  ],
  ['Use single quotes for strings', js('const a = "b"'), js("const a = 'b'")],
  [
    'Comments must not be longer than 100 characters',
    py(`# ${'word '.repeat(25)}\na = 1`),
    py('# A short one.\na = 1'),
  ],
]

/** More ways to say such things, which the grammar learned from sentences of others. */
export const MORE_ENGLISH: readonly Meant[] = [
  ['Keep every line under 40 characters', py(`a = '${'x'.repeat(50)}'`), py("a = 'x'")],
  [
    'Limit constructors to two parameters',
    ts('class A { constructor(a, b, c) {} }'),
    ts('class A { constructor(a, b) {} }'),
  ],
  [
    'Never nest blocks deeper than two levels',
    js('function f() { if (a) { if (b) { if (c) { g() } } } }'),
    js('function f() { if (a) { if (b) { g() } } }'),
  ],
  ['Use snake_case for all function names', py('def doIt(): pass'), py('def do_it(): pass')],
  [
    'Exception classes have to end in `Error`',
    py('class Broken(Exception): pass'),
    py('class BrokenError(Exception): pass'),
  ],
  [
    'Do not use `console.log` in production code',
    js('console.log(1)'),
    js('console.log(1)', 'test/a.test.js'),
  ],
  [
    'Do not use `process.env` outside `config/`',
    ts('const a = process.env'),
    ts('const a = process.env', 'src/config/a.ts'),
  ],
  [
    'Files in `ui/` must not use `localStorage`',
    ts('const a = localStorage', 'src/ui/a.ts'),
    ts('const a = localStorage', 'src/lib/a.ts'),
  ],
  ['Nobody imports `lodash` anymore', js("import _ from 'lodash'"), js("import _ from 'lodash-es'")],
  [
    'The `domain/` folder should not depend on `infrastructure/`',
    ts("import { a } from '../infrastructure/a'", 'src/domain/b.ts'),
    ts("import { a } from './a'", 'src/domain/b.ts'),
  ],
  ['Catch blocks must never be empty', js('try { f() } catch (e) {}'), js('try { f() } catch (e) { g(e) }')],
  ['Ternary expressions should not be nested', js('const a = b ? 1 : c ? 2 : 3'), js('const a = b ? 1 : 2')],
  ['Never use mutable default arguments', py('def f(a=[]): pass'), py('def f(a=None): pass')],
  [
    'Functions must not reassign their parameters',
    js('function f(a) { a = 1 }'),
    js('function f(a) { const b = a }'),
  ],
  [
    'Do not catch `Exception`',
    py('try:\n    f()\nexcept Exception:\n    g()'),
    py('try:\n    f()\nexcept ValueError:\n    g()'),
  ],
  [
    'Every file must start with a license header',
    ts('// What it does.\nf()'),
    ts('// Copyright 2026, MIT licence.\nf()'),
  ],
  [
    'Classes may not inherit from more than two parents',
    py('class A(B, C, D): pass'),
    py('class A(B, C): pass'),
  ],
  ['There should be only one class per file', py('class A: pass\nclass B: pass'), py('class A: pass')],
  [
    'Calls to `open` must be wrapped in a `with` statement',
    py("a = open('a')"),
    py("with open('a') as a:\n    f(a)"),
  ],
  ['Every public function needs a docstring', py('def f():\n    pass'), py('def f():\n    """Does it."""')],
  ['Write constants in UPPER_CASE', js('const limit = 3'), js('const LIMIT = 3')],
  ['Boolean variables start with `is`, `has` or `can`', js('let open = true'), js('let isOpen = true')],
  [
    'Importing `moment` is not allowed',
    js("import moment from 'moment'"),
    js("import { format } from 'date-fns'"),
  ],
  [
    'Always pass `timeout` to `requests.get`',
    py('import requests\nrequests.get(a)'),
    py('import requests\nrequests.get(a, timeout=3)'),
  ],
  [
    'Only files in `config/` may read `process.env`',
    ts('const a = process.env', 'src/a.ts'),
    ts('const a = process.env', 'src/config/a.ts'),
  ],
  [
    'Every `except` must name its exception',
    py('try:\n    f()\nexcept:\n    g()'),
    py('try:\n    f()\nexcept ValueError:\n    g()'),
  ],
  ['Use named exports instead of default exports', ts('export default 1'), ts('export const a = 1')],
  // What stands before the first statement counts, too.
  [
    'All exported functions must have a comment',
    ts('\n\n/* A licence. */\n\n\nconst a = 1\nexport function f() {}'),
    ts('\n\n\n/** Does it. */\nexport function f() {}'),
  ],
]
