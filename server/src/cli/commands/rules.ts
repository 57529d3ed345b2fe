// `codeant rules`: what can be found.

import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { isEnabled } from '../../features/report.ts'
import type { AnyRule } from '../../rules/rule.ts'
import { type Command, EXIT } from '../command.ts'
import { testRules } from '../rule-tests.ts'
import { paint } from '../terminal.ts'
import { announceSettings, openWorkspace } from '../workspace.ts'

export const rules: Command = {
  name: 'rules',
  usage: { en: '[word | test place…]', es: '[palabra | test lugar…]' },
  summary: {
    en: 'List the rules, or test your own against the annotated files beside them',
    es: 'Enumera las reglas, o prueba las tuyas con los archivos anotados que están junto a ellas',
  },
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json'],
      help: { en: 'how to write them (default: text)', es: 'cómo escribirlas (por defecto, text)' },
    },
  },
  examples: [
    'codeant rules',
    'codeant rules security',
    'codeant rules --format json',
    'codeant rules test our-rules/',
  ],

  async run(given, terminal) {
    const { out, locale, cwd } = terminal
    const [first, ...places] = given.positionals
    if (first === 'test' && places.length > 0) return testRules(places, terminal)
    const workspace = openWorkspace(terminal, { cache: false })
    const { settings } = workspace.projects.of(join(cwd, 'x'))
    announceSettings(workspace, terminal)
    const [word = ''] = given.positionals
    const list = workspace.rules.rules.filter(
      it => it.id.includes(word) || (it.languages as readonly string[]).includes(word),
    )
    if (given.value('format') === 'json') {
      const plain = list.map(it => ({
        id: it.id,
        severity: it.severity,
        enabled: isEnabled(it, settings),
        languages: it.languages,
        cwe: it.cwe ?? [],
        fixes: fixes(it),
        concept: it.concept,
      }))
      out.write(`${JSON.stringify(plain, null, 2)}\n`)
      return EXIT.ok
    }
    const width = Math.max(0, ...list.map(it => it.id.length))
    for (const it of list) {
      const state = isEnabled(it, settings) ? paint(out, 'green', '●') : paint(out, 'gray', '○')
      const fix = fixes(it) ? WORDS[locale].fixes : ''
      out.write(
        `${state} ${it.id.padEnd(width)}  ${it.severity.padEnd(8)}${it.languages.map(short).join(' ').padEnd(16)} ${paint(out, 'gray', fix)}\n`,
      )
    }
    const on = list.filter(it => isEnabled(it, settings)).length
    out.write(`\n${WORDS[locale].total(list.length, on)}\n`)
    return EXIT.ok
  },
}

function fixes(rule: AnyRule): boolean {
  return rule.examples.invalid.some(it => 'before' in it)
}

function short(language: string): string {
  return { python: 'py', typescript: 'ts', javascript: 'js', rust: 'rs' }[language] ?? language
}

const WORDS: Readonly<
  Record<Locale, { readonly fixes: string; readonly total: (all: number, on: number) => string }>
> = {
  en: {
    fixes: 'fixes',
    total: (all, on) =>
      `${all} ${all === 1 ? 'rule' : 'rules'}, ${on} on (●) and ${all - on} off (○) here. \`codeant explain <rule>\` tells more.`,
  },
  es: {
    fixes: 'corrige',
    total: (all, on) =>
      `${all} ${all === 1 ? 'regla' : 'reglas'}; activas (●): ${on}, desactivadas (○): ${all - on}. \`codeant explain <regla>\` cuenta más.`,
  },
}
