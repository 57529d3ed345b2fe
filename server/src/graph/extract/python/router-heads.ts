// How Flask's and FastAPI's routers are made and used: `app = Flask(…)`, `@app.get(…)`.

import { calleeName, receiver } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { classNamed } from './classes.ts'

/** What a call may make a router of. */
export interface Making {
  /** The last name of what is called. */
  readonly name: string
  /** Of a class of this file: what it is based on. */
  readonly superclass: string
  /** With imports written out. */
  readonly qualified: string
}

export function makingOf(file: SourceFile, call: SyntaxNode): Making | undefined {
  const callee = call.child('callee')
  if (!callee) return undefined
  const superclass = classNamed(file, callee)?.child('superclass')?.text ?? ''
  return { name: calleeName(call), superclass, qualified: file.qualifiedName(callee) }
}

/** `@router.verb(…)` above a function or a class. */
export interface Decoration {
  readonly call: SyntaxNode
  readonly verb: string
  readonly router: SyntaxNode
  readonly definition: SyntaxNode | undefined
}

export function decorationOf(decorator: SyntaxNode): Decoration | undefined {
  const call = decorator.child('value')
  const router = call?.kind === 'Call' ? receiver(call)?.unwrapped : undefined
  if (!call || !router) return undefined
  return { call, verb: calleeName(call), router, definition: decorator.parent?.child('definition') }
}
