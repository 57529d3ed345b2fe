// Functions as lists of statements, so that copies of them are known again elsewhere.

import { hash32 } from '../../base/digest.ts'
import { functionsOf } from '../../semantics/functions.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { type Statements, statementsOf } from '../../semantics/statements.ts'
import type { FactWriter } from '../facts.ts'

/** Shorter ones are alike by nature: they forward, read a field, or check an argument. */
const LEAST_NODES = 60
const LEAST_STATEMENTS = 7
/** Nobody copies these as a whole, and who does hears of it elsewhere. */
const MOST_STATEMENTS = 200
/** More is a page, a query or a table. */
const LONGEST = 300

export function extractBodies(file: SourceFile, facts: FactWriter): void {
  if (file.isTest || file.isUntended || file.hasErrors) return
  let first = 0
  for (const fn of functionsOf(file.tree)) {
    const node = file.reader.node(fn.row)
    if (node.size < LEAST_NODES) continue
    const { head, texts, starts, ends } = file.remembered('statements', node, () =>
      isSqueezed(node.text) ? NONE : shortened(statementsOf(file.tree, fn.row, fn.nameStart)),
    )
    if (texts.length < LEAST_STATEMENTS || texts.length > MOST_STATEMENTS) continue
    const { name, owner } = fn
    facts.add('body', { name, owner, language: file.language, head, first, count: texts.length }, node)
    for (let i = 0; i < texts.length; i++)
      facts.add('statement', texts[i]!, { start: node.start + starts[i]!, end: node.start + ends[i]! })
    first += texts.length
  }
}

const NONE: Statements = { head: '', texts: [], starts: [], ends: [] }

function shortened(statements: Statements): Statements {
  const short = (text: string) => (text.length > LONGEST ? `… ${hash32(text)}` : text)
  return { ...statements, head: short(statements.head), texts: statements.texts.map(short) }
}

/** A program took the line breaks out: nobody reads it, wherever it lies. */
function isSqueezed(text: string): boolean {
  return text.length / text.split('\n').length > MOST_CHARACTERS
}

/** On a line, on average; people write forty. */
const MOST_CHARACTERS = 100
