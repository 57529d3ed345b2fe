// Schemas and operations in files of their own.

import { isSpecimen, isTest } from '../../../semantics/provenance.ts'
import type { FactWriter } from '../../facts.ts'
import { readDocument } from '../../graphql/document.ts'
import { writeDocument } from './document-rows.ts'

/** Files that this reads, by name. */
export const GRAPHQL_FILE = /\.(graphqls?|gql)$/

export function extractGraphqlFile(path: string, text: string, facts: FactWriter): void {
  if (!isTest(path) && !isSpecimen(path)) writeDocument(readDocument(text), 0, facts)
}
