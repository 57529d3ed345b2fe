// Bundles go without the examples of rules, which are a third of their text and would be held in memory by every thread.
// What shows them reads them from a file beside the bundle: `host/node/examples.ts`.

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { DiskGrammars } from '../src/host/node/grammars.ts'
import { calleeName } from '../src/semantics/calls.ts'
import { analyse, FileReader, SourceFile } from '../src/semantics/source-file.ts'
import { SyntaxParser } from '../src/syntax/parser.ts'

const RULE_FILE = /[\\/]server[\\/]src[\\/]rules[\\/][a-z]+[\\/][a-z0-9-]+\.ts$/
const NONE = 'examples: { invalid: [], valid: [] }'

/** `grammars`: the folder with those that are built. */
export function withoutExamples(grammars: string): Plugin {
  return {
    name: 'without-examples',
    async setup({ onLoad }) {
      const parser = await SyntaxParser.start(new DiskGrammars(pathToFileURL(`${grammars}/`)))
      await parser.load('typescript')
      onLoad({ filter: RULE_FILE }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        return { contents: withNone(text, placesIn(parser, text)), loader: 'ts' }
      })
    },
  }
}

/** Where a file that defines a rule gives its examples. */
function placesIn(parser: SyntaxParser, text: string): { readonly start: number; readonly end: number }[] {
  const tree = parser.parseOnce(text, 'typescript')!
  const { root } = new SourceFile('rule.ts', 'typescript', analyse(tree), new FileReader(tree))
  return [...root.descendants('Call')]
    .filter(it => calleeName(it) === 'defineRule')
    .flatMap(it => it.children('argument')[0]?.children('element') ?? [])
    .filter(it => it.child('key')?.text === 'examples')
}

function withNone(text: string, places: readonly { readonly start: number; readonly end: number }[]): string {
  return places.reduceRight((rest, { start, end }) => rest.slice(0, start) + NONE + rest.slice(end), text)
}
