// ast-grep's own tests: code in which a rule must find something, and code in which it must not.

import { type Document, isMap, parseAllDocuments } from 'yaml'

export interface RuleTest {
  readonly id: string
  readonly valid: readonly string[]
  readonly invalid: readonly string[]
}

/** The tests in a text; none in one that is something else. */
export function readRuleTests(text: string): RuleTest[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false })
  if (!Array.isArray(documents)) return []
  return (documents as Document[]).flatMap(it => {
    if (!isMap(it.contents) || (!it.has('valid') && !it.has('invalid')) || it.errors.length > 0) return []
    const given = it.toJS() as Record<string, unknown>
    if (typeof given.id !== 'string') return []
    return [{ id: given.id, valid: texts(given.valid), invalid: texts(given.invalid) }]
  })
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(it => typeof it === 'string') : []
}
