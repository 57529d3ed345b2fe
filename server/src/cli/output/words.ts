// What the command line's outputs say, in both languages.

import type { FixSafety, Severity } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'

type Count = (count: number) => string

export interface OutputWords {
  readonly severity: Readonly<Record<Severity, string>>
  readonly count: Readonly<Record<Severity, Count>>
  readonly fixable: Readonly<Record<FixSafety, string>>
  readonly remedy: string
  readonly clean: string
  readonly findings: Count
  readonly mayBeFixed: Count
  readonly hidden: Count
  readonly heldBack: Count
  readonly suppressed: Count
  readonly known: Count
  readonly skipped: Count
  readonly andSkipped: Count
  readonly read: (files: string, lines: string, seconds: string, remembered: string) => string
  readonly expected: (hours: string) => string
  readonly formula: string
}

const en =
  (one: string, many: string): Count =>
  count =>
    `${count.toLocaleString('en')} ${count === 1 ? one : many}`
const es =
  (one: string, many: string): Count =>
  count =>
    `${count.toLocaleString('es')} ${count === 1 ? one : many}`

export const TEXT: Readonly<Record<Locale, OutputWords>> = {
  en: {
    severity: { error: 'error', warning: 'warning', info: 'info', hint: 'hint' },
    count: {
      error: en('error', 'errors'),
      warning: en('warning', 'warnings'),
      info: en('note', 'notes'),
      hint: en('hint', 'hints'),
    },
    fixable: { safe: '(--auto-fix repairs it)', unsafe: '(--auto-fix --unsafe may repair it)' },
    remedy: 'What to do',
    clean: 'Nothing found',
    findings: en('finding', 'findings'),
    mayBeFixed: count =>
      `${count.toLocaleString('en')} may be repaired: --auto-fix for the safe ones, --unsafe for the others, --interactive to choose`,
    hidden: count => `${en('hint', 'hints')(count)} not shown: --show hint`,
    heldBack: count =>
      `${count.toLocaleString('en')} held back, as people hardly ever act on such findings: --show-all`,
    suppressed: en('finding suppressed by a comment', 'findings suppressed by comments'),
    known: en('finding known from the baseline', 'findings known from the baseline'),
    skipped: en('file was not analysed:', 'files were not analysed:'),
    andSkipped: count => `${count.toLocaleString('en')} skipped.`,
    read: (files, lines, seconds, remembered) =>
      `${files} ${files === '1' ? 'file' : 'files'}, ${lines} ${lines === '1' ? 'line' : 'lines'}, ${seconds} s (${remembered} from the cache).`,
    expected: hours => `Expected cost if nothing is done: ${hours} hours of work`,
    formula:
      'findings × likelihood that one becomes a problem × hours until such a problem is repaired and delivered',
  },
  es: {
    severity: { error: 'error', warning: 'aviso', info: 'nota', hint: 'sugerencia' },
    count: {
      error: es('error', 'errores'),
      warning: es('aviso', 'avisos'),
      info: es('nota', 'notas'),
      hint: es('sugerencia', 'sugerencias'),
    },
    fixable: { safe: '(--auto-fix lo corrige)', unsafe: '(--auto-fix --unsafe puede corregirlo)' },
    remedy: 'Qué hacer',
    clean: 'No se ha encontrado nada',
    findings: es('hallazgo', 'hallazgos'),
    mayBeFixed: count =>
      `${count.toLocaleString('es')} se pueden corregir: --auto-fix para los seguros, --unsafe para los demás, --interactive para elegir`,
    hidden: count => `${es('sugerencia oculta', 'sugerencias ocultas')(count)}: --show hint`,
    heldBack: count =>
      `${count.toLocaleString('es')} ${count === 1 ? 'reservado' : 'reservados'}, porque casi nadie actúa sobre hallazgos así: --show-all`,
    suppressed: es('hallazgo suprimido por un comentario', 'hallazgos suprimidos por comentarios'),
    known: es('hallazgo ya registrado en la línea base', 'hallazgos ya registrados en la línea base'),
    skipped: es('archivo no se ha analizado:', 'archivos no se han analizado:'),
    andSkipped: count => `${count.toLocaleString('es')} omitidos.`,
    read: (files, lines, seconds, remembered) =>
      `${files} ${files === '1' ? 'archivo' : 'archivos'}, ${lines} ${lines === '1' ? 'línea' : 'líneas'}, ${seconds} s (${remembered} de la caché).`,
    expected: hours => `Coste esperado si no se hace nada: ${hours} horas de trabajo`,
    formula:
      'hallazgos × probabilidad de que uno se convierta en problema × horas hasta corregirlo y entregarlo',
  },
}
