// What FastAPI's handlers take and give, by FastAPI's own rules: names in the path are path parameters, plain values are
// behind the question mark, models are the body, and what `Depends` names takes parameters too.

import { argument, calleeName, isFalse, isTrue, keywordArgument } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { RouteRow } from '../../rows/routes.ts'
import type { DataType, Field, HandlerRow, ParameterRow } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { classNamed, superclassesOf } from './classes.ts'
import { raisedStatuses, statusIn } from './http-statuses.ts'
import { returnedType } from './returned-data.ts'
import { annotationsIn, textIn } from './shape-fields.ts'
import { typeIn } from './types.ts'

/** A function with the decorators that give it paths, and those paths. */
export interface Served {
  readonly fn: SyntaxNode
  readonly routes: { readonly call: SyntaxNode; readonly path: string | undefined }[]
}

/** Writes handlers, and the functions that handlers of this file and others may depend on. */
export function addFastApiHandlers(
  file: SourceFile,
  served: ReadonlyMap<number, Served>,
  facts: FactWriter,
): void {
  for (const { fn, routes } of served.values()) addFunction(file, fn, routes, facts)
}

/** Functions that `Depends` may name here or elsewhere. */
export function addDependencies(
  file: SourceFile,
  served: ReadonlyMap<number, Served>,
  facts: FactWriter,
): void {
  if (file.isTest) return
  for (const fn of file.root.descendants('Function')) {
    if (served.has(fn.row) || fn.type === 'lambda' || fn.closest('Function')) continue
    const name = fn.child('name')?.name ?? ''
    const parameters = fn.child('parameters')
    if (!parameters || !(SAYS_DEPENDENCY.test(parameters.text) || isDependedOn(file, fn))) continue
    if (name.startsWith('__') && name !== '__init__' && name !== '__call__') continue
    addFunction(file, fn, [], facts)
  }
}

/** `CurrentUser = Annotated[User, Depends(current_user)]`: whoever takes one takes what that function takes. */
export function addDependencyTypes(file: SourceFile, facts: FactWriter): void {
  if (!file.tree.text.includes('Annotated[')) return
  for (const statement of file.root.children('statement')) {
    const node = statement.kind === 'ExpressionStatement' ? statement.child('value') : statement
    const at = node?.child('target') ?? node?.child('name')
    const value = node?.is('Assignment', 'TypeAlias') ? node.child('value') : undefined
    const marker = value && annotationsIn(value).findLast(it => /^(Depends|Security)$/.test(calleeName(it)))
    const name = at?.text ?? ''
    if (!at || !marker || !/^[A-Za-z_]\w*$/.test(name)) continue
    const taken = nothingTaken()
    addDependency(file, marker, taken, value)
    facts.add(
      'handler',
      {
        ...{ name, isWhole: taken.isWhole, body: NONE, response: undefined, statuses: [] },
        ...(taken.dependencies.length > 0 ? { dependencies: taken.dependencies } : {}),
      },
      at,
    )
  }
}

const SAYS_DEPENDENCY = /\b(Depends|Security|Query|Header|Cookie|Path|Form|Body|Request|HTTPConnection)\b/

function isDependedOn(file: SourceFile, fn: SyntaxNode): boolean {
  const name = fn.child('name')
  const binding = name && file.binding(name)
  if (!binding) return false
  for (const it of binding.reads())
    if (it.parent?.kind === 'Call' && /^(Depends|Security)$/.test(calleeName(it.parent))) return true
  return false
}

/** `create_app.home`, `Users.get`: unlike a router's name, it is one of a function in a function too. */
export function handlerName(fn: SyntaxNode): string {
  const names = [fn.child('name')?.name ?? '']
  for (let it = fn.closest('Function', 'Class'); it; it = it.closest('Function', 'Class'))
    names.unshift(it.child('name')?.name ?? '')
  return names.join('.')
}

/** By its own name, and where that is not enough, by those around it. */
export function answererOf(fn: SyntaxNode): Answerer {
  const handler = fn.child('name')?.name ?? ''
  const names = handlerName(fn).split('.')
  return names.length > 1 ? { handler, answeredBy: { module: '', names } } : { handler }
}

export type Answerer = Pick<RouteRow, 'handler' | 'answeredBy'>

interface Taken {
  isWhole: boolean
  hasRequest: boolean
  readonly parameters: { readonly row: ParameterRow; readonly at: SyntaxNode }[]
  readonly queries: DataType[]
  readonly dependencies: Reference[]
  /** Surely of the body. */
  readonly body: Field[]
  isEmbedded: boolean
  readonly undecided: Field[]
}

function nothingTaken(): Taken {
  return {
    ...{ isWhole: true, hasRequest: false, isEmbedded: false },
    ...{ parameters: [], queries: [], dependencies: [], body: [], undecided: [] },
  }
}

function addFunction(file: SourceFile, fn: SyntaxNode, routes: Served['routes'], facts: FactWriter): void {
  const name = handlerName(fn)
  const inPath = new Set(
    routes.flatMap(it => [...(it.path ?? '').matchAll(/\{(\w+)[*}:]/g)].map(match => match[1]!)),
  )
  const taken = nothingTaken()
  for (const it of fn.child('parameters')?.children('parameter') ?? []) {
    const parameter = parameterIn(it)
    if (parameter) take(file, name, parameter, inPath, taken)
  }
  for (const { call } of routes)
    for (const it of listIn(keywordArgument(call, 'dependencies'))) addDependency(file, it, taken)
  const { body, undecided } = bodyOf(file, fn, taken)
  const call = routes.length === 1 ? routes[0]!.call : undefined
  const row: HandlerRow = {
    ...{ name, isWhole: taken.isWhole && !(taken.hasRequest && readsQuery(fn)), body },
    ...{ response: routes.length > 0 ? responseOf(file, fn, call) : undefined },
    statuses: statusesOf(file, fn, routes),
    ...(call && isPartial(file, call) ? { isPartial: true as const } : {}),
    ...(taken.queries.length > 0 ? { queries: taken.queries } : {}),
    ...(undecided.length > 0 ? { undecided } : {}),
    ...(taken.dependencies.length > 0 ? { dependencies: taken.dependencies } : {}),
  }
  facts.add('handler', row, fn.child('name') ?? fn)
  for (const it of taken.parameters) facts.add('parameter', it.row, it.at)
}

interface GivenParameter {
  readonly at: SyntaxNode
  readonly type: SyntaxNode | undefined
  readonly value: SyntaxNode | undefined
}

function parameterIn(node: SyntaxNode): GivenParameter | undefined {
  if (node.kind === 'Name')
    return /^(self|cls)$/.test(node.name) ? undefined : { at: node, type: undefined, value: undefined }
  const at = node.child('target')
  if (node.kind !== 'Parameter' || at?.kind !== 'Name') return undefined
  return { at, type: node.child('type'), value: node.child('value')?.unwrapped }
}

const MARKERS = /^(Query|Path|Header|Cookie|Body|Form|File|Depends|Security|Injected|FromDishka|Provide)$/
/** What FastAPI hands over by itself. */
const SPECIAL = /\b(Response|Web[Ss]ocket|BackgroundTasks|SecurityScopes|JSONResponse)\b/
const REQUEST = /\b(Request|HTTPConnection)\b/

function take(
  file: SourceFile,
  handler: string,
  { at, type: annotation, value }: GivenParameter,
  inPath: ReadonlySet<string>,
  taken: Taken,
): void {
  const written = annotation?.text ?? ''
  if (REQUEST.test(written)) {
    taken.hasRequest = true
    return
  }
  if (SPECIAL.test(written)) return
  const marker = markerOf(file, annotation, value)
  const type = annotation ? typeIn(file, annotation) : ({ kind: 'unknown' } as const)
  const plainDefault = value !== undefined && value !== marker ? value : undefined
  const hasValue = plainDefault ? plainDefault.kind !== 'Ellipsis' : marker ? hasDefault(marker) : false
  const add = (place: ParameterRow['in'], given: string) =>
    taken.parameters.push({ row: { handler, in: place, name: given, isOptional, type }, at })
  const said = marker ? calleeName(marker) : inPath.has(at.name) ? 'Path' : ''
  // Without it the path is another one.
  const isOptional = hasValue && said !== 'Path'
  const alias = marker && textIn(file, keywordArgument(marker, 'alias'))
  const name = alias ?? at.name
  const field: Field = { name, isOptional, type, ...(name === at.name ? {} : { inCode: at.name }) }
  switch (said) {
    case 'Path':
      return void add('path', name)
    case 'Query':
      if (isModel(file, type)) taken.queries.push(type)
      else if (isUndecided(type)) {
        // A model with `Query()` has its fields behind the question mark, an enum is one itself.
        if (isImported(type)) taken.isWhole = false
        else add('query', name)
      } else add('query', name)
      return
    case 'Header':
      if (marker && isFalse(file, keywordArgument(marker, 'convert_underscores')))
        return void add('header', name)
      return void add('header', alias ?? at.name.replaceAll('_', '-'))
    case 'Cookie':
      return void add('cookie', name)
    case 'Form':
    case 'File':
      return void add('form', name)
    case 'Body':
      if (marker && isTrue(file, keywordArgument(marker, 'embed'))) taken.isEmbedded = true
      taken.body.push(field)
      return
    case 'Depends':
    case 'Security':
      return addDependency(file, marker!, taken, annotation)
    case '':
      return takeByType(file, handler, at, field, written, taken)
    default:
      // A container of dependencies fills it.
      return
  }
}

function takeByType(
  file: SourceFile,
  handler: string,
  at: SyntaxNode,
  field: Field,
  written: string,
  taken: Taken,
): void {
  const { name, isOptional, type } = field
  if (/\bUploadFile\b/.test(written))
    return void taken.parameters.push({ row: { handler, in: 'form', name, isOptional, type }, at })
  const verdict = written === '' ? false : isBody(file, type)
  if (verdict === true) taken.body.push(field)
  else if (verdict === 'elsewhere') taken.undecided.push(field)
  else if (verdict === false)
    taken.parameters.push({ row: { handler, in: 'query', name, isOptional, type }, at })
  else taken.isWhole = false
}

/** The call that says what a parameter is: its default, or in `Annotated[…]`, also by a name of this file. */
function markerOf(
  file: SourceFile,
  annotation: SyntaxNode | undefined,
  value: SyntaxNode | undefined,
): SyntaxNode | undefined {
  if (value?.kind === 'Call' && MARKERS.test(calleeName(value))) return value
  if (!annotation) return undefined
  let node: SyntaxNode | undefined = annotation
  while (node?.kind === 'Type') node = node.firstChild
  const alias = node?.kind === 'Name' ? file.value(node) : undefined
  return annotationsIn(alias ?? annotation).findLast(it => MARKERS.test(calleeName(it)))
}

function hasDefault(marker: SyntaxNode): boolean {
  if (keywordArgument(marker, 'default_factory')) return true
  const value = argument(marker, 0, 'default')
  return value !== undefined && value.kind !== 'Ellipsis'
}

/** Undefined: nobody can tell; `elsewhere`: the type is of another file. */
function isBody(file: SourceFile, type: DataType, depth = 0): boolean | 'elsewhere' | undefined {
  switch (type.kind) {
    case 'unknown':
      return undefined
    case 'shape':
      return ownShape(file, type) ?? 'elsewhere'
    case 'object':
    case 'list':
    case 'map':
      return true
    case 'union': {
      const all = depth > 4 ? [undefined] : type.of.map(it => isBody(file, it, depth + 1))
      if (all.includes(true)) return true
      return all.includes('elsewhere') ? 'elsewhere' : all.includes(undefined) ? undefined : false
    }
    default:
      return false
  }
}

/** A class of this file: an enum is a plain value. Undefined for what is not declared here, or builds on what is not. */
function ownShape(file: SourceFile, type: DataType & { kind: 'shape' }): boolean | undefined {
  if (type.of.module !== '' || type.of.names.length !== 1) return undefined
  for (const it of file.root.named(type.of.names[0]!)) {
    const made = classNamed(file, it)
    if (!made) continue
    const above = superclassesOf(made).map(one => one.text)
    if (above.some(one => /(Enum|Flag|Choices)$/.test(one))) return false
    return above.some(one => /(BaseModel|SQLModel|TypedDict|RootModel)$/.test(one)) ? true : undefined
  }
  return undefined
}

function isModel(file: SourceFile, type: DataType): boolean {
  return type.kind === 'shape' && ownShape(file, type) === true
}

function isUndecided(type: DataType): boolean {
  return type.kind === 'shape'
}

function isImported(type: DataType): boolean {
  return type.kind === 'shape' && type.of.module !== ''
}

/** `Depends(page)`, `Depends()` whose type says it, `Depends(Pagination)` */
function addDependency(file: SourceFile, marker: SyntaxNode, taken: Taken, annotation?: SyntaxNode): void {
  if (marker.kind !== 'Call' || !/^(Depends|Security)$/.test(calleeName(marker))) {
    taken.isWhole = false
    return
  }
  const given = argument(marker, 0, 'dependency')?.unwrapped
  if (!given) {
    const type = annotation ? typeIn(file, annotation) : undefined
    if (type?.kind === 'shape') taken.dependencies.push(type.of)
    else taken.isWhole = false
    return
  }
  const reference = given.is('Name', 'Member') ? referenceOf(file, given) : undefined
  if (reference) taken.dependencies.push(reference)
  else taken.isWhole = false
}

function bodyOf(
  file: SourceFile,
  fn: SyntaxNode,
  taken: Taken,
): { readonly body: HandlerRow['body']; readonly undecided: readonly Field[] } {
  const { body, undecided, parameters, hasRequest } = taken
  const isForm = parameters.some(it => it.row.in === 'form')
  if (undecided.length > 0) {
    // What is surely in the body is written like what may be, so that one place decides.
    const mixed = taken.isEmbedded || body.some(it => !isBody(file, it.type))
    return mixed || isForm
      ? { body: undefined, undecided: [] }
      : { body: hasRequest ? undefined : NONE, undecided: [...body, ...undecided] }
  }
  if (isForm) return { body: undefined, undecided }
  const [only, ...more] = body
  if (!only) return { body: hasRequest && readsRequest(fn) ? undefined : NONE, undecided }
  if (more.length === 0 && !taken.isEmbedded) return { body: only.type, undecided }
  return { body: { kind: 'object', fields: body, isOpen: false }, undecided }
}

const NONE = { kind: 'none' } as const

/** It reads the body by itself, or hands the request on to somebody who may. */
/** Who holds the request may read any parameter of it, or let somebody else do so. */
function readsQuery(fn: SyntaxNode): boolean {
  return /\.(query_params|url|scope)\b|\brequest\s*[,)]/.test(fn.child('body')?.text ?? '')
}

function readsRequest(fn: SyntaxNode): boolean {
  const body = fn.child('body')?.text ?? ''
  return /\.(json|body|form|stream)\(|\brequest\s*[,)]/.test(body)
}

/** `response_model=`, else the annotation, else what is returned as it is written. */
function responseOf(file: SourceFile, fn: SyntaxNode, call: SyntaxNode | undefined): DataType | undefined {
  if (!call) return undefined
  if (call.children('argument').some(it => it.kind === 'Spread')) return undefined
  if (keywordArgument(call, 'response_model_include') || keywordArgument(call, 'response_class'))
    return undefined
  if (isFalse(file, keywordArgument(call, 'response_model_by_alias'))) return undefined
  const model = keywordArgument(call, 'response_model')
  const annotation = fn.child('returnType')
  const said = model && model.kind !== 'Null' ? model : model ? undefined : annotation
  if (said) {
    if (/\b\w*Response\b/.test(said.text) && !model) return undefined
    const type = typeIn(file, said)
    if (type.kind !== 'unknown')
      return type.kind === 'map' && type.of.kind === 'unknown' ? (returnedType(file, fn) ?? type) : type
    return undefined
  }
  return returnedType(file, fn)
}

function isPartial(file: SourceFile, call: SyntaxNode): boolean {
  return (
    keywordArgument(call, 'response_model_exclude') !== undefined ||
    ['exclude_unset', 'exclude_none', 'exclude_defaults'].some(it =>
      isTrue(file, keywordArgument(call, `response_model_${it}`)),
    )
  )
}

function statusesOf(file: SourceFile, fn: SyntaxNode, routes: Served['routes']): number[] {
  const said = routes.map(({ call }) => {
    const given = keywordArgument(call, 'status_code')
    return given ? statusIn(file, given) : 200
  })
  const all = [...said, ...raisedStatuses(file, fn)].filter(it => it !== undefined)
  return routes.length > 0 ? [...new Set(all)] : [...new Set(raisedStatuses(file, fn))]
}

function listIn(node: SyntaxNode | undefined): SyntaxNode[] {
  return node?.is('List', 'Tuple') ? node.children('element') : []
}
