// `codeant baseline`: records today's findings, so that only new ones are shown from now on.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { type BaselineEntry, writeBaseline } from '../../features/baseline.ts'
import type { Project } from '../../host/node/projects.ts'
import { collect, shownPath } from '../collect.ts'
import { type Command, EXIT } from '../command.ts'
import { packsOf } from '../packs.ts'
import { absolute, announceSettings, openWorkspace, Reporter } from '../workspace.ts'

export const baseline: Command = {
  name: 'baseline',
  usage: { en: '[paths…]', es: '[rutas…]' },
  summary: { en: 'Record today’s findings as known', es: 'Registra como conocidos los hallazgos de hoy' },
  options: {},
  examples: ['codeant baseline', 'codeant analyze --baseline'],

  async run(given, terminal) {
    const { out, locale } = terminal
    packsOf(terminal.cwd, terminal)
    const workspace = openWorkspace(terminal, { cache: true })
    try {
      const places =
        given.positionals.length > 0 ? given.positionals.map(it => absolute(terminal, it)) : [terminal.cwd]
      const reporter = new Reporter(workspace, false)
      const requests = workspace.scanner.requests(places, it => terminal.err.write(`codeant: ${it}\n`))
      const { outcomes } = await collect(workspace, reporter, requests, terminal)
      announceSettings(workspace, terminal)
      const byProject = new Map<string, { project: Project; entries: BaselineEntry[] }>()
      for (const { answer, shown } of outcomes) {
        const project = workspace.projects.of(answer.file)
        const file = join(project.root, project.settings.baseline)
        const { entries } = byProject.get(file) ?? { entries: [] as BaselineEntry[] }
        // A suppression that is due is never taken for granted.
        entries.push(
          ...shown
            .filter(it => !it.finding.rule.startsWith('suppressions/'))
            .map(it => ({ rule: it.finding.rule, path: answer.path, meaning: it.meaning })),
        )
        byProject.set(file, { project, entries })
      }
      for (const [file, { entries }] of byProject) {
        writeFileSync(file, writeBaseline(entries))
        out.write(`${WORDS[locale].recorded(entries.length, shownPath(file, terminal))}\n`)
      }
      if (byProject.size === 0) out.write(`${WORDS[locale].nothing}\n`)
      else out.write(`${WORDS[locale].use}\n`)
      return EXIT.ok
    } finally {
      await workspace.scanner.close()
    }
  },
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly recorded: (count: number, file: string) => string
      readonly nothing: string
      readonly use: string
    }
  >
> = {
  en: {
    recorded: (count, file) =>
      `Recorded ${count.toLocaleString('en')} ${count === 1 ? 'finding' : 'findings'} in ${file}.`,
    nothing: 'Nothing found, so there is nothing to record.',
    use: 'Commit the file. The editor leaves these findings out from now on, and `codeant analyze --baseline` does too.',
  },
  es: {
    recorded: (count, file) =>
      `${count === 1 ? 'Registrado 1 hallazgo' : `Registrados ${count.toLocaleString('es')} hallazgos`} en ${file}.`,
    nothing: 'No se ha encontrado nada, así que no hay nada que registrar.',
    use: 'Añade el archivo al repositorio. A partir de ahora el editor omite estos hallazgos y `codeant analyze --baseline` también.',
  },
}
