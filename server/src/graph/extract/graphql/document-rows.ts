// A document in GraphQL as rows.

import type { FactWriter } from '../../facts.ts'
import type { GraphqlDocument, InputValue, Named, Selection } from '../../graphql/document.ts'
import { HOLE } from '../../graphql/tokens.ts'
import type { GraphqlInput } from '../../rows/graphql.ts'

/** `start` is where the document begins in its file. */
export function writeDocument(document: GraphqlDocument, start: number, facts: FactWriter): void {
  const at = (it: Named) => ({ start: start + it.start, end: start + it.end })
  for (const { operation, type } of document.roots)
    if (type) facts.add('graphqlRoot', { operation, type }, NOWHERE)
  for (const it of document.types) {
    if (!isKnown(it.name)) continue
    const { name, kind, isExtension, interfaces, members, directives } = it
    const isFederated = directives.some(directive => FEDERATION.test(directive))
    facts.add(
      'graphqlType',
      {
        ...{ name, kind },
        ...(isExtension && { isExtension: true as const }),
        ...(interfaces.length > 0 && { interfaces }),
        ...(members.length > 0 && { members }),
        ...(isFederated && { isFederated: true as const }),
      },
      at(it),
    )
    for (const field of it.fields) {
      const given = field.arguments.map(input)
      const row = { owner: name, ...input(field), ...(given.length > 0 && { arguments: given }) }
      if (isKnown(field.name)) facts.add('graphqlField', row, at(field))
    }
  }
  for (const it of document.executables) {
    const { kind, name, on, variables, selections } = it
    const of = facts.add('graphqlExecutable', { kind, name }, at(it))
    for (const variable of variables)
      if (isKnown(variable.name))
        facts.add('graphqlVariable', { of, ...input(variable) }, at({ ...variable, ...variable.typeAt }))
    if (kind !== 'fragment') writeSelections(selections, of, -1)
    else if (on && isKnown(on.name)) {
      const inline = { of, parent: -1, kind: 'inline', name: on.name, isOpened: true } as const
      writeSelections(selections, of, facts.add('graphqlSelection', inline, at(on)))
    }
  }

  function writeSelections(all: readonly Selection[], of: number, parent: number): void {
    for (const it of all) {
      // What is put in may be anything, and so may what it asks for.
      if (it.name.includes(HOLE) || (it.kind === 'field' && it.name === '')) continue
      const { kind, name, directives, selections } = it
      const row = {
        ...{ of, parent, kind, name },
        ...(directives.some(directive => LOCAL.test(directive)) && { isLocal: true as const }),
        ...(selections.length > 0 && { isOpened: true as const }),
      }
      const index = facts.add('graphqlSelection', row, at(it))
      for (const argument of it.arguments)
        if (isKnown(argument.name))
          facts.add(
            'graphqlArgument',
            { of: index, name: argument.name, value: argument.value },
            at(argument),
          )
      writeSelections(selections, of, index)
    }
  }
}

const NOWHERE = { start: 0, end: 0 }
/** `@link` and `@key` and what else makes a part of a schema out of a whole one. */
const FEDERATION =
  /^(key|extends|external|link|shareable|override|provides|requires|merge|computed|stitching\w*)$/
const LOCAL = /^(client|rest|export|local)$/

function isKnown(name: string): boolean {
  return name !== '' && !name.includes(HOLE)
}

function input({ name, type, hasDefault }: InputValue): GraphqlInput {
  return { name, type, ...(hasDefault && { hasDefault: true as const }) }
}
