// Schemas and operations in the strings of code: tagged with `gql`, handed to a function of that name, or plainly written.

import { calleeName } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { readDocument } from '../../graphql/document.ts'
import { HOLE } from '../../graphql/tokens.ts'
import { literalText } from '../literal-text.ts'
import { writeDocument } from './document-rows.ts'

export function extractGraphqlText(file: SourceFile, facts: FactWriter): void {
  if (!MAY_SPEAK.test(file.tree.text) || isTest(file.path) || file.isUntended || WRITTEN.test(file.path))
    return
  for (const node of file.root.descendants('String', 'Template')) {
    const isTagged = isHandedOver(node)
    if (node.end - node.start < SHORTEST) continue
    const text = literalText(node, HOLE)
    if (text === undefined || !(isTagged ? BEGINS : BEGINS_SURELY).test(text)) continue
    const document = readDocument(text)
    if (!isTagged && !document.isWhole) continue
    writeDocument(document, node.start, facts)
  }
}

const SHORTEST = 10

/** Asked of a whole file, which mostly has none. */
const MAY_SPEAK = /\bgql\b|[gG]raph[qQ][lL]|GRAPHQL|\b(?:query|mutation|subscription)\s+\w*\s*[({]/

/** Files that programs write. */
const WRITTEN = /(^|\/)(__)?generated(__)?\/|[.-]generated\./i

const COMMENTS = '^\\s*(?:#[^\\n]*\\n\\s*)*'
const BEGINS = new RegExp(
  `${COMMENTS}(?:"""[\\s\\S]*?"""\\s*)?(?:\\{|\\u0000|(?:query|mutation|subscription|fragment|extend|type|input|interface|union|enum|scalar|schema|directive)\\b)`,
)
/** Without anybody saying so, this is GraphQL as well. */
const BEGINS_SURELY = new RegExp(
  `${COMMENTS}(?:(?:query|mutation|subscription)\\b[^:;=]*?[{(]|fragment\\s+\\w+\\s+on\\s|extend\\s+type\\s|(?:"""[\\s\\S]*?"""\\s*)?type\\s+(?:Query|Mutation)\\s*\\{)`,
)

/** ``gql`…` ``, `gql("…")`, ``graphql(`…`)``, `/* GraphQL *​/` and `#graphql` speak for themselves. */
function isHandedOver(node: SyntaxNode): boolean {
  const { parent } = node
  if (parent?.kind === 'TaggedTemplate') return TAG.test(calleeName(parent))
  return parent?.kind === 'Call' && node.role === 'argument' && TAG.test(calleeName(parent))
}

const TAG = /^(gql|graphql|graphQL|parseGraphQL|buildSchema|build_schema|apolloGql)$/
