// The guides keep up with the program: links lead somewhere, and every command, option and setting is described.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LOCALES } from '@codeant/shared/locale.ts'
import { DEFAULT_EDITOR_SETTINGS } from '@codeant/shared/protocol.ts'
import { DEFAULT_MODEL_SETTINGS, DEFAULT_SETTINGS, readSettings } from '@codeant/shared/settings.ts'
import { commandsOf } from '../server/src/cli/cli.ts'
import { COMMON_OPTIONS, EXIT } from '../server/src/cli/command.ts'
import { SKIP_REASONS } from '../server/src/features/skip-words.ts'
import { CATEGORIES } from '../server/tools/generate-registry.ts'
import { NO_HOSTS } from './support/memory-terminal.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const guide = (locale: string, name: string) => read(`docs/${locale}/${name}.md`)

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'server/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(it => it.endsWith('.md'))
    .map(it => `docs/${it.replaceAll('\\', '/')}`),
].filter(it => existsSync(join(root, it)))

test('links between pages lead to a file, and to a heading in it', () => {
  const dead = pages.flatMap(page =>
    linksOf(read(page)).flatMap(link => {
      const [path = '', heading] = decodeURI(link).split('#')
      const target = path ? relative(root, resolve(root, dirname(page), path)) : page
      if (!existsSync(join(root, target))) return [`${page}: ${link}`]
      if (heading === undefined || headingsOf(read(target)).has(heading)) return []
      return [`${page}: ${link} (no such heading)`]
    }),
  )
  assert.deepEqual(dead, [])
})

test('both languages have the same guides', () => {
  const guides = (locale: string) => readdirSync(join(root, 'docs', locale)).sort()
  assert.deepEqual(guides('en'), guides('es'))
})

test('both languages of a guide have the same sections, and the same code but for its words', () => {
  for (const name of readdirSync(join(root, 'docs/en')).filter(it => it.endsWith('.md'))) {
    const shape = (locale: string) =>
      [...read(`docs/${locale}/${name}`).matchAll(/^(#+) |^```(\w+)$/gm)].map(it => it[0])
    assert.deepEqual(shape('en'), shape('es'), name)
  }
})

for (const locale of LOCALES) {
  test(`every command and option is described (${locale})`, () => {
    const text = guide(locale, 'command-line')
    const sections = text.split(/^## /m)
    for (const { name, usage, options } of commandsOf(NO_HOSTS)) {
      const title = `\`codeant ${`${name} ${usage[locale]}`.trim()}\``
      const section = sections.find(it => it.startsWith(title))
      assert.ok(section, `no section ${title}`)
      for (const [option, { short, choices }] of Object.entries(options)) {
        assert.match(section, new RegExp(`^\\| .*\`--${option}\\b`, 'm'), `${name} --${option}`)
        if (short) assert.ok(section.includes(`\`-${short}\``), `${name} -${short}`)
        for (const it of choices ?? [])
          assert.match(section, new RegExp(`[\`|]${it}[\`|\\\\]`), `${name} --${option} ${it}`)
      }
    }
    for (const option of Object.keys(COMMON_OPTIONS)) assert.ok(text.includes(`\`--${option}`), option)
    for (const code of Object.values(EXIT)) assert.match(text, new RegExp(`^\\| ${code} \\|`, 'm'))
  })

  test(`every setting of a project is described, with its default (${locale})`, () => {
    const text = guide(locale, 'configuration')
    const { problems } = readSettings({ '?': 0 }, () => true)
    for (const key of problems[0]!.expected.split(', '))
      assert.match(text, new RegExp(`^### \`${key}\`$`, 'm'))
    for (const it of ['maxFileSize', 'maxFileTime', 'baseline', 'requireReason'] as const) {
      const value = DEFAULT_SETTINGS[it]
      assert.ok(text.includes(`\`${typeof value === 'string' ? `"${value}"` : value}\``), it)
    }
    for (const it of CATEGORIES) assert.ok(text.includes(`\`${it}/*\``), it)
    const { problems: ofModels } = readSettings({ models: { '?': 0 } }, () => true)
    const defaults = Object.values(DEFAULT_MODEL_SETTINGS)
    for (const [i, key] of ofModels[0]!.expected.split(', ').entries()) {
      const value = typeof defaults[i] === 'string' ? `"${defaults[i]}"` : defaults[i]
      assert.match(text, new RegExp(`^\\| \`${key}\` \\|[^|]*\\| \`${value}\` \\|`, 'm'), key)
    }
  })

  test(`every setting of the editor is described, with its default (${locale})`, () => {
    const text = guide(locale, 'editor')
    const { models, remote, ...plain } = DEFAULT_EDITOR_SETTINGS
    const nested = Object.entries({ models, remote }).flatMap(([section, settings]) =>
      Object.entries(settings).map(
        ([key, value]) => [`${section}\\.${key}`, value || String(value) || '""'] as const,
      ),
    )
    for (const [key, value] of [...Object.entries(plain), ...nested])
      assert.match(text, new RegExp(`^\\| \`codeant\\.${key}\` \\|[^|]*\\| \`${value}\` \\|`, 'm'), key)
  })

  test(`every command of the editor has its name (${locale})`, () => {
    const text = guide(locale, 'editor')
    const words = JSON.parse(read(locale === 'en' ? 'package.nls.json' : 'package.nls.es.json')) as Record<
      string,
      string
    >
    const { contributes } = JSON.parse(read('package.json')) as {
      contributes: {
        commands: { command: string; title: string }[]
        menus: { commandPalette: { command: string; when: string }[] }
      }
    }
    const hidden = new Set(
      contributes.menus.commandPalette.filter(it => it.when === 'false').map(it => it.command),
    )
    for (const { command, title } of contributes.commands.filter(it => !hidden.has(it.command)))
      assert.ok(text.includes(`| CodeAnt: ${words[title.slice(1, -1)]} |`), command)
  })

  test(`every reason to skip a file is explained (${locale})`, () => {
    const text = guide(locale, 'troubleshooting')
    for (const it of Object.values(SKIP_REASONS[locale])) assert.ok(text.includes(`\n| ${it} |`), it)
  })

  test(`every input of the action and every hook is described (${locale})`, () => {
    const text = guide(locale, 'continuous-integration')
    const inputs = /^inputs:\n([\s\S]*?)^\w/m.exec(read('action.yml'))![1]!
    for (const [, it] of inputs.matchAll(/^ {2}([\w-]+):$/gm)) assert.ok(text.includes(`\n| \`${it}\` |`), it)
    for (const [, it] of read('.pre-commit-hooks.yaml').matchAll(/^- id: ([\w-]+)$/gm))
      assert.ok(text.includes(`\n| \`${it}\` |`), it)
  })
}

/** What Markdown links to, addresses of the web aside. */
function linksOf(markdown: string): string[] {
  const prose = markdown
    .replace(/^(```+)[\s\S]*?^\1$/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(`+)[^\n]*?\1/g, '``')
  return [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)|(?:src|href)="([^"]+)"/g)]
    .map(it => (it[1] ?? it[2])!)
    .filter(it => !/^[a-z]+:/.test(it))
}

/** The names under which headings can be linked to, as code hosts make them. */
function headingsOf(markdown: string): Set<string> {
  const prose = markdown.replace(/^(```+)[\s\S]*?^\1$/gm, '')
  return new Set(
    [...prose.matchAll(/^#+ (.*)$/gm)].map(it =>
      it[1]!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}
