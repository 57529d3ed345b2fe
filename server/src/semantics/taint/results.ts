// From what a call gives back to what it was made of: functions that hand on what they are given, and those of this file.

import type { SyntaxNode } from '../../syntax/node.ts'
import { calleeName, calleeOf, receiver } from '../calls.ts'
import { ANY } from '../definitions.ts'
import { calledName } from '../full-name.ts'
import type { Binding, SourceFile } from '../source-file.ts'
import { isHole, piecesOf } from '../text-pieces.ts'
import { sectionPath } from './contents.ts'
import { extended, traceText } from './parts.ts'
import { isPartMethod, type Source, sourceAt } from './sources.ts'
import { accept, begins, first, type Path, step, trace, type Walk } from './walk.ts'

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

/** Functions that give back what they are given: all arguments count. */
const SAME_FUNCTIONS = new Set(
  (
    'str bytes list tuple dict set sorted reversed iter next enumerate os.path.join os.path.normpath os.path.abspath' +
    ' os.path.realpath os.path.expanduser os.fspath pathlib.Path pathlib.PurePath urllib.parse.unquote' +
    ' urllib.parse.unquote_plus urllib.parse.urljoin urllib.parse.urlparse urllib.parse.urlsplit urllib.parse.parse_qs' +
    ' json.loads b64decode base64.b64decode base64.urlsafe_b64decode html.unescape textwrap.dedent copy.copy copy.deepcopy' +
    ' typing.cast io.BytesIO io.StringIO' +
    ' String decodeURIComponent decodeURI unescape JSON.parse atob Buffer.from Array.from Object.assign Object.values' +
    ' Object.entries Object.keys Promise.resolve path.join path.resolve path.normalize path.posix.join url.parse' +
    ' querystring.parse qs.parse URL URLSearchParams url.URL url.URLSearchParams' +
    ' String.from std.path.PathBuf.from std.path.Path.new PathBuf.from Path.new Some Ok Url.parse url.Url.parse'
  ).split(' '),
)

const DECODING =
  /^(base64\.(urlsafe_|standard_)?b64decode|atob|decodeURIComponent|urllib\.parse\.unquote(_plus)?)$/
const ENCODING =
  /^(base64\.(urlsafe_|standard_)?b64encode|btoa|encodeURIComponent|urllib\.parse\.quote(_plus)?)$/

/** Of an address that somebody followed a link to, these parts are whatever the link says. */
const READERS = /^((url\.)?URL|url\.parse)$/
const CHOSEN = /^(searchParams|search|query|hash)$/

function withUrls(walk: Walk): Walk {
  const { except } = walk.wanted
  if (!except?.includes('url')) return walk
  return { ...walk, wanted: { ...walk.wanted, except: except.filter(it => it !== 'url') } }
}

/** Functions of this file whose name says that they make a value harmless. */
const CLEANS = /sanit|escap|quot|clean|valid|safe|encod|check|strip|normali[sz]e|filter/i

export function traceCall(walk: Walk, call: SyntaxNode, path: Path): Source | undefined {
  const { file } = walk
  const direct = accept(walk, sourceAt(file, call, path), call, path)
  if (direct) return direct
  const object = receiver(call)
  const name = calleeName(call)
  const args = call.children('argument').map(it => (it.kind === 'KeywordArgument' ? it.child('value') : it))
  const full = calledName(file, call)
  if (DECODING.test(full)) {
    // What was encoded here comes out as it was.
    const made = args[0] && file.value(args[0])
    const encoded =
      made?.kind === 'Call' && ENCODING.test(calledName(file, made)) ? made.child('argument') : undefined
    if (encoded) return trace(walk, encoded, [])
  }
  if (SAME_FUNCTIONS.has(full)) {
    const wraps = /^(Object\.(values|entries|keys)|dict|list|tuple|set|sorted|iter|next|enumerate)$/.test(
      full,
    )
    const within = READERS.test(full) && CHOSEN.test(path[0] ?? '') ? withUrls(walk) : walk
    return first(walk, args, arg =>
      trace(within, arg, wraps ? path : path.length > 0 && CONTAINERS.test(full) ? path : []),
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
      const section = name === 'get' ? sectionPath(file, call, object) : undefined
      if (section) return step(walk, object.unwrapped, [...section, ...path])
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
