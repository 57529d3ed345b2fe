// Collects texts from the snapshots that `../corpus.ts` laid out, through the syntax layer of the server:
//   node --import tsx models/training/secrets/extract.ts [--data DIR]
//
// What was collected of a repository is not collected again.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DiskGrammars } from '../../../server/src/host/node/grammars.ts'
import { secretInput } from '../../../server/src/inference/tasks/is-secret.ts'
import { givenName } from '../../../server/src/rules/support/given-name.ts'
import { mayBeCredential } from '../../../server/src/rules/support/random-text.ts'
import { isExamplePath, isTestCode } from '../../../server/src/rules/support/test-code.ts'
import { analyse, FileReader, SourceFile } from '../../../server/src/semantics/source-file.ts'
import { LANGUAGES } from '../../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import { codeText, grammarOfPath, isForeign, LARGEST, languageOfGrammar } from '../code-files.ts'
import { fileNameOf, type Repository, readRepositories } from '../repositories.ts'
import { FOLDER, type Literal, literalsOf, readCounts, SNAPSHOTS } from './literals.ts'

/** Names under which credentials are kept, and functions that they are handed to. */
const TELLING =
  /pass(w|phrase|code)|pwd|secret|token|api_?key|access_?key|private_?key|signing|encrypt|auth|credential|jwt|dsn|webhook|connection|database_?ur[il]|login|client|bearer/i

const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../../dist/grammars/', import.meta.url)))
for (const it of LANGUAGES) await parser.load(it)

mkdirSync(FOLDER, { recursive: true })
for (const it of readRepositories()) {
  const snapshot = join(SNAPSHOTS, fileNameOf(it.repository), 'now')
  const file = literalsOf(it.repository)
  if (existsSync(file)) continue
  if (existsSync(`${snapshot}.json`)) write(it, snapshot, file)
  else console.log(`${it.repository}: no snapshot`)
}
console.table(readCounts())

/** The literals of one repository, below a line with what was counted. */
function write({ repository, split }: Repository, snapshot: string, file: URL): void {
  const counts = { files: 0, lines: 0, literals: 0, candidates: 0, 'candidates aside': 0 }
  // A text that stands twice in a repository is one text.
  const known = new Set<string>()
  const written: string[] = []
  for (const path of filesIn(snapshot)) {
    const text = codeText(readFileSync(path), grammarOfPath(path)!)
    if (text === undefined) continue
    counts.files++
    counts.lines += text.split('\n').length
    for (const it of literalsIn(relative(snapshot, path), text)) {
      const key = `${it.input.name}\0${it.input.value}\0${it.isAside}`
      if (known.has(key)) continue
      known.add(key)
      counts.literals++
      if (it.isCandidate) counts[it.isAside ? 'candidates aside' : 'candidates']++
      written.push(JSON.stringify({ repository, split, ...it } satisfies Literal))
    }
  }
  const part = `${fileURLToPath(file)}.part`
  writeFileSync(part, [JSON.stringify(counts), ...written].join('\n') + '\n')
  renameSync(part, file)
}

function* filesIn(folder: string): Generator<string> {
  for (const it of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!it.isFile()) continue
    const path = join(it.parentPath, it.name)
    if (grammarOfPath(path) !== undefined && !isForeign(relative(folder, path))) yield path
  }
}

/** Texts that are random enough for some threshold, and all that are given to something with a telling name. */
function* literalsIn(path: string, text: string): Generator<Omit<Literal, 'repository' | 'split'>> {
  if (text.length > LARGEST) return
  const grammar = grammarOfPath(path)!
  const tree = parser.parseOnce(text, grammar)
  if (!tree) return
  const file = new SourceFile(path, languageOfGrammar(grammar), analyse(tree), new FileReader(tree))
  const isAsideFile =
    file.isUntended || isExamplePath(path) || /(?:^|\/)(?:locales?|i18n|translations?|lang)\//.test(path)
  for (const node of file.root.descendants('String')) {
    if (node.end - node.start < 4 || node.role === 'source') continue
    const name = givenName(node)
    const input = secretInput(text, node.start, node.end, name)
    const isCandidate = mayBeCredential(input.value)
    const isLong = input.value.length >= 8 && input.value.length < 4096 && !/\s/.test(input.value)
    if (!isCandidate && !isLong && !TELLING.test(name)) continue
    if (input.value.length > 4096) continue
    yield {
      path,
      language: file.language,
      input,
      isAside: isAsideFile || isTestCode(node, file),
      isCandidate,
    }
  }
}
