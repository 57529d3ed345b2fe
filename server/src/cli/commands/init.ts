// `codeant init`: looks at what the project is made of and writes a commented `.codeant.toml`.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { DEFAULT_MODEL_SETTINGS, DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { languageOf } from '../../features/languages.ts'
import { SETTINGS_FILE } from '../../host/node/projects.ts'
import { walk } from '../../host/node/walk.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { paint, type Terminal } from '../terminal.ts'

export const init: Command = {
  name: 'init',
  usage: { en: '', es: '' },
  summary: {
    en: 'Write a .codeant.toml for this project',
    es: 'Escribe un .codeant.toml para este proyecto',
  },
  options: {
    project: {
      type: 'string',
      value: 'NAME',
      help: {
        en: 'the project’s name (default: the folder’s)',
        es: 'el nombre del proyecto (por defecto, el de la carpeta)',
      },
    },
    force: {
      type: 'boolean',
      help: { en: 'replace settings that are there already', es: 'sustituye los ajustes que ya existan' },
    },
  },

  async run(given, terminal) {
    const { cwd, locale, out } = terminal
    const file = join(cwd, SETTINGS_FILE)
    if (existsSync(file) && !given.flag('force')) throw new UsageError(WORDS[locale].exists)
    const stack = detect(cwd)
    const name = given.value('project') ?? basename(cwd)
    writeFileSync(file, settingsText(name, stack, locale))
    out.write(`${WORDS[locale].wrote(SETTINGS_FILE)}\n\n${summary(stack, terminal)}\n${WORDS[locale].next}\n`)
    return EXIT.ok
  },
}

interface Stack {
  /** Files by language, the most frequent first. */
  readonly languages: readonly (readonly [language: string, files: number])[]
  /** Frameworks and tools that were recognised. */
  readonly tools: readonly string[]
  /** Folders that look generated or vendored. */
  readonly generated: readonly string[]
}

/** Looking further would take long in a huge repository and tell nothing new. */
const MAX_FILES = 20_000

function detect(root: string): Stack {
  const counts = new Map<string, number>()
  let seen = 0
  for (const file of walk(
    root,
    it => languageOf(it) !== undefined,
    () => undefined,
  )) {
    if (++seen > MAX_FILES) break
    const language = languageOf(file)!
    counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  const languages = [...counts].filter(([it]) => it !== 'text').sort((a, b) => b[1] - a[1])
  const generated = [
    'dist',
    'build',
    'out',
    'vendor',
    'third_party',
    'generated',
    'migrations',
    '__generated__',
  ].filter(it => existsSync(join(root, it)))
  return { languages, tools: detectTools(root), generated }
}

/** Manifest → what its text says. Manifests are read, never run. */
const TOOLS: readonly (readonly [manifest: string, name: string, pattern: RegExp])[] = [
  ['package.json', 'React', /"react"\s*:/],
  ['package.json', 'Next.js', /"next"\s*:/],
  ['package.json', 'Vue', /"vue"\s*:/],
  ['package.json', 'Express', /"express"\s*:/],
  ['package.json', 'Fastify', /"fastify"\s*:/],
  ['package.json', 'NestJS', /"@nestjs\/core"\s*:/],
  ['package.json', 'TypeScript', /"typescript"\s*:/],
  ['pyproject.toml', 'FastAPI', /fastapi/i],
  ['pyproject.toml', 'Django', /django/i],
  ['pyproject.toml', 'Flask', /flask/i],
  ['requirements.txt', 'FastAPI', /^fastapi/im],
  ['requirements.txt', 'Django', /^django/im],
  ['requirements.txt', 'Flask', /^flask/im],
  ['Cargo.toml', 'axum', /^axum\b/m],
  ['Cargo.toml', 'actix-web', /^actix-web\b/m],
  ['Cargo.toml', 'tokio', /^tokio\b/m],
  ['Cargo.toml', 'Cargo', /./],
]

function detectTools(root: string): string[] {
  const found = new Set<string>()
  for (const [manifest, name, pattern] of TOOLS) {
    try {
      if (pattern.test(readFileSync(join(root, manifest), 'utf8'))) found.add(name)
    } catch {
      // The project has no such manifest.
    }
  }
  return [...found]
}

function settingsText(name: string, { languages, tools, generated }: Stack, locale: Locale): string {
  const say = WORDS[locale].file
  const made = [...languages.map(([language, files]) => `${language} (${files})`), ...tools].join(', ')
  const ignores = generated.length > 0 ? generated.map(it => `"${it}/"`).join(', ') : ''
  return [
    `# ${say.title(name)}`,
    ...(made ? [`# ${say.found}: ${made}`] : []),
    `# ${say.nested}`,
    '',
    `# ${say.root}`,
    `# root = ${DEFAULT_SETTINGS.root}`,
    '',
    `# ${say.ignore}`,
    `ignore = [${ignores}]`,
    '',
    `# ${say.size}`,
    `# max-file-size = ${DEFAULT_SETTINGS.maxFileSize}`,
    '',
    `# ${say.time}`,
    `# max-file-time = ${DEFAULT_SETTINGS.maxFileTime}`,
    '',
    `# ${say.reason}`,
    `# require-reason = ${DEFAULT_SETTINGS.requireReason}`,
    '',
    `# ${say.others}`,
    `# other-checkers = ${DEFAULT_SETTINGS.otherCheckers}`,
    '',
    `# ${say.baseline}`,
    `# baseline = "${DEFAULT_SETTINGS.baseline}"`,
    '',
    `# ${say.models}`,
    '# [models]',
    `# enabled = ${DEFAULT_MODEL_SETTINGS.enabled}`,
    `# functions = "${DEFAULT_MODEL_SETTINGS.functions}"`,
    `# threads = ${DEFAULT_MODEL_SETTINGS.threads}`,
    `# memory-limit = ${DEFAULT_MODEL_SETTINGS.memoryLimit}`,
    `# time-budget = ${DEFAULT_MODEL_SETTINGS.timeBudget}`,
    '',
    `# ${say.rules}`,
    '[rules]',
    '# "correctness/unused-variable" = "off"',
    '# "design/*" = "info"',
    '# "design/too-many-parameters" = { severity = "warning", limit = 6 }',
    '',
  ].join('\n')
}

function summary({ languages, tools, generated }: Stack, { out, locale }: Terminal): string {
  const say = WORDS[locale]
  const rows: [string, string][] = [
    [say.languages, languages.map(([language, files]) => `${language} (${files})`).join(', ') || '–'],
    [say.tools, tools.join(', ') || '–'],
    [say.ignored, generated.map(it => `${it}/`).join(', ') || '–'],
  ]
  return rows.map(([label, value]) => `  ${paint(out, 'bold', label.padEnd(12))} ${value}\n`).join('')
}

const WORDS = {
  en: {
    exists: '.codeant.toml is there already; --force replaces it',
    wrote: (file: string) => `Wrote ${file}.`,
    languages: 'Languages',
    tools: 'Recognised',
    ignored: 'Left out',
    next: 'Next: `codeant analyze` shows what there is; `codeant baseline` records it, so that only new findings count.',
    file: {
      title: (name: string) => `CodeAnt settings of ${name}`,
      found: 'Found here',
      nested: 'A .codeant.toml in a subfolder adds to this one for the files below it.',
      root: 'Whether a project of its own begins here, so that settings of folders above do not count.',
      ignore: 'Files that are not analysed, as patterns of .gitignore. What git ignores is left out already.',
      size: 'Larger files are skipped, in bytes.',
      time: 'A file that takes longer is given up, in milliseconds.',
      reason: 'A comment that suppresses a finding must say why.',
      others:
        'What settings of Ruff, Flake8, Pylint, clippy, ESLint, oxlint and Biome switch off is off here too.',
      baseline: 'Where `codeant baseline` records today’s findings.',
      models: 'The models on this machine: threads, MiB of memory, and seconds of computing for each run.',
      rules:
        '"off", "on", a severity ("error", "warning", "info", "hint"), or a table. `codeant rules` lists the rules.',
    },
  },
  es: {
    exists: 'ya existe .codeant.toml; --force lo sustituye',
    wrote: (file: string) => `Escrito ${file}.`,
    languages: 'Lenguajes',
    tools: 'Reconocido',
    ignored: 'Omitido',
    next: 'Siguiente paso: `codeant analyze` muestra lo que hay; `codeant baseline` lo registra para que solo cuenten los hallazgos nuevos.',
    file: {
      title: (name: string) => `Ajustes de CodeAnt de ${name}`,
      found: 'Encontrado aquí',
      nested: 'Un .codeant.toml en una subcarpeta se suma a este para los archivos que contiene.',
      root: 'Si aquí empieza un proyecto propio, de modo que los ajustes de las carpetas superiores no cuentan.',
      ignore: 'Archivos que no se analizan, con patrones de .gitignore. Lo que git ignora ya se omite.',
      size: 'Los archivos más grandes se omiten, en bytes.',
      time: 'Un archivo que tarda más se abandona, en milisegundos.',
      reason: 'Un comentario que suprime un hallazgo debe decir por qué.',
      others:
        'Lo que desactivan los ajustes de Ruff, Flake8, Pylint, clippy, ESLint, oxlint y Biome tampoco se dice aquí.',
      baseline: 'Dónde registra `codeant baseline` los hallazgos de hoy.',
      models: 'Los modelos en esta máquina: hilos, MiB de memoria y segundos de cálculo por ejecución.',
      rules:
        '"off", "on", una gravedad ("error", "warning", "info", "hint") o una tabla. `codeant rules` enumera las reglas.',
    },
  },
} as const
