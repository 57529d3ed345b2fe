// What the extension says while it runs, in both languages. What the manifest says is in `package.nls*.json`.

import type { Severity } from '@codeant/shared/finding.ts'
import type { Audience, Locale } from '@codeant/shared/locale.ts'
import type { SimilarFunction, Status } from '@codeant/shared/protocol.ts'

export interface ClientWords {
  readonly state: Readonly<Record<Status['state'], string>>
  readonly findings: (count: number) => string
  readonly files: (open: number, scanned: number) => string
  readonly memory: (mebibytes: string) => string
  readonly sent: (bytes: number) => string
  readonly skipped: (count: number) => string
  readonly failedToStart: (reason: string) => string
  readonly showLog: string
  readonly crashed: string
  readonly reasonPrompt: (rule: string) => string
  readonly reasonPlaceholder: string
  readonly reasonNeeded: string
  readonly gone: string
  readonly panelTitle: string
  readonly panelEmpty: string
  readonly audience: Readonly<Record<Audience, string>>
  readonly audienceLabel: string
  readonly languageLabel: string
  readonly severity: Readonly<Record<Severity, string>>
  readonly analysed: (files: number, findings: number, skipped: number) => string
  readonly nothingFound: string
  readonly nothingToRepair: string
  readonly textKeepsChanging: string
  readonly line: (line: number) => string
  readonly heldBack: (count: number) => string
  readonly comparing: string
  readonly noFunctionHere: string
  readonly nothingSimilar: (name: string, compared: number) => string
  /** How many are copies, copies with other names, and merely alike. */
  readonly similarFound: (name: string, found: SimilarCounts, compared: number) => string
  /** Where the table that says how much a word tells is not installed. */
  readonly unweighted: string
  readonly alike: Readonly<Record<SimilarFunction['alike'], (percent: number) => string>>
  readonly graphTitle: string
  readonly readingGraph: (progress?: string) => string
  readonly graphFailed: (reason: string) => string
  readonly planning: string
  readonly noFolder: string
  /** Of so many files. */
  readonly nothingTied: (files: number) => string
}

export type SimilarCounts = Readonly<Record<SimilarFunction['alike'], number>>

function listed(parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(', ')
}

export const WORDS: Readonly<Record<Locale, ClientWords>> = {
  en: {
    state: {
      starting: 'starting',
      ready: 'ready',
      scanning: 'analysing the workspace',
      degraded: 'working with limits',
    },
    findings: count => `${count} ${count === 1 ? 'finding' : 'findings'}`,
    files: (open, scanned) =>
      scanned > 0 ? `${open} open, ${scanned} analysed in the background` : `${open} open`,
    memory: mebibytes => `Memory: ${mebibytes} MiB`,
    sent: bytes => `Left this machine: ${bytes} bytes`,
    skipped: count => `${count} ${count === 1 ? 'file' : 'files'} not analysed`,
    failedToStart: reason => `CodeAnt could not start: ${reason}`,
    showLog: 'Show the log',
    crashed: 'CodeAnt’s server stopped several times in a row and stays off. The log says why.',
    reasonPrompt: rule => `Why is ${rule} no problem here?`,
    reasonPlaceholder: 'the reason, for whoever reads this next (@owner, until 2027-01-31)',
    reasonNeeded: 'A reason is needed: it is what the next reader will look for.',
    gone: 'This finding is no longer there.',
    panelTitle: 'CodeAnt: explanation',
    panelEmpty: 'Choose a finding to have it explained.',
    audience: { junior: 'Junior', senior: 'Senior', executive: 'Executive' },
    audienceLabel: 'For whom',
    languageLabel: 'Language',
    severity: { error: 'Error', warning: 'Warning', info: 'Note', hint: 'Hint' },
    analysed: (files, findings, skipped) =>
      `CodeAnt analysed ${files} files: ${findings} findings${skipped > 0 ? `, ${skipped} files skipped (see the log)` : ''}.`,
    nothingFound: 'Nothing found.',
    nothingToRepair: 'Nothing in this file can be repaired safely without a look.',
    textKeepsChanging: 'The file kept changing, so nothing was repaired. Try again.',
    line: line => `line ${line}`,
    heldBack: count =>
      `${count} ${count === 1 ? 'finding is' : 'findings are'} held back: people hardly ever act on such.`,
    comparing: 'CodeAnt: comparing functions',
    noFunctionHere: 'Put the cursor into a function to see what is similar to it.',
    nothingSimilar: (name, compared) => `Nothing is similar to ${name} among ${compared} functions.`,
    similarFound: (name, { exact, renamed, similar }, compared) =>
      `Like ${name}, of ${compared} functions: ${listed([
        exact > 0 && `${exact} ${exact === 1 ? 'copy' : 'copies'}`,
        renamed > 0 && `${renamed} with other names`,
        similar > 0 && `${similar} similar`,
      ])}`,
    unweighted:
      'The table that says how much each word tells (models/similarity) is not installed, so every word counts the same; installing again brings it back.',
    alike: {
      exact: () => 'copy',
      renamed: () => 'copy, renamed',
      similar: percent => `${percent} % similar`,
    },
    graphTitle: 'Workspace graph',
    readingGraph: progress => `Reading the workspace …${progress ? ` ${progress}` : ''}`,
    graphFailed: reason => `The workspace could not be drawn: ${reason}`,
    planning: 'Weighing what changes often against what is hard to follow, copied, or wrong …',
    noFolder: 'Open a folder to see what its files have to do with each other.',
    nothingTied: files =>
      files === 0
        ? 'There is no file here that CodeAnt reads: Python, TypeScript, JavaScript, Rust, Vue, Svelte, SQL and settings.'
        : `${files} ${files === 1 ? 'file was' : 'files were'} read, and nothing was found that ties one to another: no import, no call, no shared table.`,
  },
  es: {
    state: {
      starting: 'arrancando',
      ready: 'listo',
      scanning: 'analizando el espacio de trabajo',
      degraded: 'funcionando con límites',
    },
    findings: count => `${count} ${count === 1 ? 'hallazgo' : 'hallazgos'}`,
    files: (open, scanned) =>
      scanned > 0 ? `${open} abiertos, ${scanned} analizados en segundo plano` : `${open} abiertos`,
    memory: mebibytes => `Memoria: ${mebibytes} MiB`,
    sent: bytes => `Ha salido de este equipo: ${bytes} bytes`,
    skipped: count => `${count} ${count === 1 ? 'archivo' : 'archivos'} sin analizar`,
    failedToStart: reason => `CodeAnt no ha podido arrancar: ${reason}`,
    showLog: 'Mostrar el registro',
    crashed:
      'El servidor de CodeAnt se ha detenido varias veces seguidas y queda apagado. El registro dice por qué.',
    reasonPrompt: rule => `¿Por qué ${rule} no es un problema aquí?`,
    reasonPlaceholder: 'el motivo, para quien lo lea después (@responsable, until 2027-01-31)',
    reasonNeeded: 'Hace falta un motivo: es lo que buscará quien lo lea después.',
    gone: 'Este hallazgo ya no está.',
    panelTitle: 'CodeAnt: explicación',
    panelEmpty: 'Elige un hallazgo para ver su explicación.',
    audience: { junior: 'Júnior', senior: 'Sénior', executive: 'Dirección' },
    audienceLabel: 'Para quién',
    languageLabel: 'Idioma',
    severity: { error: 'Error', warning: 'Aviso', info: 'Nota', hint: 'Sugerencia' },
    analysed: (files, findings, skipped) =>
      `CodeAnt ha analizado ${files} archivos: ${findings} hallazgos${skipped > 0 ? `, ${skipped} archivos omitidos (mira el registro)` : ''}.`,
    nothingFound: 'No se ha encontrado nada.',
    nothingToRepair: 'En este archivo no hay nada que se pueda corregir con seguridad sin mirarlo antes.',
    textKeepsChanging:
      'El archivo no dejaba de cambiar, así que no se ha corregido nada. Inténtalo de nuevo.',
    line: line => `línea ${line}`,
    heldBack: count =>
      `${count} ${count === 1 ? 'hallazgo reservado' : 'hallazgos reservados'}: casi nadie actúa sobre algo así.`,
    comparing: 'CodeAnt: comparando funciones',
    noFunctionHere: 'Pon el cursor en una función para ver qué se le parece.',
    nothingSimilar: (name, compared) => `Nada se parece a ${name} entre ${compared} funciones.`,
    similarFound: (name, { exact, renamed, similar }, compared) =>
      `Como ${name}, de ${compared} funciones: ${listed([
        exact > 0 && `${exact} ${exact === 1 ? 'copia' : 'copias'}`,
        renamed > 0 && `${renamed} con otros nombres`,
        similar > 0 && `${similar} similares`,
      ])}`,
    unweighted:
      'Falta la tabla que dice cuánto dice cada palabra (models/similarity), así que todas cuentan lo mismo; al reinstalar se recupera.',
    alike: {
      exact: () => 'copia',
      renamed: () => 'copia con otros nombres',
      similar: percent => `${percent} % similar`,
    },
    graphTitle: 'Grafo del espacio de trabajo',
    readingGraph: progress => `Leyendo el espacio de trabajo …${progress ? ` ${progress}` : ''}`,
    graphFailed: reason => `No se ha podido dibujar el espacio de trabajo: ${reason}`,
    planning: 'Sopesando lo que cambia a menudo con lo que cuesta seguir, está copiado o está mal …',
    noFolder: 'Abre una carpeta para ver qué tienen que ver sus archivos unos con otros.',
    nothingTied: files =>
      files === 0
        ? 'Aquí no hay ningún archivo que CodeAnt lea: Python, TypeScript, JavaScript, Rust, Vue, Svelte, SQL y configuración.'
        : `${files === 1 ? 'Se ha leído 1 archivo' : `Se han leído ${files} archivos`}, y no se ha encontrado nada que una unos con otros: ni importaciones, ni llamadas, ni tablas compartidas.`,
  },
}
