// What serde's attributes say: `#[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]`.

import type { MacroArgument } from '../../../semantics/macro-arguments.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { type Attribute, attributesOf, textOf } from './attributes.ts'

export interface Serde {
  /** It is there, with a value or without. */
  has(name: string): boolean
  /** The text that it is given. */
  text(name: string): string | undefined
  texts(name: string): string[]
  /** `rename(serialize = "a", deserialize = "b")`, or one text for both. */
  ways(name: string): { readonly given: string | undefined; readonly taken: string | undefined }
}

/** It crosses a border: serde is derived for it. */
export function isDerived(attributes: readonly Attribute[]): boolean {
  return attributes.some(it => it.name === 'derive' && /\b(Serialize|Deserialize)\b/.test(it.node.text))
}

export function serdeOf(file: SourceFile, declaration: SyntaxNode): Serde {
  const own = attributesOf(declaration).filter(it => it.name === 'serde')
  const all = own.flatMap(it => it.arguments)
  // `default` is a keyword, which has no row among the tokens.
  const words = new Set(
    own.flatMap(it => it.node.text.replace(/"[^"]*"/g, '').match(/(?<=[(,]\s*)\w+/g) ?? []),
  )
  const named = (name: string) => all.filter(it => nameOf(it) === name)
  const texts = (name: string) => named(name).flatMap(it => textOf(file, it)?.text ?? [])
  return {
    has: name => words.has(name),
    text: name => texts(name)[0],
    texts,
    ways(name) {
      const both = texts(name)[0]
      if (both !== undefined) return { given: both, taken: both }
      const group = named(name)[0]?.nodes.find(it => it.kind === 'TokenTree')?.text ?? ''
      return {
        given: /(?<!de)serialize\s*=\s*"([^"]*)"/.exec(group)?.[1],
        taken: /deserialize\s*=\s*"([^"]*)"/.exec(group)?.[1],
      }
    },
  }
}

/** `default`, `rename = "x"`, `rename(serialize = "x")` */
function nameOf({ name, nodes }: MacroArgument): string {
  return name || (nodes[0]?.name ?? '')
}

/** What `rename_all` makes of the name of a field. */
export function renamedField(name: string, rule: string | undefined): string {
  const words = name.split('_').filter(it => it !== '')
  switch (rule) {
    case 'UPPERCASE':
      return name.toUpperCase()
    case 'PascalCase':
      return words.map(capital).join('')
    case 'camelCase':
      return words.map((it, i) => (i === 0 ? it : capital(it))).join('')
    case 'SCREAMING_SNAKE_CASE':
      return name.toUpperCase()
    case 'kebab-case':
      return name.replaceAll('_', '-')
    case 'SCREAMING-KEBAB-CASE':
      return name.toUpperCase().replaceAll('_', '-')
    default:
      return name
  }
}

/** What `rename_all` makes of the name of a variant. */
export function renamedVariant(name: string, rule: string | undefined): string {
  const snake = name.replace(/(?<=.)[A-Z]/g, it => `_${it}`).toLowerCase()
  switch (rule) {
    case 'lowercase':
      return name.toLowerCase()
    case 'UPPERCASE':
      return name.toUpperCase()
    case 'camelCase':
      return name.replace(/^[A-Z]/, it => it.toLowerCase())
    case 'snake_case':
      return snake
    case 'SCREAMING_SNAKE_CASE':
      return snake.toUpperCase()
    case 'kebab-case':
      return snake.replaceAll('_', '-')
    case 'SCREAMING-KEBAB-CASE':
      return snake.toUpperCase().replaceAll('_', '-')
    default:
      return name
  }
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
