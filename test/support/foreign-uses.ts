// Calls into another language, one a line: which function of Rust they lead to, and with what.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import type { ForeignUse } from '../../server/src/graph/foreign.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import { testEngine } from './engine.ts'

export async function foreignUses() {
  const engine = await testEngine([])

  function graphOf(files: Readonly<Record<string, string>>): Graph {
    const graph = new Graph()
    for (const [path, text] of Object.entries(files)) {
      const { facts } = analyseFile(engine, path, languageOf(path)!, text)
      graph.set(path, facts ?? { rows: {}, places: {} })
    }
    return graph
  }

  function check(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
    test(what, () => assert.deepEqual(graphOf(files).relations.foreignUses.map(shown), expected))
  }

  return { graphOf, check }
}

/** `scale(a, b?, *rest) ← 2, by`; what is only named has no arrow. */
function shown({ name, found, isMissing, isUnregistered, arguments: given }: ForeignUse): string {
  const marks = { positional: '/', keyword: '=', rest: '*', keywords: '**', any: '' }
  const parameters = found?.parameters?.map(it => `${marks[it.kind]}${it.name}${it.isOptional ? '?' : ''}`)
  const target = isMissing
    ? 'missing'
    : isUnregistered
      ? 'unregistered'
      : found
        ? `${found.kind} ${parameters ? `(${parameters.join(', ')})` : '(?)'}`
        : '?'
  const from = given && ` ← ${[given.positional, ...given.names, ...(given.isOpen ? ['…'] : [])].join(', ')}`
  return `${name}: ${target}${from ?? ''}`
}
