// We keep to our own rules.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { reportFile } from '../../server/src/features/report.ts'
import { testEngine } from '../support/engine.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Their examples are what they look for. */
const EXAMPLES = new Set(['server/src/rules/security/leaked-key.ts', 'server/src/rules/style/private-key.ts'])

test('what we ship has no error and no warning', { timeout: 120_000 }, async () => {
  const engine = await testEngine()
  const found: string[] = []
  for (const place of ['client/src', 'server/src', 'shared'])
    for (const name of readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })) {
      const path = join(place, name).replaceAll('\\', '/')
      if (!path.endsWith('.ts') || path.includes('node_modules') || EXAMPLES.has(path)) continue
      const text = readFileSync(join(ROOT, path), 'utf8')
      const result = analyseFile(engine, path, languageOf(path)!, text)
      const options = { rules: engine.rules, settings: DEFAULT_SETTINGS, today: '2026-01-01' }
      for (const { finding, severity } of reportFile(path, result, options).shown) {
        if (severity !== 'error' && severity !== 'warning') continue
        found.push(`${path}: ${finding.rule} at ${JSON.stringify(text.slice(finding.start, finding.end))}`)
      }
    }
  assert.deepEqual(found, [])
})
