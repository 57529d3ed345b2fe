// Calls that open a door: checks that are switched off, folders that are served whole, code of strangers that gets in.

import { type ApiEntry, type ApiLanguage, type Condition, trap } from './entry.ts'

type Three = readonly [message: string, why: string, remedy: string]

interface Told {
  readonly case: string
  readonly when?: Condition
  readonly as?: ApiEntry['as']
  readonly makers?: readonly string[]
}

interface Weak {
  readonly language: ApiLanguage
  readonly api: string
  readonly told: Told
  readonly invalid: string
  readonly valid: string
}

const weak = (language: ApiLanguage, api: string, told: Told, invalid: string, valid: string): Weak => ({
  language,
  api,
  told,
  invalid,
  valid,
})

const about = (en: Three, es: Three, calls: readonly Weak[]): readonly ApiEntry[] =>
  calls.map(({ language, api, told, invalid, valid }) =>
    trap(language, api, { en, es }, invalid, valid, told),
  )

const UNCHECKED = about(
  [
    'Nobody looks at the certificate of the other side',
    'Without that, the connection is encrypted for whoever answers, the server or somebody in between.',
    'Leave the option out, and give the authority of your own certificates.',
  ],
  [
    'Nadie mira el certificado del otro lado',
    'Sin eso, la conexión se cifra para quien responda, sea el servidor o alguien en medio.',
    'Quita la opción e indica la autoridad de tus propios certificados.',
  ],
  (
    [
      ['pymongo.MongoClient', 'tlsAllowInvalidCertificates', 'True', /^True$/],
      ['pymongo.MongoClient', 'tlsInsecure', 'True', /^True$/],
      ['elasticsearch.Elasticsearch', 'verify_certs', 'False', /^False$/],
      ['opensearchpy.OpenSearch', 'verify_certs', 'False', /^False$/],
      ['redis.Redis', 'ssl_cert_reqs', "'none'", /^(?:None|['"]none['"]|ssl\.CERT_NONE)$/],
      ['redis.StrictRedis', 'ssl_cert_reqs', "'none'", /^(?:None|['"]none['"]|ssl\.CERT_NONE)$/],
      ['psycopg2.connect', 'sslmode', "'disable'", /^['"]disable['"]$/],
      ['psycopg.connect', 'sslmode', "'disable'", /^['"]disable['"]$/],
    ] as const
  ).map(([api, option, value, pattern]) => {
    const [module, name] = api.split('.') as [string, string]
    return weak(
      ...(['python', api, { case: option, when: { option: { [option]: pattern } } }] as const),
      `from ${module} import ${name}\nkept = «${name}»(place, ${option}=${value})`,
      `from ${module} import ${name}\nkept = ${name}(place)`,
    )
  }),
)

const SERVED = about(
  [
    'The folder of the program itself is served to everybody',
    'With the pages go its source, its settings and, where it lies there, `.env` and `.git`.',
    "Serve a folder that holds nothing else: `express.static('public')`.",
  ],
  [
    'Se sirve a todo el mundo la carpeta del propio programa',
    'Con las páginas van su código, su configuración y, si están ahí, `.env` y `.git`.',
    "Sirve una carpeta que no contenga otra cosa: `express.static('public')`.",
  ],
  [
    weak(
      'javascript',
      'express.static',
      { case: 'all', when: { argument: { 0: /^(?:__dirname|['"]\.?\/?['"]|process\.cwd\(\))$/ } } },
      "import express from 'express'\napp.use(«express.static»(__dirname))",
      "import express from 'express'\napp.use(express.static('public'))",
    ),
    ...['fastapi.staticfiles.StaticFiles', 'starlette.staticfiles.StaticFiles'].map(api => {
      const module = api.replace('.StaticFiles', '')
      return weak(
        ...(['python', api, { case: 'all', when: { option: { directory: /^['"]\.?\/?['"]$/ } } }] as const),
        `from ${module} import StaticFiles\nkept = «StaticFiles»(directory='.')`,
        `from ${module} import StaticFiles\nkept = StaticFiles(directory='public')`,
      )
    }),
    weak(
      ...([
        'python',
        'flask.Flask',
        { case: 'all', when: { option: { static_folder: /^['"]\.?\/?['"]$/ } } },
      ] as const),
      "from flask import Flask\nkept = «Flask»(__name__, static_folder='.')",
      "from flask import Flask\nkept = Flask(__name__, static_folder='static')",
    ),
  ],
)

const MASKS = about(
  [
    'New files may be written by everybody',
    'Without a mask, every program of the machine may change what this one writes from now on.',
    'Use `0o077`, or `0o022` where others have to read.',
  ],
  [
    'Cualquiera puede escribir en los ficheros nuevos',
    'Sin máscara, cualquier programa de la máquina puede cambiar lo que este escriba a partir de ahora.',
    'Usa `0o077`, o `0o022` si otros tienen que leer.',
  ],
  [
    weak(
      ...(['python', 'os.umask', { case: 'open', when: { argument: { 0: /^0(?:o0+)?$/ } } }] as const),
      'import os\n«os.umask»(0)',
      'import os\nos.umask(0o077)',
    ),
    weak(
      ...([
        'javascript',
        'process.umask',
        { case: 'open', when: { argument: { 0: /^0(?:o0+)?$/ } } },
      ] as const),
      '«process.umask»(0)',
      'process.umask(0o077)',
    ),
  ],
)

const MESSAGES = about(
  [
    'The message goes to whoever shows the window by then',
    "With `'*'`, another site that was loaded into it meanwhile reads it, too.",
    'Name the origin for which it is meant.',
  ],
  [
    'El mensaje va a quien muestre la ventana en ese momento',
    "Con `'*'` también lo lee otro sitio que se haya cargado mientras tanto.",
    'Nombra el origen al que va dirigido.',
  ],
  ['window.parent.postMessage', 'window.opener.postMessage', 'window.top.postMessage'].map(api =>
    weak(
      ...([
        'typescript',
        api,
        {
          case: 'anybody',
          when: {
            // A page that anybody's site may embed can name no origin, and was given its tokens by that site.
            notIn: /(?:^|\/)embed(?:ded)?[/+-]/i,
            argument: { 0: /token|secret|password|session|auth/i, 1: /^['"]\*['"]$/ },
          },
        },
      ] as const),
      `«${api}»({ token }, '*')`,
      `${api}({ token }, origin)`,
    ),
  ),
)

const SANDBOXES = about(
  [
    'This package does not hold what it promises',
    'There are known ways out of it, and nobody closes them any more: whoever gets code or data in runs programs.',
    'Run code of strangers in a process or a container of its own; read data with `JSON.parse`.',
  ],
  [
    'Este paquete no cumple lo que promete',
    'Se conocen formas de salir de él que ya nadie cierra: quien consigue meter código o datos ejecuta programas.',
    'Ejecuta código ajeno en un proceso o un contenedor aparte; lee datos con `JSON.parse`.',
  ],
  ['vm2', 'node-serialize', 'safe-eval', 'static-eval', 'notevil'].map(module =>
    weak(
      ...(['javascript', module, { case: 'broken', as: 'module' }] as const),
      `import made from «'${module}'»`,
      "import made from 'node:worker_threads'",
    ),
  ),
)

export const WEAK: readonly ApiEntry[] = [...UNCHECKED, ...SERVED, ...MASKS, ...MESSAGES, ...SANDBOXES]
