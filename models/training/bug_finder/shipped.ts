// The bug finder as it is shipped, asked in this process through onnxruntime-web: what is measured is what users run.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { DiskGrammars } from '../../../server/src/host/node/grammars.ts'
import { functionsOf } from '../../../server/src/inference/function-tokens/functions.ts'
import type { FunctionTokens } from '../../../server/src/inference/function-tokens/tokens.ts'
import { startEngine } from '../../../server/src/inference/local/session.ts'
import { type FunctionAnswer, findBug, questionOf } from '../../../server/src/inference/tasks/find-bug.ts'
import { Vocabulary } from '../../../server/src/inference/vocabulary.ts'
import { resolveNames } from '../../../server/src/semantics/resolve-names.ts'
import { type Grammar, LANGUAGES } from '../../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'

export interface Shipped {
  readonly ask: (tokens: FunctionTokens) => Promise<FunctionAnswer>
  readonly functions: (
    text: string,
    grammar: Grammar,
  ) => { readonly tree: SyntaxTree; readonly all: readonly FunctionTokens[] } | undefined
  readonly vocabulary: Vocabulary
}

const MODEL = new URL('../../bug-finder/', import.meta.url)

export async function shipped(): Promise<Shipped> {
  const parser = await SyntaxParser.start(
    new DiskGrammars(new URL('../../../dist/grammars/', import.meta.url)),
  )
  for (const grammar of LANGUAGES) await parser.load(grammar)
  const vocabulary = new Vocabulary(JSON.parse(readFileSync(new URL('tokenizer.json', MODEL), 'utf8')).pieces)
  const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  const engine = await startEngine({
    wasm: async () => readFileSync(wasm),
    native: () => undefined,
    memoryLimit: 1024 * 1024 * 1024,
  })
  const weights = readFileSync(new URL('bug-finder.onnx', MODEL))
  const session = await engine.open({ name: 'bug-finder', file: '', sha256: '', warm: {} }, weights)
  let last: { readonly text: string; readonly read: ReturnType<Shipped['functions']> } | undefined
  return {
    vocabulary,
    async ask(tokens) {
      const question = questionOf(tokens, vocabulary)
      return findBug.decode(await session.run(findBug.encode([question])), 0, question)
    },
    functions(text, grammar) {
      // Functions are asked about in the order of their files.
      if (last?.text !== text) {
        const tree = parser.parseOnce(text, grammar)
        last = { text, read: tree && { tree, all: functionsOf(tree, resolveNames(tree)) } }
      }
      return last.read
    },
  }
}
