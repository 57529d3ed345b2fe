// What `.proto` files declare.

import { isSpecimen, isTest } from '../../../semantics/provenance.ts'
import type { FactWriter } from '../../facts.ts'
import { readProto } from '../../protobuf/document.ts'

/** Files that this reads, by name. */
export const PROTO_FILE = /\.proto$/

export function extractProtoFile(path: string, text: string, facts: FactWriter): void {
  if (isTest(path) || isSpecimen(path)) return
  const { package: name, hasPublicImport, extensions, types } = readProto(text)
  facts.add(
    'protoFile',
    {
      package: name,
      ...(hasPublicImport && { isOpen: true as const }),
      ...(extensions.length > 0 && { others: extensions }),
    },
    { start: 0, end: 0 },
  )
  for (const it of types) {
    facts.add(
      'protoType',
      { name: it.name, kind: it.kind, ...(it.oneofs.length > 0 && { oneofs: it.oneofs }) },
      it,
    )
    for (const { name: member, type, answer, start, end } of it.members)
      facts.add('protoMember', { of: it.name, name: member, type, ...(answer && { answer }) }, { start, end })
  }
}
