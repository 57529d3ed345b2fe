// Which routers of other functions an expression is made of.

import { calleeName, positional } from '../../../semantics/calls.ts'
import { definitionOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import { rustReference, withoutTypeArguments } from './bindings.ts'
import { type Dialect, methodObject } from './router-chains.ts'
import { tailOf } from './text.ts'

/** A router that comes from elsewhere: the expression, and what it stands for. */
export interface Leaf {
  readonly node: SyntaxNode
  readonly reference: Reference
}

/** The routers of other functions that an expression is made of. */
export function* leavesOf(file: SourceFile, dialect: Dialect, node: SyntaxNode, depth = 0): Generator<Leaf> {
  if (depth > 8) return
  const it = node.unwrapped
  const inside = function* (inner: SyntaxNode | undefined): Generator<Leaf> {
    if (inner) yield* leavesOf(file, dialect, inner, depth + 1)
  }
  switch (it.kind) {
    case 'Await':
    case 'Propagate':
    case 'Borrow':
    case 'Cast':
      yield* inside(it.child('value'))
      return
    case 'Block':
    case 'UnsafeBlock':
      yield* inside(tailOf(it.kind === 'Block' ? it : it.child('body')))
      return
    case 'If':
      yield* inside(it.child('consequence'))
      yield* inside(it.child('alternative'))
      return
    case 'Switch':
      for (const arm of it.descendants('Case')) yield* inside(arm.child('body'))
      return
    case 'Tuple':
    case 'List':
      for (const element of it.children('element')) yield* inside(element)
      return
    case 'Call':
      yield* leavesOfCall(file, dialect, it, depth)
      return
    case 'Name': {
      const binding = file.binding(it)
      if (binding?.kind === 'variable') {
        for (const write of binding.writes()) {
          const definition = definitionOf(write)
          if (definition?.kind === 'value' && /^0?$/.test(definition.path.join()))
            yield* inside(definition.value)
        }
        return
      }
      break
    }
    case 'Path':
    case 'GenericType':
      break
    default:
      return
  }
  const reference = rustReference(file, it)
  if (reference) yield { node: it, reference }
}

function* leavesOfCall(file: SourceFile, dialect: Dialect, call: SyntaxNode, depth: number): Generator<Leaf> {
  if (dialect.made(file, call)) return
  const callee = call.child('callee')?.unwrapped
  const object = methodObject(call)
  if (object) {
    const method = callee && rustReference(file, withoutTypeArguments(callee))
    if (method) yield { node: call, reference: method }
    else yield* leavesOf(file, dialect, object, depth + 1)
    // `middleware.layer(app)`
    if (calleeName(call) === 'layer') yield* passedIn(file, dialect, call, depth)
    return
  }
  const [first] = positional(call)
  if (/^(Some|Ok|(Box|Arc|Rc)::(new|pin))$/.test(callee?.text ?? '')) {
    if (first) yield* leavesOf(file, dialect, first, depth + 1)
    return
  }
  const reference = callee && rustReference(file, callee)
  if (reference && !/(^|_)(middleware|layers?|apply|wrap|limits?)/.test(reference.names.at(-1)!))
    yield { node: call, reference }
  // `with_layers(state, router)`
  yield* passedIn(file, dialect, call, depth)
}

/** Of what a call is given, what surely is a router. */
function* passedIn(file: SourceFile, dialect: Dialect, call: SyntaxNode, depth: number): Generator<Leaf> {
  for (const argument of positional(call)) {
    if (!argument.unwrapped.is('Name', 'Call')) continue
    for (const leaf of leavesOf(file, dialect, argument, depth + 1))
      if (dialect.isRouterName(leaf.reference.names)) yield leaf
  }
}
