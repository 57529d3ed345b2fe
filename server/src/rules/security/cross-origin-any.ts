/** Letting every website send requests with the user's cookies gives every website what the user may see and do. */

import {
  argument,
  calleeName,
  isTrue,
  keyText,
  keywordArgument,
  positional,
  property,
} from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { isAskedFor } from '../support/opt-in.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'security/cross-origin-any',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [942, 346],
  concept: 'permissions',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: ['CORS', 'cross_origin', 'add_middleware', 'Middleware', 'setHeader', 'header', 'set'],

  check: {
    Call: (node, file) => (file.language === 'python' ? pythonCall(node, file) : headers(node, file)),
    Pair: (node, file) => (file.language === 'python' ? undefined : options(node, file)),
    Assignment: (node, file) => (file.language === 'python' ? setting(node, file) : undefined),
  },

  explain: {
    en: ({ code, reflects }) => ({
      message: reflects
        ? `\`${code}\` lets every website act with the user’s session`
        : `\`${code}\` together with credentials is refused by every browser`,
      why: reflects
        ? 'Whoever gets a signed-in user to open a page can send requests in their name from there and read the answers.'
        : 'Browsers do not accept `*` for requests with cookies, so this fails, and it is usually repaired by answering with any origin that asks, which opens the session to every website.',
      remedy: 'List the origins that may do this, or leave credentials out.',
    }),
    es: ({ code, reflects }) => ({
      message: reflects
        ? `\`${code}\` permite que cualquier sitio web actúe con la sesión del usuario`
        : `\`${code}\` junto con credenciales lo rechazan todos los navegadores`,
      why: reflects
        ? 'Quien consiga que un usuario con sesión abierta visite una página puede enviar desde ella peticiones en su nombre y leer las respuestas.'
        : 'Los navegadores no aceptan `*` en peticiones con cookies, así que esto falla, y suele arreglarse respondiendo con cualquier origen que pregunte, lo que abre la sesión a todos los sitios web.',
      remedy: 'Enumera los orígenes que pueden hacerlo o prescinde de las credenciales.',
    }),
  },

  examples: {
    invalid: [
      py`
        from fastapi.middleware.cors import CORSMiddleware
        app.add_middleware(CORSMiddleware, allow_origins=«["*"]», allow_credentials=True)
      `,
      py`
        from starlette.middleware import Middleware
        from starlette.middleware.cors import CORSMiddleware
        ORIGINS = ["*"]
        middleware = [Middleware(CORSMiddleware, allow_origins=«ORIGINS», allow_credentials=True)]
      `,
      py`
        from flask_cors import CORS
        CORS(app, origins=«"*"», supports_credentials=True)
      `,
      py`
        from flask_cors import CORS
        «CORS(app, supports_credentials=True)»
      `,
      at(
        'shop/settings.py',
        py`
          «CORS_ALLOW_ALL_ORIGINS = True»
          CORS_ALLOW_CREDENTIALS = True
        `,
      ),
      js`app.use(cors({ origin: «true», credentials: true }))`,
      js`app.use(cors({ origin: «'*'», credentials: true }))`,
      js`const options = { credentials: true, origin: «(origin, callback) => callback(null, true)» }`,
      js`
        function handle(req, res) {
          res.setHeader('Access-Control-Allow-Origin', «req.headers.origin»)
          res.setHeader('Access-Control-Allow-Credentials', 'true')
        }
      `,
      ts`const headers = { 'Access-Control-Allow-Origin': «'*'», 'Access-Control-Allow-Credentials': 'true' }`,
      ts`app.enableCors({ origin: «true», credentials: true })`,
    ],
    valid: [
      ts`
        export function answer(headers: Headers, origin: string) {
          if (any) {
            headers.set('Access-Control-Allow-Origin', '*')
          } else if (known.includes(origin)) {
            headers.set('Access-Control-Allow-Credentials', 'true')
            headers.set('Access-Control-Allow-Origin', origin)
          }
        }
      `,
      ts`
        if (isProduction) app.enableCors({ origin: ORIGINS, credentials: true })
        else app.enableCors({ origin: true, credentials: true })
      `,
      py`
        from fastapi.middleware.cors import CORSMiddleware
        app.add_middleware(CORSMiddleware, allow_origins=["*"])
        app.add_middleware(CORSMiddleware, allow_origins=["https://example.com"], allow_credentials=True)
        app.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=True)
      `,
      py`
        from flask_cors import CORS
        CORS(app)
        CORS(app, resources=RESOURCES, supports_credentials=True)
      `,
      at('shop/settings.py', py`CORS_ALLOW_ALL_ORIGINS = True`),
      js`app.use(cors({ origin: '*' }))`,
      js`app.use(cors({ origin: ['https://example.com'], credentials: true }))`,
      js`const map = { origin: true, credentials: false }`,
      js`fetch(url, { credentials: 'include' })`,
      js`
        function handle(req, res) {
          if (ALLOWED.includes(req.headers.origin)) res.setHeader('Access-Control-Allow-Origin', req.headers.origin)
          res.setHeader('Access-Control-Allow-Credentials', 'true')
        }
      `,
      js`if (isDev) app.use(cors({ origin: true, credentials: true }))`,
      ts`const options = { credentials: true, origin: (origin, callback) => callback(null, ALLOWED.has(origin)) }`,
      ts`function decide(request, done) { if (KNOWN.has(origin)) done(null, { origin: true, credentials: true }) }`,
      ts`const headers = { 'Access-Control-Allow-Origin': '*' }`,
    ],
  },
})

const CREDENTIALS_HEADER = 'Access-Control-Allow-Credentials'
const ORIGIN_HEADER = 'Access-Control-Allow-Origin'

function* pythonCall(call: SyntaxNode, file: SourceFile) {
  if (isExcused(call, file)) return
  const path = pathOf(file, call.child('callee'))
  if (path === 'flask_cors.CORS' || path === 'flask_cors.cross_origin') {
    if (!isTrue(file, keywordArgument(call, 'supports_credentials'))) return
    const origins = keywordArgument(call, 'origins')
    if (origins) {
      if (isAny(origins, file)) yield match(origins, origins.text, true)
      // Left out, it means every origin.
    } else if (path.endsWith('CORS') && !keywordArgument(call, 'resources'))
      yield match(call, calleeName(call), true)
    return
  }
  const [middleware] = positional(call)
  if (!middleware || !/\.CORSMiddleware$/.test(pathOf(file, middleware))) return
  if (!isTrue(file, keywordArgument(call, 'allow_credentials'))) return
  const origins = keywordArgument(call, 'allow_origins')
  const pattern = keywordArgument(call, 'allow_origin_regex')
  const constant = pattern && file.constant(pattern)
  if (origins && isAny(origins, file)) yield match(origins, `allow_origins=${origins.text}`, true)
  else if (pattern && constant?.kind === 'string' && /^\^?\.\*\$?$/.test(constant.value))
    yield match(pattern, `allow_origin_regex=${pattern.text}`, true)
}

/** Django's settings: both are true in the same file. */
function* setting(node: SyntaxNode, file: SourceFile) {
  const target = node.child('target')
  if (target?.kind !== 'Name' || !/^CORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)$/.test(target.name)) return
  if (!isTrue(file, node.child('value')) || isExcused(node, file)) return
  for (const it of file.root.children('statement')) {
    const other = it.child('value')
    if (other?.kind === 'Assignment' && other.child('target')?.text === 'CORS_ALLOW_CREDENTIALS') {
      if (isTrue(file, other.child('value'))) yield match(node, node.text, true)
      return
    }
  }
}

/** `{ origin: true, credentials: true }`, and the same in headers. */
function* options(node: SyntaxNode, file: SourceFile) {
  const name = keyText(node.child('key'))
  const isHeader = name === CREDENTIALS_HEADER
  if (name !== 'credentials' && !isHeader) return
  const value = node.child('value')
  if (!value || !(isTrue(file, value) || (isHeader && isText(value, 'true', file)))) return
  const origin = property(node.parent, isHeader ? ORIGIN_HEADER : 'origin')
  if (!origin || isExcused(node, file) || isAnswer(node)) return
  const given = file.value(origin)
  if (isText(given, '*', file)) yield match(origin, isHeader ? ORIGIN_HEADER : `origin: ${given.text}`, false)
  else if (isHeader ? isOriginOfRequest(given) && !isCompared(node) : isTrue(file, given) || letsAllIn(given))
    yield match(origin, isHeader ? ORIGIN_HEADER : 'origin', true)
}

/** The one function writes the origin of the request back, without a look at it, and allows credentials. */
function* headers(call: SyntaxNode, file: SourceFile) {
  const name = argument(call, 0)
  const value = argument(call, 1)
  if (!name || !value || !isText(name, ORIGIN_HEADER, file) || isExcused(call, file)) return
  const around = call.function
  if (!around || !allowsCredentials(around, call)) return
  if (isText(value, '*', file)) yield match(value, ORIGIN_HEADER, false)
  else if (isOriginOfRequest(file.value(value)) && !isCompared(call)) yield match(value, ORIGIN_HEADER, true)
}

/** In the same branch as the call, or around it. */
function allowsCredentials(fn: SyntaxNode, call: SyntaxNode): boolean {
  for (const it of fn.descendants('String')) {
    if (!it.text.includes(CREDENTIALS_HEADER)) continue
    const branch = it.closest('Block', 'Case', 'Function')
    if (!branch || branch.contains(call)) return true
  }
  return false
}

/** `callback(null, { … })`: the options of one request, whose origin was looked at. */
function isAnswer(node: SyntaxNode): boolean {
  const call = node.parent?.parent
  return call?.kind === 'Call' && call.child('argument')?.kind === 'Null' && isCompared(call)
}

function isAny(origins: SyntaxNode, file: SourceFile): boolean {
  const value = file.value(origins)
  if (isText(value, '*', file)) return true
  return value.kind === 'List' && value.children('element').some(it => isText(it, '*', file))
}

function isText(node: SyntaxNode, text: string, file: SourceFile): boolean {
  const constant = file.constant(node)
  return constant?.kind === 'string' && constant.value === text
}

/** `(origin, callback) => callback(null, true)`, `() => true`. */
function letsAllIn(node: SyntaxNode): boolean {
  if (node.kind !== 'Function') return false
  const body = node.child('body')
  if (body?.kind === 'Boolean') return body.text === 'true'
  const statement = body?.kind === 'Block' ? body.children('statement') : undefined
  const only = statement ? (statement.length === 1 ? statement[0]?.child('value') : undefined) : body
  if (only?.kind !== 'Call' || only.child('callee')?.kind !== 'Name') return false
  const [error, allowed] = only.children('argument')
  return error?.kind === 'Null' && allowed?.kind === 'Boolean' && allowed.text === 'true'
}

function isOriginOfRequest(node: SyntaxNode): boolean {
  return /^\w+\.headers(?:\.origin|\[['"]origin['"]\]|\.get\(['"]origin['"]\))$|^\w+\.(?:header|get)\(['"]origin['"]\)$/i.test(
    node.text,
  )
}

/** The function asks whether the origin is one of those that it knows. */
function isCompared(node: SyntaxNode): boolean {
  return /\.(?:includes|has|indexOf|test|match|some|find|startsWith|endsWith)\(|===|!==|==|allow(?:ed|list)|whitelist/i.test(
    node.function?.text ?? '',
  )
}

function isExcused(node: SyntaxNode, file: SourceFile): boolean {
  return (
    file.isTest ||
    isExamplePath(file.path) ||
    /(?:^|[/._-])(?:dev|development|local|staging)(?:[/._-]|$)/i.test(file.path) ||
    isAskedFor(node, /\bdev|is_?dev|debug|local/i)
  )
}

function match(place: SyntaxNode, code: string, reflects: boolean) {
  return { at: place, data: { code, reflects } }
}
