// Text that Rust code puts together: `format!`, `concat!`, `Url::join`, and functions of the file that build an address.

import { calleeName, positional, receiver } from '../../../semantics/calls.ts'
import { macroArguments } from '../../../semantics/macro-arguments.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import { isHole, type Piece, piecesOf } from '../../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { TextPart, TextParts } from '../../rows/names.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { joined, written } from '../text.ts'
import { functionAround, rustReference } from './bindings.ts'

/** So far are variables and functions followed. */
const DEPTH = 6

/** One text. `{ parameter }` counts the parameters of the function around, `self` left out. */
export function rustText(file: SourceFile, node: SyntaxNode, depth = 0): TextParts {
  if (depth > DEPTH) return [{ hole: '' }]
  return joined(piecesOf(file, node).flatMap(piece => ofPiece(file, piece, depth)))
}

/**
 * A text as the path of a route or of a mount: `/x`, or `{}/x` when nobody knows what comes before. Undefined when it says
 * nothing.
 */
export function rustPath(file: SourceFile, node: SyntaxNode | undefined): RoutePath | undefined {
  if (!node) return undefined
  const parts = rustText(file, node)
  if (!parts.some(it => typeof it === 'string')) return parts.length === 0 ? '' : undefined
  // `format!("/{{{}_id}}", name)` puts a value into the name of a parameter.
  const path = written(parts).replace(/\{[^{}/]*\{[^{}]*\}[^{}/]*\}/g, '{parameter}')
  if (typeof parts[0] !== 'string') return path.replace(/^\{[^}]*\}/, '{}')
  return path.startsWith('/') ? path : `/${path}`
}

/** The parameters of a function that callers pass. */
export function rustParameters(fn: SyntaxNode | undefined): SyntaxNode[] {
  const all = fn?.child('parameters')?.children('parameter') ?? []
  return all.filter(it => it.type !== 'self_parameter')
}

/** The name of a parameter: `path` for `path: &str` and for `mut path: String`. */
export function parameterName(parameter: SyntaxNode | undefined): string {
  let it = parameter?.kind === 'Parameter' ? parameter.child('target') : parameter
  if (it && it.kind !== 'Name') it = it.child('target')
  return it?.name ?? ''
}

/** What a block gives: the expression at its end. */
export function tailOf(body: SyntaxNode | undefined): SyntaxNode | undefined {
  if (body?.kind !== 'Block') return body
  const last = body.children('statement').at(-1)
  if (!last) return undefined
  if (last.kind === 'ExpressionStatement') {
    const value = last.child('value')
    return value?.is('If', 'Switch', 'Return', 'Block', 'UnsafeBlock') && !last.text.endsWith(';')
      ? tailOf(value)
      : value?.kind === 'Return'
        ? value.child('value')
        : undefined
  }
  return last.kind === 'Return' ? last.child('value') : last
}

function ofPiece(file: SourceFile, piece: Piece, depth: number): TextParts {
  if (!isHole(piece)) return [piece]
  if (piece.opaque) return [{ hole: piece.node.name }]
  const field = piece.path?.at(-1)
  if (field) return [{ hole: field }]
  if (piece.binding) return ofBinding(file, piece.binding, piece.node, depth)
  return ofExpression(file, piece.node, depth)
}

function ofExpression(file: SourceFile, given: SyntaxNode, depth: number): TextParts {
  const node = given.unwrapped
  const inside = () => {
    const value = node.child('value')
    return value ? rustText(file, value, depth + 1) : [{ hole: '' }]
  }
  switch (node.kind) {
    case 'Await':
    case 'Propagate':
    case 'Borrow':
    case 'Cast':
      return inside()
    case 'Name': {
      const binding = file.binding(node)
      return binding ? ofBinding(file, binding, node, depth) : [{ hole: node.name }]
    }
    case 'Path':
      return constantElsewhere(file, node) ?? [{ hole: node.child('property')?.name ?? '' }]
    case 'Member':
      return [{ hole: node.child('property')?.name ?? '' }]
    case 'Block': {
      const tail = tailOf(node)
      return tail ? rustText(file, tail, depth + 1) : [{ hole: '' }]
    }
    case 'MacroCall':
      return ofMacro(file, node)
    case 'Call':
      return ofCall(file, node, depth)
    default:
      return [{ hole: '' }]
  }
}

function ofBinding(file: SourceFile, binding: Binding, node: SyntaxNode, depth: number): TextParts {
  if (binding.kind === 'parameter') return [parameterOf(binding.declaration) ?? { hole: binding.name }]
  if (binding.kind === 'import')
    return constantElsewhere(file, binding.declaration) ?? [{ hole: binding.name }]
  const value = binding.onlyValue
  if (value && value.row !== node.row) {
    const text = rustText(file, value, depth + 1)
    if (text.some(it => typeof it === 'string' || 'parameter' in it)) return text
  }
  return [{ hole: binding.name }]
}

/** `routes::USERS`, by its spelling a constant. */
function constantElsewhere(file: SourceFile, node: SyntaxNode): TextParts | undefined {
  const reference = rustReference(file, node)
  return reference && /^[A-Z][A-Z0-9_]*$/.test(reference.names.at(-1)!) ? [{ from: reference }] : undefined
}

/** `concat!("/a", "/b")`, `uri!("/a")` */
function ofMacro(file: SourceFile, node: SyntaxNode): TextParts {
  const name = calleeName(node)
  if (name !== 'concat' && name !== 'uri' && name !== 'url') return [{ hole: '' }]
  const texts = macroArguments(node).map(({ nodes }) => {
    const constant = nodes.length === 1 ? file.constant(nodes[0]!) : undefined
    return constant ? String(constant.value) : undefined
  })
  const path = name === 'concat' ? texts : texts.slice(0, 1)
  return path.every(it => it !== undefined) ? [path.join('')] : [{ hole: '' }]
}

function ofCall(file: SourceFile, call: SyntaxNode, depth: number): TextParts {
  const name = calleeName(call)
  const values = positional(call)
  const [first] = values
  const object = receiver(call) ?? methodReceiver(call)
  if (object) {
    if (SAME_METHODS.has(name)) return rustText(file, object, depth + 1)
    // `["/api", path].concat()`
    if (name === 'concat' && object.unwrapped.kind === 'List')
      return joined(object.unwrapped.children('element').flatMap(it => rustText(file, it, depth + 1)))
    if (first && (name === 'join' || name === 'append_path') && values.length === 1)
      return below(rustText(file, object, depth + 1), rustText(file, first, depth + 1))
  } else if (first && SAME_FUNCTIONS.test(call.child('callee')?.text ?? '')) {
    return rustText(file, first, depth + 1)
  }
  const fn = functionCalled(file, call)
  const result = fn && tailOf(fn.child('body'))
  if (result) {
    const isOwn = fn.row === functionAround(call)?.row
    const text = isOwn ? [] : rustText(file, result, depth + 1)
    // What a function does to its parameter before it gives it back is not followed.
    const isChanged = text.length === 1 && typeof text[0] !== 'string' && values.length > 1
    if (!isChanged && text.some(it => typeof it === 'string' || 'parameter' in it))
      return joined(text.flatMap(it => passed(file, it, values, depth)))
  }
  // `server.url("/x")`, `append_to_url(base, "x")`: an address below something.
  const last = values.at(-1)
  if (last && values.length <= 2 && /(^|_)(url|uri|endpoint)(_for)?$/.test(name)) {
    const text = rustText(file, last, depth + 1)
    const base = values.length === 2 ? rustText(file, first!, depth + 1) : [{ hole: name }]
    if (typeof text[0] === 'string') return below(base, text)
  }
  return [{ hole: name }]
}

/** `a.b::<T>(…)`: `receiver` does not look behind the types. */
function methodReceiver(call: SyntaxNode): SyntaxNode | undefined {
  const callee = call.child('callee')
  const inner = callee?.kind === 'GenericType' ? callee.child('callee') : undefined
  return inner?.kind === 'Member' ? inner.child('object') : undefined
}

function passed(file: SourceFile, part: TextPart, values: readonly SyntaxNode[], depth: number): TextParts {
  if (typeof part === 'string' || !('parameter' in part)) return [part]
  const value = values[part.parameter]
  return value ? rustText(file, value, depth + 1) : [{ hole: '' }]
}

/** `base.join("/x")` */
function below(base: TextParts, path: TextParts): TextParts {
  const [first, ...rest] = path
  if (typeof first !== 'string') return joined([...base, '/', ...path])
  if (/^https?:/.test(first)) return path
  const last = base.at(-1)
  const start = typeof last === 'string' ? [...base.slice(0, -1), last.replace(/\/+$/, '')] : base
  return joined([...start, `/${first.replace(/^\/+/, '')}`, ...rest])
}

const SAME_METHODS = new Set(
  (
    'unwrap expect unwrap_or_default unwrap_or_else unwrap_or context with_context map_err ok ok_or ok_or_else to_string ' +
    'to_owned as_str as_ref as_deref into into_owned clone cloned borrow deref parse into_string trim_end_matches ' +
    'trim_start_matches trim_matches trim to_uri'
  ).split(' '),
)
const SAME_FUNCTIONS =
  /^(?:\w+::)*(?:Url|Uri|String|Cow|PathAndQuery|Origin)::(?:parse|parse_with_params|from|from_str|from_static|from_shared|try_from|path_only|ParseOptions)$|^(?:Some|Ok|Cow::Borrowed|Cow::Owned)$/

/** The function of this file that is called. */
export function functionCalled(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  let callee = call.child('callee')?.unwrapped
  if (callee?.kind === 'GenericType') callee = callee.child('callee')
  if (!callee) return undefined
  if (callee.is('Member', 'Path')) {
    const object = callee.child('object')?.unwrapped
    const property = callee.child('property')
    const isSelf = object?.kind === 'This' || object?.name === 'Self'
    const body = isSelf ? call.closest('Implementation', 'Interface')?.child('body') : undefined
    return property && body?.declaring(property).find(it => it.kind === 'Function')
  }
  const binding = callee.kind === 'Name' ? file.binding(callee) : undefined
  const fn = binding?.kind === 'function' ? binding.declaration.parent : undefined
  return fn?.kind === 'Function' ? fn : undefined
}

function parameterOf(declaration: SyntaxNode): TextPart | undefined {
  const fn = declaration.closest('Function')
  if (fn?.type === 'closure_expression') return undefined
  const index = rustParameters(fn).findIndex(it => it.contains(declaration))
  return index === -1 ? undefined : { parameter: index, hole: declaration.name }
}
