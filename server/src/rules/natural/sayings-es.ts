// Lo que se ha entendido, dicho en español.

import type { Construct, Demand, Measure, Quality, SubjectKind, Surrounding } from './requirement.ts'
import {
  code,
  counted,
  insteadIn,
  type OneOrMany,
  orderIn,
  type PlainOrder,
  type Sayings,
} from './sayings.ts'

export const SPANISH: Sayings = {
  only: 'solo en',
  inside: 'solo en',
  outside: 'no en',
  subject: ({ kind, qualities, named, callees }) =>
    [
      'todo lo que sea',
      SPANISH_SUBJECT[kind],
      ...qualities.map(it =>
        it === 'boolean' && !RETURNS.includes(kind) ? 'de tipo booleano' : SPANISH_QUALITY[it],
      ),
      ...(named ? [`con el nombre ${code(named, ' o ')}`] : []),
      ...(callees ? [`a ${code(callees, ' o ')}`] : []),
    ].join(' '),
  place: it => {
    if (it.kind === 'path') return `\`${it.path}\``
    if (it.kind === 'layer') return `las carpetas de la capa «${it.layer}»`
    return it.kind === 'tests' ? 'las pruebas' : SPANISH_WITHIN[it.what]
  },
  demand: it => {
    switch (it.kind) {
      case 'limit': {
        const words = it.ofName
          ? (['carácter en su nombre', 'caracteres en su nombre'] as const)
          : SPANISH_MEASURE[it.measure]
        return it.most === undefined
          ? `al menos ${counted(it.least ?? 0, words)}`
          : `como máximo ${counted(it.most, words)}`
      }
      case 'case':
        return `su nombre está en ${it.style}`
      case 'affix': {
        const where = { start: 'empieza por', end: 'termina en', anywhere: 'contiene' }[it.at]
        return `su nombre ${it.isForbidden ? `nunca ${where}` : where} ${code(it.any, ' o ')}`
      }
      case 'pattern':
        return `su nombre cumple \`${it.pattern}\``
      case 'notCalled':
        return `su nombre no es ${code(it.names, ' ni ')}`
      case 'absent':
        return 'no hay ninguno'
      case 'noConstruct':
        return `sin ${SPANISH_CONSTRUCT[it.construct]}${insteadIn(it.instead, '; en su lugar ', ' o ')}`
      case 'noUse':
        return `sin usar ${code(it.names, ' ni ')}${insteadIn(it.instead, '; en su lugar ', ' o ')}`
      case 'noImport':
        return `sin importar ${code(it.modules, ' ni ')}${insteadIn(it.instead, '; en su lugar ', ' o ')}`
      case 'noImportFrom':
        return `sin importar de ${it.from.map(from => (from.kind === 'tests' ? 'otras pruebas' : SPANISH.place(from))).join(' ni ')}`
      case 'inside':
        return `está en ${SPANISH_WITHIN[it.what]}`
      case 'awaited':
        return 'se espera con `await`'
      case 'argument': {
        const argument =
          it.value === undefined ? `\`${it.name}\`` : `\`${it.name}\` con el valor \`${it.value}\``
        return it.isForbidden ? `no recibe ${argument}` : `recibe ${argument}`
      }
      case 'calls':
        return it.isForbidden ? `no llama a ${code(it.names, ' ni ')}` : `llama a ${code(it.names, ' o ')}`
      case 'extends':
        return it.isForbidden
          ? `no hereda de ${code(it.names, ' ni ')}`
          : `hereda de ${code(it.names, ' o ')}`
      case 'decorated':
        return `lleva el decorador ${code(it.names, ' o ')}`
      case 'declares':
        return SPANISH_DECLARED[it.what]
      case 'contains':
        return it.isForbidden ? `no contiene ${code(it.text, ' ni ')}` : `contiene ${code(it.text, ' o ')}`
      case 'starts':
        return it.with === 'license'
          ? 'empieza con un comentario sobre su licencia'
          : 'empieza con un comentario'
      case 'imports':
        return `importa ${code(it.modules, ' o ')}`
      case 'noCatch':
        return `no captura ${code(it.names, ' ni ')}`
      case 'ends':
        return 'termina en un salto de línea'
      case 'extension':
        return `se llama \`*${it.extension}\` si importa \`${it.ifImports}\``
      case 'quotes':
        return `va entre comillas ${it.style === 'single' ? 'simples' : 'dobles'}`
      case 'order':
        return orderIn(
          it.order,
          SPANISH_ORDER,
          (first, then) => `\`${first}\` se llama antes que \`${then}\``,
        )
    }
  },
}

const SPANISH_SUBJECT: Readonly<Record<SubjectKind, string>> = {
  function: 'función',
  method: 'método',
  constructor: 'constructor',
  test: 'prueba',
  class: 'clase',
  interface: 'interfaz',
  type: 'tipo',
  enum: 'enumeración',
  enumMember: 'miembro de una enumeración',
  variable: 'variable',
  constant: 'constante',
  parameter: 'parámetro',
  file: 'archivo',
  line: 'línea',
  import: 'importación',
  call: 'llamada',
  switch: '`switch` o `match`',
  loop: 'bucle',
  catch: '`catch` o `except`',
  comment: 'comentario',
  string: 'cadena',
  todo: 'comentario `TODO`',
}

const SPANISH_QUALITY: Readonly<Record<Quality, string>> = {
  exception: 'de excepción',
  test: 'de prueba',
  public: 'de acceso público',
  private: 'de acceso privado',
  async: 'de tipo asíncrono',
  exported: 'que se exporte',
  boolean: 'que devuelva un booleano',
  handler: 'que responda a una ruta',
}

/** Lo que devuelve un booleano; lo demás lo es. */
const RETURNS: readonly SubjectKind[] = ['function', 'method']

const SPANISH_WITHIN: Readonly<Record<Surrounding, string>> = {
  loop: 'un bucle',
  with: 'un `with`',
  try: 'un `try`',
  catch: 'un `catch`',
  function: 'una función',
  constructor: 'un constructor',
  condition: 'una condición',
  class: 'una clase',
  async: 'una función asíncrona',
}

const SPANISH_MEASURE: Readonly<Record<Measure, OneOrMany>> = {
  lines: ['línea', 'líneas'],
  codeLines: [
    'línea de código, sin las vacías ni los comentarios',
    'líneas de código, sin las vacías ni los comentarios',
  ],
  characters: ['carácter', 'caracteres'],
  parameters: ['parámetro', 'parámetros'],
  arguments: ['argumento', 'argumentos'],
  publicMethods: ['método público', 'métodos públicos'],
  bases: ['clase de la que hereda', 'clases de las que hereda'],
  assertions: ['aserción', 'aserciones'],
  methods: ['método', 'métodos'],
  fields: ['campo', 'campos'],
  functions: ['función', 'funciones'],
  classes: ['clase', 'clases'],
  imports: ['importación', 'importaciones'],
  returns: ['sentencia `return`', 'sentencias `return`'],
  cases: ['caso', 'casos'],
  complexity: ['de complejidad ciclomática', 'de complejidad ciclomática'],
  nesting: ['bloque', 'bloques uno dentro de otro'],
}

const SPANISH_DECLARED: Readonly<Record<Extract<Demand, { kind: 'declares' }>['what'], string>> = {
  docstring: 'tiene un docstring, o un comentario justo encima si el lenguaje no los tiene',
  comment: 'tiene un comentario justo encima, o un docstring',
  returnType: 'declara el tipo que devuelve',
  type: 'tiene tipo',
  defaultCase: 'tiene un caso por defecto',
  assertion: 'tiene al menos una aserción',
  await: 'contiene un `await`',
  value: 'devuelve un valor',
  issueNumber: 'nombra una incidencia, como `#123` o `ABC-123`',
  const: 'declara su variable con `const`',
}

const SPANISH_CONSTRUCT: Readonly<Record<Construct, string>> = {
  var: '`var`',
  let: '`let`',
  unchangedLet: '`let` en variables que no reciben otro valor',
  any: 'el tipo `any`',
  ternary: 'expresiones condicionales (`a ? b : c`)',
  nestedTernary: 'expresiones condicionales dentro de otras',
  emptyCatch: '`catch` ni `except` vacíos',
  bareExcept: '`except` sin tipo',
  globalVariable: 'variables de todo el archivo que puedan recibir otro valor',
  magicNumber: 'números distintos de 0, 1 y 2 en medio del código',
  defaultExport: '`export default`',
  commentedCode: 'código en comentarios',
  elseAfterReturn: '`else` después de un `return`',
  nestedFunction: 'funciones con nombre dentro de funciones',
  nestedLoop: 'bucles dentro de bucles',
  lambda: 'funciones lambda ni flecha',
  unsafe: 'bloques `unsafe`',
  debugger: '`debugger`',
  endlessLoop: 'bucles cuya condición se cumple siempre',
  assignmentInCondition: 'asignaciones en condiciones',
  looseEquality: '`==` ni `!=`',
  mutableDefault: 'listas, diccionarios ni conjuntos como valor por defecto',
  reassignedParameter: 'parámetros que reciban otro valor',
  wildcardImport: 'importaciones de todo (`*`)',
  relativeImport: 'importaciones relativas',
}

const SPANISH_ORDER: Readonly<Record<PlainOrder, string>> = {
  importsFirst: 'está antes que el resto del código de su archivo',
  importsSorted: 'está en orden alfabético entre las que tiene al lado',
  constructorFirst: 'su constructor es su primer método',
  publicFirst: 'sus métodos públicos van antes que los privados',
  constantsFirst: 'sus constantes van antes que sus funciones',
}
