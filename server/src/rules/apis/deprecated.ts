// What its authors advise against, and still works.

import { type ApiEntry, deprecated, imported, modules, renamed, trap } from './entry.ts'
import { REMOVED_FROM_LIBRARIES } from './removed.ts'

const PYTHON: readonly ApiEntry[] = [
  ...(['utcnow', 'utcfromtimestamp'] as const).map(name =>
    deprecated(
      'python',
      'Python 3.12',
      `datetime.datetime.${name}`,
      name === 'utcnow' ? 'datetime.now(timezone.utc)' : 'datetime.fromtimestamp(seconds, timezone.utc)',
      `from datetime import datetime\nkept = «datetime.${name}»(${name === 'utcnow' ? '' : 'seconds'})`,
      `from datetime import datetime, timezone\nkept = datetime.now(timezone.utc)`,
      {
        why: {
          en: 'What it gives has no time zone: everybody who compares or formats it takes it for local time.',
          es: 'Lo que da no lleva zona horaria: quien lo compara o le da formato lo toma por hora local.',
        },
      },
    ),
  ),
  ...renamed(
    'python',
    'Python 3.3',
    'logging',
    { imported: 'import logging', as: 'logging' },
    { warn: 'warning' },
    deprecated,
  ),
  deprecated(
    ...(['python', 'Python 3.3', 'logging.Logger.warn', 'logger.warning'] as const),
    `import logging\nlogger = logging.getLogger(__name__)\n«logger.warn»('late')`,
    `import logging\nlogger = logging.getLogger(__name__)\nlogger.warning('late')`,
    {
      ...{ as: 'method', makers: ['logging.getLogger'], put: '$object.warning' },
      fixed: `import logging\nlogger = logging.getLogger(__name__)\nlogger.warning('late')`,
    },
  ),
  ...renamed(
    ...(['python', 'Python 3.10', 'threading', { imported: 'import threading', as: 'threading' }] as const),
    { currentThread: 'current_thread', activeCount: 'active_count' },
    deprecated,
  ),
  ...(
    [
      ['Condition', 'notifyAll', 'notify_all'],
      ['Event', 'isSet', 'is_set'],
    ] as const
  ).map(([type, old, name]) =>
    deprecated(
      ...(['python', 'Python 3.10', `threading.${type}.${old}`, name] as const),
      `import threading\nsign = threading.${type}()\n«sign.${old}»()`,
      `import threading\nsign = threading.${type}()\nsign.${name}()`,
      {
        ...{ as: 'method', makers: [`threading.${type}`], put: `$object.${name}` },
        fixed: `import threading\nsign = threading.${type}()\nsign.${name}()`,
      },
    ),
  ),
  ...(
    [
      ['setDaemon', 'daemon = True', 'worker.daemon = True'],
      ['isDaemon', 'daemon', 'kept = worker.daemon'],
      ['getName', 'name', 'kept = worker.name'],
      ['setName', "name = 'a'", "worker.name = 'a'"],
    ] as const
  ).map(([old, instead, valid]) =>
    deprecated(
      ...(['python', 'Python 3.10', `threading.Thread.${old}`, instead] as const),
      `import threading\nworker = threading.Thread(target=work)\n«worker.${old}»(value)`,
      `import threading\nworker = threading.Thread(target=work)\n${valid}`,
      { as: 'method', makers: ['threading.Thread', 'threading.Timer'] },
    ),
  ),
  ...imported(deprecated, 'python', [
    ['Python 3.3', 'abc.abstractproperty', 'abc.abstractmethod'],
    ['Python 3.3', 'abc.abstractclassmethod', 'abc.abstractmethod'],
    ['Python 3.3', 'abc.abstractstaticmethod', 'abc.abstractmethod'],
    ['Python 3.14', 'asyncio.iscoroutinefunction', 'inspect.iscoroutinefunction'],
    ['Python 3.14', 'codecs.open', 'io.open'],
    ['Python 3.13', 'glob.glob0', 'glob.glob'],
    ['Python 3.13', 'glob.glob1', 'glob.glob'],
    ['Python 3.12', 'collections.abc.ByteString', 'collections.abc.Buffer'],
    ['Python 3.9', 'typing.ByteString', 'collections.abc.Buffer'],
    ['Python 3.13', 'http.server.CGIHTTPRequestHandler', 'http.server.BaseHTTPRequestHandler'],
    ['Python 3.11', 'locale.getdefaultlocale', 'locale.getlocale'],
    ['NumPy 2.0', 'numpy.trapz', 'numpy.trapezoid'],
    ['NumPy 2.0', 'numpy.in1d', 'numpy.isin'],
    ['NumPy 2.0', 'numpy.row_stack', 'numpy.vstack'],
    ['SQLAlchemy 2.0', 'sqlalchemy.ext.declarative.declarative_base', 'sqlalchemy.orm.declarative_base'],
    ['pydantic 2.0', 'pydantic.validator', 'pydantic.field_validator'],
    ['pydantic 2.0', 'pydantic.root_validator', 'pydantic.model_validator'],
    ['pydantic 2.0', 'pydantic.parse_obj_as', 'pydantic.TypeAdapter'],
    ['pydantic 2.0', 'pydantic.schema_of', 'pydantic.TypeAdapter'],
    ['pydantic 2.0', 'pydantic.validate_arguments', 'pydantic.validate_call'],
    ['pydantic 2.0', 'pydantic.Extra', 'pydantic.ConfigDict'],
    ['PyTorch 2.4', 'torch.cuda.amp.autocast', 'torch.amp.autocast'],
    ['PyTorch 2.4', 'torch.cuda.amp.GradScaler', 'torch.amp.GradScaler'],
    ['PyTorch 0.4', 'torch.autograd.Variable', 'torch.tensor'],
    ['jsonschema 4.18', 'jsonschema.RefResolver', 'referencing.Registry'],
  ]),
  ...renamed(
    ...([
      'python',
      'PyTorch 0.4',
      'torch.nn.init',
      { imported: 'from torch.nn import init', as: 'init' },
    ] as const),
    Object.fromEntries(
      [
        'uniform',
        'normal',
        'constant',
        'xavier_uniform',
        'xavier_normal',
        'kaiming_uniform',
        'kaiming_normal',
        'orthogonal',
      ].map(it => [it, `${it}_`]),
    ),
    deprecated,
  ),
  ...(
    [
      ['Python 3.12', 'shutil.rmtree', 'onerror', 'onexc='],
      ['pydantic 2.0', 'pydantic.Field', 'min_items', 'min_length='],
      ['pydantic 2.0', 'pydantic.Field', 'max_items', 'max_length='],
      ['pydantic 2.0', 'pydantic.Field', 'allow_mutation', 'frozen='],
      ['FastAPI 0.100', 'fastapi.Query', 'regex', 'pattern='],
      ['FastAPI 0.100', 'fastapi.Path', 'regex', 'pattern='],
    ] as const
  ).map(([version, api, option, instead]) => {
    const [module, name] = api.split('.') as [string, string]
    return deprecated(
      ...(['python', version, api, instead] as const),
      `from ${module} import ${name}\nkept = «${name}»(given, ${option}=value)`,
      `from ${module} import ${name}\nkept = ${name}(given, ${instead}value)`,
      { as: 'call', case: option, when: { option: { [option]: /./ } } },
    )
  }),
  deprecated(
    ...([
      'python',
      'pydantic 2.0',
      'pydantic.BaseModel.Config',
      'model_config = ConfigDict(frozen=True)',
    ] as const),
    `from pydantic import BaseModel\nclass Order(BaseModel):\n    class «Config»:\n        frozen = True`,
    `from pydantic import BaseModel, ConfigDict\nclass Order(BaseModel):\n    model_config = ConfigDict(frozen=True)`,
    { as: 'member', makers: ['pydantic.BaseModel'] },
  ),
  ...modules((module, instead) => unkept('python', module, instead), {
    boto: 'boto3',
    nose: 'pytest',
  }),
  deprecated(
    ...(['python', 'setuptools 67.5', 'pkg_resources', 'importlib.metadata'] as const),
    `import «pkg_resources»`,
    `import importlib.metadata`,
    { as: 'module' },
  ),
]

const JAVASCRIPT: readonly ApiEntry[] = [
  deprecated(
    ...(['javascript', 'Node.js 6', 'Buffer', 'Buffer.from(text)'] as const),
    'const kept = new «Buffer»(text)',
    'const kept = Buffer.from(text)',
    {
      as: 'call',
      why: {
        en: 'Given a number instead of a text, it makes that many bytes, in old versions with what was in memory before.',
        es: 'Si en vez de un texto recibe un número, crea esa cantidad de bytes; en versiones antiguas, con lo que había antes en la memoria.',
      },
    },
  ),
  ...imported(deprecated, 'javascript', [
    ['Node.js 1.0', 'fs.exists', 'fs.access'],
    ['Node.js 19', 'url.parse', 'new URL(address)'],
    ['Node.js 6', 'util._extend', 'Object.assign(target, source)'],
    ['Node.js 11', 'crypto.pseudoRandomBytes', 'crypto.randomBytes'],
    ['Node.js 6', 'buffer.SlowBuffer', 'Buffer.allocUnsafeSlow(size)'],
    ['Redux 4.2', 'redux.createStore', '@reduxjs/toolkit.configureStore'],
    ['React 19', 'react-dom.useFormState', 'react.useActionState'],
    ['axios 0.22', 'axios.CancelToken', 'new AbortController()'],
    ['axios 0.22', 'axios.spread', '([a, b]) => use(a, b)'],
    ['axios 0.22', 'axios.all', 'Promise.all(requests)'],
    ['moment 2.8', 'moment.lang', 'moment.locale'],
  ]),
  ...renamed(
    ...([
      'javascript',
      'Node.js 16',
      'cluster',
      { imported: "import cluster from 'node:cluster'", as: 'cluster' },
    ] as const),
    { isMaster: 'isPrimary', setupMaster: 'setupPrimary' },
    deprecated,
  ),
  ...(['rmdir', 'rmdirSync'] as const).map(name =>
    deprecated(
      ...([
        'javascript',
        'Node.js 16',
        `fs.${name}`,
        `fs.${name.replace('dir', '')}(path, { recursive: true })`,
      ] as const),
      `import fs from 'node:fs'\n«fs.${name}»(path, { recursive: true })`,
      `import fs from 'node:fs'\nfs.${name.replace('dir', '')}(path, { recursive: true })`,
      { as: 'call', case: 'recursive', when: { option: { recursive: /^true$/ } } },
    ),
  ),
  ...(
    [
      ['ES 3', 'escape', 'encodeURIComponent(text)'],
      ['ES 3', 'unescape', 'decodeURIComponent(text)'],
      ['Node.js 10', 'process.binding', 'import fs from "node:fs"'],
      ['', 'document.createEvent', "new Event('change')"],
      ['', 'navigator.getUserMedia', 'navigator.mediaDevices.getUserMedia(wanted)'],
      ['', 'navigator.webkitGetUserMedia', 'navigator.mediaDevices.getUserMedia(wanted)'],
      ['', 'performance.timing', "performance.getEntriesByType('navigation')"],
      ['', 'performance.navigation', "performance.getEntriesByType('navigation')"],
      ['', 'window.orientation', 'screen.orientation'],
    ] as const
  ).map(([version, api, instead]) =>
    deprecated(
      ...(['javascript', version, api, instead] as const),
      `keep(«${api}»${api.includes('.') ? '' : '(text)'})`,
      `keep(${instead.startsWith('import') ? 'value' : instead})`,
      api.includes('.') ? {} : { as: 'call' },
    ),
  ),
  ...['$', 'jQuery'].flatMap(head =>
    (
      [
        ['3.0', 'parseJSON', 'JSON.parse'],
        ['3.2', 'isArray', 'Array.isArray'],
        ['3.3', 'now', 'Date.now'],
        ['3.3', 'isFunction', "typeof value === 'function'"],
        ['3.3', 'isNumeric', 'Number.isFinite(value)'],
        ['3.3', 'proxy', 'method.bind(object)'],
        ['3.3', 'type', 'typeof value'],
        ['3.5', 'trim', 'text.trim()'],
      ] as const
    ).map(([version, name, instead]) =>
      deprecated(
        ...(['javascript', `jQuery ${version}`, `${head}.${name}`, instead] as const),
        `const kept = «${head}.${name}»(value)`,
        `const kept = ${/^[A-Z]\w+\.\w+$/.test(instead) ? `${instead}(value)` : instead}`,
        {
          why:
            name === 'proxy'
              ? { en: 'The language has it by itself.', es: 'El lenguaje ya lo trae.' }
              : {
                  en: 'The language has it by itself, and jQuery 4 comes without it.',
                  es: 'El lenguaje ya lo trae, y jQuery 4 viene sin ello.',
                },
        },
      ),
    ),
  ),
  ...(
    [
      ['getYear', 'getFullYear', 'It gives the years since 1900.', 'Da los años desde 1900.'],
      [
        'setYear',
        'setFullYear',
        'It takes 0 to 99 for years of the twentieth century.',
        'Toma de 0 a 99 por años del siglo XX.',
      ],
      [
        'toGMTString',
        'toUTCString',
        'It is an old name of `toUTCString`.',
        'Es un nombre antiguo de `toUTCString`.',
      ],
    ] as const
  ).map(([old, name, en, es]) =>
    deprecated(
      ...(['javascript', 'ES 3', `Date.${old}`, name] as const),
      `const day = new Date()\nkeep(«day.${old}»(99))`,
      `const day = new Date()\nkeep(day.${name}(99))`,
      {
        ...{ as: 'method', makers: ['Date'], why: { en, es } },
        ...(old === 'toGMTString' && {
          put: `$object.${name}`,
          fixed: `const day = new Date()\nkeep(day.${name}(99))`,
        }),
      },
    ),
  ),
  ...(
    [
      ['componentWillMount', 'componentDidMount'],
      ['componentWillReceiveProps', 'static getDerivedStateFromProps'],
      ['componentWillUpdate', 'getSnapshotBeforeUpdate'],
    ] as const
  ).map(([old, instead]) =>
    deprecated(
      ...(['typescript', 'React 16.9', `react.Component.${old}`, instead] as const),
      `import React from 'react'\nclass Cart extends React.Component { «${old}»() {} }`,
      `import React from 'react'\nclass Cart extends React.Component { ${instead.replace('static ', '')}() { return null } }`,
      {
        ...{ as: 'member', makers: ['react.Component', 'react.PureComponent'] },
        why: {
          en: 'React may call it several times before anything is shown, or never show what it prepared.',
          es: 'React puede llamarlo varias veces antes de mostrar nada, o no mostrar nunca lo que preparó.',
        },
      },
    ),
  ),
  ...modules(
    (module, instead) =>
      deprecated(
        'javascript',
        '',
        module,
        instead,
        `import made from «'${module}'»`,
        `import made from '${instead}'`,
        {
          as: 'module',
        },
      ),
    { domain: 'node:async_hooks', punycode: 'punycode.js', sys: 'node:util' },
  ),
  ...modules((module, instead) => unkept('javascript', module, instead), {
    ...{
      request: 'undici',
      'request-promise': 'undici',
      'request-promise-native': 'undici',
      'node-sass': 'sass',
    },
    ...{
      tslint: 'eslint',
      'babel-eslint': '@babel/eslint-parser',
      'babel-polyfill': 'core-js',
      '@babel/polyfill': 'core-js',
    },
    ...{
      'node-uuid': 'uuid',
      jade: 'pug',
      'gulp-util': 'fancy-log',
      'popper.js': '@popperjs/core',
      istanbul: 'nyc',
    },
    ...{ 'har-validator': 'ajv', 'apollo-client': '@apollo/client', 'react-apollo': '@apollo/client' },
    ...{ 'apollo-server-express': '@apollo/server', 'subscriptions-transport-ws': 'graphql-ws' },
    ...{
      emotion: '@emotion/css',
      '@material-ui/core': '@mui/material',
      'eslint-loader': 'eslint-webpack-plugin',
    },
    ...{
      'uglifyjs-webpack-plugin': 'terser-webpack-plugin',
      'extract-text-webpack-plugin': 'mini-css-extract-plugin',
    },
    ...{ 'optimize-css-assets-webpack-plugin': 'css-minimizer-webpack-plugin' },
    ...{
      'rollup-plugin-node-resolve': '@rollup/plugin-node-resolve',
      'rollup-plugin-commonjs': '@rollup/plugin-commonjs',
    },
    ...{ 'rollup-plugin-json': '@rollup/plugin-json', 'rollup-plugin-babel': '@rollup/plugin-babel' },
    ...{
      'rollup-plugin-replace': '@rollup/plugin-replace',
      'rollup-plugin-typescript': '@rollup/plugin-typescript',
    },
    ...{
      'react-beautiful-dnd': '@hello-pangea/dnd',
      'aws-sdk': '@aws-sdk/client-s3',
      'core-decorators': 'lodash',
    },
    ...{
      'i18next-xhr-backend': 'i18next-http-backend',
      'vue-property-decorator': 'vue',
      'native-url': 'url',
    },
  }),
]

const RUST: readonly ApiEntry[] = (
  [
    ['Rust 1.39', 'std.mem.uninitialized', 'std::mem::MaybeUninit::uninit'],
    ['Rust 1.6', 'std.thread.sleep_ms', 'std::thread::sleep'],
    ['Rust 1.6', 'std.thread.park_timeout_ms', 'std::thread::park_timeout'],
    ['Rust 1.51', 'std.sync.atomic.spin_loop_hint', 'std::hint::spin_loop'],
    ['Rust 1.1', 'std.fs.soft_link', 'std::os::unix::fs::symlink'],
    ['Rust 1.13', 'std.hash.SipHasher.new', 'std::hash::DefaultHasher::new'],
    ['chrono 0.4.23', 'chrono.NaiveDate.from_ymd', 'chrono::NaiveDate::from_ymd_opt'],
    ['chrono 0.4.23', 'chrono.NaiveDate.from_yo', 'chrono::NaiveDate::from_yo_opt'],
    ['chrono 0.4.23', 'chrono.NaiveDate.from_isoywd', 'chrono::NaiveDate::from_isoywd_opt'],
    ['chrono 0.4.23', 'chrono.NaiveTime.from_hms', 'chrono::NaiveTime::from_hms_opt'],
    ['chrono 0.4.23', 'chrono.NaiveTime.from_hms_milli', 'chrono::NaiveTime::from_hms_milli_opt'],
    ['chrono 0.4.23', 'chrono.NaiveDateTime.from_timestamp', 'chrono::DateTime::from_timestamp'],
    ['chrono 0.4.35', 'chrono.NaiveDateTime.from_timestamp_opt', 'chrono::DateTime::from_timestamp'],
    [
      'chrono 0.4.35',
      'chrono.NaiveDateTime.from_timestamp_millis',
      'chrono::DateTime::from_timestamp_millis',
    ],
    ['chrono 0.4.23', 'chrono.Utc.today', 'chrono::Utc::now'],
    ['chrono 0.4.23', 'chrono.Local.today', 'chrono::Local::now'],
  ] as const
).map(([version, api, instead]) =>
  deprecated(
    ...(['rust', version, api, instead] as const),
    `fn f() { let kept = «${api.replaceAll('.', '::')}»(given); }`,
    `fn f() { let kept = ${instead}(given); }`,
    { as: 'call' },
  ),
)

const CRATES: readonly ApiEntry[] = (
  [
    ['failure.err_msg', 'anyhow::anyhow'],
    ['atty.is', 'std::io::IsTerminal::is_terminal'],
    ['tempdir.TempDir.new', 'tempfile::tempdir'],
    ['serde_yaml.from_str', 'serde_norway::from_str'],
    ['serde_yaml.to_string', 'serde_norway::to_string'],
  ] as const
).map(([api, instead]) =>
  unkept('rust', api, instead, {
    invalid: `fn f() { let kept = «${api.replaceAll('.', '::')}»(given); }`,
    valid: `fn f() { let kept = ${instead}(given); }`,
  }),
)

/** With what libraries took away: a project may stay with the version before for years, and knows. */
export const DEPRECATED: readonly ApiEntry[] = [
  ...PYTHON,
  ...JAVASCRIPT,
  ...RUST,
  ...CRATES,
  ...REMOVED_FROM_LIBRARIES,
]

interface Examples {
  readonly invalid: string
  readonly valid: string
}

/** Nobody looks after it any more, and those who did say so. */
function unkept(
  language: 'python' | 'javascript' | 'rust',
  api: string,
  instead: string,
  examples?: Examples,
): ApiEntry {
  const name = language === 'rust' ? api.slice(0, api.indexOf('.')) : api
  const importOf = (it: string) => (language === 'python' ? `import ${it}` : `import made from '${it}'`)
  const marked = language === 'python' ? `import «${api}»` : `import made from «'${api}'»`
  return trap(
    ...([language, api] as const),
    {
      en: [
        `\`${name}\` is not maintained any more`,
        'Nobody mends what is found wrong with it, security among that.',
        `Use \`${instead}\`.`,
      ],
      es: [
        `\`${name}\` ya no se mantiene`,
        'Nadie corrige los fallos que se le encuentran, tampoco los de seguridad.',
        `Usa \`${instead}\`.`,
      ],
    },
    ...(examples ? ([examples.invalid, examples.valid] as const) : ([marked, importOf(instead)] as const)),
    { as: examples ? 'call' : 'module' },
  )
}
