// The words of the tables, in both languages.

import type { Locale } from '@codeant/shared/locale.ts'
import type { EditorSettings } from '@codeant/shared/protocol.ts'
import type { EditKind } from './keystroke-files.ts'
import type { Torture } from './torture.ts'

export interface ReportWords {
  readonly machine: string
  readonly what: string
  readonly value: string
  readonly cpu: string
  readonly cores: string
  readonly memory: string
  readonly system: string
  readonly load: string
  readonly language: string
  readonly lines: string
  readonly server: string
  readonly tool: string
  readonly samples: string
  readonly unanswered: string
  readonly keystrokeTitle: (lines: string) => string
  readonly cpuPerEdit: string
  readonly edit: Readonly<Record<EditKind, string>>
  readonly versusOurs: (column: string) => string
  readonly fullText: string
  readonly pulled: string
  readonly unversioned: string
  readonly projects: string
  readonly scanTitle: string
  readonly repository: string
  readonly files: string
  readonly linesPerSecond: string
  readonly linesPerCpuSecond: string
  readonly peakMemory: string
  readonly findings: string
  readonly again: string
  readonly graphTitle: string
  readonly graphCold: string
  readonly graphCached: string
  readonly graphBody: string
  readonly graphRoute: string
  readonly graphTold: string
  readonly idleTitle: string
  readonly scope: string
  readonly scopes: Readonly<Record<EditorSettings['scope'], string>>
  readonly opened: string
  readonly quietAfter: string
  readonly memoryMb: string
  readonly tortureTitle: string
  readonly document: string
  readonly editsPerSecond: string
  readonly firstAnswer: string
  readonly typing: string
  readonly otherHover: string
  readonly otherDiagnostics: string
  readonly skipped: string
  readonly tortures: Readonly<Record<Torture, string>>
  readonly repositoriesTitle: string
  readonly codeLines: string
  readonly skippedFiles: string
  readonly troubles: string
  readonly rulesTitle: string
  readonly rule: string
  readonly perThousand: string
  readonly inRepositories: string
}

export const WORDS: Readonly<Record<Locale, ReportWords>> = {
  en: {
    machine: 'Machine and versions',
    what: 'What',
    value: 'Value',
    cpu: 'processor',
    cores: 'cores',
    memory: 'memory',
    system: 'system',
    load: 'load at the start',
    language: 'Language',
    lines: 'Lines',
    server: 'Server',
    tool: 'Tool',
    samples: 'Samples',
    unanswered: 'Unanswered',
    keystrokeTitle: lines => `Files of about ${lines} lines: milliseconds`,
    cpuPerEdit: 'CPU ms/edit',
    edit: { body: 'name', top: 'statement', break: 'broken' },
    versusOurs: column => `${column}, CodeAnt = 1`,
    fullText: 'gets the whole text',
    pulled: 'asked for its diagnostics',
    unversioned: 'answers without versions',
    projects: 'Projects',
    scanTitle: 'From start to end of the process',
    repository: 'Repository',
    files: 'Files',
    linesPerSecond: 'Lines/s',
    linesPerCpuSecond: 'Lines/CPU s',
    peakMemory: 'Peak memory, MB',
    findings: 'Findings',
    again: 'codeant, from its cache',
    graphTitle: 'What files tell each other',
    graphCold: 'Cold, s',
    graphCached: 'From its cache, s',
    graphBody: 'Edit in a body, CPU ms',
    graphRoute: 'Edit of a route, CPU ms',
    graphTold: 'Other file told, ms p50/max',
    idleTitle: 'The server at rest',
    scope: 'What is analysed',
    scopes: { open: 'open files (default)', workspace: 'the whole workspace' },
    opened: 'Open',
    quietAfter: 'Quiet after, s',
    memoryMb: 'Memory, MB',
    tortureTitle: 'Waits under torture, in milliseconds',
    document: 'Document',
    editsPerSecond: 'Edits/s',
    firstAnswer: 'First word',
    typing: 'Typing',
    otherHover: 'Other file: hover',
    otherDiagnostics: 'Other file: diagnostics',
    skipped: 'not analysed, and that is said',
    tortures: {
      generated: '100,000 generated lines',
      'generated-raised': 'the same with `max-file-size` raised',
      minified: 'minified bundle of 5 MB',
      'minified-raised': 'the same with `max-file-size` raised',
      broken: 'a syntax error on every line',
      storm: '50 edits a second',
    },
    repositoriesTitle: 'Files, time, and what was skipped',
    codeLines: 'Lines of code',
    skippedFiles: 'Skipped files',
    troubles: 'Troubles',
    rulesTitle: 'Findings by rule',
    rule: 'Rule',
    perThousand: 'Per 1,000 lines of code',
    inRepositories: 'Repositories',
  },
  es: {
    machine: 'Equipo y versiones',
    what: 'Qué',
    value: 'Valor',
    cpu: 'procesador',
    cores: 'núcleos',
    memory: 'memoria',
    system: 'sistema',
    load: 'carga al empezar',
    language: 'Lenguaje',
    lines: 'Líneas',
    server: 'Servidor',
    tool: 'Herramienta',
    samples: 'Muestras',
    unanswered: 'Sin respuesta',
    keystrokeTitle: lines => `Archivos de unas ${lines} líneas: milisegundos`,
    cpuPerEdit: 'ms de CPU/cambio',
    edit: { body: 'nombre', top: 'sentencia', break: 'error' },
    versusOurs: column => `${column}, CodeAnt = 1`,
    fullText: 'recibe el texto entero',
    pulled: 'se le piden los diagnósticos',
    unversioned: 'responde sin versiones',
    projects: 'Proyectos',
    scanTitle: 'Desde que empieza el proceso hasta que termina',
    repository: 'Repositorio',
    files: 'Archivos',
    linesPerSecond: 'Líneas/s',
    linesPerCpuSecond: 'Líneas/s de CPU',
    peakMemory: 'Memoria máxima, MB',
    findings: 'Hallazgos',
    again: 'codeant, desde su caché',
    graphTitle: 'Lo que unos archivos dicen a otros',
    graphCold: 'En frío, s',
    graphCached: 'Desde su caché, s',
    graphBody: 'Cambio en un cuerpo, ms de CPU',
    graphRoute: 'Cambio de una ruta, ms de CPU',
    graphTold: 'El otro archivo avisa, ms p50/máx.',
    idleTitle: 'El servidor en reposo',
    scope: 'Qué se analiza',
    scopes: { open: 'los archivos abiertos (por defecto)', workspace: 'todo el espacio de trabajo' },
    opened: 'Abiertos',
    quietAfter: 'En calma tras, s',
    memoryMb: 'Memoria, MB',
    tortureTitle: 'Esperas en los peores casos, en milisegundos',
    document: 'Documento',
    editsPerSecond: 'Cambios/s',
    firstAnswer: 'Primera noticia',
    typing: 'Al escribir',
    otherHover: 'Otro archivo: ayuda emergente',
    otherDiagnostics: 'Otro archivo: diagnósticos',
    skipped: 'no se analiza, y se dice',
    tortures: {
      generated: '100.000 líneas generadas',
      'generated-raised': 'lo mismo, con un `max-file-size` mayor',
      minified: 'paquete minificado de 5 MB',
      'minified-raised': 'lo mismo, con un `max-file-size` mayor',
      broken: 'un error de sintaxis en cada línea',
      storm: '50 cambios por segundo',
    },
    repositoriesTitle: 'Archivos, tiempo y lo que se omitió',
    codeLines: 'Líneas de código',
    skippedFiles: 'Archivos omitidos',
    troubles: 'Incidencias',
    rulesTitle: 'Hallazgos por regla',
    rule: 'Regla',
    perThousand: 'Por 1000 líneas de código',
    inRepositories: 'Repositorios',
  },
}
