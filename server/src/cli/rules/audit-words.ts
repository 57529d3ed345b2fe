// What is said of an audit, in both languages.

import type { Locale } from '@codeant/shared/locale.ts'
import type { Verdict } from '../../features/ledger.ts'

export interface AuditWords {
  readonly question: string
  /** What may be typed, from its first letter on. */
  readonly verdict: Readonly<Record<Verdict, string>>
  readonly quit: string
  readonly head: readonly string[]
  readonly muted: string
  readonly spared: string
  readonly nothing: string
  readonly isMuted: (id: string, wrong: number, judged: number) => string
  readonly mutedHere: (ids: readonly string[]) => string
  readonly unmuted: (id: string) => string
  readonly whichRule: string
  readonly neverJudged: (id: string) => string
  readonly wrote: (findings: number, file: string) => string
  readonly kept: (file: string) => string
  readonly brokenLedger: (file: string) => string
  readonly noFile: (file: string) => string
  readonly badLine: (file: string, line: number) => string
  readonly noNumber: (given: string) => string
  readonly noRule: (id: string) => string
}

export const AUDIT_WORDS: Readonly<Record<Locale, AuditWords>> = {
  en: {
    question: '[r]ight, [w]rong, [u]nclear, [Enter] later, [q]uit? ',
    verdict: { right: 'right', wrong: 'wrong', unclear: 'unclear' },
    quit: 'q',
    head: ['rule', 'findings', 'right', 'wrong', 'unclear', ''],
    muted: 'muted',
    spared: 'wanted all the same',
    nothing: 'Nothing was found.',
    isMuted: (id, wrong, judged) =>
      `${id} is muted: ${wrong} of ${judged} findings were wrong. \`codeant rules unmute ${id}\` undoes it.`,
    mutedHere: ids =>
      `${ids.length} ${ids.length === 1 ? 'rule is' : 'rules are'} muted, being wrong too often: ${ids.join(', ')}; \`codeant rules unmute\` undoes it`,
    unmuted: id => `${id} speaks again, whatever was said of it.`,
    whichRule: 'Which rule? `codeant rules list` shows those that are muted (◌).',
    neverJudged: id => `nobody has judged findings of "${id}"`,
    wrote: (findings, file) =>
      `Wrote ${findings} ${findings === 1 ? 'finding' : 'findings'} to ${file}: write right, wrong or unclear as each "verdict", then \`codeant rules audit --verdicts ${file}\`.`,
    kept: file => `Kept in ${file}.`,
    brokenLedger: file => `${file} cannot be read; mend it or delete it`,
    noFile: file => `${file} cannot be read`,
    badLine: (file, line) =>
      `${file}:${line} is no line of an audit: a rule, a finding, and right, wrong or unclear as the verdict`,
    noNumber: given => `--per-rule cannot be "${given}"; it is a number from 1 on`,
    noRule: id => `there is no rule or category "${id}"; \`codeant rules\` lists them`,
  },
  es: {
    question: '¿[a]certado, [e]rróneo, [d]udoso, [Intro] más tarde, [s]alir? ',
    verdict: { right: 'acertado', wrong: 'erróneo', unclear: 'dudoso' },
    quit: 's',
    head: ['regla', 'hallazgos', 'acertados', 'erróneos', 'dudosos', ''],
    muted: 'silenciada',
    spared: 'mantenida pese a todo',
    nothing: 'No se ha encontrado nada.',
    isMuted: (id, wrong, judged) =>
      `${id} queda silenciada: ${wrong} de ${judged} hallazgos eran erróneos. \`codeant rules unmute ${id}\` lo deshace.`,
    mutedHere: ids =>
      `${ids.length === 1 ? 'Hay 1 regla silenciada' : `Hay ${ids.length} reglas silenciadas`} por equivocarse demasiado: ${ids.join(', ')}; \`codeant rules unmute\` lo deshace`,
    unmuted: id => `${id} vuelve a hablar, se haya dicho de ella lo que se haya dicho.`,
    whichRule: '¿Qué regla? `codeant rules list` muestra las silenciadas (◌).',
    neverJudged: id => `nadie ha juzgado hallazgos de «${id}»`,
    wrote: (findings, file) =>
      `${findings === 1 ? 'Escrito 1 hallazgo' : `Escritos ${findings} hallazgos`} en ${file}: escribe right, wrong o unclear como "verdict" de cada uno y después \`codeant rules audit --verdicts ${file}\`.`,
    kept: file => `Guardado en ${file}.`,
    brokenLedger: file => `no se puede leer ${file}; corrígelo o bórralo`,
    noFile: file => `no se puede leer ${file}`,
    badLine: (file, line) =>
      `${file}:${line} no es una línea de una auditoría: una regla, un hallazgo y right, wrong o unclear como veredicto`,
    noNumber: given => `--per-rule no puede ser «${given}»; es un número a partir de 1`,
    noRule: id => `no existe la regla o categoría «${id}»; \`codeant rules\` las enumera`,
  },
}
