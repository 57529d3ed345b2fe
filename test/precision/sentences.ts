// How far the grammar of rules in words reaches: sentences by people who did not know it, and what it makes of them.
//
//   npx tsx test/precision/sentences.ts [--show]
//
// `sentences/` holds a hundred that a program could hold code to, and forty that none could. They were written after the grammar, without
// a look at it, and the grammar was not changed for them: what is read of them is what strangers may expect. `--show` prints what was
// understood of each, to be judged by a reader.

import { readFileSync } from 'node:fs'
import { describe } from '../../server/src/rules/natural/describe.ts'
import { compileSentence } from '../../server/src/rules/natural/sentence.ts'

const show = process.argv.includes('--show')

for (const [name, what] of [
  ['en', 'English, can be checked'],
  ['es', 'Spanish, can be checked'],
  ['vague', 'either language, cannot'],
] as const) {
  const lines = readFileSync(new URL(`sentences/${name}.txt`, import.meta.url), 'utf8').split('\n')
  const sentences = lines.filter(it => it.trim() !== '')
  const read = sentences.filter(it => compileSentence(it).kind === 'understood')
  process.stdout.write(`${what}: ${read.length} of ${sentences.length} are read\n`)
  if (!show) continue
  for (const it of sentences) {
    const compiled = compileSentence(it)
    const said =
      compiled.kind === 'understood'
        ? describe(compiled.requirement, compiled.locale)
        : `refused: ${JSON.stringify(compiled.refusal)}`
    process.stdout.write(`  ${it}\n    ${said}\n`)
  }
}
