// Writes everything that is derived: the registries, the pages of rules and concepts, settings. `--check` writes nothing and fails when stale.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOCALES, type Locale } from '@codeant/shared/locale.ts'
import { commandWords } from './command-words.ts'
import { conceptIds, conceptsSource } from './generate-concepts.ts'
import { controlsPage, readControls } from './generate-controls.ts'
import { checkSettings, configuration, personalSettings, settingsWords } from './generate-manifest.ts'
import { registrySource, ruleIds } from './generate-registry.ts'
import { withNumbers } from './model-numbers.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const grammars = new URL('../../dist/grammars/', import.meta.url)
const check = process.argv.includes('--check')
const stale: string[] = []

// First what the rest is computed from: a rule or a concept is known only once its registry names it.
update(
  'server/src/rules/concepts.generated.ts',
  conceptsSource(conceptIds(join(root, 'server/src/rules/concepts'))),
)
update('server/src/rules/registry.generated.ts', registrySource(ruleIds(join(root, 'server/src/rules'))))

checkSettings()
update('package.json', manifest())
update('package.nls.json', words('package.nls.json', 'en'))
update('package.nls.es.json', words('package.nls.es.json', 'es'))

if (!existsSync(grammars))
  execFileSync(process.execPath, ['--import', 'tsx', 'server/tools/build.ts', '--grammars'], { cwd: root })
const { RULES } = await import('../src/rules/registry.generated.ts')
const { CONCEPTS } = await import('../src/rules/concepts.generated.ts')
const { referencePages } = await import('./generate-docs.ts')
const pages = await referencePages(RULES, CONCEPTS, grammars)
for (const [path, content] of pages) update(path, content)
for (const [path, locale] of [
  ...LOCALES.map(it => [`docs/${it}/models.md`, it] as const),
  ['models/bug-finder/card.md', 'en'] as const,
])
  update(path, withNumbers(readFileSync(join(root, path), 'utf8'), locale))
const controls = readControls(readFileSync(join(root, 'deploy/controls.yaml'), 'utf8'))
for (const it of LOCALES) update(`docs/${it}/controls.md`, controlsPage(controls, it))
// By its address: the gateway is a project of its own, which this one does not build.
const engines: {
  readonly argumentsOf: Readonly<Record<string, readonly [name: string, text: (model: string) => string]>>
} = await import(new URL('../../deploy/gateway/src/models/engine-arguments.ts', import.meta.url).href)
for (const [engine, [name, text]] of Object.entries(engines.argumentsOf)) {
  const folder = `deploy/kubernetes/components/${engine}`
  update(`${folder}/${name}`, text(readFileSync(join(root, folder, 'model.json'), 'utf8')))
}
const monitoring: { readonly monitoringFiles: (root: string) => ReadonlyMap<string, string> } = await import(
  new URL('../../deploy/monitoring/source/monitoring-files.ts', import.meta.url).href
)
for (const [path, content] of monitoring.monitoringFiles(root)) update(path, content)
for (const path of pagesOnDisk()) if (!pages.has(path)) remove(path)

if (stale.length > 0) console.log(`${check ? 'stale' : 'wrote'}:\n${stale.map(it => `  ${it}`).join('\n')}`)
if (check && stale.length > 0) process.exitCode = 1

function update(path: string, content: string): void {
  const file = join(root, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return
  stale.push(path)
  if (check) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function remove(path: string): void {
  stale.push(path)
  if (!check) rmSync(join(root, path))
}

function pagesOnDisk(): string[] {
  return LOCALES.flatMap(it => [`docs/${it}/rules`, `docs/${it}/concepts`]).flatMap(folder =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
          .filter(it => it.endsWith('.md'))
          .map(it => `${folder}/${it.replaceAll('\\', '/')}`)
      : [],
  )
}

function manifest(): string {
  const json = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    capabilities: { untrustedWorkspaces: { restrictedConfigurations?: readonly string[] } }
    contributes: { configuration: object }
  }
  json.capabilities.untrustedWorkspaces.restrictedConfigurations = personalSettings()
  json.contributes.configuration = configuration()
  return `${JSON.stringify(json, null, 2)}\n`
}

function words(file: string, locale: Locale): string {
  const json = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>
  const own = Object.entries(json).filter(([key]) => !key.startsWith('settings.'))
  const all = { ...Object.fromEntries(own), ...commandWords(locale), ...settingsWords(locale) }
  return `${JSON.stringify(all, null, 2)}\n`
}
