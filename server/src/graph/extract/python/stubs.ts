// Functions, classes and methods of `.pyi` files, with the parameters that they promise.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ForeignParameter } from '../../rows/foreign.ts'

export function extractStubs(file: SourceFile, facts: FactWriter): void {
  if (!file.path.endsWith('.pyi')) return
  for (const it of file.root.children('statement')) {
    const { definition, decorators } = undecorated(it)
    const at = definition?.child('name')
    if (!definition || !at) continue
    if (definition.kind === 'Function') {
      const parameters = isPlain(decorators) ? parametersOf(definition, 0) : undefined
      facts.add('stub', { kind: 'function', name: at.name, parameters }, at)
    } else if (definition.kind === 'Class') readClass(definition, at, facts)
  }
}

/** What checkers of types need, and nobody finds in the module itself. */
const TYPES_ONLY =
  /^(Protocol|TypedDict|NamedTuple|Enum|IntEnum|StrEnum|Generic|ABC|Exception|\w+Error|\w+Warning)$/

function readClass(type: SyntaxNode, at: SyntaxNode, facts: FactWriter): void {
  if (type.children('superclass').some(it => TYPES_ONLY.test(/^(?:\w+\.)*(\w+)/.exec(it.text)?.[1] ?? '')))
    return
  facts.add('stub', { kind: 'class', name: at.name, parameters: undefined }, at)
  for (const it of type.child('body')?.children() ?? []) {
    const { definition, decorators } = undecorated(it)
    const name = definition?.kind === 'Function' ? definition.child('name') : undefined
    if (!name || decorators.some(text => /property|\.(setter|deleter)$|cached/.test(text))) continue
    const bound = decorators.includes('staticmethod') ? 0 : 1
    const known = isPlain(decorators) ? parametersOf(definition!, bound) : undefined
    facts.add('stub', { kind: 'method', name: name.name, owner: at.name, parameters: known }, name)
  }
}

function undecorated(it: SyntaxNode): {
  readonly definition: SyntaxNode | undefined
  readonly decorators: string[]
} {
  if (it.kind !== 'Decorated') return { definition: it, decorators: [] }
  const decorators = it.children('decorator').map(one => one.child('value')?.text ?? '')
  return { definition: it.child('definition'), decorators }
}

/** `@overload` tells one way of several. */
function isPlain(decorators: readonly string[]): boolean {
  return decorators.every(it =>
    /^(staticmethod|classmethod|typing\.final|final|(typing_extensions\.)?deprecated\b.*)$/s.test(it),
  )
}

/** The first `bound` are given by Python: `self`, `cls`. */
function parametersOf(fn: SyntaxNode, bound: number): ForeignParameter[] | undefined {
  const parameters: ForeignParameter[] = []
  let kind: ForeignParameter['kind'] = 'any'
  for (const it of fn.child('parameters')?.children('parameter') ?? []) {
    if (it.type === 'positional_separator') {
      for (const [i, earlier] of parameters.entries()) parameters[i] = { ...earlier, kind: 'positional' }
    } else if (it.type === 'keyword_separator') kind = 'keyword'
    else {
      const written = it.kind === 'Parameter' ? (it.child('target')?.text ?? '') : it.text
      const [, stars, name] = /^(\**)(\w+)$/.exec(written) ?? []
      if (!name) return undefined
      const isOptional = stars !== '' || it.child('value') !== undefined
      if (stars === '**') parameters.push({ name, isOptional, kind: 'keywords' })
      else if (stars === '*') {
        parameters.push({ name, isOptional, kind: 'rest' })
        kind = 'keyword'
      } else parameters.push({ name, isOptional, kind: name.startsWith('__') ? 'positional' : kind })
    }
  }
  return parameters.slice(bound)
}
