// From a variable to what was written into it, and from a parameter to what callers pass.

import type { SyntaxNode } from '../../syntax/node.ts'
import { calleeName, receiver } from '../calls.ts'
import {
  ANY,
  type Definition,
  definitionOf,
  parameterName,
  parametersOf,
  writesBefore,
} from '../definitions.ts'
import { isNeverRun } from '../known.ts'
import { admitsText, excludesText, isPublicFunction } from '../public-functions.ts'
import type { Binding, SourceFile } from '../source-file.ts'
import { isOverwritten, traceContents } from './contents.ts'
import { parameterSource, type Source, sourceAt } from './sources.ts'
import { accept, first, inner, type Path, trace, type Walk } from './walk.ts'

/** Functions that are handed functions, which they call with what they are called on. */
const CALLING_METHODS = new Set(
  'map forEach flatMap filter find some every for_each filter_map flat_map then and_then'.split(' '),
)

export function traceName(walk: Walk, name: SyntaxNode, path: Path): Source | undefined {
  const binding = walk.file.binding(name)
  const direct = accept(walk, sourceAt(walk.file, name, path), name, path)
  if (direct || !binding || binding.kind === 'import') return direct
  return traceBinding(walk, binding, name, path)
}

export function traceBinding(walk: Walk, binding: Binding, read: SyntaxNode, path: Path): Source | undefined {
  if (excludesText(walk.file, typeBeside(binding.declaration))) return undefined
  const put = traceContents(walk, binding, read, path)
  if ((put && !walk.found) || isOverwritten(walk.file, binding, read, path)) return put
  const found = first(walk, writesBefore(binding, read), write => {
    const definition = definitionOf(write)
    if (!definition || excludesText(walk.file, typeBeside(write)) || isNeverRun(walk.file, write))
      return undefined
    return definition.kind === 'parameter'
      ? traceParameter(walk, definition, read, [...definition.path, ...path])
      : inner(walk, definition.value, [...definition.path, ...path])
  })
  return found ?? put
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
