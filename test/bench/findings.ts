// What rules say on real code, with the code around it, for reading:
//   tsx test/bench/findings.ts [--rule ID]… [--sample N] [--seed N] [--context N] <file or folder>…
// Prints a random sample of the findings and, at the end, how many each rule had.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '@codeant/shared/finding.ts'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { admitBytes, admitText, decode } from '../../server/src/features/admission.ts'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { testEngine } from '../support/engine.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rule: { type: 'string', multiple: true },
    sample: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    context: { type: 'string', default: '3' },
  },
})
const wanted = values.rule ? RULES.filter(it => values.rule!.some(name => it.id.includes(name))) : RULES
const engine = await testEngine(wanted)
const limits = new Map(wanted.map(it => [it.id, it.limit?.default ?? Number.NEGATIVE_INFINITY]))
const found: { readonly file: string; readonly text: string; readonly finding: Finding }[] = []
let lines = 0
let files = 0

for (const place of positionals) {
  for (const file of filesIn(place)) {
    const language = languageOf(file)
    if (!language) continue
    const bytes = readFileSync(file)
    const decoded = admitBytes(bytes, DEFAULT_SETTINGS) ? undefined : decode(bytes)
    if (!decoded || admitText(decoded.text, language, DEFAULT_SETTINGS)) continue
    files++
    lines += decoded.text.split('\n').length
    const result = analyseFile(engine, relative(place, file) || file, language, decoded.text)
    for (const finding of result.findings) {
      if (finding.measure === undefined || finding.measure > limits.get(finding.rule)!)
        found.push({ file, text: decoded.text, finding })
    }
  }
}

for (const it of sample(found, Number(values.sample), Number(values.seed))) show(it)
const counts = new Map<string, number>()
for (const { finding } of found) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1)
console.log(`\n${files} files, ${lines} lines, ${found.length} findings`)
for (const [rule, count] of [...counts].sort((a, b) => b[1] - a[1])) {
  console.log(
    `${String(count).padStart(7)}  ${((count * 1000) / lines).toFixed(3).padStart(7)} per 1,000 lines  ${rule}`,
  )
}

function show({ file, text, finding }: (typeof found)[number]): void {
  const rule = wanted.find(it => it.id === finding.rule)!
  const all = text.split('\n')
  const line = text.slice(0, finding.start).split('\n').length
  const last = text.slice(0, finding.end).split('\n').length
  const context = Number(values.context)
  console.log(
    `\n${file}:${line} ${finding.rule}${finding.fix ? ` [${finding.fix} fix]` : ''} — ${rule.explain.en(finding.data).message}`,
  )
  for (
    let i = Math.max(1, line - context);
    i <= Math.min(all.length, last + context, line + context + 12);
    i++
  ) {
    console.log(
      `${i >= line && i <= last ? '>' : ' '} ${String(i).padStart(5)} | ${all[i - 1]!.slice(0, 160)}`,
    )
  }
}

/** A random choice that is the same for the same seed. */
function sample<T>(all: readonly T[], count: number, seed: number): T[] {
  const keyed = all.map((it, i) => ({
    it,
    key: Math.imul((i + 1) * 2654435761 + seed * 40503, 2246822519) >>> 0,
  }))
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ it }) => it)
}

function filesIn(place: string): string[] {
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { withFileTypes: true }).flatMap(it => {
    if (it.name === 'node_modules' || it.name === '.git' || it.name === 'target') return []
    return it.isDirectory() || it.isFile() ? filesIn(join(place, it.name)) : []
  })
}
