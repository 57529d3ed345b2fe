// Writes the questions whose answers every backend has to give: findings in the examples of our own rules.
//   node --import tsx models/training/actionability/golden.ts [--model DIR]

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isCode } from '../../../server/src/features/analyse-file.ts'
import { findingContexts } from '../../../server/src/features/finding-context.ts'
import { grammarOf } from '../../../server/src/features/languages.ts'
import { checkFile } from '../../../server/src/rules/engine.ts'
import { isFixed } from '../../../server/src/rules/example.ts'
import { analyse, FileReader, SourceFile } from '../../../server/src/semantics/source-file.ts'
import { engine } from './history-reader.ts'
import { openModel } from './model.ts'

const { values } = parseArgs({
  options: { model: { type: 'string', default: new URL('../../actionability', import.meta.url).pathname } },
})
/** Every so-many-th example: enough for all languages and categories, few enough to read. */
const STEP = 29
const ENDINGS: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  rust: 'rs',
}

const examples = engine.rules.rules.flatMap(it =>
  it.examples.invalid.map(one => (isFixed(one) ? one.before : one)),
)
const questions = examples
  .filter((_, index) => index % STEP === 0)
  .flatMap(
    ({ language, jsx, text, path = `src/shop/orders.${ENDINGS[language] ?? ''}${jsx ? 'x' : ''}` }) => {
      const grammar = isCode(language) ? grammarOf(language, path) : undefined
      if (!grammar || !isCode(language)) return []
      const semantics = analyse(engine.parser.parseOnce(text, grammar)!)
      const findings = checkFile(engine.rules, path, language, semantics)
      const file = new SourceFile(path, language, semantics, new FileReader(semantics.tree))
      return findingContexts(file, findings, engine.rules)
        .slice(0, 1)
        .map(context => ({ context }))
    },
  )
const model = await openModel(values.model)
const lines = (await model.rank(questions)).map(([{ context }, probability]) =>
  JSON.stringify({ input: context, output: { probability: Number(probability.toFixed(6)) } }),
)
writeFileSync(join(values.model, 'golden.jsonl'), `${lines.join('\n')}\n`)
console.log(`${lines.length} questions`)
