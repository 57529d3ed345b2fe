// `codeant rules list`: what can be found here, by our own rules and by those of installed packs.

import type { Locale } from '@codeant/shared/locale.ts'
import { ownId } from '../../features/pack-rules.ts'
import { isEnabled } from '../../features/report.ts'
import { examplesOf } from '../../host/node/examples.ts'
import type { InstalledPack } from '../../host/node/packs.ts'
import { refusalWords } from '../../patterns/refusal.ts'
import type { Refused } from '../../patterns/rule.ts'
import { type AnyRule, checksOf } from '../../rules/rule.ts'
import type { Arguments } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { load, packsOf } from '../packs.ts'
import { paint, type Terminal } from '../terminal.ts'
import { announceSettings, openWorkspace } from '../workspace.ts'
import { AUDIT_WORDS } from './audit-words.ts'
import { mutedIn } from './muted.ts'
import { signatureText } from './pack-text.ts'

export async function listRules(word: string, given: Arguments, terminal: Terminal): Promise<number> {
  const { out, locale, cwd } = terminal
  const packs = packsOf(cwd, terminal)
  const workspace = openWorkspace(terminal, { cache: false })
  const { settings } = workspace.projects.at(cwd)
  const patterns = workspace.projects.patternsAt(cwd)
  if (patterns) await workspace.scanner.know(patterns)
  announceSettings(workspace, terminal)
  const list = workspace.rules.all.filter(
    it => it.id.includes(word) || (it.languages as readonly string[]).includes(word),
  )
  const muted = new Set(mutedIn(workspace.projects.at(cwd).root, settings))
  if (given.value('format') === 'json') {
    const plain = list.map(it => ({
      id: it.id,
      severity: it.severity,
      enabled: isEnabled(it, settings),
      ...(muted.has(it.id) && { muted: true }),
      languages: it.languages,
      cwe: it.cwe ?? [],
      fixes: fixes(it),
      concept: it.concept,
      checks: checksOf([it]),
    }))
    out.write(`${JSON.stringify(plain, null, 2)}\n`)
    return EXIT.ok
  }
  const width = Math.max(0, ...list.map(it => it.id.length))
  for (const it of list) {
    const isOn = isEnabled(it, settings)
    const state = isOn ? paint(out, 'green', '●') : paint(out, 'gray', muted.has(it.id) ? '◌' : '○')
    const fix = fixes(it) ? WORDS[locale].fixes : ''
    out.write(
      `${state} ${it.id.padEnd(width)}  ${it.severity.padEnd(8)}${it.languages.map(short).join(' ').padEnd(16)} ${paint(out, 'gray', fix)}\n`,
    )
  }
  const on = list.filter(it => isEnabled(it, settings)).length
  out.write(
    `\n${WORDS[locale].total(list.length, on, checksOf(list), new Set(list.map(it => it.concept)).size)}\n`,
  )
  if (muted.size > 0) out.write(`${AUDIT_WORDS[locale].mutedHere([...muted])}\n`)
  for (const it of packs) out.write(await packLine(it, terminal))
  return EXIT.ok
}

/** One pack in full, for programs: every rule, and every one that does not run with its reason. */
export async function packAsJson(pack: InstalledPack, terminal: Terminal): Promise<number> {
  const { out, locale } = terminal
  const { name, locked, changed, signature } = pack
  const { refused, pack: loaded } = await load(pack.files, terminal)
  const { files: _, ...provenance } = locked
  out.write(
    `${JSON.stringify(
      {
        ...{ name, ...provenance, signature: signature.state, changed },
        rules: loaded.rules.map(ownId),
        refused: refused.map(({ id, refusal }: Refused) => ({ id, reason: refusalWords(refusal, locale) })),
      },
      null,
      2,
    )}\n`,
  )
  return EXIT.ok
}

async function packLine(pack: InstalledPack, terminal: Terminal): Promise<string> {
  const { out, env, locale } = terminal
  const { name, locked, signature, files } = pack
  const { refused, pack: loaded } = await load(files, terminal)
  const at = locked.commit ? `@${locked.commit.slice(0, 12)}` : ''
  const count = WORDS[locale].inPack(loaded.rules.length, refused.length)
  return `${paint(out, 'bold', name)}  ${locked.origin}${at}  ${locked.licence ?? '—'}  ${count}  ${paint(out, 'gray', signatureText(signature, env, locale))}\n`
}

function fixes(rule: AnyRule): boolean {
  return examplesOf(rule).invalid.some(it => 'before' in it)
}

function short(language: string): string {
  return { python: 'py', typescript: 'ts', javascript: 'js', rust: 'rs' }[language] ?? language
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly fixes: string
      readonly total: (all: number, on: number, checks: number, concepts: number) => string
      readonly inPack: (rules: number, refused: number) => string
    }
  >
> = {
  en: {
    fixes: 'fixes',
    total: (all, on, checks, concepts) =>
      `${all} ${all === 1 ? 'rule' : 'rules'} with ${checks} ${checks === 1 ? 'check' : 'checks'}, under ${concepts} ${concepts === 1 ? 'concept' : 'concepts'}; ${on} on (●) and ${all - on} off (○) here. \`codeant explain <rule>\` tells more.`,
    inPack: (rules, refused) => `${rules} run${refused > 0 ? `, ${refused} do not` : ''}`,
  },
  es: {
    fixes: 'corrige',
    total: (all, on, checks, concepts) =>
      `${all} ${all === 1 ? 'regla' : 'reglas'} con ${checks} ${checks === 1 ? 'comprobación' : 'comprobaciones'}, bajo ${concepts} ${concepts === 1 ? 'concepto' : 'conceptos'}; activas (●): ${on}, desactivadas (○): ${all - on}. \`codeant explain <regla>\` cuenta más.`,
    inPack: (rules, refused) => `se ejecutan ${rules}${refused > 0 ? `, no ${refused}` : ''}`,
  },
}
