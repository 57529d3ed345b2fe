// Rules in words while somebody types: whatever is edited, they say what they would say of the text read anew.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { analyseFile } from '../../../server/src/features/analyse-file.ts'
import { languageOf } from '../../../server/src/features/languages.ts'
import { LiveAnalysis } from '../../../server/src/features/live-analysis.ts'
import { teamRule } from '../../../server/src/rules/natural/team-rule.ts'
import { changeDocument, editBetween, newDocument, type TextEdit } from '../../../server/src/text/document.ts'
import { testEngine } from '../../support/engine.ts'
import { randomEdits } from '../../support/random-edits.ts'
import { ENGLISH, MORE_ENGLISH } from './sentences-en.ts'
import { MORE_SPANISH } from './sentences-es.ts'

// What no text of ours breaks says nothing: limits are as low as they can be.
const LOW = [
  'Functions must not have more than 3 lines',
  'Variable names must have at least 8 characters',
  'Every function must have a comment',
  'Every public function must have a docstring',
  'Every file must start with a comment',
  'Files must end with a newline',
  'Imports must be sorted',
  'Imports must be at the top of the file',
  'Lines must be at most 60 characters long',
  'At most 1 imports per file',
]
const sentences = [...ENGLISH, ...MORE_ENGLISH, ...MORE_SPANISH].map(([it]) => it)
const rules = new Map([...LOW, ...sentences].map(it => teamRule(it)!).map(it => [it.id, it] as const))
const engine = await testEngine([...rules.values()])

const FILES = [
  'test/workspaces/example/api/orders.py',
  'test/workspaces/example/web/src/cart.ts',
  'test/workspaces/example/tools/import-stock.js',
  'test/workspaces/example/pricing/src/lib.rs',
  'server/src/rules/engine.ts',
]

for (const [i, file] of FILES.entries())
  test(`any edits of ${file}`, () => {
    const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
    const { wrong, whole } = randomEdits(engine, file, text, 200, i + 1)
    assert.deepEqual(wrong.slice(0, 5), [])
    assert.ok(whole > 25, 'too few versions that parse to say anything')
  })

/** What a rule says after one edit, which leaves the place alone that it speaks of. */
function edited(sentence: string, path: string, before: string, after: string): void {
  test(`an edit elsewhere: ${sentence}`, async () => {
    const engine = await testEngine([teamRule(sentence)!])
    const language = languageOf(path)!
    const live = new LiveAnalysis(engine)
    const first = newDocument(`test:${path}`, language, before)
    assert.deepEqual(live.analyse(first, path).findings, analyseFile(engine, path, language, before).findings)
    const second = changeDocument(first, [changeTo(before, after)], 1)
    assert.deepEqual(live.analyse(second, path).findings, analyseFile(engine, path, language, after).findings)
  })
}

const FUNCTIONS = Array.from(
  { length: 40 },
  (_, i) =>
    `export function f${i}(a: number) {\n  if (a > ${i}) return [a, a + 1, a + 2].map(it => it * ${i})\n  return [a]\n}\n`,
)
const PYTHON = Array.from(
  { length: 40 },
  (_, i) => `def f${i}(a):\n    return [a, a + 1, a * ${i}, g(a, b=${i})]\n`,
)
const IMPORTS = ["import { b } from 'b'\n", "import { a } from 'a'\n"]

edited(
  'Every exported function must have a comment',
  'src/a.ts',
  FUNCTIONS.join('\n'),
  FUNCTIONS.join('\n').replace('export function f20', '/** Does it. */\nexport function f20'),
)
edited(
  'Every exported function must have a comment',
  'src/a.ts',
  FUNCTIONS.join('\n').replace('export function f20', '/** Does it. */\nexport function f20'),
  FUNCTIONS.join('\n'),
)
edited(
  'Every function must have a comment',
  'src/a.py',
  PYTHON.join('\n').replace('def f20', '# Does it.\ndef f20'),
  PYTHON.join('\n'),
)
edited(
  'Every file must start with a comment',
  'src/a.ts',
  FUNCTIONS.join('\n'),
  `// What it is for.\n${FUNCTIONS.join('\n')}`,
)
edited('Files must end with a newline', 'src/a.ts', FUNCTIONS.join('\n'), FUNCTIONS.join('\n').trimEnd())
edited('Files must end with a newline', 'src/a.ts', FUNCTIONS.join('\n').trimEnd(), FUNCTIONS.join('\n'))
edited(
  'Lines must be at most 60 characters long',
  'src/a.ts',
  FUNCTIONS.join('\n'),
  FUNCTIONS.join('\n').replace('f20', 'g20'),
)
edited(
  'Imports must be sorted',
  'src/a.ts',
  IMPORTS.join('') + FUNCTIONS.join('\n'),
  IMPORTS.join('\n') + FUNCTIONS.join('\n'),
)
edited(
  'Imports must be sorted',
  'src/a.ts',
  IMPORTS.join('\n') + FUNCTIONS.join('\n'),
  IMPORTS.join('') + FUNCTIONS.join('\n'),
)

function changeTo(before: string, after: string): TextEdit {
  const { start, oldEnd, newEnd } = editBetween(before, after)!
  return { start, end: oldEnd, newText: after.slice(start, newEnd) }
}
