// Types as they are written down in Python and TypeScript, as far as all languages share them.

import type { SyntaxNode } from '../../syntax/node.ts'
import type { Type } from './plan.ts'
import { Refused } from './refusal.ts'

export function typeWritten(node: SyntaxNode): Type {
  const type = typeOf(node.text.replace(/^:/, ''))
  if (!type) throw new Refused('type', node)
  return type
}

function typeOf(written: string): Type | undefined {
  const text = written.trim()
  const plain = PLAIN.get(text)
  if (plain) return plain
  const inner =
    /^(?:list|List|Array|ReadonlyArray)\s*[[<]([\s\S]*)[\]>]$/.exec(text)?.[1] ??
    /^(?:readonly\s+)?([\w\s[\]]+?)\[\]$/.exec(text)?.[1]
  const list = inner === undefined ? undefined : typeOf(inner)
  return list && { list }
}

const PLAIN: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['float', 'float'],
  ['number', 'float'],
  ['int', 'integer'],
  ['str', 'text'],
  ['string', 'text'],
  ['bool', 'truth'],
  ['boolean', 'truth'],
])
