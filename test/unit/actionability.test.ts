// What became of a finding, what a file says about one, and what the ranking model is asked: each by small examples.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { byPriority } from '@codeant/shared/priority.ts'
import { fatesOf, type Outcome, type State, unknownTo } from '../../models/training/actionability/label.ts'
import { openModel } from '../../models/training/actionability/model.ts'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { findingContexts } from '../../server/src/features/finding-context.ts'
import { isHeldBack } from '../../server/src/features/held-back.ts'
import { FindingRanker } from '../../server/src/inference/finding-ranker.ts'
import {
  type FindingContext,
  MEASURES,
  type RankAnswer,
  rankFinding,
  TOKENS,
} from '../../server/src/inference/tasks/rank-finding.ts'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { testEngine } from '../support/engine.ts'

const engine = await testEngine()

const BEFORE = `
import os

def pay(order, total):
    fee = fee
    send(order, total)
    return total
`

test('a finding that is there under another name of its function is still there', () => {
  outcome(BEFORE, BEFORE.replace('def pay(', 'def settle(').replace('order', 'purchase'), 'still')
})

test('a finding whose line was changed in a function that lives on was acted on', () => {
  outcome(BEFORE, BEFORE.replace('fee = fee', 'fee = total * RATE'), 'acted')
  outcome(BEFORE, BEFORE.replace('    fee = fee\n', ''), 'acted')
})

test('a finding that is gone while its line is as it was says nothing', () => {
  const told = BEFORE.replace('    send', '    # to be sent\n    send').replace(
    '    return',
    '    fee = fee\n    return',
  )
  const then = told.replace('    fee = fee\n    #', '    #')
  outcome(
    then,
    then.replace('    fee = fee', '    # the setter is called on purpose\n    fee = fee'),
    'elsewhere',
  )
})

test('a function that is gone, or has nothing left of its text, says nothing', () => {
  outcome(BEFORE, 'import os\n', 'deleted')
  outcome(BEFORE, 'def pay(): ...\n', 'rewritten')
  const state = stateOf(BEFORE)
  assert.deepEqual(
    fatesOf(state, undefined, [0]).map(it => it.outcome),
    ['file-gone'],
  )
})

test('a finding is taken once: not again on a later day', () => {
  const first = stateOf(BEFORE)
  const second = stateOf(`${BEFORE}\ndef ask(name):\n    name = name\n`)
  const all = second.findings.map((_, index) => index)
  const fresh = unknownTo(first, second, all).map(it => second.findings[it]!.start)
  assert.ok(fresh.length > 0)
  assert.ok(fresh.every(it => it >= BEFORE.length))
})

test('every finding of a file has a context, whatever else the file holds', () => {
  const text = `${BEFORE}\nclass A:\n    def f(self):\n        try:\n            self.a = self.a\n        except Error:\n            pass\n`
  const contexts = contextsOf('src/shop/billing.py', text)
  assert.ok(contexts.length > 1)
  for (const it of contexts) {
    assert.equal(it.measures.length, MEASURES.length)
    assert.ok(it.measures.every(Number.isFinite))
    assert.ok(it.words.includes('path:billing'))
  }
  const inMethod = contexts.find(it => it.words.includes('class:a') && it.traits.includes('in:Try'))
  assert.ok(inMethod, 'what is around it is told')
  assert.deepEqual(contextsOf('src/shop/billing.py', text), contexts)
})

test('a question is the same alone and in company, and sizes beyond all measure are harmless', () => {
  const contexts = contextsOf('a.py', BEFORE)
  const huge: FindingContext = {
    ...contexts[0]!,
    measures: MEASURES.map(() => 1e12),
    words: Array(99).fill('text:a'),
  }
  const all = [...contexts, huge]
  const together = rankFinding.encode(all)
  all.forEach((it, index) => {
    const alone = rankFinding.encode([it])
    for (const name of ['tokens', 'measures']) {
      const size = alone[name]!.data.length
      assert.deepEqual(
        [...together[name]!.data.subarray(index * size, (index + 1) * size)],
        [...alone[name]!.data],
      )
    }
  })
  assert.deepEqual(together.tokens!.dims, [all.length, TOKENS])
  assert.ok([...together.measures!.data].every(Number.isFinite))
  assert.ok([...together.tokens!.data].every(it => it >= 0))
})

test('an answer is a probability', () => {
  const logit = { type: 'float32', dims: [3], data: Float32Array.of(-2, 0, 2) } as const
  const said = [0, 1, 2].map(
    it => rankFinding.decode({ logit }, it, contextsOf('a.py', BEFORE)[0]!).probability,
  )
  assert.equal(said[1], 0.5)
  assert.ok(said[0]! > 0 && said[0]! < 0.5 && said[2]! > 0.5 && said[2]! < 1)
})

test('the weights are those that the description names, small, and give the golden answers alone and together', async () => {
  const folder = new URL('../../models/actionability/', import.meta.url)
  const weights = readFileSync(new URL('actionability.onnx', folder))
  const description = JSON.parse(readFileSync(new URL('model.json', folder), 'utf8'))
  assert.equal(createHash('sha256').update(weights).digest('hex'), description.sha256)
  assert.ok(weights.length <= 200 * 1024, `${weights.length} bytes`)
  const golden = readFileSync(new URL('golden.jsonl', folder), 'utf8')
    .trimEnd()
    .split('\n')
    .map(it => JSON.parse(it) as { input: FindingContext; output: RankAnswer })
  assert.ok(golden.length >= 20)
  const model = await openModel(fileURLToPath(folder))
  const questions = golden.map(it => ({ context: it.input }))
  const together = (await model.rank(questions)).map(([, probability]) => probability)
  for (const [index, { input, output }] of golden.entries()) {
    const [[, alone]] = (await model.rank([questions[index]!])) as [[unknown, number]]
    assert.ok(
      Math.abs(alone - output.probability) < 0.002,
      `${input.rule}: ${alone}, not ${output.probability}`,
    )
    assert.ok(
      Math.abs(alone - together[index]!) < 1e-6,
      `${input.rule}: ${alone} alone, ${together[index]} in company`,
    )
  }
  const ranker = FindingRanker.read(weights)!
  for (const { input, output } of golden)
    assert.ok(Math.abs(ranker.probability(input) - output.probability) < 1e-5, `${input.rule}, computed here`)
  const said = golden.map(it => it.output.probability)
  assert.ok(Math.max(...said) - Math.min(...said) > 0.3, 'it tells findings apart')
})

test('weights that are cut off or are something else give no ranks', () => {
  const weights = readFileSync(new URL('../../models/actionability/actionability.onnx', import.meta.url))
  for (const it of [weights.subarray(0, 5000), weights.subarray(7), Buffer.from('no model'), Buffer.alloc(0)])
    assert.equal(FindingRanker.read(it), undefined)
})

test('lists begin with the gravest, of those with the likeliest, and hold back what is unlikely, but no error', () => {
  const unasked = { severity: 'warning' } as const
  const [rare, grave, likely] = [
    { severity: 'warning', likelihood: 0.01 },
    { severity: 'error', likelihood: 0.01 },
    { severity: 'hint', likelihood: 0.9 },
  ] as const
  assert.deepEqual(byPriority([likely, rare, unasked, grave]), [grave, unasked, rare, likely])
  assert.deepEqual(
    [rare, grave, unasked, likely].map(it => isHeldBack(it, 0.05)),
    [true, false, false, false],
  )
  assert.equal(isHeldBack(rare, undefined), false)
})

test('what an analysis says of likelihoods is what the model says, finding by finding', () => {
  const ranker = FindingRanker.read(
    readFileSync(new URL('../../models/actionability/actionability.onnx', import.meta.url)),
  )!
  const { findings, likelihoods } = analyseFile(
    { ...engine, ranker },
    'src/shop/billing.py',
    'python',
    BEFORE,
  )
  assert.ok(findings.length > 0)
  const expected = contextsOf('src/shop/billing.py', BEFORE).map(it => ranker.probability(it))
  likelihoods!.forEach((it, index) => {
    assert.ok(Math.abs(it! - expected[index]!) < 1e-4)
  })
  assert.equal(analyseFile(engine, 'a.py', 'python', BEFORE).likelihoods, undefined)
})

/** What became of the assignment of a name to itself. */
function outcome(before: string, after: string, expected: Outcome): void {
  const then = stateOf(before)
  const asked = then.findings.findIndex(it => it.rule === 'correctness/self-assignment')
  assert.notEqual(asked, -1)
  assert.equal(fatesOf(then, stateOf(after), [asked])[0]!.outcome, expected)
}

function stateOf(text: string): State {
  return {
    text,
    tree: engine.parser.parseOnce(text, 'python')!,
    ...analyseFile(engine, 'a.py', 'python', text),
  }
}

function contextsOf(path: string, text: string): FindingContext[] {
  const { tree, findings } = stateOf(text)
  return findingContexts(
    new SourceFile(path, 'python', analyse(tree), new FileReader(tree)),
    findings,
    engine.rules,
  )
}
