// Which methods a route of axum answers, and by which functions.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Method } from '../../rows/routes.ts'
import { lastName, withoutTypeArguments } from './bindings.ts'
import { type Answerer, answererIn } from './handlers.ts'
import { methodObject } from './router-chains.ts'
import { functionCalled, tailOf } from './text.ts'

export interface Answer extends Answerer {
  readonly method: Method
}

/** The functions that begin such a service, and the methods that go on with it. */
export const VERB = /^(get|post|put|patch|delete|head|options|trace|connect|any)(?:_service|_with)?$/

/** `get(list).post(create).layer(…)`: which methods a route answers, and by which functions. */
export function answersOf(file: SourceFile, node: SyntaxNode, depth = 0): Answer[] {
  const value = file.value(node)
  const answers: Answer[] = []
  let it: SyntaxNode | undefined = value
  for (let steps = 0; steps < 60 && it?.kind === 'Call'; steps++) {
    const callee: SyntaxNode | undefined = it.child('callee') && withoutTypeArguments(it.child('callee')!)
    const object = methodObject(it)
    const name = object ? calleeName(it) : verbName(file, callee)
    const [first, second] = positional(it)
    const verb = VERB.exec(name)?.[1]
    if (verb && first) answers.unshift({ method: methodOf(verb), ...answererIn(file, first) })
    else if (name === 'on' && first && second)
      answers.unshift(...filtered(first).map(method => ({ method, ...answererIn(file, second) })))
    else if (!object) {
      // A function of this file that puts the methods together.
      const tail = depth < 3 ? tailOf(functionCalled(file, it)?.child('body')) : undefined
      const made = tail ? answersOf(file, tail, depth + 1) : []
      return made.length > 0
        ? [...made, ...answers]
        : /MethodRouter::new$/.test(callee?.text ?? '')
          ? answers
          : []
    }
    if (object?.unwrapped.kind === 'Name' && depth < 3)
      return [...answersOf(file, object, depth + 1), ...answers]
    it = object?.unwrapped
  }
  return it ? [] : answers
}

/** `get` of `get`, `routing::get`, and of `axum_get` that is `get` by another name. */
function verbName(file: SourceFile, callee: SyntaxNode | undefined): string {
  if (!callee) return ''
  const own = callee.kind === 'Name' ? file.importedName(callee) : undefined
  return own?.slice(own.lastIndexOf('.') + 1) ?? lastName(callee)
}

function methodOf(verb: string): Method {
  return verb === 'any' ? '*' : verb.toUpperCase()
}

/** `MethodFilter::GET.or(MethodFilter::HEAD)` */
function filtered(filter: SyntaxNode): Method[] {
  return [...filter.text.matchAll(/\bMethodFilter::([A-Z]+)/g)].map(it => it[1]!)
}
