// What the language server says by itself, in both languages.

import type { FixSafety } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'

export interface ServerWords {
  /** Shown behind the name of a fix: what was checked before it was offered. */
  readonly evidence: string
  readonly safety: Readonly<Record<FixSafety, string>>
  readonly inFiles: (count: number) => string
  readonly fixAllOf: (rule: string) => string
  readonly fixAll: string
  readonly suppress: (rule: string) => string
  readonly reason: string
  readonly explain: (rule: string) => string
  readonly notABug: string
  readonly scanning: string
  readonly readingWorkspace: string
  readonly scanned: (files: number) => string
  readonly workerDied: string
  readonly lens: (count: number) => string
  readonly notAnalysed: (reason: string) => string
  /** Why a part of a path keeps its name. */
  readonly notRenamed: {
    readonly notWritten: (segment: string, place: string) => string
    readonly taken: (path: string, place: string) => string
    readonly noSegment: (name: string) => string
    readonly broken: (path: string) => string
  }
}

export const WORDS: Readonly<Record<Locale, ServerWords>> = {
  en: {
    evidence: 'verified: parses, finding gone, none new',
    safety: { safe: 'safe', unsafe: 'look before you accept' },
    inFiles: count => `in ${count} files`,
    fixAllOf: rule => `Repair all of ${rule} in this file`,
    fixAll: 'Repair everything that is safe in this file',
    suppress: rule => `Suppress ${rule} here, with a reason`,
    reason: 'say why here',
    explain: rule => `Explain ${rule}`,
    notABug: 'This is not a bug: do not say it again on this computer',
    scanning: 'CodeAnt: analysing the workspace',
    readingWorkspace: 'CodeAnt: reading the workspace',
    scanned: files => `${files.toLocaleString('en')} files`,
    workerDied: 'CodeAnt: a part of the analysis crashed and was started again. No finding was lost.',
    lens: count => `${count} ${count === 1 ? 'finding' : 'findings'}`,
    notAnalysed: reason => `CodeAnt does not analyse this file: ${reason}`,
    notRenamed: {
      notWritten: (segment, place) =>
        `“${segment}” cannot be renamed everywhere: in ${place} it is put together from other values`,
      taken: (path, place) => `a route answers \`${path}\` already: ${place}`,
      noSegment: name => `“${name}” cannot be a part of a path: letters, digits and -._~%+@ can`,
      broken: path => `${path} has a syntax error; once it is mended, this can be renamed`,
    },
  },
  es: {
    evidence: 'verificado: la sintaxis es válida, el hallazgo desaparece y no surge ninguno nuevo',
    safety: { safe: 'seguro', unsafe: 'revísalo antes de aceptar' },
    inFiles: count => `en ${count} archivos`,
    fixAllOf: rule => `Corregir todos los ${rule} de este archivo`,
    fixAll: 'Corregir todo lo que sea seguro en este archivo',
    suppress: rule => `Suprimir ${rule} aquí, con un motivo`,
    reason: 'explica aquí por qué',
    explain: rule => `Explicar ${rule}`,
    notABug: 'No es un error: no volver a avisar en este equipo',
    scanning: 'CodeAnt: analizando el espacio de trabajo',
    readingWorkspace: 'CodeAnt: leyendo el espacio de trabajo',
    scanned: files => `${files.toLocaleString('es')} archivos`,
    workerDied: 'CodeAnt: una parte del análisis falló y se ha reiniciado. No se ha perdido ningún hallazgo.',
    lens: count => `${count} ${count === 1 ? 'hallazgo' : 'hallazgos'}`,
    notAnalysed: reason => `CodeAnt no analiza este archivo: ${reason}`,
    notRenamed: {
      notWritten: (segment, place) =>
        `«${segment}» no se puede renombrar en todas partes: en ${place} se compone de otros valores`,
      taken: (path, place) => `ya hay una ruta que responde a \`${path}\`: ${place}`,
      noSegment: name =>
        `«${name}» no puede formar parte de una ruta: solo letras, cifras y los signos -._~%+@`,
      broken: path => `${path} tiene un error de sintaxis; cuando se corrija, se podrá renombrar`,
    },
  },
}
