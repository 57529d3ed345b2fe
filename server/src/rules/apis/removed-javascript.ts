// What versions of Node.js, of browsers and of libraries took away.

import { type ApiEntry, imported, removed, renamed } from './entry.ts'

const UTIL = {
  isBoolean: "typeof value === 'boolean'",
  isBuffer: 'Buffer.isBuffer(value)',
  isDate: 'value instanceof Date',
  isError: 'value instanceof Error',
  isFunction: "typeof value === 'function'",
  isNull: 'value === null',
  isNullOrUndefined: 'value == null',
  isNumber: "typeof value === 'number'",
  isObject: "typeof value === 'object'",
  isPrimitive: 'Object(value) !== value',
  isRegExp: 'value instanceof RegExp',
  isString: "typeof value === 'string'",
  isSymbol: "typeof value === 'symbol'",
  isUndefined: 'value === undefined',
}

/** Called without a callback: since Node.js 10 that throws. */
const CALLBACKS: Readonly<Record<string, readonly [given: string, argument?: RegExp]>> = {
  readFile: ["'a.txt', 'utf8'", /^['"]utf-?8['"]$|^\{/],
  writeFile: ["'a.txt', text"],
  appendFile: ["'a.txt', text"],
  readdir: ["'folder'"],
  mkdir: ["'folder'"],
  unlink: ["'a.txt'"],
  stat: ["'a.txt'"],
  rename: ["'a.txt', 'b.txt'"],
  copyFile: ["'a.txt', 'b.txt'"],
  access: ["'a.txt'"],
}

const EXPRESS: Readonly<Record<string, string>> = {
  bodyParser: 'express.json()',
  compress: 'compression()',
  cookieParser: 'cookieParser()',
  session: 'session(options)',
  favicon: 'favicon(path)',
  logger: "morgan('combined')",
  errorHandler: 'errorhandler()',
  methodOverride: 'methodOverride()',
  csrf: 'csrf(options)',
  multipart: 'multer()',
}

export const REMOVED_JAVASCRIPT: readonly ApiEntry[] = [
  ...Object.entries(UTIL).map(([name, instead]) =>
    removed(
      ...(['javascript', 'Node.js 23', `util.${name}`, instead] as const),
      `const util = require('util')\nif («util.${name}»(value)) use(value)`
        .replace('if (', 'keep(')
        .replace(') use(value)', ')'),
      `keep(${instead})`,
    ),
  ),
  ...imported(removed, 'javascript', [
    ['Node.js 12', 'util.print', 'process.stdout.write(text)'],
    ['Node.js 12', 'util.puts', 'console.log(text)'],
    ['Node.js 12', 'util.debug', 'console.error(text)'],
    ['Node.js 12', 'util.error', 'console.error(text)'],
    ['Node.js 23', 'util.log', 'console.log(text)'],
    ['Node.js 14', 'os.tmpDir', 'os.tmpdir'],
    ['Node.js 12', 'os.getNetworkInterfaces', 'os.networkInterfaces'],
    ['Node.js 11', 'crypto.createCredentials', 'tls.createSecureContext'],
    ['Node.js 18', 'tls.parseCertString', 'querystring.parse'],
    ['Node.js 10', 'vm.runInDebugContext', 'inspector.Session'],
    ['React 19', 'react-dom.render', 'react-dom/client.createRoot'],
    ['React 19', 'react-dom.hydrate', 'react-dom/client.hydrateRoot'],
    ['React 19', 'react-dom.unmountComponentAtNode', 'root.unmount()'],
    ['React 19', 'react-dom.findDOMNode', 'react.useRef'],
    ['React 19', 'react.createFactory', 'react.createElement'],
    ['React 19', 'react-dom/server.renderToNodeStream', 'react-dom/server.renderToPipeableStream'],
    ['React 16', 'react.PropTypes', 'prop-types.string'],
    ['React 16', 'react.createClass', 'react.Component'],
    ['React 16', 'react.DOM', 'react.createElement'],
    ['D3 6', 'd3.event', '(event, datum) => value'],
    ['D3 6', 'd3.mouse', 'd3.pointer'],
    ['D3 6', 'd3.touch', 'd3.pointer'],
    ['three.js r125', 'three.Geometry', 'three.BufferGeometry'],
    ['three.js r125', 'three.Face3', 'three.BufferGeometry'],
    ['winston 3', 'winston.Logger', 'winston.createLogger'],
    ['Angular 9', '@angular/core.Renderer', '@angular/core.Renderer2'],
    ['Angular 8', '@angular/http.Http', '@angular/common/http.HttpClient'],
    ['Angular 8', '@angular/http.HttpModule', '@angular/common/http.HttpClientModule'],
    ['RxJS 6', 'rxjs/Observable.Observable', 'rxjs.Observable'],
    ['RxJS 6', 'rxjs/Subject.Subject', 'rxjs.Subject'],
    ['RxJS 6', 'rxjs/BehaviorSubject.BehaviorSubject', 'rxjs.BehaviorSubject'],
    ['RxJS 6', 'rxjs/Subscription.Subscription', 'rxjs.Subscription'],
  ]),
  ...renamed(
    'javascript',
    'Lodash 4',
    'lodash',
    { imported: "import _ from 'lodash'", as: '_' },
    {
      ...{
        pluck: 'map',
        contains: 'includes',
        findWhere: 'find',
        any: 'some',
        all: 'every',
        indexBy: 'keyBy',
      },
      ...{
        pairs: 'toPairs',
        padLeft: 'padStart',
        padRight: 'padEnd',
        trimLeft: 'trimStart',
        trimRight: 'trimEnd',
      },
      ...{ trunc: 'truncate', inject: 'reduce', foldl: 'reduce', foldr: 'reduceRight', detect: 'find' },
      ...{ collect: 'map', select: 'filter', include: 'includes', compose: 'flowRight', unique: 'uniq' },
      ...{ where: 'filter', sortByOrder: 'orderBy', restParam: 'rest', modArgs: 'overArgs' },
    },
  ),
  ...Object.entries(CALLBACKS).map(([name, [given, second]]) => {
    const count = given.split(', ').length
    return removed(
      ...(['javascript', 'Node.js 10', `fs.${name}`, `await fs.promises.${name}(${given})`] as const),
      `import fs from 'node:fs'\nconst kept = «fs.${name}»(${given})`,
      `import fs from 'node:fs'\nconst kept = await fs.promises.${name}(${given})`,
      {
        ...{ as: 'call', case: 'without callback' },
        when: {
          least: count,
          most: count,
          argument: second
            ? { 1: second }
            : { [count - 1]: /^(?!.*(?:=>|function|callback|cb\b|done\b|next\b))/s },
        },
        why: {
          en: 'The callback became required there: without one, the call throws a `TypeError`.',
          es: 'La función de respuesta pasó a ser obligatoria: sin ella, la llamada lanza un `TypeError`.',
        },
      },
    )
  }),
  ...['fs.promises', 'fs/promises'].map(module =>
    removed(
      ...(['javascript', 'Node.js 10', `${module}.exists`] as const),
      {
        en: 'Try `access`, or read and handle `ENOENT`.',
        es: 'Prueba con `access`, o lee y trata `ENOENT`.',
      },
      `import fs from 'node:${module.split('.')[0]}'\nconst kept = await «fs${module.includes('.') ? '.promises' : ''}.exists»(path)`,
      `import fs from 'node:fs'\nconst kept = await fs.promises.access(path)`,
      {
        why: {
          en: 'The promises of `fs` never had it: the call throws a `TypeError`.',
          es: 'Las promesas de `fs` nunca lo tuvieron: la llamada lanza un `TypeError`.',
        },
      },
    ),
  ),
  ...Object.entries(EXPRESS).map(([name, instead]) =>
    removed(
      ...(['javascript', 'Express 4', `express.${name}`, instead] as const),
      `import express from 'express'\nconst app = express()\napp.use(«express.${name}»())`,
      `import express from 'express'\nconst app = express()\napp.use(${instead})`,
    ),
  ),
  removed(
    ...(['javascript', 'Express 5', 'express.Application.del', 'app.delete'] as const),
    `import express from 'express'\nconst app = express()\n«app.del»('/a', answer)`,
    `import express from 'express'\nconst app = express()\napp.delete('/a', answer)`,
    {
      ...{ as: 'method', makers: ['express', 'express.Router'], put: '$object.delete' },
      fixed: `import express from 'express'\nconst app = express()\napp.delete('/a', answer)`,
    },
  ),
  removed(
    ...([
      'javascript',
      'node-redis 4',
      'redis.createClient',
      "createClient({ url: 'redis://host:6379' })",
    ] as const),
    `import redis from 'redis'\nconst client = «redis.createClient»(6379, 'host')`,
    `import redis from 'redis'\nconst client = redis.createClient({ url: 'redis://host:6379' })`,
    {
      ...{ as: 'call', case: 'port', when: { least: 2 } },
      why: {
        en: 'The form with a port and a host was removed there: both are ignored.',
        es: 'La forma con puerto y máquina se eliminó entonces: no se tienen en cuenta.',
      },
    },
  ),
  ...['v1', 'v3', 'v4', 'v5'].map(version =>
    removed(
      ...(['typescript', 'uuid 8', `uuid/${version}`, `import { ${version} } from 'uuid'`] as const),
      `import make from «'uuid/${version}'»`,
      `import { ${version} } from 'uuid'`,
      { as: 'module' },
    ),
  ),
  ...['rxjs/Rx', 'rxjs/add/operator/map'].map(module =>
    removed(
      ...(['typescript', 'RxJS 6', module, "import { map } from 'rxjs'"] as const),
      `import «'${module}'»`,
      `import { map } from 'rxjs'`,
      { as: 'module' },
    ),
  ),
  ...(
    [
      ['Chrome 52', 'Object.observe', 'new Proxy(value, handler)'],
      ['Chrome 52', 'Array.observe', 'new Proxy(value, handler)'],
      ['Chrome 43', 'window.showModalDialog', 'dialog.showModal()'],
      ['Chrome 80', 'document.registerElement', 'customElements.define(name, Type)'],
      ['Chrome 93', 'window.applicationCache', 'navigator.serviceWorker'],
      ['Chrome 119', 'window.openDatabase', 'indexedDB.open(name)'],
      ['Node.js 23', 'process.assert', 'assert(value)'],
    ] as const
  ).map(([version, api, instead]) =>
    removed('javascript', version, api, instead, `keep(«${api}»)`, `keep(${instead})`),
  ),
]
