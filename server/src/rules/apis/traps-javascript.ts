// Calls of JavaScript that run, or fail only when they are reached, and do something else than what was meant.

import { type ApiEntry, type Condition, trap } from './entry.ts'

type Three = readonly [message: string, why: string, remedy: string]

interface Told {
  readonly case: string
  readonly when?: Condition
  readonly as?: ApiEntry['as']
  readonly makers?: readonly string[]
}

const js = (api: string, told: Told, en: Three, es: Three, invalid: string, valid: string) =>
  trap('javascript', api, { en, es }, invalid, valid, told)

const PROMISES = ['all', 'race', 'any', 'allSettled'].map(name =>
  js(
    ...([`Promise.${name}`, { case: 'several', when: { least: 2 } }] as const),
    [
      `\`Promise.${name}\` looks at its first argument only`,
      'It takes one list; what stands behind it is waited for by nobody.',
      `Put them into a list: \`Promise.${name}([a, b])\`.`,
    ],
    [
      `\`Promise.${name}\` solo mira su primer argumento`,
      'Toma una lista; a lo que va detrás no lo espera nadie.',
      `Mételos en una lista: \`Promise.${name}([a, b])\`.`,
    ],
    `const kept = await «Promise.${name}»(first, second)`,
    `const kept = await Promise.${name}([first, second])`,
  ),
)

const WRAPPERS = ['Boolean', 'String', 'Number'].map(api =>
  js(
    ...([api, { case: 'object', as: 'new' }] as const),
    [
      `\`new ${api}\` makes an object, not a value`,
      'An object is true whatever is in it, and equal to no other one: `new Boolean(false)` counts as true.',
      `Leave \`new\` out: \`${api}(value)\`.`,
    ],
    [
      `\`new ${api}\` crea un objeto, no un valor`,
      'Un objeto es verdadero tenga lo que tenga, y no es igual a ningún otro: `new Boolean(false)` cuenta como verdadero.',
      `Quita \`new\`: \`${api}(value)\`.`,
    ],
    `const kept = new «${api}»(value)`,
    `const kept = ${api}(value)`,
  ),
)

const NO_CONSTRUCTORS = ['Symbol', 'BigInt'].map(api =>
  js(
    ...([api, { case: 'new', as: 'new' }] as const),
    [
      `\`${api}\` cannot be made with \`new\``,
      'This throws a `TypeError`.',
      `Leave \`new\` out: \`${api}(value)\`.`,
    ],
    [
      `\`${api}\` no se puede crear con \`new\``,
      'Esto lanza un `TypeError`.',
      `Quita \`new\`: \`${api}(value)\`.`,
    ],
    `const kept = new «${api}»(value)`,
    `const kept = ${api}(value)`,
  ),
)

const MONTHS = ['Date', 'Date.UTC'].map(api =>
  js(
    ...([api, { case: 'month', when: { least: 2, argument: { 1: /^(?:1[2-9]|[2-9]\d)$/ } } }] as const),
    [
      'Months count from 0: there is no month 12',
      'December is 11; 12 is January of the next year.',
      'Write one less.',
    ],
    [
      'Los meses cuentan desde 0: no hay mes 12',
      'Diciembre es 11; 12 es enero del año siguiente.',
      'Escribe uno menos.',
    ],
    api === 'Date' ? 'const kept = new «Date»(2026, 12, 1)' : 'const kept = «Date.UTC»(2026, 12, 1)',
    api === 'Date' ? 'const kept = new Date(2026, 11, 1)' : 'const kept = Date.UTC(2026, 11, 1)',
  ),
)

const PROTOCOLS = ['http.get', 'http.request', 'https.get', 'https.request'].map(api => {
  const [module] = api.split('.') as [string]
  const other = module === 'http' ? 'https' : 'http'
  return js(
    ...([api, { case: 'protocol', when: { argument: { 0: new RegExp(`^['"\`]${other}:`) } } }] as const),
    [
      `\`${api}\` is asked for an address of \`${other}:\``,
      'The module speaks one protocol: this throws `ERR_INVALID_PROTOCOL`.',
      `Use the module \`${other}\`.`,
    ],
    [
      `A \`${api}\` se le pide una dirección de \`${other}:\``,
      'El módulo habla un solo protocolo: esto lanza `ERR_INVALID_PROTOCOL`.',
      `Usa el módulo \`${other}\`.`,
    ],
    `import ${module} from 'node:${module}'\n«${api}»('${other}://example.com', done)`,
    `import ${other} from 'node:${other}'\n${other}.${api.split('.')[1]}('${other}://example.com', done)`,
  )
})

const COMMANDS = ['spawn', 'spawnSync', 'execFile', 'execFileSync'].map(name =>
  js(
    ...([
      `child_process.${name}`,
      { case: 'line', when: { argument: { 0: /^(['"])[\w-]+ [^'"\\/]+\1$/ }, without: ['shell'] } },
    ] as const),
    [
      `\`${name}\` gets a whole command line as the name of a program`,
      'Without a shell, the text is the name of a file to run, spaces and all: this fails with `ENOENT`.',
      `Give the arguments in a list: \`${name}('git', ['status'])\`.`,
    ],
    [
      `\`${name}\` recibe una línea de órdenes entera como nombre de programa`,
      'Sin intérprete de órdenes, el texto es el nombre del fichero que se ejecuta, con espacios y todo: falla con `ENOENT`.',
      `Pasa los argumentos en una lista: \`${name}('git', ['status'])\`.`,
    ],
    `import { ${name} } from 'node:child_process'\nconst kept = «${name}»('git status')`,
    `import { ${name} } from 'node:child_process'\nconst kept = ${name}('git', ['status'])`,
  ),
)

/** Formats that say less than was meant, or are those of another library. */
const FORMATS = [
  ...['moment.Moment.format', 'dayjs.Dayjs.format'].flatMap(api => {
    const module = api.split('.')[0]!
    const makers = [module, `${module}.utc`, `${module}.unix`]
    const made = (it: string) => `import ${module} from '${module}'\nconst kept = ${it}`
    return [
      js(
        ...([
          api,
          {
            case: 'twelve',
            as: 'method',
            makers,
            when: { argument: { 0: /^['"][^'"aA]*\bhh?:mm[^'"aA]*['"]$/ } },
          },
        ] as const),
        [
          'Hours of a half day are shown without saying which half',
          '`hh` counts from 1 to 12: without `A`, three in the afternoon looks like three in the morning.',
          'Write `HH:mm`, or `hh:mm A`.',
        ],
        [
          'Se muestran horas de medio día sin decir de qué mitad',
          '`hh` cuenta de 1 a 12: sin `A`, las tres de la tarde parecen las tres de la mañana.',
          'Escribe `HH:mm` o `hh:mm A`.',
        ],
        made(`«${module}().format»('YYYY-MM-DD hh:mm')`),
        made(`${module}().format('YYYY-MM-DD HH:mm')`),
      ),
    ]
  }),
  ...['format', 'parse'].map(name =>
    js(
      ...([`date-fns.${name}`, { case: 'tokens', when: { argument: { 1: /YYYY|\bDD\b/ } } }] as const),
      [
        'The format is that of another library',
        'Here `yyyy` is the year and `dd` the day of the month: `YYYY` and `DD` throw a `RangeError`.',
        'Write `yyyy-MM-dd`.',
      ],
      [
        'El formato es el de otra biblioteca',
        'Aquí `yyyy` es el año y `dd` el día del mes: `YYYY` y `DD` lanzan un `RangeError`.',
        'Escribe `yyyy-MM-dd`.',
      ],
      `import { ${name} } from 'date-fns'\nconst kept = «${name}»(day, 'YYYY-MM-DD')`,
      `import { ${name} } from 'date-fns'\nconst kept = ${name}(day, 'yyyy-MM-dd')`,
    ),
  ),
]

const SINGLE: readonly ApiEntry[] = [
  js(
    ...(['Date', { case: 'call', when: { isPlain: true, least: 1 } }] as const),
    [
      '`Date` without `new` ignores what it gets',
      'It gives the time of now as a text.',
      'Write `new Date(value)`.',
    ],
    [
      '`Date` sin `new` no tiene en cuenta lo que recibe',
      'Da la hora de ahora como texto.',
      'Escribe `new Date(value)`.',
    ],
    'const kept = «Date»(value)',
    'const kept = new Date(value)',
  ),
  js(
    ...(['fetch', { case: 'object', when: { option: { body: /^\{/ } } }] as const),
    [
      'An object is given to `fetch` as the body',
      'It is made a text, which says that it is an object and nothing of what is in it.',
      'Write `JSON.stringify(…)`, and say so in `Content-Type`.',
    ],
    [
      'A `fetch` se le da un objeto como cuerpo',
      'Se convierte en texto, que dice que es un objeto y nada de lo que contiene.',
      'Escribe `JSON.stringify(…)` y dilo en `Content-Type`.',
    ],
    "const kept = await «fetch»(url, { method: 'POST', body: { name } })",
    "const kept = await fetch(url, { method: 'POST', body: JSON.stringify({ name }) })",
  ),
  js(
    ...([
      'fetch',
      {
        case: 'body',
        when: { option: { method: /^['"](?:GET|HEAD|get|head)['"]$/, body: /^(?!undefined|null)/ } },
      },
    ] as const),
    [
      'A question with `GET` has no body',
      '`fetch` throws a `TypeError`.',
      'Put it into the address, or use `POST`.',
    ],
    [
      'Una petición con `GET` no lleva cuerpo',
      '`fetch` lanza un `TypeError`.',
      'Ponlo en la dirección o usa `POST`.',
    ],
    "const kept = await «fetch»(url, { method: 'GET', body: text })",
    "const kept = await fetch(url, { method: 'POST', body: text })",
  ),
  ...['post', 'put', 'patch'].map(name =>
    js(
      ...([
        `axios.${name}`,
        { case: 'headers', when: { least: 2, most: 2, argument: { 1: /^\{\s*headers\s*[:,}]/ } } },
      ] as const),
      [
        `Headers are given to \`axios.${name}\` as data`,
        'The second argument is what is sent; options are the third. The headers arrive in the body.',
        `Write \`axios.${name}(url, data, { headers })\`.`,
      ],
      [
        `Se pasan cabeceras a \`axios.${name}\` como datos`,
        'El segundo argumento es lo que se envía; las opciones son el tercero. Las cabeceras llegan en el cuerpo.',
        `Escribe \`axios.${name}(url, data, { headers })\`.`,
      ],
      `import axios from 'axios'\nconst kept = await «axios.${name}»(url, { headers: { a } })`,
      `import axios from 'axios'\nconst kept = await axios.${name}(url, null, { headers: { a } })`,
    ),
  ),
  js(
    ...(['axios.get', { case: 'three', when: { least: 3 } }] as const),
    [
      '`axios.get` ignores its third argument',
      'It takes the address and options: what stands second is taken for them.',
      'Write `axios.get(url, { params, headers })`.',
    ],
    [
      '`axios.get` no tiene en cuenta su tercer argumento',
      'Toma la dirección y las opciones: lo segundo se toma por ellas.',
      'Escribe `axios.get(url, { params, headers })`.',
    ],
    `import axios from 'axios'\nconst kept = await «axios.get»(url, data, { headers })`,
    `import axios from 'axios'\nconst kept = await axios.get(url, { headers })`,
  ),
  js(
    ...([
      'URL',
      { case: 'relative', as: 'new', when: { most: 1, argument: { 0: /^['"]\.{0,2}\/(?!\/)/ } } },
    ] as const),
    [
      'An address without a host needs a base',
      '`new URL` throws a `TypeError` when it does not know of which host the path is.',
      'Give the base: `new URL(path, location.href)`.',
    ],
    [
      'Una dirección sin servidor necesita una base',
      '`new URL` lanza un `TypeError` si no sabe de qué servidor es la ruta.',
      'Da la base: `new URL(path, location.href)`.',
    ],
    "const kept = new «URL»('/users')",
    "const kept = new URL('/users', base)",
  ),
  js(
    ...(['Buffer.from', { case: 'number', when: { argument: { 0: /^\d+$/ } } }] as const),
    [
      '`Buffer.from` gets a number',
      'It takes a text, bytes or a list: a number throws a `TypeError`.',
      'Use `Buffer.alloc(size)`, or `Buffer.from([byte])`.',
    ],
    [
      '`Buffer.from` recibe un número',
      'Toma un texto, bytes o una lista: un número lanza un `TypeError`.',
      'Usa `Buffer.alloc(size)` o `Buffer.from([byte])`.',
    ],
    'const kept = «Buffer.from»(16)',
    'const kept = Buffer.alloc(16)',
  ),
  js(
    ...([
      'crypto.randomBytes.toString',
      { case: 'text', as: 'method', makers: ['crypto.randomBytes'], when: { most: 0 } },
    ] as const),
    [
      'Random bytes are read as UTF-8',
      'Most of them are no valid text, and each such one becomes the same sign: little of the randomness is left.',
      "Name an encoding: `toString('hex')`.",
    ],
    [
      'Los bytes aleatorios se leen como UTF-8',
      'La mayoría no son texto válido, y todos ellos se convierten en el mismo signo: queda poco del azar.',
      "Nombra una codificación: `toString('hex')`.",
    ],
    `import crypto from 'node:crypto'\nconst kept = «crypto.randomBytes(16).toString»()`,
    `import crypto from 'node:crypto'\nconst kept = crypto.randomBytes(16).toString('hex')`,
  ),
  js(
    ...(['crypto.createHmac', { case: 'key', when: { least: 1, most: 1 } }] as const),
    [
      '`crypto.createHmac` gets no key',
      'Without one, it throws a `TypeError`.',
      'Give the key as the second argument.',
    ],
    [
      '`crypto.createHmac` no recibe ninguna clave',
      'Sin ella lanza un `TypeError`.',
      'Pasa la clave como segundo argumento.',
    ],
    `import crypto from 'node:crypto'\nconst kept = «crypto.createHmac»('sha256')`,
    `import crypto from 'node:crypto'\nconst kept = crypto.createHmac('sha256', key)`,
  ),
  js(
    ...(['JSON.stringify', { case: 'map', when: { argument: { 0: /^new (?:Map|Set)\b/ } } }] as const),
    [
      'A `Map` or a `Set` becomes `{}` in JSON',
      'What is in them are no properties, so nothing of it is written.',
      'Write `[...entries]`, or `Object.fromEntries(map)`.',
    ],
    [
      'Un `Map` o un `Set` se convierte en `{}` en JSON',
      'Lo que contienen no son propiedades, así que no se escribe nada.',
      'Escribe `[...entries]` u `Object.fromEntries(map)`.',
    ],
    'const kept = «JSON.stringify»(new Set(names))',
    'const kept = JSON.stringify([...new Set(names)])',
  ),
  js(
    ...([
      'moment.Moment.add',
      {
        case: 'order',
        as: 'method',
        makers: ['moment', 'moment.utc'],
        when: { argument: { 0: /^['"][a-z]+['"]$/i, 1: /./ } },
      },
    ] as const),
    ['The unit comes before the amount', 'That order was given up in moment 2.8.', "Write `add(1, 'days')`."],
    [
      'La unidad va antes que la cantidad',
      'Ese orden se abandonó en moment 2.8.',
      "Escribe `add(1, 'days')`.",
    ],
    `import moment from 'moment'\nconst kept = «moment().add»('days', 1)`,
    `import moment from 'moment'\nconst kept = moment().add(1, 'days')`,
  ),
  trap(
    ...(['typescript', 'Object.keys'] as const),
    {
      en: [
        '`Object.keys` of a `Map` or a `Set` is empty',
        'What is in them are no properties.',
        'Use `[...map.keys()]`.',
      ],
      es: [
        '`Object.keys` de un `Map` o un `Set` está vacío',
        'Lo que contienen no son propiedades.',
        'Usa `[...map.keys()]`.',
      ],
    },
    'const kept: string[] = «Object.keys»(new Map(entries))',
    'const kept: string[] = [...new Map(entries).keys()]',
    { case: 'map', when: { argument: { 0: /^new (?:Map|Set)\b/ } } },
  ),
]

export const TRAPS_JAVASCRIPT: readonly ApiEntry[] = [
  ...PROMISES,
  ...WRAPPERS,
  ...NO_CONSTRUCTORS,
  ...MONTHS,
  ...PROTOCOLS,
  ...COMMANDS,
  ...FORMATS,
  ...SINGLE,
]
