// Writes everything that is derived: the registry, rule pages, settings. `--check` writes nothing and fails when stale.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locale } from '@codeant/shared/locale.ts'
import { checkSettings, configuration, settingsWords } from './generate-manifest.ts'
import { registrySource, ruleIds } from './generate-registry.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const check = process.argv.includes('--check')

/** Path from the root → what must be in it. */
async function derived(): Promise<Map<string, string>> {
  const rules = join(root, 'server/src/rules')
  checkSettings()
  return new Map([
    ['server/src/rules/registry.generated.ts', registrySource(ruleIds(rules))],
    ['package.json', manifest()],
    ['package.nls.json', words('package.nls.json', 'en')],
    ['package.nls.es.json', words('package.nls.es.json', 'es')],
  ])
}

function manifest(): string {
  const json = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    contributes: { configuration: object }
  }
  json.contributes.configuration = configuration()
  return `${JSON.stringify(json, null, 2)}\n`
}

function words(file: string, locale: Locale): string {
  const json = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>
  const own = Object.entries(json).filter(([key]) => !key.startsWith('settings.'))
  return `${JSON.stringify({ ...Object.fromEntries(own), ...settingsWords(locale) }, null, 2)}\n`
}

const stale: string[] = []
for (const [path, content] of await derived()) {
  const file = join(root, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue
  stale.push(path)
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
if (stale.length > 0) console.log(`${check ? 'stale' : 'wrote'}:\n${stale.map(it => `  ${it}`).join('\n')}`)
if (check && stale.length > 0) process.exitCode = 1
