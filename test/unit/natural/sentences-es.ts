// Cien frases como las escribe la gente en las reglas de un equipo, en español, cada una con código que la incumple y código que la cumple.
// They were written before the grammar that reads them.

import { js, type Meant, py, rs, times, ts } from './code.ts'

export const SPANISH: readonly Meant[] = [
  // Tamaños y cantidades
  [
    'Las funciones no deben tener más de 50 líneas',
    py(`def f():\n${times(60, '    a# = 1')}`),
    py(`def f():\n${times(40, '    a# = 1')}`),
  ],
  [
    'Las funciones no deben tener más de 50 líneas de código',
    ts(`function f() {\n${times(55, '  g(#)')}\n}`),
    ts(`function f() {\n${times(30, '  g(#)')}\n}`),
  ],
  [
    'Ninguna función puede recibir más de tres parámetros',
    js('function f(a, b, c, d) {}'),
    js('function f(a, b, c) {}'),
  ],
  [
    'Los métodos deben tener como máximo 5 parámetros',
    ts('class A { f(a, b, c, d, e, g) {} }'),
    ts('class A { f(a, b, c, d, e) {} }'),
  ],
  ['Los archivos no pueden superar las 400 líneas', py(times(410, 'a# = 1')), py(times(380, 'a# = 1'))],
  [
    'Las líneas deben tener menos de 100 caracteres',
    js(`f('${'x'.repeat(110)}')`),
    js(`f('${'x'.repeat(60)}')`),
  ],
  [
    'Una clase no debe tener más de 7 métodos',
    py(`class A:\n${times(8, '    def m#(self): pass')}`),
    py(`class A:\n${times(6, '    def m#(self): pass')}`),
  ],
  [
    'Las clases no deben pasar de 150 líneas',
    ts(`class A {\n${times(160, '  a# = 1')}\n}`),
    ts(`class A {\n${times(100, '  a# = 1')}\n}`),
  ],
  [
    'La complejidad ciclomática de una función no debe ser mayor que 4',
    js(
      'function f(a) { if (a == 1) g(); if (a == 2) g(); if (a == 3) g(); if (a == 4) g(); if (a == 5) g() }',
    ),
    js('function f(a) { if (a == 1) g(); if (a == 2) g() }'),
  ],
  [
    'El anidamiento no debe pasar de 2 niveles',
    py('def f():\n    if a:\n        if b:\n            if c:\n                g()'),
    py('def f():\n    if a:\n        if b:\n            g()'),
  ],
  ['Como mucho 10 importaciones por archivo', py(times(11, 'import a#')), py(times(9, 'import a#'))],
  ['Cada archivo debe contener una sola clase', ts('class A {}\nclass B {}'), ts('class A {}')],
  [
    'Una función no puede tener más de dos `return`',
    py('def f(a):\n    if a == 1: return 1\n    if a == 2: return 2\n    return 3'),
    py('def f(a):\n    if a == 1: return 1\n    return 3'),
  ],
  ['Las llamadas no deben llevar más de 4 argumentos', ts('f(1, 2, 3, 4, 5)'), ts('f(1, 2, 3, 4)')],
  [
    'Las interfaces no deben tener más de 6 campos',
    ts(`interface A {\n${times(7, '  a#: number')}\n}`),
    ts(`interface A {\n${times(5, '  a#: number')}\n}`),
  ],
  // Nombres
  ['Los nombres de las clases deben estar en PascalCase', ts('class my_thing {}'), ts('class MyThing {}')],
  ['Las funciones se escriben en snake_case', py('def hazAlgo(): pass'), py('def haz_algo(): pass')],
  [
    'Los nombres de las funciones deben estar en camelCase en TypeScript',
    ts('function haz_algo() {}'),
    ts('function hazAlgo() {}'),
  ],
  ['Las constantes van en mayúsculas', js('const limite = 3'), js('const LIMITE = 3')],
  ['Los nombres de las variables deben tener al menos 2 letras', js('let x = 1'), js('let xs = 1')],
  [
    'Los nombres de las funciones no pueden tener más de 25 caracteres',
    py(`def ${'a'.repeat(26)}(): pass`),
    py('def corta(): pass'),
  ],
  [
    'Las interfaces no deben empezar por `I`',
    ts('interface IForma { a: number }'),
    ts('interface Forma { a: number }'),
  ],
  [
    'Las clases de `servicios/` deben terminar en `Servicio`',
    ts('class Usuarios {}', 'src/servicios/a.ts'),
    ts('class UsuariosServicio {}', 'src/servicios/a.ts'),
  ],
  [
    'Las funciones que devuelven un booleano deben empezar por `es` o `tiene`',
    ts('function abierto(): boolean { return true }'),
    ts('function esAbierto(): boolean { return true }'),
  ],
  ['Ninguna variable debe llamarse `tmp`', py('tmp = 1'), py('temporal = 1')],
  [
    'Los nombres de los archivos deben estar en snake_case',
    py('a = 1', 'src/miArchivo.py'),
    py('a = 1', 'src/mi_archivo.py'),
  ],
  [
    'Los métodos privados deben empezar con guion bajo',
    ts('class A { private carga() {} }'),
    ts('class A { private _carga() {} }'),
  ],
  [
    'Los nombres de los tipos deben cumplir `^[A-Z]\\w*$`',
    ts('type usuario = string'),
    ts('type Usuario = string'),
  ],
  [
    'Los parámetros no pueden tener nombres de una sola letra',
    py('def f(a):\n    pass'),
    py('def f(nombre):\n    pass'),
  ],
  ['No uses nombres de clase con guion bajo', py('class Mi_Clase: pass'), py('class MiClase: pass')],
  // Llamadas prohibidas
  [
    'No se permite `console.log` fuera de las pruebas',
    ts('console.log(1)'),
    ts('console.log(1)', 'test/a.test.ts'),
  ],
  ['No uses `eval`', py('eval(a)'), py('evalua(a)')],
  ['Prohibido llamar a `print` en `src/`', py('print(1)', 'src/a.py'), py('print(1)', 'herramientas/a.py')],
  ['Nunca uses `unwrap` en Rust', rs('fn f() { a.unwrap(); }'), rs('fn f() { a.unwrap_or(1); }')],
  ['Queda prohibido el uso de `os.system`', py('import os\nos.system(a)'), py('import os\nos.getcwd()')],
  [
    'Evita `time.sleep` en las pruebas',
    py('import time\ntime.sleep(1)', 'tests/test_a.py'),
    py('import time\ntime.sleep(1)', 'src/a.py'),
  ],
  ['`panic!` no está permitido', rs('fn f() { panic!("a") }'), rs('fn f() { println!("a") }')],
  ['Usa `logger.info` en vez de `console.log`', js('console.log(1)'), js('logger.info(1)')],
  ['No llames a `fetch` dentro de un bucle', js('for (const a of b) { fetch(a) }'), js('fetch(a)')],
  [
    '`process.exit` solo puede llamarse en `src/cli/`',
    ts('process.exit(1)', 'src/server/a.ts'),
    ts('process.exit(1)', 'src/cli/a.ts'),
  ],
  [
    'No se debe usar `Math.random` en `seguridad/`',
    js('Math.random()', 'src/seguridad/a.js'),
    js('Math.random()', 'src/juego/a.js'),
  ],
  [
    '`subprocess.run` no debe llamarse con `shell=True`',
    py('subprocess.run(a, shell=True)'),
    py('subprocess.run(a)'),
  ],
  [
    'Los constructores no deben llamar a `fetch`',
    ts('class A { constructor() { fetch(a) } }'),
    ts('class A { carga() { fetch(a) } }'),
  ],
  // Importaciones y capas
  [
    'Los componentes de `ui/` no pueden importar de `db/`',
    ts("import { a } from '../db/a'", 'src/ui/b.ts'),
    ts("import { a } from '../lib/a'", 'src/ui/b.ts'),
  ],
  ['No importes `lodash`', js("import _ from 'lodash'"), js("import _ from 'lodash-es'")],
  [
    'Solo los archivos de `datos/` pueden importar `sqlalchemy`',
    py('import sqlalchemy', 'app/web/a.py'),
    py('import sqlalchemy', 'app/datos/a.py'),
  ],
  [
    'El dominio no debe importar de la infraestructura',
    ts("import { a } from '../infraestructura/a'", 'src/dominio/b.ts'),
    ts("import { a } from './a'", 'src/dominio/b.ts'),
  ],
  ['Están prohibidas las importaciones con asterisco', py('from a import *'), py('from a import b')],
  ['No se permiten importaciones relativas', ts("import { a } from './a'"), ts("import { a } from '@app/a'")],
  [
    'No se importa `moment`: usa `date-fns`',
    ts("import moment from 'moment'"),
    ts("import { format } from 'date-fns'"),
  ],
  ['Las importaciones deben estar al principio del archivo', py('a = 1\nimport os'), py('import os\na = 1')],
  [
    'Las importaciones deben estar ordenadas alfabéticamente',
    py('import b\nimport a'),
    py('import a\nimport b'),
  ],
  [
    '`api/` no puede depender de `web/`',
    py('from web.a import b', 'api/c.py'),
    py('from web.a import b', 'cli/c.py'),
  ],
  [
    'Las pruebas no deben importar de otras pruebas',
    ts("import { a } from './b.test'", 'test/a.test.ts'),
    ts("import { a } from '../src/b'", 'test/a.test.ts'),
  ],
  // Construcciones prohibidas
  ['No uses `var`', js('var a = 1'), js('let a = 1')],
  ['El tipo `any` está prohibido', ts('let a: any = 1'), ts('let a: unknown = 1')],
  ['Nada de ternarios anidados', js('const a = b ? 1 : c ? 2 : 3'), js('const a = b ? 1 : 2')],
  ['No dejes bloques `catch` vacíos', ts('try { f() } catch (e) {}'), ts('try { f() } catch (e) { g(e) }')],
  [
    'No uses `except` sin tipo',
    py('try:\n    f()\nexcept:\n    g()'),
    py('try:\n    f()\nexcept ValueError:\n    g()'),
  ],
  [
    'Las variables globales están prohibidas',
    js('let contador = 0'),
    js('function f() { let contador = 0 }'),
  ],
  [
    'No se permiten números mágicos',
    py('def f(a):\n    return a * 37'),
    py('TASA = 37\n\ndef f(a):\n    return a * TASA'),
  ],
  [
    'No se permite la exportación por defecto',
    ts('export default function f() {}'),
    ts('export function f() {}'),
  ],
  ['Usa `===` en lugar de `==`', js('if (a == b) f()'), js('if (a === b) f()')],
  ['No debe haber código comentado', js('// a = f(1);\ng()'), js('// El primero gana.\ng()')],
  [
    'No uses `else` después de un `return`',
    py('def f():\n    if a:\n        return 1\n    else:\n        g()'),
    py('def f():\n    if a:\n        g()\n    else:\n        return 1'),
  ],
  [
    'Los bucles anidados están prohibidos',
    js('for (const a of b) { for (const c of d) { f() } }'),
    js('for (const a of b) { f() }\nfor (const c of d) { f() }'),
  ],
  ['No uses bloques `unsafe`', rs('fn f() { unsafe { g() } }'), rs('fn f() { g() }')],
  ['No uses `while True`', py('while True:\n    f()'), py('while a:\n    f()')],
  ['No se asigna en una condición', js('if (a = f()) g()'), js('if (a === f()) g()')],
  ['Las clases no deben heredar de `BaseModel`', py('class A(BaseModel): pass'), py('class A(Model): pass')],
  ['No dejes comentarios `TODO`', py('# TODO: hacerlo\nf()'), py('# Hecho.\nf()')],
  [
    'Las cadenas no deben contener `http://`',
    js("const a = 'http://example.com'"),
    js("const a = 'https://example.com'"),
  ],
  [
    'No definas funciones dentro de funciones en Python',
    py('def f():\n    def g():\n        pass'),
    py('def f():\n    pass\n\ndef g():\n    pass'),
  ],
  [
    'Se prohíben las clases en `funciones/`',
    ts('class A {}', 'src/funciones/a.ts'),
    ts('class A {}', 'src/modelos/a.ts'),
  ],
  [
    'No uses `let` si la variable no cambia',
    ts('function f() { let a = 1; return a }'),
    ts('function f() { let a = 1; a = 2; return a }'),
  ],
  ['Nada de `debugger`', js('debugger'), js('depura()')],
  // Exigencias
  [
    'Toda función pública debe tener un docstring',
    py('def f():\n    pass'),
    py('def _f():\n    pass\n\ndef g():\n    """Lo hace."""'),
  ],
  [
    'Todas las funciones deben declarar el tipo de retorno',
    ts('function f() { return 1 }'),
    ts('function f(): number { return 1 }'),
  ],
  ['Los parámetros deben tener tipo', py('def f(a):\n    pass'), py('def f(a: int):\n    pass')],
  [
    'Todo `switch` debe tener un caso por defecto',
    ts('switch (a) { case 1: f() }'),
    ts('switch (a) { case 1: f(); break; default: g() }'),
  ],
  [
    'Las llamadas a `fetch` deben llevar `await`',
    ts('async function f() { fetch(a) }'),
    ts('async function f() { await fetch(a) }'),
  ],
  [
    'Las llamadas a `JSON.parse` deben estar dentro de un `try`',
    js('JSON.parse(a)'),
    js('try { JSON.parse(a) } catch (e) { f(e) }'),
  ],
  [
    'Cada prueba debe tener al menos una aserción',
    py('def test_a():\n    f()', 'tests/test_a.py'),
    py('def test_a():\n    assert f()', 'tests/test_a.py'),
  ],
  ['Cada archivo debe empezar con un comentario', py('f()'), py('# Para qué sirve.\nf()')],
  [
    'Las funciones asíncronas deben usar `await`',
    ts('async function f() { g() }'),
    ts('async function f() { await g() }'),
  ],
  [
    'Todo `catch` debe llamar a `logger.error`',
    ts('try { f() } catch (e) { g(e) }'),
    ts('try { f() } catch (e) { logger.error(e) }'),
  ],
  ['Las llamadas a `open` deben indicar `encoding`', py("open('a')"), py("open('a', encoding='utf-8')")],
  [
    'Las clases de `modelos/` deben heredar de `Modelo`',
    py('class A: pass', 'app/modelos/a.py'),
    py('class A(Modelo): pass', 'app/modelos/a.py'),
  ],
  [
    'Toda función exportada debe tener un comentario',
    ts('export function f() {}'),
    ts('/** Lo hace. */\nexport function f() {}'),
  ],
  [
    'Las funciones llamadas `get*` deben devolver un valor',
    js('function getName() { f() }'),
    js('function getName() { return f() }'),
  ],
  [
    'Las clases que terminan en `Controller` deben llevar el decorador `Injectable`',
    ts('class UserController {}'),
    ts('@Injectable()\nclass UserController {}'),
  ],
  [
    'Cada `TODO` debe mencionar un número de incidencia',
    js('// TODO: luego\nf()'),
    js('// TODO(#123): luego\nf()'),
  ],
  // Orden
  [
    'El constructor debe ser el primer método de la clase',
    ts('class A { f() {} constructor() {} }'),
    ts('class A { constructor() {} f() {} }'),
  ],
  [
    'Los métodos públicos van antes que los privados',
    ts('class A { private a() {} b() {} }'),
    ts('class A { b() {} private a() {} }'),
  ],
  [
    '`lock` debe llamarse antes que `write`',
    py('def f():\n    write(a)\n    lock()'),
    py('def f():\n    lock()\n    write(a)'),
  ],
  [
    'Las constantes se declaran antes que las funciones',
    js('function f() {}\nconst A = 1'),
    js('const A = 1\nfunction f() {}'),
  ],
  ['Usa comillas simples para las cadenas', js('const a = "b"'), js("const a = 'b'")],
  [
    'Los comentarios no deben tener más de 80 caracteres',
    js(`// ${'palabra '.repeat(14)}\nf()`),
    js('// Uno corto.\nf()'),
  ],
  [
    'Los archivos de `modelos/` no deben contener funciones',
    ts('export function f() {}', 'src/modelos/a.ts'),
    ts('export class A {}', 'src/modelos/a.ts'),
  ],
  ['En Python no se usan `lambda`', py('a = lambda b: b'), py('def a(b):\n    return b')],
]

/** Más maneras de decirlo, que la gramática aprendió de frases de otros. */
export const MORE_SPANISH: readonly Meant[] = [
  ['Una función recibe como máximo dos parámetros', ts('function f(a, b, c) {}'), ts('function f(a, b) {}')],
  [
    'No se permiten más de 2 importaciones por archivo',
    py('import a\nimport b\nimport c'),
    py('import a\nimport b'),
  ],
  [
    'Todas las clases deben tener al menos un método público',
    ts('class A { private a() {} }'),
    ts('class A { a() {} }'),
  ],
  [
    'Está prohibido usar guiones bajos en los nombres de las clases',
    py('class Mi_Clase: pass'),
    py('class MiClase: pass'),
  ],
  [
    'Nunca uséis `time.sleep` en las pruebas',
    py('import time\ntime.sleep(1)', 'tests/test_a.py'),
    py('import time\ntime.sleep(1)', 'src/a.py'),
  ],
  [
    'El código de `modelos/` no debe importar nada de `vistas/`',
    py('from vistas.a import b', 'modelos/c.py'),
    py('from otros.a import b', 'modelos/c.py'),
  ],
  [
    'Los bloques `catch` no pueden estar vacíos',
    js('try { f() } catch (e) {}'),
    js('try { f() } catch (e) { g(e) }'),
  ],
  [
    'Se deben evitar los números mágicos',
    js('function f(a) { return a * 37 }'),
    js('const A = 37\nfunction f(a) { return a * A }'),
  ],
  [
    'Cada archivo de pruebas debe importar `pytest`',
    py('import os', 'tests/test_a.py'),
    py('import pytest', 'tests/test_a.py'),
  ],
  [
    'Hay que llamar a `validar()` antes de `guardar()`',
    js('function f() { guardar(); validar() }'),
    js('function f() { validar(); guardar() }'),
  ],
  [
    'Todos los comentarios `TODO` deben incluir un número de incidencia',
    js('// TODO: luego\nf()'),
    js('// TODO(#1): luego\nf()'),
  ],
  ['No se permite el operador `==` en TypeScript', ts('if (a == b) f()'), ts('if (a === b) f()')],
  ['Limitad a dos los parámetros de cada función', js('function f(a, b, c) {}'), js('function f(a, b) {}')],
  ['No uséis nombres de variable de una sola letra', js('let x = 1'), js('let xs = 1')],
  [
    '`controllers/` jamás debe importar directamente de `repositories/`',
    ts("import { a } from '../repositories/a'", 'src/controllers/b.ts'),
    ts("import { a } from '../services/a'", 'src/controllers/b.ts'),
  ],
  ['Ordenad las importaciones alfabéticamente', py('import b\nimport a'), py('import a\nimport b')],
  [
    'Los métodos privados empiezan por guion bajo',
    ts('class A { private carga() {} }'),
    ts('class A { private _carga() {} }'),
  ],
]
