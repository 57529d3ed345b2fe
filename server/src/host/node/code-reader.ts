// Reads code that comes from somewhere else than a file, as the shipped bug finder wants it read.

import { readFileSync } from 'node:fs'
import { type BugFinder, readBugFinder } from '../../features/learned/bug-finder.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'

export interface CodeReader {
  readonly parser: SyntaxParser
  readonly model: BugFinder
}

let started: Promise<CodeReader> | undefined

/** Kept once somebody asked: grammars take longer to load than code to read. */
export function codeReader(): Promise<CodeReader> {
  started ??= start()
  return started
}

async function start(): Promise<CodeReader> {
  const read = (file: string) => readFileSync(new URL(`bug-finder/${file}`, shipped('models')), 'utf8')
  const model = readBugFinder(read('model.json'), read('tokenizer.json'))
  if (!model) throw new Error('the bug finder is not what was shipped')
  return { parser: await SyntaxParser.start(new DiskGrammars(shipped('grammars'))), model }
}
