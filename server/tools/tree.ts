// Shows the unified tree of a file or of standard input, for whoever writes a rule:
//   tsx server/tools/tree.ts python < example.py      tsx server/tools/tree.ts src/a.ts

import { readFileSync } from 'node:fs'
import { grammarOf, languageOf } from '../src/features/languages.ts'
import { DiskGrammars } from '../src/host/node/grammars.ts'
import { KINDS, ROLES } from '../src/syntax/kinds.ts'
import { type Grammar, LANGUAGES, PATTERN_LANGUAGES } from '../src/syntax/language.ts'
import { SyntaxParser } from '../src/syntax/parser.ts'

const ALL = [...LANGUAGES, ...PATTERN_LANGUAGES]
const [what = ''] = process.argv.slice(2)
const isGrammar = (ALL as readonly string[]).includes(what)
const language = languageOf(what)
const grammar = isGrammar ? (what as Grammar) : language && grammarOf(language, what)
if (!grammar) {
  process.stderr.write(`usage: tree.ts <file | ${ALL.join(' | ')}>\n`)
  process.exit(64)
}
const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../dist/grammars/', import.meta.url)))
await parser.load(grammar)
const text = readFileSync(isGrammar ? 0 : what, 'utf8')
const tree = parser.parseOnce(text, grammar)!
const depth: number[] = []
for (let row = 0; row < tree.rows; row++) {
  depth[row] = row === 0 ? 0 : depth[tree.parent[row]!]! + 1
  const role = ROLES[tree.role[row]!]
  const leaf =
    tree.after[row] === row + 1 ? ` ${JSON.stringify(text.slice(tree.start[row], tree.end[row]))}` : ''
  const type = tree.types[tree.symbol[row]!] ?? 'ERROR'
  const broken = tree.flags[row]! & 1 ? ' (broken)' : ''
  console.log(
    `${'  '.repeat(depth[row]!)}${role === 'none' ? '' : `${role}: `}${KINDS[tree.kind[row]!]} (${type})${leaf}${broken}`,
  )
}
