import { RULES } from '../server/src/rules/registry.generated.ts'
import { analyseFile } from '../server/src/features/analyse-file.ts'
import { testEngine } from './support/engine.ts'
const rule = RULES.find(r => r.id === process.argv[2])!
const engine = await testEngine([rule])
const ext: any = { python: 'py', javascript: 'js', typescript: 'ts', rust: 'rs' }
for (const [k, list] of Object.entries(rule.examples)) for (const e of list as any[]) {
  const ex = e.before ?? e
  const r = analyseFile(engine, ex.path ?? 'src/a.' + ext[ex.language], ex.language, ex.text)
  console.log(k, ex.language, ex.text.trim().split('\n')[0].slice(0, 50), r.findings.map(f => JSON.stringify(f.data)).join(' '))
}
