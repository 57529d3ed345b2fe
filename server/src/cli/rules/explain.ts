// `codeant rules explain`: one rule in patterns, of a pack or of the project's own, as it was written and as it is understood.

import { readFileSync } from 'node:fs'
import type { Locale } from '@codeant/shared/locale.ts'
import { isMap, isSeq, parseAllDocuments } from 'yaml'
import type { InstalledPack } from '../../host/node/packs.ts'
import { projectRules } from '../../host/node/project-rules.ts'
import { refusalWords } from '../../patterns/refusal.ts'
import type { PackRule } from '../../patterns/rule.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { explain } from '../commands/explain.ts'
import { load, packsOf, projectRoot, shownPlace } from '../packs.ts'
import { paint, type Terminal } from '../terminal.ts'
import { signatureText } from './pack-text.ts'

/** What is no such rule may be one of ours. */
export async function explainRule(
  [given = '']: readonly string[],
  options: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, locale } = terminal
  const say = WORDS[locale]
  if (given === '') throw new UsageError(say.which)
  const id = given.replace(/^own\//, '')
  const packs = packsOf(terminal.cwd, terminal)
  const { files } = projectRules(projectRoot(terminal.cwd, terminal)) ?? { files: [] }
  const loaded = await load(files, terminal)
  const fits = (it: string) => it === id || it.endsWith(`.${id}`)
  const rule = loaded.pack.rules.find(it => it.id === id) ?? loaded.pack.rules.find(it => fits(it.id))
  const refused = rule ? undefined : loaded.refused.find(it => fits(it.id))
  const file = rule ? loaded.sources.get(rule.id) : refused?.file
  if (!file) return explain.run({ ...options, positionals: [given], value: () => undefined }, terminal)
  const name = (rule ?? refused)!.id
  out.write(`${paint(out, ['bold', 'underline'], `own/${name}`)}\n\n`)
  if (refused) out.write(`${say.refused(refusalWords(refused.refusal, locale))}\n\n`)
  if (rule) out.write(`${printable(rule.message)}\n\n${factsText(rule, locale)}`)
  const pack = packs.find(it => it.files.includes(file))
  if (pack) out.write(packText(pack, terminal))
  const source = writtenRule(readFileSync(file, 'utf8'), name)
  if (source)
    out.write(`\n${paint(out, 'gray', `${shownPlace(file, terminal)}:${source.line}`)}\n${source.text}\n`)
  return EXIT.ok
}

function factsText({ severity, languages, paths, metadata }: PackRule, locale: Locale): string {
  const say = WORDS[locale]
  const references = [metadata.references ?? []].flat().filter(it => typeof it === 'string')
  const cwe = [metadata.cwe ?? []].flat().filter(it => typeof it === 'string')
  return [
    `${say.severity}: ${severity} · ${say.languages}: ${languages.join(', ')}`,
    ...cwe,
    ...(paths.include.length > 0 ? [`${say.onlyIn} ${paths.include.join(', ')}`] : []),
    ...(paths.exclude.length > 0 ? [`${say.notIn} ${paths.exclude.join(', ')}`] : []),
    ...references,
  ]
    .map(it => `${printable(it)}\n`)
    .join('')
}

function packText({ name, locked, signature }: InstalledPack, { env, locale }: Terminal): string {
  const at = locked.commit ? `@${locked.commit}` : ''
  return `${WORDS[locale].from(name, `${locked.origin}${at}`, locked.licence)}\n${signatureText(signature, env, locale)}\n`
}

/** The rule as its author wrote it: one of a list, or a document of its own. */
function writtenRule(text: string, id: string): { readonly line: number; readonly text: string } | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })
  const items = [...documents].flatMap(it => {
    const list = isMap(it.contents) ? it.get('rules', true) : undefined
    return isSeq(list) ? list.items : [it.contents]
  })
  const item = items.find(it => isMap(it) && it.get('id') === id)
  const range = isMap(item) ? item.range : undefined
  if (!range) return undefined
  const start = text.lastIndexOf('\n', range[0] - 1) + 1
  return {
    line: text.slice(0, start).split('\n').length,
    text: printable(text.slice(start, range[1]).trimEnd()),
  }
}

/** Without what a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, ' ')
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly which: string
      readonly refused: (reason: string) => string
      readonly severity: string
      readonly languages: string
      readonly onlyIn: string
      readonly notIn: string
      readonly from: (name: string, origin: string, licence: string | undefined) => string
    }
  >
> = {
  en: {
    which: 'Which rule? `codeant rules list` lists them.',
    refused: reason => `It is not run: ${reason}`,
    severity: 'severity',
    languages: 'languages',
    onlyIn: 'only in',
    notIn: 'not in',
    from: (name, origin, licence) =>
      `From the pack ${name}, ${origin}${licence === undefined ? '' : ` (${licence})`}.`,
  },
  es: {
    which: '¿Qué regla? `codeant rules list` las enumera.',
    refused: reason => `No se ejecuta: ${reason}`,
    severity: 'gravedad',
    languages: 'lenguajes',
    onlyIn: 'solo en',
    notIn: 'no en',
    from: (name, origin, licence) =>
      `Del paquete ${name}, ${origin}${licence === undefined ? '' : ` (${licence})`}.`,
  },
}
