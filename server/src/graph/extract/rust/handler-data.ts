// What Rust's handlers take and give: extractors among their parameters, and what they say that they return.

import { calleeName } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { DataType, HandlerRow, ParameterRow } from '../../rows/shapes.ts'
import { type Attribute, attributesOf, METHODS, textOf } from './attributes.ts'
import { lastName, rustNameOf, tokenPaths, tokenReference } from './bindings.ts'
import { rustType, typeArguments } from './data-types.ts'
import { writtenData } from './written-data.ts'

export function extractHandlersRust(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'rust' || file.isTest || !MAY_HOLD_HANDLERS.test(file.tree.text)) return
  for (const fn of file.root.descendants('Function')) {
    const name = rustNameOf(fn)
    if (name && fn.type === 'function_item' && isHandler(fn)) addHandler(file, fn, name, facts)
  }
}

const MAY_HOLD_HANDLERS = /\b(axum|actix_web|rocket|utoipa|aide|poem)\b/

/** By its type it takes something out of a request, or makes a response. */
function isHandler(fn: SyntaxNode): boolean {
  const given = fn.child('returnType')?.text ?? ''
  if (RESPONSE.test(given)) return true
  const taken = fn.child('parameters')?.text ?? ''
  return EXTRACTORS.test(taken) || attributesOf(fn).some(it => isRoute(it))
}

const RESPONSE =
  /\b(\w*Json|ErasedJson|IntoResponse|Response|HttpResponse|Responder|Redirect|Html|NoContent)\b/
const EXTRACTORS = /\b(\w*Json|\w*Query|Qs|\w*Path|Form|State|Extension|Data|Multipart|HeaderMap)\s*</

function isRoute({ name }: Attribute): boolean {
  return name === 'utoipa::path' || METHODS.test(name.replace(/^.*::/, '')) || name === 'route'
}

/** What an extractor or a response of a framework is, by the last name of its type. */
const BODY = /^(\w*Json|JsonBody|LenientJson)$/
const QUERY = /^(\w*Query|Qs|QsQuery|Params)$/
/** They ask nothing of the request that a client would have to know. */
const NOTHING =
  /^(State|Extension|Data|Reloadable|ConnectInfo|HeaderMap|Method|Uri|OriginalUri|MatchedPath|NestedPath|Host|TypedHeader|CookieJar|PrivateCookieJar|SignedCookieJar|Cookies|Session|\w*(State|Context|Ctx|Pool|Auth|User|Session|Conn|Connection|Db|Claims|Identity|Config|Client|Ip|Guard|Token|RealIp|Log|Locale|Permissions?))$/
const RAW_BODY =
  /^(Body|Bytes|String|Multipart|Request|RawBody|Payload|ServiceRequest|TempFile|Stream|BytesMut)$/

interface Taken {
  isWhole: boolean
  body: HandlerRow['body']
  readonly queries: DataType[]
  readonly parameters: { readonly row: ParameterRow; readonly at: SyntaxNode }[]
}

function addHandler(file: SourceFile, fn: SyntaxNode, name: string, facts: FactWriter): void {
  const taken: Taken = { isWhole: true, body: { kind: 'none' }, queries: [], parameters: [] }
  const attribute = attributesOf(fn).find(it => METHODS.test(it.name.replace(/^rocket::/, '')))
  const inRocket = attribute && /\brocket\b/.test(file.tree.text)
  for (const it of fn.child('parameters')?.children('parameter') ?? []) {
    const type = it.child('type')
    if (!type) continue
    if (inRocket) takeRocket(file, name, it, type, attribute, taken)
    else take(file, name, it, type, taken)
  }
  const row: HandlerRow = {
    ...{ name, isWhole: taken.isWhole, body: taken.body },
    ...{ response: responseOf(file, fn), statuses: statusesOf(fn) },
    ...(taken.queries.length > 0 ? { queries: taken.queries } : {}),
  }
  facts.add('handler', row, fn.child('name') ?? fn)
  for (const it of taken.parameters) facts.add('parameter', it.row, it.at)
}

function take(
  file: SourceFile,
  handler: string,
  parameter: SyntaxNode,
  type: SyntaxNode,
  taken: Taken,
): void {
  const name = lastName(type)
  const [inner] = typeArguments(type)
  if (name === 'Option' || name === 'Result') {
    if (inner) take(file, handler, parameter, inner, taken)
    return
  }
  if (BODY.test(name)) taken.body = known(rustType(file, inner))
  else if (QUERY.test(name) && inner) {
    const of = rustType(file, inner)
    if (of.kind === 'shape') taken.queries.push(of)
    else taken.isWhole = false
  } else if (/Path$/.test(name)) takePath(file, handler, parameter, inner, taken)
  else if (name === 'Form' || RAW_BODY.test(name)) {
    taken.body = undefined
    if (name === 'Request' || name === 'ServiceRequest') taken.isWhole = false
  } else if (name === 'HttpRequest')
    taken.isWhole &&= !/query/.test(parameter.function?.child('body')?.text ?? '')
  else if (!NOTHING.test(name)) taken.isWhole = false
}

/** `Path(id): Path<i32>`, `Path((group, id)): Path<(String, i32)>` */
function takePath(
  file: SourceFile,
  handler: string,
  parameter: SyntaxNode,
  type: SyntaxNode | undefined,
  taken: Taken,
): void {
  const pattern = parameter.child('target')
  const element = pattern?.kind === 'VariantPattern' ? pattern.child('element') : undefined
  const names = element?.kind === 'TuplePattern' ? element.children('element') : element ? [element] : []
  const types = type?.type === 'tuple_type' ? type.children() : type ? [type] : []
  for (const [i, it] of names.entries()) {
    const of = rustType(file, types[i])
    if (it.kind !== 'Name' || of.kind === 'shape' || names.length !== types.length) continue
    taken.parameters.push({
      row: { handler, in: 'path', name: it.name, isOptional: false, type: of },
      at: it,
    })
  }
}

/** Rocket names in the attribute what is in the path, behind the question mark and in the body. */
function takeRocket(
  file: SourceFile,
  handler: string,
  parameter: SyntaxNode,
  type: SyntaxNode,
  attribute: Attribute,
  taken: Taken,
): void {
  const at = parameter.child('target')
  const values = attribute.arguments
  const uri = textOf(file, values.find(it => it.name === 'uri') ?? values.find(it => it.name === ''))
  const [path = '', query = ''] = (uri?.text ?? '').split('?')
  const data = textOf(
    file,
    values.find(it => it.name === 'data'),
  )
  if (at?.kind !== 'Name') return
  const isOptional = lastName(type) === 'Option'
  const of = rustType(file, type)
  const add = (place: ParameterRow['in']) =>
    taken.parameters.push({ row: { handler, in: place, name: at.name, isOptional, type: of }, at })
  if (data?.text === `<${at.name}>`) {
    const inner = isOptional ? typeArguments(type)[0] : type
    taken.body =
      inner && BODY.test(lastName(inner)) ? known(rustType(file, typeArguments(inner)[0])) : undefined
  } else if (path.includes(`<${at.name}>`)) add('path')
  else if (query.split('&').includes(`<${at.name}>`)) add('query')
  else if (query.includes(`<${at.name}..>`)) {
    if (of.kind === 'shape') taken.queries.push(of)
    else taken.isWhole = false
  }
}

function known(type: DataType): DataType | undefined {
  return type.kind === 'unknown' ? undefined : type
}

/** What its type says, else what its documentation says, else what it is seen to write. */
function responseOf(file: SourceFile, fn: SyntaxNode): DataType | undefined {
  const type = fn.child('returnType')
  const json = type && jsonIn(type)
  const said = json && rustType(file, typeArguments(json)[0])
  if (said && said.kind !== 'unknown') return said
  // Documentation tells more than what is put together in place.
  return (
    documented(file, fn) ?? (!type || json || RESPONSE.test(type.text) ? writtenData(file, fn) : undefined)
  )
}

/** `Json<T>` in `Result<(StatusCode, Json<T>), E>`, but not in the error. */
function jsonIn(type: SyntaxNode, depth = 0): SyntaxNode | undefined {
  if (depth > 4) return undefined
  if (type.kind === 'GenericType') {
    if (BODY.test(lastName(type))) return type
    const [first] = typeArguments(type)
    return first && jsonIn(first, depth + 1)
  }
  if (type.type !== 'tuple_type') return undefined
  for (const it of type.children()) {
    const found = jsonIn(it, depth + 1)
    if (found) return found
  }
  return undefined
}

/** `responses((status = 200, body = inline(User)))` */
function documented(file: SourceFile, fn: SyntaxNode): DataType | undefined {
  const attribute = attributesOf(fn).find(it => it.name === 'utoipa::path')
  const responses = attribute?.arguments.find(it => it.nodes[0]?.name === 'responses')?.nodes[1]
  for (const it of responses?.kind === 'TokenTree' ? responses.children() : []) {
    if (it.kind !== 'TokenTree' || !/\bstatus\s*=\s*(20[01]|OK|CREATED)\b/.test(it.text)) continue
    const body = it.children().findIndex(one => one.name === 'body')
    const value = body === -1 ? undefined : it.children()[body + 1]
    const tokens = value?.name === 'inline' ? it.children()[body + 2] : value
    if (!tokens || /\bbody\s*=\s*(inline\()?[\w:]*(<|\[)/.test(it.text)) return undefined
    const path =
      tokens.kind === 'TokenTree'
        ? tokenPaths(tokens)[0]
        : /\bbody\s*=\s*\w+\s*[,)]/.test(it.text)
          ? { head: tokens, rest: [] }
          : undefined
    const of = path && tokenReference(file, path)
    return of && /^(?!String$)[A-Z]/.test(of.names.at(-1)!) ? { kind: 'shape', of } : undefined
  }
  return undefined
}

function statusesOf(fn: SyntaxNode): number[] {
  const found = new Set<number>()
  for (const it of fn.child('body')?.descendants('Path') ?? []) {
    const status = /\bStatusCode::([A-Z_]+)$/.exec(it.text)?.[1]
    if (status && STATUSES[status]) found.add(STATUSES[status])
  }
  for (const it of fn.child('body')?.descendants('Call') ?? []) {
    if (!/\bHttpResponse::\w+$/.test(it.child('callee')?.text ?? '')) continue
    const status =
      STATUSES[
        calleeName(it)
          .replace(/(?<=[a-z])[A-Z]/g, one => `_${one}`)
          .toUpperCase()
      ]
    if (status) found.add(status)
  }
  return [...found]
}

const STATUSES: Readonly<Record<string, number>> = {
  OK: 200,
  CREATED: 201,
  ACCEPTED: 202,
  NO_CONTENT: 204,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  GONE: 410,
  UNPROCESSABLE_ENTITY: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
}
