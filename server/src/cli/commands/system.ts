// `codeant system status`: what runs, on what, and what left the machine.

import { availableParallelism, totalmem } from 'node:os'
import type { Locale } from '@codeant/shared/locale.ts'
import { ANALYSIS, VERSION } from '../../host/node/folders.ts'
import { LANGUAGES } from '../../syntax/language.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { paint } from '../terminal.ts'
import { openWorkspace } from '../workspace.ts'

export const system: Command = {
  name: 'system',
  usage: { en: 'status', es: 'status' },
  summary: { en: 'Show the state of the installation', es: 'Muestra el estado de la instalación' },
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json'],
      help: { en: 'how to write it (default: text)', es: 'cómo escribirlo (por defecto, text)' },
    },
  },

  async run(given, terminal) {
    const { out, locale } = terminal
    if (given.positionals[0] !== 'status') throw new UsageError(WORDS[locale].which)
    const { scanner, rules } = openWorkspace(terminal, { cache: true })
    const { parser } = await scanner.engine(
      LANGUAGES.map(grammar => ({
        language: grammar === 'tsx' ? ('typescript' as const) : grammar,
        path: `a.${grammar}`,
      })),
    )
    const slow = [...parser.distrusted]
    const status = {
      version: VERSION,
      analysis: ANALYSIS || 'source',
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cores: availableParallelism(),
      memory: totalmem(),
      rules: rules.rules.length,
      grammars: LANGUAGES.map(grammar => ({ grammar, fast: !slow.includes(grammar) })),
      cacheFolder: scanner.cacheFolder,
      cacheBytes: scanner.cacheSize,
      // There is no code in the product yet that could send anything.
      bytesSent: 0,
    }
    if (given.value('format') === 'json') out.write(`${JSON.stringify(status, null, 2)}\n`)
    else {
      const say = WORDS[locale]
      const mib = (bytes: number) =>
        `${(bytes / 1024 / 1024).toLocaleString(locale, { maximumFractionDigits: 1 })} MiB`
      const rows: [string, string][] = [
        ['CodeAnt', `${VERSION} (${status.analysis})`],
        ['Node', `${status.node}, ${status.platform}, ${say.cores(status.cores)}, ${mib(status.memory)}`],
        [say.rules, String(status.rules)],
        [
          say.grammars,
          status.grammars.map(it => `${it.grammar}${it.fast ? '' : ` (${say.slow})`}`).join(', '),
        ],
        [say.cache, `${mib(status.cacheBytes)}, ${status.cacheFolder}`],
        [say.sent, say.nothing],
      ]
      for (const [label, value] of rows) out.write(`${paint(out, 'bold', label.padEnd(14))} ${value}\n`)
    }
    return EXIT.ok
  },
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly which: string
      readonly cores: (count: number) => string
      readonly rules: string
      readonly grammars: string
      readonly slow: string
      readonly cache: string
      readonly sent: string
      readonly nothing: string
    }
  >
> = {
  en: {
    which: 'Usage: codeant system status',
    cores: count => `${count} cores`,
    rules: 'Rules',
    grammars: 'Grammars',
    slow: 'slow fallback',
    cache: 'Cache',
    sent: 'Sent out',
    nothing: '0 bytes',
  },
  es: {
    which: 'Uso: codeant system status',
    cores: count => `${count} núcleos`,
    rules: 'Reglas',
    grammars: 'Gramáticas',
    slow: 'modo lento',
    cache: 'Caché',
    sent: 'Enviado',
    nothing: '0 bytes',
  },
}
