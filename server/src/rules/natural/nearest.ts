// Sentences that can be said, for whoever wrote one that cannot: those that share most words with it.

import type { Locale } from '@codeant/shared/locale.ts'
import { plain, wordsOf } from './words.ts'

/** At most three, the nearest first. */
export function nearestSentences(sentence: string, locale: Locale): readonly string[] {
  const own = wordSet(sentence)
  return SAYABLE[locale]
    .map((it, index) => ({ it, index, near: overlap(own, wordSet(it)) }))
    .filter(({ near }) => near > 0)
    .sort((a, b) => b.near - a.near || a.index - b.index)
    .slice(0, 3)
    .map(({ it }) => it)
}

/** One of each kind, as a person would say it. */
export const SAYABLE: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'Functions must not have more than 50 lines',
    'Functions must not have more than 5 parameters',
    'Files must not exceed 500 lines',
    'Lines must be at most 120 characters long',
    'Classes must not have more than 20 methods',
    'Keep the cyclomatic complexity of functions below 10',
    'Nesting must not be deeper than 4 levels',
    'At most 20 imports per file',
    'Class names must be in PascalCase',
    'Function names must be in snake_case in Python',
    'Constants must be in UPPER_CASE',
    'Variable names must have at least 3 characters',
    'Functions that return a boolean must start with `is` or `has`',
    'Names of classes in `controllers/` must end with `Controller`',
    'Do not name a variable `data`',
    'File names must be in kebab-case',
    'No `console.log` outside tests',
    'Do not call `fetch` inside loops',
    'Use `logger.info` instead of `print`',
    '`process.exit` may only be called in `src/cli/`',
    'Files in `ui/` must not import from `db/`',
    'Do not import `moment`, use `date-fns`',
    'Only files in `data/` may import `sqlalchemy`',
    'Imports must be sorted',
    'No magic numbers',
    'No global variables',
    'No nested ternaries',
    'No empty catch blocks',
    'No commented-out code',
    'No `TODO` comments',
    'Do not use `var`',
    'The type `any` is forbidden',
    'Every public function must have a docstring',
    'Functions must declare their return type',
    'Comments must not be longer than 100 characters',
    'Every test must have at least one assertion',
    'Every `switch` must have a default case',
    'Calls to `fetch` must be awaited',
    'Calls to `JSON.parse` must be inside a `try`',
    'Calls to `open` must pass `encoding`',
    'Every `catch` must call `logger.error`',
    'Classes in `models/` must extend `Model`',
    'Strings must not contain `http://`',
    'Use single quotes for strings',
    'The constructor must be the first method of a class',
    'Public methods must come before private ones',
    '`lock` must be called before `write`',
  ],
  es: [
    'Las funciones no deben tener más de 50 líneas',
    'Las funciones no deben recibir más de 5 parámetros',
    'Los archivos no deben superar las 500 líneas',
    'Las líneas deben tener menos de 120 caracteres',
    'Las clases no deben tener más de 20 métodos',
    'La complejidad ciclomática de una función no debe ser mayor que 10',
    'El anidamiento no debe pasar de 4 niveles',
    'Como mucho 20 importaciones por archivo',
    'Los nombres de las clases deben estar en PascalCase',
    'Los nombres de las funciones deben estar en snake_case en Python',
    'Las constantes van en mayúsculas',
    'Los nombres de las variables deben tener al menos 3 letras',
    'Las funciones que devuelven un booleano deben empezar por `es` o `tiene`',
    'Las clases de `servicios/` deben terminar en `Servicio`',
    'Ninguna variable debe llamarse `tmp`',
    'Los nombres de los archivos deben estar en snake_case',
    'No se permite `console.log` fuera de las pruebas',
    'No llames a `fetch` dentro de un bucle',
    'Usa `logger.info` en vez de `print`',
    '`process.exit` solo puede llamarse en `src/cli/`',
    'Los componentes de `ui/` no pueden importar de `db/`',
    'No importes `moment`: usa `date-fns`',
    'Solo los archivos de `datos/` pueden importar `sqlalchemy`',
    'Las importaciones deben estar ordenadas alfabéticamente',
    'No se permiten números mágicos',
    'Las variables globales están prohibidas',
    'Nada de ternarios anidados',
    'No dejes bloques `catch` vacíos',
    'No debe haber código comentado',
    'No dejes comentarios `TODO`',
    'No uses `var`',
    'El tipo `any` está prohibido',
    'Toda función pública debe tener un docstring',
    'Las funciones deben declarar el tipo de retorno',
    'Los comentarios no deben tener más de 100 caracteres',
    'Cada prueba debe tener al menos una aserción',
    'Todo `switch` debe tener un caso por defecto',
    'Las llamadas a `fetch` deben llevar `await`',
    'Las llamadas a `JSON.parse` deben estar dentro de un `try`',
    'Las llamadas a `open` deben indicar `encoding`',
    'Todo `catch` debe llamar a `logger.error`',
    'Las clases de `modelos/` deben heredar de `Modelo`',
    'Las cadenas no deben contener `http://`',
    'Usa comillas simples para las cadenas',
    'El constructor debe ser el primer método de la clase',
    'Los métodos públicos van antes que los privados',
    '`lock` debe llamarse antes que `write`',
  ],
}

/** Words that say nothing of what a sentence is about. */
const COMMON = new Set(
  'must not should may be have in of the a no do use el la los las de en un una no deben debe debe ser tener se que y o uses'.split(
    ' ',
  ),
)

function wordSet(sentence: string): ReadonlySet<string> {
  return new Set(
    wordsOf(sentence)
      .map(it => plain(it.text).replace(/(es|s)$/, ''))
      .filter(it => it.length > 2 && !COMMON.has(it)),
  )
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const it of one) if (other.has(it)) shared++
  return shared === 0 ? 0 : shared / (one.size + other.size - shared)
}
