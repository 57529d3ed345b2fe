// Which variables of the environment the settings of a project name: `.env` files, compose files, images, workflows, scripts.
//
// Only names are taken: what stands behind them may be a secret.

import type { FactWriter } from '../facts.ts'
import type { SettingPlace } from '../rows/settings.ts'

/** Longer ones are data. */
const MOST_CHARACTERS = 200_000

export function extractSettings(path: string, text: string, facts: FactWriter): void {
  const place = placeOf(path)
  if (!place || text.length > MOST_CHARACTERS) return
  const from = (match: RegExpMatchArray, key: string, isComment = false) => {
    const start = match.index! + match[0].lastIndexOf(key)
    facts.add(
      'environmentSetting',
      { key, in: place, ...(isComment && { isComment: true as const }) },
      { start, end: start + key.length },
    )
  }
  for (const it of text.matchAll(LINES[place]!)) from(it, (it[2] ?? it[3])!, it[1] === '#')
  if (place === 'compose' || place === 'manifest' || place === 'script') readUses(text, facts)
  if (place === 'script') for (const it of text.matchAll(BEFORE_COMMAND)) from(it, it[1]!)
}

const KEY = '([A-Za-z_][A-Za-z0-9_]*)'
const UPPER = '([A-Z][A-Z0-9_]+)'

/** The second group, or the third, is the name; the first is `#` where it stands in a comment. */
const ENV_LINE = new RegExp(`^[ \\t]*(#)?[ \\t]*(?:export[ \\t]+)?${KEY}[ \\t]*=`, 'gm')
/** `KEY: x`, `- KEY=x`, `- KEY`, `- name: KEY`, and lists of names, as turbo.json has them. */
const DATA_LINE = new RegExp(
  `^[ \\t]*(#)?[ \\t]*(?:-[ \\t]+)?(?:name:[ \\t]*)?["']?${UPPER}["']?[ \\t]*(?:[:=,]|$)`,
  'gm',
)
const LINES: Readonly<Partial<Record<SettingPlace, RegExp>>> = {
  values: ENV_LINE,
  example: ENV_LINE,
  compose: DATA_LINE,
  manifest: DATA_LINE,
  image: new RegExp(`^[ \\t]*(#)?[ \\t]*(?:(?:ENV|ARG)[ \\t]+${UPPER}|${UPPER}=)`, 'gm'),
  script: new RegExp(
    `^[ \\t]*(#)?[ \\t]*(?:export[ \\t]+|readonly[ \\t]+|local[ \\t]+)?${UPPER}[ \\t]*[?:+]?=`,
    'gm',
  ),
}
/** `KEY=x command`, also in the scripts of package.json. */
const BEFORE_COMMAND = /(?<=["';&] *|\benv |cross-env )([A-Z][A-Z0-9_]+)=(?=\S)/g
/** `${KEY}`, `${KEY:-x}`, `$KEY` */
const USE = /\$\{?([A-Z][A-Z0-9_]+)\b/g

function readUses(text: string, facts: FactWriter): void {
  for (const it of text.matchAll(USE)) {
    const start = it.index + it[0].length - it[1]!.length
    const at = { start, end: start + it[1]!.length }
    facts.add('environmentRead', { key: it[1]!, absence: 'handled', from: 'process' }, at)
  }
}

function placeOf(path: string): SettingPlace | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (
    /^\.?env(\.|$)|\.env(\.|$)|^\.flaskenv$|^dotenv/.test(name) &&
    !/\.(py|[cm]?[jt]sx?|rs|ya?ml|json)$/.test(name)
  )
    return /example|sample|template|dist|default|schema|tpl/i.test(name) ? 'example' : 'values'
  if (/^(Docker|Container)file|\.(docker|container)file$/i.test(name)) return 'image'
  if (/compose[^/]*\.ya?ml$/.test(name)) return 'compose'
  if (/^package\.json$|\.(sh|bash|envrc)$|^\.envrc$|^Makefile$|^Procfile$|^justfile$/i.test(name))
    return 'script'
  if (
    /\.(ya?ml|toml|ini|cfg|conf)$|^(turbo|vercel|app|fly|netlify|nx|wrangler|devcontainer)\.jsonc?$/.test(
      name,
    )
  )
    return 'manifest'
  return undefined
}
