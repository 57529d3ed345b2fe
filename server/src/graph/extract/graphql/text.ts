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
  const isForOthers = asksOthers(file)
  for (const node of file.root.descendants('String', 'Template')) {
    const isTagged = isHandedOver(node)
    if (node.end - node.start < SHORTEST) continue
    const text = literalText(node, HOLE)
    if (text === undefined || !(isTagged ? BEGINS : BEGINS_SURELY).test(text)) continue
    const document = readDocument(text)
    if (!isTagged && !document.isWhole) continue
    writeDocument(isForOthers ? { ...document, executables: [] } : document, node.start, facts)
  }
}

/** The address of somebody else's server stands in the file that asks: `https://api.example.com/graphql`. */
function asksOthers(file: SourceFile): boolean {
  if (!MAY_ASK_OTHERS.test(file.tree.text)) return false
  for (const node of file.root.descendants('String', 'Template'))
    if (node.end - node.start < LONGEST_ADDRESS && OTHERS.test(node.text)) return true
  return false
}

const MAY_ASK_OTHERS = /https?:\/\/[^\s"'`]*graphql/i
/** Of which the beginning may be known at run time only: `https://${shop}.example.com/graphql`. */
const OTHERS =
  /^\w?["'`]https?:\/\/(?:\$?\{[^}]*\}\.)?(?!localhost\b|127\.|0\.0\.0\.0|\[::1\]|host\.docker)[\w-]+(?:\.[\w-]+)+(?=[:/])[^\s"'`]*graphql/i
const LONGEST_ADDRESS = 300

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
