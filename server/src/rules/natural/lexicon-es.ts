// Cómo se llaman en español las palabras de una regla. Una manera de decir algo es una línea aquí, no una línea de la gramática.

import type { Lexicon } from './words.ts'

export const SPANISH: Lexicon = {
  skip: {
    skip: 'el|la|los|las|un|una|unos|unas|lo|a|al|todo|toda|todos|todas|cada|su|sus|cualquier|siempre|directamente',
  },
  rewrite: {
    debe: 'tiene que|tienen que|ha de|han de',
    'debe tener': 'necesita|necesitan|requiere|requieren|tiene|tienen|recibe|reciben|contiene|contienen',
    'no uses':
      'no useis|no usen|no uses|no utiliceis|no utilicen|no escribais|no escriban|no hagais|no hagan|no dejeis|no dejen|no pongais|no pongan|no pongamos|no definais|no definan|no declareis|no declaren|nunca usen|no empleen|no metais|no metan',
    'no llames':
      'no llameis|no llamen|no llamen nunca|no llameis nunca|no llames nunca|nunca llamen|nunca llameis|no invoquen',
    'no importes': 'no importeis|no importen|nunca importen',
    'no anides': 'no anideis|no aniden',
    usa: 'usen|utilicen',
    'debe empezar': 'empiezan|empieza|comienzan|comienza',
    'debe terminar': 'terminan|termina|acaban|acaba',
    'debe llevar': 'llevan|lleva',
    'debe incluir': 'incluye|incluyen',
    'debe devolver': 'devuelven un valor',
  },
  everywhere: {
    everywhere:
      'en codigo|en archivos|en proyecto|en ningun archivo|en ningun sitio|en todo proyecto|en ninguna parte|en codigo fuente',
  },
  folder: { folder: 'carpeta|directorio|paquete|capa' },
  thereIs: { there: 'debe haber|puede haber|haya' },
  nest: {
    nest: 'no anides|evita anidar|nunca anides|evitad anidar|no se anidan|no se deben anidar|no aniden',
  },
  beNested: { nested: 'anidarse|estar anidados|estar anidadas' },
  beEmpty: { empty: 'estar vacios|estar vacio|quedar vacios|ser vacios' },
  reassign: {
    parameters: 'reasignar parametros|modificar parametros|cambiar parametros|reasignar sus parametros',
  },
  catchIt: {
    catch:
      'no captures|nunca captures|nadie debe capturar|evita capturar|no se debe capturar|prohibido capturar',
  },
  catchVerb: { catch: 'capturar' },
  nobody: { nobody: 'nadie' },
  production: { production: 'en codigo de produccion|en produccion' },
  callFirst: {
    call: 'hay que llamar|llama|debe llamarse|se debe llamar|se llama|llamad|llamen|hay que llamar',
  },
  beforeCall: { before: 'antes de|antes que|antes de llamar' },
  license: {
    license:
      'empezar con licencia|empezar por licencia|empezar con cabecera de licencia|tener cabecera de licencia|llevar cabecera de licencia',
  },
  useVerb: { use: 'usar|acceder|utilizar' },
  write: { write: 'escribe|escribid|escriban|escribir|nombra|nombrad|nombren' },
  goodInstead: { good: 'exportaciones con nombre|importaciones absolutas' },
  importing: { importing: 'importar' },
  pass: { pass: 'pasa|pasad|pasen|indica|indicad|indiquen|hay que pasar|hay que indicar' },
  toCall: { to: 'llamar|en llamadas|en toda llamada|en llamada' },
  sort: { sort: 'ordena|ordenad|ordenen|manten|mantened|mantengan' },
  sortedAlone: { sorted: 'alfabeticamente|ordenadas|ordenadas alfabeticamente|en orden alfabetico' },
  readVerb: { read: 'leer|usar|acceder|utilizar|llamar' },
  namesType: {
    type: 'indicar tipo de excepcion|nombrar excepcion|especificar excepcion|indicar excepcion|especificar tipo de excepcion',
  },
  and: { and: ',|y|o|e|u|ni|, y|, o|, ni' },
  colon: { colon: ',|:|;|.' },
  no: { no: 'ningun|ninguna|no' },
  only: { only: 'solo|solamente|unicamente' },
  to: { to: 'de' },
  with: { with: 'con|que contengan' },
  empty: { empty: 'vacios|vacio' },
  must: {
    must: 'debe|deben|debera|deberan|deberia|deberian|tiene que|tienen que|ha de|han de|hay que|debe siempre|deben siempre|siempre debe|siempre deben',
    mustNot:
      'no debe|no deben|no debera|no deberan|no deberia|no deberian|no puede|no pueden|nunca debe|nunca deben|nunca pueden|nunca puede|no ha de|no han de|no se debe|no se deben|no se puede|no se pueden|jamas debe|jamas deben|jamas puede|jamas pueden|nunca puede',
    may: 'puede|pueden|podra|podran',
    mayOnly: 'solo puede|solo pueden|solamente puede|solamente pueden|unicamente pueden|solo debe|solo deben',
  },
  ban: {
    use: 'no uses|no use|no usar|no utilices|no utilizar|nunca uses|nunca utilices|evita|evitar|evita usar|nada de|no dejes|no dejar|no se permite|no se permiten|prohibido|prohibida|prohibidos|prohibidas|prohibido usar|prohibido el uso de|queda prohibido uso de|queda prohibido|quedan prohibidos|quedan prohibidas|queda prohibido usar|se prohibe|se prohiben|se prohibe uso de|prohibido uso de|esta prohibido|esta prohibida|estan prohibidas|estan prohibidos|esta prohibido usar|no se debe usar|no se deben usar|no se usa|no se usan|no definas|no se definen|no debe haber|no puede haber|no haya|no escribas|sin|nunca useis|no useis|evitad|evitad usar|no se admite|no se admiten|uses|declares variables con|no declares variables con|nunca declares variables con|se deben evitar|se debe evitar|hay que evitar|nadie usa|nadie debe usar|nadie puede usar|no quiero|no queremos|no se aceptan|no se acepta|no se toleran|esta prohibido uso de|no hagas|no pongas|no emplees|no tengas|esta vetado uso de|esta vetado|estan vetados|estan vetadas|fuera',
    call: 'no llames|no llamar|nunca llames|evita llamar|prohibido llamar|no se debe llamar|no se llama|no se permiten llamadas|esta prohibido llamar|no se puede llamar|no llameis|nadie llama|nadie debe llamar|nadie puede llamar|no se puede llamar|no se debe llamar|no invoques',
    import:
      'no importes|no importar|nunca importes|evita importar|prohibido importar|no se importa|no se importan|no se debe importar|no se puede importar|nadie importa|nadie debe importar|nadie puede importar|no importeis|dejad de importar|no se permite importar|no esta permitido importar|queda prohibido importar',
    importFrom:
      'no importes de|no importes desde|nunca importes de|prohibido importar de|no se importa de|no se debe importar de|no importeis de|nadie importa de',
    name: 'no llames|no nombres|nunca llames|prohibido llamar|queda prohibido llamar|esta prohibido llamar',
  },
  forbidden: {
    forbidden:
      'esta prohibido|esta prohibida|estan prohibidos|estan prohibidas|no esta permitido|no esta permitida|no estan permitidos|no estan permitidas|no se permite|no se permiten|no debe usarse|no deben usarse|no se debe usar|no se usa|no se usan|queda prohibido|queda prohibida|quedan prohibidos|quedan prohibidas|no debe existir|no debe llamarse|no puede llamarse|no puede usarse|no pueden usarse|no se admite|no se admiten|debe evitarse|deben evitarse|se deben evitar|no se acepta|no se aceptan|no deben usarse|no debe quedar|no deben quedar|no debe haber|esta vetado|esta vetada|estan vetados|estan vetadas|sobra|sobran',
  },
  onlyCalled: {
    only: 'solo puede llamarse|solo se puede llamar|solo se puede usar|solo puede usarse|solo debe llamarse|solo debe usarse|solo se llama|solo se usa',
  },
  use: {
    use: 'usa|usad|utiliza|prefiere|usar|usemos|se usa|se utiliza|emplea|declara variables con|utilizad',
  },
  instead: { instead: 'en vez de|en lugar de|antes que|y no|, no' },
  in: { in: 'en|dentro de|de|bajo' },
  out: { out: 'fuera de|salvo en|excepto en|menos en' },
  have: {
    have: 'tener|recibir|contener|llevar|aceptar|incluir|usar|ser|tomar|haber|constar de|tiene|tienen|llevan|lleva|importar|heredar de|necesitar|hacer|ocupar|definir|declarar|albergar',
  },
  be: {
    be: 'estar en|estar|van en|va en|se escriben en|se escribe en|escribirse en|ir en|ser|usar|usan|se nombran en|nombrarse en|estar escritos en|estar escritas en|seguir|se nombran en|se llaman en|ir escritas en|ir escritos en|se nombran|van escritas en',
  },
  keep: { keep: 'manten|limita|limitad|limiten' },
  more: {
    more: 'mas de|superar|pasar de|exceder|exceder de|ser mayor que|ser mayores que|ser mas largas que|ser mas largos que|ser mas larga que|ser mas largo que|ser superior|mayor que|tener mas de|sobrepasar|por encima de|ser mayor de',
    most: 'como maximo|como mucho|maximo|maximo de|no mas de|hasta|un maximo de|a lo sumo|como maximo de',
    least: 'al menos|como minimo|por lo menos|minimo|minimo de|no menos de|menos', // « al menos »: articles are gone
    fewer:
      'menos de|por debajo de|ser menor que|ser inferior|menor que|estar por debajo de|ser mas cortas que|ser mas cortos que|no llegar',
    only: 'solo|sola|unico|unica|unicamente|solamente|exactamente',
  },
  numeral: {
    1: 'uno|una|un',
    2: 'dos',
    3: 'tres',
    4: 'cuatro',
    5: 'cinco',
    6: 'seis',
    7: 'siete',
    8: 'ocho',
    9: 'nueve',
    10: 'diez',
    12: 'doce',
    15: 'quince',
    20: 'veinte',
    30: 'treinta',
    50: 'cincuenta',
    100: 'cien',
  },
  per: { per: 'por|en cada|en' },
  long: { long: 'de largo|de longitud|de profundidad', code: 'de codigo' },
  measure: {
    lines: 'lineas|linea',
    characters: 'caracteres|caracter|letras|letra|columnas',
    parameters: 'parametros|parametro',
    arguments: 'argumentos|argumento',
    methods: 'metodos|metodo',
    fields: 'campos|campo|propiedades|propiedad|atributos',
    functions: 'funciones|funcion',
    classes: 'clases|clase',
    imports: 'importaciones|importacion|imports|otros modulos|modulos',
    returns: 'retornos|retorno|sentencias return',
    cases: 'casos|caso',
    complexity: 'complejidad ciclomatica|complejidad',
    nesting: 'niveles|nivel|niveles de anidamiento',
    bases: 'clases base|clase base|padres|superclases',
    publicMethods: 'metodos publicos|metodo publico',
    assertions: 'aserciones|asercion|asserts|assert',
  },
  complexity: { complexity: 'complejidad ciclomatica de|complejidad de|complejidad ciclomatica|complejidad' },
  nesting: { nesting: 'anidamiento|codigo|bloques|profundidad de anidamiento' },
  noun: {
    function: 'funcion|funciones',
    method: 'metodo|metodos',
    constructor: 'constructor|constructores',
    test: 'prueba|pruebas|test|tests|funcion de prueba|funciones de prueba',
    class: 'clase|clases',
    interface: 'interfaz|interfaces|interfaz',
    type: 'tipo|tipos',
    enum: 'enumeracion|enumeraciones|enum|enums',
    enumMember: 'miembro de enumeracion|miembros de enumeraciones|valores de enumeraciones|valores de enum',
    variable: 'variable|variables',
    constant: 'constante|constantes',
    parameter: 'parametro|parametros',
    file: 'archivo|archivos|fichero|ficheros|modulo|modulos|componente|componentes|codigo',
    line: 'linea|lineas',
    import: 'importacion|importaciones|imports',
    call: 'llamada|llamadas',
    switch: 'switch|match',
    loop: 'bucle|bucles|bucle for|bucles for',
    catch: 'catch|bloque catch|bloques catch|except|manejador de excepciones',
    comment: 'comentario|comentarios',
    string: 'cadena|cadenas|cadenas de texto|texto|textos',
    todo: 'todo',
  },
  quality: {
    exception: 'de excepcion|de excepciones|de error',
    public: 'publica|publicas|publico|publicos',
    private: 'privada|privadas|privado|privados',
    async: 'asincrona|asincronas|async|asincrono',
    exported: 'exportada|exportadas|exportado',
    boolean: 'booleana|booleanas|booleano|booleanos',
  },
  nestedBlocks: { blocks: 'de bloques|de bloque|bloques' },
  nounWithQuality: { handler: 'rutas|manejadores de rutas|manejadores de ruta|endpoints' },
  name: { name: 'nombre|nombres' },
  nameOf: { nameOf: 'nombres de|nombre de' },
  named: { named: 'llamada|llamadas|llamado|llamados|que se llaman|que se llama|cuyo nombre es|de nombre' },
  boolean: {
    boolean: 'que devuelven booleano|que devuelven booleanos|que devuelve booleano|que retornan booleano',
  },
  start: {
    start:
      'empezar por|empezar con|comenzar por|comenzar con|tener prefijo|llevar prefijo|que empiezan por|que empiezan con|llevar prefijo|llevar como prefijo',
  },
  end: {
    end: 'terminar en|terminar con|acabar en|acabar con|que terminan en|que acaban en|terminar por|tener sufijo|llevar sufijo',
  },
  match: { match: 'cumplir|seguir|encajar con|coincidir con|seguir patron|cumplir patron|ajustarse' },
  case: {
    camelCase: 'camelcase|camel case',
    PascalCase: 'pascalcase|pascal case',
    snake_case: 'snake_case|snake case',
    UPPER_CASE:
      'mayusculas|mayuscula|upper_case|screaming_snake_case|mayusculas separadas por guiones bajos|mayusculas con guiones bajos|mayusculas y guiones bajos',
    'kebab-case': 'kebab-case|kebab case',
  },
  underscore: { underscore: 'guion bajo|guiones bajos|subrayado' },
  beCalled: { beCalled: 'llamarse|ser llamada|nombrarse' },
  construct: {
    nestedTernary:
      'ternarios anidados|operadores ternarios anidados|ternario anidado|expresiones ternarias anidadas',
    ternary: 'ternarios|operadores ternarios|operador ternario|expresiones ternarias|expresion ternaria',
    emptyCatch: 'bloques catch vacios|catch vacios|bloque catch vacio|catch vacio|bloques except vacios',
    globalVariable:
      'variables globales|variable global|estado global|variables globales mutables|estado global mutable',
    magicNumber: 'numeros magicos|numero magico',
    defaultExport:
      'exportacion por defecto|exportaciones por defecto|export default|exports por defecto|export por defecto',
    commentedCode: 'codigo comentado|codigo en comentarios',
    nestedFunction:
      'funciones anidadas|funciones dentro de funciones|funciones dentro de otras funciones|funcion anidada',
    nestedLoop: 'bucles anidados|bucles dentro de bucles|bucle anidado',
    lambda: 'lambdas|lambda|funciones lambda',
    assignmentInCondition:
      'asignaciones en condiciones|asignaciones dentro de condiciones|se asigna en condicion|asignar en condicion|asignaciones en condicion',
    wildcardImport: 'importaciones con asterisco|importaciones con comodin|importacion con asterisco',
    relativeImport: 'importaciones relativas|importacion relativa|imports relativos',
    endlessLoop: 'bucles infinitos|bucle infinito',
    debugger: 'debugger',
    unsafe: 'codigo inseguro',
    mutableDefault:
      'argumentos por defecto mutables|valores por defecto mutables|parametros por defecto mutables|listas como valor por defecto|argumentos mutables por defecto',
  },
  elseAfter: { elseAfter: 'despues de|tras' },
  bare: { bare: 'sin tipo|desnudo|vacio' },
  blocks: {
    blocks:
      'bucle|bucles|bloques|bloque|sentencias|comentarios|comentario|expresiones|tipo|tipos|operador|operadores|bloques|clausula|clausulas|palabra|sentencia',
  },
  unchanged: { unchanged: 'si variable no cambia|si variable no se reasigna|si no se reasigna|si no cambia' },
  typeNoun: { type: 'tipo|tipos' },
  import: { import: 'importar|depender de' },
  importFrom: { importFrom: 'importar de|importar desde|depender de|importar nada de|importar' },
  otherTests: { tests: 'otras pruebas|otros tests' },
  tests: { tests: 'pruebas|tests|archivos de prueba|codigo de prueba|archivos de pruebas' },
  that: { imports: 'que importa|que importan|que importe|que importen' },
  extension: { extension: 'tener extension|llevar extension' },
  top: {
    top: 'estar principio de archivo|estar al principio|estar principio|estar principio del archivo|estar inicio del archivo|estar inicio de archivo|ir principio|ir primero|aparecer antes que otro codigo|ir antes que otro codigo|estar antes que otro codigo|aparecer principio de archivo|aparecer principio|ir antes que resto de codigo|ir principio de archivo',
  },
  sorted: {
    sorted:
      'estar ordenadas alfabeticamente|estar ordenadas|ir en orden alfabetico|estar en orden alfabetico|ordenarse alfabeticamente',
  },
  firstMethod: {
    first:
      'ser primer metodo de clase|ser primer metodo|ir primero|ser primero|ir antes que otros metodos|ir antes que demas metodos|estar primero|aparecer primero',
  },
  before: {
    before:
      'van antes que|van antes de|deben ir antes que|ir antes que|ir antes de|se declaran antes que|declararse antes que|estar antes que|se definen antes que|preceder',
  },
  calledBefore: { before: 'llamarse antes que|llamarse antes de|ir antes que|usarse antes que' },
  call: { call: 'llamar|invocar' },
  beCalledWith: {
    with: 'llamarse con|indicar|pasar|llevar|recibir|especificar|llevar argumento|llevar argumento|recibir argumento|pasar argumento|especificar argumento|indicar argumento|llevar parametro',
  },
  awaited: {
    awaited: 'esperarse con await|llevar await|esperarse|ir precedidas de await|ir precedida de await',
  },
  inside: { inside: 'estar dentro de|estar en|ir dentro de|ir en|estar envueltas en' },
  surrounding: {
    loop: 'bucle|bucles|bucle for',
    try: 'try|bloque try',
    catch: 'catch|bloque catch',
    function: 'funcion|funciones',
    constructor: 'constructor|constructores',
    condition: 'condicion|condiciones',
    class: 'clase|clases',
    async: 'funciones asincronas|funcion asincrona',
    with: 'with|bloque with|sentencia with',
  },
  docstring: {
    docstring:
      'tener docstring|estar documentada|estar documentadas|tener documentacion|llevar docstring|tener jsdoc',
  },
  comment: {
    comment: 'tener comentario|tener comentarios|llevar comentario|estar comentada|estar comentadas',
  },
  returnType: {
    returnType:
      'declarar tipo de retorno|indicar tipo de retorno|tener tipo de retorno|declarar tipo que devuelven',
  },
  typed: {
    type: 'tener tipo|tener tipos|estar tipados|llevar tipo|declarar tipo|tener anotaciones de tipo|llevar anotacion de tipo|tener anotacion de tipo|estar anotados|tener tipo declarado',
  },
  defaultCase: {
    defaultCase:
      'tener caso por defecto|tener default|llevar caso por defecto|tener rama por defecto|incluir caso por defecto|tener caso predeterminado',
  },
  assertion: {
    assertion:
      'tener menos asercion|tener menos una asercion|tener asercion|tener aserciones|contener asercion|tener menos un assert|contener menos asercion',
  },
  startComment: {
    comment: 'empezar con comentario|empezar por comentario|comenzar con comentario|tener cabecera',
  },
  endNewline: {
    newline:
      'terminar en salto de linea|terminar con salto de linea|acabar en salto de linea|acabar con salto de linea',
  },
  containAwait: { await: 'usar|contener|tener|llevar' },
  extend: { extend: 'heredar de|extender|derivar de|ser subclases de' },
  decorator: {
    decorator:
      'llevar decorador|tener decorador|usar decorador|estar decoradas con|estar decorados con|llevar anotacion',
  },
  mention: {
    issueNumber:
      'mencionar numero de incidencia|citar numero de incidencia|mencionar incidencia|llevar numero de incidencia|referirse incidencia|tener numero de incidencia|incluir numero de incidencia|incluir incidencia|citar incidencia|llevar incidencia|indicar incidencia|incluir numero de issue',
  },
  returnValue: { value: 'devolver valor|devolver algo|retornar valor' },
  containText: { contain: 'contener|incluir|mencionar|tener' },
  useConst: { use: 'usar|declarar variable con|escribirse con' },
  quotes: { single: 'comillas simples', double: 'comillas dobles' },
  forStrings: { for: 'para cadenas|en cadenas|para textos' },
  layer: {
    domain: 'dominio|capa de dominio',
    infrastructure: 'infraestructura|capa de infraestructura',
    application: 'aplicacion|capa de aplicacion',
    presentation: 'presentacion|capa de presentacion',
    ui: 'interfaz|interfaz de usuario|ui',
    database: 'base de datos|capa de datos',
    core: 'nucleo',
    api: 'api',
    services: 'servicios|capa de servicios',
    controllers: 'controladores',
    models: 'modelos',
    views: 'vistas',
  },
  language: { python: 'python', typescript: 'typescript', javascript: 'javascript', rust: 'rust' },
  languageFiles: { files: 'archivos|codigo' },
}
