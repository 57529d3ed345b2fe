// What a file tells the graph of its workspace.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { atOnce } from '../base/steps.ts'
import { factSteps, settingsFacts } from '../graph/extract.ts'
import type { FileFacts } from '../graph/facts.ts'
import divergentDuplicate from '../rules/design/divergent-duplicate.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { analyse, FileReader, type Semantics, SourceFile } from '../semantics/source-file.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'

export function codeFacts(...of: Parameters<typeof codeFactSteps>): FileFacts {
  return atOnce(codeFactSteps(...of))
}

/** What every function says is much, and read only for the rule that asks. */
export function codeFactSteps(
  path: string,
  language: CodeLanguage,
  semantics: Semantics,
  rules: RuleSet,
): Generator<void, FileFacts> {
  const file = new SourceFile(path, language, semantics, new FileReader(semantics.tree))
  return factSteps(file, { bodies: rules.isActive(divergentDuplicate.id) })
}

/** Of a file that is no code as a whole: a component with a script in it, or settings. */
export function textFacts(
  parser: SyntaxParser,
  path: string,
  text: string,
  rules: RuleSet,
  stop?: () => boolean,
): FileFacts | undefined {
  if (!COMPONENT.test(path)) return settingsFacts(path, text)
  const script = scriptOf(text)
  if (script === undefined || !parser.isLoaded('typescript')) return undefined
  try {
    const tree = parser.parseOnce(script, 'typescript', stop)
    return tree && codeFacts(path, 'typescript', analyse(tree), rules)
  } catch (error) {
    if (error instanceof TooDeep) return undefined
    throw error
  }
}

/** To be spread into a result: files that say nothing of the kind are most files. */
export function withFacts(facts: FileFacts | undefined): { readonly facts?: FileFacts } {
  return facts && Object.keys(facts.rows).length > 0 ? { facts } : {}
}

/** Files of components: Vue's and Svelte's. */
export const COMPONENT = /\.(?:vue|svelte)$/

/** The scripts of a component in their places, and blanks for everything else; undefined where there is none. */
function scriptOf(text: string): string | undefined {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  let script = ''
  let from = 0
  for (const match of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf('>') + 1
    script += blank(text.slice(from, start)) + match[1]
    from = start + match[1]!.length
  }
  return from === 0 ? undefined : script + blank(text.slice(from))
}
