// Where a value comes from: from an expression back through one file to whoever has the value in their hands.
//
// How it goes. `untrusted` walks backwards. From a variable it goes to the writes that the read may see
// (`definitions.ts`), from text that is put together to its parts, from a member or an element to the object, keeping
// the path of members in mind, until it stands at something that `sources.ts` knows: a part of a request, the page's
// address, the command line. A parameter leads to the calls of its function in this file, one level up; a call of a
// function of this file leads to what that function returns, with the arguments of this very call.
//
// What it passes through is a list: methods and functions that give back what they were given, more or less. Whatever
// is not on the list ends the walk. That is what makes it quiet: `int(x)`, `uuid.UUID(x)`, `shlex.quote(x)`,
// `path.basename(x)`, `schema.parse(x)`, `DOMPurify.sanitize(x)` and every helper from elsewhere need no mention. A
// replacement ends it, too, since most of them are there to take out what is dangerous.
//
// What it believes. A condition or a validator that asks about the value on the way to the use clears it (`checks.ts`),
// whatever it asks. So does a type that no text fits into. Tables (`TABLE[x]`) are not followed through their key.
//
// What it does not see: other files, fields of objects, values that change behind an alias. Who joins what several files say
// asks for `beginnings`: all sources, and the parameters and results behind which the other files begin.

import { SyntaxNode } from '../../syntax/node.ts'
import { calleeName, calleeOf, keyText, receiver } from '../calls.ts'
import { type Asked, isChecked } from '../checks.ts'
import {
  ANY,
  type Definition,
  definitionOf,
  parameterName,
  parametersOf,
  writesBefore,
} from '../definitions.ts'
import { excerpt } from '../excerpt.ts'
import { calledName } from '../full-name.ts'
import { admitsText, excludesText, isPublicFunction } from '../public-functions.ts'
import type { Binding, SourceFile } from '../source-file.ts'
import { type Hole, isHole, type Piece, piecesOf } from '../text-pieces.ts'
import {
  type Inlet,
  isPartMethod,
  type Origin,
  type Part,
  parameterSource,
  type Source,
  sourceAt,
} from './sources.ts'

export type { Origin, Part, Source } from './sources.ts'

export interface Wanted {
  readonly origins: readonly Origin[]
  /** Parts of a request that cannot hold what would do harm here. */
  readonly except?: readonly Part[]
}

/** The source that an expression's value may come from, unless somebody looked at it before. */
export function untrusted(file: SourceFile, node: SyntaxNode, wanted: Wanted): Source | undefined {
  return trace(start(file, node, wanted), node, [])
}

/** The same for what is put into a text that is used at `place`; in a Rust macro it is no expression. */
export function untrustedHole(
  file: SourceFile,
  hole: Hole,
  place: SyntaxNode,
  wanted: Wanted,
): Source | undefined {
  return traceHole(start(file, place, wanted), hole)
}

/**
 * Where a value may come from, as far as one function tells. `isHead`: nothing that matters stands before it in its text.
 * `via`: the names and members that it went through, about which somebody may ask.
 */
export type Beginning = { readonly isHead: boolean; readonly via: readonly SyntaxNode[] } & (
  | { readonly kind: 'source'; readonly source: Source }
  /** What lies at `path` in an argument of whoever calls the function. */
  | {
      readonly kind: 'parameter'
      readonly function: SyntaxNode
      readonly parameter: SyntaxNode
      readonly index: number
      readonly path: readonly string[]
    }
  /** What lies at `path` in what a call gives back. */
  | { readonly kind: 'result'; readonly call: SyntaxNode; readonly path: readonly string[] }
)

export interface Border {
  /** Others can call this function: what its parameters stand for is not to be guessed here. */
  readonly isShared: (fn: SyntaxNode) => boolean
  /** Another file may say what this call gives back. */
  readonly isForeign: (call: SyntaxNode) => boolean
  /** Where somebody may have asked about what goes by the name that stands there. */
  readonly questions: (place: SyntaxNode, name: string) => Asked | undefined
  /** What was found at places of the file that walks came by before. */
  readonly known: Map<string, readonly Beginning[]>
}

/** All that may come out at `value`, up to where other files begin. */
export function beginnings(
  file: SourceFile,
  value: SyntaxNode | Hole,
  place: SyntaxNode,
  border: Border,
): readonly Beginning[] {
  const found: Beginning[] = []
  const walk: Walk = { ...start(file, place, { origins: ['request', 'page', 'input'] }), found, border }
  if (!(value instanceof SyntaxNode)) traceHole(walk, value)
  else trace(walk, value, [])
  return found.filter(it => !it.via.some(part => isClearedAt(walk, part, place)))
}

/** How a source is called in a message. */
export function sourceText(source: Source): string {
  return excerpt(source.at, 60)
}

interface Walk {
  readonly file: SourceFile
  readonly sink: SyntaxNode
  readonly wanted: Wanted
  /** Rows and paths that were asked about already. */
  readonly seen: Set<string>
  /** The call whose arguments the parameters of `function` stand for. */
  readonly inside?:
    | { readonly function: SyntaxNode; readonly call: SyntaxNode; readonly outer: Walk }
    | undefined
  /** How often the walk went from a parameter to the calls of its function. */
  readonly risen: number
  /** Where all that is found is gathered, when the first one is not enough. */
  readonly found?: Beginning[]
  readonly border?: Border
  readonly depth: number
  /** The walk came through a text in which something stands before. */
  readonly isBehind?: boolean
}

/** Nobody reads a member of a member of a member of … for ever: a loop that goes down a tree does. */
const LONGEST = 6
/** Nobody hands a value through more than this; a walk that is longer has lost its way. */
const STEPS = 200

function start(file: SourceFile, sink: SyntaxNode, wanted: Wanted): Walk {
  return { file, sink, wanted, seen: new Set(), risen: 0, depth: 0 }
}

type Path = readonly string[]

function trace(walk: Walk, node: SyntaxNode, path: Path): Source | undefined {
  const it = node.unwrapped
  if (path.length > LONGEST) return undefined
  if (walk.border && !walk.inside && walk.risen === 0) return gather(walk, walk.border, it, path)
  const key = `${it.row}:${path.join('.')}:${walk.inside?.call.row ?? ''}`
  if (walk.seen.has(key) || walk.seen.size > STEPS) return undefined
  walk.seen.add(key)
  const before = walk.found?.length ?? 0
  const found = step(walk, it, path)
  const isFound = found !== undefined || (walk.found?.length ?? 0) > before
  if (!isFound || !isCleared(walk, it)) return found
  if (walk.found) walk.found.length = before
  return undefined
}

/** Everything behind a place is the same for all walks that come by: it is looked for once. */
function gather(walk: Walk, border: Border, it: SyntaxNode, path: Path): Source | undefined {
  const key = `${it.row}:${path.join('.')}`
  let known = border.known.get(key)
  if (!known) {
    if (walk.depth > DEEPEST) return undefined
    border.known.set(key, [])
    const found: Beginning[] = []
    step({ ...walk, found, isBehind: false, depth: walk.depth + 1 }, it, path)
    known = found.length === 0 || isClearedAt(walk, it, it) ? [] : distinct(found).map(of => through(of, it))
    border.known.set(key, known)
  }
  let source: Source | undefined
  for (const of of known) {
    walk.found?.push(walk.isBehind ? { ...of, isHead: false } : of)
    if (of.kind === 'source') source = of.source
  }
  return source
}

/** A value with more beginnings than that is made of everything. */
const MOST = 16
const DEEPEST = 40

function distinct(found: readonly Beginning[]): readonly Beginning[] {
  if (found.length === 1) return found
  const all = new Map<string, Beginning>()
  for (const of of found) {
    const at = of.kind === 'source' ? of.source.at : of.kind === 'result' ? of.call : of.parameter
    const key = `${at.row} ${(of.kind === 'source' ? of.source.path : of.path).join('.')}`
    if (all.size < MOST && (of.isHead || !all.has(key))) all.set(key, of)
  }
  return [...all.values()]
}

function through(of: Beginning, it: SyntaxNode): Beginning {
  return it.is('Name', 'Member', 'Index') && of.via.length < 8 ? { ...of, via: [...of.via, it] } : of
}

/** Somebody asked about `it`, or about what it is taken from: `q` of `q.file`, `req.body` of `req.body.file`. */
function isCleared(walk: Walk, it: SyntaxNode): boolean {
  const isSinkNear = !walk.inside && walk.risen === 0
  return isClearedAt(walk, it, it) || (isSinkNear && isClearedAt(walk, it, walk.sink))
}

function isClearedAt({ file, border }: Walk, it: SyntaxNode, place: SyntaxNode): boolean {
  if (!it.is('Name', 'Member', 'Index', 'Call')) return false
  for (let part: SyntaxNode | undefined = it; part; part = objectOf(part)) {
    const binding = part.kind === 'Name' ? file.binding(part) : undefined
    // Asking about the request as a whole is asking who sends it.
    if (part.kind === 'Name' && (!binding || (binding.kind === 'parameter' && part.row !== it.row)))
      return false
    const name = part.name || part.child('property')?.name
    const asked = name ? border?.questions(it, name) : undefined
    if (name && border && !asked) continue
    const subject = binding ? { binding, expression: part } : { expression: part }
    if (isChecked(file, subject, place, asked)) return true
  }
  return false
}

function objectOf(node: SyntaxNode): SyntaxNode | undefined {
  if (node.is('Member', 'Index')) return node.child('object')?.unwrapped
  return node.kind === 'Call' ? receiver(node)?.unwrapped : undefined
}

function step(walk: Walk, it: SyntaxNode, path: Path): Source | undefined {
  switch (it.kind) {
    case 'Await':
    case 'NonNull':
    case 'Borrow':
    case 'Propagate':
    case 'Spread':
    case 'AsPattern':
      return inner(walk, it.child('value'), path)
    case 'Cast':
      return excludesText(walk.file, it.child('type')) && walk.file.language === 'rust'
        ? undefined
        : inner(walk, it.child('value'), path)
    case 'Assignment':
    case 'NamedExpression':
      return inner(walk, it.child('value'), path)
    case 'Template':
    case 'Concatenation':
      return traceText(walk, it)
    case 'Binary':
      // Text is added, a path is divided in Python: `root / name`. Everything else makes numbers.
      if (it.operator === '/' && walk.file.language === 'python')
        return first(walk, [it.child('left'), it.child('right')], side => inner(walk, side, []))
      return it.operator === '+' || it.operator === '%' ? traceText(walk, it) : undefined
    case 'Logical':
      return first(walk, [it.child('left'), it.child('right')], side => inner(walk, side, path))
    case 'Conditional':
      return first(walk, [it.child('consequence'), it.child('alternative')], side => inner(walk, side, path))
    case 'If':
    case 'Switch':
    case 'Block':
      return traceBlock(walk, it, path)
    case 'List':
    case 'Tuple':
    case 'Set':
      return traceElements(walk, it, path)
    case 'Dictionary':
      return traceEntry(walk, it, path)
    case 'Comprehension':
      return inner(walk, it.child('body'), path.slice(1))
    case 'Member':
      return traceMember(walk, it, it.child('property')?.name ?? ANY, path)
    case 'Index':
      return traceMember(walk, it, indexName(walk.file, it), path)
    case 'Call':
    case 'New':
      return traceCall(walk, it, path)
    case 'MacroCall':
      return traceText(walk, it)
    case 'Name':
      return traceName(walk, it, path)
    default:
      return undefined
  }
}

function inner(walk: Walk, node: SyntaxNode | undefined, path: Path): Source | undefined {
  return node && trace(walk, node, path)
}

/** The first that is found; where all are wanted, the others are looked at too. */
function first<T>(
  { found: all }: Walk,
  values: readonly (T | undefined)[],
  find: (it: T) => Source | undefined,
): Source | undefined {
  let known: Source | undefined
  for (const it of values) {
    const found = it === undefined ? undefined : find(it)
    if (found && !all) return found
    known ??= found
  }
  return known
}

function traceHole(walk: Walk, hole: Hole): Source | undefined {
  if (hole.opaque) return undefined
  if (!hole.binding) return hole.path?.length ? undefined : trace(walk, hole.node, [])
  const before = walk.found?.length ?? 0
  const found = traceBinding(walk, hole.binding, hole.node, hole.path ?? [])
  const isFound = found !== undefined || (walk.found?.length ?? 0) > before
  const subject = { binding: hole.binding, expression: hole.node }
  if (!isFound || !isChecked(walk.file, subject, walk.sink)) return found
  if (walk.found) walk.found.length = before
  return undefined
}

/** What is put into a text. */
function traceText(walk: Walk, it: SyntaxNode): Source | undefined {
  const pieces = piecesOf(walk.file, it)
  const deciding = walk.found && decidingPieces(pieces)
  return first(walk, pieces, piece => {
    if (!isHole(piece) || piece.node.row === it.row) return undefined
    return traceHole(!deciding || deciding.includes(piece) ? walk : { ...walk, isBehind: true }, piece)
  })
}

/** Rust's blocks have values: that of their last expression. */
function traceBlock(walk: Walk, it: SyntaxNode, path: Path): Source | undefined {
  if (walk.file.language !== 'rust') return undefined
  if (it.kind === 'If')
    return first(walk, [it.child('consequence'), it.child('alternative')], side => inner(walk, side, path))
  if (it.kind === 'Switch')
    return first(walk, it.children('case'), arm => inner(walk, arm.child('body'), path))
  const last = it.children('statement').at(-1)
  return last && !last.is('ExpressionStatement', 'Declarator') ? trace(walk, last, path) : undefined
}

function traceElements(walk: Walk, it: SyntaxNode, path: Path): Source | undefined {
  const elements = it.children('element')
  const index = Number(path[0])
  const only = path.length > 0 && Number.isInteger(index) ? elements[index] : undefined
  return only
    ? trace(walk, only, path.slice(1))
    : first(walk, elements, element => trace(walk, element, path.slice(1)))
}

function traceEntry(walk: Walk, it: SyntaxNode, [name, ...rest]: Path): Source | undefined {
  if (name === undefined) return undefined
  for (const entry of it.children('element').reverse()) {
    if (entry.kind === 'Spread') {
      const found = inner(walk, entry.child('value'), [name, ...rest])
      if (found) return found
    } else if (entry.kind === 'Name' ? entry.name === name || name === ANY : entry.kind === 'Pair') {
      const value = entry.kind === 'Name' ? entry : entry.child('value')
      if (entry.kind === 'Pair' && name !== ANY && keyText(entry.child('key')) !== name) continue
      const found = inner(walk, value, rest)
      if (found || name !== ANY) return found
    }
  }
  return undefined
}

/** The pieces of an address that may decide which host it leads to: nothing behind the host does. */
export function decidingPieces(pieces: readonly Piece[]): readonly Piece[] {
  let before = ''
  for (const [i, piece] of pieces.entries()) {
    // What another value begins with is decided by that value.
    if (isHole(piece) && before === '') return pieces.slice(0, i + 1)
    before += isHole(piece) ? 'x' : piece
    // `//host` and `https://host`, nothing behind the host yet.
    if (!/^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*$/i.test(before)) return pieces.slice(0, i)
  }
  return pieces
}

/** Members that tell about a value without holding it. */
const ABOUT = new Set([
  'length',
  'size',
  'count',
  'byteLength',
  'content_length',
  'content_type',
  'method',
  'status',
])

/** Their members have whatever names the sender chose. */
const HOLDS_FIELDS = /^(body|query|params|args|form|json|GET|POST)$/

function traceMember(walk: Walk, it: SyntaxNode, name: string, path: Path): Source | undefined {
  const object = it.child('object')
  if (!object || (ABOUT.has(name) && !HOLDS_FIELDS.test(object.child('property')?.name ?? '')))
    return undefined
  // A slice of a text or a list is more of the same.
  const isSlice = it.kind === 'Index' && it.child('index')?.kind === 'Slice'
  return extended(object, it, step(walk, object.unwrapped, isSlice ? path : [name, ...path]))
}

/** The whole of `request.args['name']` is the source, not only the `request` in it. */
function extended(object: SyntaxNode, whole: SyntaxNode, found: Source | undefined): Source | undefined {
  return found && found.at.row === object.unwrapped.row ? Object.assign(found, { at: whole }) : found
}

function indexName(file: SourceFile, it: SyntaxNode): string {
  const index = it.child('index')
  const constant = index && file.constant(index)
  return constant && constant.kind !== 'null' ? String(constant.value) : ANY
}

// ---- Calls --------------------------------------------------------------------------------------------------------

/** Methods that give back what they are called on, or a part of it, or put their arguments into it. */
const SAME_METHODS = new Set(
  (
    'strip lstrip rstrip lower upper title capitalize casefold swapcase decode encode split rsplit splitlines partition' +
    ' rpartition removeprefix removesuffix expandtabs zfill ljust rjust center trim trimStart trimEnd toLowerCase' +
    ' toUpperCase toString slice substring substr padStart padEnd normalize repeat valueOf flat reverse copy clone' +
    ' to_string to_owned to_str to_string_lossy into_owned as_str as_ref as_deref as_bytes as_path into into_inner' +
    ' unwrap unwrap_or unwrap_or_default unwrap_or_else expect ok ok_or ok_or_else cloned copied iter into_iter collect' +
    ' to_lowercase to_uppercase trim_start trim_end rev skip to_path_buf next nth last first at pop shift' +
    ' items values keys entries toArray read json text resolve absolute expanduser as_posix'
  ).split(' '),
)
const ELEMENT_METHODS = new Set(['get', 'getlist', 'getAll', 'getall', 'get_all', 'get_list'])
const ADDING_METHODS = new Set(['format', 'join', 'concat', 'joinpath'])
/** Functions that are handed functions, which they call with what they are called on. */
const CALLING_METHODS = new Set(
  'map forEach flatMap filter find some every for_each filter_map flat_map then and_then'.split(' '),
)

/** Functions that give back what they are given: all arguments count. */
const SAME_FUNCTIONS = new Set(
  (
    'str bytes list tuple dict set sorted reversed iter next enumerate os.path.join os.path.normpath os.path.abspath' +
    ' os.path.realpath os.path.expanduser os.fspath pathlib.Path pathlib.PurePath urllib.parse.unquote' +
    ' urllib.parse.unquote_plus urllib.parse.urljoin urllib.parse.urlparse urllib.parse.urlsplit urllib.parse.parse_qs' +
    ' json.loads base64.b64decode base64.urlsafe_b64decode html.unescape textwrap.dedent copy.copy copy.deepcopy' +
    ' typing.cast io.BytesIO io.StringIO' +
    ' String decodeURIComponent decodeURI unescape JSON.parse atob Buffer.from Array.from Object.assign Object.values' +
    ' Object.entries Object.keys Promise.resolve path.join path.resolve path.normalize path.posix.join url.parse' +
    ' querystring.parse qs.parse URL URLSearchParams url.URL url.URLSearchParams' +
    ' String.from std.path.PathBuf.from std.path.Path.new PathBuf.from Path.new Some Ok Url.parse url.Url.parse'
  ).split(' '),
)

/** Functions of this file whose name says that they make a value harmless. */
const CLEANS = /sanit|escap|quot|clean|valid|safe|encod|check|strip|normali[sz]e|filter/i

function traceCall(walk: Walk, call: SyntaxNode, path: Path): Source | undefined {
  const { file } = walk
  const direct = accept(walk, sourceAt(file, call, path), call, path)
  if (direct) return direct
  const object = receiver(call)
  const name = calleeName(call)
  const args = call.children('argument').map(it => (it.kind === 'KeywordArgument' ? it.child('value') : it))
  const full = calledName(file, call)
  if (SAME_FUNCTIONS.has(full)) {
    const wraps = /^(Object\.(values|entries|keys)|dict|list|tuple|set|sorted|iter|next|enumerate)$/.test(
      full,
    )
    return first(walk, args, arg =>
      trace(walk, arg, wraps ? path : path.length > 0 && CONTAINERS.test(full) ? path : []),
    )
  }
  if (object) {
    if (ELEMENT_METHODS.has(name)) {
      // `args.get('page', type=int)` converts.
      if (
        call
          .children('argument')
          .some(it => it.kind === 'KeywordArgument' && it.child('label')?.text === 'type')
      )
        return undefined
      const key = args[0] && file.constant(args[0])
      return (
        (isPartMethod(name)
          ? extended(object, call, step(walk, object.unwrapped, [`${name}()`, ...path]))
          : undefined) ??
        extended(object, call, step(walk, object.unwrapped, [key ? String(key.value) : ANY, ...path]))
      )
    }
    if (ADDING_METHODS.has(name)) {
      const pieces = piecesOf(file, call)
      const isRead = pieces.length !== 1 || !isHole(pieces[0]!) || pieces[0].node.row !== call.row
      return isRead ? traceText(walk, call) : first(walk, [object, ...args], it => trace(walk, it, []))
    }
    // A method may be how a request hands out its parts: `request.get_json()`, `c.req.query('name')`.
    const asPart = isPartMethod(name)
      ? extended(object, call, step(walk, object.unwrapped, [`${name}()`, ...path]))
      : undefined
    if (asPart) return asPart
    if (SAME_METHODS.has(name) || isPlainReplacement(file, call, name))
      return extended(object, call, step(walk, object.unwrapped, path))
    if (CLEANS.test(name)) return undefined
    const own = methodOf(call, object, name)
    return own ? traceResult(walk, own, call, path) : begins(walk, call, path)
  }
  const callee = calleeOf(call)
  if (CLEANS.test(name)) return undefined
  const fn = callee?.kind === 'Name' ? functionOf(file.binding(callee)) : undefined
  return fn ? traceResult(walk, fn, call, path) : begins(walk, call, path)
}

/** What comes out of here is for another file to say. */
function begins(walk: Walk, call: SyntaxNode, path: Path): undefined {
  if (walk.border?.isForeign(call))
    walk.found?.push({ kind: 'result', call, path, isHead: !walk.isBehind, via: [] })
}

/** Taking out a whole word (`replace('https://', '')`) is no attempt to take out what is dangerous. */
function isPlainReplacement(file: SourceFile, call: SyntaxNode, name: string): boolean {
  const what = /^replace(All|_all)?$/.test(name) ? call.children('argument')[0] : undefined
  const constant = what && what.kind !== 'Regex' ? file.constant(what) : undefined
  return constant?.kind === 'string' && constant.value.length > 4
}

/** Those whose result has the members of what they were given. */
const CONTAINERS =
  /^(json\.loads|JSON\.parse|Object\.assign|copy\.|typing\.cast|Promise\.resolve|Some|Ok|dict)/

/** What a function of this file returns, its parameters standing for the arguments of `call`. */
function traceResult(walk: Walk, fn: SyntaxNode, call: SyntaxNode, path: Path): Source | undefined {
  if (walk.inside?.outer.inside || fn.has('Yield')) return undefined
  if (walk.border?.isShared(fn)) return begins(walk, call, path)
  const within: Walk = { ...walk, inside: { function: fn, call, outer: walk } }
  const body = fn.child('body')
  if (!body) return undefined
  const results =
    body.kind === 'Block' ? [...body.ownDescendants('Return')].map(it => it.child('value')) : [body]
  if (walk.file.language === 'rust' && body.kind === 'Block') results.push(body)
  return first(walk, results, it => trace(within, it, path))
}

function functionOf(binding: Binding | undefined): SyntaxNode | undefined {
  if (!binding) return undefined
  if (binding.kind === 'function') {
    const { parent } = binding.declaration
    return parent?.kind === 'Function' && binding.writeCount === 1 ? parent : undefined
  }
  const value = binding.onlyValue?.unwrapped
  return value?.kind === 'Function' ? value : undefined
}

/** The method that `this.name(…)` or `self.name(…)` calls. */
function methodOf(call: SyntaxNode, object: SyntaxNode, name: string): SyntaxNode | undefined {
  if (object.kind !== 'This' && object.name !== 'self') return undefined
  const owner = call.closest('Class', 'Implementation')
  const members = owner?.child('body')?.children('statement') ?? owner?.children('member') ?? []
  for (const member of members) {
    const it = member.kind === 'Decorated' ? member.child('definition') : member
    if (it?.kind === 'Function' && it.child('name')?.name === name) return it
  }
  return undefined
}

// ---- Names --------------------------------------------------------------------------------------------------------

function traceName(walk: Walk, name: SyntaxNode, path: Path): Source | undefined {
  const binding = walk.file.binding(name)
  const direct = accept(walk, sourceAt(walk.file, name, path), name, path)
  if (direct || !binding || binding.kind === 'import') return direct
  return traceBinding(walk, binding, name, path)
}

function traceBinding(walk: Walk, binding: Binding, read: SyntaxNode, path: Path): Source | undefined {
  if (excludesText(walk.file, typeBeside(binding.declaration))) return undefined
  return first(walk, writesBefore(binding, read), write => {
    const definition = definitionOf(write)
    if (!definition || excludesText(walk.file, typeBeside(write))) return undefined
    return definition.kind === 'parameter'
      ? traceParameter(walk, definition, read, [...definition.path, ...path])
      : inner(walk, definition.value, [...definition.path, ...path])
  })
}

/** The annotation of `const x: number = …`, `x: int = …`. */
function typeBeside(write: SyntaxNode): SyntaxNode | undefined {
  return write.parent?.is('Declarator', 'Assignment') ? write.parent.child('type') : undefined
}

type ParameterDefinition = Extract<Definition, { kind: 'parameter' }>

function traceParameter(
  walk: Walk,
  definition: ParameterDefinition,
  read: SyntaxNode,
  path: Path,
): Source | undefined {
  const { file } = walk
  const { function: fn, parameter, index } = definition
  const type = parameter.child('type')
  if (path.length === 0 && excludesText(file, type)) return undefined
  if (walk.inside?.function.row === fn.row) {
    const argument = argumentFor(walk.inside.call, definition)
    return argument && trace(walk.inside.outer, argument, path)
  }
  const known =
    accept(walk, parameterSource(file, fn, parameter, index, path), read, path) ??
    traceCallback(walk, definition, path)
  if (known || (walk.border?.isShared(fn) && walk.found)) {
    const isValue = !path.some(it => it.endsWith('()'))
    if (!known && isValue)
      walk.found?.push({
        kind: 'parameter',
        function: fn,
        parameter,
        index,
        path,
        isHead: !walk.isBehind,
        via: [],
      })
    return known
  }
  return (
    traceCallers(walk, definition, path) ??
    (isHeld(path) && walk.wanted.origins.includes('caller') && admitsText(type) && isPublicFunction(file, fn)
      ? { origin: 'caller', part: 'other', at: read, path }
      : undefined)
  )
}

/** The parameter itself, or an option of it; what its methods give is something else. */
function isHeld(path: Path): boolean {
  return path.length === 0 || (path.length === 1 && !path[0]!.endsWith('()'))
}

/** `names.map(name => …)`: the parameter stands for what the method is called on. */
function traceCallback(
  walk: Walk,
  { function: fn, index }: ParameterDefinition,
  path: Path,
): Source | undefined {
  const call = fn.role === 'argument' ? fn.parent : undefined
  if (call?.kind !== 'Call' || index !== 0 || !CALLING_METHODS.has(calleeName(call))) return undefined
  const object = receiver(call)
  const isSame = /^(then|and_then)$/.test(calleeName(call)) || walk.file.language === 'rust'
  return object && trace(walk, object, isSame ? path : [ANY, ...path])
}

/** From a parameter to what the calls of its function in this file pass. */
function traceCallers(walk: Walk, definition: ParameterDefinition, path: Path): Source | undefined {
  if (walk.risen > 0 || walk.inside) return undefined
  const { function: fn } = definition
  const above: Walk = { ...walk, risen: walk.risen + 1 }
  return first(walk, callsOf(walk.file, fn), call => {
    const argument = argumentFor(call, definition)
    return argument && trace(above, argument, path)
  })
}

function callsOf(file: SourceFile, fn: SyntaxNode): SyntaxNode[] {
  const name = fn.child('name') ?? (fn.parent?.kind === 'Declarator' ? fn.parent.child('target') : undefined)
  if (!name) return []
  const owner = fn.closest('Class', 'Implementation', 'Function')
  if (owner && owner.kind !== 'Function') {
    return [...owner.named(name.name, 'any')]
      .map(it => (it.parent?.role === 'callee' ? it.parent.parent : undefined))
      .filter(
        it =>
          it?.kind === 'Call' &&
          calleeName(it) === name.name &&
          (receiver(it)?.kind === 'This' || receiver(it)?.name === 'self'),
      ) as SyntaxNode[]
  }
  const binding = name.kind === 'Name' ? file.binding(name) : undefined
  const calls: SyntaxNode[] = []
  for (const use of binding?.reads() ?? []) {
    if (use.role === 'callee' && use.parent?.is('Call', 'New')) calls.push(use.parent)
  }
  return calls
}

function argumentFor(
  call: SyntaxNode,
  { function: fn, parameter, index }: ParameterDefinition,
): SyntaxNode | undefined {
  const name = parameterName(parameter)
  const all = call.children('argument')
  const named = all.find(it => it.kind === 'KeywordArgument' && it.child('label')?.text === name)
  if (named) return named.child('value')
  const positional = all.filter(it => it.kind !== 'KeywordArgument')
  const spread = positional.findIndex(it => it.kind === 'Spread')
  if ((spread !== -1 && spread <= index) || parametersOf(fn).length <= index) return undefined
  return parameter.kind === 'RestPattern' ? undefined : positional[index]
}

function accept(walk: Walk, found: Inlet | undefined, at: SyntaxNode, path: Path): Source | undefined {
  if (!found || !walk.wanted.origins.includes(found.origin) || walk.wanted.except?.includes(found.part))
    return undefined
  // Whether it holds text, another file has to say.
  if (found.shape && !walk.found) return undefined
  const source = { ...found, at, path }
  walk.found?.push({ kind: 'source', source, isHead: !walk.isBehind, via: [] })
  return source
}
