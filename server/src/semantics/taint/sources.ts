// Where values enter the program from outside: requests, the page's address, the command line, the network.

import type { SyntaxNode } from '../../syntax/node.ts'
import { calleeName } from '../calls.ts'
import { parametersOf } from '../definitions.ts'
import { calledName, fullName, importsAny } from '../full-name.ts'
import type { SourceFile } from '../source-file.ts'

/** Who has the value in their hands. */
export type Origin =
  /** Whoever sends a request to the server. */
  | 'request'
  /** Whoever made the link, or the page that sent the message. */
  | 'page'
  /** The answer of another machine. */
  | 'remote'
  /** Whoever starts the program: on their own machine no stranger. */
  | 'user'
  /** Whoever calls a function that others may call. */
  | 'caller'
  /** Whoever fills in a form of the page: a danger to others only once it has been sent. */
  | 'input'

/** Which part of a request: not every part can hold every text. */
export type Part =
  | 'query'
  | 'body'
  | 'route'
  | 'segment'
  | 'headers'
  | 'cookies'
  | 'url'
  | 'path'
  | 'file'
  | 'other'

export interface Source {
  readonly origin: Origin
  readonly part: Part
  /** The expression, or the parameter, that the value comes in by. */
  readonly at: SyntaxNode
  /** The members that are read of what comes in: `['files', 'photo', 'filename']`. */
  readonly path: readonly string[]
  /** The type of what comes in, when another file says which fields it has: whether there is text at `path` is open. */
  readonly shape?: SyntaxNode
  /** The parameter of a handler that a framework fills in by its name. */
  readonly parameter?: string
}

/** A source as the tables know it, before anybody says where it stands. */
export type Inlet = Pick<Source, 'origin' | 'part' | 'shape' | 'parameter'>

/** What lies at `path` in the value of an expression that is no variable of this file: `request.args`, `input()`. */
export function sourceAt(file: SourceFile, node: SyntaxNode, path: readonly string[]): Inlet | undefined {
  switch (file.language) {
    case 'python':
      return pythonSource(file, node, path)
    case 'rust':
      return rustSource(file, node)
    default:
      return scriptSource(file, node, path)
  }
}

/** What lies at `path` in a parameter, when a framework calls the function with somebody's request. */
export function parameterSource(
  file: SourceFile,
  fn: SyntaxNode,
  parameter: SyntaxNode,
  index: number,
  path: readonly string[],
): Inlet | undefined {
  if (file.language === 'python') return pythonParameter(file, fn, parameter, path)
  if (file.language === 'rust') return rustParameter(file, fn, parameter, path)
  return scriptParameter(file, fn, parameter, index, path)
}

function part(table: ReadonlyMap<string, Part>, name: string | undefined): Inlet | undefined {
  const found = name === undefined ? undefined : table.get(name)
  return found && { origin: 'request', part: found }
}

function parts(table: Readonly<Partial<Record<Part, string>>>): ReadonlyMap<string, Part> {
  return new Map(
    (Object.entries(table) as [Part, string][]).flatMap(([name, members]) =>
      members.split(' ').map(member => [member, name] as const),
    ),
  )
}

// ---- Python -----------------------------------------------------------------------------------------------------

const PYTHON_FRAMEWORKS =
  /\b(flask|quart|django|rest_framework|fastapi|starlette|litestar|aiohttp|sanic|bottle|falcon|pyramid|tornado|webob|werkzeug)\b/

/** Members that only a web request has. */
const PYTHON_OWN_PARTS = parts({
  query: 'GET QUERY_STRING query_params query_string rel_url match_info_query',
  body: 'POST',
  cookies: 'COOKIES',
  headers: 'META',
  file: 'FILES',
  route: 'match_info path_params matchdict view_args',
})

/** Members that other things called `request` have as well. */
const PYTHON_PARTS = parts({
  query: 'args values query params get_param() get_param_as_list()',
  body: 'form json data body get_json() get_data() json() form() post() body() text() media get_media() stream json_body',
  cookies: 'cookies',
  headers: 'headers environ',
  file: 'files',
  url: 'url full_path base_url',
  path: 'path path_info',
})

const TORNADO_GETTERS = new Set(
  'get_argument() get_arguments() get_query_argument() get_query_arguments() get_body_argument() get_body_arguments()'.split(
    ' ',
  ),
)

const PYTHON_REQUESTS = new Set(['flask.request', 'quart.request', 'bottle.request'])

function pythonSource(file: SourceFile, node: SyntaxNode, path: readonly string[]): Inlet | undefined {
  if (node.kind === 'Call') {
    const name = calledName(file, node)
    if (name === 'input' || name === 'raw_input') return { origin: 'user', part: 'other' }
    if (PYTHON_FETCH.test(name) || /^(recv|recvfrom|recv_string|recv_multipart)$/.test(calleeName(node)))
      return { origin: 'remote', part: 'body' }
    if (calleeName(node) === 'parse_args' && path.length > 0) return { origin: 'user', part: 'other' }
    return undefined
  }
  if (node.kind !== 'Name') return undefined
  if (node.name === 'self') {
    if (path[0] === 'request')
      return (
        requestPart(file, path[1]) ??
        (path[1] === 'arguments' ? { origin: 'request', part: 'query' } : undefined)
      )
    return TORNADO_GETTERS.has(path[0] ?? '') && importsAny(file, /\btornado\b/)
      ? { origin: 'request', part: 'query' }
      : undefined
  }
  const name = fullName(file, node)
  // `import flask`, then `flask.request.args`.
  if (PYTHON_REQUESTS.has(`${name}.${path[0]}`)) {
    if (isFixedPath(node, path[1])) return undefined
    return part(PYTHON_OWN_PARTS, path[1]) ?? part(PYTHON_PARTS, path[1])
  }
  if (isFixedPath(node, path[0])) return undefined
  if (PYTHON_REQUESTS.has(name)) return part(PYTHON_OWN_PARTS, path[0]) ?? part(PYTHON_PARTS, path[0])
  if (name === 'sys' && path[0] === 'argv') return { origin: 'user', part: 'other' }
  if (name === 'sys.argv') return { origin: 'user', part: 'other' }
  return undefined
}

/** `request.path` where the route leaves nothing open. */
export function isRoutePath(file: SourceFile, member: SyntaxNode): boolean {
  const object = member.child('object')
  const name = member.child('property')?.name
  if (file.language !== 'python' || object?.kind !== 'Name' || !name) return false
  return PYTHON_REQUESTS.has(fullName(file, object)) && isFixedPath(object, name)
}

/** `request.path` under `@app.get('/people')` is what the route says; elsewhere somebody may have chosen it. */
function isFixedPath(request: SyntaxNode, name: string | undefined): boolean {
  if (name !== 'path' && name !== 'path_info') return false
  const decorated = request.function?.parent
  const decorators = decorated?.kind === 'Decorated' ? decorated.children('decorator') : []
  return !decorators.some(it => /^@\w+\.(errorhandler|before_request|route\(['"][^'"]*<)/.test(it.text))
}

const PYTHON_FETCH =
  /^((requests|httpx)\.(get|post|put|patch|request)|urllib\.request\.urlopen|urllib2\.urlopen)$/

function requestPart(file: SourceFile, name: string | undefined): Inlet | undefined {
  const found = part(PYTHON_OWN_PARTS, name) ?? part(PYTHON_PARTS, name)
  // Where the path comes from a table of routes elsewhere, that table says what it can be.
  if (found?.part === 'path') return undefined
  return found && importsAny(file, PYTHON_FRAMEWORKS) ? found : undefined
}

function pythonParameter(
  file: SourceFile,
  fn: SyntaxNode,
  parameter: SyntaxNode,
  path: readonly string[],
): Inlet | undefined {
  const name = parameter.name || parameter.child('target')?.name || ''
  const type = parameter.child('type')?.text ?? ''
  if (name === 'request' || name === 'req' || /(^|\W)(Http)?Request$/.test(type)) {
    // `request.POST` needs no import to be what it says.
    const found = /^[A-Z]{3,}$/.test(path[0] ?? '')
      ? part(PYTHON_OWN_PARTS, path[0])
      : requestPart(file, path[0])
    if (found) return found
  }
  if (name === 'event' && isPythonLambda(fn) && path[0] !== undefined) return lambdaPart(path[0])
  const found = routeParameter(fn, name, parameter, type)
  return found ? { ...found, parameter: name } : bodyModel(file, fn, parameter, path)
}

/** `def lambda_handler(event, context)` */
function isPythonLambda(fn: SyntaxNode): boolean {
  const parameters = parametersOf(fn)
  return (
    /(^|_)handler$/.test(fn.child('name')?.name ?? '') &&
    parameters.length === 2 &&
    /^_?context$/.test(parameters[1]!.name || parameters[1]!.child('target')?.name || '')
  )
}

/** `def create(order: Order)` under FastAPI's `@app.post('/orders')`: the body, read into a model. */
function bodyModel(
  file: SourceFile,
  fn: SyntaxNode,
  parameter: SyntaxNode,
  path: readonly string[],
): Inlet | undefined {
  const type = parameter.child('type')
  if (!type || /\bDepends\(/.test(parameter.text) || !isFastApi(fn)) return undefined
  const shape = [...type.descendants('Name', 'TypeName')].find(
    it => !/^(Annotated|Optional|Body)$/.test(it.name),
  )
  if (!shape || !/^[A-Z]/.test(shape.name) || /^(Any|Dict|List)$/.test(shape.name)) return undefined
  const binding = file.binding(shape)
  const body = { origin: 'request', part: 'body' } as const
  if (binding?.kind === 'import') return { ...body, shape }
  const model = binding?.declaration.parent
  if (model?.kind !== 'Class' || !model.children('superclass').some(it => /Model$|Schema$/.test(it.text)))
    return undefined
  if (path.length === 0) return { ...body, shape }
  const field = [...(model.child('body')?.descendants('Assignment') ?? [])].find(
    it => it.child('target')?.name === path[0],
  )
  return /^(Optional\[)?(str|list\[str\]|List\[str\]|Any|dict)\b/.test(field?.child('type')?.text ?? '')
    ? body
    : undefined
}

function isFastApi(fn: SyntaxNode): boolean {
  const decorated = fn.parent?.kind === 'Decorated' ? fn.parent : undefined
  return (decorated?.children('decorator') ?? []).some(decorator => {
    const call = decorator.child('value')
    return (
      call?.kind === 'Call' &&
      /^(post|put|patch|delete|get)$/.test(calleeName(call)) &&
      !/<\w/.test(call.children('argument')[0]?.text ?? '<a')
    )
  })
}

/** A parameter of a function under `@app.get('/files/{name}')`. */
function routeParameter(
  fn: SyntaxNode,
  name: string,
  parameter: SyntaxNode,
  type: string,
): Inlet | undefined {
  const decorated = fn.parent?.kind === 'Decorated' ? fn.parent : undefined
  for (const decorator of decorated?.children('decorator') ?? []) {
    const call = decorator.child('value')
    if (call?.kind !== 'Call' || !/^(route|get|post|put|patch|delete|websocket)$/.test(calleeName(call)))
      continue
    const route = call.children('argument')[0]
    if (!route?.is('String') || !/^['"]\//.test(route.text)) continue
    const flask = new RegExp(`<(?:(\\w+)(?:\\([^)]*\\))?:)?${name}>`).exec(route.text)
    if (flask) {
      const converter = flask[1] ?? 'string'
      if (converter === 'path') return { origin: 'request', part: 'route' }
      return converter === 'string' ? { origin: 'request', part: 'segment' } : undefined
    }
    if (
      /<\w/.test(route.text) ||
      !/^(Annotated\[)?(str|Optional\[str\]|str \| None|list\[str\]|List\[str\])\b/.test(type)
    )
      return undefined
    const starlette = new RegExp(`\\{${name}(?::(\\w+))?\\}`).exec(route.text)
    if (starlette) {
      if (starlette[1] === 'path') return { origin: 'request', part: 'route' }
      return starlette[1] === undefined || starlette[1] === 'str'
        ? { origin: 'request', part: 'segment' }
        : undefined
    }
    // FastAPI hands over query parameters by name; Flask never passes what the route does not name.
    if (
      calleeName(call) === 'route' ||
      /\bDepends\(/.test(parameter.text) ||
      /pattern=|regex=/.test(parameter.text)
    )
      return undefined
    return { origin: 'request', part: 'query' }
  }
  return undefined
}

// ---- JavaScript and TypeScript ----------------------------------------------------------------------------------

const SCRIPT_PARTS = parts({
  query: 'query queries param() query() queries() nextUrl searchParams',
  body: 'body rawBody body() json() text() formData() parseBody()',
  route: 'params params()',
  headers: 'headers header() get()',
  cookies: 'cookies signedCookies',
  url: 'url originalUrl',
  file: 'files file',
})

const LAMBDA_PARTS = parts({
  query: 'queryStringParameters multiValueQueryStringParameters rawQueryString',
  route: 'pathParameters',
})

/** What Amazon itself writes into an event, rather than whoever sends one. */
const LAMBDA_OWN =
  /^(Records|source|detail|detail-type|account|region|resources|time|requestContext|RequestType|ResourceProperties|OldResourceProperties|ResponseURL|StackId|RequestId|LogicalResourceId|PhysicalResourceId|httpMethod|resource|stageVariables|triggerSource|userPoolId|awslogs|Step|SecretId|ClientRequestToken|\*)$/

/** What lies under a key of the event that a function on Amazon's Lambda is called with. */
function lambdaPart(key: string): Inlet | undefined {
  if (LAMBDA_OWN.test(key) || key.endsWith('()')) return undefined
  const known = part(LAMBDA_PARTS, key)
  return known ?? { origin: 'request', part: /headers$/i.test(key) ? 'headers' : 'body' }
}

const NEST_PARTS = parts({
  query: 'Query',
  body: 'Body',
  route: 'Param',
  headers: 'Headers',
  file: 'UploadedFile',
})

const REQUEST_TYPE =
  /(^|\W)(Request|FastifyRequest|NextRequest|NextApiRequest|IncomingMessage|HttpRequest|VercelRequest|APIGatewayProxyEvent(V2)?)\b/

const LOCATION_PARTS: ReadonlyMap<string, Part> = new Map([
  ['search', 'query'],
  ['hash', 'query'],
  ['href', 'url'],
  ['pathname', 'path'],
])

function scriptSource(file: SourceFile, node: SyntaxNode, path: readonly string[]): Inlet | undefined {
  if (node.is('Call', 'New')) return hookSource(file, node, path) ?? inputSource(file, node, path)
  if (node.kind !== 'Name' || !file.isFree(node)) return undefined
  const [first, second] = path
  switch (node.name) {
    case 'location':
      return locationSource(first)
    case 'window':
    case 'self':
    case 'globalThis':
    case 'top':
    case 'parent':
      if (first === 'location') return locationSource(second)
      if (first === 'document') return documentSource(second, path[2])
      return first === 'name' && node.name === 'window' ? { origin: 'page', part: 'other' } : undefined
    case 'document':
      return documentSource(first, second)
    case 'process':
      return first === 'argv' ? { origin: 'user', part: 'other' } : undefined
    default:
      return undefined
  }
}

function locationSource(name: string | undefined): Inlet | undefined {
  const found = name === undefined ? 'url' : LOCATION_PARTS.get(name)
  return found && { origin: 'page', part: found }
}

function documentSource(name: string | undefined, next: string | undefined): Inlet | undefined {
  if (name === 'location') return locationSource(next)
  if (name === 'URL' || name === 'documentURI') return { origin: 'page', part: 'url' }
  if (name === 'referrer') return { origin: 'page', part: 'headers' }
  return name === 'cookie' ? { origin: 'page', part: 'cookies' } : undefined
}

const ROUTERS = /^(next\/navigation|next\/router|react-router|react-router-dom|wouter)\./

function hookSource(file: SourceFile, call: SyntaxNode, path: readonly string[]): Inlet | undefined {
  const name = calledName(file, call)
  if (!ROUTERS.test(name)) return undefined
  switch (name.slice(name.lastIndexOf('.') + 1)) {
    case 'useSearchParams':
    case 'useSearch':
      return { origin: 'page', part: 'query' }
    case 'useParams':
      return { origin: 'page', part: 'route' }
    case 'useRouter':
      return path[0] === 'query' ? { origin: 'page', part: 'query' } : undefined
    case 'useLocation':
      return path[0] === 'search' || path[0] === 'hash' ? { origin: 'page', part: 'query' } : undefined
    default:
      return undefined
  }
}

const TYPED = { origin: 'input', part: 'other' } as const

/** What somebody types into a form: `document.querySelector('#name').value`, `new FormData(form).get('name')`. */
function inputSource(file: SourceFile, call: SyntaxNode, path: readonly string[]): Inlet | undefined {
  const [first] = path
  if (call.kind === 'New') return calledName(file, call) === 'FormData' && path.length > 0 ? TYPED : undefined
  if (first === 'value' || first === 'files')
    return /^(getElementById|querySelector|useRef|ref|getElementsByName)$/.test(calleeName(call))
      ? TYPED
      : undefined
  if (first === 'current' && path[1] === 'value') return calleeName(call) === 'useRef' ? TYPED : undefined
  // What a form keeps while it is filled in.
  return first === '0' && isTextState(file, call) ? TYPED : undefined
}

/** `useState('')` */
function isTextState(file: SourceFile, call: SyntaxNode): boolean {
  return call.children('argument')[0]?.kind === 'String' && calledName(file, call) === 'react.useState'
}

/** `event.target.value`, `input.value` */
function typedParameter(name: string, type: string, path: readonly string[]): Inlet | undefined {
  const [first, second] = path
  const isEvent = /^(e|ev|event|evt)$/.test(name) || /Event\b/.test(type)
  if (isEvent && /^(target|currentTarget)$/.test(first ?? '') && (second === 'value' || second === 'files'))
    return TYPED
  return first === 'value' && /\bHTML\w*Element\b/.test(type) ? TYPED : undefined
}

function scriptParameter(
  file: SourceFile,
  fn: SyntaxNode,
  parameter: SyntaxNode,
  index: number,
  path: readonly string[],
): Inlet | undefined {
  const decorated = nestSource(parameter)
  if (decorated) return decorated
  const name = parameter.name || parameter.child('target')?.name || ''
  const type = parameter.child('type')?.text ?? ''
  const [first, second] = path
  if (name === 'event' || name === 'evt' || (index === 0 && /^\{/.test(parameter.text))) {
    const found = part(LAMBDA_PARTS, first) ?? (isLambda(fn) && first === 'body' ? SCRIPT_BODY : undefined)
    if (found) return found
  }
  if (first === 'data' && isMessageListener(file, fn)) return { origin: 'page', part: 'body' }
  const typed = typedParameter(name, type, path)
  if (typed) return typed
  if (/^_?(ctx|context|c)$/.test(name) || (name === '' && /^\{\s*request\b/.test(parameter.text))) {
    if (first === 'request' || first === 'req') {
      if (second === 'url' && name === '' && !isWebHandler(fn)) return undefined
      return name !== '' || isWebHandler(fn) ? part(SCRIPT_PARTS, second) : undefined
    }
    const isKoa = name !== '' && /^(query|params)$/.test(first ?? '') && importsAny(file, /['"](@koa\/|koa)/)
    return isKoa ? part(SCRIPT_PARTS, first) : undefined
  }
  if (name === 'event' && first !== undefined && isLambda(fn)) return lambdaPart(first)
  const isRequest =
    /^_?req$/.test(name) ||
    REQUEST_TYPE.test(type) ||
    (index === 0 &&
      (name === 'request' || name === '') &&
      (hasResponse(fn) || isRouteHandler(fn) || isWebHandler(fn)))
  return isRequest ? part(SCRIPT_PARTS, first === 'raw' ? second : first) : undefined
}

const SCRIPT_BODY = { origin: 'request', part: 'body' } as const

/** `@Query('name') name: string` */
function nestSource(parameter: SyntaxNode): Inlet | undefined {
  for (const decorator of parameter.children('decorator')) {
    const call = decorator.child('value')
    // A pipe (`@Param('id', ParseIntPipe)`) checks or converts.
    if (call?.kind === 'Call' && call.children('argument').length <= 1) {
      const found = part(NEST_PARTS, calleeName(call))
      if (found) return found
    }
  }
  return undefined
}

/** The second parameter is the response. */
function hasResponse(fn: SyntaxNode): boolean {
  const second = parametersOf(fn)[1]
  return second !== undefined && /^_?(res|resp|response|reply|rep)\b/.test(second.text)
}

/** `app.get('/path', handler)` */
function isRouteHandler(fn: SyntaxNode): boolean {
  const call = fn.role === 'argument' ? fn.parent : undefined
  return (
    call?.kind === 'Call' &&
    /^(get|post|put|patch|delete|all|use|route|options)$/.test(calleeName(call)) &&
    /^['"`]\//.test(call.children('argument')[0]?.text ?? '')
  )
}

/** Handlers that frameworks find by their name: `export async function GET(request)`, `loader`, `action`. */
function isWebHandler(fn: SyntaxNode): boolean {
  const name =
    fn.child('name')?.name ??
    (fn.parent?.kind === 'Declarator' ? fn.parent.child('target')?.name : undefined) ??
    ''
  return /^(GET|POST|PUT|PATCH|DELETE|HEAD|loader|action)$/.test(name) && fn.closest('Export') !== undefined
}

function isLambda(fn: SyntaxNode): boolean {
  const { parent } = fn
  if (parent?.kind === 'Assignment')
    return /^(module\.)?exports\.handler$/.test(parent.child('target')?.text ?? '')
  const name = fn.child('name')?.name ?? (parent?.kind === 'Declarator' ? parent.child('target')?.name : '')
  return name === 'handler' && fn.closest('Export') !== undefined
}

/** `window.addEventListener('message', event => …)` that does not look where the message comes from. */
function isMessageListener(file: SourceFile, fn: SyntaxNode): boolean {
  const call = fn.role === 'argument' ? fn.parent : undefined
  if (call?.kind !== 'Call' || calleeName(call) !== 'addEventListener') return false
  const [type] = call.children('argument')
  if (!type || !/^['"]message['"]$/.test(type.text)) return false
  const callee = call.child('callee')
  const target = callee?.kind === 'Member' ? callee.child('object') : undefined
  if (
    target
      ? target.name !== 'window' || !file.isFree(target)
      : callee?.kind !== 'Name' || !file.isFree(callee)
  )
    return false
  for (const property of fn.descendants('PropertyName', 'Name'))
    if (/^(origin|source)$/.test(property.name)) return false
  return true
}

const PART_METHODS: ReadonlySet<string> = new Set(
  [
    ...PYTHON_OWN_PARTS.keys(),
    ...PYTHON_PARTS.keys(),
    ...SCRIPT_PARTS.keys(),
    ...TORNADO_GETTERS,
    'json()',
  ].filter(it => it.endsWith('()')),
)

/** By a method of this name, requests hand out their parts: `request.get_json()`, `c.req.query('name')`. */
export function isPartMethod(name: string): boolean {
  return PART_METHODS.has(`${name}()`)
}

// ---- Rust ---------------------------------------------------------------------------------------------------------

const RUST_FRAMEWORKS = /^(axum|axum_extra|actix_web|rocket|poem|salvo|warp)\b/

const RUST_EXTRACTORS = parts({
  query: 'Query',
  body: 'Json Form Bytes Multipart',
  route: 'Path',
  headers: 'HeaderMap TypedHeader',
})

function rustSource(file: SourceFile, node: SyntaxNode): Inlet | undefined {
  if (node.kind !== 'Call') return undefined
  const name = calledName(file, node)
  return name === 'std.env.args' || name === 'std.env.args_os' ? { origin: 'user', part: 'other' } : undefined
}

function rustParameter(
  file: SourceFile,
  fn: SyntaxNode,
  parameter: SyntaxNode,
  path: readonly string[],
): Inlet | undefined {
  const type = parameter.child('type')
  const target = parameter.child('target')
  if (!type || !target) return undefined
  if (type.kind === 'GenericType') {
    const head = type.child('type')
    const name = head ? (file.importedName(head) ?? file.qualifiedName(head)) : ''
    const found = part(RUST_EXTRACTORS, name.slice(name.lastIndexOf('.') + 1))
    if (!found) return undefined
    const inner = type
      .child('typeArguments')
      ?.children()
      .find(it => it.kind !== 'Operator')
    if (!inner || !RUST_FRAMEWORKS.test(name)) return undefined
    // `q.0.name` and `q.name` mean the same for `q: Query<…>`; a pattern has taken the wrapper off already.
    const within = target.kind === 'Name' && path[0] === '0' ? path.slice(1) : path
    if (holdsText(file, inner, within)) return found
    const shape = shapeIn(inner)
    return shape && isUnknownHere(file, shape, within) ? { ...found, shape } : undefined
  }
  return rocketParameter(fn, target.name, type.text)
}

/** `Search` of `Option<Search>`. */
function shapeIn(type: SyntaxNode): SyntaxNode | undefined {
  if (type.is('TypeName', 'Path')) return type
  return [...type.descendants('TypeName')].at(-1)
}

/** The file says nothing of what lies at `path`, because all of it is handed on or the struct lies elsewhere. */
function isUnknownHere(file: SourceFile, shape: SyntaxNode, path: readonly string[]): boolean {
  const declared = shape.kind === 'TypeName' ? file.binding(shape)?.declaration.parent : undefined
  return declared?.kind === 'Struct' ? path.length === 0 : declared?.kind !== 'Enum'
}

/** What lies at `path` in a value of this type is text, as far as the file says. */
function holdsText(file: SourceFile, type: SyntaxNode, path: readonly string[]): boolean {
  if (/^(Option<)?&?('\w+ )?(String|str|PathBuf)>?$/.test(type.text)) return true
  const head = type.kind === 'GenericType' ? (type.child('type')?.name ?? '') : type.name
  if (/^(HashMap|BTreeMap|Vec)$/.test(head)) return /\bString>$/.test(type.text)
  if (head === 'Option') {
    const inner = type
      .child('typeArguments')
      ?.children()
      .find(it => it.kind !== 'Operator')
    return inner ? holdsText(file, inner, path) : false
  }
  if (type.type === 'tuple_type') {
    const element = type.children()[Number(path[0])]
    return element ? holdsText(file, element, path.slice(1)) : false
  }
  if (type.kind !== 'TypeName') return false
  const declared = file.binding(type)?.declaration.parent
  if (declared?.kind !== 'Struct') return false
  const field = declared.children('member').find(it => it.child('name')?.name === path[0])
  const fieldType = field?.child('type')
  return fieldType ? holdsText(file, fieldType, path.slice(1)) : false
}

/** `#[get("/files/<name>")] fn file(name: &str)`. A `PathBuf` is checked by Rocket itself. */
function rocketParameter(fn: SyntaxNode, name: string, type: string): Inlet | undefined {
  if (name === '' || !/^(Option<)?(&('\w+ )?str|String)>?$/.test(type)) return undefined
  for (let it = fn.previous; it?.kind === 'Decorator'; it = it.previous) {
    const found = /^#\[(?:rocket::)?(?:get|post|put|patch|delete)\("([^"]*)"/.exec(it.text)?.[1]
    if (found === undefined) continue
    const [route = '', query = ''] = found.split('?')
    if (query.includes(`<${name}>`) || query.includes(`<${name}..>`))
      return { origin: 'request', part: 'query' }
    return route.includes(`<${name}>`) ? { origin: 'request', part: 'segment' } : undefined
  }
  return undefined
}
