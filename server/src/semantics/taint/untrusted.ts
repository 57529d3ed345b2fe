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
import { receiver } from '../calls.ts'
import { isChecked } from '../checks.ts'
import { ANY } from '../definitions.ts'
import { excerpt } from '../excerpt.ts'
import { chosenSides } from '../known.ts'
import { excludesText } from '../public-functions.ts'
import type { SourceFile } from '../source-file.ts'
import type { Hole } from '../text-pieces.ts'
import { indexName } from './contents.ts'
import { traceName } from './names.ts'
import { traceBlock, traceElements, traceEntry, traceHole, traceMember, traceText } from './parts.ts'
import { traceCall } from './results.ts'
import type { Source } from './sources.ts'
import {
  type Beginning,
  type Border,
  first,
  inner,
  type Path,
  type Steps,
  type Walk,
  type Wanted,
} from './walk.ts'

export type { Origin, Part, Source } from './sources.ts'
export type { Beginning, Border, Wanted } from './walk.ts'

/** The source that an expression's value may come from, unless somebody looked at it before. */
export function untrusted(file: SourceFile, node: SyntaxNode, wanted: Wanted): Source | undefined {
  return traceNode(start(file, node, wanted), node, [])
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
  else traceNode(walk, value, [])
  // What comes out at one value has mostly come the same way.
  const cleared = new Map<number, boolean>()
  const isClearedHere = (part: SyntaxNode) => {
    let known = cleared.get(part.row)
    if (known === undefined) {
      known = isClearedAt(walk, part, place)
      cleared.set(part.row, known)
    }
    return known
  }
  return found.filter(it => !it.via.some(isClearedHere))
}

/** How a source is called in a message. */
export function sourceText(source: Source): string {
  return excerpt(source.at, 60)
}

/** Nobody reads a member of a member of a member of … for ever: a loop that goes down a tree does. */
const LONGEST = 6
/** Nobody hands a value through more than this; a walk that is longer has lost its way. */
const STEPS = 200

function start(file: SourceFile, sink: SyntaxNode, wanted: Wanted): Walk {
  return { file, sink, wanted, steps: STEPS_BACK, seen: new Set(), risen: 0, depth: 0 }
}

function traceNode(walk: Walk, node: SyntaxNode, path: Path): Source | undefined {
  const it = node.unwrapped
  if (path.length > LONGEST) return undefined
  if (walk.border && !walk.inside && walk.risen === 0) return gather(walk, walk.border, it, path)
  const key = `${it.row}:${path.join('.')}:${walk.inside?.call.row ?? ''}`
  if (walk.seen.has(key) || walk.seen.size > STEPS) return undefined
  walk.seen.add(key)
  const before = walk.found?.length ?? 0
  const found = stepInto(walk, it, path)
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
    const paths = (border.paths.get(it.row) ?? 0) + 1
    if (paths > MOST_PATHS) return undefined
    border.paths.set(it.row, paths)
    border.known.set(key, [])
    const found: Beginning[] = []
    stepInto({ ...walk, found, isBehind: false, depth: walk.depth + 1 }, it, path)
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
/** Who comes by a place again and again, each time for another part of it, goes round in a loop that takes something apart. */
const MOST_PATHS = 64

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

function stepInto(walk: Walk, it: SyntaxNode, path: Path): Source | undefined {
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
      return first(walk, chosenSides(walk.file, it), side => inner(walk, side, path))
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

const STEPS_BACK: Steps = { trace: traceNode, step: stepInto }
